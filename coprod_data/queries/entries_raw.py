"""Raw words, for the person who opened them, and the log of who did."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from coprod_data.models import CardEntry, Draft, EntryVersion, Person, PromiseTheme, ReportCard
from coprod_data.permissions import Actor, NotAllowed, NotFound, Permission
from coprod_data.queries.entries_raw_care_steps import (
    HoldFacts,
    ReadingRow,
    WishFacts,
    first_to_read,
    hold_on,
    readings_of,
    wishes_on,
    worries_about,
)
from coprod_data.queries.entries_raw_steps import (
    AnsweredStep,
    AskedQuestion,
    Letter,
    Proposal,
    asked_about,
    decisions_on,
    letters_beside,
    page_of,
    policy_of,
    proposals_on,
    questions_on,
    refused_steps,
    replies_to,
    settled_of,
    summary_of,
    uses_of,
)
from coprod_data.rules.titles import both_names
from coprod_data.scopes.entries import held, may_open
from coprod_data.scopes.entries_readings import has_read, not_read
from coprod_data.scopes.entries_sealed import why_sealed
from coprod_data.scopes.held_cards import why_not_to_write
from coprod_data.scopes.presence import DRAFT_FORM, others_at
from coprod_data.scopes.second_person import acts_for_the_team, not_again
from coprod_data.scopes.second_person_maybe import maybe_about
from coprod_data.vocabulary.entries import ConsentUse, EntryKind, Flag, Hint, Review, VersionKind
from coprod_data.vocabulary.entry_care import BESIDE, Again, Translator


@dataclass(frozen=True)
class RawEntry:
    """An entry's sealed words and all that a checker needs with them.

    `main_id` is the entry that the words belong to, and `card` its shown words or, before it is
    out, its own; `about` is the question that they answer. `decided` tells for each use whether the
    words are out (None) or why not. `others_here` are colleagues who have it open too. `left`: its
    reader, of safeguarding, acts for the Youth Voice Team, of whom nobody may read it. `proposal`
    waits for a second person; `beside` are those that the entry does not wait for. `shut` says why
    nobody of the team may write to its author now, or nothing; `came_back` that it waits again
    since its reader opened it, and why, or nothing. `on_card` says that words of it were on its
    card, so that it stays there; `not_again` that its reader let it out before somebody was
    worried. `worries` are who said so, and when. `translated`: who put it into English, as
    `translated_by` said; `needs_translator` that this has to be said before it is decided.
    `letters` are what else was written on the card, `read_first` what of its card somebody has to
    read before this is decided or let go. `about_page` is the page that it is about, by name, and
    `answer_to` the adult who wrote that and wants an answer. `about_policy`: which part of which
    version of a policy it is about, and what its writer thinks of it; `settled` holds what became
    of it.
    """

    id: int
    main_id: int | None
    kind: EntryKind
    review: Review
    held: bool
    theme_id: int
    theme: str
    icon: str
    commitment_id: int | None
    sent_at: datetime
    waits_since: datetime
    dealt_at: datetime | None
    thinks: str
    wants: str
    language: str
    translated: Translator | None
    translated_by: str
    needs_translator: bool
    feeling: int | None
    flags: tuple[Flag, ...]
    uses: frozenset[ConsentUse]
    hints: tuple[Hint, ...]
    again: Again | None
    kept_unread: bool
    taken_back_at: datetime | None
    out: bool
    on_card: bool
    not_again: bool
    card: tuple[str, str]
    decided: Mapping[ConsentUse, str | None]
    others_here: tuple[str, ...]
    left: bool
    shut: str
    came_back: str
    typed_by: str
    read_back: bool | None
    about: str
    about_page: str
    answer_to: str
    about_policy: str
    settled: dict[str, Any]
    summary: str
    hold: HoldFacts | None
    wishes: tuple[WishFacts, ...]
    proposal: Proposal | None
    beside: tuple[Proposal, ...]
    refused: tuple[AnsweredStep, ...]
    replies: tuple[tuple[str, datetime], ...]
    questions: tuple[AskedQuestion, ...]
    letters: tuple[Letter, ...]
    read_first: tuple[int, ...]
    readings: tuple[ReadingRow, ...]
    worries: tuple[ReadingRow, ...]

    @property
    def asks_first(self) -> bool:
        """Say whether something in it asks first whether somebody is at risk."""
        return bool(self.flags) or Hint.WEAK_WORDS in self.hints

    @property
    def wants_a_person(self) -> bool:
        """Say whether its author wants somebody to talk to them, and has not taken that back."""
        return any(not wish.taken_back for wish in self.wishes)


def raw_words(db: Session, actor: Actor, entry_id: int) -> RawEntry:
    """Return an entry's sealed words to somebody who opened them with `open_to_read`.

    Raises NotAllowed without that, or for held words and words taken back unread without the right
    to them, and NotFound for an entry that is not there, was taken back, or may be about them.
    """
    actor.must(Permission.ENTRIES_READ_RAW, Permission.ENTRIES_READ_HELD)
    row = db.execute(_raw_entry(entry_id).where(may_open(actor))).one_or_none()
    sealed = row is not None and (row.is_held or row.CardEntry.kept_unread)
    if row is None or (row.CardEntry.withdrawn_at is not None and not sealed):
        raise NotFound("This entry is not here any more. It may have been taken back.")
    if sealed and not actor.may(Permission.ENTRIES_READ_HELD):
        raise NotAllowed(why_sealed(db, actor, row.CardEntry))
    readings = readings_of(db, entry_id)
    if all(person_id != actor.id for person_id, _ in readings):
        raise NotAllowed("Open the entry to read it. We record that you did.")
    return _raw(db, actor, row, tuple(reading for _, reading in readings))


def why_shut(db: Session, actor: Actor, entry_id: int) -> str:
    """Return why this person cannot open an entry, or nothing where opening it may be tried."""
    actor.must(Permission.ENTRIES_READ_RAW, Permission.ENTRIES_READ_HELD)
    entry = db.scalar(sa.select(CardEntry).where(CardEntry.id == entry_id, may_open(actor)))
    if entry is None or actor.may(Permission.ENTRIES_READ_HELD):
        return ""
    return why_sealed(db, actor, entry)


def may_be_mine(db: Session, actor: Actor, entry_id: int) -> bool:
    """Say whether an entry's words may name this person by their first name."""
    actor.must(Permission.ENTRIES_READ_RAW, Permission.ENTRIES_READ_HELD)
    entry = db.scalar(sa.select(CardEntry).where(CardEntry.id == entry_id, may_open(actor)))
    return entry is not None and actor.id in maybe_about(db, [entry])[entry.id]


