"""PDF tables whose lines go around the labels only, not around the figures."""

from __future__ import annotations

from loaders.document import Table
from loaders.reading.pdf.reader import read_pdf
from tests.pdf_files import Sheet, pdf
from tests.test_reading_pdf import grid, rows, table

XS = (60, 200, 280, 360, 440)
FIFTEEN = [60 + 30 * number for number in range(16)]


def test_figures_in_one_wide_cell_stand_in_the_columns_of_the_header() -> None:
    xs = (60, 200, 320, 440)
    sheet = Sheet().grid(xs, (100, 120)).grid((60, 200), (120, 140)).line(200, 140, 440, 140).line(440, 120, 440, 140)
    sheet.words(xs, 100, [("信息内容", "采购项目数量", "采购总金额"), ("政府集中采购", "6", "5")])
    assert rows(table(read_pdf(pdf(sheet))))[1:] == [["政府集中采购", "6", "5"]]


def test_a_figure_beside_the_second_of_two_labels_is_not_that_of_the_first() -> None:
    sheet = Sheet().grid((60, 200, 440), (100, 120)).line(60, 120, 60, 160).line(200, 120, 200, 160)
    sheet.line(60, 140, 200, 140).line(60, 160, 440, 160).line(440, 120, 440, 160)
    sheet.words((60, 280), 100, [("信息内容", "处理决定"), ("行政处罚",), ("行政强制", "95")])
    assert rows(table(read_pdf(pdf(sheet))))[1:] == [["行政处罚", ""], ["行政强制", "95"]]


def test_a_figure_in_the_middle_of_a_merged_cell_stays_there() -> None:
    sheet = Sheet().grid((60, 200, 440), (100, 120)).line(60, 120, 60, 180).line(200, 120, 200, 180)
    sheet.line(60, 140, 200, 140).line(60, 160, 200, 160).line(60, 180, 440, 180).line(440, 120, 440, 180)
    sheet.words((60, 280), 100, [("信息内容", "处理决定"), ("行政处罚",), ("行政强制", "95"), ("行政许可",)])
    assert (1, 1, 3, 1, "95") in grid(table(read_pdf(pdf(sheet))))


def test_the_row_below_a_header_of_fifteen_columns_is_part_of_its_table() -> None:
    words = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"] * 3
    sheet = Sheet().grid(FIFTEEN, (100, 120))
    for number, word in enumerate(words):
        sheet.text(word, FIFTEEN[number] + 2, 112, 6).text("" if number % 4 else str(number), FIFTEEN[number] + 9, 132)
    found = rows(table(read_pdf(pdf(sheet))))
    assert found[-1] == ["" if number % 4 else str(number) for number in range(15)]


def test_figures_beside_a_table_of_labels_stand_in_their_rows() -> None:
    labels = [("1.国家秘密",), ("2.重复申请",), ("3.其他",)]
    sheet = Sheet().rows((60, 200), 100, labels)
    sheet.words((220, 280, 340), 100, [(f"{row}1", f"{row}2", f"{row}3") for row in (1, 2, 3)])
    (found,) = (block for block in read_pdf(pdf(sheet)).blocks if isinstance(block, Table))
    assert rows(found) == [[label, *(f"{row}{n}" for n in (1, 2, 3))] for row, (label,) in enumerate(labels, 1)]


def test_the_label_of_a_row_below_a_header_is_no_more_of_its_text() -> None:
    sheet = Sheet().grid(XS, (100, 120)).words(XS, 100, [("信息内容", "制发", "废止", "有效")])
    sheet.words(XS, 113, [("规章", "1", "2", "3"), ("规范性文件", "4", "5", "6")], 16)
    found = [row for block in read_pdf(pdf(sheet)).blocks if isinstance(block, Table) for row in rows(block)]
    assert [row[-4:] for row in found[1:]] == [["规章", "1", "2", "3"], ["规范性文件", "4", "5", "6"]]


def test_a_label_written_downwards_holds_no_figure() -> None:
    """无 alone stands for a nought; here it is one of the characters of a group's label."""
    sheet = Sheet().rows((90, 200), 100, [("1.国家秘密",), ("2.重复申请",), ("3.其他",)]).grid((60, 90), (100, 160))
    for number, character in enumerate("无法提供"):
        sheet.text(character, 70, 112 + 12 * number)
    sheet.words((220, 280, 340), 100, [(f"{row}1", f"{row}2", f"{row}3") for row in (1, 2, 3)])
    (found,) = (block for block in read_pdf(pdf(sheet)).blocks if isinstance(block, Table))
    assert [row[-3:] for row in rows(found)] == [[f"{row}{n}" for n in (1, 2, 3)] for row in (1, 2, 3)]


def test_a_table_that_goes_on_without_lines_keeps_the_columns_that_they_drew() -> None:
    xs = (60, *range(200, 480, 40))
    sheet = Sheet().rows(xs, 760, [("申请人", *"甲乙丙丁戊己庚"), ("1.国家秘密", *"1234569")])
    below = Sheet().words(xs, 100, [(f"{n}.重复申请", "1", "2", "", "4", "5", "6", "9") for n in range(2, 7)])
    pages = [block for block in read_pdf(pdf(sheet, below)).blocks if isinstance(block, Table)]
    assert rows(pages[-1])[-1][-7:] == ["1", "2", "", "4", "5", "6", "9"]
