"""Numbers of a part: of answers, of reasons for refusing, of documents in force; and what a change came to."""

import pytest

from loaders.claims import read_claims
from loaders.report import SectionReading

NEW, DECIDED = "applications.new.total", "applications.total.total"
RECEIVED = "2023年收到政府信息公开申请23件"


def stated(text, section=1):
    claims = read_claims([SectionReading(section, "", text)], 2023)
    return [(each.about, each.value) for each in claims if each.period == "this_year"]


@pytest.mark.parametrize(
    "answers",
    [
        "按期答复22件，延期答复1件",
        "其中延期答复3件，按时答复20件",
        "全部答复，其中延长答复期限2件",
        "经批准延期办理2件",
        "逾期答复1件，未答复1件",
        "其中书面答复15件、电话答复5件、当面答复3件",
        "当场答复3件，15日内答复18件，延长期限答复2件",
        "首次答复20件，补正后答复3件",
    ],
)
def test_those_answered_late_or_in_one_way_of_several_are_not_all_decided(answers):
    assert stated(f"{RECEIVED}，{answers}。") == [(NEW, 23)]


@pytest.mark.parametrize("answers", ["已答复22件，延期答复1件", "按时答复22件", "均书面答复，共答复22件"])
def test_those_answered_without_another_way_beside_are_all_decided(answers):
    assert stated(f"{RECEIVED}，{answers}。") == [(NEW, 23), (DECIDED, 22)]


def test_a_sentence_of_its_own_gives_the_reasons_for_an_outcome():
    text = f"{RECEIVED}。不予公开的9件中，属于国家秘密1件，保护第三方合法权益2件。无法提供的16件中，本机关不掌握14件。"
    assert stated(text)[1:] == [
        ("applications.denied.total", 9),
        ("applications.denied.secret.total", 1),
        ("applications.denied.third_party.total", 2),
        ("applications.unavailable.total", 16),
        ("applications.unavailable.not_held.total", 14),
    ]


def test_reasons_in_a_text_that_speaks_of_no_applications_are_none():
    assert stated("不予公开的文件9件中，属于国家秘密1件。") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("主动公开政府信息比去年增加320条，达到1580条。", [("channel.total", 1580)]),
        ("微信公众号发布信息较去年增加30条，达到200条。", [("channel.wechat", 200)]),
        ("行政复议案件较上年减少3件，降至2件。", [("litigation.review.total", 2)]),
        ("政府门户网站访问量较去年增加30万次，达到200万次。", []),
        ("办理热线较去年增加300件，达到2000件。", []),
    ],
)
def test_what_a_change_came_to_is_of_what_changed(text, expected):
    assert stated(text) == expected


@pytest.mark.parametrize("new", ["其中本年新制定3件", "本年度制发3件", "其中新出台3件"])
def test_what_is_new_among_documents_in_force_was_issued(new):
    assert stated(f"现行有效行政规范性文件27件，{new}、废止1件。") == [
        ("publication.normative.in_force", 27),
        ("publication.normative.issued", 3),
        ("publication.normative.repealed", 1),
    ]


def test_a_comma_parts_two_kinds_of_documents():
    assert stated("本年度制定规章0件，行政规范性文件5件，废止2件。") == [
        ("publication.rules.issued", 0),
        ("publication.normative.issued", 5),
        ("publication.normative.repealed", 2),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "信息公开申请受理数：12件；其中予以公开：5件；部分公开：2件。",
            [(NEW, 12), ("applications.granted.total", 5), ("applications.partial.total", 2)],
        ),
        (
            "行政复议：2件（维持1件）；行政诉讼：1件。",
            [
                ("litigation.review.total", 2),
                ("litigation.review.upheld", 1),
                ("litigation.lawsuits.total", 1),
            ],
        ),
        ("主动公开信息：政府网站：120条。", [("channel.website", 120)]),
    ],
)
def test_a_colon_between_a_name_and_its_number_parts_no_clause(text, expected):
    assert stated(text) == expected


def test_of_a_running_total_what_this_year_added_is_all_that_was_published():
    text = "截止2023年12月31日，全镇累计主动公开政府信息6,012条，其中2023年新增主动公开信息812条。"
    assert stated(text) == [("channel.total", 812)]


@pytest.mark.parametrize(
    "text",
    [
        "政务服务大厅受理申请事项2300件，办结2298件。",
        "全年共收到行政复议申请156件，受理140件，审结132件，其中维持80件。",
    ],
)
def test_what_an_agency_handles_for_others_is_none_of_its_own(text):
    assert stated(text) == []


