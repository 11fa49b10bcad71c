"""Which database a subcommand works on, and as whom: `DATABASE_URL`, else a SQLite file in the data folder."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from engine.clock import SystemClock
from engine.errors import Refusal
from engine.identity import Actor
from engine.processengine import ProcessEngine
from engine.queries.identities import Groups, UserList
from engine.settings import Settings
from webapp.cli.output import PlainFailure

# Whoever can open the database could write into it by other means; the terminal may do what an operator may.
TERMINAL = Actor(user=None, permissions=frozenset({"*"}))


def arguments(parser: argparse.ArgumentParser) -> None:
    """The options that say which database, and who acts."""
    parser.add_argument(
        "--database",
        metavar="URL",
        help="sqlite:///FILE or postgresql://USER@HOST/NAME (default: DATABASE_URL, else ./var)",
    )
    parser.add_argument("--as", dest="user", metavar="USER", help="act as this user, with their groups and permissions")


def database_url(given: str | None) -> str:
    """The address that was given, or that of a file in the data folder, which is made if it is not there."""
    url = given or os.environ.get("DATABASE_URL", "").strip()
    if url in {"sqlite://", "sqlite:///", "sqlite:///:memory:"}:
        raise PlainFailure(f"{url} names no file: all would be lost at the end.", fix="Write sqlite:///FILE.")
    if url:
        return url
    folder = Path(os.environ.get("PROCESSION_DATA") or "var")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as failure:
        raise PlainFailure(
            f"The data folder {folder} cannot be made: {failure.strerror}.", fix="Set PROCESSION_DATA to another one."
        ) from failure
    return f"sqlite:///{folder / 'procession.db'}"


def settings() -> Settings:
    """The operator's settings from the environment."""
    try:
        return Settings.from_environment()
    except ValueError as failure:
        raise PlainFailure(str(failure)) from failure


def open_engine(url: str, chosen: Settings) -> ProcessEngine:
    """The engine on that database, its tables up to date; or, in a line, why it cannot be opened."""
    try:
        return ProcessEngine(url, clock=SystemClock(), settings=chosen)
    except Refusal:
        raise
    except Exception as failure:
        # Opening does nothing but connect and migrate, so whatever the driver says is about the database.
        reason = (str(getattr(failure, "orig", None) or failure).strip().splitlines() or [type(failure).__name__])[0]
        fix = "Look whether it is running, and whether the address is right."
        if url.startswith("sqlite"):
            fix = "Look whether its folder is there, and whether you may write to it."
        raise PlainFailure(f"The database {_without_password(url)} cannot be opened: {reason}.", fix=fix) from failure


def _without_password(url: str) -> str:
    parts = urlsplit(url)
    return url.replace(f":{parts.password}@", ":***@") if parts.password else url


@contextmanager
def opened(arguments: argparse.Namespace) -> Iterator[ProcessEngine]:
    """The engine on the chosen database, its tables up to date, without runners."""
    engine = open_engine(database_url(arguments.database), settings())
    try:
        yield engine
    finally:
        engine.close()


def actor(engine: ProcessEngine, arguments: argparse.Namespace) -> Actor:
    """Who acts: the named user as the portal would see them, or the terminal itself."""
    return user(engine, arguments.user) if arguments.user else TERMINAL


def user(engine: ProcessEngine, name: str) -> Actor:
    """The user of that name, with all that they may by themselves and by their groups."""
    page = engine.query(UserList(search=name, limit=200), TERMINAL)
    found = next((row for row in page.rows if row.id == name and row.active), None)
    if found is None:
        raise PlainFailure(f"There is no user {name!r}.", fix="See: procession user list")
    groups = {group.id: group for group in engine.query(Groups(), TERMINAL)}
    permissions = {"read", *found.permissions}
    for name in found.groups:
        permissions |= set(groups[name].permissions)
    return Actor(found.id, frozenset(found.groups), frozenset(permissions))
