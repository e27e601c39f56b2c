# Every command a developer needs. `just` comes with the test extra: .venv/bin/just --list

bin := ".venv/bin"

# Say what there is
default:
    @{{bin}}/just --list --unsorted

# Make the environment; nothing is installed outside this folder
setup:
    python3 -m venv .venv
    {{bin}}/pip install -c constraints.txt -e '.[test]'

# Open the invented council half way through its programme
demo:
    {{bin}}/goldenthread demo

# The whole suite, or the part at a path
test *path:
    {{bin}}/pytest {{path}}

# The core alone, in one process: the inner loop
test-core *path="tests/core":
    {{bin}}/pytest -n0 {{path}}

# Everything that must be true besides the tests: layout, lint, types, contracts, spelling
standards:
    {{bin}}/ruff format --check .
    {{bin}}/ruff check .
    {{bin}}/mypy src tests/house/handed_over.py
    {{bin}}/lint-imports
    {{bin}}/codespell

# The same, and that what the docs show is so
check: standards
    {{bin}}/pytest -n0 tests/house/test_docs.py

# Repair what can be repaired
fix:
    {{bin}}/ruff format .
    {{bin}}/ruff check --fix .
    {{bin}}/codespell --write-changes

# Make the bundled example plan and its edition again
example-plan:
    {{bin}}/python scripts/make_example_plan.py
    {{bin}}/python scripts/make_example_edition.py

# Write the reference pages and what the notebooks print again, after a docstring or a figure changed
reference:
    {{bin}}/python scripts/write_reference.py
    {{bin}}/python scripts/run_notebook.py

# Make the pictures of the docs again, in a browser of the system
screens:
    {{bin}}/pytest -n0 tests/screens --write-screens

# Time and memory of reading each document at hand (prints figures, tests nothing)
benchmark *files:
    {{bin}}/python benchmarks/reading.py {{files}}

# Compute every pin again, from newest releases (needs uv)
pins:
    uv pip compile pyproject.toml --all-extras --universal --no-emit-index-url --no-annotate --no-header --upgrade -o constraints.txt

# What continuous integration does after installing system needs
ci: test standards

# Build the wheel of the version in pyproject.toml, once its tests and checks pass and its changes are told
release: ci
    @version=$({{bin}}/python -c "import goldenthread; print(goldenthread.__version__)"); \
      grep -q "^## \[$version\]" CHANGELOG.md || { echo "CHANGELOG.md has no section for $version."; exit 1; }; \
      grep -q "^version = \"$version\"" pyproject.toml || { echo "pyproject.toml and goldenthread.__version__ differ."; exit 1; }
    {{bin}}/pip wheel --no-deps --wheel-dir dist .
