"""The worker of samples/it-account-creation: makes accounts and mailboxes, and removes them, until it is stopped."""

import os

import httpx

api = httpx.Client(
    base_url=os.environ.get("PROCESSION_URL", "http://localhost:8080") + "/api/v1",
    headers={"Authorization": f"Bearer {os.environ['PROCESSION_TOKEN']}"},
    timeout=60,
)
taken = set(os.environ.get("ACCOUNTS_TAKEN", "").split())
asked = {"topics": ["create-account", "create-mailbox", "remove-account"], "worker": "accounts", "wait_seconds": 30}


def work(topic: str, name: str) -> dict:
    """What your own directory does. An exception is a failed try, which is repeated after a pause."""
    if topic == "create-account":
        taken.add(name)
    if topic == "remove-account":
        taken.discard(name)
    return {"mail_address": f"{name}@example.org"} if topic == "create-mailbox" else {}


while True:
    for job in api.post("/external-jobs/fetch", json=asked).raise_for_status().json()["items"]:
        path, held, name = f"/external-jobs/{job['id']}", {"worker": "accounts"}, job["variables"]["account_name"]
        if job["topic"] == "create-account" and name in taken:
            answer = api.post(f"{path}/error", json={**held, "code": "NAME_TAKEN", "message": f"{name} is taken"})
        else:
            try:
                answer = api.post(f"{path}/complete", json={**held, "variables": work(job["topic"], name)})
            except OSError as failure:
                answer = api.post(f"{path}/fail", json={**held, "reason": str(failure)})
        print(job["topic"], name, answer.status_code, flush=True)
