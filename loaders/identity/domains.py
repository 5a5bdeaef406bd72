"""Web addresses of governments: the pinyin of a region, or its initials, in front of gov.cn."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from loaders.patterns import pattern_of
from loaders.regions import Region, Regions

_HOST = pattern_of(r"((?:[a-z0-9-]{1,30}\.){1,4})gov\.cn", re.IGNORECASE)
_SERVICE = frozenset(("www", "xxgk", "zwgk", "zfxxgk", "gov", "zwfw", "zfwzgl", "english", "mail", "old", "new"))
SHORTEST_ALONE = 4
"""A name of fewer letters says nothing by itself; it only supports a region found otherwise."""


def hosts_in(texts: Iterable[str]) -> list[str]:
    """The labels in front of gov.cn, each once, the last of an address first: wltzq; shiyan, maojian."""
    found: dict[str, None] = {}
    for text in texts:
        if "gov.cn" in text or "GOV.CN" in text:
            for match in _HOST.findall(text):
                labels = reversed(match.lower().rstrip(".").split("."))
                found.update(dict.fromkeys(label for label in labels if label not in _SERVICE))
    return list(found)


@lru_cache(maxsize=4096)
def stems(code: str, regions: Regions) -> frozenset[str]:
    """The labels that a region's site may have: full pinyin or initials, with or without kind, province, prefecture."""
    region = regions.by_code[code]
    own = _own_stems(region)
    outer = [regions.by_code[each] for each in regions.ancestors(code)]
    fronts = {front for each in outer for front in _fronts(each)}
    return frozenset(own | {front + stem for front in fronts for stem in own} | {f"www.{stem}" for stem in own})


def _own_stems(region: Region) -> set[str]:
    syllables = region.pinyin.split()
    kind = len(region.name) - len(region.short_name) if region.name.startswith(region.short_name) else 0
    bare = syllables[: len(syllables) - kind] if 0 < kind < len(syllables) else syllables
    found = {"".join(syllables), "".join(bare), _initials(syllables), _initials(bare)} | set(region.domains)
    for ending in ("x", "xian", "q", "qu", "s", "shi", "city", "zf", "gov", "xzf", "szf", "qzf"):
        found |= {"".join(bare) + ending, _initials(bare) + ending}
    return {stem for stem in found if len(stem) >= 2}


def _fronts(region: Region) -> set[str]:
    syllables = region.pinyin.split()
    short = syllables[: len(region.short_name)]
    return {_initials(short), "".join(short), *(region.domains), _initials(syllables)}


def _initials(syllables: list[str]) -> str:
    return "".join(syllable[0] for syllable in syllables)
