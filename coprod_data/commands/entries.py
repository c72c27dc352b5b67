"""What a young person does with an entry: send it, answer about it, keep its card."""

import re
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.entries_code_steps import wait_to_hand_over
from coprod_data.commands.entries_keeping import (
    keep_original,
    keep_words,
    must_have_duty,
    open_card,
    sent_before,
)
from coprod_data.commands.entries_wish_steps import keep_wish
from coprod_data.commands.event_log import record
from coprod_data.commands.heard_tally import add_to_tally
from coprod_data.models import CardEntry, CardHolder, EntryQuestion, EntrySummary, RoomWords
from coprod_data.permissions import Actor, Invalid, NotFound, Permission, Refused
from coprod_data.rules.texts import ONLY_SIGNS, optional_text, says_something
from coprod_data.rules.who_is_meant import NOTHING_SAID, SaidAbout
from coprod_data.scopes.entries import own
from coprod_data.scopes.join_codes import session_sent_from
from coprod_data.store.card_codes import (
    Digests,
    NewCode,
    spell_stored,
)
from coprod_data.store.keys import Keys
from coprod_data.vocabulary.entries import ConsentUse, EntryKind, Feeling, QuestionKind, Review
from coprod_data.vocabulary.entry_care import AboutUs
from coprod_data.vocabulary.events import EventKind
from coprod_data.vocabulary.heard import HeardGroup

TIME_OVER = "We do not have these words any more."
_LANGUAGE = re.compile(r"[^\W\d_][\w -]{1,11}")


@dataclass(frozen=True)
class Wish:
    """How somebody who wants to talk can be reached, and when that is safe."""

    first_name: str
    how: str
    when_safe: str


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
    code: NewCode,
    theme_id: int | None,
    thinks: str,
    wants: str,
    feeling: int | None,
    uses: frozenset[ConsentUse],
    language: str = "en",
    typed: bool = False,
    read_back: bool | None = None,
    wish: Wish | None = None,
    about_us: AboutUs | None = None,
    meant: frozenset[int] = frozenset(),
    closed_to: frozenset[int] = frozenset(),
    join_code: str = "",
    room: bool = False,
    heard: frozenset[HeardGroup] = frozenset(),
) -> SentEntry:
    """Keep a young person's words on the open card of a theme, and return their card code.

    Nothing is refused for what it says. `theme_id` null means "I don't know". `typed` is for a
    worker who writes with a young person; `read_back` says whether they agreed the words. `code` is
    the form's, made before this transaction so that no other writer waits for it. The same form
    once more gives the same entry and the same code. `wish` is how to reach whoever wants to talk;
    `about_us` and `meant`, ids of people of the two teams, say whom it is about: they never see it,
    nor do those of `closed_to`, from whom an earlier card of the same form is kept. With the
    `join_code` of a session it belongs to that session, if the code still counts; if not, the words
    are kept all the same. `room` says that they may be on the screen in that room today. `heard`
    are the broad groups that somebody says they are in: added to the tally, joined to nothing.
    Raises NobodyOnDuty, Invalid.
    """
    actor.must(Permission.ENTRIES_TYPE if typed else Permission.ENTRIES_SEND)
    thinks, wants = optional_text(thinks, "thinks"), optional_text(wants, "wants")
    if not thinks and not wants:
        raise Invalid("Write what you think, or what you want.", field="thinks")
    if not says_something(thinks + wants):
        raise Invalid(ONLY_SIGNS, field="thinks" if thinks else "wants")
    if feeling is not None and feeling not in set(Feeling):
        raise Invalid("Choose one of the five faces, or none.", field="feeling")
    if not _LANGUAGE.fullmatch(language):
        raise Invalid("Say the language in one word.", field="language")
    must_have_duty(db, actor)
    keys: Keys = db.info["keys"]
    if before := sent_before(db, form_id):
        spelt = spell_stored(form_id, before.code_key, before.code_words, keys, before.code_hash)
        return SentEntry(before.id, spelt, again=True)
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
        about_us=about_us,
        meant=meant,
        closed_to=closed_to,
        session_id=session_sent_from(db, join_code, actor.at),
    )
    entry.code_hash, entry.code_key, entry.code_words = code.digest, code.key, code.length
    if room and entry.session_id is not None:
        db.add(RoomWords(entry_id=entry.id, session_id=entry.session_id))
    if typed:
        wait_to_hand_over(db, actor, entry, form_id)
    record(db, actor, EventKind.ENTRY_SENT, entry)
    if wish is not None:
        keep_wish(
            db, actor, entry, first_name=wish.first_name, how=wish.how, when_safe=wish.when_safe
        )
    if not typed:
        add_to_tally(db, actor, heard)
    return SentEntry(entry.id, code.words, again=False)


