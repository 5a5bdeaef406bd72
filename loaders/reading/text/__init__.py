"""Plain text and Markdown, as people and converters save it from all the other kinds.

`plain` asks one after the other what layout survived, the surest first: rules drawn between rows (`drawn_tables`),
notations of their own (`wiki`, `org`), a cell a line (`cell_a_line`, `blank_lines`), cells between tabs, bars or runs
of spaces (`spaced_columns`, `evenly_spaced`, `separated`). What a converter broke is mended before or after: line
ends (`wrapped`, `run_on`, `breaks`, `broken_rows`), marks (`converter_marks`, `heading_marks`), cells
(`merged_columns`, `repeated_cells`, `lone_units`). Where no layout survived, the order of the figures is left, and
`loaders.form` says by it what it is sure of.
"""
