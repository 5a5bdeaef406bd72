"""Words over the columns of PDF tables without lines: downwards, broken, or over columns in which nothing stands."""

from __future__ import annotations

import pytest

from loaders.document import Table
from loaders.parsing import parse_file
from loaders.reading.pdf.reader import read_pdf
from tests.pdf_files import Sheet, pdf
from tests.test_reading_pdf import rows, table, texts

RESULTS = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
APPLICANTS = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")


def broken(sheet: Sheet, word: str, x: float, y: float, width: int) -> None:
    """A word in a column that holds `width` of its characters."""
    for line, start in enumerate(range(0, len(word), width)):
        sheet.text(word[start : start + width], x, y + 12 * line)


def litigation(xs: range, width: int, figures: list[str]) -> Sheet:
    sheet = Sheet().text("行政复议", xs[1], 100).text("行政诉讼", xs[9], 100)
    sheet.text("未经复议直接起诉", xs[5], 116).text("复议后起诉", xs[11], 116)
    for x, word in zip(xs, RESULTS * 3, strict=True):
        broken(sheet, word, x, 132, width)
    for x, figure in zip(xs, figures, strict=True):
        if figure:
            sheet.text(figure, x + 2, 190)
    return sheet


@pytest.mark.parametrize(("width", "pitch"), [(1, 30), (2, 34), (3, 31), (2, 21)])
def test_blanks_of_the_only_row_are_told_under_words_broken_in_their_columns(width: int, pitch: int) -> None:
    figures = ["", "1", "0", "", "1", *"01001", "0", "", "0", "2", "2"]
    found = table(read_pdf(pdf(litigation(range(50, 50 + 15 * pitch, pitch), width, figures))))
    assert rows(found)[-2:] == [[*RESULTS * 3], figures]


def test_reviews_and_lawsuits_in_tables_of_their_own_are_read_under_words_written_downwards() -> None:
    xs = range(60, 560, 50)
    sheet = Sheet().text("四、政府信息公开行政复议、行政诉讼情况", 60, 80).text("行政复议", 150, 110)
    sheet.words(xs[::2], 126, [RESULTS, ("", "3", "0", "1", "4")], 18)
    sheet.text("行政诉讼", 280, 180).text("未经复议直接起诉", 130, 196).text("复议后起诉", 400, 196)
    for x, word in zip(xs, RESULTS * 2, strict=True):
        broken(sheet, word, x, 212, 1)
    for x, figure in zip(xs, "0102310405", strict=True):
        sheet.text(figure, x, 272)
    figures = parse_file(pdf(sheet), "a.pdf").form.figures
    read = [figures[key].value for key in figures if key.startswith("litigation.")]
    assert read == [None, 3, 0, 1, 4, 0, 1, 0, 2, 3, 1, 0, 4, 0, 5]


@pytest.mark.parametrize(("again", "pending"), [("1", 1), ("2", None)])
def test_reviews_and_lawsuits_that_stand_there_twice_are_null_where_they_differ(again: str, pending: float) -> None:
    xs = range(60, 560, 50)
    sheet = Sheet().text("四、政府信息公开行政复议、行政诉讼情况", 60, 80)
    for top, last in ((110, "1"), (300, again)):
        sheet.rows([60, 160, 260, 360, 460, 560], top, [RESULTS, ("0", "3", "0", last, "4")])
        sheet.rows([60, 310, 560], top + 60, [("未经复议直接起诉", "复议后起诉")])
        sheet.rows([*xs, 560], top + 80, [[*RESULTS * 2], [*"0102310405"]])
    figures = parse_file(pdf(sheet), "a.pdf").form.figures
    read = [figures[key].value for key in figures if key.startswith("litigation.")]
    assert read == [0, 3, 0, pending, 4, 0, 1, 0, 2, 3, 1, 0, 4, 0, 5]


def test_columns_in_which_nothing_stands_are_found_under_their_words() -> None:
    xs = (60, *range(230, 580, 50))
    sheet = Sheet().text("申请人情况", 380, 100)
    for x, word in zip(xs[1:], APPLICANTS, strict=True):
        broken(sheet, word, x, 120, 2)
    body = [
        ("一、本年新收", "3", "", "", "2", "", "", "5"),
        ("二、上年结转", "", "", "", "1", "", "", "1"),
        ("（一）予以公开", "3", "", "", "3", "", "", "6"),
    ]
    found = rows(table(read_pdf(pdf(sheet.words(xs, 170, body, 20)))))
    assert found[-4:] == [[*APPLICANTS], *map(list, body)]


