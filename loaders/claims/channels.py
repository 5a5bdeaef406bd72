"""By which channel information was published: website, WeChat, Weibo, gazette and the like."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from loaders.claims.mentions import CLAUSE_BREAK, Mention
from loaders.patterns import pattern_of

Channels = tuple[tuple[str, int, int], ...]
"""Of each its name, and where it stands in the text."""

ALL_CHANNELS = "channel.total"
_CHANNELS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "channel.wechat",
        pattern_of(r"微信(?!微?视频)|(?<!抖音|快手|头条|视频|百家|微博)(?:公众|订阅)号"),
    ),
    ("channel.weibo", pattern_of(r"微博")),
    ("channel.gazette", pattern_of(r"(?<!统计)(?<!状况)(?<!质量)(?<!资源)(?<!普查)(?<!发展)公报")),
    ("channel.video", pattern_of(r"抖音|快手|视频号|微信微视频")),
    ("channel.app", pattern_of(r"客户端|(?:APP|App|app)(?![a-z])|头条")),
    ("channel.press", pattern_of(r"新闻发布会|新闻媒体|报刊|报纸|广播|电视")),
    ("channel.board", pattern_of(r"(?:公开|公示|公告|告示|宣传)栏(?!目)|(?:公示|公告|揭示|公开)板|电子屏|显示屏")),
    ("channel.media", pattern_of(r"新媒体")),
    (
        "channel.website",
        pattern_of(
            r"(?:门户)?网站(?!抽查|检查|监测|普查|考核|通报|绩效|评估|测评|整改)|门户(?!网站)|网页|公开平台(?!建设|管理|维护|升级|改版)|官网|"
            r"(?:信息|政务)公开网|(?<=[\u4e00-\u9fff]{2})信息网(?![络格点])|行政网(?!络)|政务网|政府网(?!站)|政府外网"
            r"|信息公开(?:目录)?系统(?!建设|管理|维护|升级|改版)"
        ),
    ),
)
_PUBLISHED = pattern_of(
    r"公开|发布(?!会)|公布|公示(?!栏)|推送|推文|更新|发出|刊发|刊登|上传|转发|刊播|播发|发稿|编发|编印|出版|发行|出刊|发文(?![件字号机单])"
)
_ALL_PUBLISHED = pattern_of(
    r"主动公开(?:(?:[和与并、]|以及)(?:更新|发布|公布))?(?:了|各类|各项|的)*(?:政府|政务)?信息"
    r"|(?<!算)(?<!财政)(?<!采购)(?<!人事)(?<!经费)(?<!五)(?:公开|发布)了?(?:各类|各项)?(?:政府|政务)?信息"
    r"|主动公开[^，,。；;]{2,60}等(?:方面|领域|各方面|各领域)?的?(?:各类|相关)?(?:政府|政务)?信息"
    r"|全年(?:共|累计|一共)(?:公开|发布)[^，,。；;]{2,60}等(?:方面|领域|各方面|各领域)?的?(?:各类|相关)?(?:政府|政务)信息"
    r"|主动公开[^，,。；;、]{0,14}(?:政府|办公[厅室]|[局委厅办])(?:政府|政务)信息"
    r"|主动公开(?:了|总数|总量|数量|共|共计|总计|合计|累计|为|达)*\s*$"
)
ADDED_THIS_YEAR = pattern_of("(?:本年度?|今年|当年|全年|20\\d\\d年度?)新增")
"""累计公开900条，其中本年度新增公开100条: of a running total, what this year added."""

_OF_ALL_MADE = pattern_of(
    r"其中[，,:：]?\s*(?:属于)?主动公开的?(?:政府|政务)?(?:信息|公文|文件)?(?:数量|数|有|共|为|的|了)*\s*$"
)
"""制作、获取政府信息614条，其中主动公开29条: of all that was made, what anyone may see."""
_OPEN_ALREADY = pattern_of(r"主动公开[^，,。；;：:\d]{0,16}\d")

_PUT_OUT = pattern_of(r"\s*(?:全年|累计|共)*(?:推送|更新|刊发)了?(?:各类|政府|政务)*(?:信息|图文|稿件|推文|作品)")
"""What a channel that the clause before named put out: 公众号编辑20期，推送信息50篇."""

_OF_WHAT_WENT_BEFORE = pattern_of(r"\s*(?:累计|共|一共|总计)*发布了?(?:各类)?(?:信息|内容)")
"""做强公众号，粉丝达31万；累计发布信息416条: who did so stands further in front."""

_PUT_OUT_SO_MANY = pattern_of(
    r"(?:全年|年度?|累计|共|总计|主动|(?:不同|各种|各类|多种)渠道)(?:公开|发布)(?:了|共计?|合计|累计)*\s*$"
)
_PIECES_BEHIND = pattern_of(r"\s*(?:各类|各项|的)*(?:政府|政务)?信息")
_ALONE = pattern_of(
    r"(?:公众|订阅)?号?(?:平台|账号|客户端|号|网站|网|站|类|[”》·\s])*(?:信息|稿件|图文)?(?:上|共计?|合计|累计|数量|数|为|达)*\s*"
)
"""Behind a channel in a row, where only the first has a verb: 微博发布20条、微信公众号30条, not 公众号编辑20期."""

_THE_REST = pattern_of(r"[\s、]*其[他它余]")
_ISSUED = pattern_of("(?:印发|编印|编发|编辑|编制|出版|发行|刊发|发布)了?$")
_GAZETTE_BEHIND = pattern_of("的?《?[^，,。；;《》]{0,14}公报")
"""编发12期《政府公报》."""
_GOES_ON = ("；", ";")
_ORIGINAL = pattern_of("原创(?:的|各类|政务|信息|内容|稿件|推文|作品|短?视频|文章|图文|共|数)*$")
_REPRINTED = pattern_of("[、，,]?(?:共|另)?转[发载]")
_MEDIA_OF_ALL_SORTS = pattern_of("等(?:各类|各种|多个|多种|多家)?(?:政务|官方)?新媒体")
_NO_MEDIA = frozenset(("channel.website", "channel.gazette", "channel.press", "channel.board"))
"""What is no 新媒体, so that a number of both is that of none."""
_ANY_PIECES = pattern_of(
    r"(?:公开|发布|公布|公示|推送|更新|发出|刊发|刊登|上传|转发|各类|各项)"
    r"(?:了|的|各类|各项|相关|有关|政府|政务|原创|图文|权威|法定|主动公开)*"
    r"(?:信息|内容|稿件|推文|作品|短?视频|文章|图文|消息|微信|微博)?(?:数量|总数|总量|数|共|共计|合计|总计|累计|达|为)*\s*$"
)
"""Whatever was published, of no special kind."""

_OF_ITS_OWN = pattern_of(
    r"(?:公开|发布|公布|公示(?!$|公告)|推送|更新|发出|刊发|刊登|上传|转发)(?!类)|其中|包括|^\s*(?:包)?含|收到|受理|办理|办结|回复|答复|接受|^\s*$"
    r"|其[他它](?:方式|渠道|途径|形式|平台|载体|媒体)"
)
_THROUGH = pattern_of(r"^.{0,8}(?:通过|利用|依托|借助)")
_ONE_WAY = pattern_of(
    r"(?:通过|利用|依托|借助|在)(?!各|多|不同|全|本|20|线)[^，,。；;]{2,}|(?<!各类)(?<!各个)(?<!多个)(?<!各)平台|专栏|栏目|媒体|中心发布"
    r"|[”》](?:上|共|一共|共计|累计|全年|年度|主动|及时|账号|号)*(?:公开|发布|推送|更新)"  # the name of an account
)
_IN_A_COLUMN = pattern_of("专栏|栏目|专区|专题|板块|模块")
"""依托网站“解读专栏”，发布解读稿件40篇 is not all that the site put out."""
_OF_A_KIND = pattern_of(
    r"(?<![各多几两])(?<!公开|政务|政府|发布)类的?(?:政府|政务)?(?:信息|内容)(?:共计?|累计|总计|有)*\s*$"
    r"|(?:公开|发布|刊发|推送)了?(?:政策|文件)*解读(?:信息|材料|稿件|文章|报道)?(?:共计?|累计|总计)*\s*$"
)
"""网站发布政务动态类信息133条, 公众号刊发解读报道13篇: of one kind."""
_OF_ONE_LEVEL = pattern_of(r"(?<!各级)(?<!各级人民)政府及其(?:所属|工作)*部门|本级|[县区旗市][（(][市区旗、]+[)）]")
"""市政府及其部门公开信息90条，县（区）政府及其部门公开信息80条: each is a part of all."""
_ITEM_HEAD = pattern_of(r"[一二三四五六七八九十]是([^，,。；;：:]{2,30})。")
_ON_ALL = pattern_of(
    r"主动|公开(?:内容|渠道|力度|信息|工作|水平|质量|范围|实效)|[政府务]信息|网站|平台|媒体|阵地|载体|渠道|信息(?:发布|更新)"
)
_SENTENCE_ENDS = pattern_of("[。；;]")
_SEVERAL_WAYS = pattern_of("各|多|线上|全")
_EVERY_WAY = pattern_of(
    r"(?:通过|利用|依托|借助)[^，,。；;]+[、和及与][^，,。；;]+等(?:各类|各种|各|多种|多个|多)?(?:信息|公开|发布|官方)*(?:平台|渠道|方式|形式|途径|载体|媒体)"
)
_ALL_KINDS = pattern_of(
    r"(?:公开|发布|推送)[^，,。；;]{2,60}等(?:系列|各类|各项)(?:政府|政务)?信息(?:共计?|累计|总计|合计)*\s*$"
)
"""通过网站、公众号等渠道公开文件、解读等系列信息171条: so are the kinds of information."""
_IN_ALL = pattern_of("全年|累计|共|总计|合计")
"""通过网站、公众号等平台公开信息共90条: the ways are named for all there are, and the number is called the sum."""
_REPOSTED = pattern_of(
    r"转[发载](?![到至于在])[^，,。；;]{2,}?(?:网站|网|公众号|微信|微博|平台|媒体|客户端)的?(?:各类|政策|重要)*(?:信息|内容|文章|稿件)"
)
"""转发省级网站信息90条: by which channel is not said."""
_REPORTED = pattern_of(r"(?<![新融自])媒体(?:共|累计|先后)*(?:发布|刊发|刊播|播发|报道|刊登)")
_BY_THEM = pattern_of("在|通过|利用|依托|借助|[向被]")
"""各大媒体发布新闻90条 is theirs, 在各大媒体发布 the agency's own."""
_ON_REQUEST = pattern_of("依申请|不予公开")
_NEAR = 60
"""Characters in front of a number that may hold the verb of its clause."""
_PIECES_OF_NEWS = pattern_of(r"信息(?:共计?|总数|数量|总计|为)*\s*$")
"""What may be counted by 件; documents and cases are."""
_NAMES_MORE = pattern_of(r"[、\d]|等|[条篇次期件](?:次|以上|左右)?$")
_SEEN = pattern_of(r"[访浏点阅播粉关][问览击读放丝注](?:量|数|人数|次数|用户|率)?[^，,信稿]{0,6}$")
_A_WAY = pattern_of("(?:方式|形式|途径|渠道|平台|载体|专栏|栏目|媒体|手段)$")
_JOINT = pattern_of("[、和及与或]")
_NAME = pattern_of("“[^“”]{1,20}”(?=(?:官方|政务)?(?:微信|微博|公众号|网站|抖音|快手|视频号|头条|客户端|APP))")
_AND_SO_MANY = pattern_of(r"[、和及与]\s*\d+\s*[个家]$")
_AND_OTHERS = pattern_of(r"(?:公众号|订阅号|账号|号|平台|门户|栏目|渠道|[”》·])*等(?![级候于保])")


