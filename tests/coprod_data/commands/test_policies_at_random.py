"""Random moves never sign a version of a policy off without its easy-read twin."""

from contextlib import suppress
from dataclasses import replace

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from coprod_data.commands.policies import take_step
from coprod_data.commands.policies_asking import add_activity
from coprod_data.commands.policies_boards import (
    answer_sign_off,
    show_to_board,
    sign_off,
)
from coprod_data.commands.policies_text import (
    PartTyped,
    credit_easy,
    put_out_version,
    remove_part,
    start_version,
    write_easy,
    write_part,
)
from coprod_data.models import PolicyPart, PolicyVersion
from coprod_data.permissions import (
    Actor,
    Refused,
    Role,
)
from coprod_data.queries.policies import policies, policy
from coprod_data.queries.policies_asked import boards
from coprod_data.scopes.policies import easy_is_stale
from coprod_data.vocabulary.policies import PolicyStep
from tests.helpers.builders import somebody
from tests.helpers.policies import (
    ASKED,
    EASY,
    SEEN,
    a_policy,
    newest,
    until,
)


@pytest.fixture
def worker(db: Session) -> Actor:
    return somebody(db, Role.YOUTH_VOICE)


MOVES = st.lists(
    st.sampled_from(
        ["step", "skip", "learn", "ask", "lessons", "version", "write", "easy", "credit", "out",
         "board", "sign", "sign ours", "yes", "no", "remove"]
    ),
    max_size=60,
)  # fmt: skip


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(moves=MOVES, start=st.sampled_from(list(PolicyStep)[:9]))
def test_random_moves_never_sign_a_version_off_without_its_twin(
    db: Session, moves: list[str], start: PolicyStep
):
    worker, chair = somebody(db, Role.YOUTH_VOICE), somebody(db, Role.CHAIR)
    number, _ = a_policy(db, worker, title=f"Policy of {worker.id}")
    until(db, worker, number, start)
    for move in moves:
        with suppress(Refused), db.begin_nested():
            _move(db, worker, chair, number, move)
        for version in db.scalars(sa.select(PolicyVersion).filter_by(policy_id=number)):
            if version.signed_at is None:
                continue
            parts = db.scalars(sa.select(PolicyPart).filter_by(version_id=version.id)).all()
            assert all([parts, version.easy_by, version.easy_read_by])
            assert not any(easy_is_stale(part) for part in parts)
    assert number in [row.id for row in policies(db, worker)]


def _move(db: Session, worker: Actor, chair: Actor, number: int, move: str) -> None:
    version = newest(db, number)
    version_id = version.id or 0
    part = db.scalar(sa.select(PolicyPart.id).filter_by(version_id=version_id)) or 0
    step = policy(db, worker, number).step or PolicyStep.IDEA
    match move:
        case "step" | "skip":
            take_step(db, worker, number, step, why_skipped="-so-" if move == "skip" else "")
        case "learn" | "ask" | "lessons":
            kind = {"learn": "learning", "ask": "asking", "lessons": "lessons"}[move]
            add_activity(db, worker, number, replace(ASKED, kind=kind))
        case "version":
            start_version(db, worker, number)
        case "write":
            text = f"A text of {version.revision} words or so"
            write_part(db, worker, version_id, PartTyped(heading="A", text=text),
                       part_id=part or None)  # fmt: skip
        case "easy":
            write_easy(db, worker, part, easy=EASY)
        case "credit":
            credit_easy(db, worker, version_id, easy_by="A", easy_read_by="B")
        case "out":
            put_out_version(db, worker, version_id)
        case "board":
            show_to_board(db, worker, version_id, SEEN)
        case "sign" | "sign ours":
            sign_off(db, worker, version_id, SEEN, ours=move == "sign ours")
        case "yes" | "no":
            for row in boards(db, worker, number):
                if row.waits:
                    answer_sign_off(db, chair, row.id, agreed=move == "yes")
        case "remove":
            remove_part(db, worker, part)
