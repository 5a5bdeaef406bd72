"""Small sound reports as text files, for tests of what happens around the reading."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from loaders.demo.grids import applications_grid, litigation_grid, publication_grid
from loaders.demo.page import Page, Text
from loaders.demo.render_text import render_text
from loaders.form.editions import edition


def small_report(
    issuer: str = "正蓝旗水利局",
    year: int = 2023,
    figures: Mapping[str, float] | None = None,
    blank: tuple[str, ...] = (),
    note: str = "",
) -> str:
    """A report of an invented year: all figures 0 but those given, `blank` ones left out."""
    form = edition("2021" if year >= 2021 else "2019")
    values = dict.fromkeys(form.keys, 0.0) | dict(figures or {})
    written = {key: "" if key in blank else f"{value:g}" for key, value in values.items()}
    numerals = "一二三四五六"
    tables = {2: publication_grid, 3: applications_grid, 4: litigation_grid}
    blocks = [
        Text(f"{issuer}{year}年政府信息公开工作年度报告"),
        Text(f"本报告所列数据的统计期限自{year}年1月1日起至{year}年12月31日止。"),
    ]
    for section in form.sections:
        blocks.append(Text(f"{numerals[section.number - 1]}、{section.heading}"))
        if section.number in tables:
            blocks.append(tables[section.number](form, written))
        else:
            blocks.append(Text(f"{issuer}在{year}年按规定公开信息。{note}"))
    blocks += [Text(issuer), Text(f"{year + 1}年1月15日")]
    return render_text(Page(blocks, issuer=issuer, published=f"{year + 1}-01-15")).decode()


def write_reports(folder: Path, reports: Mapping[str, str | bytes]) -> Path:
    """Files in a folder by their path below it."""
    for path, content in reports.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder
