"""What a visitor does in a real browser: filter, drill, download, follow a link, check a draft; and nothing leaves."""

from __future__ import annotations

import contextlib
import io
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, quote, urlparse

import polars as pl
import pytest

from flags.registry import RULES
from loaders.demo.figures import Workload, invent_figures, written_figures
from loaders.demo.grids import applications_grid, litigation_grid, publication_grid
from loaders.demo.page import Page, Text
from loaders.demo.render_docx import render_docx
from loaders.form.editions import edition
from loaders.store import Store
from tests.pages.conftest import ROOT
from tests.pages.test_pages import NEED_NO_REPORTS, TITLES
from tests.small_reports import small_report

pytestmark = pytest.mark.browser

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
ARGUMENTS += ["--disable-component-update", "--disable-sync"]
READY = '[data-testid="stApp"][data-test-script-state="notRunning"]'
PATIENCE = 60_000
DESCRIBED = """element => [element, ...element.querySelectorAll('[aria-label]')]
    .some(each => (each.getAttribute('aria-label') || '').includes('数据见图下的表'))"""

STANDS_STILL = """async element => {
    for (let before = NaN, same = 0, turn = 0; same < 10 && turn < 400; turn++) {
        element.scrollIntoView({block: 'center'});
        await new Promise(frame => setTimeout(frame, 50));
        const now = element.getBoundingClientRect().top;
        same = now === before ? same + 1 : 0;
        before = now;
    }
}"""


