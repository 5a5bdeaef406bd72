"""Numbers whose subject stands in the sentence before, under a heading further up, or is of another time."""

import pytest

from loaders.claims import read_claims
from loaders.report import SectionReading

NEW, DECIDED, GRANTED = "applications.new.total", "applications.total.total", "applications.granted.total"
REVIEW, LAWSUITS = "litigation.review.total", "litigation.lawsuits.total"


def stated(text, section=1):
    return [(each.about, each.value) for each in read_claims([SectionReading(section, "", text)], 2023)]


FROM_THE_SENTENCE_BEFORE = [
    (
        "全年主动公开政府信息共计90条。其中：政府网站50条、微信公众号40条。",
        [("channel.total", 90), ("channel.website", 50), ("channel.wechat", 40)],
    ),
    ("全年收到网民留言30条。其中：政府网站20条、微信公众号10条。", []),
    (
        "制发行政规范性文件4件，均在印发之日起16个工作日内公开；废止2件。",
        [("publication.normative.issued", 4), ("publication.normative.repealed", 2)],
    ),
    (
        "办理依申请公开146件，其中，本年新收140件，上年结转6件。",
        [(NEW, 140), ("applications.carried_in.total", 6)],
    ),
    (
        "新收政府信息公开申请35件；结转2022年申请3件；办结36件，结转2件到2024年。",
        [(NEW, 35), ("applications.carried_in.total", 3), (DECIDED, 36), ("applications.carried_out.total", 2)],
    ),
    ("共有2件政府信息公开行政复议，1件结果维持。", [(REVIEW, 2), ("litigation.review.upheld", 1)]),
]


@pytest.mark.parametrize(("text", "expected"), FROM_THE_SENTENCE_BEFORE)
def test_a_number_goes_on_with_what_the_sentence_before_is_about(text, expected):
    assert stated(text) == expected


def test_points_under_a_heading_are_of_its_subject():
    points = "（二）依申请公开\n1．新收申请6件，办结6件。\n2．其中予以公开4件。\n（三）平台建设\n1．办结整改6件。"
    assert stated(points) == [(NEW, 6), (DECIDED, 6), (GRANTED, 4)]


def test_a_share_of_all_is_not_the_share_that_all_have():
    text = "收到信息公开申请24件，其中自然人申请20件。其中予以公开4件，占办结总数的18.2%。"
    shares = [
        (each.about, each.value) for each in read_claims([SectionReading(1, "", text)], 2023) if "%" in each.quote
    ]
    assert shares == [(GRANTED, 18.2)]


def test_a_reason_with_its_outcome_is_the_row_of_the_reason():
    assert ("applications.rejected.repeat.total", 2) in stated("收到信息公开申请19件，因重复申请不予处理2件。")
    assert ("applications.rejected.total", 2) in stated("收到信息公开申请19件，因重复申请等不予处理2件。")


@pytest.mark.parametrize(
    "text",
    [
        "上半年公开信息60条，下半年公开信息75条。",
        "2023年上半年，全县各单位共收到信息公开申请26件。",
        "截至6月底，共收到信息公开申请26件。",
        "2023年1月至10月，网站公开信息60条。",
        "2021年至2023年，我局分别收到信息公开申请5件、8件、11件。",
        "我局连续三年收到的依申请公开数量均在10件以下。",
        "全年累计发布信息1 256条。",
    ],
)
def test_numbers_of_other_times_and_parted_ones_claim_nothing(text):
    assert stated(text) == []


@pytest.mark.parametrize("opening", ["2023年1月1日至12月31日，", "截至2023年12月底，", "上半年，我局开展自查2次；全年"])
def test_numbers_of_the_whole_year_are_its_own_however_it_is_named(opening):
    assert stated(f"{opening}收到信息公开申请26件。") == [(NEW, 26)]


def test_what_a_channel_put_out_since_it_opened_is_not_of_this_year():
    assert ("channel.website", 18000) not in stated("截至年底，网站累计公开信息1.8万条，其中2023年新增2045条。")


