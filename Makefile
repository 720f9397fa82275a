# `make` without a target lists the targets.

BIN := .venv/bin
LOCAL := .ci/local-env
PINS := --quiet --config ../pyproject.toml

.DEFAULT_GOAL := help
.NOTPARALLEL: # the targets print, and build on each other, in the order they are written

.PHONY: help
help: ## visa den här listan
	@awk -F ' ## ' '/^[a-z-]+:.* ## / { sub(/:.*/, "", $$1); printf "make %-16s %s\n", $$1, $$2 }' \
		$(firstword $(MAKEFILE_LIST))

.PHONY: run
run: free-port setup migrate demo serve ## gör allt klart och starta på http://localhost:8000 (eller PORT=...)

.PHONY: setup
setup: ## installera det som behövs, i .venv (PYTHON=... väljer tolk)
	@.ci/make-venv

.PHONY: migrate
migrate: setup ## skapa databasen eller för den till senaste version
	@$(LOCAL) $(BIN)/python manage.py migrate --verbosity 0

.PHONY: demo
demo: setup ## fyll databasen med exempel att prova på
	@$(LOCAL) $(BIN)/python manage.py load_demo

.PHONY: serve
serve: free-port setup ## starta utan att röra databasen
	@$(LOCAL) $(BIN)/gunicorn --config .ci/gunicorn.conf.py

.PHONY: free-port
free-port:
	@.ci/require-free-port

.PHONY: test
test: test-sqlite test-postgresql ## kör alla test, på SQLite och på PostgreSQL (ARGS=... till pytest)

.PHONY: test-sqlite
test-sqlite: setup chromium libreoffice ## kör alla test på SQLite
	@env -u DATABASE_URL $(BIN)/python -m pytest --numprocesses auto $(ARGS)

.PHONY: test-postgresql
test-postgresql: setup chromium libreoffice ## kör alla test på en egen, tillfällig PostgreSQL
	@$(BIN)/python -m tests.services.postgresql -- $(BIN)/python -m pytest --numprocesses auto $(ARGS)

.PHONY: chromium
chromium: setup
	@$(BIN)/python -m tests.services.chromium

.PHONY: libreoffice
libreoffice: setup
	@$(BIN)/python -m tests.services.libreoffice

.PHONY: soak
soak: soak-sqlite soak-postgresql mutants ## sök länge: slumpade exempel, avbrott mitt i, fientliga indata, ändrade regler

.PHONY: soak-sqlite
soak-sqlite: setup chromium libreoffice
	@env -u DATABASE_URL HYPOTHESIS_PROFILE=soak $(BIN)/python -m pytest -m soak $(ARGS)

.PHONY: soak-postgresql
soak-postgresql: setup chromium libreoffice
	@HYPOTHESIS_PROFILE=soak $(BIN)/python -m tests.services.postgresql -- $(BIN)/python -m pytest -m soak $(ARGS)

.PHONY: mutants
mutants: setup ## ändra räknereglerna på alla sätt och se att testen märker det
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/mutants.txt
	@$(BIN)/python -m tests.services.mutants $(MUTANTS)

.PHONY: load
load: setup ## låt 20 skriva och 200 läsa i MINUTES (10) minuter, mot två processer och PostgreSQL
	@PYTHONPATH=. $(LOCAL) $(BIN)/python -m tests.services.postgresql -- $(BIN)/python benchmarks/load_many.py

.PHONY: lint
lint: setup ## granska koden utan att ändra den
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(LOCAL) $(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint . --check --lint
	DATABASE_URL=sqlite://:memory: $(LOCAL) $(BIN)/python manage.py makemigrations --check --dry-run

.PHONY: format
format: setup ## rätta kodens och mallarnas form
	$(BIN)/ruff check --fix
	$(BIN)/ruff format
	$(BIN)/djlint . --reformat --quiet --warn

.PHONY: bench
bench: setup ## kör alla mätningar i benchmarks/
	@for script in benchmarks/bench_*.py; do \
		echo "== $$script"; \
		PYTHONPATH=. $(LOCAL) $(BIN)/python "$$script" || exit 1; \
	done

.PHONY: gallery
gallery: setup chromium ## gör bilder av varje sida av demoförbundens planer i var/gallery/
	@$(BIN)/python -m tests.services.gallery $(ARGS)

.PHONY: guide-pictures
guide-pictures: setup chromium ## gör om bilderna i docs/guide/pictures/
	@$(BIN)/python -m tests.services.guide_pictures

.PHONY: pins
pins: setup ## gör om requirements/*.txt efter *.in (UPGRADE=--upgrade tar nyare versioner)
	cd requirements && CUSTOM_COMPILE_COMMAND="make pins" ../$(BIN)/pip-compile $(PINS) $(UPGRADE) run.in
	cd requirements && CUSTOM_COMPILE_COMMAND="make pins" ../$(BIN)/pip-compile $(PINS) $(UPGRADE) \
		--constraint run.txt test.in
	cd requirements && CUSTOM_COMPILE_COMMAND="make pins" ../$(BIN)/pip-compile $(PINS) $(UPGRADE) \
		--constraint test.txt mutants.in

.PHONY: clean
clean: ## ta bort allt som går att göra om, men inte databasen i var/
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
