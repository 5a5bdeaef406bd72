"""Lines of a report in, sections out."""

import pytest

from loaders.document import Cell, Document, Paragraph, Table
from loaders.parsing import parse_file
from loaders.sections import heading_is_altered, narrative_lines, split_sections

SIX = [
    "一、总体情况",
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
    "五、存在的主要问题及改进情况",
    "六、其他需要报告的事项",
]


def numbers(lines):
    return [section.section for section in split_sections(lines)[1]]


def with_bodies(headings):
    return [line for n, heading in enumerate(headings, 1) for line in (heading, f"第{n}部分的文字。")]


HEADINGS = [
    ("as printed", SIX),
    ("arabic numbers", [heading.replace(heading[0], str(n), 1) for n, heading in enumerate(SIX, 1)]),
    ("numbers lost", [heading[2:] for heading in SIX]),
    ("spaces within", [" ".join(heading) for heading in SIX]),
    ("government replaced by the agency", [heading.replace("政府", "水利局") for heading in SIX]),
    ("another wording of five", [*SIX[:4], "五、存在的主要问题和改进情况", SIX[5]]),
    ("numbers lost, another wording", [*(heading[2:] for heading in SIX[:4]), "存在的主要问题和改进情况", SIX[5][2:]]),
    ("all numbered one", ["一、" + heading[2:] for heading in SIX]),
    ("numbers without a mark", [heading.replace("、", "", 1) for heading in SIX]),
    ("arabic numbers without a mark", [f"{n}{heading[2:]}" for n, heading in enumerate(SIX, 1)]),
    ("the older half-width comma", [heading.replace("、", ".", 1) for heading in SIX]),
]


@pytest.mark.parametrize(("what", "headings"), HEADINGS, ids=[what for what, _ in HEADINGS])
def test_headings_are_found(what, headings):
    _, sections = split_sections(["某旗水利局年度报告", *with_bodies(headings)])
    assert [(s.section, s.text) for s in sections] == [(n, f"第{n}部分的文字。") for n in range(1, 7)]


def test_a_heading_that_goes_on_the_count_of_aspects_opens_no_section():
    lines = [SIX[0], "（一）学习条例情况。", "学习。", "（二）主动公开政府信息情况。", "公开962条。", SIX[2], "无。"]
    assert numbers(lines) == [1, 3]
    lines = [SIX[0], "平稳。", "（二）" + SIX[1][2:], "见表。", "（三）" + SIX[2][2:], "无。"]
    assert numbers(lines) == [1, 2, 3]


def test_plans_alone_are_the_section_on_improvement():
    lines = ["一、概述", "平稳。", "四、申请行政复议和提起行政诉讼情况", "没有。", "五、下一步工作计划", "加强领导。"]
    _, sections = split_sections(lines)
    assert [(each.section, each.text) for each in sections] == [(1, "平稳。"), (4, "没有。"), (5, "加强领导。")]


def test_a_report_may_call_its_overview_a_summary():
    _, (first, second) = split_sections(["某局年度报告", "一、综述", "全年平稳。", SIX[1], "见表。"])
    assert (first.section, first.text, second.section) == (1, "全年平稳。", 2)


def test_text_behind_a_heading_on_its_line_belongs_to_the_section():
    _, sections = split_sections(["一、总体情况：全年平稳。", *SIX[1:]])
    assert (sections[0].heading, sections[0].text) == ("一、总体情况", "全年平稳。")


def test_a_table_of_contents_does_not_open_the_sections():
    _, sections = split_sections([*SIX, "前言。", *with_bodies(SIX)])
    assert [section.text for section in sections] == [f"第{n}部分的文字。" for n in range(1, 7)]


def test_a_missing_section_is_left_out():
    assert numbers(with_bodies([*SIX[:3], *SIX[4:]])) == [1, 2, 3, 5, 6]


def test_subheadings_and_rows_of_the_form_open_no_section():
    lines = [
        "一、总体情况",
        "（一）主动公开情况",
        "发布信息若干。",
        "一、本年新收政府信息公开申请数量",
        "四、结转下年度继续办理",
    ]
    assert numbers(lines) == [1]


