"""The history in sentences: who did what, and never which account an entry belongs to."""

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.actions import update_action
from coprod_data.commands.auth_sessions import sign_out
from coprod_data.commands.entries import hold_card, send_entry
from coprod_data.commands.entries_care import hold_entry
from coprod_data.commands.entries_checks import open_to_read
from coprod_data.commands.entries_consent import change_consent, withdraw_entry
from coprod_data.commands.groups import add_group, change_group
from coprod_data.commands.people import add_person
from coprod_data.commands.people_steps import grant_role
from coprod_data.commands.settings import change_setting
from coprod_data.files.exports import export
from coprod_data.models import Base, EntryMeant, Event, Person
from coprod_data.permissions import Actor, NotAllowed, Role
from coprod_data.queries.events import THINGS, event_at, history, mark_of
from coprod_data.queries.events_told import NAMES, Change
from coprod_data.store.actors import System
from coprod_data.store.database import Database
from coprod_data.vocabulary.actions import Rag, Stage
from coprod_data.vocabulary.groups import GroupKind
from coprod_data.vocabulary.settings import SettingKey
from tests.helpers.builders import (
    a_commitment,
    a_person,
    a_promise,
    a_report_card,
    a_service,
    add,
    an_action,
    an_entry,
    somebody,
    the_duty,
    the_public,
)
from tests.helpers.entries_read import the_code
from tests.helpers.signing_in import HASH, enter


@pytest.fixture
def worker(db: Session) -> Actor:
    return somebody(db, Role.YOUTH_VOICE, name="Amara Oduya")


def a_code(db: Session) -> str:
    the_duty(db)
    a_promise(db)
    code = the_code(db, "form-of-the-history")
    send_entry(
        db, the_public(), form_id="form-of-the-history", code=code, theme_id=None,
        thinks="Zanzibar", wants="", feeling=None, uses=frozenset(),
    )  # fmt: skip
    return [(code.key, code.digest)]


def test_what_a_young_person_does_with_their_card_names_no_account(db: Session, worker: Actor):
    jay = somebody(db, Role.YOUNG_PERSON, name="Jay")
    entry_id = hold_card(db, jay, a_code(db))
    change_consent(db, jay, entry_id, uses=frozenset({"board"}))
    withdraw_entry(db, jay, entry_id)

    told = history(db, worker)

    assert [(row.who, row.did) for row in told[:3]] == [
        ("A young person", "took an entry back"),
        ("A young person", "changed who may read an entry"),
        ("A young person", "added an entry to their own cards"),
    ]
    assert "Jay" not in repr(told)
    assert "Zanzibar" not in repr(told)


def test_no_number_tells_of_what_is_hidden_from_its_reader(db: Session, worker: Actor):
    """A worker reads of two holds, and nothing of the third between them, which is about them."""
    card = a_report_card(db, a_promise(db)[0])
    other = somebody(db, Role.YOUTH_VOICE)
    entries = [an_entry(db, card) for _ in range(3)]
    add(db, EntryMeant(entry_id=entries[1].id, person_id=worker.id))
    for entry in entries:
        hold_entry(db, other, entry.id)

    told = history(db, worker)

    assert [row.about for row in told if "hold" in row.about] == [
        f"safeguarding hold of entry {entry.id}" for entry in (entries[2], entries[0])
    ]
    headings, _ = export(db, worker, "history", {})
    assert headings == ("When", "Who", "What they did", "What changed", "About")
    newest = told[0].id
    marks = [mark_of(db, worker, newest), mark_of(db, worker, told[-1].id)]
    assert [event_at(db, worker, mark) for mark in marks] == [newest, told[-1].id]
    assert not any(str(newest) == mark for mark in marks)
    assert len({len(mark) for mark in marks}) == 1
    assert [event_at(db, worker, typed) for typed in ("", "12", "x" * 100)] == [None] * 3


def test_a_worker_who_acts_for_somebody_is_named(db: Session, worker: Actor):
    code = a_code(db)
    entry_id = hold_card(db, somebody(db, Role.YOUNG_PERSON), code)

    withdraw_entry(db, worker, entry_id, why="They rang.")

    assert history(db, worker)[0].who == "Amara Oduya"


def test_visits_name_staff_and_no_young_person(database: Database, db: Session, worker: Actor):
    somebody(db, Role.MANAGER, username="priya", name="Priya Nair", password_hash=HASH)
    somebody(db, Role.YOUNG_PERSON, username="jay", name="Jay", password_hash=HASH)
    db.commit()
    for username in ("priya", "jay"):
        session = enter(database, username)
        with database.writing(System()) as (other, system):
            sign_out(other, system, session.public_id)

    told = [(row.who, row.did) for row in history(db, worker, visits=True)[:4]]

    assert told == [
        ("Somebody", "signed out"), ("Somebody", "signed in"),
        ("Priya Nair", "signed out"), ("Priya Nair", "signed in"),
    ]  # fmt: skip
    assert "signed in" not in {row.did for row in history(db, worker)}  # unless it is asked for


