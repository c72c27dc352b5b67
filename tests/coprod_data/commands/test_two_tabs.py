"""Two people have the same form open: neither ever writes over what they have not seen.

Each case stands for a form. At random each of the two changes some of its values and saves, and who
is told that something changed reads it and goes on or stops. A new command with `opened` needs a
case here.
"""

import importlib
import inspect
import pkgutil
import random

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

import coprod_data.commands
from coprod_data.commands.people import change_roles
from coprod_data.models import (
    Person,
    RoleGrant,
)
from coprod_data.permissions import ChangedMeanwhile, Refused, Role
from coprod_data.vocabulary.settings import SettingKey
from tests.helpers.builders import (
    a_person,
    somebody,
)
from tests.helpers.two_tabs_cases import CASES

OF_SETS = (
    "change_roles",
    "change_consent",
    "name_auditors",
    "plan_promise",
    "relate_items",
    "set_invited",
    "set_successors",
    "tag_commitment",
)


# Acts that happen once: `test_meetings_decisions` and `test_library` have the second tab of each.
ONCE = {"confirm_decision", "record_decision", "publish_item", "keep_file", "keep_link"}


def test_every_command_that_carries_what_was_opened_has_a_case():
    carrying = {
        name
        for module in pkgutil.iter_modules(coprod_data.commands.__path__)
        if not module.name.endswith(("_rules", "_steps")) and module.name != "rows"
        for name, function in inspect.getmembers(
            importlib.import_module(f"coprod_data.commands.{module.name}"), inspect.isfunction
        )
        if "opened" in inspect.signature(function).parameters
        and "actor" in inspect.signature(function).parameters
        and not name.startswith("_")
    }

    assert carrying == set(CASES) | ONCE


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("seed", range(2))
def test_two_tabs_lose_no_update(db: Session, name: str, seed: int):
    chance = random.Random(f"{name} {seed}")  # noqa: S311
    form = CASES[name](db)
    before = form.read()
    tabs = [before, before]
    saved = 0
    for _ in range(24):
        number = chance.randrange(2)
        opened = tabs[number]
        changed = [one for one in form.names if chance.random() < 0.5] or list(form.names[:1])
        typed = opened | {one: form.vary(chance, one) for one in changed}
        step = db.begin_nested()
        try:
            form.save(typed, opened)
            db.flush()
        except ChangedMeanwhile as told:
            step.rollback()
            seen = told.now
            tabs[number] = before if chance.random() < 0.5 else {**opened, **seen}
            assert form.read() == before
        except Refused:
            step.rollback()
            assert form.read() == before
            tabs[number] = before
        else:
            step.commit()
            saved += 1
            after = form.read()
            for one, value in before.items():
                if one in form.sets:
                    kept = set(value) - set(opened[one])
                    assert kept - set(typed[one]) <= set(after[one]) | set(typed[one])
                    gone = set(opened[one]) - set(value)
                    assert not (gone & set(after[one])) - (set(typed[one]) - set(opened[one]))
                elif after[one] != value:
                    assert value == opened[one], f"{one} was lost without having been seen"
            tabs[number] = before = after
    assert saved


@pytest.mark.parametrize("name", [name for name in CASES if name not in OF_SETS])
def test_of_two_who_save_the_second_is_told(db: Session, name: str):
    chance = random.Random(name)  # noqa: S311
    form = CASES[name](db)
    opened = form.read()
    first = {one: form.vary(chance, one) for one in form.names}
    form.save(opened | first, opened)
    kept = form.read()

    with pytest.raises(Refused):
        while (second := {one: form.vary(chance, one) for one in form.names}) == first and first:
            pass
        form.save(opened | second, opened)

    assert form.read() == kept


def test_a_stale_form_never_gives_back_a_role_that_was_taken_away(db: Session):
    """B takes Chair away; A, who opened the form before, gives Manager."""
    person = a_person(db, Role.CHAIR)
    here, there = somebody(db, Role.ADMINISTRATOR), somebody(db, Role.ADMINISTRATOR)
    opened = frozenset({Role.CHAIR})

    change_roles(db, there, person.id, roles=frozenset(), opened=opened)
    change_roles(db, here, person.id, roles=opened | {Role.MANAGER}, opened=opened)

    live = sa.select(RoleGrant.role).filter_by(person_id=person.id, ended_at=None)
    assert set(db.scalars(live)) == {Role.MANAGER}
    assert db.get_one(Person, person.id)


def test_a_stale_answer_does_not_write_over_a_colleagues_evidence(db: Session):
    form = CASES["answer_standard"](db)
    opened = form.read()
    form.save(opened | {"level": 2, "evidence": "The minutes of May."}, opened)

    with pytest.raises(ChangedMeanwhile) as told:
        form.save(opened | {"level": 1, "evidence": "Nothing yet."}, opened)

    assert told.value.now == {"answered": True, "level": 2, "evidence": "The minutes of May."}
    assert form.read()["evidence"] == "The minutes of May."
    form.save(opened | {"level": 1, "evidence": "Nothing yet."}, opened | told.value.now)
    assert form.read()["evidence"] == "Nothing yet."


def test_a_stale_wording_does_not_write_over_a_colleagues(db: Session):
    form = CASES["reword_opportunity"](db)
    opened = form.read()
    form.save(opened | {"title": "Paint the new flats"}, opened)

    with pytest.raises(ChangedMeanwhile) as told:
        form.save(opened | {"support": "A lift home"}, opened)

    assert told.value.now == {"title": "Paint the new flats"}
    assert form.read() == opened | {"title": "Paint the new flats"}


def test_changes_of_two_people_to_different_parts_of_the_rota_both_stay(db: Session):
    form = CASES["change_duty"](db)
    opened = form.read()
    form.save(opened | {SettingKey.DUTY_PHONE: "01632 960001"}, opened)
    form.save(opened | {SettingKey.DUTY_CLOSED_DAYS: ["2026-05-04"]}, opened)

    now = form.read()
    assert now[SettingKey.DUTY_PHONE] == "01632 960001"
    assert now[SettingKey.DUTY_CLOSED_DAYS] == ["2026-05-04"]
