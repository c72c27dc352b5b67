"""Who else is at an entry: two people do not decide about the same words without knowing it."""

from collections.abc import Collection
from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import AuthSession, CardEntry, Draft, EntryReading, Person
from coprod_data.permissions import Actor
from coprod_data.rules.clocks import london_day
from coprod_data.scopes.duty import away_on

DRAFT_FORM = "check"  # a checker's drafts: form "check", subject "<entry id>:<field>"
PRESENT = timedelta(minutes=15)


def others_at(db: Session, actor: Actor, entry: CardEntry) -> list[str]:
    """Return the names of colleagues who are at this entry since this person took it.

    They opened it in the last 15 minutes, or have a draft over it newer than this person's opening.
    """
    mine = db.scalar(
        sa.select(sa.func.max(EntryReading.at)).where(
            EntryReading.entry_id == entry.id, EntryReading.person_id == actor.id
        )
    )
    since = actor.at - PRESENT
    if entry.taken_by_id == actor.id and entry.taken_at is not None:
        since = max(since, entry.taken_at)
    opened = sa.select(EntryReading.person_id).where(
        EntryReading.entry_id == entry.id, EntryReading.at > since
    )
    typed = sa.select(Draft.person_id).where(
        Draft.form == DRAFT_FORM,
        Draft.subject.startswith(f"{entry.id}:", autoescape=True),
        Draft.saved_at > max(since, mine or since),
    )
    return list(
        db.scalars(
            sa.select(Person.name)
            .where(Person.id != actor.id, sa.or_(Person.id.in_(opened), Person.id.in_(typed)))
            .order_by(Person.name)
        )
    )


def with_others(db: Session, actor: Actor, entry_ids: Collection[int]) -> set[int]:
    """Return which of these entries a colleague opened in the last 15 minutes, this person not."""
    rows = db.execute(
        sa.select(EntryReading.entry_id, EntryReading.person_id).where(
            EntryReading.entry_id.in_(entry_ids), EntryReading.at > actor.at - PRESENT
        )
    ).all()
    mine = {row.entry_id for row in rows if row.person_id == actor.id}
    return {row.entry_id for row in rows} - mine


def left_open(db: Session, actor: Actor, entry_ids: Collection[int]) -> set[int]:
    """Return which of these entries nobody is at, though somebody opened them to decide.

    Whoever opened one has not looked at it for 15 minutes, is away, or signed out since.
    """
    since = actor.at - PRESENT
    read = sa.exists().where(
        EntryReading.entry_id == CardEntry.id,
        EntryReading.person_id == CardEntry.taken_by_id,
        EntryReading.at > since,
    )
    theirs = AuthSession.person_id == CardEntry.taken_by_id
    here = sa.exists().where(theirs, AuthSession.ended_at.is_(None), AuthSession.seen_at > since)
    out = sa.exists().where(theirs, AuthSession.ended_at >= CardEntry.taken_at)
    return set(
        db.scalars(
            sa.select(CardEntry.id)
            .join(Person, Person.id == CardEntry.taken_by_id)
            .where(
                CardEntry.id.in_(entry_ids),
                sa.or_(
                    sa.and_(CardEntry.taken_at <= since, ~read),
                    away_on(london_day(actor.at)),
                    sa.and_(out, ~here),
                ),
            )
        )
    )
