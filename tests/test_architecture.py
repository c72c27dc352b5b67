"""The house rules hold in every file, and each rule is seen to catch what it forbids."""

import ast
from collections.abc import Callable, Iterable
from pathlib import PurePosixPath

import pytest

from coprod_data.permissions import Permission, any_of
from coprod_data.vocabulary.events import EventKind
from coprod_data.vocabulary.events_readers import OFFICE, YOUTH_VOICE
from pages.menu import MENU
from tests.helpers import door_rules, house_rules, migration_rules, page_rules
from tests.helpers.house_exceptions import NO_DOOR_YET, NO_WORDS_LEAVE, NOT_RECORDED
from tests.helpers.source import Source, all_source, dotted

SOURCES = all_source("coprod_data", "pages", "dashboard.py")
EVERYTHING = [*SOURCES, *all_source("tests")]

LONGER = {
    "coprod_data/vocabulary/events.py": "a row for each thing that can happen: one list",
    "coprod_data/permissions.py": "a row for each right, and the actor that carries them",
}
Rule = Callable[[list[Source]], Iterable[str]]


def files_stay_short(sources: list[Source]) -> Iterable[str]:
    return house_rules.files_stay_short(sources, LONGER)


def every_write_is_recorded(sources: list[Source]) -> Iterable[str]:
    return door_rules.every_write_is_recorded(sources, NOT_RECORDED)


def words_pass_the_gate(sources: list[Source]) -> Iterable[str]:
    return door_rules.words_pass_the_gate(sources, NO_WORDS_LEAVE)


def every_command_has_a_door(sources: list[Source]) -> Iterable[str]:
    return door_rules.every_command_has_a_door(sources, NO_DOOR_YET)


COMMAND = "def share(db, actor):\n    actor.must(1)\n    record(db, actor)\n"
LONG = "x = 1\n" * 301
UNFINISHED = "x = 1  # TO" + "DO later"

