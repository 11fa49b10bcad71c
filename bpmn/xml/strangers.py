"""Files that are no BPMN 2.0, told by what they are: archives and pictures by their first bytes, XML by its root."""

from __future__ import annotations

import re

from bpmn.problems import Problem

EXPORT = "Export the diagram as BPMN 2.0 (.bpmn) in the tool that drew it."

# First bytes, what they say, and what to do.
SIGNATURES: tuple[tuple[bytes, str, str], ...] = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Microsoft Office file (Word, Excel, Visio)", EXPORT),
    (b"%PDF", "a PDF", EXPORT),
    (b"\x89PNG", "a PNG picture", EXPORT),
    (b"\xff\xd8\xff", "a JPEG picture", EXPORT),
    (b"GIF8", "a GIF picture", EXPORT),
    (b"\x1f\x8b", "compressed with gzip", "Unpack it and take the .bpmn file inside."),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", "Unpack it and take the .bpmn file inside."),
    (b"Rar!", "a RAR archive", "Unpack it and take the .bpmn file inside."),
    (b"{\\rtf", "a rich text (RTF) document", EXPORT),
    (b"\x7fELF", "a program", EXPORT),
    (b"MZ", "a program", EXPORT),
)

# Names inside an archive, which stand in it uncompressed, that say what it is.
ARCHIVES: tuple[tuple[bytes, str], ...] = (
    (b"word/document.xml", "a Word document"),
    (b"xl/workbook.xml", "an Excel workbook"),
    (b"ppt/presentation.xml", "a PowerPoint presentation"),
    (b"visio/document.xml", "a Visio drawing"),
    (b"Diagram.xml", "a Bizagi model"),
    (b"opendocument", "an OpenDocument file"),
)
NAME_BEFORE = re.compile(rb"[\w. -]+\Z", re.ASCII)

# The root's namespace (a part of it) or local name, what they say, and what to do.
NAMESPACES: tuple[tuple[str, str, str], ...] = (
    ("/spec/DMN/", "a DMN decision model", "Deploy it beside the process that asks for the decision."),
    ("/spec/CMMN/", "a CMMN case model", "Draw the case as a BPMN process."),
    ("wfmc.org", "an XPDL file", "Export the diagram as BPMN 2.0 in its tool; XPDL is another format."),
    ("schema.microsoft.com/visio", "a Visio drawing", EXPORT),
    ("schemas.microsoft.com/visio", "a Visio drawing", EXPORT),
    ("schemas.openxmlformats.org", "a part of a Microsoft Office document", EXPORT),
    ("schemas.microsoft.com/office", "a Microsoft Office document", EXPORT),
    ("bpel", "a BPEL process", "Draw the process as BPMN 2.0; BPEL is another language."),
    ("business-process/", "a BPEL process", "Draw the process as BPMN 2.0; BPEL is another language."),
    ("jboss.org/jbpm", "a jPDL process of an old jBPM", "Draw the process as BPMN 2.0."),
    ("jbpm.org", "a jPDL process of an old jBPM", "Draw the process as BPMN 2.0."),
    ("bpmn.org", "a BPMN 1.x file", "Export it as BPMN 2.0; BPMN 1.x had no common XML format."),
    ("stp.eclipse.org", "a BPMN 1.x file of Eclipse STP", "Draw it in a BPMN 2.0 modeler."),
    ("w3.org/1999/xhtml", "a web page", "Download the .bpmn file itself, not the page that shows it."),
    ("w3.org/2000/svg", "an SVG picture", EXPORT),
    ("graphml", "a GraphML drawing (yEd)", EXPORT),
    ("XMI", "an XMI model (UML)", "Export the process diagram as BPMN 2.0 XML in the tool that drew it."),
    ("pnml", "a Petri net (PNML)", "Draw the process as BPMN 2.0."),
)
ROOTS: dict[str, tuple[str, str]] = {
    "mxfile": ("a draw.io drawing", "draw.io cannot export BPMN 2.0: draw the process in a BPMN modeler."),
    "mxGraphModel": ("a draw.io drawing", "draw.io cannot export BPMN 2.0: draw the process in a BPMN modeler."),
    "AML": ("an ARIS (AML) export", "In ARIS, export the model as BPMN 2.0 XML."),
    "Package": ("an XPDL file", "Export the diagram as BPMN 2.0 in its tool; XPDL is another format."),
    "BpmnDiagram": ("a BPMN 1.x file", "Export it as BPMN 2.0."),
    "BusinessProcessDiagram": ("a BPMN 1.x file", "Export it as BPMN 2.0."),
    "process-definition": ("a jPDL process of an old jBPM", "Draw the process as BPMN 2.0."),
    "VisioDocument": ("a Visio drawing", EXPORT),
    "html": ("a web page", "Download the .bpmn file itself, not the page that shows it."),
    "HTML": ("a web page", "Download the .bpmn file itself, not the page that shows it."),
    "svg": ("an SVG picture", EXPORT),
    "epml": ("an EPC model (EPML)", "Draw the process as BPMN 2.0."),
    "adoxml": ("an ADONIS export", "In ADONIS, export the model as BPMN DI XML."),
    "ADOXML": ("an ADONIS export", "In ADONIS, export the model as BPMN DI XML."),
    "bpmn-model": ("a BPMN 1.x file", "Export it as BPMN 2.0."),
    "xsd:schema": ("an XML schema", EXPORT),
    "schema": ("an XML schema", EXPORT),
    "Envelope": ("a SOAP message", EXPORT),
}
DEFINITIONS_WITHOUT_NAMESPACE = 'Declare xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" in the root element.'


