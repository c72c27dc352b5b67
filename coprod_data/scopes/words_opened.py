"""Words that somebody of the two teams has read and that the Board may not: none goes into a text.

Only what its writer has opened, or typed for a young person, is compared, so that a refusal tells
nobody anything. Nothing else can be copied here.
"""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import CardEntry, EntryReading, EntryVersion
from coprod_data.permissions import Actor, Permission
from coprod_data.rules.own_words import own_words_in, repeats, runs_of
from coprod_data.rules.statements import statement
from coprod_data.scopes.entries import released
from coprod_data.vocabulary.entries import ConsentUse

NEWEST_OPENED, NEWEST_TYPED = 400, 100  # what was read before is opened again to be copied


def unread_by_the_board(
    db: Session, actor: Actor, text: str, *, read_by: int | None = None
) -> list[tuple[int, int]]:
    """Return where a text holds six words in a row that its writer has read and the Board may not.

    Hidden words count, and held ones. What others have said too, and the Board may read, does not.
    `read_by` is the entry whose author reads the text: they may read what they wrote themselves.
    """
    if not actor.may(Permission.ENTRIES_READ_RAW) and not actor.may(Permission.ENTRIES_READ_HELD):
        return []
    asked = {"me": actor.id, "read_by": read_by}
    rows = db.execute(_opened_words(for_its_author=read_by is not None), asked).all()
    stays = [box for thinks, wants, out in rows if not out for box in (thinks, wants)]
    if not repeats(text, stays):  # nearly always
        return []
    found = runs_of(box for box in stays if repeats(text, [box]))
    shown = runs_of(box for thinks, wants, out in rows if out for box in (thinks, wants))
    return own_words_in(text, found.without(shown), lambda _words: False)


@statement
def _opened_words(*, for_its_author: bool) -> sa.Select[str | None, str | None, bool]:
    out = sa.and_(EntryVersion.id == CardEntry.released_version_id, released(ConsentUse.BOARD))
    return (
        sa.select(EntryVersion.thinks, EntryVersion.wants, out)
        .join(CardEntry, CardEntry.id == EntryVersion.entry_id)
        .where(CardEntry.id.in_(_read()), ~of_the_family(for_its_author=for_its_author))
    )


def _read() -> sa.Select[int]:
    """Select the entries that `me` opened or typed last."""
    me = sa.bindparam("me", type_=sa.Integer)
    opened = (
        sa.select(EntryReading.entry_id)
        .where(EntryReading.person_id == me)
        .order_by(EntryReading.id.desc())
        .limit(NEWEST_OPENED)
        .subquery()
    )
    typed = (
        sa.select(CardEntry.id)
        .where(CardEntry.typed_by_id == me)
        .order_by(CardEntry.id.desc())
        .limit(NEWEST_TYPED)
        .subquery()
    )
    return sa.select(sa.union(sa.select(opened.c.entry_id), sa.select(typed.c.id)).subquery().c[0])


def of_the_family(*, for_its_author: bool) -> sa.ColumnElement[bool]:
    """Return the condition that an entry is the one bound as `read_by`, or belongs to it or with it
    to another; that none is, where the text is not for the author of one.
    """
    if not for_its_author:
        return sa.false()
    main = (
        sa.select(sa.func.coalesce(CardEntry.about_id, CardEntry.id))
        .where(CardEntry.id == sa.bindparam("read_by", type_=sa.Integer))
        .correlate(None)
        .scalar_subquery()
    )
    return sa.func.coalesce(CardEntry.about_id, CardEntry.id) == main
