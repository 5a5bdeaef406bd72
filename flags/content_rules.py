"""Does the narrative speak of what the form wants to hear, and cite the right notice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from flags.enumerations import position
from flags.form_rules import JUDGED_BY, must_follow_form
from flags.outcomes import evidence, outcomes, quote
from flags.rule import Corpus, Rule, Wording
from loaders.form.editions import edition

FIRST_YEAR_OF_FEES = 2021
"""The rules on fees for handling information (国办函〔2020〕109号) are in force since 1 January 2021."""


@dataclass(frozen=True, slots=True)
class Aspect:
    """One of the five aspects of the overview.

    `head` is looked for in subheadings and openings of paragraphs, `stated` anywhere, `touched` anywhere in an overview
    that has no subheadings by aspect.
    """

    name: Wording
    head: str
    stated: str
    touched: str


ASPECTS = (
    Aspect(
        Wording("主动公开", "proactive disclosure"),
        r"主动公开|主动发布|公开内容|信息发布|信息公开情况|政策解读|重点领域",
        r"(?:公开|发布|公布|推送)[^。；\n申]{0,30}?\d+\s*余?[条篇次]|公开[^。；\n申]{0,12}信息\s*\d+\s*余?件",
        r"主动公开|(?:公开|发布|公布|推送|更新)[^。；\n]{0,40}(?:信息|文件|动态|条|篇|内容)",
    ),
    Aspect(
        Wording("依申请公开", "disclosure on application"),
        r"申请",
        r"(?:收到|受理|接到|接收|办理|答复|办结)[^。；\n]{0,30}申请",
        r"依申请|申请公开|公开申请|信息公开[^。\n]{0,6}申请",
    ),
    Aspect(
        Wording("政府信息管理", "management of information"),
        r"信息管理|管理(?:情况|工作|方面|机制|制度|规范|有序|水平)|(?:规范|加强|强化|严格)[^，。；\n]{0,10}管理"
        r"|审查|审核|规范性文件|公文|制度建设|制度机制|源头",
        r"政府信息管理|信息管理(?:制度|工作|机制|规范)",
        r"信息管理|审核|审查|保密|属性|管理(?:制度|机制|工作|规范|流程)|清理|目录|制度|动态调整|归档|档案",
    ),
    Aspect(
        Wording("平台建设", "platforms"),
        r"平台|网站|载体|渠道|媒体|公众号|专栏|阵地",
        r"平台建设",
        r"平台|网站|公众号|新媒体|专栏|载体|渠道|栏目|公开栏|公报|查阅|微博|微信",
    ),
    Aspect(
        Wording("监督保障", "supervision and support"),
        r"监督|保障|考核|培训|组织领导|责任|队伍|评议|督查|督导|领导小组",
        r"监督保障",
        r"监督|保障|考核|评议|培训|责任|领导小组|督查|检查|组织领导|问责|专人|通报",
    ),
)
_SUBHEADING = r"(?m)^\s*[-*•]?\s*(?:[（(]?[一二三四五六七八九十\d]+[)）、.．]+|[一二三四五六七八九]是)[^\n。；]{2,30}"
_OPENING = r"(?m)^\s*[^\n。]{2,16}"
_ITEM = r"[一二三四五六七八九]是[^，。；\n]{2,24}"
_BY_ASPECT = 3  # so many aspects in subheadings, and the overview is one by subheadings


def missing_aspect(corpus: Corpus, thresholds: Mapping[str, float]) -> pl.LazyFrame:
    """The five aspects of the overview. In an overview with subheadings by aspect a passing word does not count."""
    overview = corpus.sections.filter(pl.col("section") == 1).group_by("report_id").agg(pl.col("text").str.join("\n"))
    # Where proactive disclosure got its own subheading under section two, it is told.
    second = (
        corpus.sections.filter((pl.col("section") == 2) & pl.col("text").str.contains(_SUBHEADING))
        .group_by("report_id")
        .agg(pl.col("text").str.extract_all(_SUBHEADING).explode().str.join("\n").alias("second"))
    )
    text = pl.col("text")
    frame = (
        corpus.reports.select("report_id", "year", pl.col("edition").cast(pl.String), *JUDGED_BY)
        .join(overview, on="report_id", how="left", maintain_order="left")
        .join(second, on="report_id", how="left", maintain_order="left")
        .with_columns(
            pl.concat_list(
                text.str.extract_all(_SUBHEADING), text.str.extract_all(_OPENING), text.str.extract_all(_ITEM)
            )
            .list.join("\n")
            .alias("heads")
        )
        .with_columns(
            pl.sum_horizontal([pl.col("heads").str.contains(each.head) for each in ASPECTS]).alias("by_aspect")
        )
    )
    structured = pl.col("by_aspect") >= _BY_ASPECT
    told = [
        pl.when(structured)
        .then(pl.col("heads").str.contains(each.head) | text.str.contains(each.stated))
        .otherwise(text.str.contains(f"{each.touched}|{each.stated}") | pl.col("heads").str.contains(each.head))
        for each in ASPECTS
    ]
    told[0] = told[0] | pl.col("second").str.contains(ASPECTS[0].head).fill_null(False)
    lists = [
        pl.concat_list(
            [
                pl.when(~spoken).then(pl.lit(getattr(each.name, language)))
                for spoken, each in zip(told, ASPECTS, strict=True)
            ]
        )
        .list.drop_nulls()
        .alias(language)
        for language in ("zh", "en")
    ]
    judged = frame.with_columns(lists)
    applies = must_follow_form() & text.is_not_null()
    found = applies & (pl.col("zh").list.len() > 0)
    return outcomes(
        judged,
        status=pl.when(found)
        .then(pl.lit("failed"))
        .when(applies)
        .then(pl.lit("passed"))
        .otherwise(pl.lit("not-applicable")),
        reason=pl.when(~must_follow_form()).then(pl.lit("no-form")).when(~applies).then(pl.lit("no-section")),
        left=pl.when(applies).then((len(ASPECTS) - pl.col("zh").list.len()).cast(pl.String)),
        right=pl.lit(str(len(ASPECTS))),
        message=pl.when(found).then(pl.format("总体情况没有写到：{}。", pl.col("zh").list.join("、"))),
        message_en=pl.when(found).then(pl.format("The overview leaves out: {}.", pl.col("en").list.join(", "))),
        evidence=pl.when(found).then(evidence(section=pl.lit(1), missing=pl.col("zh"))),
    )


_FEES = r"信息处理费|处理费|收取[^。；\n]{0,16}费|收费|费用|减免"


def missing_fee_statement(corpus: Corpus, thresholds: Mapping[str, float]) -> pl.LazyFrame:
    """No word in section six on fees for handling information."""
    sixth = corpus.sections.filter(pl.col("section") == 6).group_by("report_id").agg(pl.col("text").str.join("\n"))
    frame = corpus.reports.select("report_id", "year", pl.col("edition").cast(pl.String), *JUDGED_BY).join(
        sixth, on="report_id", how="left", maintain_order="left"
    )
    bound = must_follow_form() & (pl.col("year") >= FIRST_YEAR_OF_FEES).fill_null(pl.col("edition") == "2021")
    there = pl.col("text").is_not_null()
    said = pl.col("text").str.contains(_FEES)
    found = (bound & there & ~said).fill_null(False)
    return outcomes(
        frame,
        status=pl.when(found)
        .then(pl.lit("failed"))
        .when(bound & there)
        .then(pl.lit("passed"))
        .otherwise(pl.lit("not-applicable")),
        reason=pl.when(~bound).then(pl.lit("no-form")).when(~there).then(pl.lit("no-section")),
        message=pl.when(found).then(pl.lit("第六部分没有说明是否收取政府信息公开信息处理费。")),
        message_en=pl.when(found).then(
            pl.lit("Section six does not say whether fees for handling information were charged.")
        ),
        evidence=pl.when(found).then(evidence(section=pl.lit(6))),
    )


_OPEN, _CLOSE = r"[〔\[（(【〈<{［﹝]", r"[〕\]）)】〉>}］﹞]"
_NUMBER = rf"\s*{_OPEN}?\s*((?:19|20)\d{{2}})\s*年?\s*{_CLOSE}?\s*第?\s*(\d+)\s*号"
_OF_FORMAT = (
    r"年度?报告(?:编制)?格式[》〉>」”\"]*(?:[^。；\n国（(〔]{0,12})[（(]?\s*"
    rf"(国[^〔\[（(【〈<{{［﹝\d]{{1,12}}{_NUMBER})"
)
"""A citation right behind the name of the format notice."""

_OF_OFFICE = rf"(国办公开?(?:办)?公?函?{_NUMBER})"
"""A citation of the office that issues the format notices, by its abbreviation."""

_BY_NUMBER = (
    rf"(国办[\x{{4e00}}-\x{{9fff}}]{{0,5}}\s*{_OPEN}?\s*"
    rf"(?:2021\s*年?\s*{_CLOSE}?\s*第?\s*30|2019\s*年?\s*{_CLOSE}?\s*第?\s*60)\s*号)"
)
"""A citation by the notices' own year and number, whatever the abbreviation in front of them."""


