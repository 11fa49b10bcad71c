"""Assets: what is sent is what the manifest says, light enough, and nothing beside it."""

from __future__ import annotations

import hashlib
import json
import re

import pytest

from webapp.assets import ASSETS, FOLDER, RELEASE

FIRST_VIEW = 120 * 1024


def test_the_bundles_are_those_of_the_manifest():
    manifest = json.loads((FOLDER / "vendor" / "manifest.json").read_text("utf-8"))
    files = {path.name for path in (FOLDER / "vendor").iterdir()} - {"manifest.json", "LICENSES.txt"}
    assert files == set(manifest)
    for name, said in manifest.items():
        content = (FOLDER / "vendor" / name).read_bytes()
        assert hashlib.sha256(content).hexdigest() == said["sha256"]
        assert len(content) == said["bytes"]


def test_every_bundled_package_comes_with_its_licence():
    manifest = json.loads((FOLDER / "vendor" / "manifest.json").read_text("utf-8"))
    licences = (FOLDER / "vendor" / "LICENSES.txt").read_text("utf-8")
    for said in manifest.values():
        assert f"{said['package']} {said['version']}" in licences


def test_the_viewer_keeps_its_mark():
    assert b"bpmn.io" in ASSETS["vendor/viewer.js"].content
    assert b"bjs-powered-by" in ASSETS["vendor/viewer.js"].content
    assert b"bjs-powered-by" not in b"".join(
        line for line in (FOLDER / "css" / "diagram.css").read_bytes().splitlines() if b"display: none" in line
    )


def test_a_first_view_is_light_and_brings_no_diagram(reader):
    one = reader("clara")
    html = one.get("/tasks")
    weight = len(html.encode())
    for path in re.findall(r'(?:src|href)="(/assets/[^"]+)"', html):
        weight += len(one.client.get(path, headers={"Accept-Encoding": "gzip"}).data)
    for name in ("keys.js", "drafts.js"):
        weight += len(ASSETS[f"js/{name}"].compressed or b"")
    assert "viewer" not in html
    assert weight < FIRST_VIEW


def test_an_asset_is_kept_until_the_next_release(reader):
    client = reader().client
    response = client.get(f"/assets/{RELEASE}/css/tokens.css", headers={"Accept-Encoding": "gzip"})
    assert response.headers["Content-Encoding"] == "gzip"
    assert "immutable" in response.headers["Cache-Control"]
    plain = client.get("/assets/older/css/tokens.css")
    assert "Content-Encoding" not in plain.headers
    assert plain.headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("name", ["vendor/manifest.json", "../app.py", "..%2fapp.py", "css/", "nothing.css"])
def test_nothing_else_is_sent(reader, name):
    assert reader().status(f"/assets/{RELEASE}/{name}") == 404
