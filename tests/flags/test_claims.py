import pytest

from loaders.report import Claim
from tests.flags.examples import told
from tests.flags.factory import applications, flags, litigation, report, status

FIVE_AND_ONE = applications(person={"new": 5, "carried_in": 1, "granted": 3, "partial": 1, "rejected.repeat": 1})

NINE_OF_TEN = applications(person={"new": 8, "carried_in": 2, "granted": 9})


@pytest.mark.parametrize(
    ("rule", "text", "cells", "expected"),
    [
        ("text-applications", "全年收到政府信息公开申请5件。", FIVE_AND_ONE, "passed"),
        # received may count what was carried in
        ("text-applications", "全年受理政府信息公开申请6件。", FIVE_AND_ONE, "passed"),
        ("text-applications", "全年收到政府信息公开申请7件。", FIVE_AND_ONE, "failed"),
        ("text-applications", "全年收到政府信息公开申请近10件。", FIVE_AND_ONE, "not-applicable"),
        ("text-applications", "2022年收到政府信息公开申请9件。", FIVE_AND_ONE, "not-applicable"),
        ("text-applications", "未收到政府信息公开申请。", FIVE_AND_ONE, "failed"),
        ("text-applications", "未收到政府信息公开申请。", {}, "passed"),
        ("text-applications", "全年收到政府信息公开申请一件。", {}, "failed"),
        ("text-applications", "全县各部门共收到政府信息公开申请120件。", FIVE_AND_ONE, "passed"),
        (
            "text-applications",
            "全年收到政府信息公开申请7件。",
            {"new.total": None, "carried_in.total": None},
            "not-applicable",
        ),
        # handled may be what was decided
        ("text-applications", "共办理政府信息公开申请9件。", NINE_OF_TEN, "passed"),
        ("text-applications", "共收到政府信息公开申请9件。", NINE_OF_TEN, "failed"),
        ("text-outcomes", "全年办结政府信息公开申请5件。", FIVE_AND_ONE, "passed"),
        # answered may leave out what was not processed
        ("text-outcomes", "政府信息公开申请已答复4件。", FIVE_AND_ONE, "passed"),
        ("text-outcomes", "政府信息公开申请已答复9件。", FIVE_AND_ONE, "failed"),
        ("text-outcomes", "受理的政府信息公开申请予以公开4件。", FIVE_AND_ONE, "passed"),
        ("text-outcomes", "受理的政府信息公开申请予以公开2件。", FIVE_AND_ONE, "failed"),
        ("text-litigation", "发生行政复议2件。", litigation(review={"upheld": 2}), "passed"),
        ("text-litigation", "发生行政复议1件。", litigation(review={"upheld": 2}), "failed"),
        ("text-litigation", "发生行政诉讼3件。", litigation(direct={"upheld": 2}, after_review={"other": 1}), "passed"),
        ("text-litigation", "未发生行政诉讼。", litigation(direct={"upheld": 2}), "failed"),
        ("text-documents", "本年制发规范性文件2件。", {"normative.issued": 2}, "passed"),
        ("text-documents", "本年制发规范性文件3件。", {"normative.issued": 2, "rules.issued": 1}, "passed"),
        ("text-documents", "本年制发规范性文件5件。", {"normative.issued": 2}, "failed"),
        # fees may be rounded in the table or in the text
        ("text-documents", "全年收取行政事业性收费27.948692万元。", {"fees.amount": 27.95}, "passed"),
        ("text-documents", "全年收取行政事业性收费87万元。", {"fees.amount": 86.52}, "passed"),
        ("text-documents", "全年收取行政事业性收费86.5万元。", {"fees.amount": 86.52}, "passed"),
        ("text-documents", "全年收取行政事业性收费865200元。", {"fees.amount": 86.52}, "passed"),
        ("text-documents", "全年收取行政事业性收费86.7万元。", {"fees.amount": 86.52}, "failed"),
        ("text-documents", "全年收取行政事业性收费88万元。", {"fees.amount": 87}, "failed"),
    ],
)
def test_text_against_tables(rule, text, cells, expected):
    assert status(rule, told(text, cells, 1 if rule == "text-documents" else 3)) == expected


def test_a_number_behind_another_outcome_s_name_is_not_about_this_one():
    text = "已答复5件，其中予以公开3件、部分公开1件。"
    made = told(text, FIVE_AND_ONE)
    start = text.index("3件")
    made.claims = [Claim("applications.partial.total", 3.0, "3件", 3, start, start + 2)]
    assert not flags("text-outcomes", made)


