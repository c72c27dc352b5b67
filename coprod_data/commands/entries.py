"""What a young person does with an entry: send it, answer about it, share it, take it back."""

import re
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.entries_keeping import (
    keep_original,
    keep_words,
    must_have_duty,
    open_card,
    sent_before,
)
from coprod_data.commands.entries_rules import open_hold, with_its_words
from coprod_data.commands.entries_steps import (
    erase_words,
    index_again,
    stop_waiting,
    wait_to_hand_over,
)
from coprod_data.commands.event_log import record
from coprod_data.models import CardEntry, CardHolder, Consent, EntryQuestion, EntrySummary
from coprod_data.permissions import Actor, Invalid, NotAllowed, NotFound, Permission, Refused
from coprod_data.rules.texts import clean, optional_text
from coprod_data.scopes.entries import own
from coprod_data.store.card_codes import (
    Digests,
    NewCode,
    code_digests,
    new_code,
    spell_stored,
)
from coprod_data.store.keys import Keys
from coprod_data.vocabulary.entries import ConsentUse, EntryKind, Feeling, QuestionKind, Review
from coprod_data.vocabulary.events import EventKind

_LANGUAGE = re.compile(r"[^\W\d_][\w -]{1,11}")


@dataclass(frozen=True)
class SentEntry:
    """What the sender is shown. `again` says that this same form was sent before."""

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
    code: NewCode | None = None,
) -> SentEntry:
    """Keep a young person's words on the open card of a theme, and return their card code.

    Nothing is refused because of what it says. `theme_id` None means "I don't know". `typed` is set
    when a worker writes for a young person; `read_back` says whether they agreed the words. `code`
    belongs to the form; make it before this transaction, because it is slow and other writers would
    wait. Sending the same form again gives the same entry and the same code. Raises NobodyOnDuty,
    Invalid.
    """
    actor.must(Permission.ENTRIES_TYPE if typed else Permission.ENTRIES_SEND)
    thinks, wants = optional_text(thinks, "thinks"), optional_text(wants, "wants")
    if not thinks and not wants:
        raise Invalid("Write what you think, or what you want.", field="thinks")
    if feeling is not None and feeling not in set(Feeling):
        raise Invalid("Choose one of the five faces, or none.", field="feeling")
    if not _LANGUAGE.fullmatch(language):
        raise Invalid("Say the language in one word.", field="language")
    must_have_duty(db, actor)
    keys: Keys = db.info["keys"]
    if before := sent_before(db, form_id):
        return SentEntry(
            before.id, spell_stored(form_id, before.code_key, before.code_words, keys), again=True
        )
    code = code or new_code(form_id, keys)
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
    entry.code_hash, entry.code_key, entry.code_words = code.digest, code.key, code.length
    if typed:
        wait_to_hand_over(db, actor, entry, form_id)
    record(db, actor, EventKind.ENTRY_SENT, entry)
    return SentEntry(entry.id, code.words, again=False)


def withdraw_entry(db: Session, actor: Actor, entry_id: int) -> None:
    """Take back an entry and all words that belong to it. It disappears from every view at once.

    The words are erased, except those on hold: they stay sealed with the safeguarding lead until
    the hold ends. A worker may do it for a young person who asks. A second call changes nothing.
    Raises NotFound.
    """
    actor.must(Permission.ENTRIES_OWN, Permission.ENTRIES_WITHDRAW_FOR)
    entry = _own_or_asked(db, actor, entry_id)
    taken = [one for one in with_its_words(db, entry) if one.withdrawn_at is None]
    if not taken:
        return
    for one in taken:
        one.withdrawn_at = actor.at
    erase_words(db, [one for one in taken if open_hold(db, one) is None])
    stop_waiting(db, taken)
    record(db, actor, EventKind.ENTRY_WITHDRAWN, entry, on_behalf=_on_behalf(actor))
    index_again(db, [one.id for one in taken])


def change_consent(
    db: Session, actor: Actor, entry_id: int, *, uses: frozenset[ConsentUse]
) -> None:
    """Allow exactly these uses from now on. A worker who is asked to do this may only remove uses.

    Raises NotFound, NotAllowed, and Refused once the entry was taken back.
    """
    actor.must(Permission.ENTRIES_OWN, Permission.ENTRIES_WITHDRAW_FOR)
    entry = _own_or_asked(db, actor, entry_id)
    if entry.withdrawn_at is not None or entry.about_id is not None:
        raise Refused("You took this card back. Nobody can read it any more.")
    live = {
        consent.use: consent
        for consent in db.scalars(
            sa.select(Consent).where(Consent.entry_id == entry.id, Consent.withdrawn_at.is_(None))
        )
    }
    given = [use for use in ConsentUse if use in uses and use not in live]
    if given and _on_behalf(actor):
        raise NotAllowed("Only the young person can say yes. They can do it with their card code.")
    ended = [consent for use, consent in live.items() if use not in uses]
    if not given and not ended:
        return
    for consent in ended:
        consent.withdrawn_at = actor.at
    db.add_all(Consent(entry_id=entry.id, use=use, given_at=actor.at) for use in given)
    record(db, actor, EventKind.CONSENT_CHANGED, entry, on_behalf=_on_behalf(actor))


