"""Web archives (MHTML): the page inside the mail message that browsers and Word write."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from email import message_from_bytes, policy
from email.message import Message

from loaders.document import Document, ReadingError
from loaders.reading.web.html import read_html
from loaders.reading.web.html_pictures import Pictures

_MAX_PARTS = 5000


def read_mht(data: bytes) -> Document:
    """The Document in the first page of a web archive, or in its largest frame where the first page has no table."""
    message = message_from_bytes(data.lstrip(b"\xef\xbb\xbf \t\r\n"), policy=policy.compat32)
    pages = _pages(message)
    if not pages:
        raise ReadingError("damaged", "网页归档（MHT）中没有网页")
    page = _main_page(pages)
    location = str(page.get("Content-Location") or message.get("Snapshot-Content-Location") or "")  # or a Header
    url = location if location.startswith(("http://", "https://")) else ""
    document = read_html(_content(page), page.get_content_charset(), url, Pictures(_Parts(message), location))
    document.format = "mht"
    for header, name in (("Subject", "subject"), ("Date", "saved")):
        if message.get(header):
            document.metadata.setdefault(name, str(message[header]))
    return document


class _Parts(Mapping[str, bytes]):
    """The pictures of an archive by their address, or by `cid:` and the name that stands for one."""

    def __init__(self, message: Message) -> None:
        self._parts: dict[str, Message] = {}
        for part in message.walk():
            if part.get_content_maintype() == "image" and len(self._parts) < _MAX_PARTS:
                name = str(part.get("Content-ID") or "").strip().strip("<>")
                for address in (part.get("Content-Location"), name and f"cid:{name}"):
                    if address:
                        self._parts[str(address).strip()] = part

    def __getitem__(self, address: str) -> bytes:
        return _content(self._parts[address])

    def __iter__(self) -> Iterator[str]:
        return iter(self._parts)

    def __len__(self) -> int:
        return len(self._parts)


def _pages(message: Message) -> list[Message]:
    found = []
    for number, part in enumerate(message.walk()):
        if number > _MAX_PARTS:
            break
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            found.append(part)
    return found


def _main_page(pages: list[Message]) -> Message:
    first = _content(pages[0]).lower()
    if len(pages) > 1 and (b"<frameset" in first or b"<table" not in first):
        fullest = max(pages, key=lambda page: (_content(page).lower().count(b"<td"), len(_content(page))))
        return fullest if b"<frameset" in first or len(_content(fullest)) > len(first) else pages[0]
    return pages[0]


def _content(part: Message) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""
