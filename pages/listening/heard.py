"""Who we have not heard from: broad groups, the least heard first, and whom to go to next."""

import streamlit as st

from coprod_data.commands.heard import MOST, set_totals
from coprod_data.permissions import Permission
from coprod_data.queries.heard import Heard, HeardRow, heard, totals_written
from coprod_data.rules.number_words import in_words
from coprod_data.rules.small_numbers import SMALLEST
from coprod_data.rules.typed_days import Meant
from coprod_data.vocabulary.heard import HeardGroup
from pages.parts.boxes import number_box
from pages.parts.carried import carried_form
from pages.parts.faults import refusals
from pages.parts.frame import open_page
from pages.parts.html import show
from pages.parts.sign_in import reading
from pages.parts.tables import download
from pages.parts.times import A_DAY, on, typed_day

PRIVATE = "kept private"


def title(said: Heard) -> str:
    """Return how many groups are hardly heard, as the heading of the page."""
    count = sum(row.hardly for row in said.rows)
    if not said.counted or not count:
        return "Who we have not heard from"
    groups = "group" if count == 1 else "groups"
    return f"{in_words(count).capitalize()} {groups} we have hardly heard from"


def lede(said: Heard) -> str:
    """Return who they are, and when the numbers are from."""
    names = [row.group.words for row in said.rows if row.hardly]
    days = f"{on(said.first_on)} to {on(said.last_on)}"
    totals = f", beside our own totals of {on(said.as_of)}" if said.as_of else ""
    if not said.counted:
        return f"Nobody has said anything of themselves yet. We count from now on{totals}."
    who = f"{', '.join(names[:3])}{' and others' if len(names) > 3 else ''}. " if names else ""
    return f"{who}{days}{totals}."


def values(row: HeardRow) -> dict[str, object]:
    """Return a group as a row of `heard.html`."""
    answers = PRIVATE if row.number is None else str(row.number)
    if row.number is None:
        why = PRIVATE
    elif row.total is None:
        why = "no total yet"
    else:
        why = "too few of them"
    return {
        "group": row.group.words,
        "about": row.group.question.words,
        "hardly": row.hardly,
        "total": "not known" if row.total is None else str(row.total),
        "number": f"{answers} or more" if row.more else answers,
        "share": row.per_hundred,
        "why": why,
        "last": f"{row.last_on:%B %Y}" if row.last_on else "none yet",
        "sessions": row.sessions,
    }


def show_next(said: Heard, *, plans: bool) -> None:
    """Show whom to go to next."""
    one = said.suggested
    if one is None:
        show(
            "notice.html", tone="plain", icon="people", urgent=False,
            title="No group is known in which they are heard",
            words="Find a group that already meets, and say under Groups who is heard there.",
        )  # fmt: skip
        return
    show(
        "heard_next.html",
        group=one.name,
        meets=one.meets,
        hears=one.hears.words,
        asked=f"Last asked on {on(one.last_on)}." if one.last_on else "Not asked before.",
        href=f"/sessions?new=1&group={one.group_id}" if plans else "",
        told=one.last_on is not None,
    )


def show_totals() -> None:
    """Let those who keep them write down the council's own totals."""
    with refusals(stop=True), reading() as (db, actor):
        numbers, as_of = totals_written(db, actor)
    start = {group.value: numbers.get(group) for group in HeardGroup}
    labels = {group.value: f"{group.words} ({group.question.words})" for group in HeardGroup}
    form = carried_form("heard", "totals", start, labels)
    with st.expander("Our own totals", expanded=form.restored):
        form.begin()
        st.text(
            f"Leave out a number below {SMALLEST}: it could tell who they are. What nobody knows "
            "stays empty."
        )
        day = form.line(
            f"The numbers are from, for example {A_DAY}", "as_of", place=None,
            first=on(as_of) if as_of else "",
        )  # fmt: skip
        left, right = st.columns(2)
        typed: dict[HeardGroup, int | None] = {}
        for place, group in enumerate(HeardGroup):
            with (left, right)[place % 2]:
                typed[group] = number_box(
                    labels[group.value], least=0, most=MOST, step=1, value=None,
                    **form.choice(group.value, range(MOST + 1), start[group.value]),
                )  # fmt: skip
        if st.button("Save these totals", key=f"{form.key}-save"):
            with form.saving("Saved.") as (db, actor):
                set_totals(
                    db, actor, numbers=typed, as_of=typed_day(day, "as_of", Meant.GONE),
                    opened=form.opened,
                )  # fmt: skip


def told() -> tuple[Heard | None, bool, bool]:
    """Return what this reader may read, and whether they plan sessions and keep totals."""
    with refusals(stop=True), reading() as (db, actor):
        return (
            heard(db, actor) if actor.may(Permission.HEARD_READ) else None,
            actor.may(Permission.SESSIONS_OWN),
            actor.may(Permission.HEARD_TOTALS),
        )


said, plans, keeps = told()
open_page(
    title(said) if said else "Who we have not heard from",
    (Permission.HEARD_READ, Permission.HEARD_TOTALS),
    lede=lede(said) if said else "",
)
if said is not None:
    show_next(said, plans=plans)
    show(
        "heard.html",
        rows=[values(row) for row in said.rows],
        days=f"{on(said.first_on)} to {on(said.last_on)}",
        next=on(said.next_on),
    )
    download("heard", "this table")
if keeps:
    show_totals()
