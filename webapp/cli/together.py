"""Files that run together: what is in them, what their elements are called, what lies beside them."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bpmn.model import Definitions
from engine.forms.documents import ENDINGS, FormWanted, find_form, forms_of
from engine.services import Binding
from webapp.cli.models import read_file
from webapp.cli.names import element_names
from webapp.models import Model


@dataclass(frozen=True, slots=True)
class ModelFile:
    """A file that was read, with what its services are bound to."""

    name: str
    content: bytes
    definitions: Definitions
    bindings: Mapping[str, Binding] = field(default_factory=dict)


class Models:
    """Files that run together. `beside` is what lies with them, such as forms, by file name."""

    def __init__(self, files: Iterable[ModelFile] = (), beside: Mapping[str, bytes] | None = None) -> None:
        self.files = tuple(files)
        self.beside = dict(beside or {})
        own = {file.name: element_names(file.definitions) for file in self.files}
        everything: dict[str, str] = {}
        for names in own.values():
            everything |= names
        self._models: dict[str, Model] = {}
        self._names: dict[str, Mapping[str, str]] = {}
        for file in self.files:
            model = Model(file.definitions)
            for process in file.definitions.processes:
                self._models[process.id or ""] = model
                self._names[process.id or ""] = ChainMap(own[file.name], everything)
        self._everything = everything

    def model(self, key: str) -> Model | None:
        """The model that holds the process of that key."""
        return self._models.get(key)

    def names(self, key: str) -> Mapping[str, str]:
        """What elements are called in the process of that key: in its own file first."""
        return self._names.get(key, self._everything)

    def form(self, wanted: FormWanted) -> str | None:
        """The form-js document that a model names; each file lies here once, in whatever version."""
        return find_form(self.beside, wanted.name)


def forms_beside(path: Path, definitions: Definitions, given: Mapping[str, bytes]) -> dict[str, bytes]:
    """The forms that the model names, that are not given and that lie in its folder, as modellers keep them."""
    if not forms_of(definitions, given)[1]:
        return {}
    lying = {each.name: read_file(each) for each in path.parent.iterdir() if each.suffix.lower() in ENDINGS}
    return {name: content for name, content in forms_of(definitions, lying)[0].items() if name not in given}
