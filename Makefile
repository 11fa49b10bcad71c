# `make run` starts Procession on this machine, `make test` checks all of it. Both need no more than make and Python 3.11.
# PORT=8080 DATABASE_URL=postgresql+psycopg://user@host/name DATA=folder PYTHON=python3.12 may be given to either.

VENV   := .venv
BIN    := $(VENV)/bin
DATA   ?= var
PORT   ?= 8080
PYTEST ?=

.DEFAULT_GOAL := help
.PHONY: help run test lint types pytest supported attacks pictures chromium wheel frontend clean

help: ## what can be made
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

run: $(VENV)/installed ## start the server with samples and demo users; data stays in ./var
	@PORT="$(PORT)" PROCESSION_DATA="$(DATA)" $(BIN)/procession serve --demo

test: $(VENV)/installed-for-tests chromium lint types pytest ## install what the tests need, then run every check

lint: $(VENV)/installed-for-tests ## style
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/installed-for-tests ## mypy --strict
	$(BIN)/mypy

pytest: $(VENV)/installed-for-tests ## the tests alone; PYTEST='tests/engine -k word' runs those only
ifeq ($(PYTEST),)
	# Those of the elements run in one process: together they prove what a verdict may call running.
	$(BIN)/python -m pytest --numprocesses=0 tests/engine/elements
	$(BIN)/python -m pytest --numprocesses=auto --dist=loadfile --ignore=tests/engine/elements
else
	$(BIN)/python -m pytest --numprocesses=auto --dist=loadfile $(PYTEST)
endif

supported: $(VENV)/installed-for-tests ## write down which constructs the tests prove: what a verdict says "runs" of
	$(BIN)/python -m pytest tests/engine/elements --write-supported -n0

attacks: $(VENV)/installed-for-tests ## write down which hostile inputs the tests sent, and that all was held
	$(BIN)/python -m pytest tests/attacks --write-attacks -n0

pictures: $(VENV)/installed-for-tests chromium ## take the documents' pictures anew from the running product
	$(BIN)/python scripts/make_pictures.py

chromium: ## a browser for the tests
	@./scripts/ensure-chromium

wheel: $(VENV)/installed-for-tests ## build dist/*.whl
	$(BIN)/python -m pip wheel --quiet --no-deps --wheel-dir dist .

frontend: ## rebuild the bundled scripts (needs Node; users of Procession do not)
	cd webapp/frontend && npm ci && npm run build

clean: ## remove what was installed and built; data in ./var stays
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(BIN)/python:
	@./scripts/make-environment $(VENV) $(PYTHON)

$(VENV)/installed: pyproject.toml | $(BIN)/python
	@echo "Installing Procession into $(VENV) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable . \
	  || { echo "Could not install: is the Python package index reachable? The lines above say what pip missed."; exit 1; }
	@touch $@

$(VENV)/installed-for-tests: pyproject.toml | $(BIN)/python
	@echo "Installing Procession and what its tests need into $(VENV) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]' \
	  || { echo "Could not install: is the Python package index reachable? The lines above say what pip missed."; exit 1; }
	@touch $@ $(VENV)/installed
