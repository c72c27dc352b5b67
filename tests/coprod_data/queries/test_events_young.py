"""No history, sheet or trail names a young person beside what they did, or what they chose."""

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.files.exports import export
from coprod_data.models import AuditAnswer, Event, Paper, RoleGrant, Trail
from coprod_data.permissions import Actor, ActorKind, Role
from coprod_data.queries import events_of
from coprod_data.queries.events import history
from coprod_data.queries.trail import trail
from coprod_data.vocabulary.events import EventKind
from coprod_data.vocabulary.papers import PaperState, PaperStatus
from coprod_data.vocabulary.trail import TrailKind
from tests.helpers.builders import NOW, add, somebody, unrecorded
from tests.helpers.meetings import a_meeting

SUBJECTS = {  # each record that has a history of its own: its table, and its reader
    "history_of_action": "action",
    "history_of_commitment": "promise_commitment",
    "history_of_opportunity": "opportunity",
    "history_of_card": "report_card",
    "history_of_return": "audit_return",
    "history_of_person": "person",
    "history_of_meeting": "meeting",
    "history_of_paper": "paper",
    "history_of_session": "coproduction_session",
    "history_of_group": "group",
    "history_of_survey": "survey_round",
    "history_of_priority": "priority",
    "history_of_course": "course",
    "history_of_policy": "policy",
    "history_of_project": "project",
    "history_of_recruitment": "recruitment",
    "history_of_library_item": "library_item",
}
NUMBER = 7
CHOSEN = {f"{AuditAnswer.__tablename__}:{NUMBER}.level": [2, 3], "action:7.rag": ["red", "green"]}


@pytest.fixture
def jay(db: Session) -> Actor:
    """Return a young person who did one of everything, and whose role has ended since."""
    jay = somebody(db, Role.YOUNG_PERSON, name="Jay Zebra")
    db.execute(sa.update(RoleGrant).where(RoleGrant.person_id == jay.id).values(ended_at=NOW))
    done = [
        Event(
            at=NOW, recorded_at=NOW, actor_kind=ActorKind.PERSON, actor_id=jay.id,
            on_behalf=None, kind=kind, subject_type=table,
            subject_id=jay.id if table == "person" else NUMBER,
            changes={**CHOSEN, "person": jay.id},
        )
        for kind in EventKind for table in (*SUBJECTS.values(), "audit_answer")
    ]  # fmt: skip
    trailed = [
        Trail(kind=kind, at=NOW, person_id=jay.id, address_hash="whereabouts") for kind in TrailKind
    ]
    with unrecorded(db):
        db.add_all([*done, *trailed])
        db.flush()
    a_signed_paper(db)
    return jay


def a_signed_paper(db: Session) -> None:
    """A paper of that number, whose history only those who may read it are told."""
    clerk = somebody(db, Role.CLERK)
    meeting_id = a_meeting(db, clerk)
    paper = Paper(
        meeting_id=meeting_id, item=1, title="Homes", state=PaperState.SIGNED,
        status=PaperStatus.PUBLIC, author_id=clerk.id, begun_at=NOW,
    )  # fmt: skip
    paper.id = NUMBER
    add(db, paper)


def test_whatever_a_young_person_did_no_reader_of_the_log_is_told_who_or_what_they_chose(
    db: Session, jay: Actor
):
    worker, office = somebody(db, Role.YOUTH_VOICE), somebody(db, Role.ADMINISTRATOR)
    read = {
        f"history for {reader.roles}": [
            row for visits in (False, True) for row in _all(db, reader, visits=visits)
        ]
        for reader in (worker, office)
    }
    assert sorted(SUBJECTS) == [name for name in dir(events_of) if name.startswith("history_of_")]
    for name, table in SUBJECTS.items():
        reader = office if table == "person" else worker
        number = jay.id if table == "person" else NUMBER
        read[name] = getattr(events_of, name)(db, reader, number, limit=1_000)
    for reader in (worker, office):
        _, rows = export(db, reader, "history", {"visits": "1"})
        read[f"sheet for {reader.roles}"] = list(rows)
    read["trail"] = trail(db, office).rows

    for what, rows in read.items():
        assert len(rows) >= len(TrailKind), what
        assert "Jay" not in repr(rows), what
        assert "whereab" not in repr(rows), what
        assert not any(getattr(row, "changes", ()) for row in rows), what
        assert f"person {jay.id}" not in repr(rows), what


def _all(db: Session, reader: Actor, *, visits: bool) -> list[object]:
    rows, before = [], None
    while page := history(db, reader, before=before, visits=visits):
        rows += page
        before = page[-1].id
    return rows
