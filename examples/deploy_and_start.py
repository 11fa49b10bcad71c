"""Deploy a file and start its process: python deploy_and_start.py FILE [name=value ...]"""

import os
import sys
from pathlib import Path

import httpx

url, token = os.environ.get("PROCESSION_URL", "http://localhost:8080"), os.environ["PROCESSION_TOKEN"]
api = httpx.Client(base_url=f"{url}/api/v1", headers={"Authorization": f"Bearer {token}"})
file = Path(sys.argv[1])
deployed = api.post("/deployments", files={"files": (file.name, file.read_bytes())}, data={"only_changed": "true"})
process = deployed.raise_for_status().json()["processes"][0]
body = {"key": process["key"], "variables": dict(each.split("=", 1) for each in sys.argv[2:])}
# The key makes it safe to send again after a broken connection: the process is started once.
started = api.post("/instances", json=body, headers={"Idempotency-Key": os.urandom(8).hex()})
print(process["key"], "version", process["version"], "runs as", started.raise_for_status().json()["id"])
