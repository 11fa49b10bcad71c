"""The worker of samples/it-account-creation: makes accounts and mailboxes, and removes them, until it is stopped."""

import os

import httpx


def work(topic: str, name: str) -> tuple[str, dict]:
    """What your own directory does, and what is to be said of it: done, or an error that the model catches."""
    if topic == "create-account" and name in os.environ.get("ACCOUNTS_TAKEN", "").split():
        return "error", {"code": "NAME_TAKEN", "message": f"{name} is taken"}
    return "complete", {"variables": {"mail_address": f"{name}@example.org"} if topic == "create-mailbox" else {}}


url, token = os.environ.get("PROCESSION_URL", "http://localhost:8080"), os.environ["PROCESSION_TOKEN"]
api = httpx.Client(base_url=f"{url}/api/v1", headers={"Authorization": f"Bearer {token}"}, timeout=60)
asked = {"topics": ["create-account", "create-mailbox", "remove-account"], "worker": "accounts", "wait_seconds": 30}
while True:
    for job in api.post("/external-jobs/fetch", json=asked).raise_for_status().json()["items"]:
        try:
            said, more = work(job["topic"], job["variables"]["account_name"])
        except OSError as failure:
            # Tried again after a pause; when no tries are left, an operator sees why.
            said, more = "fail", {"reason": str(failure)}
        answer = api.post(f"/external-jobs/{job['id']}/{said}", json={"worker": "accounts", **more})
        print(job["topic"], job["variables"]["account_name"], answer.status_code, flush=True)
