"""Rows of text whose figures were written without spaces between some of them."""

from __future__ import annotations

import pytest

from loaders.parsing import parse_file
from loaders.report import FigureReading

COLUMNS = ("person", "business", "research", "nonprofit", "legal", "other", "total")


def granted(row: str) -> list[FigureReading]:
    """The figures of 予以公开 where its row is written so, in a table of which another has run together."""
    lines = [
        "正蓝旗水利局2023年政府信息公开工作年度报告",
        "三、收到和处理政府信息公开申请情况",
        "自然人 商业企业 科研机构 社会公益组织 法律服务机构 其他 总计",
        "一、本年新收政府信息公开申请数量",
        "3 253 92 20 69 257 694",
        "二、上年结转政府信息公开申请数量",
        "0000000",
        "（一）予以公开",
        row,
        "（二）部分公开",
        "1 0 0 0 0 0 1",
    ]
    figures = parse_file("\n".join(lines).encode(), "a.txt").form.figures
    assert [figures[f"applications.carried_in.{column}"].value for column in COLUMNS] == [0.0] * 7
    assert [figures[f"applications.new.{column}"].value for column in COLUMNS] == [3, 253, 92, 20, 69, 257, 694]
    return [figures[f"applications.granted.{column}"] for column in COLUMNS]


@pytest.mark.parametrize(
    ("row", "values"),
    [
        ("00 24000 24", [0, 0, 24, 0, 0, 0, 24]),
        ("0 49000 26 75", [0, 49, 0, 0, 0, 26, 75]),
        ("1000001", [1, 0, 0, 0, 0, 0, 1]),
        ("0000 24 91 115", [0, 0, 0, 0, 24, 91, 115]),
    ],
)
def test_the_only_way_to_part_them_that_adds_up_is_taken(row: str, values: list[float]) -> None:
    found = granted(row)
    assert [each.value for each in found] == values
    assert all(each.confidence < 1.0 and each.place.line == 9 for each in found)


@pytest.mark.parametrize("row", ["00 24000 25", "0300002", "110000112", "00000"])
def test_where_none_or_several_do_the_row_is_empty(row: str) -> None:
    assert [each.value for each in granted(row)] == [None] * 7
