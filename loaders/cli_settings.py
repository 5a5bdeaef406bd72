"""The supervisor's settings, for the commands that judge."""

from __future__ import annotations

from pathlib import Path

from flags.registry import RULES
from flags.settings import FILE_NAME, Settings, SettingsError, find_settings, write_defaults
from loaders.words import UserError


def load_settings(store: str | Path, config: Path | None) -> Settings:
    """The settings named, else those beside the store, else the defaults. Raises UserError where they are faulty."""
    try:
        return find_settings(store, RULES, config)
    except SettingsError as error:
        raise UserError(str(error)) from error


def write_settings(store: str | Path, config: Path | None) -> Path:
    """Write every default to `config`, or beside the store, and say where. Raises UserError where one is there."""
    try:
        return write_defaults(config or Path(store).parent / FILE_NAME, RULES)
    except SettingsError as error:
        raise UserError(str(error)) from error
