"""A corpus comes into the store: what is read, what is left alone, and what one bad file may cost."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import textwrap
import time
import zipfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from loaders.cluster import parse_with
from loaders.corpus import Options, Summary, ingest
from loaders.document import ReadingError
from loaders.locking import BusyError, exclusive
from loaders.manifest import ManifestError, read_manifest
from loaders.parsing import parse_file
from loaders.schemas import Reports
from loaders.store import Store
from loaders.tasks import Limits, Work, chunks_of
from loaders.walking import walk
from tests.parsers_at_fault import obedient
from tests.small_reports import small_report, write_reports

HERE = Options(jobs=0)
TWO = {"甲局/2022.txt": small_report("正蓝旗水利局", 2022), "甲局/2023.txt": small_report("正蓝旗水利局", 2023)}


@pytest.fixture
def corpus(tmp_path):
    return write_reports(tmp_path / "年报", TWO)


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path / "store")


def paths(store: Store) -> list[str]:
    return sorted(Store(store.location).reports().collect()["path"])


def failures(store: Store) -> list[tuple[str, str]]:
    return Store(store.location).failures().select("path", "reason").collect().rows()


def skipped(summary: Summary) -> list[tuple[str, str]]:
    return [(each.path, each.reason) for each in summary.skipped]


class NamedInGbk(zipfile.ZipInfo):
    """A member as archivers in China write it: the name in GBK, and no word on its encoding."""

    def _encodeFilenameFlags(self):  # noqa: N802
        return self.filename.encode("gbk"), self.flag_bits


def zipped(members: dict[str, str | bytes], info: type[zipfile.ZipInfo] = zipfile.ZipInfo) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in members.items():
            archive.writestr(info(name), content)
    return file.getvalue()


def test_reports_are_read_with_paths_below_the_folder(corpus, store):
    summary = ingest([corpus], store, HERE)
    assert (summary.read, summary.unchanged, summary.failures, summary.skipped) == (2, 0, [], [])
    assert paths(store) == ["甲局/2022.txt", "甲局/2023.txt"]
    assert sorted(store.reports().collect()["year"]) == [2022, 2023]


def test_a_second_run_reads_nothing(corpus, store):
    ingest([corpus], store, HERE)
    version = Store(store.location).version()
    summary = ingest([corpus], store, HERE)
    assert (summary.read, summary.unchanged) == (0, 2)
    assert Store(store.location).version() == version


def test_a_changed_file_replaces_its_report(corpus, store):
    ingest([corpus], store, HERE)
    changed = small_report("正蓝旗水利局", 2023, {"applications.new.total": 1}, note="补充一句。")
    write_reports(corpus, {"甲局/2023.txt": changed})
    summary = ingest([corpus], store, HERE)
    assert (summary.read, summary.unchanged) == (1, 1)
    assert paths(store) == ["甲局/2022.txt", "甲局/2023.txt"]
    figures = Store(store.location).figures().collect()
    assert sorted(figures["applications.new.total"]) == [0, 1]


def test_a_file_with_a_new_date_and_the_same_content_is_not_parsed_again(corpus, store):
    ingest([corpus], store, HERE)
    os.utime(corpus / "甲局" / "2023.txt", ns=(1, 1))
    summary = ingest([corpus], store, Options(jobs=0, parse=obedient_refusal))
    assert (summary.read, summary.unchanged) == (0, 2)


def obedient_refusal(data, path, row=None):
    raise AssertionError(f"{path} was parsed although nothing in it is new")


def test_reread_parses_what_is_known(corpus, store):
    ingest([corpus], store, HERE)
    summary = ingest([corpus], store, Options(jobs=0, reread=True))
    assert (summary.read, summary.unchanged) == (2, 0)
    assert len(paths(store)) == 2


def test_a_file_below_a_folder_is_the_same_file_from_wherever_it_is_met(corpus, store):
    ingest([corpus], store, HERE)
    assert ingest([corpus / "甲局"], store, HERE).unchanged == 2
    assert ingest([corpus / "甲局" / "2023.txt"], store, HERE).unchanged == 1
    assert ingest([corpus, corpus / "甲局"], store, HERE).unchanged == 2


def test_a_single_file_has_its_name_as_path(corpus, store):
    ingest([corpus / "甲局" / "2023.txt"], store, HERE)
    assert paths(store) == ["2023.txt"]


def test_a_broken_file_among_good_ones_is_lost_alone(corpus, store):
    write_reports(corpus, {"a.docx": b"PK\x03\x04broken", "b.txt": b"", "c.txt": "采购合同，甲方乙方。" * 30})
    summary = ingest([corpus], store, HERE)
    assert summary.read == 2
    assert failures(store) == [("a.docx", "damaged"), ("b.txt", "empty"), ("c.txt", "not-a-report")]
    again = ingest([corpus], store, HERE)
    assert (again.read, again.failures, again.known_failures) == (0, [], 3)


def test_a_failed_file_that_was_mended_is_read(corpus, store):
    write_reports(corpus, {"a.txt": b""})
    ingest([corpus], store, HERE)
    write_reports(corpus, {"a.txt": small_report("正蓝旗教育局")})
    assert ingest([corpus], store, HERE).read == 1
    assert failures(store) == []


def needs_a_package(data, path, row=None):
    raise ReadingError("needs-package", "需要安装 LibreOffice")


def test_a_file_that_lacked_a_program_is_tried_again(corpus, store):
    ingest([corpus], store, Options(jobs=0, parse=needs_a_package))
    assert {reason for _, reason in failures(store)} == {"needs-package"}
    assert ingest([corpus], store, HERE).read == 2
    assert failures(store) == []


def test_a_fault_of_the_program_costs_one_file(corpus, store, tmp_path, monkeypatch):
    write_reports(corpus, {"a.txt": "raise\n"})
    summary = ingest([corpus], store, Options(jobs=0, parse=obedient))
    assert summary.read == 2
    ((path, reason, message),) = summary.failures
    assert (path, reason) == ("a.txt", "internal")
    assert "ZeroDivisionError: nought" in message


# Copies and moves


def test_of_two_files_with_one_content_the_first_is_read(corpus, store):
    write_reports(corpus, {"乙.txt": TWO["甲局/2023.txt"], "0.txt": TWO["甲局/2022.txt"]})
    summary = ingest([corpus], store, HERE)
    assert paths(store) == ["0.txt", "乙.txt"]
    expected = [("甲局/2022.txt", "0.txt"), ("甲局/2023.txt", "乙.txt")]
    assert [(each.path, each.detail) for each in summary.skipped if each.reason == "same-content"] == expected
    again = ingest([corpus], store, HERE)
    assert (again.read, again.unchanged, len(again.skipped)) == (0, 2, 2)


def test_a_copy_takes_over_when_the_first_is_gone(corpus, store):
    write_reports(corpus, {"乙.txt": TWO["甲局/2023.txt"]})
    ingest([corpus], store, HERE)
    (corpus / "乙.txt").unlink()
    summary = ingest([corpus], store, HERE)
    assert (summary.read, summary.gone) == (1, 0)
    assert paths(store) == ["甲局/2022.txt", "甲局/2023.txt"]


def test_a_moved_file_moves_its_report(corpus, store):
    ingest([corpus], store, HERE)
    (corpus / "甲局" / "2023.txt").rename(corpus / "新名.txt")
    summary = ingest([corpus], store, HERE)
    assert (summary.read, summary.unchanged, summary.gone) == (1, 1, 0)
    assert paths(store) == ["新名.txt", "甲局/2022.txt"]


def test_two_files_that_swap_their_content_are_both_read(corpus, store):
    ingest([corpus], store, HERE)
    write_reports(corpus, {"甲局/2022.txt": TWO["甲局/2023.txt"], "甲局/2023.txt": TWO["甲局/2022.txt"]})
    assert ingest([corpus], store, HERE).read == 2
    years = Store(store.location).reports().sort("path").collect()["year"].to_list()
    assert years == [2023, 2022]


def test_copies_of_a_file_that_cannot_be_read_fail_like_it(corpus, store):
    write_reports(corpus, {"a.docx": b"PK\x03\x04broken", "b.docx": b"PK\x03\x04broken"})
    ingest([corpus], store, HERE)
    assert failures(store) == [("a.docx", "damaged"), ("b.docx", "damaged")]


def test_a_report_whose_file_is_gone_stays_until_it_is_pruned(corpus, store):
    ingest([corpus], store, HERE)
    (corpus / "甲局" / "2023.txt").unlink()
    assert ingest([corpus], store, HERE).gone == 1
    assert len(paths(store)) == 2
    assert ingest([corpus], store, Options(jobs=0, prune=True)).pruned == 1
    assert paths(store) == ["甲局/2022.txt"]


def test_pruning_one_folder_leaves_the_reports_of_another(corpus, store, tmp_path):
    other = write_reports(tmp_path / "别处", {"乙.txt": small_report("正蓝旗教育局")})
    ingest([corpus, other], store, HERE)
    (other / "乙.txt").unlink()
    assert ingest([corpus], store, Options(jobs=0, prune=True)).pruned == 0
    assert len(paths(store)) == 3


# What the walk passes over


def test_hidden_temporary_and_companion_files_are_passed_over_with_the_reason(corpus, store):
    leftovers = ["~$草稿.docx", ".DS_Store", "Thumbs.db", "甲局/.hidden/a.txt", "x.tmp", "gongkai.toml", "truth.json"]
    write_reports(corpus, dict.fromkeys(leftovers, "x"))
    found = skipped(ingest([corpus], store, HERE))
    companions = [path for path, reason in found if reason == "companion"]
    assert sorted(companions) == ["gongkai.toml", "truth.json"]
    assert sorted(path for path, reason in found if reason == "hidden") == sorted(
        ["~$草稿.docx", ".DS_Store", "Thumbs.db", "甲局/.hidden", "x.tmp"]
    )


def test_a_store_inside_the_folder_is_passed_over(corpus):
    store = Store(corpus / "store")
    ingest([corpus], store, HERE)
    summary = ingest([corpus], store, HERE)
    assert (summary.read, summary.unchanged, skipped(summary)) == (0, 2, [("store", "store")])


def test_links_in_a_circle_end(corpus, store):
    (corpus / "甲局" / "zurück").symlink_to(corpus, target_is_directory=True)
    (corpus / "nowhere.txt").symlink_to(corpus / "absent.txt")
    summary = ingest([corpus], store, HERE)
    assert summary.read == 2
    assert skipped(summary) == [("nowhere.txt", "broken-link"), ("甲局/zurück", "repeated-folder")]


def test_a_pipe_is_not_waited_for(corpus, store):
    os.mkfifo(corpus / "pipe.txt")
    assert skipped(ingest([corpus], store, HERE)) == [("pipe.txt", "special")]


def test_a_name_in_gbk_is_shown_in_chinese(corpus, store):
    name = os.fsdecode("教育局2023年报.txt".encode("gbk"))
    (corpus / name).write_text(small_report("正蓝旗教育局"), encoding="utf-8")
    ingest([corpus], store, HERE)
    assert "教育局2023年报.txt" in paths(store)
    assert ingest([corpus], store, HERE).unchanged == 3


def test_a_path_that_does_not_exist_is_named(store, tmp_path):
    with pytest.raises(FileNotFoundError, match="absent"):
        walk([tmp_path / "absent"])


# Archives


def test_members_of_an_archive_are_files_below_it(tmp_path, store):
    inner = zipped({"丙.txt": small_report("正蓝旗民政局")})
    members = {
        "甲/一.txt": small_report("正蓝旗水利局"),
        "乙.zip": inner,
        "__MACOSX/._一.txt": "x",
        "坏.docx": b"PK\x03\x04",
    }
    corpus = write_reports(tmp_path / "in", {"全旗.zip": zipped(members)})
    summary = ingest([corpus], store, HERE)
    assert summary.read == 2
    assert paths(store) == ["全旗.zip/乙.zip/丙.txt", "全旗.zip/甲/一.txt"]
    assert failures(store) == [("全旗.zip/坏.docx", "damaged")]
    again = ingest([corpus], store, Options(jobs=0, parse=obedient_refusal))
    assert (again.read, again.unchanged, again.known_failures) == (0, 2, 1)


def test_of_a_changed_archive_only_what_is_new_is_parsed_and_what_left_it_is_gone(tmp_path, store):
    first, second, third = (small_report(f"正蓝旗{name}局") for name in ("水利", "教育", "民政"))
    corpus = write_reports(tmp_path / "in", {"a.zip": zipped({"1.txt": first, "2.txt": second})})
    ingest([corpus], store, HERE)
    write_reports(corpus, {"a.zip": zipped({"2.txt": second, "3.txt": third})})
    summary = ingest([corpus], store, HERE)
    assert (summary.read, summary.unchanged, summary.gone) == (1, 1, 1)
    assert ingest([corpus], store, Options(jobs=0, prune=True)).pruned == 1
    assert paths(store) == ["a.zip/2.txt", "a.zip/3.txt"]


def test_a_file_that_is_also_in_an_archive_counts_once(tmp_path, store):
    report = small_report("正蓝旗水利局")
    corpus = write_reports(tmp_path / "in", {"a.txt": report, "b.zip": zipped({"copy.txt": report})})
    summary = ingest([corpus], store, HERE)
    assert (summary.read, skipped(summary)) == (1, [("b.zip/copy.txt", "same-content")])
    assert skipped(ingest([corpus], store, HERE)) == [("b.zip/copy.txt", "same-content")]
    (corpus / "a.txt").unlink()
    assert ingest([corpus], store, HERE).read == 1
    assert paths(store) == ["b.zip/copy.txt"]


def test_names_in_gbk_within_an_archive_are_shown_in_chinese(tmp_path, store):
    data = zipped({"水利局/年报.txt": small_report("正蓝旗水利局")}, NamedInGbk)
    ingest([write_reports(tmp_path / "in", {"a.zip": data})], store, HERE)
    assert paths(store) == ["a.zip/水利局/年报.txt"]


@pytest.mark.parametrize(("data", "reason"), [(b"PK\x03\x04junk", "damaged"), (zipped({}), "empty")])
def test_an_archive_that_gives_nothing_is_a_failure(data, reason, tmp_path, store):
    ingest([write_reports(tmp_path / "in", {"a.zip": data})], store, HERE)
    assert failures(store) == [("a.zip", reason)]


# Manifest


def manifest(tmp_path, text: str, encoding: str = "utf-8", name: str = "清单.csv"):
    place = tmp_path / name
    place.write_bytes(text.encode(encoding))
    return read_manifest(place)


def test_a_manifest_goes_before_what_is_read_and_a_change_of_it_counts(corpus, store, tmp_path):
    ingest([corpus], store, HERE)
    told = manifest(tmp_path, "path,year,source_url\n甲局\\2023.txt,2019,http://example.cn/a\n")
    summary = ingest([corpus], store, Options(jobs=0, manifest=told))
    assert (summary.read, summary.unchanged) == (1, 1)
    assert sorted(Store(store.location).reports().collect()["year"]) == [2019, 2022]
    assert ingest([corpus], store, Options(jobs=0, manifest=told)).unchanged == 2
    assert ingest([corpus], store, HERE).unchanged == 2


def test_a_manifest_in_gbk_with_chinese_headings_is_read(tmp_path):
    told = manifest(tmp_path, "文件,发布机构,年度,发布日期\na.docx,水利局,2023年,2024年1月5日\n", "gb18030")
    row = told.row_of("somewhere/a.docx")
    assert (row.issuer, row.year, str(row.published_on)) == ("水利局", 2023, "2024-01-05")


def test_a_manifest_can_be_a_workbook(tmp_path):
    pl.DataFrame({"path": ["a.docx"], "year": [2023], "region": ["152530"]}).write_excel(tmp_path / "m.xlsx")
    row = read_manifest(tmp_path / "m.xlsx").row_of("a.docx")
    assert (row.year, row.region_code) == (2023, "152530")


MATCHES = [
    ("the same path", "b/x.txt", 2022),
    ("another folder", "c/x.txt", None),
    ("a folder above", "in/b/x.txt", 2022),
    ("a folder less", "deep.txt", 2023),
    ("two that fit", "x.txt", None),
    ("a bare name", "any/where/bare.txt", 2024),
    ("an ending that is no whole name", "any/sobare.txt", None),
]


@pytest.mark.parametrize(("path", "year"), [row[1:] for row in MATCHES], ids=[row[0] for row in MATCHES])
def test_a_row_is_of_the_file_whose_path_it_gives_or_ends(path, year, tmp_path):
    told = manifest(tmp_path, "path,year\na/x.txt,2021\nb/x.txt,2022\n./far/deep.txt,2023\nbare.txt,2024\n")
    row = told.row_of(path)
    assert (row and row.year) == year


FAULTY = [
    ("an unknown column", "path,jahr\na,1\n", "unknown column “jahr”; known are path, source_url, issuer"),
    ("no column for the file", "year\n2023\n", "needs a column path or source_url"),
    ("a row for no file", "path,year\n,2023\n", "row 2: neither path nor source_url"),
    ("a year that is none", "path,year\na,两千\n", "row 2: “两千” is no year; write it like 2023"),
    ("a date that is none", "path,published_on\na,2024-13-45\n", "“2024-13-45” is no date; write it like 2024-01-31"),
]


@pytest.mark.parametrize(("text", "message"), [row[1:] for row in FAULTY], ids=[row[0] for row in FAULTY])
def test_a_faulty_manifest_is_refused_with_place_and_way_out(text, message, tmp_path):
    with pytest.raises(ManifestError, match=message):
        manifest(tmp_path, text)


# Workers


def test_files_that_hang_or_kill_their_process_cost_only_themselves(tmp_path, store):
    corpus = write_reports(tmp_path / "in", TWO | {"a.txt": "die\n", "b.txt": "hang\n"})
    options = Options(jobs=2, limits=Limits(text=3.0), parse=obedient)
    summary = ingest([corpus], store, options)
    assert summary.read == 2
    assert failures(store) == [("a.txt", "internal"), ("b.txt", "time-limit")]


def test_a_file_that_hangs_in_the_program_itself_is_given_up(tmp_path, store):
    corpus = write_reports(tmp_path / "in", {"a.txt": "hang\n", **TWO})
    summary = ingest([corpus], store, Options(jobs=0, limits=Limits(text=3.0), parse=obedient))
    assert (summary.read, failures(store)) == (2, [("a.txt", "time-limit")])


def test_any_executor_will_do_and_needs_no_access_to_the_files(corpus):
    files = walk([corpus]).files
    work = Work(parse=obedient)
    chunks = chunks_of(files, 2)
    with ThreadPoolExecutor(2) as executor:
        rows = pl.concat(parse_with(executor, chunks, work, threads=2))
    assert sorted(rows["outcome"]) == ["read", "read"]


def lost(*rest):
    raise ConnectionError("the worker is gone")


class FlakyExecutor(ThreadPoolExecutor):
    """Loses every chunk of more than one file, and every chunk with a certain file."""

    def submit(self, function, files, *rest):
        if len(files) > 1 or files[0].path == "b.txt":
            return super().submit(lost)
        return super().submit(function, files, *rest)


def test_a_chunk_lost_on_a_cluster_is_tried_file_by_file(tmp_path):
    corpus = write_reports(tmp_path / "in", {"b.txt": small_report("正蓝旗卫健委"), **TWO})
    files = walk([corpus]).files
    with FlakyExecutor(1) as executor:
        rows = pl.concat(parse_with(executor, chunks_of(files, 1), Work(), threads=1))
    assert sorted(rows.select("path", "outcome").rows()) == [
        ("b.txt", "failed"),
        ("甲局/2022.txt", "read"),
        ("甲局/2023.txt", "read"),
    ]


def test_two_ingests_do_not_write_at_once(corpus, store):
    lock = Path(store.location) / "ingest.lock"
    with exclusive(lock), pytest.raises(BusyError, match="Another ingest is writing"):
        ingest([corpus], store, HERE)
    assert ingest([corpus], store, HERE).read == 2


def test_a_dask_cluster_parses_what_it_is_sent(corpus, store):
    distributed = pytest.importorskip("distributed")
    with distributed.LocalCluster(n_workers=1, processes=False, dashboard_address=None) as cluster:
        summary = ingest([corpus], store, Options(scheduler=cluster.scheduler_address))
    assert (summary.read, summary.failures) == (2, [])


# Interruption

PROGRAM = """
    import loaders.corpus as corpus
    from loaders.store import Store
    from tests.parsers_at_fault import obedient

    if __name__ == "__main__":
        corpus.BATCH_FILES = 1
        corpus.ingest(["in"], Store("store"), corpus.Options(jobs={jobs}, parse=obedient))
