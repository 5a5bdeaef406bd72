"""PDF tables whose columns no lines draw: what stands together is told by where it stands."""

from __future__ import annotations

import pytest

from loaders.document import Table
from loaders.form.figures import read_figure
from loaders.reading.pdf.reader import read_pdf
from loaders.reading.printed.tables import is_figure
from tests.pdf_files import Sheet, pdf
from tests.test_reading_pdf import rows, table, texts


def found_rows(sheet: Sheet) -> list[list[str]]:
    return rows(table(read_pdf(pdf(sheet))))


class TestTablesWithoutLines:
    FIGURES = (60, 200, 260, 320, 380, 440)

    def sheet(self, rows: list[tuple[str, ...]], pitch: float = 20) -> Sheet:
        return Sheet().words(self.FIGURES, 100, rows, pitch)

    def test_columns_keep_blanks_in_place(self) -> None:
        found = table(
            read_pdf(
                pdf(
                    self.sheet(
                        [
                            ("1.甲", "0", "16", "0", "3", "5"),
                            ("2.乙", "7", "", "0", "—", "9"),
                            ("3.丙", "", "2", "0", "1,200", "9"),
                        ]
                    )
                )
            )
        )
        assert found.aligned
        assert [row[-5:] for row in rows(found)] == [
            ["0", "16", "0", "3", "5"],
            ["7", "", "0", "—", "9"],
            ["", "2", "0", "1,200", "9"],
        ]

    def test_a_digit_that_stands_in_no_column_makes_the_figure_beside_it_doubtful(self) -> None:
        rows = [("1.甲", "2", "3", "1", "4", "6"), ("2.乙", "2", "7", "1", "8", "3"), ("3.丙", "1", "5", "9", "4", "5")]
        sheet = self.sheet([*rows, ("4.丁", "2", "3", "1", "", "6")]).text("计", 100, 180, 16)
        sheet.text("1", 387, 180).text("1", 398, 180)
        (*_, pending, _) = [cell for cell in table(read_pdf(pdf(sheet))).cells if cell.row == 3]
        assert read_figure(pending.text).kind != "figure"

    def test_the_rest_of_a_header_above_single_digits_makes_no_label_of_them(self) -> None:
        xs = (60, 200, 260, 320)
        sheet = Sheet().text("信息内容", 60, 100)
        for x, words in zip(xs[1:], ("本年制发件", "本年废止件", "现行有效件"), strict=True):
            sheet.text(words, x, 100).text("数", x, 114)
        for y, row in ((128, ("规章", "1", "0", "0")), (143, ("行政规范性文件", "2", "17", "244"))):
            for x, text in zip(xs, row, strict=True):
                sheet.text(text, x, y)
        assert [row[-3:] for row in found_rows(sheet)][-2:] == [["1", "0", "0"], ["2", "17", "244"]]

    def test_numbers_on_lines_of_their_own_make_no_column_of_figures_among_labels(self) -> None:
        sheet = Sheet()
        for number in range(8):
            top = 100 + 44 * number
            sheet.text("（五）不予处理", 60, top + 12)
            label = (str(number), "重复申请事项") if number in (3, 5) else (f"{number}.重复", "申请事项")
            sheet.text(label[0], 150, top).text(label[1], 150, top + 12)
            for x in (260, 300, 340, 380, 420, 460):
                sheet.text(str(number), x, top + 6)
        found = found_rows(sheet)
        assert [row[-6:] for row in found] == [[str(number)] * 6 for number in range(8)]
        assert "1.重复申请事项" in found[1]

    @pytest.mark.parametrize("beside", [0, 1])
    def test_labels_of_two_lines(self, beside: int) -> None:
        sheet = Sheet()
        for number in range(4):
            top = 100 + 30 * number
            sheet.text(f"{number + 1}.其他法律行政法规", 60, top).text("禁止公开", 60, top + 12)
            for x in self.FIGURES[1:]:
                sheet.text(str(number), x, top + 12 * beside)
        found = table(read_pdf(pdf(sheet)))
        assert rows(found) == [[f"{n + 1}.其他法律行政法规禁止公开", *[str(n)] * 5] for n in range(4)]

    def test_a_label_written_downwards_beside_two_rows_joins_them_not(self) -> None:
        rows = [("1.甲", "2", "3", "1", "4", "6"), ("2.乙", "2", "", "1", "", "3"), ("3.丙", "1", "", "9", "4", "5")]
        sheet = self.sheet([*rows, ("4.丁", "2", "3", "1", "4", "6")], 13)
        for number, character in enumerate("年度办理结果"):
            sheet.text(character, 40, 90.2 + 10.2 * number)
        assert [row[-5:] for row in found_rows(sheet) if len(row) > 5][:3] == [list(row[1:]) for row in rows]

    def test_figures_that_share_no_columns_are_not_aligned(self) -> None:
        sheet = Sheet()
        for number in range(4):
            sheet.text("甲", 60, 100 + 20 * number)
            for x in range(200, 500, 40):
                sheet.text("12345", x + 17 * number, 100 + 20 * number, 8)
        assert not table(read_pdf(pdf(sheet))).aligned

    def test_a_figure_broken_over_lines_is_read_whole(self) -> None:
        sheet = self.sheet([("一、本年新收", *"1234"), ("二、上年结转", *"5678"), ("（一）予以公开", *"9012")], 24)
        sheet.text("（七）总计", 64, 186).text("3", 204, 186).text("5", 324, 186).text("8", 384, 186)
        sheet.text("12,34", 264, 181).text("7", 264, 191)
        assert rows(table(read_pdf(pdf(sheet))))[-1] == ["（七）总计", "3", "12,347", "5", "8"]

    def test_the_rest_of_a_figure_beside_the_rest_of_its_label_is_no_row(self) -> None:
        """A figure that begins level with the first line of a label of two has its last digits beside the second."""
        sheet = self.sheet([("一、本年新收政府信息公开申", "34713", "28387", "33242", "19604")], 24)
        sheet.text("请数量", 64, 124).text("1", 384, 124)
        sheet.words(self.FIGURES, 150, [("二、上年结转", *"5678"), ("（一）予以公开", *"9012")], 24)
        assert rows(table(read_pdf(pdf(sheet))))[0] == [
            "一、本年新收政府信息公开申请数量",
            "34713",
            "28387",
            "33242",
            "196041",
        ]

    def test_a_lost_label_takes_no_line_of_its_neighbour(self) -> None:
        sheet = Sheet()
        labels = ["信访投诉", "重复申请", "", "", "公开出版物"]
        for number, label in enumerate(labels):
            sheet.words(self.FIGURES, 100 + 40 * number, [(label, *"1234")])
        sheet.text("申请人逾期未按", 64, 228).text("通知缴纳费用", 64, 240)
        found = table(read_pdf(pdf(sheet)))
        assert [row[0] for row in rows(found)] == [
            "信访投诉",
            "重复申请",
            "1",
            "申请人逾期未按通知缴纳费用",
            "公开出版物",
        ]

    def test_an_article_below_a_row_is_the_label_of_none(self) -> None:
        """The label of the first row is lost, and figures stand right of the words above them."""
        sheet = Sheet()
        words = ((138, ("信息", "内容"), 92), (263, ("本年", "制发", "件数"), 86))
        words += ((280, ("第二十条", "第五项"), 174), (74, ("行政规范性文", "件"), 145), (74, ("行政许可",), 233))
        for x, lines, y in words:
            for number, line in enumerate(lines):
                sheet.text(line, x, y + 11.5 * number, 9)
        sheet.text("本年废止件数", 346, 98, 9).text("现行有效件数", 446, 98, 9)
        for x, first, second in ((298, "10(件)", "41.0"), (416, "2", "5"), (498, "30(件)", "66.0")):
            sheet.text(first, x, 127, 9).text(second, x, 150, 9)
        sheet.text("7", 512, 233, 9)
        (row,) = [row for row in found_rows(sheet) if "行政规范性文件" in row]
        assert row[-3:] == ["41.0", "5", "66.0"]

    def test_two_labels_level_with_their_figures_stay_two(self) -> None:
        sheet = self.sheet([("信息内容", *"甲乙丙丁"), ("行政许可", *"1234"), ("其它管理事项", *"5678")], 18)
        assert rows(table(read_pdf(pdf(sheet))))[1:] == [["行政许可", *"1234"], ["其它管理事项", *"5678"]]

    def test_a_blank_row_keeps_its_label(self) -> None:
        sheet = Sheet()
        for number, label in enumerate(("1.属于国家秘密", "2.重复申请", "3.其他")):
            sheet.words(self.FIGURES, 100 + 24 * number, [("", *"1234")]).text(label, 120, 114 + 24 * number)
        sheet.text("总计", 120, 186).words(self.FIGURES, 196, [("四、结转", *"5678")])
        found = rows(table(read_pdf(pdf(sheet))))
        assert ["四、结转", *"5678"] in found
        assert not any("总计" in row[0] and row[-1] for row in found)

    def test_tables_that_follow_without_a_heading_stay_apart(self) -> None:
        sheet = self.sheet([("一、本年新收", *"1234"), ("二、上年结转", *"5678"), ("（一）予以公开", *"9012")], 24)
        xs = [60 + 30 * number for number in range(15)]
        sheet.text("行政复议", 100, 200).text("行政诉讼", 300, 200)
        sheet.words(xs, 210, [[str(number) for number in range(15)]])
        first, second = [block for block in read_pdf(pdf(sheet)).blocks if isinstance(block, Table)]
        assert first.aligned
        assert len(rows(second)[-1]) == 15

    def test_sentences_with_numbers_are_no_table(self) -> None:
        sheet = Sheet().text("全年收到申请 3 件 ， 答复 3 件 ， 其中 1 件予以公开。", 80, 100)
        sheet.text("2024 年 1 月 13 日", 400, 140)
        assert texts(read_pdf(pdf(sheet)))[1] == "2024年1月13日"

    @pytest.mark.parametrize("rules", [(96, 98, 120, 208), (96, 100, 104, 108, 120)])
    def test_rules_around_the_header_alone_do_not_part_rows(self, rules: tuple[int, ...]) -> None:
        body = [("1.属于国家秘密", *"1234"), ("2.重复申请", *"5678"), ("3.其他", *"9012"), ("总计", *"3456")]
        sheet = self.sheet([("信息内容", *"甲乙丙丁"), *body])
        for y in rules:
            sheet.line(60, y, 500, y)
        assert rows(table(read_pdf(pdf(sheet))))[-4:] == [list(row) for row in body]

    @pytest.mark.parametrize(("group", "first", "figures"), [("公开", "", "5678"), ("", "申请", "5078")])
    def test_rules_amid_rows_do_not_part_them(self, group: str, first: str, figures: str) -> None:
        """As of stripes painted out of place: a label begins beside the end of a group's, or below a nought."""
        body = [("1.重复", "1204"), ("2.秘密", figures), (f"{first}3.其他", "9012"), ("4.甲", "3456"), ("5.乙", "7891")]
        sheet = Sheet()
        for number, (label, row) in enumerate(body):
            sheet.text(label, 100, 100 + 12 * number)
            for x, figure in zip((240, 280, 320, 360), row, strict=True):
                sheet.text(figure, x, 100 + 12 * number)
        sheet.text("不予", 60, 112).text(group or "处理", 60, 124)
        for y in (91, 103, 127, 139):
            sheet.line(60, y, 500, y)
        found = [row[-4:] for row in rows(table(read_pdf(pdf(sheet))))]
        assert found == [[*row] for _, row in body]

    def test_columns_that_the_next_page_shows(self) -> None:
        xs = (60, *range(200, 480, 40))
        first = Sheet().text("三、收到和处理政府信息公开申请情况", 60, 60)
        first.words(xs, 760, [("一、本年新收", "0", "0", "", "3", "4", "5", "6")], 24)
        first.words(xs, 784, [("二、上年结转", "1", "0", "2", "", "4", "5", "6")], 24)
        second = Sheet().words(xs, 60, [(f"{number}.理由", *"1234567") for number in range(1, 6)], 24)
        found = table(read_pdf(pdf(first, second)))
        assert found.aligned
        assert rows(found)[:2] == [
            ["一、本年新收", "0", "0", "", "3", "4", "5", "6"],
            ["二、上年结转", "1", "0", "2", "", "4", "5", "6"],
        ]

    def test_the_only_row_of_figures_stands_under_its_header(self) -> None:
        xs = [60 + 30 * number for number in range(15)]
        sheet = Sheet().text("行政复议", 110, 100).text("行政诉讼", 330, 100)
        sheet.words(xs, 102, [["维持", "纠正", "其他", "未审", "总计"] * 3])
        sheet.words([x + 7 for x in xs], 122, [[str(number) if number != 11 else "" for number in range(15)]])
        found = rows(table(read_pdf(pdf(sheet))))[-1]
        assert found == [str(number) if number != 11 else "" for number in range(15)]

    def test_the_label_of_a_row_outlives_a_group_in_pieces(self) -> None:
        body = [(f"{number}.甲", *"1234") for number in range(1, 5)]
        sheet = self.sheet([("", *row[1:]) for row in body], 24)
        for number, row in enumerate(body):
            sheet.text(row[0], 150, 114 + 24 * number)
        sheet.text("(六)", 60, 162).text("其他", 84, 162).text("处理", 108, 162)
        assert rows(table(read_pdf(pdf(sheet))))[2][-5:] == ["3.甲", *"1234"]

    def test_figures_that_touch_are_not_one(self) -> None:
        body = [(f"{number}.甲", *"1234") for number in range(1, 8)]
        sheet = self.sheet(body, 24)
        sheet.text("8.乙", 64, 282).text("21", 204, 282).text("154", 268, 282).text("2374（件）", 283, 282).text(
            "9", 444, 282
        )
        sheet.text("3", 384, 282)
        last = rows(table(read_pdf(pdf(sheet))))[-1]
        assert last[0] == "8.乙"
        assert not any("2374" in text and is_figure(text) for text in last)

    def test_rows_that_may_be_parts_of_one_are_not_believed(self) -> None:
        xs = [60 + 30 * number for number in range(15)]
        sheet = Sheet().text("87", 64, 112).words(xs, 110, [[str(number + 10) for number in range(15)]])
        sheet.text("28", 94, 112)
        last = rows(table(read_pdf(pdf(sheet))))[-1]
        assert [is_figure(text) for text in last[:3]] == [False, False, True]

    @pytest.mark.parametrize("heading", ["三，收到和处理政府信息公开申请情况", "（三）收到和处理政府信息公开申请情况"])
    def test_a_heading_parts_tables_however_it_is_numbered(self, heading: str) -> None:
        sheet = Sheet().words((60, 300), 100, [("规章", "3"), ("行政许可", "4"), ("行政处罚", "5")])
        sheet.text(heading, 60, 178).words(self.FIGURES, 184, [(f"{number}.甲", *"1234") for number in range(1, 5)])
        first, second = [block for block in read_pdf(pdf(sheet)).blocks if isinstance(block, Table)]
        assert [len(row) for row in rows(first)] == [2] * 3
        assert [len(row) for row in rows(second)] == [5] * 4


