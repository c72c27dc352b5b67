"""Keeping what a young person wrote: each of their texts becomes an entry that must be checked.

Any command may call these functions. They record nothing in the log; the calling command does.
"""

import re

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.entries_meant_steps import (
    close_to,
    named_in,
    said_on_card,
    team_members,
)
from coprod_data.commands.event_log import record
from coprod_data.models import (
    CardEntry,
    CardHolder,
    Consent,
    EntryVersion,
    PromiseTheme,
    ReportCard,
)
from coprod_data.permissions import Actor, ActorKind, Invalid, NotFound, Permission, Refused
from coprod_data.rules.languages import language_of
from coprod_data.rules.texts import ONLY_SIGNS, required_text, says_something
from coprod_data.rules.who_is_meant import NOTHING_SAID, SaidAbout
from coprod_data.rules.word_flags import Flags, flags_in
from coprod_data.scopes.duty import somebody_on_duty
from coprod_data.scopes.entries import own
from coprod_data.scopes.held_cards import held_beside
from coprod_data.scopes.promise import theme_in_force
from coprod_data.store.card_codes import form_digest
from coprod_data.vocabulary.entries import ConsentUse, EntryKind, Feeling, Hint, VersionKind
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
    about: SaidAbout = NOTHING_SAID,
) -> CardEntry:
    """Keep the text that a young person added to a choice, and return its entry.

    With `about_id` it belongs to that entry of theirs and shares its card and code, and `theme_id`
    is not asked for; while other words there are on hold, it is on hold with them. Without, it is
    by itself on the theme's open card, and the young person with an account becomes its holder.
    `uses` is who may read it; `about` whom it is about, who then never see the card. The same form
    once more gives the entry of before. Raises NobodyOnDuty, NotFound, Invalid, Refused.
    """
    actor.must(Permission.ENTRIES_OWN)
    main = None if about_id is None else _own_entry(db, actor, about_id)
    words = required_text(text, "words", "Write something first.")
    if not says_something(words):
        raise Invalid(ONLY_SIGNS, field="words")
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
        about_us=about.about_us,
        meant=about.whom,
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
    closed_to: frozenset[int] = frozenset(),
    session_id: int | None = None,
) -> CardEntry:
    """Write an entry with its sealed original and its consents. Pass cleaned texts.

    Those of the two teams among `meant` never see it, nor do those of `closed_to`.
    """
    key = db.info["keys"].newest
    found = flags_in(thinks, wants)
    named = named_in(db, thinks, wants)
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
        flags=[flag.value for flag in found.strong],
        hints=[hint.value for hint in _hints(found, language, feeling)],
        about_us=about_us,
        waits_since=actor.at,
        session_id=session_id,
    )
    db.add(entry)
    db.flush()
    if about_id is not None:
        in_turn(db, f"meant {about_id}")
        said_on_card(actor, db.get_one(CardEntry, about_id), SaidAbout(about_us))
    unseen = meant & team_members(db) | named.certain | closed_to
    close_to(db, entry, unseen, maybe=bool(named.maybe))
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