RULES: list[tuple[Rule, str, str]] = [
    (house_rules.data_never_draws, "coprod_data/queries/people.py", "import streamlit as st"),
    (house_rules.data_never_draws, "coprod_data/files/csv_out.py", "from pages.parts import html"),
    (house_rules.pages_never_ask_the_database, "pages/parts/x.py", "from sqlalchemy import text"),
    (
        house_rules.pages_never_ask_the_database,
        "pages/door/wall.py",
        "from coprod_data.models.people import Person",
    ),
    (house_rules.commands_read_no_screens, "coprod_data/commands/x.py", "import pandas as pd"),
    (
        house_rules.commands_read_no_screens,
        "coprod_data/queries/x.py",
        "from coprod_data.commands import people",
    ),
    (
        house_rules.imports_run_down,
        "coprod_data/models/people.py",
        "from coprod_data.queries.people import people",
    ),
    (
        house_rules.imports_run_down,
        "coprod_data/vocabulary/people.py",
        "from coprod_data.models import base",
    ),
    (house_rules.imports_run_down, "pages/menu.py", "import pages.board.overview"),
    (house_rules.imports_run_down, "pages/voice/x.py", "from pages.board.overview import y"),
    (
        house_rules.siblings_never_meet,
        "coprod_data/commands/actions.py",
        "from coprod_data.commands.outcomes import propose_outcome",
    ),
    (
        house_rules.siblings_never_meet,
        "coprod_data/queries/actions.py",
        "from . import outcomes",
    ),
    (
        house_rules.siblings_never_meet,
        "pages/voice/checking.py",
        "from pages.voice.report_cards import x",
    ),
    (
        door_rules.every_door_has_a_lock,
        "coprod_data/commands/x.py",
        COMMAND.replace("actor.must(1)", "db.add(1)\n    actor.must(1)"),
    ),
    (
        door_rules.every_door_has_a_lock,
        "coprod_data/queries/x.py",
        "def people(db):\n    return []\n",
    ),
    (
        every_write_is_recorded,
        "coprod_data/commands/x.py",
        COMMAND.replace("record(db, actor)", "pass"),
    ),
    (
        house_rules.reads_and_writes_stay_apart,
        "coprod_data/commands/x.py",
        COMMAND + "    db.commit()\n",
    ),
    (
        house_rules.reads_and_writes_stay_apart,
        "coprod_data/queries/x.py",
        COMMAND + "    db.add(1)\n",
    ),
    (
        house_rules.reads_and_writes_stay_apart,
        "coprod_data/commands/x.py",
        COMMAND + "    datetime.now(UTC)\n",
    ),
    (
        house_rules.queries_hand_out_plain_rows,
        "coprod_data/queries/x.py",
        "from coprod_data.models.people import Person\ndef people(db, actor) -> list[Person]: ...",
    ),
    (
        words_pass_the_gate,
        "coprod_data/queries/x.py",
        "def titles(db, actor):\n    return db.scalars(sa.select(EntryVersion.thinks))",
    ),
    (every_command_has_a_door, "coprod_data/commands/x.py", COMMAND),
    (
        door_rules.every_read_has_a_reader,
        "coprod_data/queries/x.py",
        "def names(db, actor):\n    actor.must(1)\n    return []\n",
    ),
    (door_rules.every_command_is_tried_on_both_engines, "coprod_data/commands/x.py", COMMAND),
    (files_stay_short, "coprod_data/x.py", LONG),
    (house_rules.nothing_is_left_unfinished, "coprod_data/x.py", UNFINISHED),
    *((migration_rules.migrations_tell_what_they_write, *one) for one in migration_rules.CAUGHT),
    (page_rules.only_the_shell_stands_in_the_hall, "pages/report_cards.py", ""),
    (
        page_rules.markup_is_drawn_in_one_place,
        "pages/parts/html.py",
        "st.markdown('x', unsafe_allow_html=True)",
    ),
    (page_rules.markup_is_drawn_in_one_place, "pages/voice/x.py", "st.html('<b>')"),
    (page_rules.markup_is_drawn_in_one_place, "pages/public/x.py", "Markup(f'<b>{name}</b>')"),
    (page_rules.markdown_is_ours, "pages/voice/x.py", "st.markdown(row.title)"),
    (page_rules.markdown_is_ours, "pages/voice/x.py", "st.error(f'{name} is gone')"),
    (page_rules.widgets_keep_off_the_sign_in, "pages/voice/x.py", "st.text_input('', key='name')"),
    (
        page_rules.addresses_hold_closed_choices,
        "pages/voice/x.py",
        "st.text_input('Find', bind='query-params')",
    ),
    (
        page_rules.an_actor_lives_in_its_transaction,
        "pages/voice/x.py",
        "with reading() as (db, actor):\n    pass\nst.text(actor.name)",
    ),
    (
        page_rules.an_actor_lives_in_its_transaction,
        "pages/voice/x.py",
        "with reading() as (db, actor):\n    st.button('x', on_click=lambda: go(actor))",
    ),
    (
        page_rules.an_actor_lives_in_its_transaction,
        "pages/voice/x.py",
        "with reading() as (db, actor):\n    st.button('x', args=(actor,))",
    ),
    (
        page_rules.nothing_personal_is_cached,
        "pages/parts/x.py",
        "@st.cache_data\ndef rows(_db, _actor): ...",
    ),
    (
        page_rules.nothing_personal_is_cached,
        "coprod_data/queries/x.py",
        "@statement\ndef _mine(reader: Actor): ...",
    ),
    (
        page_rules.nothing_personal_is_cached,
        "coprod_data/scopes/x.py",
        "@_built_once\ndef own(*, actor): ...",
    ),
    (
        page_rules.every_room_page_asks_first,
        "pages/voice/x.py",
        "'Doc.'\nst.text('hello')\nopen_page('x')",
    ),
    (page_rules.a_room_holds_pages_and_their_files, "pages/voice/x.py", "def y(): ..."),
    (
        house_rules.parts_name_no_noun,
        "pages/parts/x.py",
        "from coprod_data.queries.actions import action",
    ),
    (
        door_rules.rules_never_write,
        "coprod_data/commands/x_rules.py",
        "def complete(db, actor):\n    record(db, actor)\n",
    ),
]

