"""Every sheet a person may download: the same reads as the screens, one column for each field."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from sqlalchemy.orm import Session

from coprod_data.files.exports_filters import Filters, member, members, number, pages
from coprod_data.permissions import Actor, NotFound, Permission
from coprod_data.queries.actions import ActionRow, action_plan
from coprod_data.queries.actions_chosen import Chosen
from coprod_data.queries.actions_progress import progress_by_theme
from coprod_data.queries.audits import Cell, HeatRow, RoundRow, StandardRow, audit_heat, rounds
from coprod_data.queries.events import EventRow, history
from coprod_data.queries.groups import GroupRow, groups
from coprod_data.queries.opportunities import OpportunityRow, opportunities
from coprod_data.queries.outcomes_listed import LISTED, ListedOutcome, outcomes_listed
from coprod_data.queries.report_cards import CardRow, report_cards
from coprod_data.queries.search import Hit, search
from coprod_data.vocabulary.actions import (
    TOO_FEW,
    WITHOUT_EVIDENCE,
    CommitmentState,
    Listed,
    Only,
)
from coprod_data.vocabulary.audits import AuditLevel, ReturnProgress
from coprod_data.vocabulary.opportunities import InvitationProgress, OpportunityProgress
from coprod_data.vocabulary.outcomes import OutcomeProgress
from coprod_data.vocabulary.report_cards import CardProgress, CardsListed

Read = Callable[[Session, Actor, Filters], Iterable[Any]]
Field = str | Callable[[Any], object]  # the name of a field, or what makes the cell from the row


@dataclass(frozen=True)
class Export:
    """One sheet: the read that fills it for the person who asks, and a field for each heading."""

    read: Read
    columns: Mapping[str, Field]

    def cells(self, row: Any) -> tuple[object, ...]:
        """Return a row as the cells of its columns."""
        return tuple(
            getattr(row, field) if isinstance(field, str) else field(row)
            for field in self.columns.values()
        )


@dataclass(frozen=True)
class Rated:
    """One standard of one service's return, for a sheet."""

    round: RoundRow
    service: HeatRow
    standard: StandardRow
    cell: Cell


@dataclass(frozen=True)
class ToldOutcome:
    """An outcome with the list that it is in, for a sheet."""

    state: OutcomeProgress
    outcome: ListedOutcome


def export(
    db: Session, actor: Actor, sheet: str, filters: Filters
) -> tuple[tuple[str, ...], list[tuple[object, ...]]]:
    """Return headings and rows of a sheet as this actor may read them.

    Raises NotAllowed, NotFound for an unknown sheet, Invalid for a filter that names nothing.
    """
    actor.must(Permission.EXPORTS_READ)
    if sheet not in EXPORTS:
        raise NotFound("We could not find that table.")
    chosen = EXPORTS[sheet]
    return tuple(chosen.columns), [chosen.cells(row) for row in chosen.read(db, actor, filters)]


def _actions(db: Session, actor: Actor, filters: Filters) -> Iterator[ActionRow]:
    """Read a list of actions, or those of the commitments that the plan shows.

    Of the plan, an owner or a service leaves only their own actions.
    """
    owner_id, service_id = number(filters, "owner"), number(filters, "service")
    whose = partial(action_plan, db, actor, owner_id=owner_id, service_id=service_id)
    if which := member(filters, "list", Listed):
        yield from pages(partial(whose, which=which))
        return
    theme_id, state = number(filters, "theme"), member(filters, "state", CommitmentState)
    at = Chosen(theme_id, service_id, owner_id, state, member(filters, "only", Only))
    if at == Chosen(service=service_id, owner=owner_id):
        yield from pages(whose)
        return
    for theme in progress_by_theme(db, actor, theme_id=theme_id):
        for one in at.passing(theme.commitments):
            yield from pages(partial(whose, commitment_id=one.id))


def _opportunities(db: Session, actor: Actor, filters: Filters) -> Iterator[OpportunityRow]:
    states = members(filters.get("state", ""), "state", OpportunityProgress)
    theme_id = number(filters, "theme")
    yield from pages(partial(opportunities, db, actor, states=states, theme_id=theme_id))


def _outcomes(db: Session, actor: Actor, filters: Filters) -> Iterator[ToldOutcome]:
    asked, theme_id = member(filters, "state", OutcomeProgress), number(filters, "theme")
    for state in LISTED:
        if asked in (None, state):
            read = partial(outcomes_listed, db, actor, state, theme_id=theme_id)
            yield from (ToldOutcome(state, row) for row in pages(read))


def _report_cards(db: Session, actor: Actor, filters: Filters) -> Iterator[CardRow]:
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


def _search(db: Session, actor: Actor, filters: Filters) -> Iterator[Hit]:
    for found in search(db, actor, filters.get("search", "")):
        yield from found.hits


def _audits(db: Session, actor: Actor, filters: Filters) -> Iterator[Rated]:
    asked = number(filters, "round")
    for one in rounds(db, actor):
        if asked in (None, one.id):
            heat = audit_heat(db, actor, one.id)
            for service in heat.rows:
                for standard, cell in zip(heat.standards, service.cells, strict=True):
                    yield Rated(heat.round, service, standard, cell)


