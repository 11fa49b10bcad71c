"""The write side: what people, programs and runners tell the engine to do, each a sentence."""

from __future__ import annotations

from engine.commands.ad_hoc import CompleteAdHocSubProcess, StartAdHocActivity
from engine.commands.api_tokens import CreateToken, RevokeToken
from engine.commands.assign_user_task import AssignUserTask, DelegateUserTask, ResolveUserTask, SetOwner
from engine.commands.bindings import Bind, Unbind
from engine.commands.cancel_instance import CancelInstance
from engine.commands.change_password import ChangePassword, ResetPassword
from engine.commands.change_user_task import AddCandidate, RemoveCandidate, SetUserTaskDates, SetUserTaskPriority
from engine.commands.claim_user_task import ClaimUserTask, UnclaimUserTask
from engine.commands.complete_user_task import CompleteUserTask
from engine.commands.correlate_message import BroadcastSignal, CorrelateMessage, StartByMessage
from engine.commands.deploy import DeleteDeployment, Deploy, DeployedProcess, Deployment, SetDefinitionState
from engine.commands.evaluate_conditions import EvaluateConditions, StartByConditions
from engine.commands.external_jobs import (
    CompleteExternalJob,
    ExtendLock,
    ExternalJob,
    FailExternalJob,
    FetchExternalJobs,
    ThrowErrorFromJob,
)
from engine.commands.grants import GrantProcess, RevokeGrant
from engine.commands.groups import AddToGroup, CreateGroup, DeleteGroup, RemoveFromGroup, SetGroup
from engine.commands.job_operations import ExecuteJob, RetryIncident, SetJobDue, SetJobRetries, UnlockJob
from engine.commands.keep import DropDraft, KeepTaskFilter, RemoveTaskFilter, SaveDraft
from engine.commands.set_variables import RemoveVariables, SetVariables
from engine.commands.sign_in import EndSession, SignIn, SignOut
from engine.commands.start_process import StartProcess
from engine.commands.talk_about_task import AddAttachment, AddComment, RemoveAttachment
from engine.commands.throw_from_user_task import ThrowErrorFromTask, ThrowEscalationFromTask
from engine.commands.trigger import TriggerSubscription, TriggerToken
from engine.commands.users import ChangeProfile, CreateUser, DeleteUser, SetUser
from engine.commands.webhooks import (
    CreateWebhook,
    DeleteWebhook,
    DropOldWebhookSecret,
    RenewWebhookSecret,
    SetWebhook,
)

__all__ = [
    "AddAttachment",
    "AddCandidate",
    "AddComment",
    "AddToGroup",
    "AssignUserTask",
    "Bind",
    "BroadcastSignal",
    "CancelInstance",
    "ChangePassword",
    "ChangeProfile",
    "ClaimUserTask",
    "CompleteAdHocSubProcess",
    "CompleteExternalJob",
    "CompleteUserTask",
    "CorrelateMessage",
    "CreateGroup",
    "CreateToken",
    "CreateUser",
    "CreateWebhook",
    "DelegateUserTask",
    "DeleteDeployment",
    "DeleteGroup",
    "DeleteUser",
    "DeleteWebhook",
    "Deploy",
    "DeployedProcess",
    "Deployment",
    "DropDraft",
    "DropOldWebhookSecret",
    "EndSession",
    "EvaluateConditions",
    "ExecuteJob",
    "ExtendLock",
    "ExternalJob",
    "FailExternalJob",
    "FetchExternalJobs",
    "GrantProcess",
    "KeepTaskFilter",
    "RemoveAttachment",
    "RemoveCandidate",
    "RemoveFromGroup",
    "RemoveTaskFilter",
    "RemoveVariables",
    "RenewWebhookSecret",
    "ResetPassword",
    "ResolveUserTask",
    "RetryIncident",
    "RevokeGrant",
    "RevokeToken",
    "SaveDraft",
    "SetDefinitionState",
    "SetGroup",
    "SetJobDue",
    "SetJobRetries",
    "SetOwner",
    "SetUser",
    "SetUserTaskDates",
    "SetUserTaskPriority",
    "SetVariables",
    "SetWebhook",
    "SignIn",
    "SignOut",
    "StartAdHocActivity",
    "StartByConditions",
    "StartByMessage",
    "StartProcess",
    "ThrowErrorFromJob",
    "ThrowErrorFromTask",
    "ThrowEscalationFromTask",
    "TriggerSubscription",
    "TriggerToken",
    "Unbind",
    "UnclaimUserTask",
    "UnlockJob",
]
