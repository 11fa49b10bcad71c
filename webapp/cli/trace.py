"""What happens while a model runs, a line each as it happens."""

from __future__ import annotations

from engine.processengine import ProcessEngine
from engine.queries.history import EventRow, History
from engine.queries.instances import InstanceList, InstanceRow
from webapp.cli.database import TERMINAL
from webapp.cli.output import Output, shown
from webapp.cli.story import Story
from webapp.cli.together import Models

PAGE = 200


class Trace:
    """Looks at what is new in every instance, and says it. `events` are all that were seen."""

    def __init__(self, engine: ProcessEngine, models: Models, output: Output) -> None:
        self.engine = engine
        self.models = models
        self.output = output
        self.events: list[EventRow] = []
        self.seen: dict[str, int] = {}
        self.stories: dict[str, Story] = {}

    def look(self) -> None:
        rows = self.engine.query(InstanceList(limit=PAGE, called_too=True), TERMINAL).rows
        instances = {row.id: row for row in rows}
        for root in sorted(rows, key=lambda row: (row.started_at, row.id)):
            for event in self._new(root.id) if root.parent_id is None else ():
                self.events.append(event)
                self._say(instances.get(event.instance_id, root), event)

    def _say(self, instance: InstanceRow, event: EventRow) -> None:
        story = self.stories.setdefault(instance.id, Story(self.models.names(instance.key)))
        line = story.line(event)
        if line is not None:
            # Only a second process needs to be told from the first.
            process = f"{instance.name or instance.key}: " if len(self.stories) > 1 else ""
            self.output.say(f"{shown(event.at)}  {process}{line}")

    def _new(self, root_id: str) -> list[EventRow]:
        """The events since the last look, the oldest first; read from the newest back: a look costs what is new."""
        last = self.seen.get(root_id, 0)
        fresh: list[EventRow] = []
        after = None
        while True:
            page = self.engine.query(History(root_id, called_too=True, newest_first=True, after=after), TERMINAL)
            fresh += [event for event in page.rows if event.number > last]
            after = page.next
            if after is None or page.rows[-1].number <= last:
                break
        self.seen[root_id] = max([last, *(event.number for event in fresh)])
        return fresh[::-1]
