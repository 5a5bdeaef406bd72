"""The roster: issuers that must report, from CSV or a workbook."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from loaders.identity.names import take_apart
from loaders.identity.places import place_names
from loaders.tables import ROSTER_SCHEMA

_COLUMNS = {
    "issuer_id": ("issuer_id", "机关编号"),
    "issuer": ("issuer", "agency", "name", "机关", "单位", "机关名称", "单位名称", "发布机关", "发布机构", "名称"),
    "region_code": ("region_code", "region", "地区", "行政区划", "区划代码", "行政区划代码", "所在地区"),
    "year": ("year", "年度", "年份", "报告年度"),
}


class RosterError(ValueError):
    """The roster cannot be used; the message is one sentence with file, row and what to do."""


def read_roster(path: str | Path) -> pl.DataFrame:
    """The issuers that must report, with the columns of `ROSTER_SCHEMA`; a null year means every year.

    CSV (UTF-8 or GBK, comma or tab) or xlsx with an issuer (机关名称) or issuer_id, and maybe region (code or name)
    and year. A region that is not given is taken from the name where that settles it. Raises RosterError.
    """
    place = Path(path)
    frame = _named(_read(place), place)
    if "issuer" not in frame.columns and "issuer_id" not in frame.columns:
        raise RosterError(f"{place}：名录没有“机关名称”（issuer）一列，请补上表头")
    missing = [pl.lit(None, pl.String).alias(name) for name in ROSTER_SCHEMA if name not in frame.columns]
    texts = frame.with_columns(missing).select(
        pl.col(name).cast(pl.String).str.strip_chars().replace("", None) for name in ROSTER_SCHEMA
    )
    rows = texts.filter(~pl.all_horizontal(pl.all().is_null()))
    _refuse(rows, pl.col("issuer").is_null() & pl.col("issuer_id").is_null(), place, "没有写机关名称")
    year = pl.col("year").str.extract(r"^((?:19|20)\d{2})(?:\.0)?年?度?$").cast(pl.Int32)
    _refuse(rows, pl.col("year").is_not_null() & year.is_null(), place, "的年份不是四位数字")
    codes = [_region(issuer, region) for issuer, region in rows.select("issuer", "region_code").iter_rows()]
    resolved = rows.with_columns(pl.Series("found", codes, pl.String), year.alias("year"))
    unknown = pl.col("region_code").is_not_null() & pl.col("found").is_null()
    _refuse(resolved, unknown, place, "的地区查不到或不止一处，请改写为六位区划代码")
    return resolved.with_columns(pl.col("found").alias("region_code")).select(*ROSTER_SCHEMA)


def _read(place: Path) -> pl.DataFrame:
    try:
        if place.suffix.lower() in (".xlsx", ".xlsm", ".xls"):
            return pl.read_excel(place, infer_schema_length=0)
        data = place.read_bytes()
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("gb18030")
        first = text.split("\n", 1)[0]
        separator = "\t" if first.count("\t") > first.count(",") else ","
        return pl.read_csv(text.encode(), infer_schema=False, separator=separator)
    except FileNotFoundError as error:
        raise RosterError(f"找不到名录文件{place}") from error
    except (OSError, UnicodeDecodeError, pl.exceptions.PolarsError, ValueError) as error:
        raise RosterError(
            f"{place}：名录读不出，请存为 UTF-8 的 CSV 或 xlsx（{str(error).splitlines()[0]}）"
        ) from error


def _named(frame: pl.DataFrame, place: Path) -> pl.DataFrame:
    names = {alias: name for name, aliases in _COLUMNS.items() for alias in aliases}
    found = {column: names.get(column.strip().lstrip("\ufeff").lower(), "") for column in frame.columns}
    unknown = [column for column, name in found.items() if not name and not frame[column].is_null().all()]
    if unknown:
        raise RosterError(f"{place}：不认识列“{unknown[0]}”，可用的列是机关名称、地区、年份")
    return frame.select(pl.col(column).alias(name) for column, name in found.items() if name)


def _refuse(rows: pl.DataFrame, bad: pl.Expr, place: Path, what: str) -> None:
    wrong = rows.with_row_index("row", offset=2).filter(bad)
    if wrong.height:
        raise RosterError(f"{place}：第{wrong['row'][0]}行{what}")


def _region(issuer: str | None, region: str | None) -> str | None:
    """The code of the region given as code or name, or else of the one that the issuer's name settles."""
    names = place_names()
    if region is not None:
        digits = region.removesuffix(".0")
        if digits.isdigit():
            known = names.regions.get(digits[:6])
            return known.code if known else None
        place = names.at(region, 0)
        whole = place is not None and place.end == len(region)
        codes = place.codes if place is not None and whole else names.regions.by_short_name.get(region, ())
        return codes[0] if len(codes) == 1 else None
    apart = take_apart(issuer, names) if issuer else None
    return apart.codes[0] if apart is not None and len(apart.codes) == 1 else None