def test_columns_of_a_page_that_lies_a_little_aside() -> None:
    label = "（{}）属于四类过程性信息的"
    first = [(label.format(sign), "1", "0", "0", "2", "3") for sign in "一二三四"]
    second = [(label.format(sign), "0", "4", "0", "0", "4") for sign in "五六七八"]
    xs = (60, 200, 260, 320, 380, 440)
    pages = Sheet().words(xs, 740, first, 20), Sheet().words([x - 5.5 for x in xs], 60, second, 20)
    found = [row[-5:] for row in rows(table(read_pdf(pdf(*pages))))]
    assert found == [[*row[1:]] for row in first + second]


def test_the_right_half_of_a_wide_table_is_no_page_of_its_own() -> None:
    xs = (60, 300, 380, 520, 600, 680)
    rows_of_figures = [(f"{n}.其他法律行政法规禁止公开", *"12345") for n in range(1, 8)]
    sheet = Sheet(842, 595).text("本年收费金额（单位：万元）", 520, 60).words(xs, 100, rows_of_figures, 24)
    (found,) = [block for block in read_pdf(pdf(sheet)).blocks if isinstance(block, Table)]
    assert [row[1:] for row in rows(found)][-7:] == [list("12345")] * 7


def test_a_figure_may_touch_its_label_where_its_column_is_known() -> None:
    xs = (60, 200, 260, 320, 380)
    sheet = Sheet().words(xs, 100, [(f"{n}.重复申请", *"1234") for n in range(1, 5)], 24)
    sheet.words(xs, 196, [("", *"5678")], 24).text("要求提供公开出版物", 110, 210)
    assert rows(table(read_pdf(pdf(sheet))))[-1] == ["要求提供公开出版物", *"5678"]


