"""What stands beside the form: columns that somebody added, and litigation written downwards."""

import pytest

from loaders.document import Table
from loaders.form.reading import read_form
from loaders.parsing import parse_file
from tests.form_documents import APPLICANTS, applications, document, publication, table

RESULTS = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")


def page(*tables: str) -> bytes:
    return f"<h1>甲县水利局2023年政府信息公开工作年度报告</h1>{''.join(tables)}".encode()


def rows(table: list[list[str]]) -> str:
    return "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in table)


def figures(data: bytes, name: str = "a.html") -> dict[str, float | None]:
    return {key: each.value for key, each in parse_file(data, name).form.figures.items()}


def with_column(word: str, *, blank: int, labels: tuple[str, ...] = APPLICANTS) -> bytes:
    """The applications with other figures behind the total; each row has a blank, that of 予以公开 at `blank`."""
    _, _, *body = applications()
    header = f"<tr><td>（勾稽关系）</td><td colspan=7>申请人情况</td><td rowspan=2>{word}</td></tr>"
    body = [[*row, str(900 + number)] for number, row in enumerate(body)]
    for number, row in enumerate(body):
        row[1 + (blank + number - 2) % 7] = ""
    return page(f"<table>{header}{rows([['', *labels], *body])}</table>")


@pytest.mark.parametrize("word", ["上年总计", "同比增减", "备注"])
@pytest.mark.parametrize("blank", [0, 3, 6])
def test_a_column_whose_header_begins_above_the_applicants_fills_no_blank(word, blank):
    read = figures(with_column(word, blank=blank))
    granted = [read[f"applications.granted.{key}"] for key in ("person", "business", "research", "nonprofit", "total")]
    assert granted == [None if n == blank else 30 + n for n in (0, 1, 2, 3, 6)]


def test_neither_does_one_beside_a_header_that_lacks_a_label():
    read = figures(with_column("上年总计", blank=6, labels=("自然人", "企业", *APPLICANTS[2:])))
    assert [read[f"applications.granted.{key}"] for key in ("person", "total")] == [30, None]


def test_a_figure_beside_the_form_is_not_the_total_of_a_row_with_a_blank():
    """Without a header only that other rows have a figure too many tells of the column."""
    _, _, *body = applications()
    body = [[*row, str(900 + number)] for number, row in enumerate(body)]
    body[2][7] = ""
    text = "三、收到和处理政府信息公开申请情况\n" + "\n".join("\t".join(row) for row in body)
    read = figures(text.encode(), "a.txt")
    assert [read[f"applications.granted.{key}"] for key in ("person", "other", "total")] == [None] * 3


def test_neither_is_the_figure_behind_a_sum():
    """Blanks were lost when the text was saved: six figures of the form and one beside it."""
    _, _, *body = applications()
    body = [[row[0], "1", "1", "1", "1", "1", "1", "6"] for row in body]
    body[0][1:] = ["90", "25", "37", "3", "1", "156", "136"]
    text = "三、收到和处理政府信息公开申请情况\n" + "\n".join("  ".join(row) for row in body)
    read = figures(text.encode(), "a.txt")
    assert [read[f"applications.{row}.total"] for row in ("new", "carried_in")] == [None, 6]


@pytest.mark.parametrize("unit", ["", "（万元）", "(单位：万元)"])
def test_a_column_beside_fees_is_none_of_them(unit):
    table = [["第二十条第（六）项"], ["信息内容", "本年处理决定数量", "上年数"], ["行政处罚", "3", "4"]]
    table += [["第二十条第（八）项"], ["信息内容", f"本年收费金额{unit}", "上年数"], ["行政事业性收费", "", "174"]]
    read = figures(page("<p>二、主动公开政府信息情况</p><table>", rows(table), "</table>"))
    assert [read["publication.penalty.decisions"], read["publication.fees.amount"]] == [3, None]


def downwards(blank: set[int]) -> str:
    values = [str(10 + n) if n not in blank else "" for n in range(15)]
    named = {
        0: "<td rowspan=5 colspan=2>行政复议</td>",
        5: "<td rowspan=10>行政诉讼</td><td rowspan=5>未经复议直接起诉</td>",
    }
    named[10] = "<td rowspan=5>复议后起诉</td>"
    cells = (f"{named.get(n, '')}<td>{RESULTS[n % 5]}</td><td>{value}</td>" for n, value in enumerate(values))
    return "<p>四、政府信息公开行政复议、行政诉讼情况</p><table><tr>" + "</tr><tr>".join(cells) + "</tr></table>"


