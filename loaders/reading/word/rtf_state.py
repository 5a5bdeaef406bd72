"""What is open while a file in Rich Text Format is read: a group, the shape of a row, a picture."""

from __future__ import annotations

from dataclasses import dataclass, field

from loaders.reading.word.word97 import RowShape


@dataclass(slots=True)
class State:
    """What holds to the end of the group. `destination` says what becomes of its text."""

    destination: str = "text"
    codec: str = ""
    fallbacks: int = 1
    hidden: bool = False
    struck: bool = False
    raised: bool = False
    in_table: bool = False
    depth: int = 0
    listed: bool = False


@dataclass(slots=True)
class OpenShape:
    """The shape of a row as far as it was told."""

    shape: RowShape = field(default_factory=lambda: RowShape([0]))
    covered: bool = False
    goes_on: bool = False

    def end_cell(self, edge: int) -> None:
        """Adds a cell that ends at this edge."""
        self.shape.edges.append(edge)
        self.shape.covered.append(self.covered)
        self.shape.goes_on.append(self.goes_on)
        self.covered = self.goes_on = False


@dataclass(slots=True)
class OpenPicture:
    """A picture as far as it was read; width and height in points."""

    width: float = 0.0
    height: float = 0.0
    digits: list[bytes] = field(default_factory=list)
    binary: bytes = b""

    def data(self) -> bytes:
        """The picture itself, which is written as hexadecimal digits or as it is."""
        digits = b"".join(self.digits).translate(None, b" \t\r\n")
        try:
            return self.binary or bytes.fromhex(digits[: len(digits) // 2 * 2].decode())
        except ValueError:
            return b""
