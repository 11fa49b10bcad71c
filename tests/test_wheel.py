"""The wheel, built and installed somewhere else, is whole: it serves, judges, and brings samples and migrations."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
UP_WITHIN = 30.0


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    built = _python(sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(folder), str(ROOT))
    if built.returncode and _offline(built.stderr):
        pytest.skip("the Python package index, which the build needs, is not reachable")
    assert built.returncode == 0, built.stderr
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The `bin` folder of a fresh environment that has the wheel, and nothing of this checkout."""
    folder = tmp_path_factory.mktemp("elsewhere")
    venv.create(folder, with_pip=True)
    binaries = folder / "bin"
    done = _python(str(binaries / "python"), "-m", "pip", "install", "--quiet", str(wheel))
    if done.returncode and _offline(done.stderr):
        pytest.skip("the Python package index, which has the dependencies, is not reachable")
    assert done.returncode == 0, done.stderr
    return binaries


def test_the_wheel_has_what_is_no_python(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    for part in (
        "engine/persistence/migrations/",
        "webapp/templates/",
        "webapp/static/vendor/viewer.js",
        "webapp/static/vendor/LICENSES.txt",
        "webapp/samples/invoice-approval/invoice-approval.bpmn",
        "webapp/samples/invoice-approval/invoice-approval.bindings.json",
    ):
        assert any(name.startswith(part) for name in names), part
    assert not [name for name in names if "node_modules" in name or name.startswith("tests/")]


def test_it_judges_a_file(installed: Path, tmp_path: Path) -> None:
    sample = next(installed.parent.glob("lib/python*/site-packages/webapp/samples/order-handling/*.bpmn"))
    done = _python(str(installed / "procession"), "check", "--json", str(sample), cwd=tmp_path)
    assert done.returncode == 2, done.stderr
    assert json.loads(done.stdout)[0]["verdict"] == "guided"


def test_it_serves(installed: Path, tmp_path: Path) -> None:
    port = _free_port()
    environment = {**_clean_environment(), "PORT": str(port)}
    server = subprocess.Popen(
        [str(installed / "procession"), "serve", "--demo"],
        cwd=tmp_path,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        assert "sign" in _page(port, server).lower()
    finally:
        server.terminate()
        printed = server.communicate(timeout=30)[0]
    assert f"http://localhost:{port}" in printed
    assert (tmp_path / "var" / "procession.db").is_file()


def _page(port: int, server: subprocess.Popen[str]) -> str:
    """The first page, as soon as the server answers."""
    deadline = time.monotonic() + UP_WITHIN
    while True:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5) as answer:
                page: str = answer.read().decode()
                return page
        except (urllib.error.URLError, ConnectionError):
            assert server.poll() is None, server.communicate()[0]
            assert time.monotonic() < deadline, "the server did not answer in time"
            time.sleep(0.1)


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def _clean_environment() -> dict[str, str]:
    """This environment without what would lead Python or the server back here."""
    unwanted = ("PYTHONPATH", "VIRTUAL_ENV", "DATABASE_URL")
    return {
        name: value for name, value in os.environ.items() if name not in unwanted and not name.startswith("PROCESSION_")
    }


def _python(*words: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(list(words), cwd=cwd, env=_clean_environment(), capture_output=True, text=True, check=False)


def _offline(message: str) -> bool:
    return any(
        sign in message for sign in ("NewConnectionError", "Temporary failure in name resolution", "ConnectTimeout")
    )
