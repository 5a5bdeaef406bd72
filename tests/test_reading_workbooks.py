"""Workbooks: what is hidden, formulas, formats, and kinds of file that LibreOffice turns into one."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

import pytest
import xlsxwriter

from loaders.document import Document, Table
from loaders.parsing import parse_file
from loaders.reading import read
from loaders.reading.soffice import soffice_path
from tests.form_documents import APPLICANTS, applications
from tests.office_files import zip_of
from tests.test_form_reading import row_of

needs_office = pytest.mark.skipif(soffice_path() is None, reason="LibreOffice is not installed")
WORDS = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"] * 3
LITIGATION = [1, 0, 2, 0, 3, 0, 0, 0, 0, 0, 0, 1, 0, 0, 1]


def workbook(fill, change=lambda name, part: part) -> bytes:
    """A workbook; `change` alters its parts as another program would have written them."""
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        fill(book, book.add_worksheet())
    with zipfile.ZipFile(buffer) as archive:
        return zip_of({name: change(name, archive.read(name)) for name in archive.namelist()})


def calculated(name: str, part: bytes) -> bytes:
    """As Excel leaves a file: it need not be calculated anew."""
    return part.replace(b' fullCalcOnLoad="1"', b"")


def cells(document: Document) -> list[str]:
    return [cell.text for block in document.blocks if isinstance(block, Table) for cell in block.cells]


def test_hidden_columns_are_left_out_and_merged_cells_that_reach_out_of_them_kept():
    def fill(book, sheet):
        sheet.merge_range("A1:B1", "申请")
        sheet.write_row("A2", ["旧", "甲", 3, 9])
        sheet.set_column("A:A", None, None, {"hidden": True})
        sheet.set_column("D:E", None, None, {"hidden": True})

    assert cells(read(workbook(fill), "a.xlsx")) == ["申请", "", "", "甲", "3"]


def test_hidden_rows_that_repeat_a_visible_one_are_left_out_and_others_kept():
    def fill(book, sheet):
        for row, texts in enumerate([["规章", 1, 2, 3], ["规章", 7, 8, 9], ["规范性文件", 4, 5, 6], ["", 7, 7, 7]]):
            sheet.write_row(row, 0, texts)
        for row in (1, 2, 3):
            sheet.set_row(row, None, None, {"hidden": True})

    assert cells(read(workbook(fill), "a.xlsx")) == ["规章", "1", "2", "3", "规范性文件", "4", "5", "6"]


@pytest.mark.parametrize(
    "change", [lambda name, part: part, lambda n, p: re.sub(rb"(?<=</f>)<v>0</v>", b"<v></v>", calculated(n, p))]
)
def test_formulas_beyond_sums_that_nobody_calculated_are_no_figures(change):
    def fill(book, sheet):
        sheet.write_string("A1", "四、政府信息公开行政复议、行政诉讼情况")
        sheet.write_row("A2", WORDS)
        for column, value in enumerate(LITIGATION):
            sheet.write_formula(2, column, f"=ROUND({value},0)")

    report = parse_file(workbook(fill, change), "a.xlsx")
    assert {figure.value for figure in report.form.figures.values()} == {None}
    assert any("公式" in warning for warning in report.warnings)


SUMS = ["=SUM(A3:D3)", "=A3+B3+$C$3+D3", "=SUM(A3,B3:D3)", "= SUM(A3:C3) + D3", "=SUM(G3)-1"]


@pytest.mark.parametrize("formula", SUMS)
def test_sums_that_nobody_calculated_are_calculated_as_on_opening(formula):
    def fill(book, sheet):
        sheet.write_string("A1", "四、政府信息公开行政复议、行政诉讼情况")
        sheet.write_row("A2", WORDS)
        sheet.write_row("A3", [*LITIGATION[:4], "", 0, "=SUM(A3:D3)+1", *LITIGATION[7:]])
        sheet.write_formula("E3", formula)

    report = parse_file(workbook(fill), "a.xlsx")
    assert report.form.figures["litigation.review.total"].value == 3
    assert not any("公式" in warning for warning in report.warnings)


@pytest.mark.parametrize(("word", "total"), [("无", 3), ("２", None), ("2", None)])
def test_sums_leave_words_out_and_stay_open_beside_figures_written_as_text(word, total):
    def fill(book, sheet):
        sheet.write_string("A1", "四、政府信息公开行政复议、行政诉讼情况")
        sheet.write_row("A2", WORDS)
        sheet.write_row("A3", LITIGATION)
        sheet.write_string("B3", word)
        sheet.write_formula("E3", "=SUM(A3:D3)")

    assert parse_file(workbook(fill), "a.xlsx").form.figures["litigation.review.total"].value == total


def test_formulas_that_nobody_calculated_leave_the_figures_beside_them_alone():
    def fill(book, sheet):
        sheet.write_string("A1", "三、收到和处理政府信息公开申请情况")
        for row, texts in enumerate(applications(), 1):
            sheet.write_row(row, 0, texts)
            if row > 2:
                sheet.write_formula(row, len(texts) - 1, "=ROUND(1,0)")

    figures = parse_file(workbook(fill), "a.xlsx").form.figures
    totals = {figures[key].value for key in figures if key.endswith(".total")}
    others = [figures[key].value for key in figures if key.startswith("applications.") and not key.endswith(".total")]
    assert (totals, others.count(None)) == ({None}, 0)


def test_results_of_formulas_are_figures():
    def fill(book, sheet):
        sheet.write_string("A1", "四、政府信息公开行政复议、行政诉讼情况")
        sheet.write_row("A2", WORDS)
        for column, value in enumerate(LITIGATION):
            sheet.write_formula(2, column, f"=SUM({value},0)", None, value)

    report = parse_file(workbook(fill, calculated), "a.xlsx")
    assert report.form.figures["litigation.review.total"].value == 3
    assert not any("公式" in warning for warning in report.warnings)


@pytest.mark.parametrize(
    ("code", "printed"),
    [("0!.0,", "25.1"), ("0\\.0,", "25.1"), ("#,##0,", "251"), ('0.00,"千"', "251"), ("#,##0", "251000")],
)
def test_numbers_printed_in_larger_units(code, printed):
    def fill(book, sheet):
        sheet.write_row("A1", ["甲", "乙"])
        sheet.write_row("A2", ["丙", 251000], book.add_format({"num_format": code}))

    assert cells(read(workbook(fill), "a.xlsx"))[3] == printed


def test_true_and_false_are_no_figures():
    def fill(book, sheet):
        sheet.write_row("A1", ["甲", True, False])

    assert cells(read(workbook(fill), "a.xlsx")) == ["甲", "TRUE", "FALSE"]


@pytest.mark.parametrize("word", ["校验", None])
def test_a_column_of_sums_beside_the_form_fills_no_blank_of_it(word):
    """Also where it makes up the number of figures of a row with a blank."""
    parts = [["12", "0", "", "0", "0", "3", "15"], ["1", "0", "2", "0", "0", "4", "6"]]
    figures = {"new": parts[0], "carried_in": parts[1]}

    def fill(book, sheet):
        sheet.write_string("A1", "三、收到和处理政府信息公开申请情况")
        sheet.write_row("D2", [*APPLICANTS, *([word] if word else [])])
        for at, (label, *values) in enumerate(applications(figures=figures)[2:], 2):
            sheet.write_row(at, 0, [label, "", "", *(int(value) if value else None for value in values), 0])

    form = parse_file(workbook(fill), "a.xlsx").form
    assert row_of(form, "new") == [12, 0, None, 0, 0, 3, 15]
    assert row_of(form, "carried_in") == [1, 0, 2, 0, 0, 4, 6]  # whose figures add up to something else


@pytest.mark.parametrize(("blank", "word"), [(None, None), (None, "校验"), (3, "校验")])
def test_a_sum_beside_the_figures_of_litigation_is_none_of_them(blank, word):
    figures = [None if at == blank else value for at, value in enumerate(LITIGATION)]

    def fill(book, sheet):
        sheet.write_string("A1", "四、政府信息公开行政复议、行政诉讼情况")
        sheet.write_row("A2", [*WORDS, *([word] if word else [])])
        sheet.write_row("A3", [*figures, 7])

    form = parse_file(workbook(fill), "a.xlsx").form
    assert [each.value for key, each in form.figures.items() if key.startswith("litigation")] == figures


def _sheet(row: str) -> str:
    return f'<table:table table:name="年报"><table:table-row>{row}</table:table-row></table:table>'


_SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
)
_KIND = "application/vnd.oasis.opendocument.spreadsheet"
_ROW = "".join(f"<table:table-cell><text:p>{text}</text:p></table:table-cell>" for text in ("规章", "丙"))
_BODY = f"<office:body><office:spreadsheet>{_sheet(_ROW)}</office:spreadsheet></office:body>"
OPEN = zip_of(
    {
        "mimetype": _KIND,
        "content.xml": f"<office:document-content {_SPACES}>{_BODY}</office:document-content>",
        "META-INF/manifest.xml": "<manifest:manifest "
        'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{_KIND}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>',
    }
)
FLAT = f'<?xml version="1.0"?><office:document {_SPACES} office:mimetype="{_KIND}">{_BODY}</office:document>'.encode()
_DATA = "".join(f'<Cell><Data ss:Type="String">{text}</Data></Cell>' for text in ("规章", "丙"))
EXCEL_2003 = (
    '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
    '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"'
    ' xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">'
    f'<Worksheet ss:Name="年报"><Table><Row>{_DATA}</Row></Table></Worksheet></Workbook>'
).encode()


@needs_office
@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [(OPEN, "a.ods", "ods"), (FLAT, "a.fods", "xls"), (EXCEL_2003, "a.xls", "xls"), (EXCEL_2003, "a.xml", "xls")],
)
def test_other_workbooks(data, name, kind):
    document = read(data, name)
    assert document.format == kind and cells(document) == ["规章", "丙"]


def test_a_workbook_saved_with_tabs():
    rows = [
        ["一、总体情况"],
        ["全年公开信息12条。"],
        ["四、政府信息公开行政复议、行政诉讼情况"],
        [f'"{word[:2]}\n{word[2:]}"' for word in WORDS],
        list(map(str, LITIGATION)),
        ["六、其他需要报告的事项"],
        ["无。"],
    ]
    text = "\r\n".join("\t".join([*row, *[""] * (len(WORDS) - len(row))]) for row in rows)
    report = parse_file(text.encode("utf-16"), "a.txt")
    assert report.form.figures["litigation.review.total"].value == 3
    assert [(each.section, each.text) for each in report.sections] == [(1, "全年公开信息12条。"), (4, ""), (6, "无。")]


@needs_office
def test_a_hidden_sheet_of_an_open_workbook_stays_hidden_though_it_stands_first():
    style = (
        '<office:automatic-styles><style:style style:name="ta1" style:family="table">'
        '<style:table-properties table:display="false"/></style:style></office:automatic-styles>'
    )
    hidden = _sheet(_ROW.replace("丙", "旧")).replace('table:name="年报"', 'table:name="上年" table:style-name="ta1"')
    flat = FLAT.decode().replace("<office:body>", f"{style}<office:body>")
    flat = flat.replace("<office:spreadsheet>", f"<office:spreadsheet>{hidden}")
    spaces = f'{_SPACES} xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"'
    assert cells(read(flat.replace(_SPACES, spaces).encode(), "a.fods")) == ["规章", "丙"]
