"""Boundaries."""

from pathlib import Path
from regions.sources import Sources


def build(installed: Sources, data: Path) -> None: ...
