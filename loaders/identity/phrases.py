"""The phrases that tell what a name is doing in a text: the author's own, a contact, a site, a superior, a quotation.

All patterns meet clean text (`loaders.identity.extract.clean`): half-width marks, no white space.
"""

from __future__ import annotations

from loaders.patterns import pattern_of

_HAN = "\u4e00-\u9fff"

QUOTED = pattern_of(r"《[^》]{0,120}》|〈[^〉]*〉|<[^>]{0,80}>|〔\d{4}〕\d+号")

SITE = pattern_of(
    rf"[\"“”]?(?:[{_HAN}]{{0,4}}?)(?:网站|门户|政务网|官网|公众网|信息网|政府网|公报|公众号|微信|微博|APP|网页)"
    rf"|[{_HAN}]{{0,4}}?网(?![络格])|\(?(?:https?|www)"
)
"""Behind a name: its web site or account, not the name itself."""
SITE_OF_CHINA = pattern_of(rf"中国[·—-]?([{_HAN}]{{2,8}}?)[”\"]?[县市区旗]?(?:人民)?(?:政府|门户|官方|公众|信息)*网")
"""“中国某某”政府门户网站: a site called after its county."""

CONTACT_BEFORE = pattern_of(r"(?:(?:联系|咨询|致电|联络)[:]?|请到|前往|(?<![邀申提聘敬])请|请与|请向)$")
TOGETHER = pattern_of(r"(?:[与和同及、]|会同|联合)$")
"""In front of an agency that the author works with, or asks the reader to turn to."""
COPIES_GO_TO, WHITHER = pattern_of("(?:档案馆|图书馆)$"), pattern_of("[向送至到给]$")
"""Where agencies send copies of what they publish: 定期向某区档案馆移送."""
CONTACT_AFTER = pattern_of(rf"[{_HAN}]{{0,14}}?(?:联系|咨询|[(,]?(?:地址|电话|联系电话))")
_CONTACTED = rf"([{_HAN}、()]{{3,30}}?(?:局|委员会|管委会|办事处|办公室|人民政府|中心|厅|委(?![员会])))"
LONE_CONTACT = pattern_of(
    rf"(?:请与|请联系|联系[:]|咨询|致电){_CONTACTED}[{_HAN}]{{0,18}}?(?:联系|\(|,|。)|与{_CONTACTED}[{_HAN}]{{0,18}}?联系"
)
"""A contact whose name may lack its place."""

SUPERIOR_BEFORE = pattern_of(
    r"(?:按照|根据|依据|依照|遵照|转发|贯彻|落实|报送|上级|参加|接受|配合|会同|联合|参照|邀请|学习|考察|借鉴|赴)$"
)
SUPERIOR_AFTER = pattern_of(
    r"(?:党委|党组)?的?(?:正确|坚强|统一|关心|大力|亲切|具体)?"
    r"(?:领导|指导|部署|支持|关于|要求|印发|制定|组织|通知)"
)

SOURCE_LINE = pattern_of(
    r"(?:信息来源|文章来源|来源|发布机构|发布单位|公开主体|公开机构|公开单位|责任部门|责任单位|发文机关|发文单位|"
    r"发布部门|信息提供|供稿|作者|编制单位|单位名称|单位|部门)"
    rf"[:]([{_HAN}()·、]{{2,40}}?)"
    r"(?=字体|字号|浏览|时间|日期|作者|编辑|访问|点击|阅读|打印|分享|发布|责任|公开|来源"
    rf"|[^{_HAN}()·、]|$)"
)

ANNOUNCED = pattern_of(
    rf"(?:公布|发布|现将|编制|制作|公开|涵盖)(?:了|完成|形成|[并和、](?:公布|发布|公开))?(?:20\d{{2}}年度?)?([{_HAN}、()]{{2,30}}?)(?:20\d{{2}}年度?)?(?:年度)?的?"
    r"(?:政府信息公开|政务公开|信息公开)(?:工作)?(?:年度)?(?:报告|年报|情况)"
)
"""The report's title in a sentence: 现公布某县2022年政府信息公开工作年度报告."""
OPENS_AS_TITLE = pattern_of(
    rf"(?m)^(?:20\d{{2}}年度?)?([{_HAN}]{{2,30}}?)(?:20\d{{2}}年度?)?(?:年度)?的?"
    r"(?:政府信息公开|政务公开|信息公开)(?:工作)?年度报告(?:\([^()]{0,12}\))?(?:是|系)?(?:根据|依据|按照)"
)
"""The report's title as the subject of its first sentence: 2024年某市政府信息公开工作年度报告根据条例编制."""
COMPILED_BY = pattern_of(rf"由([{_HAN}]{{2,30}}?)(?:人民政府)?(?:负责)?(?:编制|编写|编撰)")
"""Who wrote the report: 由某市某县编制."""
WRITTEN_BY = pattern_of(rf"报告由([{_HAN}]{{4,30}}?)(?:负责)?(?:根据|按照|依据|依照|编制|编写)")
"""The ministry that wrote the report: 本年度报告由国家机关事务管理局根据……编制."""
CONSOLIDATED = pattern_of(
    rf"(?:综合|汇总|根据)[^。;]{{0,24}}?各[^。;]{{0,3}}?(?:县|区|市|旗|乡|镇|街道|苏木|部门|单位|委)[^。;]{{0,60}}?"
    rf"(?:报告|情况|数据|资料)[{_HAN}]{{0,12}}(?:编制|编写|编撰|汇编|而成)"
)
"""A government's report is put together from those under it, whoever in its office did so."""
OF_SCHOOLS = pattern_of(r"高等?学?校信息公开(?:办法|事项清单|年度报告)|20\d{2}学年")
SCHOOL = pattern_of(
    rf"(?<![{_HAN}])(?:结合|执行|落实|由|与)?((?![学现特我本年该])[{_HAN}]{{2,12}}?(?:大学|学院))"
    r"(?=(?:学校|党政|校长|院长|综合)?办公室|20\d{2}|信息公开|(?:坚持|认真|严格|深入|积极|高度|始终|以习近平))"
)
"""A school that reports on itself: 由某某学院党政办公室编制, 《某某大学信息公开实施细则》."""
OURS = pattern_of(
    r"(?:公布|现将|公开|发布|编制)(?:20\d{2}年度?)?我([省市州盟县旗区])(?:20\d{2}年度?)?(?:政府|政务)?信息公开"
)
"""A government's own report: 现公布我旗2021年度信息公开年度报告."""

