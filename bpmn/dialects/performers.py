"""Who does a task in the standard's own words: performers, human performers, potential owners, named resources."""

from __future__ import annotations

from bpmn.dialects.language import separated, value
from bpmn.dialects.source import Source
from bpmn.model import HumanPerformer, Performer, PotentialOwner, Resource, ResourceRole, Task
from bpmn.model.execution import Assignment, Code


def assignment(source: Source) -> Assignment | None:
    """Human performers are assignees, potential owners and named resources are candidates."""
    assert isinstance(source.element, Task)
    assignee: Code | None = None
    users: list[Code] = []
    groups: list[Code] = []
    for role in source.element.resources:
        text, line = _role_text(source, role)
        if text is None:
            continue
        if isinstance(role, HumanPerformer) and not isinstance(role, PotentialOwner) and role.resource_ref is None:
            assignee = assignee or value(text, source.dialect, line)
        elif isinstance(role, (PotentialOwner, HumanPerformer)) or type(role) is Performer:
            _candidates(source, text, line, users, groups)
    found = Assignment(assignee=assignee, candidate_users=tuple(users), candidate_groups=tuple(groups))
    return None if found == Assignment() else found


def _role_text(source: Source, role: ResourceRole) -> tuple[str | None, int | None]:
    written = role.resource_assignment_expression
    if written is not None and written.expression is not None and written.expression.text:
        return written.expression.text, written.expression.line
    if role.resource_ref:
        named = source.definitions.resolve(role.resource_ref)
        return (named.name if isinstance(named, Resource) else None) or role.resource_ref, role.line
    return None, role.line


def _candidates(source: Source, text: str, line: int | None, users: list[Code], groups: list[Code]) -> None:
    """`user(anna), group(sales), finance`; a bare name is a group, except in jBPM, where it is a user."""
    for part in separated(text):
        kind, parenthesis, inside = part.partition("(")
        given = {"user": users, "group": groups}.get(kind.strip().lower()) if parenthesis else None
        bare = users if source.dialect == "jbpm" else groups
        written = part if given is None else inside.rstrip().removesuffix(")")
        bare = bare if given is None else given
        bare.extend(code for name in separated(written) if (code := value(name, source.dialect, line)))
