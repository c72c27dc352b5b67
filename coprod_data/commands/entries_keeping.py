"""Keeping what a young person wrote: each of their texts becomes an entry that must be checked.

Any command may call these functions. They record nothing in the log; the calling command does.
"""

import re

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.event_log import record
from coprod_data.models import (
    CardEntry,
    CardHolder,
    Consent,
    Draft,
    EntryMeant,
    EntryVersion,
    Person,
    PromiseTheme,
    ReportCard,
    RoleGrant,
)
from coprod_data.permissions import Actor, ActorKind, Invalid, NotFound, Permission, Refused, Role
from coprod_data.rules.languages import language_of
from coprod_data.rules.texts import required_text
from coprod_data.rules.who_is_meant import Named
from coprod_data.rules.who_is_meant import meant as meant_in
from coprod_data.rules.word_flags import Flags, flags_in
from coprod_data.scopes.duty import somebody_on_duty
from coprod_data.scopes.entries import own
from coprod_data.scopes.held_cards import held_beside
from coprod_data.scopes.presence import DRAFT_FORM
from coprod_data.scopes.promise import theme_in_force
from coprod_data.scopes.second_person import members
from coprod_data.store.card_codes import form_digest
from coprod_data.vocabulary.entries import ConsentUse, EntryKind, Feeling, Flag, Hint, VersionKind
from coprod_data.vocabulary.entry_care import AboutUs
from coprod_data.vocabulary.events import EventKind
from coprod_data.vocabulary.labels import labelled
from coprod_data.vocabulary.report_cards import STANDING

_FORM_ID = re.compile(r"[\w:.-]{8,120}", re.ASCII)


class NobodyOnDuty(Refused):
    """No safeguarding lead, deputy or stand-in is named and present."""


def keep_words(
    db: Session,
    actor: Actor,
    *,
    kind: EntryKind,
    about_id: int | None,
    theme_id: int | None,
    text: str,
    form_id: str,
    uses: frozenset[ConsentUse] = frozenset(),
) -> CardEntry:
    """Keep the text that a young person added to a choice, and return its entry.

    With `about_id` it belongs to that entry of theirs and shares its card and code, and `theme_id`
    is not asked for; while other words there are on hold, it is on hold with them. Without, it is
    by itself on the theme's open card, and the young person with an account becomes its holder.
    `uses` is who may read it. The same form once more gives the
    entry of before. Raises NobodyOnDuty, NotFound, Invalid, Refused.
    """
    actor.must(Permission.ENTRIES_OWN)
    main = None if about_id is None else _own_entry(db, actor, about_id)
    words = required_text(text, "words", "Write something first.")
    must_have_duty(db, actor)
    if before := sent_before(db, form_id):
        return before
    entry = keep_original(
        db,
        actor,
        form_id=form_id,
        card=(
            open_card(db, actor, theme_id)
            if main is None
            else db.get_one(ReportCard, main.report_card_id)
        ),
        thinks=words,
        wants="",
        kind=kind,
        about_id=about_id,
        uses=uses,
        language="en" if main is None else main.language,
    )
    if main is None and actor.kind is ActorKind.PERSON:
        db.add(CardHolder(person_id=actor.id, entry_id=entry.id, added_at=actor.at))
        db.flush()
    return entry


def keep_original(
    db: Session,
    actor: Actor,
    *,
    form_id: str,
    card: ReportCard,
    thinks: str,
    wants: str,
    uses: frozenset[ConsentUse],
    language: str,
    kind: EntryKind = EntryKind.WORDS,
    about_id: int | None = None,
    feeling: int | None = None,
    typed_by_id: int | None = None,
    read_back: bool | None = None,
    about_us: AboutUs | None = None,
    meant: frozenset[int] = frozenset(),
) -> CardEntry:
    """Write an entry with its sealed original and its consents. Pass cleaned texts."""
    key = db.info["keys"].newest
    found = flags_in(thinks, wants)
    named = meant_in(f"{thinks}\n{wants}", _staff(db))
    if language == "en" and (guess := language_of(thinks, wants)).other:
        language = guess.name.removesuffix(" script")[:12]
    entry = CardEntry(
        kind=kind,
        report_card_id=card.id,
        about_id=about_id,
        held_with_id=None if about_id is None else held_beside(db, about_id),
        form_hash=form_digest(form_id, key),
        sent_at=actor.at,
        typed_by_id=typed_by_id,
        read_back=read_back,
        language=language,
        feeling=feeling,
        flags=[flag.value for flag in (*found.strong, *([Flag.ABOUT_US] if named.maybe else []))],
        hints=[hint.value for hint in _hints(found, language, feeling)],
        about_us=about_us,
        waits_since=actor.at,
    )
    db.add(entry)
    db.flush()
    _close_to(db, entry, meant & team_members(db) | named.certain)
    db.add(
        EntryVersion(
            entry_id=entry.id,
            number=1,
            kind=VersionKind.ORIGINAL,
            thinks=thinks or None,
            wants=wants or None,
            made_at=actor.at,
            made_by_id=typed_by_id,
        )
    )
    db.add_all(
        Consent(entry_id=entry.id, use=use, given_at=actor.at, recorded_by_id=typed_by_id)
        for use in sorted(uses)
        if use is not ConsentUse.PUBLIC or ConsentUse.BOARD in uses
    )
    db.flush()
    return entry


