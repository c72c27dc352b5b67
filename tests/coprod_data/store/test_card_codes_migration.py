"""r0002 keeps all rows: a code of the first release opens its card before, after and again."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import CardEntry, HandedCode
from coprod_data.permissions import Role
from coprod_data.store.actors import ByCode
from coprod_data.store.card_codes import OLD_CODE, code_digest, new_code, spell_code
from coprod_data.store.database import Database
from coprod_data.store.schema import check_guards, downgrade, migrate
from tests.helpers.builders import NOW, a_person, a_promise, a_report_card, add, an_entry


def opened_by(database: Database, code: str) -> int | None:
    with database.reading(ByCode(code)) as (_, actor):
        return actor.entry_id


def stored(database: Database) -> list[tuple[object, ...]]:
    asked = "SELECT id, code_hash, code_key, form_hash, review FROM card_entry ORDER BY id"
    with database.engine.connect() as connection:
        return [tuple(row) for row in connection.execute(sa.text(asked))]


def test_codes_of_both_kinds_go_down_and_up_with_their_entries(database: Database):
    key = database.keys.newest
    old, new = spell_code("form-1", key, OLD_CODE), new_code("form-2", database.keys)
    with Session(database.engine) as db:
        card = a_report_card(db, a_promise(db)[0])
        first = an_entry(db, card, code_hash=code_digest(old, key), code_key=key.number).id
        later = an_entry(
            db, card, code_hash=new.digest, code_key=key.number, code_words=new.length,
            code_kept_at=NOW,
        ).id  # fmt: skip
        worker = a_person(db, Role.YOUTH_VOICE)
        add(db, HandedCode(person_id=worker.id, entry_id=later, sealed="x", at=NOW))
        db.commit()
    before = stored(database)

    downgrade(database.engine, "r0001")
    assert stored(database) == before
    columns = {one["name"] for one in sa.inspect(database.engine).get_columns("card_entry")}
    assert columns.isdisjoint({"code_words", "code_kept_at"})
    migrate(database.engine)

    assert stored(database) == before
    assert (opened_by(database, old), opened_by(database, new.words)) == (first, later)
    with Session(database.engine) as db:
        assert db.get_one(CardEntry, first).code_words is None
        assert db.scalars(sa.select(HandedCode)).all() == []
    check_guards(database.engine)
