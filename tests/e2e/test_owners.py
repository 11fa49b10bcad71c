"""Owners and operators in a real browser: many files to deployments, looking back with the slider, mending in bulk."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from webapp.sample_files import sample_models

STOPS = Path(__file__).parent / "stops.bpmn"
LEAVE = Path(__file__).parent / "leave.bpmn"


def test_many_files_are_dropped_judged_and_deployed(person: Any) -> None:
    modeller = person("modeller")
    page = modeller.page
    page.goto("/import")
    page.set_input_files("#file", [STOPS, LEAVE, *sample_models()[:2]])
    page.get_by_role("button", name="Deploy the marked ones").wait_for()
    assert page.get_by_text("Here already").first.is_visible()
    assert page.get_by_role("cell", name="The same, version 1").count() == 2
    modeller.press("Deploy the marked ones")
    page.get_by_text("Done: 2 of 2").wait_for()
    page.get_by_role("link", name="See the result").click()
    page.get_by_role("link", name="Leave request").wait_for()
    assert not modeller.has_to_scroll_sideways()


def test_the_past_is_walked_with_the_slider_by_keyboard(person: Any) -> None:
    admin = person("admin")
    page = admin.page
    admin.start_invoice("INV-1")
    page.goto("/instances?q=INV-1")
    page.get_by_role("link", name="INV-1").click()
    admin.sees_the_diagram()
    page.get_by_text("Look back, step by step").click()
    page.get_by_text("Step 1 of 1").wait_for()
    assert page.locator(".djs-shape.waiting").count() == 1
    page.get_by_label("Step of its history").press("ArrowLeft")
    page.get_by_role("heading", name="Variables then").wait_for()
    page.get_by_text("Look back, step by step").click()
    assert page.locator(".djs-shape.waiting").count() == 1


def test_an_operator_mends_one_and_tries_all_again(person: Any) -> None:
    admin = person("admin")
    page = admin.page
    admin.upload(STOPS)
    admin.press("Deploy and start")
    admin.press("Start Tax")
    page.goto("/operations")
    page.get_by_role("link", name="1 instance").click()
    page.get_by_label("All on this page").check()
    admin.press("Try the marked ones again")
    page.get_by_role("status").get_by_text("Tried 1 incident again").wait_for()
    page.get_by_role("heading", name="Compute tax").wait_for()
