"""Blank cells of the form: what stands beside them keeps its place, and nothing takes theirs."""

from __future__ import annotations

import pytest

from loaders.document import Cell, Table
from loaders.form.editions import edition
from loaders.form.reading import read_form
from loaders.reading.text.plain import read_text
from loaders.report import FormReading
from tests.form_documents import applications, document, litigation, publication, table, whole
from tests.test_form_reading import row_of

RESULTS = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
COLUMNS = ("upheld", "corrected", "other", "pending", "total")


def results(form: FormReading, group: str) -> list[float | None]:
    return [form.figures[f"litigation.{group}.{column}"].value for column in COLUMNS]


@pytest.mark.parametrize("aligned", [True, False])
def test_a_group_of_lawsuits_whose_figures_are_all_blank_leaves_the_others_in_place(aligned: bool) -> None:
    rows = [["行政复议"], RESULTS, ["1", "", "3", "0", "4"], ["行政诉讼"], ["未经复议直接起诉"], RESULTS, [""] * 5]
    rows += [["复议后起诉"], RESULTS, ["0", "2", "", "", "2"]]
    form = read_form(document(*whole().blocks[:5], table(rows, aligned=aligned)))
    assert results(form, "review") == [1, None, 3, 0, 4]
    assert results(form, "direct") == [None] * 5
    assert results(form, "after_review") == [0, 2, None, None, 2]


def test_two_groups_named_in_one_line_have_the_figures_below_it_and_the_first_table_is_null() -> None:
    first = [["行政复议"], ["结", "结", "其", "尚"], ["果", "果", "他", "未"], ["0 8", "0", "8"]]
    second = [RESULTS * 2, ["2", "0", "3", "7", "12", "4", "4", "5", "4", "17"]]
    lines = ("行政诉讼", "未经复议直接起诉 复议后起诉")
    form = read_form(document(*whole().blocks[:5], table(first), *lines, table(second)))
    assert results(form, "review") == [None] * 5
    assert results(form, "direct") == [2, 0, 3, 7, 12]
    assert results(form, "after_review") == [4, 4, 5, 4, 17]


def test_empty_cells_behind_all_rows_move_no_figure_of_litigation_away_from_its_label() -> None:
    figures = ["", *litigation()[-1][1:14], ""]
    misread = [*RESULTS, "结果维持", "结果纠止", *RESULTS[2:], *RESULTS]
    rows = [[*row, *[""] * (17 - len(row))] for row in (["行政复议"], misread, figures)]
    form = read_form(document(*whole().blocks[:5], table(rows, aligned=False)))
    assert results(form, "review") == [None, *map(float, figures[1:5])]
    assert results(form, "after_review") == [*map(float, figures[10:14]), None]


def test_a_blank_cell_between_a_label_and_its_figures_belongs_to_the_label() -> None:
    blanks = {
        "granted": ["5", "", "0", "0", "0", "0", ""],
        "partial": ["3", "0", "0", "0", "1", "0", ""],
        "total": ["8", "0", "0", "0", "1", "0", ""],
    }
    rows = applications(figures=blanks)
    found = table(rows)
    rows_of_labels = {cell.row: cell for cell in found.cells if cell.column == 0 and cell.row > 1}
    cells: list[Cell] = []
    for cell in found.cells:
        cells.append(cell)
        if rows_of_labels.get(cell.row) is cell and cell.text.startswith("（"):
            cells.append(Cell("", cell.row, 1))  # a reason would stand here
        elif cell.column and cell.row > 0:
            cell.column += 1
    form = read_form(document("三、收到和处理政府信息公开申请情况", Table(cells)))
    kinds = ("person", "business", "research", "nonprofit", "legal", "other", "total")
    for key, figures in blanks.items():
        expected = [float(text) if text else None for text in figures]
        assert [form.figures[f"applications.{key}.{kind}"].value for kind in kinds] == expected


def test_a_page_number_above_a_table_in_saved_text_is_no_row_of_it() -> None:
    rows = [RESULTS, ["1", "2", "0", "0", "3"]]
    parts = [["- 3 -", "行政复议"], ["行政诉讼", "未经复议直接起诉"], ["复议后起诉"]]
    lines = [line for part in parts for line in [*part, *("\t".join(row) for row in rows)]]
    form = read_form(read_text("四、政府信息公开行政复议、行政诉讼情况\n" + "\n".join(lines)))
    assert all(results(form, group) == [1, 2, 0, 0, 3] for group in ("review", "direct", "after_review"))


