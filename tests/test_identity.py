"""Who wrote a report, where and when: rows of snippets in, issuer, region and year out."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.document import Document, Paragraph
from loaders.identity.identifying import ManifestRow, identify
from loaders.reading.text.plain import read_text
from loaders.report import Identity, SectionReading
from loaders.vocabulary import ISSUER_KINDS

PERIOD = "数据统计期限为2023年1月1日至2023年12月31日。"


@dataclass
class Snippet:
    """A report in outline: lines before the first section, of the sections and after them, page lines, path."""

    head: list[str] = field(default_factory=list)
    body: list[str] = field(default_factory=lambda: ["2023年，我局按要求公开信息12条。"])
    tail: list[str] = field(default_factory=list)
    page: list[str] = field(default_factory=list)
    path: str = "a.txt"
    metadata: dict[str, str] = field(default_factory=dict)

    def read(self, row: ManifestRow | None = None) -> Identity:
        lines = [*self.head, "一、总体情况", *self.body, "六、其他需要报告的事项", "无", *self.tail]
        document = Document(
            "text", [Paragraph(line) for line in lines], [Paragraph(line) for line in self.page], self.metadata
        )
        sections = [SectionReading(1, "一、总体情况", "\n".join(self.body)), SectionReading(6, "六、其他", "无")]
        return identify(document, sections, self.path, row)


def _title(text: str, **parts: list[str]) -> Snippet:
    return Snippet(head=[text, PERIOD], **parts)  # type: ignore[arg-type]


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
    found = _title(title).read()
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
    found = _title(title).read()
    assert (found.region_code, found.county) == (known, "")
    assert found.confidence <= 0.4
    assert found.warnings


def test_another_region_in_the_signature_is_kept_as_evidence() -> None:
    found = _title("新县民政局2023年政府信息公开工作年度报告", tail=["光山县民政局", "2024年1月8日"]).read()
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


@pytest.mark.parametrize(
    ("snippet", "year", "warned"),
    [
        (_title("新县司法局2023年政府信息公开工作年度报告"), 2023, False),
        (Snippet(head=["新县司法局二〇二三年政府信息公开工作年度报告"]), 2023, False),
        (Snippet(head=["新县司法局政府信息公开年报", "统计期限自 2023 年 1 月 1 日起至 12 月 31 日止。"]), 2023, False),
        (Snippet(head=["新县司法局2022年政府信息公开年报", PERIOD], tail=["2024年1月3日"]), 2023, True),
        (
            Snippet(head=["新县司法局2023年政府信息公开年报", PERIOD.replace("2023", "2022")], tail=["2024年1月3日"]),
            2023,
            True,
        ),
        (Snippet(head=["新县司法局政府信息公开年报"], path="年报/2023年/x.txt"), 2023, False),
        (Snippet(head=["新县司法局政府信息公开年报"], body=["无。"], tail=["新县司法局", "2024年1月3日"]), 2023, False),
    ],
)
def test_the_year_rests_on_period_title_text_and_date(snippet: Snippet, year: int, warned: bool) -> None:
    found = snippet.read()
    assert found.year == year
    assert any("不一致" in warning for warning in found.warnings) == warned


def test_a_year_that_is_only_looked_back_to_is_not_taken() -> None:
    found = Snippet(head=["新县司法局政府信息公开年报"], body=["没有收到申请，2021年收到2件。"]).read()
    assert found.year is None
    assert "未找到报告年度" in found.warnings


@pytest.mark.parametrize(
    ("snippet", "when"),
    [
        (_title("新县司法局2023年政府信息公开年报", tail=["新县司法局", "2024年1月11日"]), date(2024, 1, 11)),
        (_title("新县司法局2023年政府信息公开年报", tail=["新县司法局  二〇二四年一月二十一日"]), date(2024, 1, 21)),
        (_title("新县司法局2023年政府信息公开年报", tail=["2024.1.9"]), date(2024, 1, 9)),
        (_title("新县司法局2023年政府信息公开年报", page=["发布日期：2024-01-17 来源：新县司法局"]), date(2024, 1, 17)),
        (_title("新县司法局2023年政府信息公开年报", page=["成文日期", "2024年01月18日"]), date(2024, 1, 18)),
        (
            _title("新县司法局2023年政府信息公开年报", page=["更新时间：2025-09-22 18:44 发布时间：2024-01-17 15:33"]),
            date(2024, 1, 17),
        ),
        (Snippet(head=["新县司法局2023年政府信息公开年报", "（2024年1月6日）", PERIOD]), date(2024, 1, 6)),
        (_title("新县司法局2023年政府信息公开年报", tail=["2024年2月30日"]), None),
        (_title("新县司法局2023年政府信息公开年报"), None),
    ],
)
def test_publication_dates(snippet: Snippet, when: date | None) -> None:
    found = snippet.read()
    assert found.published_on == when
    assert found.year == 2023


def test_an_implausible_date_is_a_warning_and_gives_way_to_a_plausible_one() -> None:
    title = "新县司法局2023年政府信息公开年报"
    alone = _title(title, tail=["2023年1月11日"]).read()
    assert (alone.published_on, alone.year) == (date(2023, 1, 11), 2023)
    assert any("落款日期2023-01-11" in warning for warning in alone.warnings)
    better = _title(title, tail=["2023年1月11日"], page=["发布日期：2024-01-12"]).read()
    assert better.published_on == date(2024, 1, 12)


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
    found = _title("鼓楼区教育局2023年政府信息公开工作年度报告").read(row)
    assert (found.issuer, found.region_code, found.county) == ("乌拉特后旗教育局", "150825", "乌拉特后旗")
    assert (found.year, found.published_on, found.source_url) == (2022, date(2023, 1, 5), "http://x.cn/1")


@pytest.mark.parametrize(("region", "code"), [("徐州市鼓楼区", "320302"), ("福建省福州市鼓楼区", "350102")])
def test_a_manifest_may_name_only_the_region(region: str, code: str) -> None:
    found = _title("鼓楼区教育局2023年政府信息公开工作年度报告").read(ManifestRow(region=region))
    assert (found.region_code, found.issuer, found.year) == (code, "鼓楼区教育局", 2023)


@pytest.mark.parametrize(
    ("row", "word"), [(ManifestRow(region="无此县"), "未收录"), (ManifestRow(region_code="999999"), "不存在")]
)
def test_a_region_of_the_manifest_that_is_none_is_a_warning(row: ManifestRow, word: str) -> None:
    found = _title("新县教育局2023年政府信息公开工作年度报告").read(row)
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
    assert _title(f"{name}2023年政府信息公开工作年度报告").read().field_of_work == field_of_work


_OF_SCHOOLS = "根据《高等学校信息公开办法》和《青禾大学信息公开实施细则》，"


@pytest.mark.parametrize(
    ("head", "issuer", "year"),
    [
        (["新疆大学2021-2022学年信息公开工作报告", _OF_SCHOOLS], "新疆大学", 2022),
        ([_OF_SCHOOLS + "由青禾大学党政办公室牵头编制，统计期限为2020年9月1日至2021年8月31日。"], "青禾大学", 2021),
        (["我校2021—2022学年度信息公开工作报告", "根据《高等学校信息公开办法》编制。"], "", 2022),
        ([_OF_SCHOOLS.replace("青禾大学", "本校") + "现将学院2022-2023学年信息公开工作报告如下。"], "", 2023),
    ],
)
def test_schools_report_on_the_school_year_that_ends(head: list[str], issuer: str, year: int) -> None:
    found = Snippet(head=head, body=["学校信息公开网站更新发布信息164项。"]).read()
    assert (found.issuer, found.year) == (issuer, year)


def test_a_town_that_acts_is_the_author_and_the_archive_that_gets_copies_is_not() -> None:
    body = ["2021年东花市街道深入贯彻条例。", "定期向东城区档案馆、图书馆移送政府信息纸质文本15份。"]
    found = Snippet(head=["依据条例第五十条规定，编制本报告。"], body=body).read()
    assert (found.issuer, found.region_code) == ("东城区东花市街道办事处", "110101")


def test_a_text_that_says_we_of_a_bureau_is_no_government_s() -> None:
    preface = "现公布新县人民政府2023年政府信息公开工作年度报告。如有疑问，请与新县民政局办公室联系。"
    body = ["2023年，我局门户网站公开信息59条。", "（二）依申请公开。2023年我局未收到申请。"]
    assert Snippet(head=[preface + PERIOD], body=body).read().issuer == "新县民政局"
    body = [line.replace("我局", "我县") for line in body]
    assert Snippet(head=[preface + PERIOD], body=body).read().issuer == "新县人民政府"


def test_a_ministry_may_write_its_report() -> None:
    found = Snippet(head=["本年度报告由国家机关事务管理局根据《条例》要求编制而成。" + PERIOD]).read()
    assert (found.issuer, found.region_code) == ("国家机关事务管理局", "")


def test_a_guide_that_the_report_mentions_names_its_author() -> None:
    body = ["公开工作依托两种渠道。", "修订《眉山市东坡区崇礼镇人民政府信息公开指南》。"]
    assert Snippet(head=["结合我镇实际编制。" + PERIOD], body=body).read().issuer == "眉山市东坡区崇礼镇人民政府"


def test_and_the_county_is_no_county() -> None:
    head = ["根据《条例》和县政府办通知编制。请与新县沙窝镇人民政府联系。" + PERIOD]
    found = Snippet(head=head).read()
    assert found.region_code == "411523" and not any(each.value.startswith("和县") for each in found.evidence)
    assert _title("马鞍山市和县教育局2023年政府信息公开工作年度报告").read().region_code == "340523"


def test_the_title_may_open_the_first_sentence() -> None:
    found = Snippet(head=["2023年丽水市政府信息公开工作年度报告根据条例编制并向社会公布。" + PERIOD]).read()
    assert (found.issuer, found.region_code) == ("丽水市人民政府", "331100")


@pytest.mark.parametrize(
    ("contact", "issuer"),
    [
        ("请与天津市发展改革委办公室联系。", "天津市发展改革委"),
        ("请与重庆市卫生健康委办公室联系。", "重庆市卫生健康委"),
        ("请与新县政府信息中心联系。", "新县人民政府"),
        ("请联系新县政府政务服务中心。", "新县人民政府"),
        ("所列为陆川县气象局机关统计数据，请与陆川县气象局办公室联系。", "陆川县气象局"),
    ],
)
def test_the_agency_behind_the_office_that_answers_questions(contact: str, issuer: str) -> None:
    assert Snippet(head=["本报告" + PERIOD + contact]).read().issuer == issuer


def test_a_title_runs_on_into_a_report_that_is_one_paragraph() -> None:
    text = "新县水利局 2023年度政府信息公开工作年度报告 2023年，区水利局秉承公开透明、服务为民的原则，做好公开。"
    found = Snippet(head=[text]).read()
    assert (found.issuer, found.year, found.title) == (
        "新县水利局",
        2023,
        "新县水利局2023年度政府信息公开工作年度报告",
    )


def test_a_year_named_far_more_often_than_another_is_the_report_s() -> None:
    body = ["公开情况 2023年我单位安排专人负责，相较于2022年各方面都更加充实。全县2023年公开62条，2023年新收申请2件。"]
    assert Snippet(head=[], body=body).read().year == 2023


def test_a_report_that_was_completed_is_the_agency_s() -> None:
    head = ["梅河口市住房和城乡建设局", "2023年政府信息公开工作年度报告"]
    preface = "按安排，编制完成住房和城乡建设局2023年政府信息公开工作年度报告。"
    assert Snippet(head=[*head, preface + PERIOD]).read().issuer == "梅河口市住房和城乡建设局"


def test_figures_up_to_the_end_of_december_tell_the_year() -> None:
    body = ["截止2023年12月31日我局通过官方网站发布政务类信息34条。", "本年度共受理申请2件。"]
    assert Snippet(head=[], body=body).read().year == 2023


def test_an_empty_document_is_no_error() -> None:
    found = identify(Document("text", []), [], "")
    assert (found.issuer, found.region_code, found.year) == ("", "", None)
    assert found.confidence <= 0.2


@given(st.lists(st.text(max_size=60), max_size=12), st.text(max_size=40))
def test_any_text_is_read_without_an_error(lines: list[str], path: str) -> None:
    document = Document("text", [Paragraph(line) for line in lines], [Paragraph(line) for line in lines[:3]])
    found = identify(document, [SectionReading(1, "", "\n".join(lines))], path)
    assert found.issuer_kind in ISSUER_KINDS
    assert 0 <= found.confidence <= 1


@given(
    st.lists(
        st.sampled_from(
            [
                "新县",
                "河南省",
                "教育局",
                "镇",
                "街道办事处",
                "人民政府",
                "2023年",
                "政府信息公开",
                "年度报告",
                "（",
                "：",
                "分局",
                "开发区",
                "12月31日",
            ]
        ),
        max_size=14,
    )
)
def test_any_order_of_the_usual_words_is_read_without_an_error(words: list[str]) -> None:
    found = Snippet(head=["".join(words)], tail=["".join(reversed(words))], path="".join(words)).read()
    assert found.region_code == "" or len(found.region_code) == 6


@pytest.mark.parametrize(
    "line",
    [
        "发布时间:2024-01-16 17:29 来源:青禾县水务局 字号:[大 中 小]",
        "发布日期：2024年1月16日 浏览次数：20",
        "2024年01月16日 (点击: )",
    ],
)
def test_the_date_line_of_a_page_is_read_with_what_stands_around_it(line):
    text = f"固阳县水务局2023年政府信息公开工作年度报告\n{line}\n一、总体情况\n2023年，固阳县水务局公开信息30条。"
    identity = identify(read_text(text), [], "a.txt")
    assert str(identity.published_on) == "2024-01-16"


def test_the_buttons_of_a_site_are_no_part_of_a_name():
    text = (
        "登录    注册\n无障碍浏览\n应急管理局2023年政府信息公开工作年度报告\n一、总体情况\n固阳县应急管理局公开30条。"
    )
    assert identify(read_text(text), [], "a.txt").issuer == "固阳县应急管理局"


@pytest.mark.parametrize("stamp", ["11/28/26, 7:39 PM", "2026/11/28 19:39", "2026/11/28 下午7:39:01"])
def test_when_a_browser_printed_the_page_is_no_part_of_a_name(stamp: str) -> None:
    title = "罗庄区民政局2020年度政府信息公开工作报告"
    found = identify(read_text(f"{stamp}     {title}\n一、总体情况\n无。\n罗庄区民政局\n2021年1月20日"), [], "a.txt")
    assert (found.issuer, found.title) == ("罗庄区民政局", title)


def test_bars_around_every_line_hide_neither_title_nor_signature_nor_date() -> None:
    lines = [
        "新县教育局2023年政府信息公开工作年度报告",
        PERIOD,
        "一、总体情况",
        "2023年公开信息12条。",
        "新县教育局",
        "2024年1月9日",
    ]
    found = identify(read_text("\n".join(f"{line} | ||||||" for line in lines)), [], "a.txt")
    assert (found.title, found.issuer, found.region_code) == (lines[0], "新县教育局", "411523")
    assert (found.year, found.published_on) == (2023, date(2024, 1, 9))


def test_a_date_in_the_table_of_properties_is_that_of_publication() -> None:
    properties = "| 索引号 | 411523-2025 |\n|---|---|\n| 公开日期: | 2025-01-15 |\n"
    text = f"{properties}\n新县教育局2024年政府信息公开工作年度报告\n\n一、总体情况\n\n2024年公开信息12条。\n"
    assert identify(read_text(text), [], "a.txt").published_on == date(2025, 1, 15)


def test_a_year_that_only_the_running_text_names_counts_if_it_names_it_again_and_no_other() -> None:
    again = Snippet(body=["全局各科室在2023年公开信息12条。", "机关各科室在2023年收到申请3件。"])
    assert again.read().year == 2023
    other = Snippet(body=["全局各科室在2023年公开信息12条。", "机关各科室在2022年收到申请3件。"])
    assert other.read().year is None


@pytest.mark.parametrize("above", ["新县教育局政府信息公开专栏", "正文"])
def test_the_name_of_a_column_over_the_title_is_no_part_of_it(above: str) -> None:
    lines = [above, "2023年新县教育局政府信息公开工作年度报告"]
    found = identify(read_text("\n".join([*lines, "一、总体情况", "2023年公开信息12条。"])), [], "a.txt")
    assert found.title == lines[1]


def test_a_menu_above_the_title_is_no_part_of_it():
    title = "2023年怀柔区市场监督管理局政府信息公开工作年度报告"
    menu = ["首页", "政务公开", "政务服务", "互动交流", "走进沙依巴克区"]
    found = Snippet(head=[*menu, title, PERIOD]).read()
    assert (found.title, found.issuer) == (title, "怀柔区市场监督管理局")


def test_the_report_announced_without_a_name_has_no_author():
    notice = "根据瓯海区人民政府办公室《关于编制年度报告的通知》的要求，现将2023年度政府信息公开工作年度报告如下："
    read = Snippet(head=[notice, PERIOD], body=["我局在瓯海区政府门户网站公开信息22条。"]).read()
    assert (read.issuer, read.region_code) == ("", "330304")


def test_who_shares_an_address_is_not_the_author():
    contact = "如有疑问，请与濂溪区人民政府办公室联系（地址：九江市濂溪区九莲南路9号濂溪区市民服务中心8楼）。"
    assert Snippet(head=[PERIOD, contact]).read().issuer == "濂溪区人民政府办公室"


@pytest.mark.parametrize(
    "written",
    [
        "本报告由广州市政府办公厅综合各区政府和市政府各部门的年度报告编写而成。",
        "本报告综合各县（市、区）政府和市级各部门的年度报告编制而成。如有疑问，请与广州市人民政府办公厅联系。",
        "本报告由广州市编制。如有疑问，请联系广州市政府信息公开办公室（地址：府前路1号）。",
    ],
)
def test_a_report_of_all_under_a_government_is_the_governments(written):
    read = Snippet(head=[PERIOD, written]).read()
    assert (read.issuer, read.issuer_kind, read.region_code) == ("广州市人民政府", "government", "440100")


def test_our_banners_report_is_not_that_of_the_office_which_put_it_on_the_page():
    said = "现向社会公布我旗2023年度信息公开年度报告。"
    read = Snippet(head=[said, PERIOD], page=["发布机构：政府办公室"], body=["乌拉特前旗政府网站公开信息12条。"]).read()
    assert (read.issuer, read.issuer_kind) == ("乌拉特前旗人民政府", "government")


@pytest.mark.parametrize(
    ("above", "title", "issuer"),
    [
        ("东街街道", "东街街道办事处2023年政府信息公开工作年度报告", "东街街道办事处"),
        ("请输入搜索内容", "新县教育局2023年政府信息公开工作年度报告", "新县教育局"),
        ("信阳市新县", "教育局2023年政府信息公开工作年度报告", "信阳市新县教育局"),
    ],
)
def test_lines_of_the_page_above_a_whole_title_are_no_part_of_it(above, title, issuer):
    assert Snippet(head=[above, title, PERIOD]).read().issuer == issuer


def test_a_title_takes_nothing_from_a_heading_or_a_viewer():
    assert Snippet(head=["行政事业性收费 96171.6", "三、收到和处理政府信息公开申请情况"]).read().issuer == ""
    paged = Snippet(head=["Page 8 - 威海市文登区信访局2022年政府信息公开工作年度报告", "P. 8"]).read()
    assert (paged.title[:4], paged.issuer) == ("威海市文", "威海市文登区信访局")
    listed = Snippet(head=["乌拉特中旗巴音乌兰苏木2021年政府信息公开工作年度报告.docx"]).read()
    assert (listed.year, listed.township) == (2021, "巴音乌兰苏木")


@pytest.mark.parametrize("name", ["国家税务总局", "教育部", "国家电影局", "审计署"])
def test_the_central_government_belongs_to_no_region(name):
    contact = f"如有疑问，请与{name}办公厅联系（地址：北京市西城区月坛南街38号）。"
    read = Snippet(head=[f"{name}2023年政府信息公开工作年度报告", PERIOD, contact]).read()
    assert (read.issuer, read.region_code, read.issuer_kind) == (name, "", "department")


@pytest.mark.parametrize(
    ("title", "issuer"),
    [
        ("怀远二中2021年政府信息公开工作年度报告", "怀远二中"),
        ("阿拉善盟阿右旗阿拉善右旗教育体育局2021年政府信息公开工作年度报告", "阿拉善盟阿拉善右旗教育体育局"),
    ],
)
def test_a_region_is_named_once(title, issuer):
    contact = "（地址：怀远县荆山镇禹王西路9号，电话：0552-8312550）" if "怀远" in title else PERIOD
    assert Snippet(head=[title, contact]).read().issuer == issuer


def test_the_date_is_found_amid_properties_in_one_line():
    line = "体裁分类：政府信息公开年报     主题分类：教育     发布时间： 2022-01-27      发布机构：临西县教育局"
    text = f"临西县教育局2021年政府信息公开工作年度报告\n\n{line}\n\n一、总体情况\n公开信息12条。"
    assert identify(read_text(text), [], "a.txt").published_on == date(2022, 1, 27)


def test_the_year_that_a_report_without_title_announces_outweighs_a_period_left_over():
    said = "我局编制了2021年政府信息公开年度报告。统计期限自2020年1月1日起至2020年12月31日止。"
    assert Snippet(head=[said], body=["2021年，我局公开信息12条。"]).read().year == 2021


def test_a_town_known_from_one_county_only_is_not_there_if_the_report_speaks_of_another():
    lone = Snippet(head=[PERIOD], body=["2023年，杨梅乡人民政府认真公开信息12条，水城区多次督查。"]).read()
    assert (lone.region_code, lone.township) == ("", "杨梅乡")
    named = Snippet(head=["标题水城区杨梅乡2023年政府信息公开工作年度报告", PERIOD]).read()
    assert (named.region_code, named.issuer, named.title[:3]) == ("520204", "水城区杨梅乡人民政府", "水城区")


def test_a_name_with_letters_in_it_is_nobodys():
    spoilt = "beat365官方网站大全_mobile365051人民政府2023年政府信息公开工作年度报告"
    assert Snippet(head=[spoilt, PERIOD]).read().issuer == ""
    read = Snippet(head=["城口县人民政府机关2023年政府信息公开工作年度报告", PERIOD]).read()
    assert (read.issuer, read.issuer_kind) == ("城口县人民政府机关", "office")


def test_a_bureau_of_a_zone_s_committee_is_named_whole_in_a_sentence():
    bureau = "武汉市东湖生态旅游风景区管理委员会市场监督管理局"
    said = f"2023年，{bureau}认真公开信息12条。"
    short = Snippet(head=["市场监督管理局2023年政府信息公开工作年度报告", PERIOD], body=[said, said]).read()
    assert (short.issuer, short.issuer_kind) == (bureau, "department")
    zone = Snippet(head=[PERIOD], body=["2023年，武汉市东湖生态旅游风景区管理委员会全局统筹，公开信息12条。"]).read()
    assert zone.issuer == "武汉市东湖生态旅游风景区管理委员会"


def test_a_name_ends_before_what_its_agency_wrote():
    said = "按照条例，吉林市卫生健康委编制了吉林市卫生健康委员会2023年政府信息公开工作年度报告。"
    assert Snippet(head=["2023年政府信息公开工作年度报告", said, PERIOD]).read().issuer == "吉林市卫生健康委员会"


def test_customs_report_for_their_district_and_for_all_customs():
    district = Snippet(head=["广州海关关区2023年政府信息公开工作年度报告", PERIOD]).read()
    assert (district.issuer, district.issuer_kind) == ("广州海关", "department")
    whole = Snippet(head=["海关总署2023年海关信息公开工作年度报告", PERIOD]).read()
    assert (whole.issuer, whole.region_code) == ("海关总署", "")
    asked = "如有疑问，请联系海关总署办公厅（地址：北京市东城区建国门内大街6号）。"
    assert Snippet(head=["2023年政府信息公开工作年度报告", PERIOD, asked]).read().issuer == "海关总署"


def test_the_text_says_which_agency_the_title_calls_a_system():
    title = "云浮市气象部门2023年政府信息公开工作年度报告"
    said = "按照要求，2023年，云浮市气象局认真开展工作。"
    assert Snippet(head=[title, said, PERIOD]).read().issuer == "云浮市气象局"


def test_two_characters_that_end_a_longer_word_name_no_zone():
    said = "申请公开的信息为我市黄金山工业新区一处小区的造价。"
    read = Snippet(head=[PERIOD], body=["2023年，市审计局公开信息12条。", said]).read()
    assert "金山" not in read.issuer


def test_the_year_that_opens_a_paragraph_behind_its_heading_is_the_year():
    lines = ["(一)主动公开信息情况。2019年,市审计局公开信息12条。", "公开2018年决算和2019年预算。"]
    assert Snippet(head=[], body=lines).read().year == 2019


def test_a_cell_that_holds_label_and_title_names_the_author():
    table = "|||\n名 称: 陵水黎族自治县人民政府2019政府信息公开工作年度报告 | |||\n|\n"
    text = "我县编制了2019年政府信息公开工作年度报告。\n一、总体情况\n公开信息12条。\n"
    read = identify(read_text(f"|\n{table}{text}"), [], "a.txt")
    assert (read.issuer, read.region_code) == ("陵水黎族自治县人民政府", "469028")


def test_zones_and_ministries_that_act_have_no_place():
    zone = Snippet(head=[PERIOD], body=["2023年，甘眉工业园区管委会严格按照条例，公开信息20条。"]).read()
    assert (zone.issuer, zone.issuer_kind, zone.region_code) == ("甘眉工业园区管理委员会", "zone", "")
    ministry = Snippet(head=[PERIOD], body=["2023年，教育部坚持公开，发布文件20件。"]).read()
    assert (ministry.issuer, ministry.region_code) == ("教育部", "")


def test_the_district_of_a_university_s_seat_is_no_part_of_its_name():
    seat = "如有疑问，请与党政办公室联系（地址：重庆市南岸区学府大道19号，邮编：400067）。"
    title = "重庆工商大学2022—2023学年度信息公开工作报告"
    assert Snippet(head=[title, seat, PERIOD]).read().issuer == "重庆工商大学"


def test_the_date_above_a_list_of_attachments_is_that_of_publication():
    signed = ["新县财政局", "2024年1月20日", "附件：1.新县主动公开目录（2023年版）", "2.健身步道公示表"]
    found = Snippet(head=["新县财政局2023年政府信息公开工作年度报告", PERIOD], tail=signed).read()
    assert found.published_on == date(2024, 1, 20)


def test_the_first_day_of_a_period_is_no_date_of_publication():
    opening = "2023年1月1日至12月31日，我局围绕财政预决算、政府采购等重点工作，扎实推进政府信息公开。"
    found = Snippet(head=["新县财政局2023年政府信息公开工作年度报告", opening]).read()
    assert found.published_on is None


def test_the_day_that_the_figures_were_settled_is_no_date_of_publication():
    settled = "本报告按照规定格式编制，由新县财政局办公室汇总，各项数据的核定时间点为2023年12月31日。"
    head = ["新县财政局2023年政府信息公开工作年度报告", settled]
    assert Snippet(head=head).read().published_on is None
    run_on = f"时间：2024-01-18 点击数：9 {settled}"
    assert Snippet(head=[head[0], run_on]).read().published_on == date(2024, 1, 18)


def test_a_district_s_bureau_is_not_its_province_s():
    said = "2023年，区财政局认真落实条例，通过青海省政府采购网公开信息30条。"
    assert Snippet(head=[PERIOD], body=[said, said]).read().issuer == "区财政局"


def test_a_contact_may_be_the_office_of_the_group_that_leads_the_work():
    asked = "如有疑问，请与区民政局信息公开工作领导小组办公室联系（地址：涵江区工业路555号）。"
    assert Snippet(head=[asked, PERIOD], body=["2023年，我局公开信息30条。"]).read().issuer == "涵江区民政局"


def test_a_site_that_says_when_it_published_is_dated_by_that():
    title = "新县财政局2023年政府信息公开工作年度报告"
    page = Snippet(head=[title, PERIOD], page=["成文日期：2024-01-10", "发布日期：2024-01-25"]).read()
    assert page.published_on == date(2024, 1, 25)
    one_line = Snippet(head=[title, PERIOD], page=["成文日期：2024-01-10发布日期：2024-01-25"]).read()
    assert one_line.published_on == date(2024, 1, 25)


def test_the_line_below_a_title_may_name_the_day_and_the_office():
    head = ["新县政府信息公开工作2023年度报告", "2024-01-26   新县人民政府办公室", PERIOD]
    assert Snippet(head=head).read().published_on == date(2024, 1, 26)


def test_a_report_signed_on_the_last_day_of_its_year_was_published_later():
    cells = "作者：本站 | 来源：本站 | 时间：2024-01-18 点击数：9"
    title, end = "2023年新县白石镇政府信息公开工作年度报告", "新县人民政府\n2023年12月31日"
    text = f"{title}\n{cells}\n{PERIOD}\n一、总体情况\n公开信息22条。\n{end}"
    assert identify(read_text(text), [], "a.txt").published_on == date(2024, 1, 18)


def test_a_survey_team_or_a_branch_belongs_to_the_place_in_its_name():
    team = Snippet(head=["国家统计局四川调查总队2023年政府信息公开工作报告", PERIOD]).read()
    assert (team.issuer, team.region_code) == ("国家统计局四川调查总队", "510000")
    branch = Snippet(head=[], body=["2023年盟生态环境局乌兰浩特市分局按照条例要求，公开信息12条。"]).read()
    assert branch.issuer == "盟生态环境局乌兰浩特市分局"


def test_an_office_that_is_asked_is_not_the_customs_or_the_hospital_itself():
    for agency in ("湛江海关", "淮北市人民医院"):
        asked = f"如有疑问，请与{agency}办公室联系。"
        assert Snippet(head=[asked, PERIOD], body=["2023年公开信息12条。"]).read().issuer == agency


def test_names_with_a_slip_or_a_verb_too_many_are_shown_without():
    said = "现公布青山区民族宗教事务局2023年政府信息公开工作年度报告。"
    twice = "2023年，青山区民族宗教宗教事务局认真落实条例，公开信息12条。"
    assert Snippet(head=[said, PERIOD], body=[twice]).read().issuer.endswith("民族宗教事务局")
    news = Snippet(head=["海关总署发布2012年政府信息公开工作年度报告"]).read()
    assert news.issuer == "海关总署"


def test_an_agency_called_an_office_and_one_announced_with_its_making_are_found():
    made = "本报告由某市信访办编制。".replace("某市", "北京市")
    assert Snippet(head=[made, PERIOD], body=["2023年公开信息12条。"]).read().issuer == "北京市信访办"
    said = "根据《湖南省2023年政务公开工作要点》，编制并发布省机关事务管理局2023年政府信息公开年度报告。"
    assert Snippet(head=[said, PERIOD], body=["2023年公开信息12条。"]).read().issuer == "湖南省机关事务管理局"


def test_the_general_administration_reports_of_all_customs():
    seat = "地址:南京市建邺区楠溪江东街85号,电话:025-58800000"
    whole = Snippet(head=["全国海关2023年政府信息公开工作年度报告", PERIOD], page=[seat]).read()
    assert (whole.issuer, whole.region_code) == ("海关总署", "")


def test_a_township_s_committee_and_government_act_together():
    said = "2023年青龙乡党委政府高度重视政府信息公开工作，公开信息12条。"
    assert Snippet(head=[PERIOD], body=[said]).read().township == "青龙乡"


@pytest.mark.parametrize("line", ["2024-01-26 10:06", "2024-01-2610:06", "2024年1月26日 10时06分"])
def test_a_day_with_a_clock_on_a_line_of_its_own_is_that_of_publication(line):
    head = ["新县林业局2023年政府信息公开工作年度报告", line, PERIOD]
    assert Snippet(head=head).read().published_on == date(2024, 1, 26)


def test_a_day_with_a_clock_in_a_row_of_its_own_cells_is_that_of_publication():
    row = "2024年01月26日17:47 | 某发展门户网 www.example.cn | 给编辑写信"
    text = f"新县林业局2023年政府信息公开工作报告/全文\n{row}\n{PERIOD}\n一、总体情况\n公开信息22条。\n"
    read = identify(read_text(text), [], "a.txt")
    assert (read.issuer, read.published_on) == ("新县林业局", date(2024, 1, 26))


def test_an_agency_called_after_its_government_is_not_the_government():
    name = "重庆市大足区人民政府外事办公室"
    asked = "如有疑问，请与大足区人民政府外事办公室联系。"
    said = f"2023年，{name}认真落实条例，公开信息12条。"
    head = [f"{name}政府信息公开工作2023年度报告", name, "政府信息公开工作2023年度报告", asked, PERIOD]
    assert Snippet(head=head, body=[said]).read().issuer == name
    office = "如有疑问，请与重庆市大足区人民政府信息公开办公室联系。"
    assert Snippet(head=[office, PERIOD]).read().issuer_kind == "government"
