# Two commands matter: `make serve` and `make test`. Both work on a fresh Debian with python3.11+, make and git.
PYTHON ?= python3
unexport PYTHONDONTWRITEBYTECODE # what is compiled once is kept
BIN := .venv/bin
ROOMS := ontology graph loaders queries api
.DEFAULT_GOAL := help
.PHONY: compiled help serve test check release-check format bench faults soak mutants fuzz bench-scale notebooks build lock assets clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

serve: .venv/run compiled ## install, build the bundled data and serve on http://127.0.0.1:8000
	$(BIN)/samspel serve

build: .venv/run compiled ## load the bundled sources into the store
	$(BIN)/samspel build

test: .venv/dev .venv/browser .venv/reasoner .venv/w3c .venv/vnu .venv/virtuoso compiled ## install what the tests need and run them all
	$(BIN)/pytest -n 3 --dist loadfile --no-loadscope-reorder

check: .venv/dev ## look, never write: ruff, format, mypy --strict, import-linter
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

release-check: .venv/run ## compare the terms with the last release: does the version of core.ttl say enough?
	$(BIN)/python -m ontology.release

format: .venv/dev ## mend what ruff can mend
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: .venv/dev ## side-by-side benchmarks, printed as ratios
	@sh scripts/wrk.sh
	$(BIN)/python benchmarks/run.py

bench-scale: .venv/dev compiled ## how each part grows from 10^5 to 10^7 triples, half an hour (SAMSPEL_SCALE_TRIPLES, _SECONDS, _FOLDER)
	$(BIN)/python -m benchmarks.scale

faults: .venv/dev compiled ## kill, cut, fill, starve: is what comes of it what is stated? (SAMSPEL_FAULTS_SEED, SAMSPEL_FAULTS_TIMES)
	$(BIN)/python -m benchmarks.campaign.run

soak: .venv/dev compiled ## an hour of mixed traffic with new data every minute (SAMSPEL_SOAK_MINUTES, _ROWS, _RATE)
	$(BIN)/python -m benchmarks.soak

mutants: .venv/dev ## change guard, readers, measures in small places: do the tests tell? (SAMSPEL_MUTANTS_SEED, SAMSPEL_MUTANTS_SAMPLE)
	$(BIN)/python -m benchmarks.mutants.run

fuzz: .venv/fuzz ## any bytes to guard, Accept, IRIs and readers, with atheris (SAMSPEL_FUZZ_SECONDS a target, SAMSPEL_FUZZ_SEED)
	$(BIN)/python -m scripts.fuzz.run

notebooks: .venv/dev ## run the notebooks of docs/notebooks anew; needs the files of ../shared/data
	$(BIN)/python scripts/notebooks.py

lock: ## renew the lock files (needs uv)
	uv pip compile -q --upgrade --universal --python-version 3.11 --generate-hashes pyproject.toml --group build -o requirements/run.txt
	uv pip compile -q --upgrade --universal --python-version 3.11 --generate-hashes pyproject.toml --group dev -o requirements/dev.txt

assets: ## bundle the libraries of the network explorer anew (needs node 18+ and npm; see api/static/sigma/SOURCE.md)
	cd assets/explorer && npm ci --ignore-scripts --no-audit --no-fund && npm run build

clean: ## remove what was installed and built here
	rm -rf .venv dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache

compiled: .venv/made # our own modules, also where PYTHONDONTWRITEBYTECODE is set: a second a start
	@$(BIN)/python -m compileall -q $(ROOMS) tests benchmarks || true

.venv/made:
	@sh scripts/venv.sh $(PYTHON)
	@touch $@

.venv/run: .venv/made requirements/run.txt pyproject.toml
	$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements/run.txt
	$(BIN)/pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

.venv/dev: .venv/run requirements/dev.txt
	$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@

.venv/browser: .venv/made
	@sh scripts/browser.sh
	@touch $@

.venv/w3c: .venv/made requirements/w3c.txt scripts/w3c.sh
	@sh scripts/w3c.sh $@
	@touch $@

.venv/vnu: .venv/made scripts/vnu.sh scripts/java.sh
	@sh scripts/java.sh
	@sh scripts/vnu.sh $@
	@touch $@

.venv/virtuoso: .venv/made scripts/virtuoso.sh
	@sh scripts/virtuoso.sh
	@touch $@

.venv/reasoner: .venv/run requirements/reasoner.txt scripts/java.sh
	@sh scripts/java.sh
	$(BIN)/pip install -q --disable-pip-version-check --no-deps --require-hashes -r requirements/reasoner.txt
	@touch $@

.venv/fuzz: .venv/run requirements/fuzz.txt
	$(BIN)/pip install -q --disable-pip-version-check --no-deps --require-hashes -r requirements/fuzz.txt
	@touch $@
