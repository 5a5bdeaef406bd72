"""Brings the English catalogue up to date: `python tools/translations.py` after changing words of the pages.

Collects every `_("…")` of the pages into `data/locale/en/LC_MESSAGES/gongkai.po`, keeps what is translated, and
compiles `gongkai.mo`. Prints what still lacks English and then ends with 1. Needs the developer package babel.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import extract_from_dir, extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
CATALOGUE = ROOT / "data" / "locale" / "en" / "LC_MESSAGES" / "gongkai.po"
KEYWORDS = {"_": None}


def collect() -> Catalog:
    """Every text of the pages, with the places where it is used."""
    found = Catalog(locale="en", project="gongkai", fuzzy=False)
    for name, _line, message, _comments, _context in extract_from_dir(ROOT / "pages", keywords=KEYWORDS):
        found.add(message, locations=[(f"pages/{name}", 0)])
    for _line, message, _comments, _context in extract_from_file("python", ROOT / "app.py", keywords=KEYWORDS):
        found.add(message, locations=[("app.py", 0)])
    return found


def untranslated(catalogue: Catalog) -> list[str]:
    """Texts without English, and those whose placeholders differ."""
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
