"""Saved text in, paragraphs and tables out; the same small table in each way that programs write it down."""

from unicodedata import east_asian_width

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.alarm import alarm
from loaders.document import Paragraph, Place, Table
from loaders.parsing import parse_file
from loaders.reading.text.plain import read_text
from tests.small_reports import small_report

ROWS = [["信息内容", "本年制发件数", "本年废止件数"], ["规章", "0", "12"], ["行政规范性文件", "", "3"]]


def grid(document):
    (table,) = (block for block in document.blocks if isinstance(block, Table))
    rows = {}
    for cell in table.cells:
        rows.setdefault(cell.row, []).append(cell.text)
    return list(rows.values())


def tabs(rows):
    return "\n".join("\t".join(row) for row in rows)


def bars(rows):
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


def markdown(rows):
    head, *rest = rows
    return "\n".join([bars([head]), "|---|:--:|---|", bars(rest)])


def full_width_bars(rows):
    return "\n".join(" ｜ ".join(row) for row in rows)


def tab_before_each_cell(rows):
    return "\n\n".join("\n".join("\t" + cell for cell in row) for row in rows)


def ruled(rows):
    rule = "+-----+-----+-----+"
    return "\n".join([rule, *(line for row in rows for line in (bars([row]), rule))])


@pytest.mark.parametrize("write", [tabs, tab_before_each_cell, full_width_bars])
def test_tables_are_found_again(write):
    document = read_text(f"二、主动公开政府信息情况\n\n{write(ROWS)}\n\n三、其他")
    assert grid(document) == ROWS
    texts = [block.text for block in document.blocks if isinstance(block, Paragraph)]
    assert texts == ["二、主动公开政府信息情况", "三、其他"]


@pytest.mark.parametrize("write", [bars, markdown, ruled])
def test_a_closing_bar_adds_an_empty_cell_at_most(write):
    found = [row[:3] for row in grid(read_text(write(ROWS)))]
    assert found == ROWS
    assert all(cell == "" for row in grid(read_text(write(ROWS))) for cell in row[3:])


def test_cells_closed_by_a_bar_line_keep_their_order_and_blanks():
    text = "\n".join(f"{cell}\n|" if cell else "|" for row in ROWS for cell in row)
    assert [cell for row in grid(read_text(text)) for cell in row] == [cell for row in ROWS for cell in row]


def test_cells_closed_at_the_end_of_their_line_keep_their_order_and_blanks():
    lines = []
    for row in ROWS:
        lines += [f"{cell} |" if cell else "|" for cell in row] + ["||"]
    document = read_text("二、主动公开政府信息情况\n" + "\n".join(lines))
    assert [cell for row in grid(document) for cell in row] == [cell for row in ROWS for cell in row]
    assert document.blocks[0].text == "二、主动公开政府信息情况"


def test_figures_between_spaces_keep_their_place_on_the_screen():
    text = "规章            0      12     3\n规范性文件             7      4"
    (table,) = read_text(text).blocks
    columns = {cell.text: cell.column for cell in table.cells}
    assert columns["12"] == columns["7"]
    assert columns["3"] == columns["4"]


def test_one_cell_a_line_stays_lines():
    document = read_text("规章\n\n0\n\n0\n\n3\n")
    assert [block.text for block in document.blocks] == ["规章", "0", "0", "3"]


def test_indented_sentences_are_no_cells():
    text = (
        "\t2023年，我局在旗政府门户网站公开水利工程信息，内容包括招标、进度和验收，逐项注明责任人和联系方式，并在工程沿线的十一个嘎查公示栏同步张贴，供群众随时查看和提出意见，全年没有收到异议。\n"
        * 4
    )
    assert all(isinstance(block, Paragraph) for block in read_text(text).blocks)


def test_places_name_line_and_character():
    (first, table) = read_text("前言\n\n规章\t0\t12").blocks
    assert (first.place.line, first.place.character) == (1, 1)
    assert [(cell.place.line, cell.place.character) for cell in table.cells] == [(3, 1), (3, 4), (3, 6)]


def test_marks_of_a_converter_are_dropped():
    assert read_text("[bookmark: _GoBack]本年度报告").blocks[0].text == "本年度报告"