def test_label_and_group_go_on_over_the_page_end_each_in_its_own_column() -> None:
    xs = (60, 120, 220, 280, 340, 400, 460)
    above = Sheet().words(xs, 600, [("", f"{n}.重复申请", *"12345") for n in range(1, 5)], 24)
    above.words(xs, 700, [("（五）不", "5.要求行政", *"67890")], 24)
    below = Sheet().words(xs, 60, [("予处理", "机关确认")], 24)
    below.words(xs, 90, [("", f"{n}.逾期缴费", *"12345") for n in range(1, 5)], 24)
    found = rows(table(read_pdf(pdf(above, below))))
    assert ["（五）不予处理", "5.要求行政机关确认", *"67890"] in found


def test_figures_of_one_row_on_both_sides_of_the_page_end_are_one_row() -> None:
    xs = (60, 200, 260, 320, 380, 440)
    above = Sheet().rows(xs, 640, [("1.重复申请", *"1234"), ("2.信访投诉", *"5678"), ("3.其他", "9", "", "7", "")], 24)
    below = Sheet().rows(xs, 60, [("", "", "8", "", "6"), ("（七）总计", *"2468")], 24)
    found = rows(table(read_pdf(pdf(above, below))))
    assert ["3.其他", "9", "8", "7", "6"] in found and ["（七）总计", *"2468"] in found


