"""What the demo's people write into the forms of the samples, task by task."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

Facts = Mapping[str, Any]


class Scan(NamedTuple):
    """A file for a field that takes one."""

    name: str
    text: str


def answer(element_id: str, facts: Facts, times: int, today: date) -> dict[str, Any]:
    """The values for a task of a case with these facts that has been done `times` before in it."""
    return ANSWERS[element_id](facts, times, today) if element_id in ANSWERS else {}


def _at(values: Sequence[Any], times: int) -> Any:
    return values[min(times, len(values) - 1)]


def _invoice(facts: Facts, times: int, today: date) -> dict[str, Any]:
    return {
        "supplier": facts["supplier"],
        "invoice_number": facts["number"],
        "amount": facts["amount"],
        "iban": facts["iban"],
    }


def _approval(facts: Facts, times: int, today: date) -> dict[str, Any]:
    decision = _at(facts["decisions"], times)
    said = {"correct": "The amount does not match the order.", "reject": "We ordered nothing there."}
    return {"decision": decision, "comment": said.get(decision, "")}


def _checked_papers(facts: Facts, times: int, today: date) -> dict[str, Any]:
    fine = _at(facts["papers"], times)
    return {
        "identity_ok": True,
        "tax_form_ok": fine,
        "bank_account_ok": True,
        "remark": "" if fine else "The tax form is last year's.",
    }


def _request(facts: Facts, times: int, today: date) -> dict[str, Any]:
    less = round(facts["amount"] * 0.8, 2)
    wanted = {"item": facts["item"], "quantity": facts["quantity"], "reason": facts["reason"]}
    return {**wanted, "amount": less, "next": "again" if len(facts["decisions"]) > 1 else "drop"}


def _vote(facts: Facts, times: int, today: date) -> dict[str, Any]:
    decision = _at(facts["decisions"], times)
    return {"decision": decision, "comment": "Is there a cheaper one?" if decision == "refuse" else ""}


def _satisfied(facts: Facts, times: int, today: date) -> dict[str, Any]:
    content = _at(facts["content"], times)
    return {"content": content, "wish": "" if content else "It happens again on another computer."}


def _review(facts: Facts, times: int, today: date) -> dict[str, Any]:
    review = _at(facts["reviews"], times)
    return {"review": review, "findings": "Say who is responsible." if review == "changes" else ""}


def _decision(facts: Facts, times: int, today: date) -> dict[str, Any]:
    decision = _at(facts["decisions"], times)
    return {"decision": decision, "approval_comment": "Three months' notice at most." if decision == "refuse" else ""}


ANSWERS: dict[str, Callable[[Facts, int, date], dict[str, Any]]] = {
    # Invoice approval
    "record_invoice": _invoice,
    "correct_invoice": _invoice,
    "approve_as_manager": _approval,
    "approve_as_director": _approval,
    "settle_refusal": lambda facts, times, today: {"iban": "GB82WEST12345698765432"},
    "book_payment": lambda facts, times, today: {"ledger_account": "4400"},
    "tell_supplier": lambda facts, times, today: {"supplier_told": True},
    # Employee document submission
    "submit_documents": lambda facts, times, today: {
        "identity_document": Scan("identity-document.txt", f"Identity document of {facts['employee']}"),
        "tax_form": Scan("tax-form.txt", f"Tax form of {facts['employee']} for {today.year - 1 + times}"),
        "bank_account": "DE89370400440532013000",
    },
    "remind_employee": lambda facts, times, today: {"reminded_by": "telephone" if times else "mail"},
    "check_documents": _checked_papers,
    # Support ticket
    "answer_ticket": lambda facts, times, today: {
        "solved": _at(facts["solved"], times),
        "answer": "Please try it again after signing out and in.",
    },
    "look_after_ticket": lambda facts, times, today: {"measure": "Asked a colleague to take it."},
    "solve_ticket": lambda facts, times, today: {"answer": "A setting was wrong on our side; it is mended."},
    "note_withdrawal": lambda facts, times, today: {"why_withdrawn": "It was the customer's own mistake."},
    "tell_delay": lambda facts, times, today: {"told_new_date": today + timedelta(days=2)},
    "ask_customer": _satisfied,
    # Procurement request
    "approve_request": _vote,
    "change_request": _request,
    "order_goods": lambda facts, times, today: {
        "supplier": "Bolt Tools",
        "order_number": f"B-{today:%y%m%d}",
        "delivery_date": today + timedelta(days=4),
    },
    "confirm_receipt": lambda facts, times, today: {"complete": True},
    # IT account creation
    "choose_name": lambda facts, times, today: {"account_name": f"{facts['taken']}2"},
    "tell_why": lambda facts, times, today: {"told": True},
    "hand_over": lambda facts, times, today: {"handed_over_on": today},
    # Document approval and contract review
    "review_document": _review,
    "change_document": lambda facts, times, today: {"document_link": facts["link"]},
    "approve_document": _decision,
    "draft_contract": lambda facts, times, today: {"contract_link": facts["link"]},
    "judge_risks": lambda facts, times, today: {"risk": "low" if times else "medium", "legal_remarks": ""},
    "negotiate": lambda facts, times, today: {"contract_link": f"{facts['link']}-2", "agreement": "new_draft"},
    "sign_contract": lambda facts, times, today: {"signed_on": today},
    "file_contract": lambda facts, times, today: {"filed_as": f"{today.year}/contracts"},
    # Employee onboarding and what it calls
    "choose_equipment": lambda facts, times, today: {"laptop": "light", "screens": 2, "telephone": True},
    "look_in_stock": lambda facts, times, today: {"in_stock": facts["starts_in"] != 6},
    "order_missing": lambda facts, times, today: {"ordered_from": "Bolt Tools"},
    "set_up_equipment": lambda facts, times, today: {"equipment_list": "N-204, S-77, S-78"},
    "welcome": lambda facts, times, today: {"mentor": "Paula Reyes"},
    "train_safety": lambda facts, times, today: {"instructed_on": today},
    "train_job": lambda facts, times, today: {"courses": "Ordering, complaints", "passed": True},
    "employee_speaks": lambda facts, times, today: {"satisfaction": 4, "employee_wishes": "A second screen at home."},
    "manager_judges": lambda facts, times, today: {"performance": 4},
    "hold_review": lambda facts, times, today: {"stays": True, "agreed": "Another course in spring."},
}
