"""Web pages saved whole, as browsers and Word do: one file of many parts."""

from __future__ import annotations

import base64
import quopri
import random

from loaders.demo.page import Page
from tests.generator.html_layouts import LAYOUTS
from tests.generator.pictures import blank_picture

NAMES = ("word_export", "wps_export", "ueditor", "div_soup", "layout_tables")


def write_mht(rng: random.Random, page: Page, layout: str) -> bytes:
    """The page as an MHTML file, quoted-printable or base64, with a picture as second part."""
    charset = rng.choice(("utf-8", "gb2312"))
    html = LAYOUTS[layout][0](rng, page).replace("{charset}", charset)
    data = html.encode("gb18030" if charset == "gb2312" else charset)
    coding = rng.choice(("quoted-printable", "base64"))
    body = quopri.encodestring(data) if coding == "quoted-printable" else base64.encodebytes(data)
    mark = "----=_NextPart_01DA4A5B.7D3C2E10"
    head = (
        f"From: <Saved by Blink>\r\nSubject: report\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n"
        f'\ttype="text/html";\r\n\tboundary="{mark}"\r\n\r\n\r\n--{mark}\r\nContent-Type: text/html; '
        f'charset="{charset}"\r\nContent-Transfer-Encoding: {coding}\r\nContent-Location: {page.address}\r\n\r\n'
    )
    picture = (
        f"\r\n--{mark}\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n"
        f"Content-Location: {page.address}/blank.png\r\n\r\n"
        f"{base64.encodebytes(blank_picture()).decode()}\r\n--{mark}--\r\n"
    )
    return head.encode() + body + picture.encode()
