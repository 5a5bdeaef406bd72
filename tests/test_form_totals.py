"""Totals left blank in all rows, which leaves six figures a row; and what must not be taken for that."""

import pytest

from loaders.form.reading import read_form
from loaders.reading.text.plain import read_text
from tests.form_documents import applications, document, whole
from tests.test_form_reading import ROW_KEYS, row_of

FIGURES = {key: [str(12 + n), "3", "0", "1", str(n), "2"] for n, key in enumerate(ROW_KEYS)}


def read(figures):
    rows = [[cell for cell in row if cell] for row in applications(figures=figures)]
    return read_form(read_text("\n".join("  ".join(row) for row in rows)))


def test_six_figures_without_their_sum_are_those_of_the_applicants():
    form = read(FIGURES)
    assert all(row_of(form, key) == [*map(float, FIGURES[key]), None] for key in ROW_KEYS)


@pytest.mark.parametrize("person", [0, 5])
def test_a_last_figure_that_may_be_the_total_is_not_placed(person):
    """Here natural persons are missing; a total is never less than its parts."""
    others = {key: ["3", "0", "1", str(n), "2"] for n, key in enumerate(ROW_KEYS)}
    form = read({key: [*row, str(sum(map(int, row)) + person)] for key, row in others.items()})
    assert all(row_of(form, key) == [None] * 7 for key in ROW_KEYS)


def test_figures_above_their_label_are_not_those_of_the_row_above():
    lines = ["第二十条第（一）项", "信息内容", "本年制发件数", "本年废止件数", "现行有效件数", "0", "1", "0", "规章"]
    lines += ["47", "13", "12", "行政规范性文件", "第二十条第（五）项", "信息内容", "本年处理决定数量", "行政许可", "5"]
    form = read_form(document(*lines, *(cell for row in applications() for cell in row)))
    assert [form.figures[f"publication.rules.{key}"].value for key in ("issued", "repealed", "in_force")] == [None] * 3
    assert form.figures["publication.licensing.decisions"].value == 5


def publication_of(lines):
    """The figures of 行政处罚, 行政强制 and 行政事业性收费 of a file with a cell a line."""
    rest = ["三、收到和处理政府信息公开申请情况", *(cell for row in applications() for cell in row)]
    form = read_form(document("第二十条第（六）项", *lines, *rest))
    keys = ("penalty.decisions", "coercion.decisions", "fees.amount")
    return [form.figures[f"publication.{key}"].value for key in keys]


@pytest.mark.parametrize(
    ("lines", "read"),
    [
        (["信息内容", "91", "行政处罚", "3", "行政强制", "第二十条第（八）项"], [None, None, None]),
        (["信息内容", "行政处罚", "54", "行政强制", "第二十条第（八）项"], [54, None, None]),
        (
            ["信息内容", "行政处罚", "54", "行政强制", "第二十条第（八）项", "148.5", "行政事业性收费"],
            [None, None, 148.5],
        ),
        (["信息内容", "91", "行政处罚", "3", "行政强制", "第二十条第（八）项", "8", "行政事业性收费"], [91, 3, 8]),
    ],
)
def test_a_figure_between_two_labels_is_that_of_one_only_where_others_show_of_which(lines, read):
    assert publication_of(lines) == read


@pytest.mark.parametrize(
    ("cells", "figures"),
    [
        (["2", "3", "1", "4", "1", "15", ""], [2, 3, 1, 4, 1, 15, None]),
        (["3", "1", "4", "1", "15", "26", ""], [None] * 7),
    ],
)
def test_columns_tell_whether_the_last_figure_of_a_row_without_total_is_it(cells, figures):
    whole_row, nothing = ["2", "3", "1", "4", "1", "15", "26"], ["0"] * 7
    named = {"一、本年新收政府信息公开申请数量": whole_row, "（七）总计": whole_row, "（一）予以公开": cells}
    header, labels = applications()[:2], [row[0] for row in applications()[2:]]
    rows = [*header, *([label, *named.get(label, nothing)] for label in labels)]
    assert row_of(read_form(whole(apps=rows)), "granted") == figures


@pytest.mark.parametrize("mark", ["\t", "  "])
def test_figures_of_saved_text_whose_sum_stands_amid_them_are_out_of_order(mark):
    """As programs leave them that take text out of a page piece by piece."""
    rows = [[label, "1", "5", "3", "0", "2", "7", "18"] for label, *_ in applications()[2:]]
    rows[5][6:] = ["18", "7"]
    rows[6][1:] = ["9", "0", "0", "0", "0", "0", "9"]
    form = read_form(read_text("\n".join(mark.join(row) for row in rows)))
    assert row_of(form, ROW_KEYS[5]) == [None] * 7
    assert row_of(form, ROW_KEYS[4]) == [1, 5, 3, 0, 2, 7, 18]
    assert row_of(form, ROW_KEYS[6]) == [9, 0, 0, 0, 0, 0, 9]


def test_the_end_of_a_broken_figure_on_the_next_line_is_not_the_next_figure():
    rows = [[label, "1 5 3 0 2 7 18"] for label, *_ in applications()[2:]]
    rows[5][1:] = ["1,0", "25", "953 1117 3053 3226 1166", "件", "10540"]
    form = read_form(read_text("\n".join(cell for row in rows for cell in row)))
    assert row_of(form, ROW_KEYS[5]) == [None] * 7
    assert row_of(form, ROW_KEYS[4]) == [1, 5, 3, 0, 2, 7, 18]
