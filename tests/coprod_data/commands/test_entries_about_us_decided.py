"""What is about one of us is decided by two people, whatever is decided."""

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.entries import Wish
from coprod_data.commands.entries_checks import (
    ask_back,
    keep_entry,
    open_to_read,
    release_entry,
)
from coprod_data.commands.entries_endings import close_entry, pass_to_worker
from coprod_data.commands.entries_second import refuse_step
from coprod_data.commands.entries_wishes import open_wish, wish_to_talk
from coprod_data.models import (
    CardEntry,
    Consent,
    ContactWish,
    EntryMeant,
    Person,
    PromiseTheme,
    ReportCard,
)
from coprod_data.permissions import Actor, Role
from coprod_data.queries.entries_queue import entries_to_check
from coprod_data.queries.entries_raw import raw_words
from coprod_data.queries.report_cards import report_cards
from coprod_data.scopes.entries_family import of
from coprod_data.scopes.entries_readers import not_about_reader
from coprod_data.scopes.second_person import about_whom, second_people
from coprod_data.vocabulary.entries import ConsentUse
from coprod_data.vocabulary.entry_care import AboutUs, StepKind
from tests.helpers.about_us import Told, answered, call, sent
from tests.helpers.builders import (
    add,
    an_entry,
    holding_the_code,
    somebody,
    unrecorded,
)
from tests.helpers.entries_read import later


def by_name(db: Session, theme: PromiseTheme, _worker: Actor) -> CardEntry:
    return sent(db, theme, "Dawn Pryce came late")


def by_choice(db: Session, theme: PromiseTheme, second: Actor) -> CardEntry:
    return sent(db, theme, "They came late", about_us=AboutUs.NAMED, meant=frozenset({second.id}))


def by_somebody_else(db: Session, theme: PromiseTheme, _second: Actor) -> CardEntry:
    return sent(db, theme, "They came late", about_us=AboutUs.SOMEBODY_ELSE)


def by_a_wish(db: Session, theme: PromiseTheme, _second: Actor) -> CardEntry:
    return sent(db, theme, "It is cold", wish=Wish("Kai", "At school", "not when Dawn Pryce is in"))


def by_a_wish_later(db: Session, theme: PromiseTheme, _second: Actor) -> CardEntry:
    entry = sent(db, theme, "It is cold")
    said = {"first_name": "Dawn Pryce knows me", "how": "At school", "when_safe": ""}
    wish_to_talk(db, holding_the_code(entry), entry.id, **said)
    return entry


def by_a_later_message(db: Session, theme: PromiseTheme, _second: Actor) -> CardEntry:
    entry = sent(db, theme, "It is cold")
    answered(db, entry, "Dawn Pryce came late")
    return entry


def beside_what_says_so(db: Session, theme: PromiseTheme, second: Actor) -> CardEntry:
    return answered(db, by_name(db, theme, second), "and again")


CERTAIN = (
    by_name, by_choice, by_somebody_else, by_a_wish, by_a_wish_later, by_a_later_message,
    beside_what_says_so,
)  # fmt: skip
ENDINGS = {
    StepKind.RELEASE: lambda db, one, entry: release_entry(
        db, one, entry.id, shown_thinks=raw_words(db, one, entry.id).thinks, shown_wants=""
    ),
    StepKind.KEEP: lambda db, one, entry: keep_entry(db, one, entry.id),
    StepKind.ASK_BACK: lambda db, one, entry: ask_back(db, one, entry.id, text="Who?") or False,
    StepKind.PASS_ON: lambda db, one, entry: pass_to_worker(db, one, entry.id),
    StepKind.CLOSE: lambda db, one, entry: close_entry(db, one, entry.id, text="Thank you."),
}


@pytest.mark.parametrize("told", CERTAIN)
def test_no_ending_of_what_is_about_one_of_us_is_one_persons(
    db: Session, theme: PromiseTheme, worker: Actor, second: Actor, told: Told
):
    call(db, second, "Cllr Dawn Pryce")
    entry = told(db, theme, second)
    main = db.get_one(CardEntry, entry.about_id or entry.id)
    if told not in (by_a_wish, by_a_wish_later):
        wish_to_talk(db, holding_the_code(main), main.id, first_name="", how="x", when_safe="")
    for wish in db.scalars(sa.select(ContactWish).where(ContactWish.entry_id == main.id)):
        open_wish(db, worker, wish.id)
    for kind, end in ENDINGS.items():
        uses = [] if kind is StepKind.KEEP else [ConsentUse.BOARD]
        with unrecorded(db):
            db.execute(sa.delete(Consent).where(Consent.entry_id == entry.id))
        for use in uses:
            add(db, Consent(entry_id=entry.id, use=use, given_at=worker.at))
        now = later(worker)
        for one in db.scalars(sa.select(CardEntry.id).where(of([main.id]))):
            open_to_read(db, now, one)
        assert end(db, now, entry) is False, kind
        assert (entry.dealt_at, entry.released_at) == (None, None)
        refuse_step(db, now, entry.id, kind, answer="")


def see(db: Session, actor: Actor) -> list[int]:
    return [row.id for row in entries_to_check(db, actor)]


def test_another_account_of_whom_it_is_about_does_not_see_it_nor_decide_it(
    db: Session, theme: PromiseTheme, worker: Actor, second: Actor, lead: Actor
):
    call(db, worker, "Amara Oduya")
    call(db, second, "Dr Amara ODUYA")
    entry = sent(db, theme, "They shout", about_us=AboutUs.NAMED, meant=frozenset({worker.id}))

    assert (see(db, second), see(db, lead)) == ([], [entry.id])
    found = second_people(db, Role.YOUTH_VOICE, at=worker.at, first_id=lead.id, entry=entry)
    assert not found & {worker.id, second.id}


def test_an_account_that_somebody_gets_later_sees_nothing_that_is_about_them(
    db: Session, theme: PromiseTheme, worker: Actor, second: Actor
):
    """Neither before words are out nor after, in a list, a count or a search of any role."""
    call(db, worker, "Amara Oduya")
    entry = sent(db, theme, "They shout", about_us=AboutUs.NAMED, meant=frozenset({worker.id}))
    later = somebody(db, Role.YOUTH_VOICE, name="Amara ODUYA")
    member, other = somebody(db, Role.BOARD_MEMBER), somebody(db, Role.BOARD_MEMBER)

    assert (see(db, later), see(db, second)) == ([], [entry.id])
    assert about_whom(db, CardEntry.id == entry.id)[entry.id].meant == {worker.id, later.id}

    out = an_entry(db, db.get_one(ReportCard, entry.report_card_id), "They shout", released=True)
    add(db, EntryMeant(entry_id=out.id, person_id=member.id))
    again = somebody(db, Role.BOARD_MEMBER, name=db.get_one(Person, member.id).name)
    assert [report_cards(db, one).total for one in (member, again, other)] == [0, 0, 1]
    read = sa.select(CardEntry.id).where(CardEntry.id == out.id)
    assert [
        db.scalar(read.where(not_about_reader()), {"reader": one.id}) for one in (again, other)
    ] == [None, out.id]
