"""Permissions by short words of the reader's language, where a line has room for no more."""

from __future__ import annotations

from collections.abc import Iterable

from webapp.language import _, later

WORDS = {
    "read": later("look"),
    "start": later("start processes"),
    "work": later("do tasks"),
    "see": later("see all cases"),
    "deploy": later("deploy models"),
    "operate": later("mend"),
    "serve": later("fetch jobs"),
    "administer": later("administer"),
}


def permission(name: str) -> str:
    return _(WORDS[name]) if name in WORDS else name


def permitted(names: Iterable[str]) -> str:
    return ", ".join(permission(name) for name in names)
