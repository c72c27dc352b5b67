"""When failures at sign-in delay and lock a name: one rule for the door and for the office."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

WINDOW = timedelta(minutes=15)
FAILURES_TO_LOCK = 5
FAILURES_PER_ADDRESS = 20
FAILURES_PER_ADDRESS_OF_KNOWN = 100  # with the mark of an account: any account has one


class Try(NamedTuple):
    """A try at a name, from an address known by its hash."""

    at: datetime
    succeeded: bool
    address_hash: str


def unforgiven(tries: Iterable[Try]) -> list[datetime]:
    """Return when a name failed and that was not forgiven, from tries in their order.

    A success forgives the failures from its own address only: otherwise the wait would tell a
    stranger that the owner has signed in.
    """
    failed: list[Try] = []
    for one in tries:
        if one.succeeded:
            failed = [other for other in failed if other.address_hash != one.address_hash]
        else:
            failed.append(one)
    return [one.at for one in failed]


def is_locked(failures: list[datetime], at: datetime) -> bool:
    """Five failures within fifteen minutes lock a name for fifteen minutes after the fifth."""
    fifths = zip(failures, failures[FAILURES_TO_LOCK - 1 :], strict=False)
    return any(fifth - first <= WINDOW and fifth > at - WINDOW for first, fifth in fifths)
