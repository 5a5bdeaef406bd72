"""Stock phrases, copies and repeated numbers: small corpora that must and must not raise a finding."""

from __future__ import annotations

import json

import polars as pl
import pytest

from flags.wording import (
    BOILERPLATE_ONLY,
    COPIED_FROM_LAST_YEAR,
    COPIED_FROM_PEER,
    REPEATED_FIGURES,
    clusters,
    stock_sentences,
)
from flags.wording_masking import masker
from flags.wording_passages import narrative, sentences
from tests.flags.narratives import Narrative, corpus_of_narratives, outcomes_of, statuses_of

STOCK = {
    1: "2023年，我局高度重视政府信息公开工作，认真贯彻落实《中华人民共和国政府信息公开条例》，"
    "坚持以公开为常态、不公开为例外，扎实推进政务公开各项工作。\n"
    "（一）主动公开情况。及时准确公开各类政府信息，不断拓宽公开渠道，切实保障人民群众的知情权、参与权和监督权。\n"
    "（二）依申请公开情况。2023年，我局未收到政府信息公开申请。\n"
    "（三）政府信息管理情况。严格落实保密审查制度，做到涉密信息不上网、上网信息不涉密。",
    5: "存在的主要问题：一是公开意识有待进一步增强；二是公开内容不够全面。"
    "下一步，我局将加强业务培训，完善工作机制，不断提高政务公开水平。",
    6: "本年度未收取信息处理费。无其他需要报告的事项。",
}

GRAZING = {
    1: "牧民集中转场的两个月里，值班员把补贴公示牌送到接羔点，对不识字的老人逐户念读。\n"
    "草畜平衡核定结果先在嘎查大会上过一遍，有异议的当场复测围栏，再贴到红砖墙的公示栏里。",
    5: "双语材料跟不上，蒙古文译稿常常晚汉文半个月；拟请旗一中的老师帮助校译，并把译稿时限写进科室考核单。"
    "冬营盘信号弱，视频解读卡顿，打算灌进存储卡随饲草车捎去。",
}

TEA = {
    1: "茶园改造补助名册在采茶季前贴到村口凉亭，茶农对照田块编号核验，更正了错登的亩数。\n"
    "检测站把农残抽检报告做成二维码贴在收购秤旁，收青人扫码就能看到当天批次。\n"
    "合作社理事会旁听了补助评审，评委打分表随后晾在祠堂黑板上。",
    5: "夜间收购点看不到公示，打算在秤台加装灯箱；抽检报告专业词太多，准备请农技员配上土话解说。",
}


def renamed(sections: dict[int, str], *swaps: tuple[str, str]) -> dict[int, str]:
    """The sections with words exchanged."""
    changed = dict(sections)
    for old, new in swaps:
        changed = {section: text.replace(old, new) for section, text in changed.items()}
    return changed


def facts(extra: str) -> dict[int, str]:
    """The stock narrative with one more sentence in its overview."""
    return {**STOCK, 1: STOCK[1] + "\n" + extra}


