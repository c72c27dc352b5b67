"""Of many who use one link at the same moment, one sets a password."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from coprod_data.commands.people import make_reset_link, set_password_by_link
from coprod_data.permissions import NotFound
from coprod_data.store.actors import Public, System
from coprod_data.store.database import Database
from tests.helpers.builders import a_person

AT_ONCE, ROUNDS = 6, 4


def test_a_link_works_once_however_many_use_it_at_once(database: Database):
    for _ in range(ROUNDS):
        with database.writing(System()) as (db, system):
            token = make_reset_link(db, system, a_person(db).id) or ""
        ready = Barrier(AT_ONCE)

        def use(number: int, token: str = token, ready: Barrier = ready) -> bool:
            ready.wait(30)
            try:
                with database.writing(Public()) as (db, public):
                    set_password_by_link(db, public, token, f"hash {number}")
            except NotFound:
                return False
            return True

        with ThreadPoolExecutor(AT_ONCE) as people:
            assert sum(people.map(use, range(AT_ONCE))) == 1
