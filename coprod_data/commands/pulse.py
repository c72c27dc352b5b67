"""The pulse: a few sentences, each answered with a face, counted by term and joined to nobody."""

from collections.abc import Mapping

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import PulseGiven
from coprod_data.permissions import Actor, ActorKind, Invalid, NotAllowed, Permission, Refused
from coprod_data.rules.heard_terms import term_of
from coprod_data.scopes.join_codes import session_sent_from
from coprod_data.scopes.pulse import replied_to
from coprod_data.store.card_codes import form_digest
from coprod_data.vocabulary.pulse import PulseAsked, PulsePlace
from coprod_data.vocabulary.sessions import FeedbackAnswer

ADD = sa.text(
    "INSERT INTO pulse_tally (first_on, place, asked, answer, number) "
    "VALUES (:first_on, :place, :asked, :answer, 1) "
    "ON CONFLICT (first_on, place, asked, answer) "
    "DO UPDATE SET number = pulse_tally.number + 1"
).bindparams(sa.bindparam("first_on", type_=sa.Date))
EMPTY = "Pick a face first."

Said = Mapping[PulseAsked, FeedbackAnswer]


def give_pulse_on_card(db: Session, actor: Actor, said: Said) -> bool:
    """Count what the holder of a card's code says once they have a reply. Returns if it is new.

    No event tells of it, and what is kept says only that some card has answered. Raises NotAllowed,
    Invalid where nothing was said, and Refused before the reply.
    """
    actor.must(Permission.ENTRIES_OWN)
    if actor.kind is not ActorKind.CARD_CODE or actor.entry_id is None:
        raise NotAllowed("This is asked on the page of a card.")
    if not said:
        raise Invalid(EMPTY, field="pulse")
    if not db.scalar(sa.select(replied_to(actor.entry_id))):
        raise Refused("This is asked once you have a reply. Reload the page.")
    return _count(db, actor, PulsePlace.CARD, f"pulse:card:{actor.entry_id}", said)


def give_pulse_at_session(
    db: Session, actor: Actor, said: Said, *, code: str, form_id: str
) -> bool:
    """Count what a phone says of a session by its join code. Returns whether it is new.

    Raises Refused where the code counts no more.
    """
    actor.must(Permission.ENTRIES_SEND)
    if session_sent_from(db, code, actor.at) is None:
        raise Refused("This code does not work any more.")
    return bool(said) and _count(db, actor, PulsePlace.SESSION, f"pulse:{form_id}", said)


def _count(db: Session, actor: Actor, place: PulsePlace, form_id: str, said: Said) -> bool:
    keys = db.info["keys"]
    digests = [form_digest(form_id, key) for key in keys.all]
    before = sa.select(PulseGiven.form_hash).where(PulseGiven.form_hash.in_(digests))
    if db.scalar(before) is not None:
        return False
    db.add(PulseGiven(form_hash=digests[-1]))
    db.flush()
    term = term_of(actor.at)
    for asked in PulseAsked:  # in the order of the sentences, whatever the form sent first
        if asked in said:
            db.execute(
                ADD,
                {"first_on": term, "place": place.value, "asked": asked.value,
                 "answer": said[asked].value},
            )  # fmt: skip
    return True
