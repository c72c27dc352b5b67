"""What fills the sheets that a person may download: the same reads as the screens, page by page."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from sqlalchemy.orm import Session

from coprod_data.files.exports_filters import Filters, member, members, number, pages
from coprod_data.permissions import Actor
from coprod_data.queries.actions import ActionRow, action_plan
from coprod_data.queries.actions_chosen import Chosen
from coprod_data.queries.actions_progress import progress_by_theme
from coprod_data.queries.audits import Cell, HeatRow, RoundRow, StandardRow, audit_heat, rounds
from coprod_data.queries.events import EventRow, history
from coprod_data.queries.groups import GroupRow
from coprod_data.queries.meetings import MeetingRow, every_meeting
from coprod_data.queries.opportunities import (
    OpportunityRow,
    opportunities,
    opportunities_asking_me,
    opportunity,
)
from coprod_data.queries.outcomes import outcomes_to_sign
from coprod_data.queries.outcomes_listed import LISTED, ListedOutcome, outcomes_listed
from coprod_data.queries.report_cards import CardRow, report_cards
from coprod_data.queries.search import search
from coprod_data.queries.search_steps import Hit
from coprod_data.queries.sessions import SessionRow, every_session
from coprod_data.queries.surveys import (
    FindingRow,
    SurveyRow,
    findings,
    round_before,
    survey_round,
    survey_rounds,
)
from coprod_data.vocabulary.actions import (
    CommitmentState,
    Listed,
    Only,
)
from coprod_data.vocabulary.audits import AuditLevel, ReturnProgress
from coprod_data.vocabulary.meetings import MeetingsListed
from coprod_data.vocabulary.opportunities import InvitationProgress, OpportunityProgress
from coprod_data.vocabulary.outcomes import OutcomeProgress
from coprod_data.vocabulary.report_cards import CardProgress, CardsListed
from coprod_data.vocabulary.sessions import SessionsListed, SessionState

FOR_ME = "mine"  # a list of opportunities, as its address names it


@dataclass(frozen=True)
class Rated:
    """One standard of one service's return, for a sheet."""

    round: RoundRow
    service: HeatRow
    standard: StandardRow
    cell: Cell


@dataclass(frozen=True)
class Found:
    """A finding with its round, for a sheet."""

    round: SurveyRow
    finding: FindingRow


@dataclass(frozen=True)
class ToldOutcome:
    """An outcome with the list that it is in, for a sheet."""

    state: OutcomeProgress
    outcome: ListedOutcome


def actions_chosen(db: Session, actor: Actor, filters: Filters) -> Iterator[ActionRow]:
    """Read a list of actions, or those of the commitments that the plan shows.

    Of the plan, an owner or a service leaves only their own actions, and "mine" those of the list
    of that name.
    """
    owner_id, service_id = number(filters, "owner"), number(filters, "service")
    only = member(filters, "only", Only)
    whose = partial(action_plan, db, actor, owner_id=owner_id, service_id=service_id)
    if which := member(filters, "list", Listed):
        yield from pages(partial(whose, which=which))
        return
    theme_id, state = number(filters, "theme"), member(filters, "state", CommitmentState)
    at = Chosen(theme_id, service_id, owner_id, state, only)
    if at == Chosen(service=service_id, owner=owner_id):
        yield from pages(whose)
        return
    which = Listed.MINE if only is Only.MINE else None
    for theme in progress_by_theme(db, actor, theme_id=theme_id):
        for one in at.passing(theme.commitments):
            yield from pages(partial(whose, which=which, commitment_id=one.id))


def opportunities_chosen(db: Session, actor: Actor, filters: Filters) -> Iterator[OpportunityRow]:
    """Read the opportunities in the chosen states, of a theme or of all; or those that wait for
    this person: to answer, then to sign.
    """
    if filters.get("show") == FOR_ME:
        yield from opportunities_asking_me(db, actor)
        for outcome in outcomes_to_sign(db, actor):
            yield opportunity(db, actor, outcome.opportunity_id)
        return
    states = members(filters.get("state", ""), "state", OpportunityProgress)
    theme_id = number(filters, "theme")
    yield from pages(partial(opportunities, db, actor, states=states, theme_id=theme_id))


