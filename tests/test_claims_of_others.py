"""Numbers that stand near a subject and are not about it, and claims in wordings that hide them."""

import pytest

from loaders.claims import read_claims
from loaders.report import SectionReading

NEW, DECIDED, GRANTED = "applications.new.total", "applications.total.total", "applications.granted.total"
CARRIED_IN, CARRIED_OUT = "applications.carried_in.total", "applications.carried_out.total"
REVIEW, LAWSUITS = "litigation.review.total", "litigation.lawsuits.total"


def read(text, year=2023):
    return read_claims([SectionReading(1, "", text)], year)


def stated(text, year=2023):
    return [(claim.about, claim.value) for claim in read(text, year) if claim.period == "this_year"]


SEEN_OR_SHOWN = [
    "通过网站公开信息40条，网站访问量超30万次。",
    "微信公众号推送信息40条，粉丝9,128人，阅读量7000次。",
]


@pytest.mark.parametrize("text", SEEN_OR_SHOWN)
def test_how_often_a_channel_was_seen_is_no_count_of_what_it_published(text):
    assert [value for _, value in stated(text)] == [40]


SEVERAL_YEARS = [
    "自开通以来，门户网站累计公开信息8600条。",
    "自2008年以来累计主动公开政府信息98760条。",
    "2022年、2023年分别收到政府信息公开申请12件、15件。",
]


@pytest.mark.parametrize("text", SEVERAL_YEARS)
def test_numbers_of_several_years_are_no_claims_about_this_one(text):
    assert stated(text) == []


def test_a_count_since_the_beginning_of_the_year_is_one_of_the_year():
    assert stated("自2023年以来累计主动公开政府信息98条。") == [("channel.total", 98)]


ANOTHER_SUBJECT = [
    "委托县自然资源局办理信息公开申请25件。",
    "指导各部门答复政府信息公开申请25件。",
    "收到住房补贴申请25件，办结24件。",
    "受理热线工单25件，办结24件。",
    "开展申请办理业务培训25次。",
    "处理举报案件25件。",
    "共发文250件，其中不予公开25件。",
    "审核拟公开信息250条。",
]


@pytest.mark.parametrize("text", ANOTHER_SUBJECT)
def test_what_else_an_agency_counts_below_the_heading_of_applications(text):
    assert stated(f"（二）依申请公开情况\n{text}") == []


def test_a_bare_number_below_the_heading_of_applications_is_still_one_of_them():
    assert stated("（二）依申请公开情况\n受理热线工单25件。全年共受理申请8件，办结7件。") == [(NEW, 8), (DECIDED, 7)]


NOT_DECISIONS = [
    "公示行政许可决定82条、行政处罚决定16条。",
    "在平台公示信息750条，其中行政处罚决定16条。",
]


@pytest.mark.parametrize("text", NOT_DECISIONS)
def test_decisions_put_on_show_are_not_all_decisions(text):
    assert stated(text) == []


def test_decisions_in_a_row_share_their_verb():
    assert stated("全年作出行政许可3件、行政处罚8件、行政强制5件。") == [
        ("publication.licensing.decisions", 3),
        ("publication.penalty.decisions", 8),
        ("publication.coercion.decisions", 5),
    ]


DISPUTES = [
    ("因信息公开被提起行政诉讼7件，其中驳回诉讼请求2件。", [(LAWSUITS, 7)]),
    ("因信息公开产生行政复议6件，其中驳回复议申请4件。", [(REVIEW, 6)]),
    ("涉及信息公开的行政复议3项。", [(REVIEW, 3)]),
    ("（三）管理情况：办理行政复议案件9件。", []),
    ("回应信息公开关切。办理行政复议案件9件。", []),
]


@pytest.mark.parametrize(("text", "expected"), DISPUTES)
def test_disputes_and_how_they_ended(text, expected):
    assert stated(text) == expected


KINDS_OF_PIECES = [
    "政府网站公布要闻160条，部门动态845条，公告795条。",
    "微信公众号发布就业推文32篇，社保推文38篇。",
    "通过门户网站公开信息七十条以上，其中动态64条、公告98条、文件13条。",
    "在门户网站公开政务动态类信息62条、公示公告类信息29条。",
    "其他信息19条（在村务公开栏上公开搬迁信息13条、征收信息6条）。",
]


@pytest.mark.parametrize("text", KINDS_OF_PIECES)
def test_one_kind_of_what_a_channel_published_is_not_all_of_it(text):
    assert [claim.value for claim in read(text) if claim.value != 70] == []


