"""Forms deployed beside a model: which one a task or a start names, and which of some files that is."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bpmn.dialects import execution
from bpmn.model import Definitions, FlowNode
from bpmn.model.execution import Binding, Form
from bpmn.model.walk import walk

ENDINGS = (".form", ".json")


@dataclass(frozen=True, slots=True)
class FormWanted:
    """A form that a task or a start names.

    `name` is its id, or a file of the same deployment. `binding` says which of its versions: that of the `deployment`,
    the `latest` of all, that of a number (`version`) or the latest of a tag (`versionTag`).
    """

    name: str
    binding: Binding = "deployment"
    version: str | None = None


def form_wanted(form: Mapping[str, Any]) -> FormWanted | None:
    """The deployed form that a task names: by its id, or as `camunda-forms:deployment:<file>`."""
    if form.get("ref"):
        return FormWanted(str(form["ref"]), form.get("binding", "deployment"), form.get("version"))
    key = str(form.get("key") or "")
    for prefix in ("camunda-forms:deployment:", "camunda-forms:/", "deployment:"):
        if key.startswith(prefix):
            return FormWanted(key.removeprefix(prefix))
    return FormWanted(key) if key.endswith(ENDINGS) else None


def constant_form(form: Form) -> FormWanted | None:
    """The same before there is an instance: only a constant names a form then."""
    given = {"ref": form.ref, "key": form.key, "version": form.version}
    said = {kind: code.text for kind, code in given.items() if code is not None and code.language == "text"}
    return form_wanted({**said, "binding": form.binding})


def fixed_when_begun(dialect: str) -> bool:
    """Whether a task keeps the form that was the latest when it began (Camunda 8), or shows the latest (Camunda 7)."""
    return dialect == "zeebe"


def form_identity(name: str, content: bytes) -> tuple[str, str | None] | None:
    """The id and the version tag of a form that has an id, by which models of any deployment may name it."""
    document = _read(content) if name.lower().endswith(ENDINGS) else {}
    id, tag = document.get("id"), document.get("versionTag")
    if not isinstance(id, str) or not id or not isinstance(document.get("components"), list):
        return None
    return id, tag if isinstance(tag, str) and tag else None


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


def forms_of(definitions: Definitions, files: Mapping[str, bytes]) -> tuple[dict[str, bytes], list[FormWanted]]:
    """Of some files the forms that a model names, and those that are not among them."""
    found: dict[str, bytes] = {}
    missing: list[FormWanted] = []
    for wanted in dict.fromkeys(_named(definitions)):
        file = form_file(files, wanted.name)
        if file is None:
            missing.append(wanted)
        else:
            found[file] = files[file]
    return found, missing


def _named(definitions: Definitions) -> Iterator[FormWanted]:
    for process in definitions.processes:
        for element in walk(process):
            if isinstance(element, FlowNode) and (form := execution(definitions, element).form) is not None:
                wanted = None if form.document or form.fields else constant_form(form)
                if wanted is not None:
                    yield wanted


def _read(content: bytes) -> dict[str, Any]:
    try:
        document = json.loads(content)
    except (ValueError, RecursionError):
        return {}
    return document if isinstance(document, dict) else {}