"""


def start_ingest(folder, jobs: int) -> subprocess.Popen[bytes]:
    """An ingest that commits every file and then waits at the last one for a sign that never comes."""
    reports = {f"{n}.txt": small_report(f"正蓝旗第{n}中心") for n in range(3)}
    write_reports(folder / "in", reports | {"z.txt": f"wait for {folder / 'sign'}\n{small_report('正蓝旗审计局')}"})
    (folder / "program.py").write_text(textwrap.dedent(PROGRAM.format(jobs=jobs)), encoding="utf-8")
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).resolve().parent.parent)}
    return subprocess.Popen([sys.executable, "program.py"], cwd=folder, env=environment, stderr=subprocess.PIPE)


def wait_for_reports(store: Store, count: int) -> None:
    end = time.monotonic() + 30
    while len(paths(store)) < count:
        assert time.monotonic() < end, f"after 30 s the store holds {paths(store)}"
        time.sleep(0.1)


def test_an_interruption_while_a_batch_is_written_writes_it_once(corpus, store, monkeypatch):
    def interrupted(self, rows, replaced=()):
        commit(self, rows, replaced)
        raise KeyboardInterrupt

    commit = Store.commit
    monkeypatch.setattr(Store, "commit", interrupted)
    monkeypatch.setattr("loaders.corpus.BATCH_FILES", 1)
    with pytest.raises(KeyboardInterrupt):
        ingest([corpus], store, HERE)
    assert len(paths(store)) == 1


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGINT], ids=["killed", "interrupted"])
def test_what_was_committed_survives_and_the_next_run_goes_on(end, tmp_path):
    store = Store(tmp_path / "store")
    program = start_ingest(tmp_path, jobs=1)
    try:
        wait_for_reports(store, 2)
        program.send_signal(end)
        program.wait(20)
    finally:
        program.kill()
        program.communicate()
    survived = paths(store)
    assert {"0.txt", "1.txt"} <= set(survived) <= {"0.txt", "1.txt", "2.txt"}
    (tmp_path / "sign").touch()
    summary = ingest([tmp_path / "in"], store, Options(jobs=0, parse=obedient))
    assert (summary.read, summary.unchanged) == (4 - len(survived), len(survived))


@pytest.mark.parametrize(
    ("of_identity", "of_report"),
    [
        ({"year": 1899}, {}),
        ({"year": 2101}, {}),
        ({"region_code": "15252"}, {}),
        ({"region_code": "一五二五三零"}, {}),
        ({"confidence": -0.1}, {}),
        ({}, {"bytes": -1}),
        ({}, {"format": None}),
        ({}, {"bytes": None}),
    ],
)
def test_a_report_that_the_public_table_refuses_is_a_failure_and_harms_no_other(corpus, store, of_identity, of_report):
    def parse(data, path, row=None):
        report = parse_file(data, path, row)
        if not path.endswith("2022.txt"):
            return report
        return replace(report, identity=replace(report.identity, **of_identity), **of_report)

    summary = ingest([corpus], store, replace(HERE, parse=parse))
    assert [(path, reason) for path, reason, _ in summary.failures] == [("甲局/2022.txt", "internal")]
    assert failures(store) == [("甲局/2022.txt", "internal")]
    assert paths(store) == ["甲局/2023.txt"]
    Reports.validate(Store(store.location).reports().collect())
