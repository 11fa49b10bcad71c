"""Letters to people: what happened, in their language, and where to look. What was said there stays there."""

from __future__ import annotations

from urllib.parse import urlsplit

from engine.queries.mails import Notice
from webapp.language import ENGLISH, catalogue, languages, later

SUBJECTS = {
    "task": later("A task for you: %(task)s"),
    "mention": later("You were mentioned: %(task)s"),
}
BY_SOMEBODY = {
    "task": later("%(person)s gave you a task."),
    "mention": later("%(person)s mentioned you beside a task."),
}
BY_NOBODY = {
    "task": later("A task is for you."),
    "mention": later("You were mentioned beside a task."),
}
TASK = later("Task")
PROCESS = later("Process")
CASE = later("Case")
DUE = later("Due")
END = later("You get this because you asked for it on your account's page: %(address)s")


class Letters:
    """`base` is the address by which people reach the portal."""

    def __init__(self, base: str) -> None:
        """Raises ValueError where `base` is no such address."""
        if urlsplit(base).scheme not in ("http", "https") or not urlsplit(base).hostname:
            raise ValueError(
                "PROCESSION_URL is where letters lead: write the portal's address, https://portal.example.org."
            )
        self.base = base.rstrip("/")

    def write(self, notice: Notice) -> tuple[str, str]:
        """Subject and text, for a person who is told."""
        say = catalogue(notice.language if notice.language in languages() else ENGLISH).gettext
        task = notice.task or say(TASK)
        said = BY_SOMEBODY if notice.by else BY_NOBODY
        facts = [(TASK, task), (PROCESS, notice.process), (CASE, notice.business_key)]
        if notice.due_at is not None:
            facts.append((DUE, notice.due_at.strftime("%Y-%m-%d %H:%M UTC")))
        lines = [
            say(said[notice.about]) % {"person": notice.by},
            "",
            *(f"{say(word)}: {value}" for word, value in facts if value),
            "",
            f"{self.base}/tasks/{notice.task_id}",
            "",
            "-- ",
            say(END) % {"address": f"{self.base}/account"},
        ]
        return say(SUBJECTS[notice.about]) % {"task": task}, "\n".join(lines) + "\n"
