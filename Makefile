# Two commands do all the set-up on a fresh machine with Python 3.11 or later:
#   make demo   an environment, the package in it, the example inbox labelled
#   make test   an environment with what development needs, linting, all tests

PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin
PIP = $(BIN)/python -m pip --disable-pip-version-check install --quiet --constraint constraints.txt

.PHONY: demo test lint clean

demo: $(VENV)/core
	mkdir -p demo
	$(BIN)/stageclf score data/examples/inbox.mbox data/examples/chat.csv -o demo/scores.csv

test: $(VENV)/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/python -m pytest

lint: $(VENV)/dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

$(VENV)/core: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(PIP) -e .
	touch $@

$(VENV)/dev: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(PIP) -e ".[train,dev]"
	touch $@ $(VENV)/core

clean:
	rm -rf $(VENV) demo dist build