def test_fewer_than_a_number_is_open():
    (claim,) = read_claims([SectionReading(1, "", "收到信息公开申请10件以下。")], 2023)
    assert not claim.exact


COMPARED = [
    ("收到信息公开申请22起，比2022年（31起）下降29%，答复22起。", [(NEW, 22), (NEW, 31), (NEW, -29), (DECIDED, 22)]),
    ("收到政府信息公开申请15件，较上年同期（12件）增长25%。", [(NEW, 15), (NEW, 12), (NEW, 25)]),
    ("收到政府信息公开申请量同比持平，为6件。", [(NEW, 6)]),
]


@pytest.mark.parametrize(("text", "expected"), COMPARED)
def test_numbers_beside_the_year_they_are_compared_with(text, expected):
    assert stated(text) == expected


def test_a_year_in_brackets_is_not_that_of_what_follows():
    claims = read_claims([SectionReading(1, "", "全年受理申请46件（2022年36件），办结45件。")], 2023)
    assert [(each.value, each.period) for each in claims] == [
        (46, "this_year"),
        (36, "last_year"),
        (45, "this_year"),
    ]


NUMBER_BEFORE_WHAT_BECAME_OF_IT = [
    ("其中5件因本机关不掌握相关信息无法提供，3件属于重复申请不予处理。", ["unavailable.not_held", "rejected.repeat"]),
    ("其中5件为予以公开，3件属不予公开。", ["granted", "denied"]),
    ("其中5件涉及征地，3件因信访事项转办。", []),
]


@pytest.mark.parametrize(("text", "rows"), NUMBER_BEFORE_WHAT_BECAME_OF_IT)
def test_what_became_of_applications_may_stand_behind_their_number(text, rows):
    numbers = [5, 3]
    expected = [(f"applications.{row}.total", numbers[n]) for n, row in enumerate(rows)]
    assert stated("（二）依申请公开。收到申请8件，" + text) == [(NEW, 8), *expected]


DECISIONS = [f"publication.{row}.decisions" for row in ("licensing", "penalty", "coercion")]
NAMED_IN_A_ROW = [
    ("全省行政许可、行政处罚、行政强制决定数量分别为276.4万宗、312万宗和18宗。", [2764000, 3120000, 18], DECISIONS),
    ("公示行政许可、行政处罚信息分别为12条、3条。", [], []),
    ("办理行政许可、行政处罚和行政检查分别为12件、3件和4件。", [], []),
    ("政府信息公开行政复议、行政诉讼分别为3件、2件。", [3, 2], [REVIEW, "litigation.lawsuits.total"]),
]


@pytest.mark.parametrize(("text", "values", "subjects"), NAMED_IN_A_ROW)
def test_each_of_several_numbers_is_of_what_was_named_in_its_place(text, values, subjects):
    assert stated(text) == list(zip(subjects, values, strict=True))


def test_lawsuits_about_disclosure_may_be_called_defence_in_court():
    defended = ("litigation.lawsuits.total", 1)
    assert stated("因政府信息公开引起的行政复议2件、行政应诉1件。") == [(REVIEW, 2), defended]
    assert stated("全年发生行政应诉案件5件，均依法出庭。") == []


def test_of_all_that_was_made_a_part_is_open_to_all():
    text = "制作政府信息687条，其中主动公开668条、依申请公开19条、不予公开3条。"
    assert stated(text) == stated(text.replace("制作", "公开")) == [("channel.total", 668)]
    kinds = "发布主动公开政府信息311条，其中主动公开文件72条，微信6条。"
    assert stated(kinds)[0] == ("channel.total", 311)


def test_other_ways_end_the_row_of_channels():
    text = "通过政府网站公开85条，政务微博12条，政务微信20条，其他方式6条。"
    assert [about for about, _ in stated(text)] == ["channel.website", "channel.weibo", "channel.wechat"]


