"""Opportunities: who may suggest them, and from what they may come."""

from dataclasses import replace

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.opportunities import (
    YOUNG_IDEA,
    suggest_opportunity,
)
from coprod_data.models import (
    AuditAnswer,
    AuditReturn,
    AuditRound,
    AuditStandard,
    CardEntry,
    EntryVersion,
    Event,
    EventText,
    Opportunity,
    PromiseTheme,
    ReportCard,
    SafeguardingHold,
    Service,
)
from coprod_data.permissions import Actor, Invalid, NotAllowed, NotFound, Role
from coprod_data.rules.opportunity_wording import Wording
from coprod_data.vocabulary.audits import Rater
from coprod_data.vocabulary.entries import ConsentUse
from coprod_data.vocabulary.opportunities import OpportunityState
from tests.helpers.builders import (
    NOW,
    a_person,
    a_service,
    add,
    an_entry,
    days_ago,
    holding_the_code,
    somebody,
    the_public,
    the_system,
)
from tests.helpers.working_together import WORDED, sources, the_person

S = OpportunityState


@pytest.mark.parametrize("role", [Role.YOUTH_VOICE, Role.MANAGER, Role.BOARD_MEMBER, Role.CHAIR])
def test_staff_may_suggest_and_their_idea_is_the_source(
    db: Session, theme: PromiseTheme, role: Role
):
    actor = somebody(db, role)

    id_ = suggest_opportunity(
        db, actor, theme_id=theme.id, wording=Wording("  Free\n passes ", "Ask the pools.")
    )

    opportunity = db.get_one(Opportunity, id_)
    assert (opportunity.title, opportunity.state) == ("Free passes", S.SPOTTED)
    assert (opportunity.spotted_at, opportunity.opened_at) == (NOW, None)
    assert [source.idea_person_id for source in sources(db, id_)] == [actor.id]


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.SAFEGUARDING])
def test_others_suggest_nothing(db: Session, theme: PromiseTheme, role: Role):
    with pytest.raises(NotAllowed):
        suggest_opportunity(db, somebody(db, role), theme_id=theme.id, wording=WORDED)


def test_strangers_suggest_nothing(db: Session, theme: PromiseTheme, card: ReportCard):
    entry = an_entry(db, card, released=True)
    for actor in (the_public(), the_system(), holding_the_code(entry)):
        with pytest.raises(NotAllowed):
            suggest_opportunity(db, actor, theme_id=theme.id, wording=WORDED)


@pytest.mark.parametrize("field", ["title", "help_wanted"])
def test_a_suggestion_says_at_least_what_and_what_help(
    db: Session, theme: PromiseTheme, worker: Actor, field: str
):
    with pytest.raises(Invalid) as refused:
        suggest_opportunity(db, worker, theme_id=theme.id, wording=replace(WORDED, **{field: " "}))

    assert refused.value.field == field


def test_a_suggestion_belongs_to_a_theme(db: Session, worker: Actor):
    with pytest.raises(Invalid) as refused:
        suggest_opportunity(db, worker, theme_id=4711, wording=WORDED)

    assert refused.value.field == "theme"


def test_one_row_for_each_source(db: Session, theme: PromiseTheme, card: ReportCard, worker: Actor):
    one, two = an_entry(db, card, released=True), an_entry(db, card, released=True)

    id_ = suggest_opportunity(
        db,
        worker,
        theme_id=theme.id,
        entry_ids=[one.id, two.id, one.id],
        report_card_id=card.id,
        wording=WORDED,
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

    with pytest.raises(NotFound, match="could not find that source"):
        suggest_opportunity(db, actor, theme_id=theme.id, entry_ids=[entry.id], wording=WORDED)


def test_a_manager_names_only_cards_and_words_they_may_read(
    db: Session, theme: PromiseTheme, card: ReportCard
):
    manager = somebody(db, Role.MANAGER)
    for_the_board = an_entry(db, card, released=True, consents=[ConsentUse.BOARD])
    for_all = an_entry(db, card, released=True, consents=[ConsentUse.PUBLIC])

    with pytest.raises(NotFound):
        suggest_opportunity(
            db, manager, theme_id=theme.id, entry_ids=[for_the_board.id], wording=WORDED
        )
    with pytest.raises(NotFound):
        suggest_opportunity(db, manager, theme_id=theme.id, report_card_id=card.id, wording=WORDED)
    assert suggest_opportunity(
        db, manager, theme_id=theme.id, entry_ids=[for_all.id], wording=WORDED
    )


def test_a_young_persons_wording_waits_at_the_gate_and_the_suggestion_shows_none_of_it(
    db: Session, theme: PromiseTheme
):
    young = somebody(db, Role.YOUNG_PERSON)

    ids = {
        suggest_opportunity(
            db,
            young,
            theme_id=theme.id,
            wording=Wording("Zebra sleepovers", "Zebra: help them say yes."),
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


def test_each_names_what_they_may_read_of_the_audit(db: Session, theme: PromiseTheme):
    mine = somebody(db, Role.MANAGER)
    other = somebody(db, Role.MANAGER)
    gap = an_audit_answer(db, a_service(db, the_person(db, mine)))
    for actor in (mine, somebody(db, Role.CHAIR)):
        id_ = suggest_opportunity(db, actor, theme_id=theme.id, audit_answer_id=gap, wording=WORDED)
        assert [source.audit_answer_id for source in sources(db, id_)] == [gap]

    with pytest.raises(NotFound):
        suggest_opportunity(db, other, theme_id=theme.id, audit_answer_id=gap, wording=WORDED)


def test_a_young_person_names_no_card_and_no_audit(
    db: Session, theme: PromiseTheme, card: ReportCard
):
    young = somebody(db, Role.YOUNG_PERSON)
    gap = an_audit_answer(db, a_service(db))

    for source in ({"report_card_id": card.id}, {"audit_answer_id": gap}):
        with pytest.raises(NotFound):
            suggest_opportunity(
                db, young, theme_id=theme.id, form_id="form-x-1", wording=WORDED, **source
            )


def an_audit_answer(db: Session, service: Service) -> int:
    round_ = add(db, AuditRound(title="2025", opened_on=NOW.date(), due_on=NOW.date()))
    standard = add(
        db,
        AuditStandard(
            round_id=round_.id, reference="A9", short="Panels", wording="Panels.", position=1
        ),
    )
    return_ = add(db, AuditReturn(round_id=round_.id, service_id=service.id))
    answer = AuditAnswer(
        return_id=return_.id,
        standard_id=standard.id,
        rater=Rater.SERVICE,
        level=0,
        at=NOW,
        person_id=a_person(db).id,
    )
    return add(db, answer).id
