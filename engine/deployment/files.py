"""The files of a deployment, read: models with their processes, and what is kept beside them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import bpmn
from bpmn import Problem
from bpmn.model import Definitions, Process
from engine.errors import Invalid

MOST_FILES = 200
LONGEST_NAME = 500
MODEL_ENDINGS = (".bpmn", ".bpmn2", ".xml")


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file as it came; `definitions` is None for what is no model. `processes` by key: those that can be started."""

    name: str
    content: bytes
    definitions: Definitions | None
    processes: dict[str, Process]
    problems: tuple[Problem, ...]


def read_files(files: Mapping[str, bytes]) -> list[ReadFile]:
    """Read all files; refuse, in words, what cannot be deployed."""
    if not files:
        raise Invalid("There is no file to deploy.")
    if len(files) > MOST_FILES:
        raise Invalid(f"A deployment has at most {MOST_FILES} files.")
    read = [_read(name, content) for name, content in files.items()]
    keys: dict[str, str] = {}
    for file in read:
        for key in file.processes:
            if key in keys:
                raise Invalid(
                    f"The process {key!r} is in {keys[key]} and in {file.name}.",
                    fix="Give one of them another id, or deploy them one after the other.",
                )
            keys[key] = file.name
    if not keys:
        raise Invalid(
            f"{', '.join(files)}: there is no process in it.", fix="Draw at least one task or event in a pool."
        )
    return read


def _read(name: str, content: bytes) -> ReadFile:
    if not name.strip() or len(name) > LONGEST_NAME or not name.isprintable():
        raise Invalid("A file needs a name that one can read.")
    reading = bpmn.read(content, name)
    definitions = reading.definitions
    if definitions is None:
        worst = next((problem for problem in reading.problems if problem.severity == "error"), None)
        if name.lower().endswith(MODEL_ENDINGS) and worst is not None:
            raise Invalid(f"{name}: {worst.message}", fix=worst.fix)
        return ReadFile(name, content, None, {}, ())
    # A pool that is drawn closed has a process with nothing in it.
    processes = {process.id: process for process in definitions.processes if process.id and process.flow_elements}
    return ReadFile(name, content, definitions, processes, tuple(reading.problems))
