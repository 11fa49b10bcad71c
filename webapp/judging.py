"""A file before it is deployed: how it may run, what is said of each element, what of it is here already."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import bpmn
from bpmn import Problem
from bpmn.diff import Change, diff
from bpmn.model import Definitions, Lane, Participant, Process
from bpmn.model.walk import walk
from engine.compiler import Finding, judge
from engine.compiler.judge import Verdict
from engine.deployment import refusals_of
from engine.errors import NotFound
from engine.forms.documents import forms_of
from engine.identity import Actor
from engine.persistence.uploads import Upload
from engine.processengine import ProcessEngine
from engine.queries import Bindings, DefinitionDetail, DeployedForm, Resource, Resources
from engine.queries.batches import FormsBeside
from engine.queries.definitions import DefinitionRow
from engine.services.binding import Binding
from webapp.engine_words import told
from webapp.language import _, later
from webapp.models import Model

VERDICTS = ("will_not_run", "runs_with_binding", "guided", "runs", "ignored_safely")
MODES: dict[str, bool | None] = {"executable": False, "guided": True, "marked": None}
DIALECTS = {
    "bpmn": later("plain BPMN"),
    "camunda7": "Camunda 7",
    "zeebe": "Camunda 8 (Zeebe)",
    "flowable": "Flowable",
    "activiti": "Activiti",
    "jbpm": "jBPM",
    "spiffworkflow": "SpiffWorkflow",
}


@dataclass(frozen=True, slots=True)
class Before:
    """The latest version of a process of the file. `same`: it is this very file, to be run in this very way."""

    definition: DefinitionRow
    same: bool
    changes: tuple[Change, ...]


class Judged:
    """An uploaded file as the person sees it who thinks of deploying it, in the way (`mode`) it shall run."""

    def __init__(
        self,
        engine: ProcessEngine,
        actor: Actor,
        upload: Upload,
        mode: str | None = None,
    ) -> None:
        self._engine = engine
        self._actor = actor
        self.content = upload.content
        self.name = upload.name
        self.reading = bpmn.read(upload.content, upload.name)
        read = self.reading.definitions
        self.forms, missing = forms_of(read, {}) if read is not None else ({}, [])
        """The forms that came with it and that it names."""
        if read is not None and missing:
            # Only now: among many files, looking through all that came with each would take the longest.
            self.forms, missing = forms_of(read, engine.query(FormsBeside(upload.id), actor))
        self.missing_forms = [each.name for each in missing if engine.query(DeployedForm(each), actor) is None]
        self.modes = _modes(read) if read is not None else []
        self.mode = mode or (self.modes[-1] if self.modes else "executable")

    @property
    def definitions(self) -> Definitions:
        """The model of a file that could be read."""
        if self.reading.definitions is None:
            raise NotFound(_("This file cannot be read."), fix=_("Choose another file."))
        return self.reading.definitions

    @cached_property
    def model(self) -> Model:
        return Model(self.definitions)

    @cached_property
    def refusals(self) -> list[Problem]:
        """What keeps it from being deployed in this mode."""
        return refusals_of(self.reading, MODES[self.mode])

    @cached_property
    def other_modes(self) -> list[str]:
        """In which other ways it could be deployed."""
        return [each for each in self.modes if not refusals_of(self.reading, MODES[each])]

    @cached_property
    def bindings(self) -> dict[str, dict[str, Binding]]:
        """What is bound already, by the keys of the file's processes."""
        keys = [each.id for each in self.definitions.processes if each.id]
        return {key: self._engine.query(Bindings(key), self._actor) for key in keys}

    @cached_property
    def verdict(self) -> Verdict:
        bound: dict[str, Binding] = {}
        for each in self.bindings.values():
            bound.update(each)
        return judge(self.definitions, guided=MODES[self.mode], bindings=bound)

    def files(self) -> dict[str, bytes]:
        """What is deployed together."""
        return {self.name: self.content, **self.forms}

    @cached_property
    def before(self) -> list[Before]:
        """What of it is deployed already, and what has changed since; the changes are told once a file."""
        found: list[Before] = []
        told: dict[str, tuple[Change, ...]] = {}
        for process in self.definitions.processes:
            try:
                latest = self._engine.query(DefinitionDetail(key=process.id), self._actor)
            except NotFound:
                continue
            resource = self._engine.query(Resource(definition_id=latest.id), self._actor)
            guided = MODES[self.mode] if MODES[self.mode] is not None else not self.definitions.executes(process)
            same = latest.guided == guided and self._is_deployed(latest.deployment_id, resource.name)
            if resource.sha256 not in told:
                old = bpmn.read(resource.content, resource.name).definitions
                told[resource.sha256] = tuple(diff(old, self.definitions)) if old is not None else ()
                found.append(Before(latest, same, told[resource.sha256]))
            else:
                found.append(Before(latest, same, ()))
        return found

    def _is_deployed(self, deployment_id: str, name: str) -> bool:
        """Whether this very file, with these very forms, is in a deployment."""
        there = {row.name: row.sha256 for row in self._engine.query(Resources(deployment_id), self._actor)}
        here = {name: self.content, **self.forms}
        return all(there.get(each) == hashlib.sha256(content).hexdigest() for each, content in here.items())

    @property
    def is_known(self) -> bool:
        """Whether deploying it would change nothing."""
        return bool(self.before) and all(each.same for each in self.before) and len(self.before) == len(_keys(self))

    @property
    def origin(self) -> str:
        """For which engine it was written and with which tool it was drawn."""
        definitions = self.definitions
        tool = " ".join(part for part in (definitions.tool, definitions.tool_version) if part)
        dialect = DIALECTS.get(definitions.dialect)
        if dialect is None:
            return _("A drawing, made with %(tool)s.", tool=tool) if tool else _("A drawing.")
        if tool:
            return _("Written for %(dialect)s, drawn with %(tool)s.", dialect=_(dialect), tool=tool)
        return _("Written for %(dialect)s.", dialect=_(dialect))

    def tally(self) -> dict[str, int]:
        return {name: sum(each.verdict == name for each in self.verdict.findings) for name in VERDICTS}

    def lanes(self) -> list[tuple[str, str, str]]:
        """Process key, lane and whose its work is."""
        return [
            (process.id or "", lane, groups_of_lane(self.bindings.get(process.id or "", {}), lane))
            for process in self.definitions.processes
            for lane in lanes_of(self.definitions, process)
        ]


