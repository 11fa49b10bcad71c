"""Bindings that lie beside a file: `<name>.bindings.json`, element (or topic:, class:) by binding."""

from __future__ import annotations

import json
from pathlib import Path

from engine.errors import Refusal
from engine.services.binding import Binding, check_key
from webapp.cli.output import PlainFailure


def beside(path: Path) -> dict[str, Binding]:
    """The bindings beside a model, none where there is no such file."""
    companion = path.with_suffix(".bindings.json")
    return read_bindings(companion) if companion.is_file() else {}


def read_bindings(path: Path) -> dict[str, Binding]:
    """Read a file of bindings, or say in a line what is wrong with it."""
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except OSError as failure:
        raise PlainFailure(f"{path} cannot be opened: {failure.strerror}.") from failure
    except ValueError as failure:
        raise PlainFailure(f"{path} is not JSON: {failure}.") from failure
    if not isinstance(document, dict) or not all(isinstance(entry, dict) for entry in document.values()):
        raise PlainFailure(
            f"{path} is no table of bindings.",
            fix='It looks like {"element id": {"kind": "python", "target": "module:function"}}.',
        )
    try:
        return {check_key(key): Binding.from_dict(entry) for key, entry in document.items()}
    except Refusal as refusal:
        raise PlainFailure(f"{path}: {refusal}") from refusal
