"""Web pages, saved alone (`html`) or with all they need in one file (`mht`).

`html_flow` turns the page into lines and tables in reading order, `html_style` tells what is hidden, acts as a table
or is furniture, and `html_page` finds the report in what is left. Tables without a `<table>` are built of boxes
(`html_grids`) or laid out in a CSS grid (`html_css_grids`).
"""
