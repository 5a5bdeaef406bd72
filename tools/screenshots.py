"""Takes the pictures of the README from the running program, on the sample corpus.

    python -m tools.screenshots [--store DIR] [--chromium PROGRAM]

Needs Playwright and a Chromium: `--chromium`, else `$CHROMIUM`, else the one of the system. Writes `docs/images/`.
"""

from __future__ import annotations

import argparse
import io
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import polars as pl
from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from loaders.store import Store

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "data" / "sample"
IMAGES = ROOT / "docs" / "images"
LANGUAGES = {"en": "English", "zh": "中文"}
WIDTH = 1440
SHOWN_RULE = "balance"
SCROLL_TO_THE_TOP = "e => { e.style.scrollMarginTop = '70px'; e.scrollIntoView({block: 'start'}) }"
TOP_OF_APPLICATIONS = "table:has-text('本年新收政府信息公开申请数量')"
COLOURS = 128
"""A screen of text and flat charts needs few colours, and a third of the bytes."""
PATIENCE_MS = 90_000


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture: the page, its address, and the element that is scrolled to the top, if any."""

    name: str
    page: str
    address: Mapping[str, str]
    top: str = ""
    height: int = 900


def pictures(store: Path) -> list[Picture]:
    """What is shown: the overview, the findings, and a report whose applications table does not add up."""
    shown = Store(store).flags().filter(pl.col("rule") == SHOWN_RULE).sort("path").collect()
    if shown.is_empty():
        raise SystemExit(f"No report in {store} breaks the rule {SHOWN_RULE}.")
    return [
        Picture("overview", "", {"year": "2024"}, height=1250),
        Picture("flags", "flags", {}),
        Picture("report", "report", {"report": shown["report_id"][0], "view": "form"}, TOP_OF_APPLICATIONS),
    ]


@contextmanager
def dashboard(store: Path) -> Iterator[str]:
    """The dashboard on a free port; its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "loaders", "serve", "--store", str(store), "--port", str(port), "--no-browser"]
    server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
    try:
        _wait_for(port)
        yield f"http://localhost:{port}"
    finally:
        server.terminate()
        server.wait(timeout=30)


def _wait_for(port: int) -> None:
    end = time.monotonic() + PATIENCE_MS / 1000
    while time.monotonic() < end:
        try:
            socket.create_connection(("localhost", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.2)
    raise SystemExit("The dashboard did not start; run `gongkai serve` to see why.")


def take(browser: Browser, address: str, picture: Picture, language: str) -> bytes:
    """One picture as PNG."""
    page = browser.new_page(viewport={"width": WIDTH, "height": picture.height})
    query = urlencode({"lang": LANGUAGES[language], **picture.address})
    page.goto(f"{address}/{picture.page}?{query}", timeout=PATIENCE_MS)
    page.get_by_role("heading", level=1).first.wait_for(timeout=PATIENCE_MS)
    page.locator('[data-testid="stStatusWidget"]').wait_for(state="detached", timeout=PATIENCE_MS)
    page.wait_for_timeout(3_000)  # charts are drawn after the page says that it is done
    if picture.top:
        page.locator(picture.top).first.evaluate(SCROLL_TO_THE_TOP)
        page.wait_for_timeout(1_000)
    shot = page.screenshot()
    page.close()
    return shot


def smaller(png: bytes) -> bytes:
    """The picture with few colours."""
    with Image.open(io.BytesIO(png)) as image:
        held = io.BytesIO()
        image.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(held, "PNG", optimize=True)
        return held.getvalue()


def main() -> None:
    """Take all pictures in both languages."""
    parser = argparse.ArgumentParser(description="Take the pictures of the README")
    parser.add_argument("--store", type=Path, help="a store that holds the sample; made anew if not given")
    parser.add_argument("--chromium", default=os.environ.get("CHROMIUM") or shutil.which("chromium"))
    given = parser.parse_args()
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        store = given.store or Path(scratch) / "store"
        if given.store is None:
            command = [sys.executable, "-m", "loaders", "ingest", str(SAMPLE), "--store", str(store)]
            subprocess.run(command, cwd=ROOT, check=True)
        with dashboard(store) as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=given.chromium, args=["--no-sandbox"])
            for language in LANGUAGES:
                for picture in pictures(store):
                    to = IMAGES / f"{picture.name}.{language}.png"
                    to.write_bytes(smaller(take(browser, address, picture, language)))
                    print(f"{to.relative_to(ROOT)}: {to.stat().st_size / 1024:.0f} KB")
            browser.close()


if __name__ == "__main__":
    main()
