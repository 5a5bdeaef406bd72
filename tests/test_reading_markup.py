"""Text with the marks of Markdown, wikis and web pages in it."""

from __future__ import annotations

import pytest

from loaders.document import Paragraph, Place, Table
from loaders.parsing import parse_file
from loaders.reading import read

HEADINGS = ["一、总体情况", "二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况"]
HEADINGS += ["四、政府信息公开行政复议、行政诉讼情况", "五、存在的主要问题及改进情况", "六、其他需要报告的事项"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("## ", ""),
        ("## ", " ##"),
        ("## ", " {#a .unnumbered}"),
        ("**", "**"),
        ("*", "*"),
        ("***", "***"),
        ("__", "__"),
        ("'''", "'''"),
        ("=== ", ""),
        ("== ", " =="),
        ("** ", ""),
        ("h2(#a). ", ""),
        ("h2. {anchor:a}", ""),
        (".. rubric:: ", ""),
    ],
)
def test_headings_open_sections_whatever_marks_them(before, after):
    text = "\n\n".join(f"{before}{heading}{after}\n\n全年公开信息12条。" for heading in HEADINGS)
    report = parse_file(text.encode(), "a.md")
    assert [(each.heading, each.text) for each in report.sections] == [(h, "全年公开信息12条。") for h in HEADINGS]


def test_the_place_of_a_heading_is_where_its_text_begins():
    first, second = read("## 一、总体情况\n  *二、主动公开政府信息情况*".encode(), "a.md").blocks
    assert (first.place, second.place) == (Place(line=1, character=4), Place(line=2, character=4))


def test_marks_inside_a_line_stay():
    lines = ["*注：*另行公开", "公开*注*", "h2.", "'甲'"]
    assert [block.text for block in read("\n\n".join(lines).encode(), "a.md").blocks] == lines


def test_markdown_in_the_boxes_of_a_page_is_text():
    table = "<table><tr><td>甲<td>1<tr><td>乙<td>2</table>"
    lines = ["# 青禾县水利局2023年政府信息公开工作年度报告", *(f"## {each}" for each in HEADINGS)]
    source = (
        '<div class="content">\n\n' + "\n\n".join(lines) + f"\n\n<div>\n\n{table}\n\n</div>\n\n本年没有。\n\n</div>\n"
    )
    document = read(source.encode(), "a.md")
    kept = [block.text if isinstance(block, Paragraph) else type(block) for block in document.blocks]
    assert kept == [lines[0][2:], *HEADINGS, Table, "本年没有。"]
    assert document.blocks[1].place.line == 5


def test_a_page_whose_boxes_hold_text_on_their_lines_is_a_page():
    source = "<div>\n" + "".join(f"<div>{each}\n公开</div>\n" for each in HEADINGS) + "</div>"
    assert read(source.encode(), "a.txt").format == "html"


def test_headings_in_traditional_characters_between_cells_written_a_line_each():
    cells = ["結果維持", "結果糾正", "其他結果", "尚未審結", "總計", *"12339"]
    text = "青禾縣水利局2023年政府信息公開工作年度報告\n"
    text += "一、總體情況\n本機關依法公開信息。\n三、收到和處理政府信息公開申請情況\n"
    text += "\n".join(cells) + "\n六、其他需要報告的事項\n無其他需要報告的事項。"
    report = parse_file(text.encode(), "a.txt")
    assert [each.heading for each in report.sections] == [
        "一、總體情況",
        "三、收到和處理政府信息公開申請情況",
        "六、其他需要報告的事項",
    ]
    assert "本機關依法公開信息。" in report.text


def test_tags_left_in_the_cells_and_lines_of_markdown_are_no_text():
    rows = ["规章 | 1 | 2 | 3", "行政规范性文件 | 4 | 5 | 60"]
    cells = [[f'<span style="font-size:9pt"\n>{cell}</span>' for cell in row.split(" | ")] for row in rows]
    table = "\n".join(f"| {' | '.join(row)} |".replace("\n", " ") for row in cells)
    head = "| 信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |\n|---|---|---|---|\n"
    text = f'<div id="zoom">\n\n<span\nlang="EN-US">二、主动公开政府信息情况</span>\n\n{head}{table}\n\n</div>\n'
    report = parse_file(text.encode(), "a.md")
    read_figures = {key: each.value for key, each in report.form.figures.items() if each.value is not None}
    assert list(read_figures.values()) == [1, 2, 3, 4, 5, 60]
    assert report.sections[0].heading == "二、主动公开政府信息情况"


def test_a_table_of_a_wiki_among_tags_is_a_table():
    cells = "\n".join(f"| {cell}" for cell in ("行政规范性文件", 4, 5, 60))
    text = f'<div>\n\n<span id="二"></span>\n== 二、主动公开政府信息情况 ==\n\n{{|\n|-\n{cells}\n|}}\n</div>\n'
    heading, table = read(text.encode(), "a.txt").blocks
    assert isinstance(heading, Paragraph)
    assert isinstance(table, Table)
    assert heading.text == "二、主动公开政府信息情况"
    assert [cell.text for cell in table.cells] == ["行政规范性文件", "4", "5", "60"]
