"""The lines of a drafted Promise: moved by one place, to another theme, or removed."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.event_log import record
from coprod_data.commands.promise_steps import draft_of, themes_of
from coprod_data.commands.rows import locked
from coprod_data.models import (
    CommitmentSuccessor,
    CommitmentTag,
    PromiseCommitment,
    PromiseHome,
    PromiseTheme,
)
from coprod_data.permissions import Actor, NotFound, Permission, Refused
from coprod_data.vocabulary.events import EventKind

Line = PromiseTheme | PromiseCommitment
IN_BETWEEN = 1_000_000  # a position that no line has, while two change places


def move_theme(db: Session, actor: Actor, theme_id: int, *, by: int) -> None:
    """Move a drafted theme up (-1) or down (1) by one place; at either end it stays.

    Raises NotFound, and Refused once it is adopted.
    """
    actor.must(Permission.PROMISE_DRAFT)
    theme = locked(db, PromiseTheme, theme_id, "theme")
    version = draft_of(db, theme.version_id)
    if _swap(db, themes_of(db, version.id), theme, by):
        record(db, actor, EventKind.PROMISE_ORDERED, theme)


def move_commitment(db: Session, actor: Actor, commitment_id: int, *, by: int) -> None:
    """Move a drafted commitment up (-1) or down (1) by one place; at the end of its theme it goes
    on to the next one.

    Raises NotFound, and Refused once it is adopted.
    """
    actor.must(Permission.PROMISE_DRAFT)
    commitment, themes = _drafted(db, commitment_id)
    lines = _lines(db, commitment.theme_id)
    if _swap(db, lines, commitment, by):
        record(db, actor, EventKind.PROMISE_ORDERED, commitment)
        return
    place = [theme.id for theme in themes].index(commitment.theme_id) + by
    if not 0 <= place < len(themes):
        return
    others = _lines(db, themes[place].id)
    commitment.theme_id, commitment.position = themes[place].id, IN_BETWEEN
    db.flush()
    _number(db, [line for line in lines if line is not commitment])
    _number(db, [*others, commitment] if by < 0 else [commitment, *others])
    record(db, actor, EventKind.PROMISE_ORDERED, commitment)


def remove_theme(db: Session, actor: Actor, theme_id: int) -> None:
    """Remove a drafted theme that has no commitments any more.

    Raises NotFound, and Refused while it has some, or once it is adopted.
    """
    actor.must(Permission.PROMISE_DRAFT)
    theme = locked(db, PromiseTheme, theme_id, "theme")
    version = draft_of(db, theme.version_id)
    if _lines(db, theme.id):
        raise Refused("This theme still has commitments. Move or remove them first.")
    db.delete(theme)
    db.flush()
    _number(db, themes_of(db, version.id))
    record(db, actor, EventKind.THEME_REMOVED, version)


def remove_commitment(db: Session, actor: Actor, commitment_id: int) -> None:
    """Remove a drafted commitment, with what was decided about it: what it carried on is left out,
    and an action that was to move to it has no home again.

    Raises NotFound, and Refused once it is adopted.
    """
    actor.must(Permission.PROMISE_DRAFT)
    commitment, _ = _drafted(db, commitment_id)
    theme = db.get_one(PromiseTheme, commitment.theme_id)
    for link in db.scalars(
        sa.select(CommitmentSuccessor).where(CommitmentSuccessor.later_id == commitment.id)
    ):
        db.delete(link)
    for home in db.scalars(
        sa.select(PromiseHome).where(PromiseHome.commitment_id == commitment.id)
    ):
        db.delete(home)
    for tag in db.scalars(
        sa.select(CommitmentTag).where(CommitmentTag.commitment_id == commitment.id)
    ):
        db.delete(tag)
    db.flush()
    db.delete(commitment)
    db.flush()
    _number(db, _lines(db, theme.id))
    record(db, actor, EventKind.COMMITMENT_REMOVED, theme)


def _drafted(db: Session, commitment_id: int) -> tuple[PromiseCommitment, list[PromiseTheme]]:
    found = db.get(PromiseCommitment, commitment_id)
    if found is None:
        raise NotFound("We could not find that commitment. Reload the page.")
    version = draft_of(db, db.get_one(PromiseTheme, found.theme_id).version_id)
    commitment = locked(db, PromiseCommitment, commitment_id, "commitment")
    return commitment, themes_of(db, version.id)


def _lines(db: Session, theme_id: int) -> list[PromiseCommitment]:
    return list(
        db.scalars(
            sa.select(PromiseCommitment)
            .where(PromiseCommitment.theme_id == theme_id)
            .order_by(PromiseCommitment.position)
        )
    )


def _swap(db: Session, lines: Sequence[Line], line: Line, by: int) -> bool:
    place = [one.id for one in lines].index(line.id) + by
    if not 0 <= place < len(lines):
        return False
    other = lines[place]
    mine, theirs = line.position, other.position
    line.position = IN_BETWEEN
    db.flush()
    other.position = mine
    db.flush()
    line.position = theirs
    db.flush()
    return True


def _number(db: Session, lines: Sequence[Line]) -> None:
    """Give lines the positions from 1 on; two never have the same one in between."""
    for position, line in enumerate(lines, start=1):
        line.position = IN_BETWEEN + position
    db.flush()
    for position, line in enumerate(lines, start=1):
        line.position = position
    db.flush()
