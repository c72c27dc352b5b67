"""What a young person allows and asks when they write: who may read it, who should talk to them.

The form /share, the card, My cards and Add an entry all ask the same and read it here.
"""

from collections.abc import Collection, Iterable

from coprod_data.commands.entries import Wish
from coprod_data.permissions import Invalid
from coprod_data.queries.teams import TeamName
from coprod_data.rules.reaching import has_whole_number, is_a_name, too_few_digits
from coprod_data.rules.texts import optional_text
from coprod_data.vocabulary.entries import ConsentUse
from coprod_data.vocabulary.entry_care import AboutUs
from pages.parts.wording import say

YES, SUMMARY, NO = "yes", "summary", "no"  # in the order in which they are asked, none before
BOARD_ANSWERS = (YES, SUMMARY, NO)
REACHED = {  # for whoever opens the wish
    "call": "Call",
    "text": "Text",
    "school": "At school or college",
    "worker": "Through their worker",
}
# What is missing to reach somebody, by the name that its sentence has in the catalogue.
WAY, NUMBER, WHOLE, SCHOOL, WORKER, NAME = "way", "number", "whole", "school", "worker", "name"
MISSING = {
    WAY: "how", NUMBER: "the number", WHOLE: "the whole number", SCHOOL: "which school and day",
    WORKER: "which worker", NAME: "their name",
}  # fmt: skip
SOMEBODY_ELSE, NOT_SAID = "somebody_else", "not_said"
LONGEST = {"first_name": 120, "number": 120, "day": 120, "when_safe": 240}  # letters
MOST_READERS = 3  # more names than these are "the Youth Voice Team"


def uses_of(board: str, public: str) -> frozenset[ConsentUse]:
    """Return what the answers allow: nothing chosen is no, and everyone only beside the Board."""
    if board == YES:
        everyone = {ConsentUse.PUBLIC} if public == YES else set()
        return frozenset({ConsentUse.BOARD, *everyone})
    return frozenset({ConsentUse.SUMMARY}) if board == SUMMARY else frozenset()


def board_answer(uses: Collection[ConsentUse]) -> str:
    """Return which of the three answers an entry has now."""
    if ConsentUse.BOARD in uses:
        return YES
    return SUMMARY if ConsentUse.SUMMARY in uses else NO


def wish_of(
    *,
    talk: str,
    first_name: str,
    reach: str,
    number: str,
    day: str,
    when_safe: str,
    sent_anyway: bool = False,
) -> Wish | None:
    """Return the wish to talk to somebody, if there is one.

    Whoever tells how to reach them and has not said no, wants to be reached. Raises Invalid where
    something is too long. It is raised too where something is missing without which nobody can
    reach them, unless it is `sent_anyway`: no card is lost for that. Then the wish holds all they
    told, and what is to be asked on their card. What they wrote for another way than the one they
    chose is kept beside it.
    """
    number, day = " ".join(number.split()), " ".join(day.split())
    asked = {"call": number, "text": number, "school": day, "worker": day}
    detail = asked.get(reach, number or day)
    other = day if detail == number else number
    told = reach in REACHED or bool(detail)
    if talk == NO or (talk != YES and not told):
        return None
    typed = {"first_name": first_name, "number": number, "day": day, "when_safe": when_safe}
    for name, longest in LONGEST.items():
        optional_text(typed[name], name, longest)
    missing = _missing(reach, detail, first_name)
    if missing and not sent_anyway:
        raise Invalid(" ".join(say(f"talk.no_{one}") for one in missing), field="reach")
    how = ": ".join(part for part in (REACHED.get(reach, ""), detail) if part)
    if missing:
        how = f"{how}. {missing_words(missing)}" if how else missing_words(missing)
    if other:
        how = f"{how}\nThey wrote this too: {other}"
    return Wish(first_name=first_name, how=how, when_safe=when_safe)


def missing_words(missing: Iterable[str]) -> str:
    """Return what somebody did not say of how to reach them, for whoever opens the wish."""
    return f"They did not say {' or '.join(MISSING[one] for one in missing)}. Ask on their card."


def _missing(reach: str, detail: str, first_name: str) -> list[str]:
    """Return what is missing to reach somebody: a whole number, or a name and where it is known."""
    if reach not in REACHED:
        return [WHOLE] if too_few_digits(detail) else [] if detail else [WAY]
    if reach in ("call", "text"):
        some = any(sign.isdecimal() for sign in detail)
        return [] if has_whole_number(detail) else [WHOLE if some else NUMBER]
    where = SCHOOL if reach == "school" else WORKER
    return ([] if is_a_name(detail) else [where]) + ([] if first_name.strip() else [NAME])


def about_us_of(ticked: bool, whom: Iterable[str]) -> tuple[AboutUs | None, frozenset[int]]:
    """Return what was said of whom it is about, and the ids of those who never see it.

    Somebody named counts without the tick. A tick and no name is read as "I do not want to say":
    then only safeguarding reads it.
    """
    chosen = set(whom)
    ids = frozenset(int(one) for one in chosen if one.isdecimal() and len(one) < 10)
    if NOT_SAID in chosen:
        return AboutUs.NOT_SAID, ids
    if ids:
        return AboutUs.NAMED, ids
    if SOMEBODY_ELSE in chosen:
        return AboutUs.SOMEBODY_ELSE, ids
    return (AboutUs.NOT_SAID if ticked else None), ids


def readers_words(teams: Iterable[TeamName]) -> str:
    """Return who reads first and is there, by first name where they are few: "Amara or Ben"."""
    names = sorted({one.name.split()[0] for one in teams if one.reads_first and one.there})
    return " or ".join(names) if 0 < len(names) <= MOST_READERS else ""
