"""The command line as people use it: what it prints, how it exits, what it says when something is wrong."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import signal
import socket
import string
import subprocess
import sys
import time
import urllib.request
import zipfile
from dataclasses import dataclass
from pathlib import Path

import polars as pl
import pytest

from loaders import __version__, cli, words
from loaders.schemas import PUBLIC_TABLES
from loaders.vocabulary import TABLE_NAMES
from loaders.walking import SkipReason
from tests.small_reports import small_report, write_reports

NEW, TOTAL = "applications.new.total", "applications.total.total"


@dataclass(frozen=True)
class Ended:
    """A command that has run."""

    code: int
    out: str
    err: str

    @property
    def rows(self) -> list[dict[str, str]]:
        return list(csv.DictReader(io.StringIO(self.out.lstrip("\ufeff"), newline="")))


@pytest.fixture
def gongkai(monkeypatch, capfd, tmp_path):
    """Run the command line in a folder of its own, in English."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GONGKAI_LOG", str(tmp_path / "log"))
    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "GONGKAI_STORE"):
        monkeypatch.delenv(name, raising=False)
    words.language.cache_clear()

    def run(*arguments: object) -> Ended:
        monkeypatch.setattr(sys, "argv", ["gongkai", *map(str, arguments)])
        capfd.readouterr()
        with pytest.raises(SystemExit) as end:
            cli.main()
        out, err = capfd.readouterr()
        return Ended(int(end.value.code or 0), out, err)

    yield run
    words.language.cache_clear()


def write_corpus(folder: Path) -> Path:
    unbalanced = small_report("正蓝旗教育局", 2022, {NEW: 3})
    reports = {
        "水利/2023.txt": small_report("正蓝旗水利局", 2023),
        "教育/2022.txt": unbalanced,
        "教育/2023.txt": small_report("正蓝旗教育局", 2023),
    }
    return write_reports(folder / "in", reports)


@pytest.fixture
def corpus(tmp_path):
    return write_corpus(tmp_path)


@pytest.fixture(scope="module")
def ingested(tmp_path_factory):
    """A store that commands have filled, to be copied by each test that needs one."""
    folder = tmp_path_factory.mktemp("ingested")
    write_corpus(folder)
    command = [sys.executable, "-m", "loaders", "ingest", "in", "--jobs", "0"]
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).resolve().parent.parent)}
    subprocess.run(command, cwd=folder, env=environment, check=True, capture_output=True)
    return folder / "data"


@pytest.fixture
def stored(gongkai, tmp_path, ingested):
    """The command line in a folder with a filled store."""
    shutil.copytree(ingested, tmp_path / "data")
    return gongkai


# ingest


def test_ingest_sums_up_what_it_did(gongkai, corpus):
    write_reports(corpus, {"坏.docx": b"PK\x03\x04", "~$锁.docx": "x", "抄.txt": small_report("正蓝旗水利局", 2023)})
    ended = gongkai("ingest", "in", "--jobs", 0)
    lines = ended.out.splitlines()
    assert ended.code == 0
    assert lines[0].startswith("failed: 坏.docx: damaged: the file is damaged; ")
    assert lines[1] == "skipped: 1 hidden or temporary: ~$锁.docx"
    assert re.fullmatch(r"skipped: 1 with the same content as another: .+ \(same content as .+\)", lines[2])
    assert re.fullmatch(r"read 3, unchanged 0, failed 1, skipped 2, in [\d.]+ s", lines[3])
    assert re.fullmatch(r"findings: \d+ errors, \d+ warnings, \d+ notices", lines[4])
    assert Path("data/store/files/_delta_log").is_dir()


def test_a_second_ingest_reads_nothing_and_says_so(gongkai, corpus):
    gongkai("ingest", "in", "--jobs", 0)
    ended = gongkai("ingest", "in", "--jobs", 0)
    assert (ended.code, ended.out.splitlines()[0][:25]) == (0, "read 0, unchanged 3, fail")


def test_strict_tells_of_failures_new_and_known(gongkai, corpus):
    write_reports(corpus, {"坏.docx": b"PK\x03\x04"})
    assert gongkai("ingest", "in", "--jobs", 0, "--strict").code == 3
    ended = gongkai("ingest", "in", "--jobs", 0, "--strict")
    assert ended.code == 3
    assert "1 unchanged files could not be read before" in ended.out
    (corpus / "坏.docx").unlink()
    assert gongkai("ingest", "in", "--jobs", 0, "--strict").code == 0


