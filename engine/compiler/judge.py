"""The verdict on a file: for every flow element, whether it will run as it is, with line, reason and what to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bpmn import dialects
from bpmn import model as m
from bpmn.collector import paused
from engine.compiler.backed import BACKED
from engine.compiler.compile import compiled
from engine.compiler.constructs import constructs_of, tag
from engine.elements.compilation import Compilation
from engine.elements.flow_node import FlowNode
from engine.elements.task import Task
from engine.judgement import ORDER, RUNS, Judgement, VerdictKind, worst
from engine.services.binding import Binding
from engine.spiff.element_spec import ElementSpec
from engine.spiff.process_spec import ProcessSpec


@dataclass(frozen=True, slots=True)
class Finding:
    """What is said of one element. `kind` is its tag, as in the file."""

    element_id: str | None
    name: str | None
    kind: str
    verdict: VerdictKind
    line: int | None
    reason: str
    fix: str
    code: str
    by_person: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """The findings in the order of the file, the worst of them, and all of it in one sentence."""

    sentence: str
    findings: list[Finding]
    worst: VerdictKind
    guided: bool


@paused()
def judge(
    definitions: m.Definitions,
    *,
    guided: bool | None = None,
    bindings: Mapping[str, Binding] | None = None,
) -> Verdict:
    """Judge every process of a file. `guided`: as if deployed so; None: each as it is marked."""
    findings: list[Finding] = []
    any_guided = False
    for process in definitions.processes:
        as_guided = guided if guided is not None else not definitions.executes(process)
        any_guided = any_guided or as_guided
        spec, c = compiled(definitions, process, guided=as_guided, bindings=bindings or {})
        findings.extend(_findings(definitions, process, spec, c))
    findings.sort(key=lambda finding: finding.line or 0)
    kinds = [finding.verdict for finding in findings]
    gravest = max(kinds, key=ORDER.index) if kinds else "will_not_run"
    return Verdict(_sentence(findings), findings, gravest, any_guided)


def _findings(definitions: m.Definitions, process: m.Process, spec: ProcessSpec, c: Compilation) -> Iterator[Finding]:
    for element in c.flow_elements():
        if isinstance(element, m.FlowNode) and c.name_of(element) in spec.task_specs:
            said = _judged(definitions, element, spec, c)
        elif isinstance(element, m.SequenceFlow):
            continue
        else:
            said = Judgement("ignored_safely", "It is shown and has no effect on the run.", "", "no-effect")
        yield Finding(
            element.id,
            getattr(element, "name", None),
            tag(element),
            said.verdict,
            element.line,
            said.reason,
            said.fix,
            said.code,
            said.by_person,
        )


def _judged(definitions: m.Definitions, node: m.FlowNode, spec: ProcessSpec, c: Compilation) -> Judgement:
    said = [spec.task_specs[c.name_of(node)].judge(), spec.task_specs[c.entry_name(node)].judge()]
    for error in c.errors_at(c.name_of(node)):
        where = f"“{error.text}”: {error.message}"
        if spec.guided:
            said.append(Judgement("guided", f"A person decides: {where}", error.fix, "expression", by_person=True))
        else:
            said.append(Judgement("will_not_run", where, error.fix or "Correct the expression.", "expression"))
    for text in dialects.unread(definitions, node):
        fix = "Take it out, or do the same with what the model can say otherwise."
        reason = f"It asks the vendor's engine for something that is not done here ({text})."
        said.append(Judgement("guided" if spec.guided else "will_not_run", reason, fix, "vendor"))
    said.extend(_of_apart(spec.task_specs[c.name_of(node)]))
    said.extend(_of_listener(name, spec) for name in _unbound_listeners(spec.task_specs[c.name_of(node)]))
    gravest = worst(*said, RUNS)
    if gravest.verdict in ("runs", "runs_with_binding"):
        for construct in constructs_of(node, c):
            if construct not in BACKED:
                return Judgement(
                    "will_not_run",
                    f"{construct} is not done yet.",
                    "Deploy it as guided, or draw it otherwise.",
                    "untested",
                )
    return gravest


def _unbound_listeners(element: ElementSpec) -> list[str]:
    return element.listeners.unbound if isinstance(element, FlowNode) else []


def _of_apart(element: ElementSpec) -> list[Judgement]:
    judgement = element.apart.judge() if isinstance(element, Task) else None
    return [judgement] if judgement is not None else []


def _of_listener(name: str, spec: ProcessSpec) -> Judgement:
    reason = f"Its listener “{name}” is a program that only its own installation knows"
    if spec.guided:
        return Judgement("ignored_safely", f"{reason}; it is left out, and the history says so.", "", "listener")
    fix = f"Bind class:{name} to a Python function, or write it as an expression or a script."
    return Judgement("runs_with_binding", f"{reason}.", fix, "listener")


def _sentence(findings: list[Finding]) -> str:
    """“Runs. 12 steps run by themselves, 3 ask a person, 1 needs a binding.”"""
    steps = [finding for finding in findings if finding.verdict != "ignored_safely"]
    if not steps:
        return "There is no process in it that could run."
    counts = Counter(f.verdict for f in steps)
    people = sum(f.by_person for f in steps)
    parts = []
    alone = counts["runs"] - sum(f.by_person for f in steps if f.verdict == "runs")
    if alone:
        parts.append(f"{alone} {_plural('step runs by itself', 'steps run by themselves', alone)}")
    if people:
        parts.append(f"{people} {_plural('asks', 'ask', people)} a person")
    if counts["runs_with_binding"]:
        parts.append(f"{counts['runs_with_binding']} {_plural('needs', 'need', counts['runs_with_binding'])} a binding")
    lost = counts["will_not_run"]
    if lost:
        parts.append(f"{lost} will not run")
    head = "Runs only in part" if lost else "Runs with people's help" if counts["guided"] else "Runs"
    return f"{head}. {', '.join(parts)}."


def _plural(one: str, many: str, count: int) -> str:
    return one if count == 1 else many
