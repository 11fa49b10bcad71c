"""Work for a program: an expression evaluated here, a runner's call, a worker's job, or a person's after all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bpmn import model as m
from bpmn.model.execution import Code, Job
from engine.elements.flow_node import new_job
from engine.elements.mappings import MappingRule
from engine.elements.person import Assignee, ask
from engine.elements.program import Program
from engine.judgement import RUNS, Judgement, person
from engine.spiff.chain import NO_CHAIN
from engine.spiff.external_view import ExternalTaskView
from engine.spiff.failures import BpmnError, ElementFailure
from engine.spiff.waits import open_wait

if TYPE_CHECKING:
    from engine.elements.compilation import Compilation
    from engine.spiff.element_spec import ElementSpec
    from engine.spiff.token import Token


class Service:
    """What an element asks a program to do, with the binding that says which program does it."""

    def __init__(self, node: m.BaseElement, c: Compilation) -> None:
        details = c.execution(node)
        self.decision = details.decision
        result = self.decision.result_variable if self.decision is not None else None
        self.job: Job = details.job or Job("external", Code(node.id or "", "text"), result_variable=result)
        self.declared = details.job is not None
        name = self.job.target.text
        self.binding = c.binding(node.id, f"topic:{name}", f"class:{name}")
        self.assignee = Assignee(details, c)
        self.guided = c.guided
        self.errors = [(error_code(c, each.error_ref), c.evaluator(each.condition)) for each in details.error_mappings]
        self.target = c.evaluator(self.job.target)
        self.inputs = [MappingRule(mapping, c) for mapping in self.job.inputs]
        self.outputs = [MappingRule(mapping, c) for mapping in self.job.outputs]
        inline = self.binding is not None and self.binding.kind == "python" and self.binding.options.get("inline")
        self.inline = Program(self.binding, c) if inline and self.binding is not None else None
        self.fields = [(key, c.evaluator(code)) for key, code in self.job.fields]

    @property
    def by_person(self) -> bool:
        """Whether a person does it: bound to one, or guided and nothing is known of the program."""
        if self.binding is not None:
            return self.binding.kind == "person"
        return (self.guided and self.job.kind not in ("external", "expression")) or (self.guided and not self.declared)

    def check_errors(self, token: Token, external: ExternalTaskView | None = None) -> None:
        """What the model counts as a BPMN error is thrown as one (Camunda: errorEventDefinition)."""
        seen = {"externalTask": external or ExternalTaskView()}
        for code, condition in self.errors:
            if condition is not None and condition.is_true(token, seen):
                raise BpmnError(code, external.errorMessage if external is not None else None)

    def take(self, token: Token, variables: dict[str, Any]) -> None:
        """The program's result: all of it, or what the model takes from it (Flowable: out parameters)."""
        if self.outputs:
            variables = {rule.name(token) or "": rule.value(token, variables) for rule in self.outputs}
        token.data.update(variables)

    def judge(self) -> Judgement:
        name = self.job.target.text
        if self.binding is not None:
            how = f"It is bound to {self.binding.kind} {self.binding.target}."
            return Judgement("runs", how, code="bound", by_person=self.by_person)
        if self.decision is not None and not self.declared:
            return self._judge_decision(self.decision.key.text)
        if self.by_person:
            return person("Which program does it is not said, so a person does it.", "service-by-person")
        if self.job.kind == "expression":
            return RUNS
        if self.job.kind in ("external", "operation"):
            fix = f"Let a worker fetch the topic {name}, or bind it."
            return Judgement("runs_with_binding", f"A worker does it that fetches the topic “{name}”.", fix, "external")
        return Judgement(
            "runs_with_binding",
            f"It asks for {self.job.kind} “{name}”, which only its own installation knows.",
            "Bind it to a Python function, an address, a worker's topic or a person.",
            "not-bound",
        )

    def _judge_decision(self, key: str) -> Judgement:
        """Decisions are not evaluated here yet: it is done as a task that names no program."""
        if self.by_person:
            return person(f"It asks for the decision “{key}”, which a person takes here.", "decision")
        name = self.job.target.text
        return Judgement(
            "runs_with_binding",
            f"It asks for the decision “{key}”, which a worker takes here that fetches the topic “{name}”.",
            f"Let a worker fetch the topic {name}, or bind it.",
            "decision",
        )

    def begin(self, token: Token, spec: ElementSpec) -> bool | None:
        """True when it is done at once."""
        kind = self.binding.kind if self.binding is not None else self.job.kind
        if self.by_person:
            record = ask(token, spec, "task", self.assignee)
            if self.binding is not None:
                record.candidate_groups = tuple(self.binding.options.get("candidate_groups") or [self.binding.target])
                record.assignee = self.binding.options.get("assignee")
            return None
        if kind == "expression":
            assert self.target is not None
            self._keep(token, self.target.value(token))
            return True
        if kind in ("external", "operation"):
            topic = (
                self.binding.target if self.binding is not None else self.target.text(token) if self.target else None
            )
            self._open(token, spec, "external", topic)
            return None
        if self.inline is not None:
            self.inline.run(token, self._fields(token), self.job.result_variable)
            return True
        if self.binding is None:
            raise ElementFailure(
                "not-bound",
                f"“{spec.title}” asks for {self.job.kind} {self.job.target.text!r}, which is not known here.",
                f"Bind class:{self.job.target.text} to a Python function, an address, a worker's topic or a person.",
            )
        self._open(token, spec, "service", self.binding.target, binding=self.binding.to_dict())
        return None

    def _open(self, token: Token, spec: ElementSpec, kind: str, topic: str | None, **payload: Any) -> None:
        fields = self._fields(token)
        if fields:
            payload["fields"] = {
                key: value if isinstance(value, (str, int, float, bool)) else str(value)
                for key, value in fields.items()
            }
        if self.inputs:
            payload["inputs"] = {rule.name(token) or "": rule.value(token) for rule in self.inputs}
        elif not self.job.include_variables:
            payload["inputs"] = {}
        if self.job.result_variable:
            payload["result_variable"] = self.job.result_variable
        if token.workflow.chain != NO_CHAIN:
            # An exchange of messages is no shorter for what is called in between.
            payload["chain"] = token.workflow.chain.kept()
        job = new_job(token, kind, spec, topic, **payload)
        if self.binding is not None and "retries" in self.binding.options:
            job.retries = int(self.binding.options["retries"])
        open_wait(token, job, spec.element_id, "work")

    def _fields(self, token: Token) -> dict[str, Any]:
        return {key: evaluator.value(token) for key, evaluator in self.fields if evaluator is not None}

    def _keep(self, token: Token, value: Any) -> None:
        if self.job.result_variable:
            if self.job.result_local:
                token.scope.set(self.job.result_variable, value)
            else:
                token.data[self.job.result_variable] = value


def error_code(c: Compilation, reference: str | None) -> str | None:
    """The code of the error that a reference means."""
    error = c.definitions.resolve(reference)
    return (error.error_code or error.name or error.id) if isinstance(error, m.Error) else reference
