"""The five real reports beside the project, for tests that read them in place."""

import json
import os
from dataclasses import dataclass
from pathlib import Path

import pytest

REAL_DIR = Path(__file__).resolve().parents[2] / "shared" / "real"
ABSENT = "the real reports are not here: tests on them need ../shared/real beside the project"


@dataclass(frozen=True)
class Truth:
    """What a real report says, as people read it."""

    issuer: str
    region_code: str
    year: int
    published_on: str | None
    edition: str
    not_zero: dict
    blank: list


def truths() -> dict[str, Truth]:
    """File name to truth; empty where the reports are absent, an error where they must be there."""
    path = REAL_DIR / "truth.json"
    if not path.exists():
        if os.environ.get("CI"):
            raise FileNotFoundError(ABSENT)
        return {}
    reports = json.loads(path.read_text(encoding="utf-8"))["reports"]
    return {name: Truth(**truth) for name, truth in reports.items()}


needs_real_reports = pytest.mark.skipif(not truths(), reason=ABSENT)
