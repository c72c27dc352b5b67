"""The wording of The Promise: themes and commitments of the version in force, or of another."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from coprod_data.models import CommitmentTag, PromiseCommitment, PromiseTheme, PromiseVersion
from coprod_data.permissions import Actor, NotFound, Permission
from coprod_data.rules.clocks import london_day
from coprod_data.rules.statements import statement
from coprod_data.rules.titles import both_names
from coprod_data.scopes.promise import (
    lineage,
    same_theme,
    theme_in_force,
    themes_now,
    version_in_force,
)
from coprod_data.vocabulary.labels import labelled


@dataclass(frozen=True, kw_only=True)
class CommitmentRow:
    """One sentence of The Promise, in adult and in easy words (easy words may be empty).

    `tags` are the codes of frameworks' items that it belongs to.
    """

    id: int
    reference: str
    wording: str
    easy_wording: str
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ThemeRow:
    """A theme in two wordings; `icon` names colour and picture together."""

    id: int
    title: str
    young_title: str
    icon: str
    catch_all: bool
    commitments: tuple[CommitmentRow, ...] = ()

    @property
    def names(self) -> str:
        """Both of its names, for adults who choose among themes."""
        return both_names(self.title, self.young_title)


@dataclass(frozen=True, kw_only=True)
class PromiseRow:
    """One wording of The Promise. `adopted_on` is None for a draft; themes are in their order.

    `adopted_by` is the body, `written_with` who wrote it together, or empty. `drafted_on` is when
    it was begun.
    """

    id: int
    title: str
    adopted_on: date | None
    adopted_by: str
    in_force: bool
    drafted_on: date
    written_with: str = ""
    themes: tuple[ThemeRow, ...] = ()


def promise(db: Session, actor: Actor) -> PromiseRow | None:
    """Return The Promise in force with its themes and commitments; None before the first one."""
    actor.must(Permission.PROMISE_READ)
    return _worded(db, version_in_force())


def drafted_promise(db: Session, actor: Actor) -> PromiseRow | None:
    """Return the newest wording that is not adopted, or None."""
    actor.must(Permission.PROMISE_DRAFT)
    newest = (
        sa.select(PromiseVersion.id)
        .where(PromiseVersion.adopted_at.is_(None))
        .order_by(PromiseVersion.id.desc())
        .limit(1)
    )
    return _worded(db, newest.scalar_subquery())


def wordings(db: Session, actor: Actor) -> list[PromiseRow]:
    """Return every version without its themes, the newest first; drafts only to their writers."""
    actor.must(Permission.PROMISE_READ)
    rows = sa.select(
        PromiseVersion, (PromiseVersion.id == version_in_force()).label("newest")
    ).order_by(
        PromiseVersion.adopted_at.is_not(None),
        PromiseVersion.adopted_at.desc(),
        PromiseVersion.id.desc(),
    )
    if not actor.may(Permission.PROMISE_DRAFT):
        rows = rows.where(PromiseVersion.adopted_at.is_not(None))
    return [_row(row.PromiseVersion, (), newest=bool(row.newest)) for row in db.execute(rows).all()]


def wording(db: Session, actor: Actor, version_id: int) -> PromiseRow:
    """Return a version with its themes and commitments, a draft only to who writes it.

    Raises NotFound.
    """
    actor.must(Permission.PROMISE_READ)
    row = _worded(db, sa.select(sa.literal(version_id)).scalar_subquery())
    if row is None or (row.adopted_on is None and not actor.may(Permission.PROMISE_DRAFT)):
        raise NotFound(labelled("We could not find that version of The Promise."))
    return row


def themes(db: Session, actor: Actor) -> list[ThemeRow]:
    """Return the themes of The Promise in force, in their order, without commitments."""
    actor.must(Permission.PROMISE_READ)
    return [_theme(theme, ()) for theme in db.scalars(_themes_in_force())]


def named_now(db: Session, actor: Actor, theme_id: int) -> str:
    """Return the name that a theme of an earlier wording has now, or "" where it is the same or no
    theme in force carries it on. Young people's name is that for those who do not read the plan.
    """
    actor.must(Permission.PROMISE_READ)
    pairs, then = themes_now(), aliased(PromiseTheme)
    row = db.execute(
        sa.select(then.title, then.young_title, PromiseTheme.title, PromiseTheme.young_title)
        .select_from(pairs)
        .join(then, then.id == pairs.c.then_id)
        .join(PromiseTheme, PromiseTheme.id == pairs.c.now_id)
        .where(then.id == theme_id)
        .order_by(pairs.c.how != 0, pairs.c.how.desc(), PromiseTheme.position)
        .limit(1)
    ).first()
    if row is None:
        return ""
    was, young_was, now, young_now = row
    if not actor.may(Permission.ACTIONS_READ):
        return young_now if young_now != young_was else ""
    same = (now, young_now) == (was, young_was)
    return "" if same else both_names(now, young_now)


def theme_now(db: Session, actor: Actor, theme_id: int) -> int | None:
    """Return the theme in force that a theme of any wording is now; None if there is none."""
    actor.must(Permission.PROMISE_READ)
    found = same_theme(theme_id)
    return db.scalar(
        sa.select(PromiseTheme.id).where(PromiseTheme.id.in_(found), theme_in_force()).limit(1)
    )


def commitment_now(
    db: Session, actor: Actor, commitment_id: int
) -> tuple[str, dict[int, str]] | None:
    """Return an earlier commitment in its words, and those in force that carry it on, by id.

    None for one that is in force or is not there; none carry it on where it was left out.
    """
    actor.must(Permission.ACTIONS_READ)
    was = db.execute(
        sa.select(PromiseCommitment.reference, PromiseCommitment.wording)
        .join(PromiseTheme, PromiseTheme.id == PromiseCommitment.theme_id)
        .join(PromiseVersion, PromiseVersion.id == PromiseTheme.version_id)
        .where(
            PromiseCommitment.id == commitment_id,
            PromiseVersion.adopted_at.is_not(None),
            ~theme_in_force(),
        )
    ).one_or_none()
    if was is None:
        return None
    pairs = lineage()
    now = db.execute(
        sa.select(PromiseCommitment.id, PromiseCommitment.reference, PromiseCommitment.wording)
        .join(pairs, pairs.c.now_id == PromiseCommitment.id)
        .where(pairs.c.then_id == commitment_id)
        .order_by(PromiseCommitment.id)
    )
    return f"{was.reference} {was.wording}", {
        row.id: f"{row.reference} {row.wording}" for row in now
    }


def commitments_to_choose(
    db: Session, actor: Actor, *, theme_id: int | None = None, commitment_id: int | None = None
) -> dict[int, str]:
    """Return the commitments in force, id and wording, those of a theme first.

    `commitment_id` is one that was chosen before; it is there in whatever Promise it was.
    """
    actor.must(Permission.PROMISE_READ)
    first = sa.false() if theme_id is None else PromiseTheme.id.in_(same_theme(theme_id))
    rows = db.execute(
        sa.select(PromiseCommitment.id, PromiseCommitment.reference, PromiseCommitment.wording)
        .join(PromiseTheme, PromiseTheme.id == PromiseCommitment.theme_id)
        .where(sa.or_(theme_in_force(), PromiseCommitment.id == commitment_id))
        .order_by(
            sa.case((first, 0), else_=1),
            PromiseTheme.position,
            PromiseCommitment.position,
        )
    )
    return {row.id: f"{row.reference} {row.wording}" for row in rows}


def _worded(db: Session, version_id: sa.ScalarSelect[int]) -> PromiseRow | None:
    version = db.execute(
        sa.select(PromiseVersion, (PromiseVersion.id == version_in_force()).label("newest")).where(
            PromiseVersion.id == version_id
        )
    ).one_or_none()
    if version is None:
        return None
    tags = _tags(db, version_id)
    of_theme: dict[int, list[CommitmentRow]] = {}
    for commitment in db.scalars(
        sa.select(PromiseCommitment)
        .join(PromiseTheme, PromiseTheme.id == PromiseCommitment.theme_id)
        .where(PromiseTheme.version_id == version_id)
        .order_by(PromiseCommitment.position)
    ):
        of_theme.setdefault(commitment.theme_id, []).append(
            CommitmentRow(
                id=commitment.id,
                reference=commitment.reference,
                wording=commitment.wording,
                easy_wording=commitment.easy_wording,
                tags=tuple(tags.get(commitment.id, ())),
            )
        )
    worded = tuple(
        _theme(theme, tuple(of_theme.get(theme.id, ())))
        for theme in db.scalars(_themes_of(version_id))
    )
    return _row(version.PromiseVersion, worded, newest=bool(version.newest))


def _tags(db: Session, version_id: sa.ScalarSelect[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for commitment_id, code in db.execute(
        sa.select(CommitmentTag.commitment_id, CommitmentTag.code)
        .join(PromiseCommitment, PromiseCommitment.id == CommitmentTag.commitment_id)
        .join(PromiseTheme, PromiseTheme.id == PromiseCommitment.theme_id)
        .where(PromiseTheme.version_id == version_id)
        .order_by(CommitmentTag.code)
    ):
        found.setdefault(commitment_id, []).append(code)
    return found


@statement
def _themes_in_force() -> sa.Select[PromiseTheme]:
    return _themes_of(version_in_force())


def _themes_of(version_id: sa.ScalarSelect[int]) -> sa.Select[PromiseTheme]:
    return (
        sa.select(PromiseTheme)
        .where(PromiseTheme.version_id == version_id)
        .order_by(PromiseTheme.position)
    )


def _theme(theme: PromiseTheme, commitments: tuple[CommitmentRow, ...]) -> ThemeRow:
    return ThemeRow(
        id=theme.id,
        title=theme.title,
        young_title=theme.young_title,
        icon=theme.icon,
        catch_all=theme.catch_all,
        commitments=commitments,
    )


def _adopted_on(version: PromiseVersion) -> date | None:
    if version.adopted_at is None:
        return None
    return version.adopted_on or london_day(version.adopted_at)


def _row(version: PromiseVersion, worded: tuple[ThemeRow, ...], *, newest: bool) -> PromiseRow:
    return PromiseRow(
        id=version.id,
        title=version.title,
        adopted_on=_adopted_on(version),
        drafted_on=london_day(version.drafted_at),
        written_with=version.written_with,
        adopted_by=version.adopted_by,
        in_force=newest,
        themes=worded,
    )
