# Yunce · `make` lists what can be made. Installing is done by stamps, so a second run is quick.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
NODE_STAMP := node_modules/.stamp
VENDOR := src/yunce/web/static/vendor
STATIC_STAMP := build/static/.stamp
STATIC_SOURCES := $(shell find src/yunce -path '*/static/*' -type f -not -path '*/vendor/*' 2>/dev/null)

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev run test lint types floors unit browser bench demo docs lock

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 18

setup: $(BIN)/yunce $(STATIC_STAMP) ## install everything `make run` needs, and nothing else
run: setup ## start Yunce on http://127.0.0.1:8000
	@exec $(BIN)/yunce serve --demo-when-empty
demo: setup ## load the demo month (team "demo") into the data folder
	@$(BIN)/yunce demo

test: setup-dev lint types floors unit browser ## everything CI runs
lint: setup-dev ## style
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
types: setup-dev ## mypy, strict
	$(BIN)/mypy
floors: setup-dev ## the floors of docs/architecture.md
	PYTHONPATH=src $(BIN)/lint-imports
unit: setup-dev ## tests without a browser
	$(BIN)/python -m pytest -q -n 2 --dist worksteal
browser: setup-dev ## tests in a real Chromium
	@bash scripts/browser-tests.sh
bench: setup-dev ## measure; ONLY=serve for one group
	@$(BIN)/python -m benchmarks $(ONLY)
docs: setup-dev ## write the generated pages of docs/
	@$(BIN)/python scripts/write_docs.py
lock: ## renew requirements/*.txt and package-lock.json (needs uv and npm)
	@bash scripts/lock.sh

$(VENV)/.created:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Yunce needs Python 3.11 or newer; set PYTHON=/path/to/python3.11"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.base: $(VENV)/.created requirements/base.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/base.txt
	@touch $@

$(BIN)/yunce: $(VENV)/.base pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

setup-dev: setup $(VENV)/.dev
$(VENV)/.dev: $(VENV)/.base requirements/dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@

$(NODE_STAMP): package.json package-lock.json $(VENV)/.created requirements/node.txt
	@bash scripts/front-end.sh
	@touch $@

$(VENDOR)/.stamp: $(NODE_STAMP) scripts/vendor.py
	@$(BIN)/python scripts/vendor.py
	@touch $@

$(STATIC_STAMP): $(BIN)/yunce $(VENDOR)/.stamp $(STATIC_SOURCES)
	@$(BIN)/python -m django collectstatic --settings yunce.config.settings --noinput --clear --verbosity 0
	@touch $@
