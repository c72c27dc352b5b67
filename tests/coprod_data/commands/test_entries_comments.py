"""Comments on a policy: read first like all words, with a code, and each hears what it did."""

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.entries_checks import keep_entry, open_to_read
from coprod_data.commands.entries_comments import send_comment, settle_comment
from coprod_data.commands.entries_keeping import NobodyOnDuty
from coprod_data.commands.policies import take_step
from coprod_data.commands.policies_boards import sign_off
from coprod_data.commands.policies_text import PartTyped, put_out_version, start_version, write_part
from coprod_data.models import CardEntry, PolicyComment, PolicyPart
from coprod_data.permissions import Actor, Invalid, NotAllowed, NotFound, Refused, Role
from coprod_data.queries.entries import follow_entry
from coprod_data.queries.entries_queue import entries_to_check
from coprod_data.queries.entries_raw import raw_words
from coprod_data.queries.policies_asked import comments
from coprod_data.queries.policies_public import comment_answers, public_policy
from coprod_data.vocabulary.entries import EntryKind
from coprod_data.vocabulary.policies import CommentWay, Disposition, PolicyStep
from tests.helpers.builders import (
    a_promise,
    holding_the_code,
    nobody_on_duty,
    somebody,
    the_duty,
    the_public,
)
from tests.helpers.entries_read import the_code
from tests.helpers.policies import SEEN, a_comment, a_policy, a_twin, until


@pytest.fixture
def worker(db: Session) -> Actor:
    the_duty(db)
    a_promise(db)
    return somebody(db, Role.YOUTH_VOICE)


def the_entry(db: Session) -> CardEntry:
    return db.scalars(sa.select(CardEntry).order_by(CardEntry.id.desc())).first()  # type: ignore[return-value]


def asked(db: Session, worker: Actor, **fields: str) -> tuple[int, int]:
    """Return the numbers of a policy that people are asked about, and of its version."""
    number, _ = a_policy(db, worker, **fields)
    return number, until(db, worker, number, PolicyStep.REVISION)


def test_a_comment_is_read_first_on_the_second_list_and_has_a_code(db: Session, worker: Actor):
    _, version = asked(db, worker)
    code = a_comment(db, version)
    assert len(code.split()) == 5
    assert a_comment(db, version) == code
    entry = the_entry(db)
    assert (entry.kind, entry.typed_by_id, entry.flags) == (EntryKind.POLICY, None, [])
    waiting = [one for one in entries_to_check(db, worker) if one.id == entry.id]
    assert len(waiting) == 1


def test_a_disclosure_goes_the_way_of_all_flagged_words(db: Session, worker: Actor):
    _, version = asked(db, worker)
    a_comment(db, version, "my stepdad hits me and I want to die")
    entry = the_entry(db)
    assert entry.flags
    assert next(one for one in entries_to_check(db, worker)).id == entry.id


def test_markup_is_kept_as_it_is_and_too_much_is_refused(db: Session, worker: Actor):
    _, version = asked(db, worker)
    a_comment(db, version, "<script>alert(1)</script> put it on video")
    open_to_read(db, worker, the_entry(db).id)
    assert "<script>" in raw_words(db, worker, the_entry(db).id).thinks
    with pytest.raises(Invalid, match="Keep it to 5,000"):
        a_comment(db, version, "word " * 12_000, "another-form")
    with pytest.raises(Invalid, match="few words"):
        a_comment(db, version, "..", "a-third-form")


def test_its_writer_reads_what_became_of_it_and_why(db: Session, worker: Actor):
    number, version = asked(db, worker)
    a_comment(db, version)
    entry = the_entry(db)
    with pytest.raises(Refused, match="Check the entry first"):
        settle_comment(db, worker, entry.id, disposition=Disposition.NOT_USED, reason="Too dear.")
    open_to_read(db, worker, entry.id)
    keep_entry(db, worker, entry.id, why="")
    with pytest.raises(Invalid, match="1 comment has no answer"):
        take_step(db, worker, number, PolicyStep.REVISION)
    with pytest.raises(Invalid, match="what changed"):
        settle_comment(db, worker, entry.id, disposition=Disposition.USED, reason="Yes.")
    settle_comment(
        db, worker, entry.id, disposition=Disposition.USED, reason="Yes, good.", changed="A video."
    )  # fmt: skip
    take_step(db, worker, number, PolicyStep.REVISION)

    mine = holding_the_code(entry)
    answer = comment_answers(db, mine, [entry.id])[entry.id]
    assert (answer.disposition, answer.changed) == (Disposition.USED, "A video.")
    assert [reply.text for reply in follow_entry(db, mine).replies] == ["Yes, good."]
    found = comments(db, worker, number)
    assert [(one.changed, one.version) for one in found.changed] == [("A video.", 1)]
    assert "video too" not in str(found)
    assert public_policy(db, the_public(), number).used == 1
    assert comment_answers(db, holding_the_code(add_other(db, version)), [entry.id]) == {}


def add_other(db: Session, version: int) -> CardEntry:
    a_comment(db, version, "Another thing to say", "another-form")
    return the_entry(db)


def test_one_on_a_version_that_was_replaced_is_kept_and_says_so(db: Session, worker: Actor):
    number, version = asked(db, worker)
    second = start_version(db, worker, number)
    write_part(db, worker, second, PartTyped(heading="New", text="A new part."))
    put_out_version(db, worker, second)
    part = db.scalars(sa.select(PolicyPart.id).filter_by(version_id=version)).one()
    code = the_code(db, "late-form")
    said, replaced = send_comment(
        db, the_public(), part, text="Say it shorter.", form_id="late-form", code=code
    )
    assert (said, replaced) == (code.words, True)
    assert db.scalars(sa.select(PolicyComment.part_id)).one() == part


def test_nothing_is_taken_before_it_is_out_once_signed_or_with_nobody_on_duty(
    db: Session, worker: Actor
):
    number, version = asked(db, worker)
    with pytest.raises(NotFound):
        send_comment(
            db, the_public(), 999_999, text="Hello you", form_id="a-form-1",
            code=the_code(db, "a-form-1"),
        )  # fmt: skip
    second = start_version(db, worker, number)
    with pytest.raises(NotFound):
        a_comment(db, second)
    for step in (PolicyStep.REVISION, PolicyStep.EASY_READ, PolicyStep.BOARD_REVIEW):
        if step is PolicyStep.EASY_READ:
            a_twin(db, worker, second)
        take_step(db, worker, number, step,
                  why_skipped="-so-" if step is PolicyStep.BOARD_REVIEW else "")  # fmt: skip
    sign_off(db, worker, second, SEEN, ours=False)
    with pytest.raises(Refused, match="no comments now"):
        a_comment(db, version)
    nobody_on_duty(db)
    with pytest.raises(NobodyOnDuty):
        a_comment(db, version)


def test_what_a_worker_types_from_paper_has_a_code_to_hand_over(db: Session, worker: Actor):
    _, version = asked(db, worker)
    part = db.scalars(sa.select(PolicyPart.id).filter_by(version_id=version)).one()
    said = {"text": "Make it shorter.", "form_id": "on-paper", "code": the_code(db, "on-paper")}
    with pytest.raises(NotAllowed):
        send_comment(db, the_public(), part, way=CommentWay.PAPER, **said)  # type: ignore[arg-type]
    send_comment(db, worker, part, way=CommentWay.PAPER, **said)  # type: ignore[arg-type]
    assert the_entry(db).typed_by_id == worker.id
    assert db.scalars(sa.select(PolicyComment.way)).one() is CommentWay.PAPER
