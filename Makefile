# make demo         the example on http://127.0.0.1:8000 (PORT=... for another port); a second run keeps its data
# make demo-reset   the example from the beginning
# make install      the environment only (docs/operations.md)
# make test         every test; make check: style, types, layers, migrations = models
# make coverage     the branches of rules, states, policies and verbs that no test takes (TESTS="tests/rooms/orgs" for some)
# make walks        whole years at random, long (SEED=, STEPS=, WALKS=); PLANT=all takes guards away and must find each
# make bench        ratios measured in one run against their goals, into bench/results.json
# make faults       kills, crash points, a locked database; what was acknowledged must be there (SEED=, KILLS=)
# make screenshots  docs/pictures/ anew
# make restore-drill  the newest backup (of DATA_DIR) into an empty directory: verified, served, logged in
# make messages     the English catalogue: new strings in, old ones out; then translate what is empty
# make lock         requirements*.txt from requirements*.in
# make clean        caches;  make clean-all: also the environment (data in instance/ stays)
PORT ?= 8000
SHELL := /bin/bash
PYTHON := .venv/bin/python
FLASK := .venv/bin/flask --app pledge_app.application
ENGLISH := pledge_app/translations/en/LC_MESSAGES/messages
PIP := $(PYTHON) -m pip --disable-pip-version-check install --quiet --require-hashes

.PHONY: install demo demo-reset test check coverage walks bench faults screenshots restore-drill messages lock clean clean-all system system-test

install: .venv/app.stamp $(ENGLISH).mo

demo: .venv/app.stamp $(ENGLISH).mo
	$(FLASK) demo --port $(PORT)

demo-reset: .venv/app.stamp $(ENGLISH).mo
	$(FLASK) demo --reset --port $(PORT)

test: .venv/dev.stamp node_modules/stamp $(ENGLISH).mo
	.ci/stages

check: .venv/dev.stamp $(ENGLISH).mo
	.venv/bin/ruff format --check --quiet .
	.venv/bin/ruff check .
	.venv/bin/mypy
	.venv/bin/lint-imports --no-logo
	$(PYTHON) -m pytest -q tests/guards
	$(PYTHON) -m tests.tools.measures

TESTS ?= tests/rules tests/guards tests/rooms tests/pages
coverage: .venv/dev.stamp $(ENGLISH).mo
	rm -rf .cache/coverage
	mkdir -p .cache/coverage
	-MEASURE=$(CURDIR)/.cache/coverage $(PYTHON) -m pytest -q -n 2 --dist worksteal $(TESTS)
	$(PYTHON) -m tests.tools.branches

walks: .venv/dev.stamp $(ENGLISH).mo
	$(PYTHON) -m tests.journeys

bench: .venv/dev.stamp
	$(PYTHON) -m bench

faults: .venv/dev.stamp
	$(PYTHON) -m tests.faults

screenshots: .venv/dev.stamp $(ENGLISH).mo
	$(PYTHON) -m tests.tools.screenshots

restore-drill: .venv/app.stamp $(ENGLISH).mo
	$(FLASK) restore-drill

messages: .venv/dev.stamp
	mkdir -p .cache
	.venv/bin/pybabel --quiet extract -F pyproject.toml -k _l --add-location=file --sort-by-file --no-wrap --ignore-dirs ".* node_modules" -o .cache/messages.pot .
	.venv/bin/pybabel --quiet update -i .cache/messages.pot -o $(ENGLISH).po -l en --ignore-obsolete --no-fuzzy-matching --no-wrap

$(ENGLISH).mo: $(ENGLISH).po | .venv/app.stamp
	.venv/bin/pybabel --quiet compile -i $< -o $@ -l en

# What each environment is made of; made again only when its lock file changed.
.venv/app.stamp: requirements.txt | system
	test -x .venv/bin/pip || python3 -m venv .venv
	$(PIP) -r requirements.txt
	touch $@

.venv/dev.stamp: .venv/app.stamp requirements-dev.txt | system-test
	$(PIP) -r requirements-dev.txt
	touch $@

node_modules/stamp: package-lock.json | system-test
	npm ci --ignore-scripts --no-audit --no-fund
	touch $@

system:
	@.ci/system demo

system-test:
	@.ci/system test

LOCK := .venv/bin/uv pip compile --quiet --upgrade --generate-hashes --no-header --no-annotate --python-version 3.11
lock: .venv/dev.stamp
	$(LOCK) -o requirements.txt requirements.in
	$(LOCK) -o requirements-dev.txt requirements-dev.in

clean:
	rm -rf .cache .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find pledge_app migrations tests -name __pycache__ -prune -exec rm -rf {} +

clean-all: clean
	rm -rf .venv node_modules
