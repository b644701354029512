# `make demo` shows the main job, `make test` proves the library. Both work from a bare clone with Python 3.11+, pip and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
WORKERS ?= 2
# Everything else, the ground floor, the rooms, the flows and the ports, is covered to the last branch.
UNGATED := src/ltc/adapters/*,src/ltc/testing/*,src/ltc/report/*,src/ltc/demo/*,src/ltc/cli.py,src/ltc/__main__.py

# Compiled modules are kept, as on any user's machine: without them every start compiles the library anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: demo test check bench docs torture format clean

demo: $(VENV)/.demo
	$(BIN)/ltc demo --out demo

test: $(VENV)/.dev $(VENV)/dateutil4
	PYTHONPATH=$(VENV)/dateutil4 $(BIN)/python -m pytest -q tests/ground tests/peers
	$(BIN)/python -m pytest -q -n $(WORKERS) --dist loadgroup --cov --cov-report=
	$(BIN)/python -m coverage report --omit='$(UNGATED)' --fail-under=100

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
