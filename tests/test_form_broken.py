"""Figures too long for their column in text taken out of PDF files, and figures out of order: put right, or null."""

import pytest

from loaders.document import Cell, Place, Table
from loaders.form.reading import read_form
from loaders.reading.text.plain import read_text
from tests.form_documents import APPLICANTS, applications, count, document, whole
from tests.test_form_damage import RESULTS, granted
from tests.test_form_reading import read_lawsuits

PARTS = ["34713", "28387", "25631", "37816", "36252", "33242"]
WHOLE = [float(part) for part in PARTS]


def text_with_first_row(*lines):
    """The applications table as lines, with other lines in place of its row of new applications."""
    rows = [" ".join(filter(None, row)) for row in applications()]
    at = next(number for number, row in enumerate(rows) if row.startswith("一、本年新收"))
    return "\n".join([*rows[:at], *lines, *rows[at + 1 :]])


def first_row(text):
    return granted(read_form(read_text(text)), "new")


@pytest.mark.parametrize("below", ["请数量 1", f"请数量{' ' * 40}1"])
def test_the_last_digits_of_a_broken_figure_join_it_where_the_row_then_adds_up(below):
    line = f"一、本年新收政府信息公开申 {' '.join(PARTS)} 19604"
    assert first_row(text_with_first_row(line, below)) == [*WHOLE, 196041.0]


def test_last_digits_alone_on_a_line_join_the_total_above():
    rows = ["      ".join(row) for row in applications() if len(row) > 2]
    at = next(number for number, row in enumerate(rows) if row.startswith("（七）总计"))
    rows[at : at + 1] = ["      ".join(["（七）总计", *PARTS, "19604"]), f"{' ' * 60}1"]
    assert granted(read_form(read_text("\n".join(rows))), "total") == [*WHOLE, 196041.0]


@pytest.mark.parametrize(("number", "total"), [("1", 196041.0), ("2", 19604.0)])
def test_digits_in_front_of_the_next_label_end_the_figure_with_which_the_row_adds_up_else_they_number_it(number, total):
    line = f"一、本年新收政府信息公开申请数量 {' '.join(PARTS)} 19604"
    assert first_row(text_with_first_row(line, f"{number} 二、上年结转")) == [*WHOLE, total]


def test_sixteen_figures_of_disputes_are_fifteen_where_joining_two_of_them_makes_all_groups_add_up():
    groups = ["3418 3964 3510 709 1160 1", "1966 843 2184 3123 8116", "3982 2347 998 2431 9758"]
    whole = [3418, 3964, 3510, 709, 11601, 1966, 843, 2184, 3123, 8116, 3982, 2347, 998, 2431, 9758]
    header = "\n".join(RESULTS)
    assert read_lawsuits(f"{header}\n{' '.join(groups)}") == whole
    assert read_lawsuits(f"{header}\n{' '.join(groups).replace('9758', '9757')}") == [None] * 15


def test_other_handling_with_figures_of_its_own_is_the_older_form_be_its_label_on_two_lines():
    rows = [" ".join(row) for row in applications("2019")]
    text = "\n".join(rows).replace("（六）其他处理", "（六）其他处\n理")
    assert read_form(read_text(text)).edition == "2019"


@pytest.mark.parametrize(("rest", "total"), [("1", 196041.0), ("7", None)])
def test_eight_figures_are_seven_where_joining_two_of_them_makes_the_row_add_up(rest, total):
    rows = ["一、本年新收政府信息公开申请数量", *PARTS, "19604", rest]
    assert first_row(text_with_first_row("\n".join(rows))) == ([*WHOLE, total] if total else [None] * 7)


def test_eight_figures_that_add_up_without_one_of_them_and_with_two_of_them_joined_are_none():
    row = ["一、本年新收政府信息公开申请数量", "66", "0", "0", "0", "0", "0", "6", "6"]
    assert first_row(text_with_first_row("\n".join(row))) == [None] * 7


def test_without_one_answer_the_figures_that_may_be_broken_are_dropped():
    line = f"一、本年新收政府信息公开申 {' '.join(PARTS)} 19604"
    assert first_row(text_with_first_row(line, "请数量 7")) == [None] * 7