SUBJECT = pattern_of(
    r"^(?:\([一二三四五六七八九十\d]{1,2}\)|[一二三四五六七八九十\d]{1,2}[、.,])?"
    r"(?:(?:20\d{2}年度?|一年来|今年|本年度|报告期内|全年)(?:以来|内|中|,)?)?,?"
)
"""What stands before the subject of a paragraph: 2023年，……"""
ACTS = pattern_of(
    r"(?:人民政府)?(?:坚持|认真|严格|深入|全面|按照|紧紧|始终|高度|不断|持续|积极|切实|深化|聚焦|坚决|扎实|"
    r"进一步|围绕|加强|以习|深刻)"
)
"""A region acts: 2022年，某市坚持以……"""
TOWN_BODY = pattern_of("(?:镇|乡|苏木|街道)(?:人民政府|办事处)")
"""Without it there is no need to look for the next."""
TOWN_SUBJECT = pattern_of(
    rf"(?:^|[,。:;])(?!(?:[一二三四五六]是)?[在由与向和及])([{_HAN}]{{2,8}}?(?:镇|乡|苏木|街道)(?:人民政府|办事处))"
    r"(?!关于|印发|网)"
)
TOWN_ACTS = pattern_of(rf"([{_HAN}]{{2,9}}?(?:镇|乡|苏木|街道))(?=(?:党工?委|人民|政府|办事处|[、和])*{ACTS.pattern})")
"""A town that acts: 2021年，某某街道深入贯彻……, 某某乡党委政府高度重视……"""
MARKED_SUBJECT = pattern_of(rf"([市县旗区州盟])([{_HAN}、]{{2,18}}?(?:局|委员会|管委会|办公室|中心|联合会))(?!长)")
"""An agency with the kind of its region in place of the name: 旗工信局."""
ACTING = pattern_of(
    rf"(?:^|[,。;])([市县旗区州盟])([{_HAN}、]{{2,18}}?(?:局|委员会|管委会|办公室|中心|联合会))(?={ACTS.pattern})"
)
"""The same in the middle of a sentence: 在旗委的领导下，旗工信局认真……"""
ZONE_SUBJECT = pattern_of(rf"((?:(?!报告|由)[{_HAN}]){{2,12}}(?:区|园|城)(?:管理委员会|管委会))(?={ACTS.pattern})")
"""The committee of a zone, whatever it is called: 工业园区管委会坚持……"""
OWN_KIND_OF_REGION = pattern_of(
    r"([省市州盟县旗区我全])(?:(?<![我全])委(?![员托派任会])|(?<![我全省])政府(?!网)|(?<=[我全])([省市州盟县旗区]))"
)
"""The kind of region that the narrative calls its own: 旗委、旗政府, 全县."""

OWN_GUIDE = pattern_of(rf"《([{_HAN}()]{{3,30}}?)(?:(?<=[局委厅办处会])政府)?信息公开(?:指南|目录)》")
"""What an agency must publish of itself: 修订《某区某镇人民政府信息公开指南》."""
OUR_REGION = pattern_of("我[省市州盟县旗区镇乡]|我街道")

IN_AN_ADDRESS = pattern_of(r"(?:地址|地点|位于)[:为]?[^,;。)\n]*$")
ADDRESS = pattern_of(rf"(?:地址|位于)[:为]?([{_HAN}]{{3,30}})")
TELEPHONE = pattern_of(r"(?<![\d.])\(?(0(?:10|2\d|[3-9]\d{2}))[)\-—–―－ ]{0,2}(?=[1-9]\d{6,7}(?!\d))")
AREA_CODE = pattern_of(r"0[1-9]\d")
"""How a telephone number begins."""
SITE_CODE = pattern_of(r"标识码[:]?(\d{6})\d{4}")
"""The number that every government's site shows at its foot; it begins with the code of the region."""

STAMP = pattern_of(r"(?:20\d{2}|二[〇○零oO0]).{3,9}[日\d]$|\d{4}-\d{1,2}-\d{1,2}.*$")
SIGNED = pattern_of(r"(?:局|厅|委员会|管委会|办事处|人民政府|办公室|中心|联合会|联合社|[大支总]队|馆|公司)$")