def answer_question(
    db: Session,
    actor: Actor,
    question_id: int,
    *,
    agreed: bool | None,
    words: str,
    form_id: str,
    uses: frozenset[ConsentUse] = frozenset(),
    about: SaidAbout = NOTHING_SAID,
) -> None:
    """Answer what the team asked: yes or no counts at once, words become an entry to be checked.

    `uses` says who may read the words then; without it only the team. `about` says whom they are
    about. Sending the same answer twice changes nothing. Raises NotFound, NobodyOnDuty, Invalid,
    and Refused when a different answer was given before.
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
        raise Refused(_answered(question))
    if agreed is None and question.kind is not QuestionKind.TALK:
        raise Invalid("Pick yes or no.", field="agreed")
    if not words and (agreed is None or question.while_held):  # a bare no is on no list
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
            uses=uses,
            about=about,
        )
        question.answer_id = answer.id
    question.answered_at, question.agreed = actor.at, agreed
    if question.kind is QuestionKind.SUMMARY and question.summary_id is not None:
        _settle_summary(db, actor, question.summary_id, agreed=bool(agreed))
    elif entry.review is Review.ASKED_BACK:
        entry.review, entry.dealt_at, entry.waits_since = Review.IN_REVIEW, None, actor.at
    record(db, actor, EventKind.ENTRY_ANSWERED, question)


def hold_card(db: Session, actor: Actor, digests: Digests) -> int:
    """Add the card of this code to a young person's own cards. Returns the entry's id.

    `digests` are the code's, made before this transaction so that no other writer waits for them.
    Raises NotFound for an unknown code, and Refused for a card that was taken back.
    """
    actor.must(Permission.ENTRIES_HOLD_CARD)
    entry = db.scalar(
        sa.select(CardEntry).where(
            CardEntry.about_id.is_(None),
            sa.tuple_(CardEntry.code_key, CardEntry.code_hash).in_(digests),
        )
    )
    if entry is None:
        raise NotFound("We do not know that code. Check each word and try again.", field="code")
    if entry.withdrawn_at is not None:
        over = entry.review is Review.TIME_OVER
        raise Refused(TIME_OVER if over else "You took this card back.", field="code")
    if db.get(CardHolder, (actor.id, entry.id)) is None:
        db.add(CardHolder(person_id=actor.id, entry_id=entry.id, added_at=actor.at))
        record(db, actor, EventKind.HOLDER_ADDED, entry)
    return entry.id


def _answered(question: EntryQuestion) -> str:
    """Return what is true of a question that takes no answer any more."""
    if question.agreed is not None:
        said = "yes" if question.agreed else "no"
        return f"You said {said} to this before. Write to us if you want to change that."
    if question.answer_id is None:
        return "We have changed our words since you opened this. Please look at the new ones."
    return "You have already answered this. Thank you."


def _own_entry(db: Session, actor: Actor, entry_id: int) -> CardEntry | None:
    return db.scalar(
        sa.select(CardEntry).where(CardEntry.id == entry_id, own(actor)).with_for_update()
    )


def _settle_summary(db: Session, actor: Actor, summary_id: int, *, agreed: bool) -> None:
    summary = db.get_one(EntrySummary, summary_id)
    if agreed:
        summary.agreed_at = actor.at
    else:
        summary.refused_at = actor.at
