"""Columns that a table has more or fewer of than the form: numbers of rows, units, last year's figures, one missing."""

import pytest

from loaders.document import Cell, Table
from loaders.form.editions import edition
from loaders.form.reading import read_form
from loaders.reading.text.plain import read_text
from tests.form_documents import APPLICANTS as COLUMNS
from tests.form_documents import applications, count, document, litigation, publication, table, whole

KEYS = ("person", "business", "research", "nonprofit", "legal", "other", "total")
(BLOCK,) = edition("2021").blocks_of("applications")
FIGURES = {
    row.key: [str(3 * n), "0", str(n % 4), "0", "1", "0", str(3 * n + n % 4 + 1)] for n, row in enumerate(BLOCK.rows)
}


def row_of(form, key):
    return [form.figures[f"applications.{key}.{name}"].value for name in KEYS]


def written(key):
    return [float(text) if text else None for text in FIGURES[key]]


def with_column(title, texts, figures=FIGURES):
    """The applications with another column between labels and figures."""
    head, names, *body = applications(figures=figures)
    body = [[label, text, *row] for (label, *row), text in zip(body, texts, strict=True)]
    return [head, ["", title, *names], *body]


@pytest.mark.parametrize("total", [True, False])
def test_numbers_of_rows_between_labels_and_figures_are_none(total):
    figures = FIGURES if total else {key: [*row[:-1], ""] for key, row in FIGURES.items()}
    rows = with_column("序号", map(str, range(1, len(BLOCK.rows) + 1)), figures)
    form = read_form(document("三、收到和处理政府信息公开申请情况", table(rows)))
    for key, row in figures.items():
        assert row_of(form, key) == [float(text) if text else None for text in row]


def test_an_illegible_figure_leaves_the_number_of_its_row_none():
    figures = FIGURES | {"granted": ["4", "9（其中网络5）", "0", "0", "0", "0", "13"]}
    rows = with_column("序号", map(str, range(1, len(BLOCK.rows) + 1)), figures)
    form = read_form(document("三、收到和处理政府信息公开申请情况", table(rows)))
    assert row_of(form, "granted") == [4, None, 0, 0, 0, 0, 13]


def test_figures_that_go_up_by_one_from_another_number_are_figures():
    figures = {row.key: [str(12 + n), "3", "0", "1", "0", "2", str(18 + n)] for n, row in enumerate(BLOCK.rows)}
    form = read_form(document(table(applications(figures=figures))))
    assert row_of(form, "carried_in") == [13, 3, 0, 1, 0, 2, 19]


def test_a_unit_in_a_cell_of_its_own_is_no_figure():
    figures = {key: [row[0], "", *row[2:-1], ""] for key, row in FIGURES.items()}
    rows = with_column("单位", ["件"] * len(BLOCK.rows), figures)
    text = "\n".join("\t".join(row) for row in rows)
    form = read_form(read_text(f"三、收到和处理政府信息公开申请情况\n{text}"))
    for key, row in figures.items():
        assert row_of(form, key) == [float(cell) if cell else None for cell in row]


@pytest.mark.parametrize("aligned", [True, False])
def test_a_column_that_the_table_lacks_leaves_the_others_that_its_header_names(aligned):
    head, _, *body = applications(figures=FIGURES)
    rows = [head, ["", *COLUMNS[:3], *COLUMNS[4:]], *([label, *row[:3], *row[4:]] for label, *row in body)]
    form = read_form(document("三、收到和处理政府信息公开申请情况", table(rows, aligned)))
    for key in FIGURES:
        values = written(key)
        assert row_of(form, key) == [*values[:3], None, *values[4:]]


def test_a_row_out_of_line_with_the_columns_that_are_left_is_none():
    head, _, *body = applications(figures=FIGURES)
    rows = [head, ["", *COLUMNS[:3], *COLUMNS[4:]], *([label, *row[:3], *row[4:]] for label, *row in body)]
    made = table(rows)
    shifted = [cell for cell in made.cells if cell.row == 6 and cell.column]
    for cell in shifted:
        cell.column += 1
    made.cells.append(Cell("", 6, shifted[0].column - 1))
    form = read_form(document(made))
    assert row_of(form, "partial") == [*written("partial")[:3], None, *written("partial")[4:]]
    assert row_of(form, "denied.secret") == [None] * 7


