"""What is wrong with XML that is not well-formed, in plain words."""

from __future__ import annotations

from xml.parsers import expat
from xml.parsers.expat import errors

from bpmn.problems import Problem

CUT_OFF = {errors.XML_ERROR_NO_ELEMENTS, errors.XML_ERROR_UNCLOSED_TOKEN, errors.XML_ERROR_UNCLOSED_CDATA_SECTION}
FIXES = {
    errors.XML_ERROR_UNDEFINED_ENTITY: "Write the character itself, or its number (&#160; for &nbsp;).",
    errors.XML_ERROR_INVALID_TOKEN: "Write & as &amp;, < as &lt;, and remove control characters.",
    errors.XML_ERROR_BAD_CHAR_REF: "Remove the reference to a character that XML does not allow.",
    errors.XML_ERROR_TAG_MISMATCH: "Close the elements in the order in which they were opened.",
    errors.XML_ERROR_DUPLICATE_ATTRIBUTE: "Remove one of the two attributes.",
    errors.XML_ERROR_JUNK_AFTER_DOC_ELEMENT: "Remove what stands after the end of the root element.",
}


def explain(error: expat.ExpatError, text: str) -> Problem:
    """The problem for what the XML parser refused; `line` and the column in the message count from 1."""
    reason = expat.ErrorString(error.code) or "not well-formed"
    if not text.lstrip().startswith("<"):
        return Problem("error", "not_xml", "The file is no XML.", line=1, fix="Export the diagram as BPMN 2.0 (.bpmn).")
    where = f"line {error.lineno}, column {error.offset + 1}"
    if reason in CUT_OFF:
        fix = "The file was probably cut off on its way: export or download it again."
        return Problem("error", "cut_off", f"The file ends too early, at {where}.", line=error.lineno, fix=fix)
    fix = FIXES.get(reason, "Export the diagram again, or correct the XML there.")
    return Problem(
        "error", "not_well_formed", f"The file is no well-formed XML: {reason} at {where}.", line=error.lineno, fix=fix
    )
