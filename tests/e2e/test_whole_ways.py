"""What each person does from sign-in to the end, in a real browser: clerk, modeller, operator, administrator."""

from __future__ import annotations

from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
PASSWORD_OF_ONES_OWN = "four grey horses"
FILL = (("Supplier", "ACME"), ("Invoice number", "INV-1"), ("Amount", "1200"), ("IBAN", "DE89370400440532013000"))


def go_to(page: Any, words: str) -> None:
    """Tab until the thing of that name has the focus; it is what a person without a mouse has."""
    name = "each => (each.labels?.[0] ?? each).textContent + (each.getAttribute('aria-label') ?? '')"
    for _ in range(60):
        page.keyboard.press("Tab")
        if words in page.evaluate(f"({name})(document.activeElement)"):
            return
    raise AssertionError(f"{words} cannot be reached with the tab key")


def drop(page: Any, file: Path) -> None:
    """A file from the desktop onto the page."""
    data = page.evaluate_handle(
        "([name, text]) => { const data = new DataTransfer(); data.items.add(new File([text], name)); return data; }",
        [file.name, file.read_text("utf-8")],
    )
    for event in ("dragenter", "dragover", "drop"):
        page.dispatch_event(".drop", event, {"dataTransfer": data})


def test_a_clerk_starts_and_completes_by_keyboard_alone(person: Any) -> None:
    clerk = person(None)
    page = clerk.page
    page.goto("/")
    page.keyboard.type("clerk")
    page.keyboard.press("Tab")
    page.keyboard.type("procession")
    page.keyboard.press("Enter")
    page.wait_for_url("**/tasks")
    go_to(page, "Start")
    page.keyboard.press("Enter")
    page.wait_for_url("**/start")
    go_to(page, "Start Invoice approval")
    page.keyboard.press("Enter")
    page.get_by_label("Reference").wait_for()
    go_to(page, "Reference")
    page.keyboard.type("INV-1")
    page.keyboard.press("Enter")
    clerk.sees("Record invoice")
    for label, text in FILL:
        go_to(page, label)
        page.keyboard.type(text)
    go_to(page, "Complete")
    page.keyboard.press("Enter")
    page.get_by_role("status").get_by_text("done").wait_for()
    assert page.locator(".mail-row").get_by_text("INV-1").count() == 0


def test_a_clerk_starts_and_completes_on_a_telephone(person: Any) -> None:
    clerk = person("clerk", width=390, height=780, has_touch=True, is_mobile=True)
    page = clerk.page
    page.get_by_role("navigation", name="Main").get_by_text("Start").tap()
    page.get_by_role("link", name="Start Invoice approval").tap()
    page.get_by_label("Reference").fill("INV-1")
    page.get_by_role("button", name="Start Invoice approval").tap()
    clerk.sees("Record invoice")
    for label, text in FILL:
        page.get_by_label(label).fill(text)
    assert not clerk.has_to_scroll_sideways()
    page.get_by_role("button", name="Complete").tap()
    page.get_by_role("status").get_by_text("done").wait_for()
    assert not clerk.has_to_scroll_sideways()


def test_a_modeller_drops_a_drawing_and_starts_it(person: Any) -> None:
    modeller = person("modeller")
    page = modeller.page
    page.goto("/import")
    drop(page, HERE / "leave.bpmn")
    page.wait_for_url("**/import/*")
    modeller.sees_the_diagram()
    modeller.press("Deploy and start")
    page.get_by_label("Reference").fill("Leave 12")
    modeller.press("Start Leave request")
    modeller.sees("Write request")


def test_an_administrator_adds_an_operator_who_mends_what_stopped(person: Any) -> None:
    admin = person("admin")
    page = admin.page
    admin.upload(HERE / "stops.bpmn")
    admin.press("Deploy and start")
    page.get_by_label("Reference").fill("Tax 1")
    admin.press("Start Tax")
    page.get_by_text("Your menu").locator("..").click()
    page.get_by_role("link", name="People", exact=True).click()
    page.get_by_role("link", name="Add a user").click()
    page.get_by_label("User name").fill("olga")
    page.get_by_label("Name", exact=True).fill("Olga Moor")
    page.get_by_label("Role").select_option(label="Operator")
    admin.press("Add the user")
    once = page.locator(".once-shown").inner_text()

    operator = person(None)
    page = operator.page
    page.goto("/operations")
    page.get_by_label("User name").fill("olga")
    page.get_by_label("Password").fill(once)
    operator.press("Sign in")
    operator.sees("Choose your own password")
    page.get_by_label("The password you signed in with").fill(once)
    for label in ("New password", "New password again"):
        page.get_by_label(label, exact=True).fill(PASSWORD_OF_ONES_OWN)
    operator.press("Change the password")
    page.get_by_role("link", name="Operations").click()
    page.get_by_role("link", name="1 instance").click()
    page.locator("main").get_by_role("link", name="Tax 1").click()
    page.get_by_text("Set a variable").click()
    page.get_by_label("Name").fill("net")
    page.get_by_label("Value").fill("100")
    page.get_by_role("button", name="Set", exact=True).click()
    page.get_by_role("status").get_by_text("net is set").wait_for()
    operator.press("Try again")
    page.get_by_text("Completed", exact=True).first.wait_for()

    again = person(None)
    again.page.goto("/")
    again.page.get_by_label("User name").fill("olga")
    again.page.get_by_label("Password").fill(once)
    again.press("Sign in")
    again.page.get_by_role("alert").wait_for()


def test_an_administrator_keeps_a_start_for_one_and_the_others_see_it_no_more(person: Any) -> None:
    admin, clerk, manager = person("admin"), person("clerk"), person("manager")
    admin.page.goto("/processes/procurement-request")
    admin.page.get_by_text("Grant a part in it").click()
    admin.page.get_by_label("What", exact=True).select_option("start")
    admin.page.locator("#grant-kind").select_option("user")
    admin.page.locator("#grant-subject").fill("clerk")
    admin.page.get_by_role("button", name="Grant", exact=True).click()
    admin.page.get_by_role("button", name="Take back").wait_for()
    for one, may in ((clerk, 1), (manager, 0)):
        one.page.goto("/start")
        assert one.page.get_by_role("link", name="Start Procurement request").count() == may


def test_words_typed_while_the_sign_in_runs_out_are_there_after_signing_in_again(person: Any) -> None:
    clerk = person("clerk")
    page = clerk.page
    clerk.start_invoice("INV-1")
    address = page.url
    page.context.clear_cookies()
    for label, text in FILL:
        page.get_by_label(label).fill(text)
    page.get_by_text("Kept in this browser").wait_for()
    clerk.press("Complete")
    page.get_by_label("User name").fill("clerk")
    page.get_by_label("Password").fill("procession")
    clerk.press("Sign in")
    page.wait_for_url(lambda url: "sign-in" not in url)
    page.goto(address)
    assert page.get_by_label("Supplier").input_value() == "ACME"
    clerk.press("Complete")
    page.get_by_role("status").get_by_text("done").wait_for()
