"""Drafts under check are read beside the program: what goes wrong with one, or ends the program, ends nothing else."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.small_reports import small_report, write_reports

ROOT = Path(__file__).resolve().parent.parent

READ = """
import json, os, sys
from pathlib import Path
from loaders.drafts import reading_of
from loaders.report import Report
from loaders.tasks import Limits, Work
from tests.parsers_at_fault import obedient

{preparation}
with reading_of(list(map(Path, sys.argv[1:])), Work(limits=Limits(text={seconds}), parse=obedient)) as reading:
    import polars
    print("begun", flush=True)
    results = [file.result for file in reading()]
    print(json.dumps([r.identity.issuer if isinstance(r, Report) else r.reason for r in results]))
"""
"""A program of its own: that of the tests has loaded Polars, and can no longer be forked."""

SOUND = small_report("正蓝旗水利局", 2023)
DIES, HANGS, FAILS = "die\n", "hang\n", "raise\n"


@pytest.fixture
def read(tmp_path):
    """What became of drafts of these contents, read by a program of their own."""

    def run(*contents: str, preparation: str = "") -> list[str]:
        names = [f"{number}.txt" for number in range(len(contents))]
        write_reports(tmp_path, dict(zip(names, contents, strict=True)))
        with _program(preparation, 3.0, *(tmp_path / name for name in names)) as program:
            out, err = program.communicate(timeout=60)
        assert program.returncode == 0, err
        _, results = out.splitlines()
        return json.loads(results)

    return run


def test_drafts_come_in_their_order(read):
    assert read(SOUND, small_report("正蓝旗教育局", 2023)) == ["正蓝旗水利局", "正蓝旗教育局"]


def test_a_draft_that_ends_the_process_reading_it_ends_no_other(read):
    assert read(SOUND, DIES, SOUND) == ["正蓝旗水利局", "internal", "正蓝旗水利局"]


def test_a_draft_that_comes_to_no_end_is_given_up(read):
    assert read(HANGS, SOUND) == ["time-limit", "正蓝旗水利局"]


def test_a_fault_of_the_program_costs_one_draft(read):
    assert read(FAILS, SOUND) == ["internal", "正蓝旗水利局"]


@pytest.mark.parametrize(
    "preparation",
    [
        "import polars",
        "os.fork = lambda: (_ for _ in ()).throw(OSError('none left'))",
        "import multiprocessing.synchronize as s; s.SemLock.__init__ = lambda *a, **k: (_ for _ in ()).throw(OSError)",
    ],
    ids=["Polars is loaded", "no process left", "no shared memory"],
)
def test_drafts_are_read_by_the_program_itself_where_none_can_be_forked(read, preparation):
    assert read(SOUND, FAILS, preparation=preparation) == ["正蓝旗水利局", "internal"]


def test_readers_begun_before_the_command_line_read_the_drafts(read):
    """No other could be forked, and the program itself would not outlive the second draft."""
    begun_early = """
from loaders.draft_readers import begin_early
begin_early(["check", *sys.argv[1:]])
os.fork = lambda: (_ for _ in ()).throw(OSError('none left'))
"""
    assert read(SOUND, DIES, SOUND, preparation=begun_early) == ["正蓝旗水利局", "internal", "正蓝旗水利局"]


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGKILL], ids=["interrupted", "killed"])
def test_nothing_goes_on_reading_when_the_program_has_ended(tmp_path, end):
    write_reports(tmp_path, {"draft.txt": HANGS})
    with _program("", 600.0, tmp_path / "draft.txt") as program:
        assert program.stdout is not None
        assert program.stdout.readline() == "begun\n"
        os.kill(program.pid, end)
        program.communicate(timeout=20)  # workers hold the other ends of its pipes
    with pytest.raises(ProcessLookupError):
        _wait_for_the_end_of_group(program.pid)


def _program(preparation: str, seconds: float, *drafts: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", READ.format(preparation=preparation, seconds=seconds), *drafts],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def _wait_for_the_end_of_group(group: int) -> None:
    for _ in range(100):
        os.killpg(group, 0)
        time.sleep(0.1)
