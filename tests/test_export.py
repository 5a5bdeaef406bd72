"""Tables as files: safe in a spreadsheet, exact for machines."""

from __future__ import annotations

import csv
import io
import json
from datetime import date

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.export import ExportError, to_csv, to_parquet, to_xlsx, write_table

TEXTS = [
    ("a formula", "=1+1", "'=1+1"),
    ("a call", '=HYPERLINK("http://a.cn";"点")', '\'=HYPERLINK("http://a.cn";"点")'),
    ("a sum behind a plus", "+1+1", "'+1+1"),
    ("a sum behind a minus", "-1+1", "'-1+1"),
    ("a function of old spreadsheets", "@SUM(A1)", "'@SUM(A1)"),
    ("behind a tab", "\t=1", "'\t=1"),
    ("behind a carriage return", "\r=1", "'\r=1"),
    ("behind a line feed", "\n=1", "'\n=1"),
    ("behind a space", " =1", "' =1"),
    ("full-width, which some spreadsheets take too", "＝1+1", "'＝1+1"),
    ("a quantity", "-3件", "'-3件"),
    ("a negative number", "-3", "-3"),
    ("a signed change", "+1,124", "+1,124"),
    ("a lone dash, the form's way to say nothing", "-", "-"),
    ("a long dash", "—", "—"),
    ("a formula inside", "a=1", "a=1"),
    ("plain words", "正蓝旗水利局", "正蓝旗水利局"),
    ("quotes, commas and breaks", '甲"乙",\n丙', '甲"乙",\n丙'),
    ("empty", "", ""),
]


def rows_of(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize(("text", "written"), [row[1:] for row in TEXTS], ids=[row[0] for row in TEXTS])
def test_no_text_starts_a_formula(text, written):
    assert rows_of(to_csv(pl.DataFrame({"a": [text, "x"]})))[0]["a"] == written


def test_formulas_in_lists_and_closed_lists_are_harmless_too():
    frame = pl.DataFrame({"names": [["=1", "b"]], "kind": pl.Series(["=x"], dtype=pl.Enum(["=x"]))})
    assert rows_of(to_csv(frame)) == [{"names": "'=1；b", "kind": "'=x"}]


NUMBERS = [(0.0, "0"), (2.0, "2"), (-2.0, "-2"), (211.509, "211.509"), (25.1, "25.1"), (1e15, "1000000000000000")]


@pytest.mark.parametrize(("value", "written"), NUMBERS)
def test_numbers_are_plain(value, written):
    assert rows_of(to_csv(pl.DataFrame({"a": [value]})))[0]["a"] == written


@settings(max_examples=200)
@given(st.floats(allow_nan=False, allow_infinity=False) | st.integers(-(2**52), 2**52).map(float))
def test_a_number_reads_back_as_itself(value):
    assert float(rows_of(to_csv(pl.DataFrame({"a": [value]})))[0]["a"]) == value


@settings(max_examples=200)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=12))
def test_any_text_reads_back_as_itself_but_for_the_apostrophe(text):
    (row,) = rows_of(to_csv(pl.DataFrame({"a": [text], "b": ["end"]})))
    assert row["b"] == "end"
    assert row["a"].removeprefix("'") == text.removeprefix("'")
    assert not row["a"].startswith(("=", "@", "\t", "\r"))


def test_dates_lists_structures_and_nothing():
    frame = pl.DataFrame(
        {
            "day": [date(2024, 1, 5), None],
            "years": [[2021, 2022], []],
            "labels": [[{"expected": "甲", "found": '"乙"'}], None],
            "tables": [{"publication": "present"}, {"publication": None}],
            "value": [None, 0.0],
        }
    )
    first, second = rows_of(to_csv(frame))
    assert (first["day"], first["years"], first["value"]) == ("2024-01-05", "2021；2022", "")
    assert json.loads(first["labels"]) == [{"expected": "甲", "found": '"乙"'}]
    assert json.loads(first["tables"]) == {"publication": "present"}
    assert (second["day"], second["years"], second["labels"], second["value"]) == ("", "", "", "0")


