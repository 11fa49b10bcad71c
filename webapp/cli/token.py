"""`procession token`: what programs show instead of a password. The first one is made here, or in the portal."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime, timedelta

from engine.commands.api_tokens import CreateToken, RevokeToken
from engine.permissions import PERMISSIONS
from engine.queries.api_tokens import TokenList
from webapp.cli import database
from webapp.cli.output import Output, PlainFailure, plain

COLUMNS = {"id": "Id", "user": "User", "name": "Name", "permissions": "Permissions", "expires_at": "Until"}
WHAT = {"add": "Whose? Write: procession token add USER", "revoke": "Which? Write: procession token revoke ID"}


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("action", choices=("add", "list", "revoke"), help="make one for a user, list all, or end one")
    parser.add_argument("subject", nargs="?", metavar="USER|ID", help="whose it is; for revoke, which")
    parser.add_argument("--name", metavar="TEXT", default="terminal", help="what it is for")
    parser.add_argument(
        "--may", action="append", default=[], metavar="PERMISSION", help="again for several (default: all of the user)"
    )
    parser.add_argument("--days", type=int, metavar="NUMBER", help="how long it is good for (default: until revoked)")
    parser.add_argument("--database", metavar="URL", help="sqlite:///FILE or postgresql://USER@HOST/NAME")


def perform(arguments: argparse.Namespace, output: Output) -> int:
    if arguments.action in WHAT and not arguments.subject:
        raise PlainFailure(WHAT[arguments.action])
    if arguments.days is not None and not 1 <= arguments.days <= 36500:
        raise PlainFailure("A token is good for 1 to 36500 days.")
    with database.opened(arguments) as engine:
        match arguments.action:
            case "list":
                page = engine.query(TokenList(everybody=True, limit=200), database.TERMINAL)
                rows = list(page.rows) if output.as_json else [plain(row) for row in page.rows]
                output.table(rows, COLUMNS, empty="There is no token yet.")
            case "add":
                owner = database.user(engine, arguments.subject)
                may = tuple(arguments.may) or tuple(sorted(owner.permissions))
                beyond = [each for each in may if each in PERMISSIONS and not owner.may(each)]
                if beyond:
                    raise PlainFailure(
                        f"{owner.user} may not {', '.join(beyond)}, so a token of theirs would not either.",
                        fix="A user for a program: procession user add NAME --program --may PERMISSION",
                    )
                ends = datetime.now(UTC) + timedelta(days=arguments.days) if arguments.days is not None else None
                command = CreateToken(arguments.name, may, owner.user, ends)
                made = engine.execute(command, database.TERMINAL)
                # The token alone on standard output: TOKEN=$(procession token add USER).
                output.result({"id": made.id, "token": made.token, "permissions": may}, made.token)
            case "revoke":
                engine.execute(RevokeToken(arguments.subject), database.TERMINAL)
                output.result({"id": arguments.subject}, "It is worth nothing any more.")
    return 0
