"""Which commitment an entry is about: the Youth Voice Team says so, and may say otherwise."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from coprod_data.commands.entries_rules import entry_of, open_hold
from coprod_data.commands.event_log import record_if_changed
from coprod_data.commands.rows import must_be_as_opened, must_be_promised
from coprod_data.permissions import Actor, Permission, Refused
from coprod_data.vocabulary.events import EventKind


def tie_entry(
    db: Session,
    actor: Actor,
    entry_id: int,
    *,
    commitment_id: int | None,
    opened: Mapping[str, Any] | None = None,
) -> None:
    """Say which commitment an entry is about; None says that it is about none but its card's.

    Words that belong to another entry go with it. `opened` is the `commitment_id` that the form
    showed. Raises NotFound, Refused, ChangedMeanwhile.
    """
    actor.must(Permission.ENTRIES_CHECK)
    entry = entry_of(db, actor, entry_id)
    if open_hold(db, entry) is not None:
        raise Refused("This entry is with safeguarding.")
    if entry.about_id is not None:
        raise Refused("These words belong to another entry. Choose the commitment there.")
    must_be_as_opened(
        {"commitment_id": entry.commitment_id}, opened, {"commitment_id": commitment_id}
    )
    if commitment_id != entry.commitment_id:
        must_be_promised(db, commitment_id)
    entry.commitment_id = commitment_id
    record_if_changed(db, actor, EventKind.ENTRY_TIED, entry)
