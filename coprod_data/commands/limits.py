"""How often one address may do one thing. Addresses are kept as hashes, for a day."""

from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import LoginAttempt, RateCount
from coprod_data.permissions import Actor, Permission
from coprod_data.scopes.limits import counting
from coprod_data.store.keys import Keys

KEPT = timedelta(hours=24)


def count_visit(
    db: Session, actor: Actor, *, what: str, address: str, most: int, minutes: int
) -> bool:
    """Count this visit and say whether it is within the limit; a visit over it is not counted."""
    actor.must(Permission.LIMITS_COUNT)
    keys: Keys = db.info["keys"]
    counted = counting(actor, keys, what=what, address=address, minutes=minutes)
    done = db.scalar(sa.select(sa.func.count()).select_from(RateCount).where(counted))
    if (done or 0) >= most:
        return False
    today, _ = keys.address_hashes(address, actor.at)
    db.add(RateCount(what=what, address_hash=today, at=actor.at))
    return True


def uncount_visit(db: Session, actor: Actor, *, what: str, address: str, minutes: int) -> None:
    """Take the newest visit out of the count: it was counted before anybody knew what it was."""
    actor.must(Permission.LIMITS_COUNT)
    counted = counting(actor, db.info["keys"], what=what, address=address, minutes=minutes)
    newest = sa.select(RateCount.id).where(counted).order_by(RateCount.id.desc()).limit(1)
    db.execute(sa.delete(RateCount).where(RateCount.id == newest.scalar_subquery()))


def forget_addresses(db: Session, actor: Actor) -> None:
    """Delete every hash of an address that is a day old."""
    actor.must(Permission.JOBS_RUN)
    for table in (RateCount, LoginAttempt):
        db.execute(sa.delete(table).where(table.at <= actor.at - KEPT))
