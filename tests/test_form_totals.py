"""Totals left blank in all rows, which leaves six figures a row; and what must not be taken for that."""

import pytest

from loaders.form.reading import read_form
from loaders.reading.text import read_text
from tests.form_documents import applications, document
from tests.test_form_reading import ROW_KEYS, row_of

FIGURES = {key: [str(12 + n), "3", "0", "1", str(n), "2"] for n, key in enumerate(ROW_KEYS)}


def read(figures):
    rows = [[cell for cell in row if cell] for row in applications(figures=figures)]
    return read_form(read_text("\n".join("  ".join(row) for row in rows)))


def test_six_figures_without_their_sum_are_those_of_the_applicants():
    form = read(FIGURES)
    assert all(row_of(form, key) == [*map(float, FIGURES[key]), None] for key in ROW_KEYS)


@pytest.mark.parametrize("person", [0, 5])
def test_a_last_figure_that_may_be_the_total_is_not_placed(person):
    """Here natural persons are missing; a total is never less than its parts."""
    others = {key: ["3", "0", "1", str(n), "2"] for n, key in enumerate(ROW_KEYS)}
    form = read({key: [*row, str(sum(map(int, row)) + person)] for key, row in others.items()})
    assert all(row_of(form, key) == [None] * 7 for key in ROW_KEYS)


def test_figures_above_their_label_are_not_those_of_the_row_above():
    lines = ["第二十条第（一）项", "信息内容", "本年制发件数", "本年废止件数", "现行有效件数", "0", "1", "0", "规章"]
    lines += ["47", "13", "12", "行政规范性文件", "第二十条第（五）项", "信息内容", "本年处理决定数量", "行政许可", "5"]
    form = read_form(document(*lines, *(cell for row in applications() for cell in row)))
    assert [form.figures[f"publication.rules.{key}"].value for key in ("issued", "repealed", "in_force")] == [None] * 3
    assert form.figures["publication.licensing.decisions"].value == 5
