"""Demo users and samples: made once, and made again without a trace."""

from __future__ import annotations

from engine.identity import SYSTEM
from engine.queries import Bindings, DefinitionList, UserList
from webapp.demo import prepare


def test_a_second_start_changes_nothing(engine):
    first = prepare(engine)
    before = engine.query(DefinitionList(latest=False), SYSTEM).rows, engine.query(UserList(), SYSTEM).rows
    assert prepare(engine) == first
    assert (engine.query(DefinitionList(latest=False), SYSTEM).rows, engine.query(UserList(), SYSTEM).rows) == before


def test_each_lane_has_somebody_and_the_samples_are_bound(engine):
    logins = prepare(engine)
    groups = {group for login in logins for group in login.groups}
    assert {"Clerk", "Manager", "Director", "Accounting"} <= groups
    assert engine.query(Bindings("invoice-approval"), SYSTEM)["pay_invoice"].target == "invoice_payments:pay"


def test_the_logins_work(engine, reader):
    for login in prepare(engine):
        assert reader().sign_in(login.user, login.password).status_code == 303
