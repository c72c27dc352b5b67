"""The action plan for templates: rows of the queries as the values that templates need."""

from datetime import date

from coprod_data.queries.actions import ActionRow
from coprod_data.queries.actions_detail import MilestoneRow
from coprod_data.queries.actions_progress import CommitmentProgress
from coprod_data.rules.due_days import days_to, due_named, due_says
from coprod_data.vocabulary.actions import (
    TOO_FEW,
    WITHOUT_EVIDENCE,
    CommitmentState,
    DueKind,
    Rag,
    Stage,
)
from coprod_data.vocabulary.outcomes import OutcomeProgress
from pages.parts.times import in_month, on
from pages.shared.evidence import with_links

HERE = "/actions"
STAFF_WORDS: dict[Rag | Stage, str] = {
    Rag.GREEN: "on track",
    Rag.AMBER: "at risk",
    Rag.RED: "off track",
    Stage.AGREED: "agreed, not started",
    Stage.IN_PROGRESS: "no RAG rating",
    Stage.DONE: "done (staff view)",
    Stage.VERIFIED: "done together",
    Stage.ON_HOLD: "on hold",
}


def commitment_values(row: CommitmentProgress) -> dict[str, object]:
    """Return a commitment for `commitment.html`."""
    kept = row.state is CommitmentState.KEPT
    return {
        "reference": row.reference,
        "wording": row.wording,
        "state": row.state,
        "part": row.met if not kept else 1,
        "whole": row.whole if not kept else 1,
        "detail": _detail(row),
        "drift": f"No movement for {row.drift} days" if row.tier else "",
        "late": f"{row.late} late" if row.late else "",
        "unshown": f"{row.unshown} without evidence" if row.unshown else "",
        "tier": row.tier,
        "staff": [
            (said, f"{row.staff[said]} {word}")
            for said, word in STAFF_WORDS.items()
            if said in row.staff
        ],
        **faces(row),
        "href": f"{HERE}?commitment={row.id}" if row.live else None,
    }


def action_values(row: ActionRow) -> dict[str, object]:
    """Return an action for `action.html`, `action_views.html` and `action_facts.html`."""
    return {
        "title": row.title,
        "will_see": row.will_see,
        "stage": row.stage,
        "rag": row.rag,
        "rag_reason": row.rag_reason if row.rag else "",
        "owner": row.owner,
        "owner_left": row.owner_left,
        "service": row.service,
        "due": due_words(row),
        "due_says": due_says(row.due_in),
        "late": row.past_due,
        "worked_on_by": worked_on_by(row),
        "met": row.met,
        "whole": row.whole,
        "met_words": milestones_met(row.met, row.whole),
        "unshown": WITHOUT_EVIDENCE if row.without_evidence else "",
        "drift": row.drift,
        "tier": row.tier,
        "disputed": OutcomeProgress.DISPUTED if row.disputed else None,
        "gap": row.gap,
        "staff_say": row.staff_say,
        "dropped": dropped_words(row),
        "staff_when": f"{row.staff_name}, {on(row.staff_on)}" if row.staff_on else "",
        **faces(row),
        "young_say": row.young_say,
        "young_when": in_month(row.young_month) if row.young_month else "",
        "href": f"{HERE}?action={row.id}",
    }


def dropped_words(row: ActionRow) -> str:
    """Return what a dropped action reads as, with who dropped it; nothing for any other."""
    if row.stage is not Stage.DROPPED:
        return ""
    return "Turned down by the chair" if row.turned_down else "Dropped by the chair"


def milestone_values(row: MilestoneRow, today: date) -> dict[str, object]:
    """Return a milestone for `milestones.html`."""
    if row.met_on:
        when = f"Met {on(row.met_on)}, says {row.met_by}" if row.met_by else f"Met {on(row.met_on)}"
    else:
        says = due_says(days_to(row.due_on, today))
        when = f"{on(row.due_on)}: {says}" if row.due_on else "No date yet"
    return {
        "title": row.title, "state": row.state, "when": when, "evidence": with_links(row.evidence),
        "corrected": row.corrected,
    }  # fmt: skip


def milestones_met(met: int, whole: int) -> str:
    """Return how many milestones are met, as a sentence without its full stop."""
    if not whole:
        return "No milestones yet"
    if whole == 1:
        return "Its one milestone is met, with evidence" if met else "Its one milestone is not met"
    return f"{met} of {whole} milestones met, with evidence"


def due_words(row: ActionRow) -> str:
    """Return a plan's own words for a date, and the date they mean; the first date stays beside a
    new one.
    """
    now = due_text(row.due_on, row.due_kind, row.due_wording)
    if row.first_due_on is None and not row.first_due_wording:
        return now
    return f"{now} (was {due_text(row.first_due_on, DueKind.DAY, row.first_due_wording)})"


def due_text(due_on: date | None, kind: DueKind, wording: str) -> str:
    """Return a date in the words of the plan, with the day or month they mean."""
    day = due_named(due_on, kind) or "No date yet"
    if not wording:
        return day
    return f"{wording} (b{day[1:]})" if kind is DueKind.QUARTER else f"{wording} ({day})"


def worked_on_by(row: ActionRow) -> str:
    """Return who does the work."""
    who = row.worked_on_by.words
    return f"{who}: {row.together_with}" if row.together_with else who


def faces(row: ActionRow | CommitmentProgress) -> dict[str, object]:
    """Return the face to show, and who says so and when it was counted; else why there is none."""
    if row.face is None or row.face_of is None or row.face_month is None:
        return {"young_face": None, "young_who": f"{TOO_FEW}."}
    who = f"{row.face_of.words}, at the end of {in_month(row.face_month)}"
    return {"young_face": row.face, "young_who": who}


def _detail(row: CommitmentProgress) -> str:
    if row.state is CommitmentState.NOT_ASSESSED:
        return "No action has been agreed for this yet, so we cannot say how it is going."
    evidence = (
        f"{milestones_met(row.met, row.whole)}."
        if row.whole
        else "No milestones yet, so we cannot say how far it has got."
    )
    first, *others = row.owners.values()
    who = first if not others else f"{first} and {len(others)} more"
    if row.live == 1:
        signed = f"Its one action is {'' if row.verified else 'not yet '}done together."
    else:
        signed = f"{row.verified} of {row.live} actions done together."
    if row.by_code:
        signed = signed.removesuffix(".") + f" ({row.by_code} by card code only)."
    return f"{evidence} {signed} {who} {'are' if others else 'is'} responsible."