def wordings_of_others(db: Session, actor: Actor, entry_id: int) -> list[tuple[str, str]]:
    """Return what colleagues have typed over an entry: each name with a text of theirs.

    Raises NotAllowed, NotFound as `raw_words` does.
    """
    actor.must(Permission.ENTRIES_READ_RAW, Permission.ENTRIES_READ_HELD)
    raw_words(db, actor, entry_id)
    rows = db.execute(
        sa.select(Person.name, Draft.text)
        .join(Person, Person.id == Draft.person_id)
        .where(
            Draft.form == DRAFT_FORM,
            Draft.subject.in_([f"{entry_id}:thinks", f"{entry_id}:wants"]),
            Draft.person_id != actor.id,
        )
        .order_by(Person.name, Draft.subject)
    )
    return [(row.name, row.text) for row in rows]


def _raw_entry(entry_id: int) -> sa.Select[*tuple[Any, ...]]:
    original, shown = aliased(EntryVersion), aliased(EntryVersion)
    typist, teller = aliased(Person), aliased(Person)
    main, main_words, main_shown = aliased(CardEntry), aliased(EntryVersion), aliased(EntryVersion)
    return (
        sa.select(
            CardEntry,
            held().label("is_held"),
            PromiseTheme.id.label("theme_id"),
            PromiseTheme.title.label("theme"),
            PromiseTheme.young_title,
            PromiseTheme.icon,
            sa.func.coalesce(original.thinks, shown.thinks).label("thinks"),
            sa.func.coalesce(original.wants, shown.wants).label("wants"),
            typist.name.label("typist"),
            teller.name.label("teller"),
            sa.func.coalesce(main_shown.thinks, main_words.thinks).label("card_thinks"),
            sa.func.coalesce(main_shown.wants, main_words.wants).label("card_wants"),
        )
        .join(ReportCard, ReportCard.id == CardEntry.report_card_id)
        .join(PromiseTheme, PromiseTheme.id == ReportCard.theme_id)
        .join(
            original,
            sa.and_(original.entry_id == CardEntry.id, original.kind == VersionKind.ORIGINAL),
        )
        .outerjoin(shown, shown.id == CardEntry.released_version_id)
        .outerjoin(typist, typist.id == CardEntry.typed_by_id)
        .outerjoin(teller, teller.id == CardEntry.translated_by_id)
        .outerjoin(main, main.id == CardEntry.about_id)
        .outerjoin(main_shown, main_shown.id == main.released_version_id)
        .outerjoin(
            main_words,
            sa.and_(main_words.entry_id == main.id, main_words.kind == VersionKind.ORIGINAL),
        )
        .where(CardEntry.id == entry_id)
    )


