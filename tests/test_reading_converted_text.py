"""The form in text that other programs made of it: pandas, BeautifulSoup, converters of PDF files to Markdown."""

from itertools import zip_longest

import pytest

from loaders.demo.grids import applications_grid, litigation_grid, publication_grid
from loaders.form.editions import edition
from loaders.form.reading import read_form
from loaders.parsing import parse_file
from loaders.reading.text.plain import read_text
from tests.form_documents import applications, litigation, publication, whole
from tests.test_form_damage import granted

WHOLE = [float(figure) for figure in (2144, 1, 30, 4, 0, 6, 2185)]


def markdown(first_row, rest=()):
    """The applications table between bars, with other cells in place of the figures of its first row."""
    rows = [row for row in applications() if len(row) == 8]
    rows[0] = [rows[0][0], *first_row]
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    lines[1:1] = ["| " + " | ".join(row) + " |" for row in rest]
    return "\n".join([lines[0], "|---" * 8 + "|", *lines[1:]])


def first_row(text):
    return granted(read_form(read_text(text)), "new")


@pytest.mark.parametrize(
    "cells",
    [
        ["214<br>4", "1", "30", "4", "0", "6", "218<br>5"],
        ["2144", "1", "30<br>4", "", "0", "6", "2185"],
    ],
    ids=["a narrow column breaks figures", "a missed border puts two in one cell"],
)
def test_figures_in_two_lines_of_a_cell_are_told_by_the_sum_of_their_row(cells):
    assert first_row(markdown(cells)) == WHOLE


def test_figures_in_two_lines_of_a_cell_are_none_where_no_sum_tells_what_they_are():
    assert first_row(markdown(["214<br>4", "1", "30", "4", "0", "6", ""])) == [None] * 7


def test_the_end_of_a_label_on_the_next_page_has_no_figures_of_its_own():
    """Those beside it are the last digits of the figures on the page before."""
    rows = applications()
    at = next(n for n, row in enumerate(rows) if row[0].startswith("4.无正当理由"))
    rows[at : at + 1] = [["4.无正", "12", "0", "0", "0", "0", "0", "1"], ["当理由大量反复申请", *[""] * 6, "2（件 ）"]]
    text = "\n".join("| " + " | ".join(row) + " |" for row in rows)
    assert granted(read_form(read_text(text)), "rejected.excessive") == [12, 0, 0, 0, 0, 0, 12]


def test_a_page_that_markdown_has_on_one_line_has_the_lines_between_its_breaks():
    rows = [" ".join(row) for row in applications()]
    at = next(n for n, row in enumerate(rows) if row.startswith("2.申请人逾期"))
    page = [
        "2.申请 0 3 1 0 0 0 4",
        "人逾期未按收费通知要求缴纳费用、行政机",
        "关不再处理其政府信息公开申请",
        *rows[at + 1 :],
    ]
    form = read_form(read_text("\n".join([*rows[:at], "<br>".join(page)])))
    assert granted(form, "misc.unpaid") == [0, 3, 1, 0, 0, 0, 4]
    assert granted(form, "misc.other")[:2] == [230, 231]
    assert form.figures["applications.carried_out.total"].place.line == at + 1


@pytest.mark.parametrize(
    ("row", "below"),
    [
        (["14", "3", "30", "4", "0", "6", "8"], "请数量 5（件 9（件"),
        (["14", "3", "30", "4", "0", "6", "8"], "5（件 9（件\n） ）"),
        (["14", "3", "30", "4", "0", "6", "89"], "5（件）"),
        (["14", "35", "30", "4", "0", "6", "8"], "请数量      9（件\n      ）"),
    ],
)
def test_the_end_of_a_figure_whose_unit_went_below_with_it_joins_it(row, below):
    rows = [" ".join(row) for row in applications()]
    at = next(n for n, text in enumerate(rows) if text.startswith("一、本年新收"))
    rows[at : at + 1] = [f"一、本年新收政府信息公开申 {' '.join(row)}", below]
    assert first_row("\n".join(rows)) == [14.0, 35.0, 30.0, 4.0, 0.0, 6.0, 89.0]


def test_figures_that_may_go_on_are_none_where_the_end_with_a_unit_fits_none():
    rows = [" ".join(row) for row in applications()]
    at = next(n for n, text in enumerate(rows) if text.startswith("一、本年新收"))
    rows[at : at + 1] = ["一、本年新收政府信息公开申 14 3 30 4 0 6 8", "请数量 5（件"]
    assert first_row("\n".join(rows))[1] is None


