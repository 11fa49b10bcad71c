"""Deployments: files go in, and come out again byte by byte."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from flask import Response, request
from pydantic import Field

from engine.commands import DeleteDeployment, Deploy, DeployedProcess, Deployment
from engine.errors import Invalid
from engine.queries import DeploymentList, Resource
from engine.queries.deployments import DeploymentRow, ResourceRow
from engine.queries.parts import FileList
from webapp.api import story
from webapp.api.answers import download, listed, plain
from webapp.api.carry_out import done, made
from webapp.api.schemas import DONE, Id, Moment, Name, Paged, Text, file, many
from webapp.api.schemas import made as new
from webapp.api.subject import Subject
from webapp.context import query as ask

subject = Subject("deployments", "Files that were deployed. A deployment never changes.")
MOST_FILES = 500
MODES: dict[str, bool | None] = {"marked": None, "guided": True, "executable": False}


@dataclass(frozen=True, slots=True)
class ReadProblem:
    """What was noticed when a file was read."""

    file: str
    severity: str
    code: str
    message: str
    element_id: str | None
    line: int | None
    fix: str


@dataclass(frozen=True, slots=True)
class DeploymentMade:
    """`is_new` is false where nothing had changed and nothing was written."""

    id: str
    name: str
    processes: tuple[DeployedProcess, ...]
    problems: tuple[ReadProblem, ...]
    is_new: bool


class Wanted(Paged):
    search: Text = Field("", description="In their names.")
    deployed_by: Text | None = None
    deployed_after: Moment | None = None
    deployed_before: Moment | None = None
    sort: Literal["newest", "oldest", "name"] = "newest"


class WantedFiles(Paged):
    search: Text = Field("", description="In their names.")
    sort: Literal["name", "largest"] = "name"


class FileOf(Id):
    name: Name


FILES = {
    "type": "array",
    "minItems": 1,
    "items": {"type": "string", "format": "binary"},
    "description": "BPMN files, each under its own name.",
}
MODE = {
    "type": "string",
    "enum": [*MODES],
    "default": "marked",
    "description": "How its processes run; marked: each as its isExecutable says.",
}
CHANGED = {
    "type": "string",
    "enum": ["true", "false"],
    "default": "false",
    "description": "Deploy nothing if the latest versions are byte by byte the same.",
}
NAMED = {"type": "string", "maxLength": 255, "default": "", "description": "Without one, that of its first file."}


def form_of(**fields: dict[str, Any]) -> dict[str, Any]:
    """A form with files, for the document. Its example says what each field may say."""
    schema = {
        "type": "object",
        "required": ["files"],
        "properties": {"files": FILES, **fields},
        "additionalProperties": False,
    }
    sent = {"files": ["<?xml version='1.0'?> ..."], **{name: each["default"] for name, each in fields.items()}}
    return {"requestBody": {"required": True, "content": {"multipart/form-data": {"schema": schema, "example": sent}}}}


MADE = DeploymentMade(
    id=story.DEPLOYMENT,
    name=story.FILE,
    processes=(DeployedProcess(story.DEFINITION, story.KEY, 1, story.NAME, False, story.FILE),),
    problems=(),
    is_new=True,
)
DEPLOYMENT = DeploymentRow(story.DEPLOYMENT, story.FILE, "api", story.BEGAN, "mona")
FILE = ResourceRow(story.DEPLOYMENT, story.FILE, story.DIGEST, 25259)


@subject.post("/deployments", new(MADE), needs="deploy", more=form_of(name=NAMED, mode=MODE, only_changed=CHANGED))
def deploy() -> Response:
    """Deploy files as one deployment"""
    command = Deploy(
        uploaded_files("name", "mode", "only_changed"),
        name=request.form.get("name", "").replace("\0", "")[:255],
        guided=mode_sent(),
        only_changed=_yes("only_changed"),
        source="api",
    )
    return made(command, _deployed, "/api/v1/deployments/{id}")


@subject.get("/deployments", many(DEPLOYMENT))
def list_all(query: Wanted) -> Response:
    """Deployments, the newest first"""
    return listed(ask(DeploymentList(**query.model_dump())))


@subject.get("/deployments/<id>/resources", many(FILE))
def resources(path: Id, query: WantedFiles) -> Response:
    """The files of a deployment"""
    return listed(ask(FileList(path.id, **query.model_dump())))


@subject.get("/deployments/<id>/resources/<path:name>", file("<?xml version='1.0'?> ..."))
def resource(path: FileOf) -> Response:
    """A file as it was uploaded, byte by byte"""
    found = ask(Resource(deployment_id=path.id, name=path.name))
    return download(found.content, found.name)


@subject.delete("/deployments/<id>", DONE, needs="deploy")
def delete(path: Id) -> Response:
    """Take a deployment away that has no instances"""
    return done(DeleteDeployment(path.id))


def uploaded_files(*fields: str) -> dict[str, bytes]:
    """What was sent, by name; a name that comes twice would hide a file. `fields` are what else the form may have."""
    unknown = sorted({*request.form, *request.files} - {"files", *fields})
    if unknown:
        raise Invalid(f"The form has {unknown[0]!r}, which is not asked for.", fix="Leave it out.")
    sent = request.files.getlist("files")
    files: dict[str, bytes] = {}
    for each in sent:
        name = (each.filename or "").strip()
        if not name or len(name) > 255 or not name.isprintable():
            raise Invalid("A file comes with its name.", fix="Send it as multipart/form-data with a filename.")
        if name in files:
            raise Invalid(f"There are two files {name}.", fix="Give each its own name.")
        files[name] = each.read()
    if not 1 <= len(files) <= MOST_FILES:
        raise Invalid(f"Send 1 to {MOST_FILES} files as 'files'.")
    return files


def mode_sent() -> bool | None:
    mode = request.form.get("mode", "marked")
    if mode not in MODES:
        raise Invalid(f"There is no mode {mode[:50]!r}.", fix=f"Use {', '.join(MODES)}.")
    return MODES[mode]


def _yes(field: str) -> bool:
    text = request.form.get(field, "false")
    if text not in ("true", "false"):
        raise Invalid(f"{field} is true or false.")
    return text == "true"


def _deployed(deployment: Deployment) -> Any:
    problems = tuple(ReadProblem(file, **_parts(problem)) for file, problem in deployment.problems)
    return plain(DeploymentMade(deployment.id, deployment.name, deployment.processes, problems, deployment.is_new))


def _parts(problem: Any) -> dict[str, Any]:
    return {name: getattr(problem, name) for name in ("severity", "code", "message", "element_id", "line", "fix")}
