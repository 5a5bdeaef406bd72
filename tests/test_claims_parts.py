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
