"""Recruitment with young people: numbers that tell of nobody, and what came of a panel."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from coprod_data.commands.recruitment import (
    add_recruitment,
    change_recruitment,
    remove_recruitment,
)
from coprod_data.models import Person
from coprod_data.permissions import Actor, Invalid, NotAllowed, Refused, Role
from coprod_data.queries.events_of import history_of_recruitment
from coprod_data.queries.recruitment import key_posts, recruitment, recruitments
from coprod_data.queries.work import turns
from coprod_data.vocabulary.work import WorkKind
from tests.helpers.builders import TODAY, a_person, a_service, acting, somebody, unrecorded
from tests.helpers.projects import a_recruitment

LATER = TODAY + timedelta(days=7)


def panel(db: Session, reader: Actor, number: int) -> list[str]:
    return [part.as_said for part in recruitment(db, reader, number).panel]


def test_small_numbers_are_told_to_those_who_keep_it_only(
    db: Session, worker: Actor, member: Actor
):
    number, _ = a_recruitment(db, worker, with_send=4, young_people=6, parents=0)

    assert panel(db, worker, number) == ["Young people with SEND: 4", "Other young people: 6"]
    for reader in (member, somebody(db, Role.MANAGER)):
        assert panel(db, reader, number) == [
            "Young people with SEND: fewer than 5", "Other young people: 6",
        ]  # fmt: skip
        assert recruitment(db, reader, number).counts is None
    assert "4" not in str(history_of_recruitment(db, member, number)[0].changes)


def test_what_came_of_a_panel_is_written_once_it_has_met(db: Session, worker: Actor):
    number, typed = a_recruitment(db, worker, meets_on=LATER)
    for name in ("asked", "what_changed", "thanked"):
        with pytest.raises(Invalid) as refused:
            change_recruitment(db, worker, number, replace(typed, **{name: "Something."}))
        assert refused.value.field == name
    change_recruitment(db, worker, number, replace(typed, prepared="An hour together."))
    remove_recruitment(db, worker, number)
    assert recruitments(db, worker) == []


def test_a_panel_that_met_stays_and_is_owed_thanks_and_an_answer(db: Session, worker: Actor):
    number, typed = a_recruitment(db, worker)
    with pytest.raises(Refused):
        remove_recruitment(db, worker, number)

    def owed() -> list[WorkKind]:
        return [row.kind for row in turns(db, worker) if row.kind is WorkKind.PANEL_OWED]

    assert owed()
    assert recruitment(db, worker, number).owed
    change_recruitment(db, worker, number, replace(typed, thanked="Vouchers."))
    assert owed()
    said = replace(typed, thanked="Vouchers.", what_changed="Another got the job.")
    change_recruitment(db, worker, number, said)
    assert not owed()
    assert not recruitment(db, worker, number).owed


def test_nobody_is_thanked_where_staff_were_alone(db: Session, worker: Actor):
    number, _ = a_recruitment(db, worker, young_people=0)
    assert not recruitment(db, worker, number).owed
    assert all(row.kind is not WorkKind.PANEL_OWED for row in turns(db, worker))


def test_key_posts_are_counted_once_their_panel_has_met(db: Session, worker: Actor, member: Actor):
    service = a_service(db, name="Homes")
    for post, said in {
        "A": {}, "B": {"young_people": 0, "parents": 2}, "C": {"meets_on": LATER},
        "D": {"key_post": False},
    }.items():  # fmt: skip
        fields: dict[str, Any] = {"key_post": True, "service_id": service.id, **said}
        a_recruitment(db, worker, post=post, **fields)

    [counted] = key_posts(db, member)
    assert (counted.posts, counted.with_young, counted.with_parents) == (2, 1, 1)
    shown = recruitments(db, member, service_id=service.id, key=True)
    assert [row.post for row in shown if row.met] == ["B", "A"]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"post": ""}, "post"), ({"parents": 31}, "parents"), ({"with_send": -1}, "with_send")],
)
def test_what_is_typed_wrong_is_said_beside_its_box(
    db: Session, worker: Actor, wrong: dict[str, Any], field: str
):
    number, typed = a_recruitment(db, worker)
    with pytest.raises(Invalid) as refused:
        change_recruitment(db, worker, number, replace(typed, **wrong))
    assert refused.value.field == field
    with pytest.raises(Invalid, match="already"):
        add_recruitment(db, worker, typed)


def test_only_those_who_keep_it_change_it(db: Session, worker: Actor, member: Actor):
    person = a_person(db, Role.MANAGER)
    manager = acting(person, Role.MANAGER)
    number, typed = a_recruitment(
        db, manager, service_id=a_service(db, person).id, meets_on=LATER, owner_id=worker.id
    )
    assert recruitment(db, manager, number).may_change
    for reader in (member, somebody(db, Role.MANAGER)):
        assert not recruitment(db, reader, number).may_change
        with pytest.raises(NotAllowed):
            change_recruitment(db, reader, number, typed)
        with pytest.raises(NotAllowed):
            remove_recruitment(db, reader, number)
    with pytest.raises(NotAllowed):
        recruitments(db, somebody(db, Role.YOUNG_PERSON))


def test_a_panel_whose_lead_has_left_waits_for_another(db: Session, worker: Actor):
    lead = a_person(db, Role.MANAGER)
    a_recruitment(db, worker, owner_id=lead.id)
    with unrecorded(db):
        db.get_one(Person, lead.id).disabled_at = worker.at
    assert WorkKind.NO_PANEL_LEAD in {row.kind for row in turns(db, worker)}
