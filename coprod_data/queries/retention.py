"""How long things are kept, and how much of each is due to be erased."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import CardEntry, Draft, EventText, Learner, Person, Trail
from coprod_data.permissions import Actor, Permission
from coprod_data.scopes import retention
from coprod_data.vocabulary.retention import OF_ENTRIES, Kept


def kept_times(db: Session, actor: Actor) -> dict[Kept, int]:
    """Return how long each kind is kept, in its unit."""
    actor.must(Permission.SETTINGS_READ)
    return retention.kept_times(db)


def count_due(db: Session, actor: Actor) -> dict[Kept, int]:
    """Return how many of each kind are due to be erased now."""
    actor.must(Permission.JOBS_RUN)
    before = retention.over_before(db, actor.at)
    counts = {
        kept: sa.select(sa.func.count(CardEntry.id)).where(retention.due(kept, before))
        for kept in OF_ENTRIES
    }
    for kept, column, old in (
        (Kept.ORIGINALS, CardEntry.id, retention.old_originals(before)),
        (Kept.TEXTS, EventText.id, retention.old_texts(before)),
        (Kept.NAMES, Person.id, retention.old_names(before)),
    ):
        counts[kept] = sa.select(sa.func.count(column)).where(old)
    left = sa.select(sa.func.count(Learner.id)).where(retention.old_learners(before))
    counts[Kept.NAMES] = sa.select(counts[Kept.NAMES].scalar_subquery() + left.scalar_subquery())
    counts[Kept.DRAFTS] = sa.select(sa.func.count(Draft.id)).where(retention.old_drafts(before))
    counts[Kept.TRAIL] = sa.select(sa.func.count(Trail.id)).where(retention.old_trail(before))
    return {kept: db.scalar(asked) or 0 for kept, asked in counts.items()}
