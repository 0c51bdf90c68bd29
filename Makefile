# Everything sets itself up: a virtual environment in .venv, from the pinned constraints.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
# Where bench-store keeps its build, and of how many records.
STORE ?= bench-store
RECORDS ?= 120000

# What the pages use when it is there: a map that can be zoomed, a SPARQL editor.
VENDOR := cli/museosciences/serve/static/vendor
ASSETS := node_modules/leaflet/dist/leaflet.js node_modules/leaflet/dist/leaflet.css \
  node_modules/@zazuko/yasgui/build/yasgui.min.js node_modules/@zazuko/yasgui/build/yasgui.min.css

.PHONY: assets demo test check docs wheel clean bench-map bench-build bench-validate \
	bench-scale bench-store bench-links bench-queries bench-serve

demo: $(READY)  ## Build the demonstration, and print its account and first links
	$(BIN)/museo build
	@echo
	@echo "→ $(BIN)/museo links · $(BIN)/museo queries · $(BIN)/museo status"

test: $(READY) check  ## All checks and tests
	$(BIN)/pytest -q

check: $(READY)  ## Style, types and the layers of the house
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

docs: $(READY)  ## Write the generated references again
	$(BIN)/python -m museosciences.reference docs

assets:  ## Fetch what others wrote for browsers (npm); the pages do without where it is absent
	npm install --no-audit --no-fund --no-package-lock --ignore-scripts --omit=dev
	mkdir -p $(VENDOR)
	cp $(ASSETS) $(VENDOR)
	cp node_modules/leaflet/LICENSE $(VENDOR)/leaflet.LICENSE

wheel: $(READY)  ## Build the wheel
	$(BIN)/python -m build --wheel --no-isolation

bench-map: $(READY)  ## The mapping engine beside its peers
	$(BIN)/python bench/map.py --write

bench-build: $(READY)  ## A whole build beside a bulk load alone
	$(BIN)/python bench/build.py 200000

bench-scale: $(READY)  ## The same from 100,000 records to a million, stage by stage
	$(BIN)/python bench/build.py 100000 300000 1000000

# A store of about ten million triples, kept for the two that follow.
bench-store: $(READY)
	test -e $(STORE)/workspace-$(RECORDS)/CURRENT || $(BIN)/python bench/build.py $(RECORDS) --keep $(STORE)

bench-links: bench-store  ## Every link rule on ten million triples
	$(BIN)/python bench/links.py $(STORE)/workspace-$(RECORDS)

bench-queries: bench-store  ## Every query of the library on ten million triples
	$(BIN)/python bench/queries.py $(STORE)/workspace-$(RECORDS)

bench-validate: $(READY)  ## Validation beside pySHACL
	$(BIN)/python bench/validate.py

bench-serve: $(READY)  ## The web under twenty clients, on the real files
	$(BIN)/python bench/serve.py

clean:  ## Remove what was made
	rm -rf $(VENV) dist build museo-workspace

$(READY): pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "MuséoSciences needs Python 3.11 or later; try: make PYTHON=python3.12")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade "pip>=25.1" -c constraints.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt --group dev -e .
	touch $(READY)
