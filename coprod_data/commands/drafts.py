"""Drafts: what a member of staff has typed and not yet saved. Nobody else reads it."""

from collections.abc import Iterable

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.entries_opening import must_open_for_draft
from coprod_data.models import Draft
from coprod_data.permissions import Actor, NotAllowed, Permission, Role
from coprod_data.rules.draft_marks import DraftMark
from coprod_data.rules.own_words import replaced
from coprod_data.rules.texts import optional_text
from coprod_data.scopes.left_words import left_in
from coprod_data.scopes.presence import DRAFT_FORM
from coprod_data.scopes.quotes_chosen import subject_of
from coprod_data.scopes.retention import old_drafts, over_before
from coprod_data.vocabulary.rewordings import RUN_OUT, TAKEN_OUT

LONGEST_DRAFT = 200_000  # three times the longest text that any form takes: nothing is cut before


def keep_draft(
    db: Session, actor: Actor, form: str, subject: str, text: str, *, showed: str = ""
) -> None:
    """Keep what this person has typed into a box of a form, in whatever tab.

    `showed` is a digest of what the form showed. What is typed over an entry is kept only for
    somebody who may open it now, for it has a young person's words in it. Words that left just now
    are not kept elsewhere: the text says so in their place. Raises NotFound, and NotAllowed for a
    young person: their unsent words wait only on their own device.
    """
    actor.must(Permission.DRAFTS_OWN)
    newest = sa.select(Draft).where(_own(actor, form), Draft.subject == subject)
    kept = _kept(db, actor, form, subject, text)
    draft = db.scalar(newest.order_by(Draft.saved_at.desc(), Draft.id.desc()).limit(1))
    _write(db, actor, draft, form=form, subject=subject, text=kept, showed=showed)


def keep_draft_of_tab(
    db: Session,
    actor: Actor,
    form: str,
    subject: str,
    text: str,
    *,
    showed: str,
    before: DraftMark | None,
) -> DraftMark:
    """Keep what this person has typed into a box, as `keep_draft` does, for one tab.

    `before` is what this tab kept last, or began with. What another tab has typed over it since
    stays: then this tab has a draft of its own. Returns what to come back with.
    """
    actor.must(Permission.DRAFTS_OWN)
    kept = _kept(db, actor, form, subject, text)
    draft = db.scalar(sa.select(Draft).where(_own(actor, form), _as_left(before)))
    draft = _write(db, actor, draft, form=form, subject=subject, text=kept, showed=showed)
    return DraftMark(draft.id, draft.saved_at)


def wipe_draft(db: Session, actor: Actor, form: str, subject: str) -> None:
    """Delete a draft, for example after saving, and what was chosen to be a quote in it."""
    actor.must(Permission.DRAFTS_OWN)
    about, _, name = subject.rpartition(":")
    both = Draft.subject.in_((subject, subject_of(about, name)))
    db.execute(sa.delete(Draft).where(_own(actor, form), both))


def wipe_drafts_of_tab(
    db: Session, actor: Actor, form: str, about: str, marks: Iterable[DraftMark | None]
) -> None:
    """Delete what a tab kept of a form about one thing; what another tab typed since stays.

    With the last of a box goes what was chosen to be a quote in it.
    """
    actor.must(Permission.DRAFTS_OWN)
    db.execute(sa.delete(Draft).where(_own(actor, form), sa.or_(*map(_as_left, marks), sa.false())))
    begins = Draft.subject.startswith(f"{about}:", autoescape=True)
    left = set(db.scalars(sa.select(Draft.subject).where(_own(actor, form), begins)))
    quoted = subject_of(about, "")
    over = {
        one
        for one in left
        if one.startswith(quoted) and f"{about}:{one.removeprefix(quoted)}" not in left
    }
    if over:
        db.execute(sa.delete(Draft).where(_own(actor, form), Draft.subject.in_(over)))


def forget_drafts(db: Session, actor: Actor) -> int:
    """Delete every draft that nobody has touched for its time. Returns how many."""
    actor.must(Permission.JOBS_RUN)
    old = old_drafts(over_before(db, actor.at))
    return len(db.scalars(sa.delete(Draft).where(old).returning(Draft.id)).all())


def _own(actor: Actor, form: str) -> sa.ColumnElement[bool]:
    return sa.and_(Draft.person_id == actor.id, Draft.form == form)


def _kept(db: Session, actor: Actor, form: str, subject: str, text: str) -> str:
    """Return what may be kept of a text. Raises NotFound and NotAllowed, as `keep_draft` says."""
    if Role.YOUNG_PERSON in actor.roles:
        raise NotAllowed("Your words stay on your own device until you send them.")
    if form == DRAFT_FORM:
        must_open_for_draft(db, actor, subject)
    kept = optional_text(text, "text", LONGEST_DRAFT)
    if form != DRAFT_FORM:
        kept = replaced(kept, left_in(db, actor, kept, time_over=True), RUN_OUT)
        kept = replaced(kept, left_in(db, actor, kept), TAKEN_OUT)
    return kept


def _write(
    db: Session,
    actor: Actor,
    draft: Draft | None,
    *,
    form: str,
    subject: str,
    text: str,
    showed: str,
) -> Draft:
    if draft is None:
        draft = Draft(person_id=actor.id, form=form, subject=subject, text=text, saved_at=actor.at)
        db.add(draft)
    draft.text, draft.saved_at, draft.opened = text, actor.at, showed
    db.flush()
    return draft


def _as_left(mark: DraftMark | None) -> sa.ColumnElement[bool]:
    """Select the draft that a tab knows, unless another tab has typed over it since."""
    if mark is None:
        return sa.false()
    return sa.and_(Draft.id == mark.id, Draft.saved_at == mark.saved_at)
