"""Worksheets printed with rows too low for their labels, whose lines are written over those of other rows."""

from __future__ import annotations

import pytest

from loaders.document import Table
from loaders.form.editions import edition
from loaders.parsing import parse_file
from loaders.reading.pdf.reader import read_pdf
from tests.form_documents import APPLICANTS, applications, count
from tests.pdf_files import Sheet, pdf
from tests.test_reading_pdf import rows, table

XS = (60, 160, 210, 260, 310, 360, 410, 460, 520)


def printed(pitch: float, *, ruled: bool = True) -> bytes:
    """The applications with rows of a height, and two lines 14 points apart in each label that has room for them."""
    _, _, *body = applications()
    ys = [80 + pitch * number for number in range(len(body) + 2)]
    sheet = Sheet().text("三、收到和处理政府信息公开申请情况", 60, 60, 12)
    sheet = sheet.grid(XS, ys) if ruled else sheet
    for number, row in enumerate([["", *APPLICANTS], *body]):
        middle = ys[number] + pitch / 2 + 3.5
        label = row[0]
        if len(label) > 9:
            sheet.text(label[:9], 62, middle - 7, 10).text(label[9:18], 62, middle + 7, 10)
        else:
            sheet.text(label, 62, middle, 10)
        for x, text in zip(XS[1:], row[1:], strict=False):
            sheet.text(text, x + 4, middle, 10)
    return pdf(sheet)


@pytest.mark.parametrize("ruled", [True, False])
@pytest.mark.parametrize("pitch", [10.5, 11, 12])
def test_labels_that_are_written_over_each_other_name_no_row(pitch: float, ruled: bool) -> None:
    figures = parse_file(printed(pitch, ruled=ruled), "甲县水利局2023年政府信息公开工作年度报告.pdf").form.figures
    for number, row in enumerate(edition("2021").blocks_of("applications")[0].rows):
        value = figures[f"applications.{row.key}.person"].value
        assert value in (None, count("applications", number, 0)), row.key


def test_figures_under_the_last_line_of_a_header_are_read() -> None:
    """Only two columns have such a label, and each of them once."""
    body = [["规章", "3", "17", "29"], ["规范性文件", "4", "18", "30"]]
    sheet = Sheet().text("二、主动公开政府信息情况", 60, 60, 12).grid(XS[:5], [80 + 12 * n for n in range(5)])
    for number, row in enumerate([["第二十条第（一）项"], ["信息内容", "制发", "本年废止件", "现行有效件"], *body]):
        for x, text in zip(XS, row, strict=False):
            sheet.text(text, x + 2, 89 + 12 * number, 9)
    sheet.text("数", 212, 109, 9).text("数", 262, 109, 9)
    (form_table,) = (block for block in read_pdf(pdf(sheet)).blocks if isinstance(block, Table))
    assert rows(form_table)[2:] == body


def test_labels_that_stand_in_their_rows_name_them() -> None:
    figures = parse_file(printed(29), "甲县水利局2023年政府信息公开工作年度报告.pdf").form.figures
    assert figures["applications.denied.law.person"].value == 60


def test_a_line_that_ends_left_of_the_page_is_read() -> None:
    sheet = Sheet().text("年度报告" * 12, -700, 100).rows((60, 160, 260), 200, [["甲", "1"], ["乙", "2"]])
    assert rows(table(read_pdf(pdf(sheet)))) == [["甲", "1"], ["乙", "2"]]


def test_labels_of_groups_may_touch_those_beside_them() -> None:
    sheet = Sheet()
    columns = (200, 260, 320, 380, 440)
    for number in range(4):
        y = 100 + 40 * number
        sheet.text("（四）", 60, y + 4, 9).text("甲乙丙", 86.6, y, 9).text("丁戊己", 86.6, y + 11, 9)
        for x in columns:
            sheet.text(str(number + 2), x, y + 6, 9)
    found = rows(table(read_pdf(pdf(sheet))))
    assert [row[-5:] for row in found if len(row) >= 5] == [[str(number + 2)] * 5 for number in range(4)]


def test_labels_that_begin_in_the_rows_above_their_own_name_no_row() -> None:
    """Their last line stands in their row, the first where there was room: in the rows above, amid others."""
    block = edition("2021").blocks_of("applications")[0]
    xs = (60, 110, 160, *XS[2:])
    ys = [80 + 30 * number for number in range(len(block.rows) + 2)]
    sheet = Sheet(height=1000).text("三、收到和处理政府信息公开申请情况", 60, 60, 12).grid(xs, ys)
    groups = [""]
    for number, row in enumerate(block.rows, 1):
        group = row.group if row.group != groups[-1] else ""
        groups.append(row.group or groups[-1])
        labels = ["", group, row.label] if row.group else ["", row.label] if row.label[0] == "（" else [row.label]
        for x, label in zip(xs, labels, strict=False):
            parts = [label[at : at + 5] for at in range(0, len(label), 5)][:5]
            for line, part in enumerate(reversed(parts)):
                sheet.text(part, x + 2, ys[number + 1] - 3 - 12.4 * line, 9)
        for column, x in enumerate(xs[3:-1]):
            sheet.text(str(count("applications", number - 1, column)), x + 4, ys[number + 1] - 3, 9)
    for x, applicant in zip(xs[3:], APPLICANTS, strict=False):
        sheet.text(applicant, x + 2, ys[1] - 3, 8)
    figures = parse_file(pdf(sheet), "甲县水利局2023年政府信息公开工作年度报告.pdf").form.figures
    for number, row in enumerate(block.rows):
        assert figures[f"applications.{row.key}.person"].value in (None, count("applications", number, 0)), row.key
