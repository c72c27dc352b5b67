"""What somebody proposed who has left the team or was named since is taken over by one press."""

from collections.abc import Callable

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.entries_checks import open_to_read, release_entry
from coprod_data.commands.entries_recall import recall_entry, say_worried
from coprod_data.commands.entries_second import (
    agree_release,
    agree_step,
    refuse_step,
    take_step_over,
)
from coprod_data.models import (
    CardEntry,
    CheckStep,
    EntryMeant,
    Event,
    Person,
    ReportCard,
    RoleGrant,
)
from coprod_data.permissions import Actor, NotAllowed, Refused
from coprod_data.queries.entries_raw import raw_words
from coprod_data.vocabulary.entry_care import StepKind
from coprod_data.vocabulary.events import EventKind
from tests.helpers.builders import NOW, add, unrecorded
from tests.helpers.entries_read import AS_WRITTEN, later, let_out, read


def closes_account(db: Session, actor: Actor, _: CardEntry) -> None:
    db.get_one(Person, actor.id).disabled_at = NOW


def loses_role(db: Session, actor: Actor, _: CardEntry) -> None:
    for grant in db.scalars(sa.select(RoleGrant).filter_by(person_id=actor.id)):
        grant.ended_at = NOW


def is_named(db: Session, actor: Actor, entry: CardEntry) -> None:
    add(db, EntryMeant(entry_id=entry.id, person_id=actor.id))


SINCE: dict[str, tuple[Callable[[Session, Actor, CardEntry], None], str]] = {
    "account closed": (closes_account, "not in the team any more"),
    "role taken away": (loses_role, "not in the team any more"),
    "named in the entry": (is_named, "may be about the person who proposed this"),
}


@pytest.mark.parametrize(("happens", "why"), SINCE.values(), ids=SINCE)
def test_nobody_agrees_to_it_and_one_press_ends_it(
    db: Session, card: ReportCard, worker: Actor, second: Actor,
    happens: Callable[[Session, Actor, CardEntry], None], why: str,
):  # fmt: skip
    entry = read(db, worker, card, flags=["hurt"])
    release_entry(db, worker, entry.id, **AS_WRITTEN)
    with unrecorded(db):
        happens(db, worker, entry)
    now = later(second, 20)
    open_to_read(db, now, entry.id)

    for agree in (
        lambda: agree_step(db, now, entry.id, StepKind.RELEASE),
        lambda: agree_release(db, now, entry.id, **AS_WRITTEN),
    ):
        with pytest.raises(NotAllowed, match=why), db.begin_nested():
            agree()
    proposal = raw_words(db, now, entry.id).proposal
    assert proposal is not None
    assert (proposal.for_me, why in proposal.void) == (True, True)

    take_step_over(db, now, entry.id, StepKind.RELEASE)

    step = db.scalars(sa.select(CheckStep)).one()
    assert (step.agreed, step.settled_by_id, why in (step.answer or "")) == (False, now.id, True)
    assert (entry.taken_by_id, entry.dealt_at) == (now.id, None)
    newest = db.scalars(sa.select(Event.kind).order_by(Event.id.desc())).first()
    assert newest is EventKind.STEP_REFUSED
    assert release_entry(db, now, entry.id, **AS_WRITTEN) is False  # on its clock, with two again


def test_a_step_of_a_colleague_is_not_taken_over(
    db: Session, card: ReportCard, worker: Actor, second: Actor
):
    entry = read(db, worker, card, flags=["hurt"])
    release_entry(db, worker, entry.id, **AS_WRITTEN)
    open_to_read(db, later(second), entry.id)

    with pytest.raises(Refused, match="Agree, or say why not"):
        take_step_over(db, later(second), entry.id, StepKind.RELEASE)
    with pytest.raises(NotAllowed):
        take_step_over(db, later(worker), entry.id, StepKind.RELEASE)
    refuse_step(db, later(second), entry.id, StepKind.RELEASE, answer="Look again.")


def test_a_second_recall_that_somebody_asked_for_who_left_is_taken_over_beside_the_entry(
    db: Session, card: ReportCard, worker: Actor, second: Actor
):
    entry = let_out(db, worker, card)
    recall_entry(db, worker, entry.id, reason="a name")
    open_to_read(db, later(second), entry.id)
    release_entry(db, later(second), entry.id, **AS_WRITTEN)
    recall_entry(db, later(worker), entry.id, reason="a name again")
    with unrecorded(db):
        loses_role(db, worker, entry)
    now = later(second, 30)
    open_to_read(db, now, entry.id)
    [beside] = raw_words(db, now, entry.id).beside
    assert (beside.for_me, bool(beside.void)) == (True, True)

    take_step_over(db, now, entry.id, StepKind.RECALL)

    assert raw_words(db, now, entry.id).beside == ()
    assert entry.released_at is not None


def test_the_two_teams_read_who_is_worried_and_when(
    db: Session, card: ReportCard, worker: Actor, second: Actor, member: Actor
):
    entry = let_out(db, worker, card)
    say_worried(db, later(member), entry.id)
    open_to_read(db, later(worker, 2), entry.id)
    open_to_read(db, later(second, 2), entry.id)

    raw, others = raw_words(db, later(worker, 3), entry.id), raw_words(
        db, later(second, 3), entry.id
    )  # fmt: skip

    assert [(one.person, one.at) for one in raw.worries] == [(member.name, later(member).at)]
    assert (raw.not_again, others.not_again) == (True, False)
    assert raw.on_card
    with pytest.raises(NotAllowed):
        raw_words(db, later(member), entry.id)
