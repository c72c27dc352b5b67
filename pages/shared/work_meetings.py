"""What meetings of the Board wait for, as words: for My work and the Overview."""

from coprod_data.queries.work_steps import Turn
from coprod_data.vocabulary.labels import labelled
from coprod_data.vocabulary.posts import Office
from coprod_data.vocabulary.work import WorkKind
from pages.parts.times import on

OF_MEETINGS = {  # each with its button and what it opens
    WorkKind.PAPER_SIGN: ("Read and sign", "/papers?id={}"),
    WorkKind.DECISION_CONFIRM: ("Read and confirm", "/meetings?id={}"),
    WorkKind.DECISION_DUE: ("Say that it is done", "/meetings?id={}"),
    WorkKind.AGENDA_LONG: ("Shorten it", "/meetings?id={}"),
    WorkKind.MEETING_COMES: ("Answer", "/meetings?id={}"),
    WorkKind.MEETING_OFF: ("See it", "/meetings?id={}"),
    WorkKind.EMPTY_OFFICE: ("Say who holds it", "/posts"),
}


OF_A_DAY = (WorkKind.AGENDA_LONG, WorkKind.MEETING_COMES, WorkKind.MEETING_OFF)


def title_of(one: Turn) -> str:
    """Return what waits by its title; a meeting is called by its day, since a place has many."""
    return f"{labelled('the Board')}, {_day(one)}" if one.kind in OF_A_DAY else one.title


def of_meeting(one: Turn) -> str:
    """Return who waits, and for which day."""
    match one.kind:
        case WorkKind.PAPER_SIGN:
            return f"Handed over by {one.who} · for the meeting on {_day(one)}"
        case WorkKind.DECISION_CONFIRM:
            return f"Written down by {one.who}. It is approved once you confirm it."
        case WorkKind.AGENDA_LONG:
            return (
                f"{one.met} minutes are planned, and the meeting has {one.whole}: "
                f"{one.met - one.whole} too many"
            )
        case WorkKind.MEETING_COMES:
            return f"You are invited · {one.title}"
        case WorkKind.MEETING_OFF:
            return f"It was cancelled. Why: {one.note}"
        case WorkKind.EMPTY_OFFICE:
            return f"{one.who} held it and has left · {Office(one.note).words}"
        case _:
            return f"by {_day(one)}"


def _day(one: Turn) -> str:
    return on(one.due_on) if one.due_on else "a day that is not set"
