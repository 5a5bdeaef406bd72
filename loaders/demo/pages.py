"""From a draft to a printed page."""

from __future__ import annotations

import random

from loaders.demo.drafts import Draft
from loaders.demo.grids import applications_grid, litigation_grid, publication_grid
from loaders.demo.narrative import Writer, sentences
from loaders.demo.page import Block, Grid, Image, Page, Text

_NUMERALS = "一二三四五六"
_GRIDS = {2: publication_grid, 3: applications_grid, 4: litigation_grid}


def print_page(seed: int, draft: Draft) -> Page:
    """The report as it will be printed, with the mark that says it is invented."""
    writer = Writer(seed, draft)
    mark = sentences()["mark"]
    blocks: list[Block] = [Text(draft.title, "title"), Text(mark["text"], "note"), Text(writer.preface())]
    texts = {1: writer.overview, 5: writer.problems, 6: writer.others}
    for section in draft.edition.sections:
        number = section.number
        paragraphs = texts[number]() if number in texts else []
        if f"section{number}" in draft.removed:
            continue
        words = draft.headings.get(number, section.heading)
        blocks.append(Text(f"{_NUMERALS[number - 1]}、{words}", "heading"))
        if number in draft.inserted:
            paragraphs.insert(len(paragraphs) // 2, writer.fill(draft.inserted[number]))
        blocks += [Text(paragraph) for paragraph in paragraphs]
        if number in _GRIDS:
            blocks += _table(draft, _GRIDS[number](draft.edition, draft.written()))
    year, month, day = (int(part) for part in draft.published.split("-"))
    blocks += [Text(draft.named or draft.issuer.name, "signature"), Text(f"{year}年{month}月{day}日", "signature")]
    if draft.garbled:
        _garble(random.Random(f"{seed}/{draft.path}"), blocks)
    place = f"https://{draft.issuer.site}/zwgk/nb/{draft.year}/t{draft.published.replace('-', '')}.html"
    trail = ["首页", "政务公开", "政府信息公开年报", f"{draft.year}年"]
    return Page(blocks, draft.title, draft.issuer.name, draft.published, place, trail, mark["english"])


def _table(draft: Draft, grid: Grid) -> list[Block]:
    if grid.table in draft.removed:
        return []
    return [Image(grid)] if grid.table in draft.pictured else [grid]


def _garble(rng: random.Random, blocks: list[Block]) -> None:
    """Make most labels as illegible as a bad copy does."""
    for block in blocks:
        for cell in block.cells if isinstance(block, Grid) else ():
            if not cell.key and rng.random() < 0.75:
                kept = rng.sample(range(len(cell.text)), len(cell.text) // 3)
                cell.text = "".join(sign if at in kept else rng.choice("□口．丨") for at, sign in enumerate(cell.text))
