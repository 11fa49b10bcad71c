"""What templates may call: dates in words, values as people write them, links to assets, marks for forms."""

from __future__ import annotations

import re
import secrets
from datetime import datetime
from typing import Any

from flask import Flask, request
from markupsafe import Markup, escape

from webapp.assets import asset_url
from webapp.auth.cookies import THEME
from webapp.auth.csrf import csrf_token
from webapp.context import now, profile, visitor
from webapp.counts import unread
from webapp.engine_words import told, told_verdict
from webapp.forms.page import field_check, shown_values
from webapp.language import _, language, languages, later, ngettext
from webapp.locale_formats import exact, marks, size, week_start
from webapp.locale_formats import number as counted
from webapp.names import person, team
from webapp.navigation import navigation
from webapp.permission_words import permission, permitted
from webapp.script_words import script_words
from webapp.spelling import is_address, spelled
from webapp.toast import toast
from webapp.words import ago, since
from webapp.zones import here

# Directions of writing, and what has no width; not the joiners, with which Persian and emoji are written.
DECEPTIVE = dict.fromkeys([0x200B, 0xFEFF, *range(0x202A, 0x202F), *range(0x2060, 0x206A)])


def when(moment: datetime, phrase: str = "") -> Markup:
    """A moment as `3 hours ago`, or in a phrase; the exact one shows on hover, in the reader's own time zone."""
    words = since(moment, now(), phrase) if phrase else ago(moment, now())
    return Markup('<time datetime="{0}" title="{1}">{2}</time>').format(moment.isoformat(), exact(moment), words)


def _text(text: str, /, **values: Any) -> Markup:
    """`_` for templates: the text is ours and may hold tags, what is filled in is anybody's."""
    return _filled(_(text), values)


def _numbered(one: str, many: str, number: int, /, **values: Any) -> Markup:
    # What is filled in first stands for itself, so that it can be escaped with the rest.
    holes = {name: f"%({name})s" for name in values}
    return _filled(ngettext(one, many, number, **{**holes, "number": counted(number)}), values)


def _filled(text: str, values: dict[str, Any]) -> Markup:
    return Markup(text) % {name: readable(value) for name, value in values.items()} if values else Markup(text)


class Exact(str):
    """A text that comes back with a form, so that not one character may be missing."""


def readable(value: Any) -> Any:
    """What a template shows, without the invisible characters that make a name read as another one."""
    # Markup is what came of this already.
    if isinstance(value, str) and not value.isascii() and not isinstance(value, Exact | Markup):
        return value.translate(DECEPTIVE)
    return value


def mentions(text: str) -> Markup:
    """A comment, in which who is named stands out."""
    parts = re.split(r"((?<![\w@.])@\w[\w.\-]*)", readable(text))
    return Markup("").join(
        Markup('<span class="mention">{}</span>').format(part) if index % 2 else escape(part)
        for index, part in enumerate(parts)
    )


def breakable(name: str) -> Markup:
    """A name that a program gave, which a narrow column breaks between its words."""
    words = re.split(r"(?<=[_.\-/])|(?<=[a-z])(?=[A-Z])", readable(name))
    return Markup("<wbr>").join(escape(word) for word in words)


def teach_templates(app: Flask) -> None:
    app.jinja_env.globals.update(
        _=_text,
        ngettext=_numbered,
        later=later,
        language=language,
        languages=languages,
        counted=counted,
        size=size,
        told=told,
        told_verdict=told_verdict,
        asset=asset_url,
        csrf_token=csrf_token,
        field_check=field_check,
        here=here,
        navigation=navigation,
        new_key=lambda: secrets.token_urlsafe(16),
        now=now,
        number_marks=marks,
        permission=permission,
        person=person,
        script_words=script_words,
        unread=unread,
        shown_values=shown_values,
        spelled=spelled,
        is_address=is_address,
        toast=toast,
        week_start=week_start,
        when=when,
    )
    app.jinja_env.filters["breakable"] = breakable
    app.jinja_env.filters["exact"] = Exact
    app.jinja_env.filters["permitted"] = permitted
    app.jinja_env.filters["mentions"] = mentions
    app.jinja_env.filters["team"] = team
    app.jinja_env.finalize = readable
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True

    @app.context_processor
    def reader() -> dict[str, Any]:
        return {
            "visitor": visitor(),
            "theme": profile().theme or request.cookies.get(THEME, ""),
            "zone": profile().zone,
        }