def test_a_page_number_between_rows_makes_no_columns_of_its_dashes() -> None:
    xs = (60, 200, 260, 320, 380)
    sheet = Sheet().words(xs, 100, [(f"{n}.重复申请", *"1234") for n in range(1, 5)], 24)
    for top in (206, 316):
        sheet.text("—", 100, top).text("5", 113, top).text("—", 122, top)
    sheet.words(xs, 220, [(f"{n}.重复申请", *"5678") for n in range(5, 9)], 24)
    found = [row for block in read_pdf(pdf(sheet)).blocks if isinstance(block, Table) for row in rows(block)]
    assert [row[1:] for row in found] == [list("1234")] * 4 + [list("5678")] * 4


def test_figures_out_of_their_middle_make_no_second_column() -> None:
    sheet = Sheet().words((60, 200, 300, 400), 100, [("信息内容", "本年制发件数", "本年废止件数", "现行有效件数")])
    sheet.text("规章", 60, 130).text("2", 224, 130).text("6", 424, 130)
    sheet.text("行政规范性文件", 60, 160).text("1", 219, 160).text("1", 420, 160)
    assert [row[1:] for row in rows(table(read_pdf(pdf(sheet))))[1:]] == [["2", "6"], ["1", "1"]]


def test_figures_at_the_right_edge_are_one_column_though_some_end_a_digit_before_it() -> None:
    """A blank behind a digit puts it left of the others, which it does not touch, while wider ones reach over both."""
    sheet = Sheet()
    for number in range(6):
        at, text = ((315, "1"), (320, "2"), (315, "36"))[number % 3]
        sheet.words((60, 220, at, 420), 130 + 30 * number, [("行政许可", "7", text, "9")])
    found = table(read_pdf(pdf(sheet)))
    assert found.aligned
    assert [row[1:] for row in rows(found)] == [["7", text, "9"] for text in ("1", "2", "36")] * 2


