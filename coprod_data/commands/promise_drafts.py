"""Correcting a drafted wording of The Promise, line by line, until it is adopted."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.event_log import record_if_changed
from coprod_data.commands.promise_steps import draft_of
from coprod_data.commands.rows import locked, must_be_as_opened
from coprod_data.models import PromiseCommitment, PromiseTheme
from coprod_data.permissions import Actor, Invalid, Permission
from coprod_data.rules.texts import optional_text, required_line, required_text
from coprod_data.vocabulary.events import EventKind


def change_theme(
    db: Session,
    actor: Actor,
    theme_id: int,
    *,
    title: str,
    young_title: str,
    opened: Mapping[str, Any] | None = None,
) -> None:
    """Correct the two titles of a drafted theme; `opened` holds them as the form showed them.

    Raises NotFound, Invalid, ChangedMeanwhile, and Refused once it is adopted.
    """
    actor.must(Permission.PROMISE_DRAFT)
    theme = locked(db, PromiseTheme, theme_id, "theme")
    draft_of(db, theme.version_id)
    title = required_line(title, "title", "Give the theme a title.", 120)
    same = sa.exists().where(
        PromiseTheme.version_id == theme.version_id,
        PromiseTheme.id != theme.id,
        sa.func.lower(PromiseTheme.title) == title.lower(),
    )
    if db.scalar(sa.select(same)):
        raise Invalid("There is already a theme with this title.", field="title")
    young_title = required_line(
        young_title, "young_title", "Give the theme a title in young people's words.", 60
    )
    now = {"title": theme.title, "young_title": theme.young_title}
    must_be_as_opened(now, opened, {"title": title, "young_title": young_title})
    theme.title, theme.young_title = title, young_title
    record_if_changed(db, actor, EventKind.THEME_CHANGED, theme)


def change_commitment(
    db: Session,
    actor: Actor,
    commitment_id: int,
    *,
    reference: str,
    wording: str,
    easy_wording: str,
    opened: Mapping[str, Any] | None = None,
) -> None:
    """Correct a drafted commitment; `opened` holds its three texts as the form showed them.

    Raises NotFound, Invalid, ChangedMeanwhile, and Refused once it is adopted.
    """
    actor.must(Permission.PROMISE_DRAFT)
    commitment = locked(db, PromiseCommitment, commitment_id, "commitment")
    version_id = db.get_one(PromiseTheme, commitment.theme_id).version_id
    draft_of(db, version_id)
    reference = required_line(reference, "reference", "Give the commitment a number.", 12)
    others = (
        sa.select(PromiseCommitment.id)
        .join(PromiseTheme, PromiseTheme.id == PromiseCommitment.theme_id)
        .where(
            PromiseTheme.version_id == version_id,
            PromiseCommitment.id != commitment.id,
            PromiseCommitment.reference == reference,
        )
    )
    if db.scalar(others.limit(1)) is not None:
        raise Invalid("Another commitment already has this number.", field="reference")
    typed = {
        "reference": reference,
        "wording": required_text(wording, "wording", "Write what the council promises."),
        "easy_wording": optional_text(easy_wording, "easy_wording"),
    }
    must_be_as_opened({name: getattr(commitment, name) for name in typed}, opened, typed)
    for name, text in typed.items():
        setattr(commitment, name, text)
    record_if_changed(db, actor, EventKind.COMMITMENT_CHANGED, commitment)
