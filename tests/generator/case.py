"""One generated file with everything that is known about it."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from loaders.demo.page import Page
from tests.generator import docx_layouts, html_layouts, text_layouts
from tests.generator.compose import compose
from tests.generator.damage import DAMAGES
from tests.generator.filled import DENSITIES, Filled, fill
from tests.generator.wording import draw_manner


@dataclass(frozen=True, slots=True)
class Case:
    """A file, what its figures are, and which of them may be read as null because their place is lost."""

    name: str
    seed: int
    kind: str
    layout: str
    damage: str
    filename: str
    data: bytes
    edition: str
    year: int
    issuer: str
    density: str
    truth: dict[str, float | None]
    written: dict[str, str]
    lost: frozenset[str]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file: how a page becomes one, its layouts, and in which of them an empty cell can be seen."""

    suffix: str
    write: Callable[[random.Random, Page, str], bytes]
    layouts: dict[str, bool]
    impossible: frozenset[str] = frozenset()
    """Damages that make no sense for the kind."""


KINDS: dict[str, Kind] = {
    "text": Kind(".txt", text_layouts.write_text, {name: blanks for name, (_, blanks) in text_layouts.WRITERS.items()}),
    "docx": Kind(".docx", docx_layouts.write_docx, dict.fromkeys(docx_layouts.LAYOUTS, True)),
    "html": Kind(
        ".html", html_layouts.write_html, {name: blanks for name, (_, blanks) in html_layouts.LAYOUTS.items()}
    ),
}


def sound_layouts() -> Iterator[tuple[str, str]]:
    """Every kind with each of its layouts."""
    for name, kind in KINDS.items():
        for layout in kind.layouts:
            yield name, layout


def generate(
    seed: int,
    kind: str,
    layout: str,
    damage: str = "none",
    *,
    edition: str | None = None,
    density: str | None = None,
    oddness: float | None = None,
) -> Case:
    """The case that `seed` stands for. What is not given is drawn at random."""
    rng = random.Random(f"{seed}/{kind}/{layout}/{damage}")
    edition = edition or rng.choice(("2021", "2021", "2021", "2019"))
    density = density or rng.choice(DENSITIES)
    filled = fill(rng, edition, density, rng.choice((0.0, 0.0, 0.1, 0.5)) if oddness is None else oddness)
    page = compose(rng, filled, draw_manner(rng))
    DAMAGES[damage](rng, page, filled)
    if not KINDS[kind].layouts[layout]:
        _lose_rows_with_blanks(page, filled)
    data = KINDS[kind].write(rng, page, layout)
    return Case(
        name=f"{kind}/{layout}/{damage}",
        seed=seed,
        kind=kind,
        layout=layout,
        damage=damage,
        filename=f"{page.issuer}{seed}{KINDS[kind].suffix}",
        data=data,
        edition=edition,
        year=filled.year,
        issuer=page.issuer,
        density=density,
        truth=filled.truth,
        written=filled.written,
        lost=frozenset(key for key in filled.lost if filled.truth[key] is not None),
    )


def _lose_rows_with_blanks(page: Page, filled: Filled) -> None:
    """Where empty cells vanish, the other figures of their row can no longer be told apart."""
    for grid in page.grids():
        for row in range(grid.rows):
            figures = [cell for cell in grid.cells if cell.row == row and cell.key]
            if any(not cell.text.strip() for cell in figures):
                filled.lose_place({cell.key for cell in figures})
