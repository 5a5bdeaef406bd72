"""Labels in PDF tables without lines: whose they are where group labels, numbers and narrow columns come close."""

from __future__ import annotations

import pytest

from loaders.reading.pdf.reader import read_pdf
from tests.pdf_files import Sheet, pdf
from tests.test_reading_pdf import rows, table

FIGURES = (200, 260, 320, 380, 440)


def figures(sheet: Sheet, y: float, row: str) -> Sheet:
    for x, text in zip(FIGURES, row.split(), strict=True):
        sheet.text(text, x, y)
    return sheet


def downwards(sheet: Sheet, text: str, x: float, y: float) -> Sheet:
    for number, character in enumerate(text):
        sheet.text(character, x, y + 11 * number, 9)
    return sheet


def test_words_at_the_edge_of_the_labels_are_no_part_of_the_group_beside_them() -> None:
    sheet = Sheet()
    for number, (above, below) in enumerate(
        (("1.本机关不掌", "握相关信息"), ("2.没有现成", "信息需要制作"), ("3.补正后", "仍不明确"))
    ):
        top = 100 + 30 * number
        figures(sheet.text(above, 110, top).text(below, 110, top + 12), top + 6, "1 2 3 4 5")
    sheet.text("（四）", 78, 142).text("无法提供", 70, 154)
    found = rows(table(read_pdf(pdf(sheet))))
    assert [row[-6] for row in found] == ["1.本机关不掌握相关信息", "2.没有现成信息需要制作", "3.补正后仍不明确"]


def test_a_number_and_words_that_go_on_below_it_are_one_label() -> None:
    sheet = Sheet()
    for number, label in enumerate(("1.属于国家秘密", "2.重复申请", "3.其他")):
        figures(sheet.text(label, 110, 140 + 24 * number), 140 + 24 * number, "1 2 3 4 5")
    sheet.text("（二）", 75, 100).text("部分公开（区", 110, 100).text("分处理的）", 75, 112)
    figures(sheet, 106, "6 7 8 9 0")
    assert rows(table(read_pdf(pdf(sheet))))[0] == ["（二）部分公开（区分处理的）", *"67890"]


def test_the_label_of_a_blank_row_is_not_that_of_the_row_beside_it() -> None:
    sheet = Sheet()
    for number, label in enumerate(("1.国家秘密", "2.重复申请", "3.其他")):
        figures(sheet.text(label, 140, 100 + 24 * number), 100 + 24 * number, "1 2 3 4 5")
    sheet.text("（七）总计", 75, 164)
    figures(sheet.text("四、结转", 75, 188), 188, "6 7 8 9 0")
    found = rows(table(read_pdf(pdf(sheet))))
    assert [row[0] for row in found] == ["1.国家秘密", "2.重复申请", "3.其他", "（七）总计", "四、结转"]


def test_the_number_of_a_row_and_its_word_are_one_label_though_the_word_stands_where_other_labels_begin() -> None:
    sheet = Sheet()
    for number, (count, label) in enumerate((("1.", "国家秘密"), ("2.", "重复申请"), ("3.", "其他"))):
        figures(sheet.text(count, 122, 100 + 18 * number, 9), 100 + 18 * number, "1 2 3 4 5")
        sheet.text(label, 137, 100 + 18 * number, 9)
    sheet.text("（七）", 106, 154, 9).text("总计", 137, 154, 9)
    figures(sheet.text("四、结转", 75, 172), 172, "6 7 8 9 0")
    found = rows(table(read_pdf(pdf(sheet))))
    assert [row[0] for row in found] == ["1.国家秘密", "2.重复申请", "3.其他", "（七）总计", "四、结转"]


def test_a_group_that_is_longer_than_the_label_beside_it_goes_on_by_itself() -> None:
    sheet = Sheet()
    for number, label in enumerate(("一、本年新收申请数量", "二、上年结转申请数量")):
        figures(sheet.text(label, 70, 100 + 24 * number), 100 + 24 * number, "1 2 3 4 5")
    sheet.text("三、", 72, 148).text("（一）予以公开", 104, 148)
    figures(sheet, 148, "6 7 8 9 0")
    for number, line in enumerate(("本年", "度办", "理结")):
        sheet.text(line, 72, 160 + 12 * number)
    found = rows(table(read_pdf(pdf(sheet))))
    assert ["（一）予以公开", *"67890"] in [row[-6:] for row in found]


