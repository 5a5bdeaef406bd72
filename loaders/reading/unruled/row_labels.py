"""Which label belongs to which row of figures, where no lines tell.

A label may run over several lines, its figures stand beside its first line, its middle or its last one. All rows of
a table do it the same way, so the lines next to the figures are dealt out to the rows together: in order, with the
least distance between labels and figures. Group labels further left are gathered first.
"""

from __future__ import annotations

import math

from rapidfuzz import fuzz

from loaders.patterns import pattern_of
from loaders.reading.printed.lines import line_text, make_line
from loaders.reading.printed.page_model import Run, bounding_box
from loaders.reading.printed.tables import begins_row
from loaders.reading.unruled.label_deal import LOOSE, PITCH, by_distance
from loaders.reading.unruled.row_parts import SAME_EDGE, Bands, Label, Row, by_baseline, is_level
from loaders.reading.unruled.torn_rows import with_whole_figures

_FEWEST = 3
_SPREAD = 2.5
"""Part of the height of the type up to which a gap may spread the characters of a short word."""

_NUMBER_GAP = 3.0
"""The same between the number of a label and its words."""

_NUMBER = pattern_of(r"^\d{1,2}[.．、]?$")
_BRACKETED = pattern_of(r"^[（(][一二三四五六七八九十][）)]$")
_IS_ROW = pattern_of(r"^[（(][一二七][）)]|^[一二四][、.．]")
"""How the labels of rows begin that are no group's in any edition."""

_LATIN_GAP = 0.35
"""The same between Chinese characters and letters."""

_LETTER_GAP = 0.3
"""The same between the letters of spaced text."""

_SPACE = 0.6
"""Part of the height of the type that a space is wide at most."""

_TIGHT = 1.6
"""The same within one label for sure."""

_LEVEL = 0.25
"""The same between the baselines of words on one line."""

_AT_EDGE = 0.2
"""The same for words that may be parted there."""

_GOOD_PART = 0.35
"""Part of the text at the edge where most of it begins."""

_HEADER, _LEGIBLE = "信息内容", 60
"""How the header of a block of the publication table begins, and the per cent of it that tell it when it is misread."""

_ARTICLE = pattern_of("第二十条|(?:第?二?十?条)?第?[（(]?[一五六八九][）)]?项")
"""What stands over each block of the publication table, or a line of it."""

_NOTE = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
"""What the header of the table on applications says in front of the words over its columns."""

_OVERLAP = 0.6
"""Part of the height of the type by which a group label may reach under the column of labels beside it."""


def deal_out(words: list[Run], rows: list[Row], bands: Bands, columns: int) -> list[Row]:
    """The rows with their labels, from top to bottom; words that belong to no figures become rows of their own."""
    upright = _upright_strings([run for run in words if len(run.text) == 1])
    taken = {id(run) for label in upright for run in label.runs}
    level = _whole_words([run for run in words if id(run) not in taken], _edge_of_lines(words))
    headers = [Row([], [Label([word])]) for word in level if _is_header(word.text)]
    near, far = _next_to_figures([word for word in level if not _is_header(word.text)], rows)
    groups = [*upright, *_gathered([word for word in far if any(map(str.isalnum, word.text))], bands)]
    rows = _by_bands(near, rows, bands) if bands.are_there else by_distance(near, rows, groups)
    unlabelled = [row for row in rows if row.figures and not row.labels]
    claimed = [row for row in unlabelled if any(is_level(label, row) for label in groups)]
    for label in groups:
        _give(label, rows, claimed, bands)
    for row in rows:
        _put_number_in_front(row)
    return with_whole_figures(sorted([*rows, *headers], key=lambda row: row.middle), columns, bands)


def _is_header(text: str) -> bool:
    """Whether it is 信息内容, be it misread, amid the labels below it, or a line of what stands above them."""
    if _ARTICLE.fullmatch(text):
        return True
    if len(text) > _FEWEST and text.replace("(", "（").replace(")", "）") in _NOTE:
        return True
    return 0 <= len(text) - len(_HEADER) <= 1 and fuzz.ratio(text, _HEADER) >= _LEGIBLE


def _upright_strings(runs: list[Run]) -> list[Label]:
    """Labels written downwards, one character a line."""
    strings: list[Label] = []
    for run in sorted(runs, key=lambda run: run.baseline):
        for string in strings:
            aside = abs(run.left + run.right - string.last.left - string.last.right)
            below = run.baseline - string.last.baseline
            if aside < run.height and 0 < below < 2 * run.height and below < LOOSE * string.pitch:
                string.runs.append(run)
                break
        else:
            strings.append(Label([run]))
    return [string for string in strings if len(string.runs) >= _FEWEST]


