"""Random moves by random people: no flagged entry is lost, and no words are read that are not out.

At the end the log proves each row and each text that they left.

The test keeps its own account of what was let out, for what and by whom, and since when an entry is
off the clock, and compares after each move. It knows nothing of the gate.
"""

import random
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.entries_care import hold_entry
from coprod_data.commands.entries_checks import open_to_read
from coprod_data.models import CardEntry, ContactWish, Person, ReportCard, RoleGrant
from coprod_data.permissions import Actor, Refused, Role
from coprod_data.queries.entries_holds import open_holds
from coprod_data.queries.entries_queue import WaitingEntry, ended_entries, entries_to_check
from coprod_data.queries.entries_released import search_words
from coprod_data.queries.event_rows import row_that_does_not_fit, text_that_does_not_fit
from coprod_data.vocabulary.entries import ConsentUse
from tests.helpers.builders import (
    acting,
    add,
    an_entry,
    days_ago,
    somebody,
    the_public,
    the_system,
)
from tests.helpers.random_moves import BOARD, MOVE, PUBLIC, USES, Council, canary_of
from tests.helpers.told import tell_all

MOVES, LISTED = 60, timedelta(days=30)
HOURS = [0, 0, 0, 1, 5, 30, 30, 200]  # that pass before a move
MAY_ERASE = ("let_it_go", "end", "agree")  # a flagged entry that never left the clock


def unlisted(council: Council, moved_at: datetime) -> list[int]:
    """The flagged entries that are on no list that D3 promises: it is never empty by accident.

    On that of what has ended an entry is promised for thirty days from the move that put it there;
    after that, and once taken back from there, it may be on none.
    """
    listed, ended = set[int](), set[int]()
    for actor in map(council.at, council.all_there()):
        listed |= {row.id for row in entries_to_check(council.db, actor)}
        listed |= {row.id for row in open_holds(council.db, actor)}
        ended |= {row.id for row in ended_entries(council.db, actor)}
    for number in listed:
        council.left.pop(number, None)
    for number in ended - listed:
        council.left.setdefault(number, moved_at)
    over = council.at(council.chair).at - LISTED
    lost = []
    for entry in council.db.scalars(sa.select(CardEntry).where(CardEntry.id.not_in(listed))):
        left = council.left.get(entry.id)
        free = left is not None and (left <= over or entry.withdrawn_at is not None)
        if entry.flagged and not free and entry.id not in ended | council.erased():
            lost.append(entry.id)
    return lost


def readable(council: Council, reader: Actor) -> set[int]:
    """The entries whose words this reader finds."""
    found = repr(search_words(council.db, reader, "eat"))
    return {number for number, canary in council.entries.items() if canary in found}


def out_for(council: Council, use: ConsentUse) -> set[int]:
    return {number for number, uses in council.out.items() if use in uses}


def a_council(db: Session, chance: random.Random, chair: Actor, *, small: bool) -> Council:
    """Two of each team; or two staff, who are both teams. Those on duty are among them."""
    named = Person.username.in_(("on.duty", "deputy.on.duty"))
    on_duty = db.scalars(sa.select(Person).where(named).order_by(Person.id)).all()
    roles = (Role.YOUTH_VOICE, Role.SAFEGUARDING) if small else (Role.SAFEGUARDING,)
    if small:
        long_ago = {"given_at": days_ago(400), "confirmed_at": days_ago(400)}
        for one in on_duty:
            add(db, RoleGrant(person_id=one.id, role=Role.YOUTH_VOICE, **long_ago))
    leads = [acting(one, *roles) for one in on_duty]
    workers = leads if small else [somebody(db, Role.YOUTH_VOICE) for _ in range(2)]
    return Council(db, chance, workers, leads, chair, {})


@pytest.mark.parametrize("seed", range(4))
def test_whatever_people_do_no_flagged_entry_is_lost_and_nothing_opens_by_itself(
    db: Session, card: ReportCard, chair: Actor, seed: int
):
    chance = random.Random(seed)  # noqa: S311 - the same moves each time
    council = a_council(db, chance, chair, small=seed % 2 == 1)
    for number in range(10):
        flags = ["hurt"] if number % 2 else []
        words, allowed = f"We eat {canary_of(number)} at six.", chance.choice(USES)
        entry = an_entry(db, card, words, None, flags=flags, consents=allowed)
        council.entries[entry.id] = canary_of(number)
    done: set[str] = set()
    tell_all(db)  # so that the log can prove what is done from here on

    for _ in range(MOVES):
        council.later += timedelta(hours=chance.choice(HOURS))
        move, before = chance.choice(MOVE), {one: set(use) for one, use in council.out.items()}
        entry = db.get_one(CardEntry, chance.choice(list(council.entries)))
        moved_at, erased, entries = council.at(chair).at, council.erased(), dict(council.entries)
        unread = set(council.unread)
        try:
            with db.begin_nested():
                move(council, entry)
            done.add(move.__name__)
        except Refused:
            council.out, council.entries, council.unread = before, entries, unread
            db.info.pop("gathered", None)  # the transaction of the product ends here
            continue  # it changed nothing; what time alone does is seen after the next that does

        last = (move.__name__, entry.id, entry.review)
        for number in council.erased() - erased:
            one = db.get_one(CardEntry, number)
            assert not one.flagged or number in council.left or move.__name__ in MAY_ERASE, last
        assert unlisted(council, moved_at) == [], last
        assert wishes_lost(council) == set(), last
        assert readable(council, council.at(chair)) <= out_for(council, BOARD), last
        assert readable(council, the_public(council.at(chair).at)) <= out_for(council, PUBLIC), last

    assert len(done) >= 7, done
    system = the_system(council.at(chair).at)
    assert row_that_does_not_fit(db, system) is None
    assert text_that_does_not_fit(db, system) is None
    somebody_there_can_act(council)


def wishes_lost(council: Council) -> set[str]:
    """What wishes to talk said that nobody has opened and that is nowhere any more."""
    there = "\n".join(filter(None, council.db.scalars(sa.select(ContactWish.how))))
    return {how for how in council.unread if how not in there}


def somebody_there_can_act(council: Council) -> None:
    """Of what still waits after a flag, each can be opened and held by one who is not on leave."""
    for one in council.all_there():
        while row := next(filter(_waits, entries_to_check(council.db, council.at(one))), None):
            open_to_read(council.db, council.at(one), row.id)
            hold_entry(council.db, council.at(one), row.id)


def _waits(row: WaitingEntry) -> bool:
    return row.urgent and row.waiting