def test_figures_of_litigation_settle_by_their_sums_which_of_too_many_cells_is_none() -> None:
    figures = ["", "4", "", "1", "", "5", "", "2", "3", "", "5", "", "", "6", "", "6"]
    form = read_form(document(*whole().blocks[:5], table([["行政复议"], RESULTS * 3, figures], aligned=False)))
    assert results(form, "review") == [4, None, 1, None, 5]
    assert results(form, "direct") == [None, 2, 3, None, 5]
    assert results(form, "after_review") == [None, None, 6, None, 6]


def test_rows_that_end_before_their_header_does_are_not_read_under_it() -> None:
    blank = [["", "3", "", "", "", "", "3"], ["2", "", "", "", "1", "", ""], ["", "", "", "", "", "", "0"]]
    keys = ("new", "carried_in", "granted", "partial", "total")
    rows = [row for row in applications(figures={key: blank[n % 3] for n, key in enumerate(keys)}) if len(row) < 8]
    named = {
        "new": "一、本年新收政府信息公开申请数量",
        "partial": "（二）部分公开",
        "carried_out": "四、结转下年度继续办理",
    }
    figures = [[label, *blank[n % 3]] for n, label in enumerate(named.values())]
    header = ["（勾稽关系）", "", *rows[1]]
    cells = [Cell(text, n, at) for n, row in enumerate([header, *figures]) for at, text in enumerate(row)]
    form = read_form(document("三、收到和处理政府信息公开申请情况", Table(cells)))
    assert all(form.figures[f"applications.{key}.research"].value is None for key in named)
    assert all(form.figures[f"applications.{key}.person"].value is None for key in named)


def test_a_label_with_a_figure_among_its_words_may_hold_one_of_the_row() -> None:
    rows = applications(figures={"denied.law": ["0", "0", "0", "5", "", "", ""]})
    label = next(row for row in rows if row[0].startswith("2.其他法律"))
    label[0] = "2.其他法律行政\n7\n法规禁止公开"
    form = read_form(whole(apps=rows))
    assert form.figures["applications.denied.law.person"].value is None
    assert form.figures["applications.denied.law.nonprofit"].value is None


def test_a_page_number_over_the_whole_of_a_table_is_no_figure_of_its_first_column() -> None:
    over = [Cell("2", 2, 0, 1, 5)]
    parts = [["行政复议"], RESULTS, [], ["0", "0", "0", "7", "7"], ["行政诉讼"], ["未经复议直接起诉"], RESULTS]
    parts += [["0", "1", "3", "0", "4"], ["复议后起诉"], RESULTS, ["0", "0", "2", "0", "2"]]
    cells = [Cell(text, n, at) for n, row in enumerate(parts) for at, text in enumerate(row)]
    form = read_form(document(*whole().blocks[:5], Table(sorted(cells + over, key=lambda cell: cell.row))))
    assert results(form, "review") == [0, 0, 0, 7, 7]


def test_groups_of_five_and_ten_figures_are_told_by_their_names() -> None:
    parts = [["行政复议"], [*RESULTS, *[""] * 5], ["0", "0", "0", "7", "7", *[""] * 5], ["行政诉讼"]]
    parts += [["未经复议直接起诉", "", "", "", "", "复议后起诉"], RESULTS * 2, list("0213601001")]
    parts[1][3] = ""
    cells = [Cell(text, n, at) for n, row in enumerate(parts) for at, text in enumerate(row)]
    form = read_form(document(*whole().blocks[:5], Table(cells)))
    assert results(form, "review") == [0, 0, 0, 7, 7]
    assert results(form, "direct") == [0, 2, 1, 3, 6]
    assert results(form, "after_review") == [0, 1, 0, 0, 1]


@pytest.mark.parametrize("copies", [1, 2])
def test_a_page_that_holds_its_tables_twice_is_read_as_one(copies: int) -> None:
    parts = [[["行政复议"], RESULTS, ["0", "4", "0", "0", "4"]], [["行政诉讼", "", "", "", "", ""], RESULTS * 2]]
    parts[1].append(list("0213601001"))
    blocks = [table(part, aligned=False) for part in parts]
    form = read_form(document(*whole().blocks[:5], *blocks * copies))
    assert results(form, "review") == [0, 4, 0, 0, 4]
    assert results(form, "after_review") == [0, 1, 0, 0, 1]


