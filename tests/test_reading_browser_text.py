"""The text of a web page as a browser gives it: tabs between cells whose words stand in paragraphs of their own."""

import pytest

from loaders.form.reading import read_form
from loaders.reading.text.plain import read_text
from tests.form_documents import applications, litigation, publication
from tests.test_form_damage import granted


def page(cell_end, row_end, apps=None):
    """The form with what a browser puts around the tab between two cells, and between two rows."""
    tables = [publication(), apps or applications(), litigation()]
    headings = ["二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况", "四、行政复议、行政诉讼情况"]
    texts = [row_end.join(map(cell_end.join, rows)) for rows in tables]
    return "\n\n".join(text for pair in zip(headings, texts, strict=True) for text in pair) + "\n\n五、存在的主要问题"


@pytest.mark.parametrize(
    ("cell_end", "row_end"),
    [("\n\n\t\n\n", "\n\n\n\n\n"), ("\n\t\n", "\n\n\n")],
    ids=["paragraphs in cells", "divisions in cells"],
)
def test_a_tab_between_line_breaks_parts_two_cells(cell_end, row_end):
    form = read_form(read_text(page(cell_end, row_end)))
    assert granted(form, "denied.law") == [60 + n for n in range(7)]
    assert form.figures["litigation.after_review.total"].value == 344
    assert all(figure.value is not None for figure in form.figures.values())


def test_an_empty_paragraph_is_an_empty_cell():
    rows = applications()
    text = (
        page("\n\n\t\n\n", "\n\n\n\n\n", rows)
        .replace("61\n\n\t\n\n62", "\n\n\n\t\n\n62")
        .replace("\n\n66\n", "\n\n\n\n")
    )
    form = read_form(read_text(text))
    assert granted(form, "denied.law") == [60, None, 62, 63, 64, 65, None]
    assert granted(form, "denied.safety") == [70 + n for n in range(7)]


def test_a_row_may_begin_with_an_empty_paragraph():
    rows = [["", *row] if row[0].startswith("2.") else row for row in applications()]
    form = read_form(read_text(page("\n\n\t\n\n", "\n\n\n\n\n", rows)))
    assert granted(form, "denied.secret") == [50 + n for n in range(7)]
    assert granted(form, "denied.law") == [60 + n for n in range(7)]


def test_figures_have_the_place_of_their_own_line():
    text = page("\n\t\n", "\n\n\n")
    place = read_form(read_text(text)).figures["applications.denied.law.legal"].place
    assert text.split("\n")[place.line - 1] == "64"


@pytest.mark.parametrize("empty", ["\t\n\t", "\t\n\n\n\n\n\t"], ids=["a break", "a paragraph"])
def test_an_empty_cell_with_a_line_break_does_not_end_its_row(empty):
    rows = [["（三）不予公开", *row] if row[0].startswith("1.") else row for row in applications()]
    rows = [[row[0], "0", "0", "", *"0005"] if row[0].startswith("2.其他") else row for row in rows]
    text = page("\t", "\n", rows).replace("0\t\t0", "0" + empty + "0").replace("\t74\t", empty)
    assert granted(read_form(read_text(text)), "denied.law") == [0, 0, None, 0, 0, 0, 5]


def test_a_row_that_ends_with_a_blank_cell_does_not_go_on_in_one_that_begins_with_another():
    rows = [["", *row] if row[0][0].isdigit() else row for row in applications()]
    text = page("\t", "\n", rows).replace("\t66\n", "\t\n")
    form = read_form(read_text(text))
    assert granted(form, "denied.law") == [60, 61, 62, 63, 64, 65, None]
    assert granted(form, "denied.safety") == [70 + n for n in range(7)]


def test_labels_of_one_line_have_their_figures_in_lines_of_their_own_where_those_alone_are_blocks():
    lines = []
    for row in applications():
        group = "（三）不予公开\t" if row[0].startswith("1.") else ""
        lines += ["\t".join(row)] if len(row) < 8 or row[1] == "商业企业" else [f"{group}{row[0]}\t", *row[1:]]
    form = read_form(read_text("三、收到和处理政府信息公开申请情况\n" + "\n".join(lines)))
    assert granted(form, "new") == [10 + n for n in range(7)]
    assert granted(form, "denied.secret") == [50 + n for n in range(7)]
    assert granted(form, "denied.law") == [60 + n for n in range(7)]


@pytest.mark.parametrize(
    ("line", "figures"),
    [
        ("1\t2\t\n4\t5\t6\t18", [1, 2, None, 4, 5, 6, 18]),
        ("1\t2\t\n\n5\t6\t14", [1, 2, None, None, 5, 6, 14]),
        ("1\t2\t\n5\t6\t14", [1, 2, None, None, 5, 6, 14]),
        ("\n2\t3\t4\t\n6\t15", [None, 2, 3, 4, None, 6, 15]),
        ("\n2\t3\t\n6\t11", [None] * 7),
    ],
    ids=["one", "two", "one beside a cell with nothing", "two apart", "which of two has another beside it"],
)
def test_an_empty_cell_with_a_line_break_stands_before_a_line_without_tab_at_its_beginning(line, figures):
    rows = ["\t".join(row) for row in applications()]
    at = next(n for n, row in enumerate(rows) if row.startswith("2."))
    rows[at] = rows[at].split("\t")[0] + "\t" + line
    form = read_form(read_text("三、收到和处理政府信息公开申请情况\n" + "\n".join(rows)))
    assert granted(form, "denied.law") == figures
    assert granted(form, "denied.safety") == [70 + n for n in range(7)]


def test_breaks_around_the_figures_of_cells_are_no_empty_cells():
    rows = ["\t".join(row) for row in applications()]
    at = next(n for n, row in enumerate(rows) if row.startswith("2."))
    rows[at] = rows[at].split("\t")[0] + "\t" + "\t".join(["1", "\n2", "3", "4\n", "5\n", "6", "21"])
    form = read_form(read_text("三、收到和处理政府信息公开申请情况\n" + "\n".join(rows)))
    assert granted(form, "denied.law") in ([1, 2, 3, 4, 5, 6, 21], [None] * 7)
    assert granted(form, "denied.safety") == [70 + n for n in range(7)]
