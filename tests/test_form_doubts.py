"""Figures recognised with doubt: dropped, unless the sums of the form confirm them."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from loaders.document import Cell, Document, Paragraph, Table
from loaders.parsing import parse_document
from loaders.reading import read
from loaders.report import FormReading
from tests.form_documents import applications, table
from tests.generator.case import Case, generate


@pytest.fixture(scope="module")
def case() -> Case:
    return generate(3, "docx", "plain", edition="2021", density="full", oddness=0.0)


def recognised(
    case: Case,
    changes: dict[str, str],
    others: dict[str, tuple[str, ...]] | None = None,
    confidence: float = 0.6,
) -> FormReading:
    """The form of a report in which some figures were recognised with doubt, as the given texts or `others`."""
    document = read(case.data, case.filename)
    document.is_recognised = True
    places = {key: parse_document(document, case.data, case.filename).form.figures[key].place for key in changes}
    for cell in _cells(document):
        for key, text in changes.items():
            if cell.place == places[key]:
                cell.text, cell.confidence = text, confidence
                cell.other_readings = (others or {}).get(key, ())
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


def test_the_only_reading_that_all_sums_allow_is_taken_and_marked(case: Case) -> None:
    key = "applications.granted.business"
    right = case.written[key]
    likeliest, other = (str(int(right) + more) for more in (1, 3))
    form = recognised(case, {key: likeliest}, {key: (other, right)})
    reading = form.figures[key]
    assert (reading.value, reading.raw, reading.confidence) == (case.truth[key], likeliest, 0.9)
    assert any("按表内合计确定" in warning for warning in form.warnings)


def test_a_legible_figure_that_may_be_another_gives_way_to_the_sums_only(case: Case) -> None:
    key = "applications.granted.business"
    right, wrong = case.written[key], str(int(case.written[key]) + 1)
    assert recognised(case, {key: wrong}, {key: (right,)}, 0.9).figures[key].value == case.truth[key]
    assert recognised(case, {key: right}, {key: (wrong,)}, 0.9).figures[key].value == case.truth[key]
    assert recognised(case, {key: wrong}, {key: ("0",)}, 0.9).figures[key].value == int(wrong)


def test_readings_of_several_figures_are_weighed_together(case: Case) -> None:
    keys = ["applications.granted.business", "applications.granted.research", "applications.partial.business"]
    wrong = {key: str(int(case.written[key]) + 5) for key in keys}
    form = recognised(case, wrong, {key: (case.written[key], "0") for key in keys})
    assert [form.figures[key].value for key in keys] == [case.truth[key] for key in keys]


def test_where_several_readings_add_up_none_is_taken(case: Case) -> None:
    keys = [f"litigation.review.{result}" for result in ("upheld", "corrected")]
    up, down = (str(int(case.written[key]) + more) for key, more in zip(keys, (1, -1), strict=True))
    others = dict(zip(keys, ((up,), (down,)), strict=True))
    form = recognised(case, {key: case.written[key] for key in keys}, others)
    assert [form.figures[key].value for key in keys] == [None, None]


def test_one_sum_alone_changes_no_reading(case: Case) -> None:
    key = "litigation.review.upheld"
    wrong = str(int(case.written[key]) + 1)
    assert recognised(case, {key: wrong}, {key: (case.written[key],)}).figures[key].value is None


def test_what_is_no_figure_may_be_settled_too(case: Case) -> None:
    key = "applications.granted.business"
    reading = recognised(case, {key: "日B"}, {key: ("08", case.written[key])}).figures[key]
    assert (reading.value, reading.confidence) == (case.truth[key], 0.9)


def test_sums_that_do_not_hold_in_the_report_are_not_made_to_hold() -> None:
    """A wrong total stays wrong where the doubtful figures beside it cannot be to blame for every sum."""
    faulty = generate(3, "docx", "plain", edition="2021", density="full", oddness=0.0)
    document = read(faulty.data, faulty.filename)
    form = parse_document(document, faulty.data, faulty.filename).form
    part, total = "applications.granted.business", "applications.granted.total"
    for cell in _cells(document):
        if cell.place == form.figures[total].place:
            cell.text = str(int(cell.text) + 5)
        elif cell.place == form.figures[part].place:
            cell.confidence, cell.other_readings = 0.6, (str(int(cell.text) + 5),)
    figures = parse_document(document, faulty.data, faulty.filename).form.figures
    assert figures[part].value is None
    assert figures[total].value == int(faulty.written[total]) + 5


def test_too_many_readings_are_not_tried(case: Case) -> None:
    keys = [f"applications.granted.{who}" for who in ("person", "business", "research", "nonprofit", "legal")]
    wrong = {key: str(int(case.written[key]) + 1) for key in keys}
    many = {key: (case.written[key], *(str(900 + n) for n in range(9))) for key in keys}
    assert [recognised(case, wrong, many).figures[key].value for key in keys] == [None] * 5


def test_what_is_no_figure_is_taken_for_one_that_the_sums_leave(case: Case) -> None:
    key = "applications.granted.business"
    reading = recognised(case, {key: ":"}, {key: (case.written[key], "7777")}, confidence=0.9).figures[key]
    assert (reading.value, reading.raw) == (case.truth[key], ":")


def test_what_is_no_figure_is_doubted_where_it_was_recognised(case: Case) -> None:
    key = "applications.granted.business"
    reading = recognised(case, {key: ":"}, confidence=0.9).figures[key]
    assert (reading.value, reading.raw) == (None, ":")
    assert reading.confidence < 0.5


@pytest.mark.parametrize("written", ["10.571", "10,571"])
def test_a_point_in_a_count_is_the_comma_behind_thousands(case: Case, written: str) -> None:
    key, other = "publication.licensing.decisions", {"10.571": "10,571", "10,571": "10.571"}[written]
    assert recognised(case, {key: written}, confidence=0.95).figures[key].value == 10571
    assert recognised(case, {key: written}, {key: (other,)}, confidence=0.95).figures[key].value == 10571


def test_another_fraction_of_a_count_is_dropped(case: Case) -> None:
    key = "publication.licensing.decisions"
    assert recognised(case, {key: "10.5"}, confidence=0.95).figures[key].value is None


def test_an_amount_of_which_a_point_may_be_a_comma_is_dropped(case: Case) -> None:
    key = "publication.fees.amount"
    assert recognised(case, {key: "10.571"}, confidence=0.95).figures[key].value == 10.571
    assert recognised(case, {key: "10.571"}, {key: ("10,571",)}, confidence=0.95).figures[key].value is None


def test_a_total_of_which_the_picture_shows_the_first_digits_only_is_dropped(case: Case) -> None:
    key = "applications.new.total"
    assert case.written[key] == "589"
    reading = recognised(case, {key: "58"}, confidence=0.99).figures[key]
    assert (reading.value, reading.raw) == (None, "58")
    assert reading.confidence < 0.5


@pytest.mark.parametrize(("applicant", "digit", "misread"), [("nonprofit", "3", "8"), ("other", "1", "7")])
def test_a_confident_figure_is_dropped_where_two_sums_ask_for_one_that_looks_alike(
    case: Case, applicant: str, digit: str, misread: str
) -> None:
    key = f"applications.granted.{applicant}"
    assert case.written[key] == digit
    assert recognised(case, {key: misread}, confidence=0.99).figures[key].value is None


def test_a_confident_figure_stays_where_the_one_due_looks_unlike_or_one_sum_alone_is_against_it(case: Case) -> None:
    assert case.written["litigation.review.upheld"] == "3"
    for key, wrong in {"applications.granted.nonprofit": "7", "litigation.review.upheld": "8"}.items():
        assert recognised(case, {key: wrong}, confidence=0.99).figures[key].value == int(wrong)


def _cut_behind_the_first_row(document: Document, ends: list[str]) -> None:
    """Part the applications behind their first row; what goes on begins with such ends of figures."""
    tables = [block for block in document.blocks if isinstance(block, Table)]
    whole = next(each for each in tables if any("本年新收" in cell.text for cell in each.cells))
    row = next(cell.row for cell in whole.cells if "本年新收" in cell.text)
    header = [replace(cell) for cell in whole.cells if cell.row < row]
    of_ends = [Cell(text, row, 3 + at) for at, text in enumerate(ends)]
    below = [cell for cell in whole.cells if cell.row > row]
    whole.cells = [cell for cell in whole.cells if cell.row <= row]
    document.blocks.insert(document.blocks.index(whole) + 1, Table([*header, *of_ends, *below]))


@pytest.mark.parametrize(
    ("ends", "kept"), [(["", "6", "", "", "", "0", "8"], False), (["", "", "", "", "", "", ""], True)]
)
def test_figures_above_a_page_end_are_dropped_where_their_ends_stand_below_it(
    case: Case, ends: list[str], kept: bool
) -> None:
    document = read(case.data, case.filename)
    document.is_recognised = True
    _cut_behind_the_first_row(document, ends)
    form = parse_document(document, case.data, case.filename).form
    found = [form.figures[f"applications.new.{applicant}"].value for applicant in ("business", "total")]
    assert found == ([case.truth[f"applications.new.{each}"] for each in ("business", "total")] if kept else [None] * 2)


@pytest.mark.parametrize(("written", "lost"), [("pdf", True), ("docx", False)])
def test_figures_above_others_beside_the_same_label_may_be_cut_by_the_end_of_a_page(written: str, lost: bool) -> None:
    """14 goes on with the 5 below it, or not: both rows add up. The label that stands beside both says it does."""
    rows = applications(figures={"denied.case_file": ["14", "0", "0", "0", "0", "0", "14"]})
    at = next(number for number, row in enumerate(rows) if row[0] == "7.属于行政执法案卷")
    made = table([*rows[: at + 1], ["", "5", "", "", "", "", "", "5"], *rows[at + 1 :]])
    made.cells.remove(next(cell for cell in made.cells if cell.row == at + 1 and not cell.column))
    next(cell for cell in made.cells if cell.row == at and not cell.column).row_span = 2
    report = Document(written, [Paragraph("正蓝旗水利局2023年政府信息公开工作年度报告"), made])
    form = parse_document(report, b"", "a").form
    names = ("person", "business", "research", "nonprofit", "legal", "other", "total")
    found = [form.figures[f"applications.denied.case_file.{name}"].value for name in names]
    assert found == [None if lost else 14, 0, 0, 0, 0, 0, None if lost else 14]


def test_a_plus_where_no_change_is_counted_is_what_is_left_of_a_four(case: Case) -> None:
    keys = ["applications.granted.business", "publication.licensing.decisions"]
    form = recognised(case, dict.fromkeys(keys, "+1"), confidence=0.99)
    assert [form.figures[key].value for key in keys] == [None, None]
