"""How an action feels to a young person: the face is counted once a month, words are checked."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.entries_keeping import keep_words
from coprod_data.commands.event_log import record
from coprod_data.models import Action, PromiseCommitment, YoungView
from coprod_data.permissions import Actor, NotFound, Permission
from coprod_data.rules.texts import is_blank
from coprod_data.rules.who_is_meant import NOTHING_SAID, SaidAbout
from coprod_data.scopes.actions import given_by, to_view
from coprod_data.vocabulary.actions import Face
from coprod_data.vocabulary.entries import ConsentUse, EntryKind
from coprod_data.vocabulary.events import EventKind


def give_view(
    db: Session,
    actor: Actor,
    action_id: int,
    *,
    face: Face,
    words: str = "",
    form_id: str,
    entry_id: int | None = None,
    uses: frozenset[ConsentUse] = frozenset(),
    about: SaidAbout = NOTHING_SAID,
) -> int:
    """Say how an action feels. The newest view of each young person counts. Returns its id.

    `words` become an entry that waits to be checked, beside the card `entry_id` where there is one;
    `uses` says who may read them, `about` whom they are about. Sending the same form
    again gives the same view. Raises NotFound for an action they may not view, Invalid, Refused.
    """
    actor.must(Permission.ACTIONS_VIEW)
    theme_id = db.scalar(
        sa.select(PromiseCommitment.theme_id)
        .join(Action, Action.commitment_id == PromiseCommitment.id)
        .where(Action.id == action_id, to_view(actor))
    )
    if theme_id is None:
        raise NotFound("We cannot find that job. Open the page again.")
    view = YoungView(
        action_id=action_id,
        person_id=actor.person_id,
        entry_id=actor.entry_id,
        face=face,
        at=actor.at,
    )
    if not is_blank(words):
        entry = keep_words(
            db,
            actor,
            kind=EntryKind.VIEW,
            about_id=entry_id or actor.entry_id,
            theme_id=theme_id,
            text=words,
            form_id=form_id,
            uses=uses,
            about=about,
        )
        before = db.scalar(sa.select(YoungView.id).where(YoungView.words_entry_id == entry.id))
        if before is not None:
            return before
        view.words_entry_id = entry.id
    db.add(view)
    record(db, actor, EventKind.VIEW_GIVEN, view, action_id=action_id)
    return view.id


def take_view_back(db: Session, actor: Actor, action_id: int) -> None:
    """Take back how an action feels to this young person, with every earlier view of theirs.

    The faces leave their table at once, and the face that is shown at the turn of the month, if
    fewer than five of those in it are left then or five people's views have changed. Words that
    came with them are no longer beside the action, and are taken back with their card. Doing it
    twice is once.
    """
    actor.must(Permission.ACTIONS_VIEW)
    views = db.scalars(
        sa.select(YoungView).where(YoungView.action_id == action_id, given_by(actor))
    ).all()
    for view in views:
        db.delete(view)
    if views:
        record(db, actor, EventKind.VIEW_TAKEN_BACK, views[-1], action_id=action_id)
