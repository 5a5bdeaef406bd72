"""The six sections of a report: where each begins, what its heading says, and its text without tables."""

from loaders.sections.headings import HEADINGS, heading_is_altered
from loaders.sections.narrative import narrative_lines
from loaders.sections.splitting import split_sections

__all__ = ["HEADINGS", "heading_is_altered", "narrative_lines", "split_sections"]