class TestBoilerplateOnly:
    def test_stock_phrases_alone_are_found_in_a_corpus_of_one(self) -> None:
        row = outcomes_of(BOILERPLATE_ONLY, [Narrative(sections=STOCK)])["r0"]
        assert row["status"] == "failed"
        assert row["score"] > 0.9
        assert json.loads(row["evidence"])["quotes"]

    @pytest.mark.parametrize(
        "fact",
        [
            "全年在县政府网站公开信息126条。",
            "3月18日在城南广场设点讲解林权政策。",
            "印发《临川县古树名木公示办法》，明确公示期限。",
            "开通“林海问答”栏目，回应群众咨询。",
            "召开专题会议2次，培训信息员。",
            "全年公开信息四十余条。",
            "护林员把补贴名册送到山场，念给不识字的老人听，漏登的当场补上。",
            "政策解读点击量同比上升23.5%。",
            "退耕还林补助187万元全部公示到户。",
            "本单位无行政许可和对外服务等社会管理职能。",
            "正积极与某通数据通信有限公司沟通。",
            "公开人大代表建议答复5篇。",
        ],
        ids=[
            *("count", "date", "title", "name", "meetings", "numerals", "own words", "percentage", "amount"),
            *("powers", "company", "proposals"),
        ],
    )
    def test_one_concrete_sentence_is_enough(self, fact: str) -> None:
        assert statuses_of(BOILERPLATE_ONLY, [Narrative(sections=facts(fact))]) == {"r0": "passed"}

    @pytest.mark.parametrize(
        "phrase",
        [
            "数据统计期限为2023年1月1日至2023年12月31日。",
            "收到政府信息公开申请0件，行政复议0件。",
            "公开及时率达100%。",
            "明确1名工作人员负责。",
            "围绕3个方面开展工作，落实“三审三校”制度。",
            "按照《中华人民共和国保守国家秘密法》审查。",
            "制发行政规范性文件2件，作出行政许可35件。",
            "根据国办公开办函〔2021〕30号文件要求编制。",
        ],
    )
    def test_what_the_form_dictates_is_no_fact(self, phrase: str) -> None:
        assert statuses_of(BOILERPLATE_ONLY, [Narrative(sections=facts(phrase))]) == {"r0": "failed"}

    def test_a_number_of_applications_is_a_fact_where_no_form_has_a_table_for_it(self) -> None:
        said = facts("全年收到政府信息公开申请6件，均已答复。")
        assert statuses_of(BOILERPLATE_ONLY, [Narrative(sections=said)]) == {"r0": "failed"}
        old = Narrative(sections=said, year=2015, edition="legacy")
        assert statuses_of(BOILERPLATE_ONLY, [old]) == {"r0": "passed"}

    def test_a_narrative_of_a_few_words_is_not_judged(self) -> None:
        row = outcomes_of(BOILERPLATE_ONLY, [Narrative(sections={1: "无。", 6: "无其他事项。"})])["r0"]
        assert (row["status"], row["reason"]) == ("not-applicable", "no-narrative")

    def test_a_sentence_of_many_issuers_is_nobody_s_own(self) -> None:
        shared = "赋码转办平台与蓝信群双轨流转，秒批秒办秒晒。"
        same = [Narrative(issuer=f"第{n}镇人民政府", sections=facts(shared)) for n in range(6)]
        others = [Narrative(issuer=f"第{n}乡人民政府", sections=facts(f"公开信息{n + 20}条。")) for n in range(20)]
        found = statuses_of(BOILERPLATE_ONLY, [*same, *others])
        assert [found[f"r{n}"] for n in range(6)] == ["failed"] * 6
        assert statuses_of(BOILERPLATE_ONLY, same[:1]) == {"r0": "passed"}


