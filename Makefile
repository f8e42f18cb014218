# make run: starts Shushuo; make rehearse: without Telegram, in a browser. make test: runs every test (ARGS="-k names"
# goes to pytest). make lint, make bench, make pictures.
# Each sets .venv up by itself, and only where something changed; PYTHON=python3.12 names the interpreter to build it with.

PYTHON ?= python3
ARGS :=
QUESTIONS :=
VENV := .venv
BIN := $(VENV)/bin
CONSTRAINTS := deploy/constraints.txt
# The environment, not -c: it reaches the build backend too. Each generation of pip reads one of the two names for that.
INSTALL := PIP_CONSTRAINT=$(CONSTRAINTS) PIP_BUILD_CONSTRAINT=$(CONSTRAINTS) \
	$(BIN)/python -m pip install --quiet --no-input --disable-pip-version-check

# `make -C folder run` prints the answers and nothing else.
MAKEFLAGS += --no-print-directory
# Without bytecode, each process that tests and benchmarks start would compile the whole program again.
unexport PYTHONDONTWRITEBYTECODE
.DELETE_ON_ERROR:
.PHONY: run rehearse test lint bench pictures venv

run: $(VENV)/.runtime
	@$(BIN)/python -m bot

rehearse: $(VENV)/.runtime
	@$(BIN)/python -m bot rehearse $(ARGS)

test: $(VENV)/.test
	@$(BIN)/python -m pytest --numprocesses=auto --dist=worksteal $(ARGS)

lint: $(VENV)/.test
	@$(BIN)/python -m ruff format --check
	@$(BIN)/python -m ruff check
	@$(BIN)/python -m mypy
	@$(BIN)/python -m bot check

bench: $(VENV)/.test
	@$(BIN)/python tests/bench $(QUESTIONS)

pictures: $(VENV)/.test
	@$(BIN)/python tests/pictures

$(VENV)/.runtime: pyproject.toml $(CONSTRAINTS)
	@echo 'Setting up $(VENV) ...' >&2
	@$(INSTALL) pip setuptools </dev/null >&2
	@$(INSTALL) --editable . </dev/null >&2
	@touch $@

$(VENV)/.test: $(VENV)/.runtime
	@echo 'Adding what the tests need to $(VENV) ...' >&2
	@$(INSTALL) --editable '.[test]' </dev/null >&2
	@touch $@

# Not there, not finished, or its interpreter has gone from the machine: made anew.
ifneq ($(shell test -x $(BIN)/python && test -x $(BIN)/pip && echo whole),whole)
$(VENV)/.runtime: venv
endif

venv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' </dev/null 2>/dev/null || \
		{ echo '$(PYTHON) is not Python 3.11 or newer: install that, or name another with PYTHON=python3.12' >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' </dev/null 2>/dev/null || \
		{ echo '$(PYTHON) comes without venv or pip: install them (on Debian and Ubuntu: apt install python3-venv)' >&2; exit 1; }
	@$(PYTHON) -m venv --clear $(VENV) </dev/null >&2
