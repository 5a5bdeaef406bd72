"""Numbers of columns below a header, and of rows beside a table, are no figures."""

from __future__ import annotations

import pytest

from loaders.document import Document
from loaders.form.reading import read_form
from loaders.reading.text.plain import read_text
from tests.form_documents import applications, litigation, table, whole


def values(document: Document) -> dict[str, float | None]:
    return {key: reading.value for key, reading in read_form(document).figures.items()}


def numbered(rows: list[list[str]], header: int, first: int, beside: str) -> list[list[str]]:
    """The rows with one below the header that numbers the columns of figures."""
    width = len(rows[-1]) - (len(rows[-1]) == 8)
    label = [beside] if len(rows[-1]) == 8 else []
    return [*rows[:header], [*label, *(str(first + n) for n in range(width))], *rows[header:]]


@pytest.mark.parametrize(("first", "beside"), [(1, "栏次"), (1, "甲"), (1, ""), (0, "")])
def test_a_row_that_numbers_the_columns_is_left_out(first: int, beside: str) -> None:
    document = whole(apps=numbered(applications(), 2, first, beside), lit=numbered(litigation(), 3, first, beside))
    assert values(document) == values(whole())


@pytest.mark.parametrize("between", ["\n", "\t", " ", " | "])
def test_so_it_is_in_saved_text(between: str) -> None:
    rows = numbered(applications(), 2, 1, "栏次"), numbered(litigation(), 3, 1, "")
    (with_numbers, without) = (
        [
            "三、收到和处理政府信息公开申请情况",
            *(between.join(row) for row in first),
            "四、政府信息公开行政复议、行政诉讼情况",
            *(between.join(row) for row in second),
        ]
        for first, second in (rows, (applications(), litigation()))
    )
    assert values(read_text("\n".join(with_numbers))) == values(read_text("\n".join(without)))


def test_a_column_that_numbers_the_rows_is_left_out() -> None:
    beside = [["", *map(str, range(15))]] + [[str(n), *row] for n, row in enumerate(litigation())]
    document = whole()
    document.blocks[-1] = table(beside)
    assert values(document) == values(whole())


def test_figures_that_begin_like_numbers_stay() -> None:
    counts = ["1", "2", "3", "4", "10", "0", "0", "0", "0", "0", "0", "0", "0", "0", "0"]
    found = values(whole(lit=[*litigation()[:-1], counts]))
    columns = ("upheld", "corrected", "other", "pending", "total")
    assert [found[f"litigation.review.{column}"] for column in columns] == [1, 2, 3, 4, 10]


@pytest.mark.parametrize("between", ["\n", " "])
def test_figures_of_one_row_that_follow_each_other_stay(between: str) -> None:
    rows = applications(figures={"new": [str(number) for number in range(1, 8)]})
    text = "\n".join(["三、收到和处理政府信息公开申请情况", *(between.join(row) for row in rows)])
    found = values(read_text(text))
    assert [value for key, value in found.items() if key.startswith("applications.new.")] == [1, 2, 3, 4, 5, 6, 7]


def test_numbers_of_rows_stand_at_the_first_line_of_each_only() -> None:
    """As tabulate writes a table whose cells have several lines, with the numbers of its columns on top."""
    header, groups, results, counts = (["", *row] for row in litigation())
    first, second = [text[:2] for text in results], ["", *(text[2:] for text in results[1:])]
    rows = [["", *map(str, range(15))], ["0", *header[1:]], ["1", *groups[1:]], ["2", *first[1:]], second]
    counts[1:3] = ["", "11"]
    lines = ["| " + " | ".join([*row, *[""] * (16 - len(row))]) + " |" for row in [*rows, ["3", *counts[1:]]]]
    lines.insert(1, "|" + "---:|" * 16)
    found = values(read_text("\n".join(["四、政府信息公开行政复议、行政诉讼情况", *lines])))
    columns = ("upheld", "corrected", "other")
    assert [found[f"litigation.review.{column}"] for column in columns] == [None, 11, float(counts[3])]


def test_numbers_go_on_in_a_part_of_a_table_that_text_has_cut_off_from_its_header() -> None:
    body = [[str(n), *row] for n, row in enumerate(applications()[2:], 17)]
    body[0][2:] = ["", "1", "0", "0", "0", "0", "1"]
    lines = ["| " + " | ".join(row) + " |" for row in body]
    found = values(read_text("\n".join(["三、收到和处理政府信息公开申请情况", *lines])))
    assert [found[f"applications.new.{column}"] for column in ("person", "business", "total")] == [None, 1, 1]
