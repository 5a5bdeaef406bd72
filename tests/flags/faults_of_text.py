"""Faults in narrative, form and identity, rule by rule."""

from __future__ import annotations

import re
from dataclasses import replace

from loaders.report import Evidence
from tests.flags.planting import (
    OVER_TIME,
    TEXT,
    Corpus,
    add_line,
    figure,
    is_busy,
    on_new_edition,
    plants,
    retell,
    set_figure,
    text_of,
    year_of,
)
from tests.flags.sound import SoundReport

# Text against tables


@plants("text-applications")
def other_count_in_text(corpus: Corpus) -> bool:
    one = corpus.pick(lambda each: bool(re.search(r"收到政府信息公开申请\d+件", text_of(each, 1))))
    if one is None:
        return False
    wrong = int(
        figure(one, "applications.new.total") + figure(one, "applications.carried_in.total")
    ) + corpus.chance.randint(1, 7)
    text = re.sub(r"收到政府信息公开申请\d+件", f"收到政府信息公开申请{wrong}件", text_of(one, 1))
    retell(one, 1, text)
    corpus.raises(one.report, "text-applications", "text-sum", "text-share")
    return True


@plants("text-applications")
def one_in_text_none_in_table(corpus: Corpus) -> bool:
    one = corpus.pick(lambda each: not figure(each, "applications.new.total") and "申请" in text_of(each, 1))
    if one is None or figure(one, "applications.carried_in.total"):
        return False
    add_line(one, "我们全年收到政府信息公开申请一件，已按时答复申请人。")
    corpus.raises(one.report, "text-applications")
    return True


@plants("text-outcomes")
def other_outcome_in_text(corpus: Corpus) -> bool:
    one = corpus.pick(is_busy)
    if one is None:
        return False
    decided = int(figure(one, "applications.total.total") + figure(one, "applications.carried_out.total"))
    kind = corpus.chance.choice(("办结", "granted"))
    if kind == "办结":
        add_line(one, f"{year_of(one)}年共办结政府信息公开申请{decided + corpus.chance.randint(1, 5)}件。", 3)
    else:
        wrong = int(figure(one, "applications.granted.total") + figure(one, "applications.partial.total")) + 2
        add_line(one, f"{year_of(one)}年受理的政府信息公开申请中，予以公开{wrong}件。", 3)
    corpus.raises(one.report, "text-outcomes")
    return True


@plants("text-litigation")
def other_dispute_in_text(corpus: Corpus) -> bool:
    one = corpus.pick()
    if one is None:
        return False
    review = int(figure(one, "litigation.review.total"))
    lawsuits = int(sum(figure(one, f"litigation.{group}.total") for group in ("direct", "after_review")))
    line = corpus.chance.choice(
        (
            f"{year_of(one)}年发生行政复议{review + corpus.chance.randint(1, 3)}件。",
            f"因政府信息公开引发行政诉讼{lawsuits + corpus.chance.randint(1, 3)}件。",
        )
    )
    add_line(one, line, 4)
    corpus.raises(one.report, "text-litigation")
    return True


@plants("text-documents")
def other_documents_in_text(corpus: Corpus) -> bool:
    one = corpus.pick(on_new_edition)
    if one is None:
        return False
    wrong = int(figure(one, "publication.normative.issued")) + corpus.chance.randint(1, 5)
    add_line(one, f"（六）文件制定情况。{year_of(one)}年制发规范性文件{wrong}件。")
    corpus.raises(one.report, "text-documents")
    return True


@plants("text-share")
def wrong_share(corpus: Corpus) -> bool:
    one = corpus.pick(lambda each: figure(each, "applications.total.total") >= 5)
    if one is None:
        return False
    granted, decided = figure(one, "applications.granted.total"), figure(one, "applications.total.total")
    received = decided + figure(one, "applications.carried_out.total")
    wholes = (decided, figure(one, "applications.new.total"), received)
    parts = (granted, granted + figure(one, "applications.partial.total"))
    true = [100 * part / whole for part in parts for whole in wholes if whole]
    wrong = next(each for each in range(7, 95) if all(abs(each - value) > 6 for value in true))
    add_line(one, f"办结政府信息公开申请{decided:g}件，其中予以公开{granted:g}件，占{wrong}.5%。", 3)
    corpus.raises(one.report, "text-share")
    return True


