"""What stands for an entry in an address that somebody sees who may not see every entry.

Entries are numbered without gaps, so a number that is missing would tell that something is hidden.
A mark is as long for each of them, says nothing about its number, and opens nothing by itself.
"""

from sqlalchemy.orm import Session

from coprod_data.permissions import Actor, Permission
from coprod_data.store.sealed_texts import open_text, seal_text

MARK = "place of an entry"


def mark_of_entry(db: Session, actor: Actor, entry_id: int) -> str:
    """Return what is in an address in the place of an entry's number."""
    actor.must(Permission.ENTRIES_WORRY)
    return seal_text(db.info["keys"], MARK, str(entry_id))


def entry_of_mark(db: Session, actor: Actor, mark: str) -> int | None:
    """Return the entry of a mark, which this person may not know of; None for anything else."""
    actor.must(Permission.ENTRIES_WORRY)
    opened = open_text(db.info["keys"], MARK, mark) if mark else None
    return None if opened is None else int(opened)
