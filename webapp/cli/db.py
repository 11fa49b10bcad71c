"""`procession db upgrade`: bring the database to the tables of this version."""

from __future__ import annotations

import argparse

from engine.persistence import migrate
from webapp.cli import database
from webapp.cli.output import Output


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("action", choices=("upgrade",), help="upgrade: to the tables of this version; data is kept")
    parser.add_argument("--database", metavar="URL", help="sqlite:///FILE or postgresql://USER@HOST/NAME")


def perform(arguments: argparse.Namespace, output: Output) -> int:
    url = database.database_url(arguments.database)
    migrate(url)
    output.result({"upgraded": True}, "The database has the tables of this version.")
    return 0
