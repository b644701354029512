# `make demo` shows the main job, `make test` proves the library. Both work from a bare clone with Python 3.11+, pip and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
WORKERS ?= 2
# What is covered to the last branch: the ground floor, the rooms and the ports.
GATE := src/ltc/__init__.py,src/ltc/_later.py,src/ltc/_moments.py,src/ltc/errors.py,src/ltc/ids.py,src/ltc/text.py,src/ltc/_text/*,src/ltc/money.py,src/ltc/_money/*,src/ltc/findings.py,src/ltc/calendars.py,src/ltc/_calendars/*,src/ltc/events.py,src/ltc/_events/*,src/ltc/pools.py,src/ltc/approvals.py,src/ltc/_approvals/*,src/ltc/leads.py,src/ltc/_leads/*,src/ltc/accounts.py,src/ltc/_accounts/*,src/ltc/pipeline.py,src/ltc/_pipeline/*,src/ltc/contracts.py,src/ltc/_contracts/*,src/ltc/billing.py,src/ltc/_billing/*,src/ltc/scoring.py,src/ltc/_scoring/*,src/ltc/flows.py,src/ltc/_flows/*,src/ltc/access.py,src/ltc/repositories.py,src/ltc/_repositories/*

# Compiled modules are kept, as on any user's machine: without them every start compiles the library anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: demo test check bench docs torture test-dateutil4 format clean

demo: $(VENV)/.demo
	$(BIN)/ltc demo --out demo

test: $(VENV)/.dev $(VENV)/dateutil4
	$(BIN)/python -m pytest -q -n $(WORKERS) --dist loadgroup --cov --cov-report=
	$(BIN)/python -m coverage report --include='$(GATE)' --fail-under=100
	PYTHONPATH=$(VENV)/dateutil4 $(BIN)/python -m pytest -q tests/ground tests/peers

check: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -q src docs README.md README.zh-CN.md

bench: $(VENV)/.dev
	$(BIN)/python benchmarks/run.py

docs: $(VENV)/.dev
	$(PIP) install -e '.[docs]'
	$(BIN)/python -m sphinx -W -b html docs docs/_build/html

torture: $(VENV)/.dev
	HYPOTHESIS_PROFILE=torture $(BIN)/python -m pytest -q -n $(WORKERS) tests/laws tests/stateful

format: $(VENV)/.dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.demo: pyproject.toml | $(VENV)/bin/python
	$(PIP) install -e '.[cli]'
	touch $@

$(VENV)/.dev: pyproject.toml | $(VENV)/bin/python
	$(PIP) install -e '.[dev]'
	touch $@ $(VENV)/.demo

# python-dateutil 4 beside the 2.9 that `holidays` asks for: month arithmetic is tested with both.
$(VENV)/dateutil4: pyproject.toml | $(VENV)/.dev
	$(PIP) install --no-deps --upgrade --target $@ 'python-dateutil>=4'
	touch $@

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage docs/_build demo
