"""What becomes of a damaged form: what can still be told is read, the rest is null, and no table there is missing."""

import pytest
from opencc import OpenCC

from loaders.document import Cell
from loaders.form.editions import edition
from loaders.form.reading import read_form
from loaders.parsing import parse_file
from loaders.reading.text.plain import read_text
from tests.form_documents import APPLICANTS, applications, count, document, litigation, publication, table, whole
from tests.test_form_reading import ROW_KEYS

RESULTS = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
GROUPS = ("review", "direct", "after_review")
COLUMNS = ("upheld", "corrected", "other", "pending", "total")


def results(form, group):
    return [form.figures[f"litigation.{group}.{column}"].value for column in COLUMNS]


def granted(form, key="granted"):
    names = ("person", "business", "research", "nonprofit", "legal", "other", "total")
    return [form.figures[f"applications.{key}.{name}"].value for name in names]


def labelled(rows, label):
    return next(row for row in rows if row[0] == label)


@pytest.mark.parametrize("at", [0, 4])
@pytest.mark.parametrize("aligned", [True, False])
def test_an_illegible_cell_costs_only_itself_where_litigation_stands_in_rows(aligned, at):
    values = [[str(count("litigation", row, column)) for column in range(5)] for row in range(3)]
    values[2][at] = "*"
    rows = [["", *RESULTS]] + [
        [label, *row] for label, row in zip(("行政复议", "直接起诉", "复议后起诉"), values, strict=True)
    ]
    read = read_form(whole(lit=rows) if aligned else document(*whole().blocks[:5], table(rows, aligned=False)))
    expected = [[None if value == "*" else float(value) for value in row] for row in values]
    assert [results(read, group) for group in GROUPS] == expected


@pytest.mark.parametrize("at", [0, 2])
def test_an_illegible_cell_costs_only_itself_where_results_stand_in_rows(at):
    values = [[str(count("litigation", row, column)) for row in range(3)] for column in range(5)]
    values[1][at] = "若干"
    rows = [["", "行政复议", "未经复议直接起诉", "复议后起诉"]]
    rows += [[label, *row] for label, row in zip(RESULTS, values, strict=True)]
    read = read_form(whole(lit=rows))
    for row, group in enumerate(GROUPS):
        written = [values[column][row] for column in range(5)]
        assert results(read, group) == [None if value == "若干" else float(value) for value in written]


def test_a_label_cut_behind_its_number_keeps_the_figures_beside_the_number():
    rows = applications()
    at = rows.index(labelled(rows, "5.属于三类内部事务信息"))
    rows[at : at + 1] = [["5.", *rows[at][1:]], ["属于三类内部事务信息", *[""] * 7]]
    assert granted(read_form(document(table(rows, aligned=False))), "denied.internal") == [
        count("applications", 8, column) for column in range(7)
    ]


def test_a_table_cut_short_is_there_however_its_first_rows_are_worded():
    rows = applications()[:4]
    rows[2][0], rows[3][0] = "一、本年度新收政府信息公开申请数", "二、上年度结转政府信息公开申请数"
    lines = ["\t".join(row) for row in rows]
    for found in (document(table(publication()), table(rows)), read_text("\n".join(lines))):
        read = read_form(found)
        assert read.tables["applications"] == "present"
        assert granted(read, "new") == [count("applications", 0, column) for column in range(7)]
        assert granted(read, "carried_in") == [count("applications", 1, column) for column in range(7)]


def test_a_merged_header_written_once_a_column_shows_which_figure_is_blank():
    rows = publication("2019")
    at = rows.index(labelled(rows, "行政事业性收费"))
    rows[at - 1], rows[at] = ["信息内容", "上一年项目数量", "本年增/减", "本年增/减"], ["行政事业性收费", "", "4", "4"]
    read = read_form(whole("2019", pub=rows))
    assert read.figures["publication.fees.items_last_year"].value is None
    assert read.figures["publication.fees.change"].value == 4


def test_litigation_does_not_stand_in_for_a_total_without_label():
    rows = applications()
    labelled(rows, "（七）总计")[0] = ""
    read = read_form(whole(apps=rows))
    assert results(read, "review") == [count("litigation", 0, column) for column in range(5)]
    assert granted(read, "total") == [None] * 7  # known only by its neighbours, and it does not add up


