"""Who wrote a report, and where: rows of snippets in, issuer and region out."""

from __future__ import annotations

from datetime import date

import pytest

from loaders.identity.identifying import ManifestRow
from tests.identity_snippets import PERIOD, Snippet, titled


@pytest.mark.parametrize(
    ("title", "issuer", "code", "kind"),
    [
        ("信阳市新县财政局2023年政府信息公开工作年度报告", "信阳市新县财政局", "411523", "department"),
        ("2023年阜新县民政局政府信息公开年报", "阜新蒙古族自治县民政局", "210921", "department"),
        ("永新县教育局关于2023年政府信息公开工作情况的报告", "永新县教育局", "360830", "department"),
        ("达茂旗水利局2023年度政府信息公开工作年度报告", "达尔罕茂明安联合旗水利局", "150223", "department"),
        ("科左中旗信访局2023年政务公开工作年度报告", "科尔沁左翼中旗信访局", "150521", "department"),
        ("正蓝旗2023年政府信息公开工作年度报告", "正蓝旗人民政府", "152530", "government"),
        (
            "乌鲁木齐高新区（新市区）司法局2023年政府信息公开工作年度报告",
            "乌鲁木齐高新区(新市区)司法局",
            "650104",
            "department",
        ),
        ("新县教育局（本级）2023年政府信息公开工作年度报告", "新县教育局", "411523", "department"),
        ("耿马县2023年政府信息公开工作年度报告", "耿马傣族佤族自治县人民政府", "530926", "government"),
        ("包头市人民政府2023年政府信息公开工作年度报告", "包头市人民政府", "150200", "government"),
        ("新县人民政府信息公开工作2023年度报告", "新县人民政府", "411523", "government"),
        ("新县人民政府办公室2023年政府信息公开工作年度报告", "新县人民政府办公室", "411523", "office"),
        ("内蒙古自治区水利厅2023年政府信息公开工作年度报告", "内蒙古自治区水利厅", "150000", "department"),
        ("呼和浩特市水务局2023年政府信息公开工作年度报告", "呼和浩特市水务局", "150100", "department"),
        ("乌拉特前旗大佘太镇2023年政府信息公开工作年度报告", "乌拉特前旗大佘太镇人民政府", "150823", "township"),
        ("官渡区人民政府太和街道办事处2023年政府信息公开工作年度报告", "官渡区太和街道办事处", "530111", "subdistrict"),
        ("包头市公安局石拐区分局2023年政府信息公开工作年度报告", "包头市公安局石拐区分局", "150205", "department"),
        ("国家税务总局新县税务局2023年政府信息公开工作年度报告", "国家税务总局新县税务局", "411523", "department"),
        ("达拉特经济开发区管理委员会2023年政府信息公开工作年度报告", "达拉特经济开发区管理委员会", "150621", "zone"),
        ("苏州工业园区管理委员会2023年政府信息公开工作年度报告", "苏州工业园区管理委员会", "320500", "zone"),
        ("本溪市教育局2023年政府信息公开工作年度报告", "本溪市教育局", "210500", "department"),
        ("共和县从业服务中心2023年政府信息公开工作年度报告", "共和县从业服务中心", "632521", "department"),
    ],
)
def test_a_title_names_issuer_and_region(title: str, issuer: str, code: str, kind: str) -> None:
    found = titled(title).read()
    assert (found.issuer, found.region_code, found.issuer_kind, found.year) == (issuer, code, kind, 2023)
    assert found.warnings == []
    assert found.confidence >= 0.85


