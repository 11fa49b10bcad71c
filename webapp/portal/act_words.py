"""What was done to the installation, in words: the act, what it was done to by its name, and what more is known."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from engine.errors import NotFound
from engine.permissions import role_of
from engine.queries import DefinitionDetail
from engine.queries.acts import ActRow
from engine.queries.definitions import DefinitionRow
from webapp.context import query
from webapp.definitions import model_of
from webapp.language import _, later
from webapp.names import person, team
from webapp.permission_words import permitted
from webapp.portal.people import ROLE_WORDS

Latest = Callable[[str], DefinitionRow | None]

WORDS = {
    "bind": later("bound a step of"),
    "change-password": later("changed the password of"),
    "create-group": later("made the group"),
    "create-token": later("made an API token for"),
    "create-user": later("made the user"),
    "create-webhook": later("made the webhook"),
    "delete": later("deleted a version of"),
    "drop-webhook-secret": later("ended the old secret of the webhook"),
    "delete-group": later("took away the group"),
    "delete-user": later("took away the user"),
    "delete-webhook": later("took away the webhook"),
    "deploy": later("deployed"),
    "grant": later("granted a part in"),
    "join": later("added to the group"),
    "leave": later("removed from the group"),
    "renew-webhook-secret": later("renewed the secret of the webhook"),
    "reset-password": later("reset the password of"),
    "revoke-grant": later("took back a part in"),
    "revoke-token": later("revoked an API token of"),
    "set-group": later("changed the group"),
    "set-state": later("suspended or activated"),
    "set-webhook": later("changed the webhook"),
    "set-user": later("changed the user"),
    "unbind": later("took away a binding of"),
}
OF_PROCESSES = frozenset({"bind", "delete", "deploy", "grant", "revoke-grant", "set-state", "unbind"})
OF_GROUPS = frozenset({"create-group", "delete-group", "join", "leave", "set-group"})
OF_STEPS = ("bind", "unbind")
DETAILS = {
    "active": later("may sign in"),
    "deployment": later("deployment"),
    "email": later("e-mail"),
    "file": later("file"),
    "grant": later("part"),
    "groups": later("groups"),
    "kind": later("kind"),
    "kinds": later("events"),
    "name": later("name"),
    "permissions": later("may"),
    "state": later("state"),
    "target": later("done by"),
    "to": later("for"),
    "token": later("token"),
    "url": later("address"),
    "user": later("user"),
    "version": later("version"),
}
VALUES = {
    "active": later("active"),
    "suspended": later("suspended"),
    "user": later("a user"),
    "group": later("a group"),
    "all": later("everybody"),
    "person": later("a person"),
    "python": later("A Python function"),
    "http": later("A web address"),
    "external": later("A worker that fetches jobs"),
    "start": later("may start it"),
    "see": later("sees all its cases"),
    "work": later("may do any of its tasks"),
    "operate": later("mends it: incidents, variables, cancel, assign"),
}


@dataclass(frozen=True, slots=True)
class ActLine:
    row: ActRow
    words: str
    subject: str
    details: str


def lines_of(rows: Iterable[ActRow]) -> list[ActLine]:
    # A page names the same few processes over and over.
    latest = cache(_latest)
    return [_line(row, latest) for row in rows]


def _line(row: ActRow, latest: Latest) -> ActLine:
    subject = _subject(row, latest)
    said = [f"{_(DETAILS[name]) if name in DETAILS else name}: {value}" for name, value in _details(row, latest)]
    if subject != row.subject:
        said.append(_("id: %(id)s", id=row.subject))
    return ActLine(row, _(WORDS[row.act]) if row.act in WORDS else row.act, subject, " · ".join(said))


def _subject(row: ActRow, latest: Latest) -> str:
    """What a person calls it; what is not there any more goes by its id."""
    if row.act in OF_PROCESSES:
        definition = latest(row.subject)
        return (definition.name if definition else None) or row.subject
    if row.act in OF_GROUPS:
        return team(row.subject)
    return row.subject if row.act.endswith(("webhook", "webhook-secret")) else person(row.subject)


def _details(row: ActRow, latest: Latest) -> Iterator[tuple[str, str]]:
    for name, value in row.data.items():
        if value in (None, "", [], ()):
            continue
        if name == "permissions":
            yield name, _permissions(value)
        elif name == "to":
            yield name, _step(latest(row.subject), str(value)) if row.act in OF_STEPS else _of(row.data, str(value))
        elif isinstance(value, bool):
            yield name, _("yes") if value else _("no")
        elif isinstance(value, list):
            yield name, ", ".join(map(str, value))
        else:
            known = name in ("grant", "kind", "state") and value in VALUES
            yield name, _(VALUES[value]) if known else str(value)


def _permissions(names: list[str]) -> str:
    role = role_of(tuple(names))
    if role is not None:
        return _(ROLE_WORDS[role])
    return permitted(names)


def _of(data: dict[str, Any], subject: str) -> str:
    return {"user": person, "group": team}.get(str(data.get("kind")), str)(subject)


def _step(definition: DefinitionRow | None, element_id: str) -> str:
    """The step's name in the latest version, where it is still in it."""
    model = model_of(definition.id) if definition else None
    return model.name(element_id) if model and model.element(element_id) is not None else element_id


def _latest(key: str) -> DefinitionRow | None:
    try:
        found: DefinitionRow = query(DefinitionDetail(key=key))
    except NotFound:
        return None
    return found
