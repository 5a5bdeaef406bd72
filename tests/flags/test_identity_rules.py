import pytest

from loaders.report import Evidence
from tests.flags.factory import flags, report, status

WRONG_YEARS = [
    (1, "（二）依申请公开\n2022年，我局无依申请公开事项。"),
    (1, "2022年，我局认真贯彻条例，公开信息50条。"),
    (1, "（一）主动公开情况。2022年，通过网站发布信息50条。"),
    (1, "截至2022年12月31日，共发布信息30条。"),
    (3, "2022年，我局收到政府信息公开申请3件。"),
    (5, "2022年，我局工作还存在一些问题。"),
    (5, "公开不够主动。2023年，我局将进一步加强学习。"),
    (6, "2022年度我局未收取信息处理费。"),
]
RIGHT_YEARS = [
    (1, "2023年，我局公开信息50条，比2022年增加3条。"),
    (1, "2022年收到申请3件，2023年收到5件。"),
    (1, "按照《2022年政务公开工作要点》落实，2022年11月印发方案。"),
    (1, "公开2022年度部门决算和2023年预算，按时公布2022年度政府信息公开工作年度报告1篇。"),
    (1, "公开了某局2021年公开年度报告、2022年某局网站工作报表，公示了文件6个，解读发布信息29条。"),
    (1, "自2019年以来，累计公开信息3000条。2021年建成的查阅点继续开放。"),
    (1, "2022年我局被评为先进单位。"),
    (1, "2022年，在全县评估中，我局被评为优秀单位。2023年，我局公开信息50条。"),
    (1, "落实县政办发〔2022〕15号文件。"),
    (5, "2023年仍有问题。2024年，我局将进一步加强学习。"),
    (5, "针对2022年存在的问题，已全部整改。"),
    (5, "（一）2022年工作中存在问题的改进情况"),
    (5, "2023年，我局将公开工作列入议程，取得实效。"),
]


@pytest.mark.parametrize(("section", "text"), WRONG_YEARS)
def test_another_year_in_the_narrative(section, text):
    (found,) = flags("wrong-year", report(sections={section: text}))
    quote = found["evidence"]["quotes"][0]
    assert quote["section"] == section and text[quote["start"] : quote["end"]] == quote["text"]


@pytest.mark.parametrize(("section", "text"), RIGHT_YEARS)
def test_years_that_are_rightly_named(section, text):
    assert status("wrong-year", report(sections={section: text})) == "passed"


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"title": "青禾县水务局2022年政府信息公开工作年度报告"}, "failed"),
        ({"title": "青禾县水务局二〇二二年政府信息公开工作年度报告"}, "failed"),
        ({"title": "青禾县水务局政府信息公开工作年度报告"}, "passed"),
        ({"preface": "统计期限自2022年1月1日起至2022年12月31日止。"}, "failed"),
        ({"preface": "统计期限自2023年1月1日起至12月31日止。"}, "passed"),
        ({"preface": "统计期限为2022年1月1日至2023年12月31日。"}, "failed"),
        ({"preface": "现公布青禾县水务局2022年政府信息公开工作年度报告。"}, "failed"),
        ({"preface": "现发布《青禾县水务局2022年政府信息公开工作年度报告》。"}, "failed"),
        ({"preface": "根据《关于做好2022年政府信息公开工作年度报告编制的通知》编制。"}, "passed"),
    ],
)
def test_title_period_and_preface(more, expected):
    assert status("wrong-year", report(**more)) == expected


