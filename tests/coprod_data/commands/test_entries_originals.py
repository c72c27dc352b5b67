"""Of words that others read what was hidden goes first; the log loses texts and names, no event."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.entries_checks import open_to_read, release_entry
from coprod_data.commands.entries_consent import withdraw_entry
from coprod_data.commands.entries_erasing import erase_what_is_due, keep_only_what_is_shown
from coprod_data.commands.entries_wording_steps import shown_version
from coprod_data.commands.event_log_forgetting import forget_old_log
from coprod_data.commands.people_details import change_person
from coprod_data.models import (
    CardEntry,
    EntryVersion,
    Event,
    EventText,
    Opportunity,
    Person,
    PromiseTheme,
    Reply,
    ReportCard,
)
from coprod_data.permissions import Actor, Role
from coprod_data.queries.entries import follow_entry
from coprod_data.queries.event_rows import row_that_does_not_fit
from coprod_data.queries.retention import count_due
from coprod_data.rules.clocks import months_before
from coprod_data.store.erasures import ERASED, erasures_of, make_erasures_whole, read_erased
from coprod_data.store.keys import load_keys
from coprod_data.vocabulary.entries import ConsentUse, Review, VersionKind
from coprod_data.vocabulary.opportunities import OpportunityState
from coprod_data.vocabulary.retention import FORMER, Kept
from tests.helpers.builders import (
    NOW,
    a_person,
    a_report_card,
    add,
    an_entry,
    an_opportunity,
    holding_the_code,
    somebody,
    the_system,
    unrecorded,
)
from tests.helpers.told import tell_all
from tests.helpers.working_together import a_source, the_person

YEAR_AGO, SIX_YEARS_AGO = months_before(NOW, 12), months_before(NOW, 72)
SAID, SHOWN = "Sam Ford took my key.", "[a worker] took my key."


def let_out(
    db: Session, card: ReportCard, worker: Actor, at: datetime = YEAR_AGO, **said: Any
) -> CardEntry:
    """Words let out and answered at a moment, with a name hidden, after a first try at it."""
    entry = an_entry(db, card, SAID, None, released=True, **said)
    for number, thinks in ((2, "[a friend] took my key."), (3, SHOWN)):
        shown = add(db, EntryVersion(
            entry_id=entry.id, number=number, kind=VersionKind.SHOWN, thinks=thinks, wants=None,
            spans=[["thinks", 0, 8, thinks.partition("]")[0][1:]]], made_at=at,
        ))  # fmt: skip
    with unrecorded(db):
        entry.released_version_id = shown.id
        entry.released_at = entry.dealt_at = entry.replied_at = at
    add(db, Reply(entry_id=entry.id, text="Thank you.", person_id=worker.id, at=at))
    return entry


def kept_of(db: Session, entry: CardEntry) -> list[str | None]:
    versions = sa.select(EntryVersion).where(EntryVersion.entry_id == entry.id)
    return [one.thinks for one in db.scalars(versions.order_by(EntryVersion.number))]


def test_a_year_after_the_reply_only_what_is_shown_stays(
    db: Session, themes: list[PromiseTheme], card: ReportCard, worker: Actor, tmp_path: Path
) -> None:
    hidden = let_out(db, card, worker)
    told = let_out(db, card, worker, consents=(ConsentUse.SUMMARY,))
    younger = let_out(db, card, worker, YEAR_AGO + timedelta(seconds=1))
    used = let_out(db, a_report_card(db, themes[1]), worker)
    work = an_opportunity(db, themes[1], the_person(db, worker), state=OpportunityState.WORKING)
    a_source(db, work, used)
    an_entry(db, card, released=True)  # nothing is hidden in it

    assert count_due(db, the_system())[Kept.ORIGINALS] == 1
    assert keep_only_what_is_shown(db, the_system()) == {Kept.ORIGINALS: 1}
    assert keep_only_what_is_shown(db, the_system()) == {}
    assert count_due(db, the_system())[Kept.ORIGINALS] == 0
    assert erase_what_is_due(db, the_system()) == {}
    assert ERASED not in db.info  # a restored backup keeps these entries

    assert kept_of(db, hidden) == [None, None, SHOWN]
    for entry in (younger, used, told):
        assert kept_of(db, entry)[0] == SAID
    versions = sa.select(EntryVersion).where(EntryVersion.entry_id == hidden.id)
    assert [one.salt is None for one in db.scalars(versions.order_by(EntryVersion.number))] == [
        True, True, False
    ]  # fmt: skip
    event = db.scalars(sa.select(Event).order_by(Event.id.desc()).limit(1)).one()
    assert event.changes["originals"] == 1
    assert "Ford" not in str(event.changes)
    assert follow_entry(db, holding_the_code(hidden)).thinks == SHOWN
    erased = tmp_path / "key"
    make_erasures_whole(db, erased, load_keys(erased), NOW)
    assert read_erased(erasures_of(erased)) == set()

    # Taken back in and let out again with more hidden: the same letters, of another wording.
    with unrecorded(db):
        hidden.review, hidden.dealt_at = Review.SUBMITTED, None
    again = shown_version(db, worker, hidden, "[a worker]rker] took my key.", "", False)
    assert db.get_one(EntryVersion, again).thinks == "[a worker]rker] took my key."
    assert shown_version(db, worker, hidden, SHOWN, "", False) == hidden.released_version_id

    with unrecorded(db):
        db.get_one(Opportunity, work.id).state = OpportunityState.CLOSED
    assert keep_only_what_is_shown(db, the_system()) == {Kept.ORIGINALS: 1}


def test_what_was_typed_over_hidden_words_goes_with_them_and_is_in_no_event(
    db: Session, card: ReportCard, worker: Actor
) -> None:
    entry = an_entry(db, card, SAID, None)
    second = somebody(db, Role.YOUTH_VOICE)
    tell_all(db)
    open_to_read(db, second, entry.id, to_check=False)
    open_to_read(db, worker, entry.id)
    release_entry(db, worker, entry.id, shown_thinks=SHOWN, shown_wants="")
    assert any(db.scalars(sa.select(EntryVersion.spans)))
    assert "a worker" not in str(db.scalars(sa.select(Event.changes)).all())

    withdraw_entry(db, holding_the_code(entry), entry.id)

    assert not any(db.scalars(sa.select(EntryVersion.spans)))
    assert row_that_does_not_fit(db, the_system()) is None


@pytest.mark.parametrize("young", [False, True])
def test_the_log_keeps_its_events_and_loses_texts_and_names(db: Session, young: bool) -> None:
    role = Role.YOUNG_PERSON if young else Role.MANAGER
    gone, here, later = (a_person(db, role, name=f"Jo {n}", job="Post") for n in range(3))
    with unrecorded(db):
        gone.disabled_at, gone.work_email = SIX_YEARS_AGO, "jo@council.test"
        later.disabled_at = SIX_YEARS_AGO + timedelta(seconds=1)
    change_person(db, somebody(db, Role.ADMINISTRATOR), here.id, name="Jo Here", job="Post")

    assert count_due(db, the_system())[Kept.NAMES] == 1
    assert forget_old_log(db, the_system()) == {Kept.NAMES: 1}
    assert forget_old_log(db, the_system()) == {}
    assert (gone.name, gone.job, gone.work_email) == (
        "A young person" if young else FORMER, "", None
    )  # fmt: skip
    assert "jo" not in gone.username
    assert (here.name, later.name) == ("Jo Here", "Jo 2")

    events = db.scalar(sa.select(sa.func.count(Event.id)))
    years = months_before(NOW, -72)
    texts = sa.select(EventText.text).where(
        EventText.text.is_not(None), EventText.salt.is_not(None)
    )
    assert "Jo Here" in db.scalars(texts).all()
    assert count_due(db, the_system(years - timedelta(seconds=1)))[Kept.TEXTS] == 0
    assert forget_old_log(db, the_system(years))[Kept.TEXTS] > 0
    db.expire_all()
    assert set(db.scalars(texts)) <= {FORMER, "A young person", ""}  # of the event that tells of it
    assert db.get_one(Person, here.id).name == "Jo Here"
    assert db.scalar(sa.select(sa.func.count(Event.id))) == (events or 0) + 1
