"""How far a young person's card is, in plain steps, each of them true for this card."""

from dataclasses import dataclass

from coprod_data.queries.entries import FollowedEntry
from coprod_data.queries.opportunities_joining import OfferRow
from coprod_data.queries.outcomes import MyOutcome
from coprod_data.vocabulary.entries import ConsentUse
from coprod_data.vocabulary.outcomes import OutcomeProgress
from pages.parts.wording import by_words, date_words, say
from pages.shared.card_readers import who_reads


@dataclass(frozen=True)
class Step:
    """One of the steps of a card; `state` is done, now or to_come."""

    title: str
    words: str
    state: str


def steps_of(
    entry: FollowedEntry,
    offers: tuple[OfferRow, ...] = (),
    outcomes: tuple[MyOutcome, ...] = (),
) -> tuple[Step, ...]:
    """Return how far an entry is. Steps that it will never take are left out.

    As long as people are working on it, that is the card's step, even if it has had an answer.
    """
    agreed = any(offer.answer == "yes" for offer in offers)
    at_work = (entry.working or agreed) and not entry.together
    reached = 4 if at_work else 3 if entry.kept and entry.step < 5 else entry.step
    out = entry.released_at is not None
    happened = (True, entry.step >= 2, out or entry.kept, at_work or entry.together, reached == 5)
    stays = entry.kept or entry.personal or entry.closed
    # Nobody takes up words that only the team reads.
    unseen = not (at_work or entry.together or entry.uses & {ConsentUse.BOARD, ConsentUse.SUMMARY})
    told = (
        (say("place.sent"), say("place.sent_words", day=date_words(entry.sent_at))),
        (say("place.reading"), _reading(entry)),
        _board(entry),
        (say("place.working"), _working(entry, offers)),
        _last(entry, outcomes, reached=reached, stays=stays or unseen),
    )
    steps = []
    for number, (title, words) in enumerate(told, start=1):
        if number < reached and happened[number - 1]:
            steps.append(Step(title, words, "done"))
        elif number == reached:
            steps.append(Step(title, words, "done" if number == 5 else "now"))
        elif number > reached and not ((stays and number in (3, 4)) or (unseen and number == 4)):
            shown = words if number in (2, 4, 5) else ""
            steps.append(Step(title, shown, "to_come"))
    return tuple(steps)


def _reading(entry: FollowedEntry) -> str:
    if entry.personal:
        return say("place.personal")
    if entry.asked:
        return say("place.asked")
    if entry.read:
        return say("place.reading_done")
    if entry.for_nobody:
        return f"{say('reader.by_nobody')} {say('nobody.call')}"
    if entry.late:
        return say("place.reading_late")
    lead = who_reads(entry)
    if entry.reading and entry.opening_day is None:  # nobody reads at this moment otherwise
        return say("place.reading_now" + lead)
    # Somebody has opened it, but nobody is here: its own day may be over.
    by = max(entry.read_by, entry.opening_day or entry.read_by) if entry.reading else entry.read_by
    return say("place.reading_words" + lead, by=by_words(by, entry.opening_day, entry.today))


def _board(entry: FollowedEntry) -> tuple[str, str]:
    if entry.kept:
        lead = who_reads(entry)
        return say("place.kept" + lead), say("place.kept_words" + lead)
    titles = {"_nobody": "place.nobody", "_lead": "place.lead"}
    team = say(titles.get(who_reads(entry), "place.team"))
    again = entry.released_at is not None  # let out before, for a use that was taken away
    if entry.board_reads:
        shared = entry.shared_on
        month = shared and say("place.board_shared", month=f"{shared:%B %Y}")
        return say("place.board"), month or say("place.board_words")
    if ConsentUse.BOARD in entry.uses:
        if ConsentUse.BOARD in entry.nots:
            return team, say("place.team_not")
        return say("place.board_later" if again else "place.board"), ""
    if entry.summary_reads:
        return say("place.summary"), say("place.summary_words")
    if ConsentUse.SUMMARY in entry.uses:
        if ConsentUse.SUMMARY in entry.nots:
            return team, say("place.team_not")
        return say("place.summary_later" if again else "place.summary"), ""
    return team, say("place.team_words")


def _working(entry: FollowedEntry, offers: tuple[OfferRow, ...]) -> str:
    if any(offer.answer is None for offer in offers):
        return say("place.offered")
    if entry.working:
        return say("place.working_words")
    return say("place.agreed") if any(offer.answer == "yes" for offer in offers) else ""


def _last(
    entry: FollowedEntry, outcomes: tuple[MyOutcome, ...], *, reached: int, stays: bool
) -> tuple[str, str]:
    if entry.together:
        signed = any(
            mine.answer == "signed" and mine.outcome.state is OutcomeProgress.CO_SIGNED
            for mine in outcomes
        )
        if signed:
            return say("place.together"), say("place.together_words")
        return say("place.done"), say("place.done_words")
    if reached == 5:
        answer = say("place.answer_words") if entry.replies else say("place.closed")
        return say("place.answer"), answer
    if stays:
        return say("place.answer"), ""
    return say("place.together"), say("place.together_first")