@pytest.mark.parametrize("blank", [set(), {3}, {0, 4, 7, 14}, set(range(5))])
def test_litigation_downwards_keeps_its_blanks(blank):
    read = [value for key, value in figures(page(downwards(blank))).items() if key.startswith("litigation")]
    assert read == [None if n in blank else 10 + n for n in range(15)]


def test_a_group_without_a_name_is_none_of_the_others():
    data = page(downwards({0, 1, 2}).replace("未经复议直接起诉", ""))
    assert all(value is None for key, value in figures(data).items() if key.startswith("litigation"))


def test_figures_that_cannot_be_placed_do_not_tell_of_two_reports():
    report = parse_file(page(downwards({0, 1, 2}).replace("未经复议直接起诉", "")), "a.html")
    assert not any("不止一份报告" in warning for warning in report.warnings)


def test_figures_below_the_labels_of_the_header_are_the_forms_though_they_do_not_add_up():
    """Merged cells became empty ones, so that as many cells stand between two figures as if some were blank."""
    _, _, *body = applications()
    spread = [["", *(word for label in APPLICANTS for word in (label, ""))]]
    spread += [[row[0], *(word for figure in row[1:] for word in (figure, ""))] for row in body]
    spread[3][1] = "7"
    read = figures(page(f"<table>{rows(spread)}</table>"))
    assert [read[f"applications.granted.{key}"] for key in ("person", "business", "total")] == [7, 31, 36]


REMARKS = [
    (
        "规章（设区的市人民政府填写）",
        "规范性文件（含以办公室名义印发、题为“规定”“办法”“细则”的公文，一般都算规范性文件）",
    ),
    ("规章(请填写)", "规范性文件"),
    ("规章", "规范性文件 （不含转发的文件）"),
]


@pytest.mark.parametrize(("rules", "normative"), REMARKS)
def test_a_remark_in_brackets_behind_a_label_names_no_other_row(rules, normative):
    other = "其他主动公开文件（除规范性文件以外，以本单位或者办公室名义签发并在平台公开的全部文件的数量，不重复计算）"
    services = "其他对外管理服务事项（行政许可以外的事项，含行政确认、行政奖励、行政处罚、行政强制、行政检查和其他）"
    rows = [
        ["信息内容", "本年新制作数量", "本年新公开数量", "对外公开总数量"],
        [rules, "0", "0", "0"],
        [normative, "3", "2", "17"],
        [other, "180", "80", "250"],
        ["信息内容", "上一年项目数量", "本年增/减", "处理决定数量"],
        ["行政许可", "8", "5", "93"],
        [services, "117", "1", "165"],
        ["行政处罚", "90", "0", "22"],
        ["行政强制", "4", "4", "-"],
    ]
    figures = read_form(document(table(rows))).figures
    read = {key: [figures[f"publication.{key}"].value for key in keys] for key, keys in _OF_2019.items()}
    assert read == {
        "rules": [0, 0, 0],
        "normative": [3, 2, 17],
        "licensing": [8, 5, 93],
        "services": [117, 1, 165],
        "penalty": [90, 0, 22],
        "coercion": [4, 4, 0],
    }


_OF_2019 = {
    **{row: (f"{row}.made", f"{row}.disclosed", f"{row}.total_disclosed") for row in ("rules", "normative")},
    **{
        row: (f"{row}.items_last_year", f"{row}.change", f"{row}.decisions")
        for row in ("licensing", "services", "penalty", "coercion")
    },
}


def test_the_letter_over_a_column_of_a_printed_worksheet_is_no_word_beside_the_form():
    """Empty cells shifted some rows into a column more, over which the worksheet's letter stands as over the others."""
    _, _, *body = applications()
    shifted = [[*row, ""] if number % 5 else [row[0], "", *row[1:]] for number, row in enumerate(body)]
    letters = [chr(ord("A") + n) for n in range(9)]
    header = [letters, ["", *APPLICANTS, ""]]
    read = figures(page(f"<table>{rows([*header, *shifted])}</table>"))
    assert [read[f"applications.new.{key}"] for key in ("person", "business", "total")] == [10, 11, 16]


def of_two_years(blank: bool) -> list[list[str]]:
    """A row of the form each: its label, and this year's figure and last year's for each applicant."""
    body = [[label, *figures] for label, *figures in applications()[2:]]
    last = [str(600 + n) for n in range(7)]
    rows = [[label, *(cell for pair in zip(figures, last, strict=True) for cell in pair)] for label, *figures in body]
    if blank:
        rows[2][1::2] = [""] * 7
    return rows


