"""Forms that correct what is there as two people have them open: names, lines, actions."""

import random
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.actions_changes import (
    ask_to_hand_over,
    change_action,
    decide_change,
    hand_over_action,
    propose_change,
)
from coprod_data.commands.actions_milestones import reword_milestone
from coprod_data.commands.actions_undo import correct_milestone, correct_update
from coprod_data.commands.people_details import change_person
from coprod_data.commands.promise import add_commitment, add_theme, draft_promise
from coprod_data.commands.promise_drafts import change_commitment, change_theme
from coprod_data.commands.services import rename_service
from coprod_data.models import ActionUpdate, Milestone, PromiseCommitment, PromiseTheme
from coprod_data.permissions import Actor, Role
from coprod_data.vocabulary.actions import DueKind
from tests.helpers.builders import NOW, TODAY, a_person, a_service, add, somebody
from tests.helpers.two_tabs import Open, Values, of_row, word
from tests.helpers.two_tabs_work import an_owned_action

SAYS = ("commitment_id", "title", "will_see", "due_on", "due_wording", "due_kind")
SOME = ("title", "will_see", "due_on", "due_wording", "due_kind")


def a_name(db: Session) -> Open:
    administrator, person = somebody(db, Role.ADMINISTRATOR), a_person(db, Role.MANAGER)

    def save(typed: Values, opened: Values) -> None:
        change_person(db, administrator, person.id, **typed, opened=opened)

    return Open(of_row(person, "name", "job"), save, word, ("name", "job"))


def a_service_name(db: Session) -> Open:
    administrator, service = somebody(db, Role.ADMINISTRATOR), a_service(db)

    def save(typed: Values, opened: Values) -> None:
        rename_service(db, administrator, service.id, **typed, opened=opened)

    return Open(of_row(service, "name"), save, word, ("name",))


def a_drafted_theme(db: Session) -> tuple[Actor, PromiseTheme]:
    administrator = somebody(db, Role.ADMINISTRATOR)
    version_id = draft_promise(db, administrator, title="Our Promise")
    theme_id = add_theme(
        db, administrator, version_id, title="Home", young_title="Where I live", icon="home"
    )
    return administrator, db.get_one(PromiseTheme, theme_id)


def a_theme_line(db: Session) -> Open:
    administrator, theme = a_drafted_theme(db)

    def save(typed: Values, opened: Values) -> None:
        change_theme(db, administrator, theme.id, **typed, opened=opened)

    names = ("title", "young_title")
    return Open(of_row(theme, *names), save, word, names)


def a_commitment_line(db: Session) -> Open:
    administrator, theme = a_drafted_theme(db)
    commitment_id = add_commitment(
        db, administrator, theme.id, reference="1.1", wording="We keep you warm.", easy_wording=""
    )
    names = ("reference", "wording", "easy_wording")

    def save(typed: Values, opened: Values) -> None:
        change_commitment(db, administrator, commitment_id, **typed, opened=opened)

    def vary(chance: random.Random, name: str) -> str:
        return f"1.{chance.randint(1, 9)}" if name == "reference" else word(chance, name)

    return Open(of_row(db.get_one(PromiseCommitment, commitment_id), *names), save, vary, names)


def an_owner(db: Session) -> Open:
    chair, (_, action) = somebody(db, Role.CHAIR), an_owned_action(db)
    people = [a_person(db, Role.MANAGER).id for _ in range(3)]
    services = [a_service(db).id for _ in range(3)]

    def save(typed: Values, opened: Values) -> None:
        hand_over_action(db, chair, action.id, **typed, opened=opened)

    def vary(chance: random.Random, name: str) -> int:
        return chance.choice(people if name == "owner_id" else services)

    names = ("owner_id", "service_id")
    return Open(of_row(action, *names), save, vary, names)


def an_owner_asked(db: Session) -> Open:
    """What is asked for counts at once, because the chair agrees to each."""
    chair, (_, action) = somebody(db, Role.CHAIR), an_owned_action(db)
    voice = somebody(db, Role.YOUTH_VOICE)
    people = [a_person(db, Role.MANAGER).id for _ in range(3)]

    def save(typed: Values, opened: Values) -> None:
        if typed == opened:
            return
        change = ask_to_hand_over(db, voice, action.id, **typed, reason="I leave.", opened=opened)
        decide_change(db, chair, change, agreed=True)

    return Open(
        of_row(action, "owner_id"), save, lambda chance, _name: chance.choice(people), ("owner_id",)
    )


def a_vary(chance: random.Random, name: str) -> Any:
    if name == "due_on":
        return TODAY + timedelta(days=chance.randint(1, 90))
    return chance.choice([*DueKind]) if name == "due_kind" else word(chance, name)


def a_change(db: Session) -> Open:
    chair, (_, action) = somebody(db, Role.CHAIR), an_owned_action(db)

    def save(typed: Values, opened: Values) -> None:
        if typed == opened:
            return
        change_action(db, chair, action.id, **typed, reason="The Board said so.", opened=opened)

    return Open(of_row(action, *SAYS), save, a_vary, SOME)


def a_proposed_change(db: Session) -> Open:
    """What is proposed counts at once, because the chair agrees to each."""
    chair, (owner, action) = somebody(db, Role.CHAIR), an_owned_action(db)

    def save(typed: Values, opened: Values) -> None:
        if typed == opened:
            return
        change = propose_change(
            db, owner, action.id, **typed, reason="It takes longer.", opened=opened
        )
        decide_change(db, chair, change, agreed=True)

    return Open(of_row(action, *SAYS), save, a_vary, SOME)


def an_evidence(db: Session) -> Open:
    owner, action = an_owned_action(db)
    step = add(
        db,
        Milestone(
            action_id=action.id, title="Two flats", met_on=TODAY, met_by_id=owner.id,
            evidence="The list on the wall.",
        ),
    )  # fmt: skip

    def save(typed: Values, opened: Values) -> None:
        correct_milestone(db, owner, step.id, **typed, reason="Wrong.", opened=opened)

    def vary(chance: random.Random, name: str) -> Any:
        if name == "met_on":
            return TODAY - timedelta(days=chance.randint(1, 20))
        return f"The list of visits, {word(chance, name)}"

    names = ("evidence", "met_on")
    return Open(of_row(step, *names), save, vary, names)


def a_step(db: Session) -> Open:
    owner, action = an_owned_action(db)
    step = add(db, Milestone(action_id=action.id, title="Two flats", due_on=TODAY))

    def save(typed: Values, opened: Values) -> None:
        reword_milestone(db, owner, step.id, **typed, reason="Wrong.", opened=opened)

    def vary(chance: random.Random, name: str) -> Any:
        if name == "due_on":
            return TODAY + timedelta(days=chance.randint(1, 20))
        return word(chance, name)

    names = ("title", "due_on")
    return Open(of_row(step, *names), save, vary, names)


def some_words(db: Session) -> Open:
    owner, action = an_owned_action(db)
    add(db, ActionUpdate(action_id=action.id, text="Begun.", person_id=owner.id, at=NOW))
    update = db.scalars(sa.select(ActionUpdate)).one()

    def save(typed: Values, opened: Values) -> None:
        correct_update(db, owner, update.id, **typed, reason="Wrong.", opened=opened)

    return Open(of_row(update, "text"), save, word, ("text",))
