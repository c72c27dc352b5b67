"""Report cards for templates: plain values, months instead of days."""

from collections.abc import Mapping

from coprod_data.queries.entries_released import Words
from coprod_data.queries.report_cards import CardRow
from coprod_data.queries.report_cards_rows import CardDetail, CardOpportunity, CardOutcome, Voice
from coprod_data.vocabulary.labels import labelled
from coprod_data.vocabulary.outcomes import OutcomeProgress
from coprod_data.vocabulary.report_cards import CardProgress
from pages.parts.times import days, in_month, on

SOMEBODY = "A young person"
ALONE = "What they wrote first is not shown here"
SAID_FIRST = 2


def card(row: CardRow, *, adult: bool) -> dict[str, object]:
    """Return a row of the gallery; its words are counted as entries, as one person may send two.

    Adults read their own name for the theme beside young people's.
    """
    other = row.theme.casefold() != row.young_theme.casefold()
    return {
        "title": row.title,
        "theme": {"title": row.young_theme, "icon": row.icon},
        "adults_theme": row.theme if adult and other else "",
        "state": row.state,
        "words": row.words or None,
        "said_by": entries(row.voices) if row.voices else "No words released yet",
        "month": in_month(row.month),
        "href": f"/report_cards?id={row.id}",
    }


def entries(count: int) -> str:
    """Return how many entries there are."""
    return "1 entry" if count == 1 else f"{count} entries"


def sent_back(detail: CardDetail) -> CardOutcome | None:
    """Return the newest outcome that a young person sent back in words that may be read."""
    disputed = [one for one in detail.outcomes if one.state is OutcomeProgress.DISPUTED]
    return next((one for one in disputed if one.say), None)


def panels(detail: CardDetail) -> dict[str, object]:
    """Return the three panels and the young person's last word."""
    picked = [
        (one, person) for one in detail.opportunities for person in one.people if person.confirmed
    ]
    waiting = [one.waiting_days for one in detail.opportunities if one.waiting_days is not None]
    done, state = _done(detail)
    disputed = sent_back(detail)
    return {
        "said": [
            {
                "words": voice.thinks or voice.wants,
                "said_by": SOMEBODY,
                "month": in_month(voice.month),
            }
            for voice in detail.voices[:SAID_FIRST]
        ],
        "said_empty": "No words can be shown here yet.",
        "people": [
            {"name": person.name, "capacity": person.job, "note": one.title}
            for one, person in picked
        ],
        "picked_foot": f"Picked up in {in_month(picked[-1][1].on)}" if picked else "",
        "waiting_days": max(waiting) if waiting else None,
        "done": done,
        "done_state": state,
        "done_foot": _done_foot(detail.outcomes),
        "answers": [
            {
                "words": one.text,
                "who": f"{one.by}, {one.job}" if one.job else one.by,
                "when": on(one.on),
            }
            for one in detail.answers
        ],
        "say": disputed
        and {
            "who": SOMEBODY,
            "words": disputed.say,
            "when": f"Said in {in_month(disputed.on)}.",
        },
    }


def voices(
    detail: CardDetail, names: Mapping[int, str], marks: Mapping[int, str]
) -> list[dict[str, object]]:
    """Return every voice, own words before any summary, with a link to suggest an opportunity.

    What was written later to words that this reader may not read is by itself, and says so.

    `names` says what an entry is called, for those who choose one below; `marks` what stands for
    it in that link, for those who may suggest.
    """
    quoted: list[dict[str, object]] = [
        {
            "thinks": voice.thinks,
            "wants": voice.wants,
            "later": voice.later,
            "summary": "",
            "agreed": False,
            "feeling": voice.feeling,
            "said_by": SOMEBODY,
            "month": in_month(voice.month),
            "note": _note(voice, names),
            "href": f"/opportunities?new=1&entry={marks[voice.entry_id]}" if marks else None,
        }
        for voice in detail.voices
    ]
    alone: list[dict[str, object]] = [
        {
            "thinks": "",
            "wants": "",
            "later": (voice.thinks,),
            "summary": "",
            "agreed": False,
            "feeling": None,
            "said_by": SOMEBODY,
            "month": in_month(voice.month),
            "note": " · ".join(filter(None, (_note(voice, names), ALONE))),
            "href": None,
        }
        for voice in detail.alone
    ]
    return [*quoted, *alone] + [
        {
            "thinks": "",
            "wants": "",
            "summary": summary.text,
            "agreed": summary.agreed,
            "feeling": None,
            "said_by": SOMEBODY,
            "month": in_month(summary.month),
            "note": names.get(summary.entry_id, ""),
            "href": None,
        }
        for summary in detail.summaries
    ]


def _note(voice: Voice, names: Mapping[int, str]) -> str:
    about = f"About commitment {voice.reference}" if voice.reference else ""
    return " · ".join(part for part in (names.get(voice.entry_id, ""), about) if part)


def match(found: Words) -> dict[str, object]:
    """Return words that a search found, with their theme."""
    return {
        "thinks": found.thinks,
        "wants": found.wants,
        "summary": "",
        "agreed": False,
        "feeling": None,
        "said_by": SOMEBODY,
        "month": in_month(found.month),
        "note": found.theme,
        "href": None,
    }


def opportunity(one: CardOpportunity, *, may_open: bool) -> dict[str, object]:
    """Return an opportunity to work on the card together as a row of a list."""
    names = ", ".join(person.name for person in one.people if person.confirmed)
    offers = ", ".join(person.name for person in one.people if not person.confirmed)
    if names:
        detail = f"With {names}"
    elif offers:
        detail = f"{offers} offered. Waiting for a young person to say yes"
    else:
        detail = f"Waiting for one of us, {days(one.waiting_days)}" if one.waiting_days else ""
    return {
        "title": one.title,
        "detail": detail,
        "state": one.state,
        "word": None,
        "href": f"/opportunities?id={one.id}" if may_open else None,
    }


def shared_with(detail: CardDetail) -> str:
    """Return since when a card collects, who reads it now, and which meetings it was brought to.

    The Board reads words as soon as they are let out, long before a card is brought to it.
    """
    if not detail.shared:
        month = in_month(detail.opened_on)
        collects = detail.state is CardProgress.GATHERING
        since = f"Collecting since {month}." if collects else f"Opened in {month}."
        if detail.board_reads:
            reads = labelled("Board members can read it. Not yet brought to a Board meeting.")
        else:
            reads = labelled(
                "Board members cannot read it yet. Not yet brought to a Board meeting."
            )  # fmt: skip
        return f"{since} {reads}"
    given = " and ".join(f"the {body.words} on {on(day)}" for body, day in detail.shared)
    return f"Brought to {given}."


def _done(detail: CardDetail) -> tuple[list[str], OutcomeProgress | None]:
    signed = [one.what_changed for one in detail.outcomes if one.state is OutcomeProgress.CO_SIGNED]
    if signed:
        return signed, OutcomeProgress.CO_SIGNED
    if detail.outcomes:
        return [one.what_changed for one in detail.outcomes], detail.outcomes[0].state
    return [], OutcomeProgress.WE_DID if detail.answers else None


def _done_foot(outcomes: tuple[CardOutcome, ...]) -> str:
    signed = next((one for one in outcomes if one.state is OutcomeProgress.CO_SIGNED), None)
    if signed:
        return f"Signed by both sides in {in_month(signed.on)}"
    return "Waiting for a young person to sign" if outcomes else ""
