"""The way to a thing and what came of it, both ways, each only what the reader may open."""

from dataclasses import dataclass

import pytest
from sqlalchemy.orm import Session

from coprod_data.commands.entries_care import hold_entry
from coprod_data.models import (
    Action,
    AgendaItem,
    CommitmentSuccessor,
    CoproductionSession,
    Decision,
    Group,
    Meeting,
    Opportunity,
    OpportunitySource,
    Outcome,
    OutcomeAction,
    Paper,
    PromiseCommitment,
    PromiseTheme,
    ReportCard,
    Venue,
)
from coprod_data.permissions import Actor, NotAllowed, Role
from coprod_data.queries.way import (
    way_of_action,
    way_of_card,
    way_of_commitment,
    way_of_opportunity,
    way_of_outcome,
    way_of_theme,
)
from coprod_data.queries.way_steps import MOST, Way
from coprod_data.queries.way_together import (
    way_of_group,
    way_of_meeting,
    way_of_paper,
    way_of_session,
    way_of_venue,
)
from coprod_data.vocabulary.entries import ConsentUse
from coprod_data.vocabulary.groups import GroupKind
from coprod_data.vocabulary.meetings import AgendaKind, AgendaTier, DecisionResult, MeetingState
from coprod_data.vocabulary.opportunities import OpportunityState
from coprod_data.vocabulary.papers import PaperState
from coprod_data.vocabulary.report_cards import CardState
from coprod_data.vocabulary.sessions import SessionKind, SessionState, SessionWay
from coprod_data.vocabulary.way import WayKind as K
from tests.helpers.builders import (
    NOW,
    a_commitment,
    a_person,
    a_promise,
    a_report_card,
    a_service,
    add,
    an_action,
    an_entry,
    an_opportunity,
    an_outcome,
    days_ago,
    somebody,
    unrecorded,
)


@dataclass
class Chain:
    """One of each kind, each following from the one before."""

    theme: PromiseTheme
    commitment: PromiseCommitment
    card: ReportCard
    opportunity: Opportunity
    action: Action
    outcome: Outcome


@pytest.fixture
def chain(db: Session, themes: list[PromiseTheme]) -> Chain:
    theme, officer = themes[0], a_person(db, Role.MANAGER)
    commitment = a_commitment(db, theme)
    card = a_report_card(
        db, theme, state=CardState.SHARED, shared_on=NOW.date(), commitment_id=commitment.id
    )
    an_entry(db, card, released=True, consents=(ConsentUse.BOARD, ConsentUse.PUBLIC))
    opportunity = an_opportunity(db, theme, officer, state=OpportunityState.WORKING)
    add(db, OpportunitySource(opportunity_id=opportunity.id, report_card_id=card.id))
    action = an_action(
        db, commitment, officer, a_service(db), opportunity_id=opportunity.id
    )  # fmt: skip
    outcome = an_outcome(db, opportunity, officer)
    add(db, OutcomeAction(outcome_id=outcome.id, action_id=action.id))
    return Chain(theme, commitment, card, opportunity, action, outcome)


def up(way: Way) -> list[tuple[K, int]]:
    return [(step.kind, step.id) for level in way.up for step in level]


def down(way: Way) -> list[tuple[K, int]]:
    return [(step.kind, step.id) for step in way.down]


def test_the_way_leads_up_to_the_theme_and_down_to_what_changed(
    db: Session, chain: Chain, chair: Actor
):
    whole = [
        (K.THEME, chain.theme.id), (K.COMMITMENT, chain.commitment.id),
        (K.REPORT_CARD, chain.card.id), (K.OPPORTUNITY, chain.opportunity.id),
        (K.ACTION, chain.action.id), (K.OUTCOME, chain.outcome.id),
    ]  # fmt: skip
    ways = [
        way_of_theme(db, chair, chain.theme.id),
        way_of_commitment(db, chair, chain.commitment.id),
        way_of_card(db, chair, chain.card.id),
        way_of_opportunity(db, chair, chain.opportunity.id),
        way_of_action(db, chair, chain.action.id),
        way_of_outcome(db, chair, chain.outcome.id),
    ]

    assert [up(way) for way in ways] == [whole[:place] for place in range(6)]
    assert down(ways[0]) == [whole[2], whole[3]]
    assert [down(way) for way in ways[1:]] == [whole[place:] for place in range(2, 7)]


def test_a_young_person_goes_only_from_a_card_to_its_theme(db: Session, chain: Chain):
    young = somebody(db, Role.YOUNG_PERSON)

    way = way_of_card(db, young, chain.card.id)

    assert (up(way), down(way), way.plan) == ([(K.THEME, chain.theme.id)], [], False)
    assert way.up[0][0].words == chain.theme.young_title
    for read, row in ((way_of_action, chain.action), (way_of_commitment, chain.commitment)):
        with pytest.raises(NotAllowed):
            read(db, young, row.id)


def test_an_administrator_reads_the_plan_and_no_card_or_opportunity(db: Session, chain: Chain):
    way = way_of_action(db, somebody(db, Role.ADMINISTRATOR), chain.action.id)

    assert [kind for kind, _ in up(way)] == [K.THEME, K.COMMITMENT]
    assert down(way) == []


def test_a_manager_comes_only_to_cards_that_their_work_is_linked_to(db: Session, chain: Chain):
    way = way_of_commitment(db, somebody(db, Role.MANAGER), chain.commitment.id)

    assert K.REPORT_CARD not in [kind for kind, _ in down(way)]


