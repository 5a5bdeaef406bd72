"""Reports delivered as pictures of their pages: which pictures are taken together, and what the store knows of them.

The files of these tests hold text under the names of pictures; `tests/test_reading_page_pictures.py` has real ones.
"""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest

from loaders.cluster import parse_with
from loaders.corpus import Options, Summary, ingest
from loaders.manifest import read_manifest
from loaders.page_pictures import series
from loaders.parsing import parse_file
from loaders.report import Report
from loaders.store import Store
from loaders.tasks import Limits, Work, chunks_of
from loaders.walking import walk
from pages.shared.original_view import find
from tests.small_reports import small_report, write_reports

WATER, SCHOOLS, JUSTICE = (small_report(f"正蓝旗{name}局").encode() for name in ("水利", "教育", "司法"))
CUTS = (WATER.index("三、".encode()), WATER.index("五、".encode()))
REPORT = (WATER[: CUTS[0]], WATER[CUTS[0] : CUTS[1]], WATER[CUTS[1] :])


def joined(pictures: Sequence[bytes], paths: Sequence[str], row: object = None) -> Report | None:
    if any("工作年度报告".encode() in each for each in pictures[1:]):
        return None
    return parse_file(b"\n".join(pictures), paths[0])


HERE = Options(jobs=0, parse_pages=joined)


def named(template: str, pictures: Sequence[bytes]) -> dict[str, bytes]:
    return {template.format(number): each for number, each in enumerate(pictures, 1)}


def zipped(members: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path / "store")


@pytest.fixture
def read(store, tmp_path):
    def once(options: Options = HERE) -> tuple[int, int, int]:
        summary = ingest([tmp_path / "in"], store, options)
        return summary.read, summary.unchanged + summary.known_failures, len(summary.failures)

    return once


def rows(store: Store, table: str, *columns: str) -> list[tuple[object, ...]]:
    return sorted(Store(store.location).table(table).select(*columns).collect().rows())


def sections(store: Store) -> list[tuple[object, ...]]:
    return rows(store, "sections", "path", "section")


def copies(summary: Summary) -> list[tuple[str, str]]:
    return [(each.path, each.detail) for each in summary.skipped]


def test_names_that_differ_in_a_running_number_alone_are_a_series():
    assert series(["a/第10页.jpg", "a/第9页.jpg", "b/第8页.jpg", "a/第9页.txt"]) == [["a/第9页.jpg", "a/第10页.jpg"]]
    assert series(["扫描_002.png", "扫描_001.PNG"]) == [["扫描_001.PNG", "扫描_002.png"]]
    assert series(["第一页.jpg", "第二页.jpg"]) == [["第一页.jpg", "第二页.jpg"]]
    assert series(["01-2023年报.jpg", "02-2023年报.jpg"]) == [["01-2023年报.jpg", "02-2023年报.jpg"]]


@pytest.mark.parametrize(
    "names",
    [
        ["1.jpg", "01.jpg", "2.jpg"],
        ["IMG_1.jpg", "IMG_3.jpg", "年报.jpg"],
        ["1.txt", "2.txt"],
        ["1.jpg", "2.png"],
        [f"{number}.png" for number in range(1000)],
    ],
)
def test_other_names_are_none(names):
    assert series(names) == []


def test_pages_in_a_zip_are_one_report_and_known_the_next_time(store, read, tmp_path):
    packed = zipped(named("水利局/第{}页.png", REPORT))
    write_reports(tmp_path / "in", {"年报.zip": packed})
    assert read() == (1, 0, 0)
    assert sections(store) == [("年报.zip/水利局/第1页.png", number) for number in range(1, 7)]
    assert read() == (0, 1, 0)
    os.utime(tmp_path / "in" / "年报.zip", ns=(1, 1))
    assert read() == (0, 1, 0)
    assert read(Options(jobs=0, parse_pages=joined, reread=True)) == (1, 0, 0)
    assert len(sections(store)) == 6


def test_pages_in_a_folder_are_read_anew_when_one_comes_or_goes(store, read, tmp_path):
    place = write_reports(tmp_path / "in", named("扫描_{:03}.png", REPORT[:2]))
    assert read() == (1, 0, 0)
    write_reports(place, {"扫描_003.png": REPORT[2]})
    assert read() == (1, 0, 0)
    assert sections(store) == [("扫描_001.png", number) for number in range(1, 7)]
    assert read() == (0, 1, 0)
    (place / "扫描_003.png").unlink()
    assert read() == (1, 0, 0)
    assert sections(store) == [("扫描_001.png", number) for number in range(1, 5)]


