"""What a task is about, in a line: the business key and the values of the columns that its process chooses."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from bpmn.dialects import execution
from bpmn.model import Process, UserTask
from bpmn.model.execution import Form
from engine.queries import TaskSubjects
from engine.queries.user_tasks import TaskRow
from webapp.context import query
from webapp.definitions import model_of
from webapp.models import Model
from webapp.spelling import spelled

PROPERTY = "columns"
MOST = 3
LONGEST = 60
Column = tuple[str, str]


def columns_of(model: Model | None, process_id: str) -> tuple[Column, ...]:
    """The columns of a process, each a variable's name and the unit behind its value.

    A property `columns` of the process names them (`supplier, amount €`); else they are the first fields of its start
    form, else of its first form.
    """
    process = model.element(process_id) if model else None
    if model is None or not isinstance(process, Process):
        return ()
    written = execution(model.definitions, process).properties.get(PROPERTY)
    if written is not None:
        named = (part.split(None, 1) for part in written.split(",") if part.strip())
        return tuple((words[0], words[1] if len(words) > 1 else "") for words in named)
    forms = [model.start_form(process_id)]
    forms += [
        execution(model.definitions, element).form
        for station in model.stations(process_id)
        if isinstance(element := model.element(station.id), UserTask)
    ]
    return next((_first(form) for form in forms if form is not None and form.fields), ())


def _first(form: Form) -> tuple[Column, ...]:
    """The first fields whose values are short: not the long texts, files and objects."""
    short = {"string", "text", "enum", "long", "integer", "double", "number", "date"}
    names = (field.variable or field.id for field in form.fields if field.type.lower() in short)
    return tuple((name, "") for name in names)[:MOST]


def units_of(model: Model | None, process_id: str | None) -> dict[str, str]:
    """What stands behind the values of a process, by variable."""
    return {name: unit for name, unit in columns_of(model, process_id or "") if unit}


def subjects_of(rows: Iterable[TaskRow]) -> dict[str, str]:
    """The line of each task by its id, empty where there is nothing to tell."""
    rows = list(rows)
    columns: dict[str, tuple[Column, ...]] = {}
    for row in rows:
        if row.definition_id not in columns:
            model = model_of(row.definition_id)
            process = model.process_of(row.definition_key) if model else ""
            columns[row.definition_id] = columns_of(model, process)
    names = {definition: tuple(name for name, _ in chosen) for definition, chosen in columns.items()}
    found = query(TaskSubjects(tuple(row.id for row in rows), names))
    return {row.id: _line(row, columns[row.definition_id], found.get(row.id, {})) for row in rows}


def _line(row: TaskRow, columns: tuple[Column, ...], values: dict[str, Any]) -> str:
    parts = [row.business_key or ""]
    for name, unit in columns:
        value = values.get(name)
        if value not in (None, "", [], {}) and str(value) != row.business_key:
            parts.append(spelled(value, unit)[:LONGEST])
    return " · ".join(part for part in parts if part)
