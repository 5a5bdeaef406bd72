"""Word files in which each printed line is a paragraph, as programs make them of pages."""

from __future__ import annotations

import pytest

from loaders.document import Paragraph
from loaders.reading import legacy, read
from tests.office_files import docx, p
from tests.test_reading_other import odt
from tests.test_reading_rtf import p as rtf_p
from tests.test_reading_rtf import rtf
from tests.word97_files import Piece, word97

TEXT = (
    "（一）主动公开情况。全年通过门户网站公开信息五百三十二条，其中机构职能三十四条、财政预决算六条、业务动态三十七条，"
    "政务微信公众号推送五篇，阅读一万一千三百七十三次，回应群众关切二十一次，办理留言四十余件，均在规定期限内办结并公开结果，"
    "同时完善目录、规范格式、明确责任，形成逐级审核和定期检查的制度，全年检查四次，发现并改正问题九个。"
)
LINES = ["一、总体情况", *(TEXT[at : at + 36] for at in range(0, len(TEXT), 36)), "二、主动公开政府信息情况"]


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (docx("".join(map(p, LINES))), "a.docx"),
        (docx(p('</w:t><w:br/><w:t xml:space="preserve">'.join(LINES))), "a.docx"),
        (rtf(*map(rtf_p, LINES)), "a.rtf"),
        (word97([Piece(f"{line}\r") for line in LINES]), "a.doc"),
        (odt("".join(f"<text:p>{line}</text:p>" for line in LINES)), "a.odt"),
    ],
)
def test_printed_lines_are_joined_to_paragraphs(data, name, monkeypatch):
    monkeypatch.setattr(legacy, "soffice_path", lambda: None)
    blocks = read(data, name).blocks
    assert [block.text for block in blocks if isinstance(block, Paragraph)] == [LINES[0], TEXT, LINES[-1]]
    assert blocks[1].place.paragraph in (1, 2)


def test_paragraphs_of_their_own_stay():
    lines = [f"{each}股室按照职责公开信息，全年公开{n}条，均在期限内完成" for n, each in enumerate("甲乙丙丁", 10)]
    texts = [block.text for block in read(docx("".join(map(p, lines))), "a.docx").blocks]
    assert texts == lines