def test_what_is_followed_by_another_channel_is_all_that_the_first_published():
    assert stated("门户网站发布工作动态16条，微信公众号推送图文7篇。") == [
        ("channel.website", 16),
        ("channel.wechat", 7),
    ]


CHANNELS = [
    ("“安宁在线”发布信息806条。", []),  # whatever kind of account that is
    ("“两微一端”共发布信息806条。", []),
    ("通过走访农户、张贴告示等方式，公开政府信息42条。", []),
    ("通过公众号发布信息45条。", [("channel.wechat", 45)]),
    ("“安宁在线”抖音公众号发布视频9条。", [("channel.video", 9)]),
    ("微信视频号发布短视频9条。", [("channel.video", 9)]),
    ("编发政府公报4期，发布统计公报2篇。", [("channel.gazette", 4)]),
    ("主动公示信息84条，其中门户网站20条、官方微信24条。", [("channel.website", 20), ("channel.wechat", 24)]),
    ("主动公开涉及就业、养老等方面政府信息240条。", [("channel.total", 240)]),
    ("主动公开的各类政府信息数量66件。", [("channel.total", 66)]),
    ("微信公众号编辑17期，推送信息35篇。", [("channel.wechat", 35)]),
    ("编辑《云溪公报》6期，在网站公开电子版。", [("channel.gazette", 6)]),
    ("信息公开方面，参加新闻发布会3次、在线访谈2次。", []),
    ("门户网站发布政府文件13条，办公室文件14条。", []),
    ("主动公开政府信息66条。动态发布各类信息20条。", [("channel.total", 66)]),
    ("微信公众号粉丝两万人，活跃度高，全年共发布信息35篇。", []),
    ("门户网站发布通知13条、公示14条、预决算公开信息5条。", []),
    ("公众号不断改进，年末粉丝三万余人；累计发布信息380条。", []),  # by the account, or all
    ("不断改进信息审核；累计发布信息380条。", [("channel.total", 380)]),
    ("涉及决策、管理等五公开信息147条。", []),
    ("市政府及其部门主动公开政府信息75条，县（区）政府及其部门主动公开政府信息98条。", []),
    ("全县各级政府及其部门主动公开政府信息98条。", [("channel.total", 98)]),
    ("全年共发布规范性文件、招考公告等政务信息413条。", [("channel.total", 413)]),
    ("本局累计公开62条信息。财务公开发布21条信息。", [("channel.total", 62)]),
    ("依托门户网站、公众号等信息发布平台共发布信息1940条。", [("channel.total", 1940)]),
]


@pytest.mark.parametrize(("text", "expected"), CHANNELS)
def test_channels(text, expected):
    assert stated(text) == expected


HIDDEN = [
    ("全年通过网站、邮寄等途径受理信息公开申请12件。", [(NEW, 12)]),
    ("收到信息公开书面申请12件。", [(NEW, 12)]),
    ("受理政府信息公开12件，办结9件。", [(NEW, 12), (DECIDED, 9)]),
    ("收到信息公开申请12件；办结9件，下年度继续办理3件。", [(NEW, 12), (DECIDED, 9), (CARRIED_OUT, 3)]),
    ("2022年收到、结转至2023年答复的信息公开申请3件。", [(CARRIED_IN, 3)]),
    ("结转至2024年答复的信息公开申请3件。", [(CARRIED_OUT, 3)]),
    ("制定并公开行政规范性文件7件。", [("publication.normative.issued", 7)]),
    ("公开行政规范性文件7件。", []),
    ("收到信息公开申请12件，9件按期限答复办结，3件结转到2024年办理。", [(NEW, 12), (DECIDED, 9), (CARRIED_OUT, 3)]),
    ("受理依申请公开来件29件，续办上年度结转件1件，共办理30件。", [(NEW, 29), (CARRIED_IN, 1)]),
    ("受理信息公开申请12件，已拒绝信息公开申请3件。", [(NEW, 12)]),
    ("收到信息公开申请12件，另有信息公开申请3件转来。", [(NEW, 12)]),
    ("全年依申请公开政务信息数3件，均已办理。", [(NEW, 3)]),
    ("收到信息公开申请16件，其中同意公开的15件，已主动公开的1,001件。", [(NEW, 16)]),
]


@pytest.mark.parametrize(("text", "expected"), HIDDEN)
def test_wordings_that_hide_the_subject(text, expected):
    assert stated(text) == expected


