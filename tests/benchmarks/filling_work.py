"""What people do by hand about what young people sent: the same at every size.

Opportunities with their people, outcomes with both signatures, the action plan and the audits.
"""

from datetime import datetime, timedelta

from coprod_data.models import (
    Action,
    ActionUpdate,
    Answer,
    AuditAnswer,
    AuditReturn,
    AuditRound,
    AuditStandard,
    CoSignature,
    Invitation,
    Milestone,
    NotYet,
    Opportunity,
    OpportunitySource,
    OpportunityYoung,
    Outcome,
    OutcomeAction,
    YoungView,
)
from coprod_data.vocabulary.actions import DueKind, Face, Rag, Stage, WorkedOnBy
from coprod_data.vocabulary.audits import Rater, ReturnState
from coprod_data.vocabulary.events import EventKind
from coprod_data.vocabulary.opportunities import InvitationReply, OpportunityState
from coprod_data.vocabulary.outcomes import Capacity, Side
from tests.benchmarks.filling_people import (
    ADMINISTRATOR,
    CHAIR,
    COMMITMENTS,
    MANAGERS,
    MEMBERS,
    SERVICES,
    TEAM,
    YOUNG,
    Hands,
)
from tests.benchmarks.filling_plan import CYCLES, THEMES

OPPORTUNITIES, OPEN, MATCHED, WORKING = 400, 25, 10, 15
OUTCOMES, SAY_DONE, SENT_BACK = 200, 5, 2
ACTIONS, ANSWERS = 300, 300
ROUNDS, STANDARDS = 5, 12

DOINGS = ("Plan the", "Furnish the", "Write the", "Visit the", "Choose the", "Mend the")
THINGS = ("new flats", "guide for carers", "summer weeks", "bus passes", "school meetings")
STAGES = (
    *[Stage.VERIFIED] * 10, *[Stage.DONE] * 2, *[Stage.IN_PROGRESS] * 5, Stage.AGREED,
    Stage.DROPPED, Stage.ON_HOLD,
)  # fmt: skip


def add_work(hands: Hands) -> None:
    """Add all of it."""
    for number in range(1, OPPORTUNITIES + 1):
        _opportunity(hands, number)
    for number in range(1, ACTIONS + 1):
        _action(hands, number)
    for number in range(1, OUTCOMES + 1):
        _outcome(hands, number)
    for number in range(ANSWERS):
        at = hands.at((number + 0.5) / ANSWERS)
        hands.add_told(
            at, MANAGERS[number % len(MANAGERS)], EventKind.CARD_ANSWERED, Answer,
            report_card_id=number % (THEMES * (CYCLES - 1)) + 1, at=at,
            text="We changed the form ourselves, because you told us what was wrong.",
            person_id=MANAGERS[number % len(MANAGERS)],
        )  # fmt: skip
    for number in range(ROUNDS):
        _round(hands, number)


def _state(number: int) -> OpportunityState:
    left = OPPORTUNITIES - number
    if left < OPEN:
        return OpportunityState.OPEN
    if left < OPEN + MATCHED:
        return OpportunityState.MATCHED
    if left < OPEN + MATCHED + WORKING:
        return OpportunityState.WORKING
    if number % 10 == 0:
        return OpportunityState.DECLINED
    return OpportunityState.PARKED if number % 10 == 5 else OpportunityState.CLOSED


