"""The sample processes: in a checkout beside the packages, in an installed wheel inside `webapp`."""

from __future__ import annotations

from pathlib import Path

_PLACES = (Path(__file__).parent / "samples", Path(__file__).parent.parent / "samples")


def sample_models() -> list[Path]:
    """The models, one of each sample's folder, by name; bindings lie beside them as `<name>.bindings.json`."""
    for place in _PLACES:
        found = sorted(place.glob("*/*.bpmn"))
        if found:
            return found
    return []


def sample_modules() -> dict[str, Path]:
    """The Python modules that samples bring for their service tasks, each with the folder it is imported from."""
    return {module.stem: module.parent for model in sample_models() for module in sorted(model.parent.glob("*.py"))}
