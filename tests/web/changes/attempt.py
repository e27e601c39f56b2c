"""How the table of every change says one of them, and a change that forgot to ask."""

import ast
import inspect
import textwrap
from dataclasses import dataclass
from types import FunctionType

from goldenthread.web.changes.deed import CHANGES


@dataclass(frozen=True)
class Attempt:
    """How to make a change: its permission, the call, and where a role must reach for it.

    ``asked_of`` is "unit" (that of the thing), "body" (the whole council), "both"
    (that of the thing and another far from it) or "nothing".
    """

    permission: str
    make: FunctionType
    asked_of: str = "unit"


def without_its_check(name):
    """The change with its ``require`` taken out, and everything else as it is."""
    original = inspect.unwrap(CHANGES[name])
    tree = ast.parse(textwrap.dedent(inspect.getsource(original)))
    function = tree.body[0]
    asks = [
        line
        for line in function.body
        if isinstance(line, ast.Expr)
        and isinstance(line.value, ast.Call)
        and isinstance(line.value.func, ast.Name)
        and line.value.func.id == "require"
    ]
    assert len(asks) == 1, f"{name} asks for its permission once, in a line of its own."
    function.body.remove(asks[0])
    names = dict(vars(inspect.getmodule(original)))
    kept = CHANGES[name]
    exec(compile(tree, name, "exec"), names)
    CHANGES[name] = kept  # the copy registered itself under the same name
    return names[name], inspect.getmodule(original)