def name_bytes(data: bytes) -> Problem | None:
    """What a file is that is no XML, if that can be told."""
    if not data.strip(b" \t\r\n\0\xef\xbb\xbf\xff\xfe"):
        return _problem("empty", "The file is empty.", "Export the diagram again.", None)
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _name_archive(data)
    for signature, what, fix in SIGNATURES:
        if data.startswith(signature):
            return _problem("not_xml", f"The file is {what}, no BPMN 2.0 XML.", fix, None)
    head = data[:200].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith((b"{", b"[")):
        return _problem("not_xml", "The file is JSON, no BPMN 2.0 XML.", EXPORT, None)
    if re.match(rb"<!doctype\s+html|<html", head, re.IGNORECASE):
        return _problem("not_bpmn", "The file is a web page, no BPMN 2.0.", ROOTS["html"][1], 1)
    return None


def name_root(expanded: str, line: int) -> Problem:
    """What an XML file is whose root (`{namespace}local`) is not BPMN 2.0's."""
    namespace, _, local = expanded[1:].partition("}")
    what = next(((what, fix) for part, what, fix in NAMESPACES if part in namespace), None) or ROOTS.get(local)
    if what is not None:
        return _problem("not_bpmn", f"The file is {what[0]}, no BPMN 2.0.", what[1], line)
    if local == "definitions" and not namespace:
        message = "The root element <definitions> is in no namespace, so nothing says that it is BPMN 2.0."
        return _problem("no_namespace", message, DEFINITIONS_WITHOUT_NAMESPACE, line)
    shown = f"<{local[:60]}>" + (f" of {namespace[:120]}" if namespace else "")
    return _problem("not_bpmn", f"The root element is {shown}, where BPMN 2.0 has <definitions>.", EXPORT, line)


def _name_archive(data: bytes) -> Problem:
    # Nothing is unpacked, so a bomb stays packed, and no name inside becomes a path.
    for part, what in ARCHIVES:
        if part in data:
            return _problem("not_xml", f"The file is {what}, no BPMN 2.0 XML.", EXPORT, None)
    at = data.find(b".bpmn")
    name = NAME_BEFORE.search(data[max(0, at - 60) : at]) if at > 0 else None
    if name is not None:
        fix = f"Unpack it and take the .bpmn file inside ({name[0].decode('ascii').strip()}.bpmn)."
        return _problem("not_xml", "The file is a zip archive.", fix, None)
    return _problem("not_xml", "The file is a zip archive, no BPMN 2.0 XML.", EXPORT, None)


def _problem(code: str, message: str, fix: str, line: int | None) -> Problem:
    return Problem("error", code, message, line=line, fix=fix)
