# Every word below is one thing you can do; `make help` lists them.
SHELL := /bin/sh
.DEFAULT_GOAL := help
PYTHON := .venv/bin/python
# Two is what a small machine bears: browser tests need a core of their own.
TEST_PROCESSES ?= 2
APPS := config training exams question_banks cms statutes personnel common

.PHONY: help run test check fix bench demo states ci need-python tools

help: ## List what can be done here
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

need-python:
	@command -v python3 >/dev/null || { \
	  echo "Python 3.11 or newer is needed. Install it as root: apt-get install -y python3 python3-venv"; exit 1; }

tools: need-python
	@python3 config/bootstrap.py tools

run: need-python ## Start the platform on this machine (HOST, PORT, DATABASE_URL, MINGFA_VAR)
	@python3 config/bootstrap.py runtime
	@exec $(PYTHON) -m config.serve

test: need-python ## Run every test, browser tests included (DATABASE_URL chooses the database)
	@python3 config/bootstrap.py tests
	@env -u DJANGO_SETTINGS_MODULE $(PYTHON) -m pytest -n $(TEST_PROCESSES) --dist worksteal $(ARGS)

check: tools ## Look for mistakes without running the tests: style, types, layers, templates, migrations
	@$(PYTHON) -m ruff check .
	@$(PYTHON) -m ruff format --check .
	@$(PYTHON) -m mypy $(APPS)
	@.venv/bin/lint-imports
	@.venv/bin/djlint --quiet --lint --allow-empty-input $(APPS)
	@DJANGO_SETTINGS_MODULE=config.settings.test $(PYTHON) manage.py makemigrations --check --dry-run
	@DJANGO_SETTINGS_MODULE=config.settings.test $(PYTHON) manage.py check --fail-level WARNING
	@env -u DJANGO_SETTINGS_MODULE $(PYTHON) -m pytest -q -p no:randomly tests/architecture

fix: tools ## Mend what can be mended by machine: style, import order, layout
	@$(PYTHON) -m ruff check --fix .
	@$(PYTHON) -m ruff format .

bench: tools ## Measure the examination room on this machine (saves, starts)
	@$(PYTHON) -m tests.bench $(ARGS)

demo: need-python ## Fill the database with the demonstration again (SIZE=small or province)
	@python3 config/bootstrap.py runtime
	@$(PYTHON) manage.py migrate --verbosity 0
	@$(PYTHON) manage.py seed_demo --size $(or $(SIZE),small)

states: tools ## Draw the state machines anew into docs/states
	@$(PYTHON) manage.py draw_states

ci: ## Exactly what continuous integration runs
	@.ci/run
