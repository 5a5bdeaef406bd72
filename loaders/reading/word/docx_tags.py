"""The tags of Word's XML, in both of its namespaces, and what is asked of single elements."""

from __future__ import annotations

from typing import Any

from loaders.document import Picture
from loaders.reading.layout import MAX_COLUMNS
from loaders.reading.pictured import may_hold_table

W_NAMESPACES = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
_UNITS_A_POINT = 12_700
"""English Metric Units in a point."""

(
    TEXT, TAB, BREAK, HYPHEN, PARAGRAPH, NUM_ID, LEVEL, STYLE, PICTURE,
    GRID_SPAN, V_MERGE, H_MERGE, GRID_BEFORE, ROW, CELL, DELETED, TABLE, HARD,
) = range(18)  # fmt: skip

Element = Any  # lxml-stubs leaves child iteration and tags too loose to help
ALTERNATIVES = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_CHOICE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Choice"
_EXTENT = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}extent"
_BLIP = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"
_IMAGE_DATA = "{urn:schemas-microsoft-com:vml}imagedata"
OFF = ("0", "false", "off", "none")
_RELATIONS = ("elationships}embed", "elationships}id")


_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
MATH_RUN, MATH_TEXT = f"{_MATH}r", f"{_MATH}t"
"""Of figures that were written as formulas."""


class Names:
    """The tags of one of the two namespaces, made once."""

    def __init__(self, w: str) -> None:
        def tag(name: str) -> str:
            return f"{{{w}}}{name}"

        self.body, self.table, self.row, self.cell = tag("body"), tag("tbl"), tag("tr"), tag("tc")
        self.paragraph, self.row_properties, self.run = tag("p"), tag("trPr"), tag("r")
        self.grid_before, self.deleted, self.val = tag("gridBefore"), tag("del"), tag("val")
        self.text, self.content_box, self.chunk = tag("t"), tag("txbxContent"), tag("altChunk")
        self.vanish, self.run_properties, self.control = tag("vanish"), tag("rPr"), tag("sdt")
        self.strikes, self.raised = (tag("strike"), tag("dstrike")), tag("vertAlign")
        self.position, self.cell_properties = tag("pos"), tag("tcPr")
        self.paragraph_properties, self.number_properties = tag("pPr"), tag("numPr")
        self.style = tag("pStyle")
        self.hyperlink, self.anchor, self.gallery = tag("hyperlink"), tag("anchor"), tag("docPartGallery")
        self.wrappers = {tag(n) for n in ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo", "hyperlink")}
        self.left_out = {tag(n) for n in ("del", "moveFrom", "rt", "sectPr", "tblPr", "tblGrid", "footnote")}
        self.kinds: dict[str, int] = {
            self.text: TEXT,
            MATH_TEXT: TEXT,
            tag("tab"): TAB,
            tag("ptab"): TAB,
            tag("br"): BREAK,
            tag("cr"): BREAK,
            tag("noBreakHyphen"): HYPHEN,
            self.paragraph: PARAGRAPH,
            tag("numId"): NUM_ID,
            tag("ilvl"): LEVEL,
            self.style: STYLE,
            tag("drawing"): PICTURE,
            tag("pict"): PICTURE,
            tag("object"): PICTURE,
            self.table: TABLE,
            self.content_box: HARD,
            tag("moveFrom"): HARD,
            tag("rt"): HARD,
            self.vanish: HARD,
            self.hyperlink: HARD,
            ALTERNATIVES: HARD,
        }
        self.table_kinds = self.kinds | {
            tag("gridSpan"): GRID_SPAN,
            tag("vMerge"): V_MERGE,
            tag("hMerge"): H_MERGE,
            self.grid_before: GRID_BEFORE,
            self.row: ROW,
            self.cell: CELL,
            self.deleted: DELETED,
        }
        self.inline = tuple(self.kinds)
        self.in_table = tuple(self.table_kinds)


NAMES = {w: Names(w) for w in W_NAMESPACES}
"""The names for each namespace, transitional and strict."""


def names_in(xml: bytes) -> Names:
    """The names for the namespace that a part declares at its start."""
    return NAMES[next((w for w in W_NAMESPACES if w.encode() in xml[:8192]), W_NAMESPACES[0])]


def cell_spans(cell: Element, names: Names) -> tuple[int, str | None, str | None]:
    """Column span, vertical merge and horizontal merge of a cell."""
    span, vertical, horizontal = 1, None, None
    for properties in cell.iterchildren(names.cell_properties):
        for element in properties:
            kind = names.table_kinds.get(element.tag)
            if kind == GRID_SPAN:
                span = column_span(element.get(names.val))
            elif kind == V_MERGE:
                vertical = element.get(names.val) or "continue"
            elif kind == H_MERGE:
                horizontal = element.get(names.val) or "continue"
    return span, vertical, horizontal


def unwrapped(parent: Element, wanted: str, names: Names) -> list[Element]:
    """Children of one tag, also those inside content controls and custom XML."""
    found: list[Element] = []
    pending = list(parent)
    if all(child.tag not in names.wrappers for child in pending):
        return [child for child in pending if child.tag == wanted]
    pending.reverse()
    while pending:
        child = pending.pop()
        if child.tag == wanted:
            found.append(child)
        elif child.tag in names.wrappers:
            pending.extend(reversed(child))
    return found


def chosen(alternatives: Element) -> Element:
    """The first choice; the fallback repeats it for older programs."""
    choice = alternatives.find(_CHOICE)
    if choice is not None:
        return choice
    return alternatives[0] if len(alternatives) else alternatives


def is_hidden(run: Element, names: Names) -> bool:
    """Whether a run is hidden text."""
    properties = run.find(names.run_properties)
    if properties is None:
        return False
    return _is_on(properties.find(names.vanish), names)


def is_struck(run: Element, names: Names) -> bool:
    """Whether a run is struck out."""
    properties = run.find(names.run_properties)
    return properties is not None and any(_is_on(properties.find(name), names) for name in names.strikes)


def is_raised(run: Element, names: Names) -> bool:
    """Whether a run is superscript."""
    properties = run.find(names.run_properties)
    raised = None if properties is None else properties.find(names.raised)
    return raised is not None and raised.get(names.val) == "superscript"


def _is_on(switch: Element | None, names: Names) -> bool:
    return switch is not None and switch.get(names.val, "1") not in OFF


def is_contents(element: Element, names: Names) -> bool:
    """Whether this is a table of contents or a line of one: it repeats every heading of the report."""
    if element.tag == names.hyperlink:
        return str(element.get(names.anchor, "")).startswith("_Toc")
    gallery = next(element.iter(names.gallery), None) if element.tag == names.control else None
    return gallery is not None and gallery.get(names.val) == "Table of Contents"


def large_picture(element: Element) -> Picture | None:
    """The picture that a drawing shows, if it is big enough to hold a table."""
    shown = next(element.iter(_BLIP, _IMAGE_DATA), None)
    if shown is None:
        return None
    source = next((value for name, value in shown.attrib.items() if name.endswith(_RELATIONS)), "")
    extent = next(element.iter(_EXTENT), None)
    if extent is None:
        return Picture(source=source)
    width, height = (integer(extent.get(name), 0) / _UNITS_A_POINT for name in ("cx", "cy"))
    return Picture(source=source, width=width) if may_hold_table(width, height) else None


def column_span(text: str | None) -> int:
    """The columns a cell spans; faulty values span one."""
    return min(max(integer(text, 1), 1), MAX_COLUMNS)


def integer(text: str | None, default: int) -> int:
    """An attribute as a number."""
    try:
        return int(text or default)
    except ValueError:
        return default