DENIALS = [
    ("本年度未收到政府信息申请。", [(NEW, 0)]),
    ("未收到申请人提出的依申请公开申请。", [(NEW, 0)]),
    ("未接到依申请公开，无上年结转申请。", [(CARRIED_IN, 0), (NEW, 0)]),
    ("全部办结，上年无结转。", [(CARRIED_IN, 0)]),
    ("全年无政府信息公开申请结转情况。", []),
    ("未发生以本局为被申请人的信息公开行政复议。", [(REVIEW, 0)]),
    ("没有因信息公开产生行政复议，提起行政诉讼情况发生。", [(LAWSUITS, 0), (REVIEW, 0)]),
    ("未发生行政复议，行政诉讼案件尚在审理。", [(REVIEW, 0)]),
    ("无法院受理并开庭的涉及本局政府信息公开行为的行政诉讼案件。", [(LAWSUITS, 0)]),
    ("未收到公民申请除已主动公开以外的其他政府信息。", [(NEW, 0)]),
    ("未收到申请政府信息公开事项。", [(NEW, 0)]),
    ("无因信息公开引发的行政复议、行政诉讼问题。", [(LAWSUITS, 0), (REVIEW, 0)]),
    ("未收到个人或组织申请公开相关政府信息。", [(NEW, 0)]),
]


@pytest.mark.parametrize(("text", "expected"), DENIALS)
def test_denials(text, expected):
    assert sorted(stated(text)) == expected


CHANGES = [
    ("收到信息公开申请22件，比2022年（31件）下降29%。", [(NEW, -29)]),
    ("收到信息公开申请22件，较2022年减少29%。", [(NEW, -29)]),
    ("收到信息公开申请22件，较2019年减少29%。", []),  # no change on the year before
    ("网站发布信息121条，比2022年增长5%。", [("channel.website", 5)]),
]


@pytest.mark.parametrize(("text", "expected"), CHANGES)
def test_changes_on_a_year_that_is_named(text, expected):
    assert [(claim.about, claim.value) for claim in read(text) if claim.period == "change"] == expected


SHARES = [
    ("收到信息公开申请20件，其中其他情况占5%。", []),
    ("收到信息公开申请20件，予以公开和部分公开占58%。", []),
    ("上年结转信息公开申请2件，所有答复件两份，占9%。", []),
    ("收到信息公开申请20件，予以公开9件，占45%。", [(GRANTED, 45)]),
    ("收到信息公开申请20件，予以公开9件、占45%。", [(GRANTED, 45)]),
]


@pytest.mark.parametrize(("text", "expected"), SHARES)
def test_a_share_is_of_what_is_named_or_stands_right_before_it(text, expected):
    assert [(claim.about, claim.value) for claim in read(text) if claim.period == "share"] == expected


LAST_YEAR_TOO = [
    "收到信息公开申请26件，去年21件，同比增长23.8%。",
    "收到信息公开申请26件（2022年为21件）。",
    "收到信息公开申请26件，而上年同期为21件。",
]


@pytest.mark.parametrize("text", LAST_YEAR_TOO)
def test_last_years_number_of_the_same_stands_right_behind_it(text):
    assert [(claim.about, claim.value, claim.period) for claim in read(text)][:2] == [
        (NEW, 26, "this_year"),
        (NEW, 21, "last_year"),
    ]
    assert [claim.value for claim in read("收到信息公开申请26件，2019年为21件。")] == [26]


def test_grounds_of_refusal_are_rows_of_their_own():
    text = "答复信息公开申请9件，其中不予公开3件（行政执法案卷2件、行政查询事项1件），本机关不掌握4件，重复申请2件。"
    assert stated(text) == [
        (DECIDED, 9),
        ("applications.denied.total", 3),
        ("applications.denied.case_file.total", 2),
        ("applications.denied.inquiry.total", 1),
        ("applications.unavailable.not_held.total", 4),
        ("applications.rejected.repeat.total", 2),
    ]
    assert stated("答复信息公开申请9件，告知信息不存在4件。") == [(DECIDED, 9)]


def test_documents_listed_by_who_may_see_them_are_no_applications():
    assert stated("全年主动公开文件30件、依申请公开5件、不予公开2件。") == []
    assert stated("主动公开文件30件，收到依申请公开5件。") == [(NEW, 5)]


def test_a_comma_that_sets_thousands_apart_ends_no_clause():
    assert stated("微博关注5,966人，发布信息128条。") == [("channel.weibo", 128)]


ON_TO_THE_NEXT_YEAR = [
    ("答复信息公开申请805件（含上年度结转18件，另有72件申请按照《条例》顺延到下年度答复）。", 72),
    ("收到信息公开申请34件，转下一年度办理答复的有1件。", 1),
    ("收到信息公开申请34件，顺延至下一年度2件。", 2),
]


