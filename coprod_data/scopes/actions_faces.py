"""The faces that may be shown: those counted after the newest month, and never the views."""

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from coprod_data.models import Action, PromiseCommitment, ViewFace, ViewMonth
from coprod_data.vocabulary.actions import ViewOf


@dataclass(frozen=True)
class Faces:
    """What to select of the shown face, and how to join it: `joins` are table and condition.

    `columns` are `face`, `face_of` and `counted_to`, all null where too few have said. None of them
    may order or choose rows.
    """

    columns: tuple[sa.Label[Any], ...]
    joins: tuple[tuple[Any, sa.ColumnElement[bool]], ...]


def faces_of_actions() -> Faces:
    """Return the face of each action, else of its commitment, else of its theme."""
    return _faces({
        ViewOf.ACTION: Action.id,
        ViewOf.COMMITMENT: Action.commitment_id,
        ViewOf.THEME: PromiseCommitment.theme_id,
    })  # fmt: skip


def faces_of_commitments() -> Faces:
    """Return the face of each commitment, else of its theme."""
    return _faces({
        ViewOf.COMMITMENT: PromiseCommitment.id, ViewOf.THEME: PromiseCommitment.theme_id
    })  # fmt: skip


def _faces(about: dict[ViewOf, Any]) -> Faces:
    newest = sa.select(ViewMonth.id).order_by(ViewMonth.month.desc()).limit(1).scalar_subquery()
    found = {of: aliased(ViewFace) for of in about}
    first = {
        name: sa.func.coalesce(*(getattr(face, name) for face in found.values()))
        for name in ("face", "counted_to")
    }
    of = sa.case(*((face.id.is_not(None), of.value) for of, face in found.items()))
    return Faces(
        (
            first["face"].label("face"),
            of.label("face_of"),
            first["counted_to"].label("counted_to"),
        ),
        tuple(
            (
                face,
                sa.and_(face.view_month_id == newest, getattr(face, f"{of.value}_id") == about[of]),
            )
            for of, face in found.items()
        ),
    )
