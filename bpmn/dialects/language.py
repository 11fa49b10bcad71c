"""Which language an expression, a script or a vendor's attribute is written in."""

from __future__ import annotations

import ast
import re

from bpmn.model.execution import Code

# What tools write in `language`, `scriptFormat` and `expressionLanguage`, in lower case.
LANGUAGES: dict[str, str] = {
    "python": "python",
    "python3": "python",
    "jython": "python",
    "text/python": "python",
    "text/x-python": "python",
    "application/python": "python",
    "http://www.python.org": "python",
    "juel": "juel",
    "uel": "juel",
    "el": "juel",
    "http://java.sun.com/products/jsp/": "juel",
    "feel": "feel",
    "http://www.omg.org/spec/feel/20140401": "feel",
    "http://www.omg.org/spec/dmn/20151101/feel.xsd": "feel",
    "javascript": "javascript",
    "ecmascript": "javascript",
    "js": "javascript",
    "text/javascript": "javascript",
    "text/ecmascript": "javascript",
    "application/javascript": "javascript",
    "application/x-javascript": "javascript",
    "application/ecmascript": "javascript",
    "http://www.javascript.com/javascript": "javascript",
    "groovy": "groovy",
    "text/groovy": "groovy",
    "text/x-groovy": "groovy",
    "application/groovy": "groovy",
    "http://groovy.codehaus.org/": "groovy",
    "http://groovy-lang.org": "groovy",
    "mvel": "mvel",
    "http://www.mvel.org/2.0": "mvel",
    "java": "java",
    "http://www.java.com/java": "java",
    "drools": "drools",
    "http://www.jboss.org/drools/rule": "drools",
    "xpath": "xpath",
    "http://www.w3.org/1999/xpath": "xpath",
    "http://www.w3.org/tr/xpath": "xpath",
    "ruby": "ruby",
    "jruby": "ruby",
    "kotlin": "kotlin",
    "scala": "scala",
}

# The language of an expression that names none, in a file that names none.
DEFAULTS: dict[str, str] = {
    "bpmn": "python",
    "drawing": "python",
    "spiffworkflow": "python",
    "camunda7": "juel",
    "flowable": "juel",
    "activiti": "juel",
    "zeebe": "feel",
    "jbpm": "mvel",
}

_COMPARISON = re.compile(r"[<>=!]=|[<>]|\b(in|is)\b")
_FEEL_URI = re.compile(r"omg\.org/spec/(dmn|feel)/", re.IGNORECASE)
_OPENS = re.compile(r"[$#]\{")
_XPATH = re.compile(r"^/|::|//|\$\w|\bget(DataObject|DataInput|DataOutput|ProcessProperty|InstanceProperty)\b")
_DURATION = re.compile(
    r"[-+]?P(?=\d|T\d)(\d+([.,]\d+)?Y)?(\d+([.,]\d+)?M)?(\d+([.,]\d+)?W)?(\d+([.,]\d+)?D)?"
    r"(T(?=\d)(\d+([.,]\d+)?H)?(\d+([.,]\d+)?M)?(\d+([.,]\d+)?S)?)?",
    re.IGNORECASE,
)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}([.,]\d+)?)?)?(Z|[+-]\d{2}(:?\d{2})?)?(\[[\w/+-]+\])?")
_CYCLE = re.compile(r"R\d*/\S.*", re.DOTALL)
_CRON = re.compile(r"(?=.*[*?])([\d*?/,LW#-]+|[A-Z,-]{3,})(\s+([\d*?/,LW#-]+|[A-Z,-]{3,})){4,6}", re.IGNORECASE)


def named(language: str | None) -> str | None:
    """The language that an attribute names, a name we don't know as it is written, None where none is named."""
    if language is None or not (written := language.strip()):
        return None
    lowered = written.lower()
    if _FEEL_URI.search(lowered):
        return "feel"
    return LANGUAGES.get(lowered) or LANGUAGES.get(lowered.rstrip("/")) or lowered


