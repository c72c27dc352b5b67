"""Words that the Board may read and not everybody: none goes into a text that young people read."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import CardEntry, EntryVersion
from coprod_data.permissions import Actor, Role
from coprod_data.rules.own_words import MANY, letters_of, own_words_in, repeats, runs_of
from coprod_data.rules.statements import statement
from coprod_data.scopes.entries import released
from coprod_data.scopes.words_opened import of_the_family
from coprod_data.vocabulary.entries import ConsentUse

NEWEST = 400  # let out last: these are what is read in a meeting, and copied from


def for_the_board_only(
    db: Session, actor: Actor, text: str, *, read_by: int | None = None
) -> list[tuple[int, int]]:
    """Return where a text holds six words in a row that are out for the Board, not for everyone.

    What somebody else has said too, for everyone, does not count. `read_by` is the entry whose
    author reads the text: they may read what they wrote themselves. Nor is a young person asked,
    who may say their own words in a suggestion.
    """
    if Role.YOUNG_PERSON in actor.roles or len(letters_of(text)) < MANY - 1:
        return []
    out = _out_for_the_board(for_its_author=read_by is not None)
    rows = db.execute(out, {"read_by": read_by}).all()
    shut = [box for thinks, wants, public in rows if not public for box in (thinks, wants)]
    if not repeats(text, shut):  # nearly always
        return []
    found = runs_of(box for box in shut if repeats(text, [box]))
    shown = runs_of(box for thinks, wants, public in rows if public for box in (thinks, wants))
    return own_words_in(text, found.without(shown), lambda _words: False)


@statement
def _out_for_the_board(*, for_its_author: bool) -> sa.Select[str | None, str | None, bool]:
    return (
        sa.select(EntryVersion.thinks, EntryVersion.wants, released(ConsentUse.PUBLIC))
        .join(CardEntry, CardEntry.released_version_id == EntryVersion.id)
        .where(released(ConsentUse.BOARD), ~of_the_family(for_its_author=for_its_author))
        .order_by(CardEntry.place.desc())
        .limit(NEWEST)
    )