def test_last_years_figures_are_not_those_of_a_row_whose_own_are_blank():
    """Each label of the header reaches over two columns."""
    labels = "".join(f"<td colspan=2>{label}</td>" for label in APPLICANTS)
    header = f"<tr><td></td>{labels}</tr>" + rows([["", *["本年", "上年"] * 7]])
    read = figures(page(f"<table>{header}{rows(of_two_years(blank=True))}</table>"))
    values = [value for key, value in read.items() if key.startswith("applications")]
    assert [value for value in values[14:21] if value is not None] == []
    assert all(value is None or value < 600 for value in values)


def test_lines_with_two_figures_for_each_column_are_not_two_rows_each():
    """There are more of them than the form has pairs of rows."""
    figures_of_two_years = "1090 16 1025 53 924 47 804 8 1097 17 907 3 5847 4"
    others = [f"其中网上申请{'甲乙丙丁戊己庚辛壬癸子丑'[n]} {figures_of_two_years}" for n in range(12)]
    lines = [*others, f"（七）总计 {figures_of_two_years}", "未经复议直接起诉 复议后起诉"]
    read = figures("\n".join(["甲县水利局2023年政府信息公开工作年度报告", *lines]).encode(), "a.txt")
    assert not [key for key, value in read.items() if value is not None and key.startswith("applications")]


def test_a_share_behind_the_total_is_no_cell_of_the_form():
    """With a blank in front of it, a line has as many cells as the form, but not its own."""
    row = ["2.重复申请", "163", "123", "88", "17", "151", "542", "29%"]
    lines = ["   ".join(row), "   ".join(RESULTS * 3)]
    read = figures("\n".join(["甲县水利局2023年政府信息公开工作年度报告", *lines]).encode(), "a.txt")
    assert [read[f"applications.rejected.repeat.{key}"] for key in ("person", "business", "total")] == [None] * 3


@pytest.mark.parametrize(("this", "last"), [("2023年", "2022年"), ("本年", "上年")])
@pytest.mark.parametrize("own", [list(range(15)), [""] * 15, [7, *[""] * 14]], ids=["whole", "blank", "nearly blank"])
@pytest.mark.parametrize("downwards", [True, False], ids=["this year first", "last year first"])
def test_a_row_of_last_years_disputes_fills_no_blank_of_this_years(this, last, own, downwards):
    header = "<tr><td rowspan=3>年度</td><td colspan=5 rowspan=2>行政复议</td><td colspan=10>行政诉讼</td></tr>"
    header += "<tr><td colspan=5>未经复议直接起诉</td><td colspan=5>复议后起诉</td></tr>" + rows([[*RESULTS * 3]])
    body = [[this, *map(str, own)], [last, *(str(600 + n) for n in range(15))]]
    read = figures(page(f"<table>{header}{rows(body if downwards else body[::-1])}</table>"))
    found = [value for key, value in read.items() if key.startswith("litigation")]
    assert found == [None if cell == "" else cell for cell in own]


def test_a_row_that_begins_with_a_blank_and_ends_beyond_its_header_is_shifted():
    _, _, *body = applications()
    body = [["", *APPLICANTS, ""], *([*row, ""] for row in body)]
    body[3] = [body[3][0], "", "3", "0", "0（其中网络0）", "0", "0", "0", "3（其中网络1）"]
    read = figures(page(f"<table>{rows(body)}</table>"))
    assert {read[f"applications.granted.{key}"] for key in ("person", "business", "total")} == {None}
    assert read["applications.partial.total"] == 46


def test_a_row_that_lost_a_cell_in_front_of_its_note_is_not_read():
    _, _, *body = applications()
    body = [[*row, "见说明" if number % 2 else ""] for number, row in enumerate(body)]
    body[5] = ["（三）不予公开", *body[5]]
    del body[3][2]
    read = figures(page(f"<table>{rows([['', *APPLICANTS, '备注'], *body])}</table>"))
    assert read["applications.partial.business"] is None
    assert read["applications.partial.total"] is None


def test_a_row_of_litigation_that_lost_its_label_is_not_that_of_the_group_above():
    groups = [["行政复议", *[""] * 5], ["", "", "72", "", "", "72"], ["行政诉讼（复议后起诉）", "", "9", "", "", "9"]]
    read = figures(
        page("<p>四、政府信息公开行政复议、行政诉讼情况</p>", f"<table>{rows([['类别', *RESULTS], *groups])}</table>")
    )
    assert [read[f"litigation.{group}.corrected"] for group in ("review", "direct", "after_review")] == [None, None, 9]


