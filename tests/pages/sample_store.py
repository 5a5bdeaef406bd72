"""A real store filled with invented reports: three banners, twelve issuers, five years, with known faults."""

from __future__ import annotations

import random
from datetime import date
from pathlib import Path

import polars as pl

from flags.corpus import make_corpus
from flags.engine import evaluate
from loaders.demo.figures import Workload, invent_figures
from loaders.document import Place
from loaders.file_records import FileRecord, ReadFile, content_hash
from loaders.form.editions import edition
from loaders.frames import to_rows
from loaders.report import Claim, Evidence, Failure, FigureReading, FormReading, Identity, Report, SectionReading
from loaders.store import Store
from loaders.tables import ISSUER_SCHEMA

BANNERS = (("150823", "乌拉特前旗"), ("150824", "乌拉特中旗"), ("150825", "乌拉特后旗"))
ISSUERS = (
    ("水利局", "department"),
    ("教育局", "department"),
    ("河套镇人民政府", "township"),
    ("人民政府", "government"),
)
YEARS = (2019, 2020, 2021, 2022, 2023)


def report_id(code: str, name: str, year: int) -> str:
    return content_hash(f"report-{code}-{name}-{year}".encode())[:16]


def build(folder: Path, banners: int = 3, years: tuple[int, ...] = YEARS) -> Store:
    """Fills a store.

    Of 乌拉特后旗教育局 the year 2021 is missing, 教育局 of 2022 are late, 乌拉特中旗水利局 2023 does not balance,
    and of 乌拉特前旗水利局 2023 one figure is blank.
    """
    files, issuers, ids = [], {}, []
    for code, banner in BANNERS[:banners]:
        for name, kind in ISSUERS:
            rng = random.Random(f"{code}{name}")
            before: dict[str, float | None] = {}
            issuer = banner + name
            for year in years:
                if (banner, name, year) == ("乌拉特后旗", "教育局", 2021):
                    continue
                form = edition("2021" if year >= 2021 else "2019")
                size = 260.0 if kind == "government" else 60.0
                figures = invent_figures(rng, form, Workload(size, 5, 0.5, 300, 80, 9, 40.0), before)
                before = figures
                if (banner, name, year) == ("乌拉特中旗", "水利局", 2023):
                    figures["applications.carried_out.total"] = (figures["applications.carried_out.total"] or 0) + 3
                if (banner, name, year) == ("乌拉特前旗", "水利局", 2023):
                    figures["applications.granted.total"] = None
                report = _report(code, banner, name, kind, year, figures)
                path = f"{banner}/{issuer}-{year}.docx"
                record = FileRecord(
                    str(folder / "files"), path, 1000, 0, content_hash(f"report-{code}-{name}-{year}".encode())
                )
                files.append(ReadFile(record, report))
                ids.append((report.report_id, f"{code}-{name}"))
                issuers.setdefault(f"{code}-{name}", _issuer(code, banner, name, kind, years))
    broken = FileRecord(str(folder / "files"), "坏文件.pdf", 3, 0, content_hash(b"broken"))
    files.append(ReadFile(broken, Failure("坏文件.pdf", "damaged", "文件末尾缺失，无法打开")))
    store = Store(folder)
    store.commit(to_rows(files))
    store.derive(
        pl.DataFrame(list(issuers.values()), schema=ISSUER_SCHEMA),
        pl.DataFrame(ids, schema=["report_id", "issuer_id"], orient="row"),
    )
    store.refresh()
    store.replace_flags(evaluate(make_corpus(store)).flags, "sample")
    store.refresh()
    return store


def _report(code: str, banner: str, name: str, kind: str, year: int, figures: dict[str, float | None]) -> Report:
    issuer = banner + name
    form = edition("2021" if year >= 2021 else "2019")
    new = int(figures["applications.new.total"] or 0)
    text = f"{year}年，{issuer}共收到政府信息公开申请{new}件，均按期答复。全年通过门户网站发布信息{new * 3 + 41}条。"
    start = text.index(f"{new}件")
    readings = {
        key: FigureReading(
            value, "" if value is None else f"{value:g}", 1.0, Place(table=1, row=3 + at // 7, column=1 + at % 7)
        )
        for at, (key, value) in enumerate(figures.items())
    }
    late = (name, year) == ("教育局", 2022)
    sections = [SectionReading(s.number, "一二三四五六"[s.number - 1] + "、" + s.heading, "") for s in form.sections]
    sections[0].text = text + "持续加强组织领导，不断完善工作机制。"
    sections[4].text = "公开内容还不够丰富，下一步将加强业务培训。"
    sections[5].text = "本年度未收取信息处理费。"
    return Report(
        report_id=report_id(code, name, year),
        path=f"{banner}/{issuer}-{year}.docx",
        format="docx",
        bytes=1000,
        identity=Identity(
            title=f"{issuer}{year}年政府信息公开工作年度报告",
            issuer=issuer,
            issuer_kind=kind,
            field_of_work=name,
            region_code=code,
            province="内蒙古自治区",
            prefecture="巴彦淖尔市",
            county=banner,
            year=year,
            published_on=date(year + 1, 3 if late else 1, 17),
            confidence=0.95,
            evidence=[Evidence("issuer", issuer, "title", 1.0)],
        ),
        form=FormReading(
            form.name, readings, dict.fromkeys(("publication", "applications", "litigation"), "present"), 1.0
        ),
        sections=sections,
        claims=[
            Claim("applications.new.total", float(new), f"{new}件", 1, start, start + len(f"{new}件")),
            Claim(
                "channel.website",
                new * 3 + 41.0,
                f"{new * 3 + 41}条",
                1,
                text.index(f"{new * 3 + 41}条"),
                len(text) - 1,
            ),
        ],
        text=text,
    )


def _issuer(code: str, banner: str, name: str, kind: str, years: tuple[int, ...]) -> dict[str, object]:
    return {
        "issuer_id": f"{code}-{name}",
        "issuer": banner + name,
        "names": [banner + name],
        "issuer_kind": kind,
        "field_of_work": name,
        "region_code": code,
        "province": "内蒙古自治区",
        "prefecture": "巴彦淖尔市",
        "county": banner,
        "years": list(years),
    }


if __name__ == "__main__":
    import sys

    build(Path(sys.argv[1]))
