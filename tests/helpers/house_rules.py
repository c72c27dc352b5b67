"""The house rules: each takes our files and returns the lines that break it, with a sentence.

The README says what the rules are for; `test_architecture.py` holds every file to them and shows of
each rule that it does catch what it forbids.
"""

import ast
import re
from collections.abc import Collection, Iterable, Iterator

import sqlalchemy as sa

from tests.helpers.source import Source, is_within

ROOMS = ("voice", "together", "promise", "listening", "board", "office")
FLOORS = [  # from the top down; modules on no floor are at ground level and import nothing
    {"dashboard"},
    {"pages.shell", "pages.door", "pages.public", *(f"pages.{room}" for room in ROOMS)},
    {"pages.shared"},
    {"pages.menu", "pages.parts"},
    {"coprod_data.__main__", "coprod_data.readiness"},
    {"coprod_data.files", "coprod_data.jobs"},
    {"coprod_data.log_proof", "coprod_data.sending", "coprod_data.store.making"},
    {
        "coprod_data.queries",
        "coprod_data.commands",
        "coprod_data.store.database",
        "coprod_data.store.schema",
    },
    {"coprod_data.store.own_keys"},
    {
        "coprod_data.scopes",
        "coprod_data.store.actors",
        "coprod_data.store.released_text",
        "coprod_data.store.erasures",
        "coprod_data.store.join_codes",
        "coprod_data.store.saving",
        "coprod_data.store.seals",
        "coprod_data.store.staff_runs",
        "coprod_data.store.that_day",
        "coprod_data.store.wiping",
        "coprod_data.store.migrations",
    },
    {"coprod_data.models"},
    {
        "coprod_data.rules",
        "coprod_data.store.card_codes",
        "coprod_data.store.owner_only",
        "coprod_data.store.passwords",
        "coprod_data.store.known_browsers",
        "coprod_data.store.one_time_links",
        "coprod_data.store.row_digests",
        "coprod_data.store.sealed_files",
        "coprod_data.store.sealed_texts",
    },
    {
        "coprod_data.permissions",
        "coprod_data.store.keys",
        "coprod_data.store.seal_notes",
    },
    {"coprod_data.store.places"},
    {"coprod_data.vocabulary"},
]
WITH_THE_WORDS = {  # texts that are erased with an entry, or whose words are looked for there
    "entry_version.thinks", "entry_version.wants", "entry_question.text", "use_decision.reason",
    "recall.reason", "consent.ended_because", "check_step.text", "check_step.why",
    "check_step.answer", "contact_wish.first_name", "contact_wish.how", "contact_wish.when_safe",
    "rewording.text", "event_text.text", "draft.text",
}  # fmt: skip
NO_WORDS_OF_THEIRS = {  # names, marks, and wordings of The Promise and of those who inspect
    "audit_round.title", "audit_standard.reference", "audit_standard.short",
    "audit_standard.wording", "audit_standard.source", "auth_session.public_id",
    "auth_session.token_hash", "auth_session.browser", "card_entry.form_hash",
    "card_entry.code_hash",
    "card_entry.code_key", "card_entry.language", "draft.form", "draft.subject", "draft.opened",
    "event.on_behalf", "event.digests", "event_seal.key",
    "event.subject_type", "event_seal.hash", "event_text.field", "group.name",
    "handed_code.sealed", "job.name", "left_run.hash", "login_attempt.name_hash",
    "login_attempt.address_hash", "login_attempt.browser_hash", "trail.name_hash",
    "trail.address_hash", "trail.about", "membership.name", "person.username", "person.name",
    "person.name_key", "person.job", "person.password_hash", "person.work_email", "view_voice.who",
    "view_voice.said",
    "promise_commitment.reference", "promise_commitment.wording",
    "promise_commitment.easy_wording", "promise_theme.title", "promise_theme.young_title",
    "promise_theme.icon", "promise_version.title", "promise_version.adopted_by",
    "commitment_tag.code", "rate_count.what",
    "rate_count.address_hash", "reset_link.token_hash", "rewording.digest",
    "safeguarding_hold.reference", "service.name", "session_code.words",
    "feedback_waiting.form_hash", "session_feedback.form_hash", "session_step.begins",
    "meeting.begins", "meeting.ends", "meeting.place", "meeting.online",
    "meeting.on_screen", "post.title", "post.name",
    "paper.author_title", "paper.author_telephone", "paper.author_email", "paper.fingerprint",
    "paper.portfolio_holder", "paper.executive_director", "paper_layout.name",
    "survey_round.survey", "measure.title", "measure_figure.compared_with", "venue.name",
    "measure_figure.source", "venue.address", "recruitment.post", "page_feedback.page",
    "page_words.page", "course.title", "course_date.begins", "course_date.ends",
    "course_date.place", "learner.name", "page_feedback.month", "page_feedback.form_hash",
    "calendar_feed.token_hash", "pulse_given.form_hash", "library_file.link", "library_file.ending",
}  # fmt: skip
A_NAME = 160  # letters: what is longer can hold a sentence
LONG_WITHOUT_WORDS = {  # of these the ones that are longer, and why no sentence is copied there
    "audit_standard.source": "of those who inspect",
    "audit_standard.wording": "of those who inspect",
    "event.digests": "marks",
    "handed_code.sealed": "marks",
    "measure_figure.source": "where the council published it",
    **dict.fromkeys(("library_file.link", "meeting.online"), "an address of the internet"),
    "paper.executive_director": "names",
    "paper.portfolio_holder": "names",
    "person.work_email": "an address",
    "promise_commitment.easy_wording": "what young people quote, and what a council adopted",
    "promise_commitment.wording": "what young people quote, and what a council adopted",
    "venue.address": "an address",
}
SHELVES = (  # any command may call these
    "event_log", "entries_keeping", "entries_opening", "heard_tally", "left_words", "quotes_steps",
    "rewordings", "rows", "trail",
)  # fmt: skip
# Any scope may read the figures, ask who is on duty, one person or in a role, what hangs on an
# entry, and pass the gate.
ANY_SCOPE_MAY_ASK = ("settings", "duty", "entries", "entries_family", "one_person", "people")
PRINTS_THE_MENU = ("coprod_data.__main__", "pages.menu.pages_page")  # into docs/
PARTS_MAY_ASK = ("settings", "limits", "auth_sessions", "drafts", "quotes")

