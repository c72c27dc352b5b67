"""The upgrade that counts faces once a month makes up the months that have ended."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.actions_months import turn_month
from coprod_data.models import (
    Action,
    CardHolder,
    CommitmentSuccessor,
    PromiseCommitment,
    ViewFace,
    ViewMonth,
    YoungView,
)
from coprod_data.permissions import Role
from coprod_data.rules.clocks import london_day
from coprod_data.rules.views_counted import month_before
from coprod_data.store.database import Database
from coprod_data.store.migrations.versions.r0007_view_months import down_revision, revision
from coprod_data.store.schema import downgrade, migrate
from coprod_data.vocabulary.actions import Face, Stage
from tests.helpers.builders import (
    NOW,
    a_person,
    a_promise,
    a_report_card,
    add,
    an_entry,
    the_system,
)
from tests.helpers.databases import Databases
from tests.helpers.plans import some_views, under
from tests.helpers.source import ROOT

pytestmark = pytest.mark.both_engines

VERSIONS = ROOT / "coprod_data" / "store" / "migrations" / "versions"
REAL_NOW = datetime.now(UTC)
LAST_MONTH = month_before(london_day(REAL_NOW))


def months_ago(count: int) -> datetime:
    """A moment in the middle of a month before this one."""
    month = LAST_MONTH
    for _ in range(count - 1):
        month = month_before(month)
    return datetime(month.year, month.month, 15, 12, tzinfo=UTC)


def old_council(database: Database) -> None:
    """Views as an older release kept them, under two wordings of The Promise."""
    migrate(database.engine)
    with Session(database.engine) as db:
        owner = a_person(db, Role.MANAGER)
        theme = a_promise(db)[0]
        warm, quiet = under(db, theme, owner), under(db, theme, owner)
        dropped = under(db, theme, owner, stage=Stage.DROPPED)
        newer = under(db, a_promise(db, adopted_at=NOW + timedelta(days=1))[0], owner)
        add(
            db,
            CommitmentSuccessor(earlier_id=warm.commitment_id, later_id=newer.commitment_id),
        )
        some_views(db, warm, Face.SMILE, 5, at=months_ago(3))
        some_views(db, warm, Face.FROWN, 6, at=months_ago(1))
        some_views(db, quiet, Face.FLAT, 2, at=months_ago(2))
        some_views(db, newer, Face.FLAT, 3, at=months_ago(2))
        some_views(db, newer, Face.FROWN, 9, at=REAL_NOW)  # this month has not ended
        some_views(db, dropped, Face.FROWN, 9, at=months_ago(2))
        card, jay = a_report_card(db, theme), a_person(db, Role.YOUNG_PERSON)
        for _ in range(5):
            entry = an_entry(db, card)
            add(db, CardHolder(person_id=jay.id, entry_id=entry.id, added_at=NOW))
            view = {"person_id": None, "entry_id": entry.id, "at": months_ago(3)}
            some_views(db, quiet, Face.FROWN, 1, **view)
        db.commit()
    downgrade(database.engine, down_revision)
    assert not sa.inspect(database.engine).has_table("view_month")
    assert not sa.inspect(database.engine).has_table("view_face")


def upgraded(database: Database) -> None:
    old_council(database)
    migrate(database.engine)


@pytest.fixture
def council(engine: str, databases: Databases) -> Iterator[Database]:
    """That council, upgraded."""
    with databases(engine, "view_months", upgraded).lent() as database:
        yield database


def ids_of(database: Database) -> dict[str, int]:
    """The actions in the order in which they were made, both commitments, the theme of before."""
    with Session(database.engine) as db:
        warm, quiet, _, newer = db.scalars(sa.select(Action.id).order_by(Action.id))
        carried_on = db.scalars(sa.select(CommitmentSuccessor)).one()
        was, now = carried_on.earlier_id, carried_on.later_id
        theme_id = db.get_one(PromiseCommitment, was).theme_id
        return {
            "warm": warm, "quiet": quiet, "newer": newer, "was": was, "now": now,
            "theme": theme_id,
        }  # fmt: skip


def faces(database: Database) -> list[Any]:
    with database.engine.connect() as connection:
        return list(
            connection.execute(
                sa.select(
                    ViewMonth.month, ViewFace.action_id, ViewFace.commitment_id,
                    ViewFace.theme_id, ViewFace.face, ViewFace.counted_to,
                )
                .outerjoin(ViewFace, ViewFace.view_month_id == ViewMonth.id)
                .order_by(
                    ViewMonth.month, ViewFace.theme_id, ViewFace.commitment_id, ViewFace.action_id
                )
            )
        )  # fmt: skip


def of(found: list[Any], **about: int) -> list[tuple[date, Face]]:
    [(name, id_)] = about.items()
    return [(row.month, row.face) for row in found if getattr(row, name) == id_]


def test_the_months_that_have_ended_are_made_up(council: Database):
    ids, found = ids_of(council), faces(council)
    third, second, first = (months_ago(count).date().replace(day=1) for count in (3, 2, 1))
    assert sorted({row.month for row in found}) == [third, second, first]
    assert of(found, action_id=ids["warm"]) == [
        (third, Face.SMILE), (second, Face.SMILE), (first, Face.FROWN),
    ]  # fmt: skip
    assert of(found, action_id=ids["quiet"]) == of(found, action_id=ids["newer"]) == []
    # Beside the five: five codes of one account in the first month, then five more people.
    assert [month for month, _ in of(found, commitment_id=ids["now"])] == [second, first]
    assert of(found, commitment_id=ids["was"]) == of(found, commitment_id=ids["now"])


def of_today(found: list[Any], ids: dict[str, int]) -> list[Any]:
    """Without the wording of before: a later upgrade moves its actions to the one in force."""
    older = (ids["was"], ids["theme"])
    return [row for row in found if (row.commitment_id, row.theme_id) not in (
        (older[0], None), (None, older[1])
    )]  # fmt: skip


def test_the_job_finds_nothing_left_to_do_and_would_have_counted_the_same(council: Database):
    ids = ids_of(council)
    made_up = of_today(faces(council), ids)
    with Session(council.engine) as db:
        db.info["keys"] = council.keys
        assert turn_month(db, the_system(REAL_NOW)) == 0
        db.execute(sa.delete(ViewFace))
        db.execute(sa.delete(ViewMonth))
        assert turn_month(db, the_system(REAL_NOW)) == 3
        db.commit()

    assert of_today(faces(council), ids) == made_up


def test_it_goes_down_without_touching_a_view_and_up_again_to_the_same(council: Database):
    ids = ids_of(council)
    made_up = of_today(faces(council), ids)

    downgrade(council.engine, down_revision)
    with council.engine.connect() as connection:
        assert connection.scalar(sa.select(sa.func.count(YoungView.id))) == 39
    migrate(council.engine)

    assert of_today(faces(council), ids) == made_up


def test_without_a_view_no_month_is_made_up(database: Database):
    assert faces(database) == []  # it has come through every upgrade without a row


def test_it_is_the_revision_of_its_file():
    assert (VERSIONS / f"{revision}_view_months.py").exists()
