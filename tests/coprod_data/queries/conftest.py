"""An opportunity and the owner of an action, for tests of reading both."""

import pytest
from sqlalchemy.orm import Session

from coprod_data.models import Opportunity, Person, PromiseTheme
from coprod_data.permissions import Role
from tests.helpers.builders import a_person, an_opportunity


@pytest.fixture
def opportunity_(db: Session, theme: PromiseTheme) -> Opportunity:
    return an_opportunity(db, theme, a_person(db))


@pytest.fixture
def owner(db: Session) -> Person:
    return a_person(db, Role.MANAGER, name="Olu Bright")
