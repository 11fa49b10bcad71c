"""The samples deployed and a login for each group that gets work in them. Doing it again changes nothing."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path

import bpmn
from bpmn.dialects import execution
from bpmn.model import Collaboration, Definitions, Lane, Process, UserTask
from engine.commands import Bind, CreateUser, Deploy
from engine.errors import Conflict
from engine.identity import SYSTEM
from engine.permissions import ROLES
from engine.processengine import ProcessEngine
from engine.services.binding import Binding
from webapp.sample_files import sample_models

PASSWORD = "procession"


@dataclass(frozen=True, slots=True)
class Login:
    """A demo user as it is printed: what to type, and whose part it plays."""

    user: str
    password: str
    name: str
    groups: tuple[str, ...]
    permissions: tuple[str, ...]


def prepare(engine: ProcessEngine) -> list[Login]:
    """Deploy the samples that are new or changed, make the users that are missing; the logins."""
    groups: set[str] = set()
    for path in sample_models():
        groups |= _deploy(engine, path)
    logins = [Login(_slug(group), PASSWORD, group, (group,), ROLES["user"]) for group in sorted(groups)]
    logins.append(Login("modeller", PASSWORD, "Modeller", (), ROLES["modeller"]))
    logins.append(Login("owner", PASSWORD, "Process owner", (), ROLES["owner"]))
    logins.append(Login("admin", PASSWORD, "Administrator", tuple(sorted(groups)), ROLES["administrator"]))
    for login in logins:
        _make(engine, login)
    return logins


def _deploy(engine: ProcessEngine, path: Path) -> set[str]:
    """Deploy one sample with the bindings that lie beside it; the groups that do its tasks."""
    content = path.read_bytes()
    deployed = engine.execute(Deploy({path.name: content}, only_changed=True, source="samples"), SYSTEM)
    beside = path.with_suffix(".bindings.json")
    bindings = json.loads(beside.read_text("utf-8")) if beside.is_file() and deployed.is_new else {}
    for subject, said in bindings.items():
        for process in deployed.processes:
            engine.execute(Bind(process.key, subject, Binding.from_dict(said)), SYSTEM)
    definitions = bpmn.read(content, path.name).definitions
    return _groups(definitions) if definitions is not None else set()


def _groups(definitions: Definitions) -> set[str]:
    """Who gets work: the groups that user tasks name; in a drawing the lanes, and pools that have none."""
    groups = {
        code.text
        for task in definitions.of(UserTask)
        if (assignment := execution(definitions, task).assignment) is not None
        for code in assignment.candidate_groups
        if code.language == "text"
    }
    for pool in (each for found in definitions.of(Collaboration) for each in found.participants):
        process = definitions.resolve(pool.process_ref)
        if isinstance(process, Process) and not definitions.executes(process):
            lanes = {lane.name for lane_set in process.lane_sets for lane in _innermost(lane_set.lanes)}
            groups |= {name for name in lanes or {pool.name} if name}
    return groups


def _innermost(lanes: list[Lane]) -> list[Lane]:
    """The lanes that hold no other lanes: their people do the work."""
    found: list[Lane] = []
    for lane in lanes:
        found += _innermost(lane.child_lane_set.lanes) if lane.child_lane_set else [lane]
    return found


def _slug(group: str) -> str:
    """`Back office` → `back-office`."""
    return re.sub(r"[^\w]+", "-", group.lower()).strip("-")


def _make(engine: ProcessEngine, login: Login) -> None:
    try:
        engine.execute(
            CreateUser(login.user, login.password, login.name, permissions=login.permissions, groups=login.groups),
            SYSTEM,
        )
    except Conflict:
        return  # Here already: its password may have been changed, and stays.
