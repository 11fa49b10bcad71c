"""An XML element as it stands in a file: what keeps a file that was read and written the same file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Union

from bpmn.model.namespaces import Namespaces

# What stands between the tags, in order: text, comments and processing instructions, elements.
Content = Union[str, "Remark", "Markup"]


class Remark:
    """A comment (`target` is None) or a processing instruction."""

    __slots__ = ("data", "target")

    def __init__(self, data: str, target: str | None = None) -> None:
        self.data = data
        self.target = target


class Markup:
    """The tag, attributes (`[name, value, name, value ...]`) and content of an element, with the prefixes as written.

    `namespaces` are those in scope; `number` counts the file's elements.
    """

    __slots__ = ("content", "line", "namespaces", "number", "raw_attributes", "tag")

    def __init__(
        self, tag: str, raw_attributes: list[str], namespaces: Namespaces, line: int | None, number: int = 0
    ) -> None:
        self.tag = tag
        self.raw_attributes = raw_attributes
        self.namespaces = namespaces
        self.line = line
        self.number = number
        self.content: list[Content] = []

    @property
    def text(self) -> str:
        """The text directly inside, without that of child elements."""
        return "".join(item for item in self.content if type(item) is str)

    @property
    def foreign_text(self) -> str:
        """The text inside, that of foreign elements (the XHTML in a documentation) included."""
        parts: list[str] = []
        waiting: list[Content] = [*reversed(self.content)]
        while waiting:
            item = waiting.pop()
            if isinstance(item, str):
                parts.append(item)
            elif isinstance(item, Foreign):
                waiting.extend(reversed(item.content))
        return "".join(parts)


class Foreign(Markup):
    """An element that the standard does not know: a vendor's extension, or something in the wrong place."""

    __slots__ = ()

    @property
    def namespace(self) -> str:
        prefix, colon, _ = self.tag.partition(":")
        return self.namespaces.get(prefix if colon else "") or ""

    @property
    def name(self) -> str:
        """The local name."""
        return self.tag.rpartition(":")[2]

    @property
    def attributes(self) -> dict[str, str]:
        """Attributes by `local` or, if prefixed, `{namespace}local`; namespace declarations are left out."""
        raw = self.raw_attributes
        return {
            expand(name, self.namespaces): raw[i + 1]
            for i, name in enumerate(raw)
            if i % 2 == 0 and name != "xmlns" and not name.startswith("xmlns:")
        }

    @property
    def children(self) -> list[Foreign]:
        return [item for item in self.content if isinstance(item, Foreign)]

    def get(self, name: str, default: str | None = None) -> str | None:
        """The attribute of this local name, whatever its namespace."""
        raw = self.raw_attributes
        for i in range(0, len(raw), 2):
            if raw[i].rpartition(":")[2] == name and not raw[i].startswith("xmlns:"):
                return raw[i + 1]
        return default

    def find(self, name: str) -> Foreign | None:
        """The first child of this local name."""
        return next((item for item in self.children if item.name == name), None)

    def __repr__(self) -> str:
        return f"<{self.tag} line {self.line}>"


def expand(name: str, namespaces: Namespaces) -> str:
    """`{namespace}local`; the name itself where it has no prefix, or one that is not declared."""
    prefix, colon, local = name.partition(":")
    namespace = namespaces.get(prefix) if colon else None
    return name if namespace is None else f"{{{namespace}}}{local}"


def foreign(
    namespace: str,
    prefix: str,
    name: str,
    attributes: Mapping[str, str] | None = None,
    content: list[Content] | None = None,
) -> Foreign:
    """A vendor's element made in Python; it declares its namespace itself where its surroundings do not."""
    raw = [part for pair in (attributes or {}).items() for part in pair]
    made = Foreign(f"{prefix}:{name}", raw, Namespaces({prefix: namespace}), None)
    made.content.extend(content or [])
    return made


class Document:
    """What stands around the root element: the XML declaration's encoding, comments before and after."""

    __slots__ = ("after", "before", "encoding", "standalone")

    def __init__(self, encoding: str | None = None, standalone: str | None = None) -> None:
        self.encoding = encoding
        self.standalone = standalone
        self.before: list[Remark] = []
        self.after: list[Remark] = []
