"""PDF tables of the form that no lines draw, read by the words that the form has for their rows and columns."""

from __future__ import annotations

from loaders.form.editions import edition
from loaders.parsing import parse_file
from loaders.reading.form_words.form_columns import columns_of_rows
from loaders.reading.form_words.printed_words import Glyph, Printed
from loaders.reading.printed.page_model import Run
from tests.pdf_files import Sheet, pdf

XS = (260, 300, 340, 380, 420, 460, 500)
KEYS = ("person", "business", "research", "nonprofit", "legal", "other", "total")
FORM = edition("2021")
(APPLICATIONS,) = FORM.blocks_of("applications")


def figures_of(*sheets: Sheet) -> dict[str, float | None]:
    read = parse_file(pdf(*sheets), "河北省平山县水利局2023年政府信息公开工作年度报告.pdf").form.figures
    return {key: reading.value for key, reading in read.items()}


def heading(sheet: Sheet, text: str, y: float) -> Sheet:
    return sheet.text(text, 60, y, 12)


def applications(rows: dict[str, tuple[str, ...]], *, pitch: float = 22, xs: tuple[float, ...] = XS) -> Sheet:
    """The table with a row a label; groups in a column of three characters that touches the labels of the rows."""
    sheet = heading(Sheet(), "三、收到和处理政府信息公开申请情况", 50)
    for column, x in zip(APPLICATIONS.columns, xs, strict=True):
        for number, part in enumerate([column.label[at : at + 2] for at in range(0, len(column.label), 2)]):
            sheet.text(part, x, 66 + 8 * number, 8)
    for number, row in enumerate(APPLICATIONS.rows):
        y = 110 + pitch * number
        for at in range(0, len(row.label), 20):
            sheet.text(row.label[at : at + 20], 108, y + 9 * at / 20, 7)
        for x, figure in zip(xs, rows.get(row.key, ("0",) * 7), strict=True):
            if figure:
                sheet.text(figure, x, y, 8)
    for name, first in (("（三）不予公开", 4), ("（四）无法提供", 12), ("（五）不予处理", 15)):
        for number in range(0, len(name), 4):
            sheet.text(name[number : number + 4], 76, 110 + pitch * (first + number // 4), 8)
    return sheet


def row_of(read: dict[str, float | None], key: str) -> list[float | None]:
    return [read[f"applications.{key}.{column}"] for column in KEYS]


class TestApplications:
    def test_group_labels_touch_the_labels_of_rows_and_cells_are_blank(self) -> None:
        rows = {row.key: ("",) * 7 for row in APPLICATIONS.rows}
        rows |= {"new": tuple("1234567"), "denied.law": ("", "", "5", "", "", "", "5"), "total": tuple("7654321")}
        read = figures_of(applications(rows))
        assert row_of(read, "denied.law") == [None, None, 5, None, None, None, 5]
        assert row_of(read, "denied.secret") == [None] * 7
        assert row_of(read, "new") == [1, 2, 3, 4, 5, 6, 7]

    def test_figures_left_of_where_the_longest_label_ends_are_the_first_of_their_row(self) -> None:
        """As on pages whose boxes stand side by side: fewer labels in a row, and its figures begin further left."""
        rows = {"total": ("", "", "30", "4", "0", "0", "136"), "new": ("", "", "5", "6", "7", "8", "9")}
        sheet = applications(rows)
        at = {row.key: 110 + 22 * number for number, row in enumerate(APPLICATIONS.rows)}
        for figure, x in (("90", 160), ("12", 200)):
            sheet.text(figure, x, at["total"], 8)
        sheet.text("11", 230, at["new"], 8)
        read = figures_of(sheet)
        assert row_of(read, "total") == [90, 12, 30, 4, 0, 0, 136]
        assert row_of(read, "new") == [None] * 7
        assert row_of(read, "granted") == [0] * 7

    def test_figures_that_touch_are_parted_where_their_row_adds_up(self) -> None:
        xs = (260, 300, 340, 380, 420, 460, 472)
        rows = {"total": ("10", "20", "30", "40", "50", "123", "273"), "new": ("10", "0", "0", "0", "0", "456", "789")}
        read = figures_of(applications(rows, xs=xs))
        assert row_of(read, "total") == [10, 20, 30, 40, 50, 123, 273]
        assert row_of(read, "new")[-2:] == [None, None]

    def test_lines_of_broken_figures_go_to_the_row_that_adds_up_with_them(self) -> None:
        rows = {
            "denied.secret": ("1103", "0", "0", "0", "0", "0", "3"),
            "denied.law": ("2307", "0", "0", "0", "0", "0", "7"),
            "denied.safety": ("0", "0", "0", "0", "0", "0", "0"),
        }
        sheet = applications(rows)
        for number, first in ((4, "110"), (5, "230")):
            sheet.text(first, XS[6], 110 + 22 * number - 9, 8)
        read = figures_of(sheet)
        assert row_of(read, "denied.secret")[-1] == 1103
        assert row_of(read, "denied.law")[-1] == 2307
        assert row_of(read, "denied.safety")[-1] == 0

    def test_a_line_with_which_two_rows_add_up_is_taken_for_none_of_them(self) -> None:
        rows = {
            "denied.secret": ("11", "0", "0", "0", "0", "0", "11"),
            "denied.law": ("5", "0", "0", "0", "0", "0", "7"),
        }
        read = figures_of(applications(rows).text("3", XS[6], 110 + 22 * 4 + 11, 8))
        assert read["applications.denied.law.total"] is None

    def test_a_figure_that_touches_its_label_is_read(self) -> None:
        rows = {"denied.law": ("", "0", "0", "0", "0", "0", "7")}
        sheet = applications(rows, xs=(213, *XS[1:])).text("7", 108 + 7 * 14, 110 + 22 * 5, 7)
        read = figures_of(sheet)
        assert row_of(read, "denied.law") == [7, 0, 0, 0, 0, 0, 7]

    def test_the_number_of_a_label_at_the_end_of_a_page_belongs_to_the_label_on_the_next(self) -> None:
        above = {row.key: ("",) * 7 for row in APPLICATIONS.rows}
        first, second = applications(above), Sheet()
        cut = 110 + 22 * 12
        first.operators = [each for each in first.operators if _height(each) < cut]
        first.text("1.", 108, cut, 8).text("3", XS[6], cut, 8)
        for number, row in enumerate(APPLICATIONS.rows[12:]):
            y = 60 + 22 * number
            label = row.label[2:] if number == 0 else row.label
            for at in range(0, len(label), 20):
                second.text(label[at : at + 20], 108, y + 9 * at / 20, 7)
        read = figures_of(first, second)
        assert read["applications.unavailable.not_held.total"] == 3
        assert read["applications.denied.inquiry.total"] is None

    def test_figures_beside_the_number_that_stands_above_the_first_label_are_its_own(self) -> None:
        sheet = applications({})
        sheet.operators = [each for each in sheet.operators if _height(each) != 110]
        sheet.text("一、", 108, 110, 8).text(APPLICATIONS.rows[0].label[2:], 108, 120, 7)
        for x, figure in zip(XS, "1234567", strict=True):
            sheet.text(figure, x, 110, 8)
        read = figures_of(sheet)
        assert row_of(read, "new") == [1, 2, 3, 4, 5, 6, 7]
        assert row_of(read, "carried_in") == [0] * 7

    def test_as_many_figures_as_columns_are_counted_where_an_empty_cell_shifted_them(self) -> None:
        sheet = applications({"denied.law": ("", "1", "2", "3", "4", "5", "6")}).text("20", 540, 110 + 22 * 5, 8)
        read = figures_of(sheet)
        assert row_of(read, "denied.law") == [1, 2, 3, 4, 5, 6, 20]
        assert row_of(read, "denied.secret") == [0] * 7

    def test_not_so_where_another_row_has_a_figure_beside_the_form(self) -> None:
        sheet = applications({"denied.law": ("", "1", "2", "3", "4", "5", "16")}).text("20", 540, 110 + 22 * 5, 8)
        read = figures_of(sheet.text("30", 540, 110 + 22 * 6, 8))
        assert row_of(read, "denied.law") == [None] * 7


class TestLitigation:
    HEADER = (
        ((58, "行政复议"), (223, "行政诉讼")),
        ((223, "未经复"),),
        ((374, "复议后起诉"),),
        ((223, "议直接"),),
        ((176, "尚未"),),
        ((58, "结果维持"), (98, "结果纠正"), (137, "其它结果"), (200, "合计"), (223, "起诉")),
        ((176, "审结"),),
        ((223, "结果"), (324, "尚未"), (374, "结果")),
        ((246, "结果纠正"), (285, "其它结果"), (348, "合计"), (397, "结果纠正"), (436, "其它结果"), (476, "尚未审结")),
        ((223, "维持"), (324, "审结"), (374, "维持"), (515, "合计")),
    )
    FIGURES = (
        (137, "673"),
        (200, "673"),
        (223, "766"),
        (324, "872"),
        (348, "1638"),
        (374, "116"),
        (476, "7"),
        (515, "123"),
    )

    def test_words_of_the_header_are_broken_and_cells_are_blank(self) -> None:
        sheet = heading(Sheet(), "四、政府信息公开行政复议、行政诉讼情况", 50)
        for number, line in enumerate((*self.HEADER, self.FIGURES)):
            for x, word in line:
                sheet.text(word, x, 70 + 8 * number, 9)
        read = figures_of(sheet)
        found = [
            read[f"litigation.{row}.{result}"]
            for row in ("review", "direct", "after_review")
            for result in ("upheld", "corrected", "other", "pending", "total")
        ]
        assert found == [None, None, 673, None, 673, 766, None, None, 872, 1638, 116, None, None, 7, 123]

    def test_ends_of_figures_below_them_are_part_of_them(self) -> None:
        sheet = heading(Sheet(), "四、政府信息公开行政复议、行政诉讼情况", 50)
        firsts = ["12", "10", "10", "10", "16(", "1", "2", "3", "4", "10", "1", "2", "3", "4", "10"]
        ends = {0: "3", 4: "件)", 10: "7"}
        for number, figure in enumerate(firsts):
            x, word = 60 + 32 * number, ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")[number % 5]
            sheet.text(word[:2], x + 2, 80, 8).text(word[2:], x + 2, 90, 8).text(figure, x + 4, 104, 8)
            if number in ends:
                sheet.text(ends[number], x + 4, 113, 8)
        read = [value for key, value in figures_of(sheet).items() if key.startswith("litigation")]
        assert read[5:10] == [1, 2, 3, 4, 10]
        assert [read[0], read[4], read[10]] == [None, None, None]

    def test_lines_between_columns_alone_part_no_rows(self) -> None:
        sheet = heading(Sheet(), "四、政府信息公开行政复议、行政诉讼情况", 50)
        for number in range(15):
            x, word = 60 + 32 * number, ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")[number % 5]
            sheet.text(word[:2], x + 2, 80, 8).text(word[2:], x + 2, 90, 8).text(str(number), x + 4, 104, 8)
            sheet.line(x, 60, x, 110)
        sheet.line(540, 60, 540, 110).line(60, 60, 540, 60).line(60, 110, 540, 110)
        read = [value for key, value in figures_of(sheet).items() if key.startswith("litigation")]
        assert read == list(range(15))


class TestPublication:
    def test_words_of_the_header_touch_and_cells_are_blank(self) -> None:
        sheet = heading(Sheet(), "二、主动公开政府信息情况", 50)
        sheet.text("第二十条第（一）项", 150, 70).text("信息内容", 60, 85)
        for number, word in enumerate(("本年制发件数", "本年废止件数", "现行有效件数")):
            sheet.text(word, 130 + 60 * number, 85)
        sheet.text("规章", 60, 100).text("3", 218, 100)
        sheet.text("行政规范性文件", 60, 115).text("2", 158, 115).text("41", 276, 115)
        y = 130.0
        for article, rows in (("（五）", ("许可",)), ("（六）", ("处罚", "强制"))):
            sheet.text(f"第二十条第{article}项", 150, y).text("信息内容", 60, y + 15).text(
                "本年处理决定数量", 180, y + 15
            )
            for number, row in enumerate(rows):
                sheet.text(f"行政{row}", 60, y + 30 + 15 * number).text(f"{number + 8}", 218, y + 30 + 15 * number)
            y += 30 + 15 * len(rows)
        sheet.text("第二十条第（八）项", 150, y).text("信息内容", 60, y + 15).text(
            "本年收费金额（单位：万元）", 150, y + 15
        )
        sheet.text("行政事业性收费", 60, y + 30)
        read = {key: value for key, value in figures_of(sheet).items() if key.startswith("publication")}
        assert list(read.values()) == [None, 3, None, 2, None, 41, 8, 8, 9, None]

    def test_the_header_of_the_next_block_is_no_header_of_the_rows_above_it(self) -> None:
        sheet, y, figures = heading(Sheet(), "二、主动公开政府信息情况", 50), 66.0, {}
        for block in edition("2019").blocks_of("publication"):
            sheet.text(block.article, 200, y).text("信息内容", 60, y + 11)
            step = 300 / len(block.columns)
            for number, column in enumerate(block.columns):
                sheet.text(column.label, 180 + step * number, y + 11)
            y += 22
            for row in block.rows:
                sheet.text(row.label, 60, y)
                for number, column in enumerate(block.columns):
                    figures[f"publication.{row.key}.{column.key}"] = float(len(figures) + 1) if number else None
                    sheet.text(str(len(figures)) if number else "", 180 + step * number, y)
                y += 11
        sheet.text("三、收到和处理政府信息公开申请情况", 60, y + 20, 12)
        data = pdf(sheet)
        read = parse_file(data, "河北省平山县水利局2019年政府信息公开工作年度报告.pdf").form.figures
        assert {key: reading.value for key, reading in read.items() if key in figures} == figures


def _height(operator: str) -> float:
    return 842 - float(operator.split(" Td ")[0].split()[-1])


def test_figures_beside_the_only_word_of_a_header_show_no_column() -> None:
    """As those of a merged cell that was written down once a column."""
    header = Run("件", 179, 470, 275, 480, 479)
    word = Printed("件", [(0, 1)], [Glyph("件", header.left, header.right, header, 0, 0)])
    row = [Run("36", x, 497, x + 24, 508, 507) for x in (216, 329, 443)]
    assert columns_of_rows([row], [word], 1) is None
