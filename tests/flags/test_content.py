import pytest

from tests.flags.factory import flags, messages, report, status

BY_ASPECT = {
    "主动公开": "（一）主动公开。发布信息50条。",
    "依申请公开": "（二）依申请公开。完善指南，未收到申请。",
    "政府信息管理": "（三）政府信息管理。逐件审查文件属性。",
    "平台建设": "（四）公开平台建设。改版网站栏目。",
    "监督保障": "（五）监督保障。开展一次培训。",
}


def overview(*without: str) -> str:
    return "\n".join(text for name, text in BY_ASPECT.items() if name not in without)


@pytest.mark.parametrize("name", BY_ASPECT)
def test_each_aspect_is_missed(name):
    assert messages("missing-aspect", report(sections={1: overview(name)})) == [f"总体情况没有写到：{name}。"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (overview(), "passed"),
        # aspects told in one paragraph without subheadings
        ("全年公开信息50条，答复申请2件，公文逐件审核，网站按月更新，考核两次。", "passed"),
        ("一是抓实主动公开。二是规范依申请公开。三是加强政府信息管理。四是推进平台建设。五是强化监督保障。", "passed"),
        (
            "（一）信息管理和平台建设。\n（二）主动公开和依申请公开情况。\n（三）考核培训。两次。",
            "passed",
        ),
        ("全年公开信息50条，未接到要求提供信息的申请，公文逐件审核，网站按月更新，考核两次。", "passed"),
        ("全年公开信息50条，网站按月更新，考核两次。", "failed"),
        # a passing word does not make up for a lost subheading
        (overview("依申请公开") + "培训包括依申请公开内容。", "failed"),
    ],
)
def test_manners_of_overviews(text, expected):
    assert status("missing-aspect", report(sections={1: text})) == expected


def test_proactive_disclosure_told_under_section_two_counts():
    moved = {1: overview("主动公开"), 2: "（一）主动公开情况。发布信息50条。"}
    assert status("missing-aspect", report(sections=moved)) == "passed"


@pytest.mark.parametrize(
    ("year", "text", "expected"),
    [
        (2023, "本年度未收取信息处理费。", "passed"),
        (2023, "无其他需要报告的事项。", "failed"),
        (2021, "无", "failed"),
        (2020, "无", "not-applicable"),
    ],
)
def test_fees(year, text, expected):
    edition = "2019" if year == 2020 else "2021"
    assert status("missing-fee-statement", report(sections={6: text}, year=year, edition=edition)) == expected


@pytest.mark.parametrize(
    ("year", "citation", "expected"),
    [
        (2023, "国办公开办函〔2021〕30号", "passed"),
        (2023, "国办公开办函[2021]30号", "passed"),
        (2023, "国办公开办函（2021） 30 号", "passed"),
        (2023, "国办公开办函【2021】第30号", "passed"),
        (2023, "国办公开函〔2021〕30号", "failed"),
        (2023, "国办函〔2021〕30号", "failed"),
        (2023, "国办公开办函〔2021〕31号", "failed"),
        (2023, "国办公开办函〔2019〕60号", "failed"),
        (2020, "国办公开办函〔2019〕60号", "passed"),
        (2020, "国办公开办函〔2021〕30号", "failed"),
        (2017, "国办公开办函〔2019〕60号", "not-applicable"),
    ],
)
def test_citations_of_the_format_notice(year, citation, expected):
    preface = f"根据《中华人民共和国政府信息公开工作年度报告格式》（{citation}）编制。"
    assert status("wrong-citation", report(year=year, preface=preface)) == expected


@pytest.mark.parametrize(
    ("preface", "text", "expected"),
    [
        ("根据条例编制。", "落实国办公开办函〔2022〕8号部署。", "not-applicable"),
        ("根据国办公开办函〔2021〕30号编制。", "落实国办公开办函〔2022〕8号部署。", "passed"),
        ("根据国办公开办函〔2021〕33号编制。", "", "failed"),
        ("根据国办发〔2021〕30号编制。", "", "failed"),
        ("根据国办发〔2021〕12号编制。", "", "not-applicable"),
        ("根据国办函〔2020〕109号编制。", "", "not-applicable"),
    ],
)
def test_other_notices_of_the_same_office(preface, text, expected):
    assert status("wrong-citation", report(preface=preface, sections={1: text})) == expected


def test_a_wrong_citation_is_quoted_where_it_stands():
    wrong = report(preface="按照年度报告格式（国办公开函〔2021〕30号）编制。")
    (found,) = flags("wrong-citation", wrong)
    quote = found["evidence"]["quotes"][0]
    assert wrong.text[quote["start"] : quote["end"]] == "国办公开函〔2021〕30号"
    assert "2023年度报告应为“国办公开办函〔2021〕30号”" in found["message"]


@pytest.mark.parametrize(
    ("expected_label", "found_label", "result"),
    [
        ("二、主动公开政府信息情况", "2、主动公开政府信息情况", "failed"),
        ("二、主动公开政府信息情况", "三、主动公开政府信息情况", "failed"),
        ("二、主动公开政府信息情况", "二、主动公开水务信息情况", "failed"),
        ("行政规范性文件", "规范性文件", "failed"),
        ("二、主动公开政府信息情况", "二、 主动公开政府信息情况：", "passed"),
        ("二、主动公开政府信息情况", "主动公开政府信息情况", "passed"),
        ("第二十条第（一）项", "第二十条第(一)项", "passed"),
        ("其他对外管理服务事项", "其它对外管理服务事项", "passed"),
        ("规范性文件", "行政规范性文件", "passed"),
        ("（四）无法提供", "(1771) wu法提供", "passed"),
    ],
)
def test_altered_headings(expected_label, found_label, result):
    assert status("altered-heading", report(labels=[(expected_label, found_label)])) == result


def test_an_altered_heading_says_what_stands_there_and_what_should():
    found = messages("altered-heading", report(labels=[("行政规范性文件", "规范性文件")]))
    assert found == ["法定标题或栏目名称有1处改动：“规范性文件”应为“行政规范性文件”。"]
    numbered = [
        (f"{zh}、{name}", f"{n}、{name}") for n, (zh, name) in enumerate(zip("一二三四五", "天地玄黄宇", strict=True))
    ]
    (row,) = flags("altered-heading", report(labels=numbered))
    assert row["message"].endswith("等。") and row["message_en"].endswith("; ….")
    scanned = report(labels=[("行政规范性文件", "规范性文件")], file_format="scan")
    assert [row["severity"] for row in flags("altered-heading", scanned)] == ["notice"]


@pytest.mark.parametrize(
    ("year", "edition", "expected"),
    [(2020, "2019", "passed"), (2021, "2019", "failed"), (2021, "2021", "passed"), (None, "2019", "not-applicable")],
)
def test_outdated_form(year, edition, expected):
    assert status("outdated-form", report(year=year, edition=edition)) == expected


def test_disputes_alone_do_not_tell_which_form_was_used():
    missing = {"publication": "missing", "applications": "missing"}
    assert status("outdated-form", report(year=2022, edition="2019", tables=missing)) == "passed"
    only_one = report(year=2022, edition="2019", tables={"publication": "missing"})
    assert status("outdated-form", only_one) == "failed"