def test_signs_written_as_words_and_units_behind_a_space_are_figures() -> None:
    sheet = Sheet().words((60, 200, 300, 400), 100, [("信息内容", "上一年项目数量", "本年增/减", "处理决定数量")])
    sheet.words((60, 200, 300, 400), 120, [("行政处罚", "8", "减少7", "3"), ("行政强制", "8", "增加9", "5")])
    sheet.words((60, 300), 200, [("信息内容", "本年收费金额")]).text("行政事业性收费", 64, 234)
    sheet.text("5", 304, 234).text("万元", 312, 234)
    found = [row for block in read_pdf(pdf(sheet)).blocks if isinstance(block, Table) for row in rows(block)]
    assert ["行政处罚", "8", "减少7", "3"] in found
    assert ["行政强制", "8", "增加9", "5"] in found
    assert ["行政事业性收费", "5万元"] in [[text for text in row if text] for row in found]


def test_the_first_part_of_a_broken_figure_may_reach_left_of_its_column() -> None:
    """Else 1713.0 that is broken behind its point reads 0."""
    xs = [76 + 27 * number for number in range(15)]
    sheet = Sheet().words(xs, 100, [["结果"] * 15, ["维持"] * 15], 12)
    for number, x in enumerate(xs):
        sheet.text("1713." if number == 0 else "2393", x, 160 if number % 2 == 0 else 166)
    sheet.text("0", 85, 171)
    assert rows(table(read_pdf(pdf(sheet))))[-1][0] in ("1713.0", "1713.0⋯")


