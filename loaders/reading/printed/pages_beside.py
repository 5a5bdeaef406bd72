"""Pages that a worksheet's right columns were printed on, put beside those with its left ones.

A worksheet that is wider than the paper goes on, column after column, on further pages: mostly behind all that hold
its first columns, sometimes behind each. Rules at the same heights show which page goes on where.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from loaders.reading.printed.page_model import PageLayout, Ruling, Run
from loaders.reading.printed.tables import begins_row, is_figure

_SAME = 1.5
"""Points within which rules stand at one height or end at one edge."""

_MOST_APART = 2
"""So many may end where the pages meet, at merged cells of a header."""

_NEAR = 6.0
"""Points by which the edges of two pages may miss each other, where lines reach over them."""

_OVER_APPLICANTS = "申请人情况"
_FIRST_GROUP, _FIRST_RESULT = "行政复议", "结果维持"

_FEWEST_RULES = 4
"""So many rules at the same heights are no chance."""


def with_pages_beside(pages: list[PageLayout]) -> list[PageLayout]:
    """The pages, with those that go on to the right of others put there; all as they are where that is not certain."""
    if len(pages) < 2:
        return pages
    lacking = _without_labels(pages)
    if not lacking:
        return pages
    groups = _groups(pages, lacking)
    whole = [page for group in groups for page in _together(group, lacking)]
    if len(whole) == len(pages):
        return pages
    return [
        replace(page, number=number, printed_on=page.printed_on or page.number)
        for number, page in enumerate(whole, pages[0].number)
    ]


def _without_labels(pages: list[PageLayout]) -> set[int]:
    """The numbers of the pages that hold figures in rules and no label of a row.

    What runs over the edge of the paper is printed on both sides of it, a heading over the whole width above all.
    """
    found: set[int] = set()
    others: list[PageLayout] = []
    for page in pages:
        if _holds_no_labels(page, others):
            found.add(page.number)
        else:
            others.append(page)
    return found


def _holds_no_labels(page: PageLayout, others: Sequence[PageLayout]) -> bool:
    """Whether a page holds figures in rules, and no label of a row but those at the same height on one of `others`."""
    if len(page.horizontal) < _FEWEST_RULES or not page.vertical:
        return False
    inside = _in_rules(page)
    labels = (run for run in inside if begins_row(run.text) and run.text != _OVER_APPLICANTS)
    if not all(_is_printed_on(others, label) for label in labels):
        return False
    return any(is_figure(run.text) for run in inside)


def _in_rules(page: PageLayout) -> list[Run]:
    """What is written between the first rule and the last."""
    top, bottom = min(rule.at for rule in page.horizontal), max(rule.at for rule in page.horizontal)
    left = min(rule.start for rule in page.horizontal)
    return [run for run in page.runs if top < run.middle < bottom and run.left > left]


def _is_printed_on(pages: Sequence[PageLayout], label: Run) -> bool:
    """Whether a text stands at the same height on one of the pages."""
    height = round(label.baseline)
    return any(run.text == label.text and round(run.baseline) == height for page in pages for run in page.runs)


def _begins_litigation(page: PageLayout) -> bool:
    """Whether a page opens with the litigation table, whose rows have no labels, and no column of it came before."""
    if all(run.text != _FIRST_GROUP for run in page.runs):
        return False
    words = [run for run in _in_rules(page) if not is_figure(run.text)]
    first = min(words, key=lambda run: run.left, default=None)
    if first is None:
        return False
    line = sorted((run for run in words if abs(run.baseline - first.baseline) < _SAME), key=lambda run: run.left)
    column = sorted((run for run in words if run.left < first.right), key=lambda run: run.baseline)
    # Its characters may be spread over the line, or broken over lines of a narrow cell.
    return any("".join(run.text for run in runs).startswith(_FIRST_RESULT) for runs in (line, column))


def _groups(pages: list[PageLayout], lacking: Collection[int]) -> list[list[PageLayout]]:
    """Pages with labels together with those without that follow them."""
    groups: list[list[PageLayout]] = []
    lacks_labels = True
    for page in pages:
        lacked, lacks_labels = lacks_labels, page.number in lacking
        if not groups or (lacked and not lacks_labels):
            groups.append([])
        groups[-1].append(page)
    return groups


def _together(group: list[PageLayout], lacking: Collection[int]) -> list[PageLayout]:
    """The pages of a group, each with those to its right.

    Rows of one height stand alike on all full pages: those to the right come in the order of those to the left.
    """
    whole: list[PageLayout] = []
    parts: list[int] = []
    for page in group:
        goes_on = page.number in lacking and not _begins_litigation(page)
        found = [_apart(other, page) for other in whole] if goes_on else []
        homes = [(apart, parts[number], number) for number, apart in enumerate(found) if apart is not None]
        if not homes:
            whole.append(page)
            parts.append(1)
            continue
        _, _, home = min(homes)
        whole[home] = _beside(whole[home], page)
        parts[home] += 1
    return whole


def _apart(page: PageLayout, other: PageLayout) -> int | None:
    """How many of the rules that run to the right edge of one page do not go on at the left edge of the other.

    A few may end there, at a merged cell; None if more do, so that the pages are not parts of one.
    """
    if not page.horizontal or not other.horizontal or abs(page.height - other.height) > _SAME:
        return None
    end = max(rule.end for rule in page.horizontal)
    start = min(rule.start for rule in other.horizontal)
    here = _heights([rule for rule in page.horizontal if rule.end > end - _SAME])
    there = _heights(other.horizontal)
    seam = [rule for rule in page.vertical if rule.at > end - 2 * _SAME]
    here = _without_whole_tables(here, there, seam)
    if not here:
        return None
    same = sum(any(abs(one - two) < _SAME for two in there) for one in here)
    apart = len(here) + len(there) - 2 * same
    if same < _FEWEST_RULES or apart > _MOST_APART:
        return None
    seam += [rule for rule in other.vertical if rule.at < start + 2 * _SAME]
    return apart if seam and max(rule.end for rule in seam) > here[-1] - _SAME else None


def _without_whole_tables(here: Sequence[float], there: Sequence[float], seam: Sequence[Ruling]) -> list[float]:
    """The heights without those of tables that end at the edge of the page: none of them goes on at the other's.

    The rules along the edge tell which are of one table.
    """
    goes_on = {one: any(abs(one - two) < _SAME for two in there) for one in here}
    for start, end in _merged(seam):
        within = [at for at in here if start - _SAME < at < end + _SAME]
        if not any(goes_on[at] for at in within):
            for at in within:
                del goes_on[at]
    return list(goes_on)


def _merged(rules: Sequence[Ruling]) -> list[tuple[float, float]]:
    """From where to where rules reach, those as one that touch."""
    found: list[tuple[float, float]] = []
    for rule in sorted(rules, key=lambda rule: rule.start):
        if found and rule.start < found[-1][1] + _SAME:
            found[-1] = found[-1][0], max(found[-1][1], rule.end)
        else:
            found.append((rule.start, rule.end))
    return found


def _heights(rules: Sequence[Ruling]) -> list[float]:
    """The heights at which rules stand, once each."""
    found: list[float] = []
    for at in sorted(rule.at for rule in rules):
        if not found or at - found[-1] > _SAME:
            found.append(at)
    return found


def _beside(page: PageLayout, other: PageLayout) -> PageLayout:
    """One page with the other to its right, where its columns go on.

    What stands on both, because a text runs over the edge, tells best how far the other has to be moved.
    """
    edge = max(rule.end for rule in page.horizontal)
    start = min(rule.start for rule in other.horizontal)
    moved = edge - start
    twins = {(run.text, round(run.baseline)): run.left for run in page.runs}
    before = [run for run in other.runs if run.left < start]
    ways = [twins[key] - run.left for run in before if (key := (run.text, round(run.baseline))) in twins]
    moved = next((way for way in ways if abs(way - moved) < _NEAR), moved)
    return replace(
        page,
        width=other.width + moved,
        runs=[*page.runs, *(_to_the_right(run, moved) for run in other.runs)],
        horizontal=[
            *page.horizontal,
            *(Ruling(rule.at, rule.start + moved, rule.end + moved) for rule in other.horizontal),
        ],
        vertical=[*page.vertical, *(Ruling(rule.at + moved, rule.start, rule.end) for rule in other.vertical)],
        pictures=[*page.pictures, *((box[0] + moved, box[1], box[2] + moved, box[3]) for box in other.pictures)],
        beside=[*page.beside, (edge, moved, other)],
    )


def _to_the_right(run: Run, moved: float) -> Run:
    characters = run.characters
    if characters is not None:
        lefts, rights = characters
        characters = [left + moved for left in lefts], [right + moved for right in rights]
    return replace(run, left=run.left + moved, right=run.right + moved, characters=characters)
