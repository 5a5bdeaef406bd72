"""Forms printed from a template that was met before are filled in the same way, whoever typed their labels."""

from __future__ import annotations

import pytest

from loaders.document import Cell, Document, Table
from loaders.form.editions import edition
from loaders.form.reading import read_form
from loaders.form.templates import recall
from tests.form_documents import whole

TYPED = {
    "brackets": lambda text: text.replace("（", "(").replace("）", ")"),
    "line ends": lambda text: text[:2] + "\n" + text[2:],
    "spaces": lambda text: "\u3000".join(text),
    "punctuation": lambda text: text.replace("、", "，").replace("。", ""),
}


def typed(document: Document, form, figures: int = 0) -> Document:
    """The document with labels typed otherwise, and each figure so much larger."""
    blocks = [
        Table([_typed(cell, form, figures) for cell in block.cells], aligned=block.aligned)
        if isinstance(block, Table)
        else block
        for block in document.blocks
    ]
    return Document(document.format, blocks)


def _typed(cell: Cell, form, figures: int) -> Cell:
    text = str(int(cell.text) + figures) if cell.text.isdigit() else form(cell.text)
    return Cell(text, cell.row, cell.column, cell.row_span, cell.column_span, cell.place, cell.confidence)


@pytest.mark.parametrize("form", TYPED.values(), ids=TYPED)
def test_labels_typed_otherwise_are_the_same_form(form) -> None:
    first = read_form(whole())
    second = typed(whole(), form, figures=7)
    assert recall(second) is not None
    read = read_form(second)
    assert {key: each.value for key, each in read.figures.items()} == {
        key: (each.value or 0) + 7 for key, each in first.figures.items()
    }
    assert tuple(read.figures) == edition("2021").keys and not read.labels


def test_an_altered_label_is_quoted_as_it_stands() -> None:
    altered = typed(whole(), lambda text: text.replace("行政规范性文件", "规范性文件"))
    assert read_form(altered).labels == [("行政规范性文件", "规范性文件")]
    again = typed(altered, lambda text: text.replace("规范性", "规范性 "))
    assert recall(again) is not None
    assert read_form(again).labels == [("行政规范性文件", "规范性 文件")]


@pytest.mark.parametrize(("there", "instead"), [("重复申请", "大量申请"), ("1.信访", "2.信访"), ("总计", "小计")])
def test_other_words_or_numbers_are_another_form(there: str, instead: str) -> None:
    read_form(whole())
    assert recall(typed(whole(), lambda text: text.replace(there, instead))) is None