@contextlib.contextmanager
def serving(store: Path) -> Iterator[str]:
    """The dashboard on a store, as `gongkai serve` starts it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "loaders", "serve", "--store", str(store), "--port", str(port), "--no-browser"]
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(command, cwd=ROOT, stdout=quiet, stderr=quiet, start_new_session=True)
    address = f"http://localhost:{port}"
    try:
        for _attempt in range(240):
            with contextlib.suppress(urllib.error.URLError, ConnectionError):
                urllib.request.urlopen(f"{address}/_stcore/health", timeout=2)
                break
            assert process.poll() is None, "the server ended by itself"
            time.sleep(0.25)
        yield address
    finally:
        os.killpg(process.pid, signal.SIGTERM)  # the command and the server it started
        process.wait(20)


@pytest.fixture(scope="module")
def server(sample: Path) -> Iterator[str]:
    with serving(sample) as address:
        yield address


@pytest.fixture(scope="module")
def chromium() -> Iterator[object]:
    """A headless browser; without one the tests are skipped on a desk, and fail where the project is proved."""
    if CHROMIUM is None:
        if os.environ.get("CI"):
            pytest.fail("no chromium found; browser tests must run here")
        pytest.skip("no chromium found; install it to run the browser tests")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


class Visitor:
    """One window: opens pages, waits until they stand still, and notes every request."""

    def __init__(self, browser, address: str, width: int = 1280, height: int = 900) -> None:
        self.address = address
        self.context = browser.new_context(viewport={"width": width, "height": height}, accept_downloads=True)
        self.window = self.context.new_page()
        self.window.set_default_timeout(PATIENCE)
        self.requests: list[str] = []
        self.window.on("request", lambda request: self.requests.append(request.url))

    def open(self, path: str = "") -> Visitor:
        self.window.goto(f"{self.address}/{path}")
        return self.settle()

    def settle(self) -> Visitor:
        self.window.wait_for_selector("h1")
        self.window.wait_for_timeout(300)
        self.window.wait_for_selector(READY)
        self.window.wait_for_timeout(100)
        return self

    def title(self) -> str:
        return self.window.inner_text("h1").strip()

    def text(self) -> str:
        return self.window.inner_text('[data-testid="stMain"]')

    def query(self) -> dict[str, list[str]]:
        return parse_qs(urlparse(self.window.url).query)

    def choose(self, label: str, option: str) -> Visitor:
        self.window.get_by_label(label, exact=True).click()
        self.window.get_by_role("option", name=option, exact=True).click()
        return self.settle()

    def go(self, title: str) -> Visitor:
        """Opens another page by its name on top, when what was clicked before is done: a download runs it again."""
        self.settle()
        self.window.get_by_role("link", name=title, exact=True).first.click()
        self.window.wait_for_selector(f'h1:has-text("{title}")')
        return self.settle()

    def button(self, name: str):
        return self.window.get_by_role("button", name=name, exact=True).first

    def drop(self, data: bytes, folder: Path, name: str = "draft.docx") -> Visitor:
        """Hands a file to the page."""
        (folder / name).write_bytes(data)
        self.window.set_input_files('input[type="file"]', str(folder / name))
        return self

    def link(self, name: str):
        return self.window.get_by_role("link", name=name, exact=True).first

    def download(self, button) -> bytes:
        """Clicks when nothing moves any more: what opens above it grows for a moment, and would catch the click."""
        button.wait_for()
        self.window.wait_for_selector(READY)
        button.evaluate(STANDS_STILL)
        with self.window.expect_download() as waiting:
            button.click()
        return Path(waiting.value.path()).read_bytes()


@pytest.fixture(scope="module")
def window(chromium, server: str) -> Iterator[Visitor]:
    """One for all tests: a browser that has the program already loads a page in half the time."""
    seen = Visitor(chromium, server)
    yield seen
    seen.context.close()


@pytest.fixture
def visitor(window: Visitor) -> Visitor:
    """Who has opened nothing yet: each page that is loaded anew is a session of its own."""
    window.requests.clear()
    return window


def read_csv(data: bytes) -> tuple[pl.DataFrame, str]:
    """The rows of a download and its line of provenance."""
    assert data.startswith(b"\xef\xbb\xbf"), "a byte order mark, so that spreadsheets read the Chinese"
    *lines, note = data.decode("utf-8-sig").rstrip("\n").split("\n")
    return pl.read_csv(io.StringIO("\n".join(lines)), infer_schema_length=None), note


def test_the_first_visitor_of_a_new_server_may_come_by_a_link(chromium, tiny: Path):
    with serving(tiny) as address:
        first = Visitor(chromium, address).open("litigation?kind=department")
        assert first.title() == "复议诉讼" and "当前范围：部门" in first.text()
        assert first.window.get_by_role("link", name="总览").count()
        first.context.close()


def test_the_first_visitor_of_a_new_server_keeps_filters_and_language(chromium, tiny: Path):
    with serving(tiny) as address:
        first = Visitor(chromium, address).open("?kind=department&lang=English").go("Litigation")
        assert first.query() == {"kind": ["department"], "lang": ["English"]} and "Department" in first.text()
        first.context.close()


@dataclass(frozen=True)
class Words:
    """What a visitor of one language reads and clicks."""

    county: str
    chosen: str
    everything: str
    behind: str
    csv: str
    reset: str
    sheet: str
    mend: str


SAID = {
    "中文": Words(
        "旗县区",
        "当前范围：",
        "全部报告",
        "数据表与下载",
        "CSV（中文表头）",
        "清除全部筛选",
        "下载自查单（PDF）",
        "改法：",
    ),
    "English": Words(
        "County or banner",
        "Selection: ",
        "all reports",
        "Table and downloads",
        "CSV (headings in English)",
        "Clear all filters",
        "Download the sheet (PDF)",
        "Remedy: ",
    ),
}
RULE_IDS = {rule.id for rule in RULES}
both_languages = pytest.mark.parametrize("lang", SAID)
WITHOUT_CHARTS = ("report", "check", "about")


@both_languages
def test_a_walk_through_every_page(visitor: Visitor, server: str, tmp_path: Path, lang: str):
    """On each page: the filter holds, the table comes as CSV, and the address opens the same in a new session.

    Half of the addresses are opened in each language.
    """
    said = SAID[lang]
    visitor.open(f"?lang={quote(lang)}").choose(said.county, "乌拉特中旗")
    for number, (page, titles) in enumerate(TITLES.items()):
        title = titles[lang == "English"]
        visitor.go(title)
        assert not visitor.window.locator('[data-testid="stException"]').count()
        assert visitor.window.title().startswith(f"{title} · ")
        assert page in NEED_NO_REPORTS or f"{said.chosen}乌拉特中旗" in visitor.text()
        if page == "check":
            visitor.drop(draft(), tmp_path).window.get_by_text(said.mend).first.wait_for()
            assert visitor.download(visitor.button(said.sheet)).startswith(b"%PDF")
            assert "**" not in visitor.text(), "marks of emphasis are meant to be read as such"
        else:
            if page not in WITHOUT_CHARTS:
                visitor.window.get_by_text(said.behind).first.click()
            rows, note = read_csv(visitor.download(visitor.button(said.csv)))
            assert rows.height and ("乌拉特中旗" in note or page == "about")
        if number % 2 == list(SAID).index(lang):
            visitor.open(visitor.window.url.removeprefix(f"{server}/"))
            assert visitor.title() == title and visitor.query()["county"] == ["乌拉特中旗"]
            assert page in NEED_NO_REPORTS or f"{said.chosen}乌拉特中旗" in visitor.text()
    visitor.go(TITLES["applications"][lang == "English"]).button(said.reset).click()
    visitor.settle()
    assert "county" not in visitor.query() and f"{said.chosen}{said.everything}" in visitor.text()
    hosts = {
        urlparse(request).hostname
        for request in visitor.requests
        if urlparse(request).scheme.startswith(("http", "ws"))
    }
    assert hosts == {"localhost"}, "nothing is asked of the network"


DRILLS = {
    "overview": ("applications-by-year", ".mark-symbol path", "year"),
    "coverage": ("coverage", ".mark-rect path", "county"),
    "publication": ("ranking-documents_issued", ".mark-rect path", "county"),
    "applications": ("outcomes-by-region", ".mark-rect path", "county"),
    "litigation": ("dispute-ranking", ".mark-rect path", "county"),
    "flags": ("findings-by-rule", ".mark-rect path", "rule"),
}


@pytest.mark.parametrize(("page", "drill"), DRILLS.items())
def test_a_click_in_a_chart_filters(visitor: Visitor, page: str, drill: tuple[str, str, str]):
    chart, mark, filtered = drill
    lang = list(SAID)[list(DRILLS).index(page) % 2]
    visitor.open(f"{'' if page == 'overview' else page}?lang={quote(lang)}")
    visitor.window.locator(f".st-key-chart-{chart} {mark}").first.click()
    visitor.window.wait_for_url(f"**{filtered}=**")


def test_a_click_on_a_rule_of_the_overview_lists_its_findings(visitor: Visitor):
    visitor.open("?county=" + quote("乌拉特中旗"))
    bar = visitor.window.locator(".st-key-chart-findings-by-rule .mark-rect path").first
    bar.evaluate(STANDS_STILL)
    bar.click()
    visitor.window.wait_for_url("**/flags?**rule=**")
    visitor.settle()
    assert visitor.title() == "异常与套话" and visitor.query()["county"] == ["乌拉特中旗"]
    assert visitor.query()["year"] == ["2023"] and visitor.query()["rule"][0] in RULE_IDS


def test_what_streamlit_says_is_chinese_on_a_chinese_page(visitor: Visitor):
    visitor.open("compare").window.locator('[data-testid="stMultiSelect"]').last.get_by_label("全部清除").click()
    visitor.settle()
    assert visitor.window.get_by_placeholder("请选择").count() or "请选择" in visitor.text()
    assert visitor.window.evaluate("document.documentElement.lang") == "zh-CN"
    visitor.window.get_by_text("English", exact=True).click()
    visitor.settle()
    assert visitor.window.evaluate("document.documentElement.lang") == "en"
    assert "请选择" not in visitor.window.inner_text("body") and not visitor.window.get_by_placeholder("请选择").count()


@both_languages
def test_marks_of_charts_are_told_in_words(visitor: Visitor, lang: str):
    visitor.open(f"litigation?lang={quote(lang)}")
    marks = visitor.window.locator('[data-testid="stVegaLiteChart"] path[aria-label]')
    marks.first.wait_for()
    told = " ".join(marks.nth(at).get_attribute("aria-label") or "" for at in range(min(40, marks.count())))
    assert told and not re.search(r"(?:^|; )(?:x|low|high|key|value|group|year|label|\w+_\w+): ", told)
    assert lang == "中文" or not re.search(
        "[一-龥]", told.replace("乌拉特", "").translate(str.maketrans("", "", "前中后旗"))
    )


def test_the_overview_opens_by_its_name_too(visitor: Visitor):
    visitor.open("overview?kind=department")
    assert visitor.title() == "总览" and visitor.query() == {"kind": ["department"]}
    assert not visitor.window.get_by_text("没有这一页").count()
    visitor.open("nowhere").window.get_by_text("没有这一页").wait_for()
    assert not visitor.window.get_by_text("does not seem to exist").count()


def test_the_language_changes_in_one_click_and_the_choice_stays(visitor: Visitor):
    visitor.open("?kind=department").window.get_by_text("English", exact=True).click()
    visitor.settle()
    assert visitor.title() == "Overview" and "Department" in visitor.text()
    assert visitor.query() == {"kind": ["department"], "lang": ["English"]}


def test_part_of_a_name_typed_in_filters(visitor: Visitor):
    visitor.open()
    visitor.window.get_by_label("机关", exact=True).click()
    visitor.window.keyboard.type("水利", delay=40)
    visitor.window.keyboard.press("Enter")
    visitor.settle()
    assert visitor.query()["issuer"] == ["水利"] and "当前范围：水利" in visitor.text()


def test_a_chart_can_be_taken_away_as_a_picture(visitor: Visitor):
    visitor.open().window.get_by_text("数据表与下载").first.click()
    picture = visitor.download(visitor.button("SVG"))
    assert picture.startswith(b"<svg")
    assert all(told.encode() in picture for told in ("各年收到", "范围：全部报告", "来源：年度报告"))
    assert visitor.download(visitor.button("PNG")).startswith(b"\x89PNG")


def test_the_filtered_rows_can_be_taken_away(visitor: Visitor, sample: Path):
    visitor.open("applications?" + "county=" + quote("乌拉特中旗") + "&year=2023")
    rows, note = read_csv(visitor.download(visitor.link("下载 applications.csv：CSV（字段名）")))
    assert rows.height == 4 and set(rows["county"]) == {"乌拉特中旗"} and set(rows["year"]) == {2023}
    assert "applications.new.total" in rows.columns and "乌拉特中旗" in note


def test_the_findings_of_one_rule_can_be_taken_away_in_every_format(visitor: Visitor, tmp_path: Path):
    visitor.open("flags?rule=balance&lang=English")
    rows, _note = read_csv(visitor.download(visitor.link("Download flags.csv: CSV (headings in English)")))
    assert rows.height and set(rows["Rule"]) == {"balance"} and "County or banner" in rows.columns
    for ending, read in {"xlsx": pl.read_excel, "parquet": pl.read_parquet}.items():
        name = {"xlsx": "Excel", "parquet": "Parquet"}[ending]
        (tmp_path / ending).write_bytes(visitor.download(visitor.link(f"Download flags.{ending}: {name}")))
        assert read(tmp_path / ending).height == rows.height


def test_every_figure_of_the_store_can_be_taken_away(visitor: Visitor, sample: Path, tmp_path: Path):
    visitor.open("about?view=data&county=" + quote("乌拉特中旗"))
    whole = Store(sample).cells().collect().height
    rows, note = read_csv(visitor.download(visitor.link("下载 cells.csv：CSV")))
    assert rows.height == whole and "全部报告" in note
    (tmp_path / "cells").write_bytes(visitor.download(visitor.link("下载 cells.parquet：Parquet")))
    assert pl.read_parquet(tmp_path / "cells").height == whole
    packed = visitor.download(visitor.link("下载 gongkai-tables.zip：全部数据表（zip，内为 Parquet）"))
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        assert archive.testzip() is None
        held = {name: pl.read_parquet(io.BytesIO(archive.read(name))).height for name in archive.namelist()}
    assert held["cells.parquet"] == whole and held["reports.parquet"] == Store(sample).reports().collect().height


def test_a_row_of_the_first_ten_opens_its_report(visitor: Visitor):
    visitor.open()
    table = visitor.window.locator('[data-testid="stDataFrame"]').last
    table.scroll_into_view_if_needed()
    box = table.bounding_box()
    visitor.window.mouse.click(box["x"] + 18, box["y"] + 52)
    visitor.window.wait_for_url("**/report?**")
    visitor.settle()
    assert visitor.title() == "报告" and "乌拉特中旗水利局" in visitor.text()


def test_a_link_within_a_page_keeps_the_filters(visitor: Visitor):
    visitor.open("?county=" + quote("乌拉特中旗")).window.get_by_role("link", name="逐条查看问题和证据").click()
    visitor.window.wait_for_selector('h1:has-text("异常与套话")')
    assert visitor.settle().query() == {"county": ["乌拉特中旗"]} and "当前范围：乌拉特中旗" in visitor.text()


def draft() -> bytes:
    """A draft whose first column does not balance."""
    import random

    form = edition("2021")
    figures = invent_figures(random.Random(3), form, Workload(applications=40))
    figures["applications.carried_out.total"] = (figures["applications.carried_out.total"] or 0) + 5
    written = written_figures(form, figures)
    grids = {2: publication_grid(form, written), 3: applications_grid(form, written), 4: litigation_grid(form, written)}
    blocks: list[object] = [Text("乌拉特中旗水利局2023年政府信息公开工作年度报告", "title")]
    for section in form.sections:
        blocks.append(Text("一二三四五六"[section.number - 1] + "、" + section.heading, "heading"))
        blocks.append(grids.get(section.number) or Text("本机关按要求开展工作。"))
    return render_docx(Page(blocks=blocks, title="草稿"))  # type: ignore[arg-type]


def test_a_draft_is_checked_and_not_stored(visitor: Visitor, sample: Path, tmp_path: Path):
    before = sorted((path, path.stat().st_mtime_ns) for path in sample.rglob("*") if path.is_file())
    visitor.open("check").drop(draft(), tmp_path).window.get_by_text("收办结转不平衡").first.wait_for()
    visitor.settle()
    assert "改法：" in visitor.text() and "乌拉特中旗水利局" in visitor.text()
    assert visitor.download(visitor.button("下载自查单（Word）")).startswith(b"PK")
    assert sorted((path, path.stat().st_mtime_ns) for path in sample.rglob("*") if path.is_file()) == before


def test_what_the_reader_doubts_in_a_draft_is_told_in_english_too(visitor: Visitor, tmp_path: Path):
    written = small_report().replace("2023年1月1日", "2021年1月1日").encode()
    visitor.open("check?lang=English").drop(written, tmp_path, "draft.txt")
    visitor.window.get_by_text("Reading notes (").click()
    visitor.window.get_by_text("The period says 2021, though the report is on 2023").wait_for()


def test_each_draft_in_a_zip_is_checked(visitor: Visitor, tmp_path: Path):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("初稿/草稿.docx", draft())
        archive.writestr("初稿/坏.pdf", b"%PDF-1.7 nothing more")
    visitor.open("check").drop(packed.getvalue(), tmp_path, "草稿.zip")
    visitor.window.get_by_text("压缩包内2个文件").wait_for()
    visitor.settle()
    assert "收办结转不平衡" in visitor.text()
    visitor.choose("看哪一份", "初稿/坏.pdf")
    assert "读不了这份文件：文件损坏" in visitor.text()


def test_any_issuer_and_report_is_found_by_a_part_of_its_name(visitor: Visitor):
    visitor.open("compare").window.get_by_label("查找机关（名称的一部分，可用空格隔开几个词）").fill("后旗 教育")
    visitor.window.keyboard.press("Enter")
    visitor.settle().window.locator('[data-testid="stMultiSelect"] input').last.click()
    assert visitor.window.get_by_role("option").all_inner_texts() == ["乌拉特后旗教育局"]
    visitor.open("report").window.get_by_label("查找（机关、标题或文件名的一部分）").fill("后旗水利 2020")
    visitor.window.keyboard.press("Enter")
    visitor.settle()
    assert "乌拉特后旗水利局2020年政府信息公开工作年度报告" in visitor.text()


def test_a_file_that_is_no_report_is_refused_in_words(visitor: Visitor, tmp_path: Path):
    file = tmp_path / "broken.pdf"
    file.write_bytes(b"%PDF-1.7 nothing more")
    visitor.open("check").window.set_input_files('input[type="file"]', str(file))
    visitor.window.get_by_text("读不了这份文件").wait_for()
    assert "Traceback" not in visitor.text()


def test_a_phone_sees_every_page_without_scrolling_sideways(chromium, server: str):
    phone = Visitor(chromium, server, width=390, height=844)
    pages = ["", *list(TITLES)[1:], *(f"report?view={view}&lang=English" for view in ("form", "narrative", "checks"))]
    for page in pages:
        phone.open(page)
        main = phone.window.locator('[data-testid="stMain"]')
        assert main.evaluate("element => element.scrollWidth - element.clientWidth") <= 1, page
    phone.context.close()


def test_the_filters_can_be_reached_and_changed_by_keyboard(visitor: Visitor):
    visitor.open().window.get_by_label("年度", exact=True).focus()
    visitor.window.keyboard.press("ArrowDown")
    visitor.window.keyboard.press("Enter")
    visitor.settle()
    assert "year" in visitor.query()


FEWEST_CHARTS = 6


def test_every_chart_has_a_description(visitor: Visitor):
    visitor.open("applications")
    charts = visitor.window.locator('[data-testid="stVegaLiteChart"]')
    charts.nth(FEWEST_CHARTS - 1).wait_for()
    for at in range(charts.count()):
        described = charts.nth(at).evaluate(DESCRIBED)
        assert described, at
