"""The `procession` command: one file a subcommand, and this table of them."""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from collections.abc import Sequence
from typing import NoReturn

from engine.errors import Refusal
from webapp.cli.output import Output, PlainFailure

# name, module, what it does
SUBCOMMANDS = (
    ("serve", "serve", "start the server: portal, runners, timers"),
    (
        "check",
        "check",
        "say what of a file will run; the exit code says the worst",
    ),
    ("render", "render", "draw a file as SVG or PNG; without a diagram it is laid out"),
    ("run", "run", "run a file to its end in this terminal, in memory"),
    ("deploy", "deploy", "put files into the database, as new versions"),
    ("start", "start", "start an instance of a deployed process"),
    ("tasks", "tasks", "list what waits for people"),
    ("complete", "complete", "complete a person's task"),
    ("instances", "instances", "list instances"),
    ("show", "show", "show one instance: where it is, its variables, its history"),
    ("retry", "retry", "let what stopped in an instance try again, with variables put right"),
    ("user", "user", "add and list the people who may sign in"),
    ("token", "token", "make, list and end the API tokens of programs"),
    ("audit", "audit", "say whether the record of what was done is still as it was written"),
    ("db", "db", "bring the database to this version's tables"),
)
USAGE_ERROR = 64
UNEXPECTED = 70
INTERRUPTED = 130


class Parser(argparse.ArgumentParser):
    """A parser whose usage errors leave the exit codes of `check` free."""

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        self.exit(USAGE_ERROR, f"{self.prog}: {message}\n")


def build_parser(chosen: str | None = None) -> Parser:
    """All subcommands by name; the arguments of the chosen one only, so that a start imports no more than it uses."""
    parser = Parser(prog="procession", description="Imports any BPMN file, says what of it will run, and runs it.")
    parser.add_argument("--version", action="version", version=f"procession {_version()}")
    subparsers = parser.add_subparsers(dest="subcommand", metavar="COMMAND", required=True, parser_class=Parser)
    for name, module_name, summary in SUBCOMMANDS:
        subparser = subparsers.add_parser(name, help=summary, description=summary[0].upper() + summary[1:] + ".")
        if name == chosen:
            module = importlib.import_module(f"webapp.cli.{module_name}")
            module.arguments(subparser)
            subparser.add_argument("--json", action="store_true", help="print JSON, for programs")
            subparser.set_defaults(perform=module.perform)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run one subcommand; its exit code is returned, and what went wrong is said in a line."""
    words = list(sys.argv[1:] if argv is None else argv)
    chosen = next((word for word in words if not word.startswith("-")), None)
    arguments = build_parser(chosen).parse_args(words)
    output = Output(as_json=arguments.json)
    try:
        code: int = arguments.perform(arguments, output)
        return code
    except PlainFailure as failure:
        output.failure(failure)
        return failure.exit_code
    except Refusal as refusal:
        output.failure(PlainFailure(refusal.message, fix=refusal.fix))
        return 1
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # The reader (a pager, `head`) has seen enough. Python would complain once more when it flushes at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as failure:
        if os.environ.get("PROCESSION_DEBUG"):
            raise
        output.failure(_unexpected(failure))
        return UNEXPECTED


def _unexpected(failure: Exception) -> PlainFailure:
    reason = (str(failure).strip().splitlines() or [""])[0]
    return PlainFailure(
        f"Something failed that should not: {type(failure).__name__}{': ' if reason else ''}{reason}",
        fix="PROCESSION_DEBUG=1 shows where.",
    )


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("procession")
    except PackageNotFoundError:
        return "from source"
