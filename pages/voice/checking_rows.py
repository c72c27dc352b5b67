"""Rows of the checking lists for their template: why an entry is here, without any of its words."""

from datetime import datetime

from coprod_data.queries.entries_holds import HeldEntry
from coprod_data.queries.entries_queue import OwedReply, WaitingEntry
from coprod_data.queries.entries_quoted import WaitingText
from coprod_data.rules.clocks import LONDON, days_between, london_day
from coprod_data.vocabulary.entries import TO_READ, Hint, QueueState
from coprod_data.vocabulary.entry_care import Again
from pages.parts.looks import look
from pages.parts.times import days
from pages.shared.hold_words import last_step, who_deals

Pill = tuple[str, str, str]
ENGLISH = ("en", "English")
LEFT_AS = {QueueState.RELEASED: "Let out", QueueState.ASKED_BACK: "Asked back"}
ABOUT_ME = "This may be about you. Somebody else should read it first."
A_WEEK = 6  # days in which the name of a day is enough


def moment(when: datetime, now: datetime) -> str:
    """Return a moment as "12:30 today", within a week as "Monday 12:30", else "2 Mar, 12:30"."""
    local = when.astimezone(LONDON)
    if local.date() == london_day(now):
        return f"{local:%H:%M} today"
    if abs((local.date() - london_day(now)).days) < A_WEEK:
        return f"{local:%A %H:%M}"
    year = "" if local.year == london_day(now).year else f" {local:%Y}"
    return f"{local.day} {local:%b}{year}, {local:%H:%M}"


def queue_row(row: WaitingEntry, now: datetime) -> dict[str, object]:
    """Return a row of the queue as its template needs it."""
    waits = row.state in TO_READ or row.state is QueueState.TAKEN_BACK
    return {
        "number": row.id,
        "title": row.theme,
        "icon": row.icon,
        "detail": f"{row.kind}, {moment(row.sent_at, now)}",
        "pills": _pills(row),
        "by": moment(row.read_by, now) if waits else "",
        "by_word": "Read by",
        "by_note": "Over our target" if row.late else "",
        "late": row.late,
        "who": _who(row),
        "who_note": _who_note(row, now),
        "tone": "alert" if row.urgent or row.state is QueueState.TAKEN_BACK else "plain",
    }


def held_row(row: HeldEntry, now: datetime) -> dict[str, object]:
    """Return an open hold as a row of the queue."""
    opened = row.first_read_at is not None
    last = row.calls[-1] if row.calls else None
    told = f"{last[0].words}, {moment(last[1], now)}" if last else "Nobody has been told yet"
    pill: Pill = (
        (sentence(who_deals(row)), "plain" if row.dealt_with else "alert", "shield")
        if opened
        else ("Not opened by safeguarding yet", "alert", "lock")
    )
    return {
        "number": row.id,
        "title": row.theme,
        "icon": row.icon,
        "detail": f"On hold since {moment(row.opened_at, now)}",
        "pills": [pill],
        "by": moment(row.next_by or row.open_by, now),
        "by_word": "Next step by" if opened else "To be opened by",
        "by_note": "Over our target" if row.late else "",
        "late": row.late,
        "who": row.taken_by or row.first_read_by or row.opened_by,
        "who_note": ABOUT_ME if row.about_me else sentence(last_step(row, now)) if opened else told,
        "tone": "plain" if opened and not row.late else "hold",
    }


def sentence(words: str) -> str:
    """Return words as they begin a line."""
    return words[:1].upper() + words[1:]


