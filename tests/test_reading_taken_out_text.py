"""The form in text that libraries took out of Word files, PDF files and web pages, much of its layout lost."""

from __future__ import annotations

import pytest

from loaders.document import Table
from loaders.form.reading import read_form
from loaders.reading.text.plain import read_text
from tests.form_documents import applications, litigation, publication
from tests.test_form_damage import granted

LITIGATION = "四、政府信息公开行政复议、行政诉讼情况"


def lines_of(rows):
    """One cell a line."""
    return [cell for row in rows for cell in row]


def results(text):
    form = read_form(read_text(text))
    return [reading.value for key, reading in form.figures.items() if key.startswith("litigation.")]


def test_an_empty_line_behind_a_label_is_no_empty_cell_where_whole_rows_have_one_too():
    """As where blocks of a page are parted by empty lines: the cell that lacks its figure may be any of the seven."""
    rows = applications(figures={"partial": ["0"] * 7})
    lines = lines_of(rows[:2])
    for n, (label, *figures) in enumerate(rows[2:]):
        lines += [label, *["" for _ in range(n % 2)], *(figures[1:] if n == 3 else figures)]
    form = read_form(read_text("\n".join(["三、收到和处理政府信息公开申请情况", *lines])))
    assert granted(form, "partial") == [None] * 7
    assert granted(form, "new") == [10, 11, 12, 13, 14, 15, 16]


def test_figures_behind_a_label_are_not_its_own_where_those_of_many_rows_stand_in_a_heap():
    """As where a page was taken out by columns: most labels, most figures, and one row that went astray."""
    rows = [row for row in applications() if len(row) == 8]
    labels = [row[0] for row in rows]
    figures = [figure for row in rows[1:] for figure in row[1:]]
    lines = [*labels[:4], *figures[:150], *labels[4:20], *rows[22][1:], *labels[20:], *figures[150:]]
    tables = [*map("\t".join, publication()), "三、收到和处理政府信息公开申请情况", *lines]
    form = read_form(read_text("\n".join(tables)))
    assert granted(form, "rejected.reconfirm") == [None] * 7
    assert form.figures["publication.rules.issued"].value == 7


def test_figures_below_the_heading_of_the_section_are_not_those_of_the_row_that_sounds_like_it():
    """As where the first rows of the table and the label of the next are illegible."""
    rows = applications()
    lost = next(n for n, row in enumerate(rows) if row[0].startswith("1.本机关"))
    first = ["", "5", "4", "3", "7", "2", "1", "22"]
    lines = ["三，收到和处理政府信息公开申请情况", *map("\t".join, [first, *rows[lost:]])]
    form = read_form(read_text("\n\n".join([*map("\t".join, publication()), *lines])))
    assert granted(form, "new") == [None] * 7
    assert None not in granted(form, "unavailable.not_held")


def test_figures_that_a_converter_repeats_for_each_column_of_the_grid_are_no_two_copies_of_the_table():
    header, groups, names, row = litigation()
    row = ["9", "4", "9", "7", "29", "7", "9", "4", "6", "26", "7", "8", "2", "9", "26"]
    lines = [LITIGATION, *lines_of((header, groups, names)), *(figure for figure in row for _ in range(2))]
    tables = [*map("\t".join, [*publication(), *applications()]), *lines]
    assert results("\n".join(tables)) == [None] * 15


def test_a_row_between_bars_begins_with_its_first_cell_though_a_label_above_is_broken_over_lines():
    rows = [
        "行政复议 |  |  |  |  | 行政诉讼 |  |  |  |  |  |  |  |  |  ",
        "结果\n维持 | 结果纠正 | 其它\n结果 | 尚未审结 | 合计 | 未经复议直接起诉 |  |  |  |  | 复议后\n起诉 |  |  | ",
        f"{' | ' * 5}{' | '.join(['结果维持', '结果纠正', '其它结果', '尚未审结', '合 计'] * 2)}",
        " | ".join(["0", " ", "0", "0", "0"] * 3),
    ]
    text = "\n".join(f"| {row} |" for row in rows)
    assert results(f"{LITIGATION}\n\n{text}") == [0, None, 0, 0, 0] * 3


def test_two_groups_of_litigation_are_not_told_where_the_beginning_of_its_header_is_out_of_sight():
    """Ten figures stand below the labels of three groups, in lines that each hold a part of them."""
    lines = [
        "行政复议                    行政诉讼",
        "结果  结果  其他  尚未  总计    未经复议直接起诉            复议后起诉",
        "维持  纠正  结果  审结    结果  结果  其他  尚未  总计  结果  结果  其他  尚未  总计",
        "维持  纠正  结果  审结        维持  纠正  结果  审结",
        "3  1  0  0  4  0  0  0  0             1",
    ]
    assert set(results("\n".join([LITIGATION, *lines]))) == {None}


