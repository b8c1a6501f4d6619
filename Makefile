# The one door. `make demo` and `make test` do all their own set-up on a machine with Python 3.11+, pip and make.
SHELL := /bin/bash
.DEFAULT_GOAL := help
UV := $(shell command -v uv 2>/dev/null || echo .venv-uv/bin/uv)
PORT ?= 8000

.PHONY: articles understanding help uv env system check test demo bench faults crash proof security clean versions

help:  ## what there is
	@grep -E '^[a-z]+:.*##' Makefile | sed 's/:.*##/  -/'

uv:
	@command -v uv >/dev/null 2>&1 || test -x .venv-uv/bin/uv || (python3 -m venv .venv-uv && .venv-uv/bin/pip install -q uv)

env: uv  # the environment, as uv.lock says
	@$(UV) sync -q --locked

system:  # a browser for the tests, from Debian's packages, where they may be installed
	@command -v chromium >/dev/null 2>&1 || (command -v apt-get >/dev/null 2>&1 && \
		$$(test "$$(id -u)" = 0 || echo sudo) sh -c 'apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null') || \
		echo "Chromium is not here and cannot be installed: the browser tests will fail." >&2
	@command -v npm >/dev/null 2>&1 || (command -v apt-get >/dev/null 2>&1 && \
		$$(test "$$(id -u)" = 0 || echo sudo) sh -c 'DEBIAN_FRONTEND=noninteractive apt-get install -y -qq nodejs npm >/dev/null') || true
	@test -x .cache/yaml-language-server/node_modules/yaml-language-server/bin/yaml-language-server || \
		(mkdir -p .cache/yaml-language-server && cp tests/schema/package*.json .cache/yaml-language-server/ && \
		npm ci --silent --no-audit --no-fund --prefix .cache/yaml-language-server) || \
		echo "The YAML language server cannot be installed: the tests of tests/schema will fail." >&2

demo: uv  ## the demo desk in the browser: http://127.0.0.1:8000
	@echo "Setting up…"
	@$(UV) sync -q --locked --no-dev
	@$(UV) run -q --no-sync presszero demo --port $(PORT)

check: env  ## style, types, layers, the desk's own files
	$(UV) run ruff check .
	$(UV) run ruff format --check .
	$(UV) run mypy
	$(UV) run basedpyright
	$(UV) run lint-imports
	$(UV) run presszero check .

test: env system  ## everything: check, unit, store, web, browser, a small crash test, the desk's dialogues
	$(MAKE) check
	$(UV) run presszero test .
	$(UV) run pytest -n 2 --dist loadfile --reruns 1 -rR  # a machine that is shared stumbles: what was played twice is printed

proof: env  ## the proof: its soundness in full size, every safety of the demo taken away, its speed
	PROOF_EXAMPLES=1000 $(UV) run pytest -q tests/proof/test_sound.py
	$(UV) run python -m tests.proof.battery
	$(UV) run python -m bench.prove

crash: env  ## 200 kills under traffic
	$(UV) run python -m tests.crash.kill --kills 200
	$(UV) run python -m tests.crash.telegram --kills 200

telegram: env  ## 10,000 updates doubled and shuffled; 5,000 messages after ten minutes away, under Telegram's limits
	$(UV) run python -m tests.telegram.battery

versions: env  ## publishing with 1,000 people inside, under each policy; 50 publishers killed
	$(UV) run python -m tests.versions.battery

faults: env  ## every slip at every place of the demo: what check says of it (a quarter of an hour)
	$(UV) run python -m tests.faults.battery

understanding: env  ## 100,000 phrases; the table beside nlp.js, with data in $$PRESSZERO_BENCH_DATA
	$(UV) run python -m tests.nlu.battery
	$(UV) run python -m bench.nlu

articles: env  ## how well and fast articles are found, beside FTS5, bm25s and tantivy, with data in $$PRESSZERO_BENCH_DATA
	$(UV) run --with bm25s --with tantivy python -m bench.kb

bench: env  ## every benchmark, beside its floor in the same run
	$(UV) run python -m bench

security: env  ## known holes in dependencies, secrets, permissions
	$(UV) run pytest -q tests/web -k "permission or forged or problem or xss or limit"
	$(UV) run --with pip-audit pip-audit --skip-editable || true

editor:  # the console's text editor, from npm into one file that is checked in
	mkdir -p .cache/editor && cp tools/editor/* .cache/editor/
	cd .cache/editor && npm ci --silent --no-audit --no-fund && node_modules/@esbuild/*/bin/esbuild editor.js --bundle --minify \
		--format=esm --target=es2020 --legal-comments=none --outfile=$(CURDIR)/bot/presszero/console/static/vendor/codemirror.js

clean:
	rm -rf .venv .venv-uv .mypy_cache .ruff_cache .pytest_cache .hypothesis dist
