"""The clerk's way through the task pages in a real browser: by keyboard, offline, two at once, in both themes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

EXPENSE = Path(__file__).parent / "expense.bpmn"


def fill_invoice(page: Any, number: str, amount: str = "1200") -> None:
    page.get_by_label("Supplier").fill("ACME")
    page.get_by_label("Invoice number").fill(number)
    page.get_by_label("Amount").fill(amount)
    page.get_by_label("Account (IBAN)").fill("DE89370400440532013000")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_nothing_on_the_task_pages_keeps_anybody_out(person: Any, width: int, scheme: str) -> None:
    admin = person("admin", width=width, color_scheme=scheme)
    page = admin.page
    admin.start_invoice("INV-1")
    page.get_by_label("Write a comment").fill("Is this the right supplier, @clerk?")
    page.get_by_role("button", name="Comment", exact=True).click()
    page.locator(".comments li").wait_for()
    task = page.url
    for address in (task, "/tasks", "/start"):
        page.goto(address)
        assert admin.complaints() == [], address
        assert not admin.has_to_scroll_sideways()
    page.goto("/tasks")
    page.locator(".pick input").first.check()
    page.locator(".narrow summary").click()
    assert admin.complaints() == []
    page.keyboard.press("Control+k")
    page.locator(".palette-line").first.wait_for()
    assert admin.complaints() == []
    page.goto(task)
    page.get_by_role("button", name="Complete").click()
    page.locator(".field-error:visible").first.wait_for()
    assert admin.complaints() == []


def test_a_mistake_is_told_before_anything_is_sent_and_in_the_servers_words(person: Any) -> None:
    clerk = person("clerk")
    page = clerk.page
    clerk.start_invoice("INV-1")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.url.endswith("/complete") else None)
    fill_invoice(page, "INV-1", amount="-3")
    page.keyboard.press("Control+Enter")
    page.get_by_text("This must be at least 0.").wait_for()
    assert page.get_by_label("Amount").evaluate("each => each === document.activeElement")
    assert sent == []
    page.get_by_label("Amount").fill("3")
    assert not page.get_by_text("This must be at least 0.").is_visible()


def test_a_task_is_done_by_keyboard_alone(person: Any) -> None:
    clerk = person("clerk")
    page = clerk.page
    clerk.start_invoice("INV-1")
    page.goto("/tasks")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    clerk.sees("Record invoice")
    page.keyboard.press("c")
    page.get_by_role("status").get_by_text("The task is yours").wait_for()
    page.keyboard.press("m")
    page.keyboard.type("Paid in cash, @man")
    page.get_by_role("option", name="Manager").wait_for()
    page.keyboard.press("Enter")
    assert page.locator("#comment").input_value() == "Paid in cash, @manager "
    page.keyboard.press("Control+Enter")
    page.locator(".comments .mention").get_by_text("@manager").wait_for()
    page.get_by_label("Supplier").focus()
    for text in ("ACME", "INV-1", "12,50", "DE89370400440532013000"):
        page.keyboard.type(text)
        page.keyboard.press("Tab")
    page.keyboard.press("Control+Enter")
    page.get_by_role("status").get_by_text("done").wait_for()


def test_the_palette_leads_to_a_task(person: Any) -> None:
    clerk = person("clerk")
    page = clerk.page
    clerk.start_invoice("INV-77")
    page.goto("/start")
    page.keyboard.press("Control+k")
    page.keyboard.type("INV-77")
    page.locator(".palette-line").get_by_text("Record invoice").wait_for()
    page.keyboard.press("Enter")
    clerk.sees("Record invoice")
    assert "/tasks/" in page.url


def test_words_typed_without_a_connection_arrive_when_it_is_back(person: Any) -> None:
    clerk = person("clerk")
    page = clerk.page
    clerk.start_invoice("INV-1")
    page.context.set_offline(True)
    page.get_by_label("Supplier").fill("ACME")
    page.get_by_text("Kept in this browser").wait_for()
    page.context.set_offline(False)
    page.get_by_text("Draft kept").wait_for()
    assert page.evaluate("Object.keys(localStorage).filter((each) => each.startsWith('draft:'))") == []
    page.reload()
    assert page.get_by_label("Supplier").input_value() == "ACME"
    page.get_by_role("button", name="Begin anew").click()
    page.get_by_role("status").get_by_text("is gone").wait_for()
    assert page.get_by_label("Supplier").input_value() == ""


def test_several_are_claimed_at_once_and_one_is_given_back_by_the_toast(person: Any) -> None:
    clerk = person("clerk")
    page = clerk.page
    for number in ("INV-1", "INV-2"):
        clerk.start_invoice(number)
    page.goto("/tasks")
    page.locator(".pick input").first.check()
    page.get_by_role("button", name="Select all shown").click()
    page.get_by_text("2 tasks selected").wait_for()
    page.get_by_role("button", name="Claim").click()
    page.get_by_role("status").get_by_text("2 tasks are yours").wait_for()
    page.get_by_role("link", name="Mine 2").click()
    page.locator(".mail-row").first.click()
    clerk.sees("Record invoice")
    page.get_by_role("button", name="Give back").click()
    page.get_by_role("button", name="Undo").click()
    page.get_by_role("status").get_by_text("The task is yours").wait_for()


def test_the_form_of_another_modeler_is_filled_in(person: Any) -> None:
    modeller = person("modeller")
    modeller.upload(EXPENSE)
    modeller.press("Deploy and start")
    modeller.press("Start Expense")
    clerk = person("clerk")
    page = clerk.page
    page.locator(".mail-row").get_by_text("Enter expense").click()
    page.locator("[data-form-js][data-ready=yes]").wait_for()
    clerk.press("Complete")
    page.get_by_text("This is needed.").first.wait_for()
    page.get_by_label("Purpose").fill("Train")
    page.get_by_label("Cost").fill("12.5")
    page.get_by_text("Draft kept").wait_for()
    clerk.press("Complete")
    clerk.sees("Check expense")
    assert page.get_by_role("cell", name="12.5").is_visible()


def test_the_first_view_is_light(person: Any) -> None:
    page = person("clerk").page
    sizes = page.evaluate(
        "performance.getEntriesByType('navigation').concat(performance.getEntriesByType('resource'))"
        ".map((each) => each.encodedBodySize)"
    )
    assert sum(sizes) <= 120 * 1024
