"""The metamodel against the standard's own schema: nothing is missing, and children are in the schema's order."""

from __future__ import annotations

from importlib.resources import files

import pytest
from lxml import etree

from bpmn.model.diagram import BPMNDI, DC, DI
from bpmn.model.foundation import MODEL
from bpmn.xml.catalog import ABSTRACT, Shape, shapes

XSD = "{http://www.w3.org/2001/XMLSchema}"
NAMESPACES = {"bpmndi": BPMNDI, "dc": DC, "di": DI}
# Types of text, and those that the model folds into the field that holds them.
PLAIN = {"tText", "tScript", "tExtensionElements", "tBaseElementWithMixedContent"}


def schema_files():
    """The schema that SpiffWorkflow brings along."""
    folder = files("SpiffWorkflow.bpmn.parser") / "schema"
    return [folder / name for name in ("BPMN20.xsd", "Semantic.xsd", "BPMNDI.xsd", "DC.xsd", "DI.xsd")]


def schema_types() -> dict[str, etree._Element]:
    found: dict[str, etree._Element] = {}
    for path in schema_files():
        root = etree.fromstring(path.read_bytes())
        found |= {node.get("name"): node for node in root.findall(f"{XSD}complexType")}
    return found


TYPES = schema_types()
BY_TYPE = {f"t{kind.__name__}" if kind.namespace == MODEL else kind.__name__: shape for kind, shape in shapes().items()}
MODELLED = sorted(name for name in TYPES if name.startswith("t") and name not in PLAIN)


def own_parts(name: str) -> tuple[list[etree._Element], list[etree._Element]]:
    """The attributes and child elements that the schema gives a type, those of its bases first."""
    node = TYPES[name]
    extension = node.find(f".//{XSD}extension")
    base = extension.get("base").rpartition(":")[2] if extension is not None else None
    attributes, elements = own_parts(base) if base in TYPES else ([], [])
    attributes = attributes + list(node.iter(f"{XSD}attribute"))
    elements = elements + [
        element for element in node.iter(f"{XSD}element") if element.getparent().tag != XSD + "schema"
    ]
    return attributes, elements


@pytest.mark.parametrize("name", MODELLED)
def test_every_type_has_a_class_with_its_attributes(name):
    shape = BY_TYPE[name]
    wanted = {attribute.get("name") for attribute in own_parts(name)[0]}
    assert wanted <= set(shape.attributes)


@pytest.mark.parametrize(
    "name",
    ["BPMNDiagram", "BPMNPlane", "BPMNShape", "BPMNEdge", "BPMNLabel", "BPMNLabelStyle", "Font", "Bounds", "Point"],
)
def test_every_diagram_type_has_a_class_with_its_attributes(name):
    wanted = {attribute.get("name") for attribute in own_parts(name)[0]}
    assert wanted <= set(BY_TYPE[name].attributes)


@pytest.mark.parametrize("name", MODELLED)
def test_children_are_known_and_in_the_schemas_order(name):
    if name == "tDefinitions":
        pytest.skip("its children are of several schemas")
    shape = BY_TYPE[name]
    orders = []
    for element in own_parts(name)[1]:
        local = (element.get("ref") or element.get("name")).rpartition(":")[2]
        if local == "extensionElements":
            continue
        slot = find(shape, f"{{{MODEL}}}{local}")
        assert slot is not None, local
        orders.append(slot.order)
    assert orders == sorted(orders)


def find(shape: Shape, tag: str):
    found = shape.children.get(tag)
    if found is not None:
        return found[0]
    return shape.heads.get(tag)


def test_every_class_is_of_the_schema():
    names = set(TYPES)
    own = {"tElement", "tItemAwareElement", "DiagramElement"}
    assert {name for name in BY_TYPE if name not in names} <= own
    assert all(kind in shapes() for kind in ABSTRACT)
