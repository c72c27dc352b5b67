"""What a young person does with a card of their own, on the plain page /card and on My cards."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, suppress
from hashlib import sha256

from coprod_data.commands.actions_views import give_view, take_view_back
from coprod_data.commands.entries import answer_question
from coprod_data.commands.entries_codes import keep_code
from coprod_data.commands.entries_consent import change_consent, withdraw_entry
from coprod_data.commands.entries_wishes import take_wish_back, wish_to_talk
from coprod_data.commands.entries_writing_back import write_back
from coprod_data.commands.opportunities_joining import confirm_match
from coprod_data.commands.outcomes import co_sign, say_not_yet
from coprod_data.commands.pulse import give_pulse_on_card
from coprod_data.commands.sessions_dates import answer_days
from coprod_data.permissions import Invalid, NotFound
from coprod_data.queries.entries import FollowedEntry
from coprod_data.queries.entries_marks import entry_of_mark
from coprod_data.queries.settings import Duty
from coprod_data.rules.texts import is_blank
from coprod_data.rules.who_is_meant import SaidAbout
from coprod_data.store.database import Opened
from coprod_data.vocabulary.actions import Face
from coprod_data.vocabulary.entries import ConsentUse
from coprod_data.vocabulary.sessions import SessionReply
from pages.parts.wording import by_words, say
from pages.shared.card_readers import who_keeps
from pages.shared.pulse_said import pulse_of
from pages.shared.put_back import WITH_WORDS
from pages.shared.three_answers import YES, about_us_of, uses_of, wish_of

READ_BY = ("answer", "write", "not_yet")  # what the team reads, and by when they know
YES_OR_NO = {"yes": True, "no": False}
# The fields that identify an answer: the same words to the next question are another answer.
WHOM = "whom"  # ids and answers with spaces between
FORM_FIELDS = (
    "key", "do", "question", "outcome", "job", "agreed", "words", "may_read", "about", WHOM,
)  # fmt: skip
DAY = "day_"  # how the fields of days that suit begin

Said = Mapping[str, str]


def act(
    opened: AbstractContextManager[Opened], said: Mapping[str, str], entry_id: int | None = None
) -> None:
    """Do what `said["do"]` names, with the actor's own card or what they were invited to.

    The other fields belong to that act. Raises NotFound, Invalid, Refused. The same call again
    changes nothing.
    """
    do = _ACTS.get(said.get("do", ""))
    if do is None:
        raise Invalid(say("error.unknown"))
    with opened as (db, actor):
        do((db, actor), said, (actor.entry_id if entry_id is None else entry_id) or 0)


def _answer(one: Opened, said: Said, _card_id: int) -> None:
    answer_question(
        *one,
        _number(said, "question"),
        agreed=YES_OR_NO.get(said.get("agreed", "")),
        words=said.get("words", ""),
        form_id=_form_id(said),
        uses=_ticked(said, ConsentUse.BOARD),
        about=_about(said),
    )


def _write(one: Opened, said: Said, card_id: int) -> None:
    write_back(
        *one,
        card_id,
        words=said.get("words", ""),
        form_id=_form_id(said),
        uses=_ticked(said, ConsentUse.BOARD),
        about=_about(said),
    )


def _offer(one: Opened, said: Said, _card_id: int) -> None:
    yes = YES_OR_NO.get(said.get("agreed", ""))
    if yes is None:
        raise Invalid(say("offer.empty"), field="offer")
    confirm_match(*one, _number(said, "invitation"), yes=yes)


def _meet(one: Opened, said: Said, _card_id: int) -> None:
    if said.get("answer") not in list(SessionReply):
        raise Invalid(say("meet.empty"), field="days")
    picked = (name.removeprefix(DAY) for name in said if name.startswith(DAY))
    answer_days(
        *one,
        _number(said, "session"),
        answer=SessionReply(said["answer"]),
        date_ids=[int(number) for number in picked if number.isdecimal() and len(number) < 10],
    )


def _sign(one: Opened, said: Said, _card_id: int) -> None:
    co_sign(*one, _number(said, "outcome"))


def _not_yet(one: Opened, said: Said, _card_id: int) -> None:
    say_not_yet(
        *one,
        _number(said, "outcome"),
        reason=said.get("words", ""),
        form_id=_form_id(said),
        uses=_ticked(said, ConsentUse.WORK),
        about=_about(said),
    )


def _view(one: Opened, said: Said, card_id: int) -> None:
    if said.get("face") not in list(Face):
        raise Invalid(say("job.empty"), field="face")
    give_view(
        *one,
        _number(said, "job"),
        face=Face(said["face"]),
        words=said.get("words", ""),
        form_id=_form_id(said),
        entry_id=card_id,
        uses=_ticked(said, ConsentUse.BOARD),
        about=_about(said),
    )


def _view_back(one: Opened, said: Said, _card_id: int) -> None:
    take_view_back(*one, _number(said, "job"))


def _pulse(one: Opened, said: Said, _card_id: int) -> None:
    give_pulse_on_card(*one, pulse_of(said))


def _consent(one: Opened, said: Said, card_id: int) -> None:
    uses = uses_of(said.get("board", ""), said.get("public", ""))
    opened = None
    if "opened" in said:
        opened = frozenset(use for use in ConsentUse if use in said["opened"].split())
    change_consent(*one, card_id, uses=uses, opened=opened)


def _stop(one: Opened, said: Said, _card_id: int) -> None:
    """Take away who may read one answer; it is found only if it is their own."""
    answer = entry_of_mark(*one, said.get("answer", ""))
    change_consent(*one, answer or 0, uses=frozenset())


def _wish(one: Opened, said: Said, card_id: int) -> None:
    wish = wish_of(
        talk=YES,
        first_name=said.get("first_name", ""),
        reach=said.get("reach", ""),
        number=said.get("number", ""),
        day=said.get("day", ""),
        when_safe=said.get("when_safe", ""),
    )
    if wish is not None:
        wish_to_talk(
            *one,
            card_id,
            first_name=wish.first_name,
            how=wish.how,
            when_safe=wish.when_safe,
            about=_about(said),
        )


def _wish_back(one: Opened, _said: Said, card_id: int) -> None:
    """Take a wish back. The card reads the same whether there was one or not."""
    with suppress(NotFound):
        take_wish_back(*one, card_id)


def _keep_code(one: Opened, _said: Said, _card_id: int) -> None:
    keep_code(*one)


def _take_back(one: Opened, _said: Said, card_id: int) -> None:
    withdraw_entry(*one, card_id)


_ACTS: dict[str, Callable[[Opened, Said, int], None]] = {
    "answer": _answer,
    "write": _write,
    "offer": _offer,
    "meet": _meet,
    "sign": _sign,
    "not_yet": _not_yet,
    "view": _view,
    "view_back": _view_back,
    "pulse": _pulse,
    "consent": _consent,
    "stop": _stop,
    "wish": _wish,
    "wish_back": _wish_back,
    "keep_code": _keep_code,
    "take_back": _take_back,
}


def done_words(
    do: str, now: Duty | None, entry: FollowedEntry | None = None, *, words: str = ""
) -> str:
    """Return the sentence that is true once an act of this name is done.

    `entry` is the card as it is then, `words` what was written with it. What is written is
    read by a day only while somebody is there.
    """
    if do == "not_yet" and is_blank(words):
        return say("outcome.not_yet_done")
    if do == "wish_back" and entry is not None:
        return say("talk.back_done" + who_keeps(entry))
    if do != "wish":
        saved = _DONE.get(do, "card.saved")
        if do not in READ_BY or entry is None or now is None or not now.takes_words:
            return say(saved)
        if entry.for_nobody:
            return say(f"{saved}_by_nobody")
        lead = "_lead" if entry.for_safeguarding else ""
        return say(f"{saved}_by{lead}", by=by_words(now.reads_by, now.opening_day, now.today))
    if now is None or not now.takes_words:
        return say("talk.saved_shut")
    if entry is not None and entry.for_nobody:
        return say("talk.saved_nobody")
    return say("talk.saved", by=by_words(now.reads_by, now.opening_day, now.today))


_DONE = {
    "pulse": "pulse.done",
    "write": "card.saved_words",
    "keep_code": "card.code_kept",
    "wish_back": "talk.back_done",
    "view_back": "job.back_done",
    "take_back": "take_back.done",
    "consent": "card.changed",
    "stop": "card.changed",
}


def _ticked(said: Said, use: ConsentUse) -> frozenset[ConsentUse]:
    """Return the use that a tick beside a box of words allows; without the tick none."""
    return frozenset({use}) if said.get("may_read") == YES else frozenset()


def _about(said: Said) -> SaidAbout:
    """Return whom their words are about, as it is ticked below a box.

    Raises Invalid for a tick without a word: nobody would be asked to read it, and it must not be
    lost.
    """
    about = SaidAbout(*about_us_of(said.get("about") == YES, said.get(WHOM, "").split()))
    if about.about_us and said.get("do") in WITH_WORDS and is_blank(said.get("words", "")):
        raise Invalid(say("error.about_words"), field="words")
    return about


def _number(said: Said, name: str) -> int:
    value = said.get(name, "")
    return int(value) if value.isdecimal() and len(value) < 10 else 0


def _form_id(said: Said) -> str:
    """Return the id of this answer: a double press has the same id, changed words a new one."""
    parts = (said.get(name, "") for name in FORM_FIELDS)
    return "card:" + sha256("\x1f".join(parts).encode()).hexdigest()
