"""Tables on pages without lines between their columns, known from how their figures and words stand.

`tables` finds where one stands, `columns` its columns (`figure_columns`; those with one row by the words of its
header, `header_columns`), and `row_labels` which label each row has. Figures that are broken in narrow columns are
joined as far as sums allow (`torn_rows`, `rows_by_sums`, `settling`).
"""
