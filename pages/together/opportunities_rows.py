"""Opportunities and outcomes for templates: the values that they need of each row."""

from collections.abc import Iterable, Sequence

from coprod_data.queries.opportunities import OpportunityRow
from coprod_data.queries.opportunities_members import MemberRow
from coprod_data.queries.opportunities_silent import SilentRow
from coprod_data.queries.opportunities_sources import FollowingAction, SourceRow, Voice
from coprod_data.queries.outcomes import OutcomeRow
from coprod_data.queries.outcomes_beside import SignatureRow
from coprod_data.queries.outcomes_listed import ListedOutcome
from coprod_data.vocabulary.opportunities import InvitationProgress
from coprod_data.vocabulary.opportunities import OpportunityProgress as P
from coprod_data.vocabulary.outcomes import BY_CODE, KNOWN, OutcomeProgress, Side
from pages.parts.times import days, in_month, on
from pages.together.opportunities_wait import lateness, wait

Shown = dict[str, object]

BY_CODE_ONLY = "young people by card code only"

COMING = {  # who is in, or on the way, and what is still to come
    InvitationProgress.MATCHED: "",
    InvitationProgress.OFFERED: "Offered. Waiting for a young person to say yes.",
    InvitationProgress.SAID: "Said yes in the meeting. They still confirm it themselves.",
}
AWAITED = (P.OPEN, P.OFFERED)
NOBODY, NO_YOUNG = "Nobody yet", "No young person yet"


def head(row: OpportunityRow) -> Shown:
    """Return what opportunity_head.html says under the title of one."""
    return {
        "number": row.id,
        "state": row.state,
        "wait": wait(row) if row.state in AWAITED else None,
        "theme": {"title": row.theme, "icon": row.icon},
    }


def waiting_row(row: OpportunityRow, tiers: Sequence[int]) -> Shown:
    """Return a row of those that wait, for opportunity_row.html; the bar ends behind the last
    tier.
    """
    words, tone = lateness(row)
    most = tiers[-1] * 9 / 8
    told = (row.wording.help_wanted, row.wording.time_needed)
    return {
        "number": row.id,
        "title": row.title,
        "href": f"/opportunities?id={row.id}",
        "theme": {"title": row.theme, "icon": row.icon},
        "help": row.wording.help_wanted,
        "time": row.wording.time_needed,
        "days": f"{days(row.days).capitalize()}{words}",
        "tone": tone,
        "part": min(100 * row.days / most, 100),
        "ticks": [100 * limit / most for limit in tiers],
        "words": (row.voice.thinks or row.voice.wants) if row.voice else None,
        "wants": row.voice.wants if row.voice and row.voice.thinks else "",
        "said_by": said_by(row.voice) if row.voice else "",
        "card": f"/report_cards?id={row.voice.report_card_id}" if row.voice else "",
        "facts": [fact for fact in facts(row) if fact["words"] not in (*told, NOBODY, NO_YOUNG)],
    }


def outcome_line(row: ListedOutcome, state: OutcomeProgress) -> Shown:
    """Return a row for list.html: an outcome in one line."""
    if row.signed_on:
        only = f" ({BY_CODE_ONLY})" if row.by_code else ""
        when = f" Signed in {in_month(row.signed_on)}{only}."
    else:
        when = f" Staff said this was done {days(row.days)}{' ago' if row.days else ''}."
    return {
        "title": row.title,
        "detail": row.what_changed + when,
        "state": state,
        "word": None,
        "href": f"/opportunities?id={row.opportunity_id}",
    }


def silent_line(row: SilentRow) -> Shown:
    """Return a row for list.html: somebody who was asked and has not answered."""
    asked = f"asked {days(row.days)} ago" if row.days else "asked today"
    return {
        "title": row.title,
        "detail": " · ".join(part for part in (row.name, row.job, asked) if part),
        "state": InvitationProgress.INVITED,
        "word": None,
        "href": f"/opportunities?id={row.opportunity_id}",
    }


