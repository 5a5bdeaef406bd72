"""What the command line says, in English and Chinese; the language follows the system's."""

from __future__ import annotations

import os
from functools import cache

from loaders.words import of_commands, of_messages

WORDS: dict[str, tuple[str, str]] = {**of_commands.WORDS, **of_messages.WORDS}
"""Key to (English, Chinese)."""


class UserError(Exception):
    """Something that the user can mend; the message is one sentence that says what and how."""


@cache
def language() -> str:
    """`zh` where the system's messages are Chinese, else `en`."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return "zh" if value.lower().startswith("zh") else "en"
    return "en"


def say(key: str, **values: object) -> str:
    """The text `key` in the language of the system, with `values` filled in."""
    text = WORDS[key][1 if language() == "zh" else 0]
    return text.format(**values) if values else text


def say_failure(reason: str, message: str) -> str:
    """Why a file gave no report: the reader's own message, which is Chinese, or what its reason means in English."""
    return message if language() == "zh" else of_messages.FAILURES[reason]
