"""Text that lost its line ends: a whole report on one line, with a space, a tab or a bar between any two parts."""

from __future__ import annotations

from loaders.patterns import pattern_of

_SHORTEST = 300
"""Characters; a table of the form has more."""

_MARKS = (
    "本年新收",
    "上年结转",
    "予以公开",
    "部分公开",
    "结果维持",
    "结果纠正",
    "尚未审结",
    "自然人",
    "商业企业",
    "行政许可",
    "上年結轉",
    "予以公開",
    "部分公開",
    "結果維持",
    "結果糾正",
    "尚未審結",
    "商業企業",
    "行政許可",
    "收到申请数",
    "申请办结数",
    "申请答复数",
    "公开政府信息数",
)
_FEWEST_MARKS = 3
_FEWEST_FIGURES = 12
_MOST_BARS = 12  # between the links of a page; a table between bars has more
_EMPTY_CELLS = "| \t"
_WORD = pattern_of(r"[^\s|]+")
_CELL = pattern_of(r"[^\s|](?:[^\t|]*[^\s|])?")
_RULE = pattern_of(r"(?<=\|)(?:\s*:?-{3,}:?\s*\|){2,}")
"""The rule below the header of a table in Markdown, which stood in a cell of another table."""
_LONE_FIGURE = pattern_of(r"(?<=[\s|])\d[\d,.]*(?=[\s|])")


def parts_of_run_on(line: str) -> list[tuple[str, int]] | None:
    """The parts of such a line and where each begins; None for any other line."""
    if len(line) < _SHORTEST or sum(mark in line for mark in _MARKS) < _FEWEST_MARKS:
        return None
    if len(_LONE_FIGURE.findall(line)) < _FEWEST_FIGURES:
        return None
    within = line.strip(_EMPTY_CELLS)  # a layout table of a page leaves hundreds of bars behind its one cell
    part = _CELL if "\t" in within or within.count("|") > _MOST_BARS else _WORD
    if "---" in line:
        line = _RULE.sub(lambda rule: " " * len(rule[0]), line)
    return [(found.group(), found.start()) for found in part.finditer(line)]
