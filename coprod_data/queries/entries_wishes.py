"""The wishes to talk that nobody has closed."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from coprod_data.models import CardEntry, ContactWish, Person, PromiseTheme, ReportCard
from coprod_data.permissions import Actor, Permission
from coprod_data.scopes.entries import held, may_open
from coprod_data.scopes.second_person import wish_closing


@dataclass(frozen=True)
class OpenWish:
    """A wish to talk that nobody has closed; its words only once somebody has opened it.

    `closing`: a second person is asked to close it.
    """

    id: int
    entry_id: int
    theme: str
    icon: str
    made_at: datetime
    opened_at: datetime | None
    opened_by: str
    taken_back: bool
    closing: bool
    first_name: str
    how: str
    when_safe: str


def open_wishes(db: Session, actor: Actor) -> list[OpenWish]:
    """Return the wishes to talk that nobody has closed, the oldest first.

    One that was taken back, or is beside held words or words taken back unread, is for
    safeguarding only.
    """
    actor.must(Permission.ENTRIES_READ_RAW, Permission.ENTRIES_READ_HELD)
    opener = aliased(Person)
    sealed = sa.or_(ContactWish.taken_back_at.is_not(None), held(), CardEntry.kept_unread)
    rows = db.execute(
        sa.select(
            ContactWish,
            PromiseTheme.title,
            PromiseTheme.icon,
            opener.name,
            wish_closing().label("closing"),
        )
        .join(CardEntry, CardEntry.id == ContactWish.entry_id)
        .join(ReportCard, ReportCard.id == CardEntry.report_card_id)
        .join(PromiseTheme, PromiseTheme.id == ReportCard.theme_id)
        .outerjoin(opener, opener.id == ContactWish.opened_by_id)
        .where(
            ContactWish.closed_at.is_(None),
            may_open(actor),
            sa.true() if actor.may(Permission.ENTRIES_READ_HELD) else ~sealed,
        )
        .order_by(ContactWish.made_at, ContactWish.id)
    )
    found = []
    for row in rows:
        wish: ContactWish = row.ContactWish
        seen = wish.opened_at is not None
        found.append(
            OpenWish(
                id=wish.id,
                entry_id=wish.entry_id,
                theme=row.title,
                icon=row.icon,
                made_at=wish.made_at,
                opened_at=wish.opened_at,
                opened_by=row.name or "",
                taken_back=wish.taken_back_at is not None,
                closing=row.closing,
                first_name=(wish.first_name or "") if seen else "",
                how=(wish.how or "") if seen else "",
                when_safe=(wish.when_safe or "") if seen else "",
            )
        )
    return found
