"""The directory of an OLE compound file ([MS-CFB]): which streams it holds and how they begin."""

from __future__ import annotations

import struct

_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_END = 0xFFFFFFFA
"""Sector numbers from here on are marks, not sectors."""
_MAX_DIRECTORY = 4096


def is_compound(head: bytes) -> bool:
    """Whether the file starts like an OLE compound file."""
    return head.startswith(_MAGIC)


class CompoundFile:
    """Just enough of the format to tell kinds apart; a damaged file shows no names instead of raising."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._entries: dict[str, tuple[int, int]] = {}
        try:
            self._sector_bytes = 1 << min(struct.unpack_from("<H", data, 30)[0], 16)
            self._read_directory()
        except struct.error:
            pass

    def root_names(self) -> set[str]:
        """Names of the streams right under the root (embedded objects keep theirs deeper)."""
        return set(self._entries)

    def beginning_of(self, name: str, length: int) -> bytes:
        """The first bytes of a stream; empty for small streams, which live elsewhere."""
        start, size = self._entries.get(name, (_END, 0))
        if start >= _END or size < 4096:
            return b""
        offset = (start + 1) * self._sector_bytes
        return self._data[offset : offset + length]

    def _allocation(self) -> list[int]:
        """The sector numbers that hold the allocation table."""
        sectors = [s for s in struct.unpack_from("<109I", self._data, 76) if s < _END]
        following, count = struct.unpack_from("<II", self._data, 68)
        per_sector = self._sector_bytes // 4
        for _ in range(min(count, _MAX_DIRECTORY)):
            if following >= _END:
                break
            *more, following = struct.unpack_from(f"<{per_sector}I", self._data, (following + 1) * self._sector_bytes)
            sectors += [s for s in more if s < _END]
        return sectors

    def _read_directory(self) -> None:
        allocation = self._allocation()
        per_sector = self._sector_bytes // 4
        directory = bytearray()
        sector = struct.unpack_from("<I", self._data, 48)[0]
        for _ in range(_MAX_DIRECTORY):  # a chain that bites its tail ends here
            if sector >= _END:
                break
            offset = (sector + 1) * self._sector_bytes
            directory += self._data[offset : offset + self._sector_bytes]
            table = allocation[sector // per_sector] if sector // per_sector < len(allocation) else _END
            if table >= _END:
                break
            position = (table + 1) * self._sector_bytes + 4 * (sector % per_sector)
            sector = struct.unpack_from("<I", self._data, position)[0]
        self._collect_children(bytes(directory))

    def _collect_children(self, directory: bytes) -> None:
        """Walks the tree of siblings under the root entry."""
        if len(directory) < 128:
            return
        pending = [struct.unpack_from("<I", directory, 76)[0]]
        seen: set[int] = set()
        while pending:
            entry = pending.pop()
            at = entry * 128
            if entry >= _END or entry in seen or at + 128 > len(directory):
                continue
            seen.add(entry)
            length = struct.unpack_from("<H", directory, at + 64)[0]
            name = directory[at : at + max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
            left, right = struct.unpack_from("<II", directory, at + 68)
            start, size = struct.unpack_from("<II", directory, at + 116)
            self._entries[name] = (start, size)
            pending += [left, right]
