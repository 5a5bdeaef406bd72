"""Who wrote a report where names run together, act for others, or name no place."""

from __future__ import annotations

import pytest

from tests.identity_snippets import PERIOD, Snippet, titled


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
    assert titled("马鞍山市和县教育局2023年政府信息公开工作年度报告").read().region_code == "340523"


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


def test_a_report_that_was_completed_is_the_agency_s() -> None:
    head = ["梅河口市住房和城乡建设局", "2023年政府信息公开工作年度报告"]
    preface = "按安排，编制完成住房和城乡建设局2023年政府信息公开工作年度报告。"
    assert Snippet(head=[*head, preface + PERIOD]).read().issuer == "梅河口市住房和城乡建设局"


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


def test_a_zone_of_another_region_is_no_district_that_it_shares_its_name_with():
    written = "本报告系按照东湖高新区管委会关于做好年度报告编制工作的要求，汇总人社分局情况编制而成。"
    read = Snippet(head=["人社分局2023年度政府信息公开工作年度报告", written, PERIOD]).read()
    assert not read.region_code.startswith("36")


def test_words_before_the_committee_of_a_zone_are_no_part_of_its_name():
    written = "本报告由山东嘉祥经济开发区管理委员会按照条例要求编制。"
    asked = "如有疑问，请与山东嘉祥经济开发区管理委员会联系。"
    assert Snippet(head=[written, asked, PERIOD]).read().issuer == "山东嘉祥经济开发区管理委员会"


def test_a_ministry_s_title_may_be_followed_by_what_a_page_puts_behind_it():
    title = "文化和旅游部政府信息公开工作2021年度报告 二维码"
    assert Snippet(head=[title, PERIOD]).read().issuer == "文化和旅游部"


def test_zones_and_ministries_that_act_have_no_place():
    zone = Snippet(head=[PERIOD], body=["2023年，甘眉工业园区管委会严格按照条例，公开信息20条。"]).read()
    assert (zone.issuer, zone.issuer_kind, zone.region_code) == ("甘眉工业园区管理委员会", "zone", "")
    ministry = Snippet(head=[PERIOD], body=["2023年，教育部坚持公开，发布文件20件。"]).read()
    assert (ministry.issuer, ministry.region_code) == ("教育部", "")


def test_the_district_of_a_university_s_seat_is_no_part_of_its_name():
    seat = "如有疑问，请与党政办公室联系（地址：重庆市南岸区学府大道19号，邮编：400067）。"
    title = "重庆工商大学2022—2023学年度信息公开工作报告"
    assert Snippet(head=[title, seat, PERIOD]).read().issuer == "重庆工商大学"


def test_a_district_s_bureau_is_not_its_province_s():
    said = "2023年，区财政局认真落实条例，通过青海省政府采购网公开信息30条。"
    assert Snippet(head=[PERIOD], body=[said, said]).read().issuer == "区财政局"


def test_a_contact_may_be_the_office_of_the_group_that_leads_the_work():
    asked = "如有疑问，请与区民政局信息公开工作领导小组办公室联系（地址：涵江区工业路555号）。"
    assert Snippet(head=[asked, PERIOD], body=["2023年，我局公开信息30条。"]).read().issuer == "涵江区民政局"


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


def test_an_agency_called_after_its_government_is_not_the_government():
    name = "重庆市大足区人民政府外事办公室"
    asked = "如有疑问，请与大足区人民政府外事办公室联系。"
    said = f"2023年，{name}认真落实条例，公开信息12条。"
    head = [f"{name}政府信息公开工作2023年度报告", name, "政府信息公开工作2023年度报告", asked, PERIOD]
    assert Snippet(head=head, body=[said]).read().issuer == name
    office = "如有疑问，请与重庆市大足区人民政府信息公开办公室联系。"
    assert Snippet(head=[office, PERIOD]).read().issuer_kind == "government"
