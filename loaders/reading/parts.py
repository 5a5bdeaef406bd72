"""The parts of an OOXML package: found by relationship, read within limits, parsed without trust."""

from __future__ import annotations

import posixpath
import zipfile
from functools import cache
from typing import Any

from lxml import etree

from loaders.document import ReadingError
from loaders.words import of_warnings as warn

MAX_PART = 96 * 1024 * 1024
"""Bytes of one unpacked part; a report's main part has some hundred thousand, its tree in memory ten times as many."""

_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_PROPERTIES = {
    "{http://purl.org/dc/elements/1.1/}title": "title",
    "{http://purl.org/dc/elements/1.1/}creator": "author",
    "{http://purl.org/dc/elements/1.1/}subject": "subject",
    "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}keywords": "keywords",
    "{http://purl.org/dc/terms/}created": "created",
    "{http://purl.org/dc/terms/}modified": "modified",
}

Element = Any  # lxml-stubs leaves child iteration and tags too loose to help


def parse_xml(data: bytes, warnings: list[str] | None = None) -> Element:
    """The root of an XML part. Parts that declare entities are refused: no office program writes them.

    A damaged part gives what can be read of it and a line in `warnings`; `ReadingError` where that is nothing.
    """
    if b"<!ENTITY" in data or b"<!DOCTYPE" in data[:4096]:
        raise ReadingError("damaged", "文件中的 XML 含有实体声明，不予读取")
    try:
        return etree.fromstring(data, _strict_parser())
    except etree.XMLSyntaxError as error:
        try:
            root = etree.fromstring(data, _tolerant_parser())
        except etree.XMLSyntaxError:
            root = None
        if root is None:
            raise ReadingError("damaged", f"文件中的 XML 已损坏（{error}）") from error
        if warnings is not None and "huge" not in str(error).lower():
            warnings.append(warn.FAULTY_XML.zh)
        return root


@cache
def _strict_parser() -> etree.XMLParser:
    """One for all parts: to make a parser takes as long as a small part."""
    return etree.XMLParser(
        resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True, collect_ids=False
    )


def _tolerant_parser() -> etree.XMLParser:
    """For damaged parts, and for good ones beyond the limits of the strict parser."""
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        remove_comments=True,
        remove_pis=True,
        recover=True,
        huge_tree=True,
    )


def unpacked(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    """One member, never more than the size it declares. Raises `ReadingError`."""
    if info.flag_bits & 1:
        raise ReadingError("encrypted", "文件已加密，请去掉密码后再读")
    if info.file_size > MAX_PART:
        raise ReadingError("too-large", f"文件解压后过大（{info.file_size // 2**20} MB），不予读取")
    try:
        return archive.read(info)
    except NotImplementedError as error:
        raise ReadingError("unsupported", f"文件使用了不支持的压缩方式（{error}）") from error
    except Exception as error:  # each compression method has errors of its own, and all mean damage
        raise ReadingError("damaged", f"文件已损坏：{info.filename} 无法解压") from error


class Package:
    """An open OOXML file."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._names = {name.lstrip("/").replace("\\", "/").lower(): name for name in archive.namelist()}
        self.main = ""
        self.warnings: list[str] = []

    def has(self, part: str) -> bool:
        """Whether the package holds a part."""
        return part.lower() in self._names

    def bytes_of(self, part: str) -> bytes:
        """One part unpacked. Raises `ReadingError` if it is missing, encrypted or too large."""
        name = self._names.get(part.lower())
        if name is None:
            raise ReadingError("damaged", f"文件不完整：缺少 {part}")
        info = self._archive.getinfo(name)
        return unpacked(self._archive, info)

    def xml(self, part: str) -> Element:
        """One part parsed."""
        return parse_xml(self.bytes_of(part), self.warnings)

    def main_part(self, usual: str = "word/document.xml") -> str:
        """Where the main part stands: at its usual place or where the package's relationships point."""
        self.main = usual
        if not self.has(usual):
            for relation in self.relationships(""):
                if relation.get("Type", "").endswith("/officeDocument"):
                    self.main = relation.get("Target", "").lstrip("/")
        return self.main

    def relationships(self, part: str) -> list[Element]:
        """The relationships of a part, or of the package itself."""
        folder, name = posixpath.split(part)
        path = posixpath.join(folder, "_rels", f"{name}.rels")
        return list(self.xml(path).iter(_RELATIONSHIP)) if self.has(path) else []

    def target_of(self, kind: str) -> str | None:
        """The part that the main part refers to under a kind such as `numbering`."""
        folder = posixpath.dirname(self.main)
        if self.has(f"{folder}/{kind}.xml"):
            return f"{folder}/{kind}.xml"
        for relation in self.relationships(self.main):
            if relation.get("Type", "").endswith(f"/{kind}"):
                return self.resolve(relation.get("Target", ""))
        return None

    def resolve(self, target: str) -> str:
        """A relationship's target as a path in the package."""
        if target.startswith("/"):
            return target.lstrip("/")
        return posixpath.normpath(posixpath.join(posixpath.dirname(self.main), target))

    def related(self, relation_id: str) -> bytes | None:
        """The part behind a relationship of the main part."""
        for relation in self.relationships(self.main):
            if relation.get("Id") == relation_id and relation.get("TargetMode") != "External":
                part = self.resolve(relation.get("Target", ""))
                return self.bytes_of(part) if self.has(part) else None
        return None

    def properties(self) -> dict[str, str]:
        """Title, author, dates: what the file says about itself. A damaged part says nothing."""
        if not self.has("docProps/core.xml"):
            return {}
        try:
            root = self.xml("docProps/core.xml")
        except (ReadingError, zipfile.BadZipFile):
            self.warnings.append(warn.NO_PROPERTIES.zh)
            return {}
        found = ((_PROPERTIES.get(element.tag), (element.text or "").strip()) for element in root)
        return {name: text for name, text in found if name and text}