def _edge_of_lines(words: list[Run]) -> float:
    """Where the last words of most lines begin."""
    last = [max(line, key=lambda word: word.left) for line in by_baseline(words)]
    return _label_edge(last) if last else -math.inf


def _whole_words(runs: list[Run], edge: float) -> list[Run]:
    """Runs with words that were spread over their cell, and numbers with what they number, in one piece.

    What begins at the `edge` of the labels beside the figures is no part of a group's label.
    """
    words: list[Run] = []
    for run in sorted(runs, key=lambda run: (round(run.baseline), run.left)):
        of_group = words and _BRACKETED.match(words[-1].text) and not _IS_ROW.match(words[-1].text)
        at_edge = abs(run.left - edge) < _AT_EDGE * run.height
        if of_group and at_edge:
            words.append(run)
        elif words and (_belongs(words[-1], run) or (not at_edge and _are_set_apart(words[-1], run))):
            words[-1] = one_run([words[-1], run])
        else:
            words.append(run)
    return words


def _belongs(word: Run, run: Run) -> bool:
    """Whether a run goes on with the word to its left."""
    size, gap = run.height, run.left - word.right
    if abs(run.baseline - word.baseline) > _LEVEL * size or gap < -0.5 * size:
        return False
    if _BRACKETED.match(word.text) and gap < _SPACE * size and (_IS_ROW.match(word.text) or not begins_row(run.text)):
        return True
    if _NUMBER.match(word.text) and not begins_row(run.text):
        return gap < _NUMBER_GAP * size
    if gap < _LATIN_GAP * size and (_is_latin(word.text[-1]) or _is_latin(run.text)):
        return True  # a misread character in another font
    count = len(word.text)
    inner = (word.right - word.left - count * size) / (count - 1) if count > 1 else gap
    return len(run.text) == 1 and gap < _SPREAD * size and abs(gap - inner) < 0.5 * size


def _are_set_apart(word: Run, run: Run) -> bool:
    """Whether letters stand no further apart than those of a line that is spread to fill its cell."""
    gap = run.left - word.right
    near = 0 <= gap < _LETTER_GAP * run.height and abs(run.baseline - word.baseline) < _LEVEL * run.height
    return near and not begins_row(run.text)


def _is_latin(text: str) -> bool:
    return text.isascii() and text.isalpha()


def one_run(runs: list[Run]) -> Run:
    """Runs of one line as one."""
    if len(runs) == 1:
        return runs[0]
    left, top, right, bottom = bounding_box(runs)
    confidence = min(run.confidence for run in runs)
    text = line_text(make_line(list(runs)), keep_wide_gaps=False)
    return Run(text, left, top, right, bottom, runs[0].baseline, runs[0].order, confidence)


def _next_to_figures(words: list[Run], rows: list[Row]) -> tuple[list[Run], list[Run]]:
    """The words of the column beside the figures, and those of the columns further left."""
    lines = [sorted(line, key=lambda word: word.left) for line in by_baseline(words)]
    if not any(word.top < row.middle < word.bottom for row in rows for word in words):
        return words, []
    last = [line[-1] for line in lines]
    edge = _label_edge(_beside_figures(last, rows) or last) + 1
    near: list[Run] = []
    far: list[Run] = []
    for line in lines:
        word = line.pop()
        if not line and any(_goes_on_beside(word, group) for group in far[-1:]):
            far.append(word)
            continue
        far += line
        beyond = word.right > edge + _OVERLAP * word.height
        (near if beyond or any(_is_end_of(word, label, edge) for label in near[-6:]) else far).append(word)
    return near, far


def _beside_figures(words: list[Run], rows: list[Row]) -> list[Run]:
    """The words level with figures, if most rows have such; words of a header stand beside none, wherever it is."""
    level = [word for word in words if any(word.top < row.middle < word.bottom for row in rows)]
    return level if 2 * len(level) > len(rows) else []


def _label_edge(words: list[Run]) -> float:
    """Where the labels beside the figures begin: the rightmost place at which a good part of the text does."""
    weights: dict[float, int] = {}
    for word in sorted(words, key=lambda word: word.left):
        left = next((left for left in weights if word.left - left < SAME_EDGE * word.height), word.left)
        weights[left] = weights.get(left, 0) + len(word.text)
    enough = _GOOD_PART * max(weights.values())
    return max(left for left, weight in weights.items() if weight >= enough)


