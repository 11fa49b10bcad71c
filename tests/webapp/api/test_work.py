"""What a program does all day: deploy, start, do tasks and jobs, send messages, mend, move."""

from __future__ import annotations

import io
import threading

import pytest

from engine.commands import CreateUser
from engine.commands.api_tokens import CreateToken
from engine.identity import SYSTEM
from engine.processengine import ProcessEngine
from webapp.api import tasks
from webapp.app import create_app

EXTERNAL = (
    '<startEvent id="s"/><sequenceFlow id="f" sourceRef="s" targetRef="w"/>'
    '<serviceTask id="w" name="Make it" camunda:type="external" camunda:topic="accounts"/>'
    '<sequenceFlow id="g" sourceRef="w" targetRef="e"/><endEvent id="e"/>'
)
WAITING = (
    '<startEvent id="s"/><sequenceFlow id="f" sourceRef="s" targetRef="c"/>'
    '<intermediateCatchEvent id="c"><messageEventDefinition messageRef="m"/></intermediateCatchEvent>'
)
BROKEN = (
    '<startEvent id="s"/><sequenceFlow id="f" sourceRef="s" targetRef="t"/>'
    '<scriptTask id="t" scriptFormat="python"><script>total = price * 2</script></scriptTask>'
    '<sequenceFlow id="g" sourceRef="t" targetRef="u"/><userTask id="u"/>'
)


def sent(*files, **fields):
    return {"files": [(io.BytesIO(content), name) for name, content in files], **fields}


def form(program, path, *files, **fields):
    return program.post(path, data=sent(*files, **fields), content_type="multipart/form-data")


def test_a_file_is_judged_deployed_and_given_back_as_it_was(program, purchase):
    mona = program("mona")
    said = mona.ok(form(mona, "/verdicts", ("purchase.bpmn", purchase)))
    assert (said["worst"], said["dialect"]) == ("runs", "camunda7")
    assert {each["element_id"] for each in said["findings"]} >= {"ask", "approve"}
    made = mona.ok(form(mona, "/deployments", ("purchase.bpmn", purchase), name="First"), 201)
    assert made["is_new"]
    assert made["processes"][0]["key"] == "p"
    again = mona.ok(form(mona, "/deployments", ("purchase.bpmn", purchase), only_changed="true"), 201)
    assert (again["is_new"], again["id"]) == (False, made["id"])
    file = mona.get(f"/deployments/{made['id']}/resources/purchase.bpmn")
    assert file.data == purchase
    assert file.headers["Content-Disposition"].startswith("attachment")
    definition = mona.ok(mona.get("/definitions"))["items"][0]
    assert mona.get(f"/definitions/{definition['id']}/resource").data == purchase
    assert mona.send("DELETE", f"/deployments/{made['id']}").status_code == 204
    assert mona.ok(mona.get("/definitions"))["items"] == []


def test_a_file_that_cannot_be_read_is_judged_in_words(program):
    mona = program("mona")
    said = mona.ok(form(mona, "/verdicts", ("notes.bpmn", b"not XML at all")))
    assert said["worst"] == "will_not_run"
    assert said["refused"][0]["message"]
    refused = form(mona, "/deployments", ("notes.bpmn", b"not XML at all"))
    assert refused.status_code == 400
    assert refused.get_json()["detail"]


def test_a_request_that_carries_a_key_is_done_once(program, deploy):
    deploy()
    clara = program("clara")
    key = {"Idempotency-Key": "order-17"}
    first = clara.ok(clara.post("/instances", {"key": "p", "business_key": "17"}, headers=key), 201)
    second = clara.post("/instances", {"key": "p", "business_key": "17"}, headers=key)
    assert clara.ok(second, 201) == first
    assert second.headers["Location"].endswith(first["id"])
    assert len(clara.ok(clara.get("/instances"))["items"]) == 1
    other = clara.post("/instances", {"key": "p", "business_key": "18"}, headers=key)
    assert other.status_code == 422
    assert clara.ok(clara.post("/instances", {"key": "p"}, headers={"Idempotency-Key": "x"}), 201) != first
    assert program("carl").ok(program("carl").post("/instances", {"key": "p"}, headers=key), 201) != first


