"""Figures that are named one after the other, before their numbers: 行政许可、行政处罚决定分别为12件、3件."""

from __future__ import annotations

import re

from loaders.patterns import pattern_of

_PARTING = pattern_of("[、和与及]|以及")
_FIGURES: tuple[tuple[re.Pattern[str], str], ...] = (
    (pattern_of("行政许可"), "publication.licensing.decisions"),
    (pattern_of("行政处罚"), "publication.penalty.decisions"),
    (pattern_of("行政强制"), "publication.coercion.decisions"),
    (pattern_of("行政复议"), "litigation.review.total"),
    (pattern_of("行政诉讼"), "litigation.lawsuits.total"),
    (pattern_of("(?<!部分)(?<!不)予以公开"), "applications.granted.total"),
    (pattern_of("部分公开"), "applications.partial.total"),
    (pattern_of("不予公开"), "applications.denied.total"),
    (pattern_of("无法提供"), "applications.unavailable.total"),
    (pattern_of("不予处理"), "applications.rejected.total"),
)
_TAKEN = pattern_of("决定|作出|办理|办结|完成|实施|下达")
_MADE_PUBLIC = pattern_of("公示|公开(?!申请)|公布|发布")


def respective_figures(lead: str) -> list[str]:
    """The figures that the words before 分别 name, in their order, each once; two empty ones where that is in doubt.

    Decisions that were only put on show are none of the form's.
    """
    items = _PARTING.split(lead.partition("分别")[0])
    named = [[about for pattern, about in _FIGURES if pattern.search(item)] for item in items]
    count = sum(map(bool, named))
    if count < 2:
        return []
    found = [each[0] for each in named if len(each) == 1]
    of_decisions = any(about.startswith("publication.") for about in found)
    put_on_show = of_decisions and (_MADE_PUBLIC.search(lead) or not _TAKEN.search(lead))
    in_doubt = len(found) < len(items) or len(set(found)) < len(found) or put_on_show
    return [""] * len(items) if in_doubt else found
