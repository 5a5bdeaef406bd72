"""Numbers that look like the form's and are not: of a few among many, of one level, of all kinds, of years before."""

import pytest

from loaders.claims import read_claims
from loaders.report import SectionReading

HEADING = "（二）依申请公开。"
NEW, DECIDED = "applications.new.total", "applications.total.total"
CARRIED_IN, GRANTED = "applications.carried_in.total", "applications.granted.total"
CARRIED_OUT = "applications.carried_out.total"
REVIEW, LAWSUITS = "litigation.review.total", "litigation.lawsuits.total"
ISSUED, REPEALED = "publication.normative.issued", "publication.normative.repealed"


def read(text):
    return read_claims([SectionReading(1, "", HEADING + text)], 2023)


def stated(text):
    return [(each.about, each.value) for each in read(text) if each.period == "this_year"]


APPLICATIONS = [
    # answered together, or told that there is no such thing
    ("共收到申请6件，合并答复1次。", [(NEW, 6)]),
    ("收到申请24件，答复不存在8件，正在办理4件。", [(NEW, 24)]),
    ("共答复依申请公开66件，当场答复5件，其余61件均为书面。", [(DECIDED, 66)]),
    ("处理申请26件，其中法定期限内答复25件，超期1件。", [(NEW, 26)]),
    ("收到依申请公开65件，公开答复37件，告知不存在14件。", [(NEW, 65), (GRANTED, 37)]),
    # one of several ways, or of several levels
    ("收到省政府转办申请2件、直接受理申请11件。", []),
    ("市级部门收到申请2210件，占61%；县（市、区）收到申请1413件，占39%。", []),
    ("登记政府信息公开申请38件，受理35件。", [(NEW, 38)]),
    # of several years, or carried into this one
    ("累计收到政府信息公开申请55件，其中2023年收到12件。", []),
    ("收到申请14件；2022年12月收到、结转至今年办理的1件。", [(NEW, 14), (CARRIED_IN, 1)]),
    ("共收到申请15件，除去重复申请2件。", [(NEW, 15)]),
    ("收到公民依申请公开信息6次。", []),
    # all that were answered, or those granted
    ("收到申请276件，上年结转7件，公开答复274件，转下年度办理9件。", [(NEW, 276), (CARRIED_IN, 7), (CARRIED_OUT, 9)]),
    ("收到申请6件。部分予以公开2件，予以公开4件。", [(NEW, 6), ("applications.partial.total", 2), (GRANTED, 4)]),
    # from one kind of applicant, or put on show
    (
        "收到申请6条。商业企业申请政务公开信息1条，收到自然人申请政府信息公开申请5条。",
        [(NEW, 6), ("applications.new.business", 1), ("applications.new.person", 5)],
    ),
    ("利用网站发布依申请公开信息3条。", []),
    ("未收到依申请公开信息的咨询。", []),
]


@pytest.mark.parametrize(("text", "expected"), APPLICATIONS)
def test_a_part_of_the_applications_is_not_all_of_them(text, expected):
    assert stated(text) == expected


DISPUTES = [
    ("全年办理行政复议案件24件，其中政府信息公开类6件。", [(REVIEW, 6)]),
    ("区司法局受理行政复议申请186件（其中涉及政府信息公开的11件）。", [(REVIEW, 11)]),
    ("被提起行政诉讼0件，上年度遗留行政诉讼2件，均已胜诉。", [(LAWSUITS, 0)]),
    ("新收行政复议4件，上年结转1件，审结4件，尚未审结1件。", [("litigation.review.pending", 1)]),
    (
        "被申请行政复议3件，其中，1件被复议机关撤销部分答复内容，2件正在复议机关审理中。",
        [(REVIEW, 3), ("litigation.review.pending", 2)],
    ),
    ("未因信息公开被提起行政诉讼。分局因具体行政行为被提起行政诉讼2起。", [(LAWSUITS, 0)]),
    ("未收到有关信息公开申请行政复议、提起行政诉讼、举报投诉件。", [(REVIEW, 0), (LAWSUITS, 0)]),
]


@pytest.mark.parametrize(("text", "expected"), DISPUTES)
def test_disputes_of_all_kinds_or_of_the_year_before_are_not_the_forms(text, expected):
    assert stated(text) == expected


DOCUMENTS = [
    ("制发规范性文件6件、废止3件、宣布失效1件。", [(ISSUED, 6)]),
    ("对2022年底前印发的113件规范性文件开展清理，废止9件。", [(REPEALED, 9)]),
    ("区政府制发规范性文件5件，区级部门制发规范性文件12件。", [(ISSUED, 5)]),
]


@pytest.mark.parametrize(("text", "expected"), DOCUMENTS)
def test_documents_looked_over_or_of_departments_are_not_those_issued(text, expected):
    assert stated(text) == expected


def test_decisions_by_one_procedure_are_not_all_of_them():
    assert stated("作出一般程序行政处罚决定64件，简易程序行政处罚决定310件。") == []


APPLICANTS = [
    ("收到信息公开申请46件（含上年结转4件），其中自然人申请40件。", [("applications.carried_in.total", 4)]),
    ("收到信息公开申请46件，其中自然人申请40件。", [(NEW, 46), ("applications.new.person", 40)]),
]


@pytest.mark.parametrize(("text", "expected"), APPLICANTS)
def test_applicants_of_what_was_carried_in_too_are_not_the_year_s(text, expected):
    assert stated(text) == expected


CHANNELS = [
    ("微信推送图文信息430期、共计1390条。", [("channel.wechat", 1390)]),
    ("网站累计公开信息21763条，全年新增公开3046条。", []),
    ("累计公开信息23000条，2023年公开信息3100条。", [("channel.total", 3100)]),
    ("官网发布信息194条，其中主动公开信息121条，解读14条。", [("channel.website", 194)]),
]


@pytest.mark.parametrize(("text", "expected"), CHANNELS)
def test_issues_and_running_totals_are_not_what_the_year_put_out(text, expected):
    found = read_claims([SectionReading(1, "", text)], 2023)
    assert [(each.about, each.value) for each in found if each.period == "this_year"] == expected


def test_a_number_that_was_passed_is_round():
    (passed,) = read("依申请公开受理量突破500件。")
    assert (passed.about, passed.value, passed.exact) == (NEW, 500, False)