def test_figures_above_digits_are_dropped_where_another_figure_of_the_row_lost_the_end_of_its_unit():
    rows = ["      ".join(row) for row in applications() if len(row) > 2]
    at = next(number for number, row in enumerate(rows) if row.startswith("（七）总计"))
    cut = "      ".join(["（七）总计", "3764（件", "149", *PARTS[2:], "12492"])
    rows[at : at + 1] = [cut, f"{' ' * 16}）         7"]
    assert granted(read_form(read_text("\n".join(rows))), "total") == [None] * 7


def test_a_row_whose_figures_are_all_cut_has_none():
    """Each has its last digit behind it on a line of its own."""
    lines = ["（七）总计", "153", "0", "130", "0", "202", "3", "100", "7", "210", "9", "245", "8", "104", "27"]
    rows = [cell for row in applications() for cell in row]
    at = rows.index("（七）总计")
    rows[at : at + 8] = lines
    assert granted(read_form(read_text("\n".join(rows))), "total") == [None] * 7


def test_a_row_that_adds_up_keeps_its_figures_whatever_stands_below():
    line = "一、本年新收政府信息公开申 1000 0 0 0 0 234 1234"
    assert first_row(text_with_first_row(line, "请数量 1")) == [1000.0, 0.0, 0.0, 0.0, 0.0, 234.0, 1234.0]


def test_a_wrong_sum_stays_as_written():
    line = f"一、本年新收政府信息公开申请数量 {' '.join(PARTS)} 19604"
    assert first_row(text_with_first_row(line)) == [*WHOLE, 19604.0]


def test_a_row_with_two_figures_in_one_is_dropped():
    line = "一、本年新收政府信息公开申请数量 34713 28387 25631 37816 3625233242 19604"
    assert first_row(text_with_first_row(line)) == [None] * 7


def test_the_last_column_of_the_header_is_not_the_row_of_that_name():
    header = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"]
    lines = "\n".join(cell for row in applications() for cell in row if cell)
    text = "\n".join(["三、收到和处理政府信息公开申请情况", *header, *["9"] * 7, lines])
    assert granted(read_form(read_text(text)), "misc.other") != [9.0] * 7


@pytest.mark.parametrize(("total", "read"), [("3", [1.0, 2.0, 0.0, 0.0, 3.0]), ("9", [None] * 5)])
def test_figures_far_from_their_header_are_litigation_where_they_add_up(total, read):
    figures = ["1", "2", "0", "0", total, "4", "0", "0", "1", "5" if read[0] else "7", "0", "0", "0", "0", "0"]
    sentence = "存在的问题：公开内容不够全面，解读不够及时。" * 4  # what stands above it has no say in what follows
    table = [cell for row in applications() for cell in row if cell]
    form = read_form(read_text("\n".join([*table, *RESULTS, sentence, *figures])))
    assert [each.value for key, each in form.figures.items() if key.startswith("litigation.review")] == read


def test_a_report_on_one_line_is_read_like_one_on_many():
    rows = [cell for row in applications() for cell in row if cell]
    lines = "\n".join(
        ["三、收到和处理政府信息公开申请情况", *rows, "五、存在的主要问题及改进情况", "公开内容不够全面。"]
    )
    many, one = read_text(lines), read_text(" ".join(lines.split()))
    assert [block.text for block in one.blocks] == [block.text for block in many.blocks]
    last = one.blocks[-1].place
    assert last.line == 1 and last.character == len(" ".join(lines.split())) - len("公开内容不够全面。") + 1
    figures = [read_form(document).figures for document in (one, many)]
    assert [each.value for each in figures[0].values()] == [each.value for each in figures[1].values()]


def test_commas_of_thousands_part_no_cells():
    figures = {
        key: ["1,234", "2,001", "3,150", "1,002", "4,444", "5,169", "17,000"] for key in ("new", "granted", "total")
    }
    rows = ["   ".join(row) for row in applications(figures=figures) if len(row) > 2]
    form = read_form(read_text("\n".join(rows * 4)))
    assert granted(form, "new") == [1234.0, 2001.0, 3150.0, 1002.0, 4444.0, 5169.0, 17000.0]


