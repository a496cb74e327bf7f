# Two commands are enough: `make run` and `make test`. Everything else serves them.
# Paths: only $(CURDIR) and relative targets, quoted, so that blanks and Vietnamese letters do no harm.

PYTHON ?= python3
BIN := .venv/bin

.PHONY: run test check tests bench tour lock clean

run: .venv/ready
	@"$(BIN)/python" installer/qt_libraries.py
	@"$(BIN)/python" -m compileall -q desktop
	@"$(BIN)/python" -m desktop --data build/trinh-dien demo --out build/tour

test: .venv/ready
	@"$(BIN)/python" installer/qt_libraries.py --tests
	@$(MAKE) --no-print-directory check tests

check: .venv/ready
	"$(BIN)/ruff" check .
	"$(BIN)/mypy"
	"$(BIN)/lint-imports"

tests: .venv/ready
	"$(BIN)/python" -m tests.run

bench: .venv/ready
	"$(BIN)/python" -m tests.benchmarks.run

tour: .venv/ready
	@"$(BIN)/python" -m desktop tour --out build/tour

# The environment is made from the lock, once, and anew when the lock changes.
.venv/ready: requirements.lock pyproject.toml
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Cần Python 3.11 trở lên (PYTHON=...)"; exit 1; }
	@"$(PYTHON)" -m venv .venv || { echo "Thiếu mô-đun venv: apt-get install python3-venv"; exit 1; }
	@"$(BIN)/python" -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@"$(BIN)/python" -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@"$(BIN)/python" -m compileall -q desktop
	@touch .venv/ready

# For maintainers: needs uv.
lock:
	uv pip compile --universal --generate-hashes --python-version 3.11 --extra dev -q --no-header pyproject.toml -o requirements.lock

clean:
	rm -rf .venv build