def _close_to(db: Session, entry: CardEntry, people: frozenset[int]) -> None:
    """Close an entry to those it may be about, with the one it belongs to and all beside it.

    Rules ask what was said of an entry and of the one it belongs to, so that what is written there
    closes the whole card, with the wish to talk. What these people have typed over any of it goes.
    """
    if entry.about_id is not None:
        in_turn(db, f"meant {entry.about_id}")
    for number in {entry.id, entry.about_id or entry.id}:
        there = sa.select(EntryMeant.person_id).where(EntryMeant.entry_id == number)
        db.add_all(
            EntryMeant(entry_id=number, person_id=person_id)
            for person_id in sorted(people - set(db.scalars(there)))
        )
    if people:
        main_id = entry.about_id or entry.id
        family = sa.select(CardEntry.id).where(
            sa.or_(CardEntry.id == main_id, CardEntry.about_id == main_id)
        )
        about = [Draft.subject.startswith(f"{number}:") for number in db.scalars(family)]
        db.execute(
            sa.delete(Draft).where(
                Draft.form == DRAFT_FORM, Draft.person_id.in_(people), sa.or_(*about)
            )
        )


def team_members(db: Session) -> set[int]:
    """Return the people of the two teams that read words, by id."""
    return members(db, Role.YOUTH_VOICE) | members(db, Role.SAFEGUARDING)


def _staff(db: Session) -> list[Named]:
    """Return every account holder whom an entry may be about; young people may be named."""
    young = sa.exists().where(
        RoleGrant.person_id == Person.id,
        RoleGrant.role == Role.YOUNG_PERSON,
        RoleGrant.ended_at.is_(None),
    )
    rows = db.execute(sa.select(Person.id, Person.name).where(~young).order_by(Person.id))
    return [Named(person_id, name) for person_id, name in rows]


def _hints(found: Flags, language: str, feeling: int | None) -> list[Hint]:
    hints = [Hint.WEAK_WORDS] if found.weak or found.read_with_care else []
    if language.casefold() not in ("en", "english"):
        hints.append(Hint.LANGUAGE)
    if feeling == Feeling.REALLY_BAD:
        hints.append(Hint.REALLY_BAD)
    return hints


def sent_before(db: Session, form_id: str) -> CardEntry | None:
    """Return the entry that this form has already made; the same form sent again waits its turn.

    Raises Invalid for a value that cannot be a form's id.
    """
    if not _FORM_ID.fullmatch(form_id):
        raise Invalid(
            "This form is too old to send. Open the page again. Your words will still be there."
        )
    digests = [form_digest(form_id, key) for key in db.info["keys"].all]
    in_turn(db, digests[-1])
    return db.scalar(sa.select(CardEntry).where(CardEntry.form_hash.in_(digests)))


def open_card(db: Session, actor: Actor, theme_id: int | None) -> ReportCard:
    """Return the card that collects a theme's words, opening one if there is none.

    No theme means "I don't know" and uses the catch-all. For a theme of an earlier Promise it uses
    the theme that young people know by the same name, else the catch-all, so that words sent from
    an old page are never lost. Raises Invalid, and Refused while no Promise is adopted.
    """
    in_turn(db, "open cards")
    theme = theme_now(db, theme_id)
    card = db.scalar(
        sa.select(ReportCard).where(ReportCard.theme_id == theme.id, ReportCard.state.in_(STANDING))
    )
    if card is None:
        card = ReportCard(theme_id=theme.id, opened_at=actor.at)
        db.add(card)
        record(db, actor, EventKind.CARD_OPENED, card)
    return card


def must_have_duty(db: Session, actor: Actor) -> None:
    """Check that somebody is on duty. Every box that could take a child's words asks here first.

    Raises NobodyOnDuty.
    """
    if not somebody_on_duty(db, actor.at):
        raise NobodyOnDuty(
            "Nobody is on duty to read this yet. Call Childline on 0800 1111, or 999 in danger."
        )


def in_turn(db: Session, what: str) -> None:
    """Let one transaction at a time pass this point. SQLite has only one writer anyway."""
    if db.get_bind().dialect.name == "postgresql":
        db.execute(sa.select(sa.func.pg_advisory_xact_lock(sa.func.hashtextextended(what, 0))))


def _own_entry(db: Session, actor: Actor, entry_id: int) -> CardEntry:
    entry = db.scalar(
        sa.select(CardEntry).where(
            CardEntry.id == entry_id, CardEntry.about_id.is_(None), own(actor)
        )
    )
    if entry is None:
        raise NotFound("We cannot find that card.")
    if entry.withdrawn_at is not None:
        raise Refused("You took this card back. You can send a new one.")
    return entry


def theme_now(db: Session, theme_id: int | None) -> PromiseTheme:
    """Return the theme in force for one that was chosen, as `open_card` finds it."""
    asked = None if theme_id is None else db.get(PromiseTheme, theme_id)
    if theme_id is not None and asked is None:
        raise Invalid("Choose what this is about.", field="theme_id")
    alike = sa.false() if asked is None else PromiseTheme.young_title == asked.young_title
    theme = db.scalar(
        sa.select(PromiseTheme)
        .where(theme_in_force(), sa.or_(alike, PromiseTheme.catch_all))
        .order_by(PromiseTheme.catch_all, PromiseTheme.position)
        .limit(1)
    )
    if theme is None:
        raise Refused(labelled("There is no Promise yet to put this under. Ask an administrator."))
    return theme