EXCEPTIONS = [  # what a rule finds without its exceptions: functions, or files
    (door_rules.every_write_is_recorded, NOT_RECORDED),
    (door_rules.every_command_has_a_door, NO_DOOR_YET),
    (door_rules.words_pass_the_gate, NO_WORDS_LEAVE),
]

ABOUT_TESTS_TOO = {
    files_stay_short,
    house_rules.nothing_is_left_unfinished,
    door_rules.every_command_is_tried_on_both_engines,
}


@pytest.mark.parametrize(
    ("rule", "excused"), EXCEPTIONS, ids=lambda one: getattr(one, "__name__", "")
)
def test_no_exception_has_outlived_its_reason(rule: Rule, excused: dict[str, str]):
    found = [broken.split(" - ")[0].split(":") for broken in rule(SOURCES)]
    names = {what.strip() for _, _, what in found} | {path for path, _, _ in found}

    assert set(excused) - names == set()


@pytest.mark.parametrize(
    "rule", dict.fromkeys(rule for rule, _, _ in RULES), ids=lambda r: r.__name__
)
def test_house_rule(rule: Rule):
    broken = list(rule(EVERYTHING if rule in ABOUT_TESTS_TOO else SOURCES))

    assert not broken, "\n" + "\n".join(broken)


@pytest.mark.parametrize(
    ("rule", "path", "text"),
    RULES,
    ids=[f"{rule.__name__}-{number}" for number, (rule, _, _) in enumerate(RULES)],
)
def test_house_rule_catches(rule: Rule, path: str, text: str):
    assert list(rule([Source(PurePosixPath(path), text)]))


def test_a_sound_command_breaks_no_rule():
    sound = Source(PurePosixPath("coprod_data/commands/report_cards.py"), COMMAND)

    calls = "from coprod_data.commands.report_cards import share\nshare(db, actor)"
    caller = Source(PurePosixPath("coprod_data/jobs.py"), calls)
    others = {rule for rule, _, _ in RULES} - {page_rules.an_actor_lives_in_its_transaction}

    assert [line for rule in others for line in rule([sound, caller])] == []


def test_every_page_is_in_the_menu_and_asks_for_what_its_line_says():
    rooms = {f"pages.{room}" for room in house_rules.ROOMS}
    pages = [s for s in SOURCES if s.folder in rooms and page_rules.is_page(s)]

    asked = {str(page.path): page_rules.permissions_asked(page) for page in pages}

    assert asked == {
        f"pages/{page.file}": {need.name for need in any_of(page.needs)} for page in MENU
    }


def named(enum: str, *elsewhere_than: str) -> set[str]:
    """The members of an enum that any file names, except files of these names."""
    return {
        node.attr
        for source in SOURCES
        if source.stem not in elsewhere_than
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Attribute) and dotted(node.value) == enum
    }


def test_every_right_is_asked_for_somewhere():
    assert set(Permission.__members__) - named("Permission", "permissions") == set()


def test_every_kind_of_event_has_a_sentence_and_is_recorded_somewhere():
    assert [kind for kind in EventKind if not kind.words] == []
    assert set(EventKind.__members__) - named("EventKind", "events") == {"SIGN_IN_REFUSED"}  # older


def test_every_kind_of_event_is_either_of_the_office_or_of_the_youth_voice_team():
    nouns = {kind.value.split(".")[0] for kind in EventKind}

    assert nouns == OFFICE | YOUTH_VOICE, "put the noun of a new event into one of the two"
    assert set() == OFFICE & YOUTH_VOICE
