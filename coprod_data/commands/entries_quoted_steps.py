"""When words of an entry leave, texts of staff that repeat them leave as well.

Such a text is "being reworded" wherever it is read: its place holds that sentence, and the text is
kept in `rewording`, which only the Youth Voice Team reads. Every version of the entry counts, with
what was hidden in it: hidden words say more about somebody than the others.
"""

import hashlib
from collections.abc import Callable, Collection, Iterable, Sequence
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.left_words import let_nobody_save, may_be_repeated, note_left
from coprod_data.commands.quotes_steps import forget_quotes, quoted_spans, quotes_follow
from coprod_data.commands.rewordings import stop_rewording
from coprod_data.models import (
    CardEntry,
    Draft,
    EntrySummary,
    EntryVersion,
    EventText,
    Rewording,
)
from coprod_data.permissions import Actor
from coprod_data.rules.own_words import (
    RARE,
    Runs,
    letters_of,
    own_words_in,
    replaced,
    runs_of,
    tells_something,
)
from coprod_data.scopes.presence import DRAFT_FORM
from coprod_data.scopes.rewordings import uses_out
from coprod_data.scopes.staff_texts import (
    OF_ENTRY,
    StaffText,
    TextKey,
    logged_as,
    model_of,
    texts_at,
    texts_of_chain,
    texts_with,
)
from coprod_data.store.erasures import ERASED
from coprod_data.store.staff_runs import texts_that_may_hold
from coprod_data.store.wiping import owe_wiping
from coprod_data.vocabulary.entries import ConsentUse, Review
from coprod_data.vocabulary.rewordings import (
    BEING_REWORDED,
    REMOVED,
    TIME_OVER,
    TextEnd,
    TextPlace,
)

A_CHUNK = 500
Spans = list[tuple[int, int]]


def words_leave(
    db: Session,
    actor: Actor,
    entries: Iterable[CardEntry],
    *,
    erased: bool = False,
    but_id: int | None = None,
) -> None:
    """Take every text that repeats these entries' own words out of view: on the chain, also those
    that hold only four of them that say something; anywhere else, those that hold six in a row.

    No text can be saved with them for twelve hours, or until they are out again.

    With `erased` the words are about to be erased, and what the team wrote to their author goes
    with them. `but_id` is a version whose words stay. The caller records the event.
    """
    for entry in entries:
        owe_wiping(db, actor.at)
        if erased:
            db.info.setdefault(ERASED, []).append(entry.id)
            written = sa.select(EntrySummary.id).where(EntrySummary.entry_id == entry.id)
            stop_rewording(db, actor, [(TextPlace.SUMMARY, one) for one in db.scalars(written)])
        quoting = quotes_follow(
            db, actor, entry, but_id or entry.released_version_id, erased=erased
        )
        runs = _runs_of(db, entry, but_id)
        if not runs.few:
            continue
        let_nobody_save(db)
        note_left(db, actor, entry, runs)
        chain = texts_of_chain(db, entry)
        chain += [text for text in quoting if text not in chain]
        rare = _rare_in(db, chain, runs)
        beyond = _beyond(db, entry, chain)
        theirs = _telling(rare)
        copies = _quoting(db, entry, chain, runs, theirs)
        for text, spans in copies + _quoting(db, entry, beyond, runs, _never):
            if erased and _goes_too(db, entry, text):
                setattr(_row(db, text), text.place.column, _instead(entry))
                forget_quotes(db, (text.place, text.row_id))
                stop_rewording(db, actor, [(text.place, text.row_id)])
            else:
                _set_aside(db, actor, entry, text, spans)
        _forget_in_log(db, chain, runs, theirs)
        _forget_in_log(db, beyond, runs, _never)
        _clear_drafts(db, entry, runs, rare)
    db.flush()


def words_are_out(
    db: Session, actor: Actor, entry: CardEntry, version_id: int, uses: Collection[ConsentUse]
) -> None:
    """Let texts repeat a version of an entry again, which is out from now on for these uses.

    Its quotes are back in their texts.
    """
    quotes_follow(db, actor, entry, version_id)
    if set(uses) - {ConsentUse.SUMMARY}:
        shown = db.get_one(EntryVersion, version_id)
        may_be_repeated(db, runs_of([shown.thinks, shown.wants]))


def digest_of(text: str) -> str:
    """Return what tells whether a text is still the one that was looked at."""
    return hashlib.sha256(text.encode()).hexdigest()


def _runs_of(db: Session, entry: CardEntry, but_id: int | None) -> Runs:
    versions = db.scalars(sa.select(EntryVersion).where(EntryVersion.entry_id == entry.id)).all()
    runs = runs_of(text for one in versions for text in (one.thinks, one.wants))
    stays = runs_of(
        text for one in versions if one.id == but_id for text in (one.thinks, one.wants)
    )
    return runs.without(stays) if stays.few else runs


def _beyond(db: Session, entry: CardEntry, chain: Sequence[StaffText]) -> list[StaffText]:
    """Return the texts on no chain of an entry that may hold six of its words in a row.

    Those that wait already, for words of somebody else, are among them.
    """
    on_chain = {(text.place, text.row_id) for text in chain}
    waits = db.execute(
        sa.select(Rewording.place, Rewording.row_id).where(Rewording.settled_at.is_(None))
    )
    versions = db.scalars(sa.select(EntryVersion).where(EntryVersion.entry_id == entry.id))
    said = [text for one in versions for text in (one.thinks, one.wants)]
    keys = texts_that_may_hold(db, said) | {(row.place, row.row_id) for row in waits}
    return texts_at(db, keys - on_chain)


