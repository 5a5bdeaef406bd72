"""One report that passes, one that fails and one that a rule says nothing about, for every rule.

The report judged is the first of each tuple; the others are what else is at hand.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from loaders.claims import read_claims
from loaders.report import Report
from tests.flags.factory import applications, litigation, report

THREE = applications(person={"new": 3, "granted": 3})
FORTY = applications(person={"new": 40, "granted": 30, "denied.law": 10})
FREE = {"edition": "legacy", "year": 2016}
TABLES = ("publication", "applications", "litigation")


@dataclass(frozen=True)
class Example:
    """Reports to judge a rule on."""

    passed: tuple[Report, ...]
    failed: tuple[Report, ...]
    not_applicable: tuple[Report, ...]


def told(text: str, cells: dict[str, float] | None = None, section: int = 3, **more: object) -> Report:
    """A report with one section's text of its own, and the claims read from it."""
    made = report(cells, sections={section: text}, **more)  # type: ignore[arg-type]
    made.claims = [claim for claim in read_claims(made.sections, made.identity.year) if claim.section == section]
    return made


def bureaus(*sizes: int) -> tuple[Report, ...]:
    return tuple(
        report(applications(person={"new": size, "granted": size}), issuer=f"青禾县{name}局")
        for size, name in zip(sizes, "甲乙丙丁", strict=False)
    )


def government(size: int) -> Report:
    cells = applications(person={"new": size, "granted": size})
    return report(cells, issuer="青禾县人民政府", kind="government", published=date(2024, 3, 20))


LEGACY = (report(edition="legacy", year=2016, tables=dict.fromkeys(TABLES, "missing")),)
HERD = (
    "转场的两个月里，值班员把补贴名册送到接羔点，对不识字的老人逐户念读。\n"
    "草场核定结果先在大会上过一遍，有异议的当场复测围栏，再贴到红砖墙上。\n"
    "冬营盘信号弱，讲解视频灌进存储卡随饲草车捎去，看完的卡片由邮差收回。"
)
MILL = (
    "磨坊街的三十家豆腐作坊换了明厨玻璃，抽检单贴在门框上，买豆腐的人抬头就能看。\n"
    "收粮季把等级样品摆在粮站门口，农户自己对照，复检由站里出秤。\n"
    "老街改造的图纸摆进茶馆，改了四稿，最后一稿按茶客的意见留了戏台。"
)
BOTH = f"{HERD}\n{MILL}"
STOCK = (
    "2023年，我局高度重视政府信息公开工作，认真贯彻落实《中华人民共和国政府信息公开条例》，坚持以公开为常态、不公开为例外。\n"
    "（一）主动公开情况。及时准确公开各类政府信息，不断拓宽公开渠道。\n"
    "（二）依申请公开情况。未收到政府信息公开申请。\n（三）政府信息管理情况。严格落实保密审查制度。\n"
    "（四）平台建设情况。加强平台建设，提升服务水平。\n（五）监督保障情况。加强组织领导，健全工作机制，强化监督检查。"
)
OWN_FIGURES = applications(person={"new": 23, "granted": 14, "partial": 5, "denied.law": 4})