def _goes_on_beside(word: Run, group: Run) -> bool:
    """Whether a word is the next line of a group's label, which is longer than the label to its right."""
    below = 0 < word.baseline - group.baseline <= _TIGHT * word.height and not begins_row(word.text)
    below = below and not _IS_ROW.match(group.text)
    left, right = word.left - group.left, word.right - group.right
    return below and min(abs(left), abs(left + right) / 2) < _AT_EDGE * word.height


def _is_end_of(word: Run, label: Run, edge: float) -> bool:
    """Whether a short word is the last line of a label that begins further left than the others."""
    below = 0 < word.baseline - label.baseline <= _TIGHT * word.height and not begins_row(word.text)
    return below and label.left < edge - word.height and abs(label.left - word.left) < 0.8 * word.height


def _by_bands(words: list[Run], rows: list[Row], bands: Bands) -> list[Row]:
    """Labels go to the figures between the same two rules."""
    loose: list[Label] = []
    for word in sorted(words, key=lambda word: word.baseline):
        home = next((row for row in rows if row.figures and not bands.part(word, row.figures[0])), None)
        if home is not None:
            home.labels = [Label([*(home.labels[0].runs if home.labels else []), word])]
        elif loose and not bands.part(loose[-1].last, word):
            loose[-1].runs.append(word)
        else:
            loose.append(Label([word]))
    return [*rows, *(Row([], [label]) for label in loose)]


def _gathered(words: list[Run], bands: Bands) -> list[Label]:
    """Group labels with the lines that belong to them, from top to bottom."""
    labels: list[Label] = []
    for run in sorted(words, key=lambda run: (run.baseline, run.left)):
        above = [label for label in labels if _continues(label, run, bands)]
        if above:
            max(above, key=lambda label: label.last.baseline).runs.append(run)
        else:
            labels.append(Label([run]))
    return labels


def _continues(label: Label, run: Run, bands: Bands) -> bool:
    """Whether a run is the next line of a group label."""
    last = label.last
    size = max(run.height, last.height)
    if not 0.3 * size < run.baseline - last.baseline <= PITCH * size or begins_row(run.text):
        return False
    if bands.part(last, run) or run.baseline - last.baseline > LOOSE * label.pitch:
        return False
    beside = abs(run.left - last.left) < 0.8 * size
    return beside or abs(run.left + run.right - last.left - last.right) < 1.6 * size


def _give(label: Label, rows: list[Row], claimed: list[Row], bands: Bands) -> None:
    """Hand a group label to the first row it stands beside, else to the nearest.

    It is the label of a row of blanks where a rule parts it from the nearest, or another label claims that one.
    """
    with_figures = [row for row in rows if row.figures]
    if not with_figures:
        rows.append(Row([], [label]))
        return
    beside = [row for row in with_figures if label.top <= row.middle <= label.bottom]
    home = beside[0] if beside else min(with_figures, key=lambda row: abs(row.middle - label.middle))
    if not beside and home.middle > label.middle and _goes_on_from_above(label, home):
        home = max((row for row in with_figures if row.middle < label.middle), key=lambda row: row.middle, default=home)
    opening = label.runs[0].text
    is_row = _IS_ROW.match(opening) and not _BRACKETED.match(opening)
    if not beside and (home in claimed or is_row or bands.part(home.figures[0], label.last)):
        rows.append(Row([], [label]))
    else:
        home.labels.append(label)


def _put_number_in_front(row: Row) -> None:
    """Make one label of a number and of words that begin beside it and go on below it."""
    for number in row.labels:
        if len(number.runs) == 1 and _BRACKETED.match(number.last.text):
            words = next((label for label in row.labels if _goes_on_below(label, number.last)), None)
            if words is not None:
                words.runs[0] = one_run([number.last, words.runs[0]])
                row.labels.remove(number)
                return


def _goes_on_below(label: Label, number: Run) -> bool:
    first = label.runs[0]
    beside = abs(first.baseline - number.baseline) < _LEVEL * number.height and first.left >= number.right
    return beside and label.left < number.right


def _goes_on_from_above(label: Label, below: Row) -> bool:
    """Whether words are the end of a label above them, since the row below has its own label at the same edge."""
    if begins_row(label.runs[0].text):
        return False
    return any(abs(own.left - label.left) < SAME_EDGE * own.last.height for own in below.labels)
