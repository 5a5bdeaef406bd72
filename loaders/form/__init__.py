"""The statutory form: its editions as data, and the alignment that fills them from a document."""
