"""Rich Text Format, read without LibreOffice."""

from __future__ import annotations

import contextlib
import io
import random

import pytest
from PIL import Image

from loaders.document import Paragraph, Picture, ReadingError, Table
from loaders.parsing import parse_file
from loaders.reading import legacy, read
from loaders.reading.pictured import pictures_of
from tests.test_reading_legacy import contents

HEAD = (
    r"{\rtf1\ansi\ansicpg936\uc1\deff0"
    r"{\fonttbl{\f0\fcharset0 Times;}{\f1\fcharset134 \'cb\'ce\'cc\'e5;}{\f2\fcharset2 S;}}"
    r"{\stylesheet{\s1 heading;}}{\info{\title \'b1\'a8\'b8\'e6}}"
)


@pytest.fixture(autouse=True)
def no_office(monkeypatch):
    monkeypatch.setattr(legacy, "soffice_path", lambda: None)


def escaped(text: str) -> str:
    return "".join(c if c.isascii() else "".join(f"\\'{byte:02x}" for byte in c.encode("gbk")) for c in text)


def rtf(*parts: str, head: str = HEAD) -> bytes:
    return (head + "".join(parts) + "}").encode("latin-1")


def p(text: str) -> str:
    return f"\\pard\\plain {{\\f1 {escaped(text)}\\par }}\n"


def row(*cells: tuple[str, int, str], merges: str = "") -> str:
    """Cells of text, right edge and what they are of a merged cell."""
    shape = "\\trowd\\trgaph108\\trleft0" + "".join(f"{merge}\\clvertalc\\cellx{edge}" for _, edge, merge in cells)
    return f"{shape}\\pard\\plain\\intbl " + "".join(f"{escaped(text)}\\cell " for text, _, _ in cells) + "\\row\n"


def texts(data: bytes) -> list[object]:
    return contents(read(data, "a.rtf"))


def test_paragraphs_and_tables_keep_their_order_and_places():
    document = read(rtf(p("甲局"), row(("甲", 900, ""), ("1", 1800, "")), p("乙")), "a.rtf")
    assert document.format == "rtf" and document.metadata == {"title": "报告"} and document.warnings == []
    assert contents(document) == ["甲局", [(0, 0, 1, 1, "甲"), (0, 1, 1, 1, "1")], "乙"]
    first, table, last = document.blocks
    assert isinstance(first, Paragraph) and isinstance(table, Table) and isinstance(last, Paragraph)
    assert (first.place.paragraph, last.place.paragraph) == (1, 2)
    assert (table.cells[1].place.table, table.cells[1].place.row, table.cells[1].place.column) == (1, 1, 2)


def test_merged_cells_span_what_they_cover():
    down, below, first, after = "\\clvmgf", "\\clvmrg", "\\clmgf", "\\clmrg"
    table = [
        row(("组", 900, down), ("一", 1800, ""), ("1", 2700, "")),
        row(("", 900, below), ("二", 1815, ""), ("2", 2700, "")),
        row(("合计", 900, first), ("", 1800, after), ("3", 2700, "")),
        row(("全宽", 2700, "")),
    ]
    assert texts(rtf(*table)) == [
        [
            *((0, 0, 2, 1, "组"), (0, 1, 1, 1, "一"), (0, 2, 1, 1, "1")),
            *((1, 1, 1, 1, "二"), (1, 2, 1, 1, "2")),
            *((2, 0, 1, 2, "合计"), (2, 2, 1, 1, "3")),
            (3, 0, 1, 3, "全宽"),
        ]
    ]


@pytest.mark.parametrize(
    "written",
    [
        r"\f1 \'d2\'bb\'a1\'a2\'d7\'dc",
        r"\'d2\'bb\'a1\'a2\'d7\'dc",
        r"\u19968?\u12289\'3f\u24635 ?",
        r"\uc2\u19968\'d2\'bb\u12289\'a1\'a2\uc0\u24635 ",
        "\xd2\xbb\xa1\xa2\xd7\xdc",
    ],
)
def test_characters_in_bytes_and_by_number(written):
    assert texts(rtf("\\pard ", written, "2023\\par")) == ["一、总2023"]


def test_a_second_byte_that_is_a_brace_or_a_backslash():
    assert texts(rtf("\\pard\\f1 ", "橽镃乗".encode("gbk").decode("latin-1"), "\\par")) == ["橽镃乗"]
    assert texts("{\\rtf1\\ansi\\uc2 一镃\\par}".encode()) == ["一镃"]
    assert texts(rtf("\\pard \\u-10179?\\u-9009?\\par")) == ["\U0001f4cf"]


