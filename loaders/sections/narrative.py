"""The narrative of a document: its paragraphs, without the cells of its tables."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from itertools import islice, zip_longest

from loaders.document import Document, Paragraph, Table
from loaders.form.figures import read_figure
from loaders.form.rows import PAGE_NUMBER
from loaders.patterns import pattern_of
from loaders.sections.headings import LONGEST_CELL, SENTENCE_END, SUBHEADING, heading_of, is_numbered_heading, is_title

_FIGURES_OF_A_TABLE = 3  # so many lone figures in a run of short lines are a table, fewer may be a numbered list
_EXPLAINED_LABEL = pattern_of(
    r"\s*(?:规章|(?:行政)?规范性文件|行政许可|行政处罚|行政强制|其他对外管理服务事项|其他主动公开文件|行政事业性收费|政府集中采购"
    r"|上一年项目数量|本年增/减|处理决定数量|本年新制作数量|本年新公开数量|对外公开总数量|采购总?金额)\s*[（(][^。]*[)）][\s|]*"
)
"""A label of the form with what a region's form explains in brackets, longer than other cells."""
_NARRATIVE_CELL = 8  # a single cell with so many characters and a full stop is narrative in a layout table
_NOTHING = pattern_of("暂?无(?:其他需要报告的?事项)?。?")


def narrative_lines(document: Document) -> list[str]:
    """The paragraphs of a document in reading order, with long texts that stand alone in a row of a table.

    Where a file has one cell of its tables a line, the lines that are cells are left out.
    """
    lines: list[str] = []
    run: list[str] = []
    for block in document.blocks:
        if isinstance(block, Paragraph) and _may_be_cell(block.text):
            if not PAGE_NUMBER.match(block.text):
                run.append(block.text)
            continue
        lines.extend(_without_cells(run))
        run = []
        if isinstance(block, Paragraph):
            lines.append(block.text)
        elif isinstance(block, Table):
            lines.extend(_lone_texts(block))
    return lines + _without_cells(run)


def _may_be_cell(line: str) -> bool:
    if len(line) > LONGEST_CELL:
        return _EXPLAINED_LABEL.fullmatch(line) is not None
    return _is_short_text(line)


@lru_cache(maxsize=1 << 12)
def _is_short_text(line: str) -> bool:
    """Whether a short line is neither a sentence nor a heading."""
    return not SENTENCE_END.search(line) and heading_of(line, 0) is None


def _without_cells(run: list[str]) -> list[str]:
    """Short lines up to the last figure are cells if there are several figures among them."""
    figures = [n for n, line in enumerate(run) if read_figure(line).kind == "figure"]
    return run[figures[-1] + 1 :] if len(figures) >= _FIGURES_OF_A_TABLE else run


def _lone_texts(table: Table) -> Iterable[str]:
    """Texts that stand alone in their row: narrative, or a heading that a converter took into the table."""
    rows: dict[int, list[str]] = {}
    for cell in table.cells:
        if cell.text and not cell.text.isspace():
            rows.setdefault(cell.row, []).append(cell.text)
    for texts, below in zip_longest(rows.values(), islice(rows.values(), 1, None), fillvalue=[""]):
        if len(texts) > 2:
            continue
        first, last = texts[0], texts[-1]
        if len(texts) == 1:
            if _tells(first) or heading_of(first, 0) or _opens(first, below[0]):
                yield from first.split("\n")
        elif is_numbered_heading(first):  # 六、其他需要报告的事项    无
            yield first
            yield from last.split("\n")
        elif is_numbered_heading(last):
            yield last


def _opens(text: str, following: str) -> bool:
    """Whether a text is the heading of narrative right below it: （四）平台建设 above a sentence."""
    return SUBHEADING.match(text) is not None and is_title(text) and _tells(following)


def _tells(text: str) -> bool:
    """Whether a text alone in its row is narrative; no label of the form has a full stop."""
    return ("。" in text and len(text) >= _NARRATIVE_CELL) or _NOTHING.fullmatch(text.strip()) is not None