def test_the_store_is_where_the_environment_says(gongkai, corpus, monkeypatch):
    monkeypatch.setenv("GONGKAI_STORE", "elsewhere")
    gongkai("ingest", "in", "--jobs", 0)
    assert len(gongkai("export", "reports").rows) == 3
    assert Path("elsewhere/files").is_dir()


def test_a_manifest_within_the_folder_is_not_taken_for_a_report(gongkai, corpus):
    write_reports(corpus, {"清单.csv": "path,year\n水利/2023.txt,2020\n"})
    ended = gongkai("ingest", "in", "--jobs", 0, "--manifest", "in/清单.csv", "--strict")
    assert ended.code == 0
    assert "companions of the reports (manifest, settings, truth, folders of saved web pages): 清单.csv" in ended.out
    assert sorted(row["year"] for row in gongkai("export", "reports").rows) == ["2020", "2022", "2023"]


def test_a_changed_setting_changes_the_findings_without_reading_again(gongkai, corpus):
    gongkai("ingest", "in", "--jobs", 0)
    assert "balance" in {row["rule"] for row in gongkai("export", "flags").rows}
    Path("data/gongkai.toml").write_text('rules_off = ["balance"]\n', encoding="utf-8")
    assert gongkai("ingest", "in", "--jobs", 0).out.startswith("read 0, unchanged 3")
    assert "balance" not in {row["rule"] for row in gongkai("export", "flags").rows}


# export


@pytest.mark.parametrize("table", TABLE_NAMES)
def test_every_table_is_exported_with_its_columns(table, stored):
    ended = stored("export", table, "--out", f"{table}.parquet")
    assert (ended.code, ended.out) == (0, "")
    frame = pl.read_parquet(f"{table}.parquet")
    assert frame.columns == PUBLIC_TABLES[table].create_empty().columns
    assert ended.err == f"{frame.height} rows written to {table}.parquet\n"


def test_cells_have_every_figure_of_every_report_and_counts_without_fraction(stored):
    rows = stored("export", "cells").rows
    assert len(rows) == 600
    assert {row["value"] for row in rows} == {"0", "3"}
    assert {json.loads(row["where"]).keys() >= {"line"} for row in rows} == {True}


FILTERED = [
    ("reports", ("--year", 2022), 1),
    ("reports", ("--issuer", "教育"), 2),
    ("reports", ("--issuer", "教育", "--year", 2023), 1),
    ("reports", ("--region", "152530"), 3),
    ("reports", ("--region", "150000"), 3),
    ("reports", ("--region", "正蓝旗"), 3),
    ("reports", ("--region", "152531"), 0),
    ("cells", ("--year", 2022), 200),
    ("sections", ("--issuer", "水利"), 6),
    ("flags", ("--rule", "balance", "--year", 2022), 1),
    ("flags", ("--rule", "balance", "--year", 2023), 0),
    ("checks", ("--rule", "balance"), 3),
    ("checks", ("--rule", "balance", "--issuer", "水利"), 1),
]


@pytest.mark.parametrize(("table", "options", "count"), FILTERED)
def test_filters_keep_what_they_name(table, options, count, stored):
    assert len(stored("export", table, *options).rows) == count


@pytest.mark.parametrize("options", [(), ("--year", 2023)])
@pytest.mark.parametrize("table", ["cells", "sections"])
def test_large_tables_of_many_reports_are_written_in_parts(table, options, stored, monkeypatch):
    whole = stored("export", table, *options).rows
    monkeypatch.setattr("loaders.commands.export.SORTED_REPORTS", 0)
    monkeypatch.setattr("loaders.parts.REPORTS_AT_ONCE", 1)
    in_parts = stored("export", table, *options).rows
    assert len(in_parts) == len(whole) > 1
    assert sorted(map(str, in_parts)) == sorted(map(str, whole))


def test_exports_are_in_the_order_of_paths(stored):
    assert [row["path"] for row in stored("export", "reports").rows] == [
        "教育/2022.txt",
        "教育/2023.txt",
        "水利/2023.txt",
    ]


@pytest.mark.parametrize("ending", ["csv", "xlsx", "parquet"])
def test_the_ending_names_the_format(ending, stored):
    assert stored("export", "reports", "--out", f"out/a.{ending}").code == 0
    readers = {"csv": pl.read_csv, "xlsx": pl.read_excel, "parquet": pl.read_parquet}
    assert readers[ending](f"out/a.{ending}").height == 3


def test_the_format_can_be_named_for_any_ending(stored):
    assert stored("export", "reports", "--out", "a.txt", "--format", "csv").code == 0
    assert Path("a.txt").read_bytes().startswith(b"\xef\xbb\xbfreport_id,path,")


