"""The rule of migrations: what they write in rows, the log is told of."""

import ast
import re
from collections.abc import Iterator

from coprod_data.store.row_digests import UNTOLD_TABLES
from tests.helpers.house_rules import Broken, at
from tests.helpers.source import Source

VERSIONS = "coprod_data.store.migrations.versions"
TOLD_OF_EVERYTHING = 25  # this one told the log of every row
WRITES = frozenset({"update", "delete", "insert", "bulk_insert"})
IN_SQL = re.compile(r"\s*(?:UPDATE|DELETE\s+FROM|INSERT\s+INTO)\s+(\w+)", re.I)

_AFTER = "coprod_data/store/migrations/versions/r0099_x.py"
CAUGHT = [  # files that break the rule
    (_AFTER, "t = sa.table('person')\ndb.execute(sa.update(t).values(job=''))"),
    (_AFTER, "with telling('person'):\n    pass\nop.execute('UPDATE person SET job = 1')"),
    (_AFTER, "batch.add_column(column('x', sa.Integer, server_default='0'))"),
]


def migrations_tell_what_they_write(sources: list[Source]) -> Broken:
    """A migration that writes rows, or adds a column with a value, does it inside `telling(...)`.

    What a function writes that is called inside it is inside too.
    """
    for source in sources:
        number = re.match(r"r(\d+)", source.stem)
        if source.folder != VERSIONS or not number or int(number[1]) <= TOLD_OF_EVERYTHING:
            continue
        inside = _inside(source.tree)
        for node, what in _writes(source.tree):
            if node not in inside:
                yield at(source, node.lineno, what, "wrap it in telling(...) of this table")


def _inside(tree: ast.Module) -> set[ast.AST]:
    told = {inner for node in ast.walk(tree) if _tells(node) for inner in ast.walk(node)}
    called = {_name(node) for node in told}
    for function in tree.body:
        if isinstance(function, ast.FunctionDef) and function.name in called:
            told |= set(ast.walk(function))
    return told


def _tells(node: ast.AST) -> bool:
    return isinstance(node, ast.With) and any(
        _name(one.context_expr) == "telling" for one in node.items
    )


def _writes(tree: ast.Module) -> Iterator[tuple[ast.expr, str]]:
    tables = {
        target.id: node.value.args[0].value
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call) and node.value.args
        for target in node.targets
        if isinstance(target, ast.Name) and isinstance(node.value.args[0], ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            if (sql := IN_SQL.match(node.value)) and sql[1] not in UNTOLD_TABLES:
                yield node, sql[1]
        elif _name(node) in WRITES and isinstance(node, ast.Call) and node.args:
            first = node.args[0]
            table = tables.get(first.id) if isinstance(first, ast.Name) else None
            if table not in UNTOLD_TABLES:
                yield node, str(table or "a table")
        elif _name(node) == "add_column" and isinstance(node, ast.Call) and _has_value(node):
            yield node, "a column with a value"


def _has_value(added: ast.Call) -> bool:
    columns = [one for one in added.args if isinstance(one, ast.Call)]
    return any(
        "server_default" in {key.arg for key in one.keywords}
        or not {"empty", "nullable"} & {key.arg for key in one.keywords}
        for one in columns
    )


def _name(node: ast.AST) -> str:
    """Return the name of what is called."""
    if not isinstance(node, ast.Call):
        return ""
    called = node.func
    return called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
