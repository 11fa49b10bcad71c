"""`procession render FILE`: a picture of its diagram, or a copy of the file that has one; laid out where none is."""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from pathlib import Path

import bpmn
from bpmn.model import Definitions
from bpmn.model.diagram import BPMNDiagram
from bpmn.render import Mark, verdict_mark
from bpmn.render.theme import ThemeName
from webapp.cli.models import read_file, read_model
from webapp.cli.output import Output, PlainFailure
from webapp.cli.verdicts import judge_file

FORMATS = (".svg", ".png", ".bpmn")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="a BPMN file")
    parser.add_argument(
        "-o",
        "--output",
        metavar="PICTURE",
        help="an .svg or .png file, or a .bpmn file: a copy with a diagram (default: <name>.svg here; - for SVG to "
        "standard output)",
    )
    parser.add_argument("--diagram", type=int, metavar="NUMBER", help="which of several diagrams, from 1")
    parser.add_argument("--verdict", action="store_true", help="coloured by what of it will run")
    parser.add_argument("--guided", action="store_true", help="with --verdict: judged as run guided")
    parser.add_argument("--fresh", action="store_true", help="laid out anew, whatever diagram the file has")
    parser.add_argument("--dark", action="store_true", help="light lines on a dark ground")


def perform(arguments: argparse.Namespace, output: Output) -> int:
    path: Path = arguments.file
    target: str = arguments.output or f"{path.stem}.svg"
    if target != "-" and Path(target).suffix.lower() not in FORMATS:
        raise PlainFailure(f"{target} is none of .svg, .png and .bpmn.", fix="The name's ending says what is written.")
    if target != "-" and Path(target).resolve() == path.resolve():
        raise PlainFailure(f"{target} is the file itself, which stays as it is.", fix="Name the copy differently.")
    definitions = read_model(read_file(path), path.name)
    if arguments.fresh:
        definitions = replace(definitions, diagrams=[])
    definitions = bpmn.layout(bpmn.mended(definitions))
    diagram = _chosen(definitions, arguments.diagram)
    marks = _verdicts(path, guided=arguments.guided) if arguments.verdict else None
    if target.lower().endswith(".png"):
        picture = bpmn.render_png(definitions, diagram=diagram, overlays=marks, dark=arguments.dark)
    elif target.lower().endswith(".bpmn"):
        picture = bpmn.write(definitions)
    else:
        theme: ThemeName = "dark" if arguments.dark else "light"
        picture = bpmn.render(definitions, diagram=diagram, overlays=marks, theme=theme).encode()
    if target == "-":
        sys.stdout.buffer.write(picture)
        return 0
    try:
        Path(target).write_bytes(picture)
    except OSError as failure:
        raise PlainFailure(f"{target} cannot be written: {failure.strerror}.") from failure
    output.result({"picture": target, "bytes": len(picture)}, f"{target} shows {path.name}.")
    return 0


def _chosen(definitions: Definitions, number: int | None) -> BPMNDiagram | None:
    if number is None:
        return None
    count = len(definitions.diagrams)
    if not 1 <= number <= count:
        raise PlainFailure(f"There is no diagram {number}.", fix=f"The file has {count}." if count else "It has none.")
    return definitions.diagrams[number - 1]


def _verdicts(path: Path, *, guided: bool) -> dict[str, Mark]:
    """The findings as marks; of a file that is refused, what keeps it from being deployed."""
    judgement = judge_file(path, guided=True if guided else None)
    marks = {each.element_id: verdict_mark(each.verdict, each.reason) for each in judgement.findings if each.element_id}
    if judgement.worst == "refused":
        for problem in judgement.problems:
            if problem.severity == "error" and problem.element_id:
                marks[problem.element_id] = verdict_mark("will_not_run", problem.message)
    return marks
