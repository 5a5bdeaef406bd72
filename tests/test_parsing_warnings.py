"""What a reader of the results is told about a file as a whole."""

from __future__ import annotations

from loaders.form.editions import edition
from loaders.parsing import parse_file
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