def wrong_citation(corpus: Corpus, thresholds: Mapping[str, float]) -> pl.LazyFrame:
    """The format notice by number, as cited behind its name, else in the preface.

    One right citation is enough; other notices of the same office do not count.

    Kinds of brackets and spaces may vary. Without a citation of the format notice there is nothing to judge.
    """
    frame = corpus.reports.select("report_id", "year", "preface", pl.col("text").alias("all")).with_columns(
        pl.when(pl.col("all").str.contains("国办", literal=True))
        .then(pl.col("all").str.extract(_OF_FORMAT, 1))
        .alias("of_format"),
        pl.when(pl.col("all").str.contains("国办公", literal=True))
        .then(pl.col("all").str.extract_all(_OF_OFFICE).list.unique(maintain_order=True))
        .otherwise(pl.lit([], pl.List(pl.String)))
        .alias("of_office"),
        pl.coalesce(pl.col("preface").str.extract(_OF_OFFICE, 1), pl.col("all").str.extract(_BY_NUMBER, 1)).alias(
            "of_preface"
        ),
    )
    due = (
        pl.when(pl.col("year") >= 2021)
        .then(pl.lit(edition("2021").notice))
        .when(pl.col("year") >= 2019)
        .then(pl.lit(edition("2019").notice))
    )
    cited = (
        pl.when(pl.col("of_format").is_not_null())
        .then(pl.concat_list("of_format"))
        .when(pl.col("of_preface").is_not_null())
        .then(pl.concat_list("of_preface"))
        .otherwise(pl.col("of_office").list.eval(pl.element().filter(_may_be_the_notice(pl.element()))))
    )
    everything = pl.concat_list(pl.concat_list("of_format").list.drop_nulls(), "of_office")
    judged = frame.with_columns(due.alias("due"), cited.alias("cited")).with_columns(
        everything.list.eval(_bare(pl.element())).list.contains(_bare(pl.col("due"))).alias("right")
    )
    applies = pl.col("due").is_not_null() & (pl.col("cited").list.len() > 0).fill_null(False)
    found = applies & ~pl.col("right")
    first = pl.col("cited").list.first()
    place = quote(pl.lit(0), position(pl.col("all"), first), first)
    return outcomes(
        judged,
        status=pl.when(found)
        .then(pl.lit("failed"))
        .when(applies)
        .then(pl.lit("passed"))
        .otherwise(pl.lit("not-applicable")),
        reason=pl.when(pl.col("year").is_null())
        .then(pl.lit("no-year"))
        .when(pl.col("due").is_null())
        .then(pl.lit("no-form"))
        .when(~applies)
        .then(pl.lit("no-citation")),
        left=first,
        right=pl.col("due"),
        message=pl.when(found).then(
            pl.format("格式文件引用有误：写作“{}”，{}年度报告应为“{}”。", first, pl.col("year"), pl.col("due"))
        ),
        message_en=pl.when(found).then(
            pl.format("The format notice is cited as “{}”; for {} it is “{}”.", first, pl.col("year"), pl.col("due"))
        ),
        evidence=pl.when(found).then(evidence(quotes=pl.concat_list(place), expected=pl.col("due"))),
    )


