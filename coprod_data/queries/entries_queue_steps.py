"""What each row of a list of entries tells, and whose turn it is, without a word of the entry."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import CardEntry, CheckStep, Person
from coprod_data.permissions import Actor, Permission
from coprod_data.queries.entries_rows_steps import (
    Place,
    answers_to_nothing,
    no_answer_since,
    place_of,
    sessions_on,
)
from coprod_data.rules.clocks import Hours, after_working_days, after_working_hours
from coprod_data.scopes.duty import hours_in
from coprod_data.scopes.held_cards import unread_after_a_hold
from coprod_data.scopes.presence import left_open
from coprod_data.scopes.second_person import (
    left_to_others,
    left_to_safeguarding,
    second_of_steps,
    waits_for_hold,
)
from coprod_data.vocabulary.entries import (
    PRESENT_DANGER,
    TO_READ,
    WROTE_BACK,
    Flag,
    Hint,
    QueueState,
    Review,
)
from coprod_data.vocabulary.entry_care import BESIDE, TAKEN_BACK_DAYS, Again, StepKind
from coprod_data.vocabulary.settings import SettingKey


@dataclass(frozen=True)
class WaitingEntry:
    """One entry of a list, without a word of it.
    `read_by` is the moment it must be read by, `late` whether that has passed undecided. `wish`:
    somebody is asked to talk to them, and no one has yet. `step` waits for a second person;
    `for_me` says that this person is, or may be, the one to act next. `beside` are the steps beside
    the entry for which this person may be second; they do not change where it waits. `typed_by_me`:
    somebody else checks it. `kind` says what it is. `waiting`: nobody has decided it, nor asked
    back. `place` is where it stands among what is not urgent. `about_me`: its words may name this
    person by their first name, so it is not for them while another of the team is there.
    `watched_card`: something else on its card is urgent, so it is as urgent.
    """

    id: int
    kind: str
    theme: str
    icon: str
    sent_at: datetime
    waits_since: datetime
    read_by: datetime
    late: bool
    urgent: bool
    flags: tuple[Flag, ...]
    hints: tuple[Hint, ...]
    wish: bool
    again: Again | None
    state: QueueState
    language: str
    needs_translator: bool
    taken_by: str
    taken_by_me: bool
    taken_at: datetime | None
    step: StepKind | None
    proposed_by: str
    proposed_by_me: bool
    typed_by_me: bool
    for_me: bool
    beside: tuple[StepKind, ...]
    dealt_at: datetime | None
    waiting: bool
    place: Place
    about_me: bool = False
    watched_card: bool = False

    @property
    def grave(self) -> bool:
        """Say whether somebody may be in danger now."""
        return not PRESENT_DANGER.isdisjoint(self.flags)


@dataclass(frozen=True)
class _Step:
    """A step that waits for a second person: `for_me` says that this person may be it."""

    kind: StepKind
    by_id: int
    by: str
    for_me: bool = False


def _steps(
    db: Session, actor: Actor, rows: list[sa.Row[*tuple[Any, ...]]]
) -> dict[int, list[_Step]]:
    """Return for each entry every step that waits for a second person, in order."""
    found: dict[int, list[_Step]] = {}
    steps = db.execute(
        sa.select(CheckStep, Person.name)
        .join(Person, Person.id == CheckStep.proposed_by_id)
        .where(
            CheckStep.entry_id.in_([row.CardEntry.id for row in rows]),
            CheckStep.settled_at.is_(None),
        )
        .order_by(CheckStep.id)
    ).all()
    if not steps:
        return found
    entries = {row.CardEntry.id: row.CardEntry for row in rows}
    held_ids = {row.CardEntry.id for row in rows if row.is_held}
    others = second_of_steps(
        db,
        actor.at,
        [(step, entries[step.entry_id], step.entry_id in held_ids) for step, _ in steps],
    )
    for step, name in steps:
        waits = waits_for_hold(step.kind, held=step.entry_id in held_ids)
        for_me = actor.id in others[step.id] and not waits
        found.setdefault(step.entry_id, []).append(
            _Step(step.kind, step.proposed_by_id, name, for_me)
        )
    return found


def told(
    db: Session,
    actor: Actor,
    targets: dict[SettingKey, Any],
    rows: list[sa.Row[*tuple[Any, ...]]],
) -> list[WaitingEntry]:
    """Return these rows as the list tells them, in their order."""
    steps = _steps(db, actor, rows)
    reads = actor.may(Permission.ENTRIES_QUEUE)
    left = set() if reads else _left(db, actor, rows)
    taken = _with_others(db, actor, rows) if reads else set()
    unasked = answers_to_nothing(db, [row.CardEntry for row in rows])
    on_now = sessions_on(db, actor.at, [row.CardEntry for row in rows])
    held_ids = [row.CardEntry.id for row in rows if row.is_held or row.CardEntry.kept_unread]
    mine = left_to_others(db, actor, [row.CardEntry for row in rows], held_ids)
    listed = [
        _waiting_entry(
            actor,
            targets,
            row,
            steps.get(row.CardEntry.id, []),
            reads=reads or row.CardEntry.id in left,
            taken=row.CardEntry.id in taken,
            wrote_back=row.CardEntry.id in unasked,
            place=place_of(row.CardEntry, on_now),
        )
        for row in rows
    ]
    return [
        replace(row, about_me=True, for_me=row.for_me and not mine[row.id])
        if row.id in mine
        else row
        for row in listed
    ]


def _with_others(db: Session, actor: Actor, rows: list[sa.Row[*tuple[Any, ...]]]) -> set[int]:
    """Return which of these entries a colleague has open now, to decide them.

    An urgent one is never among them: it stays in everybody's work until somebody decides.
    """
    taken = {
        row.CardEntry.id
        for row in rows
        if row.CardEntry.taken_by_id not in (None, actor.id) and not _is_urgent(row)
    }
    return taken - left_open(db, actor, taken) if taken else taken


def _is_urgent(row: sa.Row[*tuple[Any, ...]]) -> bool:
    return bool(row.CardEntry.flagged or row.wish or row.watched_card)


def _left(db: Session, actor: Actor, rows: list[sa.Row[*tuple[Any, ...]]]) -> set[int]:
    """Return which of these safeguarding reads: what the team may not, or came after a hold."""
    ids = [row.CardEntry.id for row in rows]
    ours = sa.or_(left_to_safeguarding(db, actor.at), unread_after_a_hold())
    return set(db.scalars(sa.select(CardEntry.id).where(CardEntry.id.in_(ids), ours)))


def _waits_for(row: sa.Row[*tuple[Any, ...]], steps: list[_Step]) -> _Step | None:
    """Return the step that an entry waits for, the one for this person first.

    One beside the entry is that only where nothing else keeps the entry on a list.
    """
    entry: CardEntry = row.CardEntry
    checking = [step for step in steps if step.kind not in BESIDE]
    of_itself = entry.dealt_at is None or entry.review is Review.ASKED_BACK
    listed = row.is_held or entry.kept_unread or of_itself
    found = checking if checking or listed else steps
    return next(iter(sorted(found, key=lambda step: not step.for_me)), None)


def _waiting_entry(
    actor: Actor,
    targets: dict[SettingKey, Any],
    row: sa.Row[*tuple[Any, ...]],
    steps: list[_Step],
    *,
    reads: bool,
    taken: bool,
    wrote_back: bool,
    place: Place,
) -> WaitingEntry:
    entry: CardEntry = row.CardEntry
    step = _waits_for(row, steps)
    urgent = _is_urgent(row)
    hours = hours_in(targets)
    state = _state(actor, row, step, hours)
    since = entry.withdrawn_at if state is QueueState.TAKEN_BACK else None
    since = since or entry.waits_since
    if state is QueueState.TAKEN_BACK:
        read_by = after_working_days(since, TAKEN_BACK_DAYS, hours)
    elif urgent:
        read_by = after_working_hours(since, targets[SettingKey.READ_FLAGGED_HOURS], hours)
    else:
        read_by = after_working_days(since, targets[SettingKey.READ_WORKING_DAYS], hours)
    in_queue = (
        state in TO_READ
        or state is QueueState.TAKEN_BACK
        or (state is QueueState.ASKED_BACK and entry.dealt_at is None)
    )
    late = in_queue and read_by < actor.at
    return WaitingEntry(
        id=entry.id,
        kind=WROTE_BACK if wrote_back else entry.kind.words,
        theme=row.title,
        icon=row.icon,
        sent_at=entry.sent_at,
        waits_since=since,
        read_by=read_by,
        late=late,
        urgent=urgent,
        flags=tuple(entry.flag_list),
        hints=tuple(Hint(value) for value in entry.hints),
        wish=bool(row.wish),
        again=entry.again,
        state=state,
        language=entry.language,
        needs_translator=entry.needs_translator,
        taken_by=row.taker or "",
        taken_by_me=entry.taken_by_id == actor.id,
        taken_at=entry.taken_at,
        step=step.kind if step else None,
        proposed_by=step.by if step else "",
        proposed_by_me=step is not None and step.by_id == actor.id,
        typed_by_me=entry.typed_by_id == actor.id,
        for_me=_is_for(actor, entry, state, step, reads=reads and (late or not taken)),
        beside=tuple(one.kind for one in steps if one.for_me and one is not step),
        dealt_at=entry.dealt_at,
        waiting=in_queue and entry.dealt_at is None and entry.withdrawn_at is None,
        place=place,
        watched_card=bool(row.watched_card),
    )


def _state(
    actor: Actor, row: sa.Row[*tuple[Any, ...]], step: _Step | None, hours: Hours
) -> QueueState:
    entry: CardEntry = row.CardEntry
    if row.is_held:
        return QueueState.HELD
    if entry.kept_unread:
        return QueueState.TAKEN_BACK
    if step is not None:
        return QueueState.SECOND_READER
    if entry.review is Review.ASKED_BACK and entry.dealt_at is not None:
        late = entry.dealt_at < no_answer_since(actor, hours)
        return QueueState.NO_ANSWER if late else QueueState.ASKED_BACK
    return QueueState(entry.review.value)


def _is_for(
    actor: Actor, entry: CardEntry, state: QueueState, step: _Step | None, *, reads: bool
) -> bool:
    """Say whether this person may take the next step with an entry."""
    if entry.typed_by_id == actor.id:
        return False
    if step is not None:
        return step.for_me
    if state in (QueueState.HELD, QueueState.TAKEN_BACK):
        return actor.may(Permission.ENTRIES_READ_HELD)
    return reads and state in TO_READ
