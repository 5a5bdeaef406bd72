"""A manifest from file to identity: what it names goes before what is read."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from loaders.document import Document, Paragraph
from loaders.identity.identifying import identify
from loaders.manifest import read_manifest
from loaders.report import Identity


def _read(manifest: Path, path: str) -> Identity:
    lines = ["鼓楼区教育局2023年政府信息公开工作年度报告", "一、总体情况", "2023年，我局公开信息8条。"]
    row = read_manifest(manifest).row_of(path)
    return identify(Document("text", [Paragraph(line) for line in lines]), [], path, row)


@pytest.mark.parametrize(
    ("header", "values", "found"),
    [
        ("文件,地区", "a.txt,江苏省徐州市鼓楼区", ("鼓楼区教育局", "320302", 2023)),
        ("path,region_code", "a.txt,350102", ("鼓楼区教育局", "350102", 2023)),
        (
            "路径,单位名称,行政区划代码,年度",
            "a.txt,福州市鼓楼区教育局,350102,2022",
            ("福州市鼓楼区教育局", "350102", 2022),
        ),
        ("file,issuer", "a.txt,南京市鼓楼区教育局", ("南京市鼓楼区教育局", "320106", 2023)),
        ("file,region", "b.txt,350102", ("鼓楼区教育局", "", 2023)),
    ],
)
def test_any_subset_overrides(tmp_path: Path, header: str, values: str, found: tuple[str, str, int]) -> None:
    manifest = tmp_path / "m.csv"
    manifest.write_text(f"{header}\n{values}\n", encoding="utf-8-sig")
    identity = _read(manifest, "a.txt")
    assert (identity.issuer, identity.region_code, identity.year) == found


def test_a_workbook_gives_dates_and_addresses(tmp_path: Path) -> None:
    manifest = tmp_path / "m.xlsx"
    row = {"文件": "x/a.txt", "地区": "开封市鼓楼区", "发布日期": "2024-01-09", "网址": "http://example.gov.cn/1.html"}
    pl.DataFrame([row]).write_excel(manifest)
    identity = _read(manifest, "x/a.txt")
    assert (identity.county, identity.prefecture) == ("鼓楼区", "开封市")
    assert (identity.published_on, identity.source_url) == (date(2024, 1, 9), "http://example.gov.cn/1.html")
    assert any(each.source == "manifest" for each in identity.evidence)
