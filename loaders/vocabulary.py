"""The closed lists that tables draw on, apart from the tables so that a start-up need not load their library."""

from __future__ import annotations

from typing import Literal, get_args

IssuerKind = Literal["government", "office", "department", "township", "subdistrict", "zone", "other"]
ISSUER_KINDS: tuple[str, ...] = get_args(IssuerKind)

EditionName = Literal["2019", "2021", "legacy", "none"]
EDITIONS: tuple[str, ...] = get_args(EditionName)

FailureReason = Literal[
    "empty",
    "encrypted",
    "damaged",
    "unsupported",
    "needs-package",
    "too-large",
    "time-limit",
    "not-a-report",
    "internal",
]
FAILURE_REASONS: tuple[str, ...] = get_args(FailureReason)

SEVERITIES = ("error", "warning", "notice")
STATUSES = ("passed", "failed", "not-applicable", "unsure")

FORM_TABLES = ("publication", "applications", "litigation")

DOUBTFUL_BELOW = 0.8
"""A figure read with less confidence than this is doubtful: findings that rest on it are notices."""

TABLE_NAMES = ("reports", "cells", "sections", "claims", "flags", "checks", "failures", "issuers")
"""The public tables, in the order in which the documentation presents them."""
