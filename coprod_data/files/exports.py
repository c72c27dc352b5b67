"""Every sheet a person may download: the same reads as the screens, one column for each field."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from coprod_data.permissions import Actor, Invalid, NotFound, Permission
from coprod_data.queries.actions import action_plan
from coprod_data.queries.audits import Cell, HeatRow, RoundRow, StandardRow, audit_heat, rounds
from coprod_data.queries.events import EventRow, history
from coprod_data.queries.groups import GroupRow, groups
from coprod_data.queries.opportunities import OpportunityRow, opportunities
from coprod_data.queries.report_cards import CardRow, report_cards
from coprod_data.vocabulary.actions import TOO_FEW, WITHOUT_EVIDENCE
from coprod_data.vocabulary.opportunities import InvitationProgress

Filters = Mapping[str, str]
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

    Raises NotAllowed, NotFound for an unknown sheet, Invalid for a filter that is not a number.
    """
    actor.must(Permission.EXPORTS_READ)
    if sheet not in EXPORTS:
        raise NotFound("We could not find that table.")
    chosen = EXPORTS[sheet]
    return tuple(chosen.columns), [chosen.cells(row) for row in chosen.read(db, actor, filters)]


def _number(filters: Filters, name: str) -> int | None:
    typed = filters.get(name, "")
    if typed and not (typed.isdecimal() and len(typed) < 10):
        raise Invalid("This link is damaged. Go back and follow it again.", field=name)
    return int(typed) if typed else None


def _whole(read: Callable[..., Sequence[Any]], **numbers: str) -> Read:
    """Return a function that reads all pages of a list; `numbers` maps arguments to filters."""

    def every_page(db: Session, actor: Actor, filters: Filters) -> Iterator[Any]:
        asked = {name: _number(filters, filter_) for name, filter_ in numbers.items()}
        page = 1
        while rows := read(db, actor, **asked, page=page):
            yield from rows
            page += 1

    return every_page


def _report_cards(db: Session, actor: Actor, filters: Filters) -> Iterator[CardRow]:
    theme_id, page, pages = _number(filters, "theme"), 1, 1
    while page <= pages:
        found = report_cards(db, actor, theme_id=theme_id, page=page)
        yield from found.cards
        page, pages = page + 1, found.pages


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
        _whole(action_plan, service_id="service"),
        {
            "Theme": "theme",
            "Commitment": "reference",
            "Action": "title",
            "What you will see": "will_see",
            "Stage": "stage",
            "RAG": "rag",
            "Why": "rag_reason",
            "Owner": "owner",
            "Service": "service",
            "Together with": "together_with",
            "Worked on by": "worked_on_by",
            "Due": lambda row: row.due_wording or row.due_on,
            "First due": lambda row: row.first_due_wording or row.first_due_on,
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
        _whole(opportunities, theme_id="theme"),
        {
            "No.": "id",
            "Theme": "theme",
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
            "Title": "title",
            "State": "state",
            "Shared on": "shared_on",
            "Entries": "voices",
            "First words": "words",
        },
    ),
    "audits": Export(
        _audits,
        {
            "Round": lambda row: row.round.title,
            "Service": lambda row: row.service.service,
            "Return": lambda row: row.service.state,
            "Reference": lambda row: row.standard.reference,
            "Standard": lambda row: row.standard.wording,
            "Service's level (0 to 3)": lambda row: row.cell.level,
            "Evidence": lambda row: row.cell.evidence,
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
