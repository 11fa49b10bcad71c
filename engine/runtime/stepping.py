"""From noted changes to a Step: records of what is there now, and the history of how it came."""

from __future__ import annotations

from engine.runtime.records import ScopeRecord, Step, TokenRecord
from engine.spiff.changes import Changes, token_data
from engine.spiff.scope import Scope
from engine.spiff.token import Token
from engine.spiff.workflow import ProcessWorkflow


def make_step(workflow: ProcessWorkflow, revision: int | None) -> Step:
    """Take the changes out of the workflow, which then counts as unchanged."""
    changes = workflow.changes
    step = Step(workflow.root_id, revision, 0, 0)
    _tokens(changes, step, workflow)
    _scopes(changes, step, workflow)
    step.new_instances = list(changes.new_instances.values())
    step.changed_instances = list(changes.changed_instances.values())
    step.opened = list(changes.opened.values())
    step.closed_user_tasks = changes.closed["task"]
    step.closed_jobs = changes.closed["job"]
    step.closed_subscriptions = changes.closed["subscription"]
    step.closed_incidents = changes.closed["incident"]
    step.events = changes.events
    step.counter = workflow.counter
    step.event_count = workflow.event_count
    workflow.changes = Changes()
    return step


def _tokens(changes: Changes, step: Step, workflow: ProcessWorkflow) -> None:
    for token, event in changes.new_tokens.values():
        step.new_tokens.append(token_record(token))
        event.data = token_data(token, (event.data or {}).get("flow"))
        event.scope = token.scope.number
    for token in changes.changed_tokens.values():
        step.changed_tokens.append(token_record(token))
        workflow.record(
            "token-changed",
            token.instance.id,
            element_id=token.task_spec.name,
            token=token.id,
            scope=token.scope.number,
            data=token_data(token),
        )
    step.gone_tokens = changes.gone_tokens


def _scopes(changes: Changes, step: Step, workflow: ProcessWorkflow) -> None:
    for scope in changes.new_scopes.values():
        parent = scope.parent.number if scope.parent is not None else None
        step.new_scopes.append(ScopeRecord(scope.number, scope.instance_id, parent, scope.token))
    step.gone_scopes = changes.gone_scopes
    for scope in workflow.used.values():
        new, changed, gone = scope.difference()
        if new or changed or gone:
            _variables(step, workflow, scope, new, changed, gone)
    workflow.used.clear()


def _variables(
    step: Step, workflow: ProcessWorkflow, scope: Scope, new: dict[str, str], changed: dict[str, str], gone: list[str]
) -> None:
    step.new_variables += [(scope.number, name, text) for name, text in new.items()]
    step.changed_variables += [(scope.number, name, text) for name, text in changed.items()]
    step.gone_variables += [(scope.number, name) for name in gone]
    for name, text in {**new, **changed}.items():
        workflow.record("variable-set", scope.instance_id, scope=scope.number, name=name, value=text)
    for name in gone:
        workflow.record("variable-gone", scope.instance_id, scope=scope.number, name=name)


def token_record(token: Token) -> TokenRecord:
    return TokenRecord(
        number=token.id,
        instance_id=token.instance.id,
        element_id=token.task_spec.name,
        scope=token.scope.number,
        parent=token._parent,
        state=token.state_name,
        data=dict(token.memory),
    )