def _opportunity(hands: Hands, number: int) -> None:
    state, plan = _state(number), hands.plan
    entry = plan.anchors[2 * number - 2]
    spotted = hands.at((number - 1) / OPPORTUNITIES, days=12)
    opened, met, ended = (spotted + timedelta(days=days) for days in (3, 17, 150))
    begun = state in (OpportunityState.WORKING, OpportunityState.CLOSED)
    over = state not in (OpportunityState.OPEN, OpportunityState.MATCHED, OpportunityState.WORKING)
    hands.add_told(
        spotted, TEAM[0], EventKind.OPPORTUNITY_SPOTTED, Opportunity,
        title=f"{DOINGS[number % 6]} {THINGS[number % 5]}, {number}", state=state,
        theme_id=entry % THEMES + 1, help_wanted="Two evenings of your time.",
        time_needed="Two hours a month", when_and_how="After school, at the hub",
        power_shared="Young people decide. Members find the money.", spotted_at=spotted,
        spotted_by_id=TEAM[0], reviewed_meeting_id=3, opened_at=opened,
        working_at=met if begun else None, ended_at=ended if over else None,
        review_on=ended.date() if state is OpportunityState.PARKED else None,
        reason="There is no room for it this year." if over and not begun else "",
    )  # fmt: skip
    if number % 4:
        hands.add(OpportunitySource, opportunity_id=number, entry_id=plan.id_of(entry))
    else:
        hands.add(OpportunitySource, opportunity_id=number, report_card_id=plan.card(entry))
    matched = state not in (OpportunityState.OPEN, OpportunityState.DECLINED)
    member = MEMBERS[number % len(MEMBERS)]
    if matched or number % 3 == 0:
        hands.add_told(
            opened, TEAM[0], EventKind.MEMBER_INVITED, Invitation, opportunity_id=number,
            person_id=member, asked_at=opened, asked_by_id=TEAM[0],
            reply=InvitationReply.YES if matched else None,
            replied_at=opened + timedelta(days=2) if matched else None,
            confirmed_at=met if matched else None,
        )  # fmt: skip
    hands.add(
        Invitation, opportunity_id=number, person_id=MEMBERS[(number + 7) % len(MEMBERS)],
        asked_at=opened, asked_by_id=TEAM[0], reply=InvitationReply.NOT_THIS_TIME,
        replied_at=opened + timedelta(days=4), reason="I am away.",
    )  # fmt: skip
    if matched:
        hands.add_told(
            met, None, EventKind.MATCH_CONFIRMED, OpportunityYoung, opportunity_id=number,
            entry_id=plan.id_of(entry), confirmed_at=met,
        )  # fmt: skip
        hands.add(
            OpportunityYoung, opportunity_id=number, person_id=YOUNG[number % len(YOUNG)],
            invited_at=opened, confirmed_at=met,
        )  # fmt: skip


def _outcome(hands: Hands, number: int) -> None:
    """Add an outcome of finished work; the last few wait for a signature."""
    waits, sent_back = number > OUTCOMES - SAY_DONE - SENT_BACK, number > OUTCOMES - SENT_BACK
    opportunity = _begun(number)
    proposed = hands.at(opportunity / OPPORTUNITIES, days=120)
    signed = min(proposed + timedelta(days=9), hands.plan.ends)
    member = MEMBERS[opportunity % len(MEMBERS)]
    hands.add_told(
        proposed, member, EventKind.OUTCOME_PROPOSED, Outcome, opportunity_id=opportunity,
        what_changed="Every new flat now has a bed, a cooker and a lamp on the first day.",
        proposed_at=proposed, proposed_by_id=member, co_signed_at=None if waits else signed,
    )  # fmt: skip
    hands.add_told(
        proposed, member, EventKind.OUTCOME_SIGNED, CoSignature, outcome_id=number,
        side=Side.STAFF, person_id=member, capacity=Capacity.BOARD_MEMBER, at=proposed,
    )  # fmt: skip
    young = YOUNG[opportunity % len(YOUNG)]
    if not waits:
        hands.add_told(
            signed, None, EventKind.OUTCOME_SIGNED, CoSignature, outcome_id=number,
            side=Side.YOUNG, person_id=young, capacity=Capacity.GROUP_MEMBER, at=signed,
        )  # fmt: skip
        hands.add(OutcomeAction, outcome_id=number, action_id=number)
    if sent_back:
        hands.add_told(
            signed, None, EventKind.OUTCOME_NOT_YET, NotYet, outcome_id=number, person_id=young,
            at=signed,
        )  # fmt: skip


def _begun(number: int) -> int:
    """Return the opportunity of an outcome: every closed one in turn, the last ones still being
    worked on.
    """
    if number > OUTCOMES - SAY_DONE - SENT_BACK:
        return OPPORTUNITIES - OPEN - MATCHED - (OUTCOMES - number)
    over = [n for n in range(1, OPPORTUNITIES + 1) if _state(n) is OpportunityState.CLOSED]
    return over[number - 1]


