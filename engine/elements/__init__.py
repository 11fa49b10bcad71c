"""What the engine knows of each BPMN element: one file an element, one line here."""

from __future__ import annotations

from bpmn import model as m
from engine.elements.activity import Activity
from engine.elements.ad_hoc_sub_process import AdHocSubProcess
from engine.elements.boundary_event import BoundaryEvent
from engine.elements.business_rule_task import BusinessRuleTask
from engine.elements.call_activity import CallActivity
from engine.elements.cancel_event import CancelEvent
from engine.elements.compensate_event import CompensateEvent
from engine.elements.complex_gateway import ComplexGateway
from engine.elements.conditional_event import ConditionalEvent
from engine.elements.end_event import EndEvent
from engine.elements.error_event import ErrorEvent
from engine.elements.escalation_event import EscalationEvent
from engine.elements.event_based_gateway import EventBasedGateway
from engine.elements.event_definition import EventDefinition, NoTrigger
from engine.elements.event_sub_process import EventSubProcess
from engine.elements.exclusive_gateway import ExclusiveGateway
from engine.elements.inclusive_gateway import InclusiveGateway
from engine.elements.intermediate_catch_event import IntermediateCatchEvent
from engine.elements.intermediate_throw_event import IntermediateThrowEvent
from engine.elements.link_event import LinkEvent
from engine.elements.manual_task import ManualTask
from engine.elements.message_event import MessageEvent
from engine.elements.multi_instance import MultiInstance
from engine.elements.parallel_gateway import ParallelGateway
from engine.elements.process import Process
from engine.elements.receive_task import ReceiveTask
from engine.elements.script_task import ScriptTask
from engine.elements.send_task import SendTask
from engine.elements.service_task import ServiceTask
from engine.elements.signal_event import SignalEvent
from engine.elements.standard_loop import StandardLoop
from engine.elements.start_event import StartEvent
from engine.elements.sub_process import SubProcess
from engine.elements.task import Task
from engine.elements.terminate_event import TerminateEvent
from engine.elements.timer_event import TimerEvent
from engine.elements.transaction import Transaction
from engine.elements.unsupported import Unsupported
from engine.elements.user_task import UserTask
from engine.spiff.element_spec import ElementSpec

ELEMENTS: dict[type[m.BaseElement], type[ElementSpec]] = {
    m.StartEvent: StartEvent,
    m.EndEvent: EndEvent,
    m.IntermediateCatchEvent: IntermediateCatchEvent,
    m.IntermediateThrowEvent: IntermediateThrowEvent,
    m.BoundaryEvent: BoundaryEvent,
    m.Task: Task,
    m.UserTask: UserTask,
    m.ManualTask: ManualTask,
    m.ScriptTask: ScriptTask,
    m.ServiceTask: ServiceTask,
    m.SendTask: SendTask,
    m.ReceiveTask: ReceiveTask,
    m.BusinessRuleTask: BusinessRuleTask,
    m.SubProcess: SubProcess,
    m.Transaction: Transaction,
    m.AdHocSubProcess: AdHocSubProcess,
    m.CallActivity: CallActivity,
    m.ExclusiveGateway: ExclusiveGateway,
    m.InclusiveGateway: InclusiveGateway,
    m.ParallelGateway: ParallelGateway,
    m.EventBasedGateway: EventBasedGateway,
    m.ComplexGateway: ComplexGateway,
}

# What a call activity is that calls a task of the file instead of a process (10.3.6).
GLOBAL_TASKS: dict[type[m.BaseElement], type[ElementSpec]] = {
    m.GlobalTask: Task,
    m.GlobalUserTask: UserTask,
    m.GlobalManualTask: ManualTask,
    m.GlobalBusinessRuleTask: BusinessRuleTask,
}

EVENT_DEFINITIONS: dict[type[m.EventDefinition], type[EventDefinition]] = {
    m.TimerEventDefinition: TimerEvent,
    m.MessageEventDefinition: MessageEvent,
    m.SignalEventDefinition: SignalEvent,
    m.ErrorEventDefinition: ErrorEvent,
    m.EscalationEventDefinition: EscalationEvent,
    m.ConditionalEventDefinition: ConditionalEvent,
    m.LinkEventDefinition: LinkEvent,
    m.TerminateEventDefinition: TerminateEvent,
    m.CompensateEventDefinition: CompensateEvent,
    m.CancelEventDefinition: CancelEvent,
}

__all__ = [
    "ELEMENTS",
    "EVENT_DEFINITIONS",
    "GLOBAL_TASKS",
    "Activity",
    "EventDefinition",
    "EventSubProcess",
    "MultiInstance",
    "NoTrigger",
    "Process",
    "StandardLoop",
    "Unsupported",
]
