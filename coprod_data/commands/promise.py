"""The Promise: draft a wording, and say what it carries on."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.promise_steps import draft_of, themes_of
from coprod_data.commands.rows import kept
from coprod_data.models import (
    PromiseCommitment,
    PromiseTheme,
    PromiseVersion,
)
from coprod_data.permissions import Actor, Invalid, NotFound, Permission
from coprod_data.rules.texts import optional_text, required_line, required_text
from coprod_data.vocabulary.events import EventKind
from coprod_data.vocabulary.labels import labelled

ICONS = frozenset({"people", "school", "home", "money", "feel", "next", "else"})


def draft_promise(db: Session, actor: Actor, *, title: str) -> int:
    """Start a new wording of The Promise. Returns the version's id. Raises Invalid."""
    actor.must(Permission.PROMISE_DRAFT)
    title = required_line(title, "title", labelled("Give this version of The Promise a name."))
    version = PromiseVersion(title=title, drafted_at=actor.at)
    return kept(db, actor, EventKind.PROMISE_DRAFTED, version)


def add_theme(
    db: Session,
    actor: Actor,
    version_id: int,
    *,
    title: str,
    young_title: str,
    icon: str,
    catch_all: bool = False,
) -> int:
    """Add a theme at the end of a draft. Returns its id.

    `icon` is one of `ICONS`; `catch_all` marks "Something else"; there is one in each version.
    Raises NotFound, Invalid, and Refused once the version is adopted.
    """
    actor.must(Permission.PROMISE_DRAFT)
    version = draft_of(db, version_id)
    title = required_line(title, "title", "Give the theme a title.", 120)
    young_title = required_line(
        young_title, "young_title", "Give the theme a title in young people's words.", 60
    )
    if icon not in ICONS:
        raise Invalid(f"Choose one of these pictures: {', '.join(sorted(ICONS))}.", field="icon")
    themes = themes_of(db, version.id)
    if any(theme.title.casefold() == title.casefold() for theme in themes):
        raise Invalid("There is already a theme with this title.", field="title")
    if catch_all and any(theme.catch_all for theme in themes):
        raise Invalid("There is already a theme for something else.", field="catch_all")
    theme = PromiseTheme(
        version_id=version.id,
        position=len(themes) + 1,
        title=title,
        young_title=young_title,
        icon=icon,
        catch_all=catch_all,
    )
    return kept(db, actor, EventKind.THEME_ADDED, theme)


def add_commitment(
    db: Session, actor: Actor, theme_id: int, *, reference: str, wording: str, easy_wording: str
) -> int:
    """Add a commitment at the end of a drafted theme. Returns its id.

    Raises NotFound, Invalid, and Refused once the version is adopted.
    """
    actor.must(Permission.PROMISE_DRAFT)
    theme = db.get(PromiseTheme, theme_id)
    if theme is None:
        raise NotFound("We could not find that theme. Reload the page.")
    draft_of(db, theme.version_id)
    reference = required_line(reference, "reference", "Give the commitment a number.", 12)
    taken = db.scalar(
        sa.select(PromiseCommitment.id)
        .join(PromiseTheme, PromiseTheme.id == PromiseCommitment.theme_id)
        .where(
            PromiseTheme.version_id == theme.version_id, PromiseCommitment.reference == reference
        )
    )
    if taken is not None:
        raise Invalid("Another commitment already has this number.", field="reference")
    position = db.scalar(sa.select(sa.func.count()).where(PromiseCommitment.theme_id == theme.id))
    commitment = PromiseCommitment(
        theme_id=theme.id,
        position=(position or 0) + 1,
        reference=reference,
        wording=required_text(wording, "wording", "Write what the council promises."),
        easy_wording=optional_text(easy_wording, "easy_wording"),
    )
    return kept(db, actor, EventKind.COMMITMENT_ADDED, commitment)
