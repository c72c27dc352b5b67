"""One adult never makes both sides; a young side signed with a code says so until it is known."""

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.opportunities_endings import park_opportunity, reopen_opportunity
from coprod_data.commands.outcomes import co_sign, propose_outcome
from coprod_data.commands.outcomes_recorded import (
    know_signatory,
    record_signature,
    witness_signature,
)
from coprod_data.models import CoSignature, Event, Outcome, OutcomeAction
from coprod_data.permissions import Actor, NotAllowed, NotFound, Refused, Role
from coprod_data.queries.actions_progress import progress_by_theme
from coprod_data.queries.outcomes import OutcomeRow, outcomes, outcomes_to_sign
from coprod_data.queries.outcomes_listed import counted_by_code, outcomes_listed
from coprod_data.queries.overview import numbers
from coprod_data.vocabulary.events import EventKind
from coprod_data.vocabulary.outcomes import OutcomeProgress, Side
from tests.helpers.builders import (
    NOW,
    a_promise,
    a_report_card,
    add,
    an_entry,
    an_outcome,
    days_ago,
    somebody,
    the_public,
    unrecorded,
)
from tests.helpers.plans import shown
from tests.helpers.working_together import (
    TOLD,
    Work,
    a_seat,
    a_source,
    an_action_of,
    the_person,
)


@pytest.fixture
def chair(chair_in_the_work: Actor) -> Actor:
    return chair_in_the_work


def signs_for_staff(db: Session, outcome: Outcome) -> int | None:
    return db.scalar(
        sa.select(CoSignature.person_id).filter_by(outcome_id=outcome.id, side=Side.STAFF)
    )


def told(db: Session, reader: Actor, outcome: Outcome) -> OutcomeRow:
    [row] = [one for one in outcomes(db, reader) if one.id == outcome.id]
    return row


# Who signs for staff


def test_who_opened_it_and_proposed_the_outcome_does_not_sign_it(
    db: Session, together: Work, chair: Actor
):
    opened(db, together, chair)
    said = {**TOLD, "what_changed": "It is warm."}
    made = db.get_one(Outcome, propose_outcome(db, chair, together.opportunity.id, **said))

    with pytest.raises(NotAllowed, match="Ask another member or officer"):
        co_sign(db, chair, made.id)

    assert outcomes_to_sign(db, chair) == []
    assert [row.id for row in outcomes_to_sign(db, together.member)] == [made.id]
    co_sign(db, together.author, made.id)
    with pytest.raises(NotAllowed, match="Ask another member or officer"):
        co_sign(db, chair, made.id)
    co_sign(db, together.member, made.id)
    assert made.co_signed_at is not None


def test_who_took_it_up_again_has_not_opened_it(db: Session, together: Work, chair: Actor):
    later = together.opportunity.id
    with unrecorded(db):
        together.opportunity.working_at = days_ago(3)
    park_opportunity(db, chair, later, reason="Away.", review_on=NOW.date() + timedelta(days=9))
    reopen_opportunity(db, chair, later)
    made = propose_outcome(db, chair, later, **TOLD, what_changed="It is warm.")

    co_sign(db, chair, made)

    assert [row.id for row in outcomes_to_sign(db, together.member)] == []


@pytest.mark.parametrize("also", ["opened", "proposed"])
def test_who_did_one_of_the_two_signs(db: Session, together: Work, chair: Actor, also: str):
    if also == "opened":
        opened(db, together, chair)
    by = together.member if also == "opened" else chair
    made = an_outcome(db, together.opportunity, the_person(db, by))

    co_sign(db, chair, made.id)

    assert signs_for_staff(db, made) == chair.id


@pytest.mark.parametrize("by", ["entry", "card"])
def test_who_let_out_the_words_does_not_sign(
    db: Session, together: Work, outcome: Outcome, chair: Actor, by: str
):
    reader = replace(chair, roles=chair.roles | {Role.YOUTH_VOICE})
    card = together.card
    if by == "card":
        card = a_report_card(db, a_promise(db, adopted_at=days_ago(300))[0])
    words = an_entry(db, card, released=True, released_by_id=reader.id)
    source = a_source(db, together.opportunity, words)
    if by == "card":
        with unrecorded(db):
            source.entry_id, source.report_card_id = None, card.id

    with pytest.raises(NotAllowed, match="let out the words"):
        co_sign(db, chair, outcome.id)

    assert signs_for_staff(db, outcome) is None


def test_other_words_let_out_are_no_matter(
    db: Session, together: Work, outcome: Outcome, chair: Actor
):
    an_entry(db, together.card, released=True, released_by_id=chair.id)

    co_sign(db, chair, outcome.id)

    assert signs_for_staff(db, outcome) == chair.id


def test_nor_on_paper(db: Session, together: Work, outcome: Outcome, chair: Actor):
    with unrecorded(db):
        together.entry.released_by_id = chair.id

    with pytest.raises(NotAllowed, match="let out the words"):
        record_signature(db, together.worker, outcome.id, side=Side.STAFF, person_id=chair.id)


def test_a_young_person_is_never_turned_away_for_it(
    db: Session, together: Work, outcome: Outcome, chair: Actor
):
    """An adult signed before this was asked; it is asked when the second signature is made."""
    co_sign(db, chair, outcome.id)
    with unrecorded(db):
        together.entry.released_by_id = chair.id

    co_sign(db, together.author, outcome.id)

    assert (signs_for_staff(db, outcome), outcome.co_signed_at) == (None, None)
    assert told(db, chair, outcome).signed == {Side.YOUNG}
    co_sign(db, together.member, outcome.id)
    assert outcome.co_signed_at is not None


