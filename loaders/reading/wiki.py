"""Tables in the notation of MediaWiki with a row a line: `| a || b` and `! a !! b` between `{|` and `|}`."""

from __future__ import annotations

import re

_TABLE = re.compile(r"^\{\|.*?^\|\}", re.DOTALL | re.MULTILINE)
_HEADER = re.compile(r"^!(?!!)", re.MULTILINE)
_NEW_ROW = re.compile(r"^\|-.*$", re.MULTILINE)


def with_single_bars(text: str) -> str:
    """The text with one bar between cells, for elsewhere two mean an empty one, and without the marks of new rows.

    All characters keep their places.
    """
    return _TABLE.sub(_plain, text) if "{|" in text and "||" in text else text


def _plain(table: re.Match[str]) -> str:
    rows = _NEW_ROW.sub("", table[0])
    return _HEADER.sub("|", rows).replace("!!", " |").replace("||", " |")