def test_words_over_the_first_column_are_no_labels_though_they_stand_left_of_its_figures() -> None:
    """Figures at the right edge of wide columns stand behind the middle of their headers."""
    sheet = Sheet()
    for number, label in enumerate(("规人", "丁范性文件", "", "行政许乙", "其它对外管理服务")):
        y = 100 + 18 * number
        if label:
            sheet.text(label, 74, y).text(str(number), 312, y).text("37", 407, y).text("39", 512, y)
        else:
            sheet.text("信自内容", 131, y).text("土年项目数", 245, y).text("本年增减", 352, y).text("决定数", 450, y)
    found = {row[1]: row[0] for row in rows(table(read_pdf(pdf(sheet)))) if row[-1] == "39"}
    assert found == {"0": "规人", "1": "丁范性文件", "3": "行政许乙", "4": "其它对外管理服务"}


def test_a_misread_header_in_the_middle_of_the_labels_is_no_label() -> None:
    sheet = Sheet()
    for number, label in enumerate(("规乙", "行政丁性文件", "信息内'", "行政许乙", "信自内容", "行政外罚", "行政强丁")):
        x = 130 if label.startswith("信") else 70
        sheet.text(label, x, 100 + 18 * number)
        if not label.startswith("信"):
            figures(sheet, 100 + 18 * number, f"{number} 2 3 4 5")
    found = {row[1]: row[0] for row in rows(table(read_pdf(pdf(sheet)))) if row[-1]}
    assert found == {"0": "规乙", "1": "行政丁性文件", "3": "行政许乙", "5": "行政外罚", "6": "行政强丁"}


def test_a_word_of_the_header_alone_is_a_line_of_a_label() -> None:
    sheet = Sheet()
    for number, label in enumerate(("一、本年新收", "二、上年结转", "三、下年继续")):
        top = 100 + 50 * number
        sheet.text(label, 70, top).text("信息", 70, top + 12).text("公开申请", 70, top + 24)
        figures(sheet, top + 12, "1 2 3 4 5")
    found = ["".join(row[0].split()) for row in rows(table(read_pdf(pdf(sheet))))]
    assert found == [f"{label}信息公开申请" for label in ("一、本年新收", "二、上年结转", "三、下年继续")]


def test_numbers_of_labels_written_downwards_are_no_column_of_figures() -> None:
    """The last of them stands where the page ends."""
    sheet = Sheet()
    for number, label in enumerate(("2.重复申请", "3.要求提供", "4.大量申请")):
        figures(downwards(sheet, label, 120, 100 + 80 * number), 100 + 80 * number, "1 2 3 4 5")
    figures(sheet.text("5", 120, 340, 9), 340, "6 7 8 9 0")
    assert rows(table(read_pdf(pdf(sheet)))) == [
        ["2.重复申请", *"12345"],
        ["3.要求提供", *"12345"],
        ["4.大量申请", *"12345"],
        ["5", *"67890"],
    ]


def test_labels_written_downwards_end_where_the_gap_is_wider_than_between_their_characters() -> None:
    sheet = Sheet()
    for number, label in enumerate(("重复申请", "要求提供", "大量申请")):
        figures(downwards(sheet, label, 120, 100 + 50 * number), 116 + 50 * number, "1 2 3 4 5")
    assert [row[0] for row in rows(table(read_pdf(pdf(sheet))))] == ["重复申请", "要求提供", "大量申请"]


def test_figures_that_fill_a_line_stand_in_columns_of_their_own() -> None:
    sheet = Sheet().text("行政复议", 120, 100).text("行政诉讼", 350, 100)
    values = [str(1000 + 7 * number) for number in range(15)]
    for number, text in enumerate(values):
        sheet.text(text, 60 + 21 * number, 120, 9)
    assert rows(table(read_pdf(pdf(sheet))))[-1] == values