def test_another_adult_signs_instead_of_one_who_made_both_sides(
    db: Session, together: Work, outcome: Outcome, chair: Actor
):
    co_sign(db, chair, outcome.id)
    with unrecorded(db):
        together.entry.released_by_id = chair.id

    co_sign(db, together.member, outcome.id)

    assert signs_for_staff(db, outcome) == together.member.id


def test_what_both_sides_signed_before_keeps_its_state(
    db: Session, together: Work, outcome: Outcome
):
    co_sign(db, together.member, outcome.id)
    co_sign(db, together.author, outcome.id)
    with unrecorded(db):
        together.entry.released_by_id = together.member.id

    row = told(db, together.worker, outcome)

    assert (row.state, row.signed) == ("co_signed", {Side.YOUNG, Side.STAFF})


# Known to the team


def signed_by_code(db: Session, together: Work, outcome: Outcome) -> CoSignature:
    co_sign(db, together.author, outcome.id)
    return db.scalars(
        sa.select(CoSignature).filter_by(outcome_id=outcome.id, side=Side.YOUNG)
    ).one()


def test_a_signature_with_a_code_says_so_until_the_team_knows_who_gave_it(
    db: Session, together: Work, outcome: Outcome
):
    signed = signed_by_code(db, together, outcome)
    [row] = told(db, together.member, outcome).signatures
    assert (row.by_code, row.known, row.counts) == (True, False, True)

    know_signatory(db, together.worker, signed.id)
    know_signatory(db, together.worker, signed.id)

    [row] = told(db, together.member, outcome).signatures
    assert (row.by_code, row.known) == (False, True)
    kinds = db.scalars(sa.select(Event.kind).where(Event.kind == EventKind.OUTCOME_KNOWN)).all()
    assert len(kinds) == 1
    assert (signed.known_by_id, signed.known_at) == (together.worker.id, together.worker.at)


def test_who_signs_for_staff_never_says_that_a_young_person_is_known(
    db: Session, together: Work, outcome: Outcome, chair: Actor
):
    both = replace(chair, roles=chair.roles | {Role.YOUTH_VOICE})
    signed = signed_by_code(db, together, outcome)
    co_sign(db, chair, outcome.id)
    with pytest.raises(NotAllowed, match="another worker"):
        know_signatory(db, both, signed.id)

    other = an_outcome(db, together.opportunity, the_person(db, together.member))
    signed = signed_by_code(db, together, other)
    know_signatory(db, both, signed.id)
    with pytest.raises(NotAllowed, match="say that a young person is known"):
        co_sign(db, chair, other.id)


def test_only_the_youth_voice_team_says_it(db: Session, together: Work, outcome: Outcome):
    signed = signed_by_code(db, together, outcome)

    for role in Role:
        if role is not Role.YOUTH_VOICE:
            with pytest.raises(NotAllowed):
                know_signatory(db, somebody(db, role), signed.id)
    with pytest.raises(NotAllowed):
        know_signatory(db, the_public(), signed.id)
    with pytest.raises(NotFound):
        know_signatory(db, together.worker, 4711)


@pytest.mark.parametrize("how", ["paper", "account", "staff"])
def test_other_signatures_are_not_by_code(
    db: Session, together: Work, outcome: Outcome, worker: Actor, how: str
):
    if how == "paper":
        id_ = record_signature(db, worker, outcome.id, side=Side.YOUNG, entry_id=together.entry.id)
        witness_signature(db, together.worker, id_)
    elif how == "account":
        jay = somebody(db, Role.YOUNG_PERSON)
        a_seat(db, together.opportunity, account=jay)
        co_sign(db, jay, outcome.id)
    else:
        co_sign(db, together.member, outcome.id)
    [row] = told(db, together.member, outcome).signatures

    assert (row.by_code, row.known) == (False, False)
    with pytest.raises(Refused, match="not given with a card code"):
        know_signatory(db, together.worker, row.id)


def test_every_count_of_done_together_says_how_many_are_by_code_only(
    db: Session, together: Work, outcome: Outcome
):
    reader = together.member
    action = an_action_of(db, together)
    shown(db, action)
    add(db, OutcomeAction(outcome_id=outcome.id, action_id=action.id))
    signed = signed_by_code(db, together, outcome)
    assert counts(db, reader) == (0, 0, 0)
    co_sign(db, together.member, outcome.id)
    assert counts(db, reader) == (1, 1, 1)

    know_signatory(db, together.worker, signed.id)

    assert counts(db, reader) == (0, 0, 0)


def counts(db: Session, reader: Actor) -> tuple[int, int, int]:
    done = outcomes_listed(db, reader, OutcomeProgress.CO_SIGNED)
    assert sum(one.by_code for one in done) == counted_by_code(db, reader)
    by_theme = progress_by_theme(db, reader)
    return (
        numbers(db, reader).together_by_code,
        counted_by_code(db, reader),
        sum(one.by_code for theme in by_theme for one in theme.commitments),
    )


def opened(db: Session, together: Work, by: Actor) -> None:
    """They opened the opportunity, as the log tells."""
    add(db, Event(
        at=by.at, recorded_at=by.at, actor_kind=by.kind, actor_id=by.id, on_behalf=None,
        kind=EventKind.OPPORTUNITY_OPENED, subject_type="opportunity",
        subject_id=together.opportunity.id, changes={},
    ))  # fmt: skip
