"""What changed, as people would say it: dates, settings, and records by their names."""

import re
from datetime import date

import pytest
from sqlalchemy.orm import Session

from coprod_data.commands.entries_checks import open_to_read
from coprod_data.commands.report_cards import (
    answer_card,
    mark_ready,
    open_report_card,
    title_report_card,
)
from coprod_data.commands.report_cards_sharing import share_report_card
from coprod_data.commands.settings import Rota, change_duty, change_setting
from coprod_data.models import EntryMeant, ReportCard
from coprod_data.permissions import Actor, NotAllowed, Role
from coprod_data.queries.events import history, openings
from coprod_data.queries.events_told import Change, changes_told
from coprod_data.rules.clocks import OFFICE
from coprod_data.scopes.duty import Contact
from coprod_data.vocabulary.actions import DueKind
from coprod_data.vocabulary.report_cards import Body
from coprod_data.vocabulary.settings import DutyPost, SettingKey
from tests.helpers.builders import (
    NOW,
    a_commitment,
    a_person,
    a_promise,
    a_report_card,
    a_service,
    add,
    an_action,
    an_entry,
    somebody,
)
from tests.helpers.planting import BOTH


@pytest.fixture
def worker(db: Session) -> Actor:
    return somebody(db, Role.YOUTH_VOICE, name="Amara Oduya")


def test_a_day_that_moved_is_told_as_days_and_a_service_by_its_name(db: Session, worker: Actor):
    homes, fostering = a_service(db, name="Homes"), a_service(db, name="Fostering")
    changes = {
        "action:1.due_on": ["2027-03-03", "2027-06-01"],
        "action:1.service_id": [homes.id, fostering.id],
    }

    assert changes_told(db, worker, [(7, changes)])[7] == (
        Change("due date", date(2027, 3, 3), date(2027, 6, 1)),
        Change("service", "Homes", "Fostering"),
    )


def test_a_date_is_told_as_it_was_said_on_both_sides(db: Session, worker: Actor):
    """In a month first and on a day then; without a change of kind as the action has it now."""
    owner = a_person(db, Role.MANAGER)
    action = an_action(db, a_commitment(db, a_promise(db)[0]), owner, a_service(db),
                       due_on=date(2027, 5, 31), due_kind=DueKind.MONTH)  # fmt: skip
    name = f"action:{action.id}"
    moved = {f"{name}.due_on": ["2027-03-31", "2027-05-31"]}
    events = [
        (1, {**moved, f"{name}.due_kind": ["month", "day"]}),
        (2, {**moved, f"{name}.due_kind": ["day", "quarter"]}),
        (3, moved),
        (4, {f"{name}.due_on": [None, "2027-05-31"]}),
    ]

    told = changes_told(db, worker, events)

    assert [told[id_][0] for id_, _ in events] == [
        Change("due date", "March 2027", date(2027, 5, 31)),
        Change("due date", date(2027, 3, 31), "May 2027"),
        Change("due date", "March 2027", "May 2027"),
        Change("due date", None, "May 2027"),
    ]


def test_who_is_on_duty_and_what_a_meeting_opens_with_is_told_without_numbers(db: Session):
    chair, lead = somebody(db, Role.CHAIR), a_person(db, Role.SAFEGUARDING, name="Ada Lead")
    theme = a_promise(db)[0]
    shown = an_entry(db, a_report_card(db, theme), released=True, consents=BOTH)
    change_duty(db, somebody(db, Role.SAFEGUARDING), Rota(
        people={DutyPost.LEAD: Contact(lead.id, "01632 960001")}, hours=OFFICE,
        out_of_hours="01632 960002",
    ))  # fmt: skip
    change_setting(db, chair, SettingKey.PINNED_ENTRIES, [shown.id])

    rows = history(db, somebody(db, Role.YOUTH_VOICE))
    told = {row.changes[0].what: row.changes[0] for row in rows}

    assert told["Safeguarding lead"].new == "Ada Lead, 01632 960001"
    assert str(told["When somebody reads"].new).startswith("Mon 09:00 to 17:00; Tue")
    assert told["Words that the next meeting opens with"].new == "1 entry"


def test_a_report_card_is_told_by_its_title_and_without_one_by_its_theme(
    db: Session, worker: Actor
):
    theme = a_promise(db)[0]
    card = db.get_one(ReportCard, open_report_card(db, worker, theme.id))
    an_entry(db, card, released=True)
    assert history(db, worker)[0].about == f"report card: {theme.title}"

    title_report_card(db, worker, card.id, title="Warm rooms")
    mark_ready(db, worker, card.id)
    share_report_card(db, worker, card.id, body=Body.CPB, on=NOW.date())
    answer_card(db, somebody(db, Role.CHAIR), card.id, text="We will ask the landlord.")

    about = {row.about for row in history(db, worker)}
    assert about >= {f"{thing}: Warm rooms" for thing in ("answer", "report card")}
    assert not any(re.search(r"\d", one) for one in about)


def test_only_safeguarding_reads_who_opened_words(db: Session, worker: Actor):
    lead, meant = somebody(db, Role.SAFEGUARDING), somebody(db, Role.SAFEGUARDING)
    card = a_report_card(db, a_promise(db)[0])
    entry, other = an_entry(db, card, flags=["hurt"]), an_entry(db, card)
    add(db, EntryMeant(entry_id=other.id, person_id=meant.id))
    for one in (entry, other):
        open_to_read(db, worker, one.id)

    assert [(row.who, row.about) for row in openings(db, lead)] == [
        ("Amara Oduya", f"entry {other.id}"), ("Amara Oduya", f"entry {entry.id}"),
    ]  # fmt: skip
    assert [row.about for row in openings(db, meant)] == [f"entry {entry.id}"]
    assert [row.about for row in openings(db, lead, before=openings(db, lead)[0].id)] == [
        f"entry {entry.id}"
    ]
    assert "room" not in repr(openings(db, lead))
    for other_role in set(Role) - {Role.SAFEGUARDING}:
        with pytest.raises(NotAllowed):
            openings(db, somebody(db, other_role))
    assert not any("opened the raw" in row.did for row in history(db, worker))