def test_figures_broken_by_a_blank_are_whole_between_wide_gaps():
    rows = [[cell.replace("（", " （") for cell in row] for row in applications()]
    rows[2][1:] = ["41 775", "37436", "41219", "47 495", "41845（ 件）", "42,828", "252 598"]
    rows[3][1:] = ["2 498", "2 199", "1401", "3 581", "2477", "1 994", "14 150"]
    text = "\n".join("    ".join(row) for row in rows)
    form = read_form(read_text(f"三、收到和处理政府信息公开申请情况\n{text}"))
    assert granted(form, "new") == [41775, 37436, 41219, 47495, 41845, 42828, 252598]
    assert granted(form, "carried_in") == [2498, 2199, 1401, 3581, 2477, 1994, 14150]


def test_figures_one_blank_apart_stay_figures_of_their_own():
    rows = applications()
    text = "\n".join(f"{row[0]}    {' '.join(row[1:3])}   {'   '.join(row[3:])}" for row in rows[2:])
    form = read_form(read_text(f"三、收到和处理政府信息公开申请情况\n{text}"))
    assert granted(form, "new") == [10, 11, 12, 13, 14, 15, 16]


def test_a_drawn_table_is_read_though_its_program_took_a_chinese_character_for_one_column():
    drawn = """
+---------------------------------------+
| 一、本年新收政府信息公开          |     |    |
| 申请数量                  | 8   | 44 |
|-----------------------+-----+----|
| 三、本 | （一）予以公开         | 0   | 6  |
|     |-----------------+-----+----|
| 年度办 | （二）部分公开         | 3   | 4  |
|     |-----------------+-----+----|
| 理结果 | （三）其他           | 5   | 8  |
+---------------------------------------+
"""
    (table,) = (block for block in read_text(drawn).blocks if isinstance(block, Table))
    rows = [[cell.text for cell in table.cells if cell.row == row and cell.column] for row in range(4)]
    assert rows == [["8", "44"], ["（一）予以公开", "0", "6"], ["（二）部分公开", "3", "4"], ["（三）其他", "5", "8"]]
    assert {cell.row_span for cell in table.cells if cell.text.isdigit()} == {1}


def test_a_line_that_stands_twice_in_a_drawn_table_doubles_no_digits():
    drawn = """
+------------+-----+-----+
| 信息内容   | 甲  | 乙  |
+------------+-----+-----+
| 行政规范性 | 12  | 345 |
| 行政规范性 | 12  | 345 |
| 文件       |     |     |
+------------+-----+-----+
"""
    (table,) = (block for block in read_text(drawn).blocks if isinstance(block, Table))
    assert [cell.text for cell in table.cells if cell.row == 1] == ["行政规范性文件", "12", "345"]


def only_totals(label, *figures):
    return [label, *[""] * (len(figures) - 1), figures[-1]]


def one_blank(label, *figures):
    return [label, *figures[:2], "", *figures[3:]]


def cells_closed_by_bars(row):
    """Each cell on a line that a bar ends, and bars for the cells that the row lacks."""
    return "\n".join([*(f"{cell} |".strip() for cell in row), "||"])


def rows_opened_by_bars(row):
    return "\n".join(["| ", *(f" {cell}  | " for cell in row[:-1]), f" {row[-1]}  | ||"])


@pytest.mark.parametrize("blank", [only_totals, one_blank])
@pytest.mark.parametrize(
    "write",
    ["\t".join, " | ".join, lambda row: f"| {' | '.join(row)} | ||", cells_closed_by_bars, rows_opened_by_bars],
    ids=["tabs", "bars", "bars that fill up the row", "cells closed by bars", "rows opened by bars"],
)
def test_blank_cells_between_marks_keep_their_places(write, blank):
    """Most agencies write no noughts: often nothing but the totals is filled in."""
    rows = [blank(*row) if len(row) == 8 else row for row in applications()]
    form = read_form(read_text("\n".join(["三、收到和处理政府信息公开申请情况", *map(write, rows)])))
    figures = [None if cell == "" else float(cell) for cell in blank("", *map(str, range(10, 17)))[1:]]
    assert granted(form, "new") == figures
    assert granted(form, "rejected.petition") == [each and each + 150 for each in figures]


def test_the_row_of_litigation_between_bars_keeps_its_blank_cells():
    figures = ["3", "", "0", "0", "3", "0", "1", "0", "", "1", "", "0", "0", "0", "0"]
    header = ["行政复议", "行政诉讼", *["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"] * 3]
    text = "\n".join(f"{cell} |".strip() for cell in (*header, *figures))
    assert results(f"{LITIGATION}\n{text}") == [None if cell == "" else float(cell) for cell in figures]


