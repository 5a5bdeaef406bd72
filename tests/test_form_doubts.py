"""Figures recognised with doubt: dropped, unless the sums of the form confirm them."""

from __future__ import annotations

import random

import pytest

from loaders.document import Cell, Document, Table
from loaders.parsing import parse_document
from loaders.reading import read
from loaders.report import FormReading
from tests.generator.case import Case, generate


@pytest.fixture(scope="module")
def case() -> Case:
    return generate(3, "docx", "plain", edition="2021", density="full", oddness=0.0)


def recognised(case: Case, changes: dict[str, str]) -> FormReading:
    """The form of a report in which some figures were recognised with doubt, as the given texts."""
    document = read(case.data, case.filename)
    places = {key: parse_document(document, case.data, case.filename).form.figures[key].place for key in changes}
    for cell in _cells(document):
        for key, text in changes.items():
            if cell.place == places[key]:
                cell.text, cell.confidence = text, 0.6
    return parse_document(document, case.data, case.filename).form


def _cells(document: Document) -> list[Cell]:
    return [cell for block in document.blocks if isinstance(block, Table) for cell in block.cells]


def test_a_figure_that_the_sums_confirm_is_kept_and_marked(case: Case) -> None:
    key = "applications.granted.business"
    reading = recognised(case, {key: case.written[key]}).figures[key]
    assert reading.value == case.truth[key]
    assert reading.confidence == 0.9


def test_figures_of_one_row_confirm_each_other(case: Case) -> None:
    keys = ["applications.granted.person", "applications.granted.total"]
    form = recognised(case, {key: case.written[key] for key in keys})
    assert [form.figures[key].value for key in keys] == [case.truth[key] for key in keys]
    assert any("经表内合计核实" in warning for warning in form.warnings)


def test_a_figure_that_the_sums_contradict_is_dropped(case: Case) -> None:
    key = "applications.granted.business"
    wrong = str(int(case.truth[key] or 0) + 10)
    form = recognised(case, {key: wrong})
    assert form.figures[key].value is None
    assert form.figures[key].raw == wrong
    assert form.figures[key].confidence < 0.5
    assert any("按空缺处理" in warning for warning in form.warnings)


def test_a_figure_in_no_sum_is_dropped(case: Case) -> None:
    key = "publication.licensing.decisions"
    assert recognised(case, {key: case.written[key]}).figures[key].value is None


def test_two_misread_figures_are_both_dropped(case: Case) -> None:
    keys = ["applications.granted.business", "applications.partial.research"]
    wrong = {key: str(int(case.truth[key] or 0) + random.Random(key).randint(1, 9)) for key in keys}
    form = recognised(case, wrong)
    assert [form.figures[key].value for key in keys] == [None, None]
