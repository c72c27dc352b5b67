"""Opportunities: who may suggest, open and stop them, and from what they may come."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.opportunities import (
    YOUNG_IDEA,
    add_source,
    close_opportunity,
    decline_opportunity,
    open_opportunity,
    park_opportunity,
    reopen_opportunity,
    review_opportunity,
    reword_opportunity,
    start_working,
    suggest_opportunity,
)
from coprod_data.commands.opportunities_rules import NoLongerOpen
from coprod_data.models import (
    CardEntry,
    EntryVersion,
    Event,
    EventText,
    Group,
    Opportunity,
    OpportunitySource,
    PromiseTheme,
    ReportCard,
    SafeguardingHold,
)
from coprod_data.permissions import Actor, Invalid, NotAllowed, NotFound, Refused, Role
from coprod_data.vocabulary import (
    ConsentUse,
    EventKind,
    GroupKind,
    InvitationReply,
    OpportunityState,
)
from tests.builders import (
    NOW,
    a_person,
    a_promise,
    a_report_card,
    acting,
    add,
    an_entry,
    an_opportunity,
    an_outcome,
    days_ago,
    holding_the_code,
    somebody,
    the_duty,
    the_public,
    the_system,
    unrecorded,
)
from tests.working_together import an_invitation, the_person, work

S = OpportunityState
TODAY = NOW.date()
WORDED = {
    "title": "Furnish the new flats",
    "help_wanted": "Come and see a flat with us.",
    "time_needed": "Two evenings",
    "when_and_how": "At the Hub",
    "power_shared": "We hold the list. You find the money.",
    "support": "A worker is there",
    "expenses": "Bus fares",
}


@pytest.fixture
def theme(db: Session) -> PromiseTheme:
    return a_promise(db)[0]


@pytest.fixture
def card(db: Session, theme: PromiseTheme) -> ReportCard:
    return a_report_card(db, theme)


@pytest.fixture
def worker(db: Session) -> Actor:
    return somebody(db, Role.YOUTH_VOICE)


@pytest.fixture
def spotted(db: Session, theme: PromiseTheme, worker: Actor) -> Opportunity:
    id_ = suggest_opportunity(db, worker, theme_id=theme.id, **WORDED)
    return db.get_one(Opportunity, id_)


def sources(db: Session, opportunity_id: int) -> list[OpportunitySource]:
    return list(
        db.scalars(
            sa.select(OpportunitySource)
            .where(OpportunitySource.opportunity_id == opportunity_id)
            .order_by(OpportunitySource.id)
        )
    )


# Suggesting


@pytest.mark.parametrize("role", [Role.YOUTH_VOICE, Role.MANAGER, Role.BOARD_MEMBER, Role.CHAIR])
def test_staff_may_suggest_and_their_idea_is_the_source(
    db: Session, theme: PromiseTheme, role: Role
):
    actor = somebody(db, role)

    id_ = suggest_opportunity(
        db, actor, title="  Free\n passes ", theme_id=theme.id, help_wanted="Ask the pools."
    )

    opportunity = db.get_one(Opportunity, id_)
    assert (opportunity.title, opportunity.state) == ("Free passes", S.SPOTTED)
    assert (opportunity.spotted_at, opportunity.opened_at) == (NOW, None)
    assert [source.idea_person_id for source in sources(db, id_)] == [actor.id]


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.SAFEGUARDING])
def test_others_suggest_nothing(db: Session, theme: PromiseTheme, role: Role):
    with pytest.raises(NotAllowed):
        suggest_opportunity(db, somebody(db, role), theme_id=theme.id, **WORDED)


def test_strangers_suggest_nothing(db: Session, theme: PromiseTheme, card: ReportCard):
    entry = an_entry(db, card, released=True)
    for actor in (the_public(), the_system(), holding_the_code(entry)):
        with pytest.raises(NotAllowed):
            suggest_opportunity(db, actor, theme_id=theme.id, **WORDED)


@pytest.mark.parametrize("field", ["title", "help_wanted"])
def test_a_suggestion_says_at_least_what_and_what_help(
    db: Session, theme: PromiseTheme, worker: Actor, field: str
):
    with pytest.raises(Invalid) as refused:
        suggest_opportunity(db, worker, theme_id=theme.id, **{**WORDED, field: " "})

    assert refused.value.field == field


def test_a_suggestion_belongs_to_a_theme(db: Session, worker: Actor):
    with pytest.raises(Invalid) as refused:
        suggest_opportunity(db, worker, theme_id=4711, **WORDED)

    assert refused.value.field == "theme"


def test_one_row_for_each_source(db: Session, theme: PromiseTheme, card: ReportCard, worker: Actor):
    one, two = an_entry(db, card, released=True), an_entry(db, card, released=True)

    id_ = suggest_opportunity(
        db,
        worker,
        theme_id=theme.id,
        entry_ids=[one.id, two.id, one.id],
        report_card_id=card.id,
        **WORDED,
    )

    assert [(s.entry_id, s.report_card_id, s.idea_person_id) for s in sources(db, id_)] == [
        (one.id, None, None),
        (two.id, None, None),
        (None, card.id, None),
    ]


@pytest.mark.parametrize("role", [Role.YOUTH_VOICE, Role.BOARD_MEMBER, Role.CHAIR, Role.MANAGER])
@pytest.mark.parametrize("what", ["raw", "held", "taken back", "without consent"])
def test_words_that_do_not_pass_the_gate_are_no_source_for_anybody(
    db: Session, theme: PromiseTheme, card: ReportCard, role: Role, what: str
):
    actor = somebody(db, role)
    entry = an_entry(
        db,
        card,
        released=what != "raw",
        consents=() if what == "without consent" else (ConsentUse.BOARD, ConsentUse.PUBLIC),
        withdrawn_at=days_ago(1) if what == "taken back" else None,
    )
    if what == "held":
        hold = SafeguardingHold(
            entry_id=entry.id, opened_at=days_ago(1), opened_by_id=a_person(db).id
        )
        add(db, hold)

    with pytest.raises(NotFound, match="no such source"):
        suggest_opportunity(db, actor, theme_id=theme.id, entry_ids=[entry.id], **WORDED)


def test_a_manager_names_only_cards_and_words_they_may_read(
    db: Session, theme: PromiseTheme, card: ReportCard
):
    manager = somebody(db, Role.MANAGER)
    for_the_board = an_entry(db, card, released=True, consents=[ConsentUse.BOARD])
    for_all = an_entry(db, card, released=True, consents=[ConsentUse.PUBLIC])

    with pytest.raises(NotFound):
        suggest_opportunity(db, manager, theme_id=theme.id, entry_ids=[for_the_board.id], **WORDED)
    with pytest.raises(NotFound):
        suggest_opportunity(db, manager, theme_id=theme.id, report_card_id=card.id, **WORDED)
    assert suggest_opportunity(db, manager, theme_id=theme.id, entry_ids=[for_all.id], **WORDED)


def test_a_young_persons_wording_waits_at_the_gate_and_the_suggestion_shows_none_of_it(
    db: Session, theme: PromiseTheme
):
    the_duty(db)
    young = somebody(db, Role.YOUNG_PERSON)

    ids = {
        suggest_opportunity(
            db,
            young,
            title="Zebra sleepovers",
            theme_id=theme.id,
            help_wanted="Zebra: help them say yes.",
            form_id="form-suggest-1",
        )
        for _ in range(2)
    }

    (id_,) = ids
    opportunity = db.get_one(Opportunity, id_)
    assert (opportunity.title, opportunity.help_wanted) == (YOUNG_IDEA, "")
    (source,) = sources(db, id_)
    entry = db.get_one(CardEntry, source.entry_id)
    assert entry.released_at is None
    kept = sa.select(EntryVersion.thinks).where(EntryVersion.entry_id == entry.id)
    assert db.scalars(kept).one() == "Zebra sleepovers\nZebra: help them say yes."
    said = [*db.scalars(sa.select(EventText.text)), *map(str, db.scalars(sa.select(Event.changes)))]
    assert not [text for text in said if text and "ebra" in text]


# Wording, sources, review, opening


def test_an_opportunity_may_be_worded_anew_before_the_work_begins(
    db: Session, spotted: Opportunity, worker: Actor
):
    reword_opportunity(db, worker, spotted.id, **{**WORDED, "title": "Furnish every flat"})
    assert spotted.title == "Furnish every flat"

    with unrecorded(db):
        spotted.state = S.WORKING
    with pytest.raises(NoLongerOpen, match="The work has begun"):
        reword_opportunity(db, worker, spotted.id, **WORDED)


def test_what_is_open_stays_whole(db: Session, spotted: Opportunity, worker: Actor):
    open_opportunity(db, worker, spotted.id)

    with pytest.raises(Invalid) as refused:
        reword_opportunity(db, worker, spotted.id, **{**WORDED, "power_shared": ""})

    assert refused.value.field == "power_shared"


def test_a_source_may_be_named_later_and_once(
    db: Session, spotted: Opportunity, card: ReportCard, worker: Actor
):
    entry = an_entry(db, card, released=True)

    for _ in range(2):
        add_source(db, worker, spotted.id, entry_id=entry.id)

    assert [source.entry_id for source in sources(db, spotted.id)] == [None, entry.id]


def test_a_source_is_exactly_one_thing(
    db: Session, spotted: Opportunity, card: ReportCard, worker: Actor
):
    entry = an_entry(db, card, released=True)

    with pytest.raises(Invalid):
        add_source(db, worker, spotted.id)
    with pytest.raises(Invalid):
        add_source(db, worker, spotted.id, entry_id=entry.id, report_card_id=card.id)


def test_a_group_reviews_and_then_it_opens_with_its_clock(
    db: Session, spotted: Opportunity, worker: Actor
):
    group = add(db, Group(name="Action Group", kind=GroupKind.ACTION))

    review_opportunity(db, worker, spotted.id, group_id=group.id)
    assert (spotted.state, spotted.reviewed_by_group_id) == (S.REVIEWED, group.id)

    open_opportunity(db, worker, spotted.id)
    assert (spotted.state, spotted.opened_at) == (S.OPEN, NOW)
    with pytest.raises(NoLongerOpen):
        open_opportunity(db, worker, spotted.id)


def test_only_a_group_there_is_reviews(db: Session, spotted: Opportunity, worker: Actor):
    with pytest.raises(NotFound):
        review_opportunity(db, worker, spotted.id, group_id=4711)


@pytest.mark.parametrize(
    "field", ["time_needed", "when_and_how", "power_shared", "support", "expenses"]
)
def test_nothing_opens_before_people_know_what_they_join(
    db: Session, theme: PromiseTheme, worker: Actor, field: str
):
    id_ = suggest_opportunity(db, worker, theme_id=theme.id, **{**WORDED, field: ""})

    with pytest.raises(Invalid) as refused:
        open_opportunity(db, worker, id_)

    assert refused.value.field == field


@pytest.mark.parametrize(
    "role", [role for role in Role if role not in (Role.YOUTH_VOICE, Role.CHAIR)]
)
def test_the_youth_voice_team_and_the_chair_alone_steer(
    db: Session, spotted: Opportunity, role: Role
):
    other = somebody(db, role)
    steps = [
        lambda: reword_opportunity(db, other, spotted.id, **WORDED),
        lambda: add_source(db, other, spotted.id, entry_id=1),
        lambda: review_opportunity(db, other, spotted.id, group_id=1),
        lambda: open_opportunity(db, other, spotted.id),
        lambda: start_working(db, other, spotted.id),
        lambda: park_opportunity(db, other, spotted.id, reason="x", review_on=TODAY),
        lambda: decline_opportunity(db, other, spotted.id, reason="x"),
        lambda: reopen_opportunity(db, other, spotted.id),
        lambda: close_opportunity(db, other, spotted.id),
    ]

    for step in steps:
        with pytest.raises(NotAllowed):
            step()


# Working


def test_the_work_begins_with_both_sides(db: Session):
    together = work(db, S.MATCHED)

    start_working(db, together.worker, together.opportunity.id)

    assert (together.opportunity.state, together.opportunity.working_at) == (S.WORKING, NOW)


def test_staff_alone_cannot_begin(db: Session, theme: PromiseTheme, worker: Actor):
    opportunity = an_opportunity(db, theme, the_person(db, worker))
    an_invitation(
        db,
        opportunity,
        somebody(db, Role.BOARD_MEMBER),
        reply=InvitationReply.YES,
        confirmed_at=days_ago(1),
    )

    with pytest.raises(Refused, match="young person has said yes"):
        start_working(db, worker, opportunity.id)


def test_work_does_not_begin_on_a_card_that_was_taken_back(db: Session):
    together = work(db, S.MATCHED)
    with unrecorded(db):
        together.entry.withdrawn_at = days_ago(1)

    with pytest.raises(Refused, match="young person has said yes"):
        start_working(db, together.worker, together.opportunity.id)


@pytest.mark.parametrize("what", ["account closed", "role ended", "turned young"])
def test_work_needs_a_member_who_still_is_one(db: Session, what: str):
    together = work(db, S.MATCHED)
    member = the_person(db, together.member)
    with unrecorded(db):
        if what == "account closed":
            member.disabled_at = days_ago(1)
        elif what == "role ended":
            db.execute(sa.text("UPDATE role_grant SET ended_at = given_at WHERE person_id = :id"),
                       {"id": member.id})  # fmt: skip
        else:
            grant = a_person(db, Role.YOUNG_PERSON)
            db.execute(sa.text("UPDATE role_grant SET person_id = :id WHERE person_id = :other"),
                       {"id": member.id, "other": grant.id})  # fmt: skip

    with pytest.raises(Refused, match="member or officer"):
        start_working(db, together.worker, together.opportunity.id)


# Parking, declining, reopening, closing


def test_parking_has_a_reason_and_a_day(db: Session, spotted: Opportunity, worker: Actor):
    for reason, day, field in (
        (" ", TODAY + timedelta(days=30), "reason"),
        ("Two officers short.", TODAY, "review_on"),
    ):
        with pytest.raises(Invalid) as refused:
            park_opportunity(db, worker, spotted.id, reason=reason, review_on=day)
        assert refused.value.field == field

    park_opportunity(
        db, worker, spotted.id, reason="Two officers short.", review_on=TODAY + timedelta(days=30)
    )
    assert (spotted.state, spotted.reason) == (S.PARKED, "Two officers short.")


def test_declining_has_a_reason(db: Session, spotted: Opportunity, worker: Actor):
    with pytest.raises(Invalid) as refused:
        decline_opportunity(db, worker, spotted.id, reason="")
    assert refused.value.field == "reason"

    decline_opportunity(db, worker, spotted.id, reason="Everyone has a pass already.")
    assert (spotted.state, spotted.ended_at) == (S.DECLINED, NOW)


def test_work_in_progress_is_parked_not_declined(db: Session):
    together = work(db)

    with pytest.raises(NoLongerOpen):
        decline_opportunity(db, together.worker, together.opportunity.id, reason="No.")


@pytest.mark.parametrize("state", [S.OPEN, S.MATCHED, S.WORKING])
def test_what_is_taken_up_again_stands_where_it_stood_with_its_old_clock(db: Session, state: S):
    together = work(db, state)
    opportunity = together.opportunity
    with unrecorded(db):
        opportunity.working_at = days_ago(3) if state is S.WORKING else None
    park_opportunity(
        db, together.worker, opportunity.id, reason="Away.", review_on=TODAY + timedelta(days=9)
    )

    reopen_opportunity(db, together.worker, opportunity.id)

    assert opportunity.state is (S.WORKING if state is S.WORKING else S.MATCHED)
    assert opportunity.opened_at == days_ago(10)
    assert (opportunity.reason, opportunity.review_on) == ("", None)


def test_a_suggestion_taken_up_again_is_a_suggestion(
    db: Session, spotted: Opportunity, worker: Actor
):
    decline_opportunity(db, worker, spotted.id, reason="Not now.")

    reopen_opportunity(db, worker, spotted.id)

    assert (spotted.state, spotted.ended_at) == (S.SPOTTED, None)


def test_it_closes_only_when_both_sides_have_signed(db: Session):
    together = work(db)
    outcome = an_outcome(db, together.opportunity, the_person(db, together.worker))
    with pytest.raises(Refused, match="both sides"):
        close_opportunity(db, together.worker, together.opportunity.id)

    with unrecorded(db):
        outcome.co_signed_at = days_ago(1)
    close_opportunity(db, together.worker, together.opportunity.id)

    assert (together.opportunity.state, together.opportunity.ended_at) == (S.CLOSED, NOW)


def test_each_step_leaves_one_event_with_its_reason_beside_it(
    db: Session, spotted: Opportunity, worker: Actor
):
    decline_opportunity(db, worker, spotted.id, reason="Everyone has a pass already.")

    event = db.scalars(sa.select(Event).where(Event.kind == EventKind.OPPORTUNITY_DECLINED)).one()
    assert event.changes[f"opportunity:{spotted.id}.state"] == ["spotted", "declined"]
    assert "pass" not in str(event.changes)
    assert (
        "Everyone has a pass already."
        in db.scalars(sa.select(EventText.text).where(EventText.event_id == event.id)).all()
    )


def test_nobody_changes_what_is_not_there(db: Session, worker: Actor):
    with pytest.raises(NotFound):
        open_opportunity(db, worker, 4711)


def test_a_chair_who_is_a_young_person_opens_in_the_chairs_own_words(
    db: Session, theme: PromiseTheme
):
    chair = acting(a_person(db, Role.CHAIR, Role.YOUNG_PERSON), Role.CHAIR, Role.YOUNG_PERSON)

    id_ = suggest_opportunity(db, chair, theme_id=theme.id, **WORDED)

    assert db.get_one(Opportunity, id_).title == WORDED["title"]
