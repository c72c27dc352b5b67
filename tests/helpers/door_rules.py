"""House rules of commands and reads: each checks a right, records, has a caller, asks the gate."""

import ast
from collections.abc import Collection, Iterable

from tests.helpers.house_rules import SHELVES, Broken, at
from tests.helpers.source import Function, Source, dotted, is_within

GATE = ("released", "words_for", "let_out", "own", "own_main", "summary_out", "held", "may_open")
WORDS = {"EntryVersion", "EntrySummary"}


def first_statement(function: Function) -> ast.stmt:
    return function.body[1 if ast.get_docstring(function) and len(function.body) > 1 else 0]


def is_must(statement: ast.stmt) -> bool:
    return (
        isinstance(statement, ast.Expr)
        and isinstance(statement.value, ast.Call)
        and dotted(statement.value.func) == "actor.must"
    )


def every_door_has_a_lock(sources: list[Source]) -> Broken:
    """Public commands and reads are (db, actor, ...) and ask for a permission first."""
    for source in sources:
        if source.folder not in ("coprod_data.queries", "coprod_data.commands") or is_helper(
            source
        ):
            continue
        for function in source.public_functions:
            if function.name == "actor_for":  # makes the actor out of a session
                continue
            names = [argument.arg for argument in function.args.args[:2]]
            if names != ["db", "actor"]:
                yield at(source, function.lineno, function.name, "begins with (db, actor, ...)")
            if not is_must(first_statement(function)):
                yield at(source, function.lineno, function.name, "first asks actor.must(...)")


def is_helper(source: Source) -> bool:
    """Files whose functions are called by a command or a read that has asked already."""
    on_shelf = source.folder == "coprod_data.commands" and source.stem in SHELVES
    return on_shelf or source.stem == "__init__" or source.stem.endswith(("_rules", "_steps"))


def called_names(function: Function) -> set[str]:
    return {dotted(node.func) for node in ast.walk(function) if isinstance(node, ast.Call)}


def rules_never_write(sources: list[Source]) -> Broken:
    """A file of rules only checks and refuses; only a command or one of its steps changes rows."""
    writes = ("record", "db.add", "db.add_all", "db.delete", "sa.insert", "sa.update", "sa.delete")
    for source in sources:
        if source.folder != "coprod_data.commands" or not source.stem.endswith("_rules"):
            continue
        for line, name, _ in source.calls():
            if name in writes:
                yield at(source, line, name, "rules never write: it belongs to the steps")


def every_write_is_recorded(sources: list[Source], exempt: Collection[str] = ()) -> Broken:
    commands = [source for source in sources if source.folder == "coprod_data.commands"]
    helpers = {
        function.name: called_names(function)
        for source in commands
        for function in source.functions
        if function.name.startswith("_") or is_helper(source)
    }
    for source in commands:
        if is_helper(source):
            continue
        for function in source.public_functions:
            reached, fresh = set(), called_names(function)
            while fresh:
                reached |= fresh
                fresh = set().union(*(helpers.get(name, set()) for name in fresh)) - reached
            if not {"record", "note"} & reached and function.name not in exempt:
                yield at(
                    source,
                    function.lineno,
                    function.name,
                    "tells the log or the trail: record, note",
                )


def words_pass_the_gate(sources: list[Source], exempt: Collection[str] = ()) -> Broken:
    """A file of reads that uses young people's texts asks `scopes/entries.py` which to show.

    The steps of a read are called by its own file, which has asked.
    """
    asks = {str(source.path): {name for _, name in source.imports} for source in sources}
    for source in sources:
        reads = source.folder in ("coprod_data.queries", "coprod_data.scopes")
        if not reads or str(source.path) in exempt:
            continue
        touched = [
            node
            for node in ast.walk(source.tree)
            if isinstance(node, ast.Name) and node.id in WORDS
        ]
        imported = asks[str(source.path)] | asks.get(
            str(source.path).replace("_steps.py", ".py"), set()
        )
        if touched and imported.isdisjoint(f"coprod_data.scopes.entries.{one}" for one in GATE):
            yield at(source, touched[0].lineno, touched[0].id, "words are read through the gate")


def used_in(sources: Iterable[Source]) -> set[str]:
    """Whatever these files import, and what they use of themselves, with the modules' names."""
    used = set[str]()
    for source in sources:
        used |= {name for _, name in source.imports}
        used |= {
            f"{source.module}.{node.id}"
            for node in ast.walk(source.tree)
            if isinstance(node, ast.Name)
        }
    return used


def every_command_has_a_door(sources: list[Source], waiting: Collection[str] = ()) -> Broken:
    """A page, a job or the command line calls each command; the seed calls only what these call."""
    doors = [s for s in sources if is_within(s.folder, "pages")]
    doors += [s for s in sources if s.module in ("coprod_data.jobs", "coprod_data.__main__")]
    opened, seed = used_in(doors), used_in(s for s in sources if s.folder == "coprod_data.files")
    for source in sources:
        if source.folder != "coprod_data.commands" or is_helper(source):
            continue
        for function in source.public_functions:
            whole = f"{source.module}.{function.name}"
            if whole not in opened and function.name not in waiting:
                who = "only the seed calls it" if whole in seed else "nobody calls it"
                yield at(source, function.lineno, function.name, f"{who}: give it a door")


def every_read_has_a_reader(sources: list[Source]) -> Broken:
    """Something outside the tests calls each read."""
    read = used_in(sources)
    for source in sources:
        if source.folder != "coprod_data.queries":
            continue
        for function in source.public_functions:
            if f"{source.module}.{function.name}" not in read:
                yield at(source, function.lineno, function.name, "nobody reads it: delete it")


def every_command_is_tried_on_both_engines(sources: list[Source]) -> Broken:
    """A test of `coprod_data` calls it, directly, by a helper or by a job, because page tests may
    run on one.

    See `tests/conftest.py` for which tests run on which engine.
    """
    tried = [s for s in sources if is_within(s.folder, "tests.coprod_data")]
    tried += [s for s in sources if is_within(s.folder, "tests.helpers")]
    tried += [s for s in sources if s.module == "coprod_data.jobs"]
    called = used_in(tried)
    for source in sources:
        if source.folder != "coprod_data.commands" or is_helper(source):
            continue
        for function in source.public_functions:
            if f"{source.module}.{function.name}" not in called:
                yield at(source, function.lineno, function.name, "no test of coprod_data calls it")
