"""The duty rota: who can be named, what is refused, and that it is kept whole or not at all."""

from dataclasses import replace
from datetime import date, time

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.people import disable_person
from coprod_data.commands.people_steps import end_role
from coprod_data.commands.settings import Rota, change_duty
from coprod_data.models import Event, Setting
from coprod_data.permissions import Actor, Invalid, NotAllowed, Role
from coprod_data.queries.settings import duty, reading_promise
from coprod_data.queries.settings_duty import rota_state
from coprod_data.rules.clocks import OFFICE, Hours
from coprod_data.scopes.duty import Contact, hours_of, people_on_duty, somebody_on_duty
from coprod_data.vocabulary.settings import DutyPost, SettingKey
from tests.helpers.builders import NOW, a_person, somebody, the_public

OTHERS = [R for R in Role if R not in (Role.ADMINISTRATOR, Role.SAFEGUARDING)]
EVENINGS = Hours(
    ((), ((time(16), time(20)),), (), ((time(16), time(20)),), (), (), ()),
    frozenset({date(2026, 3, 5)}),
)


@pytest.fixture
def administrator(db: Session) -> Actor:
    return somebody(db, Role.ADMINISTRATOR)


@pytest.fixture
def rota(db: Session) -> Rota:
    people = {
        post: Contact(
            a_person(db, Role.SAFEGUARDING, name=post.words, password_hash="set once").id,
            f"01632 96000{number}",
        )
        for number, post in enumerate(DutyPost)
    }
    return Rota(
        people=people, hours=EVENINGS, phone="01632 960010", out_of_hours="01632 960020",
        social_work="01632 960030", lado_name="Nora Castell", lado_phone="01632 960040",
        lado_email="nora.castell@westmarch.gov.uk", lado_rings="Sam Okoro, 01632 960050",
    )  # fmt: skip


def test_a_rota_is_read_as_it_was_kept(db: Session, administrator: Actor, rota: Rota):
    change_duty(db, administrator, rota)

    kept = duty(db, administrator)
    assert [(one.post, one.name, one.phone) for one in kept.people] == [
        (DutyPost.LEAD, "Safeguarding lead", "01632 960000"),
        (DutyPost.DEPUTY, "Deputy", "01632 960001"),
        (DutyPost.STAND_IN, "Stand-in", "01632 960002"),
    ]
    assert (kept.phone, kept.out_of_hours) == ("01632 960010", "01632 960020")
    assert (kept.social_work, kept.lado_name, kept.lado_phone) == (
        "01632 960030", "Nora Castell", "01632 960040",
    )  # fmt: skip
    assert kept.hours == "Tuesday and Thursday, 4pm to 8pm"
    assert hours_of(db) == EVENINGS


def test_the_numbers_of_staff_are_for_staff(db: Session, administrator: Actor, rota: Rota):
    change_duty(db, administrator, rota)

    for outsider in (the_public(), somebody(db, Role.YOUNG_PERSON)):
        seen = duty(db, outsider)
        assert {one.phone for one in seen.people} == {""}
        assert (seen.social_work, seen.lado_name, seen.lado_phone) == ("", "", "")
        assert (seen.phone, seen.out_of_hours) == ("01632 960010", "01632 960020")


def test_hours_drive_what_is_promised(db: Session, administrator: Actor, rota: Rota):
    change_duty(db, administrator, rota)

    seen = duty(db, the_public())  # a Wednesday; the council is closed on Thursday
    assert not seen.open_now
    assert seen.opens_at.isoformat() == "2026-03-10T16:00:00+00:00"
    promise = reading_promise(db, the_public())
    assert (promise.by, promise.at_work) == (date(2026, 3, 10), False)
    assert seen.reads_by == promise.by


def test_until_a_council_says_its_hours_they_are_those_of_an_office(db: Session):
    assert hours_of(db) == OFFICE
    assert not rota_state(db, somebody(db, Role.SAFEGUARDING)).hours_are_set


def test_only_what_changed_is_told(db: Session, administrator: Actor, rota: Rota):
    change_duty(db, administrator, rota)
    before = db.scalar(sa.select(sa.func.count()).select_from(Event))
    change_duty(db, administrator, rota)
    change_duty(db, administrator, replace(rota, phone="01632 960099"))

    told = db.scalars(sa.select(Event).order_by(Event.id).offset(before)).all()
    assert [event.changes["setting"] for event in told] == ["duty_phone"]


@pytest.mark.parametrize(
    "role", [R for R in Role if R not in (Role.ADMINISTRATOR, Role.SAFEGUARDING)]
)
def test_nobody_else_changes_who_is_on_duty(db: Session, rota: Rota, role: Role):
    with pytest.raises(NotAllowed):
        change_duty(db, somebody(db, role), rota)


def test_a_safeguarding_lead_changes_it_too(db: Session, lead: Actor, rota: Rota):
    change_duty(db, lead, rota)
    assert somebody_on_duty(db, NOW)