def test_rows_with_fewer_cells_for_their_labels_keep_blanks_in_place():
    """Markdown of a table with merged labels: three cells for the label, two, or one, and seven for the figures."""
    cells = [
        ["一、本年新收政府信息公开申请数量", "", "", "20", "15", "15", "9", "12", "5", "76"],
        ["二、上年结转政府信息公开申请数量", "", "", "1", "1", "1", "1", "1", "1", "6"],
        ["三、本年度办理结果", "（一）予以公开", "", "1", "", "6", "", "2", "", "9"],
        ["（二）部分公开（区分处理的，只计这一情形，不计其他情形）", "", "1", "2", "3", "4", "5", "6", "21"],
        ["（三）不予公开", "1.属于国家秘密", "2", "2", "2", "2", "2", "2", "12"],
        ["2.其他法律行政法规禁止公开", "", "2", "", "", "", "", "2"],
        ["3.危及“三安全一稳定”", "1", "", "", "", "", "", "1"],
    ]
    form = read_form(read_text("\n".join(f"| {' | '.join(row)} |" for row in cells)))
    assert granted(form) == [1.0, None, 6.0, None, 2.0, None, 9.0]
    assert granted(form, "denied.law") == [None, 2.0, None, None, None, None, 2.0]


def test_labels_written_once_for_each_cell_they_cover_stay_apart_from_the_blank_row_above():
    """A program that writes merged cells once a column, with a row of blanks before one with figures."""
    rows = {row[0]: row[1:] for row in applications() if len(row) > 2}
    lines = [f"{label} {' '.join(figures)}" for label, figures in rows.items()]
    blank = "二、上年结转政府信息公开申请数量"
    lines[1:3] = [
        f"{blank} {blank} {blank}       ",
        f"三、本年度办理结果 {'（一）予以公开 ' * 2}{' '.join(rows['（一）予以公开'])}",
    ]
    form = read_form(read_text("\n".join(lines)))
    assert granted(form, "carried_in") == [None] * 7
    assert granted(form) == [float(figure) for figure in rows["（一）予以公开"]]


STACKED = ["3.其他", "（七）总计", "四、结转下年度继续办理"]


def stacked(labels, figures):
    """The table with one cell a line, its last rows read by columns: all labels, then all figures."""
    rows = [row for row in applications() if len(row) > 2]
    lines = [cell for row in rows if row[0] not in STACKED for cell in row]
    return read_form(read_text("\n".join([*lines, *labels, *" ".join(figures).split()])))


FIGURES = ["1  2  3  4  5  6  21", "9  8  7  6  5  4  39", "1  1  1  1  1  1  6"]


def test_labels_that_stand_together_before_their_rows_go_to_them_in_order():
    form = stacked(STACKED, FIGURES)
    assert [granted(form, row)[-1] for row in ("misc.other", "total", "carried_out")] == [21.0, 39.0, 6.0]


@pytest.mark.parametrize(("labels", "figures"), [(STACKED[::-1], FIGURES), (STACKED, FIGURES[:2])])
def test_no_label_is_believed_where_they_stand_in_another_order_or_are_not_as_many(labels, figures):
    form = stacked(labels, figures)
    assert [granted(form, row) for row in ("misc.other", "total", "carried_out")] == [[None] * 7] * 3


@pytest.mark.parametrize("noun", ["数量", "数"])
def test_a_merged_column_written_twice_is_known_by_its_header_however_its_noun_is_written(noun):
    rows = [
        ["信息内容", f"上一年项目{noun}", "本年增/减", f"处理决定{noun}", f"处理决定{noun}"],
        ["行政许可", "3", "-1", "14", "14"],
        [
            "信息内容",
            f"采购项目{noun}",
            "采购总金额（单位：万元）",
            "采购总金额（单位：万元）",
            "采购总金额（单位：万元）",
        ],
        ["政府集中采购", "43", "19.5", "19.5", "19.5"],
    ]
    rows += [row for row in applications("2019") if len(row) > 2]
    form = read_form(read_text("\n".join(f"| {' | '.join(row)} |" for row in rows)))
    found = [form.figures[f"publication.procurement.{column}"].value for column in ("projects", "amount")]
    assert form.edition == "2019" and found == [43.0, 19.5]


