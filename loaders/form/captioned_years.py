"""Tables of last year beside those of the report, each under a line that says of which year it is: 附：2020年情况."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from loaders.document import Block, Paragraph, Table
from loaders.patterns import pattern_of

_CAPTION = pattern_of(
    r"\s*(?:附[：:件表录]?\s*\d?[：:]?\s*)?[（(【]?\s*(20[0-4]\d)\s*年度?\s*(?:的?(?:情况|数据|统计表?|统计情况|报表|表格))?\s*[）)】]?[：:]?\s*"
)
_LONGEST = 20
_TITLE = pattern_of(r"(20[0-4]\d)\s*年.{0,20}年度?报告?\s*$")
_LONGEST_TITLE = 60
_HEADING = pattern_of(r"\s*[一二三四五六七八1-8][、.．].{2,28}(?:情况|事项|问题)\s*$")
_WORDS = pattern_of("[\u4e00-\u9fff]{2}")
_FEWEST_SHARED = 3
"""So many cells or lines say the same in a table of the report."""


def of_earlier_year(blocks: Sequence[Block]) -> frozenset[int]:
    """The positions of blocks under a line that names an earlier year than another, or than the title.

    Only where the same table stands elsewhere in the file; else the year in that line may be the wrong one.
    """
    captions = {
        at: int(found[1])
        for at, block in enumerate(blocks)
        if isinstance(block, Paragraph)
        and len(block.text) <= _LONGEST
        and "20" in block.text
        and (found := _CAPTION.fullmatch(block.text))
    }
    if not captions:
        return frozenset()
    latest = max(captions.values())
    titles = (block.text for block in blocks if isinstance(block, Paragraph) and len(block.text) <= _LONGEST_TITLE)
    latest = max([latest, *(int(found[1]) for text in titles if (found := _TITLE.search(text)))])
    spans = [_span(blocks, at, captions) for at, year in captions.items() if year < latest]
    within = {number for span in spans for number in span}
    others = set(_texts(block for number, block in enumerate(blocks) if number not in within))
    return frozenset(number for span in spans for number in _of_same_table(blocks, span, others))


def _of_same_table(blocks: Sequence[Block], span: range, others: set[str]) -> range:
    """The part of a span, the line at its head included, that says what stands elsewhere too; empty where little does.

    Behind it another table may follow without a heading.
    """
    shared = 0
    for number in span[1:]:
        texts = list(_texts([blocks[number]]))
        known = sum(text in others for text in texts)
        if 2 * known < len(texts):
            span = range(span.start, number)
            break
        shared += known
    return span if shared >= _FEWEST_SHARED else range(0)


def _span(blocks: Sequence[Block], caption: int, captions: dict[int, int]) -> range:
    """A line and what stands below it, up to the next such line or heading."""
    end = caption + 1
    while end < len(blocks) and end not in captions and not _is_heading(blocks[end]):
        end += 1
    return range(caption, end)


def _is_heading(block: Block) -> bool:
    return isinstance(block, Paragraph) and (_HEADING.match(block.text) is not None or "。" in block.text)


def _texts(blocks: Iterable[Block]) -> Iterator[str]:
    """The words of cells and lines."""
    for block in blocks:
        if isinstance(block, Table):
            yield from (cell.text for cell in block.cells if _WORDS.search(cell.text))
        elif isinstance(block, Paragraph) and _WORDS.search(block.text):
            yield block.text
