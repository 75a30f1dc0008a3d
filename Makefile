# Needs Python 3.11 or newer, make and a POSIX shell. Everything else goes into .venv, pinned and hashed by constraints/.

.NOTPARALLEL:
.DELETE_ON_ERROR:
.PHONY: audit test lint format docs words samples bench soak lock browser clean help

VENV = .venv
PYTHON_IN = $(VENV)/bin/python
PIP = $(PYTHON_IN) -m pip --disable-pip-version-check --quiet
UV = $(VENV)/bin/uv
# What the tool is compared with stands apart: polars starts slower where numpy is installed, and users have no numpy.
RIVALS = $(VENV)/rivals
# make lock UPGRADE=1 moves every pin to the newest version; without it only what must move does.
UPGRADE =

audit: $(VENV)/run.stamp ## write a report on the sample municipality into rapport/ (the default)
	$(VENV)/bin/verdringing audit samples/voorbeeldstad.csv \
		--zwarte-lijst samples/zwarte-lijst.csv --meldingen samples/meldingen.csv \
		--gemeente Voorbeeldstad --periode 2026K3 --uit rapport --overschrijf

test: lint browser ## lint, types and every test but the slow ones
	$(PYTHON_IN) -m pytest

lint: $(VENV)/dev.stamp ## style, format and types
	$(PYTHON_IN) -m ruff check .
	$(PYTHON_IN) -m ruff format --check .
	$(PYTHON_IN) -m mypy

format: $(VENV)/dev.stamp ## mend style and format where that is safe
	$(PYTHON_IN) -m ruff check --fix .
	$(PYTHON_IN) -m ruff format .

docs: $(VENV)/dev.stamp ## write the generated pages again
	$(PYTHON_IN) -m verdringing.docs

words: $(VENV)/dev.stamp ## bring the English words up to date with the Dutch texts
	WORDS=write $(PYTHON_IN) -m pytest tests/test_words.py

samples: $(VENV)/run.stamp ## write the made-up files in samples/ again
	$(PYTHON_IN) samples/maak.py

bench: $(VENV)/bench.stamp ## measure speed and memory (SIZE=--small for a quick look, --large for ten million rows)
	RIVALS=$(RIVALS) $(PYTHON_IN) -m pytest benchmarks
	RIVALS=$(RIVALS) $(PYTHON_IN) -m benchmarks $(SIZE)

soak: $(VENV)/dev.stamp ## the tests that take minutes
	$(PYTHON_IN) -m pytest -m soak

lock: $(UV) ## write constraints/ again after a change of dependencies (UPGRADE=1: newest of everything)
	@mkdir -p constraints
	@$(call compile,run)
	@$(call compile,dev,--extra dev --constraints constraints/run.txt)
	@$(call compile,bench,--extra bench --constraints constraints/dev.txt)

clean: ## remove .venv, caches and build products; reports stay
	rm -rf $(VENV) build dist *.egg-info .benchmarks .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' Makefile

# One lock for Linux, Windows and macOS, without a header: it would hold the names of this machine.
define compile
$(UV) pip compile pyproject.toml --group build $(2) --universal --python-version 3.11 --generate-hashes \
	--no-header --no-annotate --quiet $(if $(UPGRADE),--upgrade) --output-file constraints/$(1).txt && \
{ echo '# made by make lock'; cat constraints/$(1).txt; } >constraints/$(1).new && \
mv constraints/$(1).new constraints/$(1).txt
endef

$(PYTHON_IN):
	@for python in $(or $(PYTHON),python3.11 python3); do \
		if $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
			$$python -m venv --clear $(VENV) && exit 0; \
			rm -rf $(VENV); exit 1; \
		fi; \
	done; \
	echo 'verdringing needs Python 3.11 or newer; name one with: make PYTHON=/path/to/python3' >&2; exit 1

$(VENV)/run.stamp: constraints/run.txt pyproject.toml | $(PYTHON_IN)
	@echo 'Installing verdringing into $(VENV) ...'
	@$(PIP) install --require-hashes --requirement constraints/run.txt
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/dev.stamp: constraints/dev.txt $(VENV)/run.stamp
	@echo 'Installing the development tools into $(VENV) ...'
	@$(PIP) install --require-hashes --requirement constraints/dev.txt
	@touch $@

$(VENV)/bench.stamp: constraints/bench.txt $(VENV)/dev.stamp
	@echo 'Installing the tools to compare with into $(RIVALS) ...'
	@$(PIP) install --require-hashes --upgrade --target $(RIVALS) --requirement constraints/bench.txt
	@touch $@

$(UV): | $(PYTHON_IN)
	@$(PIP) install 'uv>=0.9'

# The browser tests drive the system's Chromium; without it they fail and say so, the other tests still run.
browser:
	@for name in chromium chromium-browser google-chrome google-chrome-stable; do \
		command -v $$name >/dev/null && exit 0; \
	done; \
	as_root=; test "$$(id -u)" = 0 || as_root='sudo -n'; \
	if command -v apt-get >/dev/null && { test -z "$$as_root" || command -v sudo >/dev/null; }; then \
		echo 'Installing Chromium for the browser tests ...'; \
		{ $$as_root apt-get -qq update && $$as_root env DEBIAN_FRONTEND=noninteractive \
			apt-get -qq -y --no-install-recommends install chromium fonts-liberation; } >/dev/null 2>&1 && exit 0; \
	fi; \
	echo 'Chromium is missing and could not be installed; install it by hand or the browser tests will fail.' >&2
