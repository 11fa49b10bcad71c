"""A drop-in for SpiffWorkflow's BpmnParser: the same calls, any BPMN file, specs that run as this engine runs them."""

from __future__ import annotations

import glob
import io
from collections.abc import Iterable
from pathlib import Path
from typing import IO, Any

from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.parser.ValidationException import ValidationException

import bpmn
from bpmn import model as m
from engine.compiler.compile import compile_process
from engine.spiff.process_spec import ProcessSpec


class Parser(BpmnParser):
    """`guided=True` compiles every process as one that people are led through."""

    def __init__(self, *args: Any, guided: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._guided = guided
        self._processes: dict[str, tuple[m.Definitions, m.Process]] = {}
        self._specs: dict[str, ProcessSpec] = {}

    # -- adding -----------------------------------------------------------------------------------------------------

    def add_bpmn_files(self, filenames: Iterable[str]) -> None:
        for filename in filenames:
            self._add(Path(filename).read_bytes(), str(filename))

    def add_bpmn_files_by_glob(self, g: str) -> None:
        self.add_bpmn_files(sorted(glob.glob(g)))

    def add_bpmn_str(self, bpmn_str: bytes | str, filename: str | None = None) -> None:
        self._add(bpmn_str.encode() if isinstance(bpmn_str, str) else bpmn_str, filename)

    def add_bpmn_io(self, file_like_object: IO[Any], filename: str | None = None) -> None:
        self.add_bpmn_str(file_like_object.read(), filename)

    def add_bpmn_xml(self, bpmn: Any, filename: str | None = None) -> None:
        """An lxml tree or its root."""
        tree = bpmn if hasattr(bpmn, "getroot") else bpmn.getroottree()
        buffer = io.BytesIO()
        tree.write(buffer, encoding="UTF-8")
        self._add(buffer.getvalue(), filename)

    def _add(self, data: bytes, filename: str | None) -> None:
        reading = bpmn.read(data, filename or "")
        if reading.definitions is None:
            problem = reading.problems[0]
            raise ValidationException(str(problem), file_name=filename, line_number=problem.line or 0)
        for process in reading.definitions.processes:
            if process.id is not None:
                self._processes[process.id] = (reading.definitions, process)
                self._specs.pop(process.id, None)

    # -- asking -----------------------------------------------------------------------------------------------------

    def get_process_ids(self) -> list[str]:
        return [key for key, (file, process) in self._processes.items() if self._guided or file.executes(process)]

    def get_process_dependencies(self) -> set[str]:
        """The process ids that call activities name."""
        return {
            element.called_element.rpartition(":")[2]
            for definitions, _ in self._processes.values()
            for element in definitions.walk()
            if isinstance(element, m.CallActivity) and element.called_element
        }

    def get_spec(self, process_id: str, required: bool = True) -> ProcessSpec | None:
        """The compiled process of that id or name."""
        key = next((k for k, (_, p) in self._processes.items() if process_id in (k, p.name)), None)
        if key is None:
            if not required:
                return None
            known = ", ".join(self._processes) or "none"
            raise ValidationException(f"The process '{process_id}' was not found. There is: {known}.")
        if key not in self._specs:
            definitions, _ = self._processes[key]
            self._specs[key] = compile_process(definitions, key, guided=self._guided)
        return self._specs[key]

    def get_subprocess_specs(
        self, name: str, specs: dict[str, Any] | None = None, require_call_activity_specs: bool = True
    ) -> dict[str, Any]:
        """The specs of all other processes that were added: those that this one may call."""
        found: dict[str, Any] = dict(specs or {})
        wanted = self.get_spec(name)
        for key in self._processes:
            if wanted is not None and key != wanted.name:
                found.setdefault(key, self.get_spec(key))
        if require_call_activity_specs:
            for missing in self.get_process_dependencies() - set(self._processes):
                raise ValidationException(f"The process '{missing}' is called, but was not added.")
        return found

    def find_all_specs(self) -> dict[str, Any]:
        return {key: self.get_spec(key) for key in self.get_process_ids()}
