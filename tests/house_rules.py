"""The house rules: each takes our files and gives back the lines that break it, with the sentence.

What the rules are for is told in the README; `test_architecture.py` holds every file to them and
shows of each rule that it does catch what it forbids.
"""

import ast
import re
from collections.abc import Collection, Iterable, Iterator

from tests.source import Function, Source, dotted, is_within

ROOMS = ("voice", "together", "promise", "board", "office")
FLOORS = [
    {"dashboard"},
    {"pages.shell", "pages.door", "pages.public", *(f"pages.{room}" for room in ROOMS)},
    {"pages.parts"},
    {"coprod_data.__main__"},
    {"coprod_data.files", "coprod_data.jobs"},
    {"coprod_data.queries", "coprod_data.commands", "coprod_data.database", "coprod_data.schema"},
    {
        "coprod_data.scopes",
        "coprod_data.actors",
        "coprod_data.targets",
        "coprod_data.released_text",
        "coprod_data.seals",
        "coprod_data.migrations",
    },
    {"coprod_data.models"},
]

SHARED = ("event_log", "entry_words")  # what any command may call; its caller locks and records

Broken = Iterator[str]


def at(source: Source, line: int, what: str, sentence: str) -> str:
    return f"{source.path}:{line}: {what} - {sentence}"


def floor(module: str) -> int:
    """How high a module stands; what no floor names stands on the ground and knows nothing."""
    for height, packages in enumerate(reversed(FLOORS), start=1):
        if any(is_within(module, package) for package in packages):
            return height
    return 0


def wing(module: str) -> str:
    """The package of its floor that a module belongs to; the ground is one wing."""
    named = (p for packages in FLOORS for p in packages if is_within(module, p))
    return next(named, module.split(".")[0])


def noun(stem: str) -> str:
    """`entries` for entries.py, entry_checks.py and entries_rules.py alike."""
    nouns = ("report_cards", "promise", "entries", "opportunities", "outcomes", "actions",
             "audits", "people", "settings", "events")  # fmt: skip
    if stem.startswith("entry_"):
        return "entries"
    return next((noun for noun in nouns if stem == noun or stem.startswith(noun + "_")), stem)


def imports_forbidden(
    sources: Iterable[Source], inside: str, forbidden: Iterable[str], sentence: str
) -> Broken:
    for source in sources:
        if not is_within(source.module, inside):
            continue
        for line, name in source.imports:
            if any(is_within(name, package) for package in forbidden):
                yield at(source, line, f"imports {name}", sentence)


def data_never_draws(sources: list[Source]) -> Broken:
    yield from imports_forbidden(
        sources, "coprod_data", ("streamlit", "streamlit_authenticator", "altair", "pages"),
        "coprod_data never draws",
    )  # fmt: skip


def pages_never_ask_the_database(sources: list[Source]) -> Broken:
    yield from imports_forbidden(
        sources, "pages", ("sqlalchemy", "coprod_data.models"),
        "pages ask coprod_data.queries and coprod_data.commands, never the tables",
    )  # fmt: skip


def commands_read_no_screens(sources: list[Source]) -> Broken:
    yield from imports_forbidden(
        sources, "coprod_data.commands", ("coprod_data.queries", "coprod_data.files", "pandas"),
        "a command changes; it reads its own rows and knows no format",
    )  # fmt: skip
    yield from imports_forbidden(
        sources, "coprod_data.queries", ("coprod_data.commands",), "a query never writes"
    )


def imports_run_down(sources: list[Source]) -> Broken:
    for source in sources:
        for line, name in source.imports:
            if not (is_within(name, "coprod_data") or is_within(name, "pages")):
                continue
            same_wing = wing(source.module) == wing(name)
            if floor(name) > floor(source.module) or (
                floor(name) == floor(source.module) and not same_wing
            ):
                yield at(source, line, f"imports {name}", "imports run down, one floor or more")


def siblings_never_meet(sources: list[Source]) -> Broken:
    shelves = ("coprod_data.queries", "coprod_data.commands", "coprod_data.scopes")
    rooms = tuple(f"pages.{room}" for room in ROOMS)
    for source in sources:
        if source.folder not in (*shelves, *rooms) or source.stem == "__init__":
            continue
        for line, name in source.imports:
            if not is_within(name, source.folder) or name == source.folder:
                continue
            sibling = name.removeprefix(source.folder + ".").split(".")[0]
            if sibling not in ("event_log", "entry_words") and noun(sibling) != noun(source.stem):
                yield at(
                    source, line, f"imports {name}", "what crosses nouns crosses one floor down"
                )


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
    return source.stem in ("__init__", "event_log", "entry_words") or source.stem.endswith("_rules")


def called_names(function: Function) -> set[str]:
    return {dotted(node.func) for node in ast.walk(function) if isinstance(node, ast.Call)}


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
            if "record" not in reached and function.name not in exempt:
                yield at(
                    source, function.lineno, function.name, "tells the log: record(db, actor, ...)"
                )


def reads_and_writes_stay_apart(sources: list[Source]) -> Broken:
    for source in sources:
        reads = source.folder in ("coprod_data.queries", "coprod_data.scopes")
        if not reads and source.folder != "coprod_data.commands":
            continue
        for line, name, _ in source.calls():
            if name in ("db.commit", "db.rollback", "db.begin"):
                yield at(
                    source, line, name, "transactions begin and end in coprod_data/database.py"
                )
            if reads and name in ("db.add", "db.add_all", "db.delete", "db.flush", "db.merge"):
                yield at(source, line, name, "a query never adds and never flushes")
            if re.fullmatch(r"(datetime|dt|date)(\.\w+)?\.(now|utcnow|today)|time\.time", name):
                yield at(source, line, name, "the moment is actor.at")


def queries_hand_out_plain_rows(sources: list[Source]) -> Broken:
    for source in sources:
        if source.folder != "coprod_data.queries":
            continue
        models = {n.rpartition(".")[2] for _, n in source.imports if ".models" in n}
        for function in source.public_functions:
            said = {
                n.id for n in ast.walk(function.returns or ast.Pass()) if isinstance(n, ast.Name)
            }
            if said & models:
                yield at(source, function.lineno, function.name, "nothing that can be saved leaves")


def files_stay_short(sources: list[Source], longer: dict[str, str]) -> Broken:
    for source in sources:
        lines = source.text.count("\n")
        if lines > 300 and str(source.path) not in longer:
            yield at(source, lines, f"{lines} lines", "at 300, ask what the second subject is")


def nothing_is_left_unfinished(sources: list[Source]) -> Broken:
    words = re.compile(r"\b(TO" r"DO|FIX" r"ME|X" r"XX|lorem ip" r"sum|coming so" r"on)\b", re.I)
    for source in sources:
        for number, line in enumerate(source.text.splitlines(), start=1):
            if found := words.search(line):
                yield at(source, number, found[0], "finish it or leave it out")
