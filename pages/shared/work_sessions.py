"""What a session waits for, as words: for My work, the Overview, and the page of the session."""

from datetime import UTC, datetime

from coprod_data.queries.work_steps import Turn
from coprod_data.vocabulary.sessions import SessionState
from coprod_data.vocabulary.work import WorkKind
from pages.parts.times import on, on_and_at

OF_SESSIONS = {  # each with its button and what it opens
    WorkKind.MEET_ANSWER: ("Answer", "/sessions?id={}&tab=before"),
    WorkKind.MEET_OFF: ("See it", "/sessions?id={}"),
    WorkKind.MEET_CHOOSE: ("Choose the day", "/sessions?id={}&tab=before"),
    WorkKind.SESSION_TASK: ("Open it", "/sessions?id={}"),
    WorkKind.SESSION: ("Go on", "/sessions?id={}"),
    WorkKind.NO_FACILITATOR: ("Open it", "/sessions?id={}"),
    WorkKind.THANKS_OWED: ("Go on", "/sessions?id={}&tab=after"),
    WorkKind.SESSION_CLOSE: ("Read and close", "/sessions?id={}"),
}
NOT_FIXED = "Your first meeting with a young person: not fixed yet"
NEXT = {
    SessionState.PLANNED: "Say who came, or cancel it",
    SessionState.CONFIRMED: "Say who came, or cancel it",
    SessionState.HELD: "What could we do together?",
    SessionState.REVIEWED: "Write it up",
    SessionState.WRITTEN_UP: "Close it",
}


def of_day(one: Turn) -> str:
    """Return on which days a first meeting may be, the first of them first, and what it is about.

    The days stand in the note as the store spells them.
    """
    stored = (datetime.fromisoformat(day) for day in one.note.split(",") if day)
    days = sorted(day if day.tzinfo else day.replace(tzinfo=UTC) for day in stored)
    return f"{one.title} · {' or '.join(map(on_and_at, days))}"


def of_session(one: Turn) -> str:
    """Return what a session waits for, and by when; for a task, before which session it is."""
    match one.kind:
        case WorkKind.MEET_ANSWER:
            return "A first meeting with young people. On which day can you come?"
        case WorkKind.MEET_OFF:
            return f"It was cancelled. Why: {one.note}"
        case WorkKind.MEET_CHOOSE:
            return "Both sides have answered, or somebody asks for something else"
        case WorkKind.SESSION_TASK:
            what = one.note
        case WorkKind.THANKS_OWED:
            what = "Thanks that were promised and not given yet"
        case WorkKind.SESSION_CLOSE:
            what = NEXT[SessionState.WRITTEN_UP]
        case _:
            what = NEXT[SessionState(one.note)]
    return f"{what} · by {on(one.due_on)}" if one.due_on else what