@pytest.mark.parametrize("between", ["", "<天>", " "])
def test_issues_of_pieces_count_by_their_pieces(between):
    assert stated(f"政务微信公开269次{between}1189条。") == [("channel.wechat", 1189)]


PARTS_OF_OTHERS = [
    ("信息公开行政复议2件，均已结案；行政诉讼3件，1件驳回诉讼请求，2件未审结。", [(REVIEW, 2), (LAWSUITS, 3)]),
    (
        "行政复议结果维持4件；行政诉讼案件一审驳回2件，二审维持1件。",
        [("litigation.review.upheld", 4)],
    ),
    (
        "被申请行政复议5件，其中维持3件；应诉4件，未审结2件。",
        [(REVIEW, 5), ("litigation.review.upheld", 3)],
    ),
]


@pytest.mark.parametrize(("text", "expected"), PARTS_OF_OTHERS)
def test_what_became_of_lawsuits_is_not_said_of_reconsiderations(text, expected):
    assert [each for each in stated(text) if not each[0].endswith("pending")] == expected
    assert ("litigation.review.pending", 2) not in stated(text)


def test_not_agreeing_to_disclose_is_denying():
    text = "办理政府信息公开申请9件，其中同意公开5件，不同意公开3件，未予公开1件。"
    denied = "applications.denied.total"
    assert stated(text) == [(NEW, 9), ("applications.granted.total", 5), (denied, 3), (denied, 1)]


def test_written_applications_may_be_denied_too():
    assert stated("全年未收到要求公开政府信息的书面申请。") == [(NEW, 0)]


def test_decisions_go_on_behind_a_semicolon():
    text = "办理行政许可21件；实施行政处罚6件，罚没款2.3万元；行政强制措施4件。"
    assert stated(text)[-1] == ("publication.coercion.decisions", 4)


OF_CHANNELS = [
    ("答复留言20条，财政公开信息9条。", []),
    ("全年转发国务院部门和省级政府网站信息70条。", []),
    ("中央广播电视总台等主要媒体发布本市新闻60条。", []),
    ("通过门户网站公开信息90条，发布政府网站检查通报4期。", [("channel.website", 90)]),
    (
        "通过局网站公开信息90条，其中，局网站通知栏目公开30条，双公示栏公开20条；微博公开10条。",
        [("channel.website", 90), ("channel.weibo", 10)],
    ),
    (
        "全年通过政府网站、政务新媒体、公示栏等平台向社会公开各类政府信息共计900条。",
        [("channel.total", 900)],
    ),
    (
        "通过政府网站、政务新媒体等平台，累计发布各类信息90条（其中政府网站公开信息50条，政务新媒体发布信息40条）。",
        [("channel.total", 90), ("channel.website", 50), ("channel.media", 40)],
    ),
    ("通过微信、微博等平台累计发布各类信息90条。", []),
    ("局门户网站全年发布或更新各类动态信息90条，含法规文件17条。", [("channel.website", 90)]),
    ("全年主动公开和更新了各类信息90条。", [("channel.total", 90)]),
    ("“某某发布”微信公众号推送44期、刊发稿件116篇。", [("channel.wechat", 116)]),
]


@pytest.mark.parametrize(("text", "expected"), OF_CHANNELS)
def test_what_channels_of_its_own_an_agency_published_by(text, expected):
    assert stated(text) == expected


OF_NOTHING = [
    ("全年无一例因信息公开申请行政复议的情况。", [(REVIEW, 0)]),
    ("未发生一件行政复议，没有一起行政诉讼。", [(REVIEW, 0), ("litigation.lawsuits.total", 0)]),
    ("发生行政复议一件。", [(REVIEW, 1)]),
    ("未产生与行政诉讼相关的费用支出。", []),
    ("未发生行政复议、收费等情况。", [(REVIEW, 0)]),
    ("除2022年遗留的1件起诉撤诉外，未发生行政诉讼。", []),
]


