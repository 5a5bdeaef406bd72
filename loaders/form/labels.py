"""Labels of the form, brought to one shape so that brackets, spaces and numbering do not matter."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import cache, lru_cache

from rapidfuzz import fuzz

from loaders.form.editions import Edition, FigureBlock, Row, editions
from loaders.patterns import pattern_of

_NOISE = pattern_of(r"[^\u4e00-\u9fff0-9A-Za-z]+")
_LATIN_WORD, _LATIN, _CHINESE = pattern_of("[A-Za-z]{3}"), pattern_of("[A-Za-z]"), pattern_of("[\u4e00-\u9fff]")
_LONGEST_WITH_TRANSLATION = 200
_NUMBERING = pattern_of(r"^(?:[一二三四五六七八九十]{1,2}(?=[^一二三四五六七八九十])|\d{1,2}(?=\D))")
_LEGIBLE = 60  # per cent of its characters by which a label is told from one that was misread
RESULTS_HEADING = "三、本年度办理结果"


@lru_cache(maxsize=1 << 15)
def bare(text: str) -> str:
    """The characters of a label: no spaces, no punctuation, half-width; numbering stays as characters.

    其它 and 合计 are other ways of writing 其他 and 总计. Latin words apart from Chinese ones translate them.
    """
    plain = unicodedata.normalize("NFKC", text)
    if _LATIN_WORD.search(plain) and len(plain) <= _LONGEST_WITH_TRANSLATION:
        plain = _without_translation(plain)
    plain = _NOISE.sub("", plain)
    return plain.replace("其它", "其他").replace("合计", "总计")


@lru_cache(maxsize=1 << 15)
def loosened(text: str) -> str:
    """The label without what officials leave out or put in: 本年度新收 for 本年新收, 申请数 for 申请数量."""
    return bare(text).replace("年度", "年").replace("数量", "数")


@lru_cache(maxsize=1 << 15)
def unnumbered(text: str) -> str:
    """The characters of a label without the numbering in front: 属于国家秘密 for `1.属于国家秘密`."""
    return _NUMBERING.sub("", bare(text))


@dataclass(frozen=True, eq=False)
class LabelIndex:
    """All ways in which the rows of one block may be labelled, each pointing to the row's position.

    `sure` holds labels that name one row wherever they stand. `forms` lists, row by row, the label alone and with
    its group and the heading of the results in front, for fuzzy comparison. `groups` are what stands beside several
    rows and tells none from the others; nor does what the labels of several rows end with, `shared_ends`. There is
    one index for the same rows, so that what was found out about a text can be kept by index.
    """

    rows: tuple[Row, ...]
    sure: dict[str, int]
    forms: tuple[tuple[str, ...], ...]
    groups: frozenset[str]
    shared_ends: frozenset[str]


def _row_forms(row: Row) -> tuple[str, ...]:
    leaf = bare(row.label)
    forms = [leaf, unnumbered(row.label), *(bare(alias) for alias in row.aliases)]
    if row.group:
        forms += [bare(row.group) + leaf, bare(RESULTS_HEADING) + bare(row.group) + leaf]
    elif row.label.startswith("（"):
        forms.append(bare(RESULTS_HEADING) + leaf)
    return tuple(dict.fromkeys(forms))


@cache
def label_index(rows: tuple[Row, ...]) -> LabelIndex:
    """The index of the labels of `rows`. A label too short to stand alone (其他, 总计) is left out of `sure`."""
    forms = tuple(_row_forms(row) for row in rows)
    sure: dict[str, int] = {}
    for position, names in enumerate(forms):
        for name in names:
            if len(name) > 2 or name in ("规章",):
                sure.setdefault(name, position)
                sure.setdefault(loosened(name), position)
    of_groups = {name for row in rows if row.group for name in (bare(row.group), unnumbered(row.group))}
    groups = of_groups | {bare(RESULTS_HEADING) + name for name in ("", *of_groups)}
    return LabelIndex(rows, sure, forms, frozenset(groups - sure.keys()), _shared_ends(rows) - sure.keys())


def _shared_ends(rows: tuple[Row, ...]) -> frozenset[str]:
    """What is left of the labels of several rows alike, where their beginnings are cut off: 复申请."""
    labels = {unnumbered(row.label) for row in rows}
    ends = Counter(label[start:] for label in labels for start in range(1, len(label)))
    return frozenset(end for end, count in ends.items() if count > 1 and end not in labels)


@cache
def edition_marks(edition: Edition) -> frozenset[str]:
    """Labels that only this edition has, as `loosened` text: what tells one edition from the other."""

    def labels(each: Edition) -> set[str]:
        columns = {loosened(c.label) for b in each.blocks for c in b.columns}
        rows = {loosened(unnumbered(label)) for b in each.blocks for r in b.rows for label in (r.label, r.group)}
        return columns | rows

    others: set[str] = set().union(*(labels(each) for each in editions() if each is not edition))
    own = {name for name in labels(edition) if len(name) > 3 and not any(name in other for other in others)}
    return frozenset(own) - {"行政规范性文件", "规范性文件"}


@cache
def column_names(block: FigureBlock) -> frozenset[str]:
    """The bare texts of the header cells right above a block's figures."""
    return frozenset(bare(column.label) for column in block.columns)


