"""`procession user`: the people who may sign in, their groups, their passwords."""

from __future__ import annotations

import argparse
import getpass
import sys

from engine.commands import ChangePassword, CreateUser, ResetPassword
from engine.permissions import PERMISSIONS, ROLES
from engine.queries.identities import UserList
from webapp.cli import database
from webapp.cli.output import Output, PlainFailure, plain

COLUMNS = {"id": "User", "name": "Name", "groups": "Groups", "permissions": "Permissions", "active": "Active"}


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "action",
        choices=("add", "list", "password", "reset"),
        help="add one, list all, set a password, or give one for once",
    )
    parser.add_argument("user", nargs="?", metavar="NAME", help="the name to sign in with")
    parser.add_argument("--name", metavar="TEXT", help="the person's name")
    parser.add_argument(
        "--group", action="append", default=[], help="a group, such as a lane's name; again for several"
    )
    parser.add_argument("--role", choices=tuple(ROLES), default="user", help="permissions that go together")
    parser.add_argument("--may", action="append", default=[], metavar="PERMISSION", help=", ".join(sorted(PERMISSIONS)))
    parser.add_argument("--program", action="store_true", help="a program: it has tokens and cannot sign in")
    parser.add_argument("--password", help="asked for, or read from standard input, if not given")
    parser.add_argument("--database", metavar="URL", help="sqlite:///FILE or postgresql://USER@HOST/NAME")


def perform(arguments: argparse.Namespace, output: Output) -> int:
    if arguments.action != "list" and not arguments.user:
        raise PlainFailure(f"Whom? Write: procession user {arguments.action} NAME")
    asks_none = arguments.program or arguments.action in ("list", "reset")
    password = "" if asks_none else _password(arguments.password)
    with database.opened(arguments) as engine:
        match arguments.action:
            case "list":
                page = engine.query(UserList(limit=200), database.TERMINAL)
                rows = list(page.rows) if output.as_json else [plain(row) for row in page.rows]
                output.table(rows, COLUMNS, empty="Nobody may sign in yet.")
            case "add":
                permissions = tuple(arguments.may) or ROLES[arguments.role]
                create = CreateUser(
                    arguments.user,
                    None if arguments.program else password,
                    name=arguments.name,
                    permissions=permissions,
                    groups=tuple(arguments.group),
                )
                engine.execute(create, database.TERMINAL)
                done = "has no password: make a token." if arguments.program else "may sign in."
                output.result({"user": arguments.user}, f"{arguments.user} {done}")
            case "password":
                engine.execute(ChangePassword(arguments.user, password), database.TERMINAL)
                output.result({"user": arguments.user}, f"{arguments.user} has a new password.")
            case "reset":
                once = engine.execute(ResetPassword(arguments.user), database.TERMINAL)
                output.result({"user": arguments.user, "password": once}, f"{arguments.user} signs in once with {once}")
    return 0


def _password(given: str | None) -> str:
    if given is not None:
        return given
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    typed = getpass.getpass("Password: ")
    if typed != getpass.getpass("Again: "):
        raise PlainFailure("The two passwords differ.")
    return typed
