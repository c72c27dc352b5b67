"""What the database knows of how its server does: nothing of anybody's words."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import Event, Job, Notice, Wiping
from coprod_data.permissions import Actor, Permission
from coprod_data.vocabulary.notices import NoticeFault, NoticeKind

A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class ServerState:
    """When the job that waits longest ran, and the daily one, since when erased words wait to be
    wiped, when the newest event was written, and whether no notice was sent for a day although
    some were due.
    """

    jobs_ran_at: datetime | None
    daily_ran_at: datetime | None
    owed_since: datetime | None
    newest_event_at: datetime | None
    notices_fail: bool


def server_state(db: Session, actor: Actor, jobs: Collection[str], daily: str) -> ServerState:
    """Return how the server of this database does, in one statement."""
    actor.must(Permission.JOBS_RUN)
    daily_ran = sa.select(Job.ran_at).where(Job.name == daily)
    ran = sa.select(sa.func.min(Job.ran_at)).where(Job.name.in_(jobs))
    owed = sa.select(sa.func.min(Wiping.asked_at)).where(Wiping.done_at.is_(None))
    newest = sa.select(Event.recorded_at).order_by(Event.id.desc()).limit(1)
    long_ago = actor.at - A_DAY
    fails = sa.exists().where(
        Notice.failed.is_not(None),
        Notice.failed != NoticeFault.ADDRESS_REFUSED,  # the host is well
        Notice.kind != NoticeKind.TEST,
        Notice.made_at.between(long_ago - A_DAY, long_ago),
        Notice.sent_at.is_(None),
    )
    sent = sa.exists().where(Notice.sent_at > long_ago)
    row = db.execute(
        sa.select(
            ran.scalar_subquery(),
            daily_ran.scalar_subquery(),
            owed.scalar_subquery(),
            newest.scalar_subquery(),
            sa.and_(fails, ~sent),
        )
    ).one()
    return ServerState(*row)