def is_of_films(mention: Mention) -> bool:
    """Whether a number counts films, which 个 counts as well: 抖音号发布短视频12个."""
    return mention.unit == "个" and "视频" in mention.own[-6:]


def channel_of(mention: Mention) -> str:
    """The channel by which so many pieces were published; `channel.total` for all of them; nothing where in doubt."""
    lead = mention.lead
    if mention.unit == "期" and _GAZETTE_BEHIND.match(mention.tail):
        return "channel.gazette" if _ISSUED.search(lead) else ""
    has_verb = _PUBLISHED.search(_NAME.sub("", lead) if "“" in lead else lead) is not None
    if _is_of_others(lead) or _OF_A_KIND.search(lead) or not _counts_what_was_published(mention, has_verb):
        return ""
    found = channels_in_order(lead)
    if found and not has_verb and not _ALONE.fullmatch(lead, found[-1][2]):
        return ""
    if found and _goes_on_with_more(mention):
        return ""
    if found:
        return _of_several(lead, found) if _is_joint(lead, found) else _foremost(found)
    if is_part_open_to_all(mention):
        return ALL_CHANNELS
    of_a_part = "其中" in lead and not ADDED_THIS_YEAR.search(lead)
    return "" if of_a_part else _channel_named_before(mention)


def _is_of_others(lead: str) -> bool:
    """Whether a number counts what others did: they looked, they published, or it was first theirs."""
    if _SEEN.search(lead) or _REPOSTED.search(lead):
        return True
    return _REPORTED.search(lead) is not None and not _BY_THEM.search(lead)


