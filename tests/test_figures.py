"""Texts of figure cells in, numbers out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.form.figures import in_words, read_figure
from loaders.numerals import chinese_number

COUNTS = [
    ("0", 0),
    (" 12 ", 12),
    ("１２", 12),  # full-width digits
    ("1,472", 1472),
    ("1，472", 1472),
    ("16368(件)", 16368),
    ("16368（件）", 16368),
    ("35件", 35),
    ("+124", 124),
    ("-2", -2),
    ("－2", -2),
    ("\u20112", -2),  # a hyphen at which no line may end, as Word has it
    ("\u2011", 0),
    ("\u200b28555①\ufeff", 28555),  # blanks that nobody sees stand behind the mark of a note
    ("增72", 72),
    ("减3", -3),
    ("净减少3", -3),
    ("0.00", 0),
    ("12.0", 12),
    ("0.5", 0.5),  # a fraction stays what it is; a rule reports it
    ("1.2万", 12000),
    ("/", 0),
    ("／", 0),
    ("—", 0),
    ("——", 0),
    ("-", 0),
    ("无", 0),
    ("〇", 0),
    ("12*", 12),
    ("0（注1）", 0),
    ("3【1】", 3),
    ("5※", 5),
    ("—*", 0),
]


@pytest.mark.parametrize(("text", "value"), COUNTS)
def test_counts(text, value):
    figure = read_figure(text)
    assert (figure.kind, figure.value()) == ("figure", value)


AMOUNTS = [
    ("211.509", 211.509),
    ("211.509万", 211.509),
    ("211.509万元", 211.509),
    ("251000元", 25.1),
    ("2,560万元", 2560),
    ("1.5亿元", 15000),
    ("0", 0),
    ("无", 0),
]


@pytest.mark.parametrize(("text", "value"), AMOUNTS)
def test_amounts_in_ten_thousand_yuan(text, value):
    assert read_figure(text).value("万元") == value


@pytest.mark.parametrize(
    ("text", "value"), [("七", 7), ("十", 10), ("二十三件", 23), ("一百零三", 103), ("三百五十", 350), ("两千", None)]
)
def test_counts_written_out(text, value):
    figure = in_words(text)
    assert (figure.value() if figure.kind == "figure" else None) == value


@pytest.mark.parametrize("text", ["一", "三、", "三百五", "百", "（一）予以公开", "十余件"])
def test_numerals_that_may_be_something_else_are_no_count(text):
    """一 may be a dash, and 三百五 is 350."""
    assert in_words(text).kind == "text"


@pytest.mark.parametrize("text", ["", "  ", "\n", "&nbsp;", "\u00a0", "\u3000"])
def test_blank_is_not_zero(text):
    assert read_figure(text).kind == "blank"


@pytest.mark.parametrize("text", ["042", "０９", "0012"])
def test_the_end_of_a_figure_whose_first_digits_stand_elsewhere_is_none(text):
    assert read_figure(text).kind == "blank"


@pytest.mark.parametrize(
    "text",
    [
        "自然人",
        "l2",
        "1O",
        "若干",
        "#REF!",
        "？",
        "3.1.2",
        "12-15",
        "2.",
        "第3页",
        "- 3 -",
        "2023年",
        "1 2 3",
        "____",
        "3358335222963581",
    ],
)
def test_what_is_no_figure_is_not_read_as_one(text):
    assert read_figure(text).kind == "text"


@given(st.integers(0, 10**9))
def test_a_number_reads_back_however_it_is_printed(number):
    wide = str(number).translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    for text in (str(number), f"{number:,}", wide, f"{number}件", f" {number} ", f"{number}.0", f"+{number}"):
        assert read_figure(text).value() == number


@given(st.text(max_size=30))
def test_no_text_breaks_the_reader(text):
    assert read_figure(text).kind in ("figure", "blank", "text")


NUMERALS = [
    ("一", 1),
    ("两", 2),
    ("十", 10),
    ("十二", 12),
    ("四十", 40),
    ("一百零三", 103),
    ("一百二十三", 123),
    ("三千零二十", 3020),
    ("一万二千", 12000),
    ("二〇二三", 2023),
    ("", None),
    ("甲", None),
    ("一件", None),
]


@pytest.mark.parametrize(("text", "value"), NUMERALS)
def test_chinese_numerals(text, value):
    assert chinese_number(text) == value