def test_older_reports_word_their_headings_themselves():
    lines = with_bodies(
        ["一、概述", "二、主动公开信息的情况", "三、依申请公开情况", "四、因信息公开申请行政复议的情况"]
    )
    assert numbers(lines) == [1, 2, 3, 4]


def test_what_stands_before_the_first_heading_is_the_preface():
    preface, _ = split_sections(["某局年度报告", "本报告依法编制。", *SIX])
    assert preface == "某局年度报告\n本报告依法编制。"


def test_cells_written_a_line_each_are_no_narrative():
    cells = ["规章", "0", "0", "0", "行政规范性文件", "1", "0", "3"]
    lines = [SIX[1], "本年发布信息三十条。", *cells, SIX[5], "无"]
    document = Document("txt", [Paragraph(line) for line in lines])
    assert narrative_lines(document) == [SIX[1], "本年发布信息三十条。", SIX[5], "无"]


def test_narrative_in_a_layout_table_is_kept():
    text = "本年度通过旗政府网站发布水利工程建设信息三十条，回复留言四条，办理时限均在规定之内。"
    table = Table([Cell(SIX[0], 0, 0), Cell(text, 1, 0)])
    assert narrative_lines(Document("docx", [table])) == [SIX[0], text]


ALTERED = [
    ("一、总体情况", 1, False),
    ("1、总体情况", 1, True),  # the form numbers with Chinese numerals
    ("三、总体情况", 1, True),
    ("总体情况", 1, False),  # a number that a converter lost
    ("二、主动公开水利局信息情况", 2, True),
    ("五、存在的主要问题和改进情况", 5, False),
    ("二、 主动公开政府信息情况", 2, False),
]


@pytest.mark.parametrize(("heading", "number", "altered"), ALTERED)
def test_altered_headings(heading, number, altered):
    _, sections = split_sections([heading, "文字。"])
    assert sections[0].section == number
    assert heading_is_altered(sections[0]) is altered


def test_a_heading_that_a_converter_joined_to_the_text_before_is_found():
    _, sections = split_sections(["五、存在的主要问题及改进情况", "已经改正。六、其他需要报告的事项", "无"])
    assert [(s.section, s.text) for s in sections] == [(5, "已经改正。"), (6, "无")]


def test_a_sentence_that_quotes_a_heading_opens_no_section():
    assert numbers(["六、其他需要报告的事项", "没有其他需要报告的事项", "政府信息公开的总体情况良好"]) == [6]


def test_a_heading_in_other_words_is_known_by_its_number_and_place():
    lines = with_bodies([*SIX[:4], "五、工作中的不足与明年打算", SIX[5]])
    _, sections = split_sections(lines)
    assert [(s.section, s.heading) for s in sections][4] == (5, "五、工作中的不足与明年打算")
    assert heading_is_altered(sections[4])


def test_headings_numbered_in_brackets_open_sections_and_their_namesakes_below_do_not():
    bracketed = [f"（{heading[0]}）{heading[2:]}" for heading in SIX]
    assert numbers(with_bodies(bracketed)) == [1, 2, 3, 4, 5, 6]
    assert numbers(["一、总体情况", "（一）主动公开情况", "文字。", "（五）监督保障情况", "文字。"]) == [1]


def test_aspects_of_the_overview_open_no_section_where_a_heading_is_missing():
    overview = ["一、总体情况", "（一）主动公开政府信息情况", "发布三条。", "（二）依申请公开", "收到一件。"]
    assert numbers([*overview, *with_bodies(SIX[2:])]) == [1, 3, 4, 5, 6]
    assert numbers(["一、总体情况", "1.主动公开：发布三条。", "2.依申请公开：收到一件。"]) == [1]
    assert numbers(["一、总体情况", "文字。", "1、主动公开政府信息情况", "文字。", *with_bodies(SIX[2:])]) == [
        1,
        2,
        3,
        4,
        5,
        6,
    ]