def test_a_line_without_label_does_not_fill_up_the_line_above():
    rows = applications()
    lines = [" ".join(row) for row in rows]
    at = next(n for n, row in enumerate(rows) if row[0] == "2.重复申请")
    lines[at : at + 2] = ["2.重复申请 1 2 3", "4 5 6 7"]
    read = read_form(document(*lines))
    assert granted(read, "rejected.repeat") == granted(read, "rejected.publication") == [None] * 7
    assert granted(read, "rejected.excessive") == [count("applications", 18, column) for column in range(7)]


def test_a_line_that_adds_up_is_whole_though_the_next_one_lost_its_label():
    rows = applications()
    lines = [" ".join(row) for row in rows]
    at = next(n for n, row in enumerate(rows) if row[0] == "2.重复申请")
    lines[at : at + 2] = ["2.重复申请 1 2 3 0 0 0 6", "0 0 0 0 0 0 0"]
    assert granted(read_form(document(*lines)), "rejected.repeat") == [1, 2, 3, 0, 0, 0, 6]
    lines[at : at + 2] = ["2.重复申请 1 2 3 0 0 0 6", "4 5 6 0 0 0 5"]
    assert granted(read_form(document(*lines)), "rejected.repeat") == [1, 2, 3, 0, 0, 0, 6]
    lines[at : at + 2] = ["2.重复申请 11 22 33 0 0 0 6", "4 5 6 0 0 0 5"]
    assert granted(read_form(document(*lines)), "rejected.repeat") == [None] * 7


def test_the_short_label_of_the_first_row_may_be_misread():
    words = {"规章": "规l", "行政规范性文件": "仃政规范性丨件", "行政许可": "行政.可", "信息内容": "信自内容"}
    rows = [[words.get(row[0], row[0]), *row[1:]] for row in publication()]
    figures = read_form(whole(pub=rows)).figures
    assert [figures[f"publication.rules.{name}"].value for name in ("issued", "repealed", "in_force")] == [7, 8, 9]


def test_a_header_is_no_row_of_a_table_that_ends_before_its_totals():
    rows = [[*APPLICANTS, ""], *applications()[2:12]]
    read = read_form(document(table(rows)))
    cut = [reading for key, reading in read.figures.items() if key.split(".")[1] in ("misc", "total", "carried_out")]
    assert {reading.value for reading in cut if reading.confidence} == {None}
    assert all(reading.confidence < 0.5 for reading in cut)


def test_all_of_the_litigation_table_left_is_enough_to_tell_that_it_is_there():
    lines = ["行政复议 行政诉讼", " ".join(RESULTS), " ".join(RESULTS * 2), " ".join(litigation()[-1])]
    read = read_form(document("四、政府信息公开行政复议、行政诉讼情况", *lines))
    assert read.tables == {"publication": "missing", "applications": "missing", "litigation": "present"}
    assert [results(read, group) for group in GROUPS] == [
        [count("litigation", row, column) for column in range(5)] for row in range(3)
    ]


def test_words_where_the_only_figure_of_a_row_belongs_are_unreadable_and_not_blank():
    rows = [["行政许可", "见附件", ""] if row[0] == "行政许可" else row for row in publication()]
    for blocks in (
        whole(pub=[row[:2] for row in rows]).blocks,
        whole(pub=rows).blocks,
        ["行政许可 见附件", *whole().blocks[2:]],
    ):
        figure = read_form(document(*blocks)).figures["publication.licensing.decisions"]
        assert (figure.value, figure.raw) == (None, "见附件")


def test_header_labels_broken_over_lines_show_that_the_litigation_table_is_there():
    broken = [[label[:3] for label in RESULTS[:4]], [label[3:] for label in RESULTS[:4]]]
    read = read_form(document(*whole().blocks[:4], table([*broken, ["0", "", "0", "0"]], aligned=False)))
    assert read.tables["litigation"] == "present"
    assert all(reading.value is None for key, reading in read.figures.items() if key.startswith("litigation"))


def test_rows_out_of_order_are_told_apart_in_traditional_characters_and_the_words_of_taiwan():
    rows = applications("2019")
    internal, process = (
        rows.index(labelled(rows, label)) for label in ("5.属于三类内部事务信息", "6.属于四类过程性信息")
    )
    rows[internal], rows[process] = rows[process], rows[internal]
    converter = OpenCC("s2twp")
    lines = [
        "新县教育局2020年政府信息公开工作年度报告",
        "三、收到和处理政府信息公开申请情况",
        *("\t".join(row) for row in rows),
    ]
    report = parse_file(converter.convert("\n".join(lines)).encode(), "a.txt")
    assert granted(report.form, "denied.internal") == [count("applications", 8, column) for column in range(7)]
    assert granted(report.form, "denied.process") == [count("applications", 9, column) for column in range(7)]
    assert report.form.labels == []


