"""The files that the speed benchmark reads: each way of writing a report down says the same."""

from __future__ import annotations

import pytest

from loaders.parsing import parse_file
from tests.benchmarks.speed_files import Kind, invented_pages, kinds, write_files

PAGES = invented_pages(2)
QUICK = [kind for kind in kinds() if "LibreOffice" not in kind.name and kind.holds_pages]


def test_pages_are_of_different_reports():
    assert len({page.title for page in invented_pages(12)}) == 12


@pytest.mark.parametrize("kind", QUICK, ids=[kind.name for kind in QUICK])
def test_every_kind_holds_the_figures_of_the_report(kind: Kind, tmp_path):
    if not kind.installed:
        pytest.skip(kind.needs)
    for page, path in zip(PAGES, write_files(kind, PAGES, tmp_path / "files"), strict=True):
        report = parse_file(path.read_bytes(), path.name)
        raw = {cell.key: cell.text for grid in page.grids() for cell in grid.cells if cell.key}
        assert {key: reading.raw for key, reading in report.form.figures.items()} == raw
        assert report.identity.issuer == page.issuer
