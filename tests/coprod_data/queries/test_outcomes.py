"""Outcomes as they are read: what was done together, what staff say, and whose signature is
missing.
"""

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.entries_checks import open_to_read, release_entry
from coprod_data.commands.outcomes import co_sign, propose_outcome, say_not_yet
from coprod_data.commands.outcomes_recorded import record_signature, witness_signature
from coprod_data.models import CardEntry
from coprod_data.permissions import Actor, NotAllowed, NotFound, Role
from coprod_data.queries.outcomes import (
    done_together,
    outcome,
    outcomes,
    outcomes_by_card,
    outcomes_of_mine,
    outcomes_to_sign,
)
from coprod_data.store.database import Database
from coprod_data.vocabulary.entries import ConsentUse, EntryKind
from coprod_data.vocabulary.opportunities import InvitationReply
from coprod_data.vocabulary.outcomes import Side
from tests.helpers.builders import (
    an_entry,
    days_ago,
    holding_the_code,
    somebody,
    the_duty,
    the_public,
    the_system,
    unrecorded,
)
from tests.helpers.databases import statements
from tests.helpers.working_together import TOLD, Work, a_seat, an_invitation, holding, work

READERS = (
    Role.YOUNG_PERSON,
    Role.YOUTH_VOICE,
    Role.MANAGER,
    Role.BOARD_MEMBER,
    Role.CHAIR,
    Role.CLERK,
)


@pytest.fixture
def proposed(db: Session, together: Work) -> int:
    return propose_outcome(
        db,
        together.member,
        together.opportunity.id,
        **TOLD,
        what_changed="Every flat has a heater.",
    )


@pytest.mark.parametrize("role", Role)
def test_who_reads_outcomes(db: Session, proposed: int, role: Role):
    reader = somebody(db, role)
    if role in READERS:
        assert outcome(db, reader, proposed).state == "staff_say_done"
        return
    for read in (outcomes, done_together):
        with pytest.raises(NotAllowed):
            read(db, reader)
    with pytest.raises(NotAllowed):
        outcome(db, reader, proposed)


def test_what_is_not_there_is_not_found(db: Session, chair: Actor):
    with pytest.raises(NotFound):
        outcome(db, chair, 4711)


def test_it_reads_staff_say_done_until_both_have_signed(
    db: Session, together: Work, proposed: int, chair: Actor
):
    for signer, signed in ((together.member, {Side.STAFF}), (together.author, set(Side))):
        assert outcome(db, chair, proposed).state == "staff_say_done"
        assert done_together(db, chair) == []
        co_sign(db, signer, proposed)
        assert outcome(db, chair, proposed).signed == signed

    (row,) = done_together(db, chair)
    assert (row.state, row.title, row.members) == (
        "co_signed",
        together.opportunity.title,
        ("Cllr Dawn Pryce",),
    )


def test_a_young_person_is_never_named(db: Session, together: Work, proposed: int, chair: Actor):
    account = somebody(db, Role.YOUNG_PERSON, name="Jay")
    a_seat(db, together.opportunity, account=account)
    co_sign(db, account, proposed)

    row = outcome(db, chair, proposed)

    assert [one.name for one in row.signatures] == ["A young person"]
    assert "Jay" not in str(row)


def test_not_yet_reads_disputed_and_beside_two_signatures_it_stands(
    db: Session, together: Work, proposed: int, chair: Actor
):
    say_not_yet(db, together.author, proposed)
    row = outcome(db, chair, proposed)
    assert (row.state, row.not_yet) == ("disputed", True)
    assert [one.id for one in outcomes(db, chair, states=["disputed"])] == [proposed]

    again = propose_outcome(
        db, together.worker, together.opportunity.id, **TOLD, what_changed="Warm."
    )
    for actor in (together.member, together.author):
        co_sign(db, actor, again)
    say_not_yet(db, together.author, again)
    row = outcome(db, chair, again)
    assert (row.state, row.not_yet) == ("co_signed", True)
    assert len(outcomes(db, chair, opportunity_id=together.opportunity.id)) == 2


