"""Filled forms with known truth: how dense the figures are, and how each is spelled."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from loaders.demo.figures import APPLICANTS, Workload, as_printed, invent_figures, outcome_rows, with_totals
from loaders.form.editions import Edition, Figure, edition

DENSITIES = ("full", "mixed", "sparse", "zeros", "large", "faulty", "believable")
FULL_WIDTH = str.maketrans("0123456789.,-+/()", "０１２３４５６７８９．，－＋／（）")


@dataclass(slots=True)
class Filled:
    """A form as filled in: what is written for each figure, what it means, and which figures lost their place.

    `lost` figures may be read as null or as what `truth` says; every other figure must be read as `truth` says.
    """

    edition: Edition
    year: int
    truth: dict[str, float | None]
    written: dict[str, str]
    lost: set[str] = field(default_factory=set)

    def forget(self, keys: set[str]) -> None:
        """These figures stand nowhere in the file any more."""
        self.truth.update(dict.fromkeys(keys, None))

    def lose_place(self, keys: set[str]) -> None:
        """These figures are in the file, but nothing says for certain which is which."""
        self.lost |= keys


def fill(rng: random.Random, edition_name: str, density: str, oddness: float) -> Filled:
    """A filled form; `oddness` is the share of figures that are spelled in one of the odd ways."""
    chosen = edition(edition_name)
    year = rng.randint(2019, 2020) if edition_name == "2019" else rng.randint(2021, 2025)
    values = _values(rng, chosen, density)
    filled = Filled(chosen, year, {}, {})
    for figure in chosen.figures:
        value = values[figure.key]
        odd = rng.random() < oddness
        written, meant = spell(rng, value, figure) if odd else (_plain(rng, value, figure), value)
        filled.truth[figure.key] = meant
        filled.written[figure.key] = written
    return filled


def _plain(rng: random.Random, value: float, figure: Figure) -> str:
    return as_printed(value, figure.column.signed and rng.random() < 0.5)


def _values(rng: random.Random, chosen: Edition, density: str) -> dict[str, float]:
    if density == "zeros":
        return dict.fromkeys(chosen.keys, 0.0)
    if density == "believable":
        mean = rng.choice((3.0, 40.0, 400.0, 3000.0))
        workload = Workload(mean, mean / 20, 0.5, mean * 3, mean, mean / 9, mean / 3, 0.08)
        return {key: value or 0.0 for key, value in invent_figures(rng, chosen, workload).items()}
    draw = _drawer(rng, density)
    values = {figure.key: _value(rng, figure, draw) for figure in chosen.figures if figure.table == "publication"}
    values |= _applications(rng, chosen, draw)
    for row in ("review", "direct", "after_review"):
        results = {result: draw() for result in ("upheld", "corrected", "other", "pending")}
        values |= {f"litigation.{row}.{result}": value for result, value in results.items()}
        values[f"litigation.{row}.total"] = sum(results.values())
    if density == "faulty":
        for key in rng.sample(chosen.keys, 6):
            values[key] = round(values[key] + (rng.choice((-1, 1, 10, 100)) if values[key] else 1), 4)
    return values


def _drawer(rng: random.Random, density: str):
    """A function that draws one figure of the inner part of a table."""
    share = {"mixed": 0.5, "sparse": 0.08}.get(density, 1.0)
    top = 4000 if density == "large" else rng.choice((9, 99, 999))

    def draw() -> float:
        return float(rng.randint(1, top)) if rng.random() < share else 0.0

    return draw


def _value(rng: random.Random, figure: Figure, draw) -> float:
    value = draw()
    if figure.column.unit:
        return round(value * rng.choice((1, 1.5, 0.01, 3.217)), rng.choice((0, 1, 2, 4)))
    return -value if value and figure.column.signed and rng.random() < 0.4 else value


def _applications(rng: random.Random, chosen: Edition, draw) -> dict[str, float]:
    figures: dict[str, float] = {}
    for who in APPLICANTS:
        rows = {row: draw() for row in outcome_rows(chosen)}
        total = sum(rows.values())
        carried_out = draw()
        carried_in = min(draw(), total + carried_out)
        rows |= {"total": total, "carried_out": carried_out, "carried_in": carried_in}
        rows["new"] = total + carried_out - carried_in
        figures |= {f"applications.{row}.{who}": value for row, value in rows.items()}
    return with_totals(chosen, figures)


def spell(rng: random.Random, value: float, figure: Figure) -> tuple[str, float | None]:
    """One of the odd ways to write a figure, and what it means: the value, or null where it is left blank."""
    if value == 0 and not figure.column.signed:
        text = rng.choice(("/", "—", "-", "无", "", "", "０", "0.00", "0.0", "——", "0件", "\xa0", "－", "0(件)"))
        return text, None if not text.strip() else 0.0
    if figure.column.signed:
        return _spell_change(rng, value), value
    if figure.column.unit == "万元":
        return _spell_amount(rng, value)
    whole = int(value)
    options = [f"{whole:,}", str(whole).translate(FULL_WIDTH), f"{whole}件", f"{whole}(件)", f"{whole}（件）"]
    options += [f" {whole} ", f"{whole}.0", f"{whole:,}".translate(FULL_WIDTH), f"\xa0{whole}"]
    return rng.choice(options), value


def _spell_change(rng: random.Random, value: float) -> str:
    size = int(abs(value))
    if value == 0:
        return rng.choice(("0", "０", "/", "—", "无", "+0"))
    if value > 0:
        return rng.choice(
            (f"+{size}", f"增{size}", f"＋{size}", f"增加{size}", str(size), f"+{size}".translate(FULL_WIDTH))
        )
    return rng.choice(
        (f"-{size}", f"减{size}", f"－{size}", f"减少{size}", f"−{size}", f"-{size}".translate(FULL_WIDTH))
    )


def _spell_amount(rng: random.Random, value: float) -> tuple[str, float]:
    """Amounts may be written with their unit, in 万元 or in 元."""
    exact = as_printed(value)
    yuan = as_printed(round(value * 10000, 4))
    options = [f"{exact}万", f"{exact}万元", exact.translate(FULL_WIDTH), f"{value:,.2f}", f"{yuan}元", f"{exact} 万元"]
    text = rng.choice(options)
    return text, round(value, 2) if text == f"{value:,.2f}" else value
