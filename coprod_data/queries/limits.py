"""Whether an address may still do a thing."""

from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.keys import Keys
from coprod_data.models import RateCount
from coprod_data.permissions import Actor, Permission


def is_within_limit(
    db: Session, actor: Actor, *, what: str, address: str, most: int, minutes: int
) -> bool:
    """Say whether an address has done this fewer than `most` times in the last minutes."""
    actor.must(Permission.LIMITS_COUNT)
    keys: Keys = db.info["keys"]
    done = db.scalar(
        sa.select(sa.func.count())
        .select_from(RateCount)
        .where(
            RateCount.what == what,
            RateCount.address_hash.in_(keys.address_hashes(address, actor.at)),
            RateCount.at > actor.at - timedelta(minutes=minutes),
        )
    )
    return (done or 0) < most
