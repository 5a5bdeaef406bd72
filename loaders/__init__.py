"""A corpus of reports on government information disclosure becomes Polars frames."""

__version__ = "0.2.0"