@pytest.mark.parametrize("leading", [True, False])
def test_figures_that_stand_before_their_labels_are_not_those_of_the_label_before(leading):
    """As programs leave them that take a page out of a PDF file by columns."""
    lines = []
    for number, label in enumerate(
        ["一、本年新收政府信息公开申请数量", "二、上年结转政府信息公开申请数量", "（一）予以公开"]
    ):
        figures = f"{number + 1} 0 0 0 0 0 {number + 1}"
        lines += [figures, label] if leading else [label, figures]
    read = read_form(read_text("\n".join(["自然人", "商业企业", "科研机构", "总计", *lines, "四、结转下年度继续办理"])))
    assert granted(read, "carried_in")[0] == (None if leading else 2.0)
    assert granted(read, "new")[0] == (None if leading else 1.0)


LITIGATION = ["2341", "108", "3350", "2200", "7999", "3960", "3277", "2732", "3991", "1396", "1592", "2314", "1572"]
LITIGATION += ["1837", "7315"]


def direct(*lines):
    """The second group of litigation, whose total is 13960, after these lines."""
    text = "\n".join([*(" ".join(row) for row in applications()), " ".join(RESULTS * 3), *lines])
    return [each.value for key, each in read_form(read_text(text)).figures.items() if key.startswith("litigation.d")]


@pytest.mark.parametrize("below", ["0", "(件) 0", f"{' ' * 46}0", "（件）         0     (件)"])
def test_the_last_digit_of_a_total_of_litigation_joins_it_where_all_groups_then_add_up(below):
    assert direct(" ".join(LITIGATION), below) == [3960.0, 3277.0, 2732.0, 3991.0, 13960.0]


def test_litigation_that_adds_up_in_no_way_is_null():
    assert direct(" ".join(LITIGATION), "7") == [None] * 5


@pytest.mark.parametrize("below", ["(件) 1", "（件）      1      件", "请数量 1（件）"])
def test_units_below_a_row_are_no_digits(below):
    line = f"一、本年新收政府信息公开申 {' '.join(PARTS)} 19604"
    assert first_row(text_with_first_row(line, below)) == [*WHOLE, 196041.0]


def test_a_figure_that_ends_with_a_comma_goes_on_below():
    line = f"一、本年新收政府信息公开申请数量 {' '.join(PARTS)} １９６，"
    assert first_row(text_with_first_row(line, "０４１")) == [*WHOLE, 196041.0]


def test_a_figure_that_ends_with_a_comma_is_null_and_its_neighbours_stay_where_they_are():
    line = f"一、本年新收政府信息公开申请数量 {' '.join(PARTS)} １９６，"
    assert first_row(text_with_first_row(line)) == [*WHOLE, None]
    line = "一、本年新收政府信息公开申请数量 1 2 ３，５ 4 5 6 7"
    assert first_row(text_with_first_row(line, "２０")) == [1.0, 2.0, None, 4.0, 5.0, 6.0, 7.0]


STACK = ["6.属于四类过程性信息", "7.属于行政执法案卷", "8.属于行政查询事项"]


@pytest.mark.parametrize(
    ("figures", "read"),
    [
        ("5 4 0 0 0 0 9  7 1 0 0 0 0 8  2 3 0 0 0 0 5", [7.0, 1.0, 0.0, 0.0, 0.0, 0.0, 8.0]),
        ("5 7 2  4 1 3  0 0 0  0 0 0  0 0 0  0 0 0  9 8 5", [None] * 7),
    ],
    ids=["by row", "by column"],
)
def test_figures_below_three_labels_are_those_of_rows_only_if_these_add_up(figures, read):
    rows = [[cell for cell in row if cell] for row in applications()]
    at = next(n for n, row in enumerate(rows) if row[0] == STACK[0])
    rows[at : at + 3] = [[*STACK, *figures.split()]]
    form = read_form(read_text("\n".join(cell for row in rows for cell in row)))
    assert granted(form, "denied.case_file") == read


