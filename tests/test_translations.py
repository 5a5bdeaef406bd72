"""Everything the pages say is there in both languages."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

from pages.shared.language import catalogue

ROOT = Path(__file__).resolve().parent.parent
SOURCES = [ROOT / "app.py", *sorted((ROOT / "pages").rglob("*.py"))]
MARKERS = ("_", "mark")
HAN = re.compile(r"[\u4e00-\u9fff]")
SAID_AS_IT_IS = {"中文", "语言 / Language", "公开 Gongkai"}
"""The name of the program, and the language switch, which readers of either language must recognise."""


def marked_calls(tree: ast.AST) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MARKERS and node.args:
            yield node


def marked_texts() -> list[str]:
    trees = (ast.parse(source.read_text(encoding="utf-8")) for source in SOURCES)
    found = (call.args[0] for tree in trees for call in marked_calls(tree))
    return sorted({arg.value for arg in found if isinstance(arg, ast.Constant) and isinstance(arg.value, str)})


def placeholders(text: str) -> set[str]:
    return {name for _literal, name, _spec, _conversion in string.Formatter().parse(text) if name}


def docstrings(tree: ast.AST) -> set[int]:
    """Text that stands alone as a statement: documentation of what it follows."""
    return {
        id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }


def test_there_is_something_to_translate():
    assert len(marked_texts()) > 200


@pytest.mark.parametrize("text", marked_texts())
def test_a_text_has_english_with_the_same_placeholders(text):
    english = catalogue().gettext(text)
    assert english != text and english.strip(), "run tools/translations.py and fill in the English"
    assert not HAN.search(english.replace("公开", "")), "the English still holds Chinese"
    assert placeholders(english) == placeholders(text)


SPEAKERS = [source for source in SOURCES if source.name != "language.py"]  # which writes dates in both languages


@pytest.mark.parametrize("source", SPEAKERS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_chinese_is_said_without_being_marked_for_translation(source):
    tree = ast.parse(source.read_text(encoding="utf-8"))
    passed = docstrings(tree) | {id(part) for call in marked_calls(tree) for part in ast.walk(call.args[0])}
    spoken = (node for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str))
    left = [
        f"line {node.lineno}: {node.value}"
        for node in spoken
        if id(node) not in passed and HAN.search(node.value) and node.value not in SAID_AS_IT_IS
    ]
    assert not left


def test_the_catalogue_holds_no_leftovers():
    held = {text for text in catalogue()._catalog if text}  # type: ignore[attr-defined]
    assert held == set(marked_texts())
