"""Files become processes that can be started; a new version takes the place of the one before."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from bpmn import Problem
from bpmn.dialects import execution
from bpmn.model import Process
from bpmn.model.execution import Code
from engine.commands.start_by_timer import leave_timer
from engine.compiler import compile_process, judge
from engine.deployment import ReadFile, read_files, triggers_of
from engine.errors import Conflict, NotFound
from engine.forms.documents import ENDINGS
from engine.persistence import deployments
from engine.persistence.definitions import ProcessDefinition
from engine.persistence.ids import new_id

if TYPE_CHECKING:
    from engine.unitofwork import UnitOfWork


@dataclass(frozen=True, slots=True)
class DeployedProcess:
    """A process that can be started now."""

    definition_id: str
    key: str
    version: int
    name: str | None
    guided: bool
    resource: str


@dataclass(frozen=True, slots=True)
class Deployment:
    """`is_new` is False when nothing had changed and nothing was written; `problems` are those of reading, by file."""

    id: str
    name: str
    processes: tuple[DeployedProcess, ...]
    problems: tuple[tuple[str, Problem], ...]
    is_new: bool = True


@dataclass(frozen=True, slots=True)
class Deploy:
    """Deploy files by name, as one deployment. `guided` None: each process that is not marked executable.

    With `only_changed`, files that are byte by byte those of the latest versions are not deployed again.
    """

    permission: ClassVar[str] = "deploy"
    files: Mapping[str, bytes]
    name: str = ""
    guided: bool | None = None
    source: str | None = None
    only_changed: bool = False

    def execute(self, uow: UnitOfWork) -> Deployment:
        read = read_files(self.files, guided=self.guided)
        problems = tuple((file.name, problem) for file in read for problem in file.problems)
        name = self.name or ", ".join(self.files)
        if self.only_changed:
            same = [self._unchanged(uow, file, *each) for file in read for each in file.processes.items()]
            latest = [definition for definition in same if definition is not None]
            if latest and len(latest) == len(same):
                deployed = tuple(_deployed(definition) for definition in latest)
                return Deployment(latest[0].deployment_id, name, deployed, problems, is_new=False)
        id = new_id(uow.now)
        uow.deployments.add(
            deployments.Deployment(id, name, self.source, uow.now, uow.actor.user),
            [deployments.Resource.of(id, file.name, file.content) for file in read],
        )
        processes = [self._add(uow, id, file, *each) for file in read for each in file.processes.items()]
        return Deployment(id, name, tuple(_deployed(each) for each in processes), problems)

    def _guided(self, file: ReadFile, process: Process) -> bool:
        if self.guided is not None:
            return self.guided
        return file.definitions is None or not file.definitions.executes(process)

    def _unchanged(self, uow: UnitOfWork, file: ReadFile, key: str, process: Process) -> ProcessDefinition | None:
        latest = uow.definitions.latest(key)
        if latest is None or latest.guided != self._guided(file, process):
            return None
        resource = uow.deployments.resource(latest.deployment_id, latest.resource)
        if resource is None or resource.sha256 != hashlib.sha256(file.content).hexdigest():
            return None
        beside = [each for each in self.files if each.lower().endswith(ENDINGS)]
        return latest if all(self._is_as_before(uow, latest.deployment_id, each) for each in beside) else None

    def _is_as_before(self, uow: UnitOfWork, deployment_id: str, name: str) -> bool:
        before = uow.deployments.resource(deployment_id, name)
        return before is not None and before.sha256 == hashlib.sha256(self.files[name]).hexdigest()

    def _add(
        self, uow: UnitOfWork, deployment_id: str, file: ReadFile, key: str, process: Process
    ) -> ProcessDefinition:
        assert file.definitions is not None
        guided = self._guided(file, process)
        bindings = uow.bindings.of(key)
        spec = compile_process(file.definitions, key, guided=guided, bindings=bindings)
        verdict = judge(file.definitions, guided=self.guided, bindings=bindings)
        definition = ProcessDefinition(
            id=new_id(uow.now),
            key=key,
            version=uow.definitions.next_version(key),
            version_tag=spec.version_tag,
            name=process.name or None,
            deployment_id=deployment_id,
            resource=file.name,
            process_id=key,
            guided=guided,
            dialect=file.definitions.dialect,
            verdict={"worst": verdict.worst, "sentence": verdict.sentence},
        )
        before = uow.definitions.latest(key)
        triggers = triggers_of(spec, definition.id, uow.now)
        uow.definitions.add(definition, triggers.events)
        may_start = execution(file.definitions, process)
        uow.grants.keep_for(definition.id, _names(may_start.start_users), _names(may_start.start_groups))
        uow.note("deploy", key, version=definition.version, deployment=deployment_id, file=file.name)
        if before is not None:
            uow.jobs.delete_of_definition(before.id, "timer")
        for element_id, timer in triggers.timers.items():
            leave_timer(uow, definition.id, element_id, timer)
        return definition


@dataclass(frozen=True, slots=True)
class DeleteDeployment:
    """Take a deployment away, as long as it has no instances. The version before becomes the latest again."""

    permission: ClassVar[str] = "deploy"
    id: str

    def execute(self, uow: UnitOfWork) -> None:
        definitions = uow.definitions.of_deployment(self.id)
        used = [each.key for each in definitions if uow.instances.any_of_definition(each.id)]
        if used:
            raise Conflict(f"There are instances of {', '.join(used)}.", fix="A deployment with instances stays.")
        if not uow.deployments.delete(self.id):
            raise NotFound("There is no such deployment.")
        for each in definitions:
            uow.note("delete", each.key, version=each.version, deployment=self.id)
        for definition in definitions:
            if definition.latest:
                latest = uow.definitions.promote(definition.key)
                if latest is not None:
                    triggers = triggers_of(uow.definition_spec(latest.id), latest.id, uow.now)
                    for element_id, timer in triggers.timers.items():
                        leave_timer(uow, latest.id, element_id, timer)


@dataclass(frozen=True, slots=True)
class SetDefinitionState:
    """A suspended version is not started, by nobody and nothing; its instances go on."""

    permission: ClassVar[str] = "operate"
    by_process: ClassVar[bool] = True
    id: str
    state: Literal["active", "suspended"]

    def execute(self, uow: UnitOfWork) -> None:
        definition = uow.definitions.get(self.id)
        if definition is None or not uow.actor.within(definition.key).may("operate"):
            raise NotFound("There is no such process definition.")
        uow.definitions.set_state(self.id, self.state)
        uow.note("set-state", definition.key, version=definition.version, state=self.state)


def _names(codes: tuple[Code, ...]) -> list[str]:
    return [code.text for code in codes if code.language == "text" and code.text]


def _deployed(definition: ProcessDefinition) -> DeployedProcess:
    fields: dict[str, Any] = {
        name: getattr(definition, name) for name in ("key", "version", "name", "guided", "resource")
    }
    return DeployedProcess(definition_id=definition.id, **fields)
