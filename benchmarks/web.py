"""What the web adds: a task completed over HTTP, the weight of the first view, a large diagram, an import.

python benchmarks/web.py

Starts a server of its own on an empty SQLite database. The diagram is shown in Chromium, where there is one. Prints a
JSON line a figure. Linux only.
"""

from __future__ import annotations

import http.client
import io
import json
import re
import shutil
import tempfile
import time
import zipfile
from pathlib import Path
from statistics import median
from urllib.parse import urlencode

from server import serving

from engine.commands import CompleteUserTask, CreateToken, CreateUser, Deploy, StartProcess
from engine.identity import SYSTEM, Actor
from engine.permissions import ROLES
from engine.processengine import ProcessEngine
from engine.queries.open_tasks import OpenTasks

PASSWORD = "benchmark way"
ROUNDS = 300
FILES = 500
ELEMENTS = 300
HEAD = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="t">'
    '<process id="{key}" name="{key}" isExecutable="true"><startEvent id="s"/>'
)


def chain(key: str, length: int, kind: str = "userTask") -> bytes:
    """Tasks one after the other."""
    names = ("s", *(f"t{number}" for number in range(length)), "e")
    tasks = "".join(f'<{kind} id="{name}" name="Step {name}"/>' for name in names[1:-1])
    flows = "".join(
        f'<sequenceFlow id="f{number}" sourceRef="{names[number]}" targetRef="{names[number + 1]}"/>'
        for number in range(length + 1)
    )
    return f'{HEAD.format(key=key)}{tasks}<endEvent id="e"/>{flows}</process></definitions>'.encode()


