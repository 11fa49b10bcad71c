"""One command's transaction: roots that it locks and moves, rows that it reads and changes: all saved, or nothing."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from sqlalchemy import Connection

from engine.errors import NotFound
from engine.identity import Actor
from engine.persistence import roots
from engine.persistence.acts import Act, Acts
from engine.persistence.bindings import Bindings
from engine.persistence.conversation import Conversation
from engine.persistence.database import Database
from engine.persistence.definitions import Definitions
from engine.persistence.deployments import Deployments
from engine.persistence.drafts import Drafts, TaskFilters
from engine.persistence.events import Events
from engine.persistence.grants import Grants
from engine.persistence.idempotency import Idempotency
from engine.persistence.ids import new_id
from engine.persistence.incidents import Incident, Incidents
from engine.persistence.instances import Instances, LockedRoot, root_of
from engine.persistence.jobs import Job, Jobs
from engine.persistence.library import Library, Specs
from engine.persistence.liveroots import LiveRoot, LiveRoots
from engine.persistence.outside import Outside
from engine.persistence.prepared import Question
from engine.persistence.sessions import Sessions
from engine.persistence.subscriptions import Subscription, Subscriptions
from engine.persistence.tokens import Tokens
from engine.persistence.transfer import Transfer
from engine.persistence.user_tasks import UserTask, UserTasks
from engine.persistence.users import Users
from engine.persistence.webhooks import Webhooks
from engine.runtime.records import EventRecord, JobRecord, SubscriptionRecord
from engine.spiff.chain import NO_CHAIN

if TYPE_CHECKING:
    from engine.runtime.root import Root
    from engine.spiff.process_spec import ProcessSpec

T = TypeVar("T")

NO_INSTANCE = "There is no such instance."


@dataclass(slots=True)
class _Held:
    """A root that this command has locked. `revision` is None while it has no row."""

    root_id: str
    revision: int | None
    event_count: int
    counter: int = 0
    bindings: int = 0
    tells: bool = True
    live: LiveRoot | None = None
    ended: bool = False
    events: list[EventRecord] = field(default_factory=list)


class UnitOfWork:
    """What a command works on. Everything it changes is written when ProcessEngine commits, and not before."""

    def __init__(
        self,
        connection: Connection,
        live: LiveRoots,
        specs: Specs,
        root_class: type[Root],
        now: datetime,
        actor: Actor,
        failures: Literal["incident", "raise"] = "incident",
        permission: str | None = None,
        mails: bool = False,
    ) -> None:
        self.now = now
        self.actor = actor
        """Who commands; from the lock of a root on with what they were granted in its process."""
        self._commander = actor
        self._permission = permission
        self.due: datetime | None = None
        self.chain = NO_CHAIN
        """What led to this command, with no person and no time between."""
        self.leased: list[Job] = []
        self.connection = connection
        self.deployments = Deployments(connection)
        self.definitions = Definitions(connection)
        self.bindings = Bindings(connection)
        self.instances = Instances(connection)
        self.user_tasks = UserTasks(connection)
        self.jobs = Jobs(connection, self.wake)
        self.tokens = Tokens(connection)
        self.subscriptions = Subscriptions(connection)
        self.incidents = Incidents(connection)
        self.history = Events(connection)
        self.users = Users(connection)
        self.grants = Grants(connection)
        self.acts = Acts(connection)
        self._outside = Outside(connection, now, mails)
        self.sessions = Sessions(connection)
        self.idempotency = Idempotency(connection)
        self.transfer = Transfer(connection)
        self.webhooks = Webhooks(connection)
        self.conversation = Conversation(connection)
        self.drafts = Drafts(connection)
        self.task_filters = TaskFilters(connection)
        self._live = live
        self._specs = specs
        self._root_class = root_class
        self._failures: Literal["incident", "raise"] = failures
        self._held: dict[str, _Held] = {}

    # -- roots ------------------------------------------------------------------------------------------------------

    def lock(self, root_id: str) -> None:
        """Hold a root until the end of the command; whoever else wants it waits. Raises NotFound."""
        self._hold(root_id)

    def root(self, root_id: str) -> Root:
        """The root, locked and ready to be moved. Raises NotFound."""
        held = self._hold(root_id)
        if held.live is None:
            held.live = self._take(held)
        return held.live.root

    def new_root(self) -> Root:
        """A root that has nothing yet; `start` makes its first instance."""
        root_id = new_id(self.now)
        bindings, tells = self.instances.standing()
        held = self._held[root_id] = _Held(root_id, None, 0, bindings=bindings, tells=tells)
        library = self._library(held)
        root = self._root_class.new(root_id, library, self.now, self.actor.user)
        root.at(self.now, self.actor.user, self._failures, self.chain)
        held.live = LiveRoot(root, library, 0, held.bindings)
        return root

    def record(self, root_id: str, instance_id: str, kind: str, **values: Any) -> None:
        """Add a line to a root's history, such as `task-claimed`; `values` are further fields of EventRecord."""
        held = self._hold(root_id)
        if held.live is not None:
            held.live.root.record(kind, instance_id, **values)
            return
        held.event_count += 1
        event = EventRecord(held.event_count, instance_id, self.now, kind, actor=self.actor.user, **values)
        held.events.append(event)

    def note(self, act: str, subject: str, **data: Any) -> None:
        """Write down what is done to the installation, for whoever must prove later what applied when."""
        self.acts.add(Act(new_id(self.now), self.now, self.actor.user, act, subject, data))

    def definition_spec(self, definition_id: str) -> ProcessSpec:
        """The compiled process of a definition. Raises NotFound."""
        return self._specs.find(definition_id, self.bindings.revision(), self.connection)

    # -- rows of a root, read under its lock ------------------------------------------------------------------------

    def user_task(self, task_id: str) -> UserTask:
        """The task; nobody else changes it until the end of the command. Raises NotFound."""
        return _found(self.find_user_task(task_id), "This task is done, or never was.")

    def find_user_task(self, task_id: str) -> UserTask | None:
        """The task, as `user_task`; None if it is done. Raises NotFound where its root never was."""
        row = self._lock_and_ask(root_of(task_id), self.user_tasks.question(task_id))
        return UserTask(*row) if row else None

    def job(self, job_id: str) -> Job:
        """The job, of a root or of none. Raises NotFound."""
        if "-" not in job_id:
            # A job of no instance, such as a start by timer, is of no process that could be granted.
            return _found(self.jobs.get(job_id) if self._everywhere() else None, "This job is done, or never was.")
        row = self._lock_and_ask(root_of(job_id), self.jobs.question(job_id))
        return _found(Job(*row) if row else None, "This job is done, or never was.")

    def subscription(self, subscription_id: str) -> Subscription:
        self.lock(root_of(subscription_id))
        return _found(self.subscriptions.get(subscription_id), "Nothing waits there any more.")

    def incident(self, incident_id: str) -> Incident:
        self.lock(root_of(incident_id))
        return _found(self.incidents.get(incident_id), "This incident is resolved, or never was.")

    def token_scope(self, root_id: str, number: int) -> int | None:
        """The scope that a token sees; None if there is no such token."""
        token = self.tokens.get(root_id, number)
        return token.scope if token else None

    def token_element(self, root_id: str, number: int) -> str | None:
        """The element that a token is at; None if there is no such token."""
        token = self.tokens.get(root_id, number)
        return token.element_id if token else None

    # -- the end ----------------------------------------------------------------------------------------------------

    def wake(self, due: datetime) -> None:
        """Let the runners know, after the commit, that a job is due at that time."""
        if self.due is None or due < self.due:
            self.due = due

    def afterwards(self, job: Job) -> None:
        """Do a job that this command has leased, after the commit and before the sender has its answer."""
        self.leased.append(job)

    def commit(self, database: Database) -> None:
        """Write what the roots have become, and commit."""
        steps = [(held, held.live.root.step() if held.live is not None else None) for held in self._held.values()]
        # Asked before anything is written: in a pipeline nothing can be read.
        told = [
            job
            for held, step in steps
            if held.tells or self._outside.mails
            for job in self._outside.jobs(held.root_id, held.tells, [*held.events, *(step.events if step else ())])
        ]
        self.acts.write()
        with database.committing(self.connection):
            for held, step in steps:
                if step is not None and roots.changes(step):
                    is_new = held.revision is None
                    held.revision = 0 if held.revision is None else held.revision + 1
                    step.events[:0] = held.events
                    roots.save(self.connection, step, held.revision, is_new=is_new)
                    held.ended = roots.has_ended(step)
                    self._wake_for(step.opened)
                elif held.events:
                    roots.append(self.connection, held.root_id, held.events)
            for job in told:
                self.jobs.add(job)
        for held in self._held.values():
            self._put_back(held)

    def _hold(self, root_id: str) -> _Held:
        if root_id not in self._held:
            self._locked(root_id, self.instances.lock(root_id))
        return self._held[root_id]

    def _lock_and_ask(self, root_id: str, question: Question) -> tuple[Any, ...] | None:
        if root_id in self._held:
            statement, values = question
            return statement.first(self.connection, **values)
        locked, row = self.instances.lock_and_ask(root_id, question)
        self._locked(root_id, locked)
        return row

    def _locked(self, root_id: str, locked: LockedRoot | None) -> None:
        if locked is None:
            raise NotFound(NO_INSTANCE)
        self._admit(locked.key)
        held = _Held(root_id, locked.revision, locked.event_count, locked.counter, locked.bindings, locked.tells)
        self._held[root_id] = held

    def _admit(self, key: str) -> None:
        """Nobody learns of an instance by a command that they may send elsewhere only."""
        self.actor = self._commander.within(key)
        if self._permission is not None and not self.actor.may(self._permission):
            raise NotFound(NO_INSTANCE)

    def _everywhere(self) -> bool:
        return self._permission is None or self._commander.may(self._permission)

    def _take(self, held: _Held) -> LiveRoot:
        assert held.revision is not None
        live = self._live.take(held.root_id, held.revision, held.bindings)
        if live is not None:
            live.library.open(self.connection, held.bindings)
            live.root.at(self.now, self.actor.user, self._failures, self.chain)
            live.root.event_count = held.event_count
            return live
        library = self._library(held)
        state = roots.load(self.connection, held.root_id, held.revision, held.counter, held.event_count)
        root = self._root_class.load(state, library, self.now, self.actor.user)
        root.at(self.now, self.actor.user, self._failures, self.chain)
        return LiveRoot(root, library, held.revision, held.bindings)

    def _library(self, held: _Held) -> Library:
        library = Library(self._specs)
        library.open(self.connection, held.bindings)
        return library

    def _put_back(self, held: _Held) -> None:
        if held.live is not None and held.revision is not None and not held.ended:
            held.live.library.close()
            held.live.revision = held.revision
            self._live.put(held.root_id, held.live)

    def _wake_for(self, opened: list[Any]) -> None:
        for wait in opened:
            if isinstance(wait, JobRecord):
                self.wake(wait.due_at)
            elif isinstance(wait, SubscriptionRecord) and wait.kind == "message":
                self.jobs.hasten("message", wait.name, self.now)


def _found(row: T | None, otherwise: str) -> T:
    if row is None:
        raise NotFound(otherwise)
    return row
