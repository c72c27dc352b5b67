"""Two people give the same name at the same moment: the second learns that it is taken."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Event
from time import sleep

import pytest
from sqlalchemy.orm import Session

from coprod_data.commands.audits import add_standard, open_round
from coprod_data.commands.groups import add_group, change_group
from coprod_data.commands.people import add_person
from coprod_data.commands.services import add_service
from coprod_data.commands.settings import change_setting
from coprod_data.permissions import Actor, Invalid, Role
from coprod_data.store.database import Database
from coprod_data.vocabulary.groups import GroupKind
from coprod_data.vocabulary.settings import SettingKey
from tests.helpers.builders import somebody

Step = Callable[[Session, Actor], object]

A_MOMENT = 0.3  # in which the second asks while the first has not ended
LATER = date(2030, 1, 1)


def rename(db: Session, actor: Actor) -> None:
    group_id = add_group(db, actor, name=f"Of {actor.id}", kind=GroupKind.OTHER)
    change_group(db, actor, group_id, name="Forum", kind=GroupKind.OTHER)


def one_after_the_other(database: Database, step: Step, actors: list[Actor]) -> str:
    """Run a step as the first, and as the second before the first has ended. Returns what the
    second is told.
    """
    done = Event()

    def run(actor: Actor, begin: Callable[[], object], end: Callable[[], object]) -> str:
        begin()
        with Session(database.engine, expire_on_commit=False) as db:
            db.info["keys"] = database.keys
            try:
                step(db, actor)
            except Invalid as refused:
                return f"{refused.field}: {refused.sentence}"
            finally:
                end()
            db.commit()
        return ""

    def begun() -> None:
        done.set()
        sleep(A_MOMENT)

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(run, actors[0], lambda: None, begun)
        second = pool.submit(run, actors[1], done.wait, lambda: None)
        assert first.result() == ""
        return second.result()


@pytest.mark.parametrize(
    ("step", "told"),
    [
        (
            lambda db, actor: add_group(db, actor, name="Forum", kind=GroupKind.OTHER),
            "name: There is already a group with that name.",
        ),
        (rename, "name: There is already a group with that name."),
        (
            lambda db, actor: add_service(db, actor, name="Homes"),
            "name: There is already a service with that name.",
        ),
        (
            lambda db, actor: add_person(db, actor, username="jo.smith", name="Jo"),
            "username: That username is taken. Choose another.",
        ),
        (
            lambda db, actor: open_round(db, actor, title="Audit", due_on=LATER),
            "title: There is already a round with this title, or one opened today.",
        ),
        (
            lambda db, actor: change_setting(db, actor, SettingKey.COUNCIL_NAME, "Westmarch"),
            "",
        ),
    ],
    ids=["group", "group renamed", "service", "username", "round", "setting"],
)
def test_the_second_is_told_beside_the_field(
    database: Database, db: Session, step: Step, told: str
):
    actors = [somebody(db, Role.ADMINISTRATOR) for _ in range(2)]
    db.commit()

    assert one_after_the_other(database, step, actors) == told


def test_two_standards_with_one_number_are_told_apart(database: Database, db: Session):
    actors = [somebody(db, Role.ADMINISTRATOR) for _ in range(2)]
    round_id = open_round(db, actors[0], title="Audit", due_on=LATER)
    db.commit()

    def step(other: Session, actor: Actor) -> None:
        add_standard(other, actor, round_id, reference="Z1", short="New", wording="New.")

    assert one_after_the_other(database, step, actors) == (
        "reference: Another standard already has this number."
    )