def prepare(url: str) -> str:
    """The models and a user; an API token of theirs."""
    engine = ProcessEngine(url)
    engine.execute(Deploy({"one.bpmn": chain("one", 1)}), SYSTEM)
    engine.execute(Deploy({"large.bpmn": chain("large", ELEMENTS // 2, "task")}), SYSTEM)
    engine.execute(CreateUser("otto", PASSWORD, "Otto", None, ROLES["administrator"]), SYSTEM)
    may = ("read", *ROLES["administrator"])
    actor = Actor("otto", permissions=frozenset(may))
    token: str = engine.execute(CreateToken("benchmark", may), actor).token
    engine.close()
    return token


class Visitor:
    """A browser without a screen: one connection, cookies, and the forms of the page that was looked at last."""

    def __init__(self, port: int) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port)
        self.cookies: dict[str, str] = {}
        self.page = ""

    def ask(self, method: str, path: str, body: bytes = b"", **headers: str) -> tuple[int, bytes, dict[str, str]]:
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        self.connection.request(method, path, body, {"Cookie": cookies, **headers})
        answer = self.connection.getresponse()
        content = answer.read()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                key, _, text = value.partition(";")[0].partition("=")
                self.cookies[key] = text
        return answer.status, content, {name.lower(): value for name, value in answer.getheaders()}

    def get(self, path: str) -> str:
        self.page = self.ask("GET", path)[1].decode()
        return self.page

    def mark(self) -> str:
        found = re.search(r'name="csrf" value="([^"]+)"', self.page)
        return found.group(1) if found else ""

    def sign_in(self) -> None:
        self.get("/sign-in")
        form = urlencode({"user": "otto", "password": PASSWORD, "csrf": self.mark()}).encode()
        status, _, _ = self.ask("POST", "/sign-in", form, **{"Content-Type": "application/x-www-form-urlencoded"})
        assert status == 303, status


def say(figure: str, **values: float | int | str) -> None:
    print(json.dumps({"figure": figure, **values}), flush=True)


def completing(url: str, port: int, token: str) -> None:
    """The same tasks, half of them completed by the command in this process, half over HTTP."""
    engine = ProcessEngine(url)
    tasks = []
    for _ in range(2 * ROUNDS):
        instance = engine.execute(StartProcess("one"), SYSTEM)
        tasks += [task.id for task in engine.query(OpenTasks(instance), SYSTEM)]
    visitor = Visitor(port)
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    by_command, by_http = [], []
    for number, task in enumerate(tasks):
        began = time.perf_counter()
        if number % 2:
            engine.execute(CompleteUserTask(task, {"note": "ok"}), SYSTEM)
            by_command.append(time.perf_counter() - began)
        else:
            status, content, _ = visitor.ask(
                "POST", f"/api/v1/tasks/{task}/complete", b'{"variables": {"note": "ok"}}', **headers
            )
            by_http.append(time.perf_counter() - began)
            assert status in (200, 204), content
    engine.close()
    command, over_http = median(by_command) * 1000, median(by_http) * 1000
    say(
        "a task completed",
        command_ms=round(command, 2),
        http_ms=round(over_http, 2),
        more_ms=round(over_http - command, 2),
    )


def first_view(visitor: Visitor) -> None:
    """The task list and all that it loads before anybody clicks, as they come over the wire."""
    packed = {"Accept-Encoding": "gzip"}
    _, page, _ = visitor.ask("GET", "/tasks", **packed)
    names = set(re.findall(r'(?:href|src)="(/assets/[^"]+)"', visitor.get("/tasks")))
    parts = {name: len(visitor.ask("GET", name, **packed)[1]) for name in sorted(names)}
    modules = [name for name in parts if name.endswith(".js")]
    for name in modules:
        script = visitor.ask("GET", name)[1].decode()
        for other in re.findall(r"from '(\./[\w.-]+)'", script):
            path = f"{name.rpartition('/')[0]}/{other[2:]}"
            parts[path] = len(visitor.ask("GET", path, **packed)[1])
    say("first view", kilobytes=round((len(page) + sum(parts.values())) / 1024, 1), files=len(parts) + 1)


def importing(visitor: Visitor) -> None:
    """A zip of many models: judged, then deployed."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(FILES):
            archive.writestr(f"model-{number}.bpmn", chain(f"model-{number}", 8))
    visitor.get("/import")
    border = "border-of-the-parts"
    parts = (("csrf", "", visitor.mark().encode()), ("file", '; filename="models.zip"', packed.getvalue()))
    body = b"".join(
        f'--{border}\r\nContent-Disposition: form-data; name="{name}"{more}\r\n\r\n'.encode() + content + b"\r\n"
        for name, more, content in parts
    )
    began = time.perf_counter()
    typed = {"Content-Type": f"multipart/form-data; boundary={border}"}
    _, _, headers = visitor.ask("POST", "/import", body + f"--{border}--\r\n".encode(), **typed)
    path = headers["location"]
    while 'name="upload"' not in visitor.get(path):
        time.sleep(0.05)
    judged = time.perf_counter()
    form = [
        ("csrf", visitor.mark()),
        *(("upload", id) for id in re.findall(r'name="upload" value="([^"]+)"', visitor.page)),
    ]
    assert len(form) == FILES + 1, len(form)
    begin = time.perf_counter()
    typed = {"Content-Type": "application/x-www-form-urlencoded"}
    _, _, headers = visitor.ask("POST", f"{path}/deploy", urlencode(form).encode(), **typed)
    while 'hx-trigger="every' in visitor.get(headers["location"]):
        time.sleep(0.05)
    deployed = time.perf_counter()
    say(
        "an import of 500 files",
        judged_per_s=round(FILES / (judged - began)),
        deployed_per_s=round(FILES / (deployed - begin)),
        both_per_s=round(FILES / (judged - began + deployed - begin)),
    )


def diagram(port: int, visitor: Visitor) -> None:
    """From the click until a large diagram is drawn."""
    chromium = shutil.which("chromium")
    if chromium is None:
        say("a diagram of 300 elements", skipped="There is no Chromium here.")
        return
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        context = browser.new_context()
        base = f"http://127.0.0.1:{port}"
        context.add_cookies([{"name": name, "value": value, "url": base} for name, value in visitor.cookies.items()])
        page = context.new_page()
        spent = []
        for _ in range(5):
            page.goto(f"{base}/processes")
            began = time.perf_counter()
            page.goto(f"{base}/processes/large", wait_until="commit")
            page.wait_for_selector("figure.diagram .djs-element[data-element-id=e]", state="attached")
            spent.append(time.perf_counter() - began)
        browser.close()
    say("a diagram of 300 elements", seconds=round(median(spent), 2), first=round(spent[0], 2))


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'web.db'}"
        token = prepare(url)
        with serving(url) as (port, _):
            completing(url, port, token)
            visitor = Visitor(port)
            visitor.sign_in()
            first_view(visitor)
            importing(visitor)
            diagram(port, visitor)


if __name__ == "__main__":
    main()
