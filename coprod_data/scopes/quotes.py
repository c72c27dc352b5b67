"""Which words of young people may be put into a text of staff as a quote, and where they are."""

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from coprod_data.models import CardEntry, EntryMeant, EntryVersion, Quote, UseDecision
from coprod_data.permissions import Actor, Permission
from coprod_data.rules.own_words import quoted_in, whole_in
from coprod_data.scopes.entries import let_out, released
from coprod_data.vocabulary.entries import ConsentUse
from coprod_data.vocabulary.rewordings import TextPlace


@dataclass(frozen=True)
class Quotable:
    """Words of an entry in a text: where in the text, and where in which box of the entry."""

    start: int
    end: int
    of_wants: bool
    starts: int
    ends: int


def quotable(reader: int | None = None, entry: Any = CardEntry) -> sa.ColumnElement[bool]:
    """Return the condition that an entry's shown words may be read by all who read a text of staff.

    Officers, young people and the administrator read these texts too, so the words are out for
    everyone, and nobody may be meant in them. `reader` is the entry whose author reads the text,
    and nobody outside the team does: they may be told what they said themselves, while it is out.
    """
    meant = aliased(EntryMeant)
    nobody_meant = ~sa.exists().where(meant.entry_id.in_([entry.id, entry.about_id]))
    everybody = sa.and_(released(ConsentUse.PUBLIC, entry), nobody_meant)
    if reader is None:
        return everybody
    main, decision = aliased(CardEntry), aliased(UseDecision)
    theirs = sa.select(sa.func.coalesce(main.about_id, main.id)).where(main.id == reader)
    out = sa.exists().where(
        decision.entry_id == entry.id, decision.let_out, decision.ended_at.is_(None)
    )
    own_words = sa.func.coalesce(entry.about_id, entry.id) == theirs.scalar_subquery()
    return sa.or_(everybody, sa.and_(let_out(entry), out, own_words))


def read_by(actor: Actor, place: TextPlace, about: str) -> int | None:
    """Return the entry whose author alone reads a text that this person types, if there is one."""
    if place is TextPlace.REPLY and actor.may(Permission.REPLIES_SEND):
        return int(about)
    return None


def quotables(text: str, said: EntryVersion) -> list[Quotable]:
    """Return where a text holds six or more words in a row of a version of an entry."""
    return [
        Quotable(*span, of_wants, *place)
        for of_wants, box in ((False, said.thinks), (True, said.wants))
        for span, place in quoted_in(text, box)
    ]


def words_of_quote(db: Session, quote: Quote) -> str:
    """Return the words that a quote refers to, for a caller that asks the gate; "" if erased."""
    version = db.get_one(EntryVersion, quote.version_id)
    return ((version.wants if quote.of_wants else version.thinks) or "")[quote.starts : quote.ends]


def same_words(words: str, shown: EntryVersion) -> tuple[bool, int, int] | None:
    """Return the box and the place in which a version says all of these words, or None."""
    for of_wants, box in ((False, shown.thinks), (True, shown.wants)):
        if words and (places := whole_in(box or "", words)):
            return of_wants, *places[0]
    return None
