"""Keeping what a young person wrote: every text of theirs becomes an entry that waits at the gate.

What any command may call. Nothing here tells the log; the command that calls it does.
"""

import re

import sqlalchemy as sa
from sqlalchemy.orm import Session

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
from coprod_data.rules.texts import required_text
from coprod_data.rules.word_flags import flags_in
from coprod_data.scopes.entries import own
from coprod_data.scopes.promise import theme_in_force
from coprod_data.scopes.settings import settings
from coprod_data.store.card_codes import form_digest
from coprod_data.vocabulary.entries import ConsentUse, EntryKind, VersionKind
from coprod_data.vocabulary.events import EventKind
from coprod_data.vocabulary.report_cards import STANDING
from coprod_data.vocabulary.settings import NEEDED_FOR_DUTY

_FORM_ID = re.compile(r"[\w:.-]{8,120}", re.ASCII)


class NobodyOnDuty(Refused):
    """No safeguarding lead, deputy, hours or out-of-hours number is named."""


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
    """Keep a young person's text beside a bare choice of theirs, and return its entry.

    With `about_id` it belongs to that entry of theirs, shares its card, code and consents, and
    `theme_id` and `uses` are not asked for. Without, it stands alone on the theme's open card with
    `uses`, and the young person with an account becomes its holder. The same form once more gives
    the entry of before. Raises NobodyOnDuty, NotFound, Invalid, Refused.
    """
    actor.must(Permission.ENTRIES_OWN)
    main = None if about_id is None else _own_entry(db, actor, about_id)
    words = required_text(text, "words", "Write something first.")
    must_have_duty(db)
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
        uses=uses if main is None else frozenset(),
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
) -> CardEntry:
    """Write an entry with its sealed original and its consents; texts are cleaned already."""
    key = db.info["keys"].newest
    entry = CardEntry(
        kind=kind,
        report_card_id=card.id,
        about_id=about_id,
        form_hash=form_digest(form_id, key),
        sent_at=actor.at,
        typed_by_id=typed_by_id,
        read_back=read_back,
        language=language,
        feeling=feeling,
        flags=[flag.value for flag in flags_in(thinks, wants).strong],
    )
    db.add(entry)
    db.flush()
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
    )
    db.flush()
    return entry


def sent_before(db: Session, form_id: str) -> CardEntry | None:
    """Return the entry that this very form made already; other sends of the form wait their turn.

    Raises Invalid for what cannot be a form's id.
    """
    if not _FORM_ID.fullmatch(form_id):
        raise Invalid("This form is too old to send. Open the page again; your words stay.")
    digests = [form_digest(form_id, key) for key in db.info["keys"].all]
    in_turn(db, digests[-1])
    return db.scalar(sa.select(CardEntry).where(CardEntry.form_hash.in_(digests)))


def open_card(db: Session, actor: Actor, theme_id: int | None) -> ReportCard:
    """Return the card that gathers a theme's words, opening one where there is none.

    No theme means "I don't know" and falls to the catch-all. A theme of an earlier Promise falls
    to the one young people know by the same name, else to the catch-all, so that words sent from
    an old page are never lost. Raises Invalid, and Refused while no Promise is adopted.
    """
    in_turn(db, "open cards")
    theme = _theme_in_force(db, theme_id)
    card = db.scalar(
        sa.select(ReportCard).where(ReportCard.theme_id == theme.id, ReportCard.state.in_(STANDING))
    )
    if card is None:
        card = ReportCard(theme_id=theme.id, opened_at=actor.at)
        db.add(card)
        record(db, actor, EventKind.CARD_OPENED, card)
    return card


def must_have_duty(db: Session) -> None:
    """Go on only when a lead, a deputy, hours and an out-of-hours number stand. Raises
    NobodyOnDuty.
    """
    if not all(settings(db, *NEEDED_FOR_DUTY).values()):
        raise NobodyOnDuty(
            "Nobody is on duty to read this yet. Call Childline on 0800 1111, or 999 in danger."
        )


def in_turn(db: Session, what: str) -> None:
    """Let nobody else pass here until this transaction ends. SQLite has one writer anyway."""
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


def _theme_in_force(db: Session, theme_id: int | None) -> PromiseTheme:
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
        raise Refused("There is no Promise yet to put this under. Ask an administrator.")
    return theme
