"""The parts of an OFD file: its document, its pages with their templates, and its pictures."""

from __future__ import annotations

import posixpath
import zipfile
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from loaders.document import ReadingError
from loaders.reading.parts import MAX_PART, parse_xml, unpacked

_ENTRY = "OFD.xml"
_MOST_PAGES = 300
"""A yearly report has a few pages; a file with more is something else."""

_LARGEST_NUMBER = 1e6
"""What adds up to more, or is no number at all (nan), is no length on a page."""

_A4 = (0.0, 0.0, 210.0, 297.0)
_PROPERTIES = {"Title": "title", "Author": "author", "CreationDate": "created", "ModDate": "modified"}

Area = tuple[float, float, float, float]
"""Left, top, width and height in millimetres."""

Element = Any  # lxml-stubs leaves child iteration and tags too loose to help


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its area and its layers of objects, those of its template first."""

    area: Area
    layers: list[Element]


@dataclass(slots=True)
class Container:
    """An open OFD file."""

    pages: list[Page] = field(default_factory=list)
    metadata: dict[str, str] = field(default_factory=dict)
    pictures: dict[str, str] = field(default_factory=dict)
    """By the number under which objects refer to them: where they stand in the file."""
    warnings: list[str] = field(default_factory=list)


def local_name(element: Element) -> str:
    """The name without its namespace, which programs write differently."""
    return _local(element.tag)


@lru_cache(maxsize=256)
def _local(tag: object) -> str:
    return str(tag).rpartition("}")[2]


def numbers(text: str | None) -> list[float]:
    """The numbers of an attribute; none where it holds anything else."""
    try:
        found = list(map(float, text.split())) if text else []
    except ValueError:
        return []
    return found if sum(map(abs, found)) < _LARGEST_NUMBER else []


def open_container(archive: zipfile.ZipFile) -> Container:
    """The first document of a file. Raises `ReadingError`: damaged, encrypted or too-large."""
    return _Opening(archive).container()


class _Opening:
    """Follows the references from part to part."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._infos = {_plain(info.filename): info for info in archive.infolist()}
        self._found = Container()
        self._unpacked = 0

    def container(self) -> Container:
        if any(posixpath.basename(name) == "encryptions.xml" for name in self._infos):
            raise ReadingError("encrypted", "OFD 文件已加密，请去掉密码后再读")
        body = _first(self._xml(_ENTRY), "DocBody")
        root = "" if body is None else _text_of(body, "DocRoot")
        if body is None or not root:
            raise ReadingError("damaged", "OFD 文件不完整：没有写明文档所在")
        self._found.metadata = {
            name: text for element, name in _PROPERTIES.items() if (text := _text_of(body, element))
        }
        self._read_document(_joined("", root))
        return self._found

    def _read_document(self, path: str) -> None:
        document = self._xml(path)
        area = _area_of(_first(document, "CommonData"), _A4)
        templates = {
            each.get("ID", ""): _joined(path, each.get("BaseLoc", "")) for each in _all(document, "TemplatePage")
        }
        for name in ("PublicRes", "DocumentRes"):
            for reference in _all(document, name):
                self._note_pictures(_joined(path, (reference.text or "").strip()))
        references = [each for each in _all(document, "Page") if each.get("BaseLoc")]
        if len(references) > _MOST_PAGES:
            raise ReadingError("too-large", f"OFD 有 {len(references)} 页，不像年度报告；请只保留报告部分再读取")
        for reference in references:
            self._found.pages.append(self._page(_joined(path, reference.get("BaseLoc", "")), area, templates))

    def _page(self, path: str, area: Area, templates: dict[str, str]) -> Page:
        content = self._xml(path)
        layers: list[Element] = []
        for template in _all(content, "Template"):
            part = templates.get(template.get("TemplateID", ""), "")
            if part and self._has(part):
                layers += _all(self._xml(part), "Layer")
        layers += _all(content, "Layer")
        return Page(_area_of(content, area), layers)

    def _note_pictures(self, path: str) -> None:
        if not self._has(path):
            return
        resources = self._xml(path)
        folder = posixpath.join(posixpath.dirname(path), resources.get("BaseLoc", ""))
        for media in _all(resources, "MultiMedia"):
            name = _text_of(media, "MediaFile")
            for place in (posixpath.join(folder, name), posixpath.join(posixpath.dirname(path), name)):
                if name and self._has(place):
                    self._found.pictures.setdefault(media.get("ID", ""), self._infos[_plain(place)].filename)

    def _has(self, path: str) -> bool:
        return _plain(path) in self._infos

    def _xml(self, path: str) -> Element:
        info = self._infos.get(_plain(path))
        if info is None:
            raise ReadingError("damaged", f"OFD 文件不完整：缺少 {path}")
        self._unpacked += info.file_size
        if self._unpacked > MAX_PART:  # a hundred pages may be one and the same part
            raise ReadingError("too-large", f"文件解压后过大（超过 {MAX_PART // 2**20} MB），不予读取")
        return parse_xml(unpacked(self._archive, info), self._found.warnings)


def _plain(path: str) -> str:
    """A path in the file as it is compared: programs differ in case, slashes and what leads it."""
    return posixpath.normpath(path.replace("\\", "/")).lstrip("/").lower()


def _joined(part: str, reference: str) -> str:
    """Where a reference in a part points to."""
    reference = reference.replace("\\", "/")
    return reference if reference.startswith("/") else posixpath.join(posixpath.dirname(part), reference)


def _all(root: Element, name: str) -> list[Element]:
    return list(root.iter(f"{{*}}{name}"))


def _first(root: Element | None, name: str) -> Element | None:
    return None if root is None else next(root.iter(f"{{*}}{name}"), None)


def _text_of(root: Element, name: str) -> str:
    element = _first(root, name)
    return "" if element is None else (element.text or "").strip()


def _area_of(root: Element | None, otherwise: Area) -> Area:
    element = _first(root, "PhysicalBox")
    sides = [] if element is None else numbers(element.text)
    if len(sides) != len(otherwise) or min(sides[2:]) <= 0:
        return otherwise
    left, top, width, height = sides
    return left, top, width, height