@pytest.mark.parametrize("sign", ["*", "？", "#REF!", "见附件"])
def test_a_sign_in_place_of_a_figure_is_no_part_of_the_label(sign):
    rows = applications()
    labelled(rows, "（七）总计")[1:] = ["1", "2", sign, "4", "5", "6", "18"]
    lines = ["\t".join(["", "", *row] if row[0][:1].isdigit() else [row[0], "", "", *row[1:]]) for row in rows[1:]]
    read = read_form(read_text("\n".join(["三、收到和处理政府信息公开申请情况", *lines])))
    assert granted(read, "total") == [1, 2, None, 4, 5, 6, 18]
    assert read.figures["applications.total.research"].raw == sign


@pytest.mark.parametrize("sign", ["#REF!", "见附件"])
def test_the_beginning_of_a_torn_label_pushes_no_figure_aside_where_the_last_one_is_illegible(sign):
    rows = applications()
    labelled(rows, "1.本机关不掌握相关政府信息")[0:] = ["（四）无法提供", "1．本机", *"123040", sign]
    lines = ["\t".join(row) for row in rows]
    torn = next(n for n, line in enumerate(lines) if "1．本机" in line)
    lines.insert(torn + 1, "\t关不掌握相关政府信息\t\t\t\t\t\t\t")
    read = read_form(read_text("\n".join(["三、收到和处理政府信息公开申请情况", *lines])))
    known = zip(granted(read, "unavailable.not_held"), [1, 2, 3, 0, 4, 0, None], strict=True)
    assert all(value in (None, written) for value, written in known)


@pytest.mark.parametrize("sign", ["*", "#REF!", "见附件"])
@pytest.mark.parametrize("behind", ["", "\t\t", "\t备注"])
def test_a_sign_in_place_of_the_first_figure_is_no_piece_of_the_label(sign, behind):
    rows = applications()
    labelled(rows, "4.保护第三方合法权益")[1:] = [sign, *"234059"]
    lines = ["\t".join(row) + behind for row in rows]
    read = read_form(read_text("\n".join(["三、收到和处理政府信息公开申请情况", *lines])))
    known = zip(granted(read, "denied.third_party"), [None, 2, 3, 4, 0, 5, 9], strict=True)
    assert all(value in (None, written) for value, written in known)


def test_an_empty_cell_below_an_empty_header_cell_is_no_figure_of_litigation():
    values = [[str(count("litigation", row, column)) for column in range(5)] for row in range(3)]
    review = table([["行政复议"], [*RESULTS[:4], ""], [], values[0]])
    review.cells.append(Cell("", 2, 4))  # merged with the one above in the original
    lawsuits = table([["未经复议直接起诉", "", "", "", "", "复议后起诉"], list(RESULTS * 2), values[1] + values[2]])
    read = read_form(document(*whole().blocks[:5], review, lawsuits))
    assert [results(read, group) for group in GROUPS] == [[float(value) for value in row] for row in values]


@pytest.mark.parametrize("sign", ["*", "#REF!", "约"])
def test_a_sign_in_place_of_the_first_figure_leaves_the_others_of_its_group(sign):
    groups = table(
        [["", *RESULTS], ["行政复议", *"21003"], ["未经复议直接起诉", *"10001"], ["复议后起诉", sign, *"0123"]]
    )
    for cell in groups.cells:
        cell.column = [other for other in groups.cells if other.row == cell.row].index(cell)
    groups.aligned = True
    read = read_form(document(*whole().blocks[:5], groups))
    assert [results(read, group) for group in GROUPS] == [[2, 1, 0, 0, 3], [1, 0, 0, 0, 1], [None, 0, 1, 2, 3]]


FIGURES = {"new": 9, "carried_in": 1, "granted": 4, "partial": 3, "total": 7, "carried_out": 3}


