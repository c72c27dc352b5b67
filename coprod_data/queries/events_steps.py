"""How an event reads: who did it and what they did. Steps of the reads of the history."""

from coprod_data.models import Event
from coprod_data.permissions import ActorKind
from coprod_data.scopes.people import A_YOUNG_PERSON
from coprod_data.vocabulary.events import EventKind
from coprod_data.vocabulary.events_readers import OFFICE

ABOUT_PEOPLE = tuple(kind for kind in EventKind if kind.value.split(".")[0] in OFFICE)

# Not in the history: a line for each view would show one young person's answer as it arrives.
COUNTED_BY_MONTH = (EventKind.VIEW_GIVEN, EventKind.VIEW_TAKEN_BACK, EventKind.PAGE_ANSWERED)

# Who reads words: told to safeguarding in a list of its own, and in no other history.
OPENINGS = (EventKind.ENTRY_OPENED, EventKind.WISH_OPENED)

# When somebody signs in, the actor is not yet known; the event names the person.
OWN_VISITS = frozenset({EventKind.SIGNED_IN, EventKind.SIGNED_OUT})
VISITS = tuple(kind for kind in EventKind if kind.value.split(".")[0] == "session")


def told_by(event: Event) -> str:
    """Return what somebody did, in the words of its kind.

    Older logs hold the second signature and what it completed as two events.
    """
    if event.kind is EventKind.OUTCOME_SIGNED and "side" not in event.changes:
        return "made an outcome done together, by signing it"
    return event.kind.words


def who_did(event: Event, name: str | None) -> str:
    """Return who did something; `name` is the `told_name` of the account that did."""
    match event.actor_kind:
        case ActorKind.PERSON:
            return name or "Somebody"
        case ActorKind.SYSTEM:
            return "The server"
        case _:
            return "Somebody" if event.kind in ABOUT_PEOPLE else A_YOUNG_PERSON
