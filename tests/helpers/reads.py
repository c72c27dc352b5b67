"""Every read of the queries, asked about everything there is: for tests of the gate.

A read is asked once for each record that one of its arguments may name. An argument that this file
does not know and that must be given is an error, so that no new read stays outside.
"""

import importlib
import inspect
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from functools import cache, partial
from itertools import product
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.permissions import Actor, Refused, Role
from coprod_data.vocabulary.actions import Listed
from coprod_data.vocabulary.outcomes import OutcomeProgress
from coprod_data.vocabulary.report_cards import CardsListed
from coprod_data.vocabulary.rewordings import TextPlace
from coprod_data.vocabulary.surveys import CameOf
from tests.helpers.door_rules import is_helper
from tests.helpers.source import ROOT, read_source

TABLES = {
    "action": "action",
    "commitment": "promise_commitment",
    "course": "course",
    "date": "course_date",
    "decision": "decision",
    "entry": "card_entry",
    "item": "agenda_item",
    "library": "library_item",
    "file": "library_file",
    "group": "group",
    "meeting": "meeting",
    "notice": "notice",
    "opportunity": "opportunity",
    "owner": "person",
    "outcome": "outcome",
    "paper": "paper",
    "layout": "paper_layout",
    "person": "person",
    "priority": "priority",
    "policy": "policy",
    "project": "project",
    "recruitment": "recruitment",
    "report_card": "report_card",
    "return": "audit_return",
    "rewording": "rewording",
    "round": "audit_round",
    "service": "service",
    "session": "coproduction_session",
    "series": "session_series",
    "survey": "survey_round",
    "before": "survey_round",
    "theme": "promise_theme",
    "venue": "venue",
    "version": "promise_version",
}
VALUES: dict[str, list[Any]] = {
    "about": ["1"],
    "came": [*CameOf],
    "number": [1],
    "there": [""],
    "voices": [3],
    "name": ["text"],
    "note": [None],
    "place": [TextPlace.UPDATE, TextPlace.REPLY],
    "address": ["203.0.113.9"],
    "cards": [*CardsListed],
    "code": ["nobody's"],
    "daily": ["forget drafts"],
    "each": [3],
    "everybodys": [False, True],
    "for_a_room": [False, True],
    "event_id": [1],
    "events": [[]],
    "form": ["check"],
    "form_ids": [["nobody's"]],
    "jobs": [["seal events"]],
    "key_number": ["1"],
    "lapse_days": [21],
    "mark": ["nobody's"],
    "minutes": [15],
    "most": [20],
    "roles": [tuple(Role)],
    "other_id": [1, 2],
    "outcome_list": [*OutcomeProgress],
    "public_id": ["nobody's"],
    "public_ids": [["nobody's"]],
    "subject": ["1:thinks"],
    "token": ["nobody's"],
    "username": ["nobody"],
    "usernames": [["nobody"]],
    "visits": [False, True],
    "what": ["card"],
    "as_at": [date(2026, 3, 10)],
    "meets_on": [date(2026, 3, 10)],
    "item": [1],
    "since": [datetime(2000, 1, 1, tzinfo=UTC)],
    "which": [*Listed],
    **dict.fromkeys(("day", "first"), [date(2000, 1, 1)]),
    "last": [date(2099, 1, 1)],
}


@cache
def every_read() -> dict[str, Callable[..., Any]]:
    """Each public read of `coprod_data/queries` by its name."""
    reads = {}
    for path in sorted((ROOT / "coprod_data" / "queries").glob("*.py")):
        if is_helper(read_source(path)):
            continue
        module = importlib.import_module(f"coprod_data.queries.{path.stem}")
        for name, read in inspect.getmembers(module, inspect.isfunction):
            if read.__module__ == module.__name__ and not name.startswith("_"):
                reads[name] = read
    return reads


def told(db: Session, actor: Actor, *, typed: str) -> Iterator[tuple[str, str]]:
    """All that an actor gets from each read, by its name, as one text; `typed` is searched for."""
    ids = {
        table: list(db.scalars(sa.text(f'SELECT id FROM "{table}"')))  # noqa: S608 - our own names
        for table in set(TABLES.values())
    }
    for name, read in every_read().items():
        answers = []
        for ask in _calls(db, actor, read, ids, typed):
            try:
                answers.append(repr(ask()))
            except Refused:
                continue
        yield name, "\n".join(answers)


def _calls(
    db: Session, actor: Actor, read: Callable[..., Any], ids: dict[str, list[int]], typed: str
) -> Iterator[Callable[[], Any]]:
    """Ask with every value of what must be given, and of what may be given one at a time."""
    given = list(inspect.signature(read).parameters.values())[2:]
    values = {parameter.name: _values(parameter, ids, typed) for parameter in given}
    needed = [one.name for one in given if one.default is inspect.Parameter.empty]
    for chosen in product(*(values[name] for name in needed)):
        said = dict(zip(needed, chosen, strict=True))
        yield partial(_ask, read, db, actor, said)
        for name in values.keys() - set(needed):
            for value in values[name]:
                yield partial(_ask, read, db, actor, {**said, name: value})


def _ask(read: Callable[..., Any], db: Session, actor: Actor, said: dict[str, Any]) -> Any:
    named = {name: value for name, value in said.items() if name != "roles"}
    return read(db, actor, *said.get("roles", ()), **named)


def _values(parameter: inspect.Parameter, ids: dict[str, list[int]], typed: str) -> list[Any]:
    """What to ask with, besides what the read takes by itself."""
    if parameter.name in ("search", "typed"):
        return [typed]
    if parameter.name in VALUES:
        return VALUES[parameter.name]
    for noun, table in TABLES.items():
        if parameter.name in (f"{noun}_id", f"{noun}_ids"):
            return [ids[table]] if parameter.name.endswith("s") else ids[table]
    if parameter.default is not inspect.Parameter.empty:
        return []
    raise LookupError(f"tests/helpers/reads.py does not know what {parameter.name} may be.")
