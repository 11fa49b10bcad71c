"""The rules of docs/decisions.md that a program can hold: layers, who commits, sizes, names, READMEs."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LAYERS = ("bpmn", "engine", "webapp")

# The storage contract is plain records: it stands in the runtime, and everybody may know it.
RECORDS = "engine.runtime.records"

# From pure to impure: a package of the engine imports only its own row and those above it.
ENGINE_ROWS = (
    {"errors", "clock", "permissions", "identity", "values", "settings"},
    {"expressions", "decisions", "services", "timers", "forms"},
    {"spiff"},
    {"elements"},
    {"compiler"},
    {"runtime"},
    {"persistence"},
    {"history", "jobs", "deployment"},
    {"unitofwork"},
    {"commands", "queries"},
    {"processengine"},
)

# A third-party library, and the only places that may import it.
CONFINED = {
    "flask": ("webapp/",),
    "werkzeug": ("webapp/",),
    "waitress": ("webapp/",),
    "sqlalchemy": ("engine/persistence/", "engine/queries/", "engine/unitofwork.py"),
    "alembic": ("engine/persistence/",),
    "SpiffWorkflow": ("engine/spiff/", "engine/elements/", "engine/compiler/"),
    "lxml": ("bpmn/xml/",),
    "pydantic_monty": ("engine/expressions/",),
    "rich": ("webapp/cli/",),
    "flask_openapi3": ("webapp/api/",),
    "pydantic": ("webapp/api/",),
    "prometheus_client": ("webapp/metrics.py",),
    "babel": ("webapp/language.py", "webapp/locale_formats.py"),
    "resvg_py": ("bpmn/render/png.py",),
}

LONGEST = 300
FORBIDDEN_NAMES = {"utils", "util", "helpers", "helper", "manager", "misc"}


@cache
def modules() -> tuple[Path, ...]:
    return tuple(sorted(path for layer in LAYERS for path in (ROOT / layer).rglob("*.py")))


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def dotted(path: Path) -> list[str]:
    """The package that relative imports in this file start from."""
    return list(path.relative_to(ROOT).parent.parts)


def imports(path: Path, *, for_types_too: bool = True) -> Iterator[tuple[int, str]]:
    """(line, absolute dotted name) of everything a file imports, each name of a `from` as its own."""
    only_types = set() if for_types_too else set(_under_type_checking(path))
    for node in ast.walk(tree(path)):
        if node in only_types:
            continue
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = dotted(path)[: len(dotted(path)) - node.level + 1] if node.level else []
            prefix = ".".join([*base, *([node.module] if node.module else [])])
            yield from ((node.lineno, f"{prefix}.{alias.name}") for alias in node.names)


def _under_type_checking(path: Path) -> Iterator[ast.AST]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING"):
            for statement in node.body:
                yield from ast.walk(statement)


def engine_row(dotted_name: str) -> int | None:
    parts = dotted_name.split(".")
    if parts[0] != "engine" or len(parts) < 2 or dotted_name.startswith(RECORDS):
        return None
    return next((row for row, packages in enumerate(ENGINE_ROWS) if parts[1] in packages), None)


def is_a_face(path: Path) -> bool:
    """An `__init__.py` that only hands on names is a list, however long."""
    handing_on = (ast.Import, ast.ImportFrom, ast.Assign, ast.Expr)
    return path.name == "__init__.py" and all(isinstance(each, handing_on) for each in tree(path).body)


def test_layers_point_down() -> None:
    wrong = [
        f"{name(path)}:{line} imports {imported}"
        for path in modules()
        for line, imported in imports(path)
        if (target := imported.split(".")[0]) in LAYERS
        and LAYERS.index(target) > LAYERS.index(path.relative_to(ROOT).parts[0])
    ]
    assert wrong == []


def test_the_engine_goes_from_pure_to_impure() -> None:
    wrong = []
    for path in modules():
        own = engine_row(".".join(path.relative_to(ROOT).with_suffix("").parts))
        if own is None:
            continue
        for line, imported in imports(path, for_types_too=False):
            target = engine_row(imported)
            if target is not None and target > own:
                wrong.append(f"{name(path)}:{line} imports {imported}")
    assert wrong == []


@pytest.mark.parametrize("library", CONFINED)
def test_a_library_stays_where_it_belongs(library: str) -> None:
    wrong = [
        f"{name(path)}:{line}"
        for path in modules()
        for line, imported in imports(path)
        if imported.split(".")[0] == library and not name(path).startswith(CONFINED[library])
    ]
    assert wrong == []


def test_only_the_process_engine_commits() -> None:
    """It does so through the unit of work; no command, query or repository ends a transaction by itself."""
    wrong = [
        f"{name(path)}:{node.lineno}"
        for path in modules()
        if name(path) not in ("engine/processengine.py", "engine/unitofwork.py", "engine/persistence/database.py")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in ("commit", "committing")
    ]
    assert wrong == []


def test_the_runtime_has_no_clock_and_no_network() -> None:
    """What computes a step is handed the time; a call of `now()` there would make a replay differ."""
    pure = ("engine/spiff/", "engine/elements/", "engine/compiler/", "engine/runtime/")
    wrong = [
        f"{name(path)}:{node.lineno}"
        for path in modules()
        if name(path).startswith(pure)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in {"now", "utcnow", "today"}
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id in {"datetime", "date"}
    ]
    assert wrong == []


def test_files_have_one_purpose_and_fit_in_a_head() -> None:
    sizes = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in modules() if not is_a_face(path)}
    assert {name(path): size for path, size in sizes.items() if size > LONGEST} == {}


def test_files_are_named_for_what_they_hold() -> None:
    assert [
        name(path) for path in modules() if set(path.relative_to(ROOT).with_suffix("").parts) & FORBIDDEN_NAMES
    ] == []


def test_every_file_says_what_it_is() -> None:
    silent = [name(path) for path in modules() if path.stat().st_size and not ast.get_docstring(tree(path))]
    assert silent == []


def test_every_package_of_the_layers_has_a_readme() -> None:
    packages = [ROOT / layer for layer in LAYERS]
    packages += [path for layer in LAYERS for path in (ROOT / layer).iterdir() if (path / "__init__.py").is_file()]
    assert [name(path) for path in packages if not (path / "README.md").is_file()] == []


def test_nothing_is_left_unfinished() -> None:
    marks = re.compile("|".join(("TO" + "DO", "FIX" + "ME", "raise NotImplemented", r"except Exception:\s*pass\b")))
    wrong = [name(path) for path in modules() if marks.search(path.read_text(encoding="utf-8"))]
    assert wrong == []


def tracked() -> list[Path]:
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listing.returncode:
        pytest.skip("not a git checkout")
    return [ROOT / entry for entry in listing.stdout.split("\0") if entry]


def test_no_file_names_a_place_on_somebodys_machine() -> None:
    somewhere = re.compile(r"(?<![\w.:/])/(?:work|tmp|root|home|Users)/\w+|[A-Z]:\\\\Users")
    text = {".py", ".md", ".toml", ".yaml", ".yml", ".html", ".css", ".mjs", ".json", ".bpmn", ""}
    wrong = [
        f"{name(path)}: {found.group()}"
        for path in tracked()
        if path.suffix in text and "vendor" not in path.parts and path.is_file()
        if (found := somewhere.search(path.read_text(encoding="utf-8", errors="replace")))
    ]
    assert wrong == []
