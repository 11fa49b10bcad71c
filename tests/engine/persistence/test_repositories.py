"""What repositories keep comes back as it was, on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from sqlalchemy import Connection, insert, select

from engine.errors import Conflict, Invalid
from engine.persistence import Database, LostRace, tables
from engine.persistence.bindings import Bindings
from engine.persistence.definitions import Definitions, ProcessDefinition, StartEvent
from engine.persistence.deployments import Deployment, Deployments, Resource
from engine.persistence.idempotency import Answer, Idempotency
from engine.persistence.sessions import Session, Sessions
from engine.persistence.user_tasks import UserTasks
from engine.persistence.users import ApiToken, Group, User, Users
from engine.persistence.waits import open_waits
from engine.runtime.records import UserTaskRecord
from engine.services.binding import Binding

NOW = datetime(2026, 3, 1, 12, 0, 0, 123456, tzinfo=UTC)


@pytest.fixture
def connection(database: Database) -> Iterator[Connection]:
    with database.writing() as opened:
        yield opened


def deploy(connection: Connection, key: str, version: int, deployment_id: str | None = None, **values: object) -> str:
    deployment_id = deployment_id or f"d-{key}-{version}"
    deployments, definitions = Deployments(connection), Definitions(connection)
    if deployments.get(deployment_id) is None:
        content = b"\xff\x00 bytes"
        deployments.add(Deployment(deployment_id, key, None, NOW, "ada"), [Resource.of(deployment_id, "f", content)])
    id = f"{key}-{version}"
    fields = {"version_tag": None, "name": None, "guided": False, "dialect": "bpmn"} | values
    definition = ProcessDefinition(
        id, key, version, deployment_id=deployment_id, resource="f", process_id=key, **fields
    )
    definitions.add(definition, [StartEvent(id, "s", "message", "Order")])
    return id


def test_files_keep_their_bytes_and_hash(connection: Connection) -> None:
    deploy(connection, "orders", 1)
    resource = Deployments(connection).resource("d-orders-1", "f")
    assert resource is not None
    assert resource.content == b"\xff\x00 bytes"
    assert resource == Resource.of("d-orders-1", "f", b"\xff\x00 bytes")
    assert Deployments(connection).resources("d-orders-1") == [resource]


def test_the_newest_version_is_the_latest(connection: Connection) -> None:
    definitions = Definitions(connection)
    assert definitions.next_version("orders") == 1
    deploy(connection, "orders", 1, version_tag="spring")
    deploy(connection, "orders", 2, version_tag="spring")
    deploy(connection, "bills", 1, deployment_id="d-orders-1")
    assert definitions.next_version("orders") == 3
    assert definitions.latest("orders").id == "orders-2"
    assert definitions.version("orders", 1).latest is False
    assert [each.id for each in definitions.tagged("orders", "spring")] == ["orders-2", "orders-1"]
    assert definitions.in_deployment("bills", "d-orders-1").id == "bills-1"
    assert [each.id for each in definitions.of_deployment("d-orders-1")] == ["bills-1", "orders-1"]


def test_only_the_latest_active_version_is_started_by_a_message(connection: Connection) -> None:
    definitions = Definitions(connection)
    deploy(connection, "orders", 1)
    deploy(connection, "orders", 2)
    assert [each.definition_id for each in definitions.started_by("message", "Order")] == ["orders-2"]
    assert definitions.started_by("signal", "Order") == []
    definitions.set_state("orders-2", "suspended")
    assert definitions.started_by("message", "Order") == []


def test_after_the_latest_is_deleted_the_one_before_it_is(connection: Connection) -> None:
    deploy(connection, "orders", 1)
    deploy(connection, "orders", 2)
    assert Deployments(connection).delete("d-orders-2")
    definitions = Definitions(connection)
    assert definitions.get("orders-2") is None
    assert definitions.promote("orders").id == "orders-1"
    assert definitions.latest("orders").id == "orders-1"


def test_two_that_deploy_one_version_meet(database: Database) -> None:
    with database.writing() as connection:
        deploy(connection, "orders", 1)
        connection.commit()
    with pytest.raises(LostRace), database.writing() as connection:
        deploy(connection, "orders", 1, deployment_id="other")


def test_bindings_are_kept_by_key_and_counted(connection: Connection) -> None:
    bindings = Bindings(connection)
    pay = Binding("python", "shop:pay", {"retries": 2})
    before = bindings.revision()
    bindings.put("orders", "pay", pay, NOW, "ada")
    bindings.put("orders", "topic:mail", Binding("person", "office"), NOW, None)
    bindings.put("orders", "pay", pay, NOW, "ada")
    assert bindings.of("orders") == {"pay": pay, "topic:mail": Binding("person", "office")}
    assert bindings.of("bills") == {}
    assert bindings.remove("orders", "pay")
    assert not bindings.remove("orders", "pay")
    assert bindings.revision() == before + 5


def test_a_task_is_found_by_its_candidates(connection: Connection) -> None:
    record = UserTaskRecord(7, 3, "root", "Approve", NOW, candidate_users=("ada",), candidate_groups=("sales",))
    record.form = {"fields": [{"id": "amount", "default": Decimal("1.50")}]}
    open_waits(connection, "root", [record])
    user_tasks = UserTasks(connection)
    task = user_tasks.get("root-7")
    assert (task.candidate_users, task.candidate_groups, task.form) == (["ada"], ["sales"], record.form)
    user_tasks.change("root-7", candidate_users=[], candidate_groups=["office", "sales"], priority=80)
    candidate = tables.task_candidate.c
    found = connection.execute(select(candidate.kind, candidate.value).order_by(candidate.value)).all()
    assert found == [("group", "office"), ("group", "sales")]
    assert user_tasks.get("root-7").priority == 80


def test_users_have_the_permissions_of_their_groups(connection: Connection) -> None:
    users = Users(connection)
    users.add(User("ada", "Ada", None, "hash", ["start"], True, NOW))
    users.add_group(Group("sales", "Sales", ["work"]))
    users.join("ada", ["sales", "sales"])
    users.join("ada", ["sales"])
    actor = users.actor("ada")
    assert (actor.groups, actor.permissions) == (frozenset({"sales"}), frozenset({"start", "work"}))
    assert users.members("sales") == ["ada"]
    users.change("ada", active=False)
    assert users.actor("ada") is None
    assert users.leave("ada", "sales")
    assert users.groups_of("ada") == []


def test_sessions_expire_and_tokens_are_found_by_their_id(connection: Connection) -> None:
    users, sessions = Users(connection), Sessions(connection)
    users.add(User("ada", None, None, None, [], True, NOW))
    later = NOW + timedelta(hours=1)
    sessions.add(Session("h", "ada", NOW, NOW, later, {"csrf": "x"}))
    users.add_token(ApiToken("i", "t", "ada", "script", ["serve"], NOW, None))
    assert sessions.get("h", NOW).data == {"csrf": "x"}
    assert sessions.get("h", later) is None
    assert users.token("i").permissions == ["serve"]
    sessions.sweep(later)
    assert not sessions.delete("h")
    assert users.delete("ada")
    assert users.token("i") is None


def test_an_answer_is_kept_once(connection: Connection) -> None:
    idempotency = Idempotency(connection)
    answer = Answer("ada", "k", "StartProcess", {"id": "x"}, NOW)
    idempotency.add(answer)
    assert idempotency.get("ada", "k") == answer
    assert idempotency.get(None, "k") is None
    idempotency.add(Answer("ada", "l", "StartProcess", None, NOW + timedelta(days=6)))
    assert idempotency.get("ada", "k") == answer
    idempotency.add(Answer("ada", "m", "StartProcess", None, NOW + timedelta(days=8)))
    assert idempotency.get("ada", "k") is None
    assert idempotency.get("ada", "l") is not None


def test_moments_keep_microseconds_and_sort_by_time(connection: Connection) -> None:
    tokyo = timezone(timedelta(hours=9))
    moments = [
        NOW,
        NOW.replace(microsecond=0),
        datetime(2026, 3, 1, 20, 59, tzinfo=tokyo),
        datetime(1, 1, 2, tzinfo=UTC),
    ]
    rows = [{"id": str(number), "name": "d", "deployed_at": each} for number, each in enumerate(moments)]
    connection.execute(insert(tables.deployment), rows)
    kept = connection.scalars(select(tables.deployment.c.deployed_at).order_by(tables.deployment.c.deployed_at)).all()
    assert kept == sorted(moments)
    assert {each.tzinfo for each in kept} == {UTC}


def test_a_moment_without_a_zone_is_refused(connection: Connection) -> None:
    row = {"id": "d", "name": "d", "deployed_at": datetime(2026, 1, 1)}
    with pytest.raises(Exception, match="time zone"):
        connection.execute(insert(tables.deployment), row)


@pytest.mark.parametrize("address", ["mysql://x/y", "nonsense", "", "postgresql://host:port/name"])
def test_other_databases_are_refused_in_words(address: str) -> None:
    with pytest.raises(Invalid):
        Database(address)


def test_a_database_in_memory_is_one_for_all_threads() -> None:
    database = Database("sqlite://")
    with database.writing() as connection:
        tables.metadata.create_all(connection)
        Users(connection).add_group(Group("sales", None, []))
        connection.commit()
    with database.reading() as connection:
        assert Users(connection).groups() == [Group("sales", None, [])]
    with database.writing() as connection:
        Users(connection).add_group(Group("lost", None, []))
    with database.reading() as connection:
        assert len(Users(connection).groups()) == 1
    assert issubclass(LostRace, Conflict)
