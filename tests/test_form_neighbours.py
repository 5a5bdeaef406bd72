"""Rows whose labels met their neighbours' or were lost, and parts of tables known by what stands around them."""

import pytest

from loaders.document import UNSURE, Cell, Table
from loaders.form.editions import edition
from loaders.form.figures import read_figure
from loaders.form.reading import read_form
from loaders.reading.text.plain import read_text
from tests.form_documents import APPLICANTS as COLUMNS
from tests.form_documents import applications, count, document, litigation, table, whole

RESULTS = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
APPLICANTS = ("person", "business", "research", "nonprofit", "legal", "other", "total")


def row_of(form, key):
    return [form.figures[f"applications.{key}.{name}"].value for name in APPLICANTS]


def at(rows, label):
    return next(number for number, row in enumerate(rows) if row[0] == label)


def lawsuits(form):
    return [reading.value for key, reading in form.figures.items() if key.startswith("litigation")]


@pytest.mark.parametrize("above", ["", "（五）不予处理"])
def test_labels_of_two_neighbours_in_one_cell_are_told_apart_by_counting_their_rows(above):
    figures = {
        "rejected.petition": ["1", "2", "3", "4", "5", "6", "21"],
        "rejected.repeat": ["6", "0", "4", "0", "2", "0", "12"],
    }
    rows = applications(figures=figures)
    first = next(number for number, row in enumerate(rows) if row[0].endswith("信访举报投诉类申请"))
    rows[first][0], rows[first + 1][0] = above, "信访举报投诉类申请\n重复申请"
    read = read_form(whole(apps=rows))
    for key, written in figures.items():
        assert row_of(read, key) == [float(value) for value in written]


def test_the_name_of_a_group_alone_names_none_of_its_rows():
    """A row is lost, and of another row's label only that of its group is left: it may be either of the two."""
    rows = applications()
    lost = at(rows, "3.要求提供公开出版物")
    rows[lost][0] = "（五）不予处理"
    del rows[at(rows, "2.重复申请")]
    read = read_form(whole(apps=rows))
    assert row_of(read, "rejected.repeat") == row_of(read, "rejected.publication") == [None] * 7
    assert row_of(read, "rejected.petition") == [float(value) for value in rows[at(rows, "1.信访举报投诉类申请")][1:]]


def test_a_label_that_reaches_from_the_empty_corner_of_the_header_is_that_of_the_first_row():
    rows = applications()
    built = table(rows)
    label = next(cell for cell in built.cells if cell.text == rows[2][0])
    corner = next(cell for cell in built.cells if cell.row == 0 and cell.column == 0)
    built.cells.remove(label)
    corner.text, corner.row_span = label.text, 3
    read = read_form(document(*whole().blocks[:3], built, *whole().blocks[4:]))
    assert row_of(read, "new") == [float(value) for value in rows[2][1:]]


def test_a_row_that_adds_up_under_the_header_stands_there_though_complete_rows_are_shifted():
    rows = [["", *COLUMNS, ""]]
    rows += [[label, "", *"123456", "21"] for label in ("1.属于国家秘密", "2.其他法律行政法规禁止公开")]
    rows.append(["3.危及“三安全一稳定”", "", "0", "0", "331", "206", "159", "696", ""])
    read = read_form(document("申请人情况", table(rows, aligned=True)))
    assert row_of(read, "denied.secret") == [1, 2, 3, 4, 5, 6, 21]
    assert row_of(read, "denied.safety") == [None, 0, 0, 331, 206, 159, 696]


def test_noughts_of_a_saved_line_that_is_too_short_are_not_placed():
    """Any of the cells may be the one that was blank."""
    rows = applications(figures={row.key: ["0"] * 7 for row in edition("2021").blocks_of("applications")[0].rows})
    short = at(rows, "2.重复申请")
    rows[short] = rows[short][:6]
    read = read_form(document(table(rows, aligned=False)))
    assert row_of(read, "rejected.petition") == [0] * 7
    assert row_of(read, "rejected.repeat") == [None] * 7


def test_the_litigation_table_alone_is_read_whatever_its_results_are_called():
    rows = [["行政复议", "行政诉讼"], ["未经复议直接起诉", "复议后起诉"], ["甲"] * 15, litigation()[-1]]
    read = read_form(document(table(rows)))
    assert lawsuits(read) == [float(value) for value in litigation()[-1]]
    assert read.tables == {"publication": "missing", "applications": "missing", "litigation": "present"}