def test_automatic_numbers_stand_before_their_paragraphs():
    number = f"{{\\listtext\\pard\\plain\\f1 {escaped('一、')}\\tab}}"
    older = f"{{\\pntext\\f1 {escaped('（二）')}\\tab}}{{\\*\\pn\\pnlvlbody\\pntxta .}}"
    bullet = "{\\listtext\\f2\\'b7\\tab}"
    parts = [f"\\pard\\ls1 {each}{escaped('情况')}\\par" for each in (number, older, bullet)]
    assert texts(rtf(*parts)) == ["一、情况", "（二）情况", "情况"]


def test_lists_whose_numbers_are_not_written_are_told():
    listed = rtf(f"\\pard\\ls1 {escaped('总体情况')}\\par")
    assert any("自动编号" in each for each in read(listed, "a.rtf").warnings)


def test_a_table_in_a_table_is_one_of_its_own():
    inner = "".join(
        f"\\pard\\intbl\\itap2 {a}\\nestcell {b}\\nestcell{{\\*\\nesttableprops\\trowd\\cellx900\\cellx1800\\nestrow}}"
        "{\\nonesttables\\par }"
        for a, b in (("a", "1"), ("b", "2"), ("c", "3"))
    )
    outer = f"\\trowd\\cellx9000\\pard\\intbl {inner}\\pard\\intbl\\cell\\row"
    cells = [(r, c, 1, 1, text) for r, pair in enumerate(("a1", "b2", "c3")) for c, text in enumerate(pair)]
    assert texts(rtf(outer)) == [cells]


def test_what_is_not_shown_is_left_out():
    toc = f'{{\\field{{\\*\\fldinst TOC \\\\o "1-3"}}{{\\fldrslt {escaped("一、总体")}\\par }}}}'
    link = '{\\field{\\*\\fldinst HYPERLINK "x"}{\\fldrslt www}}'
    gone = "{\\v 1}{\\deleted 2}{\\footnote 3}{\\*\\unknown 4}{\\header 5}"
    box = f"{{\\shp{{\\*\\shpinst{{\\sp{{\\sn a}}{{\\sv 6}}}}{{\\shptxt {p('框')}}}}}{{\\shprslt {p('框')}}}}}"
    assert texts(rtf("\\pard ", toc, link, gone, box, "8\\par")) == ["www8", "框"]


def test_pictures_are_found_at_their_place():
    buffer = io.BytesIO()
    Image.new("L", (60, 40), 255).save(buffer, "PNG")
    shown = "{\\*\\shppict{\\pict\\pngblip\\picwgoal6000\\pichgoal4000\n" + buffer.getvalue().hex() + "}}"
    small = "{\\pict\\pngblip\\picwgoal600\\pichgoal400 00}"
    data = rtf(p("甲"), f"\\pard {shown}{{\\nonshppict{{\\pict 00}}}}{small}\\par", p("乙"))
    assert [type(block) for block in read(data, "a.rtf").blocks] == [Paragraph, Picture, Paragraph]
    [found] = pictures_of(data, "a.rtf")
    assert found.data == buffer.getvalue() and found.picture.width == 300
    assert found.picture.place.paragraph == 2


def test_the_form_is_read_with_where_each_figure_stands():
    litigation = ["1", "0", "2", "0", "3", *"00000", *"01001"]
    words = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"] * 3
    rows = [row(*((text, 400 * n, "") for n, text in enumerate(each, 1))) for each in (words, litigation)]
    report = parse_file(rtf(p("四、政府信息公开行政复议、行政诉讼情况"), *rows), "a.rtf")
    figures = report.form.figures
    assert (figures["litigation.review.total"].value, figures["litigation.after_review.corrected"].value) == (3, 1)
    assert figures["litigation.review.total"].place.to_json() == '{"table": 1, "row": 2, "column": 5}'
    assert [each.section for each in report.sections] == [4]


def test_a_file_that_ends_early_says_so():
    assert any("不完整" in each for each in read(rtf(p("甲"), p("乙"))[:-9], "a.rtf").warnings)


def test_damage_is_survived():
    good = rtf(p("一、总体情况"), row(("甲", 900, ""), ("1", 1800, "")), "{\\*\\shppict{\\pict\\picwgoal9000 00}}")
    rng = random.Random(5)
    for _ in range(200):
        data = bytearray(good)
        for _ in range(rng.randint(1, 9)):
            at = rng.randrange(len(good))
            data[at : at + rng.randint(0, 9)] = rng.choice(
                (b"{", b"}", b"\\", b"\\bin5 ", b"\\itap9", b"\\'8", b"\xe4")
            )
        with contextlib.suppress(ReadingError):
            read(bytes(data), "a.rtf")


@pytest.mark.parametrize(
    ("written", "text"),
    [(r"\'d2\'bb2023", "一2023"), (r"Gem\'fcse \'93a\'94", "Gemüse “a”"), (r"\ansicpg1251 \'d3\'f5", "Ух")],
)
def test_chinese_in_a_western_file_is_chinese_and_western_letters_stay(written, text):
    assert texts(rf"{{\rtf1\ansi\ansicpg1252 {written}\par}}".encode()) == [text]