def test_a_file_sent_again_with_its_key_is_deployed_once(program, purchase):
    mona = program("mona")

    def deploy():
        data, key = sent(("purchase.bpmn", purchase)), {"Idempotency-Key": "d"}
        return mona.ok(mona.post("/deployments", data=data, headers=key, content_type="multipart/form-data"), 201)

    assert deploy()["id"] == deploy()["id"]
    assert len(mona.ok(mona.get("/deployments"))["items"]) == 1


def test_a_task_is_done_by_who_saw_it_as_it_is(program, deploy):
    deploy()
    clara, carl = program("clara"), program("carl")
    clara.ok(clara.post("/instances", {"key": "p"}), 201)
    (task,) = clara.ok(clara.get("/tasks?view=candidate"))["items"]
    path = f"/tasks/{task['id']}"
    fields = {each["name"]: each for each in clara.ok(clara.get(f"{path}/form"))["fields"]}
    assert fields["supplier"]["required"]
    seen = carl.get(path).headers["ETag"]
    assert clara.post(f"{path}/claim", headers={"If-Match": clara.get(path).headers["ETag"]}).status_code == 204
    late = carl.post(f"{path}/claim", headers={"If-Match": seen})
    assert late.status_code == 412
    assert late.get_json()["fix"]
    assert carl.post(f"{path}/claim").status_code == 409
    assert clara.get(path, headers={"If-None-Match": clara.get(path).headers["ETag"]}).status_code == 304
    assert clara.ok(clara.get("/tasks/counts"))["mine"] == 1
    body = {"variables": {"supplier": "ACME", "amount": 12.5, "urgent": True}}
    assert clara.post(f"{path}/complete", body, headers={"If-Match": "*"}).status_code == 204
    again = clara.post(f"{path}/complete", body)
    assert again.status_code in (404, 409)
    assert program("max").ok(program("max").get("/tasks"))["items"][0]["element_id"] == "approve"


def test_people_talk_about_a_task_and_put_files_beside_it(program, deploy):
    deploy()
    clara, max = program("clara"), program("max")
    clara.ok(clara.post("/instances", {"key": "p"}), 201)
    (task,) = clara.ok(clara.get("/tasks?sort=due&least_priority=10"))["items"]
    path = f"/tasks/{task['id']}"
    clara.ok(clara.post(f"{path}/comments", {"text": "Who knows this supplier?"}), 201)
    page = b"<script>alert(1)</script>"
    left = clara.ok(form(clara, f"{path}/attachments", ("offer.html", page)), 201)["id"]
    (said,) = clara.ok(clara.get(f"{path}/comments?author=clara"))["items"]
    assert (said["text"], said["task_name"]) == ("Who knows this supplier?", "Ask for it")
    (listed,) = clara.ok(clara.get(f"{path}/attachments?search=offer"))["items"]
    assert (listed["id"], listed["name"], listed["size"]) == (left, "offer.html", len(page))
    file = clara.get(f"/attachments/{left}")
    assert (file.data, file.content_type) == (page, "application/octet-stream")
    assert file.headers["Content-Disposition"].startswith("attachment")
    assert max.get(f"{path}/comments").status_code == 404
    assert max.get(f"{path}/attachments").status_code == 404
    assert max.get(f"/attachments/{left}").status_code == 404
    assert clara.send("DELETE", f"/attachments/{left}").status_code == 204


def test_kinds_that_json_lacks_go_in_and_come_out_as_they_were(program, deploy):
    deploy()
    otto = program("otto")
    variables = {
        "day": {"$": ["date", "2030-01-31"]},
        "price": {"$": ["decimal", "12.50"]},
        "list": [1, "two", None, {"three": 3.5}],
    }
    id = otto.ok(otto.post("/instances", {"key": "p", "variables": variables}), 201)["id"]
    got = otto.ok(otto.get(f"/instances/{id}/variables"))["items"][0]["variables"]
    assert got == variables
    assert otto.send("PATCH", f"/instances/{id}/variables", json={"set": {"price": 3}}).status_code == 204
    assert otto.post(f"/instances/{id}/variables/remove", {"names": ["day"]}).status_code == 204
    got = otto.ok(otto.get(f"/instances/{id}/variables"))["items"][0]["variables"]
    assert (got["price"], "day" in got) == (3, False)


