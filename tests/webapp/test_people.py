"""People, groups, grants and one's own account, as an administrator and everybody else see them."""

import re

import pytest

from engine.commands import Bind, CreateUser, GrantProcess, SetDefinitionState, SetUser
from engine.identity import SYSTEM
from engine.queries import ActList, DefinitionDetail
from engine.services.binding import Binding


@pytest.mark.parametrize("path", ["/people", "/people/new", "/people/clara", "/groups", "/groups/Clerk", "/acts"])
def test_people_are_an_administrators(reader, path):
    assert reader("clara").status(path) == 404
    assert reader("mona").status(path) == 404
    assert reader("otto").status(path) == 200
    assert 'href="/people"' not in reader("clara").get("/tasks")


def test_a_user_is_made_signs_in_once_and_chooses_a_password(reader, engine):
    otto = reader("otto")
    otto.get("/people/new")
    page = otto.post("/people/new", id="nina", name="Nina", role="operator", groups="Clerk, Night shift")
    once = re.search(r'once-shown">([^<]+)<', page.get_data(as_text=True)).group(1)
    assert once not in otto.get("/people/nina")
    assert "Night shift" in otto.page
    nina = reader()
    assert nina.sign_in("nina", once).headers["Location"] == "/"
    for path in ("/tasks", "/operations", "/account"):
        assert nina.client.get(path).headers["Location"] == "/account/password"
    assert nina.client.get("/api/v1/me").status_code == 401
    nina.get("/account/password")
    wrong = nina.post("/account/password", old=once, new="battery staple", again="battery horse")
    assert "differ" in wrong.get_data(as_text=True)
    nina.follow(nina.post("/account/password", old=once, new="battery staple", again="battery staple"))
    assert "Nina" in nina.page
    assert nina.status("/operations") == 200


def test_what_is_wrong_is_said_and_what_was_typed_stays(reader):
    otto = reader("otto")
    otto.get("/people/new")
    page = otto.post("/people/new", id="clara", name="Another Clara", role="user", groups="")
    assert page.status_code == 422
    assert "There is a user clara already." in page.get_data(as_text=True)
    assert "Another Clara" in page.get_data(as_text=True)


def test_roles_permissions_groups_and_locking(reader, engine):
    otto, clara = reader("otto"), reader("clara")
    otto.get("/people/clara")
    otto.follow(otto.post("/people/clara", name="Clara", email="", role="modeller", active="1"))
    assert clara.status("/import") == 200
    otto.follow(otto.post("/people/clara/groups", join="Manager"))
    otto.follow(otto.post("/people/clara/groups", leave="Clerk"))
    assert "Manager" in clara.get("/account")
    otto.follow(otto.post("/people/clara", name="Clara", email="", role="", may=["work"]))
    assert clara.client.get("/tasks").headers["Location"].startswith("/sign-in")
    otto.get("/people/otto")
    page = otto.post("/people/otto", name="Otto", email="", role="user", active="1")
    assert "Somebody must be left who administers." in page.get_data(as_text=True)


def test_a_group_gets_members_and_permissions(reader):
    otto = reader("otto")
    otto.get("/groups")
    otto.follow(otto.post("/groups", id="Audit"))
    otto.follow(otto.post("/groups/Audit", then="join", user="clara"))
    otto.follow(otto.post("/groups/Audit", name="Auditors", may="operate"))
    assert "Auditors" in otto.page
    assert reader("clara").status("/operations") == 200
    assert otto.post("/groups/Audit", then="join", user="nobody").status_code == 422
    otto.follow(otto.post("/groups/Audit", then="leave", user="clara"))
    otto.follow(otto.post("/groups/Audit", then="delete"))
    assert "Audit<" not in otto.page


def test_a_grant_on_the_process_page_opens_its_cases(reader, deploy):
    deploy()
    mona, clara, otto = reader("mona"), reader("clara"), reader("otto")
    card = re.search(r"/start/[0-9a-f]+", mona.get("/start")).group(0)
    mona.get(card)
    mona.post(card, business_key="P-1")
    otto.get("/processes/p")
    assert "Everybody who may start processes may start it." in otto.page
    otto.follow(otto.post("/processes/p/grants", grant="see", kind="user", subject="max"))
    assert "P-1" in reader("max").get("/instances")
    otto.follow(otto.post("/processes/p/grants", grant="start", kind="group", subject="Manager"))
    assert "It is kept for those who may start it" in otto.page
    assert card not in clara.get("/start")
    assert clara.status(card) == 404
    assert card in reader("max").get("/start")
    otto.follow(otto.post("/processes/p/grants", grant="start", kind="group", subject="Manager", then="revoke"))
    assert card in clara.get("/start")


