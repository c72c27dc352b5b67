"""Co-production opportunities: suggest, word, review, open, start the work."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.entries_keeping import keep_words
from coprod_data.commands.event_log import record, record_if_changed
from coprod_data.commands.opportunities_rules import (
    opportunity_of,
    somebody_matched,
    young_person_in,
)
from coprod_data.commands.rows import must_be_as_opened
from coprod_data.models import (
    AuditAnswer,
    CardEntry,
    GroupMeeting,
    Opportunity,
    OpportunitySource,
    PromiseTheme,
    ReportCard,
)
from coprod_data.permissions import Actor, Invalid, NotFound, Permission, Refused
from coprod_data.rules.clocks import london_day
from coprod_data.rules.opportunity_wording import Wording
from coprod_data.rules.who_is_meant import NOTHING_SAID, SaidAbout
from coprod_data.scopes.entries import words_for
from coprod_data.scopes.opportunities import (
    nameable_audit_answer,
    nameable_card,
    words_are_kept,
)
from coprod_data.vocabulary.entries import EntryKind
from coprod_data.vocabulary.events import EventKind
from coprod_data.vocabulary.labels import labelled
from coprod_data.vocabulary.opportunities import OpportunityState

S = OpportunityState
YOUNG_IDEA = "An idea from a young person"


def suggest_opportunity(
    db: Session,
    actor: Actor,
    *,
    wording: Wording,
    theme_id: int,
    entry_ids: Collection[int] = (),
    report_card_id: int | None = None,
    audit_answer_id: int | None = None,
    form_id: str = "",
    about: SaidAbout = NOTHING_SAID,
) -> int:
    """Suggest something to work on together. Returns its id; it is spotted, not open.

    Its sources are the entries, the card and the audit answer that are named, else it is the
    suggester's own idea. A young person's own wording is kept as an entry to be checked, and the
    suggestion itself shows none of it; `form_id` makes a second press give the same entry; `about`
    says whom it is about. Raises NotFound for a source this actor may not read, and Invalid.
    """
    actor.must(Permission.OPPORTUNITIES_SUGGEST)
    if db.get(PromiseTheme, theme_id) is None:
        raise Invalid(labelled("Choose a part of The Promise."), field="theme")
    said = wording.checked()
    named = [
        *({"entry_id": entry_id} for entry_id in dict.fromkeys(entry_ids)),
        *([{"report_card_id": report_card_id}] if report_card_id else []),
        *([{"audit_answer_id": audit_answer_id}] if audit_answer_id else []),
    ]
    for source in named:
        _must_be_readable(db, actor, **source)
    young = words_are_kept(actor)
    idea = _kept_as_entry(db, actor, theme_id, said, form_id, about) if young else None
    if idea is not None and (before := _suggested_from(db, idea)):
        return before
    shown = said if idea is None else Wording(title=YOUNG_IDEA)
    opportunity = Opportunity(
        title=shown.title,
        help_wanted=shown.help_wanted,
        theme_id=theme_id,
        state=S.SPOTTED,
        spotted_at=actor.at,
        spotted_by_id=actor.id,
    )
    _write(opportunity, shown)
    db.add(opportunity)
    db.flush()
    if idea is not None:
        named.append({"entry_id": idea})
    for source in named or [{"idea_person_id": actor.id}]:
        db.add(OpportunitySource(opportunity_id=opportunity.id, **source))
    record(db, actor, EventKind.OPPORTUNITY_SPOTTED, opportunity)
    return opportunity.id


def reword_opportunity(
    db: Session,
    actor: Actor,
    opportunity_id: int,
    *,
    wording: Wording,
    opened: Mapping[str, Any] | None = None,
) -> None:
    """Change an opportunity's wording, until the work begins. `opened` is what the form showed.

    Raises NotFound, NoLongerOpen, Invalid, ChangedMeanwhile.
    """
    actor.must(Permission.OPPORTUNITIES_OPEN)
    opportunity = opportunity_of(
        db, opportunity_id, S.SPOTTED, S.REVIEWED, S.OPEN, S.MATCHED, S.PARKED
    )
    said = wording.checked()
    must_be_as_opened(Wording.of(opportunity).texts, opened, said.texts)
    if opportunity.opened_at is not None:
        said.must_be_whole()
    _write(opportunity, said)
    record_if_changed(db, actor, EventKind.OPPORTUNITY_CHANGED, opportunity)


def add_source(
    db: Session,
    actor: Actor,
    opportunity_id: int,
    *,
    entry_id: int | None = None,
    report_card_id: int | None = None,
    audit_answer_id: int | None = None,
) -> None:
    """Add one more source to an opportunity. Raises NotFound, Invalid."""
    actor.must(Permission.OPPORTUNITIES_OPEN)
    if [entry_id, report_card_id, audit_answer_id].count(None) != 2:
        raise Invalid("Name one source at a time.", field="source")
    opportunity = opportunity_of(db, opportunity_id)
    known = {
        "entry_id": entry_id,
        "report_card_id": report_card_id,
        "audit_answer_id": audit_answer_id,
    }
    source = {field: value for field, value in known.items() if value is not None}
    _must_be_readable(db, actor, **source)
    before = sa.select(OpportunitySource.id).filter_by(opportunity_id=opportunity.id, **source)
    if db.scalar(before) is None:
        db.add(OpportunitySource(opportunity_id=opportunity.id, **source))
    record_if_changed(db, actor, EventKind.OPPORTUNITY_CHANGED, opportunity)


def review_opportunity(
    db: Session,
    actor: Actor,
    opportunity_id: int,
    *,
    meeting_id: int,
    review_on: date,
    opened: Mapping[str, Any] | None = None,
) -> None:
    """Record the meeting at which a group reviewed it, and the day on which it looks again.

    It is reviewed again until there is an outcome; only the first time changes its state. `opened`
    holds the `meeting_id` and `review_on` that the form showed. Raises NotFound, NoLongerOpen,
    Invalid, ChangedMeanwhile.
    """
    actor.must(Permission.OPPORTUNITIES_OPEN)
    opportunity = opportunity_of(
        db, opportunity_id, S.SPOTTED, S.REVIEWED, S.OPEN, S.MATCHED, S.WORKING
    )
    if db.get(GroupMeeting, meeting_id) is None:
        raise NotFound("We could not find that meeting.", field="meeting")
    if review_on <= london_day(actor.at):
        raise Invalid("Choose a day after today on which to look again.", field="review_on")
    now = {"meeting_id": opportunity.reviewed_meeting_id, "review_on": opportunity.review_on}
    must_be_as_opened(now, opened, {"meeting_id": meeting_id, "review_on": review_on})
    if opportunity.state is S.SPOTTED:
        opportunity.state = S.REVIEWED
    opportunity.reviewed_meeting_id, opportunity.review_on = meeting_id, review_on
    record_if_changed(db, actor, EventKind.OPPORTUNITY_REVIEWED, opportunity)


def open_opportunity(db: Session, actor: Actor, opportunity_id: int) -> None:
    """Open an opportunity for members to join; its waiting time starts now.

    Raises NotFound, NoLongerOpen, Invalid when something that people need to know is missing, and
    Refused where the server spotted it and no group has reviewed it.
    """
    actor.must(Permission.OPPORTUNITIES_OPEN)
    opportunity = opportunity_of(db, opportunity_id, S.SPOTTED, S.REVIEWED)
    if opportunity.state is S.SPOTTED and opportunity.spotted_by_id is None:
        raise Refused("The group looks at this first, because no person suggested it.")
    Wording.of(opportunity).must_be_whole()
    opportunity.state, opportunity.opened_at = S.OPEN, actor.at
    record(db, actor, EventKind.OPPORTUNITY_OPENED, opportunity)


def start_working(db: Session, actor: Actor, opportunity_id: int) -> None:
    """Start the work, with a young person and a member or officer they said yes to.

    Raises NotFound, NoLongerOpen, and Refused while one side is missing.
    """
    actor.must(Permission.OPPORTUNITIES_OPEN)
    opportunity = opportunity_of(db, opportunity_id, S.OPEN, S.MATCHED)
    if not young_person_in(db, opportunity.id):
        raise Refused("Work can start once a young person has said yes to somebody who offered.")
    if not somebody_matched(db, opportunity.id):
        raise Refused("Work can start once a member or officer and a young person have joined.")
    opportunity.state, opportunity.working_at = S.WORKING, actor.at
    record(db, actor, EventKind.OPPORTUNITY_WORKING, opportunity)


def _write(opportunity: Opportunity, said: Wording) -> None:
    for field, text in said.texts.items():
        setattr(opportunity, field, text)


def _must_be_readable(
    db: Session,
    actor: Actor,
    *,
    entry_id: int | None = None,
    report_card_id: int | None = None,
    audit_answer_id: int | None = None,
) -> None:
    """Check that this actor may read the source. Raises NotFound, with the same words in every
    case.
    """
    for key, value, condition in (
        (CardEntry.id, entry_id, words_for(actor)),
        (ReportCard.id, report_card_id, nameable_card(actor)),
        (AuditAnswer.id, audit_answer_id, nameable_audit_answer(actor)),
    ):
        found = value is None or db.scalar(sa.select(key).where(key == value, condition))
        if not found:
            raise NotFound("We could not find that source, or you may not read it.", field="source")


def _kept_as_entry(
    db: Session, actor: Actor, theme_id: int, said: Wording, form_id: str, about: SaidAbout
) -> int:
    """Keep a young person's wording where all their words are kept. Returns the entry's id."""
    words = "\n".join(text for text in said.texts.values() if text)
    return keep_words(
        db,
        actor,
        kind=EntryKind.WORDS,
        about_id=None,
        theme_id=theme_id,
        text=words,
        form_id=form_id,
        about=about,
    ).id


def _suggested_from(db: Session, entry_id: int) -> int | None:
    return db.scalar(
        sa.select(OpportunitySource.opportunity_id).where(OpportunitySource.entry_id == entry_id)
    )
