"""The jobs of the plan as a young person meets them, to say how they feel."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import Action, PromiseCommitment, PromiseTheme, YoungView
from coprod_data.permissions import Actor, Permission
from coprod_data.scopes.actions import to_view
from coprod_data.vocabulary import Face, Stage

PAGE = 50


@dataclass(frozen=True, kw_only=True)
class YoungAction:
    """A job of the plan as a young person meets it, with the face they gave it last."""

    id: int
    title: str
    will_see: str
    theme: str
    icon: str
    promised: str
    done: bool
    face: Face | None


def actions_to_view(db: Session, actor: Actor) -> list[YoungAction]:
    """Return up to 50 jobs of which this young person may say how they feel, newest first."""
    actor.must(Permission.ACTIONS_VIEW)
    giver = (
        YoungView.entry_id == actor.entry_id
        if actor.entry_id is not None
        else YoungView.person_id == actor.person_id
    )
    last = (
        sa.select(YoungView.face)
        .where(YoungView.action_id == Action.id, giver)
        .order_by(YoungView.id.desc())
        .limit(1)
        .correlate(Action)
        .scalar_subquery()
    )
    rows = db.execute(
        sa.select(
            Action.id, Action.title, Action.will_see, Action.stage, PromiseTheme.young_title,
            PromiseTheme.icon, PromiseCommitment.easy_wording, PromiseCommitment.wording,
            last.label("face"),
        )
        .join(PromiseCommitment, PromiseCommitment.id == Action.commitment_id)
        .join(PromiseTheme, PromiseTheme.id == PromiseCommitment.theme_id)
        .where(to_view(actor))
        .order_by(Action.moved_at.desc(), Action.id)
        .limit(PAGE)
    )  # fmt: skip
    return [
        YoungAction(
            id=row.id,
            title=row.title,
            will_see=row.will_see,
            theme=row.young_title,
            icon=row.icon,
            promised=row.easy_wording or row.wording,
            done=row.stage in (Stage.DONE, Stage.VERIFIED),
            face=row.face,
        )
        for row in rows
    ]