def test_files_tell_where_they_come_from(stored):
    stored("export", "reports", "--year", 2023, "--out", "a.parquet")
    about = pl.read_parquet_metadata("a.parquet")
    assert (about["program"], about["table"], about["filters"]) == (f"gongkai {__version__}", "reports", "--year 2023")


def test_a_path_that_would_be_a_formula_is_harmless_in_csv(gongkai, corpus):
    write_reports(corpus, {"=1+1.txt": small_report("正蓝旗民政局")})
    gongkai("ingest", "in", "--jobs", 0)
    assert "'=1+1.txt" in {row["path"] for row in gongkai("export", "reports").rows}


# check


def test_a_sound_draft_passes(gongkai, corpus):
    ended = gongkai("check", "in/水利/2023.txt")
    assert ended.code == 0
    assert ended.out.startswith("in/水利/2023.txt: 正蓝旗水利局, 2023, form 2021\n")
    assert "findings: 0 errors" in ended.out
    assert not Path("data").exists()


def test_a_draft_with_an_error_exits_with_1_and_says_where_and_how_to_mend(gongkai, corpus):
    ended = gongkai("check", "in/教育/2022.txt")
    assert ended.code == 1
    assert re.search(r"^  error balance: .+\n      where: .*line \d+.*\n      remedy: .+", ended.out, re.M)
    assert ended.out.index("  error ") < ended.out.index("findings:")


def test_what_the_reader_doubts_in_a_draft_is_told_in_english(gongkai, corpus):
    draft = corpus / "水利" / "2023.txt"
    draft.write_text(draft.read_text().replace("2023年1月1日", "2021年1月1日"))
    assert "  reader: The period says 2021, though" in gongkai("check", "in/水利/2023.txt").out


def test_check_speaks_json_to_machines(gongkai, corpus):
    write_reports(corpus, {"坏.docx": b"PK\x03\x04"})
    ended = gongkai("check", "in/教育/2022.txt", "in/坏.docx", "--format", "json")
    found = json.loads(ended.out)
    assert (ended.code, found["program"]) == (1, f"gongkai {__version__}")
    good, bad = found["files"]
    assert (good["report"]["issuer"], good["report"]["year"], good["failure"]) == ("正蓝旗教育局", 2022, None)
    balance = next(each for each in good["findings"] if each["rule"] == "balance")
    assert balance["severity"] == "error"
    assert balance["where"][NEW].keys() >= {"line"}
    assert (bad["failure"]["reason"], bad["findings"]) == ("damaged", [])


def test_a_draft_that_cannot_be_read_exits_with_2(gongkai, corpus):
    write_reports(corpus, {"坏.docx": b"PK\x03\x04"})
    ended = gongkai("check", "in/坏.docx")
    assert (ended.code, ended.out.startswith("in/坏.docx: cannot be read: ")) == (2, True)


def test_drafts_are_checked_against_each_other(gongkai, corpus):
    carried = {"applications.carried_in.total": 5, TOTAL: 5, "applications.granted.total": 5}
    write_reports(corpus, {"after.txt": small_report("正蓝旗水利局", 2024, carried)})
    rules = re.findall(r"error ([\w-]+):", gongkai("check", "in/水利/2023.txt", "in/after.txt").out)
    assert "carry-over" in rules


def test_drafts_in_an_archive_are_checked_each_by_itself(gongkai, corpus):
    with zipfile.ZipFile("drafts.zip", "w") as archive:
        archive.write("in/教育/2022.txt", "教育/2022.txt")
        archive.writestr("坏.docx", b"PK\x03\x04")
    out = gongkai("check", "drafts.zip").out
    assert "drafts.zip/教育/2022.txt: 正蓝旗教育局, 2022, form 2021\n" in out
    assert "drafts.zip/坏.docx: cannot be read: " in out


def test_the_same_draft_twice_is_no_trouble(gongkai, corpus):
    (corpus / "copy.txt").write_bytes((corpus / "水利" / "2023.txt").read_bytes())
    assert gongkai("check", "in/水利/2023.txt", "in/copy.txt").out.count(": 正蓝旗水利局, 2023, form 2021\n") == 2


# init, demo, serve


def test_init_writes_the_settings_beside_the_store_once(gongkai):
    assert gongkai("init").out == "Settings written to data/gongkai.toml\n"
    ended = gongkai("init")
    assert (ended.code, "data/gongkai.toml is there already" in ended.err) == (2, True)


def test_demo_writes_a_corpus_that_can_be_read(gongkai):
    ended = gongkai("demo", "invented", "--reports", 12, "--seed", 3)
    assert (ended.code, ended.out.splitlines()[1]) == (0, "Read them with: gongkai ingest invented")
    assert json.loads(Path("invented/truth.json").read_text(encoding="utf-8"))
    assert gongkai("ingest", "invented", "--strict").code == 0