def _action(hands: Hands, number: int) -> None:
    random, stage = hands.random, STAGES[number % len(STAGES)]
    if number <= OUTCOMES - SAY_DONE - SENT_BACK:
        stage = Stage.VERIFIED
    if number > ACTIONS - 10:
        stage = Stage.PROPOSED
    proposed = hands.at(number / ACTIONS - 0.05 if number > 20 else 0)
    owner = MANAGERS[number % SERVICES]
    over = stage in (Stage.VERIFIED, Stage.DROPPED, Stage.DONE)
    lately = hands.plan.ends - timedelta(days=number % 80)
    moved = min(proposed + timedelta(days=150), lately) if over else lately
    agreed = None if stage is Stage.PROPOSED else proposed + timedelta(days=7)
    rag = (Rag.GREEN, Rag.GREEN, Rag.AMBER, Rag.RED)[number % 4]
    hands.add_told(
        proposed, owner, EventKind.ACTION_PROPOSED, Action, stage=stage,
        commitment_id=number % COMMITMENTS + 1, will_see="You never wait for it again.",
        title=f"{DOINGS[number % 6]} {THINGS[number % 5]}, step {number}", owner_id=owner,
        service_id=number % SERVICES + 1, worked_on_by=WorkedOnBy.JOINTLY,
        opportunity_id=_begun(number) if number <= 150 else None, starts_on=proposed.date(),
        due_on=(proposed + timedelta(days=200)).date(), due_kind=DueKind.MONTH,
        rag=rag if stage is Stage.IN_PROGRESS else None, proposed_at=proposed,
        proposed_by_id=owner, approved_at=agreed, approved_by_id=agreed and CHAIR,
        moved_at=moved if agreed else proposed,
    )  # fmt: skip
    if agreed is None:
        return
    name = f"action:{number}.stage"
    for at, by, kind, was, now in (
        (agreed, CHAIR, EventKind.ACTION_APPROVED, "proposed", "agreed"),
        (moved, owner, EventKind.ACTION_MOVED, "agreed", stage.value),
    ):
        hands.log.tell(at, kind, "action", number, {name: [was, now]}, person=by)
    for step in range(3):
        at = proposed + (moved - proposed) * ((step + 1) / 4)
        met = step < 2 or stage is Stage.VERIFIED
        milestone = hands.add(
            Milestone, action_id=number, title=f"Step {step + 1} is agreed", due_on=at.date(),
            met_on=at.date() if met else None, evidence="Minutes of the day." if met else "",
            met_by_id=owner if met else None,
        )  # fmt: skip
        if met:
            hands.log.tell(
                at, EventKind.MILESTONE_MET, "milestone", milestone,
                {f"milestone:{milestone}.met_on": [None, at.date().isoformat()]}, person=owner,
            )  # fmt: skip
        hands.add_told(
            at, owner, EventKind.ACTION_UPDATED, ActionUpdate, action_id=number,
            text="Nine of twelve places agreed. The rest answer next month.", person_id=owner,
            at=at,
        )  # fmt: skip
    for young in random.sample(YOUNG, 3 + number % 6):  # of half of them a face may be shown
        hands.add_told(
            moved, None, EventKind.VIEW_GIVEN, YoungView, action_id=number, person_id=young,
            face=random.choice(list(Face)), at=moved,
        )  # fmt: skip


def _round(hands: Hands, number: int) -> None:
    years = ROUNDS - number
    opened = hands.plan.ends - timedelta(days=365 * years - 300)
    newest = number == ROUNDS - 1
    audit = hands.add_told(
        opened, ADMINISTRATOR, EventKind.AUDIT_OPENED, AuditRound,
        title=f"Yearly audit {number + 1}", opened_on=opened.date(),
        due_on=(opened + timedelta(days=60)).date(),
    )  # fmt: skip
    standards = [
        hands.add(
            AuditStandard, round_id=audit, reference=f"A{position}", short=f"Standard {position}",
            wording="Before any work goes ahead we agree how young people are involved.",
            position=position,
        )
        for position in range(1, STANDARDS + 1)
    ]  # fmt: skip
    for service in range(1, SERVICES + 1):
        owed = newest and service % 8 == 0
        _return(hands, audit, standards, service, opened + timedelta(days=40), owed, newest)


def _return(
    hands: Hands, audit: int, standards: list[int], service: int, at: datetime, owed: bool,
    newest: bool,
) -> None:  # fmt: skip
    state = ReturnState.RETURNED if newest else ReturnState.PUBLISHED
    manager, random = MANAGERS[service - 1], hands.random
    returned = hands.add(
        AuditReturn, round_id=audit, service_id=service,
        state=ReturnState.OPENED if owed else state, returned_at=None if owed else at,
        returned_by_id=None if owed else manager,
    )  # fmt: skip
    for standard in () if owed else standards:
        for rater, by in ((Rater.SERVICE, manager), (Rater.YOUNG_AUDITORS, TEAM[0])):
            hands.add_told(
                at, by, EventKind.AUDIT_ANSWERED, AuditAnswer, return_id=returned,
                standard_id=standard, rater=rater, level=random.choice((None, 0, 1, 1, 2, 2, 3)),
                evidence="Six pages on file.", plan="Bring three actions to young people.",
                at=at, person_id=by,
            )  # fmt: skip