def test_nothing_but_totals_is_told_by_the_ends_of_rows_whose_labels_take_more_and_fewer_cells():
    rows = []
    for label, *figures in applications()[2:]:
        labels = [label, "", ""] if label[0] in "一二四" else ["", label, ""] if label[0] == "（" else ["", "", label]
        rows.append([*labels, *only_totals("", *figures)[1:]])
    form = read_form(read_text("\n".join(["三、收到和处理政府信息公开申请情况", *map("\t".join, rows)])))
    for n, key in enumerate(["new", "carried_in", "granted", "partial", "denied.secret"]):
        assert granted(form, key) == [None] * 6 + [10 * n + 16]


SPAN = '{lang="EN-US" style="font-size:9.0pt"}'


def test_the_attributes_that_pandoc_writes_behind_parts_of_a_text_are_no_text():
    text = f"""::: {{#zoom}}
**[正蓝旗水利局2023年政府信息公开工作]{SPAN}[年度报告[]{SPAN}]{SPAN}**

[一
总体情况]{{style="font-size:16.0pt;
font-family:仿宋"}}

[全年发布信息2]{SPAN}[54条。]{SPAN}
:::"""
    texts = [block.text for block in read_text(text).blocks]
    assert texts == ["正蓝旗水利局2023年政府信息公开工作年度报告", "一", "总体情况", "全年发布信息254条。"]


def test_rows_with_attributes_keep_their_columns():
    def cell(text):
        return f"[{text[:1]}]{SPAN}{text[1:]}" if text else " " * (len(SPAN) + 2)

    rows = [only_totals(*row) if n % 2 else row for n, row in enumerate(applications()) if len(row) == 8]
    lines = ["  " + "  ".join(cell(text).ljust(60) for text in row) for row in rows]
    form = read_form(read_text("\n".join(["三、收到和处理政府信息公开申请情况", *lines])))
    assert granted(form, "new") == [10, 11, 12, 13, 14, 15, 16]
    assert granted(form, "carried_in") == [None] * 6 + [26]


def test_a_long_rule_is_no_text_and_a_dash_of_markdown_is_a_nought():
    figures = ["5", "---", "---", "0", "0", "0", "5"]
    lines = ["三、收到和处理政府信息公开申请情况", "-" * 40]
    for label, *own in applications()[2:]:
        lines += [label, *(figures if label.startswith("一、") else own)]
    document = read_text("\n\n".join(lines))
    assert not any("-" * 9 in getattr(block, "text", "") for block in document.blocks)
    assert granted(read_form(document), "new") == [5, 0, 0, 0, 0, 0, 5]


def test_several_numbers_below_the_row_of_litigation_are_ends_of_its_figures_though_it_adds_up_without_them():
    header, groups, names, _ = litigation()
    row = ["0", "0", "0", "0", "0", "0", "0", "63", "0", "63", "0", "0", "0", "0", "0"]
    lines = ["  ".join(cells) for cells in (header, groups, names, row)]
    found = results("\n".join([LITIGATION, *lines, " " * 40 + "2", " " * 50 + "２"]))
    assert found[7] in (None, 632) and found[9] in (None, 632)
    assert results("\n".join([LITIGATION, *lines, " " * 30 + "4"])) == [float(cell) for cell in row]


def test_attributes_broken_over_the_lines_of_a_drawn_cell_are_no_text():
    drawn = """
+------------------+----------------+
| [行政许可]{      | [27]{lang="EN- |
| lang="EN-US"}    | US"}[9]{lang=" |
|                  | EN-US"}        |
+------------------+----------------+
| [行政处罚]{      | 3              |
| lang="EN-US"}    |                |
+------------------+----------------+
"""
    (table,) = read_text(drawn).blocks
    assert [cell.text for cell in table.cells] == ["行政许可", "279", "行政处罚", "3"]


def test_words_of_a_menu_left_of_a_drawn_table_do_not_end_it():
    drawn = """
       ┌──────────┬────┬────┐
       │行政许可  │５３│３７│
       │          │５  │２  │
机构职 ├──────────┼────┼────┤
能     │行政处罚  │12  │7   │
政策   │          │    │1   │
       └──────────┴────┴────┘
"""
    (table,) = read_text(drawn).blocks
    assert [cell.text for cell in table.cells] == ["行政许可", "５３５", "３７２", "行政处罚", "12", "71"]
    place = table.cells[3].place
    assert drawn.split("\n")[place.line - 1][place.character - 1 :].startswith("行政处罚")


