"""Scanned pages and photographs: from ink to the `PageLayout` of `loaders.reading.printed`.

In the order of the work: the page is found in the picture (`ocr_margins`), laid flat and level (`ocr_flat`,
`ocr_image`), freed of folds, bands, seals and of what shines through (`ocr_folds`, `ocr_bands`, `ocr_seals`,
`ocr_back`); its ruling lines are found and painted over (`ocr_strokes`, `ocr_rules`, `ocr_walls`); its lines of text
are found (`ocr_lines`, `ocr_gaps`) and recognised (`ocr_engine`); and each figure is read a second time from the ink of
its own cell (`ocr_cells`, `ocr_figures`) and that under the lines it touches (`ocr_hidden`), with what else it may say
(`ocr_readings`), and settled from both readings and the figures beside it (`ocr_settled`, `ocr_dashes`, `ocr_noughts`).
"""