def spoken(voice: Voice) -> str:
    """Return a young person's words, what they think before what they want."""
    return "\n".join(words for words in (voice.thinks, voice.wants) if words)


def said_by(voice: Voice) -> str:
    """Return who said it and in which month, never more exactly."""
    return f"A young person · {in_month(voice.month)}"


def facts(row: OpportunityRow) -> list[Shown]:
    """Return what people need to know before they join, and who is already in."""
    texts = [
        ("What help is wanted", row.wording.help_wanted, True),
        ("How power is shared", row.wording.power_shared, True),
        ("Time", row.wording.time_needed, False),
        ("When and how", row.wording.when_and_how, False),
        ("Support", row.wording.support, False),
        ("Paid for", row.wording.expenses, False),
        ("Members and officers", members_in(row.members), False),
        ("In the work", young(row), False),
        ("Reviewed by", reviewed(row), False),
    ]
    return [
        {"label": label, "words": words, "whole": whole} for label, words, whole in texts if words
    ]


def reviewed(row: OpportunityRow) -> str:
    """Return which group reviewed it, when it met, and when it looks again."""
    if not row.reviewed_on:
        return ""
    stopped = row.state in (P.PARKED, P.DECLINED, P.OUTCOME_PROPOSED, P.CO_SIGNED)
    again = "" if stopped or not row.review_on else f". It looks again on {on(row.review_on)}"
    return f"{row.reviewed_by}, {on(row.reviewed_on)}{again}"


def members_in(members: Iterable[MemberRow]) -> str:
    """Return who is in, and who offered."""
    said = [
        f"{one.name} ({one.state.words.lower()})" if COMING[one.state] else one.name
        for one in members
        if one.state in COMING
    ]
    return "; ".join(said) or NOBODY


def young(row: OpportunityRow) -> str:
    """Return who is in it, on both sides; how many young people only where the reader may know."""
    if not row.has_young:
        if row.state is P.OFFERED:
            return "Waiting for a young person to say yes"
        return NO_YOUNG
    adults = sum(one.state is InvitationProgress.MATCHED for one in row.members)
    grown = "1 adult" if adults == 1 else f"{adults} adults"
    if row.young is None:
        return f"Young people and {grown}" if adults else "Young people"
    number = "1 young person" if row.young == 1 else f"{row.young} young people"
    return f"{number}, {grown}" if adults else number


def line(row: OpportunityRow) -> Shown:
    """Return a row for list.html: an opportunity that is no longer waiting, in one line."""
    detail = {
        P.MATCHED: f"{members_in(row.members)}. {young(row)}. The work can begin.",
        P.PARKED: reason(row),
        P.DECLINED: reason(row),
        P.SPOTTED: "Suggested. The Youth Voice Team will look at it next.",
        P.REVIEWED: "Reviewed, not open yet.",
    }.get(row.state, f"{members_in(row.members)}. {young(row)}.")
    back = row.disputed and row.state is P.WORKING
    return {
        "title": row.title,
        "detail": detail,
        "state": P.DISPUTED if back else row.state,
        "word": None,
        "href": f"/opportunities?id={row.id}",
    }


def reason(row: OpportunityRow) -> str:
    """Return why it stopped, and when it is looked at again."""
    if not row.reason or not row.review_on:
        return row.reason
    return f"{row.reason} We will look again on {on(row.review_on)}."


