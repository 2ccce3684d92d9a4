# Two commands matter: `make run` and `make test`. `make help` lists the rest.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin

# What is installed is remembered inside the environment, under a name made from the pins and the Python: a change of
# either installs again, nothing else does, and deleting .venv forgets everything.
content = $(firstword $(shell { cat $(1); $(PYTHON) --version; } | sha256sum))
RUN := $(VENV)/.made/run-$(call content,pyproject.toml requirements/run.txt requirements/constraints.txt)
DEV := $(VENV)/.made/dev-$(call content,pyproject.toml requirements/run.txt requirements/constraints.txt requirements/dev.txt)

.PHONY: help
help: ## list the commands
	@sed -nE 's/^([a-z-]+):.*## (.*)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 20

.PHONY: run
run: $(RUN) ## install what is missing, then open the demo event (without a screen: run it headless)
	@if $(BIN)/python tools/display.py; then exec $(BIN)/checkin demo; else exec $(BIN)/checkin demo --headless; fi

.PHONY: test
test: $(DEV) ## install what tests need, then run linters, types, contracts and every test
	@$(BIN)/python tools/run_tests.py

.PHONY: lint
lint: $(DEV) ## linters, types, layer contracts and texts only
	@$(BIN)/python tools/run_tests.py --only lint

.PHONY: soak
soak: $(DEV) ## the long tests: 500 kills, the hour-long runs (shortened)
	@$(BIN)/python tools/run_tests.py --only soak

.PHONY: bench
bench: $(DEV) ## measure against the floors of benchmarks/, print one table, write out/bench.json
	@$(BIN)/python tools/run_tests.py --in-window $(BIN)/python tools/run_bench.py

.PHONY: screenshots
screenshots: $(DEV) ## every page, both languages, all themes, into out/screenshots
	@$(BIN)/python tools/run_tests.py --in-window $(BIN)/python tools/screenshots.py

.PHONY: demo-data
demo-data: $(DEV) ## make the demo's roster and recording again from the fixed seed
	@$(BIN)/python tools/make_demo.py

.PHONY: locale
locale: $(DEV) ## collect the texts of the program and compile the Thai catalogue
	@$(BIN)/python tools/make_locale.py

.PHONY: clean
clean: ## remove the environment and everything that was built
	rm -rf $(VENV) build dist out .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis *.egg-info
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.PHONY: system-run system-test
system-run:
	@$(PYTHON) tools/setup_system.py run
system-test:
	@$(PYTHON) tools/setup_system.py run test

$(RUN): | system-run
	$(PYTHON) -m venv $(VENV)
	@echo "Installing the pinned packages (about 400 MB the first time)"
	$(BIN)/python -m pip install --no-input -c requirements/constraints.txt -r requirements/run.txt
	$(BIN)/python -m pip install --no-input --no-deps -e .
	@mkdir -p $(@D) && rm -f $(@D)/run-* && touch $@

$(DEV): $(RUN) | system-test
	$(BIN)/python -m pip install --no-input -c requirements/constraints.txt -r requirements/dev.txt
	@mkdir -p $(@D) && rm -f $(@D)/dev-* && touch $@
