"""The second person: after a flag a step is proposed by one and decided by another."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.entries_end_steps import (
    asked,
    close_with_reply,
    finish_hold,
    must_have_read_all,
    pass_on,
    take_back,
    take_in,
)
from coprod_data.commands.entries_rules import (
    allowed_uses,
    entry_to_check,
    must_be_translated,
    must_have_read_before_others,
    must_have_read_beside,
    must_have_read_card,
    must_write,
    open_hold,
    undecided,
)
from coprod_data.commands.entries_second_rules import must_count, step_to_settle
from coprod_data.commands.entries_second_steps import propose, settle
from coprod_data.commands.entries_steps import end_here, into_queue, let_words_out
from coprod_data.commands.entries_summary_steps import must_have_shown
from coprod_data.commands.entries_wish_steps import finish_wish
from coprod_data.commands.entries_wording_steps import (
    hides_as_much,
    refuse_refused_wording,
    shown_version,
)
from coprod_data.commands.event_log import record
from coprod_data.commands.quotes_steps import choose_again
from coprod_data.models import CardEntry, CheckStep, Consent
from coprod_data.permissions import Actor, NotAllowed, Permission, Refused
from coprod_data.rules.texts import optional_text, required_text
from coprod_data.scopes.second_person import not_again, void, waits_for_hold
from coprod_data.vocabulary.entries import ConsentUse, Review
from coprod_data.vocabulary.entry_care import Again, HoldEnd, StepKind, WishEnd, WordsTo
from coprod_data.vocabulary.events import EventKind

CHECKING = (
    StepKind.RELEASE,
    StepKind.KEEP,
    StepKind.ASK_BACK,
    StepKind.PASS_ON,
    StepKind.CLOSE,
)


def agree_step(db: Session, actor: Actor, entry_id: int, kind: StepKind) -> None:
    """Agree as the second person to what was proposed, and take that step.

    The second person is another member of the team who opened the words since it was proposed;
    where there is none, the safeguarding lead, else the deputy. Raises NotFound, NotAllowed,
    Refused.
    """
    actor.must(Permission.ENTRIES_CHECK, Permission.ENTRIES_READ_HELD)
    if kind is StepKind.END_HOLD:
        actor.must_have_proved()
    entry, step = step_to_settle(db, actor, entry_id, kind)
    must_count(db, step)
    if kind in (*CHECKING, StepKind.END_HOLD) or (
        kind is StepKind.WITHDRAW and undecided(db, entry)
    ):
        must_be_translated(entry)
    if kind in CHECKING:
        entry_to_check(db, actor, entry_id, after=kind)
    if kind in (*CHECKING, StepKind.END_WISH):
        must_have_read_card(db, actor, entry, wishes=kind is not StepKind.END_WISH)
    if kind in (StepKind.ASK_BACK, StepKind.CLOSE):
        must_write(db, actor, entry)
    if kind is StepKind.CLOSE:
        choose_again(db, step.detail.get("quotes", ()), reader=entry.id)
    if waits_for_hold(kind, held=open_hold(db, entry) is not None):
        raise Refused("This entry is on hold, so its words are in. Wait until the hold has ended.")
    if kind is StepKind.RELEASE:
        _must_be_allowed(db, entry, step)
        refuse_refused_wording(db, step.version_id or 0)
    if _allowed_since(db, entry, step):
        raise Refused(
            "They have allowed others to read it since it was proposed. Do not agree, and decide "
            "about it again."
        )
    if kind is StepKind.WITHDRAW:
        must_have_read_all(db, actor, entry, since=step.proposed_at)
    if kind is StepKind.END_HOLD and (hold := open_hold(db, entry)) is not None:
        must_have_read_beside(db, actor, hold)
    settle(step, actor, agreed=True)
    match kind:
        case StepKind.RELEASE:
            _release(db, actor, entry, step, step.version_id or 0)
        case StepKind.KEEP:
            end_here(db, actor, entry, Review.KEPT)
            record(db, actor, EventKind.ENTRY_KEPT, entry)
        case StepKind.ASK_BACK:
            entry.review = Review.ASKED_BACK
            asked(db, actor, entry, step.text or "", step.version_id)
        case StepKind.PASS_ON:
            pass_on(db, actor, entry)
        case StepKind.CLOSE:
            close_with_reply(db, actor, entry, step.text or "")
        case StepKind.WITHDRAW:
            take_back(db, actor, entry, on_behalf="young_person")
        case StepKind.RECALL:
            take_in(db, actor, entry, step.text or "")
        case StepKind.END_HOLD:
            hold = open_hold(db, entry)
            if hold is None:
                raise Refused("This entry is not on hold any more.")
            finish_hold(
                db,
                actor,
                entry,
                hold,
                ending=HoldEnd(step.detail["ending"]),
                reference=str(step.detail["reference"]),
                words_to=WordsTo(step.detail["words_to"]),
            )
        case StepKind.END_WISH:
            finish_wish(db, actor, entry, WishEnd(step.detail["ending"]))


def agree_release(
    db: Session,
    actor: Actor,
    entry_id: int,
    *,
    shown_thinks: str,
    shown_wants: str,
    shown_summary: str | None = None,
) -> bool:
    """Agree to a proposed release in these words. Returns whether they are out.

    A second person who hides as much or more lets them out; one who hides less makes a proposal of
    their own, for somebody else to agree to. What the author has allowed since then stays shut, and
    the entry returns to the queue to be read for it. `shown_summary` is the summary that the second
    person read, which goes out with the words. Raises NotFound, NotAllowed, Refused, Invalid,
    ChangedMeanwhile.
    """
    actor.must(Permission.ENTRIES_CHECK, Permission.ENTRIES_READ_HELD)
    entry, step = step_to_settle(db, actor, entry_id, StepKind.RELEASE)
    must_count(db, step)
    must_be_translated(entry)
    must_have_shown(db, entry, shown_summary)
    entry_to_check(db, actor, entry_id, after=StepKind.RELEASE)
    must_have_read_before_others(db, actor, entry)
    _must_be_allowed(db, entry, step)
    version_id = shown_version(db, actor, entry, shown_thinks, shown_wants, confirmed_many=True)
    refuse_refused_wording(db, version_id)
    proposed = step.version_id or version_id
    more = hides_as_much(db, version_id, proposed)
    settle(step, actor, agreed=more)
    if more:
        _release(db, actor, entry, step, version_id)
    else:
        db.flush()
        propose(
            db,
            actor,
            entry,
            StepKind.RELEASE,
            version_id=version_id,
            why=step.why or "",
            detail=step.detail,
        )
    return more


def _must_be_allowed(db: Session, entry: CardEntry, step: CheckStep) -> None:
    if not allowed_uses(db, entry) & _proposed_uses(step):
        raise Refused(
            "They no longer allow what was proposed. Do not agree, and decide about it again."
        )
    if step.proposed_by_id in not_again(db, entry):
        raise NotAllowed("Somebody else proposes to let these words out again.")


def _allowed_since(db: Session, entry: CardEntry, step: CheckStep) -> bool:
    """Say whether the author has allowed something that this step would leave undecided."""
    if step.kind is StepKind.KEEP:
        return bool(allowed_uses(db, entry))
    given = sa.select(Consent.id).where(
        Consent.entry_id == entry.id,
        Consent.withdrawn_at.is_(None),
        Consent.given_at > step.proposed_at,
    )
    ends = step.kind in (StepKind.PASS_ON, StepKind.CLOSE)
    return ends and db.scalars(given.limit(1)).first() is not None


def _proposed_uses(step: CheckStep) -> frozenset[ConsentUse]:
    return frozenset(ConsentUse(use) for use in step.detail.get("uses", ()))


def _release(db: Session, actor: Actor, entry: CardEntry, step: CheckStep, version_id: int) -> None:
    allowed = allowed_uses(db, entry)
    uses = allowed & _proposed_uses(step)
    nots = {ConsentUse(use): reason for use, reason in step.detail.get("nots", {}).items()}
    let_words_out(
        db, actor, entry, version_id, uses, {use: why for use, why in nots.items() if use in uses}
    )
    if allowed - uses:  # given since it was proposed: nobody has decided about it
        into_queue(actor, entry, Again.ALLOWED)
        record(db, actor, EventKind.ENTRY_RETURNED, entry)


def refuse_step(db: Session, actor: Actor, entry_id: int, kind: StepKind, *, answer: str) -> None:
    """Say no to a proposed step, with the reason that its proposer reads; or take back one's own.

    Raises NotFound, NotAllowed, Refused, Invalid.
    """
    actor.must(Permission.ENTRIES_CHECK, Permission.ENTRIES_READ_HELD)
    entry, step = step_to_settle(db, actor, entry_id, kind, own=True)
    if step.proposed_by_id == actor.id:
        step.answer = optional_text(answer, "answer") or None
    else:
        step.answer = required_text(answer, "answer", "Say why not. Your colleague reads it.")
    settle(step, actor, agreed=False)
    if entry.dealt_at is None:
        entry.taken_by_id, entry.taken_at = step.proposed_by_id, step.proposed_at
    record(db, actor, EventKind.STEP_REFUSED, entry, step=kind.value)


def take_step_over(db: Session, actor: Actor, entry_id: int, kind: StepKind) -> None:
    """End a step that nobody can agree to any more, and become the one who decides.

    Its proposer has left the team, or the entry may be about them. Raises NotFound, NotAllowed, and
    Refused for a step that still counts.
    """
    actor.must(Permission.ENTRIES_CHECK, Permission.ENTRIES_READ_HELD)
    entry, step = step_to_settle(db, actor, entry_id, kind)
    why = void(db, step)
    if not why:
        raise Refused("A colleague asks you about this. Agree, or say why not.")
    step.answer = why
    settle(step, actor, agreed=False)
    if entry.dealt_at is None and entry.review is Review.IN_REVIEW:
        entry.taken_by_id, entry.taken_at = actor.id, actor.at
    record(db, actor, EventKind.STEP_REFUSED, entry, step=kind.value)