class TestCopiedFromPeer:
    def pair(self, sections: dict[int, str], **other: object) -> dict[str, dict[str, object]]:
        return outcomes_of(
            COPIED_FROM_PEER,
            [
                Narrative(issuer="临川县林业局", county="临川县", sections=GRAZING),
                Narrative(issuer="安河县茶业发展中心", county="安河县", sections=TEA),
                Narrative(issuer="双塔区水利局", county="双塔区", sections=sections, **other),  # type: ignore[arg-type]
            ],
        )

    def test_reports_of_their_own_pass(self) -> None:
        found = self.pair(STOCK)
        assert [found[f"r{n}"]["status"] for n in range(3)] == ["passed"] * 3

    def test_a_copy_is_found_on_both_sides_with_its_passages(self) -> None:
        found = self.pair(TEA)
        assert [found[f"r{n}"]["status"] for n in range(3)] == ["passed", "failed", "failed"]
        evidence = json.loads(found["r2"]["evidence"])
        assert evidence["reports"] == ["r1"]
        first = evidence["quotes"][0]
        assert TEA[first["section"]][first["start"] : first["end"]].strip() == first["text"]
        assert TEA[first["other_section"]][first["other_start"] : first["other_end"]].strip() == first["other_text"]
        assert "安河县茶业发展中心2023年度报告" in found["r2"]["message"]

    @pytest.mark.parametrize(
        "changes",
        [
            [("茶农", "果农"), ("采茶季", "采果季")],
            [("打算", "计划"), ("准备", "拟"), ("随后", "之后")],
            [("，茶农对照", "。茶农对照"), ("；抽检", "。抽检")],
            [("检测站把", "2023年，县检测站把"), ("合作社", "我局邀请，合作社")],
        ],
        ids=["words", "synonyms", "punctuation", "insertions"],
    )
    def test_small_edits_hide_nothing(self, changes: list[tuple[str, str]]) -> None:
        assert self.pair(renamed(TEA, *changes))["r2"]["status"] == "failed"

    def test_another_order_hides_nothing(self) -> None:
        reversed_lines = "\n".join(reversed(TEA[1].split("\n")))
        assert self.pair({1: TEA[5] + "\n" + reversed_lines})["r2"]["status"] == "failed"

    def test_names_years_and_numbers_do_not_tell_copies_apart(self) -> None:
        mine = "2023年，临川县林业局在县政府网站公开造林验收单86份，临川县各林场抄送21户造林大户。"
        theirs = "2022年，双塔区水利局在区政府网站公开造林验收单7份，双塔区各林场抄送113户造林大户。"
        body = (
            "林农凭验收单在窗口领取补助，差错当日更正；验收组把样方照片挂上墙，谁家成活率低一眼看清，"
            "第二轮补植由大户之间互查互验。苗木检疫证随车走，缺证的车在岔路口劝返，劝返记录每周贴在加油站。"
        )
        found = outcomes_of(
            COPIED_FROM_PEER,
            [
                Narrative(issuer="临川县林业局", county="临川县", year=2023, sections={1: mine + body}),
                Narrative(issuer="双塔区水利局", county="双塔区", year=2022, sections={1: theirs + body}),
            ],
        )
        assert found["r0"]["status"] == "failed"
        assert found["r0"]["score"] == 1.0
        # The earlier one cannot have copied from the later.
        assert found["r1"]["status"] == "passed"

    def test_one_issuer_s_own_years_are_not_peers(self) -> None:
        found = statuses_of(COPIED_FROM_PEER, [Narrative(year=2022, sections=TEA), Narrative(year=2023, sections=TEA)])
        assert set(found.values()) == {"not-applicable"}

    def test_shared_stock_phrases_are_no_copy(self) -> None:
        reports = [
            Narrative(issuer="临川县林业局", sections={1: STOCK[1] + GRAZING[1], 5: GRAZING[5]}),
            Narrative(issuer="安河县茶业局", sections={1: STOCK[1] + TEA[1], 5: TEA[5]}),
        ]
        assert set(statuses_of(COPIED_FROM_PEER, reports).values()) == {"passed"}

    def test_unknown_issuers_and_short_narratives_are_not_compared(self) -> None:
        found = outcomes_of(
            COPIED_FROM_PEER,
            [
                Narrative(issuer="", sections=TEA),
                Narrative(sections={1: "无。"}),
                Narrative(issuer="甲局", sections=TEA),
            ],
        )
        assert [found[f"r{n}"]["reason"] for n in range(2)] == ["no-issuer", "no-narrative"]

    def test_reports_that_share_a_text_make_one_cluster(self) -> None:
        reports = [Narrative(issuer=f"第{n}镇人民政府", sections=TEA) for n in range(5)]
        reports += [Narrative(issuer="甲县教育局", sections=GRAZING)]
        found = clusters(corpus_of_narratives(reports)).collect()
        assert found.get_column("report_id").sort().to_list() == [f"r{n}" for n in range(5)]
        assert found.get_column("size").unique().to_list() == [5]


class TestCopiedFromLastYear:
    def years(self, before: dict[int, str], now: dict[int, str], gap: int = 1) -> dict[str, dict[str, object]]:
        return outcomes_of(
            COPIED_FROM_LAST_YEAR,
            [Narrative(year=2023 - gap, sections=before), Narrative(year=2023, sections=now)],
        )

    def test_the_same_text_with_another_year_is_found(self) -> None:
        now = renamed(TEA, ("采茶季前", "2023年采茶季前"), ("准备", "计划"))
        row = self.years(renamed(TEA, ("采茶季前", "2022年采茶季前")), now)["r1"]
        assert row["status"] == "failed"
        assert "r0.txt" in row["message"]

    def test_a_new_text_passes(self) -> None:
        assert self.years(TEA, GRAZING)["r1"]["status"] == "passed"

    def test_half_a_new_text_passes(self) -> None:
        assert self.years(TEA, {1: TEA[1], 5: GRAZING[1] + GRAZING[5]})["r1"]["status"] == "passed"

    def test_without_a_report_of_the_year_before_nothing_is_said(self) -> None:
        found = self.years(TEA, TEA, gap=2)
        assert {row["reason"] for row in found.values()} == {"no-earlier-report"}


