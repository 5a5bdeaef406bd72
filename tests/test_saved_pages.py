"""Web pages saved with a folder of their parts beside them."""

from __future__ import annotations

import io
import zipfile

import pytest

from loaders.corpus import Options, ingest
from loaders.store import Store
from tests.small_reports import small_report, write_reports

HERE = Options(jobs=0)
PAGE = (
    "<html><body>" + "".join(f"<p>{line}</p>" for line in small_report("正蓝旗水利局").splitlines()) + "</body></html>"
)
FRAMES = '<html><frameset rows="*,39"><frame src="年报.files/sheet001.htm"></frameset></html>'
LAYOUTS = {
    "a browser": (
        {
            "年报.html": PAGE,
            "年报_files/a.js": "x",
            "年报_files/b/c.png": b"\x89PNG\r\n\x1a\n",
            "年报_files/d.html": "x",
        },
        ["年报.html"],
    ),
    "Word": ({"甲/年报.htm": PAGE, "甲/年报.files/image001.png": b"\x89PNG\r\n\x1a\n"}, ["甲/年报.htm"]),
    "Excel": (
        {"年报.htm": FRAMES, "年报.files/sheet001.htm": PAGE, "年报.files/a.css": "x"},
        ["年报.files/sheet001.htm", "年报.htm"],
    ),
    "no page": ({"年报_files/甲.html": PAGE}, ["年报_files/甲.html"]),
}


def zipped(members: dict[str, str | bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


def seen(folder, store: Store) -> tuple[list[str], list[str]]:
    """What was read or failed, and what was passed over as a companion."""
    summary = ingest([folder], store, HERE)
    met = [*store.reports().collect()["path"], *store.failures().collect()["path"]]
    return sorted(met), [each.path for each in summary.skipped if each.reason == "companion"]


@pytest.mark.parametrize("saved_by", LAYOUTS)
def test_the_folder_of_a_page_is_passed_over(saved_by, tmp_path):
    files, expected = LAYOUTS[saved_by]
    met, companions = seen(write_reports(tmp_path / "in", files), Store(tmp_path / "store"))
    assert met == expected
    assert len(companions) == (saved_by != "no page")


def test_the_folder_of_a_page_in_an_archive_is_passed_over(tmp_path):
    files, expected = LAYOUTS["a browser"]
    met, companions = seen(write_reports(tmp_path / "in", {"全旗.zip": zipped(files)}), Store(tmp_path / "store"))
    assert met == [f"全旗.zip/{path}" for path in expected]
    assert companions == ["全旗.zip/年报_files"]
