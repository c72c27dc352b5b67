"""A draft of The Promise and its themes: a step of every command that changes one."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.rows import locked
from coprod_data.models import PromiseTheme, PromiseVersion
from coprod_data.permissions import Refused
from coprod_data.vocabulary.labels import labelled


def draft_of(db: Session, version_id: int) -> PromiseVersion:
    """Return a draft, locked until the transaction ends. Raises NotFound, Refused."""
    version = locked(db, PromiseVersion, version_id, labelled("version of The Promise"))
    if version.adopted_at is not None:
        raise Refused(
            "This version has been adopted and cannot be changed. Start a new one instead."
        )
    return version


def themes_of(db: Session, version_id: int) -> list[PromiseTheme]:
    """Return the themes of a version in their order."""
    return list(
        db.scalars(
            sa.select(PromiseTheme)
            .where(PromiseTheme.version_id == version_id)
            .order_by(PromiseTheme.position)
        )
    )
