"""Traditional characters, mapped one to one to simplified ones for matching; the text itself keeps them."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from importlib.resources import files

from loaders.document import Block, Document, Paragraph, Picture, Table
from loaders.patterns import pattern_of

_TELLTALE = pattern_of("[報開關區縣請訴體辦為於業與訊應並發條總數處]")
_WORDS = {
    **{"资讯": "信息", "规范性档案": "规范性文件", "网路": "网络"},
    **{"反覆": "反复", "答覆": "答复", "回覆": "回复", "批覆": "批复"},
    **{"入口网站": "门户网站", "计画": "计划"},
}
"""What converters of whole sites write for words of the form, each as long as the other."""
_ENOUGH_TELLTALES = 12


@cache
def _characters() -> dict[int, str]:
    """Each traditional character with its first simplified counterpart (OpenCC's table), one for one."""
    table = files("opencc").joinpath("dictionary/TSCharacters.txt").read_text(encoding="utf-8")
    pairs = (line.split("\t") for line in table.splitlines() if "\t" in line)
    return {ord(old): new.split(" ")[0] for old, new in pairs if len(old) == 1 and len(new.split(" ")[0]) == 1}


def simplify(text: str) -> str:
    """The text in simplified characters and the words of the mainland; every character stays at its position."""
    plain = text.translate(_characters())
    for word, usual in _WORDS.items():
        plain = plain.replace(word, usual)
    return plain


def is_traditional(document: Document) -> bool:
    """Whether the running text is written in traditional characters."""
    return len(_TELLTALE.findall("".join(texts_of(document)))) >= _ENOUGH_TELLTALES


def texts_of(document: Document) -> list[str]:
    """The texts of all paragraphs and cells in reading order."""
    texts: list[str] = []
    for block in document.blocks:
        if isinstance(block, Paragraph):
            texts.append(block.text)
        elif isinstance(block, Table):
            texts += [cell.text for cell in block.cells]
    return texts


def simplified(document: Document) -> Document:
    """A copy of the document in simplified characters, block by block and character by character the same."""

    def copy(block: Block) -> Block:
        if isinstance(block, Picture):
            return block
        if isinstance(block, Paragraph):
            return replace(block, text=simplify(block.text))
        return replace(block, cells=[replace(cell, text=simplify(cell.text)) for cell in block.cells])

    return replace(
        document,
        blocks=[copy(block) for block in document.blocks],
        furniture=[replace(each, text=simplify(each.text)) for each in document.furniture],
        metadata={name: simplify(value) for name, value in document.metadata.items()},
    )
