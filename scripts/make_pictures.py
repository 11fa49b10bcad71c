"""The pictures of the documents, taken from the running product with its demo: `make pictures`."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
PICTURES = ROOT / "docs" / "pictures"
DRAWING = ROOT / "samples" / "order-handling" / "order-handling.bpmn"
PASSWORD = "procession"


@dataclass(frozen=True)
class Picture:
    """`docs/pictures/<name>.png`: what `user` sees after `show`, in this theme and width."""

    name: str
    user: str
    show: Callable[[Any], None]
    scheme: str = "light"
    width: int = 1280


def at(address: str) -> Callable[[Any], None]:
    return lambda page: page.goto(address)


def task(name: str) -> Callable[[Any], None]:
    def show(page: Any) -> None:
        page.goto("/tasks")
        page.locator(".mail-row").filter(has_text=name).first.click()
        page.locator("#task h1, #task h2").first.wait_for()

    return show


def task_list(page: Any) -> None:
    page.goto("/tasks")


def instance(query: str) -> Callable[[Any], None]:
    def show(page: Any) -> None:
        page.goto(f"/instances?{query}")
        page.locator("main [data-row]").first.click()
        drawn(page)

    return show


def past(page: Any) -> None:
    instance("process=invoice-approval&state=completed")(page)
    page.locator("summary").filter(has_text="Look back").click()
    page.locator("input[type=range]").press("ArrowLeft")
    page.wait_for_timeout(500)
    page.locator("input[type=range]").scroll_into_view_if_needed()


def process(page: Any) -> None:
    page.goto("/processes/invoice-approval")
    drawn(page)


def verdict(page: Any) -> None:
    """A drawing that is not here yet: the sample's, by other names."""
    content = DRAWING.read_bytes().replace(b"sid-", b"new-")
    page.goto("/import")
    page.set_input_files("#file", {"name": "orders.bpmn", "mimeType": "text/xml", "buffer": content})
    page.wait_for_url("**/import/*")
    drawn(page)


def found(page: Any) -> None:
    page.goto("/tasks")
    page.keyboard.press("Control+k")
    page.keyboard.type("inv")
    page.locator(".palette-line").first.wait_for()


def drawn(page: Any) -> None:
    page.locator("figure.diagram[data-ready=yes] .djs-shape").first.wait_for()


SHOWN = (
    Picture("tasks", "manager", task("Approve as manager")),
    Picture("tasks-dark", "manager", task("Approve as manager"), scheme="dark"),
    Picture("tasks-phone", "manager", task_list, width=390),
    Picture("task-phone", "manager", task("Approve as manager"), width=390, scheme="dark"),
    Picture("guided", "admin", task("Order 884")),
    Picture("start", "clerk", at("/start")),
    Picture("search", "admin", found),
    Picture("import", "modeller", verdict),
    Picture("processes", "admin", at("/processes")),
    Picture("process", "admin", process),
    Picture("instances", "admin", at("/instances")),
    Picture("instance", "admin", instance("process=employee-onboarding&state=running")),
    Picture("past", "admin", past),
    Picture("operations", "admin", at("/operations")),
    Picture("incidents", "admin", at("/incidents")),
    Picture("jobs", "admin", at("/jobs")),
    Picture("people", "admin", at("/people")),
    Picture("person", "admin", at("/people/clerk")),
    Picture("acts", "admin", at("/acts")),
    Picture("account", "clerk", at("/account")),
)


def main() -> int:
    from playwright.sync_api import sync_playwright

    browser_path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if browser_path is None:
        print("Missing: a Chromium. `make chromium` installs one.", file=sys.stderr)
        return 1
    PICTURES.mkdir(exist_ok=True)
    with demo() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
        for user in sorted({picture.user for picture in SHOWN}):
            context = browser.new_context(base_url=address, reduced_motion="reduce", locale="en-GB", timezone_id="UTC")
            page = context.new_page()
            sign_in(page, user)
            for picture in (each for each in SHOWN if each.user == user):
                take(page, picture)
        browser.close()
    return 0


def sign_in(page: Any, user: str) -> None:
    page.goto("/sign-in")
    page.locator("[name=user]").fill(user)
    page.locator("[name=password]").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/tasks")


def take(page: Any, picture: Picture) -> None:
    page.set_viewport_size({"width": picture.width, "height": 800})
    page.emulate_media(color_scheme=picture.scheme)
    picture.show(page)
    page.wait_for_load_state("networkidle")
    page.screenshot(path=PICTURES / f"{picture.name}.png")
    print(picture.name)


@contextmanager
def demo() -> Iterator[str]:
    """A server of its own with the demo in it, in a folder that goes away; its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "PROCESSION_DATA": folder, "DATABASE_URL": "", "PYTHONPATH": str(ROOT)}
        start = "import sys; from webapp.cli import main; sys.exit(main())"
        command = [sys.executable, "-c", start, "serve", "--demo", "--port", str(port)]
        server = subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.DEVNULL)
        try:
            wait_until_ready(f"http://127.0.0.1:{port}", server)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(timeout=20)


def wait_until_ready(address: str, server: subprocess.Popen[bytes]) -> None:
    for _ in range(120):
        if server.poll() is not None:
            raise SystemExit("The server has stopped; what it said is above.")
        try:
            urllib.request.urlopen(f"{address}/ready", timeout=1).close()
        except (urllib.error.URLError, OSError):
            time.sleep(0.5)
        else:
            return
    raise SystemExit("The server was not ready within a minute.")


if __name__ == "__main__":
    sys.exit(main())
