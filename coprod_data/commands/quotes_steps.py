"""Quotes in texts of staff: found again when a text is saved, and following their words.

Any command may call these. A quote goes out of a text in the transaction in which its words leave,
and comes back with them; the rest of the text stays. A quote that was cut is one no more: what is
left of it in the text is a copy, like any other words of theirs.
"""

from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import CardEntry, EntryVersion, Quote
from coprod_data.permissions import Actor, Refused
from coprod_data.rules.own_words import replaced, whole_in
from coprod_data.scopes.quotes import quotable, quotables, same_words, words_of_quote
from coprod_data.scopes.staff_texts import StaffText, TextKey, column_of, model_of
from coprod_data.vocabulary.entries import Review
from coprod_data.vocabulary.rewordings import NOT_WRITTEN, RUN_OUT, TAKEN_OUT, TextPlace

CHOSEN = "quotes chosen"  # entries whose words this transaction puts into texts as quotes
FOLLOWED = "texts changed by their quotes"

Span = tuple[int, int]


def chosen_now(db: Session) -> list[int]:
    """Return the entries whose words the text that is being saved puts in as quotes."""
    return list(db.info.get(CHOSEN, ()))


def choose_again(db: Session, entry_ids: Sequence[int], *, reader: int) -> None:
    """Put in as quotes what was chosen when a reply was proposed, which is sent only now.

    Raises Refused when words that it quotes may not be read any more.
    """
    db.info[CHOSEN] = list(entry_ids)
    may = sa.select(sa.func.count(CardEntry.id)).where(
        CardEntry.id.in_(entry_ids), quotable(reader)
    )
    if entry_ids and db.scalar(may) != len(set(entry_ids)):
        raise Refused(
            "The reply quotes words that may not be read any more. Do not agree, so that another "
            "reply can be written."
        )


def keep_quotes(db: Session, row: Any, place: TextPlace, was: str | None, text: str | None) -> str:
    """Find the quotes of a text that is about to be saved; add those that were chosen.

    Returns the text without the words in quotes, which may be in it: what is left is looked
    through.
    """
    key = place, row.id
    if db.info.get(FOLLOWED, {}).get(key) == text:
        return ""  # only its quotes went out or came back: nobody wrote anything
    before = [] if was is None else _quotes_in(db, key)
    chosen = db.info.get(CHOSEN, ())
    if not text or text in NOT_WRITTEN:
        _drop(db, before)
        return text or ""
    if not before and not chosen:
        return text
    taken = _find_again(db, text, before)
    taken += _put_in(db, row, place, text, chosen, taken)
    return replaced(text, sorted(taken), TAKEN_OUT)


def forget_quotes(db: Session, key: TextKey) -> None:
    """Let the quotes of a text be copies from now on: the text leaves its place."""
    _drop(db, _quotes_in(db, key))


def quotes_follow(
    db: Session, actor: Actor, entry: CardEntry, version_id: int | None, *, erased: bool = False
) -> list[StaffText]:
    """Make every text with a quote from an entry show it exactly while it may be read.

    `version_id` is the version that is shown, or about to be. With `erased` the words are about to
    go for good. The caller records the event. Returns the texts, as they are now.
    """
    db.flush()
    mine = list(db.scalars(sa.select(Quote).where(Quote.entry_id == entry.id)))
    if not mine:
        return []
    shown = db.get(EntryVersion, version_id or 0)
    texts = []
    for key in sorted({(one.place, one.row_id) for one in mine}):
        texts += _follow(db, actor, entry, key, None if erased else shown)
    if erased:
        _drop(db, mine)
    db.flush()
    return texts


def quoted_spans(db: Session, key: TextKey) -> list[Span]:
    """Return where a text has quotes whose words are out."""
    return [_span(one) for one in _quotes_in(db, key) if one.removed_at is None]


