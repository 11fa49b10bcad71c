"""A person's whole way in a real browser: upload, verdict, deploy, start, tasks, and the instance with its history."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from webapp.demo import PASSWORD
from webapp.sample_files import sample_models

LEAVE = Path(__file__).parent / "leave.bpmn"


def sign_in(page: Any, user: str) -> None:
    page.goto("/")
    page.get_by_label("User name").fill(user)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/tasks")


def wait_for_diagram(page: Any) -> None:
    page.wait_for_selector("figure.diagram[data-ready=yes] .djs-shape")


def test_a_drawing_is_uploaded_judged_deployed_started_and_clicked_through(page: Any) -> None:
    sign_in(page, "modeller")

    page.get_by_role("link", name="Import", exact=True).click()
    page.set_input_files("#file", LEAVE)
    page.wait_for_url("**/import/*")
    wait_for_diagram(page)
    assert page.locator(".djs-shape.verdict-guided").count() == 2
    assert page.get_by_role("listitem").filter(has_text="May they go?").get_by_text("Guided").is_visible()

    page.locator('[data-element="decide"]').click()
    assert page.locator(".djs-shape.chosen[data-element-id=decide]").count() == 1

    page.get_by_role("button", name="Deploy and start").click()
    page.get_by_label("Reference").fill("Leave 12")
    page.get_by_role("button", name="Start Leave request").click()

    page.get_by_role("heading", name="Write request").wait_for()
    page.get_by_role("button", name="Complete").click()
    page.get_by_role("heading", name="May they go?").wait_for()
    assert page.get_by_role("status").get_by_text("done").is_visible()
    page.get_by_role("button", name="Yes, enjoy").click()
    page.get_by_text("Nothing to do").wait_for()

    page.get_by_role("link", name="Instances").click()
    page.get_by_role("link", name="Leave 12").click()
    wait_for_diagram(page)
    assert page.get_by_text("Completed", exact=True).first.is_visible()
    assert page.locator(".djs-connection.walked[data-element-id=yes]").count() == 1
    assert page.locator(".djs-connection.walked[data-element-id=no]").count() == 0
    steps = page.get_by_role("listitem")
    assert steps.filter(has_text="Gone").get_by_text("Done").is_visible()
    assert page.get_by_text("by modeller").first.is_visible()


def test_a_form_of_the_model_is_filled_in_by_keyboard_and_checked(page: Any) -> None:
    sign_in(page, "clerk")
    page.goto("/start")
    page.get_by_role("link", name=re.compile("Start Invoice approval")).click()
    page.get_by_label("Reference").fill("INV-4711")
    page.keyboard.press("Control+Enter")
    page.get_by_role("heading", name="Record invoice").wait_for()

    page.get_by_label("Supplier").fill("ACME")
    page.get_by_label("Amount").fill("much")
    page.keyboard.press("Control+Enter")
    page.get_by_text("Write a number").wait_for()
    assert page.get_by_label("Supplier").input_value() == "ACME"

    page.get_by_label("Amount").fill("1200")
    page.get_by_label("Invoice number").fill("INV-4711")
    page.get_by_label("Account (IBAN)").fill("DE89370400440532013000")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("text=Nothing to do")
    page.keyboard.press("?")
    assert page.get_by_role("dialog").is_visible()


def test_words_typed_into_a_task_outlive_the_page(page: Any) -> None:
    sign_in(page, "clerk")
    page.goto("/start")
    page.get_by_role("link", name=re.compile("Start Invoice approval")).click()
    page.get_by_role("button", name="Start Invoice approval").click()
    page.get_by_label("Supplier").fill("Half a wo")
    page.reload()
    assert page.get_by_label("Supplier").input_value() == "Half a wo"
    assert page.get_by_text("has been kept").is_visible()


def test_the_file_comes_back_as_it_was(page: Any) -> None:
    sign_in(page, "modeller")
    page.goto("/processes/invoice-approval")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download the file").click()
    (sample,) = (path for path in sample_models() if path.stem == "invoice-approval")
    assert Path(download.value.path()).read_bytes() == sample.read_bytes()
