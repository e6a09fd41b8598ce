# `make run` and `make test` do all the set-up themselves; `make help` lists the rest.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
HOST ?= 127.0.0.1
PORT ?= 8000

.DEFAULT_GOAL := help
.PHONY: help run install test check lint format bench bench-load bench-peers bench-rooms wheel lock clean

help: ## Show what there is to make
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-11s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit("Örtöö needs Python 3.11 or newer; try: make PYTHON=python3.12") if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv $(VENV)

# --no-build-isolation: the build tool is in the lock too, so what is installed is what was locked.
$(VENV)/.run: requirements/run.lock pyproject.toml | $(VENV)/bin/python
	$(PIP) install --quiet --require-hashes -r requirements/run.lock
	$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: requirements/dev.lock pyproject.toml | $(VENV)/bin/python
	$(PIP) install --quiet --require-hashes -r requirements/dev.lock
	$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	@touch $@ $(VENV)/.run

install: $(VENV)/.run ## Install into .venv what running needs

run: $(VENV)/.run ## Migrate, load the sample digest on the first run, serve on http://127.0.0.1:8000
	$(BIN)/ortoo serve --sample --host $(HOST) --port $(PORT)

test: $(VENV)/.dev ## Every test, on SQLite and on a real PostgreSQL, and in a real browser where there is one
	$(BIN)/python -m pytest $(ARGS)

lint: $(VENV)/.dev ## Style, types, import contracts, dangerous calls, known faults in dependencies
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/bandit --quiet --recursive app --configfile pyproject.toml
	$(BIN)/python .ci/audit.py

check: lint test ## Everything that has to be green: lint and test

format: $(VENV)/.dev ## Put the code into shape
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(VENV)/.dev ## The speed claims, each with its floor in the same run, into docs/performance.md
	$(BIN)/python -m benchmarks.speed $(ARGS)

bench-peers: $(VENV)/.dev ## Datasette and lemon24/reader on the same corpus, in an environment of their own
	test -d $(VENV)/peers || $(PYTHON) -m venv $(VENV)/peers
	$(VENV)/peers/bin/python -m pip --disable-pip-version-check install --quiet datasette reader sgmllib3k
	$(BIN)/python -m benchmarks.speed.peers --python $(VENV)/peers/bin/python $(ARGS)

bench-load: $(VENV)/.dev ## Mixed load on a whole installation while its parts are killed: `make bench-load ARGS="--minutes 10"`
	$(BIN)/python -m benchmarks.load $(ARGS)

bench-rooms: $(VENV)/.dev ## What each room claims of its own, of speed and of quality
	@for f in benchmarks/*.py; do echo "== $$f"; $(BIN)/python "$$f" || exit 1; done

wheel: $(VENV)/.dev ## Build the wheel into dist/
	$(BIN)/python -m pip wheel --quiet --no-deps --no-build-isolation --wheel-dir dist .

LOCK := uv pip compile --quiet --no-strip-extras --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header pyproject.toml

lock: ## Renew requirements/*.lock (needs uv on the PATH)
	$(LOCK) --extra build --extra stories -o requirements/run.lock
	$(LOCK) --extra dev -o requirements/dev.lock
	$(LOCK) --extra postgres -o requirements/docker.lock

clean: ## Remove what can be made again (the database stays)
	rm -rf $(VENV) dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