@given(st.text(alphabet="规章0 \t|\n-１,件、（）", max_size=200))
def test_any_text_is_read_and_nothing_but_layout_is_lost(text):
    document = read_text(text)
    read = "".join(
        block.text if isinstance(block, Paragraph) else "".join(cell.text for cell in block.cells)
        for block in document.blocks
    )
    kept = [character for character in text if character in "规章件、（）"]
    assert [character for character in read if character in "规章件、（）"] == kept


def test_a_label_on_a_line_of_its_own_stands_before_its_figures():
    text = "规章 |\n0 | 0 | 12 | ||\n行政规范性文件 |\n1 | 0 | 3 | ||"
    assert [row[:4] for row in grid(read_text(text))] == [["规章", "0", "0", "12"], ["行政规范性文件", "1", "0", "3"]]


def cells(document):
    (table,) = (block for block in document.blocks if isinstance(block, Table))
    return [(cell.text, cell.row, cell.column, cell.row_span, cell.column_span) for cell in table.cells]


@pytest.mark.parametrize("frame", [str, lambda text: text.translate(str.maketrans("+-|=", "┼─│─"))])
def test_a_drawn_table_keeps_cells_of_several_lines_and_spans(frame):
    drawn = """
+----------+------+
| 行政复议 | 行政 |
+----+-----+ 诉讼 |
| 维 | 纠  |      |
| 持 | 正  |      |
+====+=====+======+
| 12 |  3  | 45   |
|    |     | 6    |
+----+-----+------+
"""
    assert cells(read_text(frame(drawn))) == [
        ("行政复议", 0, 0, 1, 2),
        ("行政诉讼", 0, 2, 2, 1),
        ("维持", 1, 0, 1, 1),
        ("纠正", 1, 1, 1, 1),
        ("12", 2, 0, 1, 1),
        ("3", 2, 1, 1, 1),
        ("456", 2, 2, 1, 1),
    ]


def test_lines_of_boxes_may_take_two_columns():
    drawn = [
        "┌────┬──┬──┐",
        "│本年新收│申请      │",
        "│申请数量│          │",
        "├────┼──┬──┤",
        "│行政许可│-2  │34  │",
        "└────┴──┴──┘",
    ]
    table = next(block for block in read_text("\n".join(drawn)).blocks if isinstance(block, Table))
    assert [("".join(cell.text.split()), cell.column, cell.column_span) for cell in table.cells] == [
        *[("本年新收申请数量", 0, 1), ("申请", 1, 2)],
        *[("行政许可", 0, 1), ("-2", 1, 1), ("34", 2, 1)],
    ]


@pytest.mark.parametrize("corners", ["┌┬┐└┴┘", "++++++"])
def test_drawn_tables_right_below_each_other_are_two(corners):
    a, b, c, d, e, f = corners
    rule = "─" if a != "+" else "-"
    first = [f"{a}{rule * 8}{b}{rule * 4}{c}", "|行政    | 12 |", "|许可    |    |", f"{d}{rule * 8}{e}{rule * 4}{f}"]
    second = [f"{a}{rule * 6}{b}{rule * 6}{c}", "|行政  | 34   |", "|处罚  |      |", f"{d}{rule * 6}{e}{rule * 6}{f}"]
    tables = [block for block in read_text("\n".join([*first, *second])).blocks if isinstance(block, Table)]
    texts = [["".join(cell.text.split()) for cell in table.cells] for table in tables]
    assert texts == [["行政许可", "12"], ["行政处罚", "34"]]


def test_figures_of_two_columns_between_the_same_bars_come_apart():
    assert grid(read_text(bars([["规章", "0 24", "7"], ["文件", "1 472", "3"]]))) == [
        ["规章", "0", "24", "7"],
        ["文件", "1", "472", "3"],
    ]


def test_two_figures_in_a_cell_are_none_of_other_columns_where_the_row_has_all_its_cells():
    whole = ["（三）不予公开", "1.属于国家秘密", "", "0 5", "0", "", "0", "", "0"]
    others = [["2.重复申请", "8", "3 18", "0", "0", "0", "0", "2"], ["3.其他", "8", "5", "0", "0", "0", "0", "2"]]
    assert grid(read_text(bars([whole, *others])))[0] == whole