def owed_row(row: OwedReply, now: datetime) -> dict[str, object]:
    """Return a reply that is owed as a row."""
    waited = days_between(row.dealt_at, now)
    card = "" if row.kept else row.card_title
    tone = "alert" if waited >= 28 else "soon" if waited >= 14 else "plain"
    return {
        "number": row.id,
        "title": row.theme,
        "icon": row.icon,
        "detail": f"Card: {card}" if card else "Kept with the team",
        "pills": [
            (f"Waiting {days(waited)}" if waited else "Since today", tone, "clock"),
            *([("Brought to a meeting", "plain", "send")] if row.shared else []),
            *([("You typed this", "plain", "pen")] if row.typed_by_me else []),
        ],
        "by": "",
        "by_word": "",
        "by_note": "",
        "late": False,
        "who": "",
        "who_note": "Somebody else must reply" if row.typed_by_me else "",
        "tone": "plain",
    }


def text_row(row: WaitingText, now: datetime) -> dict[str, object]:
    """Return a text that waits for other words as a row."""
    signed: list[Pill] = [("Signed, or being signed", "plain", "pen")] if row.signed else []
    return {
        "number": row.id,
        "title": row.place.words,
        "icon": row.icon,
        "detail": f"{row.theme}: repeats words of no. {row.entry_id}",
        "pills": [("Hidden since " + moment(row.since, now), "soon", "lock"), *signed],
        "by": moment(row.due, now),
        "by_word": "To be reworded by",
        "by_note": "Over our target" if row.late else "",
        "late": row.late,
        "who": "",
        "who_note": "",
        "tone": "alert" if row.late else "plain",
    }


def ended_row(row: WaitingEntry, now: datetime) -> dict[str, object]:
    """Return an entry that left the queue in the last 30 days as a row."""
    plain = queue_row(row, now)
    ended = LEFT_AS.get(row.state, "Ended")
    when = f"{ended} {moment(row.dealt_at, now)}" if row.dealt_at else ""
    return {
        **plain, "by": when, "by_word": "", "by_note": "", "late": False, "tone": "plain",
        "who_note": "",
    }  # fmt: skip


def _pills(row: WaitingEntry) -> list[Pill]:
    pills: list[Pill] = []
    if row.again is not None and row.again is not Again.WORRIED:  # the flag says it
        pills.append((row.again.words, "moving", "undo"))
    elif _tells(row):
        pills.append(look(row.state))
    pills += [(flag.words, "alert", "flag") for flag in row.flags]
    if row.watched_card and not row.flags:
        pills.append(("Its card is urgent", "alert", "flag"))
    if row.wish:
        pills.append(("Wants a person", "violet", "phone"))
    weaker = {Hint.LANGUAGE, *([Hint.WEAK_WORDS] if row.flags else [])}  # said by another mark
    pills += [(hint.words, "soon", "warning") for hint in row.hints if hint not in weaker]
    if row.needs_translator:
        pills.append(("Needs a translator", "soon", "warning"))
    if row.language not in ENGLISH:
        pills.append((row.language, "plain", "voice"))
    if row.typed_by_me:
        pills.append(("You typed this", "plain", "pen"))
    return pills


def _tells(row: WaitingEntry) -> bool:
    """Say whether the state tells why a row is here; for what is new and marked, the marks do."""
    if row.state in (QueueState.SUBMITTED, QueueState.IN_REVIEW):
        return not (row.flags or row.wish or row.typed_by_me)
    return True


def _who(row: WaitingEntry) -> str:
    if row.step is not None:
        return "You" if row.proposed_by_me else row.proposed_by
    if row.taken_by:
        return "You" if row.taken_by_me else row.taken_by
    return ""


def _who_note(row: WaitingEntry, now: datetime) -> str:
    if row.about_me:
        return ABOUT_ME
    if row.step is not None:
        return f"Proposed: {row.step.words.lower()}"
    if row.beside:
        return f"You are asked: {row.beside[0].words.lower()}"
    if row.typed_by_me:
        return "Somebody else must check it"
    if not (row.taken_at and row.taken_by):
        return ""
    if row.urgent and row.waiting and not row.taken_by_me:
        return f"Opened it {moment(row.taken_at, now)}, has not decided"
    return f"Since {moment(row.taken_at, now)}"
