"""The namespaces in scope at a place of a file, by prefix: those declared there, and those around."""

from __future__ import annotations


class Namespaces:
    """A link of a chain, so that an element that declares one namespace costs one, however many are around it.

    The prefix `""` is the default namespace.
    """

    __slots__ = ("around", "declared")

    def __init__(self, declared: dict[str, str], around: Namespaces | None = None) -> None:
        self.declared = declared
        self.around = around

    def get(self, prefix: str) -> str | None:
        link: Namespaces | None = self
        while link is not None:
            found = link.declared.get(prefix)
            if found is not None:
                return found
            link = link.around
        return None

    def all(self) -> dict[str, str]:
        links: list[Namespaces] = []
        link: Namespaces | None = self
        while link is not None:
            links.append(link)
            link = link.around
        return {prefix: name for link in reversed(links) for prefix, name in link.declared.items()}
