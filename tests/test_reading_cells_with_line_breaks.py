"""The form in text of libraries that join the texts of a table's cells, which have line breaks of their own."""

import textwrap

import pytest

from loaders.demo.grids import applications_grid, litigation_grid, publication_grid
from loaders.form.editions import edition
from loaders.form.reading import read_form
from loaders.reading.text.plain import read_text

APPLICANTS = [11, 2, 33, 4, 55, 6, 111]


def figures_of(form):
    """Figures of which each row of applicants adds up."""
    keys = form.keys
    rows = {key.rpartition(".")[0] for key in keys if key.startswith("applications.")}
    found = {key: str(1 + n % 97) for n, key in enumerate(keys)}
    for row in rows:
        found |= dict(zip([key for key in keys if key.rpartition(".")[0] == row], map(str, APPLICANTS), strict=True))
    return found


def rows_of(grid, columns=1):
    """The rows of a table, a merged cell in each place that it covers, every column of the form so many of the grid."""
    places = {
        (cell.row + row, cell.column + column): cell.text
        for cell in grid.cells
        for row in range(cell.row_span)
        for column in range(cell.column_span)
    }
    height, width = max(row for row, _ in places) + 1, max(column for _, column in places) + 1
    return [[places.get((row, column), "") for column in range(width) for _ in range(columns)] for row in range(height)]


def text_of(form, written, between, width, columns=1, around=lambda cell: cell):
    """The three tables as text, labels broken after so many characters."""
    parts = []
    for heading, grid in (
        ("二、主动公开政府信息情况", publication_grid(form, written)),
        ("三、收到和处理政府信息公开申请情况", applications_grid(form, written)),
        ("四、政府信息公开行政复议、行政诉讼情况", litigation_grid(form, written)),
    ):
        parts.append(heading)
        for row in rows_of(grid, columns):
            parts.append(between.join("\n".join(textwrap.wrap(around(cell), width)) for cell in row))
    return "\n".join(parts)


def read(text):
    return {key: reading.value for key, reading in read_form(read_text(text)).figures.items()}


@pytest.mark.parametrize("name", ["2019", "2021"])
@pytest.mark.parametrize("between", ["\t", " | ", " "])
@pytest.mark.parametrize(("width", "columns"), [(4, 1), (7, 1), (40, 2), (6, 2)])
def test_cells_with_line_breaks_that_repeat_over_merged_columns_are_told_apart(name, between, width, columns):
    form = edition(name)
    written = figures_of(form)
    found = read(text_of(form, written, between, width, columns))
    assert {key: value for key, value in found.items() if value != float(written[key])} == {}


def with_paragraphs_around(text):
    """The text with an empty paragraph before and behind some figures, so that they stand on lines of their own."""
    cells = text.split("\t")
    return "\t".join(f"\n{cell}\n" if cell.isdigit() and n % 3 else cell for n, cell in enumerate(cells))


@pytest.mark.parametrize("width", [3, 40])
def test_figures_amid_empty_paragraphs_of_their_cells_are_read(width):
    form = edition("2021")
    written = figures_of(form)
    text = with_paragraphs_around(text_of(form, written, "\t", width))
    assert {key: value for key, value in read(text).items() if value != float(written[key])} == {}


def test_a_table_of_disputes_as_wide_as_that_of_applicants_is_one_of_its_own():
    form = edition("2021")
    written = figures_of(form)
    applicants = rows_of(applications_grid(form, written))
    wide = [
        [cell for cell in row[:3] for _ in range(3)] + [cell for cell in row[3:] for _ in range(3)]
        for row in applicants
    ]
    lines = ["\t".join(row) for row in wide]
    lines += ["四、政府信息公开行政复议、行政诉讼情况", *map("\t".join, rows_of(litigation_grid(form, written), 2))]
    found = read("\n".join(lines))
    of_disputes = [key for key in written if key.startswith("litigation")]
    assert [found[key] for key in of_disputes] == [float(written[key]) for key in of_disputes]


def test_the_row_of_totals_whose_label_repeats_is_no_header():
    form = edition("2021")
    written = figures_of(form)
    text = text_of(form, written, "\t", 40).replace("（七）总计", "（七）\t总计")
    assert [read(text)[key] for key in written if key.startswith("applications.total.")] == list(map(float, APPLICANTS))


def test_lines_of_numbers_without_end_are_read_at_once():
    """Each was once the beginning of a table of all that follow: some thousand took minutes."""
    lines = [f"{number} {number % 7}" for number in range(20_000)]
    assert len(read_text("\n".join(lines)).blocks) == len(lines)


def test_empty_lines_without_end_behind_a_blank_last_cell_are_no_part_of_it():
    form = edition("2021")
    written = figures_of(form)
    text = text_of(form, written, "\t", 4).removesuffix(written["litigation.after_review.total"])
    assert read(text + "\n" * 50_000)["litigation.after_review.pending"] == float(
        written["litigation.after_review.pending"]
    )
