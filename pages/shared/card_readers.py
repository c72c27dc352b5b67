"""Who can read a young person's card now, and what they see: only what is true at this moment."""

from collections.abc import Iterator
from dataclasses import dataclass

from coprod_data.permissions import Invalid
from coprod_data.queries.entries import FollowedEntry
from coprod_data.queries.entries_steps import OpenQuestion, TalkLine
from coprod_data.rules.redaction import spans_of
from coprod_data.vocabulary.entries import ConsentUse, QuestionKind
from coprod_data.vocabulary.entry_care import Again
from pages.parts.wording import say

BOARD, SUMMARY, PUBLIC = ConsentUse.BOARD, ConsentUse.SUMMARY, ConsentUse.PUBLIC
WORK = ConsentUse.WORK


@dataclass(frozen=True)
class Reader:
    """One of those who may read a card. `answer` is yes, no, wait or other (other words).

    `words` says why, `because` goes on in the team's words.
    """

    who: str
    answer: str
    words: str
    because: str = ""


@dataclass(frozen=True)
class Part:
    """A piece of words; `hidden` where the Board sees a role instead."""

    text: str
    hidden: bool


@dataclass(frozen=True)
class Seen:
    """One of the two boxes of a card, as it was written and as the Board reads it."""

    wrote: tuple[Part, ...]
    read: tuple[Part, ...]

    @property
    def hidden(self) -> bool:
        """Say whether something is hidden."""
        return any(part.hidden for part in self.read)


def who_reads(entry: FollowedEntry) -> str:
    """Return the end of the names of sentences that are others where the team does not read it."""
    if entry.for_nobody:
        return "_nobody"
    return "_lead" if entry.for_safeguarding else ""


def who_keeps(entry: FollowedEntry) -> str:
    """Return the end of the names of sentences about the copy that is kept to keep people safe."""
    return "_nobody" if entry.for_nobody else ""


def readers_of(entry: FollowedEntry) -> tuple[Reader, ...]:
    """Return who can read it, one row each for those who check it, the Board and everyone."""
    return (_team(entry), _board(entry), _everyone(entry))


def again_words(entry: FollowedEntry) -> tuple[str, str]:
    """Return why the team reads it once more, and how that goes on in the team's words."""
    if entry.again is Again.ALLOWED:
        return say("again.allowed"), ""
    if entry.again is Again.RECALLED and entry.again_because:
        return say("again.recalled"), entry.again_because
    return (say("again.worried"), "") if entry.again else ("", "")


def reads_line(entry: FollowedEntry, line: TalkLine) -> tuple[str, str]:
    """Return who reads one line of an author's own words, and how that goes on in our words."""
    if line.board_reads:
        return say("talks.board_reads"), ""
    if line.work_reads:
        return say("talks.work_reads"), ""
    if BOARD in line.uses and BOARD in line.nots:
        return say("reads.board_not"), line.nots[BOARD]
    if WORK in line.uses and WORK in line.nots:
        return say("talks.work_not"), line.nots[WORK]
    return say(("talks.waits" if line.uses else "talks.team_reads") + who_reads(entry)), ""


def asked_words(entry: FollowedEntry, question: OpenQuestion) -> str:
    """Return what a question is about: a wording or a summary, and whether the Board reads it."""
    if question.kind is QuestionKind.WORDING:
        return f"{say('question.wording')} {say('question.wording_see')}"
    if question.kind is not QuestionKind.SUMMARY:
        return ""
    if entry.summary_reads:
        return say("question.summary_out")
    return say("question.summary_see" if {BOARD, SUMMARY} & entry.uses else "question.summary_kept")


def seen_by_board(entry: FollowedEntry) -> tuple[Seen, ...]:
    """Return what the Board reads of an author's own words; empty while it reads none of them."""
    if not entry.board_reads:
        return ()
    pairs = ((entry.thinks, entry.shown_thinks), (entry.wants, entry.shown_wants))
    return tuple(_seen(wrote, shown) for wrote, shown in pairs if wrote)


def _team(entry: FollowedEntry) -> Reader:
    if entry.for_nobody:
        return Reader(say("nobody.who"), "wait", f"{say('nobody.first')} {say('reader.by_nobody')}")
    if entry.unsaid:
        return Reader(say("reads.lead"), "yes", say("reads.lead_words"))
    if entry.for_safeguarding:
        return Reader(say("reads.lead"), "yes", say("reads.lead_about_team"))
    who = say("reads.team")
    # The same for every card: a carer who has the code must not see that somebody was named.
    return Reader(who, "yes", say("reads.team_words"))


def _board(entry: FollowedEntry) -> Reader:
    who = say("reads.board")
    if entry.board_reads:
        more = f" {say('reads.summary_beside')}" if entry.summary_reads else ""
        return Reader(who, "yes", say("reads.board_yes") + more)
    if BOARD in entry.uses:
        if BOARD in entry.nots:
            return Reader(who, "no", say("reads.board_not"), entry.nots[BOARD])
        return _ended(entry, who) or Reader(who, "wait", say("reads.first"))
    if SUMMARY not in entry.uses:
        return Reader(who, "no", say("reads.not_yes"))
    if entry.summary_reads:
        return Reader(who, "other", say("reads.summary_yes"))
    if SUMMARY in entry.nots:
        return Reader(who, "no", say("reads.summary_not"), entry.nots[SUMMARY])
    if ended := _ended(entry, who):
        return ended
    if any(one.kind is QuestionKind.SUMMARY for one in entry.questions):
        return Reader(who, "wait", say("reads.asked"))
    if entry.summary and entry.summary.agreed is False:
        return Reader(who, "no", say("reads.said_no"))
    if entry.summary and entry.summary.agreed:
        return Reader(who, "wait", say("reads.first"))
    return Reader(who, "wait", say("reads.ask_first"))


def _everyone(entry: FollowedEntry) -> Reader:
    who = say("reads.public")
    if entry.public_reads:
        return Reader(who, "yes", say("reads.public_yes"))
    if PUBLIC not in entry.uses:
        return Reader(who, "no", say("reads.not_yes"))
    if PUBLIC in entry.nots:
        told = say("reads.public_not" if entry.board_reads else "reads.public_with_board")
        return Reader(who, "no", told, entry.nots[PUBLIC])
    return _ended(entry, who) or Reader(who, "wait", say("reads.first"))


def _ended(entry: FollowedEntry, who: str) -> Reader | None:
    """Return that nobody else reads it, where it went to a worker or was closed with a reply."""
    if entry.personal:
        return Reader(who, "no", say("reads.personal"))
    return Reader(who, "no", say("reads.closed")) if entry.closed else None


def _seen(wrote: str, shown: str) -> Seen:
    try:
        spans = spans_of(wrote, shown)
    except Invalid:  # an older wording, made before hiding was the only change
        return Seen((Part(wrote, False),), (Part(shown, shown != wrote),))
    mine, theirs, at = [], [], 0
    for span in spans:
        plain = wrote[at : span.start]
        mine += [Part(plain, False), Part(span.hidden, True)]
        theirs += [Part(plain, False), Part(f"[{span.role}]", True)]
        at = span.end
    rest = Part(wrote[at:], False)
    return Seen(tuple(_filled([*mine, rest])), tuple(_filled([*theirs, rest])))


def _filled(parts: list[Part]) -> Iterator[Part]:
    return (part for part in parts if part.text)
