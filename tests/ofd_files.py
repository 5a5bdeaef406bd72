"""OFD files written by hand, a page at a time. Positions are points from the upper left corner of the page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import groupby
from xml.sax.saxutils import escape

from loaders.demo.pdf_canvas import text_width
from tests.office_files import zip_of

NAMESPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'
_POINT = 25.4 / 72
_CONTENT = (
    '<ofd:Page {names}>{area}{template}<ofd:Content><ofd:Layer ID="1">{objects}</ofd:Layer></ofd:Content></ofd:Page>'
)


@dataclass(frozen=True, slots=True)
class Manner:
    """How a program writes what it puts on a page."""

    single: bool = False
    """Each character is an object of its own."""
    scale: float = 1.0
    """Of the matrix in which text is written."""
    repeats: bool = False
    """Equal steps are written once, with their number."""
    fills: bool = False
    """Lines are thin areas, not strokes."""


@dataclass(slots=True)
class Leaf:
    """A page under construction."""

    manner: Manner = field(default_factory=Manner)
    width: float = 595.0
    height: float = 842.0
    objects: list[str] = field(default_factory=list)
    template: str = ""

    def text(self, text: str, x: float, y: float, size: float = 10, attributes: str = "") -> Leaf:
        """Text with its baseline at `y`."""
        for piece in text if self.manner.single else [text]:
            self._write(piece, x, y, size, attributes)
            x += text_width(piece, size)
        return self

    def _write(self, text: str, x: float, y: float, size: float, attributes: str) -> None:
        scale = self.manner.scale
        steps = [_length(text_width(sign, size) / scale) for sign in text[:-1]]
        if self.manner.repeats:
            steps = [f"g {len(list(same))} {step}" for step, same in groupby(steps)]
        delta = f' DeltaX="{" ".join(steps)}"' if steps else ""
        matrix = f' CTM="{scale} 0 0 {scale} 0 0"' if scale != 1 else ""
        box = " ".join(map(_length, (x, y - size, text_width(text, size), 1.2 * size)))
        code = f'<ofd:TextCode X="0" Y="{_length(size / scale)}"{delta}>{escape(text)}</ofd:TextCode>'
        kind = f'Font="3" Size="{_length(size / scale)}"'
        self.raw(f'<ofd:TextObject Boundary="{box}" {kind}{matrix} {attributes}>{code}</ofd:TextObject>')

    def line(self, x1: float, y1: float, x2: float, y2: float) -> Leaf:
        """A thin line."""
        if self.manner.fills:
            return self.area(min(x1, x2), min(y1, y2), max(abs(x2 - x1), 0.5), max(abs(y2 - y1), 0.5))
        box = " ".join(map(_length, (x1, y1, x2 - x1, y2 - y1)))
        data = f"M 0 0 L {_length(x2 - x1)} {_length(y2 - y1)}"
        return self.raw(f'<ofd:PathObject Boundary="{box}">{_path(data)}</ofd:PathObject>')

    def area(self, x: float, y: float, width: float, height: float) -> Leaf:
        """A filled rectangle."""
        right, bottom = _length(width), _length(height)
        box = f"{_length(x)} {_length(y)} {right} {bottom}"
        data = f"M 0 0 L {right} 0 L {right} {bottom} L 0 {bottom} C"
        return self.raw(f'<ofd:PathObject Boundary="{box}" Stroke="false" Fill="true">{_path(data)}</ofd:PathObject>')

    def picture(self, number: str, x: float, y: float, width: float, height: float) -> Leaf:
        """The picture of this number among those of the file."""
        box = " ".join(map(_length, (x, y, width, height)))
        return self.raw(f'<ofd:ImageObject Boundary="{box}" ResourceID="{number}"/>')

    def rows(self, xs: list[float], top: float, rows: list[list[str]], height: float = 20) -> Leaf:
        """A table with lines."""
        bottom = top + height * len(rows)
        for number in range(len(rows) + 1):
            self.line(xs[0], top + height * number, xs[-1], top + height * number)
        for x in xs:
            self.line(x, top, x, bottom)
        for number, row in enumerate(rows):
            for x, text in zip(xs, row, strict=False):
                if text:
                    self.text(text, x + 4, top + height * number + 14)
        return self

    def raw(self, element: str) -> Leaf:
        """Any object as it is written."""
        self.objects.append(element)
        return self

    def content(self, template: str = "") -> str:
        """The part of the file that holds this page."""
        box = f"0 0 {_length(self.width)} {_length(self.height)}"
        area = f"<ofd:Area><ofd:PhysicalBox>{box}</ofd:PhysicalBox></ofd:Area>"
        template = f'<ofd:Template TemplateID="{template}"/>' if template else ""
        return _CONTENT.format(names=NAMESPACE, area=area, template=template, objects="".join(self.objects))


def ofd(
    *leaves: Leaf, title: str = "", template: Leaf | None = None, pictures: Mapping[str, bytes] | None = None
) -> bytes:
    """The file. `pictures` are named by number; a `template` lies under every page."""
    return zip_of(ofd_parts(*leaves, title=title, template=template, pictures=pictures))


def ofd_parts(
    *leaves: Leaf, title: str = "", template: Leaf | None = None, pictures: Mapping[str, bytes] | None = None
) -> dict[str, str | bytes]:
    """The parts of the file by name."""
    pages = "".join(f'<ofd:Page ID="{n}" BaseLoc="Pages/P{n}.xml"/>' for n in range(len(leaves)))
    under = '<ofd:TemplatePage ID="t" BaseLoc="Tpl.xml"/>' if template else ""
    media = "".join(
        f'<ofd:MultiMedia ID="{number}" Type="Image"><ofd:MediaFile>{number}.png</ofd:MediaFile></ofd:MultiMedia>'
        for number in pictures or {}
    )
    common = f"<ofd:CommonData><ofd:DocumentRes>Res.xml</ofd:DocumentRes>{under}</ofd:CommonData>"
    about = f"<ofd:DocInfo><ofd:Title>{escape(title)}</ofd:Title></ofd:DocInfo>"
    body = f"{about}<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>"
    return {
        "OFD.xml": f"<ofd:OFD {NAMESPACE}><ofd:DocBody>{body}</ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {NAMESPACE}>{common}<ofd:Pages>{pages}</ofd:Pages></ofd:Document>",
        "Doc_0/Res.xml": f'<ofd:Res {NAMESPACE} BaseLoc="Res"><ofd:MultiMedias>{media}</ofd:MultiMedias></ofd:Res>',
        **({"Doc_0/Tpl.xml": template.content()} if template else {}),
        **{f"Doc_0/Pages/P{n}.xml": leaf.content("t" if template else "") for n, leaf in enumerate(leaves)},
        **{f"Doc_0/Res/{number}.png": data for number, data in (pictures or {}).items()},
    }


def _length(points: float) -> str:
    return f"{points * _POINT:.4f}"


def _path(data: str) -> str:
    return f"<ofd:AbbreviatedData>{data}</ofd:AbbreviatedData>"