def _without_translation(text: str) -> str:
    """The Chinese words of a text, if all Latin ones stand in front of them or behind them.

    Glued to a Chinese word, Latin ones may be of another row of a page.
    """
    words = text.split()
    chinese = [at for at, word in enumerate(words) if _CHINESE.search(word)]
    latin = [at for at, word in enumerate(words) if _LATIN.search(word)]
    if not chinese or not latin or not (chinese[-1] < latin[0] or latin[-1] < chinese[0]):
        return text
    first, end = (0, chinese[-1] + 1) if chinese[-1] < latin[0] else (chinese[0], len(words))
    return "".join(words[first:end])


@cache
def label_names(row: Row) -> frozenset[str]:
    """The bare texts that name the row and nothing else on the form; 总计 alone stands in the header too."""
    names = {bare(row.label), unnumbered(row.label), *(bare(alias) for alias in row.aliases)}
    return frozenset(name for name in names if len(name) > 2 or name == bare(row.label))


def is_altered(row: Row, found: str) -> bool:
    """Whether words of the label were replaced. Cut-off labels and characters misread or doubled are no alteration."""
    plain = bare(found)
    expected = bare(row.label)
    if plain == expected:
        return False
    if plain in (bare(alias) for alias in row.aliases):
        return True
    if plain == bare(RESULTS_HEADING) or (row.group and plain == bare(row.group)):
        return False  # the label of the group stood where the row's own was lost
    if len(plain) < 0.7 * len(expected) or re.search(r"[A-Za-z]", plain):
        return False
    plain, expected = unnumbered(found), unnumbered(row.label)
    if fuzz.ratio(plain, expected) < _LEGIBLE:
        return False  # a reader's slip as well may have left so little of it
    return not (_is_within(plain, expected) or _is_within(expected, plain))


def _is_within(short: str, long: str) -> bool:
    """Whether the characters of `short` occur in `long` in the same order."""
    rest = iter(long)
    return all(character in rest for character in short)


@cache
def _labels_of_rows() -> frozenset[str]:
    rows = (row for form in editions() for block in form.blocks for row in block.rows)
    return frozenset(unnumbered(label) for row in rows for label in (row.label, *row.aliases))


def ends_label(beginning: str, end: str) -> bool:
    """Whether two texts, neither of which is the label of a row of the form, are one together."""
    known = _labels_of_rows()
    apart = unnumbered(beginning) not in known and unnumbered(end) not in known
    return apart and unnumbered(beginning + end) in known
