"""Brings the English catalogue up to date: `python tools/translations.py` after changing words of the pages.

Collects every `_("…")` of the pages into `data/locale/en/LC_MESSAGES/gongkai.po`, keeps what is translated, and
compiles `gongkai.mo`. Prints what still lacks English and then ends with 1. Needs the developer package babel.
"""

from __future__ import annotations

import ast
import io
import sys
from pathlib import Path

from babel.messages import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
MARKERS = ("_", "mark")
CATALOGUE = ROOT / "data" / "locale" / "en" / "LC_MESSAGES" / "gongkai.po"


def texts_of(source: Path) -> list[str]:
    """Every text that a file marks as `_("…")` or `mark("…")`, also within f-strings."""
    calls = (node for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))) if isinstance(node, ast.Call))
    marked = (
        call.args[0] for call in calls if isinstance(call.func, ast.Name) and call.func.id in MARKERS and call.args
    )
    return [node.value for node in marked if isinstance(node, ast.Constant) and isinstance(node.value, str)]


def sources() -> list[Path]:
    """The files that speak to visitors."""
    return [ROOT / "app.py", *sorted((ROOT / "pages").rglob("*.py"))]


def collect() -> Catalog:
    """Every text of the pages, with the files where it is used."""
    found = Catalog(locale="en", project="gongkai", fuzzy=False)
    for source in sources():
        for text in texts_of(source):
            found.add(text, locations=[(source.relative_to(ROOT).as_posix(), 0)])
    return found


def untranslated(catalogue: Catalog) -> list[str]:
    """Texts without English."""
    return [str(message.id) for message in catalogue if message.id and not message.string]


def main() -> int:
    """Updates and compiles the catalogue; 1 if a text lacks English."""
    catalogue = Catalog(locale="en")
    if CATALOGUE.exists():
        catalogue = read_po(io.BytesIO(CATALOGUE.read_bytes()), locale="en")
    catalogue.update(collect(), no_fuzzy_matching=True, update_header_comment=False)
    catalogue.obsolete.clear()
    buffer = io.BytesIO()
    write_po(buffer, catalogue, width=0, sort_output=True, omit_header=False, include_lineno=False)
    CATALOGUE.write_bytes(buffer.getvalue())
    with CATALOGUE.with_suffix(".mo").open("wb") as file:
        write_mo(file, catalogue)
    missing = untranslated(catalogue)
    for text in missing:
        print(f"no English yet: {text}")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
