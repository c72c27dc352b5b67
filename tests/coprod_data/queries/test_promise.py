"""The Promise is read as it is worded today, by everybody."""

from sqlalchemy.orm import Session

from coprod_data.commands.promise import add_theme, draft_promise
from coprod_data.permissions import Role
from coprod_data.queries.promise import drafted_promise, promise, themes
from coprod_data.store.database import Database
from tests.helpers.builders import NOW, a_commitment, a_promise, days_ago, somebody, the_public
from tests.helpers.databases import statements


def test_the_newest_adopted_wording_is_in_force(db: Session):
    a_promise(db, ("Old",), adopted_at=days_ago(400))
    a_promise(db, ("Homes", "Something else"), title="Newest", adopted_at=days_ago(10))
    a_promise(db, ("Draft",), adopted_at=None)

    row = promise(db, the_public())

    assert row is not None
    assert (row.title, row.in_force, row.adopted_on) == ("Newest", True, days_ago(10).date())
    assert [theme.title for theme in row.themes] == ["Homes", "Something else"]
    assert [theme.title for theme in themes(db, the_public())] == ["Homes", "Something else"]
    assert [len(theme.commitments) for theme in row.themes] == [1, 1]


def test_before_the_first_adoption_there_is_none(db: Session):
    worker = somebody(db, Role.YOUTH_VOICE)
    version_id = draft_promise(db, worker, title="Draft")
    add_theme(db, worker, version_id, title="Homes", young_title="Home", icon="home")

    assert promise(db, the_public()) is None
    assert themes(db, the_public()) == []
    drafted = drafted_promise(db, worker)
    assert drafted is not None
    assert (drafted.id, drafted.in_force, drafted.adopted_on) == (version_id, False, None)
    assert [theme.young_title for theme in drafted.themes] == ["Home"]


def test_a_longer_promise_takes_no_more_statements(db: Session, database: Database):
    [theme, *_] = a_promise(db, adopted_at=NOW)
    with statements(database) as short:
        promise(db, the_public())
    for _ in range(3):
        a_commitment(db, theme)

    with statements(database) as long:
        promise(db, the_public())

    assert len(long) == len(short) == 4