def _counts_what_was_published(mention: Mention, has_verb: bool) -> bool:
    lead = mention.lead
    said = lead if has_verb else _what_was_said(mention)[-_NEAR:]
    issued = mention.unit == "期" and "公报" in lead
    if not (issued or _PUBLISHED.search(said + mention.tail)) or _ON_REQUEST.search(lead):
        return False
    return mention.unit != "件" or _PIECES_OF_NEWS.search(lead) is not None


def _channel_named_before(mention: Mention) -> str:
    """The channel that the clause before names; all of them where none is named and nothing speaks of one way alone."""
    lead = mention.lead
    clauses = CLAUSE_BREAK.split(mention.sentence[: len(mention.sentence) - len(lead)])
    before = clauses[-2] if len(clauses) > 1 else ""
    actively = "主动公开" in lead
    if _THROUGH.match(before) and not actively and not _NAMES_MORE.search(before):
        found = channels_in_order(before)
        return "" if _IN_A_COLUMN.search(before) or _is_joint(before, found) else _foremost(found)
    if ("其中" in mention.sentence and not ADDED_THIS_YEAR.search(lead)) or _ONE_WAY.search(lead):
        return ""
    if _THE_REST.match(lead):
        return ""
    if _OF_ONE_LEVEL.search(lead):
        return ""
    named = channels_in_order(before) if not actively else ()
    if not (_ALL_PUBLISHED.search(lead) or _is_of_pieces_behind(mention) or (named and _PUT_OUT.match(lead))):
        return ""
    if len(named) > 1:
        return ALL_CHANNELS if _are_every_way(before, named) and _IN_ALL.search(lead) else ""
    if named:
        return _foremost(named)
    if not actively and channels_in_order("".join(clauses)):
        return ""  # of a channel named further in front, or of all
    if _OF_WHAT_WENT_BEFORE.match(lead) and channels_in_order(mention.before[mention.before.rfind("。") + 1 :]):
        return ""
    return "" if _names_one_way(before) or (not actively and _in_an_item_on_a_kind(mention)) else ALL_CHANNELS