def test_a_figure_in_the_line_of_its_label_is_no_page_number_though_the_next_row_adds_up_without_it():
    rows = [" ".join(row) for row in applications()]
    at = next(n for n, row in enumerate(rows) if row.startswith("5.属于三类"))
    rows[at : at + 2] = [
        "5.属于三类内部事务信息 1363",
        *["2503", "2729", "705", "155", "889", "2217", "9198"],
        "6.属于四类过程性信息",
    ]
    assert granted(read_form(read_text("\n".join(rows))), "denied.internal") == [None] * 7


def test_a_table_that_stands_twice_with_its_labels_above_their_figures_is_read():
    """Its second first row has whole rows in front of it, which are no figures of a label below them."""
    lines = "\n".join(line for row in applications() for line in (row[0], " ".join(row[1:])))
    form = read_form(read_text(f"{lines}\n{lines}"))
    assert granted(form, "denied.safety") == [count("applications", 6, column) for column in range(7)]


RUN_ON = "复议后起诉 |结果维持 |结果纠正 |\n结 |总计 |结果维持 |结果纠正 |其他结果 |尚未审结 |总计 | |46 |33 |45 |45"


@pytest.mark.parametrize("row", [RUN_ON, "\t0\t714\t95\t1542"], ids=["behind the header's end", "without a header"])
def test_five_cells_of_litigation_that_no_group_names_are_null(row):
    heading = "四、政府信息公开行政复议、行政诉讼情况"
    lines = [*("\t".join(each) for each in applications()), heading, row, "五、存在的主要问题及改进情况"]
    form = read_form(read_text("\n".join(lines)))
    assert {form.figures[key].value for key in form.figures if key.startswith("litigation.")} == {None}


REVIEW, DIRECT, AFTER = slice(5), slice(5, 10), slice(10, 15)


@pytest.mark.parametrize(
    ("lines", "lost"),
    [
        ("1 2 0 0 3 6 34 95 13 5 0 8 0 51 59", [DIRECT]),  # 135, and one is blank
        ("1 2 0 0 3 6 34 95 13\n5\n0 8 0 51 59", [REVIEW, DIRECT, AFTER]),
        ("1 2 0 0 3 6 34 95 1 136 0 8 0 51 5", [slice(14, 15)]),  # of 59
        ("1 2 0 0 3 6 34 95 1 136 0 8 0 51 60", []),
    ],
)
def test_figures_of_lawsuits_that_a_line_end_may_have_cut_are_null(lines, lost):
    expected = [None if value is None else float(value) for value in lines.split()]
    for part in lost:
        expected[part] = [None] * len(expected[part])
    assert read_lawsuits(lines) == expected


def in_columns(label, *figures):
    """A line as `pdftotext -layout` writes it."""
    width = sum(2 if sign > "\u1100" else 1 for sign in label)
    return label + " " * (96 - width) + "".join(f"{figure:>10}" for figure in figures)


def test_the_end_of_a_figure_beside_a_part_of_its_label_is_no_figure_where_the_beginning_stands_above():
    rows = [in_columns(*row) for row in applications() if len(row) > 2]
    at = next(number for number, row in enumerate(rows) if row.startswith("3.要求"))
    cut = in_columns("3、要求", "1604", "403", "2627", "740", "1，61", "230", "7217")
    rows[at : at + 1] = [cut, in_columns("提供公开", "", "", "", "", "3", "", ""), "出版物"]
    assert granted(read_form(read_text("\n".join(rows))), "rejected.publication")[4] is None


def test_ends_of_figures_of_litigation_may_be_several_words_below():
    figures = ["2", "0", "0", "1", "3", "0", "0", "0", "0", "0", "684", "1206", "21", "212", "4220"]
    rows = ["  ".join(row) for row in applications()]
    rows += [
        "四、政府信息公开行政复议、行政诉讼情况",
        "结果维持 结果纠正 其他结果 尚未审结 总计 " * 3,
        "   ".join(figures),
    ]
    rows += ["(件)      件     .0      (件) 18     .0", "五、存在的主要问题及改进情况"]
    read = read_form(read_text("\n".join(rows))).figures
    assert read["litigation.after_review.other"].value in (None, 2118)


