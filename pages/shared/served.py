"""The addresses beside the pages: files, sent while they are made, and the overview by its name."""

from __future__ import annotations

import streamlit as st
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route


def base() -> str:
    """The folder under which the dashboard is served, such as `/gongkai`; empty at the root."""
    folder = str(st.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{folder}" if folder else ""


def routes() -> list[Route]:
    """All of them, for the server."""
    return [
        Route(f"{base()}/overview", _overview),
        Route(f"{base()}/rows/{{file}}", _rows),
        Route(f"{base()}/tables/{{file}}", _table),
    ]


def _overview(request: Request) -> Response:
    """The first page has no name of its own; who asks for it by the name of its file gets it."""
    return RedirectResponse(f"{base()}/?{request.url.query}".rstrip("?"))


# The queries are loaded with the first request: what they remember wants a running server.


def _rows(request: Request) -> Response:
    from pages.shared import extracts

    return extracts.send_rows(request)


def _table(request: Request) -> Response:
    from pages.shared import extracts

    return extracts.send_table(request)
