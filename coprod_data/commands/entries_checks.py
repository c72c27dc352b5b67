"""The Youth Voice Team reads an entry and decides about it. Nothing here is automatic."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.entries_end_steps import asked
from coprod_data.commands.entries_keeping import open_card
from coprod_data.commands.entries_opening import entry_to_open, opened_by_safeguarding
from coprod_data.commands.entries_rules import (
    allowed_uses,
    entry_of,
    entry_to_check,
    must_be_translated,
    must_have_read,
    must_have_read_before_others,
    must_have_read_card,
    must_write,
    open_hold,
    open_step,
    with_its_words,
)
from coprod_data.commands.entries_second_rules import must_check
from coprod_data.commands.entries_second_steps import answered, decided_alone, propose
from coprod_data.commands.entries_steps import (
    Nots,
    end_here,
    forget_steps,
    into_queue,
    let_words_out,
    reasons_for,
)
from coprod_data.commands.entries_summary_steps import must_have_shown
from coprod_data.commands.entries_wording_steps import refuse_refused_wording, shown_version
from coprod_data.commands.event_log import record
from coprod_data.models import CardEntry, EntryReading, EntrySummary
from coprod_data.permissions import Actor, NotAllowed, Permission, Refused
from coprod_data.rules.texts import required_text
from coprod_data.scopes.one_person import same_person
from coprod_data.scopes.presence import left_open
from coprod_data.scopes.second_person import LET_OUT_BEFORE, not_again
from coprod_data.vocabulary.entries import ConsentUse, Review
from coprod_data.vocabulary.entry_care import BESIDE, Again, StepKind
from coprod_data.vocabulary.events import EventKind


def open_to_read(db: Session, actor: Actor, entry_id: int, *, to_check: bool = True) -> None:
    """Open an entry's raw words for this person, and record it in the log.

    A new entry, or one that whoever opened it has left undecided, becomes theirs to check, unless
    it is only opened beside another. Raises NotFound, NotAllowed.
    """
    actor.must(Permission.ENTRIES_READ_RAW, Permission.ENTRIES_READ_HELD)
    entry, hold = entry_to_open(db, actor, entry_id)
    if hold is not None:
        opened_by_safeguarding(db, actor, hold)
    db.add(EntryReading(entry_id=entry.id, person_id=actor.id, at=actor.at))
    takes = to_check and actor.may(Permission.ENTRIES_CHECK) and hold is None
    if takes and (entry.review is Review.SUBMITTED or _left_undecided(db, actor, entry)):
        entry.review, entry.taken_by_id, entry.taken_at = Review.IN_REVIEW, actor.id, actor.at
    record(db, actor, EventKind.ENTRY_OPENED, entry)


def take_over(db: Session, actor: Actor, entry_id: int) -> None:
    """Become the one who decides about an entry that a colleague has open too.

    Raises NotFound, NotAllowed, Refused.
    """
    actor.must(Permission.ENTRIES_CHECK, Permission.ENTRIES_READ_HELD)
    entry = entry_of(db, actor, entry_id)
    must_check(db, actor, entry)
    must_have_read(db, actor, entry)
    if same_person(db, actor.id, entry.typed_by_id):
        raise NotAllowed("You typed this entry. Somebody else in the team checks it.")
    if entry.dealt_at is not None:
        raise Refused("This entry has been dealt with since you opened it. Open the next one.")
    if entry.review is Review.SUBMITTED:
        entry.review = Review.IN_REVIEW
    entry.taken_by_id, entry.taken_at = actor.id, actor.at
    record(db, actor, EventKind.ENTRY_TAKEN_OVER, entry)


def move_entry(db: Session, actor: Actor, entry_id: int, *, theme_id: int) -> None:
    """Put an entry under another theme before anything of it is out, never after.

    Words that belong to another entry stay with it. Raises NotFound, Refused.
    """
    actor.must(Permission.ENTRIES_CHECK)
    entry = entry_to_check(db, actor, entry_id)
    if entry.about_id is not None:
        raise Refused("These words belong to another entry and stay with it.")
    if entry.place is not None:
        raise Refused("This entry has been on its card before and stays there.")
    card = open_card(db, actor, theme_id)
    if card.id != entry.report_card_id:
        for one in with_its_words(db, entry):
            one.report_card_id = card.id
        record(db, actor, EventKind.ENTRY_MOVED, entry)


def release_entry(
    db: Session,
    actor: Actor,
    entry_id: int,
    *,
    shown_thinks: str,
    shown_wants: str,
    nots: Nots | None = None,
    why: str = "",
    confirmed_many: bool = False,
    opened_with: frozenset[ConsentUse] | None = None,
    shown_summary: str | None = None,
) -> bool:
    """Decide each use that the author allows, or propose that to a second person after a flag.

    The shown texts are the original with roles in brackets over what is hidden, one wording for all
    uses; `confirmed_many` says that hiding more than six words under one role is meant. `nots` are
    the uses that are not let out, each with the reason its author reads; `why` is for the second
    person, and where its words ask to be read with care it says why there is no harm in them;
    `opened_with` are the uses that the form asked about, `shown_summary` the summary that it showed
    beside the words. Safeguarding, where an entry is left to them, keeps it so: no use is let out.
    Returns whether it is decided. Raises NotFound, NotAllowed, SomebodyElseHasIt, ChangedMeanwhile,
    Refused, and Invalid for other words or a missing reason.
    """
    actor.must(Permission.ENTRIES_CHECK, Permission.ENTRIES_READ_HELD)
    entry = entry_to_check(db, actor, entry_id)
    must_check(db, actor, entry)
    must_have_read(db, actor, entry)
    must_have_read_before_others(db, actor, entry)
    if entry.review is Review.ASKED_BACK:
        raise Refused(
            "You asked the young person and they have not answered. "
            "Wait for their answer, or put the entry back in the queue first."
        )
    uses = allowed_uses(db, entry)
    if not uses:
        raise Refused("They have not said that anybody else may read this. Keep it with the team.")
    if opened_with is not None and opened_with != uses:
        raise Refused(
            "The young person has changed who may read this since you opened it. Look at each "
            "choice again."
        )
    must_be_translated(entry)
    must_have_shown(db, entry, shown_summary)
    said_no = reasons_for(nots or {}, uses)
    if not actor.may(Permission.ENTRIES_CHECK) and set(said_no) != uses:
        raise NotAllowed("The Youth Voice Team lets words out. You can keep them with the team.")
    if ConsentUse.SUMMARY in uses - set(said_no) and not _has_summary(db, entry):
        raise Refused("They want you to say it in your words. Write the summary first.")
    if actor.id in not_again(db, entry):
        raise NotAllowed(LET_OUT_BEFORE)
    why = answered(entry, why)
    version_id = shown_version(db, actor, entry, shown_thinks, shown_wants, confirmed_many)
    refuse_refused_wording(db, version_id)
    if entry.flagged:
        propose(
            db,
            actor,
            entry,
            StepKind.RELEASE,
            version_id=version_id,
            why=why,
            detail={
                "uses": sorted(use.value for use in uses),
                "nots": {use.value: reason for use, reason in said_no.items()},
            },
        )
        return False
    decided_alone(db, actor, entry, StepKind.RELEASE, version_id=version_id, why=why)
    let_words_out(db, actor, entry, version_id, uses, said_no)
    return True


def keep_entry(db: Session, actor: Actor, entry_id: int, *, why: str = "") -> bool:
    """End the reading of an entry with nothing let out: it is read and stays with the team.

    After a flag it is proposed to a second person. `why` is as for letting out. Returns whether it
    is kept. Raises NotFound, NotAllowed, SomebodyElseHasIt, Invalid, and Refused where the author
    allows a use: then say why not.
    """
    actor.must(Permission.ENTRIES_CHECK, Permission.ENTRIES_READ_HELD)
    entry = entry_to_check(db, actor, entry_id)
    must_check(db, actor, entry)
    must_have_read(db, actor, entry)
    must_have_read_card(db, actor, entry)
    if allowed_uses(db, entry):
        raise Refused("They said that others may read this. Say for each use why not.")
    must_be_translated(entry)
    why = answered(entry, why)
    if entry.flagged:
        propose(db, actor, entry, StepKind.KEEP, why=why)
        return False
    decided_alone(db, actor, entry, StepKind.KEEP, why=why)
    end_here(db, actor, entry, Review.KEPT)
    record(db, actor, EventKind.ENTRY_KEPT, entry)
    return True


def return_to_queue(db: Session, actor: Actor, entry_id: int) -> None:
    """Put an entry back among the new ones, also one that was asked back, kept or closed.

    Raises NotFound, NotAllowed, and Refused while words of it are out or it is held.
    """
    actor.must(Permission.ENTRIES_CHECK, Permission.ENTRIES_READ_HELD)
    entry = entry_of(db, actor, entry_id)
    must_check(db, actor, entry)
    if same_person(db, actor.id, entry.typed_by_id):
        raise NotAllowed("You typed this entry. Somebody else in the team checks it.")
    if open_hold(db, entry) is not None:
        raise Refused("This entry is with safeguarding. It can be checked after that.")
    if entry.dealt_at is None:
        forget_steps(db, actor, entry, but=BESIDE)
        entry.review, entry.taken_by_id, entry.taken_at = Review.SUBMITTED, None, None
    elif entry.review is Review.RELEASED:
        raise Refused("Words of this entry are out. Take them back in, with a reason.")
    else:
        into_queue(actor, entry, Again.PUT_BACK)
    record(db, actor, EventKind.ENTRY_RETURNED, entry)


def ask_back(
    db: Session,
    actor: Actor,
    entry_id: int,
    *,
    text: str,
    shown_thinks: str | None = None,
    shown_wants: str | None = None,
    why: str = "",
) -> int | None:
    """Ask the young person something before their words go out. Returns the question's id.

    With shown texts it asks whether hiding these words is all right. The entry waits five working
    days for the answer. After a flag, and where words ask to be read with care, a second person
    agrees first (then None is returned) and the entry keeps its clock. Raises NotFound, NotAllowed,
    SomebodyElseHasIt, Refused, Invalid.
    """
    actor.must(Permission.ENTRIES_CHECK, Permission.ENTRIES_READ_HELD)
    entry = entry_to_check(db, actor, entry_id)
    must_check(db, actor, entry)
    must_have_read(db, actor, entry)
    must_have_read_card(db, actor, entry)
    must_write(db, actor, entry)
    text = required_text(text, "text", "Write what you want to ask.")
    if entry.flagged or entry.read_with_care:
        must_be_translated(entry)
    why = answered(entry, why)
    version_id = None
    if shown_thinks is not None or shown_wants is not None:
        version_id = shown_version(
            db, actor, entry, shown_thinks or "", shown_wants or "", confirmed_many=True
        )
    if entry.flagged or entry.read_with_care:
        propose(db, actor, entry, StepKind.ASK_BACK, text=text, version_id=version_id, why=why)
        return None
    end_here(db, actor, entry, Review.ASKED_BACK)
    return asked(db, actor, entry, text, version_id)


def _left_undecided(db: Session, actor: Actor, entry: CardEntry) -> bool:
    undecided = entry.review is Review.IN_REVIEW and open_step(db, entry) is None
    return undecided and bool(left_open(db, actor, [entry.id]))


def _has_summary(db: Session, entry: CardEntry) -> bool:
    standing = sa.select(EntrySummary.id).where(
        EntrySummary.entry_id == entry.id,
        EntrySummary.replaced_at.is_(None),
        EntrySummary.refused_at.is_(None),
    )
    return db.scalars(standing.limit(1)).first() is not None
