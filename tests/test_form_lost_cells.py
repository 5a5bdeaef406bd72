"""Rows that lost a cell, a label or the ends of figures: what is left is in no wrong place."""

import pytest

from loaders.form.reading import read_form
from loaders.reading import read
from loaders.reading.text.plain import read_text
from tests.form_documents import applications, litigation, publication, whole
from tests.test_form_damage import RESULTS, granted
from tests.test_form_reading import ROW_KEYS

WHOLE_ROW = ["0", "5", "3", "0", "2", "7", "17"]


def summing(**others):
    """The applications table, all of whose rows add up, with other figures in some."""
    rows = [row[0] for row in applications()[2:]]
    keys = ["new", "carried_in", "granted", "partial", "secret", "law", "safety", "third_party"]
    figures = dict(zip(keys, rows, strict=False))
    named = {figures[key]: cells for key, cells in others.items()}
    return [*applications()[:2], *([row, *named.get(row, WHOLE_ROW)] for row in rows)]


def between_bars(rows):
    return read_text("\n".join("| " + " | ".join(row) + " |" for row in rows))


def on_a_web_page(*tables):
    """Rows as a browser shows them: each cell right behind the one in front of it."""
    rows = [
        "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in table) for table in tables
    ]
    return read("".join(f"<table>{each}</table>" for each in rows).encode(), "年报.html")


@pytest.mark.parametrize("gone", range(7))
def test_a_row_of_a_web_page_with_a_cell_less_than_others_has_no_figures(gone):
    """Those behind the cell that is gone moved up one column, and nothing says which it was."""
    left = [cell for at, cell in enumerate(WHOLE_ROW) if at != gone]
    form = read_form(on_a_web_page(publication(), summing(granted=left)))
    assert granted(form) == [None] * 7
    assert granted(form, "partial") == [float(figure) for figure in WHOLE_ROW]


def test_noughts_of_a_row_with_a_cell_less_than_others_stand_right_wherever_they_stood():
    form = read_form(on_a_web_page(publication(), summing(granted=["0"] * 6)))
    assert granted(form) == [0, 0, 0, 0, 0, 0, None]


def test_noughts_beside_an_empty_cell_may_have_moved_where_a_cell_is_gone():
    form = read_form(on_a_web_page(publication(), summing(granted=["0", "0", "", "0", "0", "0"])))
    assert granted(form) == [None] * 7


def test_a_row_of_documents_with_a_cell_less_than_its_header_has_no_figures():
    rows = [row[:3] if row[0] == "行政规范性文件" else row for row in publication()]
    form = read_form(on_a_web_page(rows, applications()))
    found = {key: reading.value for key, reading in form.figures.items() if key.startswith("publication.normative")}
    assert list(found.values()) == [None] * 3


DISPUTES = ["4", "2", "0", "1", "7", "0", "0", "3", "0", "3", "5", "6", "1", "2", "14"]


@pytest.mark.parametrize(("gone", "kept"), [(0, 0), (4, 0), (5, 5), (9, 5), (12, 10)])
def test_of_disputes_that_lost_a_cell_the_groups_in_front_are_kept_as_far_as_they_add_up(gone, kept):
    figures = [cell for at, cell in enumerate(DISPUTES) if at != gone]
    header = "".join(f"<td colspan=5>{group}</td>" for group in ("行政复议", "未经复议直接起诉", "复议后起诉"))
    rows = [list(RESULTS) * 3, figures]
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    page = f"<p>四、政府信息公开行政复议、行政诉讼情况</p><table><tr>{header}</tr>{body}</table>"
    form = read_form(read(page.encode(), "年报.html"))
    found = [reading.value for key, reading in form.figures.items() if key.startswith("litigation")]
    assert found == [*map(float, DISPUTES[:kept]), *[None] * (15 - kept)]


@pytest.mark.parametrize(
    ("figures", "kept"),
    [("1 0 0 1 2 0 0 0 2 0 2 0 0 2", 0), ("0 0 0 0 0 1 0 0 1 0 2 0 0 2", 5), ("0 0 0 0 0 0 0 0 0 0 3 4 7", 0)],
)
def test_groups_in_front_that_may_have_lost_the_cell_as_well_are_not_kept(figures, kept):
    """1 0 0 1 2 may be 1 0 0 _ 1 and the 2 of the next group; noughts are the same wherever one of them is put back."""
    header = [[("行政复议", 5), ("行政诉讼", 10)], [(result, 1) for result in RESULTS * 3]]
    rows = [*header, [(figure, 1) for figure in figures.split()]]
    body = "".join(
        "<tr>" + "".join(f"<td colspan={width}>{text}</td>" for text, width in row) + "</tr>" for row in rows
    )
    form = read_form(read(f"<p>四、行政复议、行政诉讼情况</p><table>{body}</table>".encode(), "年报.html"))
    found = [reading.value for key, reading in form.figures.items() if key.startswith("litigation")]
    assert found == [*map(float, figures.split()[:kept]), *[None] * (15 - kept)]


