"""Where opportunities come from, and who could join: only released words, each right checked."""

import pytest
from sqlalchemy.orm import Session

from coprod_data.models import (
    AuditAnswer,
    AuditReturn,
    AuditRound,
    AuditStandard,
    OpportunitySource,
    SafeguardingHold,
)
from coprod_data.permissions import Actor, NotAllowed, Role
from coprod_data.queries.opportunities_joining import (
    members_to_ask,
    offers_for_entry,
    offers_to_me,
    seats,
    young_people_to_ask,
)
from coprod_data.queries.opportunities_sources import (
    following_actions,
    sources,
    voices_behind,
)
from coprod_data.store.database import Database
from coprod_data.vocabulary.actions import Stage
from coprod_data.vocabulary.audits import Rater
from coprod_data.vocabulary.entries import ConsentUse
from coprod_data.vocabulary.opportunities import InvitationReply, OpportunityState
from coprod_data.vocabulary.outcomes import Side
from tests.helpers.builders import (
    NOW,
    a_commitment,
    a_person,
    a_service,
    add,
    an_action,
    an_entry,
    days_ago,
    holding_the_code,
    somebody,
    unrecorded,
)
from tests.helpers.databases import statements
from tests.helpers.working_together import (
    Work,
    a_seat,
    a_source,
    an_invitation,
    holding,
    the_person,
    work,
)

YES = InvitationReply.YES


@pytest.fixture
def together(db: Session) -> Work:
    return work(db, OpportunityState.OPEN)


# The words behind


def test_words_named_themselves_stand_before_others_on_a_named_card(
    db: Session, together: Work, chair: Actor
):
    add(
        db,
        OpportunitySource(opportunity_id=together.opportunity.id, report_card_id=together.card.id),
    )
    newer = an_entry(db, together.card, "Newer words.", released=True)

    voices = voices_behind(db, chair, [together.opportunity.id], for_a_room=False, each=9)

    found = voices[together.opportunity.id]
    assert [(voice.entry_id, voice.direct) for voice in found] == [
        (together.entry.id, True),
        (newer.id, False),
    ]
    one = voices_behind(db, chair, [together.opportunity.id], for_a_room=False, each=1)
    assert [voice.entry_id for voice in one[together.opportunity.id]] == [together.entry.id]


def test_each_reader_gets_the_words_they_may_read(db: Session, together: Work, chair: Actor):
    number = together.opportunity.id

    def read(actor: Actor, *, room: bool) -> int:
        return len(voices_behind(db, actor, [number], for_a_room=room, each=9).get(number, []))

    assert read(chair, room=False) == 1
    assert read(chair, room=True) == 0
    assert read(somebody(db, Role.MANAGER), room=False) == 0
    public = an_entry(db, together.card, released=True, consents=[ConsentUse.PUBLIC])
    a_source(db, together.opportunity, public)
    assert read(somebody(db, Role.MANAGER), room=False) == 1
    assert read(chair, room=True) == 1


def test_words_need_one_statement(database: Database, db: Session, together: Work, chair: Actor):
    for _ in range(3):
        a_source(db, together.opportunity, an_entry(db, together.card, released=True))
    db.commit()

    with statements(database) as sent, Session(database.engine) as other:
        voices_behind(other, chair, [together.opportunity.id], for_a_room=False, each=9)

    assert len([one for one in sent if one.reads]) == 2


# Sources


def test_every_kind_of_source_is_told(db: Session, together: Work, chair: Actor):
    number = together.opportunity.id
    round_ = add(db, AuditRound(title="2025", opened_on=NOW.date(), due_on=NOW.date()))
    standard = add(
        db,
        AuditStandard(round_id=round_.id, reference="A9", short="Panels", wording="x", position=1),
    )
    service = a_service(db, name="Leaving Care")
    return_ = add(db, AuditReturn(round_id=round_.id, service_id=service.id))
    gap = add(
        db,
        AuditAnswer(
            return_id=return_.id, standard_id=standard.id, rater=Rater.SERVICE, level=0,
            at=NOW, person_id=a_person(db).id,
        ),
    )  # fmt: skip
    young, adult = a_person(db, Role.YOUNG_PERSON, name="Jay"), a_person(db, name="Cllr Kessler")
    for fields in (
        {"report_card_id": together.card.id},
        {"audit_answer_id": gap.id},
        {"idea_person_id": young.id},
        {"idea_person_id": adult.id},
    ):
        add(db, OpportunitySource(opportunity_id=number, **fields))

    told = sources(db, chair, number)

    assert [(one.kind, one.what, one.report_card_id) for one in told] == [
        ("entry", "A young person’s own words", together.card.id),
        ("report_card", "Homes, January 2026", together.card.id),
        ("audit", "Leaving Care: Panels", None),
        ("idea", "A young person’s idea", None),
        ("idea", "An idea of Cllr Kessler", None),
    ]
    for_a_manager = sources(db, somebody(db, Role.MANAGER), number)
    assert [one.report_card_id for one in for_a_manager] == [None] * 5
    assert for_a_manager[2].what == "A gap in the yearly audit"


