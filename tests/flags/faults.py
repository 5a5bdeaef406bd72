"""Faults to plant into sound reports, rule by rule, with what they rightly raise besides."""

from __future__ import annotations

from tests.flags import faults_of_figures, faults_of_text
from tests.flags.planting import FAULTS, Corpus

__all__ = ["FAULTS", "Corpus", "faults_of_figures", "faults_of_text"]