def test_subheadings_joined_to_the_text_before_them_begin_lines_of_their_own():
    line = "本报告按条例编制，数据截至年底。一、总体情况 （一）主动公开。发布三条。（二）依申请公开。收到一件。"
    _, sections = split_sections([line])
    assert [(s.heading, s.text) for s in sections] == [
        ("一、总体情况", "（一）主动公开。发布三条。\n（二）依申请公开。收到一件。")
    ]


def test_the_line_that_a_page_puts_over_a_report_may_run_into_its_first_heading():
    _, sections = split_sections(["2022年01月19日 来源： 某市某区政府一、总体情况", "发布三条。"])
    assert [(s.heading, s.text) for s in sections] == [("一、总体情况", "发布三条。")]


def test_a_report_on_one_line_is_split():
    line = " ".join(f"{heading} 这一部分的文字写在标题后面，没有换行。" for heading in SIX)
    _, sections = split_sections([line])
    assert [section.heading for section in sections] == SIX
    assert all(section.text == "这一部分的文字写在标题后面，没有换行。" for section in sections)


def test_a_list_of_the_headings_on_one_line_opens_no_sections():
    preface = "本报告分为六个部分： " + " ".join(SIX)
    report = with_bodies(SIX[:4])
    before, sections = split_sections([preface, *report])
    assert before == preface
    assert [section.text for section in sections] == [f"第{n}部分的文字。" for n in (1, 2, 3, 4)]


def test_headings_of_markdown_are_found():
    assert numbers(with_bodies([f"## {heading}" for heading in SIX])) == [1, 2, 3, 4, 5, 6]


def test_what_is_left_of_a_table_is_no_narrative():
    lines = with_bodies(SIX)
    lines[3:4] = ["第二十条第（一）项", "信息内容 | 本年制发件数", "本年未制发文件。", "行政规范性文件 3 0 9"]
    lines[-5:-4] = ["行政复议 行政诉讼", "结 果", "维持", "0 0 0", "未发生行政复议。", "（一）行政复议情况"]
    texts = {section.section: section.text for section in split_sections(lines)[1]}
    assert texts[2] == "本年未制发文件。"
    assert texts[4] == "未发生行政复议。\n（一）行政复议情况"
    assert (
        split_sections(["四、政府信息公开行政复议、行政诉讼情况", "行政复议", "无", "行政诉讼", "无"])[1][0].text != ""
    )


@pytest.mark.parametrize(
    ("section", "line"),
    [
        (2, "行政事业性收费0.839"),
        (3, "申请人情况（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四"),
        (3, "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）自然社会法律商业科研总计人"),
        (4, "未经复议直接起诉复议后起诉结果维持结果纠正其他结果尚未审结总计"),
        (4, "行政诉讼"),
        (2, "信息内容本年处理决定数量"),
        (2, "表二：主动公开政府信息情况"),
    ],
)
def test_pieces_of_headers_run_together_are_no_narrative(section, line):
    lines = with_bodies(SIX)
    lines[2 * section - 1] = line
    assert [each.text for each in split_sections(lines)[1] if each.section == section] == [""]


IN_ONE_LINE = [
    ("第一部分：总体情况", ("第一部分：总体情况", "")),
    ("一、总体情况2023年，我局持续推进公开。", ("一、总体情况", "2023年，我局持续推进公开。")),
    ("一、总体情况（一）主动公开。发布三条。", ("一、总体情况", "（一）主动公开。发布三条。")),
]


@pytest.mark.parametrize(("line", "expected"), IN_ONE_LINE)
def test_numbers_and_texts_right_beside_a_heading(line, expected):
    _, sections = split_sections([line])
    assert (sections[0].heading, sections[0].text) == expected


def test_a_heading_beside_its_only_word_is_found():
    for line in ("六、其他需要报告的事项无", "六、其他需要报告的事项 无", "六、其他需要报告的事项情况  无"):
        _, sections = split_sections([*with_bodies(SIX[:5]), line])
        assert (sections[-1].section, sections[-1].text) == (6, "无")