def test_figures_behind_two_that_ran_together_are_not_those_of_a_group() -> None:
    rows = [["行政复议"], RESULTS, ["0", "4", "0", "0", "4"], ["行政诉讼"], ["未经复议直接起诉"], ["复议后起诉"]]
    rows += [["结果维持结果纠正"], ["3 8", "13", "0", "71", "0", "11"]]
    form = read_form(document(*whole().blocks[:5], table(rows, aligned=False)))
    assert results(form, "direct") == results(form, "after_review") == [None] * 5


def test_a_row_that_slipped_one_column_to_the_left_is_not_read_a_figure_off() -> None:
    rows = applications(figures={"misc.other": ["", "", "0", "", "0", "0", "0"]})
    found = table(rows)
    slipped = next(cell.row for cell in found.cells if cell.text == "3.其他")
    moved = [
        Cell(cell.text, cell.row, cell.column + (cell.column > 0 and cell.row != slipped and cell.row > 0))
        for cell in found.cells
    ]
    form = read_form(document("三、收到和处理政府信息公开申请情况", Table(moved)))
    read = form.figures["applications.misc.other.business"], form.figures["applications.misc.other.nonprofit"]
    assert [each.value for each in read] == [None, None]


@pytest.mark.parametrize(("last", "shown"), [("18", True), ("19", False)])
def test_rows_whose_labels_count_several_cells_end_with_their_total_where_sums_show_it(last: str, shown: bool) -> None:
    """As converters write a label that covers three cells of a web page; no row is without blanks."""
    rows = [
        "| 一、本年新收政府信息公开申请数量 | | | 821 | 35 |  |  | 2 | 1 | 859 |",
        f"| 二、上年结转政府信息公开申请数量 | | | 18 |  |  |  |  |  | {last} |",
        "| 三、本年度办理结果 | （一）予以公开 | | 258 | 12 |  |  | 1 | 1 |  |",
        "| （七）总计 | | 767 | 35 |  |  | 2 | 1 | 805 |",
    ]
    form = read_form(read_text("\n".join(["三、收到和处理政府信息公开申请情况", "", *rows])))
    assert row_of(form, "new") == ([821, 35, None, None, 2, 1, 859] if shown else [None] * 7)
    assert row_of(form, "granted") == ([258, 12, None, None, 1, 1, None] if shown else [None] * 7)


def test_ten_figures_behind_the_header_of_fifteen_are_not_those_of_the_lawsuits() -> None:
    """They stand on a page of their own without their blanks, which may be any."""
    header = [["行政复议", "行政诉讼"], ["未经复议直接起诉", "复议后起诉"], RESULTS * 3]
    figures = table([["1", "2", "3", "6", "4", "5", "6", "15", "7", "7"]], aligned=False)
    form = read_form(document(*whole().blocks[:5], table(header), figures))
    assert results(form, "direct") == results(form, "after_review") == [None] * 5


def test_five_figures_below_the_header_of_fifteen_are_not_those_of_its_last_group() -> None:
    rows = [["行政复议", "行政诉讼"], ["未经复议直接起诉", "复议后起诉"]]
    rows += [["结果", "结果", "其他", "尚未"] * 3, ["维持", "纠正", "结果", "审结", "总计"], ["1", "2", "3", "4", "10"]]
    form = read_form(document(*whole().blocks[:5], table(rows, aligned=False)))
    assert results(form, "after_review") == [None] * 5


def test_rows_with_blanks_end_where_complete_rows_of_all_kinds_end() -> None:
    """The label of one covers two cells, and its last figures are blank: they are not a column further right."""
    rows = [
        "| （三）不予公开 | 1.属于国家秘密 | 1 | 0 | 2 | 0 | 0 | 3 | 6 |",
        "| 2.其他法律行政法规禁止公开 | 4 | 0 | 2 | 0 | 0 | 3 | 9 |",
        "| 3.危及“三安全一稳定” | 1 | 1 | 2 | 0 | 0 | 3 | 7 |",
        "| （四）无法提供 | 1.本机关不掌握相关政府信息 | 1 | 0 | 2 | 0 | 5 | 3 | 11 |",
        "| （七）总计 | | 7 | 1 | 8 | 0 | 5 |  |  |",
    ]
    form = read_form(read_text("\n".join(["三、收到和处理政府信息公开申请情况", "", *rows])))
    assert row_of(form, "total") == [7, 1, 8, 0, 5, None, None]


def test_the_rule_below_a_table_is_no_row_of_noughts() -> None:
    rows = [f"{row[0]}    {'    '.join(row[1:])}" for row in applications()[2:-1]]
    rows += ["四、结转下年", "度继续办理", "----------    ---    ---    ---    ---    ---    ---    ---"]
    form = read_form(read_text("\n".join(["三、收到和处理政府信息公开申请情况", *rows])))
    assert row_of(form, "carried_out") == [None] * 7