Broken = Iterator[str]


def at(source: Source, line: int, what: str, sentence: str) -> str:
    return f"{source.path}:{line}: {what} - {sentence}"


def floor(module: str) -> int:
    """How high a module is; a module on no floor is at ground level and imports nothing."""
    for height, packages in enumerate(reversed(FLOORS), start=1):
        if any(is_within(module, package) for package in packages):
            return height
    return 0


def wing(module: str) -> str:
    """The package of its floor that a module belongs to; the ground is one wing."""
    named = (p for packages in FLOORS for p in packages if is_within(module, p))
    return next(named, module.split(".")[0])


def noun(stem: str, folder: Iterable[str]) -> str:
    """`entries` for entries.py and entries_checks.py alike: the shortest name it begins with."""
    beginnings = [name for name in folder if stem == name or stem.startswith(f"{name}_")]
    return min(beginnings, key=len, default=stem)


def imports_forbidden(
    sources: Iterable[Source], inside: str, forbidden: Iterable[str], sentence: str
) -> Broken:
    for source in sources:
        if not is_within(source.module, inside):
            continue
        for line, name in source.imports:
            if (source.module, name) == PRINTS_THE_MENU:
                continue
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
            if (source.module, name) == PRINTS_THE_MENU:
                continue
            same_wing = wing(source.module) == wing(name)
            if floor(name) > floor(source.module) or (
                floor(name) == floor(source.module) and not same_wing
            ):
                yield at(source, line, f"imports {name}", "imports run down, one floor or more")


def siblings_never_meet(sources: list[Source]) -> Broken:
    shelves = ("coprod_data.queries", "coprod_data.commands", "coprod_data.scopes")
    rooms = tuple(f"pages.{room}" for room in ROOMS)
    folders: dict[str, set[str]] = {}
    for source in sources:
        folders.setdefault(source.folder, set()).add(source.stem)
    for source in sources:
        if source.folder not in (*shelves, *rooms) or source.stem == "__init__":
            continue
        for line, name in source.imports:
            if not is_within(name, source.folder) or name == source.folder:
                continue
            sibling = name.removeprefix(source.folder + ".").split(".")[0]
            if source.folder == "coprod_data.scopes" and sibling in ANY_SCOPE_MAY_ASK:
                continue
            beside = folders[source.folder] | {sibling}
            if sibling not in SHELVES and noun(sibling, beside) != noun(source.stem, beside):
                yield at(
                    source, line, f"imports {name}", "what crosses nouns crosses one floor down"
                )


def parts_name_no_noun(sources: list[Source]) -> Broken:
    for source in sources:
        if source.folder != "pages.parts":
            continue
        for line, name in source.imports:
            asked = re.match(r"coprod_data\.(?:queries|commands)\.(\w+)", name)
            if asked and asked[1] not in PARTS_MAY_ASK:
                yield at(source, line, f"imports {name}", "parts knows no noun: put it in a room")


def reads_and_writes_stay_apart(sources: list[Source]) -> Broken:
    for source in sources:
        reads = source.folder in ("coprod_data.queries", "coprod_data.scopes")
        if not reads and source.folder != "coprod_data.commands":
            continue
        for line, name, _ in source.calls():
            if name in ("db.commit", "db.rollback", "db.begin"):
                yield at(
                    source,
                    line,
                    name,
                    "transactions begin and end in coprod_data/store/database.py",
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


def texts_without_a_place(metadata: sa.MetaData, places: Collection[str]) -> Broken:
    """Columns of text that are neither looked through when words leave nor known to need it not."""
    known = {*places, *WITH_THE_WORDS, *NO_WORDS_OF_THEIRS}
    found = set()
    for table in metadata.tables.values():
        for column in table.columns:
            if not isinstance(column.type, sa.String) or isinstance(column.type, sa.Enum):
                continue
            name = f"{table.name}.{column.name}"
            found.add(name)
            if name not in known:
                yield f"{name} - a text of staff is in TextPlace, or is named here with its reason"
            long = column.type.length is None or column.type.length > A_NAME
            if long and name in NO_WORDS_OF_THEIRS and name not in LONG_WITHOUT_WORDS:
                yield f"{name} - it can hold a sentence: put it into TextPlace, or say why not"
    for name in sorted(known - found):
        yield f"{name} - there is no such column"
    for name in sorted(set(places) & {*WITH_THE_WORDS, *NO_WORDS_OF_THEIRS}):
        yield f"{name} - it is named twice"
