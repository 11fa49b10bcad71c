"""For the runner: what a job writes to a person about, as it is now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Literal

from sqlalchemy import Connection, select

from engine.identity import Actor
from engine.persistence.mails import WISHES
from engine.persistence.tables import job, process_definition, process_instance, user, user_task


@dataclass(frozen=True, slots=True)
class Notice:
    """`about`: a task is theirs, or they were mentioned beside it. `by`: the name of who did that, if anybody."""

    key: str
    about: Literal["task", "mention"]
    address: str
    name: str
    language: str | None
    by: str | None
    task_id: str
    task: str | None
    process: str
    business_key: str | None
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class NoticeOf:
    """None if `owner` has the job no longer, or if the person wants or needs to know it no more.

    The task is done meanwhile, or somebody else's; they have no address, or take no mail any more.
    """

    permission: ClassVar[str] = "administer"
    job_id: str
    owner: str

    def fetch(self, connection: Connection, actor: Actor, now: datetime) -> Notice | None:
        found = connection.execute(
            select(job.c.payload, job.c.topic).where(job.c.id == self.job_id, job.c.lease_owner == self.owner)
        ).first()
        if found is None:
            return None
        said, name = found
        wish = WISHES[said["about"]]
        person = connection.execute(
            select(user.c.name, user.c.email, user.c.language).where(
                user.c.id == name, user.c.active, user.c.email.is_not(None), wish
            )
        ).first()
        task = connection.execute(
            select(user_task, process_definition.c.name.label("process"), process_instance.c.key)
            .add_columns(process_instance.c.business_key)
            .join(process_instance, process_instance.c.id == user_task.c.instance_id)
            .join(process_definition, process_definition.c.id == process_instance.c.definition_id)
            .where(user_task.c.id == said["task_id"])
        ).first()
        if person is None or task is None or (said["about"] == "task" and task.assignee != name):
            return None
        by = connection.execute(select(user.c.id, user.c.name).where(user.c.id == said["actor"])).first()
        return Notice(
            key=self.job_id,
            about=said["about"],
            address=person.email,
            name=person.name or name,
            language=person.language,
            by=(by.name or by.id) if by is not None else said["actor"],
            task_id=task.id,
            task=task.name,
            process=task.process or task.key,
            business_key=task.business_key,
            due_at=task.due_at,
        )