FOREIGN = [
    {"preface": "特向社会公布2023年本镇政府信息公开工作年度报告。"},
    {"issuer": "青禾市公安局高新区分局", "sections": {1: "2023年，城东区公安分局认真贯彻条例。"}},
    {
        "issuer": "科尔沁右翼中旗人民政府",
        "kind": "government",
        "county": "科尔沁右翼中旗",
        "sections": {1: "2023年，科右前旗人民政府按照条例落实各项要求。"},
    },
    {"issuer": "西乌珠穆沁旗水务局", "county": "西乌珠穆沁旗", "preface": "现发布东乌旗水务局2023年政府信息公开年报。"},
    {"sections": {1: "2023年，青禾县教育局认真贯彻条例。"}},
    {"sections": {1: "2023年，县民政局认真贯彻条例。"}},
    {"sections": {1: "白河县水务局严格落实条例。"}},
    {"sections": {1: "我镇高度重视公开工作。"}},
    {"sections": {6: "2023年度青禾县教育局未收取信息处理费。"}},
    {"signature": "青禾县教育局\n2024年1月3日"},
    {"preface": "现公布青禾县教育局2023年政府信息公开工作年度报告。"},
    {"preface": "如有疑问，请与青禾县教育局办公室联系。"},
    {"preface": "为进一步规范各项制度，县教育局严格按照县委、县政府统一部署，编制本报告。"},
    {"preface": "如有疑问，请与镇党政办公室联系。"},
    {"issuer": "青禾县档案馆", "preface": "如有疑问，请与县局办公室联系。"},
    {"headings": {2: "二、主动公开教育局信息情况"}},
    {"evidence": [Evidence("foreign-issuer", "白河县水务局", "preface", 3.0)]},
]
OWN = [
    {"issuer": "青禾县住房公积金管理中心", "preface": "如有疑问，请与中心办公室联系。"},
    {"issuer": "青禾县消防救援大队", "preface": "如有疑问，请与大队综合办公室联系。"},
    {"issuer": "青禾县经济开发区管理委员会", "kind": "zone", "preface": "如有疑问，请与管委会综合办公室联系。"},
    {"preface": "如有疑问，请与县局办公室联系。"},
    {"preface": "如有疑问，请与机关党政综合办公室联系。"},
    {"issuer": "青禾县柳林镇人民政府", "kind": "township", "preface": "如有疑问，请与镇党政办公室联系。"},
    {"preface": "特编制青禾县水务局2023年信息公开年度报告。"},
    {"preface": "按安排，编制完成青禾县水务局2023年政府信息公开工作年度报告。"},
    {"sections": {1: "走遍全县基本镇村，了解样本镇的情况。"}},
    {
        "issuer": "国家电力监管委员会华北监管局",
        "county": None,
        "prefecture": None,
        "province": None,
        "preface": "如有疑问，请与华北电监局办公室联系。",
    },
    {"sections": {1: "（四）强化局政务公开领导小组作用。2023年，优化局政府信息公开栏目。"}},
    {"preface": "按照通知制作。 全文包括青禾县水务局2023年政府信息公开总体情况等。"},
    {"issuer": "西乌珠穆沁旗水务局", "county": "西乌珠穆沁旗", "preface": "现发布西乌旗水务局2023年政府信息公开年报。"},
    {
        "issuer": "四川省凉山彝族自治州越西县气象局",
        "province": "四川省",
        "prefecture": "凉山彝族自治州",
        "county": "越西县",
        "preface": "现公布四川省凉山州越西县气象局2023年政府信息公开工作年度报告。",
    },
    {
        "issuer": "关岭布依族苗族自治县永宁镇人民政府",
        "kind": "township",
        "province": "贵州省",
        "prefecture": "安顺市",
        "county": "关岭布依族苗族自治县",
        "preface": "现公布关岭自治县永宁镇人民政府2023年度政府信息公开年报。请与关岭自治县永宁镇人民政府联系。",
    },
    {"preface": "按照条例要求，结合青禾县水务局2023年政府信息公开工作实际，编制本报告。"},
    {"preface": "按照要求，编制并发布县水务局2023年政府信息公开年度报告。"},
    {"issuer": "青禾县国有资产监督管理委员会", "sections": {1: "2023年，青禾县政府国资委坚持公开。"}},
    {"preface": "按照条例，县水务局编制了青禾县水务局2023年政府信息公开工作年度报告。"},
    {"sections": {1: "2023年，在县委、县政府坚强领导下，县水务局认真贯彻条例。"}},
    {"sections": {1: "2023年，青禾水务局严格落实。县政府办公室积极指导。县司法局对文件进行审查。"}},
    {"sections": {1: "按照青禾县教育局要求，通过青禾县人民政府网站公开。会同县财政局开展检查。"}},
    {"sections": {1: "县水务局下属的水文中心坚持公开。安平市青禾县水务局坚持公开。"}},
    {"preface": "本报告可在青禾县人民政府网站下载，如有疑问请与青禾县水务局办公室联系。"},
    {"signature": "信息来源：县政府办\n青禾县水务局\n2024年1月"},
    {"sections": {1: "做好保密审查工作，成立青禾县水务局政府信息公开工作领导小组。"}},
    {"preface": "青禾县自然资源局政府信息公开\n现公布青禾县水务局2023年政府信息公开工作年度报告。"},
    {"evidence": [Evidence("foreign-issuer", "青禾县人民政府", "preface", 3.0)]},
    {"issuer": "青禾县工业和信息化局", "sections": {1: "县工信局认真落实。"}},
    {"issuer": "青禾县市场监督管理局", "sections": {1: "青禾县市监局严格执行。原县工商局持续公开。"}},
    {"issuer": "青禾县市场监督管理局", "preface": "现公布安平市青禾县市场监督管理局2023年政府信息公开工作年度报告。"},
    {"sections": {1: "全年青禾县水务局主动公开信息12条。一年来青禾县水务局坚持公开。"}},
    {"issuer": "青禾县人力资源和社会保障局", "sections": {1: "县人社局始终坚持。"}},
    {"issuer": "青禾县发展和改革局", "sections": {1: "县发改委通过网站公开。"}},
    {
        "issuer": "青禾县人民政府",
        "kind": "government",
        "sections": {1: "县教育局积极公开。白石镇主动公开信息。"},
    },
    {"issuer": "青禾县白石镇人民政府", "kind": "township", "sections": {1: "白石镇认真落实。我镇党政办积极协调。"}},
    {"issuer": "青禾县白石镇人民政府", "kind": "township", "sections": {1: "公开信息3条。另外镇政府通过公众号公开。"}},
    {"issuer": "青禾市公安局高新区分局", "sections": {1: "2023年，高新区公安分局认真贯彻条例。"}},
    {
        "issuer": "科尔沁右翼中旗人民政府",
        "kind": "government",
        "county": "科尔沁右翼中旗",
        "sections": {1: "2023年，科右中旗人民政府按照条例落实各项要求。"},
    },
    {
        "issuer": "达尔罕茂明安联合旗人民政府",
        "kind": "government",
        "county": "达尔罕茂明安联合旗",
        "preface": "如有疑问，请与达茂旗人民政府办公室联系。",
    },
]


