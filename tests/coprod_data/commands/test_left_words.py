"""A form that was open when a young person's words left does not save a copy of them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.actions import update_action
from coprod_data.commands.drafts import keep_draft
from coprod_data.commands.entries_care import hold_entry
from coprod_data.commands.entries_checks import open_to_read, release_entry
from coprod_data.commands.entries_consent import change_consent, withdraw_entry
from coprod_data.commands.entries_recall import say_worried
from coprod_data.commands.entries_replies import send_reply, write_summary
from coprod_data.commands.event_log import record
from coprod_data.commands.left_words import forget_left_words
from coprod_data.commands.opportunities import reword_opportunity, suggest_opportunity
from coprod_data.models import (
    Action,
    CardEntry,
    Draft,
    EventText,
    LeftRun,
    Opportunity,
    PromiseCommitment,
    PromiseTheme,
    ReportCard,
)
from coprod_data.permissions import Actor, Invalid, NotAllowed, Role
from coprod_data.rules.own_words import runs_of
from coprod_data.scopes.left_words import hashes_of
from coprod_data.store.database import Database
from coprod_data.store.keys import Key, Keys
from coprod_data.vocabulary.actions import Rag, Stage
from coprod_data.vocabulary.entries import ConsentUse
from coprod_data.vocabulary.events import EventKind
from coprod_data.vocabulary.rewordings import REMOVED
from tests.helpers.builders import NOW, holding_the_code, somebody, the_system
from tests.helpers.databases import statements
from tests.helpers.entries_read import later, let_out
from tests.helpers.plans import owned
from tests.helpers.quoting import BOTH, OURS, QUOTE, THINKS, in_every_place, recalled
from tests.helpers.working_together import WORDED

WAYS: dict[str, Callable[[Session, Actor, CardEntry], object]] = {
    "taken back, and erased": lambda db, _, entry: withdraw_entry(
        db, holding_the_code(entry), entry.id
    ),
    "recalled": recalled,
    "worried about": lambda db, _, entry: say_worried(
        db, somebody(db, Role.BOARD_MEMBER), entry.id
    ),
    "held": lambda db, worker, entry: hold_entry(db, worker, entry.id),
    "only the team": lambda db, _, entry: change_consent(
        db, holding_the_code(entry), entry.id, uses=frozenset()
    ),
}


@pytest.fixture
def action(db: Session, commitment: PromiseCommitment, owner: Actor) -> Action:
    return owned(db, commitment, owner)


def say(db: Session, actor: Actor, action: Action, text: str) -> None:
    update_action(
        db, actor, action.id, stage=Stage.IN_PROGRESS, rag=Rag.GREEN, rag_reason="", text=text
    )


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_however_words_leave_a_form_that_was_open_does_not_save_them(
    db: Session, worker: Actor, owner: Actor, quoted: CardEntry, action: Action,
    way: Callable[..., object],
):  # fmt: skip
    way(db, worker, quoted)

    with pytest.raises(Invalid, match="WHEN i moved, they put my stuff in bin-bags") as refused:
        say(db, later(owner), action, QUOTE)

    assert refused.value.field == "text"
    say(db, later(owner), action, OURS)


def refusal(db: Session, actor: Actor, row: object) -> Invalid | None:
    try:
        record(db, actor, EventKind.OPPORTUNITY_CHANGED, row)
    except Invalid as refused:
        return refused
    return None


def test_no_text_of_staff_is_saved_with_erased_words(
    db: Session, worker: Actor, card: ReportCard, quoted: CardEntry, quoting: Opportunity
):
    rows = in_every_place(db, worker, card, quoting, "Help")
    withdraw_entry(db, holding_the_code(quoted), quoted.id)

    saved = set()
    for place, row in rows.items():
        setattr(row, place.column, QUOTE)
        refused = refusal(db, worker, row)
        if not refused or refused.field != place.column or "put my stuff" not in str(refused):
            saved.add(place)
    assert saved == set()


@pytest.mark.parametrize(
    "copied",
    [
        "put my stuff in bin bags",
        "PUT MY\nSTUFF, in “bin”... bags!",
        "They put  mystuff in binbags, we heard.",
        "p u t m y s t u f f i n b i n b a g s",
        "pùt my stuff in bin bags",
        f"{'Every child gets a suitcase. ' * 150} They put my stuff in bin bags.",
    ],
)
def test_no_spelling_of_six_of_their_words_gets_past(
    db: Session, owner: Actor, quoted: CardEntry, action: Action, copied: str
):
    withdraw_entry(db, holding_the_code(quoted), quoted.id)

    with pytest.raises(Invalid, match="own words are in it"):
        say(db, later(owner), action, copied)


@pytest.mark.parametrize(
    "ours",
    ["They put my stuff in bags.", "put my stuff in bin. Bags", "output my stuff in bin bags"],
)
def test_five_words_and_other_words_are_saved(
    db: Session, owner: Actor, quoted: CardEntry, action: Action, ours: str
):
    withdraw_entry(db, holding_the_code(quoted), quoted.id)
    if "Bags" in ours:  # a full stop between the words is no way round either
        with pytest.raises(Invalid):
            say(db, later(owner), action, ours)
        return
    say(db, later(owner), action, ours)


def test_hidden_words_count_when_more_is_hidden_and_what_stays_out_may_be_repeated(
    db: Session, worker: Actor, owner: Actor, card: ReportCard, action: Action
):
    said = "My aunt Sharon from Hill Street told me off, and they put my stuff in bin bags."
    entry = let_out(db, worker, card, thinks=said, wants=None, consents=BOTH)
    open_to_read(db, later(worker), entry.id)
    recalled(db, later(worker), entry)
    open_to_read(db, later(worker, 3), entry.id)
    with pytest.raises(Invalid):
        say(db, later(owner, 3), action, "We heard: they put my stuff in bin bags.")

    release_entry(
        db, later(worker, 4), entry.id,
        shown_thinks="[somebody in my family] told me off, and they put my stuff in bin bags.",
        shown_wants="", confirmed_many=True,
    )  # fmt: skip

    say(db, later(owner, 5), action, "We heard: they put my stuff in bin bags.")
    with pytest.raises(Invalid, match="aunt Sharon from Hill Street"):
        say(db, later(owner, 5), action, "Ask my aunt Sharon from Hill Street about it.")


def test_words_that_somebody_else_still_says_may_be_repeated(
    db: Session, worker: Actor, owner: Actor, card: ReportCard, quoted: CardEntry, action: Action
):
    withdraw_entry(db, holding_the_code(quoted), quoted.id)
    let_out(db, worker, card, thinks=THINKS, wants=None)

    say(db, later(owner), action, QUOTE)


def test_a_reply_and_a_summary_may_repeat_what_their_own_reader_wrote_and_nobody_else(
    db: Session, worker: Actor, card: ReportCard, quoted: CardEntry
):
    other = let_out(db, worker, card, thinks="My room is cold.", wants=None)
    change_consent(
        db, holding_the_code(quoted), quoted.id, uses=frozenset({ConsentUse.SUMMARY})
    )  # fmt: skip

    open_to_read(db, later(worker), quoted.id)
    send_reply(db, later(worker), quoted.id, text=QUOTE)
    write_summary(db, later(worker), quoted.id, text=f"{QUOTE} Most children here say so.")

    open_to_read(db, later(worker), other.id)
    for write in (send_reply, write_summary):
        with pytest.raises(Invalid, match="own words are in it"), db.begin_nested():
            write(db, later(worker), other.id, text=QUOTE)


def test_a_refused_form_leaves_the_text_as_it_was(
    db: Session, theme: PromiseTheme, worker: Actor, quoted: CardEntry
):
    made = suggest_opportunity(
        db, worker, theme_id=theme.id, wording=replace(WORDED, help_wanted="Help us with bags.")
    )
    hold_entry(db, worker, quoted.id)

    with pytest.raises(Invalid, match="own words are in it") as refused, db.begin_nested():
        reword_opportunity(db, worker, made, wording=replace(WORDED, help_wanted=QUOTE))

    assert refused.value.field == "help_wanted"
    assert db.get_one(Opportunity, made).help_wanted == "Help us with bags."


def test_what_is_typed_and_not_saved_loses_the_words_and_nothing_else(
    db: Session, member: Actor, quoted: CardEntry
):
    keep_draft(db, member, "audit", "1", f"Before. {QUOTE} After.")
    withdraw_entry(db, holding_the_code(quoted), quoted.id)

    keep_draft(db, later(member), "audit", "1", f"Before. {QUOTE} After, and more.")

    kept = db.scalars(sa.select(Draft.text)).one()
    assert "stuff" not in kept
    assert kept.startswith(f"Before. A child said: “[{REMOVED.lower()}]")
    assert kept.endswith("After, and more.")


def test_only_hashes_under_the_key_are_kept_for_twelve_hours(
    db: Session, owner: Actor, quoted: CardEntry, action: Action
):
    withdraw_entry(db, holding_the_code(quoted), quoted.id)
    kept = db.scalars(sa.select(LeftRun)).all()
    assert {len(row.hash) for row in kept} == {64}
    assert [row.hash for row in kept] == sorted(row.hash for row in kept)
    assert not set(hashes_of(Key("1", b"x" * 32), runs_of([THINKS]).many)) & {
        row.hash for row in kept
    }
    assert db.scalars(sa.select(EventText).where(EventText.field.like("left_run%"))).all() == []

    almost, over = NOW + timedelta(hours=11, minutes=59), NOW + timedelta(hours=12)
    forget_left_words(db, the_system(almost))
    with pytest.raises(Invalid), db.begin_nested():
        say(db, replace(owner, at=almost), action, QUOTE)
    say(db, replace(owner, at=over), action, QUOTE)
    forget_left_words(db, the_system(over))
    assert db.scalars(sa.select(LeftRun)).all() == []
    with pytest.raises(NotAllowed):
        forget_left_words(db, owner)


def test_a_new_key_of_the_server_does_not_let_them_past(
    db: Session, owner: Actor, quoted: CardEntry, action: Action
):
    withdraw_entry(db, holding_the_code(quoted), quoted.id)
    db.info["keys"] = Keys((*db.info["keys"].all, Key("2", b"n" * 32)))

    with pytest.raises(Invalid):
        say(db, later(owner), action, QUOTE)


def test_the_check_costs_the_same_however_much_has_left(
    database: Database, db: Session, worker: Actor, owner: Actor, card: ReportCard, action: Action
):
    def count_for(text: str) -> int:
        with statements(database) as sent:
            say(db, later(owner), action, text)
        return len(sent)

    say(db, owner, action, "First.")
    before = count_for("Every child gets a suitcase before they move.")
    for number in range(12):
        said = " ".join(f"w{number}x{place}" for place in range(40))
        entry = let_out(db, worker, card, thinks=said, wants=None)
        withdraw_entry(db, holding_the_code(entry), entry.id)

    assert count_for("Every child gets a suitcase before each move.") <= before + 1
