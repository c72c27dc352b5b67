"""The upgrade that gives a wish taken back unread its own place: up, down and up, with rows."""

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from coprod_data.models import CardEntry, ContactWish
from coprod_data.store.database import Database
from coprod_data.store.migrations.versions.r0095_wishes_beside import down_revision
from coprod_data.store.schema import downgrade, is_current, migrate
from tests.coprod_data.store.test_migration_held_with import guards
from tests.helpers.builders import NOW, a_promise, a_report_card, add, add_all, an_entry


def a_wish(entry: CardEntry, how: str, **when: object) -> ContactWish:
    return ContactWish(
        entry_id=entry.id, first_name=None, how=how, when_safe=None, made_at=NOW, **when
    )


def hows(database: Database) -> list[str | None]:
    with database.engine.connect() as connection:
        return list(connection.scalars(sa.text("SELECT how FROM contact_wish ORDER BY id")))


def test_it_goes_down_once_each_card_has_one_wish_and_loses_none(database: Database):
    with Session(database.engine) as db:
        card = a_report_card(db, a_promise(db)[0])
        one, other = an_entry(db, card), an_entry(db, card)
        add_all(db, [
            a_wish(one, "Closed", closed_at=NOW), a_wish(one, "Unread", taken_back_at=NOW),
            a_wish(one, "Ring"), a_wish(other, "Text", taken_back_at=NOW),
        ])  # fmt: skip
        db.commit()
    before, words = guards(database), ["Closed", "Unread", "Ring", "Text"]

    with pytest.raises(RuntimeError, match="1 card has a wish to talk that was taken back"):
        downgrade(database.engine, down_revision)
    assert (is_current(database.engine), hows(database)) == (True, words), "nothing was changed"

    with database.engine.begin() as connection:
        connection.execute(
            sa.text("UPDATE contact_wish SET closed_at = :now WHERE how = 'Unread'"),
            {"now": NOW},
        )
    downgrade(database.engine, down_revision)
    assert hows(database) == words
    migrate(database.engine)

    assert is_current(database.engine)
    assert (guards(database), hows(database)) == (before, words)


def test_a_card_has_any_number_that_were_taken_back_and_one_that_counts(database: Database):
    with Session(database.engine) as db:
        entry = an_entry(db, a_report_card(db, a_promise(db)[0]))
        add_all(db, [
            a_wish(entry, "One", taken_back_at=NOW), a_wish(entry, "Two"),
            a_wish(entry, "Three", taken_back_at=NOW),
        ])  # fmt: skip
        with pytest.raises(IntegrityError):
            add(db, a_wish(entry, "Four"))