@pytest.mark.parametrize("mark", ["|", "\t"])
def test_a_report_on_one_line_is_read_whatever_parts_its_cells(mark):
    texts = ["政府信息公开工作年度报告", "二、主动公开政府信息情况", *(cell for row in publication() for cell in row)]
    texts += ["三、收到和处理政府信息公开申请情况", *(cell for row in applications() for cell in row)]
    texts += ["四、政府信息公开行政复议、行政诉讼情况", *(cell for row in litigation() for cell in row)]
    form = read_form(read_text(mark.join(texts)))
    assert all(reading.value is not None for reading in form.figures.values())


def test_rows_that_pandas_aligns_keep_their_figures_though_labels_stand_in_each_column_of_a_merged_cell():
    rows = [["三、本年度办理结果", row[0], row[0], *row[1:]] for row in applications() if len(row) == 8]
    rows = [[row[1], *row[1:]] if row[1][0] in "一二四" else row for row in rows]
    widths = [34, 38, 38, 5, 7, 7, 7, 7, 7, 5]
    header = [["（第一项加第二项之和，等于第三项加第四项之和）"] * 3 + ["申请人情况"]] * 3
    text = "\n".join([*map(" ".join, header), *(" ".join(map(str.rjust, row, widths)) for row in rows)])
    assert granted(read_form(read_text(text)), "denied.law") == [60 + n for n in range(7)]


@pytest.mark.parametrize("row", ["| 规章 | nan | 12 |", "规章\tNaN\t12"])
def test_what_pandas_writes_for_a_blank_is_one(row):
    (table,) = read_text("\n".join([row] * 3)).blocks
    assert [cell.text for cell in table.cells[:3]] == ["规章", "", "12"]


@pytest.mark.parametrize("mark", ["\n", "|"])
def test_a_unit_behind_its_figure_on_a_line_of_its_own_belongs_to_it(mark):
    """Programs that take the texts of a page apart do so at each change of font."""
    cells = [cell for row in [*publication(), *applications()] for cell in row]
    at = cells.index("（一）予以公开")
    cells[at + 1 : at + 3] = ["5", "（件）", "12", "件"]
    assert granted(read_form(read_text(mark.join(cells))))[:3] == [5, 12, 32]


@pytest.mark.parametrize("cell", ["5\\(件\\)", "\\+5", "5\\.0"])
def test_figures_whose_signs_markdown_escapes_are_figures(cell):
    rows = [["规章", cell, "0", "0"], ["行政规范性文件", "7", "8", "9"]]
    text = "\n\n".join(cell for row in [*publication()[:2], *rows, *publication()[4:], *applications()] for cell in row)
    assert read_form(read_text(text)).figures["publication.rules.issued"].value == 5


def test_rows_between_bars_that_end_with_a_blank_cell_are_a_row_each():
    rows = [[*row, "", ""] for row in applications() if len(row) == 8]
    text = "\n".join("| ".join(row) + "  " for row in rows)
    assert granted(read_form(read_text(text)), "carried_in") == [20.0 + n for n in range(7)]


def test_a_report_in_traditional_characters_on_one_line_is_parted():
    words = ["予以公開", "部分公開", "結果維持", "結果糾正", *map(str, range(100))]
    assert len(read_text(" ".join(["政府信息公開工作年度報告" * 20, *words])).blocks) == 1 + len(words)


DRAWN = """
┌────────────┬──────┬──────┬┐
│ 信息内容   │ 上一 │ 本年 ││
│            │ 年   │ 增减 ││
├────────────┼──────┼──────┤│
│            │      │      ││
│ 行政许可   │  12  │ +58  ││
├────────────┼──────┼──────┤│
│ 其他对外管 │  7   │  +9  ││
│ 理服务事项 │      │      ││
└────────────┴──────┴──────┴┘
"""


@pytest.mark.parametrize("beside", ["││", "│    │"], ids=["no width", "some width"])
def test_a_cell_beside_all_rows_of_a_drawn_table_does_not_hide_the_rules_between_them(beside):
    """Text browsers draw one where a row of the page is longer than the others."""
    drawn = DRAWN.replace("││", beside).replace("┤│", "┤" + beside[1:])
    drawn = drawn.replace("┬┐", "┬" + "─" * (len(beside) - 2) + "┐").replace("┴┘", "┴" + "─" * (len(beside) - 2) + "┘")
    (table,) = read_text(drawn).blocks
    rows = {row: [cell.text for cell in table.cells if cell.row == row and cell.column < 3] for row in (0, 1, 2)}
    assert rows == {
        0: ["信息内容", "上一年", "本年增减"],
        1: ["行政许可", "12", "+58"],
        2: ["其他对外管理服务事项", "7", "+9"],
    }


