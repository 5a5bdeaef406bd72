"""Which region the author belongs to: own names propose, hints decide between namesakes, and a tie stays open."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from loaders.identity.domains import SHORTEST_ALONE, stems
from loaders.identity.findings import HINT_WEIGHTS, Hint, OwnName, Witnesses
from loaders.identity.names import is_central
from loaders.identity.places import PlaceNames
from loaders.regions import Regions
from loaders.words import of_warnings as warn

MARGIN = 0.45
"""By so much the best must lead; less is a coin toss."""
ABOVE, BELOW = 0.5, 0.4
OWN_ABOVE = 0.15
ONLY_A_TOWN = 0.72
LONE_TOWN_SHARE = 0.6
MOST_FROM_ONE_PLACE = 2
MOST_BY_MENTIONS = 2.0
CENTRAL = 0.9
_STRONG_HINTS = ("site", "breadcrumb", "folder", "address", "source line", "file name")


@dataclass(slots=True)
class Decision:
    """The region (empty if open), how sure, and what stands against it."""

    code: str = ""
    confidence: float = 0.0
    warnings: list[str] = field(default_factory=list)
    rejected: list[OwnName] = field(default_factory=list)
    level_open: bool = False


def decide(found: Witnesses, names: PlaceNames, mentions: Callable[[], Iterable[Hint]]) -> Decision:
    """Weigh all evidence on the region."""
    regions = names.regions
    if found.own and is_central(found.own[0].name) and not any(own.name.codes for own in found.own):
        return Decision("", CENTRAL)
    proposed = _proposed(found, regions)
    if proposed:
        return _among(proposed, found, regions, mentions)
    return _from_hints(found, regions, mentions)


def _proposed(found: Witnesses, regions: Regions) -> dict[str, float]:
    """Support that own names give to each region they may mean."""
    scores: dict[str, float] = {}
    counted: dict[str, int] = {}
    lone_towns: list[OwnName] = []
    for own in found.own:
        if _is_lone_town(own):
            lone_towns.append(own)
            continue
        counted[own.source] = counted.get(own.source, 0) + 1
        if own.name.codes and (counted[own.source] <= MOST_FROM_ONE_PLACE or own.source == "text"):
            for code in own.name.codes:
                scores[code] = scores.get(code, 0.0) + own.weight
    explicit = tuple(scores)
    for own in lone_towns:
        for code in own.name.codes:
            if not explicit or any(regions.within(code, outer) for outer in explicit):
                scores[code] = scores.get(code, 0.0) + own.weight * LONE_TOWN_SHARE
    return {
        code: score + OWN_ABOVE * sum(other for outer, other in scores.items() if outer in regions.ancestors(code))
        for code, score in scores.items()
    }


def _is_lone_town(own: OwnName) -> bool:
    """A town without its county: many counties have one of that name, and the lists may lack some."""
    place = own.name.place
    return place is not None and bool(place.town) and not place.links


def _hint_support(code: str, hints: Iterable[Hint], regions: Regions) -> float:
    best: dict[str, float] = {}
    mentioned = 0.0
    for hint in hints:
        if hint.source == "mention" and len(hint.codes) > 1:
            continue
        share = 0.0
        for other in hint.codes:
            if other == code:
                share = 1.0
            elif other in regions.ancestors(code):
                share = max(share, 1.0 if hint.source in ("telephone", "mention") else ABOVE)
            elif code in regions.ancestors(other):
                share = max(share, BELOW)
        if hint.source == "mention":
            mentioned = min(MOST_BY_MENTIONS, mentioned + share * hint.weight)
        else:
            best[hint.source] = max(best.get(hint.source, 0.0), share * hint.weight)
    return sum(best.values()) + mentioned


def _web_support(code: str, hosts: list[str], regions: Regions) -> float:
    weight = HINT_WEIGHTS["web address"]
    for host in hosts:
        if host in stems(code, regions):
            return weight
    for outer in regions.ancestors(code):
        if any(host in stems(outer, regions) for host in hosts):
            return weight * ABOVE
    return 0.0


def _among(
    proposed: dict[str, float],
    found: Witnesses,
    regions: Regions,
    mentions: Callable[[], Iterable[Hint]],
) -> Decision:
    def total(hints: list[Hint]) -> dict[str, float]:
        return {
            code: own + _hint_support(code, hints, regions) + _web_support(code, found.hosts, regions)
            for code, own in proposed.items()
        }

    hints = list(found.hints)
    scores = total(hints)
    ranked = sorted(scores, key=lambda code: (-scores[code], code))
    best = ranked[0]
    rivals = [code for code in ranked[1:] if proposed[code] > 0.6 * proposed[best]]
    if rivals:
        hints += mentions()
        scores = total(hints)
        ranked = sorted(scores, key=lambda code: (-scores[code], code))
        best = ranked[0]
        rivals = [code for code in ranked[1:] if scores[best] - scores[code] < MARGIN]
    if rivals:
        return _open([best, *rivals], regions)
    decision = Decision(best)
    second = scores[ranked[1]] if len(ranked) > 1 else 0.0
    conflict = [
        own
        for own in found.own
        if own.name.codes and not _is_lone_town(own) and not _agrees(own.name.codes, best, regions)
    ]
    decision.rejected = conflict
    lead = (scores[best] - second) / scores[best]
    decision.confidence = min(0.99, 0.55 + 0.12 * min(scores[best], 3.0) + 0.1 * lead)
    if all(_is_lone_town(own) for own in found.own if best in own.name.codes):
        if _is_elsewhere(best, (*hints, *mentions()), regions):
            return Decision("", 0.1, [warn.NO_REGION.zh], level_open=True)
        decision.confidence = min(decision.confidence, ONLY_A_TOWN + 0.03 * _hint_support(best, hints, regions))
    if conflict:
        against = sum(own.weight for own in conflict)
        decision.confidence = min(decision.confidence, 0.95 * scores[best] / (scores[best] + against))
        listed = "、".join(dict.fromkeys(own.name.text for own in conflict))
        decision.warnings.append(warn.OTHER_REGIONS.of(names=listed))
    decision.warnings += _contradictions(best, hints, regions)
    if decision.warnings and not conflict:
        decision.confidence -= 0.1
    return decision


def _is_elsewhere(code: str, hints: Iterable[Hint], regions: Regions) -> bool:
    """Whether the document names regions beyond doubt, none of which has to do with the only one that has the town."""
    named = [hint for hint in hints if len(hint.codes) == 1]
    return bool(named) and not any(_agrees(hint.codes, code, regions) for hint in named)


def _agrees(codes: tuple[str, ...], code: str, regions: Regions) -> bool:
    """Whether a name may mean the region, something above it or inside it."""
    return any(other == code or other in regions.ancestors(code) or code in regions.ancestors(other) for other in codes)


def _contradictions(code: str, hints: list[Hint], regions: Regions) -> list[str]:
    for hint in hints:
        if hint.source == "telephone" and not _agrees(hint.codes, code, regions):
            name = regions.by_code[hint.codes[0]].name
            return [warn.OTHER_AREA_CODE.of(code=hint.value, name=name)]
    return []


def _open(rivals: list[str], regions: Regions) -> Decision:
    """Namesakes that nothing tells apart: only what contains all of them is known."""
    above = [(code, *regions.ancestors(code)) for code in rivals]
    common = [code for code in above[0] if all(code in chain for chain in above[1:])]
    listed = "、".join("".join(dict.fromkeys(filter(None, regions.place_names(code)))) for code in rivals[:4])
    warning = warn.OPEN_REGION.of(names=listed + ("等" if len(rivals) > 4 else ""))
    return Decision(common[0] if common else "", 0.3 if common else 0.1, [warning], level_open=True)


def _from_hints(found: Witnesses, regions: Regions, mentions: Callable[[], Iterable[Hint]]) -> Decision:
    """No own name has a place: what surrounds the report may still leave only one region of the right level."""
    hints = list(found.hints)
    strong = {code for hint in hints if hint.source in _STRONG_HINTS for code in hint.codes}
    for host in found.hosts:
        strong |= {
            region.code for region in regions if len(host) >= SHORTEST_ALONE and host in _own(region.code, regions)
        }
    outer = {code for hint in hints if hint.source == "telephone" for code in hint.codes}
    pool = strong or {hint_code for hint in mentions() for hint_code in hint.codes} | outer
    if found.level:
        fitting = {code for code in pool if _has_level(regions.by_code[code].name, found.level)}
        level_missing = not fitting
        pool_fitting = fitting
    else:
        level_missing, pool_fitting = False, pool
    if pool_fitting:
        hints += mentions()
        scores = {
            code: _hint_support(code, hints, regions) + _web_support(code, found.hosts, regions)
            for code in pool_fitting
        }
        ranked = sorted(scores, key=lambda code: (-scores[code], code))
        best = ranked[0]
        rivals = [code for code in ranked[1:] if scores[best] - scores[code] < MARGIN]
        inside = [code for code in rivals if best in regions.ancestors(code)]
        if not rivals and scores[best] >= 1.5 and (found.level or scores[best] >= 3.0):
            return Decision(best, min(0.8, 0.4 + 0.08 * scores[best]), [warn.INFERRED_REGION.zh])
        if rivals and not inside:
            return _open([best, *rivals], regions)
    return _outermost(pool, regions, level_missing, found.level)


def _own(code: str, regions: Regions) -> frozenset[str]:
    return stems(code, regions)


def _has_level(name: str, level: str) -> bool:
    return name.endswith(level) or (level == "县" and name.endswith("自治县"))


def _outermost(pool: set[str], regions: Regions, level_missing: bool, level: str) -> Decision:
    """What is known at least: the region that contains all that was found.

    It is the author's own where that calls itself of a province (省财政厅), as a county lies in but one.
    """
    warning = warn.NO_REGION.zh
    if not pool:
        return Decision("", 0.1, [warning], level_open=True)
    chains = [(code, *regions.ancestors(code)) for code in pool]
    common = [code for code in chains[0] if all(code in chain for chain in chains)]
    if not common:
        return Decision("", 0.1, [warning], level_open=True)
    of_province = level == "省" and _has_level(regions.by_code[common[0]].name, level)
    below = level_missing or (bool(level) and not of_province)
    return Decision(common[0], 0.3, [warn.OUTER_REGION.zh], level_open=below or len(pool) > 1)
