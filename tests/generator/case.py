"""One generated file with everything that is known about it."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from loaders.demo.page import Page
from tests.generator import (
    docx_layouts,
    html_layouts,
    mht,
    ofd_layouts,
    office,
    pdf_layouts,
    scan_layouts,
    text_layouts,
    xlsx_layouts,
)
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
    target: str = ""
    """What LibreOffice makes of the file that `write` gives; `chromium` where the browser prints it."""
    source: str = ".docx"


KINDS: dict[str, Kind] = {
    "text": Kind(".txt", text_layouts.write_text, {name: blanks for name, (_, blanks) in text_layouts.WRITERS.items()}),
    "docx": Kind(".docx", docx_layouts.write_docx, dict.fromkeys(docx_layouts.LAYOUTS, True)),
    "html": Kind(
        ".html", html_layouts.write_html, {name: blanks for name, (_, blanks) in html_layouts.LAYOUTS.items()}
    ),
    "mht": Kind(".mht", mht.write_mht, dict.fromkeys(mht.NAMES, True)),
    "xlsx": Kind(".xlsx", xlsx_layouts.write_xlsx, dict.fromkeys(xlsx_layouts.LAYOUTS, True)),
    "pdf": Kind(".pdf", pdf_layouts.write_pdf, {name: layout[3] for name, layout in pdf_layouts.LAYOUTS.items()}),
    "ofd": Kind(".ofd", ofd_layouts.write_ofd, {name: layout[2] for name, layout in ofd_layouts.LAYOUTS.items()}),
    "scan": Kind(
        ".pdf",
        scan_layouts.write_scan,
        {name: not scanner.printed.startswith("borderless") for name, scanner in scan_layouts.LAYOUTS.items()},
        frozenset({"picture", "illegible", "label_misread"}),
    ),
}

_OFFICE_LAYOUTS = ("plain", "paragraphs_in_cells", "publication_apart", "split_tables", "fine_grid", "litigation_apart")
_SPACED = frozenset({"shifted"})
for _target, _suffix in (("pdf", ".pdf"), ("doc", ".doc"), ("rtf", ".rtf"), ("odt", ".odt"), ("html", ".html")):
    _possible = (*_OFFICE_LAYOUTS, "nested") if _target in ("doc", "rtf") else _OFFICE_LAYOUTS
    KINDS[f"office_{_target}"] = Kind(
        _suffix, docx_layouts.write_docx, dict.fromkeys(_possible, True), _SPACED, target=_target
    )
_PRINTED_LAYOUTS = ("word_export", "wps_export", "ueditor", "div_soup", "uppercase_unclosed", "each_paragraph_a_table")
for _kind, _target in (("chrome_pdf", "chromium"), ("office_web_pdf", "web_pdf")):
    KINDS[_kind] = Kind(
        ".pdf",
        html_layouts.write_plain_html,
        dict.fromkeys(_PRINTED_LAYOUTS, True),
        _SPACED | {"picture"},
        target=_target,
        source=".html",
    )


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
    case = _draw(seed, kind, layout, damage, edition, density, oddness)
    return through_office([case])[0] if KINDS[kind].target else case


def generate_many(tasks: Iterable[tuple[int, str, str, str]]) -> Iterator[Case]:
    """The case for each (seed, kind, layout, damage), those that need LibreOffice together; the order may change."""
    waiting: dict[str, list[Case]] = {}
    for seed, kind, layout, damage in tasks:
        case = _draw(seed, kind, layout, damage)
        if KINDS[kind].target:
            waiting.setdefault(kind, []).append(case)
        else:
            yield case
    for cases in waiting.values():
        yield from through_office(cases)


def through_office(cases: list[Case]) -> list[Case]:
    """Cases of one kind, their files as LibreOffice converts them."""
    kind = KINDS[cases[0].kind]
    if kind.target == "chromium":
        converted = office.print_pages([case.data for case in cases])
    else:
        converted = office.convert([(kind.source, case.data) for case in cases], kind.target)
    made = [replace(case, data=data) for case, data in zip(cases, converted, strict=True)]
    if kind.target == "web_pdf":
        return [replace(case, lost=case.lost | office.cut_off(case.written, case.data)) for case in made]
    if (kind.source, kind.target) != (".docx", "pdf"):
        return made
    whole = [office.holds_all_text(source.data, case.data) for source, case in zip(cases, made, strict=True)]
    return [case if all_there else _with_all_lost(case) for case, all_there in zip(made, whole, strict=True)]


def _with_all_lost(case: Case) -> Case:
    """The case with no figure's place certain: LibreOffice printed the page without some rows, nobody knows which."""
    return replace(case, lost=frozenset(key for key, value in case.truth.items() if value is not None))


def _draw(
    seed: int,
    kind: str,
    layout: str,
    damage: str,
    edition: str | None = None,
    density: str | None = None,
    oddness: float | None = None,
) -> Case:
    rng = random.Random(f"{seed}/{kind}/{layout}/{damage}")
    edition = edition or rng.choice(("2021", "2021", "2021", "2019"))
    density = density or rng.choice(DENSITIES)
    filled = fill(rng, edition, density, rng.choice(_oddness(kind)) if oddness is None else oddness)
    page = compose(rng, filled, draw_manner(rng))
    DAMAGES[damage](rng, page, filled)
    if not KINDS[kind].layouts[layout]:
        _lose_rows_with_blanks(page, filled)
    suffix = _suffix(rng, kind, layout)
    return Case(
        name=f"{kind}/{layout}/{damage}",
        seed=seed,
        kind=kind,
        layout=layout,
        damage=damage,
        filename=f"{page.issuer}{seed}{suffix}",
        data=KINDS[kind].write(rng, page, layout),
        edition=edition,
        year=filled.year,
        issuer=page.issuer,
        density=density,
        truth=filled.truth,
        written=filled.written,
        lost=frozenset(key for key in filled.lost if filled.truth[key] is not None),
    )


def _oddness(kind: str) -> tuple[float, ...]:
    """Shares of figures spelled oddly; fewer in scans, where they say more about the engine than about us."""
    return (0.0, 0.0, 0.0, 0.05) if kind == "scan" else (0.0, 0.0, 0.1, 0.5)


def _suffix(rng: random.Random, kind: str, layout: str) -> str:
    """The ending of the file's name, which says little about what is in it: web pages named .doc are common."""
    if kind == "scan":
        return scan_layouts.LAYOUTS[layout].suffix
    others = {"html": (".html", ".htm", ".shtml", ".doc"), "text": (".txt", ".txt", ".md"), "docx": (".docx", ".doc")}
    return rng.choice(others.get(kind, (KINDS[kind].suffix,)))


def _lose_rows_with_blanks(page: Page, filled: Filled) -> None:
    """Where empty cells vanish, the other figures of a row with an unreadable one can no longer be told apart."""
    for grid in page.grids():
        for row in range(grid.rows):
            figures = [cell for cell in grid.cells if cell.row == row and cell.key]
            if any(filled.truth[cell.key] is None for cell in figures):
                filled.lose_place({cell.key for cell in figures})