def test_a_demo_that_cannot_be_written_says_why(gongkai):
    Path("taken").write_text("")
    ended = gongkai("demo", "taken/below", "--reports", 1)
    assert (ended.code, ended.err) == (2, "taken/below cannot be written: Not a directory.\n")


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("localhost", 0))
        return int(listener.getsockname()[1])


@pytest.mark.parametrize(
    "tell",
    [lambda program: os.killpg(program.pid, signal.SIGINT), lambda program: program.terminate()],
    ids=["interrupted", "terminated"],
)
def test_serve_shows_the_dashboard_and_ends(tmp_path, tell):
    port = free_port()
    command = [sys.executable, "-m", "loaders", "serve", "--port", str(port), "--no-browser", "--store", str(tmp_path)]
    root = Path(__file__).resolve().parent.parent
    with subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, start_new_session=True) as program:
        try:
            end = time.monotonic() + 60
            while not answers(port):
                assert program.poll() is None
                assert time.monotonic() < end
                time.sleep(0.1)
        finally:
            tell(program)
        out, _ = program.communicate(timeout=30)
    assert f"Dashboard: http://localhost:{port}" in out.decode()
    assert program.returncode == 0
    assert not answers(port), "the server outlives the program"


def answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://localhost:{port}/_stcore/health", timeout=5) as reply:
            return reply.read() == b"ok"
    except OSError:
        return False


def test_a_port_in_use_is_refused(gongkai):
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        port = listener.getsockname()[1]
        ended = gongkai("serve", "--port", port, "--address", "127.0.0.1", "--no-browser")
    assert (ended.code, ended.err) == (2, f"Port {port} is in use; name another with --port.\n")


# What goes wrong

WRONG = [
    (("ingest", "absent"), "There is no file or folder absent."),
    (("ingest", "empty"), "Nothing to read: no file under empty."),
    (
        ("ingest", "in", "--manifest", "absent.csv"),
        "The manifest absent.csv cannot be read: No such file",
    ),
    (("ingest", "in", "--config", "absent.toml"), "There is no settings file absent.toml; `gongkai init` writes one."),
    (
        ("export", "reports", "--store", "absent"),
        "There is no store at absent; `gongkai ingest FOLDER",
    ),
    (("export", "figures"), "There is no table figures; tables are reports, cells, sections, claims, flags, checks, "),
    (("export", "reports", "--format", "pdf"), "The format pdf is unknown; formats are csv, parquet, xlsx."),
    (
        ("export", "reports", "--out", "a.doc"),
        "The ending of a.doc names no format; add --format csv, ",
    ),
    (("export", "reports", "--format", "xlsx"), "xlsx is not for the screen; add --out FILE."),
    (("export", "failures", "--year", "2023"), "The table failures cannot be filtered by --year."),
    (("export", "reports", "--rule", "balance"), "The table reports cannot be filtered by --rule."),
    (("check", "in"), "in is a folder; `check` takes files, `ingest` takes folders."),
    (("check", "absent.docx"), "There is no file or folder absent.docx."),
    (("check", "in/水利/2023.txt", "--format", "xml"), "The format xml is unknown; formats are text, json."),
]


@pytest.mark.parametrize(("arguments", "message"), WRONG, ids=[" ".join(row[0]) for row in WRONG])
def test_a_slip_gets_one_sentence_and_exit_code_2(arguments, message, gongkai, corpus):
    Path("empty").mkdir()
    ended = gongkai(*arguments)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith(message)
    assert ended.err.count("\n") == 1


def test_a_scheduler_that_does_not_answer_is_named(gongkai, corpus, monkeypatch):
    pytest.importorskip("distributed")
    monkeypatch.setattr("loaders.cluster.CONNECT_SECONDS", 0.2)
    ended = gongkai("ingest", "in", "--scheduler", "tcp://127.0.0.1:9")
    assert ended.code == 2
    assert ended.err == "No Dask scheduler answers at tcp://127.0.0.1:9; check the address and that it is running.\n"


