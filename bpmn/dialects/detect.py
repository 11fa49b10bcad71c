"""Which dialect a file is in, and which tool wrote it: from what it uses first, then from what it only declares."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bpmn.model import Definitions

# A vendor's namespace and its dialect. Where a file uses several equally, the first of this list counts.
NAMESPACES: dict[str, str] = {
    "http://camunda.org/schema/1.0/bpmn": "camunda7",
    "http://www.camunda.com/fox": "camunda7",
    "http://operaton.org/schema/1.0/bpmn": "camunda7",
    "http://camunda.org/schema/zeebe/1.0": "zeebe",
    "http://flowable.org/bpmn": "flowable",
    "http://activiti.org/bpmn": "activiti",
    "http://activiti.com/modeler": "activiti",
    "http://www.jboss.org/drools": "jbpm",
    "http://www.omg.org/bpmn20/drools": "jbpm",
    "http://spiffworkflow.org/bpmn/schema/1.0/core": "spiffworkflow",
    "https://www.spiffworkflow.org/bpmn/schema/1.0/core": "spiffworkflow",
}
PLATFORM = "{http://camunda.org/schema/modeler/1.0}executionPlatform"
OLD = ("1.", "2.", "3.", "4.")
PLATFORMS = {"camunda cloud": "zeebe", "camunda platform": "camunda7"}

# Parts of targetNamespace, typeLanguage, expressionLanguage and exporter that belong to one engine's world.
HINTS: tuple[tuple[str, str], ...] = (
    ("zeebe", "zeebe"),
    ("camunda.org/schema/1.0", "camunda7"),
    ("flowable.org", "flowable"),
    ("activiti.org", "activiti"),
    ("www.jboss.org/drools", "jbpm"),
    ("java.com/javatypes", "jbpm"),
    ("mvel.org", "jbpm"),
    ("jbpm", "jbpm"),
    ("spiffworkflow", "spiffworkflow"),
)


@dataclass(frozen=True, slots=True)
class Tool:
    """A modeling tool. `sign` is a part of the exporter's name or, unless it `only_exports`, of a namespace or comment.

    An engine's namespace says for which engine a file is, not which tool wrote it.
    """

    sign: str
    name: str
    draws: bool = True
    only_exports: bool = False


TOOLS: tuple[Tool, ...] = (
    Tool("camunda web modeler", "Camunda Web Modeler", draws=False, only_exports=True),
    Tool("zeebe modeler", "Zeebe Modeler", draws=False, only_exports=True),
    Tool("camunda modeler", "Camunda Modeler", draws=False, only_exports=True),
    Tool("camunda.org/schema/modeler", "Camunda Modeler", draws=False),
    Tool("flowable.org/design", "Flowable Design", draws=False),
    Tool("flowable.org/modeler", "Flowable Modeler", draws=False),
    Tool("activiti.com/modeler", "Activiti Modeler", draws=False),
    Tool("flowable", "Flowable Design", draws=False, only_exports=True),
    Tool("activiti", "Activiti Designer", draws=False, only_exports=True),
    Tool("jbpm", "jBPM Designer", draws=False, only_exports=True),
    Tool("spiffworkflow", "SpiffWorkflow", draws=False, only_exports=True),
    Tool("bonita", "Bonita Studio", draws=False),
    Tool("signavio", "Signavio"),
    Tool("bizagi", "Bizagi Modeler"),
    Tool("itp-commerce", "itp-commerce Process Modeler for Visio"),
    Tool("visio", "Microsoft Visio"),
    Tool("softwareag.com/aris", "ARIS"),
    Tool("aris", "ARIS", only_exports=True),
    Tool("boc-group", "ADONIS"),
    Tool("adonis", "ADONIS"),
    Tool("trisotech", "Trisotech"),
    Tool("esteco", "Cardanit"),
    Tool("cardanit", "Cardanit"),
    Tool("beepmn", "Cardanit"),
    Tool("w4.eu", "W4 BPMN+ Composer"),
    Tool("composer", "W4 BPMN+ Composer", only_exports=True),
    Tool("omninet", "OMNITRACKER"),
    Tool("igrafx", "iGrafx"),
    Tool("aeneis", "Aeneis"),
    Tool("smartfacts", "MID Smartfacts"),
    Tool("innovator", "MID Innovator"),
    Tool("bpanda", "MID bpanda"),
    Tool("mid.de", "MID Innovator"),
    Tool("yaoqiang", "Yaoqiang BPMN Editor"),
    Tool("bpmn.sourceforge.net", "Yaoqiang BPMN Editor"),
    Tool("sourceforge.net/bpmn", "Yaoqiang BPMN Editor"),
    Tool("modelio", "Modelio"),
    Tool("ibm.com", "IBM Process Designer"),
    Tool("blueworks", "IBM Blueworks Live"),
    Tool("visual-paradigm", "Visual Paradigm"),
    Tool("visual paradigm", "Visual Paradigm"),
    Tool("sparxsystems", "Enterprise Architect"),
    Tool("enterprise architect", "Enterprise Architect"),
    Tool("open-bpmn", "Open-BPMN"),
    Tool("openbpmn", "Open-BPMN"),
    Tool("imixs", "Open-BPMN"),
    Tool("draw.io", "draw.io"),
    Tool("diagrams.net", "draw.io"),
    Tool("lucid", "Lucidchart"),
    Tool("gliffy", "Gliffy"),
    Tool("heflo", "HEFLO"),
    Tool("magicdraw", "MagicDraw"),
    Tool("nomagic", "MagicDraw"),
    Tool("powerdesigner", "PowerDesigner"),
    Tool("gbtec", "BIC Process Design"),
    Tool("bic ", "BIC Process Design", only_exports=True),
    Tool("symbio", "Symbio"),
    Tool("viflow", "ViFlow"),
    Tool("stormbpmn", "Storm BPMN"),
    Tool("bpmn.io", "bpmn.io"),
    Tool("bpmn-js", "bpmn.io"),
    Tool("org.eclipse.bpmn2", "Eclipse BPMN2 Modeler", draws=False),
    Tool("oracle", "Oracle BPM", draws=False),
)


@dataclass(frozen=True, slots=True)
class Origin:
    """Who a file is from and for. `tool` and `tool_version` are None where nothing says."""

    dialect: str
    tool: str | None
    tool_version: str | None


def detect(definitions: Definitions, used: Mapping[str, int]) -> Origin:
    """The origin of a file; `used` counts the different names that it uses of each namespace."""
    tool, named = _tool(definitions, used)
    version = definitions.exporter_version if definitions.exporter else None
    dialect = _dialect(definitions, used)
    if dialect is None:
        runs = any(process.is_executable for process in definitions.processes)
        dialect = "drawing" if tool is not None and tool.draws and not runs else "bpmn"
    return Origin(dialect, named, version)


def _dialect(definitions: Definitions, used: Mapping[str, int]) -> str | None:
    platform = definitions.foreign_attributes.get(PLATFORM, "").strip().lower()
    if platform in PLATFORMS:
        return PLATFORMS[platform]
    declared = definitions.source.namespaces.all() if definitions.source is not None else {}
    counts: dict[str, int] = {}
    for namespace, dialect in NAMESPACES.items():
        if dialect == "activiti" and declared.get("camunda") == namespace:
            # Camunda 7 reads the namespace of Activiti, which it came from; the prefix tells that it is meant.
            dialect = "camunda7"
        if namespace in used:
            counts[dialect] = counts.get(dialect, 0) + used[namespace]
    if counts:
        return max(counts, key=lambda dialect: counts[dialect])
    return _declared(definitions, declared)


def _declared(definitions: Definitions, declared: Mapping[str, str]) -> str | None:
    present = set(declared.values())
    hints = (
        definitions.target_namespace,
        definitions.type_language,
        definitions.expression_language,
        definitions.exporter,
    )
    text = " ".join(hint.lower() for hint in hints if hint)
    hinted = next((dialect for sign, dialect in HINTS if sign in text), None)
    candidates = [dialect for namespace, dialect in NAMESPACES.items() if namespace in present]
    if candidates or hinted:
        # Flowable's own tools declare Activiti's namespace after theirs, for old files' sake.
        return candidates[0] if candidates else hinted
    # Until its version 5, Camunda's modeler knew Camunda 7 only and did not write the platform down.
    old = (definitions.exporter or "").lower() == "camunda modeler" and (definitions.exporter_version or "")[:2] in OLD
    return "camunda7" if old else None


def _tool(definitions: Definitions, used: Mapping[str, int]) -> tuple[Tool | None, str | None]:
    exporter = (definitions.exporter or "").strip()
    if exporter:
        tool = _signed(exporter, exported=True)
        # Some add their address, or write nothing else.
        name = exporter.partition(", http")[0]
        return tool, tool.name if tool is not None and name.startswith("http") else name
    remarks = definitions.document.before if definitions.document is not None else []
    declared = definitions.source.namespaces.all().values() if definitions.source is not None else ()
    for signs in (
        [remark.data[:200] for remark in remarks],
        sorted(used, key=lambda namespace: -used[namespace]),
        [definitions.target_namespace or ""],
        list(declared),
    ):
        for sign in signs:
            tool = _signed(sign)
            if tool is not None:
                return tool, tool.name
    return None, None


def _signed(text: str, *, exported: bool = False) -> Tool | None:
    lowered = text.lower()
    tools = (tool for tool in TOOLS if exported or not tool.only_exports)
    return next((tool for tool in tools if _begins_word(tool.sign, lowered)), None)


def _begins_word(sign: str, text: str) -> bool:
    """Whether the sign stands there as the beginning of a word: provisions are not made by Visio."""
    at = text.find(sign)
    while at > 0 and text[at - 1].isalpha():
        at = text.find(sign, at + 1)
    return at >= 0
