"""What little of a page's styles matters here: what is hidden, what acts as table, what is page furniture."""

from __future__ import annotations

import re
from typing import Any

from loaders.patterns import pattern_of
from loaders.reading.word.numbering import format_number

Element = Any  # lxml-stubs leaves child iteration and tags too loose to help

_RULE = pattern_of(r"([^{}]+)\{([^{}]*)\}")
_FOR_OTHERS = pattern_of(
    r"@media[^{]*(?:\bprint\b|handheld|max-(?:device-)?width\s*:\s*(?:(?:\d{1,3}|10\d\d)(?:\.\d+)?px|\d\d(?:\.\d+)?r?em))"
    r"[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}",
    re.I,
)
"""Rules for paper and for telephones, which hide what a wide screen shows and show what it hides."""
_SIMPLE = pattern_of(r"(?:[a-zA-Z]\w*)?([.#])([\w-]+)$")
_DISPLAY = pattern_of(r"(?<![-\w])display\s*:\s*([\w-]+)", re.I)
_INVISIBLE = pattern_of(
    r"(?<![-\w])(?:visibility\s*:\s*(?:hidden|collapse)|opacity\s*:\s*0(?![.\d])|color\s*:\s*transparent"
    r"|text-indent\s*:\s*-\d{3}|(?:left|top)\s*:\s*-\d{4}|clip\s*:\s*rect\(\s*0)",
    re.I,
)
"""Unseen, clear as glass, or far off the page."""
_LIST_STYLE = pattern_of(r"list-style(?:-type)?\s*:\s*([\w-]+)", re.I)
_TABLE_ROLES = {
    "table": "table",
    "grid": "table",
    "row": "table-row",
    "cell": "table-cell",
    "gridcell": "table-cell",
    "columnheader": "table-cell",
    "rowheader": "table-cell",
}
_TABLE_NAMES = {
    "table": "table",
    "tr": "table-row",
    "table-row": "table-row",
    "td": "table-cell",
    "th": "table-cell",
    "table-cell": "table-cell",
}
"""Classes whose rules stand in a file of their own, but whose names leave little doubt."""
_WORDS = pattern_of(r"[A-Za-z]+")
_REGION_WORDS = {
    **dict.fromkeys(("nav", "navbar", "navi", "navigation", "menu", "sidebar", "toolbar", "topbar"), "links"),
    **dict.fromkeys(("breadcrumb", "breadcrumbs", "crumb", "crumbs", "dqwz", "weizhi", "mbx"), "crumb"),
    **dict.fromkeys(("share", "bdsharebuttonbox", "bshare", "jiathis", "fenxiang", "print", "fontsize"), "controls"),
    **dict.fromkeys(("qrcode", "ewm", "erweima", "pagination", "pager", "prevnext", "search"), "controls"),
    **dict.fromkeys(("footer", "foot", "copyright", "friendlink", "yqlj"), "foot"),
    **dict.fromkeys(("related", "relation", "relate", "xgwj", "xglj", "xgxx", "xgwd", "recommend"), "links"),
}
_REGION_TAGS = {"nav": "links", "footer": "foot", "aside": "links"}
_TITLE_TAGS = ("h1", "h2", "h3")
_TITLE_WORDS = frozenset(("title", "biaoti", "bt", "tit"))


_LIST_STYLES = {
    "a": "lowerLetter",
    "A": "upperLetter",
    "i": "lowerRoman",
    "I": "upperRoman",
    "lower-alpha": "lowerLetter",
    "upper-alpha": "upperLetter",
    "lower-roman": "lowerRoman",
    "upper-roman": "upperRoman",
    "cjk-ideographic": "chineseCounting",
    "simp-chinese-informal": "chineseCounting",
    "trad-chinese-informal": "chineseCounting",
    "cjk-decimal": "ideographDigital",
}
_CHINESE_LISTS = ("cjk-ideographic", "simp-chinese-informal", "trad-chinese-informal", "cjk-decimal")


def told_of(root: Element) -> dict[str, list[Element]]:
    """The elements that tell of a page instead of standing in it, by their tags; one pass is enough for all."""
    found: dict[str, list[Element]] = {"title": [], "meta": [], "link": [], "style": []}
    for element in root.iter(*found):
        found[element.tag].append(element)
    return found


class Styles:
    """The styles of one page, from its elements `style`; made with None it knows of nothing hidden."""

    def __init__(self, sheets: list[Element] | None) -> None:
        self._displays: dict[str, str] = {}
        self._hides = sheets is not None
        for sheet in sheets or ():
            self._read_sheet(sheet.text or "")
        self.key = self._hides, frozenset(self._displays.items())
        """What two pages share whose styles say the same."""

    def _read_sheet(self, sheet: str) -> None:
        if not _DISPLAY.search(sheet) and not _INVISIBLE.search(sheet):
            return
        if "@" in sheet:
            sheet = _FOR_OTHERS.sub("", sheet)
        for selectors, rules in _RULE.findall(sheet):
            display = _display_in(rules)
            if display is None:
                continue
            for selector in selectors.split(","):
                found = _SIMPLE.fullmatch(selector.strip())
                if found:
                    self._displays[found[1] + found[2]] = display

    def display(self, attributes: dict[str, str]) -> str | None:
        """The display that attributes and the page's own simple rules give an element; None where they are silent."""
        found = _display_in(attributes.get("style", ""))
        if found is None:
            found = self._by_rule(attributes.get("class", ""), attributes.get("id", ""))
        if found is None and "hidden" in attributes:
            found = "none"
        if found is None:
            found = _TABLE_ROLES.get(attributes.get("role", ""))
        return None if found == "none" and not self._hides else found

    def _by_rule(self, classes: str, identity: str) -> str | None:
        if identity and f"#{identity}" in self._displays:
            return self._displays[f"#{identity}"]
        for name in classes.split():
            found = self._displays.get(f".{name}") or _TABLE_NAMES.get(name.lower())
            if found:
                return found
        return None


def list_style(attributes: dict[str, str]) -> str:
    """How a list prints its numbers, where its attributes say so."""
    found = _LIST_STYLE.search(attributes.get("style", ""))
    return found[1].lower() if found else attributes.get("type", "")


def list_label(number: int, style: str) -> str:
    """What a browser prints before an item of an ordered list."""
    if style == "none":
        return ""
    label = format_number(number, _LIST_STYLES.get(style, "decimal"))
    return f"{label}、" if style in _CHINESE_LISTS else f"{label}. "


def role_of(tag: str, attributes: dict[str, str]) -> tuple[str, bool]:
    """The region of page furniture that tag, class or id name, and whether they call this a title.

    Regions are links, crumb, controls and foot; empty for none.
    """
    names = f"{attributes.get('class', '')} {attributes.get('id', '')}"
    words = [word.lower() for word in _WORDS.findall(names)]
    region = next((_REGION_WORDS[word] for word in words if word in _REGION_WORDS), _REGION_TAGS.get(tag, ""))
    return region, tag in _TITLE_TAGS or any(word in _TITLE_WORDS for word in words)


def _display_in(style: str) -> str | None:
    match = _DISPLAY.search(style)
    if match:
        return match[1].lower()
    return "none" if _INVISIBLE.search(style) else None
