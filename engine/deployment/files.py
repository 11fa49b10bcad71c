"""The files of a deployment, read: models with their processes, and what is kept beside them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import bpmn
from bpmn import Problem, Reading
from bpmn.model import Definitions, Process
from engine.errors import Invalid
from engine.forms.documents import form_identity

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


def read_files(files: Mapping[str, bytes], *, guided: bool | None = None) -> list[ReadFile]:
    """Read all files; refuse, in words, what cannot be deployed. `guided` None: as its processes are marked."""
    if not files:
        raise Invalid("There is no file to deploy.")
    if len(files) > MOST_FILES:
        raise Invalid(f"A deployment has at most {MOST_FILES} files.")
    read = [_read(name, content, guided) for name, content in files.items()]
    keys: dict[str, str] = {}
    for file in read:
        for key in file.processes:
            if key in keys:
                raise Invalid(
                    f"The process {key!r} is in {keys[key]} and in {file.name}.",
                    fix="Give one of them another id, or deploy them one after the other.",
                )
            keys[key] = file.name
    if not keys and not any(form_identity(name, content) for name, content in files.items()):
        raise Invalid(
            f"{', '.join(files)}: there is no process in it.", fix="Draw at least one task or event in a pool."
        )
    return read


def refusals_of(reading: Reading, guided: bool | None) -> list[Problem]:
    """What in a file contradicts itself so that no engine, or no engine without a person, could make sense of it."""
    if reading.definitions is None:
        return [problem for problem in reading.problems if problem.severity == "error"]
    if guided is None:
        guided = not any(reading.definitions.executes(process) for process in reading.definitions.processes)
    return reading.refusals(guided=guided)


def _read(name: str, content: bytes, guided: bool | None) -> ReadFile:
    if not name.strip() or len(name) > LONGEST_NAME or not name.isprintable():
        raise Invalid("A file needs a name that one can read.")
    reading = bpmn.read(content, name)
    definitions = reading.definitions
    refusals = refusals_of(reading, guided)
    if refusals and (definitions is not None or name.lower().endswith(MODEL_ENDINGS)):
        raise Invalid(f"{name}: {_in_words(refusals)}", fix=refusals[0].fix)
    if definitions is None:
        return ReadFile(name, content, None, {}, ())
    # A pool that is drawn closed has a process with nothing in it.
    processes = {process.id: process for process in definitions.processes if process.id and process.flow_elements}
    return ReadFile(name, content, definitions, processes, tuple(reading.problems))


def _in_words(refusals: list[Problem]) -> str:
    first, others = refusals[0], len(refusals) - 1
    where = f"line {first.line}: " if first.line else ""
    more = f" There are {others} more such problems." if others else ""
    return f"{where}{first.message}{more}"
