"""The cases of the demo's company: who starts which process, how many days ago, about what, and how it will go."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

VALID, WRONG = "DE89370400440532013000", "DE00370400440532013000"

# What lies still: the task of a case, by its business key, that nobody has done yet.
LEFT = {
    "INV-1050": "approve_as_director",
    "INV-1051": "book_payment",
    "INV-1053": "record_invoice",
    "T-2108": "solve_ticket",
    "T-2109": "answer_ticket",
    "P-304": "confirm_receipt",
    "P-305": "change_request",
    "P-306": "approve_request",
    "C-73": "judge_risks",
    "Fire safety plan": "approve_document",
    "Eva Lang": "hold_review",
    "Mina Sato": "check_documents",
    "Ole Krog": "hand_over",
    "Order 883": "Pack goods",
}
# What was ended before its time, and why.
CANCELLED = {"INV-1049": "Entered twice, see INV-1043."}
WITHDRAWN = frozenset({"T-2104"})


@dataclass(frozen=True, slots=True)
class Case:
    """`process` is its name, `variables` what the start form says; `facts` steer the answers that people give later."""

    process: str
    business_key: str
    days_ago: float
    starter: str
    variables: Mapping[str, Any] = field(default_factory=dict)
    facts: Mapping[str, Any] = field(default_factory=dict)


def cases() -> list[Case]:
    """All of them, the oldest first."""
    found = [
        *_invoices(),
        *_tickets(),
        *_procurement(),
        *_contracts(),
        *_documents(),
        *_people(),
        *_accounts(),
        *_orders(),
    ]
    return sorted(found, key=lambda case: -case.days_ago)


def _invoices() -> list[Case]:
    rows = [
        (33, "INV-1041", "Northwind Paper", 312.40, VALID, ("approve",)),
        (31, "INV-1042", "Bolt Tools", 1890.00, VALID, ("approve",)),
        (29, "INV-1043", "City Power", 7420.50, VALID, ("approve",)),
        (26, "INV-1044", "Harbour Freight", 2265.00, WRONG, ("approve",)),
        (24, "INV-1045", "Northwind Paper", 488.10, VALID, ("correct", "approve")),
        (20, "INV-1046", "Brightside Cleaning", 940.00, VALID, ("approve",)),
        (17, "INV-1047", "Unknown Sender", 9999.00, VALID, ("reject",)),
        (13, "INV-1048", "Bolt Tools", 12650.00, VALID, ("correct", "approve")),
        (9, "INV-1049", "City Power", 6980.00, VALID, ("approve",)),
        (6, "INV-1050", "Harbour Freight", 1410.75, VALID, ("approve",)),
        (3, "INV-1051", "Brightside Cleaning", 940.00, VALID, ("approve",)),
        (1, "INV-1052", "Northwind Paper", 276.90, VALID, ("approve",)),
        (0.2, "INV-1053", "Bolt Tools", 5320.00, VALID, ("approve",)),
    ]
    return [
        Case(
            "Invoice approval",
            number,
            days,
            "clerk",
            facts={"supplier": supplier, "number": number, "amount": amount, "iban": iban, "decisions": decisions},
        )
        for days, number, supplier, amount, iban, decisions in rows
    ]


def _tickets() -> list[Case]:
    rows = [
        (32, "T-2101", "Meyer & Sons", "No login since the update", "high", ("no",), (True,)),
        (30, "T-2102", "Alder School", "How do I change the language?", "low", ("yes",), (True,)),
        (25, "T-2103", "Delta Logistics", "Report shows last year", "normal", ("yes",), (False, True)),
        (21, "T-2104", "Fern Bakery", "Invoice sent twice", "normal", ("yes",), (True,)),
        (16, "T-2105", "Meyer & Sons", "Export is empty", "normal", ("no",), (True,)),
        (12, "T-2106", "Kite Travel", "The page stays white", "high", ("no",), (False, True)),
        (8, "T-2107", "Delta Logistics", "New user for the warehouse", "low", ("yes",), (True,)),
        (3, "T-2108", "Alder School", "Mails arrive late", "normal", ("no",), (True,)),
        (1, "T-2109", "Fern Bakery", "Printer prints half a page", "low", ("yes",), (True,)),
        (0.1, "T-2110", "Kite Travel", "Bookings cannot be saved", "high", ("no",), (True,)),
    ]
    return [
        Case(
            "Support ticket",
            number,
            days,
            "first-level",
            {
                "customer": customer,
                "subject": subject,
                "description": f"{subject}, writes {customer}.",
                "priority": how,
            },
            {"solved": solved, "content": content},
        )
        for days, number, customer, subject, how, solved, content in rows
    ]


def _procurement() -> list[Case]:
    rows = [
        (28, "P-301", "Keyboards", 4, 240.00, "The old ones stick", ("approve",)),
        (22, "P-302", "Standing desks", 3, 1770.00, "For the new office", ("approve",)),
        (18, "P-303", "Server", 1, 14200.00, "The old one is full", ("refuse", "approve")),
        (11, "P-304", "Projector", 1, 2890.00, "Meeting room 2", ("approve",)),
        (6, "P-305", "Coffee machine", 1, 3100.00, "The kitchen", ("refuse",)),
        (2, "P-306", "Delivery van", 1, 31500.00, "More orders in the north", ("approve",)),
        (0.3, "P-307", "Chairs", 6, 1500.00, "For visitors", ("approve",)),
    ]
    return [
        Case(
            "Procurement request",
            number,
            days,
            "employee",
            {"item": item, "quantity": quantity, "amount": amount, "reason": reason},
            {"item": item, "quantity": quantity, "amount": amount, "reason": reason, "decisions": decisions},
        )
        for days, number, item, quantity, amount, reason, decisions in rows
    ]


def _contracts() -> list[Case]:
    rows = [
        (30, "C-71", "Cleaning of the offices", "Brightside Cleaning", 24000.0, ("approve",)),
        (19, "C-72", "Parcels within Europe", "Harbour Freight", 86000.0, ("refuse", "approve")),
        (4, "C-73", "Electricity for two years", "City Power", 172000.0, ("approve",)),
    ]
    return [
        Case(
            "Contract review",
            number,
            days,
            "sales",
            {"contract_title": title, "partner": partner, "contract_value": value},
            {"link": f"https://files.example/contracts/{number.lower()}", "reviews": ("fine",), "decisions": decisions},
        )
        for days, number, title, partner, value, decisions in rows
    ]


def _documents() -> list[Case]:
    rows = [
        (23, "Travel policy", ("changes", "fine"), ("approve",)),
        (10, "Fire safety plan", ("fine",), ("approve",)),
        (2, "Holiday rules", ("changes", "fine"), ("approve",)),
    ]
    return [
        Case(
            "Document approval",
            title,
            days,
            "clerk",
            {"document_title": title, "document_link": f"https://files.example/{title.lower().replace(' ', '-')}"},
            {"reviews": reviews, "decisions": decisions, "link": f"https://files.example/{title[:4].lower()}-2"},
        )
        for days, title, reviews, decisions in rows
    ]


def _people() -> list[Case]:
    rows = [
        (41, "Eva Lang", "elang", "Sales", "Sales assistant", (True,), 3),
        (15, "Tom Okoro", "tokoro", "Warehouse", "Shift leader", (False, True), 6),
        (6, "Mina Sato", "msato", "IT", "Developer", (True,), 12),
    ]
    return [
        Case(
            "Employee onboarding",
            name,
            days,
            "human-resources",
            {"employee_name": name, "account_name": account, "department": department, "job_title": job},
            {"employee": name, "papers": papers, "starts_in": starts_in},
        )
        for days, name, account, department, job, papers, starts_in in rows
    ]


def _accounts() -> list[Case]:
    rows: list[tuple[float, str, str, dict[str, Any]]] = [
        (27, "Jon Berg", "jberg", {"taken": "jberg"}),
        (14, "Lia Costa", "lcosta", {"no_mailbox": True}),
        (7, "Ole Krog", "okrog", {}),
        (0.8, "Ida Falk", "ifalk", {"unreachable": True}),
    ]
    return [
        Case("IT account creation", name, days, "it", {"employee_name": name, "account_name": account}, facts)
        for days, name, account, facts in rows
    ]


def _orders() -> list[Case]:
    rows = [(25, "Order 881", "yes"), (15, "Order 882", "no"), (6, "Order 883", "yes"), (1, "Order 884", "yes")]
    return [Case("Buying goods", number, days, "customer", facts={"in_stock": said}) for days, number, said in rows]
