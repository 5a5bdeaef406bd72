"""Sentences in, claims out."""

import pytest

from loaders.claims import read_claims
from loaders.report import SectionReading


def claims(text, section=1, year=2023):
    found = read_claims([SectionReading(section, "", text)], year)
    for claim in found:
        assert text[claim.start : claim.end] == claim.quote
        assert isinstance(claim.value, float)
    return found


def stated(text, section=1, year=2023):
    return [(claim.about, claim.value) for claim in claims(text, section, year)]


NEW, CARRIED_IN, DECIDED = "applications.new.total", "applications.carried_in.total", "applications.total.total"
CARRIED_OUT, GRANTED = "applications.carried_out.total", "applications.granted.total"
REVIEW, LAWSUITS = "litigation.review.total", "litigation.lawsuits.total"

SENTENCES = [
    ("本年度新收申请四十余件，较2022年的35件增长约20%。", [(NEW, 40), (NEW, 35), (NEW, 20)]),
    ("受理政府信息公开约十件，办结9件。", [(NEW, 10), (DECIDED, 9)]),
    ("全年共收到依申请公开信息12条，其中：收到邮递依申请公开信息1条，平台依申请公开11条。", [(NEW, 12)]),
    ("到年底累计主动公开政府信息928条，其中，本年度新增主动公开政府信息110条。", [("channel.total", 110)]),
    ("历年累计主动公开信息900条，2023年主动公开信息120条。", [("channel.total", 120)]),
    (
        "通过门户网站及政务新媒体方式主动公开97条，其中通过政府网站公开16条，微信公众号公开81条。",
        [("channel.total", 97), ("channel.website", 16), ("channel.wechat", 81)],
    ),
    ("政府公报共出刊6期。", [("channel.gazette", 6)]),
    ("全年收到政府信息公开申请42件。", [(NEW, 42)]),
    ("本年度新收政府信息公开申请1,472件。", [(NEW, 1472)]),
    ("全年收到申请一件，已答复一件。", [(NEW, 1), (DECIDED, 1)]),
    ("2023年收到0件政府信息公开申请。", [(NEW, 0)]),
    (
        "共收到公开申请12件，上年结转1件，办结11件，结转下年度继续办理2件。",
        [(NEW, 12), (CARRIED_IN, 1), (DECIDED, 11), (CARRIED_OUT, 2)],
    ),
    (
        "收到政府信息公开申请9件，其中予以公开4件，部分公开2件，不予公开3件。",
        [(NEW, 9), (GRANTED, 4), ("applications.partial.total", 2), ("applications.denied.total", 3)],
    ),
    ("我局未收到公民申请公开政府信息的事项。", [(NEW, 0)]),
    ("全年未发生因政府信息公开引起的行政复议和行政诉讼。", [(REVIEW, 0), (LAWSUITS, 0)]),
    ("因政府信息公开被申请行政复议2件、提起行政诉讼1件。", [(REVIEW, 2), (LAWSUITS, 1)]),
    (
        "全年制发行政规范性文件5件，废止2件。",
        [("publication.normative.issued", 5), ("publication.normative.repealed", 2)],
    ),
    ("通过旗政府网站公开信息43条，微信公众号发布信息278条。", [("channel.website", 43), ("channel.wechat", 278)]),
    ("全年主动公开政府信息五十条。", [("channel.total", 50)]),
]


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_numbers_find_their_subject(text, expected):
    assert stated(text) == expected


NO_CLAIMS = [
    "收到行政许可申请12件。",  # another kind of application
    "其中网络申请5件，信函申请5件。",  # the way they came in
    "依照条例第五十条编制。",
    "推进“一件事一次办”改革。",
    "开展业务培训3次，覆盖40人次。",
    "计划2024年公开政府信息60条。",
    "清理规范性文件12件。",  # going through documents is not issuing them
    "未出现超期办理政府信息公开申请的问题。",
]


@pytest.mark.parametrize("text", NO_CLAIMS)
def test_other_numbers_are_no_claims(text):
    assert [claim for claim in claims(text) if claim.period == "this_year"] == []


