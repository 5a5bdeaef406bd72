"""Tables that lack a column or have others beside the form's, where the header does not stand above its columns."""

from __future__ import annotations

import pytest

from loaders.form.editions import edition
from loaders.parsing import parse_file
from tests.form_documents import APPLICANTS

KEYS = ("person", "business", "research", "nonprofit", "legal", "other", "total")
(BLOCK,) = edition("2021").blocks_of("applications")
TITLE = "甲县水利局2023年政府信息公开工作年度报告"
HEADING = "三、收到和处理政府信息公开申请情况"
NOTE = "（勾稽关系）"


def figures_of(number: int) -> list[str]:
    parts = [number % 5, 0, number % 3, 0, 2 * number + 3, 1]
    return [*map(str, parts), str(sum(parts))]


def header(beside: list[str], lost: str = "") -> list[list[str]]:
    """Three rows, as cells that cover others say them once."""
    first, *legal, total = APPLICANTS
    rows = [[NOTE, "申请人情况", *beside], [first, "法人或其他组织", total], legal]
    return [[text for text in row if text != lost] for row in rows]


def page(rows: list[list[str]]) -> bytes:
    """A web page that draws its table with boxes, of which none says how many columns it takes."""

    def box(text: str, display: str) -> str:
        return f'<div style="display:{display}">{text}</div>'

    lines = (box("".join(box(cell, "table-cell") for cell in row), "table-row") for row in rows)
    return f"<h1>{TITLE}</h1><p>{HEADING}</p>{box(''.join(lines), 'table')}".encode()


def rows_with(lost: str, others: list[str], blank: int | None = None) -> list[list[str]]:
    """A row for each of the form, without the figure of a column and with others behind them."""
    at = APPLICANTS.index(lost) if lost else None
    rows = []
    for number, row in enumerate(BLOCK.rows):
        figures = figures_of(number)
        if blank is not None:
            figures[(blank + number) % 7] = ""
        rows.append([row.label, *(text for n, text in enumerate(figures) if n != at), *others])
    return rows


def read(data: bytes, key: str = "granted", name: str = "a.html") -> list[float | None]:
    figures = parse_file(data, name).form.figures
    return [figures[f"applications.{key}.{column}"].value for column in KEYS]


@pytest.mark.parametrize("lost", ["商业企业", "法律服务机构", "社会公益组织"])
@pytest.mark.parametrize(("word", "figure"), [("上年数", "12"), ("2022年", "3"), ("占比", "—"), ("备注", "")])
def test_a_table_that_lacks_a_column_has_last_years_figures_in_none(lost, word, figure):
    expected = [None if name == lost else float(text) for name, text in zip(APPLICANTS, figures_of(2), strict=True)]
    assert read(page([*header([word], lost), *rows_with(lost, [figure])])) == expected


def test_it_is_not_read_where_a_word_of_its_header_is_lost():
    rows = [[text if text != "科研机构" else "" for text in row] for row in header(["上年数"], "商业企业")]
    assert read(page([*rows, *rows_with("商业企业", ["12"])])) == [None] * 7


@pytest.mark.parametrize("blank", [0, 3, 6])
def test_last_years_figure_fills_no_blank(blank):
    data = page([*header(["上年总计"]), *rows_with("", ["12"], blank)])
    at = (blank + 2) % 7
    assert read(data) == [None if n == at else float(text) for n, text in enumerate(figures_of(2))]


def test_a_table_with_all_columns_is_read_whatever_its_header_lost():
    expected = [float(text) for text in figures_of(2)]
    assert read(page([*header(["备注"], "商业企业"), *rows_with("", [])])) == expected


def test_saved_text_with_a_dash_for_a_share_has_no_nought_there():
    """Blank totals were lost when the text was saved."""
    rows = [[label, *figures[:6], "—" if n == 2 else "12%"] for n, (label, *figures) in enumerate(rows_with("", []))]
    lines = [TITLE, HEADING, *("  ".join(row) for row in [*header(["占比"]), *rows])]
    assert read("\n".join(lines).encode(), name="a.txt")[-1] is None


@pytest.mark.parametrize(("share", "total"), [("12%", None), ("—", None)])
def test_empty_cells_are_told_by_spaces_where_others_stand_beside_the_form(share, total):
    rows = [[label, *figures[:6], "", share if n % 3 else "—"] for n, (label, *figures) in enumerate(rows_with("", []))]
    lines = [TITLE, HEADING, *(" ".join(row) for row in [*header(["占比"]), *rows])]
    assert read("\n".join(lines).encode(), name="a.txt") == [*(float(text) for text in figures_of(2)[:6]), total]


def test_a_line_above_saved_tables_names_the_column_beside_them():
    """The total is lacking, and last year's stands where it belongs."""
    lines = [TITLE, HEADING, f"{NOTE}          申请人情况          上年总计", "自然人      法人或其他组织"]
    rows = [["", *APPLICANTS[1:6]], *rows_with("总计", ["3"])]
    lines += ["      ".join(row) for row in rows]
    assert read("\n".join(lines).encode(), name="a.txt")[-1] is None
    assert read("\n".join(lines).encode(), name="a.txt")[4] == 7