def test_a_label_missing_from_the_header_alone_takes_no_column_away():
    rows = applications(figures=FIGURES)
    rows[1] = ["", *COLUMNS[:3], "", *COLUMNS[4:]]
    form = read_form(document(table([rows[0], ["", *rows[1][1:]], *rows[2:]])))
    assert row_of(form, "granted") == written("granted")


def test_a_row_with_an_illegible_figure_beside_last_years_is_not_read_a_column_off():
    head, names, *body = applications(figures=FIGURES)
    rows = [head, names, *([*row, "3"] for row in body)]
    rows[2][1] = "75（其中网络40）"
    form = read_form(document(table(rows)))
    row = row_of(form, "new")
    assert all(value is None or value == right for value, right in zip(row, written("new"), strict=True))


def test_a_row_that_lost_a_cell_beside_a_share_is_empty():
    head, names, *body = applications(figures=FIGURES)
    rows = [[head[0], *head[1:]], names[0:1], *([*row, f"{n}%"] for n, row in enumerate(body))]
    at = next(n for n, row in enumerate(rows) if row[0].startswith("（一）"))
    rows[at] = [rows[at][0], *rows[at][2:]]
    cells = [Cell(text, n, column) for n, row in enumerate(rows) for column, text in enumerate(row)]
    form = read_form(document("三、收到和处理政府信息公开申请情况", Table(cells)))
    assert row_of(form, "granted") == [None] * 7
    assert row_of(form, "partial") == written("partial")


def test_a_cell_merged_over_two_columns_leaves_the_others_of_its_row():
    rows = applications(figures=FIGURES)
    made = table(rows)
    at = next(n for n, row in enumerate(rows) if row[0].startswith("（一）"))
    first, second = (cell for cell in made.cells if cell.row == at and cell.text and cell.column in (3, 4))
    first.column_span = 2
    made.cells.remove(second)
    form = read_form(document("三、收到和处理政府信息公开申请情况", made))
    values = written("granted")
    assert row_of(form, "granted") == [*values[:2], None, None, *values[4:]]


def test_a_numeral_that_the_label_has_too_is_no_part_of_it():
    figures = FIGURES | {"granted": ["7", "0", "0", "0", "一", "0", "8"]}
    form = read_form(document(table(applications(figures=figures))))
    assert row_of(form, "granted") == [7, 0, 0, 0, None, 0, 8]


def test_figures_written_out_are_read():
    figures = FIGURES | {"granted": ["十二", "0", "三", "0", "0", "0", "十五"]}
    form = read_form(document(table(applications(figures=figures))))
    assert row_of(form, "granted") == [12, 0, 3, 0, 0, 0, 15]


def test_numerals_that_number_the_columns_are_no_figures():
    head, names, *body = applications(figures=FIGURES)
    rows = [head, names, ["栏次", *"一二三四五六七"], *body]
    form = read_form(document(table(rows)))
    assert row_of(form, "new") == written("new")


def test_figures_of_litigation_that_differ_in_a_second_table_are_empty():
    again = litigation()
    again[3][2] = "9"
    rows = litigation() + again
    for form in (
        read_form(document(table(applications()), table(litigation()), "更正后：", table(again))),
        read_form(document(table(applications()), table(rows))),
    ):
        figures = form.figures
        assert figures["litigation.review.other"].value is None
        assert figures["litigation.review.other"].confidence < 0.5
        assert figures["litigation.review.upheld"].value == 300


def test_a_figure_of_last_year_stands_for_no_illegible_one():
    rows = publication()
    at = next(n for n, row in enumerate(rows) if row[0] == "行政强制")
    rows = [[*row, "上年处理决定数量"] if row[0] == "信息内容" else row for row in rows]
    rows[at] = ["行政强制", "……", "88"]
    form = read_form(whole(pub=rows))
    assert form.figures["publication.coercion.decisions"].value is None


@pytest.mark.parametrize("line", ["0 4", "3  5"])
def test_two_figures_on_a_line_of_a_file_with_a_cell_a_line_are_not_two_cells(line):
    figures = FIGURES | {"granted": ["1", "0", "2", line, "2", "5"]}
    lines = [cell for row in applications(figures=figures) for cell in row]
    form = read_form(document("三、收到和处理政府信息公开申请情况", *lines))
    assert row_of(form, "granted") == [None] * 7
    assert row_of(form, "partial") == written("partial")