def test_figures_alone_on_the_next_page_are_no_row_of_a_wider_table_before() -> None:
    xs = range(230, 510, 40)
    body = [(f"{number}.甲", *"1234567") for number in range(1, 7)]
    first = Sheet().words((60, *xs), 100, body, 20)
    second = Sheet().words(xs[:5], 60, [tuple("01203")])
    document = read_pdf(pdf(first, second))
    last = [block for block in document.blocks if isinstance(block, Table)][-1]
    assert rows(last)[-1] == [*"01203"]


def test_a_figure_written_downwards_is_whole() -> None:
    xs = (60, 200, 240, 280, 320, 360)
    sheet = Sheet().words(xs, 100, [(f"{number}.甲", *"12034") for number in range(1, 5)], 50)
    for number, digit in enumerate("1065"):
        sheet.text(digit, 400, 182 + 11 * number)
    found = rows(table(read_pdf(pdf(sheet))))
    assert ["".join(row[-1].split()) for row in found if row[0] == "3.甲"] == ["1065"]


def test_the_row_of_litigation_on_the_next_page_is_not_joined_to_its_header() -> None:
    xs = [*range(40, 490, 30), 490]
    first = Sheet().grid(xs, [700, 720, 790])
    second = Sheet().grid([*xs[:-2], 468, 490], [60, 80])
    for x, word, figure in zip(xs, RESULTS * 3, "102030405060708", strict=False):
        broken(first, word, x + 8, 735, 1)
        second.text(figure, x + 20, 75)
    assert rows(table(read_pdf(pdf(first, second))))[-1] == [*"102030405060708"]


def test_rows_of_blanks_with_long_labels_part_no_table() -> None:
    xs = (60, *range(300, 580, 40))
    sheet = Sheet().words(xs[1:], 100, [("自然人", "商业", "科研", "公益", "法律", "其他", "总计")])
    body = [
        ("一、本年新收政府信息公开申请数量", *"3002001", "6"),
        ("2.申请人逾期未按收费通知要求缴纳费用的", *[""] * 7),
        ("8.属于行政查询事项", *[""] * 7),
        ("5.要求行政机关确认或重新出具已获取的", "4", *[""] * 5, "4"),
        ("3.其他不再处理其政府信息公开申请的", *[""] * 7),
        ("（七）总计", "7", "0", "0", "2", "0", "0", "9"),
    ]
    sheet.words(xs, 125, [row[:8] for row in body], 20)
    document = read_pdf(pdf(sheet.text("本机关全年数据口径与上年一致。", 60, 262)))
    assert rows(table(document))[-6:] == [list(row[:8]) for row in body]
    assert texts(document)[-1] == "本机关全年数据口径与上年一致。"


def test_a_row_shifted_by_a_cell_reaches_beyond_the_last_word_and_moves_no_other() -> None:
    xs = (60, *range(200, 520, 40))
    sheet = Sheet()
    for x, word in zip(xs[1:], APPLICANTS, strict=False):
        broken(sheet, word, x, 100, 2)
    body = [("一、本年新收", "1", "1", "5", "", "2", "2", "11", ""), ("二、上年结转", "", "", "1", "", "", "", "", "1")]
    body.append(("（一）予以公开", "1", "1", "2", "", "1", "1", "6", ""))
    found = rows(table(read_pdf(pdf(sheet.words(xs, 150, body, 20)))))
    assert found[-3:] == [list(row) for row in body]


def test_columns_of_the_page_before_hold_where_a_row_is_shifted_beyond_them() -> None:
    xs = (60, *range(200, 520, 40))
    first = Sheet().words(xs[:8], 700, [(f"{n}.甲", *"1234567") for n in range(1, 5)], 20)
    body = [("1.乙", "", "", "1", "", "", "", "1", ""), ("2.丙", "", "", "", "2", "", "", "", "2")]
    second = Sheet().words(xs, 60, [*body, ("（七）总计", "", "1", "5", "", "2", "2", "10", "")], 20)
    document = read_pdf(pdf(first, second))
    last = [block for block in document.blocks if isinstance(block, Table)][-1]
    assert rows(last)[-3:-1] == [list(row) for row in body]


def test_a_misread_letter_within_a_label_parts_it_not() -> None:
    sheet = Sheet()
    for number in range(4):
        y = 100 + 30 * number
        sheet.text("5.要求", 60, y).text("k", 91, y).text("政机关确认", 99, y)
        for x in range(300, 420, 40):
            sheet.text("0", x, y)
    assert rows(table(read_pdf(pdf(sheet))))[1][0] == "5.要求k政机关确认"


