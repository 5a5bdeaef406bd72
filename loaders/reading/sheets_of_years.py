"""Workbooks that keep a sheet for each year: the report is that of the latest, and the sheets before are left out."""

from __future__ import annotations

from collections.abc import Sequence

from loaders.patterns import pattern_of

_YEAR = pattern_of(r"(?<!\d)20[0-4]\d(?!\d)(?!年?(?:度)?(?:版|格式|式样|起|\d|[-.]\d))")
_RELATIVE = pattern_of(r"\s*(?:(上一?年度?|去年|上期)|本年度?|今年|当年|本期)(?:数据|情况|报表|表)?\s*")
_YEAR_OF_THIS = 9999
"""Stands for the year that a sheet calls its own; 0 for the one before."""

_LABELS = frozenset({"自然人", "商业企业", "予以公开", "（一）予以公开", "结果维持", "规章", "行政许可"})
"""Any of them shows that a sheet holds a table of the form."""

Texts = dict[int, dict[int, str]]


def of_latest_year(names: Sequence[str], sheets: Sequence[Texts]) -> list[int]:
    """Which sheets are not of an earlier year than others that hold the form, by their names, else by their titles."""
    all_of_them = list(range(len(names)))
    if len(names) < 2:
        return all_of_them
    years = list(map(_year_in, names))
    if not any(years):
        years = _years_of_titles(sheets)
    latest = {year for year, texts in zip(years, sheets, strict=True) if year is not None and _holds_form(texts)}
    if len(latest) < 2:
        return all_of_them
    return [n for n in all_of_them if years[n] in (None, max(latest))]


def _year_in(name: str) -> int | None:
    """The only year that a name has."""
    named = set(_YEAR.findall(name))
    if named:
        return int(named.pop()) if len(named) == 1 else None
    relative = _RELATIVE.fullmatch(name)
    return (0 if relative[1] else _YEAR_OF_THIS) if relative else None


def _years_of_titles(sheets: Sequence[Texts]) -> list[int | None]:
    """The years that sheets have on top, if these lines are the same but for the year."""
    titles = [next(iter(texts[min(texts)].values()), "") if texts else "" for texts in sheets]
    titles = [title if _YEAR.search(title) else "" for title in titles]
    same = len({_YEAR.sub("", title).strip() for title in titles if title}) == 1
    return [_year_in(title) if same else None for title in titles]


def _holds_form(texts: Texts) -> bool:
    return any(text.strip() in _LABELS for row in texts.values() for text in row.values())