def test_digits_below_a_label_in_its_cell_leave_no_figure_in_the_row():
    """A converter that saw borders where none are cut a figure in two, and put its beginning to the label."""
    rows = [["规章<br>68", "", "7", "3"], ["规范性文件<br>43", "17", "376", "0"]]
    rows = [*publication("2019")[:2], *rows, *publication("2019")[4:], *applications("2019")]
    form = read_form(read_text("\n".join("|" + "|".join(row) + "|" for row in rows)))
    assert form.figures["publication.normative.made"].value is None


def test_ends_of_litigation_figures_in_two_lines_of_their_cells_are_ends():
    header, groups, results, _ = litigation()
    row = ["126", "771", "747", "71", "２３", "795", "0", "7", "38", "799", "697", "0", "0", "722", "141"]
    ends = ["9", "2", "9", "98", "６５<br>８", "3", "", "", "", "8", "3", "", "", "6", "99"]
    rows = [*publication(), *applications(), header, groups, results, row, ends]
    form = read_form(read_text("\n".join("|" + "|".join(cells) + "|" for cells in rows)))
    assert form.figures["litigation.review.upheld"].value in (None, 1269)


def test_the_number_of_a_label_is_no_part_of_a_figure():
    rows = [[row[0], "1. 4", *"567890"] if row[0].startswith("1.属") else row for row in applications()]
    form = read_form(read_text("\n".join("| " + " | ".join(row) + " |" for row in rows)))
    assert form.figures["applications.denied.secret.person"].value is None


@pytest.mark.parametrize("gap", ["      ", ""], ids=["blanks", "nothing"])
def test_gaps_between_cells_with_a_line_each_end_no_table(gap):
    """As a page's source has its cells: a bar opens the row, an indented line is a cell, an empty one parts two."""
    form = edition("2021")
    values = {key: str(number) for number, key in enumerate(form.keys)}
    lines = []
    for grid in (publication_grid(form, values), applications_grid(form, values), litigation_grid(form, values)):
        width = max(cell.column + cell.column_span for cell in grid.cells)
        for cells in filter(None, map(grid.row_cells, range(grid.rows))):
            inside = [part for cell in cells for part in (gap, f"       {cell.text}  | ")][1:]
            lines += ["| ", *inside, "    " + "|" * (width - len(cells))]
        lines += ["全年公开信息若干，均已答复，没有其他事项。"]
    figures = parse_file("\n".join(lines).encode(), "a.txt").form.figures
    assert {key: figures[key].value for key in form.keys} == {key: float(value) for key, value in values.items()}


def test_a_lone_backslash_in_a_drawn_table_is_a_line_break_and_no_nought():
    rule = "+--------------------------------------" + "+-----" * 7 + "+"
    rows = [row for row in applications() if len(row) == 8]
    rows[1] = [rows[1][0], "1", "\\", "", "2", "\\", "", "3"]
    lines = [rule]
    for row in rows:
        lines += ["| " + " | ".join(row) + " |", "| " + " | ".join([""] * 8) + " |", rule]
    form = read_form(read_text("\n".join(lines)))
    key = next(k for k in ("new", "carried_in") if form.figures[f"applications.{k}.person"].value == 1)
    assert granted(form, key) == [1, None, None, 2, None, None, 3]


def test_a_number_with_its_full_stop_below_is_no_figure_of_the_row_above():
    rows = [row for row in applications() if len(row) == 8 and row[1] != "自然人"]
    cells = [cell for row in rows for cell in row]
    at = next(n for n, cell in enumerate(cells) if cell.startswith("2."))
    cells[at] = "\n".join(cells[at])
    cells[at - 7 : at] = ["", *(str(n) for n in range(1, 7))]
    form = read_form(read_text("三、收到和处理政府信息公开申请情况\n\n" + "\n\n".join(cells)))
    assert 2.0 not in granted(form, "denied.secret")[6:]


def test_the_rule_of_a_table_that_stood_in_a_cell_of_another_is_no_row_of_noughts():
    header = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"] * 3
    rule = ["---"] * 15
    row = [str(n) for n in range(1, 16)]
    rows = [*applications(), ["行政复议"], header, rule, row]
    line = " | ".join(cell for row in rows for cell in ["", *row, ""])
    read = read_form(read_text(f"三、收到和处理政府信息公开申请情况\n{line}"))
    litigation = [each.value for key, each in read.figures.items() if key.startswith("litigation")]
    assert litigation in ([float(n) for n in range(1, 16)], [None] * 15)
    assert granted(read, "new") == [10 + n for n in range(7)]


