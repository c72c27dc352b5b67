"""A card that a young person sends about one of the team, and what they add to it."""

from collections.abc import Callable

from sqlalchemy.orm import Session

from coprod_data.commands.entries import send_entry
from coprod_data.commands.entries_writing_back import write_back
from coprod_data.models import CardEntry, Person, PromiseTheme
from coprod_data.permissions import Actor
from coprod_data.vocabulary.entries import ConsentUse
from tests.helpers.builders import holding_the_code, the_public, unrecorded
from tests.helpers.entries_read import the_code

Told = Callable[[Session, PromiseTheme, Actor], CardEntry]


def sent(db: Session, theme: PromiseTheme, thinks: str, **said: object) -> CardEntry:
    form_id = f"form-of-{'-'.join(thinks.split())}"
    made = send_entry(
        db, the_public(), form_id=form_id, code=the_code(db, form_id), theme_id=theme.id,
        thinks=thinks, wants="", feeling=None, uses=frozenset({ConsentUse.BOARD}), **said,
    )  # fmt: skip
    return db.get_one(CardEntry, made.entry_id)


def call(db: Session, actor: Actor, name: str) -> None:
    with unrecorded(db):
        db.get_one(Person, actor.id).name = name


def answered(db: Session, entry: CardEntry, words: str) -> CardEntry:
    """What the holder of an entry's code adds to its card."""
    form_id = f"more-{'-'.join(words.split())}"
    added = write_back(db, holding_the_code(entry), entry.id, words=words, form_id=form_id)
    return db.get_one(CardEntry, added)
