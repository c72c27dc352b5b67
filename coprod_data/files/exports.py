"""Every sheet a person may download: the same reads as the screens, one column for each field."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from coprod_data.permissions import Actor, Invalid, NotFound, Permission
from coprod_data.queries.actions import ActionRow, action_plan
from coprod_data.queries.actions_progress import progress_by_theme
from coprod_data.queries.audits import Cell, HeatRow, RoundRow, StandardRow, audit_heat, rounds
from coprod_data.queries.events import EventRow, history
from coprod_data.queries.groups import GroupRow, groups
from coprod_data.queries.opportunities import OpportunityRow, opportunities
from coprod_data.queries.report_cards import CardRow, report_cards
from coprod_data.queries.search import Hit, search
from coprod_data.vocabulary.actions import TOO_FEW, WITHOUT_EVIDENCE, CommitmentState
from coprod_data.vocabulary.audits import AuditLevel, ReturnProgress
from coprod_data.vocabulary.opportunities import InvitationProgress, OpportunityProgress
from coprod_data.vocabulary.report_cards import CardProgress

DAMAGED = "This link is damaged. Go back and follow it again."

Filters = Mapping[str, str]
Member = TypeVar("Member", bound=StrEnum)
Row = TypeVar("Row")
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


def _number(filters: Filters, name: str) -> int | None:
    typed = filters.get(name, "")
    if typed and not (typed.isdecimal() and len(typed) < 10):
        raise Invalid(DAMAGED, field=name)
    return int(typed) if typed else None


def _member(filters: Filters, name: str, choices: type[Member]) -> Member | None:
    typed = filters.get(name, "")
    return _members(typed, name, choices)[0] if typed else None


def _members(typed: str, name: str, choices: type[Member]) -> tuple[Member, ...]:
    """Return the members of a closed list that a filter names with commas between them."""
    try:
        return tuple(choices(value) for value in typed.split(",") if value)
    except ValueError:
        raise Invalid(DAMAGED, field=name) from None


def _actions(db: Session, actor: Actor, filters: Filters) -> Iterator[ActionRow]:
    """Read the actions of the commitments that the plan shows with the same filters."""
    theme_id, service_id = _number(filters, "theme"), _number(filters, "service")
    state = _member(filters, "state", CommitmentState)
    if theme_id is None and state is None:
        yield from _pages(partial(action_plan, db, actor, service_id=service_id))
        return
    for theme in progress_by_theme(db, actor, theme_id=theme_id):
        for one in theme.commitments:
            if state in (None, one.state):
                read = partial(action_plan, db, actor, commitment_id=one.id, service_id=service_id)
                yield from _pages(read)


def _opportunities(db: Session, actor: Actor, filters: Filters) -> Iterator[OpportunityRow]:
    states = _members(filters.get("state", ""), "state", OpportunityProgress)
    theme_id = _number(filters, "theme")
    yield from _pages(partial(opportunities, db, actor, states=states, theme_id=theme_id))


def _pages(read: Callable[..., Sequence[Row]]) -> Iterator[Row]:
    """Read all pages of a list."""
    page = 1
    while rows := read(page=page):
        yield from rows
        page += 1


def _report_cards(db: Session, actor: Actor, filters: Filters) -> Iterator[CardRow]:
    theme_id, state = _number(filters, "theme"), _member(filters, "state", CardProgress)
    search, page, pages = filters.get("search", ""), 1, 1
    while page <= pages:
        found = report_cards(db, actor, theme_id=theme_id, state=state, search=search, page=page)
        yield from found.cards
        page, pages = page + 1, found.pages


def _search(db: Session, actor: Actor, filters: Filters) -> Iterator[Hit]:
    for found in search(db, actor, filters.get("search", "")):
        yield from found.hits


def _audits(db: Session, actor: Actor, filters: Filters) -> Iterator[Rated]:
    asked = _number(filters, "round")
    for one in rounds(db, actor):
        if asked in (None, one.id):
            heat = audit_heat(db, actor, one.id)
            for service in heat.rows:
                for standard, cell in zip(heat.standards, service.cells, strict=True):
                    yield Rated(heat.round, service, standard, cell)


def _history(db: Session, actor: Actor, _filters: Filters) -> Iterator[EventRow]:
    before: int | None = None
    while rows := history(db, actor, before=before):
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