def adding_up(label):
    """Rows of which each adds up, and each column too; and the row of that label."""
    rows = applications(figures={row.key: ["0"] * 7 for row in edition("2021").blocks_of("applications")[0].rows})
    names = {row.label: row.key for row in edition("2021").blocks_of("applications")[0].rows}
    for row in rows:
        if (count := FIGURES.get(names.get(row[0], ""))) is not None:
            row[1:] = [str(count + n) if n % 2 else "0" for n in range(6)] + [str(3 * count + 9)]
    labelled(rows, "（七）总计")[1:] = ["0", "9", "0", "13", "0", "17", "39"]
    labelled(rows, "一、本年新收政府信息公开申请数量")[1:] = ["0", "11", "0", "15", "0", "19", "45"]
    return rows, labelled(rows, label)


def test_a_row_that_an_empty_cell_shifted_is_not_read_a_column_too_far_right():
    rows, row = adding_up("（一）予以公开")
    row[1:] = ["", *row[1:-1]]
    assert granted(read_form(whole(apps=rows))) == [None] * 7


def test_a_row_that_lost_its_first_figure_keeps_the_others():
    rows, row = adding_up("（一）予以公开")
    row[2] = ""
    assert granted(read_form(whole(apps=rows))) == [0, None, 0, 7, 0, 9, 21]


def test_a_row_longer_than_the_others_is_shifted_wherever_it_has_blanks():
    rows = applications()
    values = [str(count("applications", 16, column)) for column in range(7)]
    found = table(rows)
    row = [cell for cell in found.cells if cell.text == "2.重复申请" or cell.text in values]
    assert [cell.text for cell in row] == ["2.重复申请", *values]
    row[3].text = ""
    for cell in row[1:]:
        cell.column += 1
    found.cells.append(Cell("", row[0].row, row[1].column - 1))
    assert granted(read_form(document(found)), "rejected.repeat") == [None] * 7


def test_the_second_part_of_a_table_has_its_figures_where_the_first_one_has_them():
    rows = applications()
    for row in rows[14:]:
        row[3] = ""
    read = read_form(document(table(rows[:14]), "- 3 -", table(rows[14:])))
    assert granted(read, "total")[:3] == [count("applications", 23, 0), count("applications", 23, 1), None]


@pytest.mark.parametrize("aligned", [True, False])
def test_half_of_a_label_is_enough_for_the_one_row_left_between_its_neighbours(aligned):
    rows = applications()
    labelled(rows, "3.其他")[0] = "具他"
    labelled(rows, "3.危及“三安全一稳定”")[0] = "3.口|“二安人一稳定”"
    words = {"规章": "规1", "信息内容": "信自内容", "本年制发件数": "木午制发件敉"}
    figures = read_form(
        document(
            table([[words.get(text, text) for text in row] for row in publication()], aligned=aligned),
            table(rows, aligned=aligned),
        )
    ).figures
    assert figures["publication.rules.issued"].value == 7
    assert figures["applications.misc.other.person"].value == count("applications", 22, 0)
    assert figures["applications.denied.safety.person"].value == count("applications", 6, 0)


def test_a_label_of_another_row_is_not_taken_for_half_of_the_missing_one():
    rows = applications()
    rows.remove(labelled(rows, "7.属于行政执法案卷"))
    labelled(rows, "8.属于行政查询事项")[0] = "8.属于行政查询亠亠"
    figures = read_form(document(table(rows))).figures
    assert figures["applications.denied.case_file.person"].value is None
    assert figures["applications.denied.inquiry.person"].value == count("applications", 11, 0)


def test_a_page_number_printed_over_a_cell_is_no_part_of_its_figure():
    rows = applications()
    labelled(rows, "2.重复申请")[2] += "\n- 2 -"
    labelled(rows, "3.要求提供公开出版物")[2] += "\n2"
    read = read_form(whole(apps=rows))
    assert granted(read, "rejected.repeat")[1] == count("applications", 16, 1)
    assert granted(read, "rejected.publication")[1] is None


def test_litigation_alone_is_read_though_its_header_is_broken_over_rows():
    broken = [[label[:2] for label in RESULTS * 3], [label[2:] for label in RESULTS * 3], litigation()[-1]]
    read = read_form(document(table(broken)))
    assert [results(read, group) for group in GROUPS] == [
        [count("litigation", row, column) for column in range(5)] for row in range(3)
    ]


