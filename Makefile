# Everything runs in a virtual environment of its own, from the lock files. `make run` and `make test` do it all.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
STORE ?= data/sample-store
PORT ?= 8501

.PHONY: help run test lint format bench bench-exactness bench-converters bench-speed bench-pages bench-flags bench-rules bench-identity bench-claims docs screenshots sample \
	lock clean

help: ## Show what can be made
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 18

$(VENV)/.python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Gongkai needs Python 3.11 or newer; name it with: make PYTHON=python3.11"; exit 2; }
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.installed: $(VENV)/.python requirements.lock pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@$(BIN)/python -m compileall -q loaders flags pages data # so that each command starts at once
	@touch $@

$(VENV)/.developing: $(VENV)/.installed requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

run: $(VENV)/.installed ## Set up, load the sample corpus, open the dashboard (PORT=8501, STORE=data/sample-store)
	$(BIN)/gongkai ingest data/sample --store $(STORE)
	$(BIN)/gongkai serve --store $(STORE) --port $(PORT)

test: $(VENV)/.developing ## Run all tests
	$(BIN)/python -m pytest -n auto --dist loadfile

lint: $(VENV)/.developing ## Check style, format and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(VENV)/.developing ## Bring the code into its format
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: bench-exactness bench-converters bench-identity bench-claims bench-rules bench-speed bench-flags bench-pages ## Run all benchmarks

bench-exactness: $(VENV)/.developing ## How many figures are right, null and wrong, per kind and damage
	$(BIN)/python -m tests.benchmarks.exactness

bench-converters: $(VENV)/.developing ## The same for text that other programs made of reports
	$(BIN)/python -m tests.benchmarks.converters

bench-speed: $(VENV)/.developing ## How long a report takes, beside other readers
	$(BIN)/python -m tests.benchmarks.speed

bench-flags: $(VENV)/.developing ## How long all rules take on 100,000 reports, beside DuckDB
	$(BIN)/python -m tests.benchmarks.flags_speed

bench-pages: $(VENV)/.developing ## How long each page takes on 100,000 reports
	$(BIN)/python -m tests.benchmarks.page_speed

bench-rules: $(VENV)/.developing ## How many planted faults the rules find, and how many findings are false
	$(BIN)/python -m tests.benchmarks.flags_judge
	$(BIN)/python -m tests.benchmarks.wording_judge

bench-identity: $(VENV)/.developing ## How often issuer, region and year come out right
	$(BIN)/python -m tests.benchmarks.identity_judge

bench-claims: $(VENV)/.developing ## How well the narrative is split into sections and its claims are read
	$(BIN)/python -m tests.benchmarks.claims_judge
	$(BIN)/python -m tests.benchmarks.sections_judge

docs: $(VENV)/.developing ## Write the reference pages anew and build the documentation into site/
	$(BIN)/python -m tools.reference
	NO_MKDOCS_2_WARNING=true $(BIN)/mkdocs build --strict --quiet
	@echo "The documentation is at site/index.html"

screenshots: $(VENV)/.developing ## Take the pictures of the README anew from the running program
	$(BIN)/python -m tools.screenshots

sample: $(VENV)/.installed ## Invent the sample corpus anew
	rm -rf data/sample
	$(BIN)/gongkai demo data/sample --reports 300 --seed 1

lock: ## Write the lock files anew (needs uv)
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --custom-compile-command "make lock" --quiet \
		--group build pyproject.toml -o requirements.lock
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --custom-compile-command "make lock" --quiet \
		--all-extras --group build --group dev --group bench --group docs -c requirements.lock pyproject.toml -o requirements-dev.lock

clean: ## Remove the virtual environment and the store of the sample
	rm -rf $(VENV) $(STORE)