@pytest.mark.parametrize(
    "marked", [["decimal", "1e999999"], ["int", "f" * 5000], ["nothing", 1], [], "date", ["set", [[1]]], ["date", 5]]
)
def test_a_kind_that_is_none_is_refused(program, deploy, marked):
    deploy()
    clara = program("clara")
    response = clara.post("/instances", {"key": "p", "variables": {"x": {"$": marked}}})
    assert response.status_code == 422
    assert response.get_json()["errors"][0]["where"] == ["variables"]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ('{"key": "p", "key": "q"}', 400),
        ('{"key": "p", "variables": {"x": NaN}}', 400),
        ("[" * 5000, 413),
        ("not json", 400),
        ("[]", 422),
        ("", 400),
        ('{"key": 5}', 422),
        ('{"key": "p", "unknown": 1}', 422),
        ('{"key": "p", "version": "1"}', 422),
        ('{"key": "p", "definition_id": "x"}', 422),
        ('{"key": "p\\u0000"}', 422),
        ('{"key": "\\ud800"}', 422),
    ],
)
def test_nothing_is_guessed(program, deploy, body, status):
    deploy()
    clara = program("clara")
    response = clara.post("/instances", data=body, content_type="application/json")
    assert response.status_code == status, response.get_data(as_text=True)
    assert response.content_type == "application/problem+json"
    assert clara.ok(clara.get("/instances"))["items"] == []


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("?limit=0", 422),
        ("?limit=201", 422),
        ("?unknown=1", 422),
        ("?limit=5&limit=6", 400),
        ("?after=nonsense", 400),
        ("?search=%00", 400),
        ("?started_after=1", 422),
    ],
)
def test_nor_behind_the_question_mark(program, query, status):
    assert program("clara").get(f"/instances{query}").status_code == status


def test_lists_go_on_where_they_ended(program, deploy):
    deploy()
    clara = program("clara")
    made = {clara.ok(clara.post("/instances", {"key": "p", "business_key": str(n)}), 201)["id"] for n in range(5)}
    found, after = [], ""
    while after is not None:
        page = clara.ok(clara.get(f"/instances?limit=2{'&after=' + after if after else ''}"))
        found += [each["id"] for each in page["items"]]
        after = page["next"]
    assert len(found) == 5
    assert set(found) == made


def test_a_worker_fetches_holds_and_ends_jobs(program, deploy, model):
    deploy(model(EXTERNAL, id="x"), "x.bpmn")
    otto = program("otto")
    worker = program("otto", ("serve",))
    for _ in range(3):
        otto.ok(otto.post("/instances", {"key": "x", "variables": {"name": "ada"}}), 201)
    asked = {"topics": ["accounts"], "worker": "w1", "max": 2, "lock_seconds": 30}
    jobs = worker.ok(worker.post("/external-jobs/fetch", asked))["items"]
    assert [each["variables"]["name"] for each in jobs] == ["ada", "ada"]
    first, second = (f"/external-jobs/{each['id']}" for each in jobs)
    assert worker.post(f"{first}/extend", {"worker": "w1", "lock_seconds": 60}).status_code == 204
    assert worker.post(f"{first}/complete", {"worker": "w2"}).status_code == 403
    assert worker.post(f"{first}/complete", {"worker": "w1", "variables": {"account": 7}}).status_code == 204
    assert worker.post(f"{second}/fail", {"worker": "w1", "reason": "down", "retries": 0}).status_code == 204
    (incident,) = otto.ok(otto.get("/incidents"))["items"]
    assert incident["reason"] == "down"
    assert otto.post(f"/incidents/{incident['id']}/retry").status_code == 204
    assert otto.ok(otto.get("/incidents"))["items"] == []
    assert len(otto.ok(otto.get("/instances?state=completed"))["items"]) == 1


