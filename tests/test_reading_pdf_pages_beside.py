"""Worksheets wider than the paper: their right columns stand on pages of their own."""

from __future__ import annotations

import pytest

from loaders.document import Table
from loaders.form.reading import read_form
from loaders.reading.pdf.reader import read_pdf
from tests.form_documents import APPLICANTS, applications
from tests.pdf_files import Sheet, pdf
from tests.test_form_damage import granted
from tests.test_reading_pdf import rows

LEFT, SEAM, FIRST, HEIGHT = 54, 460, 60, 20
XS = (LEFT, 260, 310, 360, 410, SEAM)
"""The label and four applicants; the other three stand on another page."""

FORM = [["", *APPLICANTS], *applications()[2:]]
UPPER, LOWER = FORM[:14], FORM[14:]


def left(part: list[list[str]]) -> Sheet:
    """The page with the labels, open at the edge where its columns go on."""
    ys = [FIRST + HEIGHT * n for n in range(len(part) + 1)]
    sheet = Sheet().words(XS[:-1], FIRST, [row[:5] for row in part], HEIGHT)
    for y in ys:
        sheet.line(LEFT, y, SEAM, y)
    for x in XS[:-1]:
        sheet.line(x, ys[0], x, ys[-1])
    return sheet


def right(part: list[list[str]]) -> Sheet:
    """The page with the last three columns."""
    return Sheet().rows((LEFT, 104, 154, 204), FIRST, [row[5:] for row in part], HEIGHT)


@pytest.mark.parametrize(
    "pages",
    [
        [left(UPPER), left(LOWER), right(UPPER), right(LOWER)],
        [left(UPPER), right(UPPER), left(LOWER), right(LOWER)],
    ],
    ids=["down, then over", "over, then down"],
)
def test_columns_that_go_on_on_another_page_are_put_beside_the_others(pages: list[Sheet]) -> None:
    form = read_form(read_pdf(pdf(*pages)))
    assert granted(form, "new") == [10 + n for n in range(7)]
    assert granted(form, "misc.other") == [10 * 23 + n for n in range(7)]
    assert granted(form, "carried_out") == [10 * 25 + n for n in range(7)]


def test_another_table_that_ends_at_the_edge_of_a_page_has_nothing_beside_it() -> None:
    labels = ("规章", "行政规范性文件", "行政许可", "行政处罚", "行政强制")
    other = [["信息内容", "本年制发件数"], *([label, "1"] for label in labels)]
    page = Sheet().rows((LEFT, 260, SEAM), 40, other, HEIGHT)
    below = FIRST + 120
    page.grid((*XS[:-1], SEAM), [below + HEIGHT * n for n in range(len(UPPER) + 1)])
    page.words(XS[:-1], below, [row[:5] for row in UPPER], HEIGHT)
    rest = Sheet().rows((LEFT, 104, 154, 204), below, [row[5:] for row in UPPER], HEIGHT)
    form = read_form(read_pdf(pdf(page, left(LOWER), rest, right(LOWER))))
    assert granted(form, "new") == [10 + n for n in range(7)]
    assert granted(form, "carried_out") == [10 * 25 + n for n in range(7)]


def test_figures_have_the_place_of_the_page_that_they_were_printed_on() -> None:
    document = read_pdf(pdf(left(UPPER), left(LOWER), right(UPPER), right(LOWER)))
    cells = {cell.text: cell.place for block in document.blocks if isinstance(block, Table) for cell in block.cells}
    assert (cells["13"].page, cells["16"].page, cells["250"].page, cells["256"].page) == (1, 3, 2, 4)
    assert cells["16"].box is not None and cells["16"].box[0] == pytest.approx(154, abs=1)


def test_a_page_whose_rows_stand_elsewhere_goes_on_beside_none() -> None:
    other = Sheet().rows((LEFT, 104, 154, 204), FIRST + 7, [row[5:] for row in UPPER], HEIGHT + 3)
    first, second = [b for b in read_pdf(pdf(left(UPPER), other)).blocks if isinstance(b, Table)]
    assert [len(rows(each)[1]) for each in (first, second)] == [5, 3]


@pytest.mark.parametrize(
    "results", [("结果维持", "结果纠正"), ("结 果 维 持", "结 果 纠 正"), ("结果|维持", "结果|纠正")]
)
@pytest.mark.parametrize("prose", ["", "一是解读形式单一。"])
def test_the_page_on_which_litigation_begins_goes_on_beside_none(results: tuple[str, str], prose: str) -> None:
    """Rows of worksheets are alike: those of publication stand as high as those of litigation."""
    xs = (LEFT, 180, 260, 340, 420)
    first = [
        ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"],
        ["规章", "1", "2", "3"],
        ["行政规范性文件", "4", "5", "6"],
    ]
    header = [[], ["", "", "", ""], ["7", "8", "9", "1"]]
    second = Sheet().rows((LEFT, 134, 214, 294, 374), FIRST, header, HEIGHT).text("行政复议", LEFT + 120, FIRST + 14)
    for number, result in enumerate((*results, "其他结果", "尚未审结")):
        for line, part in enumerate(result.split("|")):
            second.text(part, LEFT + 4 + 80 * number, FIRST + HEIGHT + 9 + 10 * line, 9)
    second.text(prose, LEFT - 20, FIRST + 200)
    document = read_pdf(pdf(Sheet().rows(xs, FIRST, first, HEIGHT), second))
    assert len([block for block in document.blocks if isinstance(block, Table)]) == 2


def test_a_page_with_the_word_over_all_applicants_goes_on_beside_the_labels() -> None:
    """The word in the middle of its merged cell, and a heading over the whole width, are printed on both pages."""
    pages = [left(UPPER), left(LOWER), right(UPPER), right(LOWER)]
    for page in (pages[0], pages[2]):
        page.text("申请人情况", 120, FIRST + 14).text("三、收到和处理政府信息公开申请情况", 60, FIRST + 4, 6)
    form = read_form(read_pdf(pdf(*pages)))
    assert granted(form, "new") == [10 + n for n in range(7)]