@pytest.mark.parametrize("number", ["近400条", "350余条", "四十余条", "约50条", "超过60条", "90条以上"])
def test_open_numbers_are_not_exact(number):
    (claim,) = claims(f"通过旗政府网站公开信息{number}。")
    assert claim.exact is False


PERIODS = [
    ("2022年收到政府信息公开申请8件。", "last_year"),
    ("去年同期收到政府信息公开申请8件。", "last_year"),
    ("2023年收到政府信息公开申请8件。", "this_year"),
]


@pytest.mark.parametrize(("text", "period"), PERIODS)
def test_years_are_told_apart(text, period):
    assert [claim.period for claim in claims(text)] == [period]


def test_a_change_is_about_the_number_before_it():
    received, change = claims("收到政府信息公开申请90件（另有2件结转下年度），同比下降10%。")[0::2]
    assert (received.about, change.about, change.value, change.period) == (NEW, NEW, -10, "change")


def test_a_change_that_names_its_subject_is_about_that():
    found = claims("收到申请20件，其中部分公开4件，申请量较上年增长25%。")
    assert [(claim.about, claim.value) for claim in found if claim.period == "change"] == [(NEW, 25)]


def test_the_heading_above_says_what_a_bare_number_is_about():
    text = "（二）依申请公开情况\n全年共受理5件，均按时办结。\n（三）政府信息管理\n审核信息5件。"
    assert stated(text) == [(NEW, 5)]


MORE_SENTENCES = [
    ("收到公开申请16件，予以公开12件、部分公开4件。", [(NEW, 16), (GRANTED, 12), ("applications.partial.total", 4)]),
    (
        "共收到信息公开申请7件；予以公开3件，无法提供4件。",
        [(NEW, 7), (GRANTED, 3), ("applications.unavailable.total", 4)],
    ),
    ("收到信息公开申请5件，没有发生因政府信息公开申请引发的行政复议。", [(NEW, 5), (REVIEW, 0)]),
    ("未发生因不服政府信息公开申请答复提起的行政复议。", [(REVIEW, 0)]),
    (
        "行政复议3件，其中结果维持1件、纠正2件。",
        [(REVIEW, 3), ("litigation.review.upheld", 1), ("litigation.review.corrected", 2)],
    ),
    ("主动公开政府信息90条，其中旗本级公开政府信息30条，苏木镇公开政府信息60条。", [("channel.total", 90)]),
    ("全年未接到信息公开申请；未收到行政许可申请。", [(NEW, 0)]),
]


@pytest.mark.parametrize(("text", "expected"), MORE_SENTENCES)
def test_numbers_and_denials_in_their_surroundings(text, expected):
    assert stated(text) == expected


WAYS_OF_SAYING = [
    ("微信公众号推送（转载）信息27条。", [("channel.wechat", 27)]),
    ("在“水利之声”（官方微博）发布信息14条。", [("channel.weibo", 14)]),
    ("借助抖音号“河畔”，全年发布信息31条。", [("channel.video", 31)]),
    ("主动公开信息数：63条。", [("channel.total", 63)]),
    ("接收到申请书17份，均已答复。", [(NEW, 17)]),
    ("收到政府信息公开申请6件，结转上年度申请0件。", [(NEW, 6), (CARRIED_IN, 0)]),
    ("行政事业性收费金额3.5万元。", [("publication.fees.amount", 3.5)]),
    ("行政事业性收费总额42000元。", [("publication.fees.amount", 4.2)]),
    ("作出行政许可类决定8条。", [("publication.licensing.decisions", 8)]),
    ("因信息公开引发行政复议7件，有2件被纠正。", [(REVIEW, 7), ("litigation.review.corrected", 2)]),
    (
        "全年行政复议4件，结果维持3件，尚未办结1件。",
        [(REVIEW, 4), ("litigation.review.upheld", 3), ("litigation.review.pending", 1)],
    ),
    (
        "发生行政复议6件，其中2件驳回复议请求，另4件尚未审结。",
        [(REVIEW, 6), ("litigation.review.pending", 4)],
    ),
    ("收到政府信息公开申请3项，均予以公开。", [(NEW, 3)]),
    ("主动公开政府信息21条，依申请公开信息数为2条。", [("channel.total", 21), (NEW, 2)]),
    ("共收到8份政府信息公开申请，无下年度结转。", [(NEW, 8), (CARRIED_OUT, 0)]),
    ("全年共制发6份局本级规范性文件。", [("publication.normative.issued", 6)]),
    ("2023年度，未收到和处理政府信息公开申请。", [(NEW, 0)]),
    ("未发生涉及信息公开的行政复议案件、行政诉讼案件和举报申诉件。", [(REVIEW, 0), (LAWSUITS, 0)]),
    ("办理信息公开申请9件，因信访类申请不予处理2件。", [(NEW, 9), ("applications.rejected.petition.total", 2)]),
]