@pytest.mark.parametrize(("text", "count"), ON_TO_THE_NEXT_YEAR)
def test_what_goes_on_next_year_is_no_plan(text, count):
    assert (CARRIED_OUT, count) in stated(text)


def test_what_was_handled_of_what_came_in_is_what_was_decided():
    text = "（二）依申请公开。共受理信息公开申请749件，其中自然人申请741件；共办理718件，结转下一年31件。"
    assert stated(text) == [(NEW, 749), ("applications.new.person", 741), (DECIDED, 718), (CARRIED_OUT, 31)]
    assert stated("共办理信息公开申请20件。") == [(NEW, 20)]


def test_a_case_may_be_named_behind_what_it_was_about():
    assert stated("有1件涉及政府信息公开工作的行政复议，未被纠错。") == [("litigation.review.total", 1)]


def test_a_quote_begins_with_its_number():
    assert read("收到信息公开申请 34 件，约 5 件当场答复。")[0].quote == "34 件"


def test_what_came_by_a_site_is_not_all_where_papers_follow():
    assert stated("全年通过政府门户网站收到信息公开申请3件、纸质申请36件，结转下年度2件。") == [(CARRIED_OUT, 2)]
    assert stated("全年通过政务服务平台办理并答复信息公开申请3件、信函申请6件。") == []
    assert stated("全年通过政府门户网站收到信息公开申请3件，均已答复。") == [(NEW, 3)]


def test_a_running_total_behind_what_the_year_added_is_no_claim():
    text = "截至12月底，新增主动公开政府信息310条，累计主动公开政府信息达3170条。"
    assert stated(text) == [("channel.total", 310)]


def test_what_an_agency_keeps_to_itself_is_no_outcome_of_applications():
    text = "没有收到公开申请。不予公开信息有10条，主要是人事安排。"
    found = read_claims([SectionReading(3, "", text)], 2023)
    assert [claim.about for claim in found] == [NEW]
    assert (("applications.denied.total", 2)) in stated("收到公开申请5件，不予公开2件。")


def test_what_came_in_new_behind_what_was_carried_over_is_new():
    assert stated("结转上年后新收到依申请公开事项47件。") == [(NEW, 47)]
    assert stated("收到公开申请40件，上年结转和本年新收申请共44件。") == [(NEW, 40)]
    assert stated("收到公开申请40件，上年结转4件。") == [(NEW, 40), ("applications.carried_in.total", 4)]


def test_cases_that_were_decided_are_a_part_of_those_named_before():
    assert stated("全年发生信息公开行政复议144件，120件做出复议决定。") == [("litigation.review.total", 144)]
    assert stated("全年发生信息公开行政诉讼20件，15件已审结。") == [("litigation.lawsuits.total", 20)]
    assert stated("全年发生2件信息公开行政复议。") == [("litigation.review.total", 2)]


def test_documents_that_are_not_public_are_no_applications_denied():
    text = "（一）主动公开。全年制作政府信息64条，主动公开信息16条，依申请公开文件12条、不予公开文件36条。"
    assert "applications.denied.total" not in dict(stated(text))
    found = stated("收到公开申请5件，答复5件，其中不予公开2件。")
    assert ("applications.denied.total", 2) in found


def test_a_column_of_a_site_is_no_board():
    assert stated("区教育局在门户网站发布信息32条，信息公开栏目发布信息43条。") == [("channel.website", 32)]
    assert stated("通过村务公开栏发布信息43条。") == [("channel.board", 43)]


def test_the_first_of_several_kinds_is_not_all_though_the_next_is_a_kind_of_notices():
    assert stated("在门户网站公开发布通告类7条、公告公示类35条。") == []


def test_reviews_of_law_enforcement_are_none_of_disclosure():
    assert stated("2023年行政执法工作均无被申请行政复议和提起行政诉讼。") == []
    assert len(stated("加强执法信息公开，未发生行政复议和行政诉讼。")) == 2


def test_those_answered_beside_those_not_taken_on_are_not_all_decided():
    assert stated("共受理信息公开申请12件，答复7件，不予受理4件。") == [(NEW, 12)]
    assert stated("共受理信息公开申请12件，答复12件，不予公开4件。")[1] == (DECIDED, 12)


def test_all_platforms_together_published_all():
    assert stated("全年通过各类平台主动公开政府信息共计1202条。") == [("channel.total", 1202)]
    assert stated("全年通过公开平台主动公开政府信息共计1202条。") != [("channel.total", 1202)]
