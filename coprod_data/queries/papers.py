"""Papers for the Board as shown: those of a meeting, one of them whole, and their layout."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from coprod_data.models import (
    Meeting,
    Paper,
    PaperLayout,
    PaperText,
    Person,
    PromiseTheme,
    Rewording,
)
from coprod_data.permissions import Actor, NotFound, Permission
from coprod_data.rules.clocks import london_day
from coprod_data.rules.paper_said import Header, OpenPlace, PaperSaid, open_places
from coprod_data.scopes.papers import (
    Spent,
    header_on,
    readable,
    said_in,
    since_when,
    spent_between,
)
from coprod_data.vocabulary.meetings import MeetingState
from coprod_data.vocabulary.papers import PaperState, PaperStatus
from coprod_data.vocabulary.rewordings import NOT_WRITTEN, RUN_OUT, TAKEN_OUT, TextPlace

PAGE_SIZE = 50


@dataclass(frozen=True)
class PaperRow:
    """A paper in a list; `replaced` says that a corrected version of it was signed."""

    id: int
    item: int
    version: int
    title: str
    state: PaperState
    status: PaperStatus | None
    author: str
    author_id: int
    meeting_id: int
    meets_on: date
    replaced: bool


@dataclass(frozen=True)
class PaperDetail:
    """One paper whole, as it is now or as it was signed.

    `since` is the first day of its figures, and `spent` what sessions from then on cost. `removed`
    says that words which were in its texts were taken back after it was signed. `moved_to` is the
    day of the meeting where that is another one now.
    """

    row: PaperRow
    said: PaperSaid
    header: Header
    theme: str
    open: tuple[OpenPlace, ...]
    since: date
    spent: Spent
    figures_at: datetime | None
    fingerprint: str
    submitted_at: datetime | None
    signed_at: datetime | None
    signed_by: str
    layout_id: int | None
    why_corrected: str
    versions: tuple[PaperRow, ...]
    removed: bool
    moved_to: date | None
    cancelled: bool
    may_write: bool
    may_sign: bool

    @property
    def public(self) -> bool:
        """Say whether only words that everybody may read are in it."""
        return self.said.status is PaperStatus.PUBLIC

    @property
    def figures_until(self) -> date | None:
        """The last day of its figures."""
        return self.said.figures_on


@dataclass(frozen=True)
class LayoutRow:
    """The layout in use: its name and since when."""

    id: int
    name: str
    kept_on: date


def papers(db: Session, actor: Actor, *, page: int = 1) -> list[PaperRow]:
    """Return a page of the papers that this actor may read, those of the latest meeting first."""
    actor.must(Permission.PAPERS_READ)
    return _rows(db, readable(actor), skipped=PAGE_SIZE * (max(1, page) - 1))


def paper(db: Session, actor: Actor, paper_id: int) -> PaperDetail:
    """Return one paper. Raises NotFound."""
    actor.must(Permission.PAPERS_READ)
    found = db.scalar(sa.select(Paper).where(Paper.id == paper_id, readable(actor)))
    if found is None:
        raise NotFound("We could not find that paper, or you may not read it yet.")
    meeting = db.get_one(Meeting, found.meeting_id)
    signed = found.state is PaperState.SIGNED
    today = london_day(actor.at)
    said, since = said_in(db, found), since_when(db, found)
    header = header_on(db, meeting.meets_on)
    if signed:
        header = Header(found.portfolio_holder, found.executive_director, header.signs_id)
    spent = spent_between(db, since, said.figures_on or today)
    open_now = () if signed else open_places(said, header, spent=spent.money, today=today)
    versions = _rows(db, sa.and_(Paper.meeting_id == meeting.id, Paper.item == found.item))
    theme = db.get(PromiseTheme, meeting.theme_id) if meeting.theme_id else None
    by = db.get(Person, found.signed_by_id) if found.signed_by_id else None
    submitted = found.state is PaperState.SUBMITTED
    signs = submitted and header_on(db, today).signs_id == actor.person_id
    return PaperDetail(
        row=next(row for row in versions if row.id == found.id),
        said=said, header=header, theme=theme.title if theme else "", open=tuple(open_now),
        since=since, spent=spent, figures_at=found.figures_at, fingerprint=found.fingerprint,
        submitted_at=found.submitted_at, signed_at=found.signed_at, signed_by=by.name if by else "",
        layout_id=found.layout_id, why_corrected=found.why_corrected, versions=tuple(versions),
        removed=signed and _removed(db, found, said),
        moved_to=meeting.meets_on if signed and found.meets_on != meeting.meets_on else None,
        cancelled=meeting.state is MeetingState.CANCELLED,
        may_write=actor.may(Permission.PAPERS_WRITE),
        may_sign=signs and actor.person_id is not None and actor.may(Permission.PAPERS_SIGN),
    )  # fmt: skip


def paper_of_item(db: Session, actor: Actor, meets_on: date, item: int) -> int:
    """Return the newest paper for an item of the meeting on a day. Raises NotFound."""
    actor.must(Permission.PAPERS_READ)
    found = db.scalar(
        sa.select(Paper.id)
        .join(Meeting, Meeting.id == Paper.meeting_id)
        .where(Meeting.meets_on == meets_on, Paper.item == item, readable(actor))
        .order_by(Paper.version.desc())
        .limit(1)
    )
    if found is None:
        raise NotFound("There is no signed paper for this item. Check the day and the number.")
    return found


def layout_in_use(db: Session, actor: Actor) -> LayoutRow | None:
    """Return the council's own layout, None where the sample is used."""
    actor.must(Permission.PAPERS_READ, Permission.SETTINGS_CHANGE)
    row = db.execute(
        sa.select(PaperLayout.id, PaperLayout.name, PaperLayout.kept_at)
        .order_by(PaperLayout.id.desc())
        .limit(1)
    ).first()
    return LayoutRow(row.id, row.name, london_day(row.kept_at)) if row else None