def test_a_cluster_without_its_package_names_the_package(gongkai, corpus, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    ended = gongkai("ingest", "in", "--scheduler", "tcp://127.0.0.1:9")
    assert (ended.code, "pip install 'gongkai[cluster]'" in ended.err) == (2, True)


def test_an_unknown_rule_gets_the_nearest_names(stored):
    ended = stored("export", "flags", "--rule", "ballance")
    assert (ended.code, ended.err.startswith("There is no rule ballance; did you mean balance")) == (2, True)


def test_only_leftovers_in_a_folder_is_nothing_to_read(gongkai):
    write_reports(Path("leftovers"), {"~$a.docx": "x"})
    ended = gongkai("ingest", "leftovers")
    assert (ended.code, ended.err) == (2, "Nothing to read: no file under leftovers but 1 passed over.\n")


@pytest.mark.parametrize("arguments", [(), ("ingest",), ("export",), ("nonsense",), ("export", "cells", "--year", "x")])
def test_wrong_usage_exits_with_2(arguments, gongkai):
    assert gongkai(*arguments).code == 2


def test_a_damaged_store_is_told_without_a_trace(stored):
    next(Path("data/store/files").glob("*.parquet")).write_bytes(b"PAR1")
    ended = stored("export", "reports")
    assert (ended.code, "is damaged" in ended.err, "Traceback" in ended.err) == (2, True, False)


def test_a_reader_that_has_gone_is_no_fault(ingested):
    command = [sys.executable, "-m", "loaders", "export", "cells", "--store", str(ingested / "store")]
    root = Path(__file__).resolve().parent.parent
    with subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as program:
        program.stdout.close()
        err = program.stderr.read()
    assert (program.returncode, err) == (0, b"")


def test_a_store_that_cannot_be_written_says_why(gongkai, corpus):
    Path("taken").write_text("")
    ended = gongkai("ingest", "in", "--jobs", 0, "--store", "taken/store")
    assert (ended.code, ended.err.startswith("The store ")) == (2, True)
    assert "taken/store cannot be written: " in ended.err
    assert ended.err.count("\n") == 1


def test_a_file_that_cannot_be_written_says_why(stored):
    Path("taken").write_text("")
    ended = stored("export", "reports", "--out", "taken/a.csv")
    assert (ended.code, ended.err) == (2, "taken/a.csv cannot be written: File exists.\n")


def test_a_fault_of_the_program_is_one_sentence_and_a_log(gongkai, corpus, monkeypatch):
    def fail(*arguments, **options):
        raise ZeroDivisionError("nought")

    monkeypatch.setattr("loaders.corpus.walk", fail)
    ended = gongkai("ingest", "in", "--jobs", 0)
    log = Path(os.environ["GONGKAI_LOG"])
    assert ended.code == 70
    assert ended.err == f"Something unexpected went wrong (ZeroDivisionError); the details are in {log}.\n"
    assert "ZeroDivisionError: nought" in log.read_text(encoding="utf-8")


def test_an_interrupted_ingest_says_that_nothing_is_lost(gongkai, corpus, monkeypatch):
    def interrupt(*arguments, **options):
        raise KeyboardInterrupt

    monkeypatch.setattr("loaders.corpus.walk", interrupt)
    ended = gongkai("ingest", "in", "--jobs", 0)
    assert (ended.code, ended.err) == (
        130,
        "Interrupted. What was read so far is stored; the same command goes on from here.\n",
    )


# Words


def test_the_version_is_told(gongkai):
    assert gongkai("--version").out == f"gongkai {__version__}\n"


COMMANDS = ["ingest", "export", "check", "demo", "serve", "init"]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_and_option_has_help(command, gongkai):
    text = gongkai(command, "--help").out
    assert text.startswith(f"Usage: gongkai {command} ")
    options = re.findall(r"^  (--[\w-]+)(?: [A-Z]+)?(.*)$", text, re.M)
    assert len(options) >= 3
    assert [name for name, rest in options if not rest.strip()] == []


def test_the_command_line_speaks_chinese_on_a_chinese_system(gongkai, corpus, monkeypatch):
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    words.language.cache_clear()
    assert "读入 3，未变 0，读取失败 0，跳过 0，用时" in gongkai("ingest", "in", "--jobs", 0).out
    assert gongkai("export", "x").err.startswith("没有 x 这张表；可用的表：reports, ")
    assert "  错误 balance: " in gongkai("check", "in/教育/2022.txt").out


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("key", sorted(words.WORDS))
def test_both_languages_are_complete(key):
    english, chinese = words.WORDS[key]
    assert fields(english) == fields(chinese)
    assert re.search(r"[\u4e00-\u9fff]", chinese) or not re.search("[a-z]{3}", english.format_map(Anything()))
    assert not re.search(r"[\u4e00-\u9fff]", english)


class Anything(dict):
    def __missing__(self, key):
        return ""


def test_every_reason_to_pass_over_has_words():
    assert {f"skip.{reason}" for reason in SkipReason.__args__} <= words.WORDS.keys()
