"""Which card of its form a sending is: steps of the commands that keep what is sent again."""

from dataclasses import dataclass, replace
from itertools import count

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.entries import Wish
from coprod_data.commands.entries_keeping import sent_before, theme_now
from coprod_data.commands.entries_meant_steps import team_members
from coprod_data.commands.entries_rules import open_hold
from coprod_data.models import CardEntry, Consent, ContactWish, EntryMeant, EntryVersion, ReportCard
from coprod_data.rules.form_ids import numbered
from coprod_data.rules.texts import optional_text
from coprod_data.vocabulary.entries import ConsentUse, Review
from coprod_data.vocabulary.entry_care import AboutUs
from coprod_data.vocabulary.heard import HeardGroup


@dataclass(frozen=True, kw_only=True)
class Said:
    """What a form says."""

    theme_id: int | None
    thinks: str
    wants: str
    feeling: int | None
    uses: frozenset[ConsentUse]
    wish: Wish | None
    about_us: AboutUs | None
    meant: frozenset[int]
    join_code: str = ""
    room: bool = False
    heard: frozenset[HeardGroup] = frozenset()


@dataclass(frozen=True)
class Place:
    """Where a form that is sent goes.

    It becomes the first, second ... card of its form, which is `number`; with the words of one that
    it has become already, it is that one. `earlier` is the card before it, if nobody has read that.
    """

    number: int
    earlier: int | None


def place_of(db: Session, form: str, said: Said) -> Place:
    """Return where a form goes that may have been sent before."""
    earlier: int | None = None
    before: CardEntry | None = None
    for number in count(1):
        entry = sent_before(db, numbered(form, number))
        if entry is None:
            break
        if entry.withdrawn_at is None:
            if _says(db, entry, said, _about(said, before)):
                break
            earlier = number if is_unread(db, entry) else None
        before = entry
    return Place(number, earlier)


def as_before(db: Session, form: str, number: int, said: Said) -> tuple[Said, frozenset[int]]:
    """Return what a form says as its card `number`, and from whom else that card is kept.

    Where it does not say whom it is about, that is what the card before it said.
    """
    before = sent_before(db, numbered(form, number - 1)) if number > 1 else None
    if before is None or said.about_us is not None:
        return said, frozenset()
    return replace(said, about_us=_about(said, before)), frozenset(meant_by(db, before))


def _about(said: Said, before: CardEntry | None) -> AboutUs | None:
    return said.about_us or (before.about_us if before is not None else None)


def is_unread(db: Session, entry: CardEntry) -> bool:
    """Say whether nobody has opened an entry, taken it back or put it on hold."""
    return (
        entry.withdrawn_at is None
        and entry.review is Review.SUBMITTED
        and open_hold(db, entry) is None
    )


def meant_by(db: Session, entry: CardEntry) -> set[int]:
    """Return the ids of those who never see an entry."""
    named = sa.select(EntryMeant.person_id).where(EntryMeant.entry_id == entry.id)
    return set(db.scalars(named))


def _says(db: Session, entry: CardEntry, said: Said, about_us: AboutUs | None) -> bool:
    """Say whether an entry is what the form says now; `about_us` is what counts for it."""
    original = db.scalar(
        sa.select(EntryVersion).where(EntryVersion.entry_id == entry.id, EntryVersion.number == 1)
    )
    given = sa.select(Consent.use).where(
        Consent.entry_id == entry.id, Consent.given_at == entry.sent_at
    )
    theme_id = db.get_one(ReportCard, entry.report_card_id).theme_id
    return (
        original is not None
        and (original.thinks or "") == optional_text(said.thinks, "thinks")
        and (original.wants or "") == optional_text(said.wants, "wants")
        and entry.feeling == said.feeling
        and theme_now(db, said.theme_id).id == theme_id
        and set(db.scalars(given)) == said.uses
        and _wishes(db, entry, said.wish)
        and entry.about_us == about_us
        and said.meant & team_members(db) <= meant_by(db, entry)
    )


def _wishes(db: Session, entry: CardEntry, said: Wish | None) -> bool:
    """Say whether this is the wish that was sent with an entry; a closed one says nothing more."""
    wish = db.scalar(
        sa.select(ContactWish).where(
            ContactWish.entry_id == entry.id, ContactWish.made_at == entry.sent_at
        )
    )
    if wish is None or said is None:
        return wish is None and said is None
    told = (said.first_name, said.how, said.when_safe)
    return wish.closed_at is not None or [wish.first_name, wish.how, wish.when_safe] == [
        optional_text(text, "wish") for text in told
    ]
