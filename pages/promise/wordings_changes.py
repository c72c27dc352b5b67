"""What changes: a draft beside the wording in force, the home of each action, and its adoption."""

from datetime import date

import streamlit as st

from coprod_data.commands.promise_changes import decide_home, propose_successors, set_successors
from coprod_data.permissions import Permission
from coprod_data.queries.promise_changes import ActionHome, ChangeRow, WhatChanges, what_changes
from coprod_data.vocabulary.promise import HomeKind, WordingChange
from coprod_data.vocabulary.rewordings import TextPlace
from pages.parts.address import number_in_address
from pages.parts.carried import carried_form
from pages.parts.faults import refusals
from pages.parts.forms import saving, words_of
from pages.parts.html import show
from pages.parts.sign_in import reading
from pages.shared.adopt_promise import adopt_form
from pages.shared.lists import address

HERE = "/wordings"
UNCHANGED = (WordingChange.SAME,)


def show_changes(version_id: int, today: date) -> None:
    """Show what a draft changes, with the actions that have no home first."""
    with refusals(stop=True), reading() as (db, actor):
        change = what_changes(db, actor, version_id)
        adopts = actor.may(Permission.PROMISE_ADOPT)
    show("lede.html", words=_lede(change))
    wide, beside = st.columns([2.6, 1], gap="medium")
    with wide:
        _homes(change)
        _successors(change)
        show(
            "changes.html",
            title=f"From “{change.now}” to “{change.title}”",
            rows=[_row(change, row) for row in change.rows if row.kind not in UNCHANGED],
            same=[_row(change, row) for row in change.rows if row.kind in UNCHANGED],
            same_actions=sum(
                line.actions for row in change.rows if row.kind in UNCHANGED for line in row.new
            ),
        )
        if change.count(WordingChange.LEFT_OUT) and st.button(
            "Propose successors by same words or number", key="propose-successors"
        ):
            with saving("Same words or the same number are linked now.") as (db, actor):
                propose_successors(db, actor, version_id)
    with beside, st.container(border=True):
        show("before_adopting.html", checks=checks(change))
        adopt_form(change, today, adopts=adopts)


def checks(change: WhatChanges) -> list[tuple[bool, str]]:
    """Return what is done and what is left before a draft can be adopted, in sentences."""
    left = len(change.left)
    out = change.count(WordingChange.LEFT_OUT)
    easy = change.without_easy
    many = len(change.new)
    return [
        (not out, f"All {sum(len(row.old) for row in change.rows)} commitments have a successor")
        if not out
        else (True, f"{out} left out, without a successor"),
        (not easy, f"Easy words for all {many}" if not easy else f"{easy} without easy words yet"),
        (
            not left,
            "Every action has a home"
            if not left
            else f"{left} actions have no home"
            if left > 1
            else "1 action has no home",
        ),
    ]


def _lede(change: WhatChanges) -> str:
    old = sum(len(row.old) for row in change.rows)
    left = len(change.left)
    homes = (
        f"All {len(change.actions)} actions have a home in the new wording."
        if not left
        else f"Of {len(change.actions)} actions, {len(change.actions) - left} have a home in the "
        f"new wording and {left} {'do' if left > 1 else 'does'} not."
    )
    return f"{old} commitments become {len(change.new)}. {homes if change.actions else ''}".strip()


def _there(change: WhatChanges, **named: object) -> str:
    return address(HERE, version=change.version_id, show="changes", **named)


def _homes(change: WhatChanges) -> None:
    left = change.left
    asked = number_in_address("action")
    chosen = next((one for one in change.actions if one.id == asked), left[0] if left else None)
    decided = [one for one in change.actions if one.decided]
    lines = {line.id: f"{line.reference} {line.wording}" for line in change.new}
    if left:
        show(
            "homeless.html",
            title=f"{len(left)} actions have no home yet"
            if len(left) > 1
            else "1 action has no home yet",
            rows=[_action(change, one, chosen) for one in left],
        )
    if chosen:
        _decide(change, chosen, lines)
    if decided:
        show("section.html", title="Decided for the day of adoption", count=None)
        show(
            "list.html",
            rows=[
                {
                    "title": one.title,
                    "detail": _decision(one, lines),
                    "state": None,
                    "word": None,
                    "href": _there(change, action=one.id),
                }
                for one in decided
            ],
            empty="",
        )


