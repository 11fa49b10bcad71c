"""The reader's language: catalogues, whose keys are the English texts in the code, and which of them is asked for."""

from __future__ import annotations

from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from babel import Locale
from babel.core import UnknownLocaleError
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from flask import g, has_request_context, request

from engine.errors import Invalid
from webapp.auth.cookies import LANGUAGE
from webapp.context import profile

TRANSLATIONS = Path(__file__).parent / "translations"
ENGLISH = "en"


@cache
def languages() -> dict[str, str]:
    """Each language that there is by its code, called as its readers call it."""
    codes = [ENGLISH, *sorted(path.parent.parent.name for path in TRANSLATIONS.glob("*/LC_MESSAGES/messages.po"))]
    return {code: (Locale.parse(code).display_name or code).capitalize() for code in codes}


def check_language(code: str | None) -> None:
    """Raises Invalid for one that the portal does not speak; none is as the browser says."""
    if code and code not in languages():
        raise Invalid(f"There is no language {code[:50]}.", fix=f"Use one of {', '.join(languages())}.")


@cache
def catalogue(code: str) -> NullTranslations:
    """The texts of a language; a text that it lacks stays English."""
    if code == ENGLISH:
        return NullTranslations()
    compiled = BytesIO()
    with (TRANSLATIONS / code / "LC_MESSAGES" / "messages.po").open("rb") as file:
        write_mo(compiled, read_po(file, locale=code))
    compiled.seek(0)
    return GNUTranslations(compiled)


@cache
def engine_sentences(code: str) -> dict[str, str]:
    """The engine's sentences in a language, with their values as `%(name)s`; without any that it lacks."""
    path = TRANSLATIONS / code / "LC_MESSAGES" / "engine.po"
    if not path.exists():
        return {}
    with path.open("rb") as file:
        found = read_po(file, locale=code)
    return {str(each.id): str(each.string) for each in found if each.id and each.string}


def language() -> str:
    """What the profile says, else what was chosen in this browser, else what the browser asks for, else English."""
    if not has_request_context():
        return ENGLISH
    if "language" not in g:
        g.language = _chosen()
    return str(g.language)


def _chosen() -> str:
    for wish in (profile().language, request.cookies.get(LANGUAGE)):
        if wish in languages():
            return str(wish)
    # English first: where two are asked for alike, it is the one that is whole by definition.
    return request.accept_languages.best_match(list(languages())) or ENGLISH


def locale() -> Locale:
    """How the reader writes dates and numbers: their language, with the country where the browser names one."""
    if not has_request_context():
        return Locale.parse(ENGLISH)
    if "locale" not in g:
        g.locale = _locale(language(), next(iter(request.accept_languages.values()), ""))
    found: Locale = g.locale
    return found


@cache
def _plain(code: str) -> Locale:
    return Locale.parse(code)


def _locale(code: str, first: str) -> Locale:
    # The first wish is the browser's to say and may be anything.
    if first[:20].replace("_", "-").split("-")[0].lower() != code:
        return _plain(code)
    try:
        return Locale.parse(first[:20].replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return _plain(code)


def _(text: str, /, **values: object) -> str:
    """The text in the reader's language, with `%(name)s` filled in."""
    found = catalogue(language()).gettext(text)
    return found % values if values else found


def ngettext(one: str, many: str, number: int, /, **values: object) -> str:
    """The form of the text that goes with the number, which it may show as `%(number)s`."""
    return catalogue(language()).ngettext(one, many, number) % {"number": number, **values}


def later(text: str) -> str:
    """Marks a text for the catalogue where no reader is known yet; whoever shows it says `_(...)`."""
    return text
