"""One valid record of each kind, straight into the tables; every field can be overridden.

Builders make the surroundings of a test. What the test is about goes through the real command.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import (
    Action,
    CardEntry,
    Consent,
    EntryVersion,
    Opportunity,
    Outcome,
    Person,
    PromiseCommitment,
    PromiseTheme,
    PromiseVersion,
    ReportCard,
    RoleGrant,
    Service,
    ServiceMember,
    Setting,
    UseDecision,
)
from coprod_data.permissions import Actor, ActorKind, Role
from coprod_data.vocabulary.actions import Stage, WorkedOnBy
from coprod_data.vocabulary.entries import ConsentUse, Review, VersionKind
from coprod_data.vocabulary.opportunities import OpportunityState
from coprod_data.vocabulary.settings import POSTS, SettingKey

NOW = datetime(2026, 3, 4, 10, 0, tzinfo=UTC)  # a Wednesday morning
TODAY = NOW.date()
_number = count(1)


def days_ago(days: float) -> datetime:
    return NOW - timedelta(days=days)


Record = TypeVar("Record")


def add(db: Session, row: Record) -> Record:
    add_all(db, [row])
    return row


def add_all(db: Session, rows: Iterable[Any]) -> None:
    """Add rows in one go, which costs a fraction of one by one."""
    with unrecorded(db):
        db.add_all(rows)


@contextmanager
def unrecorded(db: Session) -> Iterator[None]:
    """Change rows without an event, which no command can do."""
    db.flush()
    gathered = list(db.info.get("gathered", []))
    yield
    db.flush()
    db.info["gathered"] = gathered


def a_person(db: Session, *roles: Role, **fields: Any) -> Person:
    """Somebody with these roles, confirmed long ago, who has no password."""
    number = next(_number)
    said = {"username": f"person.{number}", "name": f"Person {number}", "added_at": days_ago(400)}
    person = add(db, Person(**{**said, **fields}))
    since = {"given_at": days_ago(400), "confirmed_at": days_ago(400)}
    add_all(db, [RoleGrant(person_id=person.id, role=role, **since) for role in roles])
    return person


def acting(person: Person, *roles: Role, at: datetime = NOW) -> Actor:
    """This person, acting in these roles at this moment."""
    return Actor(
        kind=ActorKind.PERSON, at=at, recorded_at=at, person_id=person.id, name=person.name,
        roles=frozenset(roles),
    )  # fmt: skip


def somebody(db: Session, *roles: Role, at: datetime = NOW, **fields: Any) -> Actor:
    """A new person who acts in these roles."""
    return acting(a_person(db, *roles, **fields), *roles, at=at)


def the_public(at: datetime = NOW) -> Actor:
    return Actor(kind=ActorKind.PUBLIC, at=at, recorded_at=at)


def the_system(at: datetime = NOW) -> Actor:
    return Actor(kind=ActorKind.SYSTEM, at=at, recorded_at=at)


def holding_the_code(entry: CardEntry, at: datetime = NOW) -> Actor:
    """The holder of the card code of this entry."""
    return Actor(kind=ActorKind.CARD_CODE, at=at, recorded_at=at, entry_id=entry.id)


def the_duty(db: Session) -> tuple[Person, Person]:
    """Somebody to call by day and by night, without whom the form is closed.

    Returns the lead and the deputy.
    """
    arrived = {"password_hash": "set once"}
    lead = a_person(db, Role.SAFEGUARDING, username="on.duty", name="Robin Lead", **arrived)
    deputy = a_person(
        db, Role.SAFEGUARDING, username="deputy.on.duty", name="Alex Deputy", **arrived
    )
    day = [["09:00", "17:00"]]
    rota = (
        (SettingKey.DUTY_LEAD, {"person_id": lead.id, "phone": "01632 960011"}),
        (SettingKey.DUTY_DEPUTY, {"person_id": deputy.id, "phone": "01632 960012"}),
        (SettingKey.DUTY_HOURS, [*[day] * 5, [], []]),
        (SettingKey.DUTY_PHONE, "01632 960001"), (SettingKey.DUTY_OUT_OF_HOURS, "01632 960002"),
    )  # fmt: skip
    since = days_ago(400)
    add_all(db, [Setting(key=key, value=value, changed_at=since) for key, value in rota])
    return lead, deputy


def nobody_on_duty(db: Session) -> None:
    """The council's rota names nobody any more."""
    with unrecorded(db):
        db.execute(sa.delete(Setting).where(Setting.key.in_(POSTS.values())))


