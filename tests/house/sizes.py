"""How big the house is: lines and names per room, and why each dependency is there."""

import ast
import re
import tomllib

REASONS = "docs/decisions/0004-dependencies.md"


def rooms(root):
    """Each room's name with its Python files; ``errors.py`` is a room of one file."""
    package = root / "src" / "goldenthread"
    found = {
        path.name: sorted(path.rglob("*.py"))
        for path in sorted(package.iterdir())
        if (path / "__init__.py").exists()
    }
    single = [path for path in package.glob("*.py") if path.name != "__init__.py"]
    return found | {path.stem: [path] for path in sorted(single)}


def lines(files):
    """How many lines the files have together."""
    return sum(len(path.read_text(encoding="utf-8").splitlines()) for path in files)


def exported(file):
    """The names in a module's ``__all__``, or its public names where it has none."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    for node in tree.body:
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "__all__":
            return list(ast.literal_eval(node.value))
    return [
        node.name
        for node in tree.body
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_")
    ]


def dependencies(root):
    """The names of the packages that an ordinary installation brings."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return [re.match(r"[\w.-]+", line).group() for line in project["dependencies"]]


def reasons(root):
    """Each dependency's reason, from the table of the decision that took it."""
    text = (root / REASONS).read_text(encoding="utf-8")
    return dict(re.findall(r"^\| `([\w.-]+)` \| (.+?) \|$", text, re.MULTILINE))


def report(root):
    """The whole report, line by line."""
    for name, files in rooms(root).items():
        tests = sorted((root / "tests" / "core" / name).rglob("*.py"))
        tests += (root / "tests" / "core").glob(f"test_{name}.py")
        tests += sorted((root / "tests" / name).rglob("*.py"))
        names = exported(files[0])
        yield (
            f"{name:10} {lines(files):5} lines, tests {lines(tests):5}; "
            f"{len(names)} names: {', '.join(names)}"
        )
    why = reasons(root)
    for name in dependencies(root):
        yield f"needs {name}: {why.get(name, 'no reason given')}"