@pytest.mark.parametrize(("gone", "kept"), [(0, 0), (3, 0), (9, 5), (12, 10)])
def test_of_disputes_closed_by_an_empty_cell_the_groups_in_front_are_kept_as_far_as_they_add_up(gone, kept):
    """Where a group does not add up, the figures behind a lost cell may have moved up to it."""
    figures = [cell for at, cell in enumerate(DISPUTES) if at != gone]
    form = read_form(whole(lit=[*litigation()[:3], [*figures, ""]]))
    found = [reading.value for key, reading in form.figures.items() if key.startswith("litigation")]
    assert found == [*map(float, DISPUTES[:kept]), *[None] * (15 - kept)]


def disputes(cells):
    form = read_form(whole(lit=[*litigation()[:3], cells]))
    return [reading.value for key, reading in form.figures.items() if key.startswith("litigation")]


def test_disputes_with_blanks_that_are_closed_by_an_empty_cell_may_have_moved_up():
    """The 0 of the first group is gone: its blank stands for its other results, and 5 for its total."""
    cells = ["4", "", "1", "5", "", "", "", "", "", "5", "", "", "2", "7", ""]
    assert disputes(cells) == [None] * 15


def test_disputes_with_a_wrong_sum_that_are_closed_by_an_empty_cell_are_kept_where_no_cell_can_be_put_back():
    cells = ["3", "2", "0", "0", "7", "0", "0", "0", "0", "0", "0", "0", "0", "0", ""]
    assert disputes(cells) == [3, 2, 0, 0, 7, *[0] * 9, None]


def test_disputes_whose_second_group_lost_a_cell_behind_one_with_a_wrong_sum():
    """The 5 in front of 8, 2, 8 and 23 is gone; the sum of the first group was wrong anyhow."""
    cells = ["108", "1", "8", "6", "23", "8", "2", "8", "23", "6", "1", "1", "6", "13", ""]
    assert disputes(cells) == [108, 1, 8, 6, 23, *[None] * 10]


def test_disputes_that_add_up_by_chance_behind_a_lost_nought_are_empty():
    """0 0 0 2 2 behind review's lost 0, so that 2 + 2 = 4 stands where the group was, 4 being of the next one."""
    cells = ["0", "0", "0", "0", "0", "0", "0", "2", "2", "4", "7", "0", "0", "11", ""]
    assert disputes(cells) == [*[0] * 5, *[None] * 10]


def test_a_group_of_disputes_without_total_whose_last_figure_may_be_it_has_no_figures():
    assert disputes([*DISPUTES[:5], "1", "2", "0", "3", "", *DISPUTES[10:]]) == [
        *map(float, DISPUTES[:5]),
        *[None] * 5,
        *map(float, DISPUTES[10:]),
    ]


def test_disputes_that_end_with_a_blank_in_the_middle_of_a_group_are_read_as_far_as_they_go():
    header = [[*RESULTS, *RESULTS, RESULTS[0]]]
    form = read_form(whole(lit=[["行政复议", "行政诉讼"], *header, [*DISPUTES[:10], ""]]))
    assert [form.figures[f"litigation.review.{key}"].value for key in ("upheld", "total")] == [4, 7]


def test_disputes_with_a_margin_in_front_and_two_cells_in_one_are_empty():
    """The margin of a scanned page is no column of the table: every figure would stand one column further."""
    header = "".join(f"<td>{result}</td>" for result in [*list(RESULTS) * 2, *RESULTS[:3]])
    figures = "".join(f"<td>{figure}</td>" for figure in ["", "4", "", "", "", "4", *[""] * 8])
    rows = f"<tr>{header}<td colspan=2>尚未审总结计</td></tr><tr>{figures}<td colspan=2>1</td></tr>"
    table = f"<table><tr><td rowspan=2></td><td colspan=15>行政复议</td></tr>{rows}</table>"
    page = f"<p>四、政府信息公开行政复议、行政诉讼情况</p>{table}"
    form = read_form(read(page.encode(), "年报.html"))
    found = [reading.value for key, reading in form.figures.items() if key.startswith("litigation")]
    assert found == [None] * 15