def test_actions_that_came_of_it_are_told(db: Session, together: Work, chair: Actor):
    owner = a_person(db, Role.MANAGER)
    action = an_action(
        db,
        a_commitment(db, together.theme),
        owner,
        a_service(db),
        opportunity_id=together.opportunity.id,
    )

    (told,) = following_actions(db, chair, together.opportunity.id)

    assert (told.id, told.stage, told.rag) == (action.id, Stage.AGREED, None)


# Who could join


def test_the_least_busy_are_asked_first(db: Session, together: Work):
    busy, free = somebody(db, Role.MANAGER, name="A"), somebody(db, Role.MANAGER, name="B")
    elsewhere = work(db, OpportunityState.WORKING)
    an_invitation(db, elsewhere.opportunity, busy, reply=YES)
    a_person(db, Role.YOUNG_PERSON)
    a_person(db, Role.BOARD_MEMBER, disabled_at=days_ago(1))

    rows = members_to_ask(db, together.worker, together.opportunity.id)

    assert [(row.id, row.busy_with) for row in rows] == [
        (free.id, 0),
        (busy.id, 1),
        (elsewhere.member.id, 1),
    ]


def test_who_still_has_time_to_answer_is_not_asked_again(db: Session, together: Work):
    late, waits = (somebody(db, Role.MANAGER, name=name) for name in "AB")
    an_invitation(db, together.opportunity, late, asked_at=days_ago(21))
    an_invitation(db, together.opportunity, waits, asked_at=days_ago(20))

    rows = members_to_ask(db, together.worker, together.opportunity.id)

    assert [row.id for row in rows] == [late.id]


def test_lists_of_people_are_for_those_who_ask(db: Session, together: Work):
    number = together.opportunity.id
    for role in (Role.YOUNG_PERSON, Role.ADMINISTRATOR):
        with pytest.raises(NotAllowed):
            members_to_ask(db, somebody(db, role), number)
    for role in (Role.CHAIR, Role.MANAGER, Role.BOARD_MEMBER):
        with pytest.raises(NotAllowed):
            young_people_to_ask(db, somebody(db, role), number)
        with pytest.raises(NotAllowed):
            seats(db, somebody(db, role), number)


def test_young_people_who_are_asked_are_not_asked_again(db: Session, together: Work):
    one, two = (somebody(db, Role.YOUNG_PERSON, name=name) for name in "AB")
    a_seat(db, together.opportunity, account=one, confirmed=False)

    rows = young_people_to_ask(db, together.worker, together.opportunity.id)

    assert [row.id for row in rows] == [two.id]


def test_seats_name_no_young_person_by_their_card(db: Session, together: Work):
    told = seats(db, together.worker, together.opportunity.id)

    assert [(one.side, one.who) for one in told] == [
        (Side.YOUNG, f"Card no. {together.entry.id}"),
        (Side.STAFF, "Cllr Dawn Pryce"),
    ]


# What a young person may say yes to


def test_a_code_sees_who_offered_on_its_own_card(db: Session, together: Work):
    other = an_entry(db, together.card, released=True)

    (offer,) = offers_for_entry(db, together.author, together.entry.id)

    assert (offer.member, offer.wording.title, offer.answer) == (
        "Cllr Dawn Pryce",
        together.opportunity.title,
        "yes",
    )
    assert offers_for_entry(db, together.author, other.id) == []
    assert offers_for_entry(db, holding_the_code(other), other.id) == []
    assert offers_for_entry(db, holding_the_code(other), together.entry.id) == []


def test_an_offer_waits_for_an_answer_and_a_no_stands(db: Session, together: Work):
    offer = an_invitation(db, together.opportunity, somebody(db, Role.MANAGER), reply=YES)
    an_invitation(db, together.opportunity, somebody(db, Role.MANAGER))

    def answers() -> list[str | None]:
        return [one.answer for one in offers_for_entry(db, together.author, together.entry.id)]

    assert sorted(answers(), key=str) == [None, "yes"]
    with unrecorded(db):
        offer.refused_at = days_ago(1)
    assert sorted(answers(), key=str) == ["no", "yes"]


@pytest.mark.parametrize("what", ["raw", "held", "taken back"])
def test_a_card_that_is_not_let_out_shows_nobody(db: Session, together: Work, what: str):
    with unrecorded(db):
        if what == "raw":
            together.entry.released_at = together.entry.place = None
        elif what == "taken back":
            together.entry.withdrawn_at = days_ago(1)
        else:
            hold = SafeguardingHold(
                entry_id=together.entry.id, opened_at=NOW, opened_by_id=together.worker.id
            )
            db.add(hold)

    assert offers_for_entry(db, together.author, together.entry.id) == []


def test_an_account_sees_offers_by_invitation_and_by_the_cards_it_holds(
    db: Session, together: Work
):
    account = somebody(db, Role.YOUNG_PERSON)
    assert offers_to_me(db, account) == []
    a_seat(db, together.opportunity, account=account, confirmed=False)
    assert [one.answer for one in offers_to_me(db, account)] == [None]

    holder = somebody(db, Role.YOUNG_PERSON)
    holding(db, holder, together.entry)
    assert len(offers_for_entry(db, holder, together.entry.id)) == 1
    assert offers_for_entry(db, account, together.entry.id) == []
    assert offers_to_me(db, together.author) == []
    assert the_person(db, account)
