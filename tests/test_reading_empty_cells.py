"""Plain text whose layout is nearly lost: cells left empty, told by spaces or empty lines, and all on one line."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.document import Document
from loaders.form.editions import edition
from loaders.form.reading import read_form
from loaders.reading.text.plain import read_text
from tests.form_documents import applications, whole

(BLOCK,) = edition("2021").blocks_of("applications")
KEYS = [f"applications.{row.key}.{column.key}" for row in BLOCK.rows for column in BLOCK.columns]
BLANKS = st.sets(st.sampled_from(KEYS), min_size=1, max_size=90)


def rows_with(blanks: set[str]) -> list[list[str]]:
    """The table of applicants with some cells empty: a header, then a label and seven cells a row."""
    rows = applications()
    columns = [column.key for column in BLOCK.columns]
    for written, row in zip(rows[-len(BLOCK.rows) :], BLOCK.rows, strict=True):
        for at, column in enumerate(columns, start=-7):
            if f"applications.{row.key}.{column}" in blanks:
                written[at] = ""
    return rows


def figures(document: Document) -> dict[str, float | None]:
    found = read_form(document).figures
    return {key: found[key].value if key in found else None for key in KEYS}


def expected(blanks: set[str]) -> dict[str, float | None]:
    return {key: None if key in blanks else value for key, value in figures(whole()).items()}


@settings(max_examples=40)
@given(BLANKS, st.sampled_from([" ", "  ", "   ", "\u3000"]))
def test_more_spaces_between_two_cells_are_empty_cells_where_all_others_stand_equally_far_apart(
    blanks: set[str], space: str
) -> None:
    lines = [space.join(row) for row in rows_with(blanks)]
    read = figures(read_text("三、收到和处理政府信息公开申请情况\n" + "\n".join(lines)))
    assert {key: value for key, value in read.items() if value is not None} == {
        key: value for key, value in expected(blanks).items() if value is not None and read[key] is not None
    }
    with_blanks = {key.rpartition(".")[0] for key in blanks}
    assert {key for key, value in read.items() if value is None and key.rpartition(".")[0] not in with_blanks} == set()


def test_an_empty_cell_between_equal_spaces_keeps_its_place_and_those_of_its_neighbours() -> None:
    blanks = {"applications.new.business", "applications.granted.person", "applications.carried_out.total"}
    lines = ["  ".join(row) for row in rows_with(blanks)]
    document = read_text("三、收到和处理政府信息公开申请情况\n" + "\n".join(lines))
    assert figures(document) == expected(blanks)
    place = read_form(document).figures["applications.new.research"].place
    line = lines[place.line - 2]
    assert line[place.character - 1 :].startswith(rows_with(set())[2][3])


def test_spaces_that_put_figures_under_each_other_are_no_measure_of_empty_cells() -> None:
    rows = rows_with({"applications.new.business", "applications.new.research"})
    lines = [row[0].ljust(40, "\u3000") + "".join(cell.rjust(5) for cell in row[1:]) for row in rows]
    read = figures(read_text("三、收到和处理政府信息公开申请情况\n" + "\n".join(lines)))
    assert read == expected({"applications.new.business", "applications.new.research"})


@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_rows_of_one_height_tell_which_cells_are_empty_lines(between: str) -> None:
    kept = {"new", "carried_in", "granted", "total", "carried_out"}
    blanks = {key for n, key in enumerate(KEYS) if key.split(".")[1] not in kept or n % 5 == 1}
    lines = [between.join(row) for row in rows_with(blanks)]
    read = figures(read_text("三、收到和处理政府信息公开申请情况\n\n" + "\n\n".join(lines) + "\n\n\n四、复议诉讼"))
    assert read == expected(blanks)


def test_rows_that_differ_in_height_do_not_tell_which_lines_are_cells() -> None:
    blanks = {key for n, key in enumerate(KEYS) if n % 3 == 0}
    lines = ["\n".join(row) + "\n" * (n % 4) for n, row in enumerate(rows_with(blanks))]
    read = figures(read_text("三、收到和处理政府信息公开申请情况\n" + "\n".join(lines)))
    assert all(value is None or value == expected(blanks)[key] for key, value in read.items())


def test_a_report_on_one_line_is_read_though_bars_part_the_links_of_its_page() -> None:
    words = ["首页 | 政务公开 | 互动交流 三、收到和处理政府信息公开申请情况"]
    words += [word for row in rows_with(set()) for word in row]
    assert figures(read_text(" ".join(words))) == expected(set())


def test_a_report_on_one_line_is_read_though_the_empty_cells_of_its_page_leave_hundreds_of_bars() -> None:
    words = ["三、收到和处理政府信息公开申请情况", *(word for row in rows_with(set()) for word in row)]
    bars = "|" * 300
    assert figures(read_text(f"某镇政府信息公开年报 |\n{bars}\n{' '.join(words)} | {bars}")) == expected(set())
