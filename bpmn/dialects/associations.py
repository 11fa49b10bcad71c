"""Data associations of the standard read as variable mappings, where they say something that an engine can do."""

from __future__ import annotations

from collections.abc import Iterator

from bpmn.dialects.language import expression, variable
from bpmn.dialects.source import Source
from bpmn.model import (
    Activity,
    BaseElement,
    DataObject,
    DataObjectReference,
    DataStore,
    DataStoreReference,
    FormalExpression,
    ThrowEvent,
)
from bpmn.model.data import DataAssociation, DataInputAssociation, DataOutputAssociation, ItemAwareElement
from bpmn.model.events import CatchEvent
from bpmn.model.execution import Code, Mapping

# bpmn-js draws an association from or to a node by this invisible property.
_PLACEHOLDERS = ("__targetRef_placeholder", "__sourceRef_placeholder")


def input_mappings(source: Source, element: Activity | ThrowEvent) -> tuple[Mapping, ...]:
    """What goes into an activity before it begins; an arrow in a mere drawing moves no data."""
    # Some of jBPM's data inputs speak to its engine; its own file tells them from data.
    if source.dialect in ("drawing", "jbpm"):
        return ()
    return tuple(_mappings(source, element.data_input_associations))


def output_mappings(source: Source, element: Activity | CatchEvent) -> tuple[Mapping, ...]:
    """What comes out of an activity after it ends."""
    return tuple(_mappings(source, element.data_output_associations)) if source.dialect != "drawing" else ()


def useful(source: Source, mappings: tuple[Mapping, ...]) -> tuple[Mapping, ...]:
    """The mappings of an activity that do more than hand over a variable under its own name, which is visible anyway.

    In a plain file also without those between generated ids: no expression could read such a variable.
    """
    return tuple(mapping for mapping in mappings if not _idle(source, mapping.source, mapping.target))


def _idle(source: Source, origin: Code | None, target: str | Code | None) -> bool:
    if origin is None or origin.language != "variable":
        return False
    readable = origin.text.isidentifier() and str(target).isidentifier()
    return origin.text == target or (source.dialect == "bpmn" and not readable)


def _mappings(
    source: Source, associations: list[DataInputAssociation] | list[DataOutputAssociation]
) -> Iterator[Mapping]:
    for association in associations:
        target = variable_of(source, association.target_ref)
        transformation = _code(source, association.transformation)
        if association.assignments:
            yield from _assigned(source, association, target)
        elif transformation is not None and target is not None:
            yield Mapping(transformation, target)
        else:
            origin = variable_of(source, association.source_refs[0] if association.source_refs else None)
            if origin is not None and target is not None:
                yield Mapping(variable(origin, association.line), target)


def _assigned(source: Source, association: DataAssociation, target: str | None) -> Iterator[Mapping]:
    """Assignments: in jBPM, whose editor writes nothing else, `from` without braces is a constant."""
    for assignment in association.assignments:
        code = _code(source, assignment.from_)
        if code is not None and source.dialect == "jbpm" and code.language == "mvel":
            code = Code(code.text, "text", code.line)
        written = assignment.to.text if assignment.to is not None else None
        to = variable_of(source, written) or target
        if code is not None and to is not None:
            yield Mapping(code, to)


def variable_of(source: Source, item: BaseElement | str | None) -> str | None:
    """The name of the variable that holds an item of data; None for a data store, which is none.

    It is the item's name where that could be a variable's, else its id; SpiffWorkflow goes by the id alone.
    """
    if item is None or item == "":
        return None
    found = source.definitions.resolve(item) if isinstance(item, str) else item
    if isinstance(found, DataObjectReference):
        found = source.definitions.resolve(found.data_object_ref) or found
    if found is None and isinstance(item, str):
        return item.rpartition(":")[2]
    if isinstance(found, (DataStore, DataStoreReference)) or not isinstance(found, (ItemAwareElement, DataObject)):
        return None
    if found.name in _PLACEHOLDERS:
        return None
    if source.dialect == "spiffworkflow" or found.name is None or not found.name.isidentifier():
        return found.id or found.name
    return found.name


def _code(source: Source, written: FormalExpression | None) -> Code | None:
    if written is None:
        return None
    return expression(
        written.text, source.dialect, written.language, source.definitions.expression_language, written.line
    )