@pytest.mark.parametrize("role", [R for R in Role if R is not Role.SAFEGUARDING])
def test_only_an_account_that_holds_safeguarding_is_named(
    db: Session, administrator: Actor, rota: Rota, role: Role
):
    other = Contact(a_person(db, role).id, "01632 960001")
    with pytest.raises(Invalid) as refused:
        change_duty(db, administrator, replace(rota, people={DutyPost.DEPUTY: other}))
    assert refused.value.field == "deputy"
    assert db.scalars(sa.select(Setting)).all() == []


def test_an_account_that_is_closed_or_waits_for_its_role_is_not_named(
    db: Session, administrator: Actor, rota: Rota
):
    closed = a_person(db, Role.SAFEGUARDING, disabled_at=NOW)
    for person_id in (closed.id, a_person(db).id, 987_654):
        with pytest.raises(Invalid):
            people = {DutyPost.LEAD: Contact(person_id, "01632 960001")}
            change_duty(db, administrator, replace(rota, people=people))


def test_nobody_is_their_own_deputy(db: Session, administrator: Actor, rota: Rota):
    lead = rota.people[DutyPost.LEAD]
    with pytest.raises(Invalid, match="different person"):
        change_duty(
            db, administrator, replace(rota, people={DutyPost.LEAD: lead, DutyPost.STAND_IN: lead})
        )


@pytest.mark.parametrize("number", ["", "  ", "ask Ruth", "12", "0" * 41])
def test_whoever_is_named_has_a_number(db: Session, administrator: Actor, rota: Rota, number: str):
    lead = Contact(rota.people[DutyPost.LEAD].person_id, number)
    with pytest.raises(Invalid) as refused:
        change_duty(db, administrator, replace(rota, people={DutyPost.LEAD: lead}))
    assert refused.value.field == "lead_phone"


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"out_of_hours": ""}, "duty_out_of_hours"),
        ({"phone": "ring the bell"}, "duty_phone"),
        ({"social_work": "x"}, "duty_social_work"),
        ({"lado_phone": "x"}, "duty_lado_phone"),
        ({"lado_name": "x" * 161}, "duty_lado_name"),
        ({"lado_email": "Nora Castell"}, "duty_lado_email"),
        ({"lado_email": "a@b.example, c@d.example"}, "duty_lado_email"),
        ({"lado_email": "a@b.example\nBcc: c@d.example"}, "duty_lado_email"),
        ({"lado_rings": "01632 960050"}, "duty_lado_rings"),
        ({"lado_rings": "Sam Okoro"}, "duty_lado_rings"),
        ({"lado_rings": ""}, "duty_lado_rings"),
    ],
)
def test_a_number_that_cannot_be_called_is_refused_beside_its_box(
    db: Session, administrator: Actor, rota: Rota, said: dict[str, str], field: str
):
    with pytest.raises(Invalid) as refused:
        change_duty(db, administrator, replace(rota, **said))
    assert refused.value.field == field
    assert db.scalars(sa.select(Setting)).all() == []


def test_a_rota_may_name_nobody_and_then_the_form_is_shut(
    db: Session, administrator: Actor, rota: Rota
):
    change_duty(db, administrator, rota)
    change_duty(db, administrator, replace(rota, people={}))

    assert not duty(db, the_public()).takes_words
    assert not somebody_on_duty(db, NOW)


def test_whoever_loses_the_role_or_the_account_is_off_duty_at_once(
    db: Session, administrator: Actor, rota: Rota
):
    change_duty(db, administrator, rota)

    end_role(db, administrator, rota.people[DutyPost.LEAD].person_id, Role.SAFEGUARDING)
    assert [one.post for one in people_on_duty(db, NOW)] == [DutyPost.DEPUTY, DutyPost.STAND_IN]
    disable_person(db, administrator, rota.people[DutyPost.DEPUTY].person_id)
    assert [one.post for one in people_on_duty(db, NOW)] == [DutyPost.STAND_IN]

    state = rota_state(db, administrator)
    assert [(one.post, one.holds) for one in state.people] == [
        (DutyPost.LEAD, False), (DutyPost.DEPUTY, False), (DutyPost.STAND_IN, True),
    ]  # fmt: skip
    assert state.somebody


@pytest.mark.parametrize("post", [DutyPost.LEAD, DutyPost.DEPUTY])
def test_the_lado_rings_nobody_whom_the_notice_may_be_about(
    db: Session, administrator: Actor, rota: Rota, post: DutyPost
):
    number = rota.people[post].phone.replace(" ", "-")
    with pytest.raises(Invalid, match="not on duty") as refused:
        change_duty(db, administrator, replace(rota, lado_rings=f"The team, {number}"))
    assert refused.value.field == "duty_lado_rings"


def test_without_an_address_the_lado_needs_nobody_to_ring(
    db: Session, administrator: Actor, rota: Rota
):
    change_duty(db, administrator, replace(rota, lado_email="", lado_rings=""))
    numbers = rota_state(db, administrator).numbers
    assert numbers[SettingKey.DUTY_LADO_EMAIL] == numbers[SettingKey.DUTY_LADO_RINGS] == ""