def _follow(
    db: Session, actor: Actor, entry: CardEntry, key: TextKey, shown: EntryVersion | None
) -> list[StaffText]:
    """Take an entry's quotes out of one text, or put them back; the others only move with it."""
    place, row_id = key
    row: Any = db.get(model_of(place), row_id, with_for_update=True)
    if row is None:
        forget_quotes(db, key)
        return []
    before = text = str(getattr(row, place.column))
    readable = shown is not None and _readable(db, place, row, entry)
    moved = 0
    for quote in _quotes_in(db, key):
        quote.at += moved
        if quote.entry_id != entry.id:
            continue
        new = _back(db, quote, shown) if shown is not None and readable else None
        if new is None and quote.removed_at is not None:
            continue
        if new is not None and quote.removed_at is None:
            new = text[slice(*_span(quote))]  # it stays as it is
        longest = column_of(place).type.length
        if new is None or (longest and len(text) - quote.length + len(new) > longest):
            over = entry.review is Review.TIME_OVER
            new, quote.removed_at = RUN_OUT if over else TAKEN_OUT, actor.at
        else:
            quote.removed_at = None
        text = replaced(text, [_span(quote)], new)
        moved += len(new) - quote.length
        quote.length = len(new)
    if text != before:
        setattr(row, place.column, text)
        db.info.setdefault(FOLLOWED, {})[key] = text
    return [StaffText(place, row_id, text)]


def _back(db: Session, quote: Quote, shown: EntryVersion) -> str | None:
    """Let a quote refer to the version that is shown, if that says all of its words.

    Returns the words as they are there, or None.
    """
    if (place := same_words(words_of_quote(db, quote), shown)) is None:
        return None
    quote.version_id, (quote.of_wants, quote.starts, quote.ends) = shown.id, place
    return words_of_quote(db, quote)


def _find_again(db: Session, text: str, quotes: Sequence[Quote]) -> list[Span]:
    """Say where quotes are in a text that was changed; what is no longer whole is none any more."""
    taken: list[Span] = []
    out = [one for one in quotes if one.removed_at is not None]
    holes = _holes(text)
    if len(holes) == len(out):
        for quote, hole in zip(out, holes, strict=True):
            quote.at = hole[0]
            taken.append(hole)
    else:  # nobody can say which of them was deleted
        _drop(db, out)
    for quote in quotes:
        if quote.removed_at is not None:
            continue
        places = whole_in(text, words_of_quote(db, quote))
        span = next((one for one in places if _is_free(one, taken)), None)
        if span is None:
            _drop(db, [quote])
        else:
            quote.at, quote.length = span[0], span[1] - span[0]
            taken.append(span)
    return taken


def _put_in(
    db: Session, row: Any, place: TextPlace, text: str, chosen: Sequence[int], taken: list[Span]
) -> list[Span]:
    """Write down as quotes what a text has of the entries that were chosen, and is none yet.

    Not where the text could become too long for its place once the quotes are out of it.
    """
    found: list[Quote] = []
    for entry in db.scalars(
        sa.select(CardEntry).where(CardEntry.id.in_(chosen), quotable(_reader(place, row)))
    ):
        version = db.get_one(EntryVersion, entry.released_version_id)
        for one in quotables(text, version):
            if not _is_free((one.start, one.end), [*taken, *map(_span, found)]):
                continue
            found.append(
                Quote(
                    place=place, row_id=row.id, entry_id=entry.id, version_id=version.id,
                    of_wants=one.of_wants, starts=one.starts, ends=one.ends, at=one.start,
                    length=one.end - one.start,
                )
            )  # fmt: skip
    longest = column_of(place).type.length
    spans = [_span(one) for one in found]
    if longest and len(replaced(text, sorted([*taken, *spans]), TAKEN_OUT)) > longest:
        return []
    db.add_all(found)
    return spans


def _quotes_in(db: Session, key: TextKey) -> list[Quote]:
    place, row_id = key
    return list(
        db.scalars(
            sa.select(Quote).where(Quote.place == place, Quote.row_id == row_id).order_by(Quote.at)
        )
    )


def _readable(db: Session, place: TextPlace, row: Any, entry: CardEntry) -> bool:
    may = sa.select(CardEntry.id).where(CardEntry.id == entry.id, quotable(_reader(place, row)))
    return db.scalar(may) is not None


def _reader(place: TextPlace, row: Any) -> int | None:
    """Return the entry whose author alone reads a text outside the team."""
    return row.entry_id if place is TextPlace.REPLY else None


def _holes(text: str) -> list[Span]:
    starts, at = [], text.find(TAKEN_OUT)
    while at >= 0:
        starts.append(at)
        at = text.find(TAKEN_OUT, at + len(TAKEN_OUT))
    return [(start, start + len(TAKEN_OUT)) for start in starts]


def _is_free(span: Span, taken: Iterable[Span]) -> bool:
    return all(span[1] <= start or end <= span[0] for start, end in taken)


def _span(quote: Quote) -> Span:
    return quote.at, quote.at + quote.length


def _drop(db: Session, quotes: Iterable[Quote]) -> None:
    for one in quotes:
        db.delete(one)
