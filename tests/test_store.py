"""The store: what is committed comes back as the public tables, and what cannot be used says so."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from datetime import date

import polars as pl
import pytest
from deltalake import write_deltalake
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.document import Place
from loaders.file_records import FileRecord, ReadFile
from loaders.form.editions import all_keys, edition
from loaders.frames import to_rows
from loaders.report import Claim, Evidence, Failure, FigureReading, FormReading, Identity, Report, SectionReading
from loaders.schemas import PUBLIC_TABLES
from loaders.store import Store, StoreError
from loaders.tables import RowsInHand
from loaders.vocabulary import DOUBTFUL_BELOW, TABLE_NAMES

VIEWS = tuple(name for name in TABLE_NAMES if name != "checks")
NEW_TOTAL = "applications.new.total"
NEW_PERSON = "applications.new.person"
FEES = "publication.fees.amount"


def figures_of(name: str, **readings: FigureReading) -> dict[str, FigureReading]:
    return {key: FigureReading(0.0, "0", 1.0, Place(line=n + 1)) for n, key in enumerate(edition(name).keys)}


def report(number: int = 1, form: str = "2021", figures: dict[str, FigureReading] | None = None) -> Report:
    held = {} if form == "none" else figures_of(form) if form in ("2019", "2021") else {}
    return Report(
        report_id=f"{number:016x}",
        path=f"{number}.txt",
        format="txt",
        bytes=100,
        identity=Identity("年报", "正蓝旗水利局", "department", region_code="152530", year=2023, confidence=0.9),
        form=FormReading(form, held | (figures or {}), {"publication": "present", "litigation": "picture"}, 0.95),
        sections=[SectionReading(1, "一、总体情况", "正文")],
        claims=[],
    )


def stored(*reports: Report) -> list[ReadFile]:
    return [ReadFile(FileRecord("/corpus", each.path, each.bytes, 1, "hash"), each) for each in reports]


def tables(*reports: Report) -> RowsInHand:
    return RowsInHand(to_rows(stored(*reports)))


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path / "数据 仓 50%")


@pytest.mark.parametrize("name", VIEWS)
def test_an_absent_store_reads_as_empty_with_every_column(name, store):
    frame = getattr(store, name)().collect()
    assert frame.height == 0
    assert frame.schema == PUBLIC_TABLES[name].create_empty().schema
    assert not store.exists()


@pytest.mark.parametrize("name", VIEWS)
def test_tables_have_the_columns_and_types_of_their_schema(name, store):
    store.commit(to_rows(stored(report(1), report(2, "2019"), report(3, "none"))))
    frame = getattr(store, name)().collect()
    assert PUBLIC_TABLES[name].is_valid(frame)
    assert frame.schema == PUBLIC_TABLES[name].create_empty().schema


CELL_COUNTS = [("2021", 200), ("2019", 198), ("none", 0), ("legacy", 0)]


@pytest.mark.parametrize(("form", "count"), CELL_COUNTS)
def test_cells_are_exactly_those_of_the_edition(form, count, store):
    store.commit(to_rows(stored(report(1, form))))
    cells = store.cells().collect()
    keys = cells.select(pl.concat_str("table", "row", "column", separator=".")).to_series().to_list()
    assert keys == (list(edition(form).keys) if count else [])
    assert len(keys) == count


def test_a_report_without_form_has_the_cells_that_were_found():
    found = {NEW_TOTAL: FigureReading(12.0, "12件", 0.9), "litigation.review.total": FigureReading(1.0, "1")}
    cells = tables(report(1, "legacy", found)).cells().collect()
    assert cells.select("table", "row", "column", "value", "raw").rows() == [
        ("applications", "new", "total", 12.0, "12件"),
        ("litigation", "review", "total", 1.0, "1"),
    ]


def test_a_row_key_with_a_group_keeps_its_dot():
    cells = tables(report()).cells().filter(pl.col("row") == "denied.secret").collect()
    assert cells["column"].to_list() == [c.key for c in edition("2021").blocks_of("applications")[0].columns]


def test_a_figure_that_the_reader_never_met_is_null_and_doubtful_not_zero_and_not_blank():
    short = report()
    del short.form.figures[NEW_TOTAL]
    read = tables(short)
    cell = read.cells().filter(pl.col("row") == "new", pl.col("column") == "total").collect().row(0, named=True)
    assert (cell["value"], cell["confidence"]) == (None, 0.0)
    figures = read.figures().collect().row(0, named=True)
    assert (figures[NEW_TOTAL], figures["blank_keys"], figures["doubtful_keys"]) == (None, [], [NEW_TOTAL])


READINGS = [
    ("a figure", FigureReading(7.0, "7"), 7.0, (0, 0, 0)),
    ("zero", FigureReading(0.0, "0"), 0.0, (0, 0, 0)),
    ("blank", FigureReading(None, " "), None, (1, 0, 0)),
    ("no number", FigureReading(None, "见附件"), None, (0, 1, 0)),
    ("lost", FigureReading(None, "", DOUBTFUL_BELOW - 0.01), None, (0, 0, 1)),
    ("blank at the limit of doubt", FigureReading(None, "", DOUBTFUL_BELOW), None, (1, 0, 0)),
    ("unsure", FigureReading(3.0, "3?", 0.2), 3.0, (0, 0, 1)),
]


@pytest.mark.parametrize(("what", "reading", "value", "counts"), READINGS, ids=[r[0] for r in READINGS])
def test_blank_unreadable_and_doubtful_stay_apart(what, reading, value, counts):
    figures = tables(report(1, "2021", {NEW_PERSON: reading})).figures().collect().row(0, named=True)
    lists = [figures["blank_keys"], [each["key"] for each in figures["unreadable"]], figures["doubtful_keys"]]
    assert figures[NEW_PERSON] == value
    assert lists == [[NEW_PERSON] * count for count in counts]


def test_figures_of_the_other_edition_are_null():
    figures = tables(report(1, "2019")).figures().collect()
    only_2021 = set(edition("2021").keys) - set(edition("2019").keys)
    assert figures.select(pl.sum_horizontal(pl.col(sorted(only_2021)).is_not_null())).item() == 0
    assert list(figures.columns[1 : 1 + len(all_keys())]) == list(all_keys())


WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=6)
PLACES = st.builds(
    Place,
    page=st.none() | st.integers(1, 400),
    box=st.none() | st.tuples(*[st.integers(0, 9000).map(lambda n: n / 10)] * 4),
    table=st.none() | st.integers(1, 9),
    row=st.none() | st.integers(1, 99),
    column=st.none() | st.integers(1, 20),
    paragraph=st.none() | st.integers(1, 999),
    line=st.none() | st.integers(1, 9999),
    character=st.none() | st.integers(1, 9999),
)


@settings(max_examples=25)
@given(st.lists(st.tuples(st.none() | st.floats(0, 1e9), WORDS, PLACES), min_size=1, max_size=8))
def test_every_reading_comes_back_with_its_place(readings):
    keys = edition("2021").keys[: len(readings)]
    given_ = {k: FigureReading(v, raw, 0.5, place) for k, (v, raw, place) in zip(keys, readings, strict=True)}
    cells = tables(report(1, "2021", given_)).cells().collect().head(len(readings))
    assert cells["value"].to_list() == [value for value, _, _ in readings]
    assert cells["raw"].to_list() == [raw for _, raw, _ in readings]
    assert cells["where"].to_list() == [place.to_json() for _, _, place in readings]


def test_long_tables_and_details_come_back(store):
    full = replace(report(), preface="序", signature="落款", text="全文", warnings=["甲", "乙", "乙", "丙"])
    full.claims = [Claim(NEW_TOTAL, 3.0, "3件", 1, 4, 6, exact=False, period="last_year")]
    full.identity.published_on = date(2024, 1, 15)
    full.identity.evidence = [Evidence("issuer", "正蓝旗水利局", "title", 0.8)]
    full.form.labels = [("行政规范性文件", "规范性文件")]
    store.commit(to_rows(stored(full)))
    assert store.sections().collect().rows() == [(full.report_id, "1.txt", 1, "一、总体情况", "正文")]
    assert store.claims().collect().rows()[0][2:] == (NEW_TOTAL, 3.0, "3件", 1, 4, 6, False, "last_year")
    details = store.report_details().collect().row(0, named=True)
    assert details["warnings"] == ["甲", "乙", "丙"]
    assert details["tables"] == {"publication": "present", "applications": "missing", "litigation": "picture"}
    assert details["labels"] == [{"expected": "行政规范性文件", "found": "规范性文件"}]
    assert details["evidence"] == [{"about": "issuer", "value": "正蓝旗水利局", "source": "title", "weight": 0.8}]
    assert (details["preface"], details["signature"], details["text"]) == ("序", "落款", "全文")
    assert (details["published_on"], details["confidence"]) == (date(2024, 1, 15), 0.9)


def test_what_is_unknown_of_a_report_is_null_not_empty_text():
    nameless = report()
    nameless.identity = Identity()
    row = tables(nameless).reports().collect().row(0, named=True)
    assert [row[name] for name in ("title", "issuer", "region_code", "county", "year", "published_on")] == [None] * 6


def test_a_replaced_report_is_gone_from_the_tables_and_kept_in_the_history(store):
    store.commit(to_rows(stored(report(1), report(2))))
    first = store.version()
    changed = ReadFile(FileRecord("/corpus", "1.txt", 101, 2, "other"), report(9))
    store.commit(to_rows([changed]), [changed.record.file_id])
    assert sorted(store.reports().collect()["report_id"]) == [f"{n:016x}" for n in (2, 9)]
    before = Store(store.location, version=first).reports().collect()
    assert sorted(before["report_id"]) == [f"{n:016x}" for n in (1, 2)]


def test_a_few_reports_are_found_among_many_with_all_their_tables(store):
    for number in range(3):
        store.commit(to_rows(stored(report(2 * number), report(2 * number + 1))))
    store.derive(
        PUBLIC_TABLES["issuers"].create_empty(), pl.DataFrame({"report_id": [f"{4:016x}"], "issuer_id": ["a"]})
    )
    few = store.of_reports([f"{4:016x}", f"{1:016x}", "absent"])
    wanted = pl.col("report_id").is_in([f"{4:016x}", f"{1:016x}"])
    for name in ("reports", "cells", "sections", "claims", "figures", "report_details"):
        of_all = getattr(store, name)().filter(wanted).sort("report_id", maintain_order=True).collect()
        assert getattr(few, name)().sort("report_id", maintain_order=True).collect().equals(of_all)
    assert store.of_reports([]).reports().collect().height == 0
    assert Store("absent").of_reports(["a"]).cells().collect().height == 0


def test_failures_and_copies_are_no_reports(store):
    files = stored(report(1))
    files.append(ReadFile(FileRecord("/corpus", "坏.docx", 3, 1), Failure("坏.docx", "damaged", "打不开")))
    files.append(ReadFile(FileRecord("/corpus", "copy.txt", 3, 1, "hash"), "1.txt"))
    store.commit(to_rows(files))
    assert store.reports().collect()["path"].to_list() == ["1.txt"]
    assert store.failures().collect().rows() == [("坏.docx", "damaged", "打不开")]


def test_issuers_findings_and_their_stamp_are_replaced_as_a_whole(store):
    store.commit(to_rows(stored(report(1))))
    issuer = dict.fromkeys(PUBLIC_TABLES["issuers"].create_empty().columns)
    issuer |= {"issuer_id": "a", "issuer": "正蓝旗水利局", "issuer_kind": "department", "names": [], "years": [2023]}
    ids = pl.DataFrame({"report_id": [f"{1:016x}"], "issuer_id": ["a"]})
    for _ in range(2):
        store.derive(pl.DataFrame([issuer]), ids)
    assert store.issuers().collect()["issuer_id"].to_list() == ["a"]
    assert store.reports().collect()["issuer_id"].to_list() == ["a"]
    store.replace_flags(PUBLIC_TABLES["flags"].create_empty(), "first")
    store.replace_flags(PUBLIC_TABLES["flags"].create_empty(), "second")
    assert store.flags_stamp() == "second"


def test_compaction_changes_files_not_rows(store):
    for number in range(26):
        store.commit(to_rows(stored(report(number))))
    before = store.reports().sort("report_id").collect()
    store.compact()
    assert store.version() == 26
    assert store.reports().sort("report_id").collect().equals(before)


def test_a_text_with_a_lone_surrogate_is_stored_without_it(store):
    odd = replace(report(1), text="前\udc80后")
    odd.form.figures[NEW_TOTAL] = FigureReading(None, "\ud800", 0.5)
    store.commit(to_rows(stored(odd, report(2))))
    assert store.report_details().collect()["text"].to_list() == ["前?后", ""]
    assert store.failures().collect().height == 0


def test_a_report_that_no_frame_can_hold_fails_alone(store):
    impossible = report(1)
    impossible.identity.year = "二〇二三"
    store.commit(to_rows(stored(impossible, report(2))))
    assert store.reports().collect()["path"].to_list() == ["2.txt"]
    assert store.failures().collect().select("path", "reason").rows() == [("1.txt", "internal")]


def test_a_store_of_another_format_is_refused_with_the_way_out(store):
    write_deltalake(f"{store.location}/files", pl.DataFrame({"a": [1]}), description="gongkai store 99")
    with pytest.raises(StoreError, match=r"gongkai store 99, where gongkai store 1 is needed.*--store"):
        store.reports()


def test_a_table_that_gongkai_did_not_write_is_refused(store):
    write_deltalake(f"{store.location}/files", pl.DataFrame({"a": [1]}))
    with pytest.raises(StoreError, match="not written by gongkai"):
        store.exists()


def test_a_column_added_since_reads_as_null(store):
    rows = to_rows(stored(report(1)))
    store.commit(rows.drop("field_of_work", FEES))
    read = Store(store.location)
    assert read.reports().collect()["field_of_work"].to_list() == [None]
    assert read.figures().collect()[FEES].to_list() == [None]


def lose_a_data_file(folder):
    next((folder / "files").glob("*.parquet")).unlink()


def lose_the_log(folder):
    shutil.rmtree(folder / "files" / "_delta_log")
    (folder / "files" / "_delta_log").mkdir()


def spoil_the_log(folder):
    next((folder / "files" / "_delta_log").glob("*.json")).write_text("{")


@pytest.mark.parametrize("harm", [lose_a_data_file, lose_the_log, spoil_the_log], ids=lambda f: f.__name__)
def test_a_damaged_store_says_so_and_what_to_do(harm, tmp_path):
    store = Store(tmp_path / "store")
    store.commit(to_rows(stored(report(1))))
    harm(tmp_path / "store")
    with pytest.raises(StoreError, match=r"is damaged: .*backup.*--store"):
        Store(tmp_path / "store").reports()


def test_a_data_file_cut_short_says_so_when_it_is_read(tmp_path):
    store = Store(tmp_path / "store")
    store.commit(to_rows(stored(report(1))))
    part = next((tmp_path / "store" / "files").glob("*.parquet"))
    part.write_bytes(part.read_bytes()[:2000])
    with pytest.raises(StoreError, match="is damaged"), Store(tmp_path / "store").explained():
        Store(tmp_path / "store").reports().collect()


def test_an_address_of_an_object_store_is_kept_as_it_is():
    assert Store("s3://bucket/store/").location == "s3://bucket/store"


def test_where_is_json(store):
    placed = {NEW_TOTAL: FigureReading(1.0, "1", 1.0, Place(page=2, box=(1.5, 2.0, 3.0, 4.25)))}
    cell = tables(report(1, "2021", placed)).cells().filter(pl.col("value") == 1.0).collect()
    assert json.loads(cell["where"].item()) == {"page": 2, "box": [1.5, 2.0, 3.0, 4.25]}
