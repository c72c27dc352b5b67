"""Outcomes: proposed, signed by both sides or sent back. Together means co-signed."""

from collections.abc import Collection

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.entries_keeping import keep_words, sent_before
from coprod_data.commands.event_log import record
from coprod_data.commands.outcomes_rules import (
    AlreadySigned,
    is_complete,
    made_too_much,
    must_have_own_password,
    must_sign_alone,
    must_wait_for_signatures,
    outcome_of,
    own_side,
    seat_of,
    signature,
)
from coprod_data.commands.outcomes_steps import by_seat, by_staff, sign
from coprod_data.commands.rows import locked
from coprod_data.models import (
    Action,
    Invitation,
    NotYet,
    Opportunity,
    OpportunityYoung,
    Outcome,
    OutcomeAction,
)
from coprod_data.permissions import Actor, Invalid, NotAllowed, Permission, Refused
from coprod_data.rules.texts import is_blank, names_nobody, required_text
from coprod_data.rules.who_is_meant import NOTHING_SAID, SaidAbout
from coprod_data.scopes.opportunities import matched
from coprod_data.vocabulary.actions import NAMEABLE
from coprod_data.vocabulary.entries import ConsentUse, EntryKind
from coprod_data.vocabulary.events import EventKind
from coprod_data.vocabulary.opportunities import OpportunityState
from coprod_data.vocabulary.outcomes import Side

PAPER = "Ask two workers to write down your yes."
WRITE_BACK = "So write back to us what is missing. It is not done until you say so."


def propose_outcome(
    db: Session,
    actor: Actor,
    opportunity_id: int,
    *,
    you_said: str,
    worked_with: str,
    what_changed: str,
    action_ids: Collection[int] = (),
) -> int:
    """Say what young people said, who worked on it with them, and what is different now.

    Until both sides have signed it, it reads "staff say done". Returns its id.

    The Youth Voice Team may propose, or a member or officer who is in the opportunity. The actions
    must be live and belong to this opportunity. Raises NotFound, NotAllowed, Invalid, Refused.
    """
    actor.must(Permission.OUTCOMES_PROPOSE)
    must_have_own_password(db, actor)
    opportunity = locked(db, Opportunity, opportunity_id, "opportunity")
    if not actor.may(Permission.OUTCOMES_RECORD) and not _is_in(db, actor, opportunity):
        raise NotAllowed("Only somebody who is in this work can say what changed.")
    if opportunity.state is not OpportunityState.WORKING:
        raise Refused("An outcome comes from work in progress. Start working first.")
    said = required_text(you_said, "you_said", "Say what young people asked for.")
    partners = required_text(worked_with, "worked_with", "Say who worked on it with them.")
    if names_nobody(partners):
        raise Invalid("Say who worked on it with them.", field="worked_with")
    text = required_text(what_changed, "what_changed", "Say what is different now.")
    _must_have_no_open_proposal(db, opportunity)
    named = set(action_ids)
    of_this_work = sa.select(Action.id).where(
        Action.id.in_(named), Action.opportunity_id == opportunity.id, Action.stage.in_(NAMEABLE)
    )
    if set(db.scalars(of_this_work)) != named:
        raise Invalid("Name only open actions that belong to this work.", field="actions")
    outcome = Outcome(
        opportunity_id=opportunity.id,
        you_said=said,
        worked_with=partners,
        what_changed=text,
        proposed_at=actor.at,
        proposed_by_id=actor.id,
    )
    db.add(outcome)
    db.flush()
    db.add_all(OutcomeAction(outcome_id=outcome.id, action_id=id_) for id_ in sorted(named))
    record(db, actor, EventKind.OUTCOME_PROPOSED, outcome, opportunity=opportunity.id)
    return outcome.id


def co_sign(db: Session, actor: Actor, outcome_id: int) -> None:
    """Sign the actor's own side of a proposed outcome. A second call changes nothing.

    A young person signs the young people's side, by their place in the opportunity; a matched
    member or officer signs the staff side, unless they made both sides. A personal signature
    replaces a paper one that waits for its second worker. Raises NotFound, NotAllowed,
    AlreadySigned, Refused; the last also for whose password was chosen with a link in the last
    seven days, unless a second person handed it over.
    """
    actor.must(Permission.OUTCOMES_SIGN)
    must_have_own_password(db, actor)
    outcome, opportunity = outcome_of(db, outcome_id)
    side = own_side(actor)
    if side is Side.YOUNG:
        seat = seat_of(db, actor, opportunity)
        must_sign_alone(db, actor, seat, otherwise=PAPER)
        if _said_not_yet(db, outcome, seat):
            raise AlreadySigned("You said not yet before. Write to us if it is done now.")
        signed = by_seat(outcome, actor, seat)
    else:
        signed = by_staff(db, outcome, opportunity, actor, actor.id)
    before = signature(db, outcome, side)
    if before is not None and (before.person_id, before.entry_id) == (
        signed.person_id,
        signed.entry_id,
    ):
        if is_complete(before):
            return
    elif is_complete(before) and not made_too_much(db, outcome, before):
        raise AlreadySigned("Somebody has already signed for this side.")
    must_wait_for_signatures(db, outcome, opportunity)
    sign(db, actor, outcome, opportunity, signed, instead_of=before)


