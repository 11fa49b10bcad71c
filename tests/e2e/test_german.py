"""The portal in German, in a real browser: a clerk's whole way, the forms of another modeler, and every page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
FILL = (("Supplier", "ACME"), ("Invoice number", "INV-1"), ("Amount", "1200,50"), ("IBAN", "DE89370400440532013000"))


def is_german(one: Any) -> None:
    assert one.page.locator("html").get_attribute("lang") == "de"
    assert one.english() == []
    assert one.complaints() == []


def test_a_clerk_starts_and_completes_in_german(person: Any) -> None:
    clerk = person("clerk", locale="de-DE", reduced_motion="reduce")
    page = clerk.page
    is_german(clerk)
    page.get_by_role("link", name="Starten", exact=True).first.click()
    page.get_by_role("link", name="Starten Invoice approval").click()
    page.get_by_label("Kennzeichen").fill("INV-1")
    is_german(clerk)
    clerk.press("Invoice approval starten")
    clerk.sees("Record invoice")
    is_german(clerk)
    clerk.press("Abschließen")
    page.get_by_text("Diese Angabe fehlt.").first.wait_for()
    is_german(clerk)
    for label, text in FILL:
        page.get_by_label(label).fill(text)
    clerk.press("Abschließen")
    page.get_by_role("status").get_by_text("erledigt").wait_for()
    is_german(clerk)
    page.keyboard.press("?")
    page.get_by_text("Nächste und vorige Zeile").wait_for()
    is_german(clerk)


def test_the_form_of_another_modeler_speaks_german(person: Any) -> None:
    modeller = person("modeller", locale="de-DE")
    modeller.page.goto("/import")
    modeller.page.set_input_files("#file", HERE / "expense.bpmn")
    modeller.page.wait_for_url("**/import/*")
    modeller.press("Bereitstellen und starten")
    modeller.press("Expense starten")
    clerk = person("clerk", locale="de-DE")
    page = clerk.page
    page.locator(".mail-row").get_by_text("Enter expense").click()
    page.locator("[data-form-js][data-ready=yes]").wait_for()
    clerk.press("Abschließen")
    page.get_by_text("Diese Angabe fehlt.").first.wait_for()
    page.get_by_label("Cost").fill("501")
    page.get_by_text("Das darf höchstens 500 sein.").wait_for()
    page.get_by_label("Paid on").click()
    page.get_by_label("Monat").wait_for()
    assert page.locator(".flatpickr-monthDropdown-month").all_inner_texts()[:3] == ["Januar", "Februar", "März"]
    assert page.locator(".flatpickr-weekday").first.inner_text() == "Mo"
