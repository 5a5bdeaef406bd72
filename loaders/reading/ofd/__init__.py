"""OFD (GB/T 33190-2016), the layout format of China's official documents: what stands where on its pages.

`container` finds pages, templates and pictures in the file, `page_objects` what is written and drawn on a page, and
`reader` makes the document of them, as for PDF.
"""
