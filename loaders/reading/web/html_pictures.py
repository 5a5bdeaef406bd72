"""Pictures of web pages whose data are at hand: written into the page, or kept beside it in a web archive."""

from __future__ import annotations

import binascii
from collections.abc import Mapping
from urllib.parse import unquote_to_bytes, urljoin

from loaders.document import Document, Picture
from loaders.reading.pictured import read_pictures


class Pictures:
    """The pictures that stand in a file beside its page: what gives their data, by address, and the page's address."""

    def __init__(self, parts: Mapping[str, bytes] | None = None, page: str = "") -> None:
        self._parts = parts or {}
        self._page = page

    def read(self, document: Document) -> None:
        """Put what stands in pictures in their place, if the page without them lacks a table of the form."""
        found = [block for block in document.blocks if isinstance(block, Picture) and block.source]
        for picture in found:
            if not self._is_at_hand(picture.source):
                picture.source = ""
        if any(picture.source for picture in found):
            read_pictures(document, self._data)

    def _is_at_hand(self, source: str) -> bool:
        return source.startswith("data:") or self._address(source) in self._parts

    def _address(self, source: str) -> str:
        """Under which the archive keeps it: as written, or seen from the page."""
        try:
            return source if source in self._parts else urljoin(self._page, source)
        except ValueError:  # no address at all
            return source

    def _data(self, source: str) -> bytes | None:
        if not source.startswith("data:"):
            return self._parts.get(self._address(source))
        kind, _, written = source.partition(",")
        data = unquote_to_bytes(written)
        if not kind.lower().rstrip().endswith(";base64"):
            return data
        try:
            return binascii.a2b_base64(data)
        except binascii.Error:
            return None
