"""The five real reports, read in place: every figure and every word of who, where and when."""

import pytest

from loaders.form.editions import edition
from loaders.parsing import parse_file
from tests.real_reports import ABSENT, REAL_DIR, needs_real_reports, truths

REPORTS = sorted(truths()) or [pytest.param("none", marks=pytest.mark.skip(reason=ABSENT))]


def read(name):
    return parse_file((REAL_DIR / name).read_bytes(), name)


@pytest.mark.parametrize("name", REPORTS)
def test_every_figure_is_right(name):
    truth = truths()[name]
    figures = read(name).form.figures
    expected = {key: None if key in truth.blank else truth.not_zero.get(key, 0) for key in edition(truth.edition).keys}
    assert {key: figure.value for key, figure in figures.items()} == expected


@pytest.mark.parametrize("name", REPORTS)
def test_every_figure_has_its_place(name):
    figures = read(name).form.figures
    lines = (REAL_DIR / name).read_text(encoding="utf-8").splitlines()
    for key, figure in figures.items():
        if figure.raw:
            assert figure.raw in lines[figure.place.line - 1], key


@pytest.mark.parametrize("name", REPORTS)
def test_identity_is_right(name):
    truth, identity = truths()[name], read(name).identity
    assert identity.region_code == truth.region_code
    assert identity.year == truth.year
    assert identity.issuer.endswith(truth.issuer) or truth.issuer.endswith(identity.issuer)
    assert truth.published_on is None or str(identity.published_on) == truth.published_on


@pytest.mark.parametrize("name", REPORTS)
def test_all_six_sections_are_found(name):
    assert [section.section for section in read(name).sections] == [1, 2, 3, 4, 5, 6]


@needs_real_reports
def test_lost_figures_are_said_to_be_lost():
    name = next(name for name, truth in truths().items() if truth.blank)
    report = read(name)
    assert all(report.form.figures[key].value is None for key in truths()[name].blank)
    assert report.form.confidence < 1


@needs_real_reports
def test_numbers_of_the_narrative_are_claimed():
    claims = {(name, claim.about, claim.value, claim.exact) for name in truths() for claim in read(name).claims}
    assert ("004_f0f60a2e7c904501.txt", "channel.website", 50, True) in claims
    assert ("003_d4f942acfa28bc64.txt", "channel.wechat", 278, True) in claims
    assert ("000_10ca75541cf2f9ea.txt", "applications.new.total", 0, True) in claims