@pytest.mark.parametrize(
    ("snippet", "issuer", "code"),
    [
        (  # title broken over lines, in the middle of the name
            Snippet(head=["乌拉特中旗市场监督管", "", "理局2023年政府信息公开年度报", "告", PERIOD]),
            "乌拉特中旗市场监督管理局",
            "150824",
        ),
        (  # no title at all
            Snippet(head=[f"本报告由额济纳旗林业和草原局编制，{PERIOD}"], tail=["额济纳旗林业和草原局"]),
            "额济纳旗林业和草原局",
            "152923",
        ),
        (  # title without place, full name in the signature
            Snippet(head=["教育体育局2023年政府信息公开工作年度报告"], tail=["新县教育体育局", "2024年1月9日"]),
            "新县教育体育局",
            "411523",
        ),
        (  # title in the page's head only
            Snippet(head=[PERIOD], page=["新县司法局2023年政府信息公开工作年度报告-新县人民政府"]),
            "新县司法局",
            "411523",
        ),
        (  # title in the file name only
            Snippet(head=[PERIOD], path="2023/石拐区审计局2023年政府信息公开工作年度报告.docx"),
            "石拐区审计局",
            "150205",
        ),
        (  # short name in the text, full name once
            Snippet(
                head=["2023年政府信息公开工作年度报告", PERIOD],
                body=["2023年，旗工信局认真落实旗委、旗政府部署。", "乌拉特后旗工业和信息化局公开信息9条。"],
            ),
            "乌拉特后旗工业和信息化局",
            "150825",
        ),
        (  # 市水利局: the site and the telephone say which city
            Snippet(
                head=[
                    "市水利局2023年政府信息公开工作年度报告",
                    "电子版见漯河市人民政府网站，电话：0395-3131111。" + PERIOD,
                ]
            ),
            "漯河市水利局",
            "411100",
        ),
        (  # a namesake told by its telephone area code
            Snippet(head=["鼓楼区民政局2023年政府信息公开年报", "电话：0516-87636655。" + PERIOD]),
            "鼓楼区民政局",
            "320302",
        ),
        (  # a namesake told by its folder
            Snippet(head=["朝阳区司法局2023年政府信息公开年报", PERIOD], path="吉林省/长春市/x.html"),
            "朝阳区司法局",
            "220104",
        ),
        (  # a namesake told by the web address
            Snippet(head=["城关区信访局2023年政府信息公开年报", "网址：http://www.lzcgq.gov.cn/。" + PERIOD]),
            "城关区信访局",
            "620102",
        ),
        (  # a town whose county stands in the contact line only
            Snippet(
                head=["太平镇2023年政府信息公开工作年度报告", "请与高平市太平镇人民政府党政办公室联系。" + PERIOD],
            ),
            "高平市太平镇人民政府",
            "140581",
        ),
        (  # a town whose name only one county has
            Snippet(head=["额尔登布拉格苏木人民政府2023年政府信息公开年报", PERIOD]),
            "乌拉特前旗额尔登布拉格苏木人民政府",
            "150823",
        ),
        (  # the region as the report calls it in its year
            Snippet(
                head=["郫县统计局2012年政府信息公开年度报告", "统计期限为2012年1月1日至2012年12月31日。"],
                body=["2012年，我局公开信息3条。"],
            ),
            "郫县统计局",
            "510117",
        ),
        (  # the title stands in a sentence of the preface
            Snippet(head=[f"现公布桐梓县2023年政府信息公开工作年度报告。{PERIOD}请与桐梓县人民政府办公室联系。"]),
            "桐梓县人民政府",
            "520322",
        ),
        (  # a region's own report that calls it ours; the site names it
            Snippet(
                head=[f"特向社会公布我旗2023年度信息公开年度报告。{PERIOD}"],
                body=["2023年，我旗认真落实要求，乌拉特前旗政府网站公开信息90条。"],
            ),
            "乌拉特前旗人民政府",
            "150823",
        ),
        (  # the site is called after its county
            Snippet(
                head=[PERIOD],
                body=["2023年，县统计局高度重视公开工作，通过“中国如东”政府门户网站公开9条。"],
            ),
            "如东县统计局",
            "320623",
        ),
        (  # the head of the page is the government's, the title the bureau's
            Snippet(
                head=["新县人民政府", "政府信息公开", "发布机构", "县民政局", "民政局2023年政府信息公开年报", PERIOD],
                tail=["新县民政局"],
            ),
            "新县民政局",
            "411523",
        ),
        (  # the address of a subdomain: the county below the city
            Snippet(
                head=["大川镇2023年政府信息公开年报", PERIOD], metadata={"source_url": "http://maojian.shiyan.gov.cn/x"}
            ),
            "茅箭区大川镇人民政府",
            "420302",
        ),
        (  # the number at the foot of the page begins with the region's code
            Snippet(head=["朝阳区司法局2023年政府信息公开年报", PERIOD], page=["网站标识码：2201040003"]),
            "朝阳区司法局",
            "220104",
        ),
        (  # a zone named after its county without 区
            Snippet(head=["重庆合川工业园区管理委员会2023年政府信息公开年报", PERIOD]),
            "重庆合川工业园区管理委员会",
            "500117",
        ),
        (  # guests and partners are not the author
            Snippet(
                head=["司法局2023年政府信息公开年报", f"与光山县司法局、商城县司法局共同开展宣传。{PERIOD}"],
                body=["邀请固始县司法局来县交流。", "新县司法局认真公开信息。"],
            ),
            "新县司法局",
            "411523",
        ),
        (  # other agencies are named rightly
            Snippet(
                head=[
                    "石拐区应急管理局2023年政府信息公开工作年度报告",
                    "按照《包头市人民政府办公室关于做好年报工作的通知》编制。",
                ],
                body=["按照包头市人民政府要求，与昆都仑区应急管理局、青山区财政局交流。", "2023年，我局公开6条。"],
            ),
            "石拐区应急管理局",
            "150205",
        ),
    ],
)
def test_evidence_beyond_the_title(snippet: Snippet, issuer: str, code: str) -> None:
    found = snippet.read()
    assert (found.issuer, found.region_code) == (issuer, code)