@pytest.mark.parametrize(("text", "expected"), WAYS_OF_SAYING)
def test_ways_of_saying_a_number(text, expected):
    assert stated(text) == expected


DENIALS = [
    ("无行政复议，无提起行政诉讼的情形。", [(REVIEW, 0), (LAWSUITS, 0)]),
    ("未发生投诉、举报、行政复议及行政诉讼。", [(REVIEW, 0), (LAWSUITS, 0)]),
    ("全旗未收到公民、法人提出的公开政府信息的申请。", [(NEW, 0)]),
    ("未收到信息公开申请，无上年结转信息公开申请。", [(NEW, 0), (CARRIED_IN, 0)]),
    ("收到信息公开申请3件，无上年结转信息公开申请。", [(NEW, 3), (CARRIED_IN, 0)]),
    ("收到信息公开申请3件，无结转2024年办理件。", [(NEW, 3), (CARRIED_OUT, 0)]),
    ("未出现超期答复。未收到信息公开申请。", [(NEW, 0)]),
    ("没有专人负责依申请公开工作。", []),
    ("没有收到关于信息公开申请的投诉。", []),
    ("无未办理完毕的信息公开申请。", []),
    ("2021年未收到信息公开申请。", []),
    ("未经复议直接起诉的情形今年增多。", []),
    ("尚未 审结 总计 未经复议直接起诉 复议后起诉", []),
    ("尚未未经复议直复议后起诉", []),
]


@pytest.mark.parametrize(("text", "expected"), DENIALS)
def test_denials(text, expected):
    assert stated(text) == expected


NOT_THIS_FIGURE = [
    "予以公开及部分公开共11件。",  # two rows together
    "收到申请信箱来信30件，不予受理申请4件。",
    "配合上级协查信息公开申请答复6件。",
    "区政府办代表区政府受理政府信息公开申请17件。",
    "通过其他方式公开政府信息12条。",  # one way of publishing, not all
    "融媒体中心发布信息19条。",
    "减免行政事业性收费80万元。",
]


@pytest.mark.parametrize("text", NOT_THIS_FIGURE)
def test_numbers_of_something_else_are_no_claims(text):
    assert stated(f"（二）依申请公开情况\n{text}") == []
    assert stated(text) == []


def test_a_share_is_of_the_number_right_before_it():
    found = claims(
        "收到信息公开申请50件。自然人申请40件，占比80%；企业申请10件，占比20%；予以公开9件，部分公开6，占12%。"
    )
    assert [(claim.about, claim.value) for claim in found if claim.period == "share"] == [
        ("applications.new.person", 80)
    ]


def test_an_item_ends_the_subject_that_an_item_began():
    text = "一是畅通依申请公开渠道。\n全年受理4件。\n二是回应关切。\n全年受理热线38件。\n受理咨询9件。"
    assert stated(text) == [(NEW, 4)]


def test_the_narrative_of_section_two_is_read():
    assert stated("本年行政处罚决定39件。", section=2) == [("publication.penalty.decisions", 39)]