def test_a_fetch_waits_until_there_is_work(program, deploy, model):
    deploy(model(EXTERNAL, id="x"), "x.bpmn")
    otto, found = program("otto"), []
    asked = {"topics": ["accounts"], "worker": "w", "wait_seconds": 30}
    waiting = threading.Thread(target=lambda: found.append(otto.post("/external-jobs/fetch", asked)))
    waiting.start()
    other = program("otto")
    other.ok(other.post("/instances", {"key": "x"}), 201)
    waiting.join(timeout=10)
    assert len(otto.ok(found[0])["items"]) == 1


def test_who_waits_under_a_key_is_not_told_for_ever_that_there_is_nothing(program, deploy, model):
    deploy(model(EXTERNAL, id="x"), "x.bpmn")
    otto, key = program("otto"), {"Idempotency-Key": "round-1"}
    asked = {"topics": ["accounts"], "worker": "w"}
    assert otto.ok(otto.post("/external-jobs/fetch", asked, headers=key))["items"] == []
    otto.ok(otto.post("/instances", {"key": "x"}), 201)
    (job,) = otto.ok(otto.post("/external-jobs/fetch", asked, headers=key))["items"]
    assert otto.ok(otto.post("/external-jobs/fetch", asked, headers=key))["items"] == [job]


def test_a_message_reaches_the_one_that_waits(program, deploy, model):
    deploy(model(WAITING, id="w", more='<message id="m" name="paid"/>'), "w.bpmn")
    otto = program("otto")
    id = otto.ok(otto.post("/instances", {"key": "w", "business_key": "1"}), 201)["id"]
    otto.ok(otto.post("/instances", {"key": "w", "business_key": "2"}), 201)
    assert otto.post("/messages", {"name": "paid"}).status_code == 409
    assert otto.post("/messages", {"name": "unheard of"}).status_code == 404
    (waiting, _) = otto.ok(otto.get("/subscriptions?name=paid"))["items"]
    assert waiting["kind"] == "message"
    assert otto.ok(otto.post("/messages", {"name": "paid", "business_key": "1"})) == {"instances": [id]}
    assert otto.ok(otto.get(f"/instances/{id}"))["instance"]["state"] == "completed"
    assert otto.post("/signals", {"name": "all"}).status_code == 204


def test_what_failed_is_mended_and_tried_again(program, deploy, model):
    deploy(model(BROKEN, id="b"), "b.bpmn")
    otto = program("otto")
    id = otto.ok(otto.post("/instances", {"key": "b"}), 201)["id"]
    (incident,) = otto.ok(otto.get(f"/incidents?instance_id={id}"))["items"]
    assert "price" in incident["reason"]
    assert otto.send("PATCH", f"/instances/{id}/variables", json={"set": {"price": 4}}).status_code == 204
    assert otto.post(f"/incidents/{incident['id']}/retry").status_code == 204
    assert otto.ok(otto.get(f"/instances/{id}/variables"))["items"][0]["variables"]["total"] == 8
    kinds = [each["kind"] for each in otto.ok(otto.get(f"/instances/{id}/history?limit=200"))["items"]]
    assert "incident-opened" in kinds
    assert otto.post(f"/instances/{id}/cancel", {"reason": "enough"}).status_code == 204
    assert otto.ok(otto.get(f"/instances/{id}"))["instance"]["end_reason"] == "enough"


