"""What the sign-in page of a demonstration shows: who may be tried, and six card codes."""

import csv
from dataclasses import dataclass
from functools import cache

from coprod_data.files.seed import FOLDER, PASSWORD
from coprod_data.files.seed_council import form_id
from coprod_data.queries.auth_sessions import demo_people
from coprod_data.queries.settings import labels
from coprod_data.store import database
from coprod_data.store.actors import Public
from coprod_data.store.card_codes import spell_code
from coprod_data.vocabulary.settings import Mode

SEES = {
    "young.person": "My cards and the report cards, as a young person with an account",
    "youth.voice": "The checking queue, and everything the Board sees",
    "youth.voice.two": "The same; second reader of flagged entries",
    "safeguarding.lead": "The same, and alone reads words on hold",
    "manager": "Their actions, their audit return, the cards linked to them",
    "board.member": "The Board's five screens; can say “I'll do it”",
    "chair": "The same; approves actions and pins words",
    "administrator": "People and settings, and no young person's words",
}


@dataclass(frozen=True)
class TryOut:
    """Somebody a visitor may sign in as."""

    username: str
    name: str
    job: str
    sees: str


@dataclass(frozen=True)
class ListedCard:
    """A card code to try, and where its entry stands in the demo council."""

    code: str
    stands: str


@dataclass(frozen=True)
class Demonstration:
    """Everything the list needs."""

    password: str
    people: tuple[TryOut, ...]
    cards: tuple[ListedCard, ...]


def demo_council() -> Demonstration | None:
    """Return what may be tried in a demonstration that has its council, else None."""
    with database.reading(Public()) as (db, public):
        if labels(db, public).mode is not Mode.DEMO:
            return None
        found = demo_people(db, public, tuple(SEES))
    if len(found) < len(SEES):
        return None
    people = tuple(TryOut(p.username, p.name, p.job, SEES[p.username]) for p in found)
    key = database.current().keys.all[0]
    cards = tuple(ListedCard(spell_code(form, key), stands) for form, stands in listed_forms())
    return Demonstration(PASSWORD, people, cards)


@cache
def listed_forms() -> tuple[tuple[str, str], ...]:
    """Return the form id of each entry whose code is listed, and where it stands."""
    with (FOLDER / "card_entries.csv").open(encoding="utf-8-sig", newline="") as sheet:
        return tuple(
            (form_id(row["entry"]), row["listed"]) for row in csv.DictReader(sheet) if row["listed"]
        )
