"""Saved text in which merged cells stand once for each column of the grid: what is a repetition, and what is not."""

from loaders.form.editions import edition
from loaders.form.reading import read_form
from loaders.reading.text.plain import read_text
from tests.form_documents import APPLICANTS, applications, publication
from tests.test_form_reading import row_of
from tests.test_text_reading import grid

HEADER = [" ".join([text] * 5) for text in ("行政复议", "未经复议直接起诉", "复议后起诉")]
RESULTS = [column.label for block in edition("2021").blocks_of("litigation") for column in block.columns]
NEW = "一、本年新收政府信息公开申请数量"


def written_by_columns(figures):
    """Rows of applications between single blanks, their labels once for each of three columns."""
    rows = []
    for label, *cells in applications(figures=figures)[2:]:
        labels = [label] * 3 if label.startswith(("一、", "二、", "四、")) else ["三、本年度办理结果", "（三）", label]
        rows.append(" ".join([*labels, *cells]))
    return "\n".join(
        [" ".join(["勾稽关系"] * 3 + ["申请人情况"] * 7), *rows, "", "四、行政复议、行政诉讼情况", "", *HEADER]
    )


def test_a_blank_cell_among_few_figures_is_two_blanks():
    form = read_form(read_text(written_by_columns({"denied.law": ["", "3", "", "", "4", "", "7"]})))
    assert row_of(form, "denied.law") == [None, 3, None, None, 4, None, 7]


def test_columns_with_the_same_figures_in_all_whole_rows_are_two():
    again = {key: ["5", "1", "1", "0", "0", "2", "9"] for key in ("new", "carried_in", "granted", "partial")}
    form = read_form(read_text(written_by_columns(again)))
    assert all(row_of(form, key) == [5, 1, 1, 0, 0, 2, 9] for key in again)


def test_columns_of_noughts_are_no_repetitions_in_a_wider_table():
    """Rows of applicants in a grid as wide as that of litigation, which follows."""
    rows = [f"{label} 4 0 0 0 0 2 6       " for label in (NEW, "二、上年结转政府信息公开申请数量", "（一）予以公开")]
    document = read_text("\n".join([*rows, "", *HEADER]))
    assert [block.text.split()[-7:] for block in document.blocks[:3]] == [list("4000026")] * 3


def test_words_far_apart_on_a_page_are_no_repetitions():
    lines = [f"{word}    {word}    其他" for word in ("结果", "企业", "机构")]
    row = f"{NEW}        35    27    23    12    13    29    139"
    assert [cell for cell in grid(read_text("\n".join([*lines, "", row])))[-1] if cell][-7:] == row.split()[1:]


def test_one_row_of_lawsuits_alone_keeps_its_figures():
    figures = "0 2 0 1 3 8 0 0 0 8"
    assert read_text("\n".join([*HEADER, "", figures])).blocks[-1].text == figures


def test_a_row_between_columns_that_are_blank_in_all_rows_keeps_its_figures():
    figures = list("4150010")
    rows = [f"三、本年度办理结果 （{number}）公开  {' '.join(figures)} " for number in "一二三"]
    found = grid(read_text("\n".join([*HEADER, "", *rows])))
    assert [[cell for cell in row if cell][-7:] for row in found] == [figures] * 3


def each_cell_thrice(rows):
    """Rows as libraries write them that go through the columns of a grid with three for each cell."""
    return ["\t".join(cell for cell in row for _ in range(3)) for row in rows]


def test_tables_of_different_width_between_headings_are_told_apart():
    results = RESULTS * 3
    parts = [
        "二、主动公开政府信息情况",
        *each_cell_thrice([row for row in publication() if len(row) == 4]),
        "三、收到和处理政府信息公开申请情况",
        *each_cell_thrice([row for row in applications()[2:] if len(row) == 8]),
        "四、政府信息公开行政复议、行政诉讼情况",
        *each_cell_thrice([results, results, results, [str(number) for number in range(15)]]),
    ]
    form = read_form(read_text("\n".join(parts)))
    assert [each.value for key, each in form.figures.items() if key.startswith("litigation")] == list(range(15))
    assert [form.figures[f"publication.rules.{key}"].value for key in ("issued", "repealed", "in_force")] == [7, 8, 9]
    assert row_of(form, "new") == [10, 11, 12, 13, 14, 15, 16]


def test_a_row_of_applications_with_fifteen_cells_is_not_that_of_litigation():
    rows = ["\t".join([label, *[""] * 8, *cells]) for label, *cells in [["勾稽关系", *APPLICANTS], *applications()[2:]]]
    form = read_form(read_text("\n".join([*rows, "四、政府信息公开行政复议、行政诉讼情况", "\t".join(RESULTS * 2)])))
    assert {each.value for key, each in form.figures.items() if key.startswith("litigation")} == {None}