def expression(
    text: str | None,
    dialect: str,
    language: str | None = None,
    file_language: str | None = None,
    line: int | None = None,
) -> Code | None:
    """The code of an expression: own language, then the file's, then the dialect's; None where there is no text."""
    if text is None or not (text := text.strip()):
        return None
    if is_time(text) and not has_braces(text):
        return Code(text, "text", line)
    own = named(language)
    if own == "xpath" and not _XPATH.search(text):
        own = None  # modellers write the standard's default language on every expression, whatever its text is
    if own is not None:
        return Code(text.removeprefix("=").lstrip() if own == "feel" else text, own, line)
    if dialect == "zeebe" or (text.startswith("=") and dialect in ("bpmn", "drawing")):
        return feel_value(text, line)
    if has_braces(text):
        return Code(text, "juel", line)
    usual = DEFAULTS.get(dialect, "python")
    if usual == "juel" and _compares(text):
        # Without braces it is a constant to these engines, which no condition can be: somebody means what it says.
        usual = "python"
    return Code(text, _of_file(text, file_language) or usual, line)


def _compares(text: str) -> bool:
    """Whether it is a comparison as Python writes it, such as `amount > 1000`."""
    if not _COMPARISON.search(text):
        return False
    try:
        return any(isinstance(node, ast.Compare) for node in ast.walk(ast.parse(text, mode="eval")))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False


def _of_file(text: str, file_language: str | None) -> str | None:
    """The file's language where we know it; XPath, the standard's default, only where the text looks like it."""
    language = named(file_language)
    if language == "xpath":
        return language if _XPATH.search(text) else None
    return language if language in LANGUAGES.values() else None


def script(
    text: str | None, dialect: str, script_format: str | None, line: int | None = None, resource: str | None = None
) -> Code | None:
    """The statements of a script; without a format it is in the dialect's own language."""
    if (text is None or not text.strip()) and resource is None:
        return None
    language = named(script_format) or DEFAULTS.get(dialect, "python")
    return Code(text or "", language, line, script=language not in ("juel", "feel"), resource=resource)


def juel_value(text: str | None, line: int | None = None) -> Code | None:
    """An attribute of the Camunda 7, Flowable and Activiti family: an expression in braces, else a constant."""
    if text is None or not (text := text.strip()):
        return None
    return Code(text, "juel" if has_braces(text) else "text", line)


def feel_value(text: str | None, line: int | None = None) -> Code | None:
    """An attribute of Camunda 8: FEEL after an equals sign, else a constant."""
    if text is None or not (text := text.strip()):
        return None
    return Code(text[1:].strip(), "feel", line) if text.startswith("=") else Code(text, "text", line)


def plain_value(text: str | None, line: int | None = None) -> Code | None:
    """A name in a plain file: a constant, unless its form says that it is JUEL or FEEL."""
    code = feel_value(text, line)
    return juel_value(text, line) if code is not None and code.language == "text" else code


def value(text: str | None, dialect: str, line: int | None = None) -> Code | None:
    """A name or value of the standard's own attributes, as the file's dialect writes it."""
    if dialect in ("camunda7", "flowable", "activiti", "jbpm", "spiffworkflow"):
        return juel_value(text, line)
    return feel_value(text, line) if dialect == "zeebe" else plain_value(text, line)


def variable(name: str | None, line: int | None = None) -> Code | None:
    """The value of the variable of that name, null where there is none."""
    return Code(name.strip(), "variable", line) if name and name.strip() else None


def has_braces(text: str) -> bool:
    """Whether the text has an expression in braces, `${...}` or `#{...}`, somewhere."""
    opens = _OPENS.search(text)
    return opens is not None and text.find("}", opens.end()) >= 0


def is_time(text: str) -> bool:
    """Whether the text is an ISO 8601 date, duration or cycle, which means itself in every dialect."""
    return any(form.fullmatch(text) for form in (_DURATION, _DATE, _CYCLE))


def unquoted(text: str) -> str:
    """The text of a literal: some tools write times as the expression language has them, in quotation marks."""
    return text[1:-1] if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'" else text


def is_cron(text: str) -> bool:
    """Whether the text is a cron expression of five to seven fields, or a nickname such as `@daily`."""
    return bool(_CRON.fullmatch(text) or re.fullmatch(r"@\w+", text))


def separated(text: str) -> list[str]:
    """The parts of a list between commas; commas inside braces or parentheses separate nothing."""
    parts, depth, start = [], 0, 0
    for position, letter in enumerate(text):
        if letter in "{(":
            depth += 1
        elif letter in "})":
            depth -= 1
        elif letter == "," and depth <= 0:
            parts.append(text[start:position])
            start = position + 1
    return [stripped for part in [*parts, text[start:]] if (stripped := part.strip())]