def test_labels_begin_where_no_header_word_does() -> None:
    """信息内容 stands in the middle of its cell, and further right than the labels below it."""
    sheet = Sheet()
    for top, figures in ((100, ("1", "0", "3")), (150, ("86", "81", "836"))):
        sheet.words((200, 300, 400), top, [figures])
    sheet.text("规章", 60, 114).text("规范", 60, 158).text("性文", 60, 170).text("件", 60, 182)
    for top in (80, 210, 260):
        sheet.text("信息内容", 115, top)
    sheet.words((60, 300), 220, [("行政许可", "9811")]).words((60, 300), 270, [("行政处罚", "4604")])
    found = rows(table(read_pdf(pdf(sheet))))
    assert ["规章", "1", "0", "3"] in found
    assert ["规范性文件", "86", "81", "836"] in found


@pytest.mark.parametrize("first", ["一、本年新收", "二、上年结转"])
def test_the_first_label_begins_above_its_figures_whichever_row_it_is_of(first: str) -> None:
    columns = (200, 260, 320, 380, 440, 500, 540)
    sheet = Sheet().text("（勾稽关系）", 60, 76).text("自然人", 200, 82).text("其他", 500, 82).text("总计", 540, 82)
    broken = (("商业企", "业"), ("科研机", "构"), ("社会公", "益组织"), ("法律服", "务机构"))
    for x, (upper, lower) in zip(columns[1:5], broken, strict=True):
        sheet.text(upper, x, 76).text(lower, x, 88)
    sheet.text(first, 60, 112).text("政府信息公开", 60, 124).text("申请数量", 60, 136)
    sheet.words((60, *columns), 124, [("", *"0123456")])
    sheet.words((60, *columns), 160, [("（一）予以公开", *"6543210"), ("（二）部分公开", *"1122334")], 24)
    assert [f"{first}政府信息公开申请数量", *"0123456"] in found_rows(sheet)


def test_a_group_label_between_the_lines_of_labels_does_not_hide_where_these_part() -> None:
    xs = (200, 260, 320, 380)
    sheet = Sheet()
    top = 100.0
    for number, lines in enumerate((2, 3, 8, 9, 1)):
        for line in range(lines):
            sheet.text("物" if line == 2 and lines == 3 else "甲乙丙丁戊"[number] * 4, 128, top + 11.25 * line)
        for x in xs:
            sheet.text(str(number), x, top + 11.25 * (lines - 1) / 2)
        top += 11.25 * (lines - 1) + 18
    group = 100 + 3 * 11.25 + 18
    sheet.text("（五）", 95, group, 9).text("不予处", 95, group + 11.25).text("理", 104, group + 22.5)
    found = [row for row in rows(table(read_pdf(pdf(sheet)))) if row[-1]]
    labels = ["".join(row[:-4]) for row in found]
    assert [{sign for sign in "甲乙丙丁戊" if sign in label} for label in labels] == [{sign} for sign in "甲乙丙丁戊"]


def test_the_rest_of_a_total_stands_beside_the_second_line_of_any_label() -> None:
    xs = (60, 200, 260, 320, 380)
    sheet = Sheet().words(xs, 100, [(f"{n}.重复申请", "1809", "1493", "1121", "4423") for n in range(1, 4)], 30)
    sheet.words(xs, 190, [("4.保护", "2809", "2493", "6390", "1169")]).text("2", 384, 218)
    sheet.text("第三方", 64, 218).text("合法权", 64, 232).text("益", 64, 246)
    sheet.words(xs, 256, [(f"{n}.重复申请", "1809", "1493", "1121", "4423") for n in range(5, 8)], 30)
    last = next(row for row in rows(table(read_pdf(pdf(sheet)))) if row[0].startswith("4."))
    assert last == ["4.保护第三方合法权益", "2809", "2493", "6390", "11692"]


def test_figures_that_fill_their_columns_go_on_beside_a_label_level_with_their_second_line() -> None:
    xs = (60, 200, 260, 320, 380)
    sheet = Sheet().words(xs, 100, [(f"{n}.重复申请", "1809", "1493", "121", "4423") for n in range(1, 5)], 26)
    sheet.words(xs, 214, [("", "3225", "3319", "2809", "1721")]).words(xs, 228, [("（七）总计", "5", "1", "2", "04")])
    sheet.words(xs, 254, [("四、结转下年度继续办理", "2531", "1727", "260", "8338")])
    found = rows(table(read_pdf(pdf(sheet))))
    total = next(row for row in found if row[0] == "（七）总计")
    assert [text.rstrip("⋯") for text in total[1:]] == ["32255", "33191", "28092", "172104"]