def test_figures_with_blanks_in_them_are_as_many_as_the_row_has_though_a_piece_is_none():
    rows = [row for row in applications() if len(row) == 8]
    rows[0][1:] = ["２ ０７", "6. 0", "２", "1", "13.0", "21", "2 50件"]
    text = "\n".join("    ".join(row) for row in rows)
    form = read_form(read_text(f"三、收到和处理政府信息公开申请情况\n{text}"))
    assert granted(form, "new") == [None, None, 2, 1, 13, 21, None]


FIRST_BLOCK = "第二十条第（一）项 信息内容 本年新制作数量 本年新公开数量 对外公开总数量 规章 1 2 3 规范性文件 4 5 6"
FIFTH_BLOCK = "第二十条第（五）项 信息内容 上一年项目数量 本年增/减 处理决定数量 行政许可 12 -2 6"


def publication_figures(*parts):
    """What is read of the publication table, of whose cells each takes a line."""
    text = " ".join(["二、主动公开政府信息情况", *parts, "三、收到和处理政府信息公开申请情况"])
    form = read_form(read_text(text.replace(" ", "\n")))
    return {key: each.value for key, each in form.figures.items() if key.startswith("publication") and each.value}


def test_publication_read_by_columns_has_figures_below_labels_that_are_not_theirs():
    labels = "信息内容 行政许可 其他对外管理服务事项"
    by_columns = "第二十条第（五）项 上一年项目 本年增/减 数量 12 -2 6 处理决定数 量 2,247 7 875"
    assert publication_figures(FIRST_BLOCK, labels, by_columns) == {}
    assert publication_figures(FIRST_BLOCK, FIFTH_BLOCK)["publication.licensing.items_last_year"] == 12


def test_words_over_a_column_below_figures_show_that_a_page_was_read_by_columns():
    labels = "第二十条第（八）项 信息内容 行政事业性收费"
    assert publication_figures(labels, "7 9 上一年项目数量 268 本年增/减 67") == {}


def test_the_last_figure_of_a_whole_row_above_a_label_is_no_lone_one():
    header = "第二十条第（一）项 信息内容 本年制发件数 本年废止件数 现行有效件数"
    fifth = "第二十条第（五）项 信息内容 本年处理决定数量 25 行政许可"
    sixth = "第二十条第（六）项 信息内容 本年处理决定数量 3 行政处罚"
    found = publication_figures(header, "0 0 1 规章 2 5 18 行政规范性文件", fifth, sixth)
    assert not any(key.startswith("publication.rules") for key in found)


def test_a_header_that_lost_its_first_word_between_rows_whose_figures_stand_beside_their_labels_is_none_below_figures():
    lines = [
        "规章 1 2 3",
        "规范性文件 4 5 6",
        "信息内容 本年处理决定数量",
        "行政许可 88",
        "本年处理决定数量",
        "行政处罚 82",
    ]
    text = "\n".join(
        ["二、主动公开政府信息情况", "信息内容 本年制发件数 本年废止件数 现行有效件数", *lines, "行政强制 53"]
    )
    found = read_form(read_text(text)).figures
    read = {key: each.value for key, each in found.items() if each.value}
    assert read["publication.licensing.decisions"] == 88
    assert read["publication.penalty.decisions"] == 82


def test_a_figure_between_two_labels_is_the_first_s_where_those_of_one_label_only_stand_behind_it():
    """As where cells that are blank, or that an editor merged, left no line: each number follows its label."""
    lines = """二、主动公开政府信息情况
信息内容
本年制发件数
本年废止件数
现行有效件数
规章
0
行政规范性文件
第二十条第（五）项
本年处理决定数量
行政许可
1894
第二十条第（六）项
行政处罚
131
行政强制
第二十条第（八）项
本年收费金额（单位：万元）
行政事业性收费
199.43"""
    figures = read_form(read_text(lines)).figures
    read = {key: figures[f"publication.{key}.decisions"].value for key in ("licensing", "penalty", "coercion")}
    assert read == {"licensing": 1894, "penalty": 131, "coercion": None}
    assert figures["publication.fees.amount"].value == 199.43


def test_digits_below_a_label_that_digits_touch_are_the_end_of_its_figure():
    words = ["第二十条第（八）项", "信息", "内容", "本年收费金额", "行政312", "8", "事业", "性收", "费"]
    lines = ["二、主动公开政府信息情况", *map("\t".join, publication()[:-3]), *words]
    form = read_form(read_text("\n".join(lines)))
    assert form.figures["publication.fees.amount"].value is None
    assert form.figures["publication.coercion.decisions"].value == 7