def _keys(judged: Judged) -> list[str]:
    return [each.id or "" for each in judged.definitions.processes if each.flow_elements]


def _modes(definitions: Definitions) -> list[str]:
    """How the file can run; the last one is how it is meant to: all its processes alike, or each as it is marked."""
    marks = {definitions.executes(each) for each in definitions.processes}
    if len(marks) > 1:
        return ["executable", "guided", "marked"]
    return ["guided", "executable"] if marks == {True} else ["executable", "guided"]


def lanes_of(definitions: Definitions, process: Process) -> list[str]:
    """The lanes that hold no other lanes, whose people do the work; without lanes the pool."""
    lanes = [each.name for each in walk(process) if isinstance(each, Lane) and each.child_lane_set is None]
    named = list(dict.fromkeys(name for name in lanes if name))
    return named or [name for name in _pools(definitions, process) if name]


def _pools(definitions: Definitions, process: Process) -> Iterator[str | None]:
    return (each.name for each in definitions.of(Participant) if definitions.resolve(each.process_ref) is process)


def groups_of_lane(bindings: Mapping[str, Binding], lane: str) -> str:
    """Whose a lane's work is: the groups bound to it, else the one of its name."""
    bound = bindings.get(f"lane:{lane}")
    return bound.target if bound else lane


SIGNS = {"runs_with_binding": "link", "guided": "hand", "ignored_safely": "dash", "will_not_run": "cross"}
CHANGE_SIGNS = {"added": "+", "changed": "±"}


def overlay_of(findings: Iterable[Finding], changes: Iterable[Change] = ()) -> dict[str, Any]:
    """The verdict as colour and sign on each element; what is new or changed has a mark of its own."""
    overlay: dict[str, Any] = {}
    for each in findings:
        sign = SIGNS.get(each.verdict)
        discs = [{"sign": sign, "kind": ["verdict", each.verdict], "title": told(each.reason)}] if sign else []
        overlay[each.element_id or ""] = {"markers": [f"verdict-{each.verdict}"], "discs": discs}
    for change in changes:
        if change.kind == "removed" or change.element.id is None:
            continue
        mark = overlay.setdefault(change.element.id, {"markers": [], "discs": []})
        mark["markers"].append(f"changed-{change.kind}")
        title = _("New")
        if change.kind != "added":
            title = _("Changed: %(aspects)s", aspects=", ".join(told(each) for each in change.aspects))
        mark["discs"].append({"text": CHANGE_SIGNS[change.kind], "kind": ["change"], "title": title})
    return overlay
