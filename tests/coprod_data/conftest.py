"""The council, the card and the people with which tests of most nouns begin.

A file that needs different ones defines its own.
"""

import pytest
from sqlalchemy.orm import Session

from coprod_data.models import PromiseTheme, ReportCard
from coprod_data.permissions import Actor, Role
from tests.helpers.builders import a_promise, a_report_card, somebody, the_duty
from tests.helpers.working_together import Work, work


@pytest.fixture
def themes(db: Session) -> list[PromiseTheme]:
    """The themes of an adopted Promise, with somebody on duty."""
    the_duty(db)
    return a_promise(db)


@pytest.fixture
def theme(themes: list[PromiseTheme]) -> PromiseTheme:
    return themes[0]


@pytest.fixture
def card(db: Session, theme: PromiseTheme) -> ReportCard:
    return a_report_card(db, theme)


@pytest.fixture
def worker(db: Session) -> Actor:
    return somebody(db, Role.YOUTH_VOICE)


@pytest.fixture
def second(db: Session) -> Actor:
    """Another worker of the same team."""
    return somebody(db, Role.YOUTH_VOICE)


@pytest.fixture
def lead(db: Session) -> Actor:
    """The safeguarding lead."""
    return somebody(db, Role.SAFEGUARDING)


@pytest.fixture
def member(db: Session) -> Actor:
    return somebody(db, Role.BOARD_MEMBER)


@pytest.fixture
def chair(db: Session) -> Actor:
    return somebody(db, Role.CHAIR)


@pytest.fixture
def together(db: Session) -> Work:
    """An opportunity being worked on, with its people."""
    return work(db)