@pytest.mark.parametrize(
    ("title", "known"),
    [
        ("鼓楼区教育局2023年政府信息公开工作年度报告", ""),
        ("城关区教育局2023年政府信息公开工作年度报告", ""),
        ("桥西区教育局2023年政府信息公开工作年度报告", "130000"),
        ("教育局2023年政府信息公开工作年度报告", ""),
        ("市水利局2023年政府信息公开工作年度报告", ""),
        ("经济技术开发区管理委员会2023年政府信息公开工作年度报告", ""),
        ("城关镇人民政府2023年政府信息公开工作年度报告", ""),
    ],
)
def test_no_coin_is_tossed(title: str, known: str) -> None:
    found = titled(title).read()
    assert (found.region_code, found.county) == (known, "")
    assert found.confidence <= 0.4
    assert found.warnings


def test_another_region_in_the_signature_is_kept_as_evidence() -> None:
    found = titled("新县民政局2023年政府信息公开工作年度报告", tail=["光山县民政局", "2024年1月8日"]).read()
    assert (found.issuer, found.region_code) == ("新县民政局", "411523")
    assert [(e.value, e.source) for e in found.evidence if e.about == "foreign-issuer"] == [
        ("光山县民政局", "signature")
    ]
    assert any("光山县民政局" in warning for warning in found.warnings)


def test_a_title_that_all_else_contradicts_gives_way() -> None:
    found = Snippet(
        head=["光山县民政局2023年政府信息公开工作年度报告", f"本报告由新县民政局编制，请与新县民政局联系。{PERIOD}"],
        body=["2023年，新县民政局公开信息3条。"],
        tail=["新县民政局"],
    ).read()
    assert (found.issuer, found.region_code) == ("新县民政局", "411523")
    assert [e.source for e in found.evidence if e.about == "foreign-issuer"] == ["title"]


def test_a_telephone_of_another_prefecture_is_a_warning() -> None:
    found = Snippet(head=["新县司法局2023年政府信息公开年报", "电话：0478-5213800。" + PERIOD]).read()
    assert found.region_code == "411523"
    assert any("0478" in warning for warning in found.warnings)


def test_a_manifest_goes_before_what_is_read() -> None:
    row = ManifestRow(
        issuer="乌拉特后旗教育局",
        region_code="150825",
        year=2022,
        published_on=date(2023, 1, 5),
        source_url="http://x.cn/1",
    )
    found = titled("鼓楼区教育局2023年政府信息公开工作年度报告").read(row)
    assert (found.issuer, found.region_code, found.county) == ("乌拉特后旗教育局", "150825", "乌拉特后旗")
    assert (found.year, found.published_on, found.source_url) == (2022, date(2023, 1, 5), "http://x.cn/1")


@pytest.mark.parametrize(("region", "code"), [("徐州市鼓楼区", "320302"), ("福建省福州市鼓楼区", "350102")])
def test_a_manifest_may_name_only_the_region(region: str, code: str) -> None:
    found = titled("鼓楼区教育局2023年政府信息公开工作年度报告").read(ManifestRow(region=region))
    assert (found.region_code, found.issuer, found.year) == (code, "鼓楼区教育局", 2023)


@pytest.mark.parametrize(
    ("row", "word"), [(ManifestRow(region="无此县"), "未收录"), (ManifestRow(region_code="999999"), "不存在")]
)
def test_a_region_of_the_manifest_that_is_none_is_a_warning(row: ManifestRow, word: str) -> None:
    found = titled("新县教育局2023年政府信息公开工作年度报告").read(row)
    assert found.region_code == "411523"
    assert any(word in warning for warning in found.warnings)


@pytest.mark.parametrize(
    ("name", "field_of_work"),
    [
        ("新县教育体育局", "教育"),
        ("新县工业和信息化局", "工业和信息化"),
        ("新县市场监督管理局", "市场监督管理"),
        ("新县工商行政管理局", "市场监督管理"),
        ("新县扶贫开发办公室", "乡村振兴"),
        ("新县卫生和计划生育委员会", "卫生健康"),
        ("新县人民政府", "政府"),
        ("新县八里畈镇人民政府", "乡镇街道"),
        ("新县促进外来投资局", "商务"),
    ],
)
def test_agencies_are_grouped_by_field(name: str, field_of_work: str) -> None:
    assert titled(f"{name}2023年政府信息公开工作年度报告").read().field_of_work == field_of_work
