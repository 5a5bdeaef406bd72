"""The form as printed, with findings marked in their cells and last year's figures beside this year's."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape

import polars as pl

from flags.labels import column_en, row_en
from loaders.demo.grids import applications_grid, litigation_grid, publication_grid
from loaders.demo.page import Grid, GridCell
from loaders.form.editions import Edition
from pages.shared.language import _, figure_name, is_english, mark, number

MARKS = {"error": "▲", "warning": "◆", "notice": "○"}
RANKS = tuple(MARKS)
TABLE_NAMES = {
    "publication": mark("主动公开政府信息情况表"),
    "applications": mark("收到和处理政府信息公开申请情况表"),
    "litigation": mark("行政复议、行政诉讼情况表"),
}


HEADINGS = (
    mark("信息内容"),
    mark("申请人情况"),
    mark("法人或其他组织"),
    mark("（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"),
    mark("三、本年度办理结果"),
    mark("行政复议"),
    mark("行政诉讼"),
    mark("未经复议直接起诉"),
    mark("复议后起诉"),
)
"""What the form prints over several rows or columns."""


@dataclass(frozen=True)
class CellMark:
    """The gravest finding on a cell, and what all of them say."""

    severity: str
    messages: tuple[str, ...]


@dataclass(frozen=True)
class FormFigures:
    """What the form holds: figures by key, the text as found, last year's figures, findings by key."""

    values: Mapping[str, float | None]
    raw: Mapping[str, str] = field(default_factory=dict)
    last_year: Mapping[str, float | None] = field(default_factory=dict)
    marks: Mapping[str, CellMark] = field(default_factory=dict)
    doubtful: frozenset[str] = frozenset()


def marks_of(findings: pl.DataFrame, message: str) -> dict[str, CellMark]:
    """Which cells the findings are about; `message` is the column with the visitor's language."""
    found: dict[str, list[tuple[str, str]]] = {}
    for severity, text, evidence in findings.select("severity", message, "evidence").iter_rows():
        for cell in json.loads(evidence or "{}").get("cells") or ():
            found.setdefault(cell["key"], []).append((severity, text))
    return {
        key: CellMark(min((severity for severity, _text in hits), key=RANKS.index), tuple(text for _s, text in hits))
        for key, hits in found.items()
    }


def tables(edition: Edition, figures: FormFigures) -> dict[str, str]:
    """The three tables as HTML, by name."""
    written = dict.fromkeys(edition.keys, "")
    grids = (publication_grid(edition, written), applications_grid(edition, written), litigation_grid(edition, written))
    english = english_labels(edition) if is_english() else {}
    return {grid.table: _table(grid, figures, english) for grid in grids}


def title(table: str) -> str:
    """What a table of the form is called."""
    return _(TABLE_NAMES[table])


def english_labels(edition: Edition) -> dict[str, str]:
    """What the printed labels of rows, of groups of rows and of columns mean."""
    english = {heading: _(heading) for heading in HEADINGS}
    for block in edition.blocks:
        for row in block.rows:
            group, _colon, name = row_en(row.key).rpartition(": ")
            english |= {row.label: name} | ({row.group: group} if row.group and group else {})
        english |= {column.label: column_en(column.key) for column in block.columns}
    return english


def _table(grid: Grid, figures: FormFigures, english: Mapping[str, str]) -> str:
    rows = []
    for row in range(grid.rows):
        cells = "".join(_cell(cell, figures, english) for cell in grid.row_cells(row))
        rows.append(f"<tr>{cells}</tr>")
    style = "gk-form" if grid.table == "publication" else "gk-form gk-wide"
    name = escape(title(grid.table))
    region = f'<div class="gk-scroll" tabindex="0" role="region" aria-label="{name}">'
    return f'{region}<table class="{style}">{"".join(rows)}</table></div>'


def _cell(cell: GridCell, figures: FormFigures, english: Mapping[str, str]) -> str:
    spans = f' rowspan="{cell.row_span}"' if cell.row_span > 1 else ""
    spans += f' colspan="{cell.column_span}"' if cell.column_span > 1 else ""
    if not cell.key:
        tag = "th" if cell.header else "td"
        meaning = f'<span class="gk-last">{escape(english[cell.text])}</span>' if cell.text in english else ""
        return f'<{tag} class="gk-label"{spans}>{escape(cell.text)}{meaning}</{tag}>'
    classes = ["gk-figure"]
    mark = figures.marks.get(cell.key)
    value = figures.values.get(cell.key)
    if value is None:
        classes.append("gk-blank")
    if mark:
        classes.append(f"gk-{mark.severity}")
    said = escape("\n".join((figure_name(cell.key), *(mark.messages if mark else ()))))
    return f'<td class="{" ".join(classes)}"{spans} title="{said}">{_content(cell.key, value, mark, figures)}</td>'


def _content(key: str, value: float | None, mark: CellMark | None, figures: FormFigures) -> str:
    raw = figures.raw.get(key, "")
    shown = raw or number(value) if value is not None or raw else _("未填")
    text = escape(shown)
    if key in figures.doubtful:
        text = f'<span class="gk-doubt" title="{escape(_("识读没有把握"))}">{text}</span>'
    if mark:
        text = f'<span aria-label="{escape(mark.messages[0])}">{MARKS[mark.severity]}</span> {text}'
    last = figures.last_year.get(key)
    if last is not None and (last or value):
        plainly = f"{last:.2f}".rstrip("0").rstrip(".")  # as forms print figures, without marks of thousands
        text += f'<span class="gk-last">{escape(_("上年"))} {plainly}</span>'
    return text


def legend() -> str:
    """What the marks in the cells mean."""
    parts = [
        f'<span class="gk-error">▲ {escape(_("错误"))}</span>',
        f'<span class="gk-warning">◆ {escape(_("警示"))}</span>',
        f'<span class="gk-notice">○ {escape(_("提示"))}</span>',
        f'<span class="gk-blank">{escape(_("未填"))}</span>',
        f'<span class="gk-doubt">{escape(_("识读没有把握"))}</span>',
    ]
    return f'<p class="gk-key">{"".join(parts)}</p>'
