"""The standard's metamodel as dataclasses, one file per chapter; class and field names are the standard's."""

from bpmn.model.activities import (
    Activity,
    AdHocSubProcess,
    BusinessRuleTask,
    CallActivity,
    ComplexBehaviorDefinition,
    LoopCharacteristics,
    ManualTask,
    MultiInstanceLoopCharacteristics,
    ReceiveTask,
    ScriptTask,
    SendTask,
    ServiceTask,
    StandardLoopCharacteristics,
    SubProcess,
    Task,
    Transaction,
    UserTask,
)
from bpmn.model.artifacts import Artifact, Association, Group, TextAnnotation
from bpmn.model.choreography import (
    CallChoreography,
    Choreography,
    ChoreographyActivity,
    ChoreographyTask,
    GlobalChoreographyTask,
    SubChoreography,
)
from bpmn.model.collaboration import (
    Collaboration,
    GlobalConversation,
    MessageFlow,
    MessageFlowAssociation,
    Participant,
    ParticipantMultiplicity,
    PartnerEntity,
    PartnerRole,
)
from bpmn.model.common import (
    Auditing,
    Category,
    CategoryValue,
    CorrelationKey,
    CorrelationProperty,
    CorrelationPropertyBinding,
    CorrelationPropertyRetrievalExpression,
    CorrelationSubscription,
    Error,
    Escalation,
    FlowElement,
    FlowNode,
    ItemDefinition,
    Message,
    Monitoring,
    Resource,
    ResourceParameter,
    SequenceFlow,
    Signal,
)
from bpmn.model.conversation import (
    CallConversation,
    Conversation,
    ConversationAssociation,
    ConversationLink,
    ConversationNode,
    ParticipantAssociation,
    SubConversation,
)
from bpmn.model.data import (
    Assignment,
    DataAssociation,
    DataInput,
    DataInputAssociation,
    DataObject,
    DataObjectReference,
    DataOutput,
    DataOutputAssociation,
    DataState,
    DataStore,
    DataStoreReference,
    InputOutputBinding,
    InputOutputSpecification,
    InputSet,
    ItemAwareElement,
    OutputSet,
    Property,
)
from bpmn.model.diagram import (
    Bounds,
    BPMNDiagram,
    BPMNEdge,
    BPMNLabel,
    BPMNLabelStyle,
    BPMNPlane,
    BPMNShape,
    DiagramElement,
    Font,
    Point,
)
from bpmn.model.event_definitions import (
    CancelEventDefinition,
    CompensateEventDefinition,
    ConditionalEventDefinition,
    ErrorEventDefinition,
    EscalationEventDefinition,
    EventDefinition,
    LinkEventDefinition,
    MessageEventDefinition,
    SignalEventDefinition,
    TerminateEventDefinition,
    TimerEventDefinition,
)
from bpmn.model.events import (
    BoundaryEvent,
    CatchEvent,
    EndEvent,
    Event,
    ImplicitThrowEvent,
    IntermediateCatchEvent,
    IntermediateThrowEvent,
    StartEvent,
    ThrowEvent,
)
from bpmn.model.foundation import BaseElement, Documentation, Element, Expression, FormalExpression, RootElement
from bpmn.model.gateways import (
    ComplexGateway,
    EventBasedGateway,
    ExclusiveGateway,
    Gateway,
    InclusiveGateway,
    ParallelGateway,
)
from bpmn.model.infrastructure import Definitions, Extension, Import, Relationship
from bpmn.model.lanes import Lane, LaneSet
from bpmn.model.markup import Document, Foreign, Markup, Remark, foreign
from bpmn.model.process import (
    CallableElement,
    GlobalBusinessRuleTask,
    GlobalManualTask,
    GlobalScriptTask,
    GlobalTask,
    GlobalUserTask,
    Process,
)
from bpmn.model.resources import (
    HumanPerformer,
    Performer,
    PotentialOwner,
    Rendering,
    ResourceAssignmentExpression,
    ResourceParameterBinding,
    ResourceRole,
)
from bpmn.model.services import EndPoint, Interface, Operation

# fmt: off
__all__ = [
    "Activity", "AdHocSubProcess", "Artifact", "Assignment", "Association", "Auditing", "BPMNDiagram", "BPMNEdge",
    "BPMNLabel", "BPMNLabelStyle", "BPMNPlane", "BPMNShape", "BaseElement", "BoundaryEvent", "Bounds",
    "BusinessRuleTask", "CallActivity", "CallChoreography", "CallConversation", "CallableElement",
    "CancelEventDefinition", "CatchEvent", "Category", "CategoryValue", "Choreography", "ChoreographyActivity",
    "ChoreographyTask", "Collaboration", "CompensateEventDefinition", "ComplexBehaviorDefinition", "ComplexGateway",
    "ConditionalEventDefinition", "Conversation", "ConversationAssociation", "ConversationLink", "ConversationNode",
    "CorrelationKey", "CorrelationProperty", "CorrelationPropertyBinding", "CorrelationPropertyRetrievalExpression",
    "CorrelationSubscription", "DataAssociation", "DataInput", "DataInputAssociation", "DataObject",
    "DataObjectReference", "DataOutput", "DataOutputAssociation", "DataState", "DataStore", "DataStoreReference",
    "Definitions", "DiagramElement", "Document", "Documentation", "Element", "EndEvent", "EndPoint", "Error",
    "ErrorEventDefinition", "Escalation", "EscalationEventDefinition", "Event", "EventBasedGateway",
    "EventDefinition", "ExclusiveGateway", "Expression", "Extension", "FlowElement", 
    "FlowNode", "Font", "Foreign", "FormalExpression", "Gateway", "GlobalBusinessRuleTask",
    "GlobalChoreographyTask", "GlobalConversation", "GlobalManualTask", "GlobalScriptTask", "GlobalTask",
    "GlobalUserTask", "Group", "HumanPerformer", "ImplicitThrowEvent", "Import", "InclusiveGateway",
    "InputOutputBinding", "InputOutputSpecification", "InputSet", "Interface", "IntermediateCatchEvent",
    "IntermediateThrowEvent", "ItemAwareElement", "ItemDefinition", "Lane", "LaneSet", "LinkEventDefinition",
    "LoopCharacteristics", "ManualTask", "Markup", "Message", "MessageEventDefinition", "MessageFlow",
    "MessageFlowAssociation", "Monitoring", "MultiInstanceLoopCharacteristics", "Operation", "OutputSet",
    "ParallelGateway", "Participant", "ParticipantAssociation", "ParticipantMultiplicity", "PartnerEntity",
    "PartnerRole", "Performer", "Point", "PotentialOwner", "Process", "Property", "ReceiveTask", "Relationship",
    "Remark", "Rendering", "Resource", "ResourceAssignmentExpression", "ResourceParameter",
    "ResourceParameterBinding", "ResourceRole", "RootElement", "ScriptTask", "SendTask", "SequenceFlow",
    "ServiceTask", "Signal", "SignalEventDefinition", "StandardLoopCharacteristics", "StartEvent",
    "SubChoreography", "SubConversation", "SubProcess", "Task", "TerminateEventDefinition", "TextAnnotation",
    "ThrowEvent", "TimerEventDefinition", "Transaction", "UserTask", "foreign",
]
# fmt: on