def test_csv_says_that_it_is_utf8_and_carries_no_line_that_is_no_row():
    data = to_csv(pl.DataFrame({"机关": ["甲"]}))
    assert data == b"\xef\xbb\xbf" + "机关\n甲\n".encode()


def test_an_empty_table_has_its_header():
    assert to_csv(pl.DataFrame(schema={"a": pl.String, "b": pl.Float64})) == b"\xef\xbb\xbfa,b\n"


def test_a_workbook_keeps_texts_and_numbers_apart_and_tells_its_source():
    frame = pl.DataFrame({"a": ["=1+1", "-3"], "n": [0.0, 2.5], "l": [["x", "y"], []]})
    book = pl.read_excel(to_xlsx(frame, {"program": "gongkai 0"}), sheet_id=0, has_header=False)
    rows = book["data"].rows()
    assert rows[0] == ("a", "n", "l")
    assert [rows[1][0], rows[2][0], rows[1][2]] == ["=1+1", "-3", "x；y"]
    numbers = pl.read_excel(to_xlsx(frame), sheet_name="data")["n"]
    assert numbers.to_list() == [0.0, 2.5]
    assert book["source"].rows() == [("program", "gongkai 0")]


def test_a_text_too_long_for_a_workbook_is_cut_and_the_workbook_says_so():
    book = pl.read_excel(to_xlsx(pl.DataFrame({"a": ["字" * 40_000, "b"]})), sheet_id=0, has_header=False)
    assert [len(row[0]) for row in book["data"].rows()] == [1, 32_767, 1]
    assert book["source"].rows() == [("shortened", "1 cells hold more than 32,767 characters; CSV has them whole")]


def test_a_table_too_long_for_a_workbook_is_refused_with_the_way_out(tmp_path):
    long = pl.select(pl.repeat(0, 1_048_576).alias("a"))
    with pytest.raises(ExportError, match=r"1,048,575 rows, this table has 1,048,576: write .csv or .parquet"):
        write_table([long], tmp_path / "a.xlsx", "xlsx")
    assert list(tmp_path.iterdir()) == []


def test_parquet_keeps_types_and_tells_its_source(tmp_path):
    frame = pl.DataFrame({"day": [date(2024, 1, 5)], "names": [["a"]], "kind": pl.Series(["b"], dtype=pl.Enum(["b"]))})
    (tmp_path / "bytes.parquet").write_bytes(to_parquet(frame, {"program": "gongkai 0"}))
    write_table([frame], tmp_path / "file.parquet", "parquet", {"program": "gongkai 0"})
    for name in ("bytes.parquet", "file.parquet"):
        assert pl.read_parquet(tmp_path / name).equals(frame)
        assert pl.read_parquet_metadata(tmp_path / name)["program"] == "gongkai 0"


PARTS = pl.DataFrame({"a": ["=1", None, "b"], "n": [None, 1.0, 2.5], "l": [["x"], None, []]})


@pytest.mark.parametrize("size", [1, 2, 3])
def test_a_table_in_parts_is_the_same_file_as_in_one(size, tmp_path):
    for name in ("a.csv", "a.parquet", "a.xlsx"):
        assert write_table(PARTS.iter_slices(size), tmp_path / "deep" / name, name[2:], {"program": "g"}) == 3
    assert (tmp_path / "deep" / "a.csv").read_bytes() == to_csv(PARTS)
    assert pl.read_parquet(tmp_path / "deep" / "a.parquet").equals(PARTS)
    assert pl.read_parquet_metadata(tmp_path / "deep" / "a.parquet")["program"] == "g"
    assert pl.read_excel(tmp_path / "deep" / "a.xlsx", sheet_name="data").height == 3


def test_a_file_comes_whole_or_not_at_all(tmp_path):
    (tmp_path / "a.csv").write_text("before")

    def broken():
        yield PARTS
        raise OSError("the disk of the store is gone")

    with pytest.raises(OSError, match="gone"):
        write_table(broken(), tmp_path / "a.csv", "csv")
    assert [each.name for each in tmp_path.iterdir()] == ["a.csv"]
    assert (tmp_path / "a.csv").read_text() == "before"