def _never(_words: Iterable[str]) -> bool:
    """Count no word as rare: four in a row are too few off the chain."""
    return False


def _rare_in(
    db: Session, chain: Sequence[StaffText], runs: Runs
) -> Callable[[Iterable[str]], bool]:
    """Return a rule that says of a run of these words whether one of them is rare.

    Texts that repeat the same run count as one, so that copies make no word common. The council's
    texts are read only once, and only when a short run is found.
    """
    letters = [("".join(letters_of(text.text)), (text.place, text.row_id)) for text in chain]
    known: dict[str, bool] = {}

    @cache
    def where() -> dict[str, set[TextKey]]:
        words = {word for run in runs.few.values() for word in letters_of(" ".join(run))}
        return texts_with(db, words, len(chain) + RARE)

    def rare(words: Iterable[str]) -> bool:
        said = letters_of(" ".join(words))
        run = "".join(said)
        if run not in known:
            copies = {key for whole, key in letters if run in whole}
            known[run] = any(len(where()[word] - copies) < RARE for word in said)
        return known[run]

    return rare


def _telling(rare: Callable[[Iterable[str]], bool]) -> Callable[[Iterable[str]], bool]:
    """Return the rule for four in a row on the chain: a rare word, or two that say something."""
    return lambda words: tells_something(words) or rare(words)


def _quoting(
    db: Session,
    entry: CardEntry,
    chain: Sequence[StaffText],
    runs: Runs,
    rare: Callable[[Iterable[str]], bool],
) -> list[tuple[StaffText, Spans]]:
    """Return the texts that hold the entry's words, also those set aside for another entry."""
    aside = {
        (row.place, row.row_id): row.text or ""
        for row in db.scalars(sa.select(Rewording).where(Rewording.settled_at.is_(None)))
        if row.entry_id != entry.id
    }
    not_theirs = {
        (row.place, row.row_id, row.digest)
        for row in db.scalars(
            sa.select(Rewording).where(
                Rewording.entry_id == entry.id, Rewording.ending == TextEnd.NOT_THEIRS
            )
        )
    }
    found = []
    for text in chain:
        if text.text == BEING_REWORDED:
            text = StaffText(text.place, text.row_id, aside.get((text.place, text.row_id), ""))
        spans = own_words_in(text.text, runs, rare)
        if spans:  # what somebody else said too, and is a quote of theirs, stays
            quotes = quoted_spans(db, (text.place, text.row_id))
            spans = [
                (start, end)
                for start, end in spans
                if not any(first <= start and end <= last for first, last in quotes)
            ]
        if spans and (text.place, text.row_id, digest_of(text.text)) not in not_theirs:
            found.append((text, spans))
    return found


def _goes_too(db: Session, entry: CardEntry, text: StaffText) -> bool:
    """Say whether a text was written to the author of erased words, or is read by nobody."""
    if text.place not in OF_ENTRY:
        return False
    return _row(db, text).entry_id in (entry.id, entry.about_id)


def _set_aside(db: Session, actor: Actor, entry: CardEntry, text: StaffText, spans: Spans) -> None:
    row = _row(db, text)
    if isinstance(row, EntrySummary) and row.replaced_at is not None:
        row.text = _instead(entry)  # nobody reads it any more
        return
    db.add(
        Rewording(
            place=text.place,
            row_id=text.row_id,
            entry_id=entry.id,
            text=text.text,
            spans=[list(span) for span in spans],
            uses=uses_out(db, entry, actor.at),
            since=actor.at,
        )
    )
    setattr(row, text.place.column, BEING_REWORDED)
    forget_quotes(db, (text.place, text.row_id))


def _row(db: Session, text: StaffText) -> Any:
    return db.get_one(model_of(text.place), text.row_id, with_for_update=True)


def _forget_in_log(
    db: Session,
    chain: Sequence[StaffText],
    runs: Runs,
    rare: Callable[[Iterable[str]], bool],
) -> None:
    """Erase what the log keeps of these texts with the entry's words in it, earlier ones too."""
    rows = {(text.place.table, text.row_id) for text in chain}
    fields = [
        logged_as(place, row_id)
        for table, row_id in sorted(rows)
        for place in TextPlace
        if place.table == table
    ]
    for at in range(0, len(fields), A_CHUNK):
        kept = db.execute(
            sa.select(EventText.id, EventText.text).where(
                EventText.field.in_(fields[at : at + A_CHUNK]), EventText.text.is_not(None)
            )
        )
        ids = [text_id for text_id, text in kept if own_words_in(text or "", runs, rare)]
        if ids:
            db.execute(
                sa.update(EventText).where(EventText.id.in_(ids)).values(text=None, salt=None)
            )


def _clear_drafts(
    db: Session, entry: CardEntry, runs: Runs, rare: Callable[[Iterable[str]], bool]
) -> None:
    """Take the words out of what staff have typed and not saved; the rest of it stays theirs."""
    for draft in db.scalars(sa.select(Draft).where(Draft.form != DRAFT_FORM)):
        if spans := own_words_in(draft.text, runs, rare):
            draft.text = replaced(draft.text, spans, f"[{_instead(entry).lower()}]")


def _instead(entry: CardEntry) -> str:
    """Return what is said in the place of words that left for good."""
    return TIME_OVER if entry.review is Review.TIME_OVER else REMOVED