def _decision(one: ActionHome, lines: dict[int, str]) -> str:
    if one.kind is HomeKind.MOVE and one.commitment_id in lines:
        return f"From {one.reference}. Moves to {lines[one.commitment_id]}"
    if one.kind is HomeKind.DROP:
        return f"From {one.reference}. Dropped: {one.reason}"
    return f"From {one.reference}. Finished: it is done, with evidence."


def _action(change: WhatChanges, one: ActionHome, chosen: ActionHome | None) -> dict[str, object]:
    steps = (
        f"{one.met} of {one.whole} milestone{'s' if one.whole > 1 else ''}"
        if one.whole
        else "no milestones"
    )
    return {
        "title": one.title,
        "detail": f"From {one.reference} · {one.owner} · {steps}",
        "href": None if one is chosen else _there(change, action=one.id),
    }


def _decide(change: WhatChanges, one: ActionHome, lines: dict[int, str]) -> None:
    """Show the form that decides where an action goes."""
    values = {
        "kind": one.kind if one.decided else None,
        "commitment_id": one.commitment_id if one.decided else None,
        "reason": one.reason,
    }
    labels = {"kind": "What becomes of it", "commitment_id": "Move it to", "reason": "Why?"}
    form = carried_form(
        "action-home", f"{change.version_id}-{one.id}", values, labels,
        tell=lambda name, value: lines.get(value, "another commitment")
        if name == "commitment_id" and value
        else getattr(value, "words", None) or str(value or "(empty)"),
    )  # fmt: skip
    with st.container(border=True):
        show("lede.html", words=f"{one.title} (from {one.reference})")
        form.begin()
        kinds = [kind for kind in HomeKind if one.may(kind)]
        kind = st.radio(
            labels["kind"], kinds, format_func=words_of, horizontal=True,
            **form.choice("kind", kinds, one.kind if one.kind in kinds else kinds[0]),
        )  # fmt: skip
        home, reason = None, ""
        if kind is HomeKind.MOVE:
            home = st.selectbox(
                labels["commitment_id"], list(lines), format_func=lines.__getitem__,
                placeholder="Choose a commitment of the new version",
                **form.choice("home", lines, one.commitment_id),
            )  # fmt: skip
        elif kind is HomeKind.DROP:
            reason = form.area(
                "Why? Young people whose card it came from read this.", "reason",
                place=TextPlace.HOME_REASON,
            )  # fmt: skip
        else:
            st.text("It leaves the plan on that day, and stays in a list of its own.")
        if not one.shown:
            st.caption("It cannot be finished: no milestone of it is met, with evidence.")
        if st.button("Save this decision", key=f"{form.key}-save", type="primary"):
            with form.saving("Saved. It takes effect on the day of adoption.") as (db, actor):
                decide_home(
                    db, actor, change.version_id, one.id,
                    kind=kind, commitment_id=home, reason=reason, opened=form.opened,
                )  # fmt: skip


def _successors(change: WhatChanges) -> None:
    """Show the form for the successors of the commitment that the address names."""
    asked = number_in_address("from")
    found = next((line for row in change.rows for line in row.old if line.id == asked), None)
    if found is None:
        return
    line = found
    lines = {one.id: f"{one.reference} {one.wording}" for one in change.new}
    now = [later for earlier, later in change.pairs if earlier == line.id]
    form = carried_form(
        "successors", f"{change.version_id}-{line.id}", {"later": tuple(now)},
        {"later": "Carried on by"},
        tell=lambda _name, ids: ", ".join(lines.get(one, "") for one in ids) or "(none)",
    )  # fmt: skip
    with st.container(border=True):
        show("lede.html", words=f"{line.reference} {line.wording}")
        form.begin()
        with st.form(f"{form.key}-form", border=False):
            chosen = st.multiselect(
                "Which commitments of the new version carry it on? None: it is left out.",
                list(lines), default=now, format_func=lines.__getitem__,
                key=form.key_of("later"),
            )  # fmt: skip
            if st.form_submit_button("Save its successors", type="primary"):
                with form.saving("Saved.") as (db, actor):
                    set_successors(
                        db, actor, change.version_id, line.id, chosen,
                        opened=form.opened["later"],
                    )  # fmt: skip


def _row(change: WhatChanges, row: ChangeRow) -> dict[str, object]:
    split = row.kind is WordingChange.SPLIT and len(row.new) == 2
    return {
        "kind": row.kind,
        "word": "Split in two" if split else None,
        "old": [
            {"line": line, "left": line.left, "href": _there(change, **{"from": line.id})}
            for line in row.old
        ],
        "new": [{"line": line, "easy": line.easy_parts} for line in row.new],
    }
