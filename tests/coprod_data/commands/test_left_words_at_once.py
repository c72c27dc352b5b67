"""Words leave in one transaction while a copy of them is saved in another."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Event
from time import sleep

import pytest
from sqlalchemy.orm import Session

from coprod_data.commands.entries_consent import withdraw_entry
from coprod_data.commands.opportunities import reword_opportunity
from coprod_data.models import CardEntry, Opportunity
from coprod_data.permissions import Actor, Refused
from coprod_data.store.database import Database
from coprod_data.vocabulary.rewordings import BEING_REWORDED
from tests.helpers.builders import holding_the_code
from tests.helpers.entries_read import later
from tests.helpers.quoting import QUOTE
from tests.helpers.working_together import WORDED

A_MOMENT = 0.5  # seconds between what a transaction did and its commit
Step = Callable[[Session], object]


def meanwhile(database: Database, first: Step, then: Step) -> str:
    """Run `then` after `first` has done its work and before it is committed.

    Returns why `then` was refused, or nothing.
    """
    done = Event()

    def begin() -> None:
        with Session(database.engine, expire_on_commit=False) as db:
            db.info["keys"] = database.keys
            first(db)
            done.set()
            sleep(A_MOMENT)
            db.commit()

    with ThreadPoolExecutor(1) as pool:
        began = pool.submit(begin)
        done.wait()
        with Session(database.engine, expire_on_commit=False) as db:
            db.info["keys"] = database.keys
            try:
                then(db)
                db.commit()
            except Refused as refused:
                return refused.sentence
            finally:
                began.result()
    return ""


@pytest.fixture
def saves(db: Session, worker: Actor, quoting: Opportunity) -> Step:
    quoting_id = quoting.id
    reword_opportunity(db, worker, quoting_id, wording=WORDED)
    db.commit()
    quoting_words = replace(WORDED, help_wanted=QUOTE)
    return lambda other: reword_opportunity(other, later(worker), quoting_id, wording=quoting_words)


@pytest.fixture
def takes_back(quoted: CardEntry) -> Step:
    author, entry_id = holding_the_code(quoted), quoted.id
    return lambda other: withdraw_entry(other, author, entry_id)


def text_now(database: Database, opportunity: Opportunity) -> str:
    with Session(database.engine) as db:
        return db.get_one(Opportunity, opportunity.id).help_wanted


def test_what_is_saved_first_is_found(
    database: Database, quoting: Opportunity, saves: Step, takes_back: Step
):
    assert meanwhile(database, saves, takes_back) == ""

    assert text_now(database, quoting) == BEING_REWORDED


def test_what_comes_second_is_refused(
    database: Database, quoting: Opportunity, saves: Step, takes_back: Step
):
    assert meanwhile(database, takes_back, saves) != ""

    assert text_now(database, quoting) == WORDED.help_wanted