def _history(db: Session, actor: Actor, filters: Filters) -> Iterator[EventRow]:
    before, visits = None, filters.get("visits") == "1"
    while rows := history(db, actor, before=before, visits=visits):
        yield from rows
        before = rows[-1].id


def _taken_up_by(row: OpportunityRow) -> str:
    matched = (one for one in row.members if one.state is InvitationProgress.MATCHED)
    return ", ".join(one.name for one in matched)


def _level(level: int | None) -> AuditLevel | None:
    return None if level is None else AuditLevel(level)


def _return_state(row: Rated) -> ReturnProgress:
    late = row.service.overdue
    return ReturnProgress.OVERDUE if late else ReturnProgress(row.service.state.value)


def _young_people(row: GroupRow) -> object:
    if row.young_people is not None or not row.has_young:
        return row.young_people or 0
    return "yes"


def _changed(row: EventRow) -> str:
    return "; ".join(
        f"{one.what}: {one.old or 'none'} to {one.new or 'none'}" if one.what else str(one.new)
        for one in row.changes
    )


EXPORTS: dict[str, Export] = {
    "actions": Export(
        _actions,
        {
            "No.": "id",
            "Theme": "theme",
            "Young people call it": "young_theme",
            "Commitment no.": "reference",
            "Commitment": "commitment",
            "Action": "title",
            "What you will see": "will_see",
            "Stage": "stage",
            "RAG": "rag",
            "Why": "rag_reason",
            "Owner": "owner",
            "Service": "service",
            "Together with": "together_with",
            "Worked on by": "worked_on_by",
            "Due": "due_on",
            "Due, in words": lambda row: row.due_wording or (row.due_on and row.due_kind.words),
            "First due": "first_due_on",
            "First due, in words": "first_due_wording",
            "Milestones met": "met",
            "Milestones": "whole",
            "Evidence": lambda row: WITHOUT_EVIDENCE if row.without_evidence else None,
            "Days without movement": "drift",
            "Young people say": "face",
            "Who says so": lambda row: row.face_of.words if row.face_of else TOO_FEW,
            "Counted at the end of": lambda row: row.face_month and f"{row.face_month:%B %Y}",
            "Staff say": "staff_say",
        },
    ),
    "opportunities": Export(
        _opportunities,
        {
            "No.": "id",
            "Theme": "adults_theme",
            "Young people call it": "theme",
            "Opportunity": "title",
            "State": "state",
            "Open since": "opened_on",
            "Days": "days",
            "Help wanted": lambda row: row.wording.help_wanted,
            "Time needed": lambda row: row.wording.time_needed,
            "When and how": lambda row: row.wording.when_and_how,
            "Support": lambda row: row.wording.support,
            "Expenses": lambda row: row.wording.expenses,
            "Taken up by": _taken_up_by,
            "Reason": "reason",
        },
    ),
    "outcomes": Export(
        _outcomes,
        {
            "No.": lambda row: row.outcome.id,
            "State": "state",
            "Opportunity no.": lambda row: row.outcome.opportunity_id,
            "Opportunity": lambda row: row.outcome.title,
            "What changed": lambda row: row.outcome.what_changed,
            "Signed by both": lambda row: (
                row.outcome.signed_on and f"{row.outcome.signed_on:%B %Y}"
            ),
            "Young people by card code only": lambda row: "yes" if row.outcome.by_code else None,
            "Days since staff said done": lambda row: row.outcome.days,
        },
    ),
    "report_cards": Export(
        _report_cards,
        {
            "No.": "id",
            "Theme": "theme",
            "Young people call it": "young_theme",
            "Title": "title",
            "Month": lambda row: f"{row.month:%B %Y}",
            "State": "state",
            "Shared on": "shared_on",
            "Entries": "voices",
            "First words": "words",
        },
    ),
    "search": Export(
        _search, {"Kind": lambda row: row.kind.words, "Found": "title", "Words": "detail"}
    ),
    "audits": Export(
        _audits,
        {
            "Round": lambda row: row.round.title,
            "Service": lambda row: row.service.service,
            "Return": _return_state,
            "Reference": lambda row: row.standard.reference,
            "Standard": lambda row: row.standard.wording,
            "Service's level": lambda row: _level(row.cell.level),
            "Service's level (0 to 3)": lambda row: row.cell.level,
            "Evidence": lambda row: row.cell.evidence,
            "Young auditors' level": lambda row: _level(row.cell.young),
            "Young auditors' level (0 to 3)": lambda row: row.cell.young,
            "Change since the round before": lambda row: row.cell.change,
        },
    ),
    "groups": Export(
        lambda db, actor, _filters: groups(db, actor),
        {
            "Group": "name",
            "What it is for": lambda row: row.kind.words,
            "Adults": "members",
            "Young people": _young_people,
            "Quorum": "quorum",
            "Reviews the opportunities": "owns_queue",
            "Last met": "met_on",
            "Terms of reference": "terms",
        },
    ),
    "history": Export(
        _history,
        {
            "No.": "id",
            "When": "at",
            "Who": "who",
            "What they did": "did",
            "What changed": _changed,
            "About": "about",
        },
    ),
}