def test_a_lone_figure_where_others_are_two_is_none():
    found = grid(read_text(bars([["规章", "0 24", "7"], ["许可", "3 18", "2"], ["文件", "5", "3"]])))
    assert found == [["规章", "0", "24", "7"], ["许可", "3", "18", "2"], ["文件", "5?", "?", "3"]]


def test_a_figure_in_the_cell_of_its_label_comes_apart():
    rows = grid(read_text("|  | 2.其他 578 | 0 | 452 | 721 | 81 | 0 | 1832 |  |\n" * 2))
    assert rows[0] == ["", "2.其他", "578", "0", "452", "721", "81", "0", "1832", ""]


def test_thousands_between_bars_stay_one_figure():
    assert grid(read_text(bars([["规章", "1 472", "7"], ["文件", "2 305", "3"]]))) == [
        ["规章", "1 472", "7"],
        ["文件", "2 305", "3"],
    ]


def bars_behind(rows):
    return "\n".join("".join(f"{cell} | ".lstrip() for cell in row).rstrip() for row in rows)


def test_bars_that_close_cells_leave_no_cell_behind_the_last_one():
    document = read_text(f"第二十条第（一）项 |\n{bars_behind(ROWS)}\n第二十条第（五）项 |\n{bars_behind(ROWS[1:])}")
    assert grid(document) == [["第二十条第（一）项"], *ROWS, ["第二十条第（五）项"], *ROWS[1:]]
    assert not [block for block in document.blocks if isinstance(block, Paragraph)]


def test_cells_with_bars_that_fill_up_the_row_are_cells():
    lines = "|\n第二十条第（一）项 | |||\n|\n信息内容 |\n本年制发件数 |\n|\n规章 |\n3 | ||\n"
    (table,) = read_text(lines).blocks
    assert [cell.text for cell in table.cells if cell.text] == [
        "第二十条第（一）项",
        "信息内容",
        "本年制发件数",
        "规章",
        "3",
    ]


def test_a_misread_character_that_looks_like_a_bar_parts_nothing():
    document = read_text("规章        3    0    12\n|.行政规范性    7    5    9\n行政许可    4    6    8\n")
    (table,) = document.blocks
    assert [cell.text for cell in table.cells if cell.row == 1] == ["|.行政规范性", "7", "5", "9"]


def test_marks_of_markdown_are_no_text():
    document = read_text("# 某局年度报告\n**一、总体情况**\n全年**收到**申请3件。\n收到申请**件")
    texts = [block.text for block in document.blocks]
    assert texts == ["某局年度报告", "一、总体情况", "全年收到申请3件。", "收到申请**件"]


WRAPPED = """    （一）主动公开。全年通过县政府网站公开信息126条，微信公众号发布信
息87条，其中政策解读6条；组织开展政府信息公开业务培训2次，参加人数共
计43人。
    （二）依申请公开。全年共收到政府信息公开申请12件，上年结转2件，办结1
- 3 -
3件，结转下年度继续办理1件。
"""


def test_lines_broken_at_the_edge_of_the_page_are_joined():
    texts = [block.text for block in read_text(WRAPPED).blocks]
    assert len(texts) == 2
    assert texts[0].endswith("参加人数共计43人。")
    assert texts[1].endswith("上年结转2件，办结13件，结转下年度继续办理1件。")


def test_a_sentence_goes_on_behind_a_number_that_stands_apart():
    """As where figures and Chinese characters have a blank between them."""
    lines = [
        "    （一）依申请公开。全年收到政府信息公开申请 34 件，同意公开答复 9",
        "件，部分公开答复 0 件，不予公开 2 件，另有两件申请人撤回。通过网站",
        "公开信息 120 条，微信公众号发布信息 87 条，其中解读类 6 条，全年无",
        "投诉。",
    ]
    texts = [block.text for block in read_text("\n".join(lines)).blocks]
    assert len(texts) == 1 and "同意公开答复 9件，部分公开答复 0 件" in texts[0]


def test_a_title_says_nothing_of_where_the_page_ends():
    """Three of four lines end there, the title among the others."""
    title = "正蓝旗乌兰图嘎苏木人民政府2023年政府信息公开工作年度报告"
    lines = [line for line in WRAPPED.splitlines() if not line.startswith("- ")]
    lines += ["    本年度没有其他需要报告的事项，依据国家有关收费的规定未收取"]
    assert len(read_text("\n".join([title, *lines])).blocks) == 4


