"""`procession check FILE ...`: the verdict on files, without a server; the exit code says the worst."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from webapp.cli.bindings import read_bindings
from webapp.cli.output import Output, PlainFailure
from webapp.cli.verdicts import COLOURS, VERDICTS, WORDS, Judgement, judge_file

SUFFIXES = {".bpmn", ".bpmn2", ".bpmn20", ".xml"}


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.epilog = "Exit code: 0 runs, 1 needs a binding, 2 guided, 3 will not run, 4 refused or unreadable."
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="files, or folders of .bpmn files")
    parser.add_argument("--guided", action="store_true", help="judge it as run guided, whatever the file says")
    parser.add_argument(
        "--bindings", type=Path, metavar="JSON", help="bindings (default: <name>.bindings.json beside the file)"
    )
    parser.add_argument("--all", action="store_true", help="list what simply runs as well")


def perform(arguments: argparse.Namespace, output: Output) -> int:
    files = list(_found(arguments.files))
    if not files:
        raise PlainFailure("There is no .bpmn file in that folder.")
    guided = True if arguments.guided else None
    bindings = read_bindings(arguments.bindings) if arguments.bindings else None
    judgements = [judge_file(path, guided=guided, bindings=bindings) for path in output.progress("Checking", files)]
    if output.as_json:
        output.document([judgement.document for judgement in judgements])
    elif len(judgements) == 1:
        _report(judgements[0], output, everything=arguments.all)
    else:
        _summary(judgements, output)
    return max(judgement.exit_code for judgement in judgements)


def _found(paths: Iterable[Path]) -> Iterable[Path]:
    for path in paths:
        if path.is_dir():
            yield from sorted(each for each in path.rglob("*") if each.suffix.lower() in SUFFIXES and each.is_file())
        else:
            yield path


def _report(judgement: Judgement, output: Output, *, everything: bool) -> None:
    origin = f" ({judgement.tool or judgement.dialect})" if judgement.tool or judgement.dialect else ""
    output.say(f"{judgement.file}{origin}", style="bold")
    output.say(judgement.sentence)
    rows = [
        {
            "line": finding.line,
            "element": finding.name or finding.element_id,
            "kind": finding.kind,
            "verdict": WORDS[finding.verdict],
            "why": " ".join(part for part in (finding.reason, finding.fix) if part),
        }
        for finding in judgement.findings
        if everything or finding.verdict != "runs"
    ]
    if rows:
        columns = {
            "line": "Line",
            "element": "Element",
            "kind": "Kind",
            "verdict": "Verdict",
            "why": "Why, and what to do",
        }
        output.table(rows, columns, empty="", styles=COLOURS)
    for problem in judgement.problems:
        output.say(f"{problem.severity}: {problem}")


def _summary(judgements: list[Judgement], output: Output) -> None:
    columns = {"file": "File", "written_by": "Written by"}
    columns |= {verdict: WORDS[verdict].split(" ", 1)[1].capitalize() for verdict in VERDICTS} | {"verdict": "Verdict"}
    output.table([judgement.row for judgement in judgements], columns, empty="", styles=COLOURS)
    worst = Counter(judgement.worst for judgement in judgements)
    parts = [
        f"{worst[verdict]} {WORDS[verdict].split(' ', 1)[1]}"
        for verdict in (*VERDICTS, "refused", "unreadable")
        if worst[verdict]
    ]
    output.say(f"{len(judgements)} files: {', '.join(parts)}.", style="bold")