def test_parts_of_the_litigation_table_have_the_columns_of_their_own_headers():
    """Five wide columns for reconsideration above ten narrow ones for lawsuits, in one table."""
    values = litigation()[-1]
    cells = [Cell(text, 0, 2 * column, 1, 2) for column, text in enumerate(RESULTS)]
    cells += [Cell(text, 1, 2 * column, 1, 2) for column, text in enumerate(values[:5])]
    cells += [Cell("未经复议直接起诉", 2, 0, 1, 5), Cell("复议后起诉", 2, 5, 1, 5)]
    cells += [Cell(text, 3, column) for column, text in enumerate(RESULTS * 2)]
    cells += [Cell(text, 4, column) for column, text in enumerate(values[5:])]
    read = read_form(document(table(applications()), "四、行政复议、行政诉讼情况", Table(cells, aligned=True)))
    assert lawsuits(read) == [float(value) for value in values]


def test_an_open_unit_in_text_with_a_cell_a_line_shows_that_cells_were_taken_apart():
    """Else `3`, `643` and five more lines would be taken for the seven figures of a row."""
    rows = applications()
    figures = ["3", "643", "47", "11", "8567", "5011", "5225(件", ")", "3", "879"]
    lines = ["三、收到和处理政府信息公开申请情况"]
    for row in rows:
        lines += [row[0], *figures] if row[0] == "（七）总计" else row
    assert row_of(read_form(read_text("\n".join(lines))), "total") == [None] * 7


def test_the_loss_of_a_result_costs_only_its_figures_where_results_stand_in_rows():
    values = litigation()[-1]
    rows = [["", "行政复议", "未经复议直接起诉", "复议后起诉"]]
    rows += [[label, *values[number::5]] for number, label in enumerate(RESULTS) if label != "其他结果"]
    expected = [None if number % 5 == 2 else float(value) for number, value in enumerate(values)]
    assert lawsuits(read_form(whole(lit=rows))) == expected


def test_a_row_of_a_repeated_table_is_no_part_of_litigation():
    values = [float(count("litigation", row, column)) for row in range(3) for column in range(5)]
    parts = [RESULTS, [f"{value:.0f}" for value in values[:5]]]
    others = [RESULTS * 2, [f"{value:.0f}" for value in values[5:]]]
    blocks = [table(applications()), table([["其他", *"1234567"]]), "行政复议", table(parts), "行政诉讼", table(others)]
    assert lawsuits(read_form(document(*blocks))) == values


@pytest.mark.parametrize(("text", "value"), [("1688（件", 1688), ("62(件", 62), ("5(万元", 5)])
def test_a_unit_whose_bracket_closes_in_the_next_line_ends_a_figure(text, value):
    assert read_figure(text).value("万元" if "万" in text else "") == value


def test_a_row_that_does_not_add_up_is_dropped_where_others_may_hold_parts_of_figures():
    """It may be one of those: with the digits beside it it might add up."""
    sound = dict.fromkeys((row.key for row in edition("2021").blocks_of("applications")[0].rows), ["1"] * 6 + ["6"])
    doubtful = {key: [f"1{UNSURE}"] * 7 for key in ("granted", "partial", "denied.law")}
    faulty = {"rejected.repeat": ["1"] * 6 + ["9"]}
    read = read_form(document(table(applications(figures=sound | doubtful | faulty))))
    assert row_of(read, "rejected.repeat") == [None] * 7
    assert row_of(read_form(document(table(applications(figures=sound | faulty)))), "rejected.repeat")[-1] == 9


def test_a_label_does_not_reach_into_a_row_that_has_a_cell_of_its_own_below_it():
    """As programs write it that count the rows of merged cells wrongly: 总计 is no row of the applications then."""
    built = table(litigation())
    label = next(cell for cell in built.cells if cell.row == 1 and cell.text == "总计")
    label.row_span = 3
    blocks = whole().blocks
    form = read_form(document(*blocks[:-1], built))
    values = [reading.value for key, reading in form.figures.items() if key.startswith("litigation.")]
    assert values == [float(count("litigation", row, column)) for row in range(3) for column in range(5)]
    assert form.figures["applications.total.person"].value is not None


def test_results_that_begin_amid_a_group_are_none_of_the_group_that_is_named():
    """As on a page of a worksheet on which the last columns of one group and the first of the next stand."""
    rows = [["", "", "", "未经复议直接起诉"], ["其他结果", "尚未审结", "总计", "结果维持", "结果纠正"], list("30352")]
    form = read_form(document("四、政府信息公开行政复议、行政诉讼情况", table(rows), table(applications())))
    assert {form.figures[key].value for key in form.figures if key.startswith("litigation")} == {None}