LICENCES = {
    "publication.licensing.decisions": 126,
    "publication.penalty.decisions": 37,
    "applications.new.person": 14,
    "applications.new.total": 14,
    "applications.granted.person": 9,
}


class TestRepeatedFigures:
    def years(
        self, before: dict[str, float], now: dict[str, float], words: tuple[str, str] = ("", "")
    ) -> dict[str, object]:
        found = outcomes_of(
            REPEATED_FIGURES,
            [
                Narrative(year=2022, figures=before, sections={1: words[0]}),
                Narrative(year=2023, figures=now, sections={1: words[1]}),
            ],
        )
        return found["r1"]

    def test_all_figures_as_the_year_before(self) -> None:
        row = self.years(LICENCES, LICENCES)
        assert row["status"] == "failed"
        cells = {cell["key"]: cell["value"] for cell in json.loads(row["evidence"])["cells"]}  # type: ignore[arg-type]
        assert cells["publication.licensing.decisions"] == 126

    def test_other_figures_pass(self) -> None:
        assert self.years(LICENCES, LICENCES | {"publication.licensing.decisions": 131})["status"] == "passed"

    def test_a_few_small_figures_tell_nothing(self) -> None:
        few = {"applications.new.person": 1, "applications.new.total": 1, "applications.granted.person": 1}
        assert self.years(few, few)["status"] != "failed"

    def test_stocks_may_stay_as_they_are(self) -> None:
        stocks = {"publication.normative.in_force": 41, "publication.rules.in_force": 17}
        row = self.years(stocks, stocks)
        assert (row["status"], row["reason"]) == ("not-applicable", "too-few")

    def test_the_numbers_of_the_narrative_count_too(self) -> None:
        words = "全年公开信息{}条，发布解读{}篇，培训{}人次。"
        assert self.years({}, {}, (words.format(126, 17, 83),) * 2)["status"] == "failed"
        assert self.years({}, {}, (words.format(126, 17, 83), words.format(130, 17, 90)))["status"] == "passed"


class TestMasking:
    def masked(self, text: str) -> str:
        corpus = corpus_of_narratives([Narrative(issuer="临川县林业局", county="临川县", sections={1: text})])
        return narrative(corpus).select(masker(corpus).mask(pl.col("text"))).collect().item()

    def test_names_years_numbers_and_small_words_do_not_matter(self) -> None:
        one = self.masked("2023年，临川县林业局进一步提升公开水平，全年公开126条。")
        other = self.masked("2022年度，我局不断提高公开水平，今年公开三十条。")
        assert one.replace("，", "") == other.replace("，", "")

    def test_what_is_said_does(self) -> None:
        assert self.masked("茶园改造补助名册贴到村口。") != self.masked("草畜平衡核定结果贴到村口。")

    def test_sentences_joined_again_are_the_text(self) -> None:
        text = "公开名册：一是贴到村口；二是念给老人听。\n谁有异议？当场复测！完毕"
        frame = pl.LazyFrame({"report_id": ["r0"], "text": [text]})
        found = sentences(frame).collect()
        assert "".join(found.get_column("text")) == text
        assert [text[row["start"] : row["end"]] for row in found.to_dicts()] == found.get_column("text").to_list()
        assert found.get_column("text").to_list()[:2] == ["公开名册：", "一是贴到村口；"]


def test_stock_sentences_count_other_issuers_not_other_years() -> None:
    line = "及时准确公开各类政府信息。"
    reports = [
        Narrative(issuer="临川县林业局", year=2022, sections={1: line + TEA[1]}),
        Narrative(issuer="临川县林业局", year=2023, sections={1: line}),
        Narrative(issuer="安河县教育局", sections={1: line}),
        Narrative(issuer="双塔区水利局", sections={1: "2023年，我局" + line}),
    ]
    found = stock_sentences(corpus_of_narratives(reports)).collect()
    first = found.filter(pl.col("position") == 0).select("report_id", "others").sort("report_id")
    assert first.rows() == [("r0", 2), ("r1", 2), ("r2", 2), ("r3", 2)]
    assert found.filter(pl.col("text").str.contains("茶农")).get_column("others").to_list() == [0]
