"""Invented reports are called invented on every page, and lead to one's own; real ones are not."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from loaders.corpus import Options, ingest
from loaders.demo import write_demo
from loaders.store import Store
from tests.pages.conftest import Visit

PAGES = ("overview", "coverage", "flags", "report", "check", "about")
OWN = "换成自己的报告"


@pytest.fixture(scope="module")
def invented(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("invented")
    write_demo(folder / "demo", 6)
    ingest([folder / "demo"], Store(folder / "store"), Options(jobs=0))
    return folder / "store"


def buttons(test: object) -> list[str]:
    return [button.label for button in test.button]  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", PAGES)
def test_invented_reports_are_called_so_on_every_page(visit: Visit, invented: Path, name: str):
    test = visit(invented, name)
    assert not test.exception and OWN in buttons(test)
    assert any("演示数据" in each.value for each in test.markdown)


def test_the_mark_is_found_in_the_text_when_the_folder_has_gone(visit: Visit, invented: Path, tmp_path: Path):
    moved = shutil.copytree(invented, tmp_path / "store")
    demo = invented.parent / "demo"
    demo.rename(demo.with_name("away"))
    try:
        assert OWN in buttons(visit(moved))
    finally:
        demo.with_name("away").rename(demo)


def test_other_reports_are_not_called_invented(visit: Visit, sample: Path):
    test = visit(sample)
    assert OWN not in buttons(test)


def test_one_click_leads_to_ones_own_reports(visit: Visit, invented: Path):
    test = visit(invented, lang="English")
    next(button for button in test.button if button.label == "Use your own reports").click().run()
    assert any("gongkai ingest" in each.value for each in test.code)