def outcomes_told(db: Session, actor: Actor, filters: Filters) -> Iterator[ToldOutcome]:
    """Read outcomes list by list, or one list of them; also those signed by card code only."""
    asked, theme_id = member(filters, "state", OutcomeProgress), number(filters, "theme")
    by_code = filters.get("by_code") == "1"
    for state in LISTED:
        if asked in (None, state):
            read = partial(outcomes_listed, db, actor, state, theme_id=theme_id, by_code=by_code)
            yield from (ToldOutcome(state, row) for row in pages(read))


def sessions_chosen(db: Session, actor: Actor, filters: Filters) -> list[SessionRow]:
    """Read a list of sessions, or all, of a theme or of all."""
    which = member(filters, "show", SessionsListed)
    states = which.states if which else tuple(SessionState)
    return every_session(db, actor, states, theme_id=number(filters, "theme"))


def meetings_chosen(db: Session, actor: Actor, filters: Filters) -> list[MeetingRow]:
    """Read a list of meetings, or all."""
    return every_meeting(db, actor, member(filters, "show", MeetingsListed))


def cards_chosen(db: Session, actor: Actor, filters: Filters) -> Iterator[CardRow]:
    """Read the report cards that the page shows with the same filters."""
    read = partial(
        report_cards, db, actor,
        theme_id=number(filters, "theme"),
        state=member(filters, "state", CardProgress),
        cards=member(filters, "show", CardsListed),
        search=filters.get("search", ""),
    )  # fmt: skip
    page, last = 1, 1
    while page <= last:
        found = read(page=page)
        yield from found.cards
        page, last = page + 1, found.pages


def hits(db: Session, actor: Actor, filters: Filters) -> Iterator[Hit]:
    """Read what a search finds, one kind after another."""
    for found in search(db, actor, filters.get("search", "")):
        yield from found.hits


def ratings(db: Session, actor: Actor, filters: Filters) -> Iterator[Rated]:
    """Read each standard of each service of a round, or of all rounds."""
    asked = number(filters, "round")
    for one in rounds(db, actor):
        if asked in (None, one.id):
            heat = audit_heat(db, actor, one.id)
            for service in heat.rows:
                for standard, cell in zip(heat.standards, service.cells, strict=True):
                    yield Rated(heat.round, service, standard, cell)


def events(db: Session, actor: Actor, filters: Filters) -> Iterator[EventRow]:
    """Read the history from the newest back, with sign-ins only where they were asked for."""
    before, visits = None, filters.get("visits") == "1"
    while rows := history(db, actor, before=before, visits=visits):
        yield from rows
        before = rows[-1].id


def young_side(row: ToldOutcome) -> str:
    """Return how a young person signed what was done together."""
    if row.state is not OutcomeProgress.CO_SIGNED:
        return ""
    return "by card code only" if row.outcome.by_code else "known to the Youth Voice Team"


def taken_up_by(row: OpportunityRow) -> str:
    """Return the names of those who took up an opportunity."""
    matched = (one for one in row.members if one.state is InvitationProgress.MATCHED)
    return ", ".join(one.name for one in matched)


def level(stored: int | None) -> AuditLevel | None:
    """Return the level of this number, which has words of its own."""
    return None if stored is None else AuditLevel(stored)


def return_state(row: Rated) -> ReturnProgress:
    """Return how far the return is that a rating is from."""
    late = row.service.overdue
    return ReturnProgress.OVERDUE if late else ReturnProgress(row.service.state.value)


def young_people(row: GroupRow) -> object:
    """Return how many young people are in a group, or only that some are."""
    if row.young_people is not None or not row.has_young:
        return row.young_people or 0
    return "yes"


def changed(row: EventRow) -> str:
    """Return what an event changed, from its old to its new value."""
    return "; ".join(
        f"{one.what}: {one.old or 'none'} to {one.new or 'none'}" if one.what else str(one.new)
        for one in row.changes
    )


def survey_chosen(db: Session, actor: Actor, filters: Filters) -> Iterator[Found]:
    """Read what a survey round found, or every round, each beside the one before."""
    chosen = number(filters, "round")
    of = survey_rounds(db, actor) if chosen is None else [survey_round(db, actor, chosen)]
    for this in of:
        before = round_before(db, actor, this.id)
        for one in findings(db, actor, this.id, before_id=before.id if before else None):
            yield Found(this, one)
