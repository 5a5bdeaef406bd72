"""The addresses beside the pages: files, sent while they are made."""

from __future__ import annotations

import streamlit as st
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route


def base() -> str:
    """The folder under which the dashboard is served, such as `/gongkai`; empty at the root."""
    folder = str(st.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{folder}" if folder else ""


def routes() -> list[Route]:
    """The addresses of all files, for the server."""
    return [Route(f"{base()}/rows/{{file}}", _rows), Route(f"{base()}/tables/{{file}}", _table)]


# The queries are loaded with the first request: what they remember wants a running server.


def _rows(request: Request) -> Response:
    from pages.shared import extracts

    return extracts.send_rows(request)


def _table(request: Request) -> Response:
    from pages.shared import extracts

    return extracts.send_table(request)