RESULTS = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
BROKEN_RESULTS = ["结果\n维持", "结果\n纠正", "其他\n结果", "尚未\n审结", "总\n计"]


def of_a_fine_grid(rows, columns, mark="\t"):
    """Lines in which each cell stands once for each of its columns."""
    return [mark.join(cell for cell in row for _ in range(columns)) for row in rows]


def disputes(results, figures):
    courts = [*["未经复议直接起诉"] * 5, *["复议后起诉"] * 5]
    return [["行政复议"] * 5 + ["行政诉讼"] * 10, [*results, *courts], results * 3, figures]


@pytest.mark.parametrize("mark", ["\t", " | "])
@pytest.mark.parametrize("results", [RESULTS, BROKEN_RESULTS])
@pytest.mark.parametrize("figures", [["0"] * 15, [str(40 + n) for n in range(15)], ["0"] * 4 + ["7"] + ["0"] * 10])
def test_disputes_of_a_fine_grid_are_read_once(mark, results, figures):
    rows = [row for row in applications() if len(row) == 8 and row[1] != "自然人"]
    lines = ["三、收到和处理政府信息公开申请情况", *of_a_fine_grid(rows, 2, mark)]
    lines += ["四、政府信息公开行政复议、行政诉讼情况", *of_a_fine_grid(disputes(results, figures), 3, mark)]
    form = parse_file("\n".join(lines).encode(), "a.txt").form
    found = [reading.value for key, reading in form.figures.items() if key.startswith("litigation.")]
    assert found == [float(figure) for figure in figures]


@pytest.mark.parametrize("odd", ["0", "0(件)"])
def test_noughts_of_a_fine_grid_are_not_lost_beside_its_disputes(odd):
    rows = [[row[0], "0", odd, *["0"] * 5] for row in applications() if len(row) == 8 and row[1] != "自然人"]
    lines = ["三、收到和处理政府信息公开申请情况", *of_a_fine_grid(rows, 2)]
    lines += ["四、政府信息公开行政复议、行政诉讼情况", *of_a_fine_grid(disputes(RESULTS, ["0"] * 15), 3)]
    form = parse_file("\n".join(lines).encode(), "a.txt").form
    assert [reading.value for reading in form.figures.values()].count(0.0) == 7 * len(rows) + 15


def drawn(rows, corners, level, upright):
    """Rules and rows of a table as programs draw it: above, between and below the rows."""
    count = max(map(len, rows))
    rows = [[*row, *[""] * (count - len(row))] for row in rows]
    widths = [max(2 * len(row[at]) for row in rows) for at in range(count)]
    rules = [
        left + middle.join(level * (width + 2) for width in widths) + right
        for left, middle, right in (corners[0:3], corners[3:6], corners[6:9])
    ]
    padded = [[f" {cell.ljust(width - len(cell))} " for cell, width in zip(row, widths, strict=True)] for row in rows]
    return rules, [f"{upright}{upright.join(row)}{upright}" for row in padded]


OF_THE_FORM = granted(read_form(whole()))


@pytest.mark.parametrize("ruled", [True, False])
def test_tables_in_double_frames_are_read(ruled):
    rules, lines = drawn(applications(), "╔╦╗╠╬╣╚╩╝", "═", "║")
    inner = [part for line in lines for part in ((line, rules[1]) if ruled else (line,))]
    assert (
        granted(read_form(read_text("\n".join([rules[0], *inner[: -1 if ruled else None], rules[2]])))) == OF_THE_FORM
    )


def test_the_rule_that_databases_print_below_a_header_parts_no_cells():
    rules, lines = drawn(applications(), "+++|+|+++", "-", "|")
    text = "\n".join([rules[0], lines[0], rules[1], *lines[1:], rules[2]])
    assert granted(read_form(read_text(text))) == OF_THE_FORM


def test_marks_in_front_of_the_cells_of_textile_are_no_text_of_them():
    header, *rows = applications()
    lines = ["|_. " + " |_. ".join(header) + " |", *("|<. " + " |>. ".join(row) + " |" for row in rows)]
    assert granted(read_form(read_text("\n".join(lines)))) == OF_THE_FORM


