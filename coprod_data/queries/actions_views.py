"""The jobs of the plan as a young person sees them, to say how they feel about each."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import (
    Action,
    ActionUpdate,
    CardEntry,
    PromiseCommitment,
    PromiseTheme,
    YoungView,
)
from coprod_data.permissions import Actor, Permission
from coprod_data.scopes.actions import given_by, out_of_card, to_view
from coprod_data.scopes.entries import own
from coprod_data.vocabulary.actions import Face, Stage

MOST = 5


@dataclass(frozen=True, kw_only=True)
class YoungAction:
    """A job of the plan as a young person sees it, with the face they gave it last."""

    id: int
    title: str
    will_see: str
    theme: str
    icon: str
    promised: str
    done: bool
    face: Face | None


@dataclass(frozen=True)
class StoppedAction:
    """A job that came from a card and is not done now: dropped or on hold, with the reason."""

    id: int
    title: str
    dropped: bool
    why: str


def actions_stopped(db: Session, actor: Actor, entry_id: int | None = None) -> list[StoppedAction]:
    """Return at most five jobs out of one of the reader's own cards that were dropped or put on
    hold, the newest first. The reason of the decision was written for them to read; one that an
    owner set on hold before that was asked has none.
    """
    actor.must(Permission.ACTIONS_VIEW)
    card_id = entry_id or actor.entry_id
    mine = sa.exists().where(CardEntry.id == card_id, CardEntry.about_id.is_(None), own(actor))
    why = (
        sa.select(ActionUpdate.text)
        .where(
            ActionUpdate.action_id == Action.id,
            sa.or_(
                ActionUpdate.at == Action.held_at,
                sa.and_(Action.stage == Stage.DROPPED, ActionUpdate.at >= Action.moved_at),
            ),
        )
        .order_by(ActionUpdate.id)
        .limit(1)
        .correlate(Action)
        .scalar_subquery()
    )
    rows = db.execute(
        sa.select(Action.id, Action.title, Action.stage, why.label("why"))
        .where(
            Action.stage.in_((Stage.DROPPED, Stage.ON_HOLD)),
            Action.approved_at.is_not(None),
            mine,
            out_of_card(card_id),
        )
        .order_by(Action.moved_at.desc(), Action.id)
        .limit(MOST)
    )
    return [
        StoppedAction(
            row.id,
            row.title,
            row.stage is Stage.DROPPED,
            row.why or "",
        )
        for row in rows
    ]


def actions_to_view(db: Session, actor: Actor, entry_id: int | None = None) -> list[YoungAction]:
    """Return at most five jobs about which this young person may say how they feel.

    What moved last comes first. `entry_id` is one of their own cards: only what came out of it; a
    person who came with its code need not name it.
    """
    actor.must(Permission.ACTIONS_VIEW)
    card_id = entry_id or actor.entry_id
    mine = sa.exists().where(CardEntry.id == card_id, CardEntry.about_id.is_(None), own(actor))
    of_this_card = sa.true() if card_id is None else sa.and_(mine, out_of_card(card_id))
    last = (
        sa.select(YoungView.face)
        .where(YoungView.action_id == Action.id, given_by(actor))
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
        .where(to_view(actor), of_this_card)
        .order_by(Action.moved_at.desc(), Action.id)
        .limit(MOST)
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
