"""Who put words in another language into English: said before anybody decides about them."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from coprod_data.commands.entries_rules import entry_of, must_have_read
from coprod_data.commands.event_log import record
from coprod_data.commands.rows import must_be_as_opened
from coprod_data.permissions import Actor, Permission, Refused
from coprod_data.vocabulary.entries import Hint
from coprod_data.vocabulary.entry_care import Translator
from coprod_data.vocabulary.events import EventKind


def say_translated(
    db: Session,
    actor: Actor,
    entry_id: int,
    *,
    translated: Translator,
    opened: Mapping[str, Any] | None = None,
) -> None:
    """Say who put an entry's words into English, as somebody who has opened them.

    It stays with the words, is never in the log, and goes when they are erased. `opened` is the
    `translated` that the form showed. The same once more changes nothing. Raises NotFound, Refused,
    ChangedMeanwhile.
    """
    actor.must(Permission.ENTRIES_READ_RAW, Permission.ENTRIES_READ_HELD)
    entry = entry_of(db, actor, entry_id, taken_back=True)
    must_have_read(db, actor, entry)
    if Hint.LANGUAGE not in entry.hints:
        raise Refused("Nobody had to translate this. It looks like English.")
    must_be_as_opened({"translated": entry.translated}, opened, {"translated": translated})
    if entry.translated is not translated:
        entry.translated, entry.translated_by_id = Translator(translated), actor.id
        record(db, actor, EventKind.ENTRY_TRANSLATED, entry)
