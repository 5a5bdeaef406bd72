"""Regular expressions that are compiled when they are first used.

Python compiles them in Python, and needs a millisecond or two for a set that holds all Chinese characters: a third of a
second for all patterns of the program, of which one file needs less than half.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import AnyStr, Generic, cast


class _Pattern(Generic[AnyStr]):
    """Stands for a pattern until it is used; from then on its methods are those of the compiled pattern itself."""

    def __init__(self, pattern: AnyStr, flags: int) -> None:
        self.pattern: AnyStr = pattern
        self._flags = flags

    def __getattr__(self, name: str) -> Callable[..., object]:
        """Called once for each method in use: what it returns is found on the object from then on."""
        found: Callable[..., object] = getattr(re.compile(self.pattern, self._flags), name)
        setattr(self, name, found)
        return found


def pattern_of(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """As `re.compile`, but an error in the pattern shows when it is first used."""
    return cast("re.Pattern[AnyStr]", _Pattern(pattern, flags))