def _in_an_item_on_a_kind(mention: Mention) -> bool:
    """Whether the item of a list is about a kind of information: 二是深化政策信息公开。累计发布信息76条."""
    heads = _ITEM_HEAD.findall(mention.before)
    return bool(heads) and not _ON_ALL.search(heads[-1])


def _is_of_pieces_behind(mention: Mention) -> bool:
    """Whether what is counted stands behind the number: 累计公开62条信息."""
    return _PUT_OUT_SO_MANY.search(mention.lead) is not None and _PIECES_BEHIND.match(mention.tail) is not None


def _names_one_way(said: str) -> bool:
    """Whether words name one way of publishing that is no channel: 通过走访、张贴等方式，公开信息42条 is not all."""
    through = _THROUGH.match(said)
    if through is None or not _A_WAY.search(said) or _SEVERAL_WAYS.search(said, through.end()):
        return False
    return not channels_in_order(said)


def _are_every_way(said: str, found: Channels) -> bool:
    """Whether the words name the website and others as the ways by which all was published."""
    of_site = any(about == "channel.website" for about, _, _ in found)
    return of_site and len(found) > 1 and _EVERY_WAY.search(said) is not None


def _what_was_said(mention: Mention) -> str:
    """The sentence up to the number, with those it goes on with: 公开信息90条。其中：网站50条，占56%；微信40条."""
    text, begin = mention.before, len(mention.before) - len(mention.sentence)
    while begin and (text[begin:].lstrip().startswith("其中") or text[:begin].rstrip().endswith(_GOES_ON)):
        end = len(text[:begin].rstrip("。；; "))
        begin = max(text.rfind(mark, 0, end) for mark in "。；;") + 1
    return text[begin:]


