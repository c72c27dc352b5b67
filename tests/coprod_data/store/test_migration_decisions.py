"""Going up, what is out stays out and nothing else opens; going down, nothing opens by itself."""

from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import (
    CardEntry,
    CheckStep,
    Consent,
    EntrySummary,
    EntryVersion,
    UseDecision,
)
from coprod_data.permissions import Role
from coprod_data.store.database import Database
from coprod_data.store.migrations.versions.r0003_decisions import down_revision
from coprod_data.store.schema import downgrade, migrate
from coprod_data.vocabulary.entries import ConsentUse, Flag, Review
from coprod_data.vocabulary.entry_care import Again, StepKind
from tests.helpers.builders import NOW, a_person, a_promise, a_report_card, add, an_entry, days_ago

BOARD, PUBLIC = ConsentUse.BOARD, ConsentUse.PUBLIC
entry_table, consent_table = CardEntry.__table__, Consent.__table__


def live(database: Database) -> set[tuple[int, ConsentUse]]:
    with database.engine.connect() as connection:
        rows = connection.execute(
            sa.select(consent_table.c.entry_id, consent_table.c.use).where(
                consent_table.c.withdrawn_at.is_(None)
            )
        )
        return {(row.entry_id, row.use) for row in rows}


def test_down_a_use_that_nobody_let_out_is_no_longer_allowed(database: Database):
    with Session(database.engine) as db:
        card = a_report_card(db, a_promise(db)[0])
        both = an_entry(db, card, released=True, consents=(BOARD, PUBLIC)).id
        refused = an_entry(db, card, released=True, consents=(BOARD, PUBLIC))
        waiting = an_entry(db, card, consents=(BOARD, PUBLIC)).id
        own_words = an_entry(db, card, consents=(ConsentUse.SUMMARY,)).id
        flagged = an_entry(db, card, flags=[Flag.HURT.value, Flag.WORRIED.value]).id
        kept = an_entry(
            db, card, "He hits me", None, flags=["hurt"], kept_unread=True, withdrawn_at=NOW
        )
        db.execute(
            sa.update(UseDecision)
            .where(UseDecision.entry_id == refused.id, UseDecision.use == PUBLIC)
            .values(let_out=False)
        )
        refused_id, kept_id = refused.id, kept.id
        db.commit()

    downgrade(database.engine, down_revision)

    left = live(database)
    assert {(both, BOARD), (both, PUBLIC), (refused_id, BOARD), (waiting, PUBLIC)} <= left
    assert (refused_id, PUBLIC) not in left
    assert own_words not in {entry_id for entry_id, _ in left}
    with database.engine.connect() as connection:
        flags = connection.scalar(sa.select(entry_table.c.flags).where(entry_table.c.id == flagged))
        words = connection.execute(
            sa.text("SELECT thinks FROM entry_version WHERE entry_id = :id"), {"id": kept_id}
        ).scalars().all()  # fmt: skip
    assert flags == [Flag.HURT.value]
    assert words == [None]

    migrate(database.engine)
    with Session(database.engine) as db:
        out = db.scalars(sa.select(UseDecision).where(UseDecision.let_out))
        assert {(one.entry_id, one.use) for one in out} == {
            (both, BOARD),
            (both, PUBLIC),
            (refused_id, BOARD),
        }


def test_up_what_is_out_stays_out_for_what_was_allowed_then(database: Database):
    with Session(database.engine) as db:
        card = a_report_card(db, a_promise(db)[0])
        worker = a_person(db, Role.YOUTH_VOICE)
        out = an_entry(db, card, released=True, consents=(BOARD,)).id
        later = an_entry(db, card, released=True, consents=(BOARD,)).id
        nothing = an_entry(db, card, released=True, consents=()).id
        in_our_words = an_entry(db, card, released=True, consents=())
        add(db, EntrySummary(
            entry_id=in_our_words.id, text="A young person is cold.", made_at=days_ago(1),
            made_by_id=worker.id,
        ))  # fmt: skip
        proposed = an_entry(db, card, flags=["hurt"])
        version = db.scalars(
            sa.select(EntryVersion.id).where(EntryVersion.entry_id == proposed.id)
        ).one()
        ours, proposed_id, worker_id = in_our_words.id, proposed.id, worker.id
        db.commit()
    downgrade(database.engine, down_revision)
    with database.engine.begin() as connection:
        connection.execute(
            sa.insert(consent_table).values(entry_id=later, use=PUBLIC, given_at=NOW)
        )
        connection.execute(
            sa.text(
                "UPDATE card_entry SET proposed_version_id = :version, proposed_by_id = :by,"
                " proposed_at = sent_at WHERE id = :id"
            ),
            {"version": version, "by": worker_id, "id": proposed_id},
        )

    migrate(database.engine)

    with Session(database.engine) as db:
        entries = {entry.id: entry for entry in db.scalars(sa.select(CardEntry))}
        decided = {(one.entry_id, one.use) for one in db.scalars(sa.select(UseDecision))}
        [step] = db.scalars(sa.select(CheckStep))
    assert decided == {(out, BOARD), (later, BOARD)}
    assert entries[out].review is Review.RELEASED
    assert entries[out].dealt_at == days_ago(1)
    assert (entries[later].review, entries[later].again) == (Review.SUBMITTED, Again.ALLOWED)
    assert entries[later].dealt_at is None
    assert entries[nothing].review is Review.KEPT
    assert (entries[ours].review, entries[ours].released_at) == (Review.SUBMITTED, None)
    assert (step.entry_id, step.kind, step.version_id) == (proposed_id, StepKind.RELEASE, version)
    assert step.proposed_at == NOW - timedelta(days=2)
