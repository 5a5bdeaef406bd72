"""A manifest: what is known of files beforehand, from a CSV file or workbook, and goes before what is read."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from loaders.patterns import pattern_of
from loaders.words import UserError, say

if TYPE_CHECKING:
    from loaders.identity.manifest import ManifestRow

_COLUMNS: dict[str, tuple[str, ...]] = {
    "path": ("path", "file", "filename", "路径", "文件", "文件名", "文件路径"),
    "source_url": ("source_url", "address", "url", "link", "地址", "网址", "链接", "来源网址"),
    "issuer": ("issuer", "agency", "机关", "单位", "机关名称", "单位名称", "发布机关", "发布机构"),
    "region": ("region", "region_code", "地区", "行政区划", "区划代码", "行政区划代码"),
    "year": ("year", "年度", "年份", "报告年度"),
    "published_on": ("published_on", "date", "发布日期", "公开日期", "发布时间"),
}
_DATE = pattern_of(r"(\d{4})\D{1,3}(\d{1,2})\D{1,3}(\d{1,2})")


class ManifestError(UserError):
    """The manifest cannot be used; the message names the file, the row and what to do."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """Rows by path and by address. An empty manifest knows nothing of any file."""

    by_path: Mapping[str, ManifestRow] = field(default_factory=dict)
    by_name: Mapping[str, Sequence[str]] = field(default_factory=dict)
    by_address: Mapping[str, ManifestRow] = field(default_factory=dict)

    def row_of(self, path: str) -> ManifestRow | None:
        """What is known of the file: by its path, else by the one row whose path ends like it, or it like the row's."""
        if path in self.by_path:
            return self.by_path[path]
        alike = self.by_name.get(path.rpartition("/")[2], ())
        found = [each for each in alike if path.endswith(f"/{each}") or each.endswith(f"/{path}")]
        return self.by_path[found[0]] if len(found) == 1 else None

    def row_at(self, address: str) -> ManifestRow | None:
        """What is known of the page with this address."""
        return self.by_address.get(_address(address)) if address else None


def text_of(row: ManifestRow | None) -> str:
    """A row as text, to see later whether the manifest has changed; empty for none."""
    if row is None:
        return ""
    held = {name: getattr(row, name) for name in row.__dataclass_fields__}
    return json.dumps(held, ensure_ascii=False, sort_keys=True, default=str)


def read_manifest(path: str | Path) -> Manifest:
    """A manifest from CSV (UTF-8 or GBK) or xlsx.

    Columns: path or source_url, and any of issuer, region (code or name), year, published_on. Raises ManifestError.
    """
    place = Path(path)
    lines = _workbook(place) if place.suffix.lower() in (".xlsx", ".xlsm") else _csv(place)
    header, rows = (lines[0], lines[1:]) if lines else ([], [])
    places = _places(place, header)
    by_path: dict[str, ManifestRow] = {}
    by_address: dict[str, ManifestRow] = {}
    by_name: dict[str, list[str]] = {}
    for number, cells in enumerate(rows, start=2):
        values = {name: cells[at].strip() for name, at in places.items() if at < len(cells) and cells[at].strip()}
        if not values:
            continue
        row = _row(place, number, values)
        file = values.get("path", "").replace("\\", "/").removeprefix("./").strip("/")
        if file:
            by_path[file] = row
            by_name.setdefault(file.rpartition("/")[2], []).append(file)
        if "source_url" in values:
            by_address[_address(values["source_url"])] = row
        if not file and "source_url" not in values:
            raise ManifestError(say("manifest.row", path=place, row=number))
    return Manifest(by_path, by_name, by_address)


def _places(place: Path, header: Sequence[str]) -> dict[str, int]:
    """Column name to its place. Unknown columns are refused: a misspelt one would be lost without a word."""
    names = {alias: name for name, aliases in _COLUMNS.items() for alias in aliases}
    places: dict[str, int] = {}
    for at, written in enumerate(header):
        title = written.strip().lstrip("\ufeff").lower()
        if title and title not in names:
            raise ManifestError(say("manifest.column", path=place, column=written.strip(), known=", ".join(_COLUMNS)))
        if title:
            places[names[title]] = at
    if not {"path", "source_url"} & places.keys():
        raise ManifestError(say("manifest.no-file", path=place))
    return places


def _row(place: Path, number: int, values: Mapping[str, str]) -> ManifestRow:
    from loaders.identity.manifest import ManifestRow

    where = say("manifest.where", path=place, row=number)
    found: dict[str, Any] = {name: values[name] for name in ("path", "issuer", "source_url") if name in values}
    if "region" in values:
        code = re.fullmatch(r"(\d{6})(?:\d{6}|\.0)?", values["region"])
        found |= {"region_code": code[1]} if code else {"region": values["region"]}
    if "year" in values:
        found["year"] = _year(where, values["year"])
    if "published_on" in values:
        found["published_on"] = _date(where, values["published_on"])
    return ManifestRow(**found)


def _year(where: str, text: str) -> int:
    match = re.fullmatch(r"((?:19|20)\d\d)(?:\.0)?年?度?", text)
    if match is None:
        raise ManifestError(say("manifest.year", where=where, text=text))
    return int(match[1])


def _date(where: str, text: str) -> date:
    match = _DATE.match(text)
    try:
        if match is None:
            return datetime.strptime(text, "%Y%m%d").date()
        return date(*map(int, match.groups()))
    except ValueError as error:
        raise ManifestError(say("manifest.date", where=where, text=text)) from error


def _address(text: str) -> str:
    return re.sub(r"^https?://", "", text.strip()).rstrip("/").lower()


def _csv(place: Path) -> list[list[str]]:
    try:
        data = place.read_bytes()
    except OSError as error:
        raise ManifestError(say("manifest.unread", path=place, why=error.strerror or error)) from error
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("gb18030", "replace")
    lines = text.splitlines()
    separator = "\t" if lines and lines[0].count("\t") > lines[0].count(",") else ","
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))


def _workbook(place: Path) -> list[list[str]]:
    import fastexcel
    import polars as pl

    try:
        sheet = fastexcel.read_excel(place).load_sheet(0, header_row=None, dtypes="string").to_polars()
    except (fastexcel.FastExcelError, OSError, pl.exceptions.PolarsError) as error:
        raise ManifestError(say("manifest.no-workbook", path=place, why=error)) from error
    return [_texts(row) for row in sheet.iter_rows()]


def _texts(row: Iterable[object]) -> list[str]:
    return ["" if each is None else str(each) for each in row]
