"""Do the oldest task that I may take: python complete_a_task.py [name=value ...]"""

import os
import sys

import httpx

url, token = os.environ.get("PROCESSION_URL", "http://localhost:8080"), os.environ["PROCESSION_TOKEN"]
api = httpx.Client(base_url=f"{url}/api/v1", headers={"Authorization": f"Bearer {token}"})
wanted = {"view": "candidate", "sort": "oldest", "limit": 1}
tasks = api.get("/tasks", params=wanted).raise_for_status().json()["items"]
if not tasks:
    sys.exit("There is nothing to do.")
path, body = f"/tasks/{tasks[0]['id']}", {"variables": dict(each.split("=", 1) for each in sys.argv[1:])}
# Only if it is still as it was read: if somebody took it meanwhile this is refused.
unchanged = {"If-Match": api.get(path).raise_for_status().headers["ETag"]}
done = api.post(f"{path}/complete", json=body, headers=unchanged)
print("Done:" if done.is_success else done.json()["detail"], tasks[0]["name"])
