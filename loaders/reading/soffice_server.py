"""Runs under a Python that has `uno`: keeps one LibreOffice open and converts the files it is told of.

Reads a JSON object a line from standard input (`source`, `target`, `filter`) and answers each with one line (`ok`,
`error`). Ends, and ends LibreOffice, when its input closes, so that nothing stays behind when the program that asked
is gone. Uses nothing of this project, because that Python does not have it.
"""

from __future__ import annotations

import contextlib
import json
import os
import queue
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

_START_SECONDS = 60
_STOP_SECONDS = 5
UnoObject = Any  # types of LibreOffice exist only while it runs


def main(soffice: str, folder: Path) -> None:
    """Serves until the input closes; `folder` then goes with it, for nobody may be left to remove it."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)  # meant for LibreOffice, at the end
    pipe = f"gongkai{os.getpid()}"
    office = subprocess.Popen(
        [
            soffice,
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            f"--accept=pipe,name={pipe};urp;",
            *("--headless", "--invisible", "--nologo", "--nodefault", "--norestore", "--nolockcheck"),
        ],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    requests: queue.Queue[str] = queue.Queue()
    threading.Thread(target=_serve, args=(requests, pipe, office), daemon=True).start()
    for line in sys.stdin:
        requests.put(line)
    group = os.getpgrp()  # the asking program put this process into a group of its own
    os.killpg(group, signal.SIGTERM)
    with contextlib.suppress(subprocess.TimeoutExpired):
        office.wait(_STOP_SECONDS)
    shutil.rmtree(folder, ignore_errors=True)
    os.killpg(group, signal.SIGKILL)


def _serve(requests: queue.Queue[str], pipe: str, office: subprocess.Popen[bytes]) -> None:
    try:
        desktop = _connect(pipe, office)
    except Exception as error:  # whatever keeps LibreOffice from starting has to reach the asking program
        _answer(ok=False, error=f"{error}")
        return
    _answer(ok=True)
    while True:
        request = json.loads(requests.get())
        try:
            _convert(desktop, request["source"], request["target"], request["filter"])
        except Exception as error:  # LibreOffice raises types of its own for anything a file can hold
            _answer(ok=False, error=f"{type(error).__name__}: {error}")
        else:
            _answer(ok=True)


def _answer(**message: object) -> None:
    print(json.dumps(message), flush=True)


def _connect(pipe: str, office: subprocess.Popen[bytes]) -> UnoObject:
    import uno  # type: ignore[import-not-found]

    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    deadline = time.monotonic() + _START_SECONDS
    while True:
        try:
            context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            return context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        except Exception as error:  # not listening yet
            if office.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError("LibreOffice did not start") from error
            time.sleep(0.1)


def _convert(desktop: UnoObject, source: str, target: str, export_filter: str) -> None:
    import uno

    def prop(name: str, value: object) -> UnoObject:
        made = uno.createUnoStruct("com.sun.star.beans.PropertyValue")
        made.Name, made.Value = name, value
        return made

    never = 0  # com.sun.star.document.MacroExecMode.NEVER_EXECUTE and UpdateDocMode.NO_UPDATE
    options = (
        prop("Hidden", True),
        prop("ReadOnly", True),
        prop("MacroExecutionMode", never),
        prop("UpdateDocMode", never),
    )
    document = desktop.loadComponentFromURL(uno.systemPathToFileUrl(source), "_blank", 0, options)
    if document is None:
        raise RuntimeError("LibreOffice does not know this kind of file")
    try:
        document.storeToURL(uno.systemPathToFileUrl(target), (prop("FilterName", export_filter),))
    finally:
        document.close(True)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
