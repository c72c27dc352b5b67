"""A copy of a card to keep: what it shows and what its holder wrote, as plain text.

The plain page /card and the page My cards both offer it. It is made from the card as it is shown,
so nothing can be in it that its holder does not see; how to reach them is in neither.
"""

from collections.abc import Iterator

from coprod_data.queries.entries_steps import TalkLine, Told
from coprod_data.queries.outcomes import MyOutcome
from coprod_data.vocabulary.sessions import SessionState
from pages.parts.wording import date_words, say
from pages.shared.card_readers import Part
from pages.shared.young_card import Card

NAME = "my-card.txt"


def copy_of(card: Card, *, council: str, contact: str, today: str) -> str:
    """Return a card as text; `contact` is whom to ask for the rest, or empty."""
    rest = say("copy.rest") if contact else say("copy.rest_council", council=council)
    parts = [[say("copy.title"), f"{council}, {today}"], *_shown(card), [rest, contact]]
    told = ("\n".join(line for line in part if line) for part in parts)
    return "\n\n".join(part for part in told if part) + "\n"


def _shown(card: Card) -> Iterator[list[str]]:
    entry = card.entry
    if entry.time_over:
        yield [say("place.time_over"), say("place.time_over_words")]
        return
    if entry.withdrawn:
        yield [say("place.taken_back"), say("place.taken_back_words")]
        return
    yield [
        say("card.sent_on", day=date_words(entry.sent_at)),
        f"{say('card.put_with')}: {entry.theme_title}",
        say(f"feeling.{entry.feeling}") if entry.feeling else "",
    ]
    yield [_title("card.said"), entry.thinks]
    if entry.wants:
        yield [_title("card.better"), entry.wants]
    yield [" ".join(card.again)]
    yield [_title("card.where")]
    for step in card.steps:
        yield [f"{step.title} ({say(f'card.{step.state}')})", step.words]
    yield from _meetings(card)
    yield from _waiting(card)
    yield from _followed(card)
    if entry.talk:
        yield [_title("talks.title")]
    for line in entry.talk:
        yield _line(card, line)
    yield from _read(card)


def _meetings(card: Card) -> Iterator[list[str]]:
    for meeting in card.meetings:
        off = meeting.state is SessionState.CANCELLED
        why = [say("meet.off_because" if off else "meet.moved"), meeting.why]
        place = meeting.place
        said = (place.name, place.address, place.getting_there) if place else ()
        yield [
            _title("meet.off" if off else "meet.title"), meeting.title,
            *(card.when(day) for day in meeting.days),
            *(why if meeting.why else []),
            *said, *(place.good_to_know if place else ()),
            card.answered(meeting),
        ]  # fmt: skip


def _waiting(card: Card) -> Iterator[list[str]]:
    for asked in card.entry.questions:
        yield [
            _title("question.title"), card.question(asked), card.asks(asked),
            asked.thinks, asked.wants, asked.summary,
        ]  # fmt: skip
    for offer in card.offers:
        title = "offer.with" if offer.answer == "yes" else "offer.title"
        if offer.answer in ("yes", None):
            wording = offer.wording
            yield [
                _title(title), ", ".join(filter(None, (offer.member, offer.job))), wording.title,
                wording.help_wanted, wording.when_and_how, wording.time_needed,
                wording.power_shared, wording.support, wording.expenses,
            ]  # fmt: skip


def _followed(card: Card) -> Iterator[list[str]]:
    for mine in card.outcomes:
        yield [_title("outcome.title" if mine.may_sign else f"outcome.{mine.outcome.state}")] + (
            _outcome(mine)
        )
    if card.jobs:
        yield [_title("job.title")]
    for job in card.jobs:
        face = say("job.you_said", face=say(f"job.{job.face}").lower()) if job.face else ""
        yield [job.title, say("job.see"), job.will_see, face]


def _outcome(mine: MyOutcome) -> list[str]:
    told = mine.outcome
    said = [] if not told.you_said else [
        say("outcome.you_said"), told.you_said, say("outcome.with"), told.worked_with,
        say("outcome.changed"),
    ]  # fmt: skip
    answer = say(f"outcome.you_{mine.answer}") if mine.answer else ""
    return [told.title, *said, told.what_changed, answer]


def _line(card: Card, line: TalkLine) -> list[str]:
    day = date_words(line.at)
    match line.told:
        case Told.REPLIED:
            return [f"{say('talks.we_said')} ({day}):", line.text]
        case Told.ASKED:
            if line.agreed is None or line.answered_at is None:
                return [f"{say('talks.we_asked')} ({day}):", line.text]
            answer = "talks.said_yes" if line.agreed else "talks.said_no"
            said = say(answer, day=date_words(line.answered_at))
            return [f"{say('talks.we_asked')} ({day}):", line.text, said]
        case _:
            if not line.text:
                return []
            return [f"{say('talks.you_said')} ({day}):", line.text, " ".join(card.reads(line))]


def _read(card: Card) -> Iterator[list[str]]:
    if card.seen:
        yield [_title("sees.title"), *(_whole(one.read) for one in card.seen)]
    if card.entry.summary_reads and card.entry.summary:
        yield [say("sees.summary"), card.entry.summary.text]
    yield [_title("reads.title")]
    for reader in card.readers:
        yield [f"{reader.who}: {say(f'reads.{reader.answer}')}", reader.words, reader.because]


def _whole(parts: tuple[Part, ...]) -> str:
    return "".join(part.text for part in parts)


def _title(name: str) -> str:
    return say(name).upper()