@pytest.mark.parametrize("subheading", ["（二）其他需要报告的事项", "2.其他需要报告的事项", "二、其他需要报告的事项"])
@pytest.mark.parametrize("style", ["{}", "（六）{}", "第六部分 {}", "六、{}"])
def test_a_subheading_with_the_words_of_its_section_opens_none(subheading, style):
    heading = style.format("其他需要报告的事项")
    lines = [heading, "（一）收费情况", "没有收费。", subheading, "没有其他事项。"]
    _, sections = split_sections([*with_bodies(SIX[:5]), *lines])
    assert sections[-1].text == "\n".join(lines[1:])


def test_a_numbered_list_of_contents_does_not_open_sections_whose_numbers_word_makes():
    contents = SIX
    _, sections = split_sections([*contents, "本报告按条例编制。", *with_bodies([heading[2:] for heading in SIX])])
    assert [section.text for section in sections] == [f"第{n}部分的文字。" for n in range(1, 7)]


def test_a_list_of_contents_with_page_numbers_opens_no_sections():
    contents = [f"{heading}{'…' * 6}{n}" for n, heading in enumerate(SIX, 1)]
    preface, sections = split_sections([*contents, *with_bodies(["一、概述", *SIX[1:]])])
    assert preface.split("\n") == contents
    assert sections[0].text == "第1部分的文字。"


def test_headings_that_a_converter_joined_to_the_text_before_in_other_styles():
    for heading in ("六，其他需要报告的事项", "其他需要报告的事项"):
        _, sections = split_sections([*with_bodies(SIX[:4]), SIX[4], f"已经改正。{heading}", "没有。"])
        assert [section.text for section in sections][4:] == ["已经改正。", "没有。"]


def test_page_numbers_are_no_narrative():
    lines = [SIX[0], "全年发布三十条。", "— 3 —", "第 4 页 共 9 页", "- 5 -", "收到两件。"]
    document = Document("txt", [Paragraph(line) for line in lines])
    assert narrative_lines(document) == [SIX[0], "全年发布三十条。", "收到两件。"]


def test_a_number_between_the_parts_of_a_table_is_no_text_and_a_word_is():
    two, three, four = SIX[1:4]
    _, sections = split_sections([two, "3", "", "4", three, "法人和其他组织", "自然人法人和其他组织总计", four, "无"])
    assert [section.text for section in sections] == ["", "", "无"]


def test_short_narrative_and_words_beside_a_heading_in_a_table_are_kept():
    table = Table([Cell(SIX[3], 0, 0), Cell("没有发生复议诉讼。", 1, 0), Cell(SIX[5], 2, 0), Cell("无", 2, 1)])
    assert narrative_lines(Document("docx", [table])) == [SIX[3], "没有发生复议诉讼。", SIX[5], "无"]
    table = Table([Cell(SIX[5], 0, 0), Cell("无", 1, 0)])
    assert narrative_lines(Document("docx", [table])) == [SIX[5], "无"]


def test_a_heading_in_a_table_is_kept_above_its_text():
    rows = [["月份", "1月"], ["数量", "7"], ["（四）平台建设", ""], ["1．完成网站迁移，修复错链26处。", ""]]
    cells = [Cell(text, n, column) for n, row in enumerate(rows) for column, text in enumerate(row)]
    assert narrative_lines(Document("xlsx", [Table(cells)])) == ["（四）平台建设", "1．完成网站迁移，修复错链26处。"]


ENDS = [
    (["（一）收费", "没有收费。", "（二）其他事项", "无"], ["白河县水利局", "2024年1月20日"]),
    (["没有收费。"], ["五指山市民政局", "2024年1月20日"]),
    (["没有收费。"], ["无为市民政局", "2024年1月20日"]),
    (["没有收费。"], ["白河县水利局", "2024年1月20日", "附件：1.主动公开目录（2023年版）", "2.健身步道公示表"]),
    (["没有收费。"], ["白河县水利局", "2024年1月20日", "编辑：", "来源：白河县水利局", "发布时间：2024-01-21", "打印"]),
]


