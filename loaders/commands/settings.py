"""The supervisor's settings, for the commands that judge."""

from __future__ import annotations

from pathlib import Path

from flags.settings import FILE_NAME, Settings, SettingsError, read_settings, settings_place, write_defaults
from loaders.words import UserError


def load_settings(store: str | Path, config: Path | None) -> Settings:
    """The settings named, else those beside the store, else the defaults. Raises UserError where they are faulty."""
    place = config or settings_place(store)
    if place is None:
        return Settings()  # and the rules, whose limits a file is held against, need not be loaded yet
    from flags.registry import RULES

    try:
        return read_settings(place, RULES)
    except SettingsError as error:
        raise UserError(str(error)) from error


def write_settings(store: str | Path, config: Path | None) -> Path:
    """Write every default to `config`, or beside the store, and say where. Raises UserError where one is there."""
    from flags.registry import RULES

    try:
        return write_defaults(config or Path(store).parent / FILE_NAME, RULES)
    except SettingsError as error:
        raise UserError(str(error)) from error
