"""Where nobody may sign in yet, an administrator is made, with a password for once."""

from __future__ import annotations

from dataclasses import dataclass, field

from engine.commands import CreateUser
from engine.commands.passwords import one_time_password
from engine.errors import Conflict
from engine.permissions import ROLES
from engine.processengine import ProcessEngine
from engine.queries import UserList
from webapp.cli.database import TERMINAL

NAME = "admin"


@dataclass(frozen=True, slots=True)
class First:
    """Who may sign in first, and the password that they change then. It is told this once."""

    user: str
    password: str = field(repr=False)


def make_first_administrator(engine: ProcessEngine) -> First | None:
    """None where there is somebody already."""
    if engine.query(UserList(limit=1), TERMINAL).rows:
        return None
    password = one_time_password()
    permissions = ROLES["administrator"]
    try:
        engine.execute(CreateUser(NAME, password, "Administrator", permissions=permissions, must_change=True), TERMINAL)
    except Conflict:
        # Another server, started at the same moment on the same empty database, was faster, and prints the password.
        if engine.query(UserList(limit=1), TERMINAL).rows:
            return None
        raise
    return First(NAME, password)