def a_service(db: Session, *members: Person, **fields: Any) -> Service:
    service = add(db, Service(**{"name": f"Service {next(_number)}", **fields}))
    add_all(db, [ServiceMember(service_id=service.id, person_id=one.id) for one in members])
    return service


def a_promise(
    db: Session, themes: Iterable[str] = ("Homes", "Health", "Something else"), **fields: Any
) -> list[PromiseTheme]:
    """An adopted Promise, one commitment in each theme. Returns its themes, the catch-all last."""
    adopted = {"title": "The Promise", "drafted_at": days_ago(500), "adopted_at": days_ago(490)}
    version = add(db, PromiseVersion(**{**adopted, **fields}))
    made = [
        PromiseTheme(
            version_id=version.id, position=position, title=title, young_title=title, icon="home",
            catch_all=title == "Something else",
        )
        for position, title in enumerate(themes, start=1)
    ]  # fmt: skip
    add_all(db, made)
    add_all(db, map(_a_commitment, made))
    return made


def a_commitment(db: Session, theme: PromiseTheme, **fields: Any) -> PromiseCommitment:
    return add(db, _a_commitment(theme, **fields))


def _a_commitment(theme: PromiseTheme, **fields: Any) -> PromiseCommitment:
    number = next(_number)
    said = {
        "position": number,
        "reference": f"P{number}",
        "wording": f"We will keep word {number}.",
    }
    return PromiseCommitment(theme_id=theme.id, **{**said, **fields})


def a_report_card(db: Session, theme: PromiseTheme, **fields: Any) -> ReportCard:
    """The card of a theme that is collecting words."""
    return add(db, ReportCard(theme_id=theme.id, **{"opened_at": days_ago(60), **fields}))


def an_entry(
    db: Session,
    card: ReportCard,
    thinks: str | None = "My room is cold at night.",
    wants: str | None = "Fix the heating.",
    *,
    released: bool = False,
    consents: Iterable[ConsentUse] = (ConsentUse.BOARD,),
    **fields: Any,
) -> CardEntry:
    """An entry on a card: sent two days ago, and released yesterday for its uses if asked for."""
    consents = tuple(consents)
    number = next(_number)
    said: dict[str, Any] = {"form_hash": f"form-{number}", "sent_at": days_ago(2), **fields}
    said.setdefault("waits_since", said["sent_at"])
    entry = add(db, CardEntry(report_card_id=card.id, **said))
    version = add(db, EntryVersion(
        entry_id=entry.id, number=1, kind=VersionKind.ORIGINAL, thinks=thinks, wants=wants,
        made_at=entry.sent_at,
    ))  # fmt: skip
    for use in consents:
        add(db, Consent(entry_id=entry.id, use=use, given_at=entry.sent_at))
    if released:
        with unrecorded(db):
            entry.review, entry.released_version_id = Review.RELEASED, version.id
            entry.released_at = entry.dealt_at = days_ago(1)
            entry.place = number
            for use in consents:
                db.add(UseDecision(
                    entry_id=entry.id, use=use, let_out=True, decided_at=days_ago(1),
                    decided_by_id=None,
                ))  # fmt: skip
    return entry


def an_opportunity(db: Session, theme: PromiseTheme, by: Person, **fields: Any) -> Opportunity:
    """An opportunity that has waited ten days for a member."""
    said = {
        "title": "Furnish the new flats", "help_wanted": "Two evenings of your time.",
        "state": OpportunityState.OPEN, "spotted_at": days_ago(20), "opened_at": days_ago(10),
    }  # fmt: skip
    return add(db, Opportunity(theme_id=theme.id, spotted_by_id=by.id, **{**said, **fields}))


def an_outcome(db: Session, opportunity: Opportunity, by: Person, **fields: Any) -> Outcome:
    said = {"what_changed": "Every flat now has a heater.", "proposed_at": days_ago(3)}
    return add(
        db, Outcome(opportunity_id=opportunity.id, proposed_by_id=by.id, **{**said, **fields})
    )


def an_action(
    db: Session, commitment: PromiseCommitment, owner: Person, service: Service, **fields: Any
) -> Action:
    """An agreed action that moved five days ago."""
    said = {
        "title": "Check the heating of every flat", "will_see": "No flat under 18 degrees.",
        "worked_on_by": WorkedOnBy.STAFF, "stage": Stage.AGREED, "proposed_at": days_ago(30),
        "proposed_by_id": owner.id, "moved_at": days_ago(5),
    }  # fmt: skip
    return add(db, Action(
        commitment_id=commitment.id, owner_id=owner.id, service_id=service.id, **{**said, **fields}
    ))  # fmt: skip
