"""Nobody keeps an owner out by typing wrong passwords: attacks on the lock, and its ways out."""

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.people import make_reset_link, set_password_by_link
from coprod_data.commands.people_unlocking import unlock_sign_in
from coprod_data.models import Person
from coprod_data.permissions import NotAllowed
from coprod_data.queries.people_sign_in import is_sign_in_locked
from coprod_data.store.actors import BySession, Public, System
from coprod_data.store.database import Database
from coprod_data.store.known_browsers import KNOWN_FOR, new_mark
from tests.helpers.signing_in import HASH, a_council, begin, enter, fail, finish, later

ELSEWHERE = "198.51.100.7"


@pytest.fixture
def council(database: Database) -> Database:
    return a_council(database)


def number_of(db: Session, username: str) -> int:
    return db.execute(sa.select(Person.id).where(Person.username == username)).scalar_one()


def test_a_browser_that_signed_in_lately_passes_while_a_stranger_keeps_the_name_locked(
    council: Database,
):
    mark = enter(council).mark
    for _ in range(30):  # as each lock ends
        fail(council, times=5, address=ELSEWHERE)
        assert begin(council).password_hash is None
        known = begin(council, mark=mark)
        assert (known.password_hash, known.delay) == (HASH, 0)
        assert finish(council, known)
        later(council, minutes=16)


def test_a_known_browser_has_a_lock_of_its_own(council: Database):
    mark = enter(council).mark
    for _ in range(5):
        finish(council, begin(council, mark=mark), fits=False)

    refused = begin(council, mark=mark)
    assert (refused.too_many, refused.attempt_id) == (True, None)  # nothing slow is checked
    assert begin(council).password_hash == HASH


def test_a_known_browser_is_not_sent_away_with_its_address(council: Database):
    mark = enter(council).mark
    for number in range(20):
        fail(council, f"name.{number}")

    assert begin(council).too_many
    assert begin(council, mark=mark).password_hash == HASH


def test_the_mark_of_ones_own_account_floods_nothing(council: Database):
    """Of tries beyond a limit none is checked: five for the browser, a hundred for the address."""
    mark = enter(council).mark
    tries = [begin(council, mark=mark) for _ in range(60)]
    assert sum(one.attempt_id is not None for one in tries) == 5

    keys, day = council.keys, council.clock().date()
    others = [begin(council, mark=new_mark(keys, "jo", day)) for _ in range(120)]
    assert sum(one.attempt_id is not None for one in (*tries, *others)) == 100


def test_a_mark_is_good_for_its_own_name_and_for_a_month(council: Database):
    mark = enter(council).mark
    fail(council, "ada", times=5, address=ELSEWHERE)
    fail(council, times=5, address=ELSEWHERE)

    assert begin(council, "ada", mark=mark).password_hash is None
    for forged in (f"{mark}0", mark[1:], mark.replace(".", ".9", 1), "..", "a.b.c", "x" * 5_000):
        assert begin(council, mark=forged, address="192.0.2.1").password_hash is None
    later(council, days=KNOWN_FOR.days + 1)
    fail(council, times=5, address=ELSEWHERE)
    assert begin(council, mark=mark).password_hash is None


def test_a_success_elsewhere_forgives_nothing_and_so_tells_nothing(council: Database):
    fail(council, times=3, address=ELSEWHERE)
    before = begin(council, address=ELSEWHERE).delay
    enter(council)

    assert begin(council, address=ELSEWHERE).delay >= before > 0


def test_an_administrator_unlocks_a_name_and_nobody_else(council: Database):
    fail(council, times=5, address=ELSEWHERE)
    boss = enter(council, "ada")
    with council.writing(BySession(boss.public_id)) as (db, actor):
        who = number_of(db, "jo")
        assert is_sign_in_locked(db, actor, who)
        unlock_sign_in(db, actor, who)
        assert not is_sign_in_locked(db, actor, who)
    assert begin(council).password_hash == HASH
    other = enter(council)
    with pytest.raises(NotAllowed), council.writing(BySession(other.public_id)) as (db, actor):
        unlock_sign_in(db, actor, who)


def test_a_used_link_ends_the_lock(council: Database):
    fail(council, times=5, address=ELSEWHERE)
    assert begin(council).password_hash is None
    with council.writing(System()) as (db, system):
        token = make_reset_link(db, system, number_of(db, "jo"))
    with council.writing(Public()) as (db, public):
        set_password_by_link(db, public, token or "", HASH)

    assert begin(council).password_hash == HASH
