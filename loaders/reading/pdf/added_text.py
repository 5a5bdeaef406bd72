"""What was written onto a finished page: form fields that were filled in, and text typed over it."""

from __future__ import annotations

from loaders.reading.pdf.pdfium import raw

_HOLD_TEXT = (raw.FPDF_ANNOT_WIDGET, raw.FPDF_ANNOT_FREETEXT)


def is_on(page: raw.FPDF_PAGE) -> bool:
    """Whether a page has annotations that show text; links, which are common, do not."""
    return any(_kind(page, number) in _HOLD_TEXT for number in range(raw.FPDFPage_GetAnnotCount(page)))


def _kind(page: raw.FPDF_PAGE, number: int) -> int:
    annotation = raw.FPDFPage_GetAnnot(page, number)
    try:
        return int(raw.FPDFAnnot_GetSubtype(annotation))
    finally:
        raw.FPDFPage_CloseAnnot(annotation)


def make_part_of(page: raw.FPDF_PAGE) -> None:
    """Let the annotations of a page be part of its content from the next time that it is loaded."""
    raw.FPDFPage_Flatten(page, raw.FLAT_NORMALDISPLAY)