def test_ones_own_account(reader, engine):
    clara, elsewhere = reader("clara"), reader("clara")
    clara.get("/account")
    assert clara.page.count("Sign out<span") == 1
    clara.follow(clara.post("/account/profile", name="Clara Lee", email="", zone="Europe/Berlin", theme="dark"))
    assert "Clara Lee" in clara.page
    assert 'data-theme="dark"' in clara.page
    assert clara.post("/account/profile", name="", email="", zone="Nowhere/None", theme="").status_code == 422
    clara.follow(clara.post("/account/sessions"))
    assert elsewhere.client.get("/tasks").headers["Location"].startswith("/sign-in")
    page = clara.post("/account/tokens", name="robot", days="30", may=["read", "work"]).get_data(as_text=True)
    token = re.search(r"procession_[\w-]+", page).group(0)
    program = clara.client.application.test_client()
    assert program.get("/api/v1/me", headers={"Authorization": f"Bearer {token}"}).json["user"] == "clara"
    assert token not in clara.get("/account")
    revoke = re.search(r"/account/tokens/\w+/revoke", clara.page).group(0)
    clara.follow(clara.post(revoke))
    assert program.get("/api/v1/me", headers={"Authorization": f"Bearer {token}"}).status_code == 401
    assert clara.post("/account/tokens", name="robot", days="30", may=["administer"]).status_code == 422


def test_what_was_done_is_shown_and_found(reader, engine, deploy):
    deploy()
    engine.execute(SetUser("clara", name="Clara"), SYSTEM)
    otto = reader("otto")
    assert "deployed <strong>Purchase</strong>" in otto.get("/acts")
    assert "id: p</td>" in otto.page
    assert "deployed <strong>Purchase</strong>" not in otto.get("/acts?act=set-user")
    assert "changed the user <strong>Clara</strong>" in otto.page
    assert len(engine.query(ActList(subject="clara"), SYSTEM).rows) == 2


def test_what_was_done_is_said_in_the_readers_language(reader, engine, deploy, english):
    deploy()
    engine.execute(Bind("p", "ask", Binding("person", "Clerk", {})), SYSTEM)
    engine.execute(GrantProcess("p", "see", "user", "clara"), SYSTEM)
    engine.execute(SetUser("clara", permissions=("start", "work"), active=True), SYSTEM)
    engine.execute(SetDefinitionState(engine.query(DefinitionDetail(key="p"), SYSTEM).id, "suspended"), SYSTEM)
    page = reader("otto").get("/acts", headers={"Accept-Language": "de"})
    for said in (
        "band einen Schritt von <strong>Purchase</strong>",
        "für: Ask for it · Art: ein Mensch",
        "Recht: sieht alle seine Vorgänge",
        "darf: Benutzer",
        "darf sich anmelden: ja",
        "Zustand: gesperrt",
        "ID: p</td>",
    ):
        assert said in page
    assert english(page.replace("Ask for it", "")) == []


def test_the_record_says_whether_it_is_as_it_was_written(reader, engine, deploy):
    deploy()
    otto = reader("otto")
    assert 'hx-get="/acts?check=yes"' in otto.get("/acts")
    assert re.search(r"Intact: \d+ entries, each bound to the one before it", otto.get("/acts?check=yes"))
    with engine.database.writing() as connection:
        connection.exec_driver_sql("UPDATE hi_act SET subject = 'x' WHERE number = 2")
        connection.commit()
    page = otto.get("/acts?check=yes&act=deploy")
    assert "Entry 2 says something else than when it was written." in page
    assert re.search(r"Up to entry 1 \([^)]+\) it is intact.", page)
    assert reader("clara").status("/acts?check=yes") in {403, 404}


def test_one_chooses_how_many_rows_a_page_has(reader, engine):
    for number in range(30):
        engine.execute(CreateUser(f"person{number:02}", "four grey horses"), SYSTEM)
    otto = reader("otto")
    assert otto.get("/people").count("/people/person") == 30
    otto.get("/account")
    otto.follow(otto.post("/account/profile", name="Otto", page_size="25"))
    assert "<option selected>25</option>" in otto.page
    page = otto.get("/people")
    assert page.count("/people/person") < 25
    assert "Show more" in page
    assert reader("max").get("/account").count("<option selected>25") == 0
    for odd in ("7", "9999", "many", "-1", "²"):
        assert otto.post("/account/profile", name="Otto", page_size=odd).status_code == 422
    otto.follow(otto.post("/account/profile", name="Otto", page_size=""))
    assert otto.get("/people").count("/people/person") == 30