def say_not_yet(
    db: Session,
    actor: Actor,
    outcome_id: int,
    *,
    reason: str = "",
    form_id: str = "",
    uses: frozenset[ConsentUse] = frozenset(),
    about: SaidAbout = NOTHING_SAID,
) -> int:
    """Say, as a young person in the work, that it is not done. Said twice it counts once.

    A proposal is sent back and the work continues. An outcome that both sides signed stays signed,
    with the "not yet" shown beside it. The choice counts at once; the words of `reason` become an
    entry to be checked, also of a second call; `uses` says who may read it then, and `about` whom
    it is about. The code of a card that a worker typed cannot say it, because the worker knows it
    too. Returns its id. Raises NotFound, NotAllowed, AlreadySigned, Invalid.
    """
    actor.must(Permission.OUTCOMES_SIGN)
    outcome, opportunity = outcome_of(db, outcome_id)
    if own_side(actor) is Side.STAFF:
        raise NotAllowed("Only a young person who is in this work can say not yet.")
    seat = seat_of(db, actor, opportunity)
    must_sign_alone(db, actor, seat, otherwise=WRITE_BACK)
    said = list(db.scalars(sa.select(NotYet).filter_by(outcome_id=outcome.id)))
    for before in said:
        if (before.person_id, before.entry_id) == (seat.person_id, seat.entry_id):
            if not is_blank(reason) and sent_before(db, form_id) is None:
                _keep_more(
                    db, actor, before, opportunity,
                    reason=reason, form_id=form_id, uses=uses, about=about,
                )  # fmt: skip
            return before.id
    if said and outcome.co_signed_at is None:
        raise AlreadySigned("Somebody has already said not yet. It needs a new proposal.")
    not_yet = NotYet(
        outcome_id=outcome.id, person_id=seat.person_id, entry_id=seat.entry_id, at=actor.at
    )
    if not is_blank(reason):
        not_yet.reason_entry_id = keep_words(
            db,
            actor,
            kind=EntryKind.NOT_YET,
            about_id=seat.entry_id,
            theme_id=opportunity.theme_id,
            text=reason,
            form_id=form_id,
            uses=uses,
            about=about,
        ).id
    db.add(not_yet)
    record(db, actor, EventKind.OUTCOME_NOT_YET, outcome, opportunity=opportunity.id)
    return not_yet.id


def _said_not_yet(db: Session, outcome: Outcome, seat: OpportunityYoung) -> bool:
    """Say whether the young person of this place has said not yet of an outcome."""
    mine = sa.select(NotYet.id).where(
        NotYet.outcome_id == outcome.id,
        NotYet.entry_id == seat.entry_id,
        NotYet.person_id == seat.person_id,
    )
    return outcome.co_signed_at is None and db.scalars(mine.limit(1)).first() is not None


def _keep_more(
    db: Session,
    actor: Actor,
    not_yet: NotYet,
    opportunity: Opportunity,
    *,
    reason: str,
    form_id: str,
    uses: frozenset[ConsentUse],
    about: SaidAbout,
) -> None:
    """Keep words that come with a second "not yet": as its reason, or beside that for the team."""
    first = not_yet.reason_entry_id is None
    entry = keep_words(
        db,
        actor,
        kind=EntryKind.NOT_YET,
        about_id=not_yet.entry_id,
        theme_id=opportunity.theme_id,
        text=reason,
        form_id=form_id,
        uses=uses if first else frozenset(),
        about=about,
    )
    if first:
        not_yet.reason_entry_id = entry.id
    record(db, actor, EventKind.ENTRY_SENT, entry)


def _is_in(db: Session, actor: Actor, opportunity: Opportunity) -> bool:
    return bool(
        db.scalar(
            sa.select(
                sa.exists().where(
                    Invitation.opportunity_id == opportunity.id,
                    Invitation.person_id == actor.id,
                    matched(),
                )
            )
        )
    )


def _must_have_no_open_proposal(db: Session, opportunity: Opportunity) -> None:
    sent_back = sa.exists().where(NotYet.outcome_id == Outcome.id)
    waiting = sa.select(Outcome.id).where(
        Outcome.opportunity_id == opportunity.id, Outcome.co_signed_at.is_(None), ~sent_back
    )
    if db.scalar(waiting.limit(1)) is not None:
        raise Refused(
            "An outcome is already waiting for signatures. Both sides must answer that one first."
        )
