"""Pages of PDF files and scans, of which only is known what stands where: `PageLayout` becomes a `Document`.

`assemble` leads. Ruling lines make `grids`, whose cells take up the runs of characters (`tables`); painted areas
(`tiles`) and lines around the labels alone (`open_cells`) make them too. What stands outside is `lines`: those that
every page repeats are set apart, the form's tables without lines are found by the form's words
(`loaders.reading.form_words`) and others by their columns (`loaders.reading.unruled`), the rest are `paragraphs`.
Tables that run over a page's end are joined again (`joining`).
"""