def test_lines_that_end_where_they_like_are_not_joined():
    lines = [
        "三、收到和处理政府信息公开申请情况",
        "全年新收申请342件，予以公开4件，其余都按照条例的规定办理",
        "四、政府信息公开行政复议、行政诉讼情况",
        "没有",
        "本机关没有因为政府信息公开被申请行政复议，也没有被提起行政诉讼",
        "联系地址：云溪县人民路12号，联系电话：0000-1234567，邮政编码：000000，电子邮箱：xxgk@example.org",
    ]
    assert [block.text for block in read_text("\n".join(lines)).blocks] == lines


def test_cells_between_commas_are_cells():
    rows = [[f"{n}.属于情形{n}", *("0" if n % 2 else "1,472" for _ in range(7))] for n in range(12)]
    lines = [",".join(f'"{cell}"' if "," in cell else cell for cell in row) for row in rows]
    document = read_text("\n".join(["一、总体情况,,,,,,,", *lines, "以上，共12行。"]))
    assert grid(document) == rows
    assert [block.text for block in document.blocks if isinstance(block, Paragraph)] == [
        "一、总体情况",
        "以上，共12行。",
    ]


def test_merged_cells_of_textile_are_cells():
    text = "|\\3. 第二十条第（五）项|\n|信息内容|\\2. 本年处理决定数量|\n|/2\\1. 行政许可|\\2. 5|0|"
    rows = [["第二十条第（五）项"], ["信息内容", "本年处理决定数量"], ["行政许可", "5", "0"]]
    assert [cell.text for cell in read_text(text).blocks[0].cells] == [cell for row in rows for cell in row]


def test_a_figure_in_brackets_behind_another_is_no_column_of_its_own():
    lines = [f"| {n}.属于情形{n} | 8{n} （3{n}） | 4{n} （1） | 9（2） |" for n in range(4)]
    (table,) = read_text("\n".join(lines)).blocks
    assert [cell.text for cell in table.cells][:4] == ["0.属于情形0", "80 （30）", "40 （1）", "9（2）"]


def test_cells_in_quotes_between_semicolons_are_cells():
    rows = [["规章", "3", "1", ""], ["行政规范性文件", "0", "1", "12"], ["行政许可", "5", "0", "7"]]
    (table,) = read_text("\n".join(";".join(f'"{cell}"' for cell in row) for row in rows)).blocks
    assert [cell.text for cell in table.cells] == [cell for row in rows for cell in row]


def test_formulas_that_keep_figures_text_are_these_figures():
    rows = [["规章", "3", "1", "0"], ["行政规范性文件", "0", "1", "12"], ["行政许可", "5", "0", "7"]]
    written = [f'{row[0]},"=""{row[1]}""",="{row[2]}",{row[3]}' for row in rows]
    (table,) = read_text("\n".join(written)).blocks
    assert [cell.text for cell in table.cells] == [cell for row in rows for cell in row]


def test_the_one_row_of_litigation_between_commas_is_a_row():
    header = ",".join(["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"] * 3)
    figures = [str(number) for number in range(15)]
    assert grid(read_text(f"行政复议{',' * 14}\n{header}\n{','.join(figures)}\n五、存在的主要问题"))[-1] == figures


@pytest.mark.parametrize("width", ["WF", "WFA", ""])
def test_columns_are_those_of_whoever_aligned_them_with_dashes_of_either_width(width):
    """A Chinese character takes two columns, a dash one or two; or each character counts as one."""

    def padded(text, columns):
        return text + " " * (columns - sum(2 if east_asian_width(sign) in width and width else 1 for sign in text))

    rows = [
        ["一、本年新收", "—", "1", "——", "4", "5"],
        ["二、上年结转", "１", "——", "", "7", "8"],
        ["合计", "1", "2", "3", "4", "5"],
    ]
    (table,) = read_text("\n".join("".join(padded(text, 16) for text in row).rstrip() for row in rows)).blocks
    at = {cell.column for cell in table.cells}
    assert len(at) == 6
    assert sum(cell.column == sorted(at)[3] for cell in table.cells) == 2


