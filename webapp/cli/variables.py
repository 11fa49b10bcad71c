"""Variables as they are typed on a command line: `name=value`, where the value is JSON or else a text."""

from __future__ import annotations

import argparse
import json
from collections.abc import Container, Iterable
from typing import Any

from webapp.cli.output import PlainFailure


def arguments(parser: argparse.ArgumentParser) -> None:
    """The options that give variables."""
    parser.add_argument(
        "--var",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="a variable; the value is JSON, else a text",
    )
    parser.add_argument("--vars", metavar="JSON", help="several variables as one JSON object")


def from_arguments(arguments: argparse.Namespace, texts: Container[str] = ()) -> dict[str, Any]:
    """The variables that the options give; a single one wins over the object. `texts` are texts by their form."""
    return {**_document(arguments.vars), **parse_pairs(arguments.var, texts)}


def parse_pairs(pairs: Iterable[str], texts: Container[str] = ()) -> dict[str, Any]:
    """`amount=1200` is a number, `note=hello` a text, `done=true` a truth value, `note="1200"` a text again."""
    variables = {}
    for pair in pairs:
        name, separator, text = pair.partition("=")
        if not separator or not name.strip():
            raise PlainFailure(f"{pair!r} is no variable.", fix="Write NAME=VALUE.")
        value = parse_value(text)
        variables[name.strip()] = text if name.strip() in texts and not isinstance(value, str) else value
    return variables


def parse_value(text: str) -> Any:
    try:
        return json.loads(text, parse_constant=_no_constant)
    except ValueError:
        return text


def _no_constant(word: str) -> Any:
    # JSON has no NaN or Infinity; who types them means the text.
    raise ValueError(word)


def _document(text: str | None) -> dict[str, Any]:
    if not text:
        return {}
    try:
        document = json.loads(text)
    except ValueError as failure:
        raise PlainFailure(f"--vars is not JSON: {failure}.") from failure
    if not isinstance(document, dict):
        raise PlainFailure("--vars is a JSON object: names and values.")
    return document
