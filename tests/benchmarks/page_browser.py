"""How long a visitor waits after a click on a filter: a real browser on a served store, with the server's own work.

The clock starts when the button of the mouse goes down on an option of the sidebar and stops at the last change of the
page: the script has ended, charts and tables are drawn. The server's processor time stands beside it, for on a machine
that does other work it is the only figure that can be compared.
"""

from __future__ import annotations

import contextlib
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

ROOT = Path(__file__).resolve().parents[2]
ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync")
WINDOW = {"width": 1280, "height": 900}
PROVINCE, COUNTY, RESET = "省份", "旗县区", "清除全部筛选"
WATCH = """() => {
    const app = () => document.querySelector('[data-testid="stApp"]');
    const still = () => app()?.dataset.testScriptState === 'notRunning'
        && !document.querySelector('[data-testid="stSkeleton"], [data-testid="stSpinner"]');
    window.watched = {from: 0, ran: false, last: 0};
    addEventListener('pointerdown', () => Object.assign(watched, {from: performance.now(), ran: false, last: 0}), true);
    new MutationObserver(() => {
        watched.last = performance.now();
        if (!still()) watched.ran = true;
    }).observe(document.body, {subtree: true, childList: true, attributes: true, characterData: true});
    window.waited = quiet => watched.ran && still() && performance.now() - watched.last > quiet
        ? watched.last - watched.from : 0;
}"""
QUIET = 400
"""So many milliseconds without a change and the page stands still; they are not counted."""


@dataclass(frozen=True)
class Waited:
    """Seconds of one change of a filter: by the clock, of the server's processor and of the browser's."""

    clock: float
    server: float
    browser: float


@dataclass(frozen=True)
class Server:
    """A dashboard that is being served."""

    address: str
    process: psutil.Process

    def processor_seconds(self) -> tuple[float, float]:
        """Processor time so far: of the server with what it has started, and of all else this process has started."""
        mine = {each.pid: each for each in psutil.Process().children(recursive=True)}
        serving = {self.process.pid, *(each.pid for each in self.process.children(recursive=True))}
        spent = {False: 0.0, True: 0.0}
        for pid, each in mine.items():
            with contextlib.suppress(psutil.NoSuchProcess):
                spent[pid in serving] += sum(each.cpu_times()[:2])
        return spent[True], spent[False]


@contextlib.contextmanager
def serving(store: Path) -> Iterator[Server]:
    """The dashboard on a store, as `gongkai serve` starts it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "loaders", "serve", "--store", str(store), "--port", str(port), "--no-browser"]
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(command, cwd=ROOT, stdout=quiet, stderr=quiet)
    server = Server(f"http://localhost:{port}", psutil.Process(process.pid))
    try:
        while process.poll() is None:
            with contextlib.suppress(urllib.error.URLError, ConnectionError):
                urllib.request.urlopen(f"{server.address}/_stcore/health", timeout=2)
                break
            time.sleep(0.2)
        yield server
    finally:
        for each in [*server.process.children(recursive=True), server.process]:
            each.terminate()
        process.wait(20)


def measured(window: Any, server: Server, act: Callable[[], None]) -> Waited:
    """What an act of the visitor costs until the page stands still."""
    before = server.processor_seconds()
    act()
    waited = window.wait_for_function(f"() => waited({QUIET})", timeout=120_000).json_value()
    after = server.processor_seconds()
    return Waited(waited / 1000, after[0] - before[0], after[1] - before[1])


def pick(window: Any, label: str, name: str | None, turn: int) -> str:
    """Chooses in a box of the sidebar by its name, or that of a turn; returns the name. The list opens first."""
    window.get_by_label(label, exact=True).click()
    options = window.get_by_role("option")
    options.first.wait_for()
    if name is None:
        names = options.all_inner_texts()
        name = names[turn % len(names)]
    window.get_by_role("option", name=name, exact=True).click()
    return name


def visit(browser: Any, server: Server, page: str, turn: int) -> list[Waited]:
    """A province, a county in it, everything again, and the same province and county once more."""
    context = browser.new_context(viewport=WINDOW)
    window = context.new_page()
    window.set_default_timeout(120_000)
    window.goto(f"{server.address}/{'' if page == 'overview' else page}")
    window.wait_for_selector("h1")
    window.wait_for_selector('[data-test-script-state="notRunning"]')
    window.wait_for_timeout(2000)
    window.evaluate(WATCH)
    chosen: dict[str, str] = {}

    def choose(label: str) -> None:
        chosen[label] = pick(window, label, chosen.get(label), turn)

    def forget() -> None:
        window.get_by_role("button", name=RESET).click()

    acts = [lambda: choose(PROVINCE), lambda: choose(COUNTY), forget, lambda: choose(PROVINCE), lambda: choose(COUNTY)]
    waits = [measured(window, server, act) for act in acts]
    context.close()
    return [waits[0], waits[1], waits[3], waits[4]]


def report(store: Path, pages: Sequence[str]) -> None:
    """Prints the table."""
    from playwright.sync_api import sync_playwright

    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    heads = ("province", "county", "province again", "county again")
    print(f"{'in Chromium':<14}" + "".join(f"{head:>20}" for head in heads) + "   seconds (processor: server, browser)")
    with serving(store) as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(ARGUMENTS))
        for turn, page in enumerate(pages):
            cells = (
                f"{wait.clock:.2f} ({wait.server:.2f}, {wait.browser:.2f})"
                for wait in visit(browser, server, page, turn)
            )
            print(f"{page:<14}" + "".join(f"{cell:>20}" for cell in cells), flush=True)
        browser.close()
