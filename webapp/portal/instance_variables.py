"""One variable of an instance: what it holds, what it held before and who wrote it, and writing it anew."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine import values
from engine.commands import RemoveVariables, SetVariables
from engine.errors import Conflict, Invalid, NotFound
from engine.queries import InstanceDetail, VariablePast
from engine.queries.instance import InstanceView
from engine.queries.variables import ScopeRow
from webapp.context import execute, query
from webapp.forms.answers import meaning
from webapp.language import _, later
from webapp.toast import say

page = Blueprint("instance_variables", __name__)


def _number(text: str) -> Any:
    try:
        number = Decimal(text)
    except InvalidOperation as error:
        raise ValueError(text) from error
    return int(number) if number == number.to_integral_value() and "." not in text else float(text)


def _truth(text: str) -> bool:
    words = {"yes": True, "true": True, "no": False, "false": False, _("yes"): True, _("no"): False}
    return words[text.lower()]


KINDS: dict[str, tuple[str, Callable[[str], Any]]] = {
    "text": (later("Text"), str),
    "number": (later("Number"), _number),
    "truth": (later("Yes or no"), _truth),
    "date": (later("Date, 2026-05-31"), date.fromisoformat),
    "moment": (later("Date and time, 2026-05-31T14:00"), datetime.fromisoformat),
    "structure": (later("Structure, as JSON"), json.loads),
    "nothing": (later("Nothing"), lambda text: None),
}


def kind_of_value(value: Any) -> str:
    """The kind under which a value is offered for change."""
    for kind, types in (
        ("nothing", type(None)),
        ("truth", bool),
        ("number", (int, float, Decimal)),
        ("moment", datetime),
        ("date", date),
        ("structure", (dict, list)),
    ):
        if isinstance(value, types):
            return kind
    return "text"


def written(value: Any) -> str:
    """A value as it stands in the field, to be read back by the same kind."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False, indent=2, default=str)
    return "" if value is None else value.isoformat() if isinstance(value, date) else str(value)


def _mark(value: Any) -> str:
    """What a value is, short enough for a form; by it one sees that somebody else was faster."""
    return hashlib.sha256(values.encode(value).encode()).hexdigest()[:16]


def _scope(view: InstanceView, number: int | None) -> ScopeRow | None:
    return next((each for each in view.scopes if each.number == number), next(iter(view.scopes), None))


@page.get("/instances/<id>/variable")
def show(id: str) -> str:
    name = request.args.get("name", "")
    view: InstanceView = query(InstanceDetail(id))
    scope = _scope(view, request.args.get("scope", type=int))
    past = query(VariablePast(id, name))
    known = scope is not None and name in scope.variables
    if not known and not past:
        raise NotFound(_("There is no such variable in this instance."))
    value = scope.variables[name] if scope is not None and known else None
    return render_template(
        "instance_variable.html",
        instance=view.instance,
        operates="operate" in view.may,
        name=name,
        scope=scope,
        known=known,
        value=value,
        kind=kind_of_value(value),
        kinds=KINDS,
        written=written(value),
        mark=_mark(value) if known else "",
        past=past,
    )


@page.post("/instances/<id>/variables")
def set_variable(id: str) -> Response:
    """By its name alone it is set where it is found; with a scope, there and only if it is as it was shown."""
    if "operate" not in query(InstanceDetail(id)).may:
        abort(404)
    name, text = request.form.get("name", "").strip(), request.form.get("value", "").strip()
    if not name:
        raise Invalid(_("A variable has a name."), fix=_("Write its name."))
    scope = request.form.get("scope", type=int)
    if scope is None:
        execute(SetVariables(id, {name: meaning(text)}))
    else:
        at, local = _target(id, scope, name)
        if request.form.get("then") == "remove":
            execute(RemoveVariables(at, (name,), local))
            say(_("%(name)s is taken out.", name=name))
            return redirect(url_for("instance.show", id=id), 303)
        execute(SetVariables(at, {name: _read(request.form.get("kind", "text"), text)}, local))
    say(_("%(name)s is set.", name=name))
    return redirect(url_for("instance.show", id=id), 303)


def _read(kind: str, text: str) -> Any:
    if kind not in KINDS:
        raise Invalid(_("There is no such kind of value."))
    try:
        return KINDS[kind][1](text)
    except (ValueError, KeyError, RecursionError) as error:
        raise Invalid(
            _("“%(text)s” is not that kind of value.", text=text[:80]),
            fix=_("Write it as: %(kind)s.", kind=_(KINDS[kind][0])),
        ) from error


def _target(id: str, number: int, name: str) -> tuple[str, bool]:
    """What a command names that scope by, after a look whether the variable is as its writer saw it."""
    view: InstanceView = query(InstanceDetail(id))
    scope = next((each for each in view.scopes if each.number == number), None)
    if scope is None:
        raise NotFound(_("The part that this variable belonged to has ended."))
    mark = request.form.get("mark", "")
    if mark != (_mark(scope.variables[name]) if name in scope.variables else ""):
        raise Conflict(
            _("%(name)s has been changed meanwhile.", name=name), fix=_("Look at it as it is now, then change it.")
        )
    inner = scope.parent is not None and scope.token is not None
    return (f"{view.instance.root_id}-{scope.token}", True) if inner else (id, False)
