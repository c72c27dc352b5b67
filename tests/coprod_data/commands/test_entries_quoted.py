"""When a young person's words leave, texts of staff that repeat them are being reworded."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.entries_care import hold_entry
from coprod_data.commands.entries_checks import release_entry
from coprod_data.commands.entries_consent import change_consent, withdraw_entry
from coprod_data.commands.entries_quoted import put_text_back, reword_text
from coprod_data.commands.entries_recall import say_worried
from coprod_data.commands.opportunities import reword_opportunity, suggest_opportunity
from coprod_data.models import (
    CardEntry,
    Draft,
    EntryMeant,
    Opportunity,
    PromiseTheme,
    ReportCard,
    YoungView,
)
from coprod_data.permissions import Actor, NotAllowed, NotFound, Role
from coprod_data.queries.entries_quoted import text_to_reword, texts_to_reword
from coprod_data.store.database import Database
from coprod_data.vocabulary.actions import Face
from coprod_data.vocabulary.entries import ConsentUse, EntryKind
from coprod_data.vocabulary.rewordings import BEING_REWORDED, REMOVED, TextEnd, TextPlace
from tests.helpers.builders import (
    NOW,
    a_commitment,
    a_service,
    add,
    an_action,
    an_entry,
    an_opportunity,
    holding_the_code,
    somebody,
    unrecorded,
)
from tests.helpers.databases import statements
from tests.helpers.entries_read import let_out, read, taken_back_for
from tests.helpers.quoting import (
    LIKE,
    OURS,
    QUOTE,
    a_row_of,
    in_every_place,
    logged_words,
    recalled,
    waiting,
)
from tests.helpers.working_together import WORDED, Work, the_person

WAYS: dict[str, Callable[[Session, Actor, CardEntry], object]] = {
    "taken back": lambda db, _, entry: withdraw_entry(db, holding_the_code(entry), entry.id),
    "taken back for them": lambda db, worker, entry: taken_back_for(db, worker, entry),
    "recalled": recalled,
    "worried about": lambda db, _, entry: say_worried(
        db, somebody(db, Role.BOARD_MEMBER), entry.id
    ),
    "held": lambda db, worker, entry: hold_entry(db, worker, entry.id),
    "only the Board": lambda db, _, entry: change_consent(
        db, holding_the_code(entry), entry.id, uses=frozenset({ConsentUse.BOARD})
    ),
    "only the team": lambda db, _, entry: change_consent(
        db, holding_the_code(entry), entry.id, uses=frozenset()
    ),
}


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_however_words_leave_a_text_that_repeats_them_leaves_too(
    db: Session,
    worker: Actor,
    quoted: CardEntry,
    quoting: Opportunity,
    way: Callable[..., object],
):
    way(db, worker, quoted)

    assert quoting.help_wanted == BEING_REWORDED
    assert quoting.title == "Bags"
    reader = somebody(db, Role.YOUTH_VOICE, Role.SAFEGUARDING)  # may read held words too
    shown = text_to_reword(db, reader, waiting(db, reader))
    assert "".join(piece for piece, _ in shown.pieces) == QUOTE
    assert [piece for piece, own in shown.pieces if own] == [
        "WHEN i moved, they put  my stuff in bin-bags"
    ]


def test_every_place_of_the_chain_is_looked_through(
    db: Session, worker: Actor, card: ReportCard, quoted: CardEntry, quoting: Opportunity
):
    rows = in_every_place(db, worker, card, quoting, QUOTE)

    withdraw_entry(db, holding_the_code(quoted), quoted.id)

    kept = {place for place, row in rows.items() if getattr(row, place.column) != BEING_REWORDED}
    assert kept == set()
    assert sorted(one.place for one in texts_to_reword(db, worker)) == sorted(TextPlace)


def test_other_words_stay_as_they_are(
    db: Session, worker: Actor, themes: list[PromiseTheme], quoted: CardEntry
):
    person = the_person(db, worker)
    elsewhere = an_opportunity(db, themes[1], person, help_wanted=LIKE)
    few, small = (
        an_opportunity(db, themes[0], person, help_wanted=text)
        for text in ("They put my stuff away.", "They were in my way.")
    )
    for _ in range(2):  # none of these words is rare in this council
        an_opportunity(db, themes[1], person, help_wanted="They put things: my own stuff, in it.")

    withdraw_entry(db, holding_the_code(quoted), quoted.id)

    assert (elsewhere.help_wanted, small.help_wanted) == (LIKE, "They were in my way.")
    assert few.help_wanted == BEING_REWORDED, "four in a row that say something, on the chain"
    assert [row.place for row in texts_to_reword(db, worker)] == [TextPlace.HELP_WANTED]


def test_four_words_in_a_row_are_enough_when_one_of_them_is_rare(
    db: Session, worker: Actor, themes: list[PromiseTheme], quoted: CardEntry
):
    person = the_person(db, worker)
    common = ["They say one thing.", "One of the days.", "On a drive.", "The list.", "One list."]
    for words in common:
        an_opportunity(db, themes[1], person, help_wanted=words)
    rare = an_opportunity(db, themes[0], person, help_wanted="It SPLIT on the drive!")
    copy = an_opportunity(db, themes[0], person, title="Split on the drive", help_wanted="-")

    withdraw_entry(db, holding_the_code(quoted), quoted.id)

    assert (rare.help_wanted, copy.title) == (BEING_REWORDED, BEING_REWORDED)


def test_the_log_and_what_staff_typed_forget_the_words(
    db: Session, worker: Actor, member: Actor, chair: Actor, quoted: CardEntry, card: ReportCard
):
    id_ = suggest_opportunity(
        db, chair, theme_id=card.theme_id, wording=replace(WORDED, help_wanted=QUOTE)
    )
    reword_opportunity(db, worker, id_, wording=replace(WORDED, help_wanted="Help us with bags."))
    draft = add(db, Draft(
        person_id=member.id, form="audit", subject="1", text=f"Before. {QUOTE} After.",
        saved_at=NOW,
    ))  # fmt: skip
    assert logged_words(db) == [QUOTE]

    withdraw_entry(db, holding_the_code(quoted), quoted.id)

    assert logged_words(db) == []
    assert draft.text.startswith(f"Before. A child said: “[{REMOVED.lower()}]")
    assert draft.text.endswith("After.")
    assert texts_to_reword(db, worker) == []


def test_hidden_words_count_and_only_the_team_can_see_the_text(
    db: Session, worker: Actor, lead: Actor, chair: Actor, card: ReportCard, theme: PromiseTheme
):
    entry = read(db, worker, card, thinks="My aunt Sharon from Hill Street told me off", wants=None)
    release_entry(
        db, worker, entry.id, shown_thinks="[somebody in my family] told me off", shown_wants="",
        confirmed_many=True,
    )  # fmt: skip
    made = an_opportunity(
        db, theme, the_person(db, worker), help_wanted="Ask my aunt Sharon from Hill Street."
    )

    recalled(db, worker, entry)

    assert made.help_wanted == BEING_REWORDED
    for actor in (lead, chair, somebody(db, Role.ADMINISTRATOR), somebody(db, Role.MANAGER)):
        for door in (
            lambda: texts_to_reword(db, actor),  # noqa: B023 - called at once
            lambda: text_to_reword(db, actor, 1),  # noqa: B023
            lambda: reword_text(db, actor, 1, text=OURS),  # noqa: B023
            lambda: put_text_back(db, actor, 1, ending=TextEnd.NOT_THEIRS),  # noqa: B023
        ):
            with pytest.raises(NotAllowed):
                door()


@pytest.mark.usefixtures("quoting")
def test_whoever_an_entry_may_be_about_never_meets_the_text(
    db: Session, worker: Actor, second: Actor, quoted: CardEntry
):
    add(db, EntryMeant(entry_id=quoted.id, person_id=worker.id))
    recalled(db, second, quoted)

    assert texts_to_reword(db, worker) == []
    number = waiting(db, second)
    with pytest.raises(NotFound):
        text_to_reword(db, worker, number)
    with pytest.raises(NotFound):
        reword_text(db, worker, number, text=OURS)


@pytest.mark.parametrize("place", [TextPlace.REPLY, TextPlace.SUMMARY])
def test_whoever_a_card_may_be_about_never_meets_what_was_written_about_it(
    db: Session, worker: Actor, second: Actor, card: ReportCard, quoted: CardEntry,
    quoting: Opportunity, place: TextPlace,
):  # fmt: skip
    row: Any = a_row_of(db, place.table, second, card, quoting)
    add(db, EntryMeant(entry_id=row.entry_id, person_id=worker.id))
    with unrecorded(db):
        quoting.help_wanted = "Help"
        row.text = QUOTE

    withdraw_entry(db, holding_the_code(quoted), quoted.id)

    assert texts_to_reword(db, worker) == []
    number = waiting(db, second)
    for door in (
        lambda: text_to_reword(db, worker, number),
        lambda: reword_text(db, worker, number, text=OURS),
        lambda: put_text_back(db, worker, number, ending=TextEnd.NOT_THEIRS),
    ):
        with pytest.raises(NotFound):
            door()
    assert row.text == BEING_REWORDED


def test_the_words_of_an_answer_or_a_view_leave_like_those_of_a_card(
    db: Session, worker: Actor, card: ReportCard, quoted: CardEntry, quoting: Opportunity
):
    with unrecorded(db):
        quoting.help_wanted = "Buses that come when the school day ends at three."
    let_out(
        db, worker, card, thinks="the school day ends at three on some days", wants=None,
        kind=EntryKind.ANSWER, about_id=quoted.id,
    )  # fmt: skip

    withdraw_entry(db, holding_the_code(quoted), quoted.id)

    assert quoting.help_wanted == BEING_REWORDED


def test_views_of_a_card_taken_back_leave_at_once_and_no_earlier_one_comes_instead(
    db: Session, together: Work
):
    action = an_action(
        db, a_commitment(db, together.theme), the_person(db, together.worker), a_service(db),
        opportunity_id=together.opportunity.id,
    )  # fmt: skip
    young = somebody(db, Role.YOUNG_PERSON)
    words = an_entry(db, together.card, kind=EntryKind.VIEW)
    for entry_id, person_id, words_id in (
        (together.entry.id, None, None), (None, young.id, None), (None, young.id, words.id),
    ):  # fmt: skip
        add(db, YoungView(
            action_id=action.id, entry_id=entry_id, person_id=person_id, face=Face.SMILE,
            words_entry_id=words_id, at=NOW,
        ))  # fmt: skip

    withdraw_entry(db, together.author, together.entry.id)
    assert {view.person_id for view in db.scalars(sa.select(YoungView))} == {young.id}
    taken_back_for(db, together.worker, words)
    assert db.scalars(sa.select(YoungView)).all() == []


def test_the_texts_of_the_council_are_read_once_however_long_the_words_are(
    database: Database, db: Session, worker: Actor, card: ReportCard, theme: PromiseTheme
):
    def count_for(sentences: int) -> int:
        ends = [f"{n}of{sentences}" for n in range(sentences)]  # no two entries share a word
        said = [f"Grew{n} split{n} on{n} drive{n} often{n} now{n}." for n in ends]
        entry = let_out(db, worker, card, thinks=" ".join(said), wants=None)
        four = " ".join(" ".join(one.split()[:4]) + " and." for one in said)
        repeats = an_opportunity(db, theme, the_person(db, worker), help_wanted=four)
        with statements(database) as sent:
            withdraw_entry(db, holding_the_code(entry), entry.id)
        assert repeats.help_wanted == BEING_REWORDED
        return len(sent)

    count_for(2)  # also asks that files are wiped, once for all of them
    assert count_for(30) == count_for(1)