@pytest.mark.parametrize("mark", ["：", ":"])
def test_a_colon_between_a_label_and_its_figures_parts_them(mark):
    rows = [*publication(), *applications()]
    text = "\n".join(row[0] + (mark if len(row) > 1 else "") + " ".join(row[1:]) for row in rows)
    found = {key: reading.value for key, reading in read_form(read_text(text)).figures.items()}
    expected = {key: reading.value for key, reading in read_form(whole()).figures.items()}
    of_two = [key for key in found if not key.startswith("litigation")]
    assert [found[key] for key in of_two] == [expected[key] for key in of_two]


def test_rows_printed_as_lists_are_cells():
    tables = [publication(), applications(), litigation()]
    wide = [[[*row, *[""] * (max(map(len, rows)) - len(row))] for row in rows] for rows in tables]
    by_line = "\n".join(str([cell or None for cell in row]) for rows in wide for row in rows)
    at_once = "\n".join(map(str, wide))
    expected = {key: each.value for key, each in read_form(whole()).figures.items()}
    for text in (by_line, at_once):
        read = read_form(read_text(text)).figures
        assert {key: each.value for key, each in read.items()} == expected


def test_a_sentence_in_brackets_is_no_row():
    assert [block.text for block in read_text("['甲' 乙]\n[注]").blocks] == ["['甲' 乙]", "[注]"]


def test_blanks_of_labels_are_no_figures_in_a_table_that_lacks_a_column():
    """A rule underlines the heading above it, and merged cells left their blanks behind long labels only."""
    rows = [[row[0], *row[1:6], str(sum(map(int, row[1:6])))] for row in applications() if len(row) == 8]
    rows[0][1:1] = rows[1][1:1] = rows[-1][1:1] = ["", ""]
    rows[2][1:1] = rows[3][1:1] = rows[-2][1:1] = [""]
    header = [
        ["自然人", "法人或其他组织", "", "", "", "总计"],
        ["商业企业", "科研机构", "社会公益组织", "法律服务机构"],
    ]
    lines = ["| " + " | ".join(row) + " |" for row in [*header, *rows]]
    read = read_form(read_text("\n".join(["三、收到和处理政府信息公开申请情况", "-" * 17, "", *lines])))
    assert granted(read, "new") == granted(read, "total") == [None] * 7
    assert granted(read, "granted")[5] is granted(read, "denied.law")[5] is None


def screen(cell, width):
    """A cell as wide as that on the screen, where a Chinese character takes two columns."""
    return cell + " " * (width - sum(1 + (sign > "\u2e80") for sign in cell))


def dashed(rows, widths):
    """A table as Pandoc writes it in plain text, cells of several lines and empty lines between rows."""
    rule = "  " + " ".join("-" * width for width in widths)
    lines = ["", rule]
    for row in rows:
        parts = zip_longest(*(cell.split("\n") for cell in row), fillvalue="")
        lines += [*("  " + " ".join(map(screen, part, widths)).rstrip() for part in parts), ""]
    return "\n".join([*lines[:-1], rule, ""])


def once(labels):
    """The labels of merged cells in the first column that they cover."""
    return [label if labels.index(label) == at else "" for at, label in enumerate(labels)]


def test_dashes_above_and_below_a_grid_finer_than_the_form_tell_where_blank_cells_are():
    """Merged cells leave the columns that they cover empty."""
    figures = ["/", "0", "0.0", "０", "0", "0件", "0.0", "0", "０", "0", "", "无", "－", "0(件)", "0"]
    kinds, results, of_courts, _ = disputes([*RESULTS[:4], "总\n计"], figures)
    rows = [once(kinds), once(results), [*[""] * 5, *of_courts[5:]], figures]
    of_disputes = [[cell for label in row for cell in (label, "", "")] for row in rows]
    applicants = [row for row in applications() if len(row) == 8]
    applicants[1][1:] = ["", "2", "", "4", "", "", "6"]
    of_applicants = [[row[0], "", "", *(cell for each in row[1:] for cell in (each, ""))] for row in applicants]
    lines = [
        "三、收到和处理政府信息公开申请情况",
        dashed(of_applicants, [90, 2, 2, *[12, 2] * 7]),
        "四、政府信息公开行政复议、行政诉讼情况",
        dashed(of_disputes, ([10, 2, 2] * 4 + [4, 2, 2]) + ([18, 2, 2] + [10, 2, 2] * 3 + [4, 2, 2]) * 2),
        "五、存在的主要问题及改进情况",
    ]
    found = read_form(read_text("\n".join(lines)))
    assert granted(found, "carried_in") == [None, 2, None, 4, None, None, 6]
    read = [reading.value for key, reading in found.figures.items() if key.startswith("litigation")]
    assert read == [None if figure == "" else 0.0 for figure in figures]