@pytest.mark.parametrize(("text", "expected"), OF_NOTHING)
def test_not_a_single_case_is_none_and_no_costs_are_no_denial(text, expected):
    assert stated(text, 4) == expected


OF_PAPERS = [
    ("在网站公示失效、废止的规范性文件和其他文件85件。", []),
    ("废止规范性文件和其他政策文件85件。", []),
    ("全年废止行政规范性文件5件。", [("publication.normative.repealed", 5)]),
    ("实施行政处罚的依据、程序和行政处罚决定发布72条。", []),
    ("办理行政许可公开202件。", []),
    ("办理行政许可202件。", [("publication.licensing.decisions", 202)]),
]


@pytest.mark.parametrize(("text", "expected"), OF_PAPERS)
def test_what_was_put_on_show_or_counted_with_others_is_no_figure(text, expected):
    assert stated(text, 2) == expected


@pytest.mark.parametrize("change", ["较上年增加10件，同比增长28%", "比上年增加10件，增长28%"])
def test_a_change_in_percent_behind_one_in_number_is_of_the_same(change):
    claims = read_claims([SectionReading(3, "", f"收到信息公开申请46件，{change}。")], 2023)
    assert [(each.about, each.value, each.period) for each in claims] == [
        (NEW, 46, "this_year"),
        (NEW, 28, "change"),
    ]


def test_what_was_completed_was_decided():
    assert (DECIDED, 35) in stated("新收申请36件，办理完成35件，结转2024年度1件。", 3)


def test_what_a_sentence_says_in_front_is_what_its_numbers_are_about():
    assert stated("政府信息公开申请受理情况：受理9件，其余为咨询。") == [(NEW, 9)]
    assert stated("政务服务事项受理情况：受理9件，其余为咨询。") == []


def test_films_are_counted_by_another_word_too():
    assert stated("抖音号发布短视频35个，开设专题5个。") == [("channel.video", 35)]


FROM_ONE_NUMBER_TO_ANOTHER = [
    ("收到政府信息公开申请由2022年的78件下降至63件。", [(NEW, 78, "last_year"), (NEW, 63, "this_year")]),
    ("政府信息公开申请量由去年的5件增加到今年的9件。", [(NEW, 5, "last_year"), (NEW, 9, "this_year")]),
    ("与2022年相比，信息公开申请量由8件减至6件。", [(NEW, 8, "last_year"), (NEW, 6, "this_year")]),
    ("信息公开申请量由2019年的8件增至2023年的16件。", [(NEW, 16, "this_year")]),
    ("信息公开申请量从上半年的8件增至下半年的16件。", []),
    (
        "行政诉讼案件由2022年的10件下降为4件，其中结果维持3件，结果纠正1件。",
        [
            (LAWSUITS, 10, "last_year"),
            (LAWSUITS, 4, "this_year"),
            ("litigation.lawsuits.upheld", 3, "this_year"),
            ("litigation.lawsuits.corrected", 1, "this_year"),
        ],
    ),
    ("收到政府信息公开申请（含补正）14件。", [(NEW, 14, "this_year")]),
    (
        "收到信息公开申请18件，较上年的15件上升20%。",
        [(NEW, 18, "this_year"), (NEW, 15, "last_year"), (NEW, 20, "change")],
    ),
    (
        "因政府信息公开引发行政复议3起，其中维持2起、纠错1起。",
        [
            (REVIEW, 3, "this_year"),
            ("litigation.review.upheld", 2, "this_year"),
            ("litigation.review.corrected", 1, "this_year"),
        ],
    ),
]


@pytest.mark.parametrize(("text", "expected"), FROM_ONE_NUMBER_TO_ANOTHER)
def test_a_change_tells_the_number_of_last_year_and_of_this(text, expected):
    claims = read_claims([SectionReading(1, "", text)], 2023)
    assert [(each.about, each.value, each.period) for each in claims] == expected