def test_an_administrator_sees_nothing_of_entries(db: Session):
    a_code(db)
    administrator = somebody(db, Role.ADMINISTRATOR)
    add_person(db, administrator, username="kit", name="Kit", roles=frozenset())

    assert {row.did for row in history(db, administrator)} == {"added an account"}


def test_whoever_an_entry_may_be_about_reads_nothing_of_it(db: Session, worker: Actor):
    meant = somebody(db, Role.YOUTH_VOICE)
    card = a_report_card(db, a_promise(db)[0])
    entry, other = an_entry(db, card), an_entry(db, card)
    add(db, EntryMeant(entry_id=entry.id, person_id=meant.id))
    open_to_read(db, worker, entry.id)
    hold_entry(db, worker, entry.id)
    open_to_read(db, worker, other.id)
    hold_entry(db, worker, other.id)

    def about(actor: Actor) -> list[str]:
        told = [row.about for row in history(db, actor)]
        return [words for words in told if "entry" in words or "hold" in words]

    assert len([words for words in about(worker) if words.startswith("safeguarding hold")]) == 2
    assert len([words for words in about(meant) if words.startswith("safeguarding hold")]) == 1


def test_what_an_event_is_about_is_told_in_plain_words(db: Session, worker: Actor):
    hold_card(db, somebody(db, Role.YOUNG_PERSON), a_code(db))

    [about] = [
        row.about for row in history(db, worker) if row.did == "added an entry to their own cards"
    ]

    assert about.startswith("entry ")


def test_a_change_is_told_with_its_old_and_new_value(db: Session, worker: Actor):
    owner = somebody(db, Role.MANAGER)
    action = an_action(
        db, a_commitment(db, a_promise(db)[0]), db.get_one(Person, owner.id), a_service(db)
    )
    update_action(
        db, owner, action.id, stage=Stage.IN_PROGRESS, rag=Rag.GREEN, text="We have begun."
    )

    assert history(db, worker)[0].changes == (
        Change("stage", "Agreed", "In progress"),
        Change("rating", None, "Green: on track"),
    )


def test_what_a_new_record_was_born_with_is_no_change(db: Session, worker: Actor):
    add_group(db, worker, name="Action Group", kind=GroupKind.ACTION)

    assert history(db, worker)[0].changes == ()


def test_how_many_young_people_sit_in_a_group_is_never_told(db: Session, worker: Actor):
    id_ = add_group(db, worker, name="Action Group", kind=GroupKind.ACTION)
    change_group(
        db, worker, id_, name="Action Group", kind=GroupKind.ACTION, young_people=3, quorum=5
    )

    assert history(db, worker)[0].changes == (Change("quorum", None, "5"),)


def test_a_setting_and_a_role_are_told_by_their_names(db: Session):
    administrator, person = somebody(db, Role.ADMINISTRATOR), a_person(db)
    grant_role(db, administrator, person.id, Role.CHAIR)
    change_setting(db, administrator, SettingKey.DRIFT_RED_DAYS, 90)
    change_setting(db, administrator, SettingKey.DRIFT_RED_DAYS, 120)
    change_setting(db, administrator, SettingKey.OPPORTUNITY_TIERS, [7, 14, 28])

    stuck = "Days without movement before an action is stuck"
    assert [row.changes for row in history(db, administrator)[:4]] == [
        (Change("Days after which an opportunity waits long", "14, 28, 56", "7, 14, 28"),),
        (Change(stuck, "90", "120"),),
        (Change(stuck, "60", "90"),),
        (Change("", None, "Chair"),),
    ]
    assert [key for key in SettingKey if not key.told] == []


def test_a_setting_that_is_none_any_more_keeps_its_name_in_the_history(db: Session):
    administrator = somebody(db, Role.ADMINISTRATOR)
    change_setting(db, administrator, SettingKey.DRIFT_RED_DAYS, 90)
    event = db.scalars(sa.select(Event).order_by(Event.id.desc())).first()
    assert event
    was = add(db, Event(
        at=event.at, recorded_at=event.at, actor_kind=event.actor_kind, actor_id=event.actor_id,
        on_behalf=None, kind=event.kind, subject_type="setting", subject_id=None,
        changes={"setting": "next_meeting"}, digests="",
    ))  # fmt: skip

    told = {row.id: row.changes for row in history(db, administrator)}

    assert told[was.id] == (Change("", None, "Date of the next meeting"),)


@pytest.mark.parametrize("role", [Role.MANAGER, Role.BOARD_MEMBER, Role.CHAIR, Role.YOUNG_PERSON])
def test_nobody_else_reads_the_history(db: Session, role: Role):
    with pytest.raises(NotAllowed):
        history(db, somebody(db, role))


def test_every_record_that_a_change_can_refer_to_has_a_name():
    referred = {
        key.column.table.name
        for mapper in Base.registry.mappers
        for column in mapper.class_.told
        for key in mapper.local_table.c[column].foreign_keys
    }

    assert referred - set(NAMES) == set()
    assert set(THINGS) - set(Base.metadata.tables) == set()
