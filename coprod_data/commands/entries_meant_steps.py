"""Whom an entry may be about: names are looked for, and those they are of never see it."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import CardEntry, Draft, EntryMeant, Person, RoleGrant
from coprod_data.permissions import Actor, Role
from coprod_data.rules.who_is_meant import Meant, Named, SaidAbout, meant
from coprod_data.scopes.entries_family import of
from coprod_data.scopes.one_person import everybody_of
from coprod_data.scopes.presence import DRAFT_FORM
from coprod_data.scopes.second_person import members
from coprod_data.vocabulary.entries import Flag
from coprod_data.vocabulary.entry_care import AboutUs


def said_on_card(actor: Actor, main: CardEntry, about: SaidAbout) -> None:
    """Keep for a whole card what is said on it later: that it is about one of us.

    Where they would not say whom, the card is for safeguarding from then on.
    """
    if about.about_us is AboutUs.NOT_SAID:
        main.about_us, main.about_us_at = AboutUs.NOT_SAID, actor.at
    elif main.about_us is None:
        main.about_us = about.about_us


def named_in(db: Session, *texts: str) -> Meant:
    """Return which account holders these texts of one young person may be about."""
    return meant("\n".join(texts), _staff(db))


def close_to(db: Session, entry: CardEntry, people: frozenset[int], *, maybe: bool = False) -> None:
    """Close an entry to those it may be about, with the one it belongs to and all beside it.

    Every account that seems to be of one of them counts. Rules ask what was said of an entry and of
    the one it belongs to, so that what is written there closes the whole card, with the wish to
    talk. What these people have typed over any of it goes.
    From then on each step of all of it needs a second person; with `maybe` those of the entry do,
    as a name that may be theirs asks for.
    """
    main_id = entry.about_id or entry.id
    people = everybody_of(db, people)
    for number in {entry.id, main_id}:
        there = sa.select(EntryMeant.person_id).where(EntryMeant.entry_id == number)
        db.add_all(
            EntryMeant(entry_id=number, person_id=person_id)
            for person_id in sorted(people - set(db.scalars(there)))
        )
    db.flush()
    family = db.scalars(sa.select(CardEntry).where(of([main_id])).order_by(CardEntry.id)).all()
    if people:
        about = [Draft.subject.startswith(f"{one.id}:") for one in family]
        db.execute(
            sa.delete(Draft).where(
                Draft.form == DRAFT_FORM, Draft.person_id.in_(people), sa.or_(*about)
            )
        )
    said = any(one.about_us is not None for one in family)
    named = sa.select(EntryMeant.person_id).where(EntryMeant.entry_id == main_id).limit(1)
    about_one_of_us = said or db.scalar(named) is not None
    for one in family if about_one_of_us else [entry] if maybe else []:
        one.flags = [*one.flags, *({Flag.ABOUT_US.value} - set(one.flags))]


def team_members(db: Session) -> set[int]:
    """Return the people of the two teams that read words, by id."""
    return members(db, Role.YOUTH_VOICE) | members(db, Role.SAFEGUARDING)


def _staff(db: Session) -> list[Named]:
    """Return every account holder whom an entry may be about; young people may be named."""
    young = sa.exists().where(
        RoleGrant.person_id == Person.id,
        RoleGrant.role == Role.YOUNG_PERSON,
        RoleGrant.ended_at.is_(None),
    )
    rows = db.execute(sa.select(Person.id, Person.name).where(~young).order_by(Person.id))
    return [Named(person_id, name) for person_id, name in rows]
