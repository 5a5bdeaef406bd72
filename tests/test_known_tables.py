"""Tables of web pages that are known: whatever was read before, a page is read as if it were the first."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from loaders.document import Document
from loaders.reading import read
from loaders.reading.web import known_tables

_ROWS = "".join(
    f"<tr><td>{label}</td><td>%s</td><td>%s</td></tr>" for label in ("甲", "乙", "丙", "丁", "戊", "己", "庚", "辛")
)
_TABLE = f"<table><tbody>{_ROWS}</tbody></table>"
_PAGES = [
    ("one table", f"<p>前</p>{_TABLE}<p>后</p>"),
    ("two tables alike", f"{_TABLE}<div><p>中 %s</p></div>{_TABLE}"),
    ("in the cell of another", f"<table><tr><td>左</td><td><h1>年报</h1>{_TABLE}<p>后</p></td></tr></table>"),
    ("a hidden table behind its last text", _TABLE.replace("%s</td></tr></tbody>", "%s<i hidden><table></table></i>")),
    ("more rows behind a hidden table", _TABLE.replace("丙", "丙<i hidden><table><tr><td></table></i>")),
    ("a list in a cell", _TABLE.replace("丙", "<ol><li>%s</li><li>丙</li></ol>")),
    ("figures in links", _TABLE.replace("%s", "<a href='x'>%s</a>", 3)),
    ("hidden figures", _TABLE.replace("%s", "%s<s hidden>%s</s>", 2)),
    ("figures in pieces", _TABLE.replace("%s", "<b>%s</b>%s", 2)),
    ("figures that fill a row", _TABLE.replace("<tr><td>丙", "<tr><td colspan=3>%s</td></tr><tr><td>丙")),
    ("text between rows", _TABLE.replace("<tr><td>丁", "%s<tr><td>丁")),
]
_FIGURE = st.one_of(
    st.integers(0, 99999).map(str), st.sampled_from(["", " 7 ", "/", "无", "1 2", "&#160;", "3.50", "件"])
)


def _read(body: str, figures: list[str]) -> Document:
    filled = body.replace("%s", "{}").format(*(figures * 60)[: body.count("%s")])
    return read(f"<!DOCTYPE html><html><meta charset=utf-8><body>{filled}</body></html>".encode(), "a.html")


@pytest.mark.parametrize("body", [body for _, body in _PAGES], ids=[name for name, _ in _PAGES])
@settings(max_examples=25)
@given(first=st.lists(_FIGURE, min_size=3, max_size=20), second=st.lists(_FIGURE, min_size=3, max_size=20))
@example(first=["1", "2", "3"], second=["40", "500", "6"])
def test_nothing_is_kept_of_figures(body: str, first: list[str], second: list[str]) -> None:
    known_tables.forget()
    alone = _read(body, second)
    known_tables.forget()
    _read(body, first)
    assert _read(body, second) == alone


def test_a_table_is_known_when_it_comes_again(monkeypatch: pytest.MonkeyPatch) -> None:
    body = _PAGES[0][1]
    known_tables.forget()
    _read(body, ["1", "2", "3"])
    monkeypatch.setattr("loaders.reading.web.html_flow.settle", None)
    assert _read(body, ["4", "5", "6"]).blocks
