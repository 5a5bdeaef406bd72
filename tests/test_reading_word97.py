"""Word files of before 2007, read without LibreOffice."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.document import ReadingError, Table
from loaders.parsing import parse_file
from loaders.reading import legacy, read
from tests.test_reading_legacy import contents
from tests.word97_files import (
    COVERED,
    DELETED,
    GOES_ON,
    IN_TABLE,
    LIST,
    OPENS,
    ROW_END,
    Piece,
    cell,
    flag,
    inner_row,
    row,
    row_end,
    word97,
)

THREE = (0, 2000, 4000, 6000)


@pytest.fixture(autouse=True)
def no_office(monkeypatch):
    monkeypatch.setattr(legacy, "soffice_path", lambda: None)


@pytest.mark.parametrize("name", ["a.doc", "a.wps"])
def test_paragraphs_and_tables_keep_their_order_and_places(name):
    pieces = [Piece("甲局\r"), *row(["a", "b", "c"], THREE), *row(["", "1", "2"], THREE), Piece("乙\r")]
    found = read(word97(pieces), name)
    assert found.format == name[2:]
    table = [(0, 0, 1, 1, "a"), (0, 1, 1, 1, "b"), (0, 2, 1, 1, "c")]
    table += [(1, 0, 1, 1, ""), (1, 1, 1, 1, "1"), (1, 2, 1, 1, "2")]
    assert contents(found) == ["甲局", table, "乙"]
    [cells] = [block.cells for block in found.blocks if isinstance(block, Table)]
    assert (cells[4].place.table, cells[4].place.row, cells[4].place.column) == (1, 2, 2)


def test_merged_cells_span_what_they_cover():
    pieces = [
        *row(["组", "一", "1"], THREE, [OPENS]),
        *row(["", "二", "2"], THREE, [GOES_ON]),
        *row(["合计", "", "3"], THREE, [2, COVERED]),
        *row(["全宽"], (0, 6000)),
        *row(["", "x", "4"], (10, 2015, 3990, 6000)),
    ]
    assert contents(read(word97(pieces), "a.doc")) == [
        [
            *((0, 0, 2, 1, "组"), (0, 1, 1, 1, "一"), (0, 2, 1, 1, "1")),
            *((1, 1, 1, 1, "二"), (1, 2, 1, 1, "2")),
            *((2, 0, 1, 2, "合计"), (2, 2, 1, 1, "3")),
            (3, 0, 1, 3, "全宽"),
            *((4, 0, 1, 1, ""), (4, 1, 1, 1, "x"), (4, 2, 1, 1, "4")),
        ]
    ]


def test_cells_of_rows_without_a_shape_are_counted():
    end = Piece("\x07", flag(IN_TABLE) + flag(ROW_END))
    pieces = [cell("a"), cell("b"), end, cell("1"), cell("2"), end]
    table = [(0, 0, 1, 1, "a"), (0, 1, 1, 1, "b"), (1, 0, 1, 1, "1"), (1, 1, 1, 1, "2")]
    assert contents(read(word97(pieces), "a.doc")) == [table]


def test_a_cell_of_several_paragraphs_is_one():
    pieces = [Piece("结果\r", cell("").paragraph), *row(["维持", "一\x0b二", "\x01图"], THREE)]
    assert contents(read(word97(pieces), "a.doc")) == [
        [(0, 0, 1, 1, "结果\n维持"), (0, 1, 1, 1, "一\n二"), (0, 2, 1, 1, "图")]
    ]


def test_a_table_in_a_table_is_one_of_its_own():
    inner = [each for n in (1, 2, 3) for each in inner_row([f"甲{n}", f"{n}"], (0, 1000, 2000))]
    found = read(word97([*inner, cell(""), row_end((0, 6000))]), "a.doc")
    assert contents(found) == [
        [(n, column, 1, 1, text) for n in range(3) for column, text in enumerate((f"甲{n + 1}", f"{n + 1}"))]
    ]
    assert found.warnings == []


def test_deleted_text_codes_of_fields_and_contents_are_left_out():
    pieces = [
        Piece("收到𠮷"),
        Piece("17", characters=flag(DELETED, 0x81)),
        Piece("28件\r"),
        Piece('见\x13 HYPERLINK "x" \x14网站\x15\r'),
        Piece('\x13 TOC \\o "1-3" \x14一、总体情况 1\r二、主动公开 2\x15\r'),
        Piece("一、总体情况\r"),
    ]
    assert contents(read(word97(pieces), "a.doc")) == ["收到𠮷28件", "见网站", "一、总体情况"]


def test_a_row_without_end_is_not_lost():
    assert contents(read(word97([Piece("甲\r"), cell("乙"), cell("丙")]), "a.doc")) == ["甲", "乙", "丙"]


def test_numbers_of_lists_are_said_to_be_missing():
    listed = Piece("总体情况\r", (LIST).to_bytes(2, "little") + b"\1\0")
    assert read(word97([Piece("一、甲\r")]), "a.doc").warnings == []
    assert any("自动编号" in each for each in read(word97([listed]), "a.doc").warnings)


def test_the_form_is_read_with_where_each_figure_stands():
    litigation = ["1", "0", "2", "0", "3", *"00000", *"01001"]
    edges = [400 * n for n in range(16)]
    words = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"] * 3
    pieces = [Piece("四、政府信息公开行政复议、行政诉讼情况\r"), *row(words, edges), *row(litigation, edges)]
    figures = parse_file(word97(pieces), "a.doc").form.figures
    read_ones = [figure for key, figure in figures.items() if key.startswith("litigation.")]
    assert [figure.value for figure in read_ones] == [float(text) for text in litigation]
    assert {(figure.place.table, figure.place.row) for figure in read_ones} == {(1, 2)}


def test_the_title_that_the_file_names_is_kept():
    assert read(word97([Piece("甲\r")], title="青禾县水利局2023年报"), "a.doc").metadata == {
        "title": "青禾县水利局2023年报"
    }


def test_what_is_older_than_word_97_needs_a_package(monkeypatch):
    monkeypatch.setattr(legacy.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(ReadingError) as error:
        read(word97([Piece("甲\r")], version=0x65), "a.doc")
    assert error.value.reason == "needs-package"


SOUND = word97([Piece("甲局\r"), *row(["a", "b", "c"], THREE), Piece("乙\r")])


@settings(max_examples=200)
@given(st.lists(st.tuples(st.integers(512, len(SOUND) - 1), st.integers(0, 255)), max_size=40), st.integers(0, 4096))
def test_a_damaged_file_is_read_or_refused(changes, cut):
    data = bytearray(SOUND)
    for at, value in changes:
        data[at] = value
    try:
        read(bytes(data[: len(data) - cut]), "a.doc")
    except ReadingError as error:
        assert error.message
