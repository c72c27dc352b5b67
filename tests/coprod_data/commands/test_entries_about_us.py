"""Whoever an entry may be about never sees it, nor anything beside it."""

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.entries import Wish
from coprod_data.commands.entries_checks import (
    open_to_read,
    release_entry,
)
from coprod_data.commands.entries_consent import withdraw_entry
from coprod_data.commands.entries_recall import say_worried
from coprod_data.commands.entries_second import agree_release, agree_step, refuse_step
from coprod_data.commands.entries_wishes import open_wish
from coprod_data.models import (
    CheckStep,
    ContactWish,
    EntryMeant,
    PromiseTheme,
)
from coprod_data.permissions import Actor, NotAllowed, NotFound, Role
from coprod_data.queries.entries_queue import entries_to_check, queue_clock
from coprod_data.queries.entries_raw import raw_words
from coprod_data.queries.entries_released import search_words
from coprod_data.scopes.second_person import second_people
from coprod_data.vocabulary.entries import Flag
from coprod_data.vocabulary.entry_care import AboutUs, StepKind
from tests.helpers.about_us import answered, call, sent
from tests.helpers.builders import add, somebody
from tests.helpers.entries_read import later


def see(db: Session, actor: Actor) -> list[int]:
    return [row.id for row in entries_to_check(db, actor)]


def test_somebody_chosen_never_sees_it(
    db: Session, theme: PromiseTheme, worker: Actor, second: Actor
):
    entry = sent(
        db, theme, "They shout at us", about_us=AboutUs.NAMED, meant=frozenset({worker.id})
    )

    assert (see(db, worker), see(db, second)) == ([], [entry.id])
    assert queue_clock(db, worker).unread == 0
    for act in (open_to_read, raw_words):
        with pytest.raises(NotFound):
            act(db, worker, entry.id)
    open_to_read(db, second, entry.id)


def test_a_full_name_or_a_first_name_beside_the_trade_bars_that_person(
    db: Session, theme: PromiseTheme, worker: Actor, second: Actor
):
    call(db, worker, "Amara Oduya")
    call(db, second, "Ben Tranter")
    full = sent(db, theme, "Amara Oduya lied about me")
    trade = sent(db, theme, "my worker ben never comes")

    assert (see(db, worker), see(db, second)) == ([trade.id], [full.id])


def test_a_first_name_by_itself_asks_for_a_second_person_only(
    db: Session, theme: PromiseTheme, worker: Actor
):
    call(db, worker, "Amara Oduya")
    entry = sent(db, theme, "Amara at school is mean")

    assert Flag.ABOUT_US in entry.flag_list
    assert db.scalars(sa.select(EntryMeant)).all() == []
    assert see(db, worker) == [entry.id]


def test_a_young_persons_account_is_nobody_who_works_here(db: Session, theme: PromiseTheme):
    call(db, somebody(db, Role.YOUNG_PERSON), "Jay Marlow")

    sent(db, theme, "Jay Marlow is my best mate")
    assert db.scalars(sa.select(EntryMeant)).all() == []


def test_who_would_not_say_is_read_by_safeguarding_only(
    db: Session, theme: PromiseTheme, worker: Actor
):
    entry = sent(db, theme, "I am afraid to say", about_us=AboutUs.NOT_SAID)
    lead = somebody(db, Role.SAFEGUARDING, Role.YOUTH_VOICE)

    assert (see(db, worker), see(db, lead)) == ([], [entry.id])
    with pytest.raises(NotFound):
        open_to_read(db, worker, entry.id)


def test_where_it_may_be_about_each_of_the_team_safeguarding_reads_it(
    db: Session, theme: PromiseTheme, worker: Actor, second: Actor, lead: Actor
):
    entry = sent(db, theme, "They both shout", meant=frozenset({worker.id, second.id}))
    other = sent(db, theme, "One of them shouts", meant=frozenset({worker.id}))

    assert (see(db, worker), see(db, second), see(db, lead)) == ([], [other.id], [entry.id])
    open_to_read(db, lead, entry.id)
    assert raw_words(db, lead, entry.id).thinks == "They both shout"


