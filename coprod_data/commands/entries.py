"""What a young person does with an entry: send it, follow it up, share it, take it back."""

import re
from dataclasses import dataclass

from sqlalchemy.orm import Session

from coprod_data.card_codes import code_digest, spell_code
from coprod_data.commands.entry_words import (
    keep_original,
    must_have_duty,
    open_card,
    sent_before,
)
from coprod_data.commands.event_log import record
from coprod_data.keys import Keys
from coprod_data.models import CardEntry
from coprod_data.permissions import Actor, Invalid, Permission
from coprod_data.texts import optional_text
from coprod_data.vocabulary import ConsentUse, EventKind, Feeling

_LANGUAGE = re.compile(r"[^\W\d_][\w -]{1,11}")


@dataclass(frozen=True)
class SentEntry:
    """What the sender is shown. `again` says that this form had been sent before."""

    entry_id: int
    code: str
    again: bool


def send_entry(
    db: Session,
    actor: Actor,
    *,
    form_id: str,
    theme_id: int | None,
    thinks: str,
    wants: str,
    feeling: int | None,
    uses: frozenset[ConsentUse],
    language: str = "en",
    typed: bool = False,
    read_back: bool | None = None,
) -> SentEntry:
    """Keep a young person's words on the open card of a theme, and return their card code.

    Nothing is refused for what it says. `theme_id` null means "I don't know". `typed` is for a
    worker who writes with a young person; `read_back` says whether they agreed the words. The
    same form once more gives the same entry and the same code. Raises NobodyOnDuty, Invalid.
    """
    actor.must(Permission.ENTRIES_TYPE if typed else Permission.ENTRIES_SEND)
    thinks, wants = optional_text(thinks, "thinks"), optional_text(wants, "wants")
    if not thinks and not wants:
        raise Invalid("Write what you think, or what you want.", field="thinks")
    if feeling is not None and feeling not in set(Feeling):
        raise Invalid("Choose one of the five faces, or none.", field="feeling")
    if not _LANGUAGE.fullmatch(language):
        raise Invalid("Say the language in one word.", field="language")
    must_have_duty(db)
    keys: Keys = db.info["keys"]
    if before := sent_before(db, form_id):
        return SentEntry(before.id, _code_of(before, form_id, keys), again=True)
    code = spell_code(form_id, keys.newest)
    digest = code_digest(code, keys.newest)  # slow on purpose, so before anybody waits for us
    entry = keep_original(
        db,
        actor,
        form_id=form_id,
        card=open_card(db, actor, theme_id),
        thinks=thinks,
        wants=wants,
        uses=frozenset(ConsentUse(use) for use in uses),
        language=language,
        feeling=feeling,
        typed_by_id=actor.id if typed else None,
        read_back=read_back if typed else None,
    )
    entry.code_hash, entry.code_key = digest, keys.newest.number
    record(db, actor, EventKind.ENTRY_SENT, entry)
    return SentEntry(entry.id, code, again=False)


def _code_of(entry: CardEntry, form_id: str, keys: Keys) -> str:
    key = next((key for key in keys.all if key.number == entry.code_key), keys.newest)
    return spell_code(form_id, key)