def answer_question(
    db: Session,
    actor: Actor,
    question_id: int,
    *,
    agreed: bool | None,
    words: str,
    form_id: str,
) -> None:
    """Answer what the team asked: yes or no counts at once, words become an entry to be checked.

    Sending the same answer twice changes nothing. Raises NotFound, NobodyOnDuty, Invalid, and
    Refused when a different answer was given before.
    """
    actor.must(Permission.ENTRIES_OWN)
    question = db.get(EntryQuestion, question_id, with_for_update=True)
    entry = None if question is None else _own_entry(db, actor, question.entry_id)
    if question is None or entry is None or entry.withdrawn_at is not None:
        raise NotFound("We cannot find that question.")
    words = optional_text(words, "words")
    if question.answered_at is not None:
        before = sent_before(db, form_id) if words else None
        if question.agreed == agreed and question.answer_id == (before and before.id):
            return
        raise Refused("You have already answered this. Thank you.")
    if agreed is None and question.kind is not QuestionKind.TALK:
        raise Invalid("Pick yes or no.", field="agreed")
    if agreed is None and not words:
        raise Invalid("Write your answer in the box.", field="words")
    if words:
        answer = keep_words(
            db,
            actor,
            kind=EntryKind.ANSWER,
            about_id=entry.about_id or entry.id,
            theme_id=None,
            text=words,
            form_id=form_id,
        )
        question.answer_id = answer.id
    question.answered_at, question.agreed = actor.at, agreed
    if question.kind is QuestionKind.SUMMARY and question.summary_id is not None:
        _settle_summary(db, actor, question.summary_id, agreed=bool(agreed))
    elif entry.review is Review.ASKED_BACK:
        entry.review = Review.IN_REVIEW
    record(db, actor, EventKind.ENTRY_ANSWERED, question)


def hold_card(db: Session, actor: Actor, code: str, *, digests: Digests | None = None) -> int:
    """Add the card of this code to a young person's own cards. Returns the entry's id.

    `digests` are the code's, made before this transaction so that no other writer waits for them.
    Raises NotFound for an unknown code, and Refused for a card that was taken back.
    """
    actor.must(Permission.ENTRIES_HOLD_CARD)
    digests = digests or code_digests(clean(code), db.info["keys"])
    entry = db.scalar(
        sa.select(CardEntry).where(
            CardEntry.about_id.is_(None),
            sa.tuple_(CardEntry.code_key, CardEntry.code_hash).in_(digests),
        )
    )
    if entry is None:
        raise NotFound("We do not know that code. Check each word and try again.", field="code")
    if entry.withdrawn_at is not None:
        raise Refused("You took this card back. Nobody can read it any more.", field="code")
    if db.get(CardHolder, (actor.id, entry.id)) is None:
        db.add(CardHolder(person_id=actor.id, entry_id=entry.id, added_at=actor.at))
        record(db, actor, EventKind.HOLDER_ADDED, entry)
    return entry.id


def _own_entry(db: Session, actor: Actor, entry_id: int) -> CardEntry | None:
    return db.scalar(
        sa.select(CardEntry).where(CardEntry.id == entry_id, own(actor)).with_for_update()
    )


def _own_or_asked(db: Session, actor: Actor, entry_id: int) -> CardEntry:
    entry = _own_entry(db, actor, entry_id)
    if entry is None and actor.may(Permission.ENTRIES_WITHDRAW_FOR):
        entry = db.get(CardEntry, entry_id, with_for_update=True)
    if entry is None:
        raise NotFound("We cannot find that card.")
    return entry


def _on_behalf(actor: Actor) -> str | None:
    return "young_person" if actor.may(Permission.ENTRIES_WITHDRAW_FOR) else None


def _settle_summary(db: Session, actor: Actor, summary_id: int, *, agreed: bool) -> None:
    summary = db.get_one(EntrySummary, summary_id)
    if agreed:
        summary.agreed_at = actor.at
    else:
        summary.refused_at = actor.at
