"""Faults in figures, dates and whole reports, rule by rule."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tests.flags.factory import APPLICANTS
from tests.flags.planting import OVER_TIME, SUMS, TEXT, Corpus, figure, is_busy, plants, set_figure, year_of

# Arithmetic


@plants("balance")
def wrong_new(corpus: Corpus) -> bool:
    one = corpus.pick(is_busy)
    if one is None:
        return False
    column = corpus.chance.choice((*APPLICANTS, "total"))
    key = f"applications.new.{column}"
    set_figure(one, key, figure(one, key) + corpus.chance.randint(1, 9))
    corpus.raises(one.report, "balance", "applicant-sum", *TEXT, "all-zero")
    corpus.expected.add((one.report.path, "applicant-sum"))
    corpus.tolerate(one, "text-share", "rollup")
    return True


@plants("outcome-sum")
def wrong_outcome(corpus: Corpus) -> bool:
    one = corpus.pick(is_busy)
    if one is None:
        return False
    row = corpus.chance.choice(("granted", "partial", "denied.secret", "unavailable.unclear", "rejected.excessive"))
    key = f"applications.{row}.{corpus.chance.choice(APPLICANTS)}"
    set_figure(one, key, figure(one, key) + corpus.chance.randint(1, 9))
    corpus.raises(one.report, "outcome-sum", *TEXT)
    corpus.expected.add((one.report.path, "applicant-sum"))
    corpus.tolerate(one, "text-share")
    return True


@plants("applicant-sum")
def wrong_total_column(corpus: Corpus) -> bool:
    one = corpus.pick(is_busy)
    if one is None:
        return False
    set_figure(one, "applications.total.total", figure(one, "applications.total.total") + 1)
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
    set_figure(one, key, figure(one, key) + corpus.chance.randint(1, 4))
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
    set_figure(one, key, value, raw)
    corpus.raises(one.report, "invalid-figure", *SUMS, "litigation-sum", *TEXT, "all-zero", "zero-streak")
    return True


@plants("blank-cells")
def blank_cells(corpus: Corpus) -> bool:
    one = corpus.pick()
    if one is None:
        return False
    keys = [key for key in one.report.form.figures if not figure(one, key)]
    for key in corpus.chance.sample(keys, corpus.chance.choice((1, 2, 40, 100))):
        set_figure(one, key, None)
    corpus.raises(one.report, "blank-cells", "all-zero", "zero-streak")
    return True


@plants("all-zero")
def all_zero(corpus: Corpus) -> bool:
    one = corpus.pick()
    if one is None:
        return False
    for key in one.report.form.figures:
        set_figure(one, key, 0.0)
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
    one = corpus.pick(lambda each: year_of(each) > 2020)
    if one is None:
        return False
    for where in ("person", "total"):
        for row in ("carried_in", "carried_out"):
            key = f"applications.{row}.{where}"
            set_figure(one, key, figure(one, key) + 2)
    corpus.raises(one.report, "carry-over", *TEXT)
    corpus.expected |= {
        (each.report.path, "carry-over") for each in corpus.of_issuer(one) if year_of(each) == year_of(one) + 1
    }
    corpus.tolerate(one, "all-zero", "zero-streak", "text-share")
    return True


@plants("in-force")
def broken_in_force(corpus: Corpus) -> bool:
    one = corpus.pick(lambda each: year_of(each) > 2021)
    if one is None:
        return False
    key = "publication.normative.in_force"
    set_figure(one, key, figure(one, key) + corpus.chance.randint(1, 20))
    corpus.raises(one.report, "in-force", *TEXT)
    corpus.expected |= {
        (each.report.path, "in-force") for each in corpus.of_issuer(one) if year_of(each) == year_of(one) + 1
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
            set_figure(each, key, 0.0)
        corpus.raises(each.report, "all-zero", *TEXT)
        if year_of(each) >= 2022:
            corpus.raises(each.report, "zero-streak")
    return True


@plants("missing-report")
def lost_report(corpus: Corpus) -> bool:
    one = corpus.pick(lambda each: year_of(each) > 2020)
    if one is None:
        return False
    corpus.removed.add(one.report.path)
    before = next(each for each in corpus.of_issuer(one) if year_of(each) == year_of(one) - 1)
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
        copy.form.figures[key] = replace(copy.form.figures[key], value=figure(one, key) + 4)
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
    one.report.identity.published_on = date(
        year_of(one) + 1, corpus.chance.randint(2, 12), corpus.chance.randint(1, 28)
    )
    corpus.raises(one.report, "late")
    return True


@plants("rollup")
def left_out_of_the_sum(corpus: Corpus) -> bool:
    governments = [
        each
        for each in corpus.reports
        if each.agency.kind == "government"
        and each.agency.name not in corpus.used
        and figure(each, "applications.new.total") >= 20
    ]
    if not governments:
        return False
    one = corpus.chance.choice(governments)
    corpus.used.add(one.agency.name)
    cut = corpus.chance.uniform(0.35, 0.85)
    column_keys = [f"applications.{row}.{c}" for row in ("new", "granted") for c in ("person", "total")]
    lost = round(figure(one, "applications.granted.person") * cut)
    for key in column_keys:
        set_figure(one, key, max(0.0, figure(one, key) - lost))
    for where in ("person", "total"):
        set_figure(one, f"applications.total.{where}", figure(one, f"applications.total.{where}") - lost)
    corpus.raises(one.report, "rollup", *TEXT, *SUMS)
    corpus.tolerate(one, "rollup", "text-share")
    return lost > 3
