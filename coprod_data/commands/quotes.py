"""Putting a young person's words into a text as a quote: chosen while typing, saved with it."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.entries_opening import must_open_for_draft
from coprod_data.commands.quotes_steps import CHOSEN
from coprod_data.models import CardEntry, Draft
from coprod_data.permissions import Actor, NotFound, Permission
from coprod_data.scopes.entries import may_open
from coprod_data.scopes.presence import DRAFT_FORM
from coprod_data.scopes.quotes import quotable, read_by
from coprod_data.scopes.quotes_chosen import chosen_entries, subject_of
from coprod_data.vocabulary.rewordings import TextPlace

GONE = "These words may not be read by everyone any more, so they cannot be a quote."


def choose_quote(
    db: Session, actor: Actor, form: str, about: str, name: str, entry_id: int, *, place: TextPlace
) -> None:
    """Say that words of an entry are a quote in a box that is not saved yet.

    It is kept with this person's drafts of the form, and asked again when the text is saved. Raises
    NotFound when not everybody who reads such a text may read these words.
    """
    actor.must(Permission.DRAFTS_OWN)
    if form == DRAFT_FORM:
        must_open_for_draft(db, actor, f"{about}:{name}")
    may = sa.select(CardEntry.id).where(
        CardEntry.id == entry_id, quotable(read_by(actor, place, about)), may_open(actor)
    )
    if db.scalar(may) is None:
        raise NotFound(GONE)
    subject = subject_of(about, name)
    chosen = db.scalar(
        sa.select(Draft).where(
            Draft.person_id == actor.id, Draft.form == form, Draft.subject == subject
        )
    )
    if chosen is None:
        chosen = Draft(person_id=actor.id, form=form, subject=subject, text="", saved_at=actor.at)
        db.add(chosen)
    ids = {*map(int, chosen.text.split()), entry_id}
    chosen.text, chosen.saved_at = " ".join(map(str, sorted(ids))), actor.at


def put_in_quotes(db: Session, actor: Actor, form: str, about: str) -> None:
    """Save as quotes what was chosen for the boxes of this form, with the texts saved next."""
    actor.must(Permission.DRAFTS_OWN)
    db.info[CHOSEN] = sorted(chosen_entries(db, actor, form, about))
