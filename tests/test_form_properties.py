"""Whatever is filled in, in whatever layout of whatever kind: it reads back the same, or as null, never as another."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from loaders.parsing import parse_file
from tests.generator import DAMAGES, KINDS, Case, generate
from tests.generator.filled import DENSITIES
from tests.generator.score import Score, score

SEEDS = st.integers(0, 10**6)
EDITION_NAMES = st.sampled_from(("2021", "2019"))
ODDNESS = st.sampled_from((0.0, 0.1, 0.5, 1.0))
MARKED_UP = ("docx", "html", "xlsx")
RULED = tuple(name for name, sees_blanks in KINDS["pdf"].layouts.items() if sees_blanks)
DAMAGED = tuple(name for name in DAMAGES if name != "none")


def layouts(*kinds: str) -> st.SearchStrategy[tuple[str, str]]:
    return st.sampled_from([(kind, layout) for kind in kinds for layout in KINDS[kind].layouts])


def fixed(examples: int) -> settings:
    """The same examples every time: a run that fails must fail again."""
    slow = [HealthCheck.too_slow, HealthCheck.data_too_large]
    return settings(max_examples=examples, derandomize=True, database=None, suppress_health_check=slow)


def read(case: Case) -> Score:
    report = parse_file(case.data, case.filename)
    return score(case, report.form.figures)


def replay(case: Case, result: Score) -> str:
    return f"--case {case.name} --seed {case.seed} ({case.edition}, {case.density})\n" + "\n".join(result.faults[:5])


@fixed(150)
@given(layouts(*MARKED_UP), SEEDS, EDITION_NAMES, st.sampled_from(DENSITIES), ODDNESS)
def test_sound_tables_of_documents_read_back_the_same(
    place: tuple[str, str], seed: int, edition: str, density: str, oddness: float
) -> None:
    case = generate(seed, *place, edition=edition, density=density, oddness=oddness)
    result = read(case)
    assert not result.faults, replay(case, result)


@fixed(150)
@given(layouts("text"), SEEDS, EDITION_NAMES, st.sampled_from(DENSITIES), ODDNESS)
@example(("text", "pipes_padded"), 7183, "2019", "zeros", 1.0)  # noughts and blanks: hardly a row is complete
def test_text_of_converters_never_reads_as_another_figure(
    place: tuple[str, str], seed: int, edition: str, density: str, oddness: float
) -> None:
    case = generate(seed, *place, edition=edition, density=density, oddness=oddness)
    result = read(case)
    assert result.wrong == 0, replay(case, result)
    assert result.null <= 14, replay(case, result)


@fixed(25)
@given(st.sampled_from(RULED), SEEDS, EDITION_NAMES, st.sampled_from(DENSITIES))
def test_ruled_pages_read_back_the_same(layout: str, seed: int, edition: str, density: str) -> None:
    case = generate(seed, "pdf", layout, edition=edition, density=density, oddness=0.1)
    result = read(case)
    assert result.wrong == 0, replay(case, result)
    assert result.null <= 7, replay(case, result)


@fixed(150)
@given(layouts(*MARKED_UP), st.sampled_from(DAMAGED), SEEDS)
def test_damage_costs_figures_of_documents_but_never_alters_them(
    place: tuple[str, str], damage: str, seed: int
) -> None:
    case = generate(seed, *place, damage)
    result = read(case)
    assert result.wrong == 0, replay(case, result)


def test_damage_hardly_ever_alters_figures_of_text() -> None:
    total, altered = 0, []
    for seed, layout in enumerate(list(KINDS["text"].layouts) * 8):
        case = generate(seed, "text", layout, DAMAGED[seed % len(DAMAGED)])
        result = read(case)
        total += result.figures
        altered += [replay(case, result)] * result.wrong
    assert len(altered) <= total / 10_000, "\n".join(altered)


@pytest.mark.parametrize("damage", ["header_cell_missing", "rows_out_of_order", "groups_lost", "headings_misnumbered"])
def test_damage_beside_the_figures_costs_nothing(damage: str) -> None:
    for seed, layout in enumerate(("plain", "split_runs", "publication_apart", "fine_grid")):
        case = generate(seed, "docx", layout, damage)
        result = read(case)
        assert not result.faults, replay(case, result)


@fixed(60)
@given(layouts(*MARKED_UP, "text"), SEEDS)
def test_where_is_told_of_every_figure_that_is_read(place: tuple[str, str], seed: int) -> None:
    case = generate(seed, *place)
    for key, reading in parse_file(case.data, case.filename).form.figures.items():
        if reading.value is not None:
            assert reading.place.to_json() != "{}", f"{key} {replay(case, Score())}"
            assert reading.raw.strip(), key


@fixed(40)
@given(layouts("text", "docx", "html"), SEEDS)
def test_generator_is_the_same_for_the_same_seed(place: tuple[str, str], seed: int) -> None:
    assert generate(seed, *place).data == generate(seed, *place).data


@fixed(40)
@given(SEEDS, st.sampled_from(DAMAGED))
def test_generator_tells_the_truth_about_every_figure(seed: int, damage: str) -> None:
    case = generate(seed, "docx", "plain", damage)
    assert set(case.truth) == set(case.written)
    assert all(case.truth[key] is not None for key in case.lost)