def test_the_last_cell_of_a_row_widened_where_one_is_lost_leaves_the_row_empty():
    rows = applications(figures=FIGURES)
    made = table(rows)
    at = next(n for n, row in enumerate(rows) if row[0].startswith("（一）"))
    row = [cell for cell in made.cells if cell.row == at and cell.column]
    made.cells.remove(row[-1])
    row[-2].column_span = 2
    form = read_form(document("三、收到和处理政府信息公开申请情况", made))
    assert row_of(form, "granted") == [None] * 7


def test_disputes_with_a_row_a_group_stay_apart_from_applications_that_lost_their_labels():
    head, names, *body = applications()
    results = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    rows = [["类别", *results], ["行政复议", "1", "0", "0", "2", "3"]]
    rows += [
        ["行政诉讼（未经复议直接起诉）", "5", "4", "3", "0", "12"],
        ["行政诉讼（复议后起诉）", "0", "7", "0", "8", "15"],
    ]
    form = read_form(document(table([head, names, *(["", *row[1:]] for row in body)]), table(rows)))
    read = [reading.value for key, reading in form.figures.items() if key.startswith("litigation")]
    assert read == [1, 0, 0, 2, 3, 5, 4, 3, 0, 12, 0, 7, 0, 8, 15]


def test_rows_whose_labels_and_totals_are_blank_are_not_read_from_the_cells_of_their_labels():
    """The first of eight cells is that of the label; with totals left out there are seven."""
    head, _, *body = applications(figures=FIGURES)
    for rows in (
        [["", *row[:-1], ""] for _, *row in body],
        [["", *row[:-1]] for _, *row in body],
    ):
        cells = [Cell(text, n, column) for n, row in enumerate([head, *rows]) for column, text in enumerate(row)]
        form = read_form(document(table(publication()), "三、收到和处理政府信息公开申请情况", Table(cells)))
        for key in FIGURES:
            read = zip(row_of(form, key), written(key), strict=True)
            assert all(value is None or value == right for value, right in read)


def test_a_row_that_ends_before_the_others_beside_the_form_lost_a_cell():
    head, names, *body = applications(figures=FIGURES)
    made = table([head, [*names, "上年数"], *([*row, "3"] for row in body)])
    at = next(n for n, row in enumerate(body, 2) if row[0].startswith("（一）"))
    row = [cell for cell in made.cells if cell.row == at and cell.column]
    made.cells.remove(row[2])
    for cell in row[3:]:
        cell.column -= 1
    form = read_form(document("三、收到和处理政府信息公开申请情况", made))
    assert row_of(form, "granted") == [None] * 7
    assert row_of(form, "partial") == written("partial")


@pytest.mark.parametrize("missing", [0, 3, 6])
def test_a_column_that_the_table_lacks_is_not_replaced_by_one_beside_the_form(missing):
    head, _, *body = applications(figures=FIGURES)
    rows = [head, ["", *(name for name in COLUMNS if name != COLUMNS[missing]), "上年总计"]]
    rows += [[label, *row[:missing], *row[missing + 1 :], "—"] for label, *row in body]
    form = read_form(document(table(publication()), "三、收到和处理政府信息公开申请情况", table(rows)))
    for key in FIGURES:
        values = written(key)
        assert row_of(form, key) == [*values[:missing], None, *values[missing + 1 :]]


def test_a_figure_of_publication_before_the_numbers_of_rows_is_none_of_them():
    rows = publication()
    rows[-1] = ["行政事业性收费", "0"]
    apps = with_column("序号", map(str, range(1, len(BLOCK.rows) + 1)))
    form = read_form(whole(pub=[*rows[:-2], [*rows[-2], "上年"], [*rows[-1], "39"]], apps=apps))
    assert form.figures["publication.fees.amount"].value == 0


def test_blanks_of_a_table_that_stands_there_twice_are_not_filled_with_its_noughts():
    """Together both have as many noughts as the form has figures."""
    rows = publication()
    rows[2:4] = [["规章", "", "", "0"], ["行政规范性文件", "0", "", ""]]
    rows = [[*row[:1], "0"] if row[0] in ("行政处罚", "行政强制", "行政事业性收费") else row for row in rows]
    rows = [["行政许可", ""] if row[0] == "行政许可" else row for row in rows]
    parts = ["二、主动公开政府信息情况", table(rows), table(rows), "三、收到和处理政府信息公开申请情况"]
    figures = read_form(document(*parts)).figures
    assert [figures[f"publication.rules.{key}"].value for key in ("issued", "repealed", "in_force")] == [None, None, 0]


