"""Rows of the plan and of lists of actions for templates: what both sides say, in a few words."""

from collections.abc import Iterable, Sequence

from coprod_data.queries.actions import ActionRow
from coprod_data.queries.actions_progress import CommitmentProgress
from coprod_data.queries.opportunities_sources import Voice
from coprod_data.rules.due_days import due_says
from coprod_data.vocabulary.actions import (
    TOO_FEW,
    WITHOUT_EVIDENCE,
    CommitmentState,
    DueKind,
    Rag,
    Stage,
    ViewOf,
)
from pages.parts.looks import Look, look, short_name
from pages.parts.times import days, in_month, on
from pages.promise.actions_rows import HERE, due_words, worked_on_by
from pages.shared.lists import address

Shown = dict[str, object]

RATED = {
    Rag.GREEN: Look("On track", "good", "check"),
    Rag.AMBER: Look("At risk", "soon", "flag"),
    Rag.RED: Look("Off track", "alert", "warning"),
}
DONE = Look("Done", "good", "check")
WIDER = {ViewOf.COMMITMENT: "on this commitment", ViewOf.THEME: "on this theme"}
TONES = ("plain", "soon", "alert")


def commitment_row(row: CommitmentProgress, tiers: Sequence[int]) -> Shown:
    """Return a commitment as a row of the plan."""
    wider = row.face_of is ViewOf.THEME
    return {
        "reference": row.reference,
        "wording": row.wording,
        "state": row.state,
        "met": row.met,
        "whole": row.whole,
        "late": _late_actions(row.late),
        "late_steps": f"{row.late_steps} late" if row.late_steps else "",
        "unshown": f"{row.unshown} without evidence" if row.unshown else "",
        "young": look(row.face) if row.face else None,
        "young_of": "on this theme" if row.face and wider else "",
        "too_few": TOO_FEW,
        "staff": _staff(row),
        "staff_off": _staff_off(row),
        "gap": row.gap,
        "gap_words": gap_words(row.gap),
        "owners": short_names(list(row.owners.values())),
        "moved": _moved(row, tiers),
    }


def _late_actions(number: int) -> str:
    return "1 action late" if number == 1 else f"{number} actions late" if number else ""


def opened_values(
    row: CommitmentProgress, actions: Sequence[ActionRow], behind: Iterable[Voice] = ()
) -> Shown:
    """Return what an opened commitment shows: its actions, the newest words, the newest update.

    The words are about one of its actions, else those `behind` them. A face of the whole commitment
    or theme is in the row above, so it is not told again for each action.
    """
    heard = max(
        (one for one in actions if one.young_say), default=None,
        key=lambda one: (one.young_month or one.staff_on, one.id),
    )  # fmt: skip
    words, month = (heard.young_say, heard.young_month) if heard else ("", None)
    if not heard and (newest := max(behind, default=None, key=lambda one: one.month)):
        words, month = newest.thinks or newest.wants, newest.month
    told = max((one for one in actions if one.staff_on), default=None, key=lambda one: one.seen)
    return {
        "actions": [
            {**action_row(one), "wider": one.face is not None and one.face_of in WIDER}
            for one in actions
        ],
        "reference": row.reference,
        "href": address(HERE, commitment=row.id),
        "words": words,
        "words_when": in_month(month) if month else "",
        "newest": told.staff_say if told else "",
        "newest_when": f"{told.staff_name} · {on(told.staff_on)}" if told and told.staff_on else "",
    }


def action_row(row: ActionRow) -> Shown:
    """Return an action as a row of a list."""
    face_of = row.face_of if row.face else None
    proposed = row.stage is Stage.PROPOSED
    return {
        "title": row.title,
        "href": address(HERE, action=row.id),
        "theme": {"title": row.theme, "icon": row.icon},
        "reference": row.reference,
        "owner": row.owner,
        "owner_left": row.owner_left,
        "service": row.service,
        "who": worked_on_by(row),
        "due": due_words(row),
        "short_due": _short_due(row),
        "due_says": due_says(row.due_in),
        "late": row.past_due,
        "unshown": _beside_stage(row),
        "days": days(row.proposed_days if proposed else row.drift),
        "days_of": f"proposed by {row.proposed_by}" if proposed else "",
        "days_tone": TONES[row.tier],
        "owed": proposed or row.stage not in (Stage.VERIFIED, Stage.DROPPED, Stage.ON_HOLD),
        "staff": _staff_of(row),
        "young": look(row.face) if row.face else None,
        "young_of": WIDER.get(face_of, "") if face_of else "",
        "too_few": TOO_FEW,
        "met": row.met,
        "whole": row.whole,
    }


def _staff_of(row: ActionRow) -> Look:
    if row.turned_down:
        return look(row.stage)._replace(word="Turned down")
    return RATED[row.rag] if row.rag else look(row.stage)


def _beside_stage(row: ActionRow) -> str:
    """Return why an action was dropped or held, and who says so; or that evidence is missing."""
    if row.stage not in (Stage.DROPPED, Stage.ON_HOLD) or row.staff_on is None:
        return WITHOUT_EVIDENCE if row.without_evidence else ""
    return f"{row.staff_say} ({row.staff_name}, {on(row.staff_on)})"


def gap_words(gap: int | None) -> str:
    """Return a gap as words for those who do not see its picture."""
    if gap is None:
        return "No comparison yet"
    if not gap:
        return "Both say the same"
    apart = "1 step" if abs(gap) == 1 else f"{abs(gap)} steps"
    better = "staff rate it better" if gap > 0 else "young people rate it better"
    return f"{apart} apart: {better}"


def short_names(names: Sequence[str]) -> list[str]:
    """Return one name in full, else two with initials and how many more."""
    if len(names) < 2:
        return list(names)
    first, second = (short_name(name) for name in names[:2])
    more = f" +{len(names) - 2}" if len(names) > 2 else ""
    return [first, second + more]


def _short_due(row: ActionRow) -> str:
    """Return the day only, of an action whose date is a day and the one it was agreed with."""
    moved = row.first_due_on is not None or row.first_due_wording
    return on(row.due_on) if row.due_on and row.due_kind is DueKind.DAY and not moved else ""


def _staff(row: CommitmentProgress) -> Look | None:
    view = row.staff_view
    if view is None:
        return None
    if not any(rag in row.staff for rag in Rag):
        return DONE
    return RATED[view]


def _staff_off(row: CommitmentProgress) -> str:
    """Return how many actions are off track, where the view of the commitment does not say so."""
    off = row.staff.get(Rag.RED, 0)
    return f"{off} off track" if off and row.staff_view not in (None, Rag.RED) else ""


def _moved(row: CommitmentProgress, tiers: Sequence[int]) -> Shown:
    """Return when something moved last: a pill of days, or words where nothing is owed."""
    if row.state is CommitmentState.KEPT and row.moved_on:
        return {"days": "", "tone": "", "words": f"Signed in {in_month(row.moved_on)}"}
    if row.moved_on is None or row.state is CommitmentState.ON_HOLD:
        return {"days": "", "tone": "", "words": "–"}
    tone = TONES[min(sum(row.drift >= limit for limit in tiers), 2)]
    return {"days": days(row.drift), "tone": tone, "words": ""}