def test_a_figure_cut_by_the_end_of_the_page_is_whole_though_labels_begin_elsewhere_there() -> None:
    xs = (177, 223, 266, 312, 352, 395, 439, 482)
    first = Sheet().words(xs, 600, [(f"{n}.属于", *"1234567") for n in range(1, 8)], 24)
    first.text("三、本年", 60, 640).text("8.属于", 181, 790)
    for x, text in zip(xs[1:], ("2919", "400", "765", "2217", "2460", "1946", "1070"), strict=True):
        first.text(text, x + 4, 790)
    second = Sheet().text("行政查询", 181, 60).text("7", 486, 60)
    second.words(xs, 80, [(f"{n}.重复", *"1234567") for n in range(1, 6)], 24)
    found = [row for block in read_pdf(pdf(first, second)).blocks if isinstance(block, Table) for row in rows(block)]
    assert [row[-1] for row in found if row[-7:-1] == ["2919", "400", "765", "2217", "2460", "1946"]] == ["10707"]


def test_units_below_figures_belong_to_them() -> None:
    xs = (60, 200, 260, 320)
    sheet = Sheet().words(xs, 100, [(f"{n}.重复申请", "1809", "1493", "9") for n in range(1, 4)], 34)
    sheet.words(xs, 202, [("4.要求提供", "15019", "-74", "55")]).text("件", 204, 229).text("公开出版物", 64, 229)
    sheet.words(xs, 236, [("5.重复申请", "251000", "1493", "9")]).text("元", 204, 263).text("0", 264, 263)
    found = rows(table(read_pdf(pdf(sheet))))
    assert found[3] == ["4.要求提供公开出版物", "15019件", "-74", "55"]
    assert found[4] == ["5.重复申请", "251000元", "14930", "9"]


def test_figures_that_may_be_ends_of_those_above_are_doubted() -> None:
    xs = (60, 200, 260, 320)
    sheet = Sheet().words(xs, 100, [(f"{n}.重复申请", "1809", "93", "9") for n in range(1, 4)], 34)
    sheet.words(xs, 202, [("4.要求提供", "11295", "1", "13947")]).words(xs, 216, [("", "1", "5，531", "0")])
    sheet.words(xs, 250, [(f"{n}.重复申请", "1809", "93", "9") for n in range(5, 8)], 34)
    doubted = [row for row in rows(table(read_pdf(pdf(sheet)))) if any("⋯" in text for text in row)]
    assert doubted
    assert not any(row[-1].rstrip("⋯") in ("11295", "13947") and "⋯" not in row[-1] for row in doubted)


def test_figures_cut_in_most_columns_of_a_narrow_table_are_doubted() -> None:
    upper = [
        "147",
        "273",
        "1965.",
        "2,52",
        "870",
        "1535（件",
        "373",
        "1889(件",
        "1963.",
        "9125(件",
        "2174(件",
        "１，０８",
        "249",
        "2479.",
        "823",
    ]
    lower = ["9", "7", "0", "7", "8", "）", "8", ")", "0", ")", ")", "９", "5", "0", "7"]
    at = (76, 98, 119, 149, 175, 198, 243, 264, 302, 331, 369, 409, 454, 475, 505)
    below = (81, 102, 128, 156, 180, 211, 247, 277, 311, 345, 383, 422, 458, 484, 510)
    sheet = (
        Sheet().text("结果维持", 198, 137).text("其他结", 266, 137).text("尚未", 304, 137).text("结果纠正", 409, 137)
    )
    for text, x in zip(upper, at, strict=True):
        sheet.text(text, x, 172, 8)
    for text, x in zip(lower, below, strict=True):
        sheet.text(text, x, 183, 8)
    found = [text for row in rows(table(read_pdf(pdf(sheet)))) for text in row]
    assert not {"147", "273", "870", "373", "249", "823"} & set(found)