def test_a_contradiction_quotes_the_text_and_gives_the_cell():
    text = "2023年，我局共收到政府信息公开申请9件，均已答复。"
    (found,) = flags("text-applications", told(text, FIVE_AND_ONE))
    assert "“2023年，我局共收到政府信息公开申请9件”" in found["message"]
    assert "表格“一、本年新收政府信息公开申请数量·总计”为5（加上年结转为6）" in found["message"]
    quote = found["evidence"]["quotes"][0]
    assert text[quote["start"] : quote["end"]] == quote["text"] == "9件"
    assert found["evidence"]["cells"] == [{"key": "applications.new.total", "value": 5.0}]


def test_a_number_on_doubtful_figures_is_a_notice():
    found = flags("text-applications", told("全年收到政府信息公开申请9件。", FIVE_AND_ONE, doubtful=["new.total"]))
    assert [row["severity"] for row in found] == ["notice"]


def test_numbers_that_add_up_to_the_table_are_its_parts():
    text = "上半年收到政府信息公开申请2件。\n下半年收到政府信息公开申请3件。"
    assert not flags("text-applications", told(text, FIVE_AND_ONE))


FORTY = applications(person={"new": 40, "granted": 30, "denied.law": 10})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("办结政府信息公开申请40件，其中予以公开30件，占75%。", "passed"),
        ("办结政府信息公开申请40件，其中予以公开30件，占75.0%。", "passed"),
        ("办结政府信息公开申请40件，其中予以公开30件，占72%。", "failed"),
        ("收到政府信息公开申请40件，同比增长25%。", "passed"),
        ("收到政府信息公开申请40件，同比增长52%。", "failed"),
        ("收到政府信息公开申请40件，同比下降25%。", "failed"),
        ("全年公开信息80条，其中政策20条，占25%。", "not-applicable"),
        ("全年共公开信息80条，其中政策20条，占25%。", "passed"),
        ("全年共公开信息80条，其中政策20条，占35%。", "failed"),
    ],
)
def test_percentages(text, expected):
    before = report(applications(person={"new": 32, "granted": 32}), year=2022)
    assert status("text-share", told(text, FORTY), before) == expected


