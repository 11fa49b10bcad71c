"""Forms deployed beside a model: which one a task or a start names, and which of some files that is."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from bpmn.dialects import execution
from bpmn.model import Definitions, FlowNode
from bpmn.model.execution import Form
from bpmn.model.walk import walk

ENDINGS = (".form", ".json")


def form_name(form: Mapping[str, Any]) -> str | None:
    """The form deployed beside the model that a task names: by its id, or as `camunda-forms:deployment:<file>`."""
    if form.get("ref"):
        return str(form["ref"])
    key = str(form.get("key") or "")
    for prefix in ("camunda-forms:deployment:", "camunda-forms:/", "deployment:"):
        if key.startswith(prefix):
            return key.removeprefix(prefix)
    return key if key.endswith(ENDINGS) else None


def constant_form_name(form: Form) -> str | None:
    """The same before there is an instance: only a constant names a form then."""
    given = {"ref": form.ref, "key": form.key}
    return form_name({kind: code.text for kind, code in given.items() if code is not None and code.language == "text"})


def find_form(files: Mapping[str, bytes], name: str) -> str | None:
    """The form-js document of that file name, or of that id, among some files."""
    file = form_file(files, name)
    return files[file].decode("utf-8", "replace") if file is not None else None


def form_file(files: Mapping[str, bytes], name: str) -> str | None:
    """What the file of that form is called."""
    for file, content in files.items():
        if not file.lower().endswith(ENDINGS):
            continue
        if file == name or file.rsplit("/", 1)[-1] == name.rsplit("/", 1)[-1] or _read(content).get("id") == name:
            return file
    return None


def is_form(name: str, content: bytes) -> bool:
    """Whether a file is a form-js document; many things are called `.json`."""
    lower = name.lower()
    return lower.endswith(ENDINGS[0]) or (
        lower.endswith(ENDINGS) and isinstance(_read(content).get("components"), list)
    )


def forms_of(definitions: Definitions, files: Mapping[str, bytes]) -> tuple[dict[str, bytes], list[str]]:
    """Of some files the forms that a model names, and the names of those that are not among them."""
    found: dict[str, bytes] = {}
    missing: list[str] = []
    for name in dict.fromkeys(_named(definitions)):
        file = form_file(files, name)
        if file is None:
            missing.append(name)
        else:
            found[file] = files[file]
    return found, missing


def _named(definitions: Definitions) -> Iterator[str]:
    for process in definitions.processes:
        for element in walk(process):
            if isinstance(element, FlowNode) and (form := execution(definitions, element).form) is not None:
                name = None if form.document or form.fields else constant_form_name(form)
                if name is not None:
                    yield name


def _read(content: bytes) -> dict[str, Any]:
    try:
        document = json.loads(content)
    except (ValueError, RecursionError):
        return {}
    return document if isinstance(document, dict) else {}