def test_totals_of_disputes_that_are_all_blank_were_left_so():
    cells = ["0", "0", "1", "2", "", "0", "0", "0", "3", "", "1", "0", "0", "5", ""]
    assert disputes(cells) == [float(cell) if cell else None for cell in cells]


def test_disputes_that_add_up_keep_all_figures_in_front_of_an_empty_total():
    form = read_form(whole(lit=[*litigation()[:3], [*DISPUTES[:14], ""]]))
    found = [reading.value for key, reading in form.figures.items() if key.startswith("litigation")]
    assert found == [*map(float, DISPUTES[:14]), None]


@pytest.mark.parametrize("gone", [1, 2, 4])
def test_a_row_closed_by_an_empty_cell_whose_last_figure_may_be_its_total_has_no_figures(gone):
    """5 3 2 7 17: no column adds up less with the row put back, wherever the cell stood."""
    left = [cell for at, cell in enumerate(WHOLE_ROW) if at != gone]
    assert granted(read_form(whole(apps=summing(granted=[*left, ""])))) == [None] * 7


def test_a_row_whose_first_cell_is_gone_has_no_figures():
    """They all stand one column too far left: the last one is the sum of the others."""
    form = read_form(whole(apps=summing(granted=["5", "3", "0", "2", "7", "17", ""])))
    assert granted(form) == [None] * 7
    assert granted(form, "partial") == [float(figure) for figure in WHOLE_ROW]


@pytest.mark.parametrize(
    ("cells", "figures"),
    [
        (["5", "3", "0", "2", "7", "4", ""], [5, 3, 0, 2, 7, 4, None]),
        (["5", "3", "2", "7", "4", "20", ""], [None] * 7),  # 0 is gone, and 20 was a wrong total
    ],
)
def test_a_row_without_total_keeps_its_figures_where_the_last_is_no_sum_and_columns_add_up(cells, figures):
    whole_row, nothing = ["5", "3", "0", "2", "7", "4", "20"], ["0"] * 7
    named = {"new": whole_row, "granted": cells, "total": whole_row}
    form = read_form(whole(apps=applications(figures={key: named.get(key, nothing) for key in ROW_KEYS})))
    assert granted(form) == figures


def test_a_row_whose_total_is_illegible_keeps_its_figures_though_the_last_is_their_sum():
    form = read_form(whole(apps=summing(granted=["0", "1", "0", "0", "0", "1", "约"])))
    assert granted(form) == [0, 1, 0, 0, 0, 1, None]


def test_a_row_between_marks_with_a_cell_less_than_others_has_no_figures_though_one_of_them_is_blank():
    assert granted(read_form(between_bars(summing(granted=["0", "5", "", "0", "7", "13"])))) == [None] * 7


def test_a_figure_whose_unit_went_below_is_no_label():
    """What stands behind it does not begin the row."""
    rows = summing()
    at = next(n for n, row in enumerate(rows) if row[0].startswith("3.补正"))
    blank = [""] * 6
    rows[at : at + 1] = [
        ["3.补正", "", *blank],
        ["后申请", "448(", "37", "0", "157", "102", "66", "810"],
        ["内容仍", "件)", *blank],
        ["不明确", "", *blank],
    ]
    assert granted(read_form(between_bars(rows)), "unavailable.unclear") == [None, 37, 0, 157, 102, 66, 810]


def test_two_rows_without_labels_are_none_where_the_group_has_more_that_are_missing():
    rows = summing()
    group = ["三、本年度办理结果", "（三）不予公开"]
    start = next(n for n, row in enumerate(rows) if row[0].startswith("1.属于国家秘密"))
    denied = [[*group, *row] for row in rows[start : start + 8]]
    lost = [[*group, "", *(str(11 * n) for n in range(1, 8))], [*group, "", *(str(12 * n) for n in range(1, 8))]]
    others = [[row[0], row[0], *row] if len(row) == 8 else row for row in rows]
    form = read_form(between_bars([*others[:start], *denied[:2], *lost, *denied[6:], *others[start + 8 :]]))
    for key in ("safety", "third_party", "internal", "process"):
        assert granted(form, f"denied.{key}") == [None] * 7


