"""Whether an address is still within a limit."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import RateCount
from coprod_data.permissions import Actor, Permission
from coprod_data.scopes.limits import counting
from coprod_data.store.keys import Keys


def is_within_limit(
    db: Session, actor: Actor, *, what: str, address: str, most: int, minutes: int
) -> bool:
    """Say whether an address has done this fewer than `most` times in the last minutes."""
    actor.must(Permission.LIMITS_COUNT)
    keys: Keys = db.info["keys"]
    counted = counting(actor, keys, what=what, address=address, minutes=minutes)
    done = db.scalar(sa.select(sa.func.count()).select_from(RateCount).where(counted))
    return (done or 0) < most