def test_whoever_is_meant_is_never_the_second_person(
    db: Session, theme: PromiseTheme, worker: Actor, second: Actor, lead: Actor
):
    entry = sent(db, theme, "He hits me", meant=frozenset({second.id}))

    found = second_people(db, Role.YOUTH_VOICE, at=worker.at, first_id=worker.id, entry=entry)
    assert lead.id in found
    assert not found & {worker.id, second.id}


def test_only_the_two_teams_can_be_chosen(db: Session, theme: PromiseTheme, member: Actor):
    sent(db, theme, "It is the chair", meant=frozenset({member.id, 999}))
    assert db.scalars(sa.select(EntryMeant)).all() == []


def test_even_words_that_are_out_are_not_for_those_they_may_be_about(
    db: Session, theme: PromiseTheme, worker: Actor
):
    call(db, member := somebody(db, Role.BOARD_MEMBER), "Dawn Pryce")
    entry = sent(db, theme, "Dawn Pryce never listens")
    open_to_read(db, worker, entry.id)
    shown = {"shown_thinks": "Dawn Pryce never listens", "shown_wants": ""}
    assert release_entry(db, later(worker), entry.id, **shown) is False  # one of us: two decide
    now = somebody(db, Role.YOUTH_VOICE, at=later(worker, 2).at)
    open_to_read(db, now, entry.id)
    agree_step(db, now, entry.id, StepKind.RELEASE)

    other = somebody(db, Role.BOARD_MEMBER)
    assert [found.entry_id for found in search_words(db, other, "listens")] == [entry.id]
    assert search_words(db, member, "listens") == []
    with pytest.raises(NotFound):
        say_worried(db, member, entry.id)


def test_what_is_added_to_an_entry_that_says_nobody_is_for_safeguarding_too(
    db: Session, theme: PromiseTheme, worker: Actor, lead: Actor
):
    entry = sent(db, theme, "I am afraid to say", about_us=AboutUs.NOT_SAID)
    added = answered(db, entry, "he hit me again")

    assert (see(db, worker), see(db, lead)) == ([], [added.id, entry.id])
    with pytest.raises(NotFound):
        open_to_read(db, worker, added.id)
    open_to_read(db, lead, added.id)
    both = somebody(db, Role.YOUTH_VOICE, Role.SAFEGUARDING)
    assert second_people(
        db, Role.YOUTH_VOICE, at=lead.at, first_id=lead.id, entry=added
    ) == {both.id}  # fmt: skip


def test_an_answer_that_names_each_of_the_team_is_for_safeguarding(
    db: Session, theme: PromiseTheme, worker: Actor, second: Actor, lead: Actor
):
    call(db, worker, "Amara Oduya")
    call(db, second, "Ben Tranter")
    entry = sent(db, theme, "It is cold")
    added = answered(db, entry, "Amara Oduya and Ben Tranter shout at me")

    assert (see(db, worker), see(db, second)) == ([], [])
    assert set(see(db, lead)) == {entry.id, added.id}
    open_to_read(db, lead, added.id)
    assert raw_words(db, lead, added.id).thinks == "Amara Oduya and Ben Tranter shout at me"


def test_an_answer_that_names_the_other_half_of_the_team_is_for_safeguarding(
    db: Session, theme: PromiseTheme, worker: Actor, second: Actor, lead: Actor
):
    call(db, worker, "Amara Oduya")
    call(db, second, "Ben Tranter")
    entry = sent(db, theme, "Amara Oduya shouts")
    added = answered(db, entry, "and Ben Tranter hits me")
    more = answered(db, entry, "Amara Oduya shouted again")

    assert (see(db, worker), see(db, second)) == ([], [])
    assert set(see(db, lead)) == {entry.id, added.id, more.id}
    open_to_read(db, lead, more.id)