def test_a_row_of_a_wiki_table_has_its_empty_cells_and_no_others():
    text = '{| class="wikitable"\n! a !! b !! c\n|-\n| 规章 || || 3\n|-\n| 1 || || 2\n|}'
    table = next(block for block in read_text(text).blocks if isinstance(block, Table))
    rows = [
        [cell.text for cell in table.cells if cell.row == row] for row in sorted({cell.row for cell in table.cells})
    ]
    assert rows == [["a", "b", "c"], ["规章", "", "3"], ["1", "", "2"]]


def test_a_wiki_table_may_have_a_cell_a_line_with_attributes_and_spans():
    first = '|width="9%"| 规章\n|\n| colspan="2" | 3 || 4'
    second = '| rowspan="2"| 许可\n决定\n| 1 || || 2 || 5'
    text = f"{{|\n{first}\n|-\n{second}\n|-\n| 6\n|}}\n正文"
    table, after = read_text(text).blocks
    assert [(cell.text, cell.row, cell.column, cell.column_span) for cell in table.cells] == [
        ("规章", 0, 0, 1),
        ("", 0, 1, 1),
        ("3", 0, 2, 2),
        ("4", 0, 4, 1),
        ("许可\n决定", 1, 0, 1),
        ("1", 1, 1, 1),
        ("", 1, 2, 1),
        ("2", 1, 3, 1),
        ("5", 1, 4, 1),
        ("6", 2, 1, 1),
    ]
    assert table.cells[2].place == Place(line=4, character=17) and after.text == "正文"


def cells_of(text: str) -> list[tuple[str, int, int, int, int]]:
    """Text, row, column and spans of the cells of the only table in `text`."""
    (table,) = (block for block in read_text(text).blocks if isinstance(block, Table))
    return [(cell.text, cell.row, cell.column, cell.row_span, cell.column_span) for cell in table.cells]


def test_rows_of_an_asciidoc_table_end_where_its_columns_do():
    """Not where its lines end, which may be within a row or even before the bar that closes a cell."""
    text = '标题\n\n[width="99%",cols="2*,10%",]\n|===\n|规章 | |\n3\n\n|许可 +\n决定 |4\n| 5\n|===\n\n正文'
    before, table, after = read_text(text).blocks
    assert [(cell.text, cell.row, cell.column) for cell in table.cells] == [
        *(("规章", 0, 0), ("", 0, 1), ("3", 0, 2)),
        *(("许可\n决定", 1, 0), ("4", 1, 1), ("5", 1, 2)),
    ]
    assert (before.text, after.text) == ("标题", "正文")
    assert (table.cells[2].place, table.cells[4].place) == (Place(line=6, character=1), Place(line=9, character=5))


def test_an_asciidoc_cell_may_span_others_and_say_how_it_looks():
    text = "|===\n.2+^.^|行政许可 2+s|甲 h|乙\n|1 a|12 3 2*|4\n|===\n"
    assert cells_of(text) == [
        *(("行政许可", 0, 0, 2, 1), ("甲", 0, 1, 1, 2), ("乙", 0, 3, 1, 1)),
        *(("1", 1, 1, 1, 1), ("12 3", 1, 2, 1, 1), ("4", 1, 3, 1, 1), ("4", 2, 0, 1, 1)),
    ]


@pytest.mark.parametrize("columns", ["2", '"2"', "2*", '"1,1"', '">1,2a"', '","'])
def test_an_asciidoc_table_says_how_many_columns_it_has(columns):
    text = f"[cols={columns}]\n|===\n|规章\n|3\n|许可\n|4\n|==="
    assert [each[:3] for each in cells_of(text)] == [("规章", 0, 0), ("3", 0, 1), ("许可", 1, 0), ("4", 1, 1)]


@pytest.mark.parametrize(
    "text",
    ["|===\n|规章 |3", "[cols=900]\n|===\n|规章 |3\n|===", f"[cols={'9' * 5000}]\n|===\n|规章 |3\n|==="],
    ids=["not closed", "many columns", "too many columns"],
)
def test_what_is_no_asciidoc_table_is_read_line_by_line(text):
    assert [each[:3] for each in cells_of(text)] == [("规章", 0, 0), ("3", 0, 1)]


def test_an_asciidoc_table_without_cells_is_none():
    assert not any(isinstance(block, Table) for block in read_text("|===\n|===").blocks)