EXAMPLES: dict[str, Example] = {
    "balance": Example((report(THREE),), (report(THREE | {"new.person": 4}),), LEGACY),
    "outcome-sum": Example((report(THREE),), (report(THREE | {"partial.person": 1}),), LEGACY),
    "applicant-sum": Example((report(THREE),), (report(THREE | {"granted.total": 4}),), LEGACY),
    "litigation-sum": Example(
        (report(litigation(review={"upheld": 2})),), (report({"review.upheld": 2, "review.total": 1}),), LEGACY
    ),
    "invalid-figure": Example((report(THREE),), (report({"new.person": "若干"}),), LEGACY),
    "blank-cells": Example((report(THREE),), (report({"new.person": None}),), LEGACY),
    "all-zero": Example((report(THREE),), (report(),), (report({"new.person": None}),)),
    "low-confidence": Example((report(),), (report(doubtful=["new.person"]),), ()),
    "carry-over": Example(
        (
            report(applications(person={"carried_in": 1, "granted": 1})),
            report({"carried_out.person": 1, "carried_out.total": 1}, year=2022),
        ),
        (report(), report({"carried_out.person": 1, "carried_out.total": 1}, year=2022)),
        (report(),),
    ),
    "in-force": Example(
        (report({"normative.issued": 1, "normative.in_force": 6}), report({"normative.in_force": 5}, year=2022)),
        (report({"normative.issued": 1, "normative.in_force": 5}), report({"normative.in_force": 5}, year=2022)),
        (report(year=2021), report(year=2020, edition="2019")),
    ),
    "zero-streak": Example(
        (report(), report(THREE, year=2022), report(year=2021)),
        (report(), report(year=2022), report(year=2021)),
        (report(), report(year=2022)),
    ),
    "rollup": Example(
        (government(52), *bureaus(10, 15, 27)),
        (government(40), *bureaus(10, 15, 27)),
        (government(5), *bureaus(10, 15, 27)),
    ),
    "text-applications": Example(
        (told("全年收到政府信息公开申请3件。", THREE),),
        (told("全年收到政府信息公开申请5件。", THREE),),
        (told("", THREE),),
    ),
    "text-outcomes": Example(
        (told("收到的政府信息公开申请已办结3件。", THREE),),
        (told("收到的政府信息公开申请已办结5件。", THREE),),
        (told("", THREE),),
    ),
    "text-litigation": Example(
        (told("全年发生行政复议1件。", litigation(review={"upheld": 1}), 4),),
        (told("全年发生行政复议3件。", litigation(review={"upheld": 1}), 4),),
        (told("", THREE),),
    ),
    "text-documents": Example(
        (told("本年制发规范性文件2件。", {"normative.issued": 2}, 1),),
        (told("本年制发规范性文件4件。", {"normative.issued": 2}, 1),),
        (told("", THREE),),
    ),
    "text-share": Example(
        (told("办结政府信息公开申请40件，其中予以公开30件，占75%。", FORTY),),
        (told("办结政府信息公开申请40件，其中予以公开30件，占65%。", FORTY),),
        (told("", FORTY),),
    ),
    "text-sum": Example(
        (told("发布50条，其中动态30条、公告15条、解读5条。", section=1),),
        (told("发布50条，其中动态30条、公告15条、解读4条。", section=1),),
        (told("发布若干条。", section=1),),
    ),
    "missing-section": Example((report(),), (report(without=[5]),), LEGACY),
    "missing-table": Example((report(),), (report(tables={"litigation": "picture"}),), LEGACY),
    "outdated-form": Example((report(),), (report(edition="2019"),), LEGACY),
    "altered-heading": Example((report(),), (report(labels=[("行政规范性文件", "规范性文件")]),), LEGACY),
    "missing-aspect": Example((report(),), (report(sections={1: "全年公开信息20条。"}),), (report(without=[1]),)),
    "missing-fee-statement": Example(
        (report(),), (report(sections={6: "无。"}),), (report(year=2020, edition="2019"),)
    ),
    "wrong-citation": Example(
        (report(),), (report(preface="根据国办公开办函〔2019〕60号编制。"),), (report(preface="根据条例编制。"),)
    ),
    "wrong-year": Example(
        (report(),), (report(preface="统计期限为2022年1月1日至2022年12月31日。"),), (report(year=None),)
    ),
    "foreign-issuer": Example((report(),), (report(signature="青禾县教育局"),), (report(issuer=""),)),
    "duplicate-report": Example(
        (report(), report(path="副本.docx")), (report(), report(THREE, path="副本.docx")), (report(year=None),)
    ),
    "late": Example((report(),), (report(published=date(2024, 2, 5)),), (report(published=None),)),
    "missing-report": Example(
        (report(year=2021), report(year=2022)), (report(year=2021), report(year=2023)), (report(year=None),)
    ),
    "copied-from-peer": Example(
        (report(sections={1: HERD}), report(issuer="白河县粮食局", county="白河县", sections={1: MILL})),
        (report(sections={1: BOTH}), report(issuer="白河县粮食局", county="白河县", sections={1: BOTH})),
        (report(sections=dict.fromkeys(range(1, 7), "")),),
    ),
    "copied-from-last-year": Example(
        (report(sections={1: HERD}), report(year=2022, sections={1: MILL})),
        (report(sections={1: BOTH}), report(year=2022, sections={1: BOTH})),
        (report(sections={1: HERD}),),
    ),
    "repeated-figures": Example(
        (report(OWN_FIGURES), report(FORTY, year=2022)),
        (report(OWN_FIGURES), report(OWN_FIGURES, year=2022)),
        (report(OWN_FIGURES),),
    ),
    "boilerplate-only": Example(
        (report(sections={1: STOCK + MILL}),),
        (report(sections={1: STOCK, 5: "公开意识有待增强，下一步加强业务培训。"}),),
        (report(sections=dict.fromkeys(range(1, 7), "")),),
    ),
    "placeholder": Example(
        (report(),),
        (report(sections={1: "2023年，XX局公开信息××件。"}),),
        (report(without=range(1, 7), preface="", title="", signature=""),),
    ),
    "contaminated-text": Example(
        (report(),),
        (report(sections={1: "推进政务beat365手机版官方网站公开。"}),),
        (report(without=range(1, 7), preface="", title="", signature=""),),
    ),
    "outlier-jump": Example(
        tuple(report({"licensing.decisions": 40 + year % 7}, year=year) for year in range(2023, 2016, -1)),
        tuple(
            report({"licensing.decisions": 9000 if year == 2023 else 40 + year % 7}, year=year)
            for year in range(2023, 2016, -1)
        ),
        (report(edition="legacy", year=2016, tables=dict.fromkeys(TABLES, "missing")),),
    ),
    "zero-disclosure": Example(
        (report(FORTY),), (report(applications(person={"new": 40, "denied.law": 40})),), (report(THREE),)
    ),
    "low-disclosure": Example(
        (report(FORTY),), (report(applications(person={"new": 60, "granted": 2, "denied.law": 58})),), (report(THREE),)
    ),
    "high-correction": Example(
        (report(litigation(review={"upheld": 60, "corrected": 1})),),
        (report(litigation(review={"upheld": 6, "corrected": 54})),),
        (report(),),
    ),
}
