"""Every sheet a person may take away: the reads of the screens, whole, as rows of cells."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy.orm import Session

from coprod_data.permissions import Actor, Invalid, NotFound, Permission
from coprod_data.queries.actions import ActionRow, action_plan
from coprod_data.queries.audits import audit_heat, rounds
from coprod_data.queries.events import EventRow, history
from coprod_data.queries.opportunities import OpportunityRow, opportunities
from coprod_data.queries.report_cards import report_cards
from coprod_data.vocabulary.opportunities import InvitationProgress

Cells = Sequence[object]
T = TypeVar("T")


@dataclass(frozen=True)
class Export:
    """One sheet: its headings, and the read that fills it for whoever asks."""

    headings: tuple[str, ...]
    rows: Callable[[Session, Actor, Mapping[str, str]], Iterator[Cells]]


def export(
    db: Session, actor: Actor, sheet: str, filters: Mapping[str, str]
) -> tuple[tuple[str, ...], list[Cells]]:
    """Return headings and rows of a sheet as this actor may read them.

    Raises NotAllowed, NotFound for no such sheet, Invalid for a filter that is no number.
    """
    actor.must(Permission.EXPORTS_READ)
    if sheet not in EXPORTS:
        raise NotFound("There is no such table to download.")
    chosen = EXPORTS[sheet]
    return chosen.headings, list(chosen.rows(db, actor, filters))


def _number(filters: Mapping[str, str], name: str) -> int | None:
    typed = filters.get(name, "")
    if typed and not (typed.isdecimal() and len(typed) < 10):
        raise Invalid("This link is damaged. Go back and follow it again.", field=name)
    return int(typed) if typed else None


def _every_page(read: Callable[[int], Sequence[T]]) -> Iterator[T]:
    page = 1
    while rows := read(page):
        yield from rows
        page += 1


def _actions(db: Session, actor: Actor, filters: Mapping[str, str]) -> Iterator[Cells]:
    def cells(row: ActionRow) -> Cells:
        return (
            row.theme, row.reference, row.title, row.will_see, row.stage, row.rag, row.rag_reason,
            row.owner, row.service, row.together_with, row.worked_on_by,
            row.due_wording or row.due_on,
            row.met, row.whole, row.drift, row.face, row.young_people, row.staff_say,
        )  # fmt: skip

    service_id = _number(filters, "service")
    for row in _every_page(lambda page: action_plan(db, actor, service_id=service_id, page=page)):
        yield cells(row)


def _opportunities(db: Session, actor: Actor, filters: Mapping[str, str]) -> Iterator[Cells]:
    def cells(row: OpportunityRow) -> Cells:
        said = row.wording
        matched = [one for one in row.members if one.state is InvitationProgress.MATCHED]
        members = ", ".join(one.name for one in matched)
        return (
            row.id, row.theme, row.title, row.state, row.opened_on, row.days, said.help_wanted,
            said.time_needed, said.when_and_how, said.support, said.expenses, members, row.reason,
        )  # fmt: skip

    theme_id = _number(filters, "theme")
    for row in _every_page(lambda page: opportunities(db, actor, theme_id=theme_id, page=page)):
        yield cells(row)


def _report_cards(db: Session, actor: Actor, filters: Mapping[str, str]) -> Iterator[Cells]:
    theme_id, page, pages = _number(filters, "theme"), 1, 1
    while page <= pages:
        found = report_cards(db, actor, theme_id=theme_id, page=page)
        for row in found.cards:
            yield (row.id, row.theme, row.title, row.state, row.shared_on, row.voices, row.words)
        page, pages = page + 1, found.pages


def _audits(db: Session, actor: Actor, filters: Mapping[str, str]) -> Iterator[Cells]:
    known = rounds(db, actor)
    asked = _number(filters, "round")
    for round_id in [row.id for row in known if asked in (None, row.id)]:
        heat = audit_heat(db, actor, round_id)
        for row in heat.rows:
            for standard, cell in zip(heat.standards, row.cells, strict=True):
                yield (
                    heat.round.title, row.service, row.state, standard.reference, standard.wording,
                    cell.level, cell.evidence, cell.young, cell.change,
                )  # fmt: skip


def _history(db: Session, actor: Actor, _filters: Mapping[str, str]) -> Iterator[Cells]:
    before: int | None = None
    while rows := history(db, actor, before=before):
        yield from (_event(row) for row in rows)
        before = rows[-1].id


def _event(row: EventRow) -> Cells:
    return (row.id, row.at, row.who, row.did, row.about)


EXPORTS: dict[str, Export] = {
    "actions": Export(
        (
            "Theme", "Commitment", "Action", "What you will see", "Stage", "RAG", "Why", "Owner",
            "Service", "Together with", "Worked on by", "Due", "Milestones met", "Milestones",
            "Days without movement", "Young people say", "How many young people", "Staff say",
        ),
        _actions,
    ),
    "opportunities": Export(
        (
            "No.", "Theme", "Opportunity", "State", "Open since", "Days", "Help wanted",
            "Time needed", "When and how", "Support", "Expenses", "Taken up by", "Reason",
        ),
        _opportunities,
    ),
    "report_cards": Export(
        ("No.", "Theme", "Title", "State", "Shared on", "Young people", "First words"),
        _report_cards,
    ),
    "audits": Export(
        (
            "Round", "Service", "Return", "Reference", "Standard", "Service's level (0 to 3)",
            "Evidence", "Young auditors' level (0 to 3)", "Change since the round before",
        ),
        _audits,
    ),
    "history": Export(("No.", "When", "Who", "What they did", "About"), _history),
}  # fmt: skip
