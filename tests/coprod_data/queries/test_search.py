"""One search: every kind, only what its reader may open, words through the gate."""

import pytest
from sqlalchemy.orm import Session

from coprod_data.commands.entries_care import hold_entry
from coprod_data.models import (
    AgendaItem,
    AuditRound,
    AuditStandard,
    Decision,
    EntryMeant,
    Group,
    Meeting,
    OpportunitySource,
    Paper,
    PaperText,
    Person,
    Policy,
    Post,
    Priority,
    Project,
    PromiseTheme,
    Recruitment,
    SurveyFinding,
    SurveyRound,
)
from coprod_data.permissions import Actor, Invalid, NotAllowed, Role
from coprod_data.queries.search import MOST_FOUND, Found, search
from coprod_data.store.database import Database
from coprod_data.vocabulary.entries import ConsentUse
from coprod_data.vocabulary.groups import GroupKind
from coprod_data.vocabulary.meetings import AgendaKind, AgendaTier, DecisionResult, MeetingState
from coprod_data.vocabulary.papers import PaperPart, PaperState
from coprod_data.vocabulary.posts import Office
from coprod_data.vocabulary.search import FoundKind
from coprod_data.vocabulary.search import FoundKind as K
from coprod_data.vocabulary.surveys import ChosenHow, FindingSide
from tests.helpers.builders import (
    NOW,
    TODAY,
    a_commitment,
    a_person,
    a_promise,
    a_report_card,
    a_service,
    acting,
    add,
    an_action,
    an_opportunity,
    an_outcome,
    somebody,
    the_duty,
    the_public,
)
from tests.helpers.databases import statements
from tests.helpers.entries_read import let_out, read

BOTH = (ConsentUse.BOARD, ConsentUse.PUBLIC)
SURVEYS = {K.FINDING, K.PRIORITY}
STAFF = {*SURVEYS, K.GROUP, K.QUESTION, K.MEETING, K.DECISION, K.POST}
OFFICE = {*STAFF, K.POLICY, K.PROJECT, K.RECRUITMENT, K.THEME, K.COMMITMENT, K.ACTION}
BOARD = {*OFFICE, K.PAPER, K.WORDS, K.REPORT_CARD, K.OPPORTUNITY, K.OUTCOME}


def kinds(found: tuple[Found, ...]) -> set[K]:
    return {one.kind for one in found}


@pytest.fixture
def heating(db: Session, worker: Actor) -> None:
    """One thing of each kind with the word "heating" in it, public words included."""
    the_duty(db)
    theme = a_promise(db, ("Heating", "Something else"))[0]
    card = a_report_card(db, theme, title="Heating that works")
    let_out(db, worker, card, thinks="The heating is off at night.", consents=BOTH)
    officer = a_person(db, Role.MANAGER, name="Heather Heating")
    opportunity = an_opportunity(db, theme, officer, title="Heating in new flats")
    an_outcome(db, opportunity, officer, what_changed="The heating is on.")
    commitment = a_commitment(db, theme, wording="Your heating works.")
    an_action(db, commitment, officer, a_service(db), title="Check all heating")
    round_ = add(db, AuditRound(title="This year", opened_on=TODAY, due_on=TODAY))
    add(db, AuditStandard(
        round_id=round_.id, reference="A1", short="Heating", wording="Homes are warm.", position=1
    ))  # fmt: skip
    add(db, Group(name="The heating group", kind=[*GroupKind][0]))
    meetings_and_surveys(db, officer)


def meetings_and_surveys(db: Session, officer: Person) -> None:
    """A meeting with a decision, papers, a survey, a priority, a project, a panel, an office."""
    meeting = add(db, Meeting(meets_on=TODAY, state=MeetingState.HELD, planned_at=NOW))
    item = add(db, AgendaItem(
        meeting_id=meeting.id, kind=AgendaKind.PAPER, tier=AgendaTier.CHAIR, place=1, minutes=5,
        title="Heating in homes", added_at=NOW,
    ))  # fmt: skip
    add(db, Decision(
        meeting_id=meeting.id, item_id=item.id, result=DecisionResult.NOTED, recorded_at=NOW,
        wording="The heating is looked at", recorded_by_id=officer.id,
    ))  # fmt: skip
    for number, state in enumerate((PaperState.SIGNED, PaperState.DRAFT), 1):
        paper = add(db, Paper(
            meeting_id=meeting.id, item=number, title="Warm homes", state=state, begun_at=NOW,
            author_id=officer.id, meets_on=TODAY,
        ))  # fmt: skip
        add(db, PaperText(paper_id=paper.id, part=PaperPart.SUMMARY, text="Heating costs more."))
    survey = add(db, SurveyRound(survey="Your life", about="care leavers", held_on=TODAY))
    add(db, SurveyFinding(
        round_id=survey.id, position=1, indicator="My heating works", side=FindingSide.GOOD
    ))  # fmt: skip
    add(db, Priority(
        title="Heating first", chosen_how=ChosenHow.VOTE, chosen_by="Voices", chosen_on=TODAY
    ))  # fmt: skip
    by = {"service_id": a_service(db).id, "owner_id": officer.id}
    add(db, Policy(title="Heating in homes", owner_id=officer.id))
    add(db, Project(title="Heating for all", starts_on=TODAY, ends_on=TODAY, **by))
    add(db, Recruitment(post="Heating officer", meets_on=TODAY, **by))
    add(db, Post(office=Office.LEAD_OFFICER, title="Head of heating", name="B", began_on=TODAY))


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        (Role.CHAIR, BOARD),
        (Role.BOARD_MEMBER, BOARD),
        (Role.YOUTH_VOICE, BOARD),
        (Role.MANAGER, BOARD - {K.WORDS, K.REPORT_CARD}),  # their work is linked to no card
        (Role.ADMINISTRATOR, {*OFFICE, K.PERSON}),
        (Role.SAFEGUARDING, STAFF),
        (Role.YOUNG_PERSON, {*SURVEYS, K.WORDS, K.REPORT_CARD, K.THEME}),
    ],
)
@pytest.mark.usefixtures("heating")
def test_each_reader_finds_what_they_may_open(db: Session, role: Role, expected: set[K]):
    assert kinds(search(db, somebody(db, role), "heating")) == expected


