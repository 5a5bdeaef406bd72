"""Saved tables whose cells stand exactly below their header, so that blanks have a place; and what only looks so."""

import unicodedata

import pytest

from loaders.form.editions import edition
from loaders.form.reading import read_form
from loaders.parsing import parse_file
from loaders.reading.text.plain import read_text
from tests.form_documents import APPLICANTS as COLUMNS

KEYS = ("person", "business", "research", "nonprofit", "legal", "other", "total")
(BLOCK,) = edition("2021").blocks_of("applications")
FIGURES = {
    row.key: ["", "", str(n % 3 or ""), "", "", str(7 * n), str(7 * n + n % 3)] for n, row in enumerate(BLOCK.rows)
}
FIGURES |= {row.key: [""] * 7 for row in BLOCK.rows[6:9]}


def width(text):
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def padded(text, size, side):
    room = size - width(text)
    left = {"left": 0, "right": room, "middle": room // 2}[side]
    return " " * left + text + " " * (room - left)


def lines_of(rows, sides, figures_from=1):
    sizes = [max(width(row[n]) for row in rows) for n in range(len(rows[0]))]
    return [
        "  ".join(
            padded(cell, sizes[n], sides if n >= figures_from and cell[:1].isdigit() else "left")
            for n, cell in enumerate(row)
        ).rstrip()
        for row in rows
    ]


def rows_of(figures):
    return [["", *COLUMNS], *([row.label, *figures[row.key]] for row in BLOCK.rows)]


def values(form, key):
    return [form.figures[f"applications.{key}.{name}"].value for name in KEYS]


def numbers(row):
    return [float(text) if text else None for text in row]


@pytest.mark.parametrize("side", ["left", "right", "middle"])
def test_blanks_are_told_by_the_columns_of_the_header(side):
    text = "\n".join(["三、收到和处理政府信息公开申请情况", *lines_of(rows_of(FIGURES), side)])
    form = read_form(read_text(text))
    for key, row in FIGURES.items():
        assert values(form, key) == numbers(row)


def test_columns_that_drift_show_nothing():
    lines = lines_of(rows_of(FIGURES), "right")
    lines[3:] = [line[:-3] + "     " + line[-3:] if n % 2 else line for n, line in enumerate(lines[3:])]
    form = read_form(read_text("\n".join(["三、收到和处理政府信息公开申请情况", *lines])))
    for key, row in FIGURES.items():
        assert all(
            value is None or value == right for value, right in zip(values(form, key), numbers(row), strict=True)
        )


@pytest.mark.parametrize("mark", ["\t", " | "])
def test_blanks_of_publication_beside_last_years_figures(mark):
    rows = [
        ["第二十条第（一）项", "", "", "", ""],
        ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数", "上年现行有效件数"],
        ["规章", "0", "", "3", "4"],
        ["行政规范性文件", "", "2", "17", "18"],
        ["第二十条第（五）项", "", "", "", ""],
        ["信息内容", "本年处理决定数量", "", "", "上年处理决定数量"],
        ["行政许可", "", "", "", "66"],
        ["第二十条第（六）项", "", "", "", ""],
        ["信息内容", "本年处理决定数量", "", "", "上年处理决定数量"],
        ["行政处罚", "5", "", "", "6"],
        ["行政强制", "0", "", "", "1"],
    ]
    text = "\n".join(["二、主动公开政府信息情况", *(mark.join(row) for row in rows)])
    figures = read_form(read_text(text)).figures
    names = ("rules.issued", "rules.repealed", "rules.in_force", "normative.issued", "normative.repealed")
    assert [figures[f"publication.{name}"].value for name in names] == [0, None, 3, None, 2]
    names = ("normative.in_force", "licensing.decisions", "penalty.decisions", "coercion.decisions")
    assert [figures[f"publication.{name}"].value for name in names] == [17, None, 5, 0]


def test_two_figures_in_a_cell_between_bars_are_not_two_columns_of_a_whole_row():
    figures = {row.key: ["3", "0", "0", "0", "0", "0", "3"] for row in BLOCK.rows}
    figures["partial"] = ["0", "0 8", "0 4", "0", "0", "0", "0"]
    figures["granted"] = ["6", "0", "0", "……", "0 2", "0", "6"]
    lines = ["| " + " | ".join(row) + " |" for row in rows_of(figures)]
    lines.insert(1, "|" + "---|" * 8)
    form = read_form(read_text("\n".join(["三、收到和处理政府信息公开申请情况", *lines])))
    assert values(form, "partial") == [0, None, None, 0, 0, 0, 0]
    assert values(form, "granted") == [6, 0, 0, None, None, 0, 6]


REPORT = "<h1>云岭市水务局2023年政府信息公开工作年度报告</h1><p>三、收到和处理政府信息公开申请情况</p>"


def form_of(body):
    page = f'<html><head><meta charset="utf-8"></head><body>{REPORT}{body}</body></html>'
    return parse_file(page.encode(), "年报.html").form


def test_a_typed_table_of_a_web_page_is_read_as_one():
    body = "<pre>" + "\n".join(lines_of(rows_of(FIGURES), "right")) + "</pre>"
    form = form_of(body)
    for key, row in FIGURES.items():
        assert values(form, key) == numbers(row)
    assert form.figures["applications.new.total"].place.paragraph


@pytest.mark.parametrize(("before", "after"), [("<pre>", "\n"), ("", "<br>\n")])
def test_a_drawn_table_of_a_web_page_is_read_as_one(before, after):
    drawn = [f"| {label} | {' | '.join(row)} |" for label, row in ((row[0], row[1:]) for row in rows_of(FIGURES))]
    rule = "+" + "+".join(["-----"] * 8) + "+"
    form = form_of(before + after.join(line for each in drawn for line in (rule, each)) + after + rule)
    for key, row in FIGURES.items():
        assert values(form, key) == numbers(row)


def cells_of(row, tag="td"):
    return "".join(f"<{tag}>{text}</{tag}>" for text in row)


FULL = {row.key: [str(n), "0", "1", "0", "0", "2", str(n + 3)] for n, row in enumerate(BLOCK.rows)}


@pytest.mark.parametrize("opened", ["<table>", ""])
def test_rows_without_their_first_tag_or_without_a_table(opened):
    rows = [f"<tr>{cells_of(row)}</tr>" for row in rows_of(FULL)]
    if opened:
        rows[4:8] = [row.removeprefix("<tr>") for row in rows[4:8]]
    form = form_of(opened + "\n".join(rows) + ("</table>" if opened else ""))
    for key, row in FULL.items():
        assert values(form, key) == numbers(row)


def test_boxes_of_which_most_are_blank_are_a_table():
    figures = {key: [row[0], "", "", "", "", "", row[0]] for key, row in FULL.items()}
    rows = "".join(f'<div class="tr">{cells_of(row, "div")}</div>' for row in rows_of(figures))
    form = form_of(f'<div class="box">{rows}</div>')
    for key, row in figures.items():
        assert values(form, key) == numbers(row)


def test_spaces_beside_rows_between_tabs_show_no_columns():
    text = "\n".join(
        [
            "二、主动公开政府信息情况",
            "信息内容    本年制发件数    本年废止件数    现行有效件数",
            "规章\t   4\t   -\t   0",
            "行政规范性文件        1件    约",
        ]
    )
    figures = read_form(read_text(text)).figures
    assert [figures[f"publication.rules.{key}"].value for key in ("issued", "in_force")] == [4, 0]
    assert figures["publication.normative.issued"].value is None


def test_a_column_without_label_right_of_all_labels_is_beside_the_form():
    """Last year's figures: its label stands in a line above the table."""
    figures = {
        row.key: [str(3 * n), "", str(n % 3), "", "", "", str(3 * n + n % 3)] for n, row in enumerate(BLOCK.rows)
    }
    rows = [["", *COLUMNS, ""], *([row.label, *figures[row.key], "3"] for row in BLOCK.rows)]
    text = "\n".join(["三、收到和处理政府信息公开申请情况", *lines_of(rows, "left")])
    form = read_form(read_text(text))
    for key, row in figures.items():
        assert values(form, key) == numbers(row)