def test_a_figure_cut_behind_its_point_fills_its_column() -> None:
    sheet = Sheet().text("行政复议", 120, 100).text("行政诉讼", 350, 100)
    for number in range(15):
        sheet.text("9900." if number == 14 else "175", 60 + 30 * number, 120, 9)
    sheet.text("0", 488, 131, 9)
    found = rows(table(read_pdf(pdf(sheet))))[-1]
    assert ["".join(text.split()) for text in found] == [*["175"] * 14, "9900.0"]


def test_figures_cut_in_all_columns_of_the_only_row_of_litigation_are_whole() -> None:
    upper = "２，３６ １５７ ３４３ 2,36 742（件 107 12（件 149 283 661 208 68 130 119 527"
    lower = "８ ８ ６ 0 ） 1 ） 8 7 6 0 8 6 8 2"
    sheet = Sheet().text("行政复议", 120, 440).text("行政诉讼", 350, 440)
    for number, (above, below) in enumerate(zip(upper.split(), lower.split(), strict=True)):
        at = 60 + 32 * number
        sheet.text("结果", at, 455, 9).text("维持", at, 466, 9)
        sheet.text(above, at, 482.4, 8).text(below, at + 4, 492, 8)
    whole = [above + below for above, below in zip(upper.split(), lower.split(), strict=True)]
    assert rows(table(read_pdf(pdf(sheet))))[-1] == whole


def test_digits_set_one_by_one_below_a_label_are_one_figure() -> None:
    """A page of loose characters is taken for upright writing, whose lines go down."""
    sheet = downwards(Sheet(), "申" * 30, 60, 100)
    labels = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
    for number, (label, figure) in enumerate(zip(labels, ("80", "40", "57", "200", "377"), strict=True)):
        for line in (0, 2):
            for n, character in enumerate(label[line : line + 2]):
                sheet.text(character, 150 + 60 * number + 9 * n, 500 + 5.5 * line, 9)
        for n, digit in enumerate(figure):
            sheet.text(digit, 160.8 + 60 * number + 4.5 * n, 543, 9)
    assert rows(table(read_pdf(pdf(sheet))))[-1] == ["80", "40", "57", "200", "377"]


@pytest.mark.parametrize("gap", [1, 1.5])
def test_the_number_of_a_label_and_its_words_are_one_where_the_line_is_spread_to_fill_its_cell(gap: float) -> None:
    sheet = Sheet()
    labels = (("1.本机关不掌握相关", "信息"), ("2.没有现成信息需要", "制作"), ("3.补正后申请内容仍", "不明"))
    for number, (line, rest) in enumerate(labels):
        y = 100 + 30 * number
        figures(sheet.loose(line, 60, y, gap).text(rest, 60, y + 12), y + 6, "1 2 3 4 5")
    assert [row[0] for row in rows(table(read_pdf(pdf(sheet))))] == [line + rest for line, rest in labels]


def test_the_note_above_the_labels_is_that_of_no_row() -> None:
    """All labels stand a little below their figures, and the note as much below the words of the header."""
    sheet = (
        Sheet().text("（本列数据的勾稽关系为：第一项加第二", 40, 84).text("项之和，等于第三项加第四项之和）", 40, 96)
    )
    for x, word in zip((260, 320, 380, 440, 500), ("自然人", "商业企业", "科研机构", "其他", "总计"), strict=True):
        sheet.text(word, x, 88)
    labels = ["一、本年新收", "二、上年结转", "1.国家秘密", "2.重复申请"]
    for number, label in enumerate(labels):
        sheet.text(label, 40, 120 + 24 * number)
        for x, figure in zip((260, 320, 380, 440, 500), f"{number}2345", strict=True):
            sheet.text(figure, x, 106 + 24 * number)
    found = [row for row in rows(table(read_pdf(pdf(sheet)))) if row[-4:] == [*"2345"]]
    assert [(row[0], row[-5]) for row in found] == [(label, str(number)) for number, label in enumerate(labels)]