def test_a_shifted_row_is_found_without_sums_by_a_total_that_is_less_than_a_part():
    rows = applications()
    for row in rows[2:]:
        row[-1] = "900"
    row = labelled(rows, "2.重复申请")
    row[1:] = ["", *row[1:-1]]
    row[4] = "899"
    read = read_form(whole(apps=rows))
    assert granted(read, "rejected.repeat") == [None] * 7
    row[-1] = "900"
    assert granted(read_form(whole(apps=rows)), "rejected.repeat")[1:] == [float(text) for text in row[2:]]


TWO_LABELS = {
    "in two cells": (["（七）总计", "3.其他"], ("total", "misc.other")),
    "in one cell": (["1.信访举报投诉类申请\n2.重复申请"], ("rejected.petition", "rejected.repeat")),
    "the second cut": (["（一）予以公开\n（二）部分公开（区分处理的，只计这一情形"], ("granted", "partial")),
}


@pytest.mark.parametrize(("labels", "rows"), TWO_LABELS.values(), ids=TWO_LABELS)
def test_figures_beside_the_labels_of_two_rows_are_those_of_neither(labels, rows):
    """As where one of the rows lost its figures, and its label stands beside those of the other."""
    each = [line for label in labels for line in label.split("\n")]
    written = applications()
    first, second = (next(row for row in written if row[0].startswith(label)) for label in each)
    first[:] = [*labels, *first[1:]]
    written.remove(second)
    read = read_form(whole(apps=written))
    assert [granted(read, row) for row in rows] == [[None] * 7] * 2
    assert granted(read, "carried_in") == [count("applications", 1, column) for column in range(7)]


@pytest.mark.parametrize("end", ["）", "件）", "件"])
def test_the_last_digits_of_litigation_figures_alone_are_no_figures(end):
    rows = litigation()
    rows[-1] = [end, *rows[-1][1:]]
    assert results(read_form(whole(lit=rows)), "review") == [None] * 5


def test_a_first_row_without_label_is_not_the_last_column_of_the_header():
    rows = applications()
    rows[2][0] = ""
    header = [["（勾稽关系）", "申请人情况"], ["", "自然人", "法人或其他组织", "总计"], ["", *APPLICANTS[1:6]]]
    read = read_form(whole(apps=[*header, *rows[2:]]))
    assert granted(read, "misc.other") == [count("applications", 22, column) for column in range(7)]


def test_the_name_of_a_group_behind_a_label_is_no_figure():
    rows = applications()
    for row in rows[2:]:
        row[-1] = ""
    at = next(n for n, row in enumerate(rows) if row[0] == "4.无正当理由大量反复申请")
    rows[at][:1] = ["（五）无正当理由大量反复申请", "不予处理"]
    values = granted(read_form(whole(apps=rows)), "rejected.excessive")
    assert values in ([count("applications", 18, column) for column in range(6)] + [None], [None] * 7)


def test_a_row_of_two_documents_tells_of_neither():
    rows = publication()
    at = next(n for n, row in enumerate(rows) if row[0] == "规章")
    rows[at : at + 2] = [["规章行政规范性文件", *rows[at][1:]]]
    read = read_form(whole(pub=rows))
    keys = [f"publication.{row}.{column}" for row in ("rules", "normative") for column in ("issued", "in_force")]
    assert [read.figures[key].value for key in keys] == [None] * 4


def test_a_row_with_the_name_of_its_group_keeps_its_noughts_to_itself():
    rows = [row for row in applications() if row[0] in ("（勾稽关系）", "一、本年新收政府信息公开申请数量", "自然人")]
    rows.append(["1.属于国家秘密\n不予公开", *["0"] * 7])
    assert granted(read_form(whole(apps=rows)), "denied.law") == [None] * 7


