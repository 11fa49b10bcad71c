"""From rows to a live workflow: instances, scopes, tokens and what elements derive from them."""

from __future__ import annotations

from engine.runtime.records import InstanceRecord, RootState
from engine.spiff.bounds import Bounds
from engine.spiff.library import Library
from engine.spiff.scope import Scope
from engine.spiff.token import Token, state_named
from engine.spiff.waits import entries
from engine.spiff.workflow import ProcessWorkflow


def restore(state: RootState, library: Library, bounds: Bounds | None) -> ProcessWorkflow:
    """The workflow as it was when the rows were written. Nothing of it counts as a change."""
    instances = {instance.id: instance for instance in state.instances}
    workflow = ProcessWorkflow(state.root_id, library, library.spec(instances[state.root_id].definition_id), bounds)
    workflow.counter = state.counter
    workflow.event_count = state.event_count
    workflow.instances = instances
    _restore_scopes(workflow, state)
    _restore_tokens(workflow, state, instances)
    return workflow


def _restore_scopes(workflow: ProcessWorkflow, state: RootState) -> None:
    # A scope is younger than the one around it, so in order of numbers the outer one is there already.
    for record in sorted(state.scopes, key=lambda scope: scope.number):
        parent = workflow.scopes[record.parent] if record.parent is not None else None
        workflow.scopes[record.number] = Scope(
            record.number, record.instance_id, parent, record.token, workflow.touched, workflow.used
        )
    for number, name, text in state.variables:
        workflow.scopes[number].restore(name, text)


def _restore_tokens(workflow: ProcessWorkflow, state: RootState, instances: dict[str, InstanceRecord]) -> None:
    # Likewise a token is younger than the activity it is in.
    for record in sorted(state.tokens, key=lambda token: token.number):
        instance = instances[record.instance_id]
        process = workflow.library.spec(instance.definition_id)
        spec = process.start if record.element_id == process.start.name else process.task_specs[record.element_id]
        token = Token(
            workflow,
            spec,
            workflow.tasks[record.parent] if record.parent is not None else None,
            workflow.scopes[record.scope],
            instance,
            record.number,
            state_named(record.state),
            dict(record.data),
        )
        if spec is process.start:
            workflow.bodies[instance.id] = token
            if token.parent is None:
                workflow.task_tree = token
    for token in workflow.tasks.values():
        token.task_spec.restored(token)
        if any(entry.kind == "condition" for entry in entries(token)):
            workflow.conditional.add(token.id)
