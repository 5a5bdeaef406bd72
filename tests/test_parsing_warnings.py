"""What a reader of the results is told about a file as a whole."""

from __future__ import annotations

import ast
import re
import string
from pathlib import Path

import pytest

import loaders
from loaders.form.editions import edition
from loaders.parsing import parse_file
from loaders.words.of_warnings import ALL, in_english
from tests.small_reports import small_report

SOME = dict.fromkeys([key for key in edition("2021").keys if key.startswith("applications.granted.")], 3.0)
MORE = dict.fromkeys([key for key in edition("2021").keys if key.startswith("applications.partial.")], 5.0)


def several(text: str) -> bool:
    return any("不止一份报告" in warning for warning in parse_file(text.encode(), "a.txt").warnings)


def test_a_file_with_two_reports_says_so():
    first = small_report()
    assert several(first + "\n" + small_report("正蓝旗民政局", figures=SOME | MORE))
    assert not several(first)
    assert not several(first + "\n" + first)
    assert not several(first + "\n" + small_report(figures={"applications.granted.person": 1.0}))


def test_figures_that_cannot_be_placed_are_no_second_report():
    text = small_report(blank=tuple(key for key in edition("2021").keys if key.endswith((".legal", ".research"))))
    squeezed = re.sub(r"[ \t]+", " ", text)  # nothing tells any more which of the cells are blank
    report = parse_file(squeezed.encode(), "a.txt")
    assert sum(each.value is None for each in report.form.figures.values()) > 100
    assert any("未能确认位置" in warning for warning in report.warnings)
    assert not several(squeezed)


CHINESE = re.compile("[\u4e00-\u9fff]")


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.zh[:12])
def test_every_warning_comes_out_in_english_with_its_values(kind):
    names = {name for _, name, _, _ in string.Formatter().parse(kind.zh) if name}
    values = {name: f"v{number}" for number, name in enumerate(sorted(names))}
    told = in_english(kind.of(**values))
    assert not CHINESE.search(told) and all(value in told for value in values.values())


def test_words_within_a_warning_are_translated_and_names_kept():
    report = parse_file(small_report().replace("2023年1月1日", "2021年1月1日").encode(), "a.txt")
    told = [in_english(warning) for warning in report.warnings]
    assert any(re.fullmatch("The period says 2021, though the report is on 2023", each) for each in told), told
    assert in_english("文中另有其他地区的名称：敖汉旗") == "The text names other regions, too: 敖汉旗"


def test_no_warning_is_worded_where_it_is_raised():
    """Else it would stay Chinese for those who read English."""
    sources = [path.read_text() for path in Path(loaders.__file__).parent.rglob("*.py")]
    calls = (node for source in sources for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call))
    to_warnings = [call for call in calls if ast.unparse(call.func).endswith("warnings.append")]
    assert to_warnings
    assert not [text for call in to_warnings if CHINESE.search(text := ast.unparse(call))]
