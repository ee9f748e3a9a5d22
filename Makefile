# Two commands do everything on a fresh machine:  make demo   make test
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/ready

.DEFAULT_GOAL := help
.PHONY: help demo pages pictures test check fix docs lock clean

help:  ## what can be made
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(MAKEFILE_LIST)

# pip checks every hash; the project itself is installed editable, without a second resolution.
$(VENV)/locked: requirements.lock
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

$(READY): $(VENV)/locked pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

demo: $(READY)  ## the main job on an embedded default: Maildir in, Maildir out, SQLite
	@$(BIN)/python -m tests.demo

pages: $(READY)  ## the staff's pages over what the demo leaves
	@$(BIN)/python -m tests.demo --pages

pictures: $(READY)  ## take the pictures of the README anew (needs Chromium and a Chinese font)
	$(BIN)/python -m tests.demo --pictures

test: $(READY)  ## the whole suite, linters and documentation checks first
	$(MAKE) --no-print-directory check
	$(BIN)/python -m pytest -n 3 --dist loadfile --no-loadscope-reorder

check: $(READY)  ## ruff, import-linter, mypy, cog
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports --no-cache
	$(BIN)/mypy
	$(BIN)/python -m cogapp --check README.md

fix: $(READY)  ## what the machine can mend: format, imports, simple lints
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

docs: $(READY)  ## write the generated parts of README.md anew
	$(BIN)/python -m cogapp -r README.md

lock:  ## resolve pyproject.toml anew into requirements.lock (needs uv)
	{ echo "# The exact tree that 'make' and CI install: every version pinned, every file hashed."; \
	  echo "# Made by: make lock"; \
	  uv pip compile --quiet --universal --generate-hashes --no-annotate --no-header --group dev pyproject.toml; } > $@.tmp
	mv $@.tmp requirements.lock

clean:  ## environment, caches, demo
	rm -rf $(VENV) demo dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
