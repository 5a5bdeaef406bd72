"""Cells of a row whose figure is written out, and those whose mark of a note may be a misread digit."""

from __future__ import annotations

from loaders.form.figures import TEXT, FigureText, has_typed_mark, in_words, is_illegible

_LONGEST = 8  # characters; 一百二十三件


def with_words_read(texts: list[str], readings: list[FigureText]) -> list[FigureText]:
    """What the cells of a row are, those figures told that are written out: 十二.

    Only behind another cell, and where no label stands behind: else a numeral is part of one.
    """
    read = list(readings)
    for n in range(len(texts) - 1, 0, -1):
        if read[n].kind == "text" and not is_illegible(texts[n]):
            read[n] = in_words(texts[n]) if len(texts[n]) <= _LONGEST else TEXT
            if read[n].kind == "text":
                break
    return read


def as_recognised(text: str, reading: FigureText) -> FigureText:
    """What a cell is whose characters were recognised in a picture."""
    return TEXT if reading.kind == "figure" and has_typed_mark(text) else reading