SLOW_DRIFT = [number // 2 for number in range(25)]
"""In columns of the screen; columns of the table, eight wide, overlap where all lines are laid on each other."""


def saved_page(blanks, drift):
    """The applications table as text that keeps its columns roughly: each line is off by some columns."""
    lines = []
    for number, (label, *figures) in enumerate(applications()[2:]):
        cells = ["" if (number, column) in blanks else figure for column, figure in enumerate(figures)]
        margin = 90 + drift[number % len(drift)] - 2 * len(label)
        lines.append(f"{label}{' ' * margin}" + "".join(f"{cell:>8}" for cell in cells))
    return read_text("\n".join(lines))


def test_blank_cells_of_lines_that_drift_are_known_by_the_lines_next_to_them():
    read = read_form(saved_page({(8, 2), (15, 0), (15, 4)}, SLOW_DRIFT))
    expected = [count("applications", 8, column) for column in range(7)]
    assert granted(read, "denied.internal") == [None if at == 2 else each for at, each in enumerate(expected)]
    expected = [count("applications", 15, column) for column in range(7)]
    assert granted(read, "rejected.petition") == [None if at in (0, 4) else each for at, each in enumerate(expected)]


def line_of(row, figures_at=90):
    """A row of the applications table as text in columns of eight."""
    return (
        row[0]
        + " " * (figures_at - sum(1 + (sign > "\u2e80") for sign in row[0]))
        + "".join(f"{cell:>8}" for cell in row[1:])
    )


def page_of(rows, below=()):
    """Rows of the applications table as text in columns of eight, with lines below the last one."""
    return read_text("\n".join([*map(line_of, rows), *(line_of(["", *cells]) for cells in below)]))


def test_a_row_that_adds_up_is_placed_though_a_line_beside_it_shows_no_way():
    rows = applications()[2:]
    rows[8][1:] = ["20", "", "30", "4", "0", "6", "60"]
    lines = list(map(line_of, rows))
    lines[9] = line_of(rows[9], 97)
    assert granted(read_form(read_text("\n".join(lines))), "denied.internal") == [20, None, 30, 4, 0, 6, 60]


def test_a_row_with_a_label_more_is_not_placed_by_rows_that_its_figures_are_a_column_off():
    rows = applications()[2:]
    lines = [line_of(row, 90 + drift) for row, drift in zip(rows, SLOW_DRIFT, strict=True)]
    lines[8] = line_of(
        [f"（三）不予公开{' ' * 12}5.属于三类内部事务信息", "20", "0", "30", "4", "0", ""], 98 + SLOW_DRIFT[8]
    )
    assert granted(read_form(read_text("\n".join(lines))), "denied.internal") == [None] * 7


def test_figures_above_digits_without_a_label_are_none_where_their_row_does_not_add_up():
    rows = applications()[2:]
    rows[-1][1:] = ["10624.", "8776", "804", "11337", "857", "11078", "58435"]
    below = [["0", "", "", "", "", "", ""], ["", "", "2", "", "8", "", ""]]
    found = granted(read_form(page_of(rows, below)), "carried_out")
    assert [found[at] for at in (2, 4)] == [None, None]


def test_a_row_whose_total_is_less_than_a_part_is_none_between_rows_whose_lines_are_mixed():
    lines = ["三、收到和处理政府信息公开申请情况"]
    for number, (label, *figures) in enumerate(applications()[2:]):
        mixed = ["718", "（件）", "（件）", *figures[2:]] if number in (7, 9) else figures
        figures[-1] = "1" if number == 8 else figures[-1]
        lines += [label, *mixed] if number != 8 else [f"{label} {figures[0]}", *figures[1:]]
    assert granted(read_form(read_text("\n".join(lines))), "denied.internal") == [None] * 7


def test_a_line_that_is_off_by_half_a_column_is_not_placed():
    drift = list(SLOW_DRIFT)
    drift[8] += 4
    assert granted(read_form(saved_page({(8, 6)}, drift)), "denied.internal") == [None] * 7


def test_figures_above_their_labels_are_theirs_where_the_last_label_has_none_below():
    parts = [
        ("第二十条第（五）项", ["行政许可"], ["973"]),
        ("第二十条第（六）项", ["行政处罚", "行政强制"], ["821", "1194"]),
    ]
    lines = [
        line
        for article, labels, figures in parts
        for line in (
            article,
            "信息内容",
            "本年处理决定数量",
            *(part for pair in zip(figures, labels, strict=True) for part in pair),
        )
    ]
    read = read_form(document(*lines, *(cell for row in applications() for cell in row)))
    rows = ("licensing", "penalty", "coercion")
    assert [read.figures[f"publication.{row}.decisions"].value for row in rows] == [973, 821, 1194]


def test_rows_with_their_labels_are_read_though_those_of_the_next_page_lost_theirs():
    rows = applications()[2:]
    lost = [["", *row[1:]] for row in rows[10:-1]]  # a row too few: they cannot be known by counting
    read = read_form(document(table(rows[:10]), table(lost)))
    assert granted(read, "denied.internal") == [count("applications", 8, column) for column in range(7)]
    assert granted(read, "rejected.repeat") == [None] * 7


@pytest.mark.parametrize("aligned", [True, False])
def test_figures_that_differ_in_a_repeated_publication_table_are_null(aligned):
    again = [["7" if cell == "8" and row[0] == "规章" else cell for cell in row] for row in publication()]
    read = read_form(
        document("二、主动公开政府信息情况", table(publication(), aligned), table(again, aligned), *whole().blocks[2:])
    )
    written = ("rules.issued", "rules.repealed", "normative.repealed", "fees.amount")
    assert [read.figures[f"publication.{key}"].value for key in written] == [7, None, 8, 7]


def test_figures_that_differ_in_the_first_block_of_publication_alone_are_null():
    (first, *others) = [publication()[start:end] for start, end in ((0, 4), (4, 7), (7, 11), (11, 14))]
    again = [["9" if cell == "8" and row[0] == "规章" else cell for cell in row] for row in first]
    blocks = map(table, (first, again, *others))
    read = read_form(document("二、主动公开政府信息情况", *blocks, *whole().blocks[2:]))
    written = ("rules.issued", "rules.repealed", "normative.repealed", "fees.amount")
    assert [read.figures[f"publication.{key}"].value for key in written] == [7, None, 8, 7]


@pytest.mark.parametrize(("heap", "amount"), [(["0"], 0), (["0"] * 3, 0), (["0"] * 6, None)])
def test_the_last_label_before_a_heap_of_figures_has_none_of_them(heap, amount):
    labels = ["规章", "行政规范性文件", "信息内容", "行政许可", "信息内容", "行政处罚", "行政强制"]
    labels += ["信息内容", "行政事业性收费"]
    written = ["二、主动公开政府信息情况", *labels, *heap, "第二十条第（五）项", "本年处理决定数量", "0"]
    read = read_form(document(*written, *whole().blocks[2:]))
    assert read.figures["publication.fees.amount"].value == amount


def of_year(last_year):
    """The tables of a report, all of whose applications and disputes are others than those of another year."""
    figures = {key: [str(70 * last_year + n) for n in range(7)] for key in ROW_KEYS}
    disputes = [*litigation()[:3], [str(20 * last_year + n) for n in range(15)]]
    return [publication(), applications(figures=figures), disputes]


@pytest.mark.parametrize("first", [0, 1])
def test_of_two_reports_in_one_file_no_figure_is_read_that_only_one_of_them_has(first):
    """Nothing tells which figure is whose; what both say is so whichever it is."""
    tables = [*of_year(first), *of_year(1 - first)]
    form = read_form(document(*(table(rows) for rows in tables)))
    found = {key: reading.value for key, reading in form.figures.items() if reading.value is not None}
    assert not [key for key in found if not key.startswith("publication")]


def test_a_table_whose_header_has_the_columns_in_another_order_has_no_figures():
    header = [APPLICANTS[-1], *APPLICANTS[:-1]]
    form = read_form(whole(apps=[applications()[0], header, *applications()[2:]]))
    assert granted(form) == [None] * 7
    assert form.figures["publication.rules.issued"].value == 7


def test_nor_have_its_parts_that_go_on_without_header():
    header = [APPLICANTS[-1], *APPLICANTS[:-1]]
    rows = [applications()[0], header, *applications()[2:]]
    form = read_form(document(table(publication()), table(rows[:9]), "续表", table(rows[9:]), table(litigation())))
    assert granted(form, "rejected.repeat") == [None] * 7


@pytest.mark.parametrize("group", ["", "（五）不予处理"])
def test_what_is_left_of_several_labels_alike_names_none_of_them(group):
    """Worksheets with rows too low for their labels show the last line of each: 复申请 ends 大量反复申请 as well."""
    rows = applications()
    at = rows.index(labelled(rows, "1.信访举报投诉类申请"))
    ends = ["请", "请", "物", "复申请", "取信息"]
    for n, end in enumerate(ends):
        rows[at + n] = [(group if not n else "") + end, *rows[at + n][1:]]
    rows[at][2] = rows[at + 1][3] = rows[at + 2][2] = ""
    form = read_form(whole(apps=rows))
    whole_form = read_form(whole(apps=[*rows[:at], *applications()[at : at + 5], *rows[at + 5 :]]))
    for key in ("rejected.petition", "rejected.repeat", "rejected.publication", "rejected.excessive"):
        expected = granted(whole_form, key)
        assert all(found in (None, one) for found, one in zip(granted(form, key), expected, strict=True))
