"""Models from files that are named on the command line."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import bpmn
from bpmn.model import Definitions
from webapp.cli.output import PlainFailure

UNREADABLE = 4


def read_file(path: Path) -> bytes:
    """The file's bytes, or in a line why there are none."""
    try:
        return path.read_bytes()
    except OSError as failure:
        raise PlainFailure(f"{path} cannot be opened: {failure.strerror}.") from failure


def read_files(paths: Iterable[Path]) -> dict[str, bytes]:
    """The bytes of several files by name, or in a line why they do not go together."""
    found: dict[str, bytes] = {}
    for path in paths:
        if path.name in found:
            raise PlainFailure("Two of the files have the same name.", fix="Take them one after the other.")
        found[path.name] = read_file(path)
    return found


def read_model(content: bytes, name: str) -> Definitions:
    """The definitions with at least one process, or in a line why there are none."""
    reading = bpmn.read(content, name)
    if reading.definitions is None:
        reason = next((str(each) for each in reading.problems if each.severity == "error"), "It holds no BPMN.")
        raise PlainFailure(f"{name} cannot be read: {reason}", exit_code=UNREADABLE)
    if not reading.definitions.processes:
        raise PlainFailure(f"{name} holds no process.", exit_code=UNREADABLE)
    return reading.definitions