def panels(row: OpportunityRow, voices: Sequence[Voice], outcomes: Sequence[OutcomeRow]) -> Shown:
    """Return what card_detail.html needs: you said, who picked it up, what we did together."""
    newest = outcomes[0] if outcomes else None
    people = [one for one in row.members if one.state in COMING]
    return {
        "answers": [],
        "said": [
            {"words": spoken(voice), "said_by": "A young person", "month": in_month(voice.month)}
            for voice in voices
        ],
        "said_empty": "There are no words here that you may read. It came from the source below.",
        "people": [
            {
                "name": one.name,
                "capacity": one.job,
                "note": COMING[one.state] or one.reason,
            }
            for one in people
        ],
        "picked_foot": young(row) if people else "",
        "waiting_days": row.days if row.state in AWAITED else None,
        "done": [newest.what_changed, *newest.actions] if newest else [],
        "done_state": newest.state if newest else None,
        "done_foot": foot(newest) if newest else "",
        "say": {
            "who": "A young person",
            "words": newest.not_yet_words,
            "when": "They said not yet.",
        }
        if newest and newest.not_yet_words
        else None,
    }


def foot(row: OutcomeRow) -> str:
    """Return who has signed and who has still to sign."""
    if row.co_signed_on:
        only = f" ({BY_CODE_ONLY})" if any(one.by_code for one in row.signatures) else ""
        return f"Signed by both sides in {in_month(row.co_signed_on)}{only}"
    if row.state is OutcomeProgress.DISPUTED:
        return "A young person said not yet. The work goes on."
    if Side.YOUNG in row.signed:
        return "A young person has signed. A member or officer has not."
    return "Proposed by staff. A young person has not signed."


def result(row: OutcomeRow) -> Shown:
    """Return an outcome for outcome.html."""
    return {
        "state": row.state,
        "you_said": row.you_said,
        "worked_with": row.worked_with,
        "what_changed": row.what_changed,
        "actions": row.actions,
        "proposed": f"Proposed by {row.proposed_by} on {on(row.proposed_on)}",
        "reworded": f"Reworded on {on(row.reworded_on)}, because a young person took their words "
        "back. It says the same, and the signatures stay."
        if row.reworded_on
        else "",
        "signatures": [signed(one) for one in row.signatures],
        "beside": row.not_yet and row.state is OutcomeProgress.CO_SIGNED,
        "words": row.not_yet_words,
    }


def signed(row: SignatureRow) -> str:
    """Return a signature as a sentence; one on paper or with a card code always says so."""
    when = f"in {in_month(row.on)}" if row.side is Side.YOUNG else f"on {on(row.on)}"
    sentence = f"{row.name}, {row.capacity.words}, {when}"
    if row.by_code:
        return f"{sentence}: {BY_CODE}."
    if row.known:
        return f"{sentence}: {BY_CODE}, {KNOWN}."
    if not row.paper_by:
        return sentence + "."
    if not row.counts:
        return (
            f"{sentence}: on paper, written down by {row.paper_by[0]}. A second worker must agree."
        )
    return f"{sentence}: on paper, written down by {row.paper_by[0]} and {row.paper_by[1]}."


def source(row: SourceRow) -> Shown:
    """Return a source for list.html."""
    kinds = {
        "entry": "An entry on a report card",
        "report_card": "A report card",
        "audit": "The participation audit",
        "idea": "An idea",
        "session": "Found at a session",
    }
    href = f"/report_cards?id={row.report_card_id}" if row.report_card_id else None
    href = f"/sessions?id={row.session_id}" if row.session_id else href
    return {
        "title": row.what, "detail": kinds[row.kind], "state": None, "word": None, "href": href,
    }  # fmt: skip


def following(row: FollowingAction) -> Shown:
    """Return for list.html an action that came out of it."""
    return {
        "title": row.title,
        "detail": "",
        "state": row.rag or row.stage,
        "word": None,
        "href": f"/actions?action={row.id}",
    }


def invited_line(row: MemberRow) -> Shown:
    """Return for list.html somebody who was asked, for those who may see who has not answered."""
    details = [row.job, f"asked {days(row.days)} ago" if row.days else "asked today", row.reason]
    return {
        "title": row.name,
        "detail": " · ".join(part for part in details if part),
        "state": row.state,
        "word": None,
        "href": None,
    }
