"""PDF files through PDFium: from objects of a page to the `PageLayout` of `loaders.reading.printed`.

`runs` are characters with their boxes, `ruling_lines` the lines and pictures; `scanned_pages` are handed to
`loaders.reading.scan`, and come back as the same `PageLayout`.
"""
