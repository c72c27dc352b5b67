"""What is asked about accounts, in words: for People, My work and the Overview."""

from datetime import datetime

from coprod_data.permissions import Role
from coprod_data.vocabulary.people import RequestKind
from pages.parts.times import on_and_at


def thing_asked(what: str) -> str:
    """Return the words of a role or of a kind of request, by its value."""
    if what in list(RequestKind):
        return RequestKind(what).words
    return f"the role {Role(what).words}"


def asked_words(what: str, by: str, counts_at: datetime | None = None) -> str:
    """Return who asked for what, and when it takes effect by itself, if it does."""
    said = f"{by or 'The server'} asks for {thing_asked(what)}."
    if counts_at is None:
        return said
    return (
        f"{said} There is no second person, so it takes effect on {on_and_at(counts_at)} "
        "unless somebody stops it."
    )
