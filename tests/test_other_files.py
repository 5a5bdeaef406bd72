"""Which files are no annual reports, however much they speak of them."""

from __future__ import annotations

import pytest

from loaders.document import ReadingError
from loaders.parsing import parse_file
from tests.form_documents import applications, litigation, publication

NOTICE = """关于做好2023年政府信息公开工作年度报告编制发布工作的通知
各乡镇人民政府、县直各部门：
现就做好2023年政府信息公开工作年度报告编制发布工作有关事项通知如下，请各部门结合实际认真抓好落实。
请于2024年1月20日前将年度报告报送县政府办公室，并于1月31日前在县政府网站公开。"""
LIST = "政府信息公开年报\n" + "\n".join(
    f"某县{agency}{year}年政府信息公开工作年度报告 {year + 1}-01-20"
    for agency in ("财政局", "教育局", "民政局")
    for year in (2021, 2022, 2023)
)
GUIDE = """某县财政局政府信息公开指南
为更好地提供政府信息公开服务，根据《中华人民共和国政府信息公开条例》，编制本指南，供公民、法人和其他组织参阅。
公民、法人或者其他组织可以向本机关申请获取政府信息。申请人应当提交书面申请，并写明联系方式和所需信息。"""
NEWS = """我县召开政务公开工作推进会
1月5日，我县召开政务公开工作推进会，总结2023年政府信息公开工作，部署2024年工作。会议强调，要做好年度报告编制。"""

OLD_REPORT = """某县环境保护局2016年政府信息公开工作年度报告
2016年，我局认真贯彻《中华人民共和国政府信息公开条例》，全年主动公开政府信息235条，受理政府信息公开申请2件，均已答复。"""
REPORT_WITHOUT_TITLE = """根据《中华人民共和国政府信息公开条例》，现公布我局2017年度政府信息公开工作年度报告。
全年通过县政府网站主动公开政府信息120条，收到政府信息公开申请0件，没有因政府信息公开被申请行政复议、提起行政诉讼。"""

TO_THE_PUBLIC = """依照《中华人民共和国政府信息公开条例》的规定，特向社会公布某某市统计局2023年政府信息公开情况。
一、总体情况
全年公开统计数据36条，每月解读一次，发布统计公报1份，受理公开申请9件。"""

IN_ITS_PREFACE = """依据《中华人民共和国政府信息公开条例》及报告格式的有关规定，编制本报告。
全年主动公开政府信息36条，受理公开申请9件，均已按时答复，没有发生行政复议和行政诉讼。"""
WITH_ITS_PERIOD = """根据报告格式要求，结合本街道信息公开情况编制。本报告所列数据的统计期限自2021年1月1日至12月31日。
一、总体情况
2021年，在街道子网页上主动公开政府信息88条，更新工作动态62条，公开政策文件3条，没有收到公开申请。"""
OUTLINE = """某市人民政府办公室关于做好2009年度政府信息公开工作年度报告有关事项的通知
年度报告应当包括下列内容：
一、概述
工作的基本情况，包括机构、人员和经费等。
二、主动公开政府信息的情况
主动公开的数量、主要类别和公开的形式。
三、依申请公开政府信息的情况
受理申请的数量、主要方式，已答复件数和待答复件数。"""
ARTICLES = """第一条 为规范政府信息公开工作年度报告，根据《中华人民共和国政府信息公开条例》，制定本制度。
第二条 各乡镇人民政府负责编制本区域的政府信息公开工作年度报告，由办公室汇总后报县人民政府审核。
第三条 年度报告主要包括以下内容：
（一）主动公开政府信息的情况；
（二）依申请公开政府信息的情况；
（六）其他需要报告的事项。"""
WITH_ASPECTS = """一、总体情况
某市卫生健康委是主管卫生健康事业的部门，按照《中华人民共和国政府信息公开条例》的要求公开信息，工作正常。
（一）主动公开
全年以门户网站为主公开信息。
（二）依申请公开
收到依申请公开6件，均已答复。
（三）政府信息管理
落实政策解读责任。"""
OF_THE_YEAR = """本年度政府信息公开报告根据《中华人民共和国政府信息公开条例》和上级要求编制，数据截至12月31日。
一、总体情况
全年公开政府信息36条，受理公开申请9件，均已按时答复，没有发生行政复议和行政诉讼。"""
OF_ANOTHER_KIND = """依据《法治政府建设与责任落实督察工作规定》，编制本报告。
全年办理行政复议案件36件，开展执法检查9次，均已按时办结，没有发生败诉，执法信息按时公示。"""