def test_reconsideration_and_lawsuits_below_it_are_two_tables() -> None:
    results = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
    xs = tuple(60 + 45 * number for number in range(10))
    sheet = Sheet().words(xs[::2], 100, [("行政复议",), results, ("0", "0", "6", "1", "7")], 18)
    lawsuits = [("行政诉讼",), ("未经复议", *[""] * 4, "复议后"), results * 2, tuple("1234012340")]
    document = read_pdf(pdf(sheet.words(xs, 154, lawsuits, 18)))
    found = [block for block in document.blocks if isinstance(block, Table)]
    assert [sum(is_figure(cell.text) for cell in each.cells) for each in found] == [5, 10]


def test_a_column_whose_figures_are_not_aligned_alike_is_one() -> None:
    """Its figures stand at two places, but a row has one at either: half a column is too near for another."""
    xs = (60, 200, 260, 320, 380, 440)
    sheet = Sheet()
    for n in range(8):
        sheet.text(f"{n + 1}.甲乙丙", 60, 100 + 20 * n)
        for at, x in enumerate(xs[1:]):
            sheet.text(str(n), x + (24 if at == 1 and n % 2 else 0), 100 + 20 * n)
    assert [row[1:] for row in found_rows(sheet)] == [[str(n)] * 5 for n in range(8)]


def test_words_of_headers_that_stand_beside_no_figures_are_not_the_labels_of_rows() -> None:
    """Their characters are misread, so that nothing else tells what they are."""
    sheet = Sheet()
    lines = [("行攻许可", "", "5"), ("", "弟二十条第l六人项", ""), ("信息内容", "本年处埋丨定数量", "")]
    lines += [("行政处丨", "", "1"), ("行攻强制", "", "4"), ("", "第I人条第（八）囗", "")]
    lines += [("信息内容", "木年收贲金额（单位：了…）", ""), ("行政事业性收费", "", "12.87")]
    for n, texts_of_line in enumerate(lines):
        for text, x in zip(texts_of_line, (60, 320, 500), strict=True):
            sheet.text(text, x + 60 * (text == "信息内容"), 100 + 18 * n, 9) if text else None
    labelled = {row[-1]: row[0] for row in found_rows(sheet)}
    assert [labelled[figure] for figure in ("1", "4", "12.87")] == ["行政处丨", "行攻强制", "行政事业性收费"]


def test_ends_of_figures_that_stand_in_a_row_of_their_own_are_no_figures() -> None:
    """A page begins in the middle of a row, so that the figures of the next may stand beside the rest of its label."""
    xs = (131, 173, 214, 256, 298, 339, 381, 422, 464)
    rows_below = [
        ("无法提 供", "机关不 掌握相 关政府 信息", "", "0（件 ）", "", "", "", "", "2（件 ）"),
        ("", "2.没有 现成信 息需要 另行制 作", "1", "3 3（件 ）", "18(件)", "6", "3 0（件 ）", "32", "120"),
        ("", "3.补正 后申请 内容仍 不明确", "1", "0", "24", "0", "17", "0", "42"),
        ("（五） 不予处 理", "1.信访 举报投 诉类申 请", "59", "30", "8", "0", "－", "0", "97"),
        ("", "2.重复 申请", "0", "0", "0", "4", "0", "29", "33"),
        ("", "3.要求 提供公 开出版 物", "0", "1", "2", "3", "4", "5", "15"),
    ]
    sheet, top = Sheet(), 80.0
    for cells in rows_below:
        for x, text in zip(xs, cells, strict=True):
            for n, part in enumerate(text.split()):
                sheet.text(part, x, top + 12 * n, 9)
        top += 12 * len(cells[1].split()) + 10
    (row,) = [row for row in found_rows(sheet) if any(cell.startswith("2.没有") for cell in row)]
    assert not any(cell in ("3（件）", "0（件）") for cell in row)


def test_figures_behind_a_label_that_stands_in_a_column_are_not_those_of_the_label_beside_it() -> None:
    """Where rows begin in different columns, the first column of some holds the labels of others."""
    sheet = Sheet()
    for n, label in enumerate(("1.甲", "2.乙", "3.丙", "4.丁")):
        for x, text in zip((60, 200, 260, 320), (label, "1", "2", str(5 + n)), strict=True):
            sheet.text(text, x, 100 + 20 * n)
    for x, text in zip((60, 200, 260, 320, 380), ("（七）", "3.其他", "1", "2", "30"), strict=True):
        sheet.text(text, x, 180 + 6 * (x == 60))
    assert not any(row[0] == "（七）" and "30" in row for row in found_rows(sheet))