def test_last_digits_in_a_row_of_their_own_between_bars_show_that_those_above_are_cut():
    cut, ends = ["314", "168", "264", "207", "188", "297", "14400"], ["9", "1", "4?", "?", "0", "3", "3"]
    rows = summing()
    rows[2:3] = [["一、本年新收政府信息", *cut], ["公开申请数量", *ends]]
    assert granted(read_form(between_bars(rows)), "new")[:6] == [None] * 6


def test_a_label_that_begins_behind_its_group_s_goes_on_with_nothing_from_above():
    """The end of the label above, whose own figures stand on the page before, belongs to that one."""
    page = ["2.重 7 19 633 0 4 78 741", "复申", "请", "3.要 0 375 69 0 0 32 476", "求提", "供公", "开出", "版物"]
    page += ["出具", "已获", "取信", "息"]
    next_page = """（六 1.申 758 84 370 30 0 92 133
|           |       | 他   |     |     |     |     |     |     | 4   |     |     |
|           | （七）总计 |     | 244 | 219 | 577 | 133 | 303 | 146 | 162 |     |     |
| 结果   | 结果  | 其他  | 尚未  | 总计 未经复议直接起诉 |     |     |     |     | 复议后起诉 |       |     |"""
    form = read_form(read_text("\n".join([*page, next_page])))
    assert granted(form, "rejected.reconfirm") == [None] * 7


def test_eight_figures_behind_the_labels_of_several_rows_are_those_of_none():
    """Of a page that was read by columns: first its labels, then its figures."""
    labels = ["2.申请", "人逾期", "未按收", "费通知", "要求缴", "纳费", "3.其他"]
    cells = [cell for row in (*publication(), *applications()[:6]) for cell in row]
    page = [*cells, *labels, *WHOLE_ROW, "6292", "件", *["61511"] * 7]
    assert granted(read_form(read_text("\n".join(page))), "misc.other") == [None] * 7


@pytest.mark.parametrize("gap", [0, 2])
def test_blank_results_between_spaces_leave_the_others_under_their_header(gap):
    """Ten figures are not those of two groups where the header has three. `gap`: they stand under no label."""
    results = list(RESULTS) * 3
    figures = ["2", "53", "", "0", "", "3", "3", "8", "", "", "0", "3", "7", "", "19"]
    lines = ["".join(cell.ljust(12 - len(cell)) for cell in results)]
    lines += [" " * gap + "".join(cell.ljust(12) for cell in figures)]
    form = read_form(read_text("\n".join(["行政复议    行政诉讼    未经复议直接起诉    复议后起诉", *lines])))
    values = [reading.value for key, reading in form.figures.items() if key.startswith("litigation")]
    expected = [float(figure) if figure else None for figure in figures]
    assert values == (expected if not gap else [None] * 15)


def test_a_row_that_lacks_its_first_figure_and_alone_does_not_add_up_keeps_none_of_the_others():
    """A blank cell may have shifted it, though no sum of columns says so where the totals are lost."""
    figures = ["1", "5", "3", "4", "2", "7", "22"]
    rows = [[row[0], *figures] if len(row) == 8 else row for row in applications() if not row[0].startswith("（七）")]
    rows = [
        ["（一）予以公开", "", "2", "1", "1", "2", "8", "15"] if row[0].startswith("（一）") else row for row in rows
    ]
    assert granted(read_form(whole(apps=rows))) == [None] * 7


@pytest.mark.parametrize(("total", "value"), [("29", 14), ("30", None)])
def test_a_figure_in_two_lines_of_its_cell_is_one_where_the_row_then_adds_up(total, value):
    form = read_form(whole(apps=summing(granted=["0", "5", "8", "0", "2", "1\n4（件）", total])))
    assert granted(form)[5] == value


@pytest.mark.parametrize("row", [["0"] * 5 + ["8\n11"] * 2, ["0"] * 5 + ["14\n8", "148"]])
def test_figures_in_two_lines_of_their_cells_are_two_where_the_first_lines_add_up_or_have_room(row):
    rows = summing(granted=row)
    rows[3][6] = "4321"
    assert granted(read_form(whole(apps=rows)))[5] is None


def test_an_end_with_its_unit_counts_though_it_may_stand_below_either_of_two_figures():
    rows = summing(granted=["91", "107", "77", "62", "5", "27", "422"])
    at = next(n for n, row in enumerate(rows) if row[0].startswith("（一）"))
    rows[at : at + 1] = [["（一）予", *rows[at][1:]], ["以公开", "", "", "", "", "8（件?", "?", ""]]
    assert granted(read_form(between_bars(rows))) == [91, 107, 77, 62, 58, 27, 422]
