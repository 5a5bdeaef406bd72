"""LibreOffice, where it is installed: one warm process for many files, with a time limit for each.

A process costs seconds to start and tenths of a second a file from then on. Each worker process of the program has
its own LibreOffice with its own user profile, for two cannot share one.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from functools import cache
from pathlib import Path

from loaders.document import ReadingError

FILE_SECONDS = 60.0
START_SECONDS = 90.0
_FILES_A_PROCESS = 400
"""LibreOffice grows with each file; a fresh one now and then keeps it small."""
_FILTERS = {".odt": "writer8", ".xlsx": "Calc MS Excel 2007 XML", ".docx": "MS Word 2007 XML"}
_CANDIDATES = (
    "/usr/lib/libreoffice/program/soffice",
    "/opt/libreoffice/program/soffice",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
)


@cache
def soffice_path() -> str | None:
    """Where LibreOffice is, or None."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    return found or next((path for path in _CANDIDATES if Path(path).exists()), None)


@cache
def _uno_python() -> str | None:
    """A Python that can talk to LibreOffice: its own where it brings one, else the system's.

    None on Windows, whose pipes cannot be waited for: LibreOffice then starts for each file.
    """
    path = soffice_path()
    if path is None or not hasattr(os, "killpg"):
        return None
    own = Path(path).resolve().parent / "python"
    candidates = [str(own), "/usr/bin/python3", shutil.which("python3") or "", sys.executable]
    for candidate in candidates:
        if not candidate or not Path(candidate).exists():
            continue
        asked = subprocess.run([candidate, "-c", "import uno"], capture_output=True, timeout=30, check=False)
        if asked.returncode == 0:
            return candidate
    return None


def _kill(process: subprocess.Popen[bytes]) -> None:
    """End a process, and what it has started where the system knows groups of processes."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError, AttributeError):
        process.kill()
    process.wait()


class Office:
    """A LibreOffice that stays open. Not for use by several threads at once."""

    def __init__(self) -> None:
        self._made_folder: Path | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._unread = b""
        self._served = 0

    @property
    def _folder(self) -> Path:
        """Profile and files in conversion; made when first needed."""
        if self._made_folder is None:
            self._made_folder = Path(tempfile.mkdtemp(prefix="gongkai-office-"))
        return self._made_folder

    def convert(self, data: bytes, ending: str, target: str, seconds: float = FILE_SECONDS) -> bytes:
        """`data` of a file with `ending` as a file of kind `target` (`.odt`, `.xlsx`, `.docx`).

        Raises `ReadingError`: time-limit, damaged, or needs-package where LibreOffice does not start.
        """
        source = self._folder / f"in{self._served}{ending}"
        result = self._folder / f"out{self._served}{target}"
        source.write_bytes(data)
        try:
            if _uno_python() is None:
                self._convert_cold(source, result, seconds)
            else:
                self._convert_warm(source, result, seconds)
            return result.read_bytes()
        finally:
            self._served += 1
            source.unlink(missing_ok=True)
            result.unlink(missing_ok=True)

    def close(self) -> None:
        """Ends LibreOffice and removes its files."""
        self._stop()
        if self._made_folder is not None:
            shutil.rmtree(self._made_folder, ignore_errors=True)
            self._made_folder = None

    def _convert_warm(self, source: Path, result: Path, seconds: float) -> None:
        if self._process is not None and self._served % _FILES_A_PROCESS == _FILES_A_PROCESS - 1:
            self._stop()
        if self._process is None:
            self._start()
        request = json.dumps({"source": str(source), "target": str(result), "filter": _FILTERS[result.suffix]})
        answer = self._ask(request, seconds)
        if answer is not None and _is_gone(answer):
            self._stop()  # it crashed, over this file or an earlier one: only a second crash is this file's fault
            self._start()
            answer = self._ask(request, seconds)
        if answer is None:
            self._stop()
            raise ReadingError("time-limit", f"LibreOffice 在 {seconds:.0f} 秒内未能转换此文件")
        if _is_gone(answer):
            self._stop()
        if not answer.get("ok") or not result.exists():
            raise ReadingError("damaged", "LibreOffice 无法打开此文件，文件可能已损坏或加密")

    def _start(self) -> None:
        server = Path(__file__).with_name("soffice_server.py")
        environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
        self._unread = b""
        self._process = subprocess.Popen(
            [_uno_python() or sys.executable, "-E", str(server), soffice_path() or "soffice", str(self._folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            start_new_session=True,
        )
        answer = self._receive(START_SECONDS)
        if not answer or not answer.get("ok"):
            self._stop()
            raise ReadingError("needs-package", "LibreOffice 无法启动，请检查其安装（soffice --headless --version）")

    def _ask(self, request: str, seconds: float) -> dict[str, object] | None:
        assert self._process is not None and self._process.stdin is not None
        try:
            self._process.stdin.write(request.encode() + b"\n")
            self._process.stdin.flush()
        except OSError:
            return {"ok": False, "error": "Disposed"}
        return self._receive(seconds)

    def _receive(self, seconds: float) -> dict[str, object] | None:
        """One line of answer; None when the time is over, an error when the process is gone."""
        assert self._process is not None and self._process.stdout is not None
        pipe = self._process.stdout.fileno()
        deadline = time.monotonic() + seconds
        while b"\n" not in self._unread:
            left = deadline - time.monotonic()
            if left <= 0 or not select.select([pipe], [], [], left)[0]:
                return None
            chunk = os.read(pipe, 65536)
            if not chunk:
                return {"ok": False, "error": "Disposed"}
            self._unread += chunk
        line, _, self._unread = self._unread.partition(b"\n")
        answer: dict[str, object] = json.loads(line)
        return answer

    def _stop(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        _kill(process)
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):  # an unsent request has nowhere to go
                    pipe.close()

    def _convert_cold(self, source: Path, result: Path, seconds: float) -> None:
        """Without `uno`: a start of LibreOffice a file."""
        process = subprocess.Popen(
            [
                soffice_path() or "soffice",
                f"-env:UserInstallation={(self._folder / 'profile').as_uri()}",
                *("--headless", "--norestore", "--nolockcheck", "--convert-to"),
                f"{result.suffix[1:]}:{_FILTERS[result.suffix]}",
                *("--outdir", str(self._folder / "cold"), str(source)),
            ],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            process.wait(seconds + START_SECONDS)
        except subprocess.TimeoutExpired as error:
            _kill(process)
            raise ReadingError("time-limit", f"LibreOffice 在 {seconds:.0f} 秒内未能转换此文件") from error
        made = self._folder / "cold" / source.with_suffix(result.suffix).name
        if not made.exists():
            raise ReadingError("damaged", "LibreOffice 无法打开此文件，文件可能已损坏或加密")
        made.replace(result)


def _is_gone(answer: dict[str, object]) -> bool:
    """Whether the answer says that there is no LibreOffice any more."""
    error = str(answer.get("error"))
    return "Disposed" in error or "bridge" in error


_offices: dict[int, Office] = {}


def office() -> Office:
    """The LibreOffice of this process, started when first asked to convert."""
    own = _offices.get(os.getpid())
    if own is None:
        _offices.clear()  # after a fork: the parent's is not ours to use
        own = _offices[os.getpid()] = Office()
        atexit.register(close_office)
    return own


def close_office() -> None:
    """Ends this process's LibreOffice, if there is one."""
    own = _offices.pop(os.getpid(), None)
    if own is not None:
        own.close()
