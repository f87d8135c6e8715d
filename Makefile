# Every command that a person needs. Only Python 3.11+, make and git must be there beforehand.
.DEFAULT_GOAL := help
.PHONY: help demo run test lint format bench check _setup _messages _browser

PORT ?= 8000
HOST ?= 127.0.0.1
UV := $(shell command -v uv 2>/dev/null || echo .venv-tools/bin/uv)
PY := .venv/bin/python
TEMPLATES = $(wildcard templates */templates)
APPS = demo desk intake mailbox units letters conversion home secrecy notices personnel review publication ledger checks search organisation regulation
export UV_PYTHON_DOWNLOADS = never
export PYTHONUNBUFFERED = 1
unexport PYTHONDONTWRITEBYTECODE  # where it is set, every process compiles every module anew: four seconds each

help:  ## list the commands
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | awk -F'\t' '{printf "make %-8s %s\n", $$1, $$2}'

demo: _setup _messages  ## run the portal with demo content (PORT=8000; admin on PORT+1)
	$(PY) -m config.runner --host $(HOST) --port $(PORT) --demo

run: _setup _messages  ## run the portal on what is in the database
	$(PY) -m config.runner --host $(HOST) --port $(PORT)

test: _setup _messages _browser  ## run all tests
	$(PY) -m pytest -n 2 --dist loadgroup $(ARGS)

lint: _setup  ## check style, layers, migrations and translations
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(if $(TEMPLATES),.venv/bin/djlint --quiet --lint $(TEMPLATES))
	.venv/bin/lint-imports
	$(PY) manage.py makemigrations --check --dry-run --settings config.settings.test
	LOG_LEVEL=WARNING $(PY) manage.py lintmigrations --settings config.settings.test --no-cache --quiet warning ignore ok --include-apps $(APPS)
	$(PY) -m config.messages check

format: _setup  ## put the code into its format
	$(PY) -m ruff check --fix .
	$(PY) -m ruff format .

bench: _setup _messages  ## measure, and print every figure beside its reference
	$(PY) -m bench $(ARGS)

check: _setup _messages  ## check the settings and prove that what is public was approved
	$(PY) manage.py check
	$(PY) manage.py verify

_setup: .venv/.synced

.venv/.synced: uv.lock pyproject.toml | $(UV)
	@$(UV) sync --frozen --quiet --compile-bytecode
	@touch $@

# A distribution's Python may lack ensurepip or refuse global installs: hence a folder of its own.
.venv-tools/bin/uv:
	@python3 -m venv .venv-tools || python3 -m venv --without-pip .venv-tools
	@.venv-tools/bin/python -m pip install --quiet uv || python3 -m pip --python .venv-tools/bin/python install --quiet uv

_messages: _setup
	@$(PY) -m config.messages compile

_browser: _setup
	@$(PY) -m tests.browser