@pytest.mark.parametrize(("six", "end"), ENDS)
def test_agency_date_and_page_furniture_are_no_text_of_section_six_and_its_only_word_is(six, end):
    lines = ["白河县水利局2023年政府信息公开工作年度报告", *with_bodies(SIX[:5]), SIX[5], *six, *end]
    report = parse_file("\n".join(lines).encode(), "report.txt")
    assert report.sections[-1].text == "\n".join(six)
    assert report.signature == "\n".join(end)


@pytest.mark.parametrize("first", ["（一）主要问题", "（一）2024年工作中存在的问题", "（一） 存在的主要问题"])
def test_section_five_begins_with_its_first_part_where_its_heading_is_lost(first):
    lines = [line for line in with_bodies(SIX) if not line.startswith(SIX[4][:5])]
    lines[lines.index("第5部分的文字。")] = first
    found = {each.section: each for each in split_sections(lines)[1]}
    assert found[5].text == first and found[5].heading == "" and not heading_is_altered(found[5])
    assert found[4].text == "第4部分的文字。"


def test_a_problem_within_another_section_opens_none():
    lines = [line for line in with_bodies(SIX) if "5" not in line and not line.startswith(SIX[4][:5])]
    aspect = ["（一）针对问题，逐项整改。", *lines[1:]]
    assert numbers([lines[0], *aspect]) == [1, 2, 3, 4, 6]


REWORDED = [
    ("一 、概 述", 1),
    ("三、依申请公开政府信息和不予公开政府信息的情况", 3),
    ("二、主动公开和依申请公开工作情况", 2),
    ("三、主动公开及依申请公开工作情况", 3),
]


@pytest.mark.parametrize(("heading", "number"), REWORDED)
def test_headings_of_older_reports_in_words_of_their_own(heading, number):
    _, (section,) = split_sections([heading, "全年平稳。"])
    assert (section.section, section.heading, section.text) == (number, heading, "全年平稳。")


def test_headings_in_one_line_open_sections_though_their_tables_are_gone():
    line = f"{SIX[0]} 全年平稳，公开信息12条。 {SIX[1]} {SIX[2]} {SIX[3]} {SIX[4]} 公开不够。 {SIX[5]} 无其他事项。"
    _, sections = split_sections([line])
    assert [(each.section, each.text) for each in sections] == [
        (1, "全年平稳，公开信息12条。"),
        (2, ""),
        (3, ""),
        (4, ""),
        (5, "公开不够。"),
        (6, "无其他事项。"),
    ]


def test_a_heading_of_a_report_that_counts_its_own_sections_opens_none_of_the_form():
    """An old report with a section on its organisation has the form's subjects under other numbers."""
    own = ["一、概述", "全年平稳。", "二、组织领导和制度建设", "分工明确。", "四、依申请公开情况", "没有收到申请。"]
    own += ["六、行政复议、行政诉讼情况", "没有发生。"]
    assert 2 not in numbers(own)


def test_a_sentence_on_what_the_report_consists_of_opens_no_sections():
    said = "全文包括（一）总体情况；（二）主动公开政府信息情况；（三）收到和处理政府信息公开申请情况；"
    said += "（四）政府信息公开行政复议、行政诉讼情况；（五）存在的主要问题及改进情况。期限为2023年全年。"
    preface, sections = split_sections([said, *with_bodies(SIX)])
    assert (preface, [each.section for each in sections]) == (said, [1, 2, 3, 4, 5, 6])
    assert sections[0].heading == SIX[0]


def test_a_number_on_a_line_of_its_own_numbers_the_heading_below():
    lines = with_bodies(SIX)
    at = lines.index(SIX[1])
    _, sections = split_sections([*lines[:at], "二、", SIX[1].removeprefix("二、"), *lines[at + 1 :]])
    assert [each.heading for each in sections] == SIX
    assert "二、" not in sections[0].text


