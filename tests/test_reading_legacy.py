"""Files as LibreOffice writes them read to the same tables as the file they were made from."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from loaders.document import ReadingError
from loaders.reading import read, soffice
from loaders.reading.soffice import Office, office, soffice_path
from tests.office_files import contents, docx, p, tbl, tc, tr

pytestmark = pytest.mark.skipif(soffice_path() is None, reason="LibreOffice is not installed")

BODY = (
    p("青禾县水利局2023年政府信息公开工作年度报告")
    + p("一、总体情况")
    + tbl(
        tr(tc("第二十条第（一）项", span=4)),
        tr(tc("信息内容"), tc("本年制发件数"), tc("本年废止件数"), tc("现行有效件数")),
        tr(tc("规章"), tc("0"), tc("0"), tc("")),
        columns=4,
    )
    + p("三、收到和处理政府信息公开申请情况")
    + tbl(
        tr(tc("勾稽关系", span=3, merge="restart"), tc("申请人情况", span=3)),
        tr(tc(span=3, merge="continue"), tc("自然人", merge="restart"), tc("法人", span=2)),
        tr(tc(span=3, merge="continue"), tc(merge="continue"), tc(inner=p("商业") + p("企业")), tc("其他")),
        tr(tc("三、", merge="restart"), tc("（一）予以公开", span=2), tc("1"), tc("2"), tc("3")),
        tr(tc(merge="continue"), tc("（三）", merge="restart"), tc("1.属于国家秘密"), tc("4"), tc("5"), tc("6")),
        tr(tc(merge="continue"), tc(merge="continue"), tc("2.其他"), tc("7"), tc(""), tc("9")),
        columns=6,
    )
    + p("六、其他需要报告的事项")
    + p("无。")
)
EXPORTS = {".doc": "MS Word 97", ".rtf": "Rich Text Format", ".odt": "writer8", ".html": "HTML (StarWriter)"}


@pytest.fixture(scope="module")
def writer():
    own = Office()
    yield own
    own.close()


@pytest.mark.parametrize(
    ("name", "kind"),
    [("a.doc", "doc"), ("a.wps", "wps"), ("a.rtf", "rtf"), ("a.odt", "odt"), ("a.html", "html")],
)
def test_same_report_in_every_kind(writer, monkeypatch, name, kind):
    ending = ".doc" if kind == "wps" else f".{kind}"
    monkeypatch.setitem(soffice._FILTERS, ending, EXPORTS[ending])
    original = docx(BODY)
    document = read(writer.convert(original, ".docx", ending), name)
    assert document.format == kind
    assert contents(document) == contents(read(original, "a.docx"))


def test_one_process_serves_many_and_ends():
    own = Office()
    own.convert(docx(p("甲")), ".docx", ".odt")
    first, folder = own._process, own._folder
    own.convert(docx(p("乙")), ".docx", ".odt")
    assert own._process is first and first is not None
    own.close()
    assert first.poll() is not None
    assert not folder.exists()


def test_time_limit_and_a_fresh_start(writer):
    with pytest.raises(ReadingError) as caught:
        writer.convert(docx(p("甲") * 3000), ".docx", ".odt", seconds=0.001)
    assert caught.value.reason == "time-limit"
    assert writer.convert(docx(p("甲")), ".docx", ".odt").startswith(b"PK")


def test_a_crash_is_survived(writer):
    writer.convert(docx(p("甲")), ".docx", ".odt")
    assert writer._process is not None
    os.killpg(writer._process.pid, 9)
    assert writer.convert(docx(p("丙")), ".docx", ".odt").startswith(b"PK")


def test_file_that_libreoffice_refuses(writer):
    with pytest.raises(ReadingError) as caught:
        writer.convert(b"PK\x03\x04" + b"noise" * 50, ".docx", ".odt")
    assert caught.value.reason == "damaged"


def test_process_of_its_own_after_a_fork():
    if not hasattr(os, "fork"):
        pytest.skip("no fork here")
    here = office()
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.write(writing, b"own" if office() is not here else b"shared")
        os._exit(0)
    os.waitpid(child, 0)
    assert os.read(reading, 10) == b"own"


def test_nothing_stays_when_the_program_is_killed(tmp_path):
    """A worker that is killed runs no clean-up of its own."""
    program = (
        "import os, sys; from loaders.reading.soffice import Office; own = Office();"
        "own.convert(b'{\\\\rtf1 x}', '.rtf', '.odt'); print(own._folder, own._process.pid, flush=True);"
        "os.kill(os.getpid(), 9)"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False, timeout=120)
    folder, group = ran.stdout.split()
    deadline = time.monotonic() + 30
    while Path(folder).exists() and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not Path(folder).exists()
    while _is_alive(int(group)) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not _is_alive(int(group))


def _is_alive(process: int) -> bool:
    state = Path(f"/proc/{process}/stat")
    return state.exists() and state.read_text().rpartition(")")[2].split()[0] != "Z"
