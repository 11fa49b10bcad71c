"""What an expression may see of the engine: `execution` and `task` as Camunda and Flowable offer them, `now`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, MutableMapping
from typing import TYPE_CHECKING, Any, ClassVar

if TYPE_CHECKING:
    from engine.spiff.token import Token


class ExecutionView:
    """The `execution` of JUEL expressions (Camunda: DelegateExecution)."""

    expression_members: ClassVar[frozenset[str]] = frozenset(
        [
            "setVariable",
            "getVariable",
            "setVariableLocal",
            "getVariableLocal",
            "hasVariable",
            "hasVariableLocal",
            "removeVariable",
            "getVariables",
            "getProcessInstanceId",
            "processInstanceId",
            "getBusinessKey",
            "businessKey",
            "getProcessBusinessKey",
            "processBusinessKey",
            "getCurrentActivityId",
            "currentActivityId",
            "getCurrentActivityName",
            "currentActivityName",
            "getId",
            "id",
            "getProcessDefinitionId",
            "processDefinitionId",
            "getProcessInstanceBusinessKey",
            "processInstanceBusinessKey",
            "getEventName",
            "eventName",
            "setProcessBusinessKey",
            "getParent",
            "parent",
            "getProcessInstance",
            "processInstance",
            "getActivityId",
            "activityId",
            "getActivityInstanceId",
            "activityInstanceId",
            "variables",
            "variableNames",
            "getVariableNames",
        ]
    )

    def __init__(self, token: Token, event: str | None = None) -> None:
        self._token = token
        self.eventName = event

    def setVariable(self, name: str, value: Any) -> None:
        self._token.data[name] = value

    def getVariable(self, name: str) -> Any:
        return self._token.data.get(name)

    def setVariableLocal(self, name: str, value: Any) -> None:
        self._token.scope.set(name, value)

    def getVariableLocal(self, name: str) -> Any:
        return self._token.scope.get(name) if self._token.scope.has(name) else None

    def hasVariable(self, name: str) -> bool:
        return name in self._token.data

    def hasVariableLocal(self, name: str) -> bool:
        return self._token.scope.has(name)

    def removeVariable(self, name: str) -> None:
        self._token.data.pop(name, None)

    def getVariables(self) -> dict[str, Any]:
        return dict(self._token.data)

    def getVariableNames(self) -> list[str]:
        return list(self._token.data)

    def getProcessInstanceId(self) -> str:
        return self._token.instance.id

    def getBusinessKey(self) -> str | None:
        return self._token.instance.business_key

    def getCurrentActivityId(self) -> str:
        return self._token.task_spec.current_activity(self._token, self.eventName)

    def getCurrentActivityName(self) -> str | None:
        name: str | None = self._token.task_spec.bpmn_name
        return name

    def getId(self) -> str:
        return f"{self._token.workflow.root_id}-{self._token.id}"

    def getProcessDefinitionId(self) -> str:
        return self._token.instance.definition_id

    def setProcessBusinessKey(self, key: str) -> None:
        self._token.instance.business_key = key
        self._token.workflow.changes.instance_changed(self._token.instance)

    def getParent(self) -> ExecutionView | None:
        parent = self._token.parent
        return ExecutionView(parent) if parent is not None else None

    def getProcessInstance(self) -> ExecutionView:
        return ExecutionView(self._token.workflow.bodies[self._token.instance.id])

    def getEventName(self) -> str | None:
        return self.eventName

    getActivityId = getCurrentActivityId
    activityId = property(getCurrentActivityId)
    getActivityInstanceId = getId
    activityInstanceId = property(getId)
    parent = property(getParent)
    processInstance = property(getProcessInstance)
    variables = property(getVariables)
    variableNames = property(getVariableNames)
    processInstanceId = property(getProcessInstanceId)
    businessKey = property(getBusinessKey)
    processBusinessKey = property(getBusinessKey)
    processInstanceBusinessKey = property(getBusinessKey)
    getProcessBusinessKey = getBusinessKey
    getProcessInstanceBusinessKey = getBusinessKey
    currentActivityId = property(getCurrentActivityId)
    currentActivityName = property(getCurrentActivityName)
    id = property(getId)
    processDefinitionId = property(getProcessDefinitionId)


def views_of(token: Token, event: str | None = None) -> MutableMapping[str, Any]:
    """The names that variables do not hide when there is a variable of that name."""
    view = ExecutionView(token, event)
    return {"execution": view, "authenticatedUserId": token.workflow.actor}


def functions_of(token: Token) -> Mapping[str, Callable[..., Any]]:
    """Functions of every language."""
    workflow = token.workflow
    return {
        "now": lambda: workflow.now,
        "dateTime": lambda: workflow.now,
        "currentUser": lambda: workflow.actor,
    }
