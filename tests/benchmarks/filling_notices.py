"""Notices of the last sixty days, which is as long as they are kept: sent, seen and given up."""

from datetime import timedelta

from coprod_data.commands.notices import KEPT_DAYS
from coprod_data.models import Notice
from coprod_data.vocabulary.notices import NoticeFault, NoticeKind
from tests.benchmarks.filling_people import CHAIR, LEAD, MANAGERS, MEMBERS, TEAM, Hands

GIVEN_UP = 41  # one of so many was never taken by the host


def add_notices(hands: Hands) -> None:
    """Tell both teams of something urgent each second day, and everybody of their turn weekly."""
    for back in range(KEPT_DAYS - 1, 0, -1):
        for person in (LEAD, *TEAM):
            if back % 2 == person % 2:
                _notice(hands, person, NoticeKind.URGENT, back)
        for person in (CHAIR, *MEMBERS, *MANAGERS):
            if back % 7 == person % 7:
                _notice(hands, person, NoticeKind.TURN, back)


def _notice(hands: Hands, person: int, kind: NoticeKind, back: int) -> None:
    at = hands.plan.ends - timedelta(days=back)
    number = person * KEPT_DAYS + back
    failed = number % GIVEN_UP == 0
    sent, seen = at + timedelta(minutes=1), at + timedelta(hours=5)
    hands.add(
        Notice, person_id=person, kind=kind, made_at=at, due_at=None,
        sent_at=None if failed else sent, seen_at=seen if number % 3 else None,
        tries=7 if failed else 1, failed=NoticeFault.NO_ANSWER if failed else None,
    )  # fmt: skip
