"""Digits on a scan that are damaged: what else they may be is handed on, and the sums of the form choose."""

from __future__ import annotations

import numpy as np

from loaders.document import Cell, Document, Paragraph, Place, Table
from loaders.parsing import parse_document
from loaders.reading.scan.ocr import read_picture
from tests.pdf_files import Sheet
from tests.scanned_pages import Pixels, png, rendered

DOTS = 200 / 72
KEY = "applications.new.person"
XS = (30, 240, 285, 330, 375, 440, 505, 540, 580)
ROWS = (
    ("", "自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"),
    ("一、本年新收政府信息公开申请数量", "76", "4", "0", "1", "0", "2", "83"),
    ("二、上年结转政府信息公开申请数量", "3", "0", "0", "0", "0", "0", "3"),
    ("（七）总计", "70", "4", "0", "1", "0", "1", "76"),
    ("四、结转下年度继续办理", "9", "0", "0", "0", "0", "1", "10"),
)


def test_a_damaged_digit_is_settled_by_the_sums() -> None:
    page = Sheet(height=260).text("某某县民政局2022年政府信息公开工作年度报告", 60, 40, 14)
    page.text("三、收到和处理政府信息公开申请情况", 60, 70, 14).rows(XS, 100, ROWS, 24)
    data = png(with_faded_corner(rendered(page)))
    document = read_picture(data)
    assert [cell.text for cell in cells(document) if cell.other_readings == ("76",)] == ["75"]
    form = parse_document(document, data, "a.png").form
    assert (form.figures[KEY].value, form.figures[KEY].raw, form.figures[KEY].confidence) == (76.0, "75", 0.9)
    assert any("按表内合计确定" in warning for warning in form.warnings)


def with_faded_corner(page: Pixels) -> Pixels:
    """The page with the lower left corner of the last digit of its first figure faded, so that a 6 is nearly a 5."""
    left, right, top, bottom = (round(value * DOTS) for value in (XS[1], XS[2], 124, 148))
    rows, columns = np.nonzero(page[top + 4 : bottom - 4, left + 4 : right - 4] < 128)
    first, last, upper, lower = columns.min(), columns.max() + 1, rows.min(), rows.max() + 1
    middle, digit = (first + last) / 2, (last - first) / 2
    damaged = page.copy()
    across = slice(left + 4 + round(middle), left + 4 + round(middle + 0.36 * digit))
    damaged[top + 4 + (upper + lower) // 2 : top + 4 + lower, across] = 240
    return damaged


def cells(document: Document) -> list[Cell]:
    return [cell for block in document.blocks if isinstance(block, Table) for cell in block.cells]


LINES = [
    "某某县民政局2016年政府信息公开工作年度报告",
    "一、概述",
    "2016年，我局召开专题会议，公开信息20条，没有收取费用，也没有被申请复议、被提起诉讼的情况。",
]


def scanned(*rows: tuple[str, ...]) -> Document:
    """A scanned report on 2016 with a table whose last cell is barely legible."""
    places = [(at, column, text) for at, row in enumerate(rows) for column, text in enumerate(row)]
    table = Table([Cell(text, at, column, place=Place(1, row=at)) for at, column, text in places])
    table.cells[-1].confidence, table.cells[-1].other_readings = 0.5, ("1",)
    return Document("scan", [*map(Paragraph, LINES), table], is_recognised=True)


def test_barely_legible_figures_of_reports_before_the_form_are_empty() -> None:
    labels = ["其中：主动公开规范性文件数", "（二）申请办结数", "四、行政复议数量", "（一）收到申请数"]
    document = scanned(*((label, "件", str(number)) for number, label in enumerate(labels, start=3)))
    form = parse_document(document, b"", "a.pdf").form
    assert form.edition == "legacy"
    assert (form.figures["applications.total.total"].value, form.figures["applications.new.total"].value) == (4, None)


def test_a_scan_with_a_table_of_something_else_is_a_report_without_figures() -> None:
    report = parse_document(scanned(("会议", "次数"), ("专题会议", "4")), b"", "a.pdf")
    assert (report.form.edition, report.form.figures) == ("legacy", {})


def test_figures_beside_two_labels_in_one_cell_are_empty() -> None:
    header = ("", "自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")
    one, other = ("1", "0", "0", "0", "0", "0", "1"), ("11", "2", "0", "0", "7", "0", "20")
    above = ("一、本年新收政府信息公开申请数量", "二、上年结转政府信息公开申请数量", "（一）予以公开", "1.属于国家秘密")
    below = ("8.属于行政查询事项", "3.补正后申请内容仍不明确\n1.信访举报）不投诉类申请", "2.重复申请")
    tables = [[header, *((label, *one) for label in above)], [(label, *other) for label in below]]
    cells = [
        [
            Cell(text, at, column, place=Place(page, row=at, column=column))
            for at, row in enumerate(rows)
            for column, text in enumerate(row)
        ]
        for page, rows in enumerate(tables, 1)
    ]
    lines = ["某某县民政局2022年政府信息公开工作年度报告", "三、收到和处理政府信息公开申请情况"]
    document = Document("scan", [*map(Paragraph, lines), *map(Table, cells)], is_recognised=True)
    form = parse_document(document, b"", "a.pdf").form
    assert form.figures["applications.rejected.repeat.total"].value == 20
    for row in ("unavailable.unclear", "rejected.petition"):
        assert form.figures[f"applications.{row}.total"].value is None


def test_specks_before_a_count_are_no_points() -> None:
    header = ("", "自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")
    labels = ("一、本年新收政府信息公开申请数量", "二、上年结转政府信息公开申请数量", "（一）予以公开")
    rows = [header, *((label, ".6", "..0", ",285", ".012", "•12", "0", "0") for label in labels)]
    cells = [
        Cell(text, at, column, place=Place(1, row=at, column=column), confidence=0.97)
        for at, row in enumerate(rows)
        for column, text in enumerate(row)
    ]
    lines = ["某某县民政局2022年政府信息公开工作年度报告", "三、收到和处理政府信息公开申请情况"]
    document = Document("scan", [*map(Paragraph, lines), Table(cells)], is_recognised=True)
    figures = parse_document(document, b"", "a.pdf").form.figures
    row = [figures[f"applications.new.{who}"].value for who in ("person", "business", "research", "nonprofit", "legal")]
    assert row == [6, 0, None, None, 12]