def test_figures_of_two_rows_of_litigation_in_one_table_that_differ_are_none():
    body = [
        ["行政复议"] * 5 + ["行政诉讼"] * 10,
        [*RESULTS] * 3,
        ["6", "0", "0", "0", ""] * 3,
        ["6", "1", "0", "0", ""] * 3,
    ]
    read = figures(page("<p>四、政府信息公开行政复议、行政诉讼情况</p>", f"<table>{rows(body)}</table>"))
    assert [read[f"litigation.review.{key}"] for key in ("upheld", "corrected", "other")] == [6, None, 0]


def test_a_merged_cell_written_once_a_column_names_nothing_beside_the_form():
    """An empty cell shifted one row; the article over the table reaches as far."""
    block = [["第二十条第（一）项"] * 5, ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数", ""]]
    block += [["规章", "8", "0", "0", ""], ["行政规范性文件", "", "1", "14", "18"]]
    read = figures("二、主动公开政府信息情况\n".encode() + "\n".join(map(",".join, block)).encode(), "a.csv")
    assert [read[f"publication.normative.{key}"] for key in ("issued", "repealed", "in_force")] == [1, 14, 18]
    body = [[*row, ""] for row in applications()[2:]]
    body[2] = [body[2][0], "", *body[2][1:-1]]
    header = [["（勾稽关系）", *["申请人情况"] * 8], ["（勾稽关系）", *APPLICANTS, ""]]
    found = figures(page(f"<table>{rows([*header, *body])}</table>"))
    assert [found[f"applications.granted.{key}"] for key in ("person", "business", "total")] == [30, 31, 36]


def test_a_label_written_once_a_column_is_no_header():
    body = [["三、本年度办理结果", row[0], *row] for row in applications()[2:]]
    body[-2][:3] = ["三、本年度办理结果", "总计", "总计"]
    form = read_form(document("三、收到和处理政府信息公开申请情况", table([["", "", "", *APPLICANTS], *body])))
    assert [form.figures[f"applications.total.{key}"].value for key in ("person", "total")] == [240, 246]


def test_words_over_figures_of_several_years_are_no_row_of_the_form():
    """A program numbered its rows."""
    years = [
        ["0", "年度", "新收申请", "予以公开", "不予公开"],
        ["1", "2023年", "85", "58", "16"],
        ["2", "2022年", "9", "8", "1"],
    ]
    body = [["", *APPLICANTS], *applications()[2:]]
    text = "\n".join(
        ["近三年情况如下：", *map(",".join, years), "三、收到和处理政府信息公开申请情况", *map(",".join, body)]
    )
    found = figures(text.encode(), "a.csv")
    assert [found[f"applications.granted.{key}"] for key in ("person", "total")] == [30, 36]


@pytest.mark.parametrize("between", ["\n", " "])
@pytest.mark.parametrize("in_front", [True, False])
def test_latin_words_beside_a_label_translate_it(between: str, in_front: bool) -> None:
    def translated(label: str) -> str:
        return between.join(["1. Normative documents", label][:: 1 if in_front else -1])

    block = [[translated(label), *others] for label, *others in publication()]
    form = read_form(document("二、主动公开政府信息情况", table(block), table(applications())))
    assert [form.figures[f"publication.normative.{key}"].value for key in ("issued", "repealed", "in_force")] == [
        7,
        8,
        9,
    ]
    assert form.figures["publication.penalty.decisions"].value == 7


def test_a_table_whose_rows_an_empty_cell_moved_from_below_their_header_keeps_its_blanks() -> None:
    body = [[row[0], "", *row[1:]] for row in applications()[2:]]
    body[2][2:] = ["", "1", "2", "", "0", "0", "3"]
    cells = table([["", *APPLICANTS, ""], *body], aligned=False).cells
    form = read_form(document("三、收到和处理政府信息公开申请情况", Table(cells)))
    read = [form.figures[f"applications.granted.{key}"].value for key in ("person", "business", "nonprofit", "total")]
    assert read == [None, 1, None, 3]


def test_a_translation_between_two_labels_shows_that_they_are_of_two_rows() -> None:
    """A page without lines put them together."""
    rows = applications()
    rows[-2:] = [["总计Total结转下年度继续办理", *rows[-2][1:]]]
    form = read_form(document("三、收到和处理政府信息公开申请情况", table(rows)))
    assert form.figures["applications.carried_out.person"].value is None