REPEATED = {
    "tabs": "{0}\t{0}\t{1}\t{1}\t\t\t8件\t8件",
    "bars": "{0} | {0} | {1} | {1} |  |  | 8件 | 8件",
    "blanks": "{0} {0} {1} {1}   8件 8件",
}


@pytest.mark.parametrize("row", REPEATED.values(), ids=REPEATED)
def test_a_merged_cell_written_once_a_column_of_the_grid_counts_once(row: str):
    """As python-docx and others write a Word table whose grid is finer than what is printed."""
    lines = [row.format(label, at) for at, label in enumerate(("行政许可", "行政处罚", "行政强制"))]
    (table,) = read_text("\n".join(lines)).blocks
    rows = [[cell.text for cell in table.cells if cell.row == at] for at in range(3)]
    assert rows == [["行政许可", "0", "", "8件"], ["行政处罚", "1", "", "8件"], ["行政强制", "2", "", "8件"]]
    last = table.cells[-1].place
    assert last.line == 3 and lines[2][last.character - 1 :].startswith("8件")


def test_a_table_in_which_nothing_is_repeated_stays_as_it_is():
    text = "行政许可\t0\t0\t0\n行政处罚\t0\t0\t0\n行政强制\t0\t0\t0"
    (read,) = read_text(text).blocks
    assert len(read.cells) == 12


@pytest.mark.parametrize("mark", ["\t", " | "])
def test_a_row_whose_cells_have_line_breaks_is_one_row(mark: str):
    """As the texts of the cells of a Word table come out when they are joined."""
    rows = [["行政\n许可", "\n12", "", "\n3\n"], ["行政处罚", "4", "5", "6"], ["行政\n\n强制", "7", "\n8", "9"]]
    blocks = read_text("\n".join(mark.join(row) for row in rows)).blocks
    table = next(block for block in blocks if isinstance(block, Table))
    read = ["".join(cell.text.split()) for cell in table.cells]
    assert read == ["许可", "12", "", "3", "行政处罚", "4", "5", "6", "行政强制", "7", "8", "9"]
    assert [cell.place.line for cell in table.cells if cell.text == "4"] == [6]


def test_a_sentence_between_two_tables_is_of_neither():
    tables = [["渠道", "数量", "备注"], ["网站", "28", "条"], ["公开栏", "77", "条"]]
    others = [["项目", "投资", "完成", "进度"], ["道路", "345", "335", "完工"], ["管网", "6", "2", "完工"]]
    others.append(["档案室", "528", "336", "封顶"])
    sentence = "（二）依申请公开。本年度新收申请1件，办结1件。"
    blocks = read_text(f"{tabs(tables)}\n{sentence}\n{tabs(others)}").blocks
    assert [block.text for block in blocks if isinstance(block, Paragraph)] == [sentence]


def test_drawers_of_org_are_no_text():
    text = "一、总体情况\n:PROPERTIES:\n:CUSTOM_ID: 一总体情况\n:END:\n公开信息。"
    assert [block.text for block in read_text(text).blocks] == ["一、总体情况", "公开信息。"]


@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_empty_lines_are_empty_cells_where_whole_rows_show_it(between):
    rows = [["一、本年新收", *"1234567"], ["二、上年结转", *"2345678"], ["（一）予以公开", *"3456789"]]
    rows += [["（二）部分公开", *"4567890"], ["1.属于国家秘密", *"5678901"]]
    rows += [["2.重复申请", "", "1", "2", "", "", "3", "4"], ["（七）总计", *"678901", ""]]
    read = read_text(between.join(between.join(row) for row in rows)).blocks
    cells = [cell.text for block in read for cell in (block.cells if isinstance(block, Table) else [block])]
    assert cells == [text for row in rows for text in row][:-1]


@pytest.mark.parametrize("noise", ["\n", "\n\n\n"])
def test_empty_lines_are_no_cells_where_whole_rows_have_them_too(noise):
    rows = [["一、本年新收", *"1234567"], ["二、上年结转", *"2345678"], ["（一）予以公开", *"3456789"]]
    rows += [["（二）部分公开", *"4567890"], ["1.属于国家秘密", *"5678901"], ["2.重复申请", *"123456"]]
    lines = [text for row in rows for text in row]
    lines[10] += noise
    lines[-3] += noise
    assert all(isinstance(block, Paragraph) for block in read_text("\n".join(lines)).blocks)


