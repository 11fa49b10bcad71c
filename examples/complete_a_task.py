"""Do the oldest task that I may take: python complete_a_task.py [name=value ...]"""

import os
import sys

import httpx

api = httpx.Client(
    base_url=os.environ.get("PROCESSION_URL", "http://localhost:8080") + "/api/v1",
    headers={"Authorization": f"Bearer {os.environ['PROCESSION_TOKEN']}"},
)
tasks = api.get("/tasks", params={"view": "candidate"}).raise_for_status().json()["items"]
if not tasks:
    sys.exit("There is nothing to do.")
task = api.get(f"/tasks/{tasks[-1]['id']}").raise_for_status()
variables = dict(each.split("=", 1) for each in sys.argv[1:])
# Only if it is still as it was read: if somebody took it meanwhile this is refused.
unchanged = {"If-Match": task.headers["ETag"]}
done = api.post(f"/tasks/{tasks[-1]['id']}/complete", json={"variables": variables}, headers=unchanged)
print("Done:" if done.is_success else done.json()["detail"], tasks[-1]["name"])
