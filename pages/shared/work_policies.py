"""What policies wait for, as words."""

from coprod_data.queries.work_steps import Turn
from coprod_data.vocabulary.labels import labelled
from coprod_data.vocabulary.policies import NEXT, PolicyStep
from coprod_data.vocabulary.work import WorkKind
from pages.parts.times import on

OF_POLICIES = {  # each with its button and what it opens
    WorkKind.POLICY_NEXT: ("Open it", "/policies?id={}"),
    WorkKind.POLICY_CONFIRM: ("Confirm it", "/policies?id={}&part=boards"),
}


def of_policy(one: Turn) -> str:
    """Return what comes next, who has it and by when, or whose sign-off is to be confirmed."""
    if one.kind is WorkKind.POLICY_CONFIRM:
        day = on(one.due_on) if one.due_on else ""
        return f"{one.who} {labelled('recorded that the Board signed it off on')} {day}"
    if one.met >= one.whole:
        return f"Its review was due on {on(one.due_on)}" if one.due_on else "Its review is due"
    words = f"Next: {NEXT[list(PolicyStep)[one.met]]}"
    who = f" · {one.note}" if one.note else ""
    return words + who + (f" · by {on(one.due_on)}" if one.due_on else "")
