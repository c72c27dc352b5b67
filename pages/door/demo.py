"""What the sign-in page of a demonstration shows: accounts to try, and some card codes."""

import csv
from dataclasses import dataclass
from functools import cache

from coprod_data.files.seed import COUNCILS, PASSWORD
from coprod_data.files.seed_council import form_id
from coprod_data.permissions import Role
from coprod_data.queries.auth_sessions import demo_cards, demo_people
from coprod_data.queries.settings import labels
from coprod_data.store import database
from coprod_data.store.actors import Public
from coprod_data.vocabulary.labels import labelled
from coprod_data.vocabulary.settings import Mode

USERNAMES = (
    "young.person",
    "youth.voice",
    "youth.voice.two",
    "safeguarding.lead",
    "manager",
    "board.member",
    "chair",
    "clerk",
    "administrator",
)
SEES = {
    Role.YOUNG_PERSON: "My cards and the report cards, as a young person with an account",
    Role.YOUTH_VOICE: "The checking queue, and everything the Board sees",
    Role.SAFEGUARDING: "Words on hold",
    Role.MANAGER: "Their actions, their audit return, the cards linked to them",
    Role.BOARD_MEMBER: "The Board's pages; can say “I'll do it”",
    Role.CHAIR: "The Board's pages; approves actions and pins words",
    Role.CLERK: "The Board's pages; plans its meetings and writes down what it decides",
    Role.ADMINISTRATOR: "People and settings, and no young person's words",
}


@dataclass(frozen=True)
class TryOut:
    """Somebody a visitor may sign in as."""

    username: str
    name: str
    job: str
    sees: tuple[str, ...]


@dataclass(frozen=True)
class ListedCard:
    """A card code to try, and how far its entry has come."""

    code: str
    stands: str


@dataclass(frozen=True)
class Demonstration:
    """Everything the list needs."""

    password: str
    people: tuple[TryOut, ...]
    cards: tuple[ListedCard, ...]


def demo_council() -> Demonstration | None:
    """Return what to try in a demonstration that has an invented council, else None."""
    with database.reading(Public()) as (db, public):
        if labels(db, public).mode is not Mode.DEMO:
            return None
        stands = listed_forms()
        codes = demo_cards(db, public, tuple(stands))
        found = demo_people(db, public, USERNAMES) if codes else []
    if not found:
        return None
    people = tuple(
        TryOut(
            p.username,
            p.name,
            p.job,
            tuple(labelled(SEES[role]) for role in Role if role in p.roles),
        )
        for p in found
    )
    cards = tuple(ListedCard(code, labelled(stands[form])) for form, code in codes.items())
    return Demonstration(PASSWORD, people, cards)


@cache
def listed_forms() -> dict[str, str]:
    """Return, by form id, how far each listed entry has come, for every invented council."""
    listed: dict[str, str] = {}
    for folder in COUNCILS.values():
        with (folder / "card_entries.csv").open(encoding="utf-8-sig", newline="") as sheet:
            listed |= {
                form_id(row["entry"]): row["listed"]
                for row in csv.DictReader(sheet)
                if row["listed"]
            }
    return listed