def test_a_change_without_last_year_is_judged_by_the_text_alone():
    assert status("text-share", told("收到政府信息公开申请40件，同比增长25%。", FORTY)) == "not-applicable"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("公开59条，其中指南1条、概况2条、重点领域56条。", "passed"),
        ("公开59条，其中，其中,指南1条、概况2条、重点领域56条。", "passed"),
        ("公开59条，其中指南1条、概况2条、重点领域50条。", "failed"),
        ("公开59条，其中指南1条、概况2条、重点领域60条。", "failed"),
        ("公开59条（其中网站39条、公众号20条）。", "passed"),
        ("公开1,059条，其中网站1,039条、公众号20条。", "passed"),
        ("公开59条，分别为网站30条、公众号20条。", "failed"),
        ("公开信息59条。其中，动态30条、公告20条、解读9条。", "passed"),
        ("公开信息59条。其中，动态30条、公告20条、解读8条。", "failed"),
        ("公开总数59条：动态30条，公告20条，解读9条。", "passed"),
        ("公开总数59条：动态30条，公告20条，解读11条。", "failed"),
        ("公开总数59条：重点公开动态9条，公告8条。", "passed"),
        ("主动公开的59条信息中，动态30条、公告20条、解读9条。", "passed"),
        ("主动公开的59条信息中，动态30条、公告20条、解读6条。", "failed"),
        ("网站发布动态30条、公告20条，合计50条。", "passed"),
        ("按类别分：动态30条、公告20条，合计52条。", "failed"),
        ("会议3次。按类别分：督查1次、动态30条、公告20条，共50条。", "passed"),
        # the number next to 其中 need not be the total
        ("收到12件，办结11件，结转下年度1件。其中予以公开8件，部分公开3件。", "passed"),
        ("收到12件，办结11件，结转下年度1件，其中予以公开8件、不予公开2件。", "passed"),
        # as much lacks as an item of its own
        ("公开59条，其中指南4条、概况12条、重点领域31条。", "passed"),
        ("公开59条，其中指南14条、概况14条、重点领域19条。", "failed"),
        # a year in an item's name is no number of the enumeration
        ("公开59条，其中动态30条、公告20条，2022年决算和2023年预算等财务信息9条。", "passed"),
        ("公开59条，其中动态30条、公告20条，2022年决算和2023年预算等财务信息6条。", "failed"),
        ("收到9件，上年结转1件，其中网络5件、信函5件。", "passed"),
        ("收到9件，上年结转8件，其中网络5件、信函6件。", "failed"),
        # open enumerations, rounded numbers and a second classification say nothing
        ("公开59条，其中网站30条、公众号10条、公开栏8条等。", "passed"),
        ("公开500条，其中涉企政策12条、民生事项30条。", "passed"),
        ("公开近60条，其中网站30条、公众号20条、公开栏8条。", "not-applicable"),
        ("公开59条，其中网站30条、公众号20余条。", "not-applicable"),
        ("收到5件，其中自然人3件、企业2件，公开4件、部分公开1件。", "passed"),
        ("收到5件，其中自然人3件、企业1件。", "failed"),
        ("网站50条，其中动态30条、公告20条；公众号9条，其中动态5条、公告3条。", "failed"),
        ("网站50条，其中动态30条、公告20条；公众号9条，其中动态5条、公告4条。", "passed"),
        # results that the text picks out, and lawsuits beside the reconsiderations
        ("因政府信息公开申请行政复议6件，其中结果维持3件、结果纠正2件；提起行政诉讼2件。", "passed"),
        ("因政府信息公开申请行政复议6件，其中结果维持4件、结果纠正3件；提起行政诉讼2件。", "failed"),
        # what is decided of all there was may be less, not more
        ("收到申请117件，加上2022年结转的4件，共办理答复115件。", "passed"),
        ("收到申请117件，加上2022年结转的4件，共办理答复125件。", "failed"),
        # an item at the end that has no number
        ("公开59条，其中动态30条，公告20条，解读6条，发布信息公开年报。", "passed"),
        ("公开59条，其中动态30条，公告20条，解读6条，公开率100%。", "failed"),
        # digits of full width, and a number in words behind a long name
        ("公开761条，其中网站发布636条，微博公开115条，通过电子显示屏公开十条。", "passed"),
        ("公开333条，其中网站133条、微博124条、抖音１２条、公开栏64条。", "passed"),
        # each item with its share of all
        ("公开59条，其中动态30条，占50.8%；公告20条，约占总数的33.9%；解读9条，占15.3%。", "passed"),
        ("公开59条，其中动态30条，占50.8%；公告20条，占33.9%；解读6条，占10.2%。", "failed"),
        ("公开276条，其中：动态216条，目录50条，报送信息100余条。", "passed"),
        # so many issues with so many pieces
        ("发布1249条（其中网站公开600条，公报公开59条，微博公开370条，微信公开20次<天>220条）。", "passed"),
        ("发布1249条（其中网站公开600条，公报公开59条，微博公开370条，微信公开20次310条）。", "failed"),
        # items of other units make up the total
        ("全年对外公开82条，其中网站发布动态31条，公众号推送图文44条，答复来信7件。", "passed"),
        ("全年对外公开82条，其中网站发布动态31条，公众号推送图文44条，答复来信4件。", "failed"),
        ("网站发布原创稿件57条，其中动态41条，概况6条，专栏5条，规范性文件3件，图解2件。", "passed"),
        # items, and behind some of them what these are made of
        ("引发争议14件，其中行政复议9件，维持7件，尚未审结2件；行政诉讼5件，维持4件，尚未审结1件。", "passed"),
        ("引发争议14件，其中行政复议9件，维持7件，尚未审结2件；行政诉讼7件，维持4件，尚未审结3件。", "failed"),
        # an item that lost its counting word, or a list broken off where the text ends
        ("公开42条。其中，领导信息4条，统计信息2条，招录信息5条，公益信息30条，部门动态1", "passed"),
        ("公开3667条，其中网站1910条，公众号910条，头条号700条，通过某局微", "passed"),
        ("公开3667条，其中网站1910条，公众号910条，头条号700条。", "failed"),
        # an item of which a word is wrong ends what can be added, not the enumeration
        ("公开59条，其中指南1条；概况0条占；公告50条；动态0条左；解读6条；其余2条。", "passed"),
    ],
)
def test_enumerations(text, expected):
    assert status("text-sum", told(text, section=1)) == expected


def test_a_list_of_very_many_items_is_judged_at_once():
    """Each of its items may have parts of its own, and to try all ways would take for ever."""
    names = [stem + branch for branch in "子丑寅卯辰巳午未申酉戌亥" for stem in "甲乙丙丁戊己庚辛壬癸"]
    items = "、".join(f"{name}{1 if number % 3 else 2}条" for number, name in enumerate(names))
    assert status("text-sum", told(f"全年公开149条，其中{items}。", section=1)) == "failed"


def test_an_enumeration_is_quoted_where_it_stands():
    text = "开头一句。全年公开59条，其中指南1条、概况2条、重点领域50条。"
    (found,) = flags("text-sum", told(text, section=1))
    quote = found["evidence"]["quotes"][0]
    assert text[quote["start"] : quote["end"]] == quote["text"]
    assert (found["evidence"]["stated"], found["evidence"]["added"]) == (59.0, 53.0)
    assert "各项1＋2＋50＝53条" in found["message"]
