"""The whole of a Promise written down in one press."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from coprod_data.commands.promise import add_commitment, add_theme
from coprod_data.commands.promise_changes import propose_successors
from coprod_data.commands.rows import kept
from coprod_data.models import PromiseVersion
from coprod_data.permissions import Actor, Permission
from coprod_data.rules.pasted_promise import PastedTheme
from coprod_data.rules.texts import required_line
from coprod_data.vocabulary.events import EventKind
from coprod_data.vocabulary.labels import labelled


def write_promise(db: Session, actor: Actor, *, title: str, themes: Sequence[PastedTheme]) -> int:
    """Start a new wording with these themes and commitments, all or none. Returns the version's id.

    Each commitment in force is carried on by the one with its words, else its number. Raises
    Invalid.
    """
    actor.must(Permission.PROMISE_DRAFT)
    title = required_line(title, "title", labelled("Give this version of The Promise a name."))
    version = PromiseVersion(title=title, drafted_at=actor.at)
    version_id = kept(db, actor, EventKind.PROMISE_DRAFTED, version)
    for theme in themes:
        theme_id = add_theme(
            db,
            actor,
            version_id,
            title=theme.title,
            young_title=theme.young_title,
            icon=theme.icon,
            catch_all=theme.catch_all,
        )
        for reference, wording in theme.commitments:
            add_commitment(
                db, actor, theme_id, reference=reference, wording=wording, easy_wording=""
            )
    propose_successors(db, actor, version_id)
    return version_id