def test_the_words_of_the_header_are_columns_for_the_only_row_before_the_end_of_the_page() -> None:
    xs = (60, *range(230, 580, 50))
    sheet = Sheet()
    for x, word in zip(xs[1:], APPLICANTS, strict=True):
        broken(sheet, word, x, 700, 2)
    row = ["一、本年新收", "5", "", "5", "", "", "3", "13"]
    found = rows(table(read_pdf(pdf(sheet.words(xs, 760, [row])))))
    assert found[-1] == row


@pytest.mark.parametrize(("rest", "known"), [("2", True), ("3", False)])
def test_parts_of_figures_beside_two_labels_are_whole_where_the_row_then_adds_up(rest: str, known: bool) -> None:
    xs = (120, *range(240, 520, 40))
    sheet = Sheet()
    for number in range(6):
        y = 100 + 44 * number
        sheet.words(xs, y, [(f"{number}.信访举报", "1", "2", "0", "0", "0", "0", "3")]).text("投诉类申请", 124, y + 26)
    sheet.text("属于", 64, 382).words(xs[1:], 368, [("11295", "1", "13947", "0", "0", "0", "15076")])
    sheet.text("过程性信息", 124, 394).text(rest, 324, 394).text("8", 484, 394)
    found = [row for row in rows(table(read_pdf(pdf(sheet)))) if any("11295" in text for text in row)]
    assert [("⋯" not in "".join(row)) for row in found] == [known]
    assert known == (found[0][-7:] == ["11295", "1", "139472", "0", "0", "0", "150768"])


def test_words_of_the_header_are_whole_though_their_lines_are_not_level() -> None:
    """Each word stands in the middle of its cell; a column in which nothing stands is known by its word."""
    xs = (305, 334, 368, 425, 458, 497, 538)
    sheet = Sheet()
    for x, word, y in zip(xs, APPLICANTS, (72, 84, 91, 77, 77, 91, 80), strict=True):
        for line, start in enumerate(range(0, len(word), 2)):
            sheet.text(word[start : start + 2], x, y + 14.3 * line, 11)
    for number in range(4):
        sheet.text(f"{number}.重复申请", 60, 130 + 20 * number)
        for x, figure in zip(xs, "12345 9", strict=True):
            sheet.text(figure.strip(), x + 6, 130 + 20 * number, 11)
    found = rows(table(read_pdf(pdf(sheet))))
    assert list(APPLICANTS) in found
    assert found[-1] == ["3.重复申请", *"12345", "", "9"]


def test_a_word_over_no_figures_takes_no_column_from_the_words_over_them() -> None:
    xs = range(200, 440, 40)
    sheet = Sheet().words((60, *xs), 100, [("", "自然", "商业", "科研", "社会", "其他", "总计")])
    for number in range(4):
        sheet.words((60, *xs), 120 + 20 * number, [(f"{number}.重复申请", "1", "2", "3", "4", "", "9")])
    columns = {cell.text: cell.column for cell in table(read_pdf(pdf(sheet))).cells}
    pairs = {"自然": "1", "商业": "2", "科研": "3", "社会": "4", "总计": "9"}
    assert all(columns[word] == columns[figure] for word, figure in pairs.items())


def test_the_row_of_litigation_stands_not_in_the_columns_of_the_table_before() -> None:
    """By chance it has as many figures as that has columns; most stand left of these."""
    sheet = Sheet()
    for number in range(4):
        sheet.words((60, *range(300, 580, 40)), 100 + 20 * number, [(f"{number}.重复申请", *"1200003")])
    sheet.text("四、政府信息公开行政复议、行政诉讼情况", 60, 220)
    for x, word in zip(range(60, 560, 50), RESULTS * 2, strict=True):
        sheet.text(word, x, 250, 8)
    for x, figure in zip((75, 125, 305, 345, 385, 465, 545), "1234567", strict=True):
        sheet.text(figure, x, 270)
    last = [block for block in read_pdf(pdf(sheet)).blocks if isinstance(block, Table)][-1]
    assert not last.aligned


@pytest.mark.parametrize("shift", [-8, 28])
def test_figures_at_the_edges_of_their_cells_stand_under_the_words_in_the_middle_of_these(shift: int) -> None:
    xs = range(60, 660, 40)
    sheet = Sheet(760)
    for x, word in zip(xs, RESULTS * 3, strict=True):
        sheet.text(word, x + (6 if len(word) == 2 else 0), 100, 6)
    figures = ["", "1", "0", "", "1", "", "", "2", "", "2", "5", "", "", "3", "8"]
    for x, figure in zip(xs, figures, strict=True):
        if figure:
            sheet.text(figure, x + shift, 120, 8)
    assert rows(table(read_pdf(pdf(sheet))))[-1] == figures
