"""Pictures of pages that were delivered one by one, recognised: one report, or a report each."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import polars as pl
import pytest

from loaders import cli
from loaders.store import Store
from pages.shared.original_view import find, show_place
from tests.pdf_files import Sheet
from tests.scanned_pages import png, rendered
from tests.small_reports import write_reports


def picture(*lines: str, table: tuple[tuple[str, str], ...] = ()) -> bytes:
    page = Sheet(height=70 + 30 * len(lines) + 26 * len(table))
    for number, line in enumerate(lines):
        page.text(line, 60, 40 + 30 * number, 14)
    if table:
        page.rows((60, 260, 380), 40 + 30 * len(lines), table, 26)
    return png(rendered(page, 130))


def first_page(issuer: str) -> bytes:
    title, text = f"{issuer}2023年政府信息公开工作年度报告", "本单位按照规定主动公开各类政府信息，完善工作机制。"
    table = (("第二十条第（五）项", ""), ("信息内容", "本年处理决定数量"), ("行政许可", "27"))
    return picture(title, "一、总体情况", text, "二、主动公开政府信息情况", table=table)


SECOND = picture("第二十条第（六）项", table=(("信息内容", "本年处理决定数量"), ("行政处罚", "34"), ("行政强制", "56")))


@pytest.fixture
def store(monkeypatch, tmp_path):
    """The store after `gongkai ingest` of some files."""
    monkeypatch.setenv("GONGKAI_LOG", str(tmp_path / "log"))

    def filled(files: dict[str, bytes]) -> Store:
        write_reports(tmp_path / "in", files)
        place = tmp_path / "store"
        command = ["gongkai", "ingest", str(tmp_path / "in"), "--store", str(place), "--jobs", "0"]
        monkeypatch.setattr(sys, "argv", command)
        with pytest.raises(SystemExit) as end:
            cli.main()
        assert not end.value.code
        return Store(str(place))

    return filled


def test_pages_are_one_report_with_the_places_of_its_figures(store, tmp_path: Path) -> None:
    found = store({"第1页.png": first_page("正蓝旗水利局"), "第2页.png": SECOND})
    (report,) = found.table("reports").collect().iter_rows(named=True)
    assert (report["path"], report["issuer"], report["year"]) == ("第1页.png", "正蓝旗水利局", 2023)
    assert "由2张图片（第1页.png 至 第2页.png）连成一份报告，请核对是否齐全" in report["warnings"]
    decided = found.table("cells").filter(pl.col("column") == "decisions").collect()
    assert dict(decided.select("row", "value").rows()) == {"licensing": 27, "penalty": 34, "coercion": 56}
    (place,) = decided.filter(pl.col("row") == "penalty")["where"]
    assert json.loads(place)["page"] == 2
    source = find(str(tmp_path / "in"), "第1页.png")
    assert source is not None
    assert show_place(source, json.loads(place)).picture
    assert found.table("failures").collect().is_empty()


def test_pictures_of_two_reports_are_two(store) -> None:
    agencies = ("正蓝旗水利局", "正蓝旗教育局")
    found = store({f"{number}.png": first_page(name) for number, name in enumerate(agencies, 1)})
    reports = found.table("reports").select("path", "issuer").sort("path").collect().rows()
    assert reports == [("1.png", agencies[0]), ("2.png", agencies[1])]


def test_a_later_picture_with_an_earlier_section_is_of_another_report(store) -> None:
    end = picture(
        "五、存在的主要问题及改进情况", "公开内容还不够丰富。", "六、其他需要报告的事项", "没有收取信息处理费。"
    )
    begin = picture("一、总体情况", "本单位公开渠道进一步完善。", "二、主动公开政府信息情况")
    found = store({"1.png": end, "2.png": begin})
    assert found.table("reports").select("path").sort("path").collect().rows() == [("1.png",), ("2.png",)]
