"""Reading a file: bytes in, Definitions and what there is to say about them out. Nothing raises."""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.parsers import expat

from bpmn.collector import paused
from bpmn.dialects.detect import detect
from bpmn.model import Definitions
from bpmn.model.markup import Document
from bpmn.problems import Problem
from bpmn.validity import REFUSED_UNLESS_GUIDED, check
from bpmn.xml.decode import Decoded, decode
from bpmn.xml.limits import DEFAULT, Limits
from bpmn.xml.reader import Reader
from bpmn.xml.refusal import Refusal
from bpmn.xml.strangers import name_bytes
from bpmn.xml.wellformed import explain


@dataclass(slots=True)
class Reading:
    """What came of a file. `definitions` is None where it is no BPMN 2.0 document at all."""

    definitions: Definitions | None
    problems: list[Problem] = field(default_factory=list)
    name: str = ""

    def refusals(self, *, guided: bool) -> list[Problem]:
        """The problems because of which the file must not be deployed: errors; unguided also what needs a person."""
        grave = frozenset() if guided else REFUSED_UNLESS_GUIDED
        return [problem for problem in self.problems if problem.severity == "error" or problem.code in grave]


def read(data: bytes, name: str = "", *, limits: Limits = DEFAULT) -> Reading:
    """Reads the bytes of a file, whose `name` is only kept to be shown. No bytes whatever raise anything."""
    reading = _read(data, limits)
    reading.name = name
    return reading


def _read(data: bytes, limits: Limits) -> Reading:
    if len(data) > limits.bytes:
        megabytes = limits.bytes // (1024 * 1024)
        message = f"The file has {len(data):,} bytes; we read up to {megabytes} MB."
        return Reading(None, [Problem("error", "too_big", message, fix="Split the model into several files.")])
    stranger = name_bytes(data)
    if stranger is not None:
        return Reading(None, [stranger])
    try:
        decoded = decode(data)
    except Refusal as refusal:
        return Reading(None, [refusal.problem])
    with paused():
        return _parse(decoded, limits)


def _parse(decoded: Decoded, limits: Limits) -> Reading:
    reader = Reader(Document(decoded.encoding, decoded.standalone), limits)
    try:
        definitions = reader.parse(decoded.text)
    except Refusal as refusal:
        return Reading(None, [*decoded.problems, refusal.problem])
    except expat.ExpatError as error:
        return Reading(None, [*decoded.problems, explain(error, decoded.text)])
    problems = [*decoded.problems, *reader.problems]
    if definitions is not None:
        origin = detect(definitions, reader.seen.namespaces)
        definitions.dialect, definitions.tool, definitions.tool_version = (
            origin.dialect,
            origin.tool,
            origin.tool_version,
        )
        if definitions.fragment is None:
            problems += check(definitions, limits.problems)
    return Reading(definitions, problems)