def is_part_open_to_all(mention: Mention | None) -> bool:
    """Whether the number is the part of what an agency made or published that is open to all without a request."""
    if mention is None or "其中" not in mention.sentence or mention.unit[0] != "条":
        return False
    part = _OF_ALL_MADE.search(mention.sentence)
    return part is not None and not _OPEN_ALREADY.search(mention.sentence[: part.start()])


def is_one_kind_of_several(mention: Mention, following: Mention | None) -> bool:
    """Whether the number counts one kind of what was published, and the next another: 网站发布要闻3条，公告5条."""
    if following is None or mention.unit[0] != following.unit[0]:
        return False
    if _ORIGINAL.search(mention.lead) and _REPRINTED.match(following.lead):
        return True
    if _ANY_PIECES.search(mention.lead):
        return False
    goes_on = following.lead.lstrip("、 ")
    same_sentence = following.sentence.startswith(mention.sentence)
    same_brackets = mention.aside or not following.aside
    return same_sentence and same_brackets and not _OF_ITS_OWN.search(goes_on) and not channels_in_order(goes_on)


def is_part_of_the_same(about: str, about_before: str, between: str) -> bool:
    """Whether a number counts a part of what the channel before put out: 网站公开80条，其中网站公示栏目公开30条."""
    parted = "其中" in between and not _SENTENCE_ENDS.search(between)
    of_channel = about_before.startswith("channel.") and about == ALL_CHANNELS
    same = about == about_before or of_channel or (about_before, about) == ("channel.website", "channel.board")
    return parted and same


@lru_cache(maxsize=1 << 12)
def channels_in_order(lead: str) -> Channels:
    """The channels that a text names, each once, with start and end, in the order in which they stand.

    What stands in quotation marks is the name of a channel, and says which one only where nothing else does.
    """
    named = _NAME.sub(lambda name: "□" * len(name[0]), lead)
    return tuple(_mentioned(named) or _mentioned(lead))


def _mentioned(text: str) -> list[tuple[str, int, int]]:
    matches = [(about, match.start(), match.end()) for about, pattern in _CHANNELS if (match := pattern.search(text))]
    return sorted(matches, key=lambda each: each[1]) if len(matches) > 1 else matches


def _foremost(found: Channels) -> str:
    """The most special of the channels that one name mentions: a gazette on a website is the gazette."""
    named = {about for about, _, _ in found}
    return next((about for about, _ in _CHANNELS if about in named), "")


def _goes_on_with_more(mention: Mention) -> bool:
    """Whether the words are the last of several channels, which are counted: 网站及20个新媒体发布信息50条."""
    before = mention.sentence[: len(mention.sentence) - len(mention.lead)]
    return _AND_SO_MANY.search(before) is not None and bool(channels_in_order(CLAUSE_BREAK.split(before)[-1]))


def _is_joint(lead: str, found: Channels) -> bool:
    """Whether the number is that of several channels together: 网站和微信公众号共发布, 网站等平台."""
    joined = any(
        _JOINT.search(lead, before[2], after[1]) or after[1] - before[2] == 0 or _AND_OTHERS.match(lead, before[2])
        for before, after in pairwise(found)
    )
    return joined or _AND_OTHERS.match(lead, found[-1][2]) is not None


def _of_several(lead: str, found: Channels) -> str:
    """微信、抖音等新媒体 and 政务新媒体（微信公众号等） are one channel; others are all there are, or in doubt."""
    named = {about for about, _, _ in found}
    are_one = "、" not in lead[found[0][1] : found[-1][2]] or _MEDIA_OF_ALL_SORTS.search(lead) is not None
    if are_one and "channel.media" in named and not named & _NO_MEDIA:
        return "channel.media"
    every_way = _are_every_way(lead, found)
    if every_way and _ALL_KINDS.search(lead):
        return ALL_CHANNELS
    of_all = "主动公开" in lead or (every_way and _IN_ALL.search(lead))
    return ALL_CHANNELS if of_all and _ALL_PUBLISHED.search(lead) else ""
