"""`gongkai serve`: the dashboard, on this machine, without a word to any other."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
import webbrowser
from pathlib import Path

import typer

from loaders.store import Store
from loaders.words import UserError, say

APP = Path(__file__).resolve().parents[2] / "app.py"
_PATIENCE_SECONDS = 30.0


def run(store_place: str, port: int, address: str, *, open_browser: bool) -> int:
    """Run Streamlit until it ends; its exit code. Raises UserError where the port is taken or the store unusable."""
    store = Store(store_place)
    store.exists()
    if _answers(address, port):
        raise UserError(say("serve.port-taken", port=port))
    options = {
        "server.port": str(port),
        "server.address": address,
        "server.headless": "true",
        "browser.gatherUsageStats": "false",
        "server.fileWatcherType": "none",
    }
    flags = [f"--{name}={value}" for name, value in options.items()]
    command = [sys.executable, "-m", "streamlit", "run", str(APP), *flags]
    shown = f"http://{'localhost' if address in ('0.0.0.0', '::') else address}:{port}"
    typer.echo(say("serve.ready", address=shown))
    if open_browser and _has_screen():
        threading.Thread(target=_open_when_ready, args=(shown, address, port), daemon=True).start()
    server = subprocess.Popen(command, env=os.environ | {"GONGKAI_STORE": store.location}, cwd=APP.parent)
    # Whoever ends this program ends the server with it; Ctrl-C reaches both by itself.
    signal.signal(signal.SIGTERM, lambda *_: server.terminate())
    try:
        server.wait()
    except KeyboardInterrupt:
        server.wait()
        return 0
    return max(server.returncode, 0)


def _has_screen() -> bool:
    """Whether a browser would have a window: without one, a browser of the terminal would take that over."""
    return sys.platform in ("win32", "darwin") or any(os.environ.get(each) for each in ("DISPLAY", "WAYLAND_DISPLAY"))


def _answers(address: str, port: int) -> bool:
    host = "localhost" if address in ("0.0.0.0", "::") else address
    try:
        with socket.create_connection((host, port), timeout=1):
            return True
    except OSError:
        return False


def _open_when_ready(shown: str, address: str, port: int) -> None:
    end = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < end:
        if _answers(address, port):
            webbrowser.open(shown)
            return
        time.sleep(0.2)