HALF_A_YEAR = """某市2023年上半年政府信息公开工作情况报告
一、总体情况
上半年，全市主动公开政府信息3200条，收到政府信息公开申请45件，办结40件，结转下半年5件。
二、行政复议、诉讼情况
发生行政复议2件，没有发生行政诉讼。"""
QUARTER = """某局2022年第三季度政务公开工作总结
一、主动公开政府信息情况
第三季度公开信息30条，其中政府网站20条，微信公众号10条，没有收到政府信息公开申请。
二、存在的问题
公开不够及时。"""
BARE_OUTLINE = """政府信息公开工作年度报告格式
一、总体情况
二、主动公开政府信息情况
三、收到和处理政府信息公开申请情况
四、政府信息公开行政复议、行政诉讼情况
五、存在的主要问题及改进情况
六、其他需要报告的事项"""
WITH_ITS_HALF = """某县司法局2023年上半年政府信息公开工作统计表
统计期限：2023年1月1日至2023年6月30日
""" + "\n".join("\t".join(row) for row in (*publication(), *applications(), *litigation()))
GUIDE_IN_SECTIONS = """某县司法局政府信息公开指南
根据《中华人民共和国政府信息公开条例》，为了方便公民、法人和其他组织获取政府信息，我局编制本指南。
一、主动公开情况
本机关在职责范围内主动公开机构职能、行政许可、行政处罚等信息，在门户网站上可以查阅。
二、依申请公开情况
向本机关申请公开政府信息的，填写申请表，本机关自收到之日起20个工作日内予以答复。"""
OF_ALL_MONTHS = """某局2023年1-12月政府信息公开工作情况
2023年，我局主动公开政府信息36条，上半年18条，收到政府信息公开申请9件，均已按时答复。"""
DATED_IN_ITS_TITLE = """2024年1月18日某县财政局政府信息公开工作年度报告
2023年，我局主动公开政府信息36条，上半年18条，收到政府信息公开申请9件，均已按时答复。"""


@pytest.mark.parametrize(
    "text",
    [HALF_A_YEAR, QUARTER, BARE_OUTLINE, WITH_ITS_HALF, GUIDE_IN_SECTIONS],
    ids=["half a year", "quarter", "outline", "its period", "guide"],
)
def test_what_tells_of_no_year_is_no_annual_report(text):
    with pytest.raises(ReadingError) as refusal:
        parse_file(text.encode(), "page.txt")
    assert refusal.value.reason == "not-a-report"


@pytest.mark.parametrize(
    "text",
    [NOTICE, LIST, GUIDE, NEWS, OUTLINE, ARTICLES, OF_ANOTHER_KIND],
    ids=["notice", "list", "guide", "news", "outline", "articles", "of law"],
)
def test_pages_about_reports_are_no_reports(text):
    with pytest.raises(ReadingError) as refusal:
        parse_file(text.encode(), "page.txt")
    assert refusal.value.reason == "not-a-report"


@pytest.mark.parametrize(
    "text",
    [
        OLD_REPORT,
        REPORT_WITHOUT_TITLE,
        TO_THE_PUBLIC,
        IN_ITS_PREFACE,
        WITH_ITS_PERIOD,
        WITH_ASPECTS,
        OF_THE_YEAR,
        OF_ALL_MONTHS,
        DATED_IN_ITS_TITLE,
    ],
    ids=["titled", "no title", "public", "preface", "period", "aspects", "of the year", "all months", "dated"],
)
def test_a_report_without_sections_and_tables_is_one_if_it_says_so(text):
    assert parse_file(text.encode(), "report.txt").text.startswith(text[:10])
