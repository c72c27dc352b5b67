"""A leaver's account is closed at once, and somebody is asked for everything it held."""

import sqlalchemy as sa

from coprod_data.models import Action, Person, ServiceMember
from coprod_data.queries.people_holding import Holdings, held_by
from coprod_data.store.actors import Played, Public
from coprod_data.store.database import Database
from tests.helpers.builders import NOW
from tests.helpers.opening import OpenAs, words

PAGE = "office/people.py"


def the_manager(council: Database) -> int:
    with council.reading(Public()) as (db, _):
        return db.scalars(sa.select(Person.id).where(Person.username == "manager")).one()


def someone_else(council: Database) -> int:
    with council.reading(Public()) as (db, _):
        return db.scalars(sa.select(Person.id).where(Person.username == "jen.castle")).one()


def holdings(council: Database, person_id: int) -> Holdings:
    with council.reading(Played("administrator", NOW)) as (db, actor):
        return held_by(db, actor, person_id)


def test_all_that_a_leaver_holds_is_listed_and_handed_over(council: Database, open_as: OpenAs):
    leaver = the_manager(council)
    held = holdings(council, leaver)
    assert held.actions
    assert held.services
    at = open_as("administrator", PAGE, id=str(leaver))
    at.button(key="close").click().run()
    assert held.actions[0].name in words(at)
    assert held.services[0].name in words(at)
    assert held.projects
    for one in (*held.projects, *held.recruitments):
        assert one.name in words(at)

    at.button(key="close-yes").click().run()
    assert "Needs a new owner" in words(at)
    successor = someone_else(council)
    at.selectbox(key=f"hand-over-{leaver}-action-{held.actions[0].id}").set_value(successor)
    at.selectbox(key=f"hand-over-{leaver}-service-{held.services[0].id}").set_value(successor)
    at.selectbox(key=f"hand-over-{leaver}-project-{held.projects[0].id}").set_value(successor)
    next(one for one in at.button if one.label == "Hand over").click().run()

    assert "Handed over." in words(at)
    left = holdings(council, leaver)
    assert held.actions[0] not in left.actions
    assert left.services == held.services[1:]
    assert held.projects[0] not in left.projects
    with council.reading(Public()) as (db, _):
        assert db.get_one(Action, held.actions[0].id).owner_id == successor
        heads = db.scalars(
            sa.select(ServiceMember.person_id).where(
                ServiceMember.service_id == held.services[0].id
            )
        ).all()
    assert successor in heads
    assert leaver not in heads