def test_reconsiderations_received_are_its_own_where_disclosure_caused_them():
    assert stated("因政府信息公开收到行政复议申请2件。") == [("litigation.review.total", 2)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("微信公众号发布原创内容23篇，转载各级文章47篇。", []),
        ("微信公众号发布原创内容23篇。", [("channel.wechat", 23)]),
        ("宣传栏公开的信息每季度更新1次，全年共公开信息200条。", [("channel.board", 200)]),
        ("全年在门户网站发布信息55条，更新信息5条。", [("channel.website", 55)]),
        ("门户网站更新信息5条。", [("channel.website", 5)]),
        (f"{RECEIVED}，不予公开4件，无法提供等其他情况16件。", [(NEW, 23), ("applications.denied.total", 4)]),
    ],
)
def test_originals_updates_and_what_comes_with_others_are_not_all_of_it(text, expected):
    assert stated(text) == expected


def test_a_row_of_parts_goes_on_behind_shares():
    text = "全年主动公开政府信息100条。其中专栏发布的信息15条，占15%；微信公众平台85条，占85%。"
    assert stated(text) == [("channel.total", 100), ("channel.wechat", 85)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{RECEIVED}。其中7件准予公开。", [(NEW, 23), ("applications.granted.total", 7)]),
        ("2023年收到政府信息公开申请（含网上申请、信函申请和当面申请）共计23件。", [(NEW, 23)]),
        ("收到政府信息公开申请2022年38件，2023年23件。", [(NEW, 23)]),
        ("全年共收到政府信息公开申请叁拾贰件，办结贰拾件。", [(NEW, 32), (DECIDED, 20)]),
    ],
)
def test_other_ways_of_saying_how_many_applications_there_were(text, expected):
    assert stated(text) == expected


REVIEWS, LAWSUITS = "litigation.review.total", "litigation.lawsuits.total"


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        ("政府信息公开申请受理量为零。", [NEW]),
        ("全年依申请公开零受理。", [NEW]),
        ("全年政府信息公开行政复议、行政诉讼均为零。", [REVIEWS, LAWSUITS]),
        ("因政府信息公开引发的行政复议和行政诉讼“零发生”。", [REVIEWS, LAWSUITS]),
        ("政务公开工作实现“零复议”“零诉讼”。", [REVIEWS, LAWSUITS]),
        ("政务公开行政复议零纠正、行政诉讼零败诉。", []),
        ("政务公开行政诉讼败诉率为零。", []),
        ("行政执法实现零复议、零诉讼。", []),
    ],
)
def test_nought_may_be_a_word(text, denied):
    assert stated(text) == [(about, 0) for about in denied]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "微信公众账号（1个）发布信息149条；微博账号（2个）发布信息150条；抖音号（1个）发布信息46条。",
            [("channel.wechat", 149), ("channel.weibo", 150), ("channel.video", 46)],
        ),
        ("镇网站（含专栏）发布信息31条。", [("channel.website", 31)]),
        ("政务微博公众号发布信息48条。", [("channel.weibo", 48)]),
        ("在村公告栏公开信息30条，在政务公开揭示板公开信息45条。", [("channel.board", 30), ("channel.board", 45)]),
        ("依托政府网站“解读专栏”，共发布解读稿件40篇。", []),
        ("在政府网站发布政务动态类信息133条，发布文件信息82条。", []),
        ("在政府网站发布公开类信息133条。", [("channel.website", 133)]),
    ],
)
def test_a_channel_has_what_its_accounts_put_out_of_all_kinds(text, expected):
    assert stated(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("受理政府信息公开申请5件，已完成依申请公开申请3件。", [(NEW, 5), (DECIDED, 3)]),
        (f"{RECEIVED}，除1件结转下年度办理外，均已办结。", [(NEW, 23), ("applications.carried_out.total", 1)]),
        (f"{RECEIVED}，出具《政府信息公开申请答复书》22份。", [(NEW, 23)]),
        ("本年度有1件依申请公开信息。", [(NEW, 1)]),
        ("全年没有接到任何公民要求公开信息的请求。", [(NEW, 0)]),
        ("未接收到有关群众、法人或其他组织要求公开政府信息办理的申请。", [(NEW, 0)]),
        (
            "（二）依申请公开。年初结转3件，本年新增15件，共计18件；办结16件，年末结转2件。",
            [
                ("applications.carried_in.total", 3),
                (NEW, 15),
                (DECIDED, 16),
                ("applications.carried_out.total", 2),
            ],
        ),
    ],
)
def test_more_ways_of_saying_what_came_in_and_what_became_of_it(text, expected):
    assert stated(text) == expected


def test_documents_no_longer_valid_and_repealed_ones_are_two_numbers():
    in_force = [("publication.normative.in_force", 20)]
    assert stated("清理规范性文件，继续有效20件，失效2件、废止4件。") == in_force
    assert stated("清理规范性文件，继续有效20件，废止4件。") == [*in_force, ("publication.normative.repealed", 4)]
