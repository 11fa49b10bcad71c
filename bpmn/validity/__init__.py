"""Whether a document says what it can mean: ids, references, flows, lanes. One file a subject; the table names them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import islice

from bpmn.model import Definitions
from bpmn.problems import Problem
from bpmn.validity import flows, identity, lanes, references
from bpmn.validity.document import Document

CHECKS: tuple[Callable[[Document], Iterable[Problem]], ...] = (
    identity.check,
    references.check,
    flows.check,
    lanes.check,
)

# Warnings about what a person can make good in guided mode and an engine cannot: unguided, such a file is refused.
REFUSED_UNLESS_GUIDED = frozenset({"no_called_element", "flow_from_nowhere", "dangling_default", "dangling_trigger"})


def check(definitions: Definitions, limit: int = 500) -> list[Problem]:
    """At most `limit` problems of each subject, each subject's in the order of the file."""
    document = Document(definitions)
    return [problem for subject in CHECKS for problem in islice(subject(document), limit)]
