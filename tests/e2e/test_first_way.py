"""A person's whole way in a real browser: upload, verdict, deploy, start, tasks, and the instance with its history."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from webapp.sample_files import sample_models

LEAVE = Path(__file__).parent / "leave.bpmn"
STOPS = Path(__file__).parent / "stops.bpmn"


def test_a_drawing_is_uploaded_judged_deployed_started_and_clicked_through(person: Any) -> None:
    modeller = person("modeller")
    page = modeller.page
    modeller.upload(LEAVE)
    modeller.sees_the_diagram()
    assert page.locator(".djs-shape.verdict-guided").count() == 2
    assert page.get_by_role("listitem").filter(has_text="May they go?").get_by_text("Guided").is_visible()

    page.locator('[data-element="decide"]').click()
    assert page.locator(".djs-shape.chosen[data-element-id=decide]").count() == 1

    modeller.press("Deploy and start")
    page.get_by_label("Reference").fill("Leave 12")
    modeller.press("Start Leave request")

    modeller.sees("Write request")
    modeller.press("Complete")
    modeller.sees("May they go?")
    assert page.get_by_role("status").get_by_text("done").is_visible()
    modeller.press("Yes, enjoy")
    modeller.sees("Nothing to do")

    page.get_by_role("link", name="Instances").click()
    page.get_by_role("link", name="Leave 12").click()
    modeller.sees_the_diagram()
    assert page.get_by_text("Completed", exact=True).first.is_visible()
    assert page.locator(".djs-connection.walked[data-element-id=yes]").count() == 1
    assert page.locator(".djs-connection.walked[data-element-id=no]").count() == 0
    assert page.get_by_role("listitem").filter(has_text="Gone").get_by_text("Done").is_visible()
    assert page.get_by_text("by modeller").first.is_visible()


def test_a_form_of_the_model_is_filled_in_by_keyboard_and_checked(person: Any) -> None:
    clerk = person("clerk")
    page = clerk.page
    clerk.start_invoice("INV-4711")
    page.get_by_label("Supplier").fill("ACME")
    page.get_by_label("Amount").fill("much")
    page.keyboard.press("Control+Enter")
    page.get_by_text("Write a number").wait_for()
    assert page.get_by_label("Supplier").input_value() == "ACME"

    page.get_by_label("Amount").fill("1200")
    page.get_by_label("Invoice number").fill("INV-4711")
    page.get_by_label("Account (IBAN)").fill("DE89370400440532013000")
    page.keyboard.press("Control+Enter")
    page.get_by_role("status").get_by_text("done").wait_for()
    page.keyboard.press("?")
    assert page.get_by_role("dialog").is_visible()


def test_the_list_is_walked_by_keyboard(person: Any) -> None:
    clerk = person("clerk")
    page = clerk.page
    for reference in ("INV-1", "INV-2"):
        clerk.start_invoice(reference)
    page.goto("/tasks")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    page.keyboard.press("Enter")
    clerk.sees("Record invoice")
    assert page.locator("#task").get_by_text("INV-2").is_visible()
    assert page.locator(".mail-row[aria-current]").get_by_text("INV-2").is_visible()
    page.keyboard.press("c")
    page.get_by_role("status").get_by_text("yours").wait_for()


def test_words_typed_into_a_task_outlive_the_sign_out_but_not_in_the_browser(person: Any) -> None:
    clerk = person("clerk")
    page = clerk.page
    clerk.start_invoice("INV-1")
    address = page.url
    page.get_by_label("Supplier").fill("Half a wo")
    page.reload()
    assert page.get_by_label("Supplier").input_value() == "Half a wo"
    assert page.get_by_text("has been kept").is_visible()
    page.get_by_text("Draft kept").wait_for()

    page.locator(".menu summary").first.click()
    clerk.press("Sign out")
    page.get_by_label("User name").wait_for()
    assert "Half a wo" not in page.evaluate("JSON.stringify(localStorage)")
    clerk.sign_in("clerk")
    page.goto(address)
    assert page.get_by_label("Supplier").input_value() == "Half a wo"


def test_two_people_at_one_task_the_second_keeps_their_words(person: Any) -> None:
    first, second = person("admin"), person("admin")
    first.start_invoice("INV-1")
    second.page.goto(first.page.url)
    for one, name in ((first, "First"), (second, "Second")):
        one.page.get_by_label("Supplier").fill(name)
        one.page.get_by_label("Invoice number").fill("INV-1")
        one.page.get_by_label("Amount").fill("12")
        one.page.get_by_label("Account (IBAN)").fill("DE89370400440532013000")
        one.press("Complete")
    second.sees("Somebody was faster")
    assert second.page.get_by_role("cell", name="Second").is_visible()


def test_what_stopped_is_mended_and_goes_on(person: Any) -> None:
    admin = person("admin")
    page = admin.page
    admin.upload(STOPS)
    admin.press("Deploy and start")
    admin.press("Start Tax")
    page.get_by_role("link", name="Operations").click()
    admin.sees("Compute tax")
    page.get_by_role("link", name="1 instance").click()
    page.locator("main").get_by_role("row").get_by_role("link").first.click()
    page.get_by_text("Set a variable").click()
    page.get_by_label("Name").fill("net")
    page.get_by_label("Value").fill("100")
    page.get_by_role("button", name="Set", exact=True).click()
    page.get_by_role("status").get_by_text("net is set").wait_for()
    admin.press("Try again")
    page.get_by_text("Completed", exact=True).first.wait_for()
    assert page.get_by_role("cell", name="19").is_visible()


def test_the_file_comes_back_as_it_was(person: Any) -> None:
    page = person("modeller").page
    page.goto("/processes/invoice-approval")
    with page.expect_download() as download:
        page.get_by_text("Download", exact=True).click()
        page.get_by_role("link", name="The file as it was uploaded").click()
    (sample,) = (path for path in sample_models() if path.stem == "invoice-approval")
    assert Path(download.value.path()).read_bytes() == sample.read_bytes()


@pytest.mark.parametrize("width", [320, 390])
def test_a_telephone_shows_one_thing_at_a_time_and_never_scrolls_sideways(person: Any, width: int) -> None:
    admin = person("admin", width=width, height=780, has_touch=True)
    page = admin.page
    admin.start_invoice("INV-1")
    assert not page.locator(".mail-list").is_visible()
    page.get_by_role("link", name="All tasks").click()
    page.locator(".mail-list").get_by_text("Record invoice").click()
    admin.sees("Record invoice")
    assert not page.locator(".mail-list").is_visible()
    page.get_by_role("link", name="See the whole case").click()
    admin.sees_the_diagram()
    instance = page.url
    for address in ("/tasks", "/start", "/processes", "/processes/invoice-approval", "/instances", "/import", instance):
        page.goto(address)
        assert not admin.has_to_scroll_sideways(), address
