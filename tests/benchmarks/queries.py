"""The CPU of all queries of a page, at the large size compared with the small one."""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, field

import sqlalchemy as sa
from sqlalchemy.orm import Session
from streamlit.testing.v1 import AppTest

from coprod_data.models import Action, AuditReturn, Opportunity, ReportCard
from coprod_data.store.database import Database
from coprod_data.vocabulary.opportunities import OpportunityState
from coprod_data.vocabulary.report_cards import CardState
from pages.menu import HOME, menu_for
from tests.benchmarks.measuring import Measured, NotReady, Options, paired
from tests.benchmarks.statements import council_of, cpu_of, in_use, reads_of
from tests.helpers.databases import Statement
from tests.helpers.demo import DEMO
from tests.helpers.opening import SHELL, session_of
from tests.helpers.source import ROOT

EACH = ("chair", "youth.voice", "safeguarding.lead", "manager", "young.person", "administrator")


@dataclass(frozen=True)
class Visited:
    """A page as somebody opens it; `query` is from the address."""

    username: str
    file: str
    query: dict[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        asked = "".join(f" {name}" for name in self.query)
        return f"{self.username} {self.file}{asked}"


def run(options: Options) -> Iterator[Measured]:
    """Every page of the menu for each role, and one record of each kind."""
    biggest = (options.large, options.small) == ("5m", "10k")
    goal = "queries_5m_over_10k" if biggest else "queries_large_over_small"
    with (
        council_of(options.large, options.db) as large,
        council_of(options.small, options.db) as small,
    ):
        for visited in pages(large):
            ours, theirs = asked_by(large, visited), asked_by(small, visited)
            yield paired(
                goal, f"{visited.name}, {len(ours)} queries",
                cpu_of(large, ours), cpu_of(small, theirs),
                rounds=options.rounds, unit="ms CPU",
            )  # fmt: skip


def pages(database: Database) -> list[Visited]:
    """Every page that each role has in its menu, then the newest record of each noun."""
    found = [Visited(username, page.file) for username in EACH for page in menu_for(DEMO[username])]
    with Session(database.engine) as db:
        card = _newest(db, ReportCard, ReportCard.state == CardState.SHARED)
        chance = _newest(db, Opportunity, Opportunity.state == OpportunityState.OPEN)
        action, answered = _newest(db, Action), _newest(db, AuditReturn)
    return found + [
        Visited("chair", "voice/report_cards.py", {"id": card}),
        Visited("young.person", "voice/report_cards.py", {"id": card}),
        Visited("board.member", "together/opportunities.py", {"id": chance}),
        Visited("chair", "promise/actions.py", {"action": action}),
        Visited("chair", "listening/audits.py", {"return": answered}),
    ]


def asked_by(database: Database, visited: Visited) -> list[Statement]:
    """Return what a page asks the database for. Raises NotReady when it shows a fault."""
    with in_use(database), contextlib.chdir(ROOT):
        at = to_open(visited)
        asked = reads_of(database, at.run)
    if at.exception or not asked:
        raise NotReady(f"{visited.name} shows a fault: {list(at.exception)}")
    return asked


def to_open(visited: Visited) -> AppTest:
    """A page on the database in use that is not opened yet; run it in the project's folder."""
    at = AppTest.from_file(str(SHELL), default_timeout=600)
    at.user = {"session": session_of(visited.username), "screen": "narrow"}
    if visited.file != HOME:
        at.switch_page(visited.file)
    for name, value in visited.query.items():
        at.query_params[name] = value
    return at


def _newest(db: Session, table: type[ReportCard], *where: sa.ColumnElement[bool]) -> str:
    return str(db.scalar(sa.select(sa.func.max(table.id)).where(*where)))
