"""What became of regions that are no more: same place under another name or code, or merged away."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from regions.names import stem

_GROUPS = {"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划", "省直辖行政单位", "市", "省直辖县级行政单位"}


@dataclass(frozen=True)
class Former:
    """A name and code that are no more. `successors` are present codes; one means the same place goes on."""

    code: str
    name: str
    last_year: int
    successors: tuple[str, ...] = ()
    merged: bool = False


@dataclass
class History:
    """`names` by present code; `gone` are regions that were merged away and stay regions of their own."""

    names: dict[str, list[Former]] = field(default_factory=lambda: defaultdict(list))
    gone: list[Former] = field(default_factory=list)
    unknown: list[Former] = field(default_factory=list)


def _last_seen(snapshots: Sequence[tuple[int, Mapping[str, str]]]) -> dict[tuple[str, str], int]:
    seen: dict[tuple[str, str], int] = {}
    for year, names in snapshots:
        for code, name in names.items():
            if name not in _GROUPS and not (code[2:4] != "00" and code[4] == "7"):
                seen[code, name] = year
    return seen


def _recorded(events: Sequence[Mapping[str, object]], current: Mapping[str, tuple[str, str]]) -> dict[str, str]:
    """Old code -> new code where a recorded event names both and the new one is in use."""
    found: dict[str, str] = {}
    for event in events:
        old, new = event.get("old"), event.get("new")
        if not isinstance(old, dict) or not isinstance(new, dict) or not isinstance(event["year"], int):
            continue
        if event["year"] >= 2005 and old.get("code") and new.get("code"):
            found[str(old["code"])[:6]] = str(new["code"])[:6]
    for code in list(found):
        steps = 0
        while found[code] not in current and found[code] in found and steps < 5:
            found[code], steps = found[found[code]], steps + 1
    return {old: new for old, new in found.items() if new in current}


def _same_stem(old: str, new: str) -> bool:
    """蓟县 and 蓟州区 too: a stem of one character grew when the county became a city or district."""
    one, other = stem(old), stem(new)
    return one == other or (len(one) == 1 and old.endswith("县") and len(other) == 2 and other.startswith(one))


def _level(code: str) -> int:
    return 2 if code.endswith("00") else 3


def _successor(
    code: str, name: str, current: Mapping[str, tuple[str, str]], recorded: Mapping[str, str]
) -> tuple[str, ...]:
    """The present region that is the same place: same name, or same stem, near by; else as recorded."""
    target = recorded.get(code, "")
    if target and _level(target) == _level(code) and _same_stem(name, current[target][0]):
        return (target,)
    if code in current and _same_stem(name, current[code][0]):
        return (code,)
    candidates = [
        other
        for other, (present, _) in current.items()
        if other[:2] == code[:2] and _level(other) == _level(code) and _same_stem(name, present)
    ]
    near = [other for other in candidates if other[:4] == code[:4]] or candidates
    return tuple(near) if len(near) == 1 else ()


def trace(
    snapshots: Sequence[tuple[int, Mapping[str, str]]],
    events: Sequence[Mapping[str, object]],
    current: Mapping[str, tuple[str, str]],
    written: Mapping[str, Mapping[str, object]],
) -> History:
    """What became of each name and code of the snapshots that is not in `current`.

    `written` holds by old code what no package knows: `successors`, and `same = true` where the place goes on.
    """
    history = History()
    recorded = _recorded(events, current)
    for (code, name), year in sorted(_last_seen(snapshots).items()):
        if current.get(code, ("",))[0] == name:
            continue
        entry = written.get(f"{code}{name}", written.get(code, {}))
        if entry.get("skip"):
            continue
        if entry:
            listed = entry.get("successors", [])
            codes = tuple(str(each) for each in listed) if isinstance(listed, list) else ()
            former = Former(code, name, year, codes, merged=not entry.get("same", False))
        else:
            successors = _successor(code, name, current, recorded)
            if not successors and code in current:
                successors = (code,)
            elif not successors and code in recorded:
                former = Former(code, name, year, (recorded[code],), merged=True)
                history.gone.append(former)
                continue
            former = Former(code, name, year, successors)
        if former.merged:
            history.gone.append(former)
        elif len(former.successors) == 1:
            history.names[former.successors[0]].append(former)
        else:
            history.unknown.append(former)
    return history