def test_a_later_message_closes_the_whole_card_to_whom_it_names_with_its_wish(
    db: Session, theme: PromiseTheme, worker: Actor, second: Actor
):
    call(db, worker, "Amara Oduya")
    entry = sent(db, theme, "It is cold", wish=Wish("Kai", "Text: 07700 900123", "After 4pm"))
    before = answered(db, entry, "still cold")
    open_to_read(db, worker, entry.id)
    open_to_read(db, worker, before.id)

    added = answered(db, entry, "Amara Oduya reads my letters")

    assert see(db, worker) == []
    assert set(see(db, second)) == {entry.id, before.id, added.id}
    for one in (entry, before, added):
        for act in (open_to_read, raw_words):
            with pytest.raises(NotFound):
                act(db, later(worker), one.id)
    with pytest.raises(NotFound):
        open_wish(db, later(worker), db.scalars(sa.select(ContactWish.id)).one())
    open_to_read(db, second, entry.id)


def test_a_name_said_twice_on_a_card_is_written_once(
    db: Session, theme: PromiseTheme, worker: Actor
):
    call(db, worker, "Amara Oduya")
    entry = sent(db, theme, "Amara Oduya shouts")
    added = answered(db, entry, "Amara Oduya shouted again")

    assert {(row.entry_id, row.person_id) for row in db.scalars(sa.select(EntryMeant))} == {
        (entry.id, worker.id), (added.id, worker.id),
    }  # fmt: skip


def test_the_second_person_for_what_safeguarding_proposes_is_never_one_of_them(
    db: Session, theme: PromiseTheme, worker: Actor, lead: Actor, second: Actor
):
    call(db, worker, "Amara Oduya")
    call(db, second, "Ben Tranter")
    entry = sent(db, theme, "Amara Oduya shouts")
    added = answered(db, entry, "and Ben Tranter hits me")
    add(db, CheckStep(
        entry_id=added.id, kind=StepKind.KEEP, proposed_at=lead.at, proposed_by_id=worker.id
    ))  # fmt: skip

    assert not second_people(
        db, Role.YOUTH_VOICE, at=lead.at, first_id=worker.id, entry=added
    ) & {worker.id, second.id}  # fmt: skip
    found = {row.id: row.for_me for row in entries_to_check(db, lead)}
    assert found == {entry.id: True, added.id: True}


def test_whom_a_later_message_may_be_about_takes_the_card_back_with_nobody_and_for_nobody(
    db: Session, theme: PromiseTheme, worker: Actor, second: Actor
):
    call(db, worker, "Amara Oduya")
    entry = sent(db, theme, "It is cold at home")
    added = answered(db, entry, "Amara Oduya shouts at me")

    with pytest.raises(NotFound):
        withdraw_entry(db, worker, entry.id)

    assert (entry.withdrawn_at, added.withdrawn_at) == (None, None)
    others = second_people(
        db, Role.YOUTH_VOICE, at=second.at, first_id=second.id, entry=entry, kind=StepKind.WITHDRAW
    )
    assert worker.id not in others


def test_what_somebody_proposed_before_they_were_named_is_not_the_first_of_two(
    db: Session, theme: PromiseTheme, worker: Actor, second: Actor
):
    call(db, worker, "Amara Oduya")
    entry = sent(db, theme, "she hits me when nobody looks")
    assert entry.flagged
    shown = {"shown_thinks": "she hits me when nobody looks", "shown_wants": ""}
    open_to_read(db, worker, entry.id)
    release_entry(db, worker, entry.id, **shown)
    answer = answered(db, entry, "It was Amara Oduya who hits me")

    now = later(second, 20)
    for one in (entry, answer):
        open_to_read(db, now, one.id)
    for agree in (
        lambda: agree_release(db, now, entry.id, **shown),
        lambda: agree_step(db, now, entry.id, StepKind.RELEASE),
    ):
        with pytest.raises(NotAllowed, match="about the person who proposed this"):
            agree()
    assert entry.released_at is None

    refuse_step(db, now, entry.id, StepKind.RELEASE, answer="Somebody else looks at it.")
    assert release_entry(db, now, entry.id, **shown) is False
