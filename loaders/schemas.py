"""The public tables, column by column: what `export` writes and what rules and pages read."""

from __future__ import annotations

import dataframely as dy
import polars as pl

from loaders.vocabulary import (
    EDITIONS,
    FAILURE_REASONS,
    ISSUER_KINDS,
    SEVERITIES,
    STATUSES,
    EditionName,
    FailureReason,
    IssuerKind,
)

__all__ = [
    "EDITIONS",
    "FAILURE_REASONS",
    "ISSUER_KINDS",
    "PUBLIC_TABLES",
    "SEVERITIES",
    "STATUSES",
    "EditionName",
    "FailureReason",
    "IssuerKind",
    "empty_table",
]


class Reports(dy.Schema):
    """A row a report."""

    report_id = dy.String(primary_key=True, description="from the content of the file")
    path = dy.String(nullable=False, description="relative to the ingested root, `/` separators")
    source_url = dy.String(nullable=True)
    format = dy.String(nullable=False)
    bytes = dy.Int64(nullable=False, min=0)
    title = dy.String(nullable=True)
    issuer = dy.String(nullable=True)
    issuer_id = dy.String(nullable=True, description="stable over renamings; key of `issuers`; null for namesakes")
    issuer_kind = dy.Enum(ISSUER_KINDS, nullable=False)
    field_of_work = dy.String(nullable=True, description="field of work, so that peers can be compared")
    region_code = dy.String(nullable=True, regex=r"^\d{6}$", description="GB/T 2260, the deepest known")
    province = dy.String(nullable=True)
    prefecture = dy.String(nullable=True)
    county = dy.String(nullable=True)
    township = dy.String(nullable=True)
    year = dy.Int32(nullable=True, min=2000, max=2100, description="reporting year")
    edition = dy.Enum(EDITIONS, nullable=False)
    published_on = dy.Date(nullable=True)
    confidence = dy.Float64(nullable=False, min=0, max=1)
    warnings = dy.List(dy.String(), nullable=False)


class Cells(dy.Schema):
    """A row a figure of the form."""

    report_id = dy.String(primary_key=True)
    path = dy.String(nullable=False)
    table = dy.String(primary_key=True)
    row = dy.String(primary_key=True)
    column = dy.String(primary_key=True)
    value = dy.Float64(nullable=True)
    raw = dy.String(nullable=True)
    confidence = dy.Float64(nullable=False, min=0, max=1)
    where = dy.String(nullable=True, description="JSON: where the figure stands in the original")


class Sections(dy.Schema):
    """A row a numbered section."""

    report_id = dy.String(nullable=False)
    path = dy.String(nullable=False)
    section = dy.Int32(nullable=False, min=0, max=6)
    heading = dy.String(nullable=True)
    text = dy.String(nullable=False)


class Claims(dy.Schema):
    """A row a number that the narrative states about something the tables hold too."""

    report_id = dy.String(nullable=False)
    path = dy.String(nullable=False)
    about = dy.String(nullable=False)
    value = dy.Float64(nullable=False)
    quote = dy.String(nullable=False)
    section = dy.Int32(nullable=False)
    start = dy.Int64(nullable=False, min=0)
    end = dy.Int64(nullable=False, min=0)
    exact = dy.Bool(nullable=False)
    period = dy.String(nullable=False)


class Flags(dy.Schema):
    """A row a finding."""

    report_id = dy.String(nullable=True)
    path = dy.String(nullable=True)
    rule = dy.String(nullable=False)
    severity = dy.Enum(SEVERITIES, nullable=False)
    message = dy.String(nullable=False, description="one Chinese sentence a supervisor can send on")
    message_en = dy.String(nullable=False)
    evidence = dy.String(nullable=False, description="JSON: cell keys, values, quotes with positions, report ids")
    score = dy.Float64(nullable=True, min=0, max=1)
    rule_version = dy.Int32(nullable=False)
    program_version = dy.String(nullable=False)
    content_hash = dy.String(nullable=True)


class Checks(dy.Schema):
    """A row a report and rule."""

    report_id = dy.String(nullable=False)
    path = dy.String(nullable=False)
    rule = dy.String(nullable=False)
    status = dy.Enum(STATUSES, nullable=False)
    reason = dy.String(nullable=True)
    left = dy.String(nullable=True)
    right = dy.String(nullable=True)
    formula = dy.String(nullable=True)
    rule_version = dy.Int32(nullable=False)
    program_version = dy.String(nullable=False)
    content_hash = dy.String(nullable=True)


class Failures(dy.Schema):
    """A row a file that gave no report."""

    path = dy.String(nullable=False)
    reason = dy.Enum(FAILURE_REASONS, nullable=False)
    message = dy.String(nullable=False)


class Issuers(dy.Schema):
    """A row an issuer, one identity through renamings."""

    issuer_id = dy.String(primary_key=True)
    issuer = dy.String(nullable=False, description="the latest name")
    names = dy.List(dy.String(), nullable=False)
    issuer_kind = dy.Enum(ISSUER_KINDS, nullable=False)
    field_of_work = dy.String(nullable=True)
    region_code = dy.String(nullable=True)
    province = dy.String(nullable=True)
    prefecture = dy.String(nullable=True)
    county = dy.String(nullable=True)
    years = dy.List(dy.Int32(), nullable=False)


PUBLIC_TABLES: dict[str, type[dy.Schema]] = {
    "reports": Reports,
    "cells": Cells,
    "sections": Sections,
    "claims": Claims,
    "flags": Flags,
    "checks": Checks,
    "failures": Failures,
    "issuers": Issuers,
}


def empty_table(name: str) -> pl.DataFrame:
    """An empty frame with the columns of the public table `name`."""
    return PUBLIC_TABLES[name].create_empty()
