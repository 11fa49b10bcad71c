"""Accounts: passwords, sessions, and that somebody is left who administers."""

from __future__ import annotations

import pytest
from bench import Bench, person

from engine.commands import (
    AddToGroup,
    ChangePassword,
    ChangeProfile,
    CreateGroup,
    CreateUser,
    DeleteGroup,
    DeleteUser,
    EndSession,
    RemoveFromGroup,
    ResetPassword,
    SetGroup,
    SetUser,
    SignIn,
)
from engine.errors import Conflict, Forbidden, Invalid, NotFound
from engine.permissions import ROLES
from engine.queries import GrantList, Groups, SessionList, SessionOf, UserList
from engine.queries.identities import token_hash

SECRET = "correct horse"
boss = person("boss", may=frozenset({"read", *ROLES["administrator"]}))


@pytest.mark.parametrize(
    "password", ["password1", "QWERTZUIOP", "12345678", "aaaaaaaaaa", "margarethe", "Margarethe7!"]
)
def test_a_password_that_is_guessed_first_is_refused(bench: Bench, password: str) -> None:
    with pytest.raises(Invalid, match="password"):
        bench.do(CreateUser("margarethe", password))


def test_a_password_for_once_has_to_be_changed(bench: Bench) -> None:
    bench.do(CreateUser("ann", SECRET))
    before = bench.do(SignIn("ann", SECRET))
    once = bench.do(ResetPassword("ann"), boss)
    assert bench.ask(SessionOf(before)) is None
    with pytest.raises(Forbidden):
        bench.do(SignIn("ann", SECRET))
    token = bench.do(SignIn("ann", once))
    assert bench.ask(SessionOf(token)).must_change
    bench.do(ChangePassword("ann", "battery staple", once, stay=token_hash(token)), person("ann"))
    assert not bench.ask(SessionOf(token)).must_change
    with pytest.raises(Forbidden):
        bench.do(ResetPassword("ann"), person("ann"))


def test_an_administrator_needs_the_old_one_for_their_own(bench: Bench) -> None:
    bench.do(CreateUser("boss", SECRET, permissions=ROLES["administrator"]))
    with pytest.raises(Forbidden):
        bench.do(ChangePassword("boss", "battery staple"), boss)


def test_one_sees_ones_sessions_and_ends_them(bench: Bench) -> None:
    bench.do(CreateUser("ann", SECRET))
    bench.do(CreateUser("eve", SECRET))
    ann = person("ann")
    here = bench.do(SignIn("ann", SECRET, address="127.0.0.1", agent="Firefox"))
    there, third = bench.do(SignIn("ann", SECRET)), bench.do(SignIn("ann", SECRET))
    eves = bench.do(SignIn("eve", SECRET))
    rows = bench.ask(SessionList(here), ann)
    assert [row.here for row in rows].count(True) == 1
    assert all(token not in str(rows) for token in (here, there, third))
    first = next(row for row in rows if not row.here)
    with pytest.raises(NotFound):
        bench.do(EndSession(first.id), person("eve"))
    bench.do(EndSession(first.id), ann)
    assert len(bench.ask(SessionList(here), ann)) == 2
    bench.do(EndSession(stay=token_hash(here)), ann)
    assert [row.here for row in bench.ask(SessionList(here), ann)] == [True]
    assert bench.ask(SessionOf(eves)) is not None


def test_the_last_administrator_stays_one(bench: Bench) -> None:
    bench.do(CreateUser("boss", permissions=ROLES["administrator"]))
    bench.do(CreateUser("ann"))
    for command in (SetUser("boss", permissions=()), SetUser("boss", active=False), DeleteUser("boss")):
        with pytest.raises(Conflict, match="administers"):
            bench.do(command, boss)
    bench.do(CreateGroup("admins", permissions=("administer",)), boss)
    bench.do(AddToGroup("ann", "admins"), boss)
    bench.do(SetUser("boss", permissions=()), boss)
    for last in (SetGroup("admins", permissions=()), RemoveFromGroup("ann", "admins"), DeleteGroup("admins")):
        with pytest.raises(Conflict, match="administers"):
            bench.do(last, boss)


def test_who_is_gone_has_nothing_left(bench: Bench) -> None:
    bench.do(CreateUser("ann", SECRET, groups=("clerks",)))
    token = bench.do(SignIn("ann", SECRET))
    bench.do(DeleteUser("ann"))
    assert bench.ask(SessionOf(token)) is None
    assert bench.ask(UserList()).rows == ()
    assert bench.ask(GrantList()).rows == ()
    assert [(group.id, group.members) for group in bench.ask(Groups())] == [("clerks", 0)]
    with pytest.raises(NotFound):
        bench.do(DeleteUser("ann"))


def test_a_profile_is_ones_own(bench: Bench) -> None:
    bench.do(CreateUser("ann", SECRET, "Ann"))
    bench.do(ChangeProfile(name="Ann Lee", zone="Europe/Berlin", theme="dark"), person("ann"))
    profile = bench.ask(SessionOf(bench.do(SignIn("ann", SECRET)))).profile
    assert (profile.name, profile.zone, profile.theme) == ("Ann Lee", "Europe/Berlin", "dark")
    for wrong in (ChangeProfile(zone="Mars/Base"), ChangeProfile(theme="pink"), ChangeProfile(name="x" * 201)):
        with pytest.raises(Invalid):
            bench.do(wrong, person("ann"))
    bench.do(ChangeProfile(zone="", theme=""), person("ann"))
    assert bench.ask(SessionOf(bench.do(SignIn("ann", SECRET)))).profile.zone is None
