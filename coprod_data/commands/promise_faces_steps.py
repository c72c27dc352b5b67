"""The faces that young people see and the Board reads go on under a new wording: a step of adopting
it.
"""

from collections import Counter
from collections.abc import Mapping

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import CommitmentSuccessor, PromiseCommitment, ViewFace, ViewMonth
from coprod_data.scopes.promise import version_in_force
from coprod_data.scopes.promise_homes import commitments_of
from coprod_data.vocabulary.actions import ViewOf


def carry_faces(db: Session, version_id: int, themes: Mapping[int, int]) -> None:
    """Show the faces of the newest month under this version too, until the next month is counted.

    A commitment shows that of the one it carries on, and a theme likewise; one that was split or
    joined shows none, because nobody was asked about it. `themes` says which theme carries each of
    the version in force on. It is called while that version is still the one in force.
    """
    newest = sa.select(sa.func.max(ViewMonth.month)).scalar_subquery()
    shown = sa.select(ViewFace).join(ViewMonth).where(ViewMonth.month == newest)
    heirs = {
        ViewOf.COMMITMENT: _alone(_commitments(db, version_id)),
        ViewOf.THEME: _alone(list(themes.items())),
    }
    for face in db.scalars(shown.order_by(ViewFace.id)).all():
        for of, later in heirs.items():
            column = f"{of.value}_id"
            if (heir_id := later.get(getattr(face, column))) is None:
                continue
            # Who is in it is worked out again at the next count, from the views themselves.
            row = ViewFace(
                view_month_id=face.view_month_id, face=face.face, counted_to=face.counted_to
            )
            setattr(row, column, heir_id)
            db.add(row)


def _commitments(db: Session, version_id: int) -> list[tuple[int, int]]:
    pairs = (
        sa.select(CommitmentSuccessor.earlier_id, CommitmentSuccessor.later_id)
        .join(PromiseCommitment, PromiseCommitment.id == CommitmentSuccessor.earlier_id)
        .where(
            CommitmentSuccessor.later_id.in_(commitments_of(version_id)),
            CommitmentSuccessor.earlier_id.in_(commitments_of(version_in_force())),
        )
    )
    return [(row[0], row[1]) for row in db.execute(pairs)]


def _alone(pairs: list[tuple[int, int]]) -> dict[int, int]:
    """Return what has one heir, and is the only one of which that is the heir."""
    earlier, later = Counter(one for one, _ in pairs), Counter(one for _, one in pairs)
    return {old: new for old, new in pairs if earlier[old] == 1 and later[new] == 1}
