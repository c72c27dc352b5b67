"""Which visits count against an address's limit."""

from datetime import timedelta

import sqlalchemy as sa

from coprod_data.models import RateCount
from coprod_data.permissions import Actor
from coprod_data.store.keys import Keys


def counting(
    actor: Actor, keys: Keys, *, what: str, address: str, minutes: int
) -> sa.ColumnElement[bool]:
    """Condition on RateCount rows: this address, this kind, in the last minutes."""
    return sa.and_(
        RateCount.what == what,
        RateCount.address_hash.in_(keys.address_hashes(address, actor.at)),
        RateCount.at > actor.at - timedelta(minutes=minutes),
    )