def _bare(citation: pl.Expr) -> pl.Expr:
    """A citation without brackets, spaces and 第: 国办公开办函202130号."""
    return citation.str.replace_all(r"[^\p{Han}0-9]|第|年", "")


def _may_be_the_notice(citation: pl.Expr) -> pl.Expr:
    """Whether a citation away from the notice's name is meant for it: by its number, or a broken abbreviation."""
    bare = _bare(citation)
    return bare.str.contains(r"30号$|60号$") | ~bare.str.starts_with("国办公开办函")


_BASIS = Wording(
    "条例第五十条；国办公开办函〔2021〕30号、〔2019〕60号所附格式",
    "Art. 50 of the Regulations; the format notices of 2021 (no. 30) and 2019 (no. 60)",
)

RULES = (
    Rule(
        id="missing-aspect",
        family="form",
        severity="warning",
        title=Wording("总体情况不全", "Overview incomplete"),
        reason=Wording(
            "总体情况应当写明主动公开、依申请公开、政府信息管理、平台建设、监督保障五个方面。",
            "The overview covers five aspects: proactive disclosure, applications, management, platforms, supervision.",
        ),
        basis=_BASIS,
        formula=Wording(
            "五个方面都写到；有分项小标题时按小标题和明确表述判断，没有时按内容判断",
            "all five are told, by subheadings where there are some, else by content",
        ),
        remedy=Wording("补写缺少的方面；没有开展的也应当说明。", "Add the aspect, or say that nothing was done."),
        needs=("sections",),
        check=missing_aspect,
        version=3,
        example=Wording("总体情况只写了主动公开和监督保障。", "The overview tells only of two of the five aspects."),
    ),
    Rule(
        id="missing-fee-statement",
        family="form",
        severity="notice",
        title=Wording("未说明信息处理费", "No word on fees"),
        reason=Wording(
            "收取信息处理费的情况应当在年度报告中说明，没有收取的也要写明。",
            "Whether fees for handling information were charged belongs in the report, also where none were.",
        ),
        basis=Wording(
            "政府信息公开信息处理费管理办法（国办函〔2020〕109号），2021年1月1日起施行",
            "Rules on fees for handling information (2020, no. 109), in force from 1 January 2021",
        ),
        formula=Wording("2021年度起，第六部分提到信息处理费", "from 2021, section six mentions the fees"),
        remedy=Wording("在第六部分写明收费情况。", "Say in section six whether fees were charged."),
        needs=("sections",),
        check=missing_fee_statement,
        version=2,
        example=Wording("第六部分只写“无”。", "Section six says only “none”."),
    ),
    Rule(
        id="wrong-citation",
        family="form",
        severity="warning",
        title=Wording("格式文件引用有误", "Format notice cited wrongly"),
        reason=Wording(
            "2021年度起依据国办公开办函〔2021〕30号，2019、2020年度依据〔2019〕60号；引错说明照抄旧稿或未核对。",
            "From 2021 the notice is no. 30 of 2021, for 2019 and 2020 no. 60 of 2019; a slip shows an old template.",
        ),
        basis=Wording(
            "国办公开办函〔2021〕30号、〔2019〕60号", "The format notices of 2021 (no. 30) and 2019 (no. 60)"
        ),
        formula=Wording(
            "引用的格式文件字号与年度相符；括号样式、空格不计，引用该办其他文件不计",
            "the notice cited is the year's; kinds of brackets and spaces do not matter, nor do other notices",
        ),
        remedy=Wording("改正文号。", "Correct the number."),
        needs=("text", "year"),
        check=wrong_citation,
        example=Wording(
            "2023年度报告引用“国办公开函〔2021〕30号”。", "A report on 2023 cites “国办公开函〔2021〕30号”."
        ),
    ),
)