@pytest.mark.parametrize(
    ("total", "first"), [("6181", [1125, 840, 1026, 1014, 1051, 1125, 6181]), ("6182", [None] * 7)]
)
def test_a_figure_left_over_below_a_row_shows_that_one_of_the_row_was_broken(total, first):
    lines = ["一、本年新收政府信息公开申请数量 １１２", "５", "840", "(件)", "1026 1014 1051 1125", "(件)", total]
    assert first_row(text_with_first_row(*lines)) == first


def test_a_figure_without_label_is_not_that_of_the_only_row_left():
    text = "\t现行有效件数\n\t规章\n\t4\n\n\t行政许可\n\t3\n\n\t行政强制\n\t4\n\n\t4"
    assert read_form(read_text(text)).figures["publication.fees.amount"].value is None


def test_a_figure_broken_for_its_unit_is_whole_though_others_of_its_column_have_as_many_digits():
    rows = applications()
    rows[2][1:] = ["4", "1\n3（件）", "0", "0", "1", "0", "18"]
    assert granted(read_form(whole(apps=rows)), "new") == [4, 13, 0, 0, 1, 0, 18]


def test_figures_of_litigation_above_and_below_the_others_are_joined_where_their_group_adds_up():
    """`pdftotext -layout` writes so where a figure of two lines stands in the middle of its cell."""
    groups = [["4990", "0", "1", "0", "4991"], ["1", "0", "6564", "70", "6635"], ["0", "21", "0", "0", "2104"]]
    above, middle, below = [""] * 15, [figure for group in groups for figure in group], [""] * 15
    for at, (first, second) in {7: ("65", "64"), 14: ("21", "04")}.items():
        above[at], middle[at], below[at] = first, "", second
    lines = ["".join(text.ljust(12) for text in row).rstrip() for row in (above, middle, below)]
    header = ["".join(text.ljust(12 - len(text)) for text in RESULTS * 3)]
    rows = ["\t".join(row) for row in applications()]
    form = read_form(read_text("\n".join([*rows, "四、政府信息公开行政复议、行政诉讼情况", *header, *lines])))
    names = ("upheld", "corrected", "other", "pending", "total")
    assert [form.figures[f"litigation.direct.{name}"].value for name in names] == [1, 0, 6564, 70, 6635]
    assert [form.figures[f"litigation.after_review.{name}"].value for name in names] == [0, 21, 0, 0, None]


@pytest.mark.parametrize(("total", "expected"), [("48", [12, 0, 5, 31, 0, 0, 48]), ("49", [12, 0, 5, None, 0, 0, 49])])
@pytest.mark.parametrize("end", ["1", "1（件）"])
def test_the_end_of_a_figure_below_it_in_its_column_joins_it_where_the_row_then_adds_up(total, expected, end):
    """As browsers of text break figures that are too wide for their column, in a table whose columns are exact."""
    rows = [["", *APPLICANTS], *(row for row in applications() if len(row) == 8)]
    rows[1][1:] = ["12", "0", "5", "3", "0", "0", total]
    rows[2:2] = [["", "", "", "", end, "", "", ""]]
    cells = [
        Cell(text, n, column, place=Place(line=n + 1, character=10 * column + 1))
        for n, row in enumerate(rows)
        for column, text in enumerate(row)
    ]
    assert granted(read_form(document("三、收到和处理政府信息公开申请情况", Table(cells))), "new") == expected


def test_ends_of_figures_of_litigation_stand_below_them():
    figures, below = ["1", "2", "3", "1", "3", *["0"] * 10], ["", "", "0", "", "4", *[""] * 10]
    lines = ["".join(text.ljust(12) for text in row).rstrip() for row in (figures, below)]
    header = "".join(text.ljust(12 - len(text)) for text in RESULTS * 3)
    rows = ["\t".join(row) for row in applications()]
    form = read_form(read_text("\n".join([*rows, "四、政府信息公开行政复议、行政诉讼情况", header, *lines])))
    assert [form.figures[f"litigation.review.{name}"].value for name in ("corrected", "other", "total")] == [2, 30, 34]


def test_the_number_of_a_row_is_no_figure_where_the_row_adds_up_without_it_only():
    line = "一、本年新收政府信息公开申请数量 1 10 2 3 0 0 15"
    assert first_row(text_with_first_row(line)) == [None, 10, 2, 3, 0, 0, 15]
