"""What a first look needs: the samples deployed and a login for each lane in them. Doing it again changes nothing."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path

import bpmn
from bpmn.model import Definitions, Lane
from engine.commands import Bind, CreateUser, Deploy
from engine.errors import Conflict
from engine.identity import SYSTEM
from engine.processengine import ProcessEngine
from engine.services.binding import Binding
from webapp.sample_files import sample_models

PASSWORD = "procession"
WORKS = ("start", "work")


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
    lanes: set[str] = set()
    for path in sample_models():
        lanes |= _deploy(engine, path)
    logins = [Login(_slug(lane), PASSWORD, lane, (lane,), WORKS) for lane in sorted(lanes)]
    logins.append(Login("modeller", PASSWORD, "Modeller", (), ("deploy", *WORKS)))
    logins.append(
        Login("admin", PASSWORD, "Administrator", tuple(sorted(lanes)), ("administer", "deploy", "operate", *WORKS))
    )
    for login in logins:
        _make(engine, login)
    return logins


def _deploy(engine: ProcessEngine, path: Path) -> set[str]:
    """Deploy one sample with the bindings that lie beside it; the names of its lanes."""
    content = path.read_bytes()
    deployed = engine.execute(Deploy({path.name: content}, only_changed=True, source="samples"), SYSTEM)
    beside = path.with_suffix(".bindings.json")
    bindings = json.loads(beside.read_text("utf-8")) if beside.is_file() and deployed.is_new else {}
    for subject, said in bindings.items():
        for process in deployed.processes:
            engine.execute(Bind(process.key, subject, Binding.from_dict(said)), SYSTEM)
    definitions = bpmn.read(content, path.name).definitions
    return _lanes(definitions) if definitions is not None else set()


def _lanes(definitions: Definitions) -> set[str]:
    """The lanes that hold no other lanes: their people do the work."""
    return {lane.name for lane in definitions.of(Lane) if lane.name and lane.child_lane_set is None}


def _slug(lane: str) -> str:
    """`Back office` → `back-office`."""
    return re.sub(r"[^\w]+", "-", lane.lower()).strip("-")


def _make(engine: ProcessEngine, login: Login) -> None:
    try:
        engine.execute(
            CreateUser(login.user, login.password, login.name, permissions=login.permissions, groups=login.groups),
            SYSTEM,
        )
    except Conflict:
        return  # Here already: its password may have been changed, and stays.
