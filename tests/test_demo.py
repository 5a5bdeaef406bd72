"""The invented corpus: same bytes for the same seed, true to itself, marked as invented, small."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from flags.registry import RULES
from flags.settings import Settings
from loaders.corpus import Options, ingest
from loaders.demo import MARK_FILE, TRUTH_FILE, write_demo
from loaders.demo.corpus import FAULTS, invent_corpus
from loaders.demo.drafts import Draft
from loaders.demo.figures import APPLICANTS, Workload, invent_figures, outcome_rows
from loaders.demo.issuers import PREFECTURES
from loaders.demo.narrative import sentences
from loaders.deriving import derive
from loaders.form.editions import edition, editions
from loaders.parsing import parse_file
from loaders.store import Store

REPORTS = 300


@pytest.fixture(scope="module")
def corpus() -> tuple[list[Draft], list[dict[str, object]]]:
    return invent_corpus(REPORTS, 7)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("demo")
    write_demo(path, 80, seed=3)
    return path


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_same_seed_gives_same_bytes(folder: Path, tmp_path: Path) -> None:
    write_demo(tmp_path, 80, seed=3)
    assert files(tmp_path) == files(folder)


def test_other_seed_gives_another_corpus(folder: Path, tmp_path: Path) -> None:
    write_demo(tmp_path, 80, seed=4)
    same = files(tmp_path).items() & files(folder).items()
    assert not {name for name, _ in same if name not in (MARK_FILE, TRUTH_FILE)}


@pytest.mark.parametrize("reports", [1, 2, 7, 80, 301])
def test_writes_about_as_many_reports_as_asked_for(reports: int) -> None:
    drafts, _ = invent_corpus(reports, 1)
    assert abs(len(drafts) - reports) <= max(1, reports // 50)
    assert len({draft.path for draft in drafts}) == len(drafts)


def test_refuses_an_empty_corpus(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="at least 1"):
        write_demo(tmp_path, 0)


def test_every_file_says_that_it_is_invented(folder: Path) -> None:
    mark = sentences()["mark"]["text"]
    truth = json.loads((folder / TRUTH_FILE).read_text(encoding="utf-8"))
    assert truth["invented"] is True
    assert mark in (folder / MARK_FILE).read_text(encoding="utf-8")
    for path in truth["reports"]:
        assert mark in parse_file((folder / path).read_bytes(), path).text, path


def test_files_stay_small(folder: Path) -> None:
    sizes = [len(data) for name, data in files(folder).items() if name != TRUTH_FILE]
    assert max(sizes) < 120_000
    assert sum(sizes) / len(sizes) < 14_000


def test_truth_lists_every_file(folder: Path) -> None:
    truth = json.loads((folder / TRUTH_FILE).read_text(encoding="utf-8"))
    assert set(truth["reports"]) == set(files(folder)) - {MARK_FILE, TRUTH_FILE}
    assert {path.rsplit(".", 1)[1] for path in truth["reports"]} == {"docx", "html", "pdf", "txt"}


def test_reader_finds_the_truth(folder: Path) -> None:
    truth = json.loads((folder / TRUTH_FILE).read_text(encoding="utf-8"))["reports"]
    for path in random.Random(1).sample(sorted(truth), 30):
        wanted = truth[path]
        if "low-confidence" in wanted["faults"]:
            continue
        report = parse_file((folder / path).read_bytes(), path)
        assert (report.form.edition, report.identity.year) == (wanted["edition"], wanted["year"]), path
        assert report.identity.region_code == wanted["region_code"], path
        read = {key: reading.value for key, reading in report.form.figures.items()}
        for key in edition(wanted["edition"]).keys:
            absent = key.split(".")[0] in wanted["absent_tables"] or key in wanted["blank"]
            assert read[key] == (None if absent else wanted["not_zero"].get(key, 0)), (path, key)


def test_every_rule_is_broken_somewhere(corpus: tuple[list[Draft], list[dict[str, object]]]) -> None:
    drafts, missing = corpus
    broken = {rule for draft in drafts for rule in draft.faults} | ({"missing-report"} if missing else set())
    assert {rule.id for rule in RULES} <= broken


def test_faults_are_named_as_rules_are() -> None:
    assert set(FAULTS) <= {rule.id for rule in RULES}


def test_rules_find_what_is_planted_and_nothing_else(folder: Path, tmp_path: Path) -> None:
    truth = json.loads((folder / TRUTH_FILE).read_text(encoding="utf-8"))
    store = Store(tmp_path / "store")
    ingest([folder], store, Options(jobs=0))
    derive(store, Settings())
    found: dict[str, set[str]] = {path: set() for path in truth["reports"]}
    for path, rule in store.flags().select("path", "rule").collect().iter_rows():
        found[path].add(rule)
    for path, report in truth["reports"].items():
        doubtful = {"low-confidence", "foreign-issuer"} & set(report["faults"])
        assert set(report["faults"]) - {"low-confidence"} <= found[path], path
        errors = {rule.id for rule in RULES if rule.severity == "error"}
        assert doubtful or not (found[path] & errors) - set(report["faults"]), path


def test_covers_both_editions_and_three_prefectures(corpus: tuple[list[Draft], list[dict[str, object]]]) -> None:
    drafts, _ = corpus
    assert {draft.edition.name for draft in drafts} == {"2019", "2021"}
    assert {draft.issuer.region.code[:4] + "00" for draft in drafts} == set(PREFECTURES)
    assert {draft.year for draft in drafts} == set(range(2019, 2025))


def test_sound_reports_balance_and_carry_over(corpus: tuple[list[Draft], list[dict[str, object]]]) -> None:
    drafts, _ = corpus
    by_key = {(draft.issuer.name, draft.year): draft for draft in drafts if not draft.copy}
    broken = {"balance", "outcome-sum", "applicant-sum", "litigation-sum", "carry-over", "blank-cells", "in-force"}
    for draft in drafts:
        before = by_key.get((draft.issuer.name, draft.year - 1))
        if draft.faults & broken or (before and before.faults & broken):
            continue
        assert_sums(draft)
        if before:
            carried = draft.figure("applications.carried_in.total")
            assert carried == before.figure("applications.carried_out.total"), draft.path


def assert_sums(draft: Draft) -> None:
    for who in (*APPLICANTS, "total"):
        rows = {row: draft.figure(f"applications.{row}.{who}") for row in ("new", "carried_in", "total", "carried_out")}
        assert rows["new"] + rows["carried_in"] == rows["total"] + rows["carried_out"], (draft.path, who)
        assert sum(draft.figure(f"applications.{row}.{who}") for row in outcome_rows(draft.edition)) == rows["total"]
    for row in ("new", "total", "granted"):
        parts = sum(draft.figure(f"applications.{row}.{who}") for who in APPLICANTS)
        assert parts == draft.figure(f"applications.{row}.total"), (draft.path, row)


def test_most_offices_receive_nothing_and_governments_hundreds(
    corpus: tuple[list[Draft], list[dict[str, object]]],
) -> None:
    drafts, _ = corpus
    received = {True: [], False: []}
    for draft in drafts:
        received[draft.issuer.is_government].append(draft.figure("applications.new.total"))
    few = sum(number <= 3 for number in received[False])
    assert few > len(received[False]) * 0.4
    assert sorted(received[True])[len(received[True]) // 2] > 150
    assert max(received[True]) > 1000


def test_invented_figures_follow_from_the_year_before() -> None:
    rng = random.Random(5)
    for chosen in editions():
        before = None
        for _ in range(6):
            figures = invent_figures(rng, chosen, Workload(60, 8, 1, 90, 20, 3, 12.5, 0.2), before)
            assert set(figures) == set(chosen.keys)
            assert all(value is not None and (value >= 0 or key.endswith("change")) for key, value in figures.items())
            if before and chosen.name == "2021":
                held, issued, repealed = (
                    figures[f"publication.normative.{part}"] for part in ("in_force", "issued", "repealed")
                )
                assert held == before["publication.normative.in_force"] + issued - repealed
            before = figures
