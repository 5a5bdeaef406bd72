"""Word and its kin (`.docx`, `.odt`, `.rtf`, `.doc`, `.wps`), each from its own format and without an office program.

All of them end in the same blocks: `docx` and `odt` come from XML; `rtf` and `doc` are one stream of paragraphs of
which `word_blocks` makes tables. `numbering` writes out what Word counts by itself, and `typed` finds the tables that
somebody typed as paragraphs.

`docx` has two ways. A plain file is read as `docx_pieces` (texts and the markup between them; most reports, in a
third of the time); what that way does not know, such as boxes, fields and tables in tables, is read as a tree of
elements. A test holds both to the same document.
"""