def test_a_unit_parted_from_its_figure_is_no_cell():
    (row,) = read_text("5 件 3 １ ３ 3 (件) ７ 22 件").blocks
    assert row.text == "5件 3 １ ３ 3(件) ７ 22件"


def test_a_sign_parted_from_its_figure_is_no_cell():
    rows = ["行政处罚    1021    -31    28", "行政强制    1021    减 31   1472", "行政许可    7    净增加 3   10"]
    assert [row[-3:] for row in grid(read_text("\n".join(rows)))] == [
        ["1021", "-31", "28"],
        ["1021", "减31", "1472"],
        ["7", "净增加3", "10"],
    ]


def test_a_cell_of_an_org_table_goes_on_behind_two_backslashes():
    text = """
| 信息\\\\         | 本年制发件数 |
| 内容           |              |
| 规章           | 12           |
|----------------+--------------|
| 行政规\\\\       | 3            |
| 范性\\\\         |              |
| 文件           |              |
"""
    document = read_text(text)
    assert grid(document) == [["信息\n内容", "本年制发件数"], ["规章", "12"], ["行政规\n范性\n文件", "3"]]
    (table,) = (block for block in document.blocks if isinstance(block, Table))
    assert table.cells[-1].place == Place(line=6, character=17)


def test_a_cell_of_an_org_table_has_paragraphs_behind_empty_rows():
    paragraphs = ["一、本", "年新收", "政府信", "息公开", "申请数量"]
    rows = ["| 自然人 |    |", "| 一、本 | 12 |"]
    rows += [line for part in paragraphs[1:] for line in ("|        |    |", f"| {part} |    |")]
    assert grid(read_text("\n".join([*rows, "| 总计   | 9  |"]))) == [
        ["自然人", ""],
        ["\n".join(paragraphs), "12"],
        ["总计", "9"],
    ]


def test_empty_rows_between_rows_of_figures_part_no_paragraphs():
    rows = [[f"第{n}行", f"{n}", f"{n}"] for n in range(9)]
    rows.insert(4, ["（三）不予公开", "", ""])
    found = grid(
        read_text("\n| | | |\n".join(map(" | ".join, ([f"| {row[0]}", row[1], f"{row[2]} |"] for row in rows))))
    )
    assert [row for row in found if any(row)] == rows


def test_a_rule_that_parts_its_columns_by_one_blank_says_nothing_of_gaps():
    rule = "---------- --- ---------- --- ---------- ---"
    rows = [
        "行政复议                      行政诉讼",
        "结果维持       结果纠正       其他结果",
        "3431           1233           752",
    ]
    assert ["3431", "1233", "752"] in grid(read_text("\n".join([rule, *rows, rule])))


def test_a_figure_with_a_blank_before_its_unit_is_a_cell_of_its_own():
    rows = ["规章          5      4      4", "行政规范性文件        3      9      6", "行政事业性收费        23 万元"]
    assert grid(read_text("\n".join(rows)))[-1] == ["行政事业性收费", "23 万元"]


def test_a_merged_figure_counts_once_where_its_header_stands_twice():
    parts = [("（一）", "对外公开总数量"), ("（五）", "处理决定数量"), ("（八）", "本年增/减")]
    lines = []
    for number, last in parts:
        lines += [" ".join([f"第二十条第{number}项"] * 4), f"信息内容 上一年项目数量 本年增/减 {last}"]
        lines += ["行政许可 4 0 0", "行政处罚 0 0 0"][: 1 if number == "（八）" else 2]
    rows = [[cell for cell in row if cell] for row in grid(read_text("\n".join(lines)))]
    assert rows[2] == ["行政许可", "4", "0", "0"]
    assert rows[-1] == ["行政许可", "4", "0"]


def test_rows_without_repetitions_stay_where_another_table_of_the_file_repeats_its_cells():
    repeated = [
        f"| {label} | {label} | {n} | {n} |" for n, label in enumerate(("行政许可", "行政处罚", "行政强制"), 10)
    ]
    row = "| 一、本年新收政府信息公开申请数量 |  |  | 896 | 1008 | 973 | 972 | 1036 | 888 | 5773 |"
    document = read_text("\n".join([*repeated, "", "三、收到和处理政府信息公开申请情况", "", row]))
    assert [cell.text for cell in document.blocks[-1].cells][-7:] == [
        "896",
        "1008",
        "973",
        "972",
        "1036",
        "888",
        "5773",
    ]


