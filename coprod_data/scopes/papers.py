"""What a Board paper says, who is in its header, and what sessions have cost since the last one."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import (
    CoproductionSession,
    Meeting,
    Paper,
    PaperText,
    Person,
    Post,
    SessionCost,
)
from coprod_data.models.sessions_told import money_told
from coprod_data.permissions import Actor, Permission
from coprod_data.rules.clocks import LONDON
from coprod_data.rules.paper_said import Header, PaperSaid
from coprod_data.vocabulary.papers import Considered, PaperState
from coprod_data.vocabulary.posts import Office
from coprod_data.vocabulary.sessions import WAS_HELD

A_YEAR = timedelta(days=365)
OF_ROW = (
    "title", "status", "decision_type", "risk_current", "risk_residual", "figures_on",
    "author_title", "author_telephone", "author_email",
)  # fmt: skip


@dataclass(frozen=True)
class Spent:
    """Money in pence and miles driven of the sessions between two days."""

    pence: int
    miles: int

    @property
    def money(self) -> str:
        """The money in words, "" where nothing was spent."""
        return f"£{self.pence / 100:,.2f}" if self.pence else ""


def said_in(db: Session, paper: Paper) -> PaperSaid:
    """Return what a paper says."""
    rows = db.scalars(sa.select(PaperText).where(PaperText.paper_id == paper.id))
    values: dict[str, Any] = {name: getattr(paper, name) for name in OF_ROW}
    values["considered"] = tuple(one for one in Considered if getattr(paper, one.value))
    return PaperSaid.of(values | {row.part.value: row.text for row in rows})


def header_on(db: Session, day: date) -> Header:
    """Return who holds the offices in the header on a day: of several, who began last."""
    rows = db.execute(
        sa.select(Post, sa.func.coalesce(Person.name, Post.name))
        .outerjoin(Person, Person.id == Post.person_id)
        .where(
            Post.office.in_((Office.PORTFOLIO_HOLDER, Office.EXECUTIVE_DIRECTOR)),
            Post.began_on <= day,
            sa.or_(Post.ended_on.is_(None), Post.ended_on >= day),
        )
        .order_by(Post.began_on, Post.id)
    ).all()
    names = {post.office: ", ".join(filter(None, (name, post.title))) for post, name in rows}
    signs = [post.person_id for post, _ in rows if post.office is Office.EXECUTIVE_DIRECTOR]
    return Header(
        portfolio_holder=names.get(Office.PORTFOLIO_HOLDER, ""),
        executive_director=names.get(Office.EXECUTIVE_DIRECTOR, ""),
        signs_id=signs[-1] if signs else None,
    )


def since_when(db: Session, paper: Paper) -> date:
    """Return the day after the figures of the last signed paper of an earlier meeting.

    Without one it is a year before this paper's own figures.
    """
    if paper.figures_since is not None:
        return paper.figures_since
    day = sa.select(Meeting.meets_on).where(Meeting.id == paper.meeting_id).scalar_subquery()
    last: date | None = db.scalar(
        sa.select(sa.func.max(Paper.figures_on))
        .join(Meeting, Meeting.id == Paper.meeting_id)
        .where(Paper.state == PaperState.SIGNED, Meeting.meets_on < day)
    )
    if last is not None:
        return last + timedelta(days=1)
    return (paper.figures_on or db.scalar(sa.select(day)) or paper.begun_at.date()) - A_YEAR


def spent_between(db: Session, since: date, until: date) -> Spent:
    """Return what sessions that were held from one day to another cost, both included."""
    row = db.execute(
        sa.select(
            sa.func.coalesce(sa.func.sum(money_told()), 0),
            sa.func.coalesce(sa.func.sum(SessionCost.miles), 0),
        )
        .join(CoproductionSession, CoproductionSession.id == SessionCost.session_id)
        .where(
            CoproductionSession.state.in_(WAS_HELD),
            CoproductionSession.starts_at >= _midnight(since),
            CoproductionSession.starts_at < _midnight(until + timedelta(days=1)),
        )
    ).one()
    return Spent(int(row[0]), int(row[1]))


def readable(actor: Actor) -> sa.ColumnElement[bool]:
    """Return which papers this actor may read: signed ones, and every one to those who write."""
    if actor.may(Permission.PAPERS_WRITE):
        return sa.true()
    signed = Paper.state == PaperState.SIGNED
    if actor.person_id is None:
        return signed
    holds_it = sa.exists().where(
        Post.person_id == actor.person_id,
        Post.office == Office.EXECUTIVE_DIRECTOR,
        Post.ended_on.is_(None),
    )
    return sa.or_(signed, sa.and_(Paper.state == PaperState.SUBMITTED, holds_it))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), LONDON).astimezone(UTC)
