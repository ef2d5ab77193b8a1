# Everything sets itself up: the virtual environment is made when it is missing or out of date.
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps

# Where this is set, every process compiles all our modules again: in the tests some hundred times.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: chat web telegram test check bench docs lock clean

chat: .venv/.runtime
	@$(BIN)/coproductiewijzer chat

# With the extra for the PDF, so that every button is there.
web: .venv/.rapport
	@$(BIN)/coproductiewijzer web

telegram: .venv/.rapport
	@$(BIN)/coproductiewijzer telegram

# With the extra that measures the language. The spelling needs hunspell, which no wheel has.
check: .venv/.redactie
	@$(BIN)/coproductiewijzer check

# The other tests wait for processes and browsers, so there is room for more at a time than cores.
# Measuring coverage makes every test slower, so it is done where the core is tested by itself.
MEASURED := tests/core tests/content tests/understanding

# Each of these keeps processes of its own busy: with more at a time they would wait for each other.
BUSY := $(addprefix tests/,counts/test_kill.py telegram/test_chaos.py telegram/test_process.py \
	telegram/test_store_trouble.py telegram/test_two_processes.py web/test_rolling_restart.py)

# What CI runs, and nothing weaker.
test: .venv/.test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/coproductiewijzer check
	$(BIN)/hadolint Dockerfile
	$(BIN)/pytest -n 2 --dist worksteal --cov --cov-report=term $(MEASURED)
	$(BIN)/pytest -n 4 --dist worksteal $(addprefix --ignore=,$(MEASURED) $(BUSY))
	$(BIN)/pytest -n 2 --dist worksteal $(BUSY)

# Some parts only: make bench PARTS="adapter webhook".
bench: .venv/.test
	$(BIN)/python -m tests.bench $(PARTS)

# Regenerates the documents that are made from the content; a test keeps them fresh.
docs: .venv/.test
	$(BIN)/python -m tests.docs
	$(BIN)/python -m bot.report.cards

# Run after a change of the dependencies in pyproject.toml.
lock: .venv/.test
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --group build -o requirements/build.lock
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header pyproject.toml -o requirements/runtime.lock
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header pyproject.toml --extra rapport -o requirements/rapport.lock
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header pyproject.toml --extra redactie -o requirements/redactie.lock
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header pyproject.toml --extra redis -o requirements/redis.lock
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header pyproject.toml --extra rapport --extra redis -o requirements/alles.lock
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header pyproject.toml --extra rapport --extra redactie --extra redis --group build --group test -o requirements/test.lock

clean:
	rm -rf .venv build dist

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed: make PYTHON=python3.12 ..." >&2; exit 1; }
	@echo "Setting up .venv ..."
	@$(PYTHON) -m venv .venv || { echo "The venv module is missing: on Debian, apt install python3-venv" >&2; rm -rf .venv; exit 1; }

.venv/.runtime: requirements/build.lock requirements/runtime.lock pyproject.toml | .venv/bin/python
	@$(PIP) -r requirements/build.lock -r requirements/runtime.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps --editable .
	@touch $@

.venv/.rapport: requirements/rapport.lock .venv/.runtime
	@$(PIP) -r requirements/rapport.lock
	@touch $@

.venv/.redactie: requirements/redactie.lock .venv/.runtime
	@$(PIP) -r requirements/redactie.lock
	@touch $@

.venv/.test: requirements/test.lock .venv/.runtime
	@$(PIP) -r requirements/test.lock
	@touch $@
