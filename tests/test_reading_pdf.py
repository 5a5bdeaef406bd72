"""PDF files: cells between lines, tables over pages, columns without lines, paragraphs, turned and broken files."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pypdfium2  # type: ignore[import-untyped]
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.document import UNSURE, Document, Paragraph, Picture, ReadingError, Table
from loaders.form.figures import read_figure
from loaders.reading.pdf.fonts import box_font
from loaders.reading.pdf.reader import read_pdf
from loaders.reading.pdf.runs import broken_share
from loaders.reading.scan import ocr_engine
from tests.pdf_files import Sheet, pdf

XS = (60, 200, 280, 360, 440)


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def table(document: Document) -> Table:
    (found,) = [block for block in document.blocks if isinstance(block, Table)]
    return found


def rows(found: Table) -> list[list[str]]:
    lines: dict[int, list[tuple[int, str]]] = {}
    for cell in found.cells:
        lines.setdefault(cell.row, []).append((cell.column, cell.text))
    return [[text for _, text in sorted(lines[row])] for row in sorted(lines)]


def grid(found: Table) -> set[tuple[int, int, int, int, str]]:
    return {(cell.row, cell.column, cell.row_span, cell.column_span, cell.text) for cell in found.cells}


class TestRuledTables:
    ROWS = (("规章", "1,472", "0", "—"), ("规范性文件", "/", "", "１２"))

    def test_cells_between_lines(self) -> None:
        found = table(read_pdf(pdf(Sheet().rows(XS, 100, self.ROWS))))
        assert rows(found) == [list(row) for row in self.ROWS]
        assert found.aligned
        cell = next(cell for cell in found.cells if cell.text == "1,472")
        assert cell.place.page == 1
        assert cell.place.box == pytest.approx((200, 100, 280, 120), abs=1)

    def test_slanted_type(self) -> None:
        sheet = Sheet().grid(XS, (100, 120))
        for x, digit in zip(XS, "1234", strict=False):
            sheet.raw(f"BT /F1 10 Tf 1 0 0.25 1 {x + 20} 728 Tm <{digit.encode('utf-16-be').hex()}> Tj ET")
        assert rows(table(read_pdf(pdf(sheet)))) == [list("1234")]

    @pytest.mark.parametrize(("digits", "read"), [("3814", "3814"), ("12", "1 2"), ("012", "0 1 2")])
    def test_digits_set_apart_are_one_figure(self, digits: str, read: str) -> None:
        sheet = Sheet().rows(XS, 100, [("规章", "1", "2", "3")] * 3)
        sheet.text("  ".join(digits), 204, 174).grid(XS, (160, 180)).text("合计", 64, 174)
        assert rows(table(read_pdf(pdf(sheet))))[-1][1] == read

    def test_a_figure_over_two_cells_may_be_two(self) -> None:
        sheet = Sheet().rows(XS, 100, [("规章", "", "", "3"), ("行政许可", "4", "5", "6")])
        sheet.text("3976", 262, 114).text("10638", 282, 114)
        assert rows(table(read_pdf(pdf(sheet)))) == [["规章", "", "397610638" + UNSURE, "3"], ["行政许可", *"456"]]
        assert read_figure("397610638" + UNSURE).kind == "blank"

    def test_missing_lines_merge_cells(self) -> None:
        sheet = Sheet().line(60, 100, 360, 100).line(60, 140, 360, 140).line(160, 120, 360, 120)
        sheet.line(60, 100, 60, 140).line(160, 100, 160, 140).line(360, 100, 360, 140).line(260, 120, 260, 140)
        sheet.text("不予公开", 64, 124).text("申请人情况", 164, 114).text("3", 164, 134).text("4", 264, 134)
        assert grid(table(read_pdf(pdf(sheet)))) == {
            (0, 0, 2, 1, "不予公开"),
            (0, 1, 1, 2, "申请人情况"),
            (1, 1, 1, 1, "3"),
            (1, 2, 1, 1, "4"),
        }

    @pytest.mark.parametrize("drawn", ["one path", "bars", "boxes", "dots", "form", "double", "turned form"])
    def test_however_the_lines_are_drawn(self, drawn: str) -> None:
        xs, ys = XS, (100, 120, 140)
        sheet = Sheet().words(xs, 100, self.ROWS)
        up = [842 - y for y in ys]
        level = [f"{xs[0]} {y} m {xs[-1]} {y} l" for y in up]
        plumb = [f"{x} {up[0]} m {x} {up[-1]} l" for x in xs]
        boxes = [f"{a} {y - 20} {b - a} 20 re S" for a, b in pairwise(xs) for y in up[:-1]]
        if drawn == "one path":
            sheet.raw(" ".join([*level, *plumb, "S"]))
        elif drawn == "bars":
            sheet.raw("".join(f"{xs[0]} {y - 0.4} {xs[-1] - xs[0]} 0.8 re f " for y in up))
            sheet.raw("".join(f"{x - 0.4} {up[-1]} 0.8 40 re f " for x in xs))
        elif drawn == "boxes":
            sheet.raw(" ".join(boxes))
        elif drawn == "dots":
            sheet.raw("".join(f"{xs[0] + 1.5 * k} {y} 0.7 0.7 re f " for y in up for k in range(254)))
            sheet.raw("".join(f"{x} {up[-1] + 1.5 * k} 0.7 0.7 re f " for x in xs for k in range(27)))
        elif drawn == "form":
            sheet.form, sheet.form_matrix = " ".join([*level, *plumb, "S"]), "1 0 0 1 -30 10"
            sheet.raw("1 0 0 1 30 -10 cm")
        elif drawn == "turned form":
            turned = [f"{842 - y} {xs[0]} m {842 - y} {xs[-1]} l" for y in up]
            turned += [f"{842 - up[0]} {x} m {842 - up[-1]} {x} l" for x in xs]
            sheet.form, sheet.form_matrix = " ".join([*turned, "S"]), "0 -1 1 0 0 842"
        else:
            sheet.raw(" ".join(boxes)).raw("q 1 0 0 1 1.8 -1.8 cm " + " ".join(boxes) + " Q")
        assert rows(table(read_pdf(pdf(sheet)))) == [list(row) for row in self.ROWS]

    def test_without_outer_edges(self) -> None:
        sheet = Sheet().words(XS, 100, self.ROWS)
        for y in (100, 120, 140):
            sheet.line(60, y, 440, y)
        for x in XS[1:-1]:
            sheet.line(x, 100, x, 140)
        assert rows(table(read_pdf(pdf(sheet)))) == [list(row) for row in self.ROWS]

    def test_a_long_figure_over_the_line_stays_whole(self) -> None:
        sheet = Sheet().grid((60, 160, 185, 260), (100, 120, 140)).text("规章", 64, 114)
        sheet.text("123456", 162, 114).text("7", 230, 114)
        assert rows(table(read_pdf(pdf(sheet))))[0] == ["规章", "123456", "7"]

    def test_one_run_over_two_cells_is_cut_in_the_gap(self) -> None:
        sheet = Sheet().grid((60, 160, 180, 200), (100, 120, 140)).text("规章", 64, 114)
        sheet.raw("BT /F1 10 Tf 168 728 Td [<0030> -1500 <0035>] TJ ET")
        assert rows(table(read_pdf(pdf(sheet))))[0] == ["规章", "0", "5"]

    def test_lines_of_a_cell(self) -> None:
        sheet = Sheet().grid((60, 104, 160), (100, 140, 160)).text("社会公益", 62, 114).text("组织", 62, 126)
        sheet.text("甲", 108, 114).text("乙", 108, 130)
        assert rows(table(read_pdf(pdf(sheet))))[0] == ["社会公益组织", "甲\n乙"]

    def test_upright_label(self) -> None:
        sheet = Sheet().grid((60, 74, 200), (100, 220, 240)).text("予以公开", 78, 160)
        for number, character in enumerate("三、本年度办理结果"):
            sheet.text(character, 62, 112 + 11 * number)
        assert rows(table(read_pdf(pdf(sheet))))[0] == ["三、本年度办理结果", "予以公开"]

    def test_watermark_does_not_leak_into_cells(self) -> None:
        sheet = Sheet().rows(XS, 100, self.ROWS)
        sheet.raw("q 0.7 0.7 -0.7 0.7 150 690 cm BT /F1 40 Tf <51855BB890E88D446599> Tj ET Q")
        document = read_pdf(pdf(sheet))
        assert rows(table(document)) == [list(row) for row in self.ROWS]
        assert texts(document) == []

    def test_doubled_text_is_read_once(self) -> None:
        sheet = Sheet().rows(XS, 100, self.ROWS).text("11", 204, 154).text("11", 204.4, 154)
        sheet.grid(XS, (100, 120, 140, 160))
        assert rows(table(read_pdf(pdf(sheet))))[2] == ["", "11", "", ""]

    def test_a_frame_around_the_page_is_no_table(self) -> None:
        sheet = Sheet().grid((40, 555), (40, 800)).text("一、总体情况", 80, 100)
        assert texts(read_pdf(pdf(sheet))) == ["一、总体情况"]

    @settings(max_examples=25)
    @given(
        widths=st.lists(st.integers(30, 90), min_size=2, max_size=6),
        heights=st.lists(st.integers(14, 40), min_size=2, max_size=8),
        shift=st.integers(0, 12),
        data=st.data(),
    )
    def test_any_grid(self, widths: list[int], heights: list[int], shift: int, data: st.DataObject) -> None:
        figures = st.sampled_from(["", "0", "7", "16", "305", "/", "—", "９"])
        cells = [[data.draw(figures) for _ in widths] for _ in heights]
        cells[0][0] = "甲"
        xs = [40 + sum(widths[:number]) for number in range(len(widths) + 1)]
        ys = [60 + sum(heights[:number]) for number in range(len(heights) + 1)]
        sheet = Sheet().grid(xs, ys)
        for row, top in zip(cells, ys, strict=False):
            for x, text in zip(xs, row, strict=False):
                if text:
                    sheet.text(text, x + 2 + shift, top + 11, 9)
        found = table(read_pdf(pdf(sheet)))
        assert rows(found) == cells
        assert all(cell.row_span == cell.column_span == 1 for cell in found.cells)


class TestTablesOverPages:
    XS = (60, 110, 250, 330, 410)
    HEAD = ("项目", "情形", "自然人", "总计")

    def two(self, first: list[tuple[str, ...]], second: list[tuple[str, ...]]) -> Table:
        sheets = [Sheet().rows(self.XS, 700, first), Sheet().rows(self.XS, 60, second)]
        sheets[1].text("四、行政复议情况", 80, 400)
        return table(read_pdf(pdf(*(sheet.text(f"- {n} -", 290, 810) for n, sheet in enumerate(sheets, 1)))))

    def test_joined_without_the_repeated_header(self) -> None:
        found = self.two([self.HEAD, ("一", "1.甲", "0", "1")], [self.HEAD, ("二", "2.乙", "3", "4")])
        assert rows(found) == [list(self.HEAD), ["一", "1.甲", "0", "1"], ["二", "2.乙", "3", "4"]]
        assert [cell.place.page for cell in found.cells if cell.column == 0] == [1, 1, 2]
        assert found.place.box == pytest.approx((60, 700, 410, 740), abs=1)

    def test_label_cut_by_the_end_of_the_page(self) -> None:
        found = self.two(
            [self.HEAD, ("一", "5.要求行政机关确认或重新出", "2", "2")],
            [("", "具已获取信息", "", ""), ("", "1.丙", "0", "9")],
        )
        assert rows(found)[1] == ["一", "5.要求行政机关确认或重新出具已获取信息", "2", "2"]
        assert rows(found)[2] == ["", "1.丙", "0", "9"]

    def test_figures_of_a_cut_row_on_the_next_page(self) -> None:
        found = self.two(
            [self.HEAD, ("一", "4.甲", "1", "1"), ("", "5.要求行政机关确认或重新出", "", "")],
            [("", "具已获取信息", "2", "7")],
        )
        assert rows(found)[2] == ["", "5.要求行政机关确认或重新出具已获取信息", "2", "7"]

    def test_a_row_of_blanks_is_no_rest_of_a_row(self) -> None:
        found = self.two([self.HEAD, ("一", "1.甲", "0", "1")], [("", "2.乙", "", ""), ("", "3.丙", "5", "5")])
        assert [row[-3:] for row in rows(found)[1:]] == [["1.甲", "0", "1"], ["2.乙", "", ""], ["3.丙", "5", "5"]]

    def test_merged_label_goes_on(self) -> None:
        found = self.two([self.HEAD, ("不予公开", "1.甲", "0", "1")], [("", "2.乙", "3", "4")])
        assert (1, 0, 2, 1, "不予公开") in grid(found)

    def test_a_figure_cut_by_the_end_of_the_page_is_less_sure(self) -> None:
        first = Sheet().rows(XS, 700, [("1.属于国家秘密", "1", "2", "3"), ("2.其他法律", "1,42", "5", "6")])
        second = Sheet().rows(XS, 60, [("行政法规", "7", "", ""), ("3.其他", "7", "8", "9")])
        found = table(read_pdf(pdf(first, second)))
        assert rows(found)[1:] == [["2.其他法律行政法规", "1,427", "5", "6"], ["3.其他", "7", "8", "9"]]
        assert next(cell for cell in found.cells if cell.text == "1,427").confidence < 1

    def test_a_label_that_spills_over_the_lower_edge(self) -> None:
        first = Sheet().rows(XS, 700, [("1.属于国家秘密", "1", "2", "3"), ("2.其他法律", "4", "5", "6")])
        first.text("行政法规", 64, 747)
        second = Sheet().rows(XS, 60, [("3.其他", "7", "8", "9")])
        found = rows(table(read_pdf(pdf(first, second))))
        assert [row[1:] for row in found] == [["1", "2", "3"], ["4", "5", "6"], ["7", "8", "9"]]
        assert "".join(found[1][0].split()) == "2.其他法律行政法规"

    def test_a_word_below_a_figure_does_not_spill_from_its_cell(self) -> None:
        sheet = Sheet().rows(XS, 100, [("1.属于国家秘密", "1", "2", "3"), ("2.其他法律", "4", "5", "6")])
        sheet.text("彩票平台", 64, 149).text("下载", 204, 149).text("官网", 400, 149)
        assert rows(table(read_pdf(pdf(sheet))))[1][1:] == ["4", "5", "6"]

    def test_tables_with_text_between_stay_apart(self) -> None:
        sheets = [Sheet().rows(self.XS, 700, [self.HEAD]), Sheet().text("三、收到和处理申请情况", 80, 70)]
        sheets[1].rows(self.XS, 90, [self.HEAD])
        document = read_pdf(pdf(*sheets))
        assert sum(isinstance(block, Table) for block in document.blocks) == 2

    def test_line_that_opens_a_block_belongs_to_the_table(self) -> None:
        sheet = Sheet().text("第二十条第（一）项", 66, 94)
        for y in (100, 120, 140):
            sheet.line(60, y, 440, y)
        sheet.line(60, 80, 440, 80)
        for x in XS[1:-1]:
            sheet.line(x, 100, x, 140)
        sheet.words(XS, 100, TestRuledTables.ROWS)
        document = read_pdf(pdf(sheet))
        assert rows(table(document))[0] == ["第二十条第（一）项"]
        assert texts(document) == []


class TestParagraphs:
    def test_lines_are_joined_and_paragraphs_kept_apart(self) -> None:
        sheet = (
            Sheet()
            .text("一、总体情况", 104, 100, 12)
            .text("全年公开信息三百余条并逐一核对内容是否准确完整及时更新有序规", 104, 120, 12)
        )
        sheet.text("范。", 80, 140, 12).text("（一）主动公开情况", 104, 160, 12)
        sheet.text("平台改版后栏目更加清楚群众查找文件所用的时间比去年缩短近一半", 104, 180, 12)
        sheet.text("左右。", 80, 200, 12)
        assert texts(read_pdf(pdf(sheet))) == [
            "一、总体情况",
            "全年公开信息三百余条并逐一核对内容是否准确完整及时更新有序规范。",
            "（一）主动公开情况",
            "平台改版后栏目更加清楚群众查找文件所用的时间比去年缩短近一半左右。",
        ]

    @pytest.mark.parametrize("heading", ["一总体情况", "总体情况", "四政府信息公开行政复议、行政诉讼情况"])
    def test_heading_without_a_mark_below_a_full_line_is_no_part_of_it(self, heading: str) -> None:
        full = "平台改版后栏目更加清楚群众查找文件所用的时间比去年缩短近一半。"
        sheet = Sheet().text(full, 80, 100, 12).text(heading, 80, 120, 12).text(full, 80, 140, 12)
        assert texts(read_pdf(pdf(sheet)))[:2] == [full, heading]

    def test_a_paragraph_goes_on_over_the_page(self) -> None:
        line = "本年度继续完善制度并组织培训提高办理质量做到答复规范有据可查"
        first = Sheet().text(line, 104, 760, 12).text("- 1 -", 290, 815)
        second = Sheet().text("，群众满意。", 80, 80, 12).text("- 2 -", 290, 815)
        document = read_pdf(pdf(first, second))
        assert texts(document) == [line + "，群众满意。"]
        assert document.blocks[0].place.page == 1

    def test_justification_leaves_no_spaces(self) -> None:
        sheet = Sheet().text("全面推进政务公开", 80, 100, 12, gap=5).text("Web site 2024", 80, 160, 12)
        assert texts(read_pdf(pdf(sheet))) == ["全面推进政务公开", "Web site 2024"]

    def test_title_of_two_lines(self) -> None:
        sheet = Sheet().text("某某县水务局政府信息公开工作年度", 121, 90, 22).text("报告", 275, 125, 22)
        for number in range(4):
            sheet.text("本年度工作情况如下文字若干用来撑起版面的宽度和行距直到右边。", 80, 170 + 20 * number, 13)
        assert texts(read_pdf(pdf(sheet)))[0] == "某某县水务局政府信息公开工作年度报告"

    def test_title_as_wide_as_the_text_is_no_part_of_it(self) -> None:
        sheet = Sheet().text("某县人民政府二〇二四年政府信息公开工作年度报告", 77, 90, 20)
        sheet.text("根据条例要求编制本报告，全文分六部分，统计期限为一", 100, 120, 14)
        sheet.text("年。", 72, 142, 14)
        assert texts(read_pdf(pdf(sheet)))[0] == "某县人民政府二〇二四年政府信息公开工作年度报告"

    def test_page_numbers_and_running_heads(self) -> None:
        sheets = []
        for number, text in enumerate(("甲乙丙。", "丁戊己。", "庚辛壬。"), 1):
            sheet = Sheet().text("某县水务局公开件", 60, 40, 9).text(text, 104, 200, 12)
            sheets.append(sheet.text(f"第{number}页", 280, 815, 9))
        document = read_pdf(pdf(*sheets))
        assert texts(document) == ["甲乙丙。", "丁戊己。", "庚辛壬。"]
        assert [line.text for line in document.furniture] == ["某县水务局公开件"]


class TestTurnedPages:
    ROWS = TestRuledTables.ROWS

    @pytest.mark.parametrize("turn", [0, 90, 180, 270])
    def test_page_turned_for_display(self, turn: int) -> None:
        """The content is written so that it stands upright once the page is turned."""
        matrix = {0: "1 0 0 1 0 0", 90: "0 1 -1 0 842 0", 180: "-1 0 0 -1 595 842", 270: "0 -1 1 0 0 595"}[turn]
        width, height = (842, 595) if turn % 180 else (595, 842)
        upright = Sheet().rows(XS, 100, self.ROWS)
        sheet = Sheet(width, height, turn).raw(f"q {matrix} cm").raw("\n".join(upright.operators)).raw("Q")
        found = table(read_pdf(pdf(sheet)))
        assert rows(found) == [list(row) for row in self.ROWS]
        box = next(cell.place.box for cell in found.cells if cell.text == "1,472")
        assert box == pytest.approx((200, 100, 280, 120), abs=1.5)

    def test_blanks_between_figures_do_not_tell_how_a_page_is_turned(self) -> None:
        inner = Sheet(height=595).rows((60, *range(200, 720, 40)), 100, [("规章", *"123456789012")] * 8)
        sheet = Sheet(595, 842, 90).raw("q 0 1 -1 0 595 0 cm").raw("\n".join(inner.operators)).raw("Q")
        assert rows(table(read_pdf(pdf(sheet)))) == [["规章", *"123456789012"]] * 8

    def test_table_on_its_side_on_an_upright_page(self) -> None:
        inner = Sheet(height=595).rows(XS, 100, self.ROWS)
        sheet = Sheet().raw("q 0 1 -1 0 595 0 cm").raw("\n".join(inner.operators)).raw("Q")
        found = table(read_pdf(pdf(sheet)))
        assert rows(found) == [list(row) for row in self.ROWS]
        left, top, right, bottom = next(cell.place.box for cell in found.cells if cell.text == "1,472")
        assert (left, top, right, bottom) == pytest.approx((100, 562, 120, 642), abs=1.5)


class TestFonts:
    SPRAWLING = box_font(*[(0, -1500, 1000, 2500)] * 2)
    """A font whose characters reach far over their lines."""

    def test_reading_leaves_the_fonts_of_painted_pages_alone(self) -> None:
        data = pdf(Sheet(height=200).text("政府信息公开", 80, 100, 40))

        def painted() -> bytes:
            return np.asarray(pypdfium2.PdfDocument(data)[0].render().to_numpy()).tobytes()

        before = painted()
        assert texts(read_pdf(data)) == ["政府信息公开"]
        assert painted() == before

    def test_outlines_of_a_font_in_the_file_do_not_count_where_a_table_tells_its_characters(self) -> None:
        block = read_pdf(pdf(Sheet().text("一、总体情况", 80, 60), font=self.SPRAWLING)).blocks[0]
        assert isinstance(block, Paragraph) and block.text == "一、总体情况"
        assert block.place.box == pytest.approx((80, 51, 140, 61), abs=1)

    def test_a_font_in_the_file_is_asked_where_no_table_tells_its_characters(self) -> None:
        data = pdf(Sheet().text("一、总体情况", 80, 60), font=self.SPRAWLING).replace(b"/ToUnicode", b"/ToNothing")
        assert read_pdf(data).blocks[0].place.box == pytest.approx((80, 35, 140, 75), abs=1)


class TestFilesAtFault:
    def test_password(self) -> None:
        with pytest.raises(ReadingError) as error:
            read_pdf(pdf(Sheet().text("甲", 80, 80), user_password=b"secret", owner_password=b"owner"))
        assert error.value.reason == "encrypted"

    def test_owner_password_alone_opens(self) -> None:
        document = read_pdf(pdf(Sheet().text("一、总体情况", 80, 80), user_password=b"", owner_password=b"owner"))
        assert texts(document) == ["一、总体情况"]

    @pytest.mark.parametrize("data", [b"", b"%PDF-1.4", b"%PDF-1.4\n1 0 obj\n<<>>\nendobj", b"\x00" * 500])
    def test_damaged(self, data: bytes) -> None:
        with pytest.raises(ReadingError) as error:
            read_pdf(data)
        assert error.value.reason == "damaged"

    @settings(max_examples=30)
    @given(cut=st.integers(1, 2000), flip=st.integers(0, 1500))
    def test_cut_or_spoilt_files_are_read_or_refused(self, cut: int, flip: int) -> None:
        data = bytearray(pdf(Sheet().rows(XS, 100, TestRuledTables.ROWS)))
        data[flip % len(data)] ^= 0x5A
        try:
            read_pdf(bytes(data[: max(1, len(data) - cut)]))
        except ReadingError as error:
            assert error.reason in {"damaged", "empty", "encrypted", "needs-package"}

    def test_nothing_on_the_page(self) -> None:
        with pytest.raises(ReadingError) as error:
            read_pdf(pdf(Sheet()))
        assert error.value.reason == "empty"


class TestPicturesWithoutRecognition:
    @pytest.fixture(autouse=True)
    def _without(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(ocr_engine, "is_available", lambda: False)

    @staticmethod
    def scan() -> Sheet:
        np = pytest.importorskip("numpy")
        sheet = Sheet(picture=np.full((60, 40), 200, dtype=np.uint8))
        return sheet.raw("q 595 0 0 842 0 0 cm /P1 Do Q")

    def test_scanned_file_names_the_package(self) -> None:
        with pytest.raises(ReadingError) as error:
            read_pdf(pdf(self.scan()))
        assert error.value.reason == "needs-package"
        assert "gongkai[ocr]" in error.value.message

    def test_one_scanned_page_is_a_picture_and_said_so(self) -> None:
        document = read_pdf(pdf(Sheet().text("一、总体情况", 80, 80), self.scan()))
        assert texts(document) == ["一、总体情况"]
        assert [type(block) for block in document.blocks][-1] is Picture
        assert any("2" in warning for warning in document.warnings)

    def test_picture_among_text_keeps_its_place(self) -> None:
        sheet = self.scan()
        sheet.operators = ["q 400 0 0 200 100 500 cm /P1 Do Q"]
        sheet.text("二、主动公开政府信息情况说明文字若干字以上", 80, 80)
        sheet.text("四、政府信息公开行政复议、行政诉讼情况说明", 80, 600)
        kinds = [type(block) for block in read_pdf(pdf(sheet)).blocks]
        assert kinds == [Paragraph, Picture, Paragraph]


class TestTwoPagesOnASheet:
    def sheet(self) -> Sheet:
        sheet = Sheet(width=842, height=595)
        for number in range(4):
            sheet.words((40, 180, 230, 280), 100 + 24 * number, [(f"{number + 1}.属于国家秘密", *"123")])
            sheet.words((480, 640, 690, 740), 100 + 24 * number, [(f"{number + 5}.保护第三方合法权益", *"456")])
        return sheet

    def test_they_are_read_one_after_the_other(self) -> None:
        found = [row for block in read_pdf(pdf(self.sheet())).blocks if isinstance(block, Table) for row in rows(block)]
        assert [row[-3:] for row in found] == [list("123")] * 4 + [list("456")] * 4

    def test_one_wide_table_stays_one(self) -> None:
        sheet = Sheet(width=842, height=595)
        for number in range(6):
            sheet.words((40, 330, 480, 560, 640), 100 + 24 * number, [(f"{number + 1}.属于国家秘密", *"1234")])
        assert [row[-4:] for row in rows(table(read_pdf(pdf(sheet))))] == [list("1234")] * 6


@pytest.mark.parametrize(
    ("text", "broken"),
    [
        ("全年收到申请 3 件", False),
        ("1 2 3 1,204 0.5 - / 12", False),
        ("Annual report on disclosure of government information", False),
        ("- 1 -\x01\x04\x05\x06ÄÅ\x1d\x1eÇ\x0e\x0fÇÉÑ2021Ö30Üáàâäã", True),
        ("!\"#$%&'() *+,-. ABDE;<=> @QZ]", True),
        ("ÄÅÇÉÑÖÜáàâäãå 情况", True),
    ],
)
def test_text_without_meaning(text: str, broken: bool) -> None:
    assert (broken_share(text) > 0.25) is broken


def test_figures_before_the_page_end_and_their_label_after_it() -> None:
    xs = (60, 200, 280, 360)
    first = Sheet().rows(xs, 740, [("1.信访", "1", "2"), ("2.重复申请", "3", "4"), ("", "5", "6")])
    second = Sheet().rows(xs, 60, [("3.要求提供公开出版物", "", ""), ("4.无正当理由", "7", "8")])
    assert rows(table(read_pdf(pdf(first, second))))[2:] == [
        ["3.要求提供公开出版物", "5", "6"],
        ["4.无正当理由", "7", "8"],
    ]


def test_a_wide_sheet_of_one_table_is_no_two_pages_though_its_figures_have_units() -> None:
    sheet = Sheet(842, 595).text("二〇二三年度统计表一览", 420, 60)
    for number in range(6):
        y = 120 + 20 * number
        sheet.text("重复申请", 60, y).text("0件", 200, y)
        for x in (440, 520, 600, 680):
            sheet.text("12件", x, y)
    found = next(block for block in read_pdf(pdf(sheet)).blocks if isinstance(block, Table))
    assert rows(found)[-1][-6:] == ["重复申请", "0件", *["12件"] * 4]


def test_a_line_of_a_figure_that_begins_at_the_edge_of_the_page_is_no_less_of_it() -> None:
    xs, ys = (300, 360, 420, 480, 574, 595), (100, 120, 170, 220)
    sheet = Sheet().grid(xs, ys)
    for y in (140, 190):
        for x, word in zip(xs, ("1.甲", "3", "4", "7"), strict=False):
            sheet.text(word, x + 6, y)
    sheet.text("14", 580, 140).text("１", 594, 178, 12).text("1424", 577, 192).text("9", 583, 206)
    assert rows(table(read_pdf(pdf(sheet))))[-1][-1] == "１14249"


def test_characters_that_a_line_strikes_out_are_left_out() -> None:
    sheet = Sheet().grid((60, 100, 131, 200), (60, 80, 100))
    sheet.text("甲", 70, 74).text("142", 105, 74).text("7", 140, 74).text("乙", 70, 94).text("35", 105, 94)
    sheet.line(105, 70.5, 115, 70.5)  # 14, as a deleted figure before an inserted one
    sheet.line(105, 95, 115, 95)  # below 35: underlined
    (found,) = [block for block in read_pdf(pdf(sheet)).blocks if isinstance(block, Table)]
    assert [cell.text for cell in found.cells] == ["甲", "2", "7", "乙", "35", ""]