@plants("text-share")
def wrong_change(corpus: Corpus) -> bool:
    def fits(each: SoundReport) -> bool:
        last = [r for r in corpus.of_issuer(each) if year_of(r) == year_of(each) - 1]
        return bool(last) and figure(last[0], "applications.new.total") >= 3 and is_busy(each)

    one = corpus.pick(fits)
    if one is None:
        return False
    new = figure(one, "applications.new.total")
    add_line(one, f"{year_of(one)}年新收政府信息公开申请{new:g}件，同比增长{corpus.chance.randint(300, 900)}%。", 3)
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
    add_line(one, f"全年更新栏目内容{total}条，其中{items}。")
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
            set_figure(one, key, None)
    corpus.raises(one.report, "missing-table", "all-zero", "zero-streak", *TEXT)
    return True


@plants("missing-aspect")
def lost_aspect(corpus: Corpus) -> bool:
    one = corpus.pick()
    if one is None:
        return False
    lines = text_of(one, 1).split("\n")
    names = ("主动公开", "依申请公开", "信息管理", "平台建设", "监督保障")
    lost = corpus.chance.choice([line for line in lines[1:] if any(name in line[:14] for name in names)])
    retell(one, 1, "\n".join(line for line in lines if line != lost))
    corpus.raises(one.report, "missing-aspect")
    return True


@plants("missing-fee-statement")
def no_word_on_fees(corpus: Corpus) -> bool:
    one = corpus.pick(lambda each: year_of(each) >= 2021)
    if one is None:
        return False
    retell(one, 6, corpus.chance.choice(("无。", "没有其他需要报告的事项。", "本年度人大建议、政协提案答复全部公开。")))
    corpus.raises(one.report, "missing-fee-statement")
    return True


@plants("outdated-form")
def old_form(corpus: Corpus) -> bool:
    one = corpus.pick(lambda each: year_of(each) == 2020)
    if one is None:
        return False
    later = next(each for each in corpus.of_issuer(one) if year_of(each) == 2023)
    later.report.form = replace(one.report.form, figures=dict(one.report.form.figures))
    corpus.raises(later.report, "outdated-form", *TEXT, *OVER_TIME, "all-zero", "zero-streak")
    corpus.tolerate(one, *OVER_TIME, "text-share", "zero-streak")
    return True


@plants("altered-heading")
def altered_heading(corpus: Corpus) -> bool:
    one = corpus.pick(on_new_edition)
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
    other = "国办公开办函〔2021〕30号" if year_of(one) <= 2020 else "国办公开办函〔2019〕60号"
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
    made, year = one.report, year_of(one)
    last = year - 1
    place = corpus.chance.choice(("title", "period", "opening", "fees", "work", "problems"))
    if place == "title":
        made.identity.title = made.identity.title.replace(str(year), str(last))
    elif place == "period":
        period = f"统计期限为{last}年1月1日至{last}年12月31日。"
        made.preface = re.sub(r"统计期限为.*?12月31日。", period, made.preface)
        made.text = re.sub(r"统计期限为.*?12月31日。", period, made.text)
    elif place == "opening":
        retell(one, 1, f"{last}年，{one.agency.short}坚持公开为常态。" + "\n".join(text_of(one, 1).split("\n")[1:]))
    elif place == "fees":
        retell(one, 6, f"{last}年度{one.agency.short}未收取信息处理费。")
    elif place == "work":
        add_line(one, f"{last}年，{one.agency.ours}通过网站发布信息{corpus.chance.randint(9, 99)}条。")
    else:
        retell(
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
        add_line(one, f"{year_of(one)}年，{other}认真贯彻条例规定。")
    elif place == "fees":
        retell(one, 6, f"{year_of(one)}年，{other}未收取信息处理费。")
    elif place == "signature":
        made.signature = f"{other}\n{year_of(one) + 1}年1月8日"
    elif place == "rejected":
        made.identity.evidence.append(Evidence("foreign-issuer", agency.county + bureau, "preface", 3.0))
    else:
        add_line(one, "我镇成立专班抓落实。" if agency.kind == "department" else "我局成立专班抓落实。")
    corpus.raises(made, "foreign-issuer")
    return True