def test_pages_read_alone_become_one_report_once_the_first_comes(store, read, tmp_path):
    place = write_reports(tmp_path / "in", {"2.png": REPORT[1], "3.png": b"-"})
    assert read() == (1, 0, 0)
    (place / "3.png").unlink()
    assert read() == (1, 0, 0)
    write_reports(place, {"1.png": REPORT[0]})
    assert read() == (1, 0, 0)
    assert sections(store) == [("1.png", number) for number in range(1, 5)]


def test_pictures_that_are_whole_reports_stay_files_of_their_own(store, read, tmp_path):
    place = write_reports(tmp_path / "in", named("{}.png", (WATER, SCHOOLS)))
    assert read() == (2, 0, 0)
    assert rows(store, "reports", "path") == [("1.png",), ("2.png",)]
    assert read() == (0, 2, 0)
    write_reports(place, {"3.png": JUSTICE})
    assert read() == (1, 2, 0)
    packed = write_reports(tmp_path / "in", {"年报.zip": zipped(named("{}.png", (WATER + b"\n", SCHOOLS + b"\n")))})
    assert read() == (2, 3, 0)
    write_reports(packed, {"年报.zip": zipped(named("{}.png", (WATER + b"\n", SCHOOLS + b"\n", JUSTICE + b"\n")))})
    assert read() == (1, 5, 0)


def test_copies_of_whole_reports_are_counted_once(store, tmp_path):
    reports = named("{}.png", (WATER, SCHOOLS))
    write_reports(tmp_path / "in", {f"{folder}/{name}": each for folder in "ab" for name, each in reports.items()})
    summary = ingest([tmp_path / "in"], store, HERE)
    assert rows(store, "reports", "path") == [("a/1.png",), ("a/2.png",)]
    assert (summary.read, copies(summary)) == (2, [("b/1.png", "a/1.png"), ("b/2.png", "a/2.png")])
    again = ingest([tmp_path / "in"], store, HERE)
    assert (again.read, again.unchanged, copies(again)) == (0, 2, copies(summary))


def test_copies_of_pages_are_counted_once(store, read, tmp_path):
    place = write_reports(tmp_path / "in", named("a/{}.png", REPORT))
    assert read() == (1, 0, 0)
    write_reports(place, named("b/{}.png", REPORT))
    summary = ingest([place], store, HERE)
    assert (summary.read, copies(summary)) == (0, [("b/1.png", "a/1.png")])


def test_numbered_pictures_of_no_report_are_a_failure_each(store, read, tmp_path):
    write_reports(tmp_path / "in", {"1.png": b"a", "2.png": b"b", "3.png": b""})
    assert read(Options(jobs=0)) == (0, 0, 3)
    assert [path for (path,) in rows(store, "failures", "path")] == ["1.png", "2.png", "3.png"]
    assert read(Options(jobs=0)) == (0, 3, 0)


def test_pictures_that_a_manifest_names_are_files_of_their_own(store, read, tmp_path):
    write_reports(tmp_path / "in", named("{}.png", REPORT[:2]))
    listed = tmp_path / "list.csv"
    listed.write_text("path,year\n1.png,2023\n2.png,2022\n", encoding="utf-8")
    assert read(Options(jobs=0, parse_pages=joined, manifest=read_manifest(listed))) == (2, 0, 0)
    assert rows(store, "reports", "path", "year") == [("1.png", 2023), ("2.png", 2022)]


def killing(pictures, paths, row=None):
    os._exit(9)


def endless(pictures, paths, row=None):
    while True:
        pass


@pytest.mark.parametrize("fatal", [killing, endless])
def test_pictures_that_cannot_be_read_together_are_tried_alone(fatal, store, read, tmp_path):
    write_reports(tmp_path / "in", named("{}.png", REPORT[:2]))
    options = Options(jobs=1, parse_pages=fatal, limits=Limits(scan=6.0))
    assert read(options) == (2, 0, 0)
    assert [path for (path,) in rows(store, "reports", "path")] == ["1.png", "2.png"]


def test_pages_are_sent_to_a_cluster(tmp_path):
    place = write_reports(tmp_path / "in", named("{}.png", REPORT))
    with ThreadPoolExecutor(1) as executor:
        found = list(parse_with(executor, chunks_of(walk([place]).files, 1), Work(parse_pages=joined), 1))
    assert [frame["path"].to_list() for frame in found] == [["1.png"]]


def test_a_page_is_found_beside_the_first(tmp_path):
    write_reports(tmp_path / "in", named("{}.png", REPORT) | {"年报.zip": zipped(named("第{}页.png", REPORT))})
    for path in ("1.png", "年报.zip/第1页.png"):
        source = find(str(tmp_path / "in"), path)
        assert source is not None
        assert [source.page(number).read() for number in (1, 2, 3)] == list(REPORT)
