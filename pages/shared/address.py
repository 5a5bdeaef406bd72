"""Choices kept in the address under their own keys, so that a link means the same in both languages.

Streamlit's binding writes what a widget shows; that serves names, which are the same in both languages. What is
translated (kinds, rules, severities, views) is kept here by key.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st


def restore(key: str, options: Mapping[str, str], default: str | None = None) -> None:
    """Before a widget is drawn: takes its choice from the address, or the default, unless the session has one."""
    asked = st.query_params.get(key)
    held = st.session_state.get(key)
    if held is not None and held not in options:
        st.session_state[key] = default
    elif key not in st.session_state:
        st.session_state[key] = asked if asked in options else default


def keep(key: str, value: str | None, default: str | None = None) -> None:
    """After a widget is drawn: writes its choice into the address; the default is left out."""
    if value is None or value == default:
        st.query_params.pop(key, None)
    elif st.query_params.get(key) != value:
        st.query_params[key] = value


def select(
    label: str, options: Mapping[str, str], key: str, *, placeholder: str, help_text: str | None = None
) -> str | None:
    """A select box of keyed options that may stay empty."""
    restore(key, options)
    chosen: str | None = st.selectbox(
        label,
        list(options),
        index=None,
        key=key,
        placeholder=placeholder,
        format_func=options.__getitem__,
        help=help_text,
    )
    keep(key, chosen)
    return chosen


def choose(label: str, options: Mapping[str, str], key: str, default: str | None = None) -> str:
    """A select box of keyed options of which one is always chosen; the first, or `default`, to begin with."""
    first = default or next(iter(options))
    restore(key, options, first)
    chosen = st.selectbox(label, list(options), key=key, format_func=options.__getitem__, persist_state="session")
    keep(key, chosen, first)
    return chosen or first


def several(label: str, options: Mapping[str, str], key: str, default: Sequence[str]) -> tuple[str, ...]:
    """A box of keyed options of which several are chosen; in the address they stand with commas between them."""
    asked = st.query_params.get(key)
    if key not in st.session_state:
        named = asked.split(",") if asked is not None else default
        st.session_state[key] = [each for each in named if each in options]
    chosen = tuple(
        st.multiselect(label, list(options), key=key, format_func=options.__getitem__, persist_state="session")
    )
    keep(key, ",".join(chosen) if chosen != tuple(default) else None)
    return chosen


def view(label: str, options: Mapping[str, str], key: str) -> str:
    """A row of views of which one is always open; the first to begin with."""
    first = next(iter(options))
    restore(key, options, first)
    chosen = st.segmented_control(
        label, list(options), key=key, format_func=options.__getitem__, required=True, label_visibility="collapsed"
    )
    keep(key, chosen, first)
    return chosen or first
