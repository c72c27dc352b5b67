"""The wishes to talk that nobody has closed."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from coprod_data.models import CardEntry, ContactWish, Person, PromiseTheme, ReportCard
from coprod_data.permissions import Actor, Permission
from coprod_data.queries.entries_raw_care_steps import WishFacts, wish_told
from coprod_data.rules.clocks import after_working_days, after_working_hours
from coprod_data.rules.texts import place_words
from coprod_data.scopes.duty import hours_of
from coprod_data.scopes.entries import held, may_open
from coprod_data.scopes.second_person import wish_closing
from coprod_data.scopes.settings import setting
from coprod_data.vocabulary.entry_care import TAKEN_BACK_DAYS
from coprod_data.vocabulary.settings import SettingKey


@dataclass(frozen=True, kw_only=True)
class OpenWish(WishFacts):
    """A wish to talk that nobody has closed, the entry it is beside, and when it is due.

    `which` of those on its card it is, the oldest first; empty where it is the only one.
    """

    entry_id: int
    theme: str
    icon: str
    due: datetime
    late: bool
    which: str

    @property
    def since(self) -> datetime:
        """Return since when it waits: since it was made, or taken back."""
        return self.taken_back_at or self.made_at


def open_wishes(db: Session, actor: Actor) -> list[OpenWish]:
    """Return the wishes to talk that nobody has closed, the oldest first.

    One that was taken back, or is beside held words or words taken back unread, is for
    safeguarding only. What was taken back is read within one working day, and waits since then.
    """
    actor.must(Permission.ENTRIES_READ_RAW, Permission.ENTRIES_READ_HELD)
    hours, within = hours_of(db), int(setting(db, SettingKey.READ_FLAGGED_HOURS))
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
    found: list[OpenWish] = []
    listed = rows.all()
    on_card = Counter(row.ContactWish.entry_id for row in listed)
    before = Counter[int]()
    for row in listed:
        taken_back_at, entry_id = row.ContactWish.taken_back_at, row.ContactWish.entry_id
        before[entry_id] += 1
        if taken_back_at is None:
            due = after_working_hours(row.ContactWish.made_at, within, hours)
        else:
            due = after_working_days(taken_back_at, TAKEN_BACK_DAYS, hours)
        found.append(
            OpenWish(
                **wish_told(row.ContactWish, row.name, closing=row.closing),
                entry_id=entry_id,
                theme=row.title,
                icon=row.icon,
                due=due,
                late=due < actor.at,
                which=place_words(before[entry_id]) if on_card[entry_id] > 1 else "",
            )
        )
    return found