def test_copies_without_totals_that_differ_leave_their_figures_empty():
    figures = {row.key: [str(3 * n + 1), "0", "2", "0", "1", str(n % 3)] for n, row in enumerate(BLOCK.rows)}
    again = figures | {"granted": ["9", *figures["granted"][1:]]}
    lines = [" ".join(cell for cell in row if cell) for row in applications(figures=figures)]
    more = [" ".join(cell for cell in row if cell) for row in applications(figures=again)]
    form = read_form(read_text("\n".join(["三、收到和处理政府信息公开申请情况", *lines, *more])))
    assert row_of(form, "granted")[0] is None
    assert row_of(form, "carried_in")[0] in (None, 4)


def test_numbers_of_rows_are_known_by_a_title_amid_a_line():
    _, _, *body = applications(figures=FIGURES)
    lines = ["（勾稽关系）        序号  申请人情况", "  ".join(COLUMNS[1:])]
    lines += ["  ".join([label, str(n), *row[1:]]) for n, (label, *row) in enumerate(body, 1)]
    form = read_form(document(table(publication()), "三、收到和处理政府信息公开申请情况", *lines))
    assert row_of(form, "denied.secret")[0] is None


def test_a_row_at_the_columns_of_all_others_lacks_none_where_their_blank_cell_beside_goes_on_over_a_page_end():
    """Each row has a blank cell before its figures; that of one row is missing, as the page's end cut its border."""
    made = table([[row[0], "", *row[1:]] if len(row) > 7 else row for row in applications()])
    at = next(cell for cell in made.cells if cell.text.startswith("（一）予以公开")).row
    made.cells.remove(next(cell for cell in made.cells if cell.row == at and cell.column and not cell.text))
    read = read_form(document(made))
    found = [[read.figures[f"applications.{row}.{key}"].value for key in KEYS] for row in ("granted", "partial")]
    assert found == [[count("applications", row, column) for column in range(7)] for row in (2, 3)]


def test_litigation_shifted_by_an_empty_cell_is_null_where_its_totals_are_blank():
    """Under the header the results of each group stand one column off, and no sum says so; the last cell has none."""
    *header, values = litigation()
    shifted = ["", *("" if n % 5 == 4 else value for n, value in enumerate(values))]
    cells = [Cell("行政复议", 0, 0, 1, 5), Cell("行政诉讼", 0, 5, 1, 10)]
    cells += [Cell(text, 1, column) for column, text in enumerate(header[1][:5] * 3)]
    cells += [Cell(text, 2, column) for column, text in enumerate(shifted)]
    read = read_form(document(table(applications()), "四、政府信息公开行政复议、行政诉讼情况", Table(cells)))
    assert {figure.value for key, figure in read.figures.items() if key.startswith("litigation")} == {None}


def test_litigation_whose_groups_each_lack_their_first_figure_alone_is_null_where_one_does_not_add_up():
    """An empty cell may have shifted it, and the totals be blank: the last cell of the row is not even there."""
    *header, _ = litigation()
    values = ["", "4", "3", "6", "2"] * 3
    read = read_form(
        document(table(applications()), "四、政府信息公开行政复议、行政诉讼情况", table([*header, values]))
    )
    assert {figure.value for key, figure in read.figures.items() if key.startswith("litigation")} == {None}


@pytest.mark.parametrize(("last", "lost"), [("9", True), ("3", False)])
def test_rows_between_two_blank_cells_may_lack_their_first_figure_or_their_total(last, lost):
    """Where they add up with the last one, it is the total; else a blank cell may have shifted them."""
    rows = applications(figures={row.key: ["", "1", "0", "2", "0", "0", last, ""] for row in BLOCK.rows})
    rows[1] = ["", *COLUMNS, ""]
    read = read_form(document(table(rows)))
    values = [read.figures[f"applications.granted.{key}"].value for key in KEYS]
    assert values == ([None] * 7 if lost else [None, 1, 0, 2, 0, 0, 3])
