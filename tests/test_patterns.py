"""Patterns compiled at their first use: the same matches as `re`, and none with a fault that would show only then."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator

import flags
import loaders
from loaders.patterns import pattern_of


def test_matches_as_the_compiled_pattern() -> None:
    lazy, compiled = pattern_of(r"(\d+)件", re.IGNORECASE), re.compile(r"(\d+)件", re.IGNORECASE)
    text = "收到12件，办结7件"
    for _ in range(2):  # the first use and those after it
        assert lazy.findall(text) == compiled.findall(text)
        assert [m.span() for m in lazy.finditer(text)] == [m.span() for m in compiled.finditer(text)]
        assert lazy.sub("N件", text) == compiled.sub("N件", text)
    assert (lazy.pattern, lazy.flags) == (compiled.pattern, compiled.flags)


def test_bytes_match_bytes() -> None:
    assert pattern_of(rb"<\?xml").match(b"<?xml version='1.0'?>")


def test_every_pattern_of_the_program_compiles() -> None:
    compiled = [pattern.flags for pattern in _patterns()]  # raises re.error at the first that does not
    assert len(compiled) > 400


def _patterns() -> Iterator[re.Pattern[str]]:
    kind = type(pattern_of(""))
    for package in (loaders, flags):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not module.name.endswith("__main__"):
                for value in vars(importlib.import_module(module.name)).values():
                    for each in value if isinstance(value, tuple) else (value,):
                        if isinstance(each, kind):
                            yield each  # type: ignore[misc]  # it stands for one