def layout_file(db: Session, actor: Actor, layout_id: int | None = None) -> bytes | None:
    """Return a layout, by default the newest; None where there is none."""
    actor.must(Permission.PAPERS_READ, Permission.SETTINGS_CHANGE)
    which = sa.true() if layout_id is None else PaperLayout.id == layout_id
    newest = sa.select(PaperLayout.file).where(which).order_by(PaperLayout.id.desc()).limit(1)
    return db.scalar(newest)


def _removed(db: Session, found: Paper, said: PaperSaid) -> bool:
    texts = [said.title, *said.texts.values()]
    if any(mark in text for text in texts for mark in (*NOT_WRITTEN, TAKEN_OUT, RUN_OUT)):
        return True
    own = sa.select(PaperText.id).where(PaperText.paper_id == found.id)
    reworded = sa.or_(
        sa.and_(Rewording.place == TextPlace.PAPER_TEXT, Rewording.row_id.in_(own)),
        sa.and_(Rewording.place == TextPlace.PAPER_TITLE, Rewording.row_id == found.id),
    )
    return bool(db.scalar(sa.select(sa.exists().where(reworded))))


def _rows(db: Session, which: sa.ColumnElement[bool], *, skipped: int = 0) -> list[PaperRow]:
    later = aliased(Paper)
    replaced = sa.exists().where(
        later.corrects_id == Paper.id, later.state == PaperState.SIGNED
    )  # fmt: skip
    rows: Any = db.execute(
        sa.select(Paper, Person.name, Meeting.meets_on, replaced)
        .join(Person, Person.id == Paper.author_id)
        .join(Meeting, Meeting.id == Paper.meeting_id)
        .where(which)
        .order_by(Meeting.meets_on.desc(), Paper.item, Paper.version.desc())
        .limit(PAGE_SIZE)
        .offset(skipped)
    )
    return [
        PaperRow(
            id=one.id, item=one.item, version=one.version, title=one.title, state=one.state,
            status=one.status, author=name, author_id=one.author_id, meeting_id=one.meeting_id,
            meets_on=one.meets_on or meets_on, replaced=bool(was),
        )
        for one, name, meets_on, was in rows
    ]  # fmt: skip