def test_an_instance_goes_elsewhere_as_one_document(program, deploy, tmp_path):
    deploy()
    otto = program("otto")
    id = otto.ok(otto.post("/instances", {"key": "p", "business_key": "moves"}), 201)["id"]
    document = otto.get(f"/instances/{id}/document").data
    other = ProcessEngine(f"sqlite:///{tmp_path}/other.db")
    other.execute(CreateUser("otto", permissions=("administer", "operate")), SYSTEM)
    token = other.execute(CreateToken("t", ("read", "administer", "operate"), "otto"), SYSTEM).token
    there = type(otto)(create_app(other).test_client(), token)
    assert there.ok(there.post("/documents", data=document, content_type="application/json"), 201) == {"id": id}
    assert there.ok(there.get(f"/instances/{id}"))["instance"]["business_key"] == "moves"
    assert there.post("/documents", data=document, content_type="application/json").status_code == 409
    assert there.post("/documents", data=b"{}", content_type="application/json").status_code == 400
    other.close()


def test_people_are_made_changed_and_put_in_groups(program, app):
    otto = program("otto")
    body = {"id": "nina", "password": "long enough", "groups": ["Clerk"], "permissions": ["work"]}
    assert otto.ok(otto.post("/users", body), 201) == {"id": "nina"}
    assert otto.post("/users", body).status_code == 409
    assert otto.put("/groups/Manager/members/nina").status_code == 204
    (nina,) = otto.ok(otto.get("/users?search=nina"))["items"]
    assert nina["groups"] == ["Clerk", "Manager"]
    assert program("clara").ok(program("clara").get("/users?search=nina"))["items"][0]["permissions"] == []
    assert otto.send("DELETE", "/groups/Manager/members/nina").status_code == 204
    assert otto.send("PATCH", "/users/nina", json={"active": False}).status_code == 204
    assert program("clara").put("/users/carl/password", {"new": "longer than that"}).status_code == 403
    me = program("clara").ok(program("clara").get("/me"))
    assert (me["user"], me["groups"], me["csrf"]) == ("clara", ["Clerk"], None)


def test_a_binding_says_what_does_an_element(program):
    mona = program("mona")
    bound = {"kind": "http", "target": "https://example.org/orders", "options": {"method": "PUT"}}
    assert mona.put("/bindings/p/topic:orders", bound).status_code == 204
    assert mona.ok(mona.get("/bindings/p"))["bindings"] == [{"subject": "topic:orders", **bound}]
    assert mona.put("/bindings/p/pay", {**bound, "target": "file:///etc/passwd"}).status_code == 400
    assert mona.send("DELETE", "/bindings/p/topic:orders").status_code == 204
    assert program("clara").get("/bindings/p").status_code == 403


def test_too_much_is_not_read(program):
    big = b'{"key": "' + b"x" * (2 * 1024 * 1024) + b'"}'
    assert program("clara").post("/instances", data=big, content_type="application/json").status_code == 413


def test_what_breaks_says_only_its_number(app, program, monkeypatch, caplog):
    def broken(*_args):
        raise RuntimeError("secret detail")

    monkeypatch.setattr(tasks, "ask", broken)
    response = program("clara").get("/tasks")
    assert response.status_code == 500
    assert "secret" not in response.get_data(as_text=True)
    number = response.get_json()["instance"].rpartition(":")[2]
    assert number in caplog.text


def test_a_form_says_of_each_field_what_is_wrong(program, deploy):
    deploy()
    clara = program("clara")
    clara.ok(clara.post("/instances", {"key": "p"}), 201)
    (task,) = clara.ok(clara.get("/tasks"))["items"]
    refused = clara.post(f"/tasks/{task['id']}/complete", {"variables": {"amount": "much"}})
    assert refused.status_code == 400
    wrong = {each["where"][1]: each["what"] for each in refused.get_json()["errors"]}
    assert set(wrong) == {"supplier", "amount"}
    assert all(wrong.values())


def test_a_language_or_a_zone_that_there_is_not_is_refused(program):
    clara = program("clara")
    assert clara.send("PATCH", "/me", json={"language": "de", "zone": "Europe/Berlin"}).status_code == 204
    for wrong, fix in (({"language": "xx"}, "en, de"), ({"zone": "Mars/Base"}, "Europe/Berlin")):
        refused = clara.send("PATCH", "/me", json=wrong)
        assert refused.status_code == 400
        assert next(iter(wrong.values())) in refused.get_json()["detail"]
        assert fix in refused.get_json()["fix"]
