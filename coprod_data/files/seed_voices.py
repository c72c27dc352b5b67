"""Rows of the sheets about young people's entries and what was done with them, as commands."""

import sqlalchemy as sa

from coprod_data.commands.entries import Wish, answer_question, hold_card, send_entry
from coprod_data.commands.entries_care import end_hold, hold_entry, let_go, tell_of_hold
from coprod_data.commands.entries_checks import ask_back, keep_entry, open_to_read, release_entry
from coprod_data.commands.entries_consent import withdraw_entry
from coprod_data.commands.entries_endings import close_entry, pass_to_worker
from coprod_data.commands.entries_recall import recall_entry, say_worried
from coprod_data.commands.entries_replies import send_reply, write_summary
from coprod_data.commands.entries_second import agree_step
from coprod_data.commands.entries_ties import tie_entry
from coprod_data.commands.entries_translated import say_translated
from coprod_data.commands.entries_wishes import open_wish
from coprod_data.files.csv_in import Row
from coprod_data.files.seed_call import call, one, text, the
from coprod_data.files.seed_council import Council, Steps, form_id, groups_said
from coprod_data.models import CardEntry, CheckStep, ContactWish, EntryQuestion, EntryVersion
from coprod_data.permissions import Actor, ActorKind
from coprod_data.store.card_codes import code_digests, new_code
from coprod_data.vocabulary.entries import ConsentUse, VersionKind
from coprod_data.vocabulary.entry_care import HoldEnd, Told, Translator, WordsTo

ENTRY = the("entry")
ASKED = (ConsentUse.BOARD, ConsentUse.SUMMARY, ConsentUse.PUBLIC)
LANGUAGES = {"English": "en", "Arabic": "ar", "Polish": "pl"}


def _send(council: Council, actor: Actor, row: Row) -> None:
    typed = actor.kind is ActorKind.PERSON
    sent = send_entry(
        council.db,
        actor,
        form_id=form_id(row["entry"]),
        code=new_code(form_id(row["entry"]), council.db.info["keys"]),
        theme_id=council.number(row, "theme"),
        thinks=row["thinks"] or "",
        wants=row["wants"] or "",
        feeling=row["feeling"],
        uses=frozenset(use for use in ASKED if row[use.value]),
        language=LANGUAGES[row["language"]],
        typed=typed,
        read_back=True if typed else None,
        wish=_wish(row),
        heard=groups_said(row),
    )
    council.name("entry", row["entry"], sent.entry_id)
    council.codes[row["entry"]] = sent.code


def _wish(row: Row) -> Wish | None:
    how = row["wish_how"]
    return Wish(row["wish_name"] or "", how, row["wish_when"] or "") if how else None


def _open_wish(council: Council, actor: Actor, row: Row) -> None:
    wish_id = council.db.scalar(
        sa.select(ContactWish.id).where(
            ContactWish.entry_id == council.number(row, "entry"),
            ContactWish.closed_at.is_(None),
            ContactWish.taken_back_at.is_(None),
        )
    )
    if wish_id is None:
        raise row.refused("step", "nobody wants to talk about this entry.")
    open_wish(council.db, actor, wish_id)


def _second_look(council: Council, actor: Actor, row: Row) -> None:
    entry_id = council.number(row, "entry")
    kind = council.db.scalar(
        sa.select(CheckStep.kind).where(
            CheckStep.entry_id == entry_id, CheckStep.settled_at.is_(None)
        )
    )
    if kind is None:
        raise row.refused("step", "nothing waits for a second person here.")
    agree_step(council.db, actor, entry_id, kind)


NO_HARM = "Read twice. There is no harm in it."


def _release(council: Council, actor: Actor, row: Row) -> None:
    entry_id = council.number(row, "entry")
    original = council.db.scalars(
        sa.select(EntryVersion).where(
            EntryVersion.entry_id == entry_id, EntryVersion.kind == VersionKind.ORIGINAL
        )
    ).one()
    release_entry(
        council.db,
        actor,
        entry_id,
        shown_thinks=row["thinks"] or original.thinks or "",
        shown_wants=row["wants"] or original.wants or "",
        why=_why(council, row),
    )


def _why(council: Council, row: Row) -> str:
    """Return why nobody is at risk, where the words ask for it."""
    entry = council.db.get_one(CardEntry, council.number(row, "entry"))
    return NO_HARM if entry.read_with_care else ""


def _agree(council: Council, actor: Actor, row: Row) -> None:
    question_id = council.db.scalar(
        sa.select(EntryQuestion.id)
        .where(
            EntryQuestion.entry_id == council.number(row, "entry"),
            EntryQuestion.answered_at.is_(None),
        )
        .order_by(EntryQuestion.id.desc())
        .limit(1)
    )
    if question_id is None:
        raise row.refused("step", "nobody asked anything about this entry.")
    answer_question(
        council.db, actor, question_id, agreed=True, words="", form_id=form_id("no-words")
    )


def _keep(council: Council, actor: Actor, row: Row) -> None:
    council.number(row, "entry")
    digests = code_digests(council.codes[row["entry"]], council.db.info["keys"])
    hold_card(council.db, actor, digests)


STEPS: Steps = {
    ("card_entries", None): _send,
    ("entry_reviews", "open"): call(open_to_read, ENTRY),
    ("entry_reviews", "release"): _release,
    ("entry_reviews", "second look"): _second_look,
    ("entry_reviews", "between us"): call(keep_entry, ENTRY, why=_why),
    ("entry_reviews", "summary"): call(write_summary, ENTRY, text=text("words")),
    ("entry_reviews", "translated"): call(
        say_translated, ENTRY, translated=one("words", Translator)
    ),
    ("entry_reviews", "tie"): call(tie_entry, ENTRY, commitment_id=the("words", "commitment")),
    ("entry_reviews", "ask"): call(ask_back, ENTRY, text=text("words"), why=_why),
    ("entry_reviews", "agree"): _agree,
    ("entry_reviews", "hold"): call(hold_entry, ENTRY),
    ("entry_reviews", "tell"): call(tell_of_hold, ENTRY, one("words", Told)),
    ("entry_reviews", "end hold"): call(
        end_hold, ENTRY, ending=one("words", HoldEnd), words_to=one("thinks", WordsTo)
    ),
    ("entry_reviews", "pass to worker"): call(pass_to_worker, ENTRY, why=_why),
    ("entry_reviews", "close"): call(close_entry, ENTRY, text=text("words"), why=_why),
    ("entry_reviews", "reply"): call(send_reply, ENTRY, text=text("words")),
    ("entry_reviews", "take back"): call(withdraw_entry, ENTRY),
    ("entry_reviews", "let go"): call(let_go, ENTRY),
    ("entry_reviews", "take in"): call(recall_entry, ENTRY, reason=text("words")),
    ("entry_reviews", "worry"): call(say_worried, ENTRY),
    ("entry_reviews", "open wish"): _open_wish,
    ("entry_reviews", "keep"): _keep,
}
