"""Words that are out come back: taken in by the team, or because somebody is worried."""

from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.entries_end_steps import take_in
from coprod_data.commands.entries_quoted_steps import words_leave
from coprod_data.commands.entries_room_steps import off_the_wall
from coprod_data.commands.entries_rules import (
    entry_of,
    is_about,
    open_hold,
)
from coprod_data.commands.entries_second_steps import propose
from coprod_data.commands.entries_steps import end_decisions, into_queue
from coprod_data.commands.event_log import record
from coprod_data.models import CardEntry, Recall, RoomWords, Worry
from coprod_data.permissions import Actor, ActorKind, NotFound, Permission, Refused
from coprod_data.rules.texts import required_text
from coprod_data.scopes.entries import may_open, own, words_for
from coprod_data.vocabulary.entries import ConsentUse, Flag, Review
from coprod_data.vocabulary.entry_care import Again, StepKind
from coprod_data.vocabulary.events import EventKind

WORRIES_A_DAY = 5


def recall_entry(db: Session, actor: Actor, entry_id: int, *, reason: str) -> bool:
    """Take an entry's words back in: out of every view at once, to be read again.

    Its author reads the reason. It keeps its card, its sources and its seats. A second recall of
    the same words needs a second person. Returns whether they are in. Raises NotFound, Invalid,
    and Refused when nothing of it is out.
    """
    actor.must(Permission.ENTRIES_CHECK)
    entry = entry_of(db, actor, entry_id)
    if open_hold(db, entry) is not None:
        raise Refused("This entry is with safeguarding. Nobody else can read it.")
    if entry.released_at is None:
        raise Refused("Nothing of this entry is out.")
    reason = required_text(
        reason, "reason", "Say why, for the young person: We are looking at your words again ..."
    )
    before = sa.select(Recall.id).where(Recall.entry_id == entry.id, Recall.at > entry.sent_at)
    if db.scalars(before.limit(1)).first() is not None:
        propose(db, actor, entry, StepKind.RECALL, text=reason)
        return False
    take_in(db, actor, entry, reason)
    return True


def say_worried(db: Session, actor: Actor, entry_id: int) -> None:
    """Say that one is worried about words one may read, five times a day at most; the team also
    about words that wait for the screen of a room.

    The entry is flagged and goes to the front of the queue. Its words leave public views at once;
    the Board's own pages keep them. Only the two teams see who said it. Twice is once. Raises
    NotFound, Refused.
    """
    actor.must(Permission.ENTRIES_WORRY)
    entry = db.scalar(
        sa.select(CardEntry)
        .where(CardEntry.id == entry_id, sa.or_(words_for(actor), own(actor), _for_a_room(actor)))
        .with_for_update()
    )
    if entry is None or (actor.person_id is not None and is_about(db, actor, entry)):
        raise NotFound("These words are not here any more.")
    code = actor.kind is ActorKind.CARD_CODE
    mine = Worry.by_entry_id == actor.entry_id if code else Worry.person_id == actor.id
    said = db.scalars(
        sa.select(Worry.entry_id).where(mine, Worry.at > actor.at - timedelta(days=1))
    ).all()
    if entry.id in said:
        return
    if len(said) >= WORRIES_A_DAY:
        raise Refused("You have done this five times today. Ring the Youth Voice Team instead.")
    db.add(
        Worry(
            entry_id=entry.id,
            at=actor.at,
            person_id=None if code else actor.id,
            by_entry_id=actor.entry_id if code else None,
        )
    )
    entry.flags = [*entry.flags, *({Flag.WORRIED.value} - set(entry.flags))]
    end_decisions(db, actor, entry, frozenset({ConsentUse.PUBLIC}))
    words_leave(db, actor, [entry])  # a text of staff cannot stay on the Board's pages only
    off_the_wall(db, actor, [entry])
    if entry.review in (Review.RELEASED, Review.KEPT):
        into_queue(actor, entry, Again.WORRIED)
    record(db, actor, EventKind.WORRY_SAID, entry)


def _for_a_room(actor: Actor) -> sa.ColumnElement[bool]:
    """Return the condition on words that the team reads for the screen of a room."""
    if not actor.may(Permission.ENTRIES_CHECK):
        return sa.false()
    asked = sa.exists().where(RoomWords.entry_id == CardEntry.id)
    return sa.and_(asked, may_open(actor), CardEntry.withdrawn_at.is_(None))
