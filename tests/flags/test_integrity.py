"""Marks of unfilled templates and injected text: rows of snippets, sound ones beside foul ones."""

from __future__ import annotations

import json

import pytest

from flags.integrity import CONTAMINATED, PLACEHOLDER
from tests.flags.narratives import Narrative, outcomes_of, statuses_of

UNFILLED = [
    "2023年，XX局认真落实公开要求。",
    "×××县人民政府办公室负责本报告的解释。",
    "全年主动公开信息××件，其中动态××条。",
    "全年发布政策解读X篇。",
    "召开专题会议　×　次。",
    "数据统计期限为20XX年1月1日至12月31日。",
    "20**年度信息公开工作总结如下。",
    "报告于X月X日公布。",
    "此处填写主动公开的总体情况。",
    "（填写本单位开展的培训情况）",
    "【单位名称】2023年工作总结",
    "由某某局负责受理申请。",
    "某县某局在网站公开信息。",
    "全年公开信息____条。",
    "联系人：＿＿＿＿，电话另附。",
    "共开展培训（　）次。",
    "收到申请 件，均已答复。",
    "由{{unit}}负责解释。",
    "占比为#DIV/0!，较上年下降。",
    "全年公开undefined条信息。",
    "Lorem ipsum dolor sit amet",
    "围绕XX重点任务推进公开。",
    "栏目由***负责维护。",
    "2024年 月 日",
    "二〇××年度工作情况。",
    "年度报告（模板）",
    "注：红色字体部分请据实修改。",
    "公开○○镇财政预算。",
]

FILLED = [
    "受理电话138××××5678，工作日接听。",
    "公开文书时对身份证号以××××代替，保护个人隐私。",
    "公示名单中的手机号统一用****遮挡。",
    "检查中发现两个栏目留有“XX局”等占位文字，当日完成整改。",
    "网址为http://xxgk.linchuan.gov.cn/，邮箱xxgk_lc@163.com。",
    "热线实行7×24小时值守。",
    "法院审结原告张××诉我局信息公开一案。",
    "公布典型案例“李某某诉某县政府信息公开案”，以案释法。",
    "申请人请填写《政府信息公开申请表》后提交。",
    "可通过现场（填写申请表）方式提出申请。",
    "制定答复文书模板12份，统一告知口径。",
    "2023 年 1 月 1 日至 12 月 31 日",
    "二〇二四年一月十九日",
    "近20 年来首次公开全部林权档案。",
    "《林业局政务公开制度（试行）》印发执行。",
    "某些科室报送不及时。",
    "完善XBRL和OFD格式文件的下载。",
    "对某单位迟报问题予以通报。",
    "提升APP、LED屏和H5页面的展示效果。",
    "【打印】【关闭】【字体：大 中 小】",
    "————————————————",
    "公开事项分为A、B、C三类。",
    "联系人：王某，联系电话（0794-8256321）。",
    "修订《关于印发〈排污单位环境信用评价管理办法〉的通知》。",
]


@pytest.mark.parametrize("snippet", UNFILLED)
def test_a_mark_of_the_template_is_found(snippet: str) -> None:
    report = Narrative(sections={1: "我局公开了林权流转目录。" + snippet, 5: "公开不够及时。"})
    assert statuses_of(PLACEHOLDER, [report]) == {"r0": "failed"}


@pytest.mark.parametrize("snippet", FILLED)
def test_honest_text_is_no_placeholder(snippet: str) -> None:
    report = Narrative(sections={1: "我局公开了林权流转目录。\n" + snippet, 5: "公开不够及时。"})
    assert statuses_of(PLACEHOLDER, [report]) == {"r0": "passed"}


@pytest.mark.parametrize("part", ["title", "preface", "signature"])
def test_marks_are_found_outside_the_sections_too(part: str) -> None:
    report = Narrative(sections={1: "公开了林权流转目录。"}, **{part: "XX县林业局2023年政府信息公开工作年度报告"})
    assert statuses_of(PLACEHOLDER, [report]) == {"r0": "failed"}


def test_the_quote_stands_where_the_evidence_says() -> None:
    text = "我局公开了林权流转目录。\n全年主动公开信息××件，其中动态15条。"
    row = outcomes_of(PLACEHOLDER, [Narrative(sections={1: text})])["r0"]
    quote = json.loads(row["evidence"])["quotes"][0]
    assert quote["section"] == 1
    assert text[quote["start"] : quote["end"]] == quote["text"] == "××件"
    assert "××件" in row["message"]
    assert "××件" in row["message_en"]


@pytest.mark.parametrize("rule", [PLACEHOLDER, CONTAMINATED])
def test_a_report_without_words_is_not_judged(rule) -> None:
    row = outcomes_of(rule, [Narrative()])["r0"]
    assert (row["status"], row["reason"]) == ("not-applicable", "no-narrative")