CHANNELS = [
    (
        "通过“云溪发布”微信公众号、“云溪政务微博”分别发布信息58条、27条。",
        [("channel.wechat", 58), ("channel.weibo", 27)],
    ),
    ("门户网站、微信公众号分别更新信息31条、44条。", [("channel.website", 31), ("channel.wechat", 44)]),
    ("通过门户网站、政府公报及官方微博微信等主动公开政府信息345条。", [("channel.total", 345)]),
    ("县政府网站和“云溪发布”微信公众号共发布信息3100条。", []),
    ("依托云溪日报、头条等媒体发布信息80条。", []),
    ("全市政府网站及38个政务新媒体发布信息500条。", []),
    ("全市38个政务新媒体发布信息500条。", [("channel.media", 500)]),
    ("通过政务新媒体（微信公众号等）公开信息29条。", [("channel.media", 29)]),
    ("通过微信公众号等政务新媒体公开信息29条。", [("channel.media", 29)]),
    ("通过微信、微博、抖音等政务新媒体公开信息29条。", [("channel.media", 29)]),
    ("通过政府网站、微信、微博等新媒体发布信息90条。", []),
    ("通过新闻媒体发布政府信息53条。", [("channel.press", 53)]),
    ("通过政府网主动公开政府信息62件。", [("channel.website", 62)]),
    ("更新和发布了政府信息88条。", [("channel.total", 88)]),
    (
        "政务信息主动公开总数146条，其中在政府网站公开信息101条，政务微信公开信息45条。",
        [("channel.total", 146), ("channel.website", 101), ("channel.wechat", 45)],
    ),
]


@pytest.mark.parametrize(("text", "expected"), CHANNELS)
def test_numbers_of_several_channels_together_are_not_those_of_one(text, expected):
    assert stated(text) == expected


RECEIPTS = [
    # What came in and what was carried in together is not what came in.
    ("全年收到信息公开申请28件（含新收26件、上年结转2件）。", [(NEW, 26), (CARRIED_IN, 2)]),
    ("收到信息公开申请28件，其中新收26件，结转下年度2件。", [(NEW, 26), (CARRIED_OUT, 2)]),
    ("收到申请28件（新收26件，结转2件）。", [(NEW, 26)]),
    ("受理信访件28件，其中新收26件。", []),
    (
        "收到申请8件，不予公开（三类内部事务信息）2件，不予处理（无正当理由大量反复申请）6件。",
        [(NEW, 8), ("applications.denied.internal.total", 2), ("applications.rejected.excessive.total", 6)],
    ),
    (
        "累计处理依申请公开72件，其中，本年度新接收70件，2022年结转办理2件。",
        [(NEW, 70), (CARRIED_IN, 2)],
    ),
    (
        "共处理政府信息公开申请161件（含上年度结转申请14件），答复150件，结转下年度继续办理11件。",
        [(CARRIED_IN, 14), (DECIDED, 150), (CARRIED_OUT, 11)],
    ),
    ("收到信息公开申请书58条，已处理54条，结转下年度继续办理4条。", [(NEW, 58), (DECIDED, 54), (CARRIED_OUT, 4)]),
    ("收到公开申请3件次，3件全部按期办结。", [(NEW, 3), (DECIDED, 3)]),
    (
        "受理政府信息公开申请56件，52件已在法定期限内答复，4件转结2024年办理。",
        [(NEW, 56), (DECIDED, 52), (CARRIED_OUT, 4)],
    ),
    ("市级机关收到申请320件，县区收到申请110件。", []),  # each a part of what the table holds
    ("2022年结转政府信息公开申请2件，共办结10件。", [(CARRIED_IN, 2), (DECIDED, 10)]),
    ("本年新收申请12件，较2022年的20件减少8件，共办结12件。", [(NEW, 12), (DECIDED, 12)]),
    (
        "办结依申请公开件17件（含2022年结转的3件），其中，予以公开6件，部分公开5件。",
        [(DECIDED, 17), (CARRIED_IN, 3), (GRANTED, 6), ("applications.partial.total", 5)],
    ),
]


