"""Users, groups, sessions."""

from datetime import timedelta

import pytest
from bench import person

from engine.commands import (
    AddToGroup,
    ChangePassword,
    CreateGroup,
    CreateUser,
    RemoveFromGroup,
    SetUser,
    SignIn,
    SignOut,
)
from engine.errors import Conflict, Forbidden, Invalid, NotFound
from engine.queries import Groups, SessionOf, UserList

SECRET = "correct horse"


@pytest.fixture
def ann(bench):
    bench.do(CreateGroup("clerks", permissions=("work",)))
    bench.do(CreateUser("ann", SECRET, "Ann", permissions=("start",), groups=("clerks", "new")))


def test_signed_in_one_acts_with_ones_groups_permissions(bench, ann):
    token = bench.do(SignIn("ann", SECRET, life=timedelta(hours=1)))
    session = bench.ask(SessionOf(token))
    assert (session.actor.user, session.name) == ("ann", "Ann")
    assert session.actor.groups == {"clerks", "new"}
    assert session.actor.permissions == {"read", "start", "work"}
    bench.clock.advance(timedelta(hours=1))
    assert bench.ask(SessionOf(token)) is None


def test_signed_out_the_token_is_worth_nothing(bench, ann):
    first, second = bench.do(SignIn("ann", SECRET)), bench.do(SignIn("ann", SECRET))
    bench.do(SignOut(first))
    assert bench.ask(SessionOf(first)) is None
    assert bench.ask(SessionOf(second)) is not None
    assert bench.ask(SessionOf("guess")) is None


def test_wrong_is_told_alike(bench, ann):
    bench.do(CreateUser("robot"))
    texts = set()
    for user, password in (("ann", "wrong horse"), ("nobody", SECRET), ("robot", ""), ("robot", SECRET)):
        with pytest.raises(Forbidden) as raised:
            bench.do(SignIn(user, password))
        texts.add(str(raised.value))
    assert len(texts) == 1


def test_a_changed_password_ends_all_sessions(bench, ann):
    token = bench.do(SignIn("ann", SECRET))
    own = person("ann")
    with pytest.raises(Forbidden):
        bench.do(ChangePassword("ann", "battery staple", "wrong"), own)
    with pytest.raises(Forbidden):
        bench.do(ChangePassword("ann", "battery staple", SECRET), person("eve"))
    with pytest.raises(Invalid):
        bench.do(ChangePassword("ann", "short", SECRET), own)
    bench.do(ChangePassword("ann", "battery staple", SECRET), own)
    assert bench.ask(SessionOf(token)) is None
    assert bench.do(SignIn("ann", "battery staple"))


def test_one_who_is_not_active_is_out(bench, ann):
    token = bench.do(SignIn("ann", SECRET))
    bench.do(SetUser("ann", active=False))
    assert bench.ask(SessionOf(token)) is None
    with pytest.raises(Forbidden):
        bench.do(SignIn("ann", SECRET))


def test_groups(bench, ann):
    bench.do(AddToGroup("ann", "auditors"))
    bench.do(RemoveFromGroup("ann", "new"))
    (row,) = bench.ask(UserList(search="an")).rows
    assert (row.id, row.groups) == ("ann", ("auditors", "clerks"))
    assert [each.id for each in bench.ask(Groups())] == ["auditors", "clerks", "new"]


def test_what_is_refused(bench, ann):
    with pytest.raises(Conflict):
        bench.do(CreateUser("ann"))
    with pytest.raises(Conflict):
        bench.do(CreateGroup("clerks"))
    with pytest.raises(NotFound):
        bench.do(AddToGroup("nobody", "clerks"))
    with pytest.raises(NotFound):
        bench.do(SetUser("nobody", name="x"))
    for wrong in (CreateUser(""), CreateUser(" x"), CreateUser("a\nb"), CreateUser("x", permissions=("fly",))):
        with pytest.raises(Invalid):
            bench.do(wrong)
    with pytest.raises(Forbidden):
        bench.do(CreateUser("eve", permissions=("administer",)), person("eve"))
    assert SECRET not in repr(CreateUser("x", SECRET)) + repr(SignIn("x", SECRET))


@pytest.mark.parametrize("name", ["ann", "ANN", "аnn", "Ａnn", "ann "])
def test_nobody_takes_a_name_that_reads_like_anothers(bench, ann, name):
    with pytest.raises((Conflict, Invalid)):
        bench.do(CreateUser(name, SECRET))


def test_other_names_in_any_script_are_names(bench, ann):
    for name in ("anna", "Анна", "Ännchen", "アン"):
        bench.do(CreateUser(name, SECRET))
    assert len(bench.ask(UserList()).rows) == 5
