"""Line ends that Markdown writes as `<br>`: in cells between bars, and of whole pages that it has on one line.

Figures in several lines of a cell are one that its narrow column broke, or those of columns whose border a converter
missed. What they are is told where the row adds up in one of these ways; else no figure of the row can be placed.
"""

from __future__ import annotations

from collections.abc import Sequence

from loaders.document import UNSURE
from loaders.form.figures import read_figure
from loaders.patterns import pattern_of

_BREAK = r"<br\s*/?>"
_BETWEEN_DIGITS = pattern_of(rf"(?<=[\d,，.]){_BREAK}(?=\d)")
_BEHIND_LABEL = pattern_of(rf"[一-龥]\s*{_BREAK}\s*\d[\d,]*\s*\|")
"""The beginning of a figure, of which the rest stands in the next cell perhaps."""
_WORD, _RULE = pattern_of("[一-龥]"), pattern_of(r"[|\s:-]*")
_ANY = pattern_of(_BREAK)
_ANY_OR_BLANK = pattern_of(f"{_BREAK}|&nbsp;")
_FEWEST_IN_A_PAGE = 4
_FIGURE = pattern_of(rf"(?:[\d,，.+\-−/—－（()）件%\s]|{_BREAK})+")
_APPLICANTS, _RESULTS, _GROUPS = 7, 5, 3


def without_breaks(text: str) -> str:
    """The text with blanks for the breaks in cells, and figures in several lines written as what they are."""
    if "<br" not in text:
        return text.replace("&nbsp;", " ")
    lines = text.split("\n")
    return "\n".join(_without_breaks(line, above) for line, above in zip(lines, ["", *lines], strict=False))


def parts_between_breaks(line: str) -> list[tuple[str, int]]:
    """The lines of a page that Markdown has on one, and where each begins."""
    ends = [*((match.start(), match.end()) for match in _ANY.finditer(line)), (len(line), len(line))]
    starts = [0, *(after for _, after in ends)]
    return [(line[start:end], start) for start, (end, _) in zip(starts, ends, strict=False)]


def _without_breaks(line: str, above: str) -> str:
    if "|" not in line:
        line = line.replace("&nbsp;", " ")
        return line if line.count("<br") >= _FEWEST_IN_A_PAGE else _ANY.sub(" ", line)
    if _BEHIND_LABEL.search(line):
        line = _doubted(line)
    elif _BETWEEN_DIGITS.search(line):
        line = _BETWEEN_DIGITS.sub("", line) if _is_figures(line) and _is_figures(above) else _told(line)
    return _ANY_OR_BLANK.sub(" ", line)


def _told(row: str) -> str:
    for way in ("|", ""):
        cells = _BETWEEN_DIGITS.sub(way, row).split("|")
        if _adds_up([_ANY.sub("", cell) for cell in cells if _is_figure(cell)]):
            return "|".join(cells)
    return _doubted(row)


def _doubted(row: str) -> str:
    return "|".join(f"{cell}{UNSURE}" if _is_figure(cell) else cell for cell in row.split("|"))


def _is_figures(row: str) -> bool:
    """Whether a row has no words; below another one it holds the ends of its figures."""
    return "|" in row and _WORD.search(row.replace("件", "")) is None and _RULE.fullmatch(row) is None


def _is_figure(cell: str) -> bool:
    return bool(cell.strip()) and _FIGURE.fullmatch(cell) is not None


def _adds_up(texts: Sequence[str]) -> bool:
    """Whether these are the figures of a row of applications, or of litigation, and their sums hold."""
    readings = [read_figure(text) for text in texts]
    values = [reading.value() for reading in readings if reading.kind == "figure"]
    if len(values) != len(texts):
        return False
    width = _APPLICANTS if len(values) == _APPLICANTS else _RESULTS
    rows = [values[start : start + width] for start in range(0, len(values), width)]
    return len(values) in (_APPLICANTS, _RESULTS * _GROUPS) and all(sum(parts) == total for *parts, total in rows)
