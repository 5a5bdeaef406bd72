"""By which channel so much was published, where the words for it are rarer ones, and how much by all of them."""

import pytest

from loaders.claims import read_claims
from loaders.report import SectionReading

TOTAL, SITE, WECHAT, WEIBO = "channel.total", "channel.website", "channel.wechat", "channel.weibo"


def stated(text):
    return [(each.about, each.value) for each in read_claims([SectionReading(1, "", text)], 2023)]


PUBLISHED = [
    ("通过某县农业信息网主动公开政府信息1476条。", [(SITE, 1476)]),
    ("主动在政务公开网上公开政府信息累计49条。", [(SITE, 49)]),
    ("印发5期《某旗公报》。编发12期政府公报。", [("channel.gazette", 5), ("channel.gazette", 12)]),
    ("政务推文共1541条（微信公众号发文709篇，微博发布832条）。", [(WECHAT, 709), (WEIBO, 832)]),
    ("在信息公开目录系统累计主动公开政府信息66条。", [(SITE, 66)]),
    ("在县人民政府外网主动公开政府信息数13条。", [(SITE, 13)]),
    ("通过移动新媒体某旗App发稿2326条。", [("channel.app", 2326)]),
    ("加强信息公开平台建设，2023年公开政务信息91条。", [(TOTAL, 91)]),
    ("通过不同渠道公开了218条政府信息。", [(TOTAL, 218)]),
    ("全年共制作政府信息236条，其中主动公开信息数为158条。", [(TOTAL, 158)]),
    ("通过门户网站、公众号等渠道公开机构信息、重点工作、政策解读等系列信息171条。", [(TOTAL, 171)]),
    ("通过省政府门户网站、公众号等渠道主动公开省政府及省政府办公厅政府信息759件。", [(TOTAL, 759)]),
]


@pytest.mark.parametrize(("text", "expected"), PUBLISHED)
def test_what_was_published_is_read(text, expected):
    assert stated(text) == expected


NOT_ALL = [
    # of all years, of several channels, of what is left over, of one topic
    ("累计主动公开政府信息12986条。本年度主动公开政府信息460条。", [(TOTAL, 460)]),
    ("通过局网页和微信公众号，发布政务公开信息共计615条。", []),
    ("主动公开政府信息85条，其中动态类信息81条；其他应主动公开信息4条，占4.7%。", [(TOTAL, 85)]),
    ("通过微信公众号和手机App发布信息66条。", []),
    ("在省政府门户网站发布解读信息296条。微信公众号刊发解读报道13篇。", []),
    ("一是深化政策信息公开。及时公布各项政策。累计发布信息76条。", []),
    ("一是加大公开力度。累计发布信息76条。", [(TOTAL, 76)]),
]


@pytest.mark.parametrize(("text", "expected"), NOT_ALL)
def test_a_part_of_what_was_published_is_not_all(text, expected):
    assert stated(text) == expected


OF_APPLICATIONS = "收到政府信息公开申请13件，"
NEW = ("applications.new.total", 13)
FATES = [
    ("均已答复。公开行政复议类信息24条。", []),
    (
        "其中，5件办理结果为主动公开，8件办理结果为本机关不掌握相关政府信息。",
        [("applications.unavailable.not_held.total", 8)],
    ),
    ("包括依法不予公开1件、不掌握相关信息、依法不予公开1件。", [("applications.denied.total", 1)]),
]


@pytest.mark.parametrize(("text", "expected"), FATES)
def test_what_became_of_applications(text, expected):
    assert stated(OF_APPLICATIONS + text) == [NEW, *expected]
