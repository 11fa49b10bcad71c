"""The read side: what is asked of the engine, each question a frozen dataclass."""

from __future__ import annotations

from engine.queries.acts import ActChain, ActList
from engine.queries.causes import IncidentCauses
from engine.queries.definitions import DefinitionDetail, DefinitionList, StartEvents
from engine.queries.deployments import BindingList, Bindings, DeployedForm, DeploymentList, Resource, Resources
from engine.queries.figures import ProcessFigures, WaitingPlaces
from engine.queries.grants import GrantList, StartersOf
from engine.queries.history import History
from engine.queries.identities import GroupDetail, GroupList, Groups, NameOf, UserDetail, UserList
from engine.queries.instance import InstanceDetail, PathWalked, TokenCounts
from engine.queries.instances import InstanceCounts, InstanceList
from engine.queries.kept import DraftOf, KeptFilters
from engine.queries.last_started import LastStarted
from engine.queries.operations import DatabaseState, JobFigures, Workers
from engine.queries.past import InstancePast, VariablePast
from engine.queries.sessions import SessionList, SessionOf
from engine.queries.task_end import TaskEnd, TaskPast
from engine.queries.task_facets import TaskFacets, TasksWaiting
from engine.queries.task_subjects import TaskSubjects
from engine.queries.task_talk import AttachmentContent, TaskTalk
from engine.queries.user_task import TaskDetail
from engine.queries.user_tasks import TaskCounts, TaskList
from engine.queries.waits import IncidentList, JobDetail, JobList, SubscriptionList

__all__ = [
    "ActChain",
    "ActList",
    "AttachmentContent",
    "BindingList",
    "Bindings",
    "DatabaseState",
    "DefinitionDetail",
    "DefinitionList",
    "DeployedForm",
    "DeploymentList",
    "DraftOf",
    "GrantList",
    "GroupDetail",
    "GroupList",
    "Groups",
    "History",
    "IncidentCauses",
    "IncidentList",
    "InstanceCounts",
    "InstanceDetail",
    "InstanceList",
    "InstancePast",
    "JobDetail",
    "JobFigures",
    "JobList",
    "KeptFilters",
    "LastStarted",
    "NameOf",
    "PathWalked",
    "ProcessFigures",
    "Resource",
    "Resources",
    "SessionList",
    "SessionOf",
    "StartEvents",
    "StartersOf",
    "SubscriptionList",
    "TaskCounts",
    "TaskDetail",
    "TaskEnd",
    "TaskFacets",
    "TaskList",
    "TaskPast",
    "TaskSubjects",
    "TaskTalk",
    "TasksWaiting",
    "TokenCounts",
    "UserDetail",
    "UserList",
    "VariablePast",
    "WaitingPlaces",
    "Workers",
]