def test_the_reason_for_not_yet_is_read_through_the_gate(
    db: Session, together: Work, proposed: int, chair: Actor
):
    the_duty(db)
    say_not_yet(
        db,
        together.author,
        proposed,
        reason="Zebra bags again.",
        form_id="form-not-yet-9",
        uses=frozenset({ConsentUse.BOARD}),
    )
    assert "Zebra" not in str(outcome(db, chair, proposed))
    reason = db.scalars(sa.select(CardEntry).where(CardEntry.kind == EntryKind.NOT_YET)).one()
    open_to_read(db, together.worker, reason.id)
    release_entry(db, together.worker, reason.id, shown_thinks="Zebra bags again.", shown_wants="")

    row = outcome(db, chair, proposed)

    assert (row.not_yet_words, row.public) == ("Zebra bags again.", False)
    assert "Zebra" not in str(outcome(db, somebody(db, Role.MANAGER), proposed))
    assert "Zebra" not in str(outcome(db, somebody(db, Role.YOUNG_PERSON), proposed))
    with unrecorded(db):
        together.entry.withdrawn_at = days_ago(0)
    assert "Zebra" not in str(outcome(db, chair, proposed))


def test_paper_says_who_wrote_it_down_for_ever(
    db: Session, together: Work, proposed: int, chair: Actor
):
    id_ = record_signature(
        db, together.worker, proposed, side=Side.YOUNG, entry_id=together.entry.id
    )
    (paper,) = outcome(db, chair, proposed).signatures
    assert (paper.counts, paper.paper_by) == (False, ("Amara Oduya",))
    assert outcome(db, chair, proposed).signed == frozenset()

    witness_signature(db, somebody(db, Role.YOUTH_VOICE, name="Ben Tranter"), id_)
    (paper,) = outcome(db, chair, proposed).signatures
    assert (paper.counts, paper.paper_by) == (True, ("Amara Oduya", "Ben Tranter"))


def test_a_signature_is_owed_by_who_is_in_it_alone(db: Session, together: Work, proposed: int):
    offered = somebody(db, Role.MANAGER)
    an_invitation(db, together.opportunity, offered, reply=InvitationReply.YES)

    assert [row.id for row in outcomes_to_sign(db, together.member)] == [proposed]
    assert outcomes_to_sign(db, offered) == []
    assert outcomes_to_sign(db, somebody(db, Role.CHAIR)) == []
    co_sign(db, together.member, proposed)
    assert outcomes_to_sign(db, together.member) == []


def test_a_young_person_finds_what_waits_for_their_answer(
    db: Session, together: Work, proposed: int
):
    def mine(actor: Actor, entry_id: int | None = None) -> list[tuple[int, str | None, bool]]:
        if entry_id is None:
            found = outcomes_of_mine(db, actor)
        else:
            found = outcomes_by_card(db, actor, [entry_id])[entry_id]
        return [(one.outcome.id, one.answer, one.may_sign) for one in found]

    holder = somebody(db, Role.YOUNG_PERSON)
    holding(db, holder, together.entry)
    stranger = an_entry(db, together.card, released=True)
    for actor in (together.author, holder):
        assert mine(actor) == [(proposed, None, True)]
        assert mine(actor, together.entry.id) == [(proposed, None, True)]
        assert mine(actor, stranger.id) == []
        both = outcomes_by_card(db, actor, [stranger.id, together.entry.id])
        assert [len(both[one]) for one in (stranger.id, together.entry.id)] == [0, 1]
    assert mine(holding_the_code(stranger)) == []
    assert mine(somebody(db, Role.YOUNG_PERSON)) == []

    co_sign(db, together.author, proposed)
    assert mine(together.author) == mine(holder) == [(proposed, "signed", False)]
    say_not_yet(db, together.author, proposed)
    assert mine(together.author) == [(proposed, "not_yet", False)]
    assert mine(together.author, together.entry.id) == [(proposed, "not_yet", False)]


def test_a_card_that_is_taken_back_is_in_nothing(db: Session, together: Work, proposed: int):
    with unrecorded(db):
        together.entry.withdrawn_at = days_ago(1)

    assert outcomes_of_mine(db, together.author) == []
    assert proposed


def test_strangers_sign_nothing(db: Session):
    for actor in (the_public(), the_system(), somebody(db, Role.YOUTH_VOICE)):
        with pytest.raises(NotAllowed):
            outcomes_of_mine(db, actor)
        with pytest.raises(NotAllowed):
            outcomes_to_sign(db, actor)


def test_three_rows_need_as_many_statements_as_one(database: Database, db: Session, chair: Actor):
    counted = []
    for number in (1, 2):
        for _ in range(number):
            together = work(db)
            propose_outcome(
                db, together.member, together.opportunity.id, **TOLD, what_changed="It is warm."
            )
        db.commit()
        with statements(database) as sent, Session(database.engine) as other:
            rows = outcomes(other, chair)
        counted.append((len(rows), len([one for one in sent if one.reads])))

    assert counted == [(1, 5), (3, 5)]
