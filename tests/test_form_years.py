"""Tables that print this year's figures and those of the year before."""

from __future__ import annotations

import pytest

from loaders.document import Cell, Table
from loaders.form.editions import edition
from loaders.form.reading import read_form
from loaders.form.templates import recall
from tests.form_documents import applications, count, document, litigation, publication, table, whole

BOTH = [("本年", "上年"), ("2023年", "2022年"), ("2023", "2022")]


def grid(rows: list[list[tuple[str, int, int]]]) -> Table:
    """A table of cells given as text, rows and columns that they cover, placed as browsers do."""
    cells: list[Cell] = []
    taken: set[tuple[int, int]] = set()
    for row, line in enumerate(rows):
        column = 0
        for text, down, right in line:
            while (row, column) in taken:
                column += 1
            taken |= {(row + n, column + m) for n in range(down) for m in range(right)}
            cells.append(Cell(text, row, column, down, right))
    return Table(cells)


def plain(texts: list[str]) -> list[tuple[str, int, int]]:
    return [(text, 1, 1) for text in texts]


def assert_this_year(form, keys):
    for row, column, key in keys:
        assert form.figures[key].value in (count("applications", row, column),), key


def keys_of_applications():
    (block,) = edition("2021").blocks_of("applications")
    return [(r, c, key) for r, keys in enumerate(block.row_keys) for c, key in enumerate(keys)]


@pytest.mark.parametrize(("this", "last"), BOTH)
@pytest.mark.parametrize("last_first", [False, True])
def test_rows_of_the_year_before_are_left_out(this, last, last_first):
    rows = [[("（勾稽关系）", 1, 1), ("年度", 1, 1), ("申请人情况", 1, 7)]]
    rows.append([("", 1, 1), ("", 1, 1), *plain(applications()[1])])
    for label, *figures in applications()[2:]:
        pair = [plain([this, *figures]), plain([last, *["9"] * 7])]
        pair = pair[::-1] if last_first else pair
        rows += [[(label, 2, 1), *pair[0]], pair[1]]
    form = read_form(document("三、收到和处理政府信息公开申请情况", grid(rows)))
    assert_this_year(form, keys_of_applications())


@pytest.mark.parametrize(("this", "last"), BOTH)
@pytest.mark.parametrize("last_first", [False, True])
def test_columns_of_the_year_before_are_left_out(this, last, last_first):
    names = [last, this] if last_first else [this, last]
    rows = [[("（勾稽关系）", 3, 1), ("申请人情况", 1, 14)], [(name, 1, 2) for name in applications()[1]]]
    rows.append(plain(names * 7))
    for label, *figures in applications()[2:]:
        pairs = [["9", figure] if last_first else [figure, "9"] for figure in figures]
        rows.append(plain([label, *(text for pair in pairs for text in pair)]))
    form = read_form(document("三、收到和处理政府信息公开申请情况", grid(rows)))
    assert_this_year(form, keys_of_applications())