FOREIGN = [
    "香港免费图库资料大全 政务公开",
    "登录leyu2023，就上yabo.com公开大厅。",
    "我局推进政务beat365手机版官方网站公开，完善目录。",
    "四、飞禽走兽老虎机行政复议、行政诉讼情况。",
    "根据《澳門賭場推薦条例》编制本报告。",
    "手机彩票网文化和旅游局严格对照清单自查。",
    "澳门特区赌场,澳门博彩业网址交通运输局年度报告。",
    "主动公开信息开云体育官网登录入口共45条。",
    "依托365BET体育在线平台发布信息。",
    "落实省、市UEDbet体育_UEDbet官网做好信息公开的要求。",
    "政务kaiyun官方网站公开工作有序推进。",
    "政务hyty88手机版下载公开工作有序推进。",
    "国产精品_欧美日韩_久久久一区二区三区",
    "亚洲 国产 欧美 无码 高清视频免费",
    "提升政府信息草莓视频app下载公开水平。",
    "本单位专业代开发票，欢迎联系。",
    "加强组织领导，私家侦探调查，健全制度。",
    "完善监督保障一分快三计划情况。",
    "政策解读棋牌app材料同步发布。",
    "公开时效有待提高 真人百家乐 形式较为单一。",
    "高举第一足球网伟大旗帜，落实旗委部署。",
    "某市欧博官网局公开信息12条。",
    "某市生态环境局环球国际(中国)官方网站分局公开信息12条。",
    "不断规范海棠直播公开内容。",
]

HONEST = [
    "通过“多彩金平”微信公众号发布信息78条。",
    "成立博物馆理事会，建立博士后工作站2个。",
    "联系邮箱：leyuan@163.com、yaboliu@126.com，网址：www.bandao.gov.cn。",
    "公布百家乐器培训机构名单，建立县乡村三级片区责任制。",
    "为残疾人提供特殊服务，组织农产品厂家直销活动3场。",
    "开展打击赌博专项行动，公开典型案例9起。",
    "公布扫黄打非举报电话，清理网上淫秽色情信息120条。",
    "查处网络博彩案件6起，收缴老虎机12台。",
    "公开体育彩票公益金使用情况，体育彩票销售网点名录同步更新。",
    "通报查处“beat365”网络赌博平台案件一起。",
    "福利彩票销售额和公益金分配方案在网站公示。",
    "检测发现一个栏目被植入澳门赌场暗链，当日清除并通报。",
    "整治棋牌室、电子游艺厅噪声扰民问题。",
    "发布成人教育招生政策和成人高考报名通告。",
    "通过省体育局官方网站发布马拉松赛事公告。",
    "完善人流密集场所的公示栏。",
    "增设老年人等无码人群的线下查询窗口。",
    "推广“江城通”APP下载，下载量突破3万次。",
    "智能客服在线解答群众咨询。",
    "发放电子消费券，领取方式在网站公布。",
    "公开草莓种植技术视频12期。",
    "开展网络刷单诈骗、套现等反诈宣传18场。",
    "处理嫖娼、卖淫类治安案件信息依法不公开，防止泄露隐私，案件查办结果统一公示。",
    "国产精品牌培育名单在网站公示。",
    "12345平台转办工单86件。",
    "公开脱贫人口小额信贷贴息名单。",
    "金沙县农业农村局公布种子抽检结果。",
    "IPv6改造后网站支持手机版浏览。",
]


@pytest.mark.parametrize("snippet", FOREIGN)
def test_injected_text_is_found(snippet: str) -> None:
    report = Narrative(sections={1: "我局公开了林权流转目录。\n" + snippet, 5: "公开不够及时。"})
    assert statuses_of(CONTAMINATED, [report]) == {"r0": "failed"}


@pytest.mark.parametrize("snippet", HONEST)
def test_an_agency_may_speak_of_its_own_business(snippet: str) -> None:
    report = Narrative(sections={1: "我局公开了林权流转目录。\n" + snippet, 5: "公开不够及时。"})
    assert statuses_of(CONTAMINATED, [report]) == {"r0": "passed"}


def test_the_foreign_words_are_quoted_as_written_with_their_place() -> None:
    text = "我局推进政务BEAT365手机版官方网站公开。"
    row = outcomes_of(CONTAMINATED, [Narrative(sections={1: text})])["r0"]
    quote = json.loads(row["evidence"])["quotes"][0]
    assert text[quote["start"] : quote["end"]] == quote["text"] == "BEAT365"
    assert "赌博" in row["message"]
    assert "gambling" in row["message_en"]
