"""A compiled process: SpiffWorkflow's process spec holding the specs of every element in it, sub-processes included.

Immutable once compiled and shared by all instances.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from SpiffWorkflow.bpmn.specs.bpmn_process_spec import BpmnProcessSpec
from SpiffWorkflow.specs import WorkflowSpec

if TYPE_CHECKING:
    from engine.spiff.element_spec import ElementSpec, Flow


class ProcessSpec(BpmnProcessSpec):
    """`start` is the process itself as an element: its token stands for the running instance.

    `start_form` is what its start event asks whoever starts it.
    """

    task_specs: dict[str, ElementSpec]
    start: ElementSpec

    def __init__(self, key: str, name: str | None = None, *, dialect: str = "bpmn", guided: bool = False) -> None:
        # BpmnProcessSpec.__init__ adds Start, EndJoin and End, which no process here has.
        WorkflowSpec.__init__(self, name=key)
        self.description = name
        self.dialect = dialect
        self.guided = guided
        self.version_tag: str | None = None
        self.start_form: Any = None
        self.flows: dict[str, Flow] = {}
        self.data_objects: dict[str, Any] = {}
        self.data_stores: dict[str, Any] = {}
        self.correlation_keys: dict[str, Any] = {}
        self.io_specification = None
        self.svg = None
        self.bpmn_start_events: list[Any] = []