@pytest.mark.parametrize("mark", ["年", ""])
@pytest.mark.parametrize("last_first", [False, True])
def test_the_form_of_the_year_before_beside_this_years_is_left_out(last_first, mark):
    others = [[cell if not cell.isdigit() else "9" for cell in row] for row in publication()]
    sides = [(publication(), f"2023{mark}"), (others, f"2022{mark}")]
    (left, first), (right, second) = sides[::-1] if last_first else sides
    rows = [[(first, 1, 4), (second, 1, 4)]]
    for one, two in zip(left, right, strict=True):
        rows.append([(text, 1, 4 // len(row) if n else 4 - (len(row) - 1) * (4 // len(row)))
                     for row in (one, two) for n, text in enumerate(row)])  # fmt: skip
    form = read_form(document("二、主动公开政府信息情况", grid(rows), table(applications())))
    assert form.figures["publication.licensing.decisions"].value == 7
    assert form.figures["publication.rules.in_force"].value == 9


def test_two_forms_beside_each_other_without_years_give_no_figure_of_either():
    others = [[cell if not cell.isdigit() else "99" for cell in row] for row in applications()]
    rows = [
        [(text, 1, 1 if len(row) > 2 or n == 0 else 7) for row in pair for n, text in enumerate(row)]
        for pair in zip(applications(), others, strict=True)
    ]
    rows[1] = [("", 1, 1), *plain(applications()[1]), ("", 1, 1), *plain(others[1])]
    form = read_form(document("三、收到和处理政府信息公开申请情况", grid(rows)))
    for row, column, key in keys_of_applications():
        assert form.figures[key].value in (None, count("applications", row, column)), key
    assert sum(form.figures[key].value is None for _, _, key in keys_of_applications()) > 100


def test_a_table_of_two_years_is_no_template_for_one_with_the_years_the_other_way_round():
    header, *names = litigation()[:3]
    both = [["", *header], *names, ["2023", *litigation()[3]], ["2022", *["9"] * 15]]
    first = read_form(whole(lit=both))
    turned = [*both[:3], ["2022", *["9"] * 15], ["2023", *litigation()[3]]]
    second = whole(lit=turned)
    assert recall(second) is None
    assert read_form(second).figures["litigation.review.upheld"].value in (None, 300)
    assert first.figures["litigation.review.upheld"].value in (None, 300)


def test_a_number_above_a_table_that_is_its_year_is_no_figure():
    others = [[cell if not cell.isdigit() else "99" for cell in row] for row in publication()]
    read = read_form(document("2023", table(publication()), "2022", table(others), table(applications())))
    assert {read.figures[key].value for key in read.figures if key.startswith("publication")} == {None}


@pytest.mark.parametrize(("this", "last"), BOTH)
def test_the_year_of_a_row_whose_figures_are_all_blank_is_none_of_them(this, last):
    rows = [
        [("（勾稽关系）", 1, 1), ("年度", 1, 1), ("申请人情况", 1, 7)],
        [("", 1, 1), ("", 1, 1), *plain(applications()[1])],
    ]
    for number, (label, *figures) in enumerate(applications()[2:]):
        rows += [[(label, 2, 1), *plain([last, *["9"] * 7])], plain([this, *(figures if number != 2 else [""] * 7)])]
    form = read_form(document("三、收到和处理政府信息公开申请情况", grid(rows)))
    granted = [key for key in form.figures if key.startswith("applications.granted")]
    assert {form.figures[key].value for key in granted} == {None}
    assert_this_year(form, [each for each in keys_of_applications() if each[2] not in granted])


def test_a_number_in_the_first_row_of_a_table_that_is_its_year_is_no_figure():
    others = [[cell if not cell.isdigit() else "99" for cell in row] for row in publication()]
    tables = [table([["2023"], *publication()]), table([["2022"], *others])]
    read = read_form(document(*tables, table(applications())))
    assert {read.figures[key].value for key in read.figures if key.startswith("publication")} == {None}


def test_two_reports_without_applications_differ_in_their_publication():
    """The second one's publication stands behind the applications of the first, which are the same in both."""
    none = applications(figures={row.key: ["0"] * 7 for row in edition("2021").blocks_of("applications")[0].rows})
    others = [[cell if cell != "9" else "276" for cell in row] for row in publication()]
    read = read_form(document(table(publication()), table(none), table(others), table(none)))
    assert read.figures["publication.rules.in_force"].value is None
    assert read.figures["applications.new.total"].value == 0


def test_a_table_whose_cells_were_not_merged_is_a_copy_of_another():
    rows = [[*row, "", ""] if len(row) == 2 else row for row in publication()]
    others = [[cell if not cell.isdigit() else "99" for cell in row] for row in rows]
    read = read_form(document("甲", table(rows), "乙", table(others), table(applications())))
    assert {read.figures[key].value for key in read.figures if key.startswith("publication")} == {None}


def test_figures_that_cannot_be_told_do_not_hide_that_two_tables_stand_beside_each_other():
    one = [["第二十条第（六）项"], ["信息内容", "本年处理决定数量"], ["行政处罚", "11"], ["行政强制", "1\n8"]]
    other = [*one[:2], ["行政处罚", "0"], ["行政强制", "1\n6334"]]
    rows = [[("本期", 1, 4), ("上期", 1, 4)]]
    rows += [
        [(text, 1, 4 if len(row) == 1 else 1 + 2 * n) for row in pair for n, text in enumerate(row)]
        for pair in zip(one, other, strict=True)
    ]
    tables = (table(publication()[:4]), grid(rows), table(applications()))
    read = read_form(document("二、主动公开政府信息情况", *tables))
    assert read.figures["publication.penalty.decisions"].value == 11


def test_litigation_that_stands_twice_and_is_the_same_is_read_though_another_table_differs():
    others = [[*row[:-1], "99"] if row[0] == "（一）予以公开" else row for row in applications()]
    twice = [*(table(rows) for rows in (applications(), litigation(), others, litigation()))]
    read = read_form(document(table(publication()), *twice))
    assert read.figures["applications.granted.total"].value is None
    assert None not in [figure.value for key, figure in read.figures.items() if key.startswith("litigation")]