@pytest.mark.usefixtures("heating")
def test_capitals_and_the_order_of_words_make_no_difference(db: Session, chair: Actor):
    [found] = search(db, chair, "  NEW   heating ")

    assert [(one.title, found.more) for one in found.hits] == [("Heating in new flats", False)]
    assert search(db, chair, "heating quixotry") == ()


def test_words_are_found_through_the_gate_only(
    db: Session, themes: list[PromiseTheme], worker: Actor, chair: Actor
):
    card = a_report_card(db, themes[0])
    let_out(db, worker, card, thinks="Quixotry for the Board.", consents=(ConsentUse.BOARD,))
    read(db, worker, card, thinks="Quixotry unread.")
    held = let_out(db, worker, card, thinks="Quixotry held.", consents=BOTH)
    about = let_out(db, worker, card, thinks="Quixotry about the chair.", consents=BOTH)
    add(db, EntryMeant(entry_id=about.id, person_id=chair.id))
    hold_entry(db, worker, held.id)

    def found(reader: Actor) -> list[str]:
        return [
            hit.detail
            for one in search(db, reader, "quixotry")
            for hit in one.hits
        ]  # fmt: skip

    assert [said.split(" Fix")[0] for said in found(chair)] == ["Quixotry for the Board."]
    young = found(somebody(db, Role.YOUNG_PERSON))
    assert [said.split(" Fix")[0] for said in young] == ["Quixotry about the chair."]
    assert found(somebody(db, Role.ADMINISTRATOR)) == []


def test_a_manager_finds_words_of_linked_cards_only(
    db: Session, themes: list[PromiseTheme], worker: Actor
):
    person = a_person(db, Role.MANAGER)
    manager = acting(person, Role.MANAGER)
    card = a_report_card(db, themes[0])
    let_out(db, worker, card, thinks="Quixotry aloud.", consents=BOTH)
    assert search(db, manager, "quixotry") == ()

    opportunity = an_opportunity(db, themes[0], person)
    add(db, OpportunitySource(opportunity_id=opportunity.id, report_card_id=card.id))
    an_action(
        db, a_commitment(db, themes[0]), person, a_service(db), opportunity_id=opportunity.id
    )  # fmt: skip
    [found] = search(db, manager, "quixotry")
    assert [hit.id for hit in found.hits] == [card.id]


@pytest.mark.parametrize("sign", ["%%", "__", "100%", "a_c", "\\\\", "/%"])
def test_signs_of_a_pattern_are_letters(
    db: Session, themes: list[PromiseTheme], chair: Actor, sign: str
):
    person = a_person(db)
    an_opportunity(db, themes[0], person, title="abc 100 of them / here")
    wanted = f"paint {sign}ab now"
    exact = an_opportunity(db, themes[0], person, title=wanted)

    found = search(db, chair, f"{sign}ab")

    assert [hit.id for one in found for hit in one.hits] == [exact.id]


@pytest.mark.parametrize("typed", ["", " ", "a", "%", "\u2800\u3164", "x" * 101, "word " * 30])
def test_what_is_too_short_or_too_long_is_refused(db: Session, chair: Actor, typed: str):
    with pytest.raises(Invalid):
        search(db, chair, typed)


def test_of_one_kind_twenty_are_shown_and_that_there_are_more(
    db: Session, themes: list[PromiseTheme], chair: Actor, database: Database
):
    person = a_person(db)
    for number in range(MOST_FOUND + 1):
        an_opportunity(db, themes[0], person, title=f"Repaint room {number}")

    with statements(database) as sent:
        [found] = search(db, chair, "repaint")

    assert (len(found.hits), found.more) == (MOST_FOUND, True)
    assert found.hits[0].title == f"Repaint room {MOST_FOUND}"
    assert len(sent) <= len(FoundKind) + 1  # one for each kind


@pytest.mark.usefixtures("heating")
def test_a_draft_of_a_paper_is_found_by_those_who_write_papers(db: Session, chair: Actor):
    clerk = somebody(db, Role.CLERK)
    found = [
        len(one.hits)
        for reader in (chair, clerk)
        for one in search(db, reader, "heating")
        if one.kind is K.PAPER
    ]
    assert found == [1, 2]


def test_a_stranger_searches_nothing(db: Session):
    with pytest.raises(NotAllowed):
        search(db, the_public(), "heating")