def test_the_tie_of_an_entry_is_known_to_those_who_may_read_its_words(
    db: Session, chain: Chain, worker: Actor, chair: Actor
):
    other = a_commitment(db, chain.theme)
    with unrecorded(db):
        chain.card.commitment_id = None
    entry = an_entry(db, chain.card, released=True, commitment_id=other.id)
    an_entry(db, chain.card, commitment_id=chain.commitment.id)  # not let out
    tied = (K.COMMITMENT, other.id)

    assert tied in up(way_of_card(db, chair, chain.card.id))
    assert (K.COMMITMENT, chain.commitment.id) not in up(way_of_card(db, chair, chain.card.id))
    assert (K.REPORT_CARD, chain.card.id) in down(way_of_commitment(db, chair, other.id))

    hold_entry(db, worker, entry.id)
    assert tied not in up(way_of_card(db, chair, chain.card.id))
    assert down(way_of_commitment(db, chair, other.id)) == []


def test_the_way_follows_a_commitment_into_the_next_promise(
    db: Session, chain: Chain, chair: Actor
):
    later = a_promise(db, title="The next Promise", adopted_at=days_ago(1))[0]
    now = a_commitment(db, later)
    add(db, CommitmentSuccessor(earlier_id=chain.commitment.id, later_id=now.id))

    assert up(way_of_card(db, chair, chain.card.id)) == [
        (K.THEME, later.id), (K.COMMITMENT, now.id),
    ]  # fmt: skip
    assert down(way_of_commitment(db, chair, now.id))[0] == (K.REPORT_CARD, chain.card.id)


def test_a_suggestion_is_not_told_as_what_came_of_a_card(db: Session, chain: Chain, chair: Actor):
    for state in (OpportunityState.SPOTTED, OpportunityState.DECLINED):
        with unrecorded(db):
            chain.opportunity.state = state
        assert (K.OPPORTUNITY, chain.opportunity.id) not in down(
            way_of_card(db, chair, chain.card.id)
        )


def test_of_one_kind_the_newest_twenty_are_told_and_that_there_are_more(
    db: Session, chain: Chain, chair: Actor
):
    made = [
        an_action(db, chain.commitment, a_person(db), a_service(db)).id for _ in range(MOST)
    ]  # fmt: skip

    way = way_of_commitment(db, chair, chain.commitment.id)

    assert [number for kind, number in down(way) if kind is K.ACTION] == made[::-1]
    assert way.more


def test_sessions_meetings_and_papers_are_on_the_way_both_ways(
    db: Session, chain: Chain, chair: Actor
):
    day, who = NOW.date(), a_person(db, Role.YOUTH_VOICE).id
    group = add(db, Group(name="Voices", kind=GroupKind.YOUNG_PEOPLE))
    venue = add(db, Venue(name="The Hub"))
    session = add(db, CoproductionSession(
        title="Locks", kind=SessionKind.WORKSHOP, theme_id=chain.theme.id, group_id=group.id,
        opportunity_id=chain.opportunity.id, venue_id=venue.id, starts_at=NOW, ends_at=NOW,
        way=SessionWay.IN_PERSON, facilitator_id=who, state=SessionState.PLANNED, planned_at=NOW,
        planned_by_id=who,
    ))  # fmt: skip
    meeting = add(db, Meeting(
        meets_on=day, state=MeetingState.HELD, planned_at=NOW, theme_id=chain.theme.id
    ))  # fmt: skip
    item = add(db, AgendaItem(
        meeting_id=meeting.id, kind=AgendaKind.PAPER, tier=AgendaTier.CHAIR, place=1, minutes=5,
        title="Locks", added_at=NOW,
    ))  # fmt: skip
    add(db, Decision(
        meeting_id=meeting.id, item_id=item.id, result=DecisionResult.AGREED, recorded_at=NOW,
        wording="Fit locks", recorded_by_id=who, action_id=chain.action.id,
    ))  # fmt: skip
    paper, draft = (
        add(db, Paper(meeting_id=meeting.id, item=number, title="Locks", state=state, begun_at=NOW,
                      author_id=who, meets_on=day))
        for number, state in enumerate((PaperState.SIGNED, PaperState.DRAFT), 1)
    )  # fmt: skip

    assert up(way_of_session(db, chair, session.id)) == [
        (K.THEME, chain.theme.id), (K.OPPORTUNITY, chain.opportunity.id), (K.GROUP, group.id),
        (K.VENUE, venue.id),
    ]  # fmt: skip
    for way in (
        way_of_opportunity(db, chair, chain.opportunity.id), way_of_group(db, chair, group.id),
        way_of_venue(db, chair, venue.id), way_of_theme(db, chair, chain.theme.id),
    ):  # fmt: skip
        assert (K.SESSION, session.id) in down(way)
    assert up(way_of_paper(db, chair, paper.id)) == [
        (K.THEME, chain.theme.id), (K.MEETING, meeting.id),
    ]  # fmt: skip
    came = down(way_of_meeting(db, chair, meeting.id))
    assert (K.PAPER, draft.id) not in came
    assert came == [(K.PAPER, paper.id), (K.ACTION, chain.action.id)]
    assert (K.MEETING, meeting.id) in up(way_of_action(db, chair, chain.action.id))
