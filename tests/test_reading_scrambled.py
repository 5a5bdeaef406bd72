"""Reports saved after a program had decoded them in the wrong encoding."""

import pytest

from loaders.form.reading import read_form
from loaders.reading import read
from loaders.reading.encoding import decode
from tests.form_documents import applications

LINES = ["\t".join(row) for row in applications()]
TEXT = "\n".join(["正镶白旗民政局2023年政府信息公开工作年度报告", "三、收到和处理政府信息公开申请情况", *LINES])
PAGE = f"<html><head><title>年度报告</title></head><body><pre>{TEXT}</pre></body></html>"


def as_browsers_do(data):
    """Bytes as Windows-1252, those that it lacks as the controls of their numbers."""
    return "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in data)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
@pytest.mark.parametrize("wrongly", [lambda data: data.decode("latin-1"), as_browsers_do], ids=["Latin-1", "Windows"])
@pytest.mark.parametrize(("text", "name"), [(TEXT, "a.txt"), (PAGE, "a.html")])
def test_text_taken_for_western_letters_comes_back(encoding, wrongly, text, name):
    scrambled = wrongly(text.encode(encoding)).encode()
    assert decode(scrambled) == text
    assert read_form(read(scrambled, name)).figures == read_form(read(text.encode(), name)).figures


def test_text_taken_for_gbk_keeps_its_figures_though_a_character_before_a_digit_lost_a_byte():
    scrambled = TEXT.encode().decode("gb18030", "replace")
    assert "\ufffd" in scrambled
    found = read_form(read(scrambled.encode(), "a.txt")).figures
    assert {key: reading.value for key, reading in found.items()} == {
        key: reading.value for key, reading in read_form(read(TEXT.encode(), "a.txt")).figures.items()
    }


@pytest.mark.parametrize("text", ["Liberté, égalité, fraternité: ", "鏈熷緟、吉祥如意", "Ìíòåãðåíî ßâà ", "ААБВ "])
def test_other_text_stays_as_it_is(text):
    assert decode((text * 40).encode()) == text * 40