@pytest.mark.parametrize("more", FOREIGN)
def test_names_that_are_not_the_issuer_s(more):
    assert status("foreign-issuer", report(**more)) == "failed"


@pytest.mark.parametrize("more", OWN)
def test_names_that_are_the_issuer_s_or_rightly_another_s(more):
    assert [row["message"] for row in flags("foreign-issuer", report(**more))] == []


def test_towns_and_counties_are_told_apart():
    town = {"issuer": "青禾县白石镇人民政府", "kind": "township"}
    assert status("foreign-issuer", report(**town, sections={1: "黑石镇人民政府认真落实。"})) == "failed"
    assert status("foreign-issuer", report(**town, sections={1: "我局持续推进。"})) == "failed"
    county = {"issuer": "青禾县人民政府", "kind": "government"}
    assert status("foreign-issuer", report(**county, sections={1: "2023年，白河县人民政府认真落实。"})) == "failed"


def test_a_former_name_of_the_issuer_is_its_own():
    now = report(issuer="青禾县乡村振兴局", sections={1: "县扶贫办认真落实。"})
    assert status("foreign-issuer", now) == "passed"


def test_the_finding_says_where_which_name_stands():
    text = "2023年，青禾县教育局认真贯彻条例。"
    (found,) = flags("foreign-issuer", report(sections={1: text}))
    quote = found["evidence"]["quotes"][0]
    assert text[quote["start"] : quote["end"]] == quote["text"] == "青禾县教育局"
    assert found["message"] == "应写“青禾县水务局”的地方出现别的机关或地区：第一部分写“青禾县教育局”。"


def test_a_county_named_after_its_prefecture_is_another_county_all_the_same():
    own = {"issuer": "额济纳旗住房和城乡建设局", "prefecture": "阿拉善盟", "county": "额济纳旗"}
    assert status("foreign-issuer", report(**own, signature="阿拉善右旗住房和城乡建设局\n2024年1月20日")) == "failed"
    assert status("foreign-issuer", report(**own, signature="阿拉善盟额济纳旗住房和城乡建设局")) == "passed"


def test_a_county_said_twice_is_the_same():
    own = {"issuer": "阿拉善盟阿拉善右旗教育体育局", "prefecture": "阿拉善盟", "county": "阿拉善右旗"}
    found = [Evidence("foreign-issuer", "阿拉善盟阿右旗阿拉善右旗教育体育局", "preface", 3.0)]
    assert status("foreign-issuer", report(**own, evidence=found)) == "passed"
    found = [Evidence("foreign-issuer", "阿拉善盟额济纳旗阿拉善右旗教育体育局", "preface", 3.0)]
    assert status("foreign-issuer", report(**own, evidence=found)) == "failed"


def test_a_zone_may_call_itself_after_its_kind():
    zone = {"issuer": "青禾县高新科技产业园管理委员会", "kind": "zone"}
    assert status("foreign-issuer", report(**zone, sections={1: "2023年，高新区管委会坚持公开。"})) == "passed"
    assert status("foreign-issuer", report(**zone, sections={1: "2023年，白河高新区管委会坚持公开。"})) == "failed"
    assert status("foreign-issuer", report(sections={1: "2023年，高新区管委会坚持公开。"})) == "failed"