def test_a_blank_line_below_a_label_is_its_first_cell_and_the_figure_above_is_of_the_row_before():
    """In text with a cell a line, blanks included."""
    rows = publication("2019")
    figures = {row[0]: row for row in rows if len(row) > 1}
    figures["行政许可"][1:] = ["", "", "2"]
    figures["其他对外管理服务事项"][1:] = ["", "-35", "74160"]
    figures["行政处罚"][1:] = ["", "372", "656"]
    figures["行政强制"][1:] = ["", "-15", ""]
    for label in ("规章", "规范性文件", "行政事业性收费"):
        figures[label][1:] = [""] * (len(figures[label]) - 1)
    others = applications("2019")
    for number, row in enumerate(others[2:]):
        row[1 + number % 7] = row[1 + number % 5] = ""
    lines = ["二、主动公开政府信息情况", "", *(cell for row in rows for cell in row)]
    lines += ["三、收到和处理政府信息公开申请情况", *(cell for row in others for cell in row)]
    read = read_form(read_text("\n".join(lines))).figures
    assert read["publication.services.items_last_year"].value is None
    assert read["publication.coercion.items_last_year"].value is None


def test_blanks_for_labels_in_saved_text_are_no_figures_where_all_rows_have_as_many_cells() -> None:
    """Merged labels and blank totals leave rows of ten cells: three labels, some blank, and seven figures."""
    row = edition("2021").blocks_of("applications")[0].rows
    figures = {"new": ["12", "2", "", "", "1", "", ""], "granted": ["6", "2", "", "", "1", "", ""]}
    rows = [["（勾稽关系）", "", "", "自然人", "", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]]
    for each in row:
        behind = figures.get(each.key, ["", "0", "", "", "", "", ""])
        reason = each.key.startswith(("denied.", "unavailable.", "rejected.", "misc."))
        rows.append([*(["", "", each.label] if reason else [each.label, "", ""]), *behind])
    lines = [f"| {' | '.join(cells)} |" for cells in rows]
    form = read_form(
        read_text("三、收到和处理政府信息公开申请情况\n\n" + "\n".join([lines[0], "|---" * 10 + "|", *lines[1:]]))
    )
    assert row_of(form, "new") == [12, 2, None, None, 1, None, None]
    assert row_of(form, "granted") == [6, 2, None, None, 1, None, None]
    assert row_of(form, "denied.secret") == [None, 0, None, None, None, None, None]


def test_nothing_is_blank_in_text_whose_lines_all_stand_there_once() -> None:
    """A converter left out each line that it had met before, and so the noughts and the headers of later blocks."""
    head = [
        "二、主动公开政府信息情况",
        "第二十条第（一）项",
        "信息内容",
        "本年制发件数",
        "本年废止件数",
        "现行有效件数",
    ]
    rows = ["规章", "0", "行政规范性文件", "第二十条第（五）项", "本年处理决定数量", "行政许可", "第二十条第（六）项"]
    rest = ["行政处罚", "行政强制", "第二十条第（八）项", "本年收费金额（单位：万元）", "行政事业性收费"]
    form = read_form(read_text("\n".join([*head, *rows, *rest])))
    keys = ("licensing.decisions", "penalty.decisions", "normative.issued")
    assert all(form.figures[f"publication.{key}"].confidence < 0.5 for key in keys)
    headed = [*head, *rows, "信息内容", "本年处理决定数量", *rest]
    form = read_form(read_text("\n".join(headed)))
    assert form.figures["publication.licensing.decisions"].confidence > 0.5


def test_a_blank_left_of_all_figures_is_of_the_label_where_the_table_lacks_a_column() -> None:
    """A converter wrote the blanks of merged labels, and shifted the header."""
    names = [
        ["自然人", "法人或其他组织", "", "", "", "总计"],
        ["", "商业企业", "科研机构", "社会公益组织", "法律服务机构"],
    ]
    body = [["", *row[:6], str(sum(map(int, row[1:6])))] for row in applications()[2:]]
    body = [[row[1], "", *row[2:]] if row[1][0] in "一二（四" else row for row in body]
    rows = [[*row, *[""] * (8 - len(row))] for row in [*names, *body]]
    cells = [Cell(text, n, column) for n, row in enumerate(rows) for column, text in enumerate(row)]
    form = read_form(document("三、收到和处理政府信息公开申请情况", Table(cells)))
    assert row_of(form, "granted") == [None] * 7
