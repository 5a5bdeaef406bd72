"""The form's own tables on pages without lines, found by the words that the form has for its rows and columns.

What a label says is known beforehand, so it is found however its lines are broken and however close its neighbours
stand (`printed_words`). `form_rows` are the rows found so, with the figures beside them; `form_columns` tell which
figure stands in which column; `form_litigation` is the row of fifteen figures below its header. Tables that this
leaves, since too few of their words are legible, fall to `loaders.reading.unruled`.
"""
