"""Faults to plant into sound reports, rule by rule, with what they rightly raise besides."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date

from loaders.claims import read_claims
from loaders.report import Evidence, Report
from tests.flags.factory import APPLICANTS
from tests.flags.sound import SoundReport

SUMS = ("balance", "outcome-sum", "applicant-sum")
TEXT = ("text-applications", "text-outcomes", "text-litigation", "text-documents", "text-share", "text-sum")
OVER_TIME = ("carry-over", "in-force")


@dataclass
class Corpus:
    """Sound reports into which faults are planted; a report or issuer is used once."""

    reports: list[SoundReport]
    chance: random.Random
    used: set[str] = field(default_factory=set)
    expected: set[tuple[str, str]] = field(default_factory=set)
    tolerated: set[tuple[str, str]] = field(default_factory=set)
    added: list[Report] = field(default_factory=list)
    removed: set[str] = field(default_factory=set)

    def pick(self, fits: Callable[[SoundReport], bool] = lambda each: True) -> SoundReport | None:
        """A report of an issuer that no fault was planted with yet."""
        free = [
            each
            for each in self.reports
            if each.agency.name not in self.used and each.agency.kind != "government" and fits(each)
        ]
        if not free:
            return None
        chosen = self.chance.choice(free)
        self.used.add(chosen.agency.name)
        # What the government sums up may no longer fit.
        self.tolerated |= {(r.report.path, "rollup") for r in self.reports if r.agency.kind == "government"}
        return chosen

    def of_issuer(self, one: SoundReport) -> list[SoundReport]:
        return [each for each in self.reports if each.agency.name == one.agency.name]

    def raises(self, one: Report, rule: str, *tolerated: str) -> None:
        self.expected.add((one.path, rule))
        self.tolerated |= {(one.path, each) for each in tolerated}

    def tolerate(self, one: SoundReport, *rules: str) -> None:
        """What a change of figures may raise in all reports of the issuer."""
        self.tolerated |= {(each.report.path, rule) for each in self.of_issuer(one) for rule in rules}

    def __post_init__(self) -> None:
        for each in self.reports:
            if not each.cells:
                self.tolerated.add((each.report.path, "all-zero"))


Plant = Callable[[Corpus], bool]
FAULTS: dict[str, list[Plant]] = {}


def plants(rule: str) -> Callable[[Plant], Plant]:
    def add(plant: Plant) -> Plant:
        FAULTS.setdefault(rule, []).append(plant)
        return plant

    return add


def _set(one: SoundReport, key: str, value: float | None, raw: str | None = None) -> None:
    reading = one.report.form.figures[key]
    reading.value = value
    reading.raw = raw if raw is not None else "" if value is None else f"{value:g}"


def _get(one: SoundReport, key: str) -> float:
    return one.report.form.figures[key].value or 0.0


def _retell(one: SoundReport, section: int, text: str) -> None:
    made = one.report
    made.sections = [replace(each, text=text) if each.section == section else each for each in made.sections]
    made.claims = [replace(c, value=float(c.value)) for c in read_claims(made.sections, made.identity.year)]
    made.text = "\n".join([made.preface, *(f"{each.heading}\n{each.text}" for each in made.sections)])


def _text(one: SoundReport, section: int) -> str:
    return next(each.text for each in one.report.sections if each.section == section)


def _busy(one: SoundReport) -> bool:
    return _get(one, "applications.total.total") >= 3


def _add_line(one: SoundReport, line: str, section: int = 1) -> None:
    _retell(one, section, f"{_text(one, section)}\n{line}".strip())


def _year(one: SoundReport) -> int:
    assert one.report.identity.year is not None
    return one.report.identity.year


def _new_edition(one: SoundReport) -> bool:
    return one.report.form.edition == "2021"


# Arithmetic


@plants("balance")
def wrong_new(corpus: Corpus) -> bool:
    one = corpus.pick(_busy)
    if one is None:
        return False
    column = corpus.chance.choice((*APPLICANTS, "total"))
    key = f"applications.new.{column}"
    _set(one, key, _get(one, key) + corpus.chance.randint(1, 9))
    corpus.raises(one.report, "balance", "applicant-sum", *TEXT, "all-zero")
    corpus.expected.add((one.report.path, "applicant-sum"))
    corpus.tolerate(one, "text-share", "rollup")
    return True


@plants("outcome-sum")
def wrong_outcome(corpus: Corpus) -> bool:
    one = corpus.pick(_busy)
    if one is None:
        return False
    row = corpus.chance.choice(("granted", "partial", "denied.secret", "unavailable.unclear", "rejected.excessive"))
    key = f"applications.{row}.{corpus.chance.choice(APPLICANTS)}"
    _set(one, key, _get(one, key) + corpus.chance.randint(1, 9))
    corpus.raises(one.report, "outcome-sum", *TEXT)
    corpus.expected.add((one.report.path, "applicant-sum"))
    corpus.tolerate(one, "text-share")
    return True


@plants("applicant-sum")
def wrong_total_column(corpus: Corpus) -> bool:
    one = corpus.pick(_busy)
    if one is None:
        return False
    _set(one, "applications.total.total", _get(one, "applications.total.total") + 1)
    corpus.raises(one.report, "applicant-sum", *TEXT)
    corpus.expected |= {(one.report.path, "balance"), (one.report.path, "outcome-sum")}
    corpus.tolerate(one, "text-share")
    return True


@plants("litigation-sum")
def wrong_result(corpus: Corpus) -> bool:
    one = corpus.pick()
    if one is None:
        return False
    group = corpus.chance.choice(("review", "direct", "after_review"))
    key = f"litigation.{group}.{corpus.chance.choice(('upheld', 'corrected', 'total'))}"
    _set(one, key, _get(one, key) + corpus.chance.randint(1, 4))
    corpus.raises(one.report, "litigation-sum", *TEXT)
    corpus.tolerate(one, "all-zero", "zero-streak")
    return True


@plants("invalid-figure")
def negative_or_words(corpus: Corpus) -> bool:
    one = corpus.pick()
    if one is None:
        return False
    value, raw = corpus.chance.choice(((-3.0, "-3"), (2.5, "2.5"), (None, "若干"), (None, "见附件")))
    key = corpus.chance.choice(
        ("applications.granted.legal", "litigation.direct.other", "publication.penalty.decisions")
    )
    _set(one, key, value, raw)
    corpus.raises(one.report, "invalid-figure", *SUMS, "litigation-sum", *TEXT, "all-zero", "zero-streak")
    return True


@plants("blank-cells")
def blank_cells(corpus: Corpus) -> bool:
    one = corpus.pick()
    if one is None:
        return False
    keys = [key for key in one.report.form.figures if not _get(one, key)]
    for key in corpus.chance.sample(keys, corpus.chance.choice((1, 2, 40, 100))):
        _set(one, key, None)
    corpus.raises(one.report, "blank-cells", "all-zero", "zero-streak")
    return True


@plants("all-zero")
def all_zero(corpus: Corpus) -> bool:
    one = corpus.pick()
    if one is None:
        return False
    for key in one.report.form.figures:
        _set(one, key, 0.0)
    corpus.raises(one.report, "all-zero", *TEXT)
    corpus.tolerate(one, *OVER_TIME, "zero-streak", "text-share")
    return True


@plants("low-confidence")
def poor_scan(corpus: Corpus) -> bool:
    one = corpus.pick()
    if one is None:
        return False
    for key in corpus.chance.sample(sorted(one.report.form.figures), 3):
        one.report.form.figures[key].confidence = 0.4
    corpus.raises(one.report, "low-confidence", "all-zero")
    return True


# Over time


@plants("carry-over")
def broken_carry_over(corpus: Corpus) -> bool:
    one = corpus.pick(lambda each: _year(each) > 2020)
    if one is None:
        return False
    for where in ("person", "total"):
        for row in ("carried_in", "carried_out"):
            key = f"applications.{row}.{where}"
            _set(one, key, _get(one, key) + 2)
    corpus.raises(one.report, "carry-over", *TEXT)
    corpus.expected |= {
        (each.report.path, "carry-over") for each in corpus.of_issuer(one) if _year(each) == _year(one) + 1
    }
    corpus.tolerate(one, "all-zero", "zero-streak", "text-share")
    return True


@plants("in-force")
def broken_in_force(corpus: Corpus) -> bool:
    one = corpus.pick(lambda each: _year(each) > 2021)
    if one is None:
        return False
    key = "publication.normative.in_force"
    _set(one, key, _get(one, key) + corpus.chance.randint(1, 20))
    corpus.raises(one.report, "in-force", *TEXT)
    corpus.expected |= {
        (each.report.path, "in-force") for each in corpus.of_issuer(one) if _year(each) == _year(one) + 1
    }
    corpus.tolerate(one, "all-zero", "zero-streak")
    return True


@plants("zero-streak")
def three_years_of_zeros(corpus: Corpus) -> bool:
    one = corpus.pick()
    if one is None:
        return False
    reports = corpus.of_issuer(one)
    for each in reports:
        for key in each.report.form.figures:
            _set(each, key, 0.0)
        corpus.raises(each.report, "all-zero", *TEXT)
        if _year(each) >= 2022:
            corpus.raises(each.report, "zero-streak")
    return True


@plants("missing-report")
def lost_report(corpus: Corpus) -> bool:
    one = corpus.pick(lambda each: _year(each) > 2020)
    if one is None:
        return False
    corpus.removed.add(one.report.path)
    before = next(each for each in corpus.of_issuer(one) if _year(each) == _year(one) - 1)
    corpus.raises(before.report, "missing-report")
    corpus.tolerate(one, *OVER_TIME, "zero-streak", "text-share")
    return True


@plants("duplicate-report")
def second_version(corpus: Corpus) -> bool:
    one = corpus.pick()
    if one is None:
        return False
    path = one.report.path.replace(".docx", "（更新）.docx")
    copy = replace(one.report, path=path, report_id=f"id:{path}")
    if corpus.chance.random() < 0.5:
        copy.sections = [
            replace(each, text=each.text + "另新增便民举措两项。") if each.section == 5 else each
            for each in copy.sections
        ]
    else:
        copy.form = replace(copy.form, figures=dict(copy.form.figures))
        key = "publication.penalty.decisions"
        copy.form.figures[key] = replace(copy.form.figures[key], value=_get(one, key) + 4)
    corpus.added.append(copy)
    corpus.raises(one.report, "duplicate-report", "all-zero", "zero-streak")
    corpus.raises(copy, "duplicate-report", "all-zero", "zero-streak")
    corpus.tolerate(one, "rollup")
    return True


@plants("late")
def published_late(corpus: Corpus) -> bool:
    one = corpus.pick()
    if one is None:
        return False
    one.report.identity.published_on = date(_year(one) + 1, corpus.chance.randint(2, 12), corpus.chance.randint(1, 28))
    corpus.raises(one.report, "late")
    return True


@plants("rollup")
def left_out_of_the_sum(corpus: Corpus) -> bool:
    governments = [
        each
        for each in corpus.reports
        if each.agency.kind == "government"
        and each.agency.name not in corpus.used
        and _get(each, "applications.new.total") >= 20
    ]
    if not governments:
        return False
    one = corpus.chance.choice(governments)
    corpus.used.add(one.agency.name)
    cut = corpus.chance.uniform(0.35, 0.85)
    column_keys = [f"applications.{row}.{c}" for row in ("new", "granted") for c in ("person", "total")]
    lost = round(_get(one, "applications.granted.person") * cut)
    for key in column_keys:
        _set(one, key, max(0.0, _get(one, key) - lost))
    for where in ("person", "total"):
        _set(one, f"applications.total.{where}", _get(one, f"applications.total.{where}") - lost)
    corpus.raises(one.report, "rollup", *TEXT, *SUMS)
    corpus.tolerate(one, "rollup", "text-share")
    return lost > 3


# Text against tables


@plants("text-applications")
def other_count_in_text(corpus: Corpus) -> bool:
    one = corpus.pick(lambda each: bool(re.search(r"收到政府信息公开申请\d+件", _text(each, 1))))
    if one is None:
        return False
    wrong = int(
        _get(one, "applications.new.total") + _get(one, "applications.carried_in.total")
    ) + corpus.chance.randint(1, 7)
    text = re.sub(r"收到政府信息公开申请\d+件", f"收到政府信息公开申请{wrong}件", _text(one, 1))
    _retell(one, 1, text)
    corpus.raises(one.report, "text-applications", "text-sum", "text-share")
    return True


@plants("text-applications")
def one_in_text_none_in_table(corpus: Corpus) -> bool:
    one = corpus.pick(lambda each: not _get(each, "applications.new.total") and "申请" in _text(each, 1))
    if one is None or _get(one, "applications.carried_in.total"):
        return False
    _add_line(one, "我们全年收到政府信息公开申请一件，已按时答复申请人。")
    corpus.raises(one.report, "text-applications")
    return True


@plants("text-outcomes")
def other_outcome_in_text(corpus: Corpus) -> bool:
    one = corpus.pick(_busy)
    if one is None:
        return False
    decided = int(_get(one, "applications.total.total") + _get(one, "applications.carried_out.total"))
    kind = corpus.chance.choice(("办结", "granted"))
    if kind == "办结":
        _add_line(one, f"{_year(one)}年共办结政府信息公开申请{decided + corpus.chance.randint(1, 5)}件。", 3)
    else:
        wrong = int(_get(one, "applications.granted.total") + _get(one, "applications.partial.total")) + 2
        _add_line(one, f"{_year(one)}年受理的政府信息公开申请中，予以公开{wrong}件。", 3)
    corpus.raises(one.report, "text-outcomes")
    return True


@plants("text-litigation")
def other_dispute_in_text(corpus: Corpus) -> bool:
    one = corpus.pick()
    if one is None:
        return False
    review = int(_get(one, "litigation.review.total"))
    lawsuits = int(sum(_get(one, f"litigation.{group}.total") for group in ("direct", "after_review")))
    line = corpus.chance.choice(
        (
            f"{_year(one)}年发生行政复议{review + corpus.chance.randint(1, 3)}件。",
            f"因政府信息公开引发行政诉讼{lawsuits + corpus.chance.randint(1, 3)}件。",
        )
    )
    _add_line(one, line, 4)
    corpus.raises(one.report, "text-litigation")
    return True


@plants("text-documents")
def other_documents_in_text(corpus: Corpus) -> bool:
    one = corpus.pick(_new_edition)
    if one is None:
        return False
    wrong = int(_get(one, "publication.normative.issued")) + corpus.chance.randint(1, 5)
    _add_line(one, f"（六）文件制定情况。{_year(one)}年制发规范性文件{wrong}件。")
    corpus.raises(one.report, "text-documents")
    return True


@plants("text-share")
def wrong_share(corpus: Corpus) -> bool:
    one = corpus.pick(lambda each: _get(each, "applications.total.total") >= 5)
    if one is None:
        return False
    granted, decided = _get(one, "applications.granted.total"), _get(one, "applications.total.total")
    received = decided + _get(one, "applications.carried_out.total")
    wholes = (decided, _get(one, "applications.new.total"), received)
    parts = (granted, granted + _get(one, "applications.partial.total"))
    true = [100 * part / whole for part in parts for whole in wholes if whole]
    wrong = next(each for each in range(7, 95) if all(abs(each - value) > 6 for value in true))
    _add_line(one, f"办结政府信息公开申请{decided:g}件，其中予以公开{granted:g}件，占{wrong}.5%。", 3)
    corpus.raises(one.report, "text-share")
    return True


@plants("text-share")
def wrong_change(corpus: Corpus) -> bool:
    def fits(each: SoundReport) -> bool:
        last = [r for r in corpus.of_issuer(each) if _year(r) == _year(each) - 1]
        return bool(last) and _get(last[0], "applications.new.total") >= 3 and _busy(each)

    one = corpus.pick(fits)
    if one is None:
        return False
    new = _get(one, "applications.new.total")
    _add_line(one, f"{_year(one)}年新收政府信息公开申请{new:g}件，同比增长{corpus.chance.randint(300, 900)}%。", 3)
    corpus.raises(one.report, "text-share")
    return True


@plants("text-sum")
def wrong_enumeration(corpus: Corpus) -> bool:
    one = corpus.pick()
    if one is None:
        return False
    parts = [corpus.chance.randint(3, 40) for _ in range(corpus.chance.choice((2, 3, 4, 6)))]
    total = sum(parts) + corpus.chance.choice((-2, -1, 1, 2)) if len(parts) > 2 else sum(parts) - 1
    names = corpus.chance.sample(("动态", "公告", "解读", "预决算", "人事", "规划"), len(parts))
    items = corpus.chance.choice("、，；").join(f"{n}{p}条" for n, p in zip(names, parts, strict=True))
    _add_line(one, f"全年更新栏目内容{total}条，其中{items}。")
    corpus.raises(one.report, "text-sum")
    return True


# Form


@plants("missing-section")
def lost_section(corpus: Corpus) -> bool:
    one = corpus.pick()
    if one is None:
        return False
    lost = corpus.chance.randint(1, 6)
    one.report.sections = [each for each in one.report.sections if each.section != lost]
    one.report.claims = [claim for claim in one.report.claims if claim.section != lost]
    corpus.raises(one.report, "missing-section")
    return True


@plants("missing-table")
def lost_table(corpus: Corpus) -> bool:
    one = corpus.pick()
    if one is None:
        return False
    table = corpus.chance.choice(("publication", "applications", "litigation"))
    one.report.form.tables[table] = corpus.chance.choice(("missing", "picture"))
    for key in one.report.form.figures:
        if key.startswith(table):
            _set(one, key, None)
    corpus.raises(one.report, "missing-table", "all-zero", "zero-streak", *TEXT)
    return True


@plants("missing-aspect")
def lost_aspect(corpus: Corpus) -> bool:
    one = corpus.pick()
    if one is None:
        return False
    lines = _text(one, 1).split("\n")
    names = ("主动公开", "依申请公开", "信息管理", "平台建设", "监督保障")
    lost = corpus.chance.choice([line for line in lines[1:] if any(name in line[:14] for name in names)])
    _retell(one, 1, "\n".join(line for line in lines if line != lost))
    corpus.raises(one.report, "missing-aspect")
    return True


@plants("missing-fee-statement")
def no_word_on_fees(corpus: Corpus) -> bool:
    one = corpus.pick(lambda each: _year(each) >= 2021)
    if one is None:
        return False
    _retell(
        one, 6, corpus.chance.choice(("无。", "没有其他需要报告的事项。", "本年度人大建议、政协提案答复全部公开。"))
    )
    corpus.raises(one.report, "missing-fee-statement")
    return True


@plants("outdated-form")
def old_form(corpus: Corpus) -> bool:
    one = corpus.pick(lambda each: _year(each) == 2020)
    if one is None:
        return False
    later = next(each for each in corpus.of_issuer(one) if _year(each) == 2023)
    later.report.form = replace(one.report.form, figures=dict(one.report.form.figures))
    corpus.raises(later.report, "outdated-form", *TEXT, *OVER_TIME, "all-zero", "zero-streak")
    corpus.tolerate(one, *OVER_TIME, "text-share", "zero-streak")
    return True


@plants("altered-heading")
def altered_heading(corpus: Corpus) -> bool:
    one = corpus.pick(_new_edition)
    if one is None:
        return False
    changed = corpus.chance.choice(
        (
            ("二、主动公开政府信息情况", "2、主动公开政府信息情况"),
            ("行政规范性文件", "规范性文件"),
            ("二、主动公开政府信息情况", "二、主动公开水务信息情况"),
            ("四、政府信息公开行政复议、行政诉讼情况", "四、复议诉讼情况"),
            ("（四）无法提供", "（四）不能提供"),
        )
    )
    one.report.form.labels = [*one.report.form.labels, changed]
    corpus.raises(one.report, "altered-heading")
    return True


@plants("wrong-citation")
def wrong_citation(corpus: Corpus) -> bool:
    one = corpus.pick(lambda each: "报告格式》" in each.report.preface)
    if one is None:
        return False
    right = re.search(r"国办公开办函.{6}\d+号", one.report.preface)
    assert right
    other = "国办公开办函〔2021〕30号" if _year(one) <= 2020 else "国办公开办函〔2019〕60号"
    broken = right[0].replace("国办公开办函", corpus.chance.choice(("国办公开函", "国办函", "国办公办函")))
    wrong = corpus.chance.choice((other, broken, right[0].replace("0号", "1号")))
    one.report.preface = one.report.preface.replace(right[0], wrong)
    one.report.text = one.report.text.replace(right[0], wrong)
    corpus.raises(one.report, "wrong-citation")
    return True


# Identity


@plants("wrong-year")
def wrong_year(corpus: Corpus) -> bool:
    one = corpus.pick()
    if one is None:
        return False
    made, year = one.report, _year(one)
    last = year - 1
    place = corpus.chance.choice(("title", "period", "opening", "fees", "work", "problems"))
    if place == "title":
        made.identity.title = made.identity.title.replace(str(year), str(last))
    elif place == "period":
        period = f"统计期限为{last}年1月1日至{last}年12月31日。"
        made.preface = re.sub(r"统计期限为.*?12月31日。", period, made.preface)
        made.text = re.sub(r"统计期限为.*?12月31日。", period, made.text)
    elif place == "opening":
        _retell(one, 1, f"{last}年，{one.agency.short}坚持公开为常态。" + "\n".join(_text(one, 1).split("\n")[1:]))
    elif place == "fees":
        _retell(one, 6, f"{last}年度{one.agency.short}未收取信息处理费。")
    elif place == "work":
        _add_line(one, f"{last}年，{one.agency.ours}通过网站发布信息{corpus.chance.randint(9, 99)}条。")
    else:
        _retell(
            one,
            5,
            f"{last}年，{one.agency.short}公开工作仍存在解读不够等问题。{year}年，{one.agency.ours}将进一步加强培训。",
        )
    corpus.raises(made, "wrong-year", "missing-aspect", *TEXT)
    return True


@plants("foreign-issuer")
def foreign_issuer(corpus: Corpus) -> bool:
    one = corpus.pick()
    if one is None:
        return False
    made, agency = one.report, one.agency
    bureau = "应急管理局" if "应急" not in agency.name else "司法局"
    other = corpus.chance.choice((agency.county + bureau, agency.county[-1] + bureau, "黑水县" + bureau))
    place = corpus.chance.choice(("preface", "opening", "fees", "signature", "rejected", "self"))
    if place == "preface":
        made.preface += f"如有疑问请与{other}办公室联系。"
        made.text = made.preface + made.text
    elif place == "opening":
        _add_line(one, f"{_year(one)}年，{other}认真贯彻条例规定。")
    elif place == "fees":
        _retell(one, 6, f"{_year(one)}年，{other}未收取信息处理费。")
    elif place == "signature":
        made.signature = f"{other}\n{_year(one) + 1}年1月8日"
    elif place == "rejected":
        made.identity.evidence.append(Evidence("foreign-issuer", agency.county + bureau, "preface", 3.0))
    else:
        _add_line(one, "我镇成立专班抓落实。" if agency.kind == "department" else "我局成立专班抓落实。")
    corpus.raises(made, "foreign-issuer")
    return True