def test_aspects_under_a_heading_with_a_plain_number_open_no_sections():
    _, (only,) = split_sections(
        ["1、 总体情况", "全年平稳。", "1、 主动公开。公开信息40条。", "2、 依申请公开。没有收到申请。"]
    )
    assert (only.section, only.text.count("\n")) == (1, 2)


def test_a_column_in_quotation_marks_is_no_heading():
    lines = ["一、总体情况", "网站有如下专栏：", "1.“公开目录”：文件20件。", "2.“法定主动公开内容”：信息30条。"]
    assert [each.section for each in split_sections(lines)[1]] == [1]


def test_a_numbered_point_that_speaks_of_a_section_s_subject_opens_none():
    points = ["（一）主动公开", "1.公开数量：32条；", "2.主动公开政府信息的主要类型情况：机构职能类6条。"]
    _, (only,) = split_sections(["一、总体情况", *points])
    assert only.section == 1


def test_problems_and_what_is_done_about_them_may_have_a_heading_each():
    lines = [
        "二、依申请公开办理情况",
        "没有收到申请。",
        "三、存在的困难和问题",
        "更新不够及时。",
        "四、改进措施",
        "加强培训。",
    ]
    _, sections = split_sections(lines)
    assert [(each.section, each.heading) for each in sections] == [(3, lines[0]), (5, lines[2])]


def test_a_report_that_is_one_paragraph_has_sections_in_words_of_its_own():
    said = "现报告如下： 一、政府信息主动公开情况 公开信息123件。 二、依申请公开信息和不予公开信息情况 没有申请。"
    said += " 三、收费和减免情况 没有收费。 四、申请行政复议、行政诉讼情况 没有发生。 五、存在的问题和改进措施 不够快。"
    preface, sections = split_sections([said])
    assert preface == "现报告如下："
    assert [each.section for each in sections] == [2, 3, 4, 5]
    assert sections[2].text == "没有发生。"


def test_a_summary_set_wide_opens_the_overview():
    _, sections = split_sections(["一 、概  述", "全年运行正常。", "二、主动公开政府信息情况", "公开信息12条。"])
    assert [each.section for each in sections] == [1, 2]


def test_labels_that_a_region_s_form_explains_are_no_narrative():
    explained = "行政机关制定发布的决定、公告、意见等，以及标题采用“规定”“办法”“细则”等字样的公文，一般都属于规范性文件"
    rows = ["规章", "0", "0", "0", f"规范性文件（{explained}，下同）", "87", "0", "0"]
    lines = ["二、主动公开政府信息情况", *rows, "三、收到和处理政府信息公开申请情况", "无。"]
    document = Document("txt", [Paragraph(line) for line in lines])
    _, sections = split_sections(narrative_lines(document))
    assert [(each.section, each.text) for each in sections] == [(2, ""), (3, "无。")]


def test_a_section_ends_where_an_older_report_goes_on_to_another_subject():
    lines = [
        "一、概述",
        "全年运行正常。",
        "二、主动公开政府信息情况",
        "公开信息12条。",
        "三、依申请公开政府信息情况",
        "收到申请2件。",
        "四、政府信息公开的收费及减免情况",
        "没有收取任何费用。",
        "五、申请行政复议、提起行政诉讼情况",
        "没有发生。",
    ]
    _, sections = split_sections(lines)
    assert [(each.section, each.text) for each in sections][2:] == [(3, "收到申请2件。"), (4, "没有发生。")]


def test_a_point_on_fees_within_a_section_is_of_it():
    lines = [
        "五、存在的主要问题及改进情况",
        "有待提高。",
        "六、其他需要报告的事项",
        "一、收取信息处理费情况",
        "没有收取。",
    ]
    _, sections = split_sections(["一、总体情况", "一、收费情况", "没有收取。", *lines])
    assert [each.text for each in sections] == [
        "一、收费情况\n没有收取。",
        "有待提高。",
        "一、收取信息处理费情况\n没有收取。",
    ]
