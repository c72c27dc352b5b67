"""Which pages people found useful, and how many words about each wait to be read.

Every number is shown, small ones too: an answer has no author, no address and no day, only a page
and a month, so that it tells of nobody.
"""

from collections import defaultdict
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import CardEntry, PageFeedback, PageWords
from coprod_data.permissions import Actor, Permission
from coprod_data.rules.clocks import london_day
from coprod_data.scopes.entries import may_open

ENOUGH = 3  # from so many answers on a page is said not to be useful


@dataclass(frozen=True)
class PageRow:
    """A page by its name, and how many found it useful, or not, in the last twelve months. `texts`
    is how much was written about it, and `unread` how much of that nobody has read.
    """

    page: str
    yes: int
    no: int
    texts: int
    unread: int

    @property
    def not_useful(self) -> bool:
        """Say whether it was not useful to most who answered."""
        return self.yes + self.no >= ENOUGH and self.no > self.yes


def pages_answered(db: Session, actor: Actor) -> list[PageRow]:
    """Return every page that somebody answered about, those first that were useful to fewest."""
    actor.must(Permission.PAGE_FEEDBACK_READ)
    today = london_day(actor.at)
    since = f"{today.year - 1}-{today.month:02}"
    useful = sa.func.count().filter(PageFeedback.useful)
    answers = db.execute(
        sa.select(PageFeedback.page, useful, sa.func.count())
        .where(PageFeedback.month > since)
        .group_by(PageFeedback.page)
    )
    counted: defaultdict[str, tuple[int, int]] = defaultdict(lambda: (0, 0))
    counted |= {page: (yes, answered - yes) for page, yes, answered in answers}
    its_entry = CardEntry.id == PageWords.entry_id  # asked for each, not joined: no entry is walked
    waits = sa.exists().where(
        its_entry, CardEntry.dealt_at.is_(None), CardEntry.withdrawn_at.is_(None)
    )
    written = db.execute(
        sa.select(PageWords.page, sa.func.count(), sa.func.count().filter(waits))
        .where(sa.exists().where(its_entry, may_open(actor)))
        .group_by(PageWords.page)
    )
    texts = {page: (number, unread) for page, number, unread in written}
    rows = [
        PageRow(page, *counted[page], *texts.get(page, (0, 0)))
        for page in sorted({*counted, *texts})
    ]
    return sorted(rows, key=lambda row: (not row.not_useful, row.yes - row.no))
