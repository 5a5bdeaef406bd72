"""Stores to look at, and the app as a visitor sees it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from streamlit.runtime.pages_manager import PagesManager
from streamlit.testing.v1 import AppTest

from tests.pages import sample_store

ROOT = Path(__file__).resolve().parents[2]
Visit = Callable[..., AppTest]


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "browser: drives a real browser")


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three banners, twelve issuers, five years."""
    folder = tmp_path_factory.mktemp("sample") / "store"
    sample_store.build(folder)
    return folder


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One banner, one year."""
    folder = tmp_path_factory.mktemp("tiny") / "store"
    sample_store.build(folder, banners=1, years=(2023,))
    return folder


@pytest.fixture
def visit(monkeypatch: pytest.MonkeyPatch) -> Iterator[Visit]:
    """Opens a page: `visit(store, "applications", lang="English", year="2023")`."""
    make = PagesManager.__init__

    def made(self: PagesManager, *args: object, **kwargs: object) -> None:
        make(self, *args, **kwargs)  # type: ignore[arg-type]
        PagesManager.uses_pages_directory = False  # as on a server that has been visited before

    monkeypatch.setattr(PagesManager, "__init__", made)
    monkeypatch.chdir(ROOT)
    before = os.environ.get("GONGKAI_STORE")

    def open_page(store: Path, page: str = "overview", **address: str) -> AppTest:
        os.environ["GONGKAI_STORE"] = str(store)
        test = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
        for name, value in address.items():
            test.query_params[name] = value
        test.run()
        if page != "overview":
            for name, value in address.items():
                test.query_params[name] = value
            test.switch_page(f"pages/{page}.py").run()
        return test

    yield open_page
    if before is None:
        os.environ.pop("GONGKAI_STORE", None)
    else:
        os.environ["GONGKAI_STORE"] = before