@pytest.mark.parametrize(("text", "expected"), RECEIPTS)
def test_received_and_decided_are_told_apart(text, expected):
    found = read_claims([SectionReading(3, "", text)], 2023)
    assert [(claim.about, claim.value) for claim in found if claim.period == "this_year"] == expected


def test_a_result_behind_a_bracket_belongs_to_the_number_before_it():
    text = "行政诉讼案件5件（其中未经复议直接起诉4件，复议后起诉1件），结果维持3件。"
    assert stated(text, section=4)[-1] == ("litigation.lawsuits.upheld", 3)


def test_nought_of_two_kinds_together_is_nought_of_either():
    assert stated("政府信息公开行政复议、行政诉讼0条。") == [(REVIEW, 0), (LAWSUITS, 0)]
    assert stated("被申请行政复议和提起行政诉讼案件均为0件。", section=4) == [(REVIEW, 0), (LAWSUITS, 0)]
    assert stated("信息公开行政复议、行政诉讼共10件。", section=4) == []
    assert stated("2022年信息公开行政复议、行政诉讼0件。", section=4) == []


def test_results_of_two_kinds_together_belong_to_neither():
    text = "因信息公开被申请行政复议1件、被提起行政诉讼2件，其中维持2件，尚未审结1件。"
    assert stated(text, section=4) == [(REVIEW, 1), (LAWSUITS, 2)]
    text = "发生行政复议6件和行政诉讼3件，其中行政复议结果维持5件，行政诉讼结果维持3件。"
    assert [about for about, _ in stated(text, section=4)[2:]] == [
        "litigation.review.upheld",
        "litigation.lawsuits.upheld",
    ]


def test_a_plain_denial_of_applications_is_a_zero():
    assert stated("本局全年无新收申请，上年结转0件。", section=3) == [(CARRIED_IN, 0), (NEW, 0)]


def test_what_a_channel_published_is_named_in_the_clause_before():
    assert stated("县政府网站访问量达120万次，发布信息342条。") == [("channel.website", 342)]


NOT_ABOUT_DISCLOSURE = [
    "全年办理行政复议案件256件，行政诉讼案件30件。",  # those of all kinds
    "公开政府信息公开典型行政复议案件决定书34件。",
]


@pytest.mark.parametrize("text", NOT_ABOUT_DISCLOSURE)
def test_disputes_about_other_matters_are_no_claims(text):
    assert stated(f"主动公开情况。{text}") == []


def test_what_had_been_published_before_is_not_left_out_of_what_was_granted():
    text = "收到依申请公开16件，其中，同意公开的15件，已主动公开的1件。"
    assert stated(text) == [(NEW, 16)]


def test_a_change_in_a_sentence_of_its_own_has_no_subject():
    assert all(
        claim.period != "change" for claim in claims("收到申请95件，结转下年度办理7件。同比增长53.5%。", section=3)
    )
    (change,) = [claim for claim in claims("收到申请95件，同比增长53.5%。", section=3) if claim.period == "change"]
    assert change.about == NEW


NUMBER_FIRST = [
    (
        "因政府信息公开引发行政复议案件3件，其中1件维持、2件纠正。",
        [(REVIEW, 3), ("litigation.review.upheld", 1), ("litigation.review.corrected", 2)],
    ),
    (
        "收到政府信息公开申请6件，其中3件予以公开、2件部分公开、1件不予公开。",
        [(NEW, 6), (GRANTED, 3), ("applications.partial.total", 2), ("applications.denied.total", 1)],
    ),
    (
        "制定规章2件、行政规范性文件8件，现行有效规章12件、行政规范性文件96件。",
        [
            ("publication.rules.issued", 2),
            ("publication.normative.issued", 8),
            ("publication.rules.in_force", 12),
            ("publication.normative.in_force", 96),
        ],
    ),
    (
        "制发行政规范性文件8件，截至2023年底现行有效96件。",
        [("publication.normative.issued", 8), ("publication.normative.in_force", 96)],
    ),
]


@pytest.mark.parametrize(("text", "expected"), NUMBER_FIRST)
def test_numbers_in_front_of_what_they_count_and_in_rows(text, expected):
    assert stated(text) == expected
