"""Pictures of a table alone, cut out of a page or of the screen: nothing says how large it was."""

from __future__ import annotations

import pytest

from loaders.reading.scan import ocr_engine

if not ocr_engine.is_available():
    pytest.skip("the extra `ocr` is not installed", allow_module_level=True)

import numpy as np

from loaders.reading.scan.ocr import read_picture, recognise_page, recognise_sheets
from loaders.reading.scan.ocr_image import to_working_size
from tests.pdf_files import Sheet
from tests.scanned_pages import FIGURES, XS, Pixels, figures, png, rendered, sheet

_LITIGATION = tuple(60.0 + 30 * number for number in range(16))


def cut_out(page: Sheet, box: tuple[float, float, float, float], dots: int) -> Pixels:
    left, top, right, bottom = (round(value * dots / 72) for value in box)
    return np.ascontiguousarray(rendered(page, dots)[top:bottom, left:right])


def test_pixels_of_a_picture_are_no_points() -> None:
    assert to_working_size(np.full((300, 1200), 255, np.uint8)).grey.shape[1] == pytest.approx(2339, abs=2)


@pytest.mark.parametrize("dots", [130, 200, 400])
def test_type_is_read_at_its_usual_size(dots: int) -> None:
    picture = cut_out(sheet(), (XS[0] - 4, 96, XS[-1] + 4, 200), dots)
    assert figures(read_picture(png(picture))) == FIGURES
    heights = [run.bottom - run.top for run in recognise_page(picture, 1).runs if len(run.text) > 2]
    assert np.median(heights) < 14


def test_words_written_downwards_do_not_turn_a_table() -> None:
    words = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计") * 3
    page = Sheet().grid(_LITIGATION, [100, 120, 180, 200])
    for group, at in (("行政复议", 0), ("未经复议直接起诉", 5), ("复议后起诉", 10)):
        page.text(group, _LITIGATION[at] + 30, 114, 10)
    for left, word in zip(_LITIGATION, words, strict=False):
        for number, sign in enumerate(word):
            page.text(sign, left + 10, 132 + 14 * number, 10)
        page.text("0", left + 12, 194, 10)
    picture = cut_out(page, (56, 96, 514, 204), 200)
    assert "未经复议直接起诉" in "".join(run.text for run in recognise_page(picture, 1).runs)


def test_short_end_of_a_long_picture_is_read_at_the_size_of_the_rest() -> None:
    picture = np.full((2600, 1000), 255, np.uint8)
    part = cut_out(sheet(), (0, 60, 595, 200), 121)
    picture[20 : 20 + len(part), : part.shape[1]] = part
    picture[2300 : 2300 + len(part), : part.shape[1]] = part
    first, *_, last = recognise_sheets(picture, 1, 1)
    assert first.width == pytest.approx(last.width, abs=1)
    assert next(run.text for run in last.runs if len(run.text) > 5) == "二、主动公开政府信息情况"
