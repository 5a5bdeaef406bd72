"""Text of PDF files with columns so narrow that labels, and figures too, take several lines."""

import pytest

from loaders.form.reading import read_form
from loaders.reading.text.plain import read_text
from tests.form_documents import applications
from tests.test_form_damage import RESULTS, granted
from tests.test_form_reading import read_lawsuits

CHARACTERS = 3  # of a label in a line
NOUGHTS = ("0",) * 7
SEVEN = ("11", "0", "2", "0", "3", "0", "16")


def in_lines(label, figures, first=None, size=CHARACTERS):
    """A row of text laid out as on paper: a label of many lines beside and below its figures."""
    parts = [label[at : at + size] for at in range(0, len(label), size)]
    cells = "".join(f"{figure:>6}" for figure in figures)
    line = (first or "      " + parts[0]).ljust(14) + cells
    return "\n".join([line, *("      " + part for part in parts[1:])])


def text_of(rows, form="2021", size=CHARACTERS):
    """The applications, nothing but noughts; rows by a part of their label are written as given."""
    lines = [
        "申请人情况",
        "   ".join(["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]),
    ]
    for label, *_ in applications(form)[2:]:
        given = next((row for part, row in rows.items() if part in label), None)
        lines.append(given or in_lines(label, NOUGHTS, size=size))
    return "\n".join(lines)


def row_of(text, key):
    return granted(read_form(read_text(text)), key)


def numbers(figures):
    return [float(figure) if figure else None for figure in figures]


def test_a_row_without_its_label_is_not_taken_for_the_one_above_whose_label_ends_between_them():
    label = " 5.要求行政机关确认或重新出具已获取信息"
    rows = {"5.要求": in_lines(label, SEVEN, size=2), "逾期不补正": in_lines("", ("4", *NOUGHTS[2:], "4"), first=" ")}
    assert row_of(text_of(rows), "rejected.reconfirm") == numbers(SEVEN)


@pytest.mark.parametrize("space", [" ", ""])
def test_the_first_word_of_a_label_is_no_figure_behind_its_number(space):
    figures = ("0", "0", "0", "0", "0", "", "0")
    row = (
        in_lines("", figures, first=f"      4.{space}无")
        + "\n      正当\n      理由\n      大量\n      反复\n      申请"
    )
    found = row_of(text_of({"大量反复": row}), "rejected.excessive")
    assert found in (numbers(figures), [None] * 7)


def test_the_beginning_of_a_groups_label_beside_the_first_of_its_rows_hides_no_figures():
    lines = [
        "(四)无   1．本   0   0   0   0   2   0   2",
        "法提     机关",
        "供      不掌",
        "       握相",
        "       关政",
    ]
    row = "\n".join([*lines, "       府信", "       息"])
    assert row_of(text_of({"不掌握": row}), "unavailable.not_held") == [0, 0, 0, 0, 2, 0, 2]


def test_the_second_line_of_a_row_that_adds_up_with_and_without_it_belongs_to_the_row():
    lines = ["（   1.   30   0    0    0   0   0   30", "五   信    2                          2"]
    row = "\n".join([*lines, "）   访", "不   举", "予   报", "处   投", "理   诉", "    类", "    申", "    请"])
    assert row_of(text_of({"信访举报": row}), "rejected.petition") in ([302, 0, 0, 0, 0, 0, 302], [None] * 7)


def test_the_second_line_of_a_row_is_not_the_row_of_which_its_words_are_a_part():
    lines = ["一、本年新收     25 ３  13 23         25   73   35", "政府信息公开     08 ２  2  0          5         20"]
    found = row_of(text_of({"本年新收": "\n".join([*lines, "申请数量          ２"])}, "2019"), "new")
    assert found in ([2508, 322, 132, 230, 255, 73, 3520], [None] * 7)


def test_the_second_line_of_a_label_of_two_words_is_not_its_row():
    row = in_lines("", ("38", "59", "63", "0", "41", "10", "65"), first="三   （一）予")
    row += "\n" + in_lines("", ("8", "", "", "", "", "8", "9"), first="、   以公开")
    assert row_of(text_of({"予以公开": row}), "granted") == [388, 59, 63, 0, 41, 108, 659]


def test_half_a_dash_below_a_figure_ends_none():
    figures = ["5", "0", "63", "67", "18", "0", "0", "—", "0", "—", "0", "21", "0", "0", "21"]
    below = ["0", "", "", "", "0", "", "", "", "", "—", "", "", "", "", "件"]
    lines = ("".join(f"{cell:<6}" for cell in row).rstrip() for row in (figures, below))
    found = read_lawsuits("\n".join([*RESULTS, *lines]))
    assert found[:5] in ([50, 0, 63, 67, 180], [None] * 5)


def test_other_handling_that_goes_on_below_its_figures_is_the_older_form():
    rows = [row for row in applications("2019") if len(row) > 2]
    lines = ["   ".join(row) for row in rows if not row[0].startswith("（六）")]
    lines.insert(-2, "   （六）其他处      0     0     0     0     0     0     0\n   理")
    assert read_form(read_text("\n".join(lines))).edition == "2019"


def test_a_row_whose_long_label_begins_above_its_figures_is_its_own_where_the_row_before_has_no_label():
    """Labels of two lines begin beside their figures also where those of five lines have them in their middle."""
    unpaid = "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请"
    above, beside, *below = (unpaid[at : at + 12] for at in range(0, len(unpaid), 12))
    row = "\n".join(
        ["      " + above, in_lines("", SEVEN, first="      " + beside), *("      " + each for each in below)]
    )
    without = in_lines("", ("4", *NOUGHTS[2:], "4"), first="（六）") + "\n其他处理"
    rows = {"逾期不补正": without, "未按收费": row}
    assert row_of(text_of(rows, size=12), "misc.unpaid") == numbers(SEVEN)


@pytest.mark.parametrize(("end", "read"), [("6", None), ("", 3233)])
def test_digits_alone_below_a_figure_of_a_table_without_sums_may_be_its_end(end, read):
    header = ["第二十条第（一）项", "信息内容  本年制发件数  本年废止件数  现行有效件数"]
    rows = [
        "规章       17        3233       115",
        f"                     {end}",
        "规范性文件  0         1          278",
    ]
    form = read_form(read_text("\n".join([*header, *rows, text_of({})])))
    keys = ("rules.issued", "rules.repealed", "rules.in_force", "normative.repealed")
    assert [form.figures[f"publication.{key}"].value for key in keys] == [17, read, 115, 1]