def _raw(
    db: Session, actor: Actor, row: sa.Row[*tuple[Any, ...]], readings: tuple[ReadingRow, ...]
) -> RawEntry:
    entry: CardEntry = row.CardEntry
    proposed = proposals_on(db, actor, entry)
    uses = uses_of(db, entry.id)
    page = page_of(db, entry)
    return RawEntry(
        id=entry.id,
        main_id=entry.about_id,
        kind=entry.kind,
        review=entry.review,
        held=bool(row.is_held),
        theme_id=row.theme_id,
        theme=both_names(row.theme, row.young_title),
        icon=row.icon,
        commitment_id=entry.commitment_id,
        sent_at=entry.sent_at,
        waits_since=entry.waits_since,
        dealt_at=entry.dealt_at,
        thinks=row.thinks or "",
        wants=row.wants or "",
        language=entry.language,
        translated=entry.translated,
        translated_by=row.teller or "",
        needs_translator=entry.needs_translator,
        feeling=entry.feeling,
        flags=tuple(entry.flag_list),
        hints=tuple(Hint(value) for value in entry.hints),
        again=entry.again,
        kept_unread=entry.kept_unread,
        taken_back_at=entry.withdrawn_at,
        out=entry.released_at is not None,
        on_card=entry.place is not None,
        not_again=actor.person_id in not_again(db, entry),
        card=(row.card_thinks or "", row.card_wants or ""),
        uses=uses,
        decided=decisions_on(db, entry),
        others_here=tuple(others_at(db, actor, entry)),
        left=acts_for_the_team(db, actor, entry.id),
        shut=why_not_to_write(db, actor, entry),
        came_back="" if has_read(db, actor, entry) else not_read(db, actor, entry),
        typed_by=row.typist or "",
        read_back=entry.read_back,
        about=asked_about(db, entry),
        about_page=page.page if page else "",
        answer_to=page.name or "" if page else "",
        about_policy=policy_of(db, entry),
        settled=settled_of(db, entry),
        summary=summary_of(db, entry),
        hold=hold_on(db, entry),
        wishes=wishes_on(db, actor, entry),
        proposal=next((one for one in proposed if one.kind not in BESIDE), None),
        beside=tuple(one for one in proposed if one.kind in BESIDE),
        refused=refused_steps(db, entry),
        questions=questions_on(db, entry),
        letters=letters_beside(db, actor, entry),
        replies=replies_to(db, entry),
        read_first=() if row.is_held else first_to_read(db, actor, entry, for_others=bool(uses)),
        readings=readings,
        worries=worries_about(db, entry),
    )
