# Arrimage : tout part d'ici. Il faut Python 3.11 ou plus récent (avec venv), make et git ; rien d'autre.
#
#   make setup   installe tout dans ce dossier (.venv, node_modules)
#   make demo    installe, charge Montréal et sert le site
#   make test    tous les tests (ARGS="-k mot" pour choisir, DATABASE_URL=… pour un autre PostgreSQL)
#   make check   style, types, étages, gabarits, traductions, migrations, dépendances
#   make format  met le code et les gabarits en forme
#   make bench   mesures (SIZE=small)
#   make clean   enlève ce qui a été produit, sauf les données (.data)

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := setup
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

UV_VERSION := 0.13.9
BIN := .venv/bin
SIZE ?= small
ARGS ?=
WORKERS ?= 2

ifdef DATABASE_URL
export DATABASE_URL
endif

# uv works in this folder's .venv, with the Python that made it, and fetches no other.
export UV_PROJECT_ENVIRONMENT := $(CURDIR)/.venv
export UV_PYTHON_DOWNLOADS := never
unexport VIRTUAL_ENV

PYTHON_READY := .venv/.python-ready
NODE_READY := node_modules/.ready
MESSAGES_READY := build/.messages-ready
CATALOGUES := $(wildcard src/arrimage/locale/*/LC_MESSAGES/*.po)

# What reads the settings without needing a database: no server starts for it.
NO_DATABASE := env DATABASE_URL=postgresql://personne@/aucune?host=/nulle-part ARRIMAGE_SECRET_KEY=verification \
	ARRIMAGE_DATABASE_ROLE=owner ARRIMAGE_ENV=

.PHONY: setup demo test check format bench clean

setup: $(PYTHON_READY) $(NODE_READY) $(MESSAGES_READY)
	@:

demo: setup
	@exec $(BIN)/arrimage demo $(ARGS)

test: setup
	@$(BIN)/pytest -n $(WORKERS) $(ARGS)

bench: setup
	@$(BIN)/arrimage bench --size $(SIZE)

check: setup
	@failed=0; \
	templates() { $(BIN)/djlint src/arrimage --check > build/djlint 2>&1 || { grep '^src/' build/djlint; false; }; }; \
	step() { echo "── $$1"; shift; "$$@" || { failed=1; echo "   ↑ à corriger"; }; }; \
	step "style (ruff check)" $(BIN)/ruff check --quiet --output-format concise; \
	step "mise en forme (ruff format)" $(BIN)/ruff format --check --quiet --output-format concise; \
	step "types (mypy)" $(NO_DATABASE) $(BIN)/mypy --no-error-summary; \
	step "étages (import-linter)" $(BIN)/lint-imports --no-logo; \
	step "gabarits : règles (djlint)" $(BIN)/djlint src/arrimage --lint --quiet; \
	step "gabarits : mise en forme (djlint)" templates; \
	step "traductions" $(BIN)/arrimage messages check; \
	step "migrations" $(NO_DATABASE) $(BIN)/python -W ignore::RuntimeWarning $(BIN)/arrimage manage makemigrations --check --dry-run; \
	step "dépendances : failles connues, licences" $(BIN)/arrimage audit; \
	if [ $$failed = 0 ]; then echo "Tout est en ordre."; \
	else echo "Des vérifications ont échoué (« make format » règle la mise en forme)." >&2; exit 1; fi

format: setup
	@$(BIN)/ruff check --fix --quiet || true
	@$(BIN)/ruff format --quiet
	@$(BIN)/djlint src/arrimage --reformat --quiet || true

clean:
	rm -rf .venv node_modules build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
	find src tests -name __pycache__ -type d -prune -exec rm -rf {} +
	find src -name '*.mo' -delete

$(PYTHON_READY): pyproject.toml uv.lock
	@if ! $(BIN)/uv --version 2>/dev/null | grep -q " $(UV_VERSION)\b"; then \
		python=; \
		for candidate in python3 python3.14 python3.13 python3.12 python3.11; do \
			if $$candidate -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then python=$$candidate; break; fi; \
		done; \
		if [ -z "$$python" ]; then echo "Il faut Python 3.11 ou plus récent." >&2; exit 1; fi; \
		echo "Python : environnement .venv et uv $(UV_VERSION)"; \
		$$python -m venv .venv || { rm -rf .venv; echo "Le module venv manque (Debian, Ubuntu : paquet python3-venv)." >&2; exit 1; }; \
		$(BIN)/python -m pip install -qq --disable-pip-version-check uv==$(UV_VERSION); \
	fi
	@echo "Python : paquets verrouillés (uv.lock)"
	@$(BIN)/uv sync --locked --quiet
	@touch $@

$(NODE_READY): package.json package-lock.json | $(PYTHON_READY)
	@echo "Bibliothèques des pages et navigateur des tests (package-lock.json)"
	@npm=npm; \
	if ! node -e 'process.exit(parseInt(process.versions.node) < 20)' 2>/dev/null || ! command -v npm >/dev/null; then \
		export PATH="$(CURDIR)/$(BIN):$$PATH"; npm="$(CURDIR)/$(BIN)/npm"; \
	fi; \
	"$$npm" ci --no-audit --no-fund --ignore-scripts --loglevel=error --no-update-notifier >/dev/null
	@touch $@

$(MESSAGES_READY): $(CATALOGUES) src/arrimage/foundation/writing.py | $(PYTHON_READY)
	@$(BIN)/arrimage messages compile
	@mkdir -p $(@D)/static
	@touch $@