@pytest.mark.parametrize("last", [["行政许可", "7", "3"], ["行政许可", "", ""]])
def test_a_frame_without_rules_between_rows_has_a_row_a_line(last):
    rule = "+----------------+------+----+"
    rows = [["信息内容", "本年", "共"], ["行政处罚", "1472", "3"], ["行政强制", "28", "3"], last]
    drawn = "\n".join([rule, *(bars([row]) for row in rows), rule])
    assert [row[:3] for row in grid(read_text(drawn))] == rows


def test_the_row_of_litigation_is_one_in_a_frame_without_rules_though_its_first_cell_is_blank():
    results = ["维持", "纠正", "其他", "未结", "总计"]
    rule = f"+{'+'.join(['------'] * 10)}+"
    rows = [results * 2, ["", "11", "71", "－", "82", "1", "0", "0", "2", "3"]]
    drawn = "\n".join([rule, *(bars([row]) for row in rows), rule])
    assert [row[:10] for row in grid(read_text(drawn))] == rows


def test_paragraphs_that_a_tab_indents_are_no_cells():
    lines = [
        "正蓝旗水利局2023年政府信息公开工作年度报告",
        "2024年1月12日",
        "一、总体情况",
        "（一）主动公开。全年公开信息12条。",
        "二、主动公开政府信息情况",
        "没有制发文件。",
    ]
    read = read_text("\n".join(f"\t{line} " for line in lines))
    assert [block.text for block in read.blocks] == lines
    split = parse_file("\n".join(f"\t{line}" for line in lines).encode(), "a.txt")
    assert [section.section for section in split.sections] == [1, 2]


def test_a_text_of_tabs_comes_to_an_end():
    """Time grew with the square of the lines: to minutes."""
    with alarm(20):
        assert read_text("一、总体情况\n" + "\t\n" * 20_000).blocks


def test_a_table_of_cells_behind_tabs_begins_below_a_paragraph_that_is_too_long_for_a_cell():
    lines = ["\t会议", "\t培训", "会" * 60, "会" * 60, "\t行政许可", "\t7", "", "\t行政处罚", "\t3"]
    assert grid(read_text("\n".join(lines))) == [["行政许可", "7"], ["行政处罚", "3"]]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_tabs_that_merely_indent_cells_end_no_row(end):
    """A cell a line, each behind a tab, with empty lines between tables only: labels part rows, not the layout."""
    report = small_report(figures={"applications.new.person": 12, "applications.new.total": 12})
    cells = [cell for line in report.splitlines() for cell in (line.split("\t") if "\t" in line else [f"#{line}"])]
    lines = [f"{end}{cell[1:]}" if cell[0] == "#" else f"\t{cell}" for cell in cells if cell.strip(" #")]
    text = end.join(lines)
    form = parse_file(text.encode(), "a.txt").form
    assert [key for key, figure in form.figures.items() if figure.value is None] == []
    figure = form.figures["applications.new.person"]
    line, character = figure.place.line, figure.place.character
    assert (figure.value, text.split(end)[line - 1][character - 1 :]) == (12, "12")


@pytest.mark.parametrize("illegible", ["#REF!", "见附件说明"])
def test_illegible_figures_are_no_labels_of_rows_amid_others(illegible):
    """Tabs open the cells of rows there, with an empty line behind each row, so that blank cells keep their place."""
    lines = small_report(figures={}).splitlines()
    rows = [line.split("\t") if "\t" in line else [line] for line in lines]
    rows = [
        [*row[:-6], illegible, *row[-5:-3], "", *row[-2:]] if len(row) > 6 and row[-1] == "0" else row for row in rows
    ]
    text = "\n\n".join("\n".join(f"\t{cell}" for cell in row) if len(row) > 1 else row[0] for row in rows)
    figures = parse_file(text.encode(), "a.txt").form.figures
    read = [
        figures[f"applications.granted.{applicant}"].value
        for applicant in ("person", "business", "legal", "other", "total")
    ]
    assert read == [0, None, None, 0, 0]
