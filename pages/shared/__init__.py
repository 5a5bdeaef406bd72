"""What the pages share: filters, queries, charts, downloads and words in two languages, one home each."""
