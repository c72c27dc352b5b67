"""Who saw which version of a policy, its sign-off, and what it commits to."""

import streamlit as st

from coprod_data.commands.policies_boards import (
    SeenTyped,
    answer_sign_off,
    drop_promise,
    promise_of_policy,
    show_to_board,
    sign_off,
)
from coprod_data.permissions import Invalid, Permission
from coprod_data.queries.policies import PolicyRow
from coprod_data.queries.policies_asked import BoardRow, boards, promised
from coprod_data.queries.policies_text import VersionRow
from coprod_data.queries.promise import promise
from coprod_data.rules.typed_days import Meant
from coprod_data.vocabulary.labels import labelled
from coprod_data.vocabulary.policies import PolicyStep, PresentKind
from coprod_data.vocabulary.rewordings import TextPlace
from pages.parts.carried import carried_form
from pages.parts.faults import refusals
from pages.parts.forms import saving, sure, words_of
from pages.parts.html import show
from pages.parts.looks import Look
from pages.parts.sign_in import reading
from pages.parts.times import A_DAY, on, typed_day

SIGNED = Look("Signed it off", "good", "check")
WAITS = Look("The chair has to confirm", "soon", "clock")
SAW = Look("Saw it", "plain", "eye")


def show_boards(row: PolicyRow, written: list[VersionRow]) -> None:
    """Show who saw which version, who signed it off, what it commits to, and the forms of it."""
    with refusals(stop=True), reading() as (db, actor):
        seen = boards(db, actor, row.id)
        confirms = actor.may(Permission.POLICIES_CONFIRM)
        records = actor.may(Permission.POLICIES_WRITE)
    show("section.html", title="Who saw which version", count=len(seen))
    empty = "Nobody has seen a version yet."
    show("list.html", rows=[_line(one) for one in seen], empty=empty)
    for one in seen:
        if one.waits and confirms:
            _confirm(one)
    _promises(row)
    newest = written[0] if written else None
    waits = any(one.waits for one in seen)
    if newest is None or newest.signed or waits or not row.may_change:
        return
    if row.step is PolicyStep.SIGNED_OFF:
        if not newest.twin_ready:
            show(
                "notice.html", tone="soon", icon="lock", title="No sign-off yet", urgent=False,
                words=why_locked(newest),
            )  # fmt: skip
        elif records:
            _seen_form(newest, signs=True)
    _seen_form(newest, signs=False)


def why_locked(version: VersionRow) -> str:
    """Return why a version cannot be signed off, as far as its twin is the reason."""
    if version.stale:
        named = ", ".join(part.heading for part in version.stale)
        return f"Easy words are missing or out of date in: {named}."
    if not version.easy_by:
        return "Nobody is named who wrote the easy words."
    return "Nobody else has read the easy words yet."


def _line(one: BoardRow) -> dict[str, object]:
    there = ", ".join(kind.words.lower() for kind in one.present)
    detail = f"Version {one.version} on {on(one.seen_on)}"
    detail += f". There: {there}" if there else ""
    detail += f". {one.said}" if one.said else ""
    if one.confirmed_by:
        detail += f" (confirmed by {one.confirmed_by})"
    state = SIGNED if one.signed else WAITS if one.waits else SAW
    return {"title": one.body, "detail": detail, "state": state, "word": None, "href": None}


def _confirm(one: BoardRow) -> None:
    said = labelled("recorded that the Board signed this off on")
    words = f"Version {one.version}: {one.recorded_by} {said} {on(one.seen_on)}. Is that so?"
    with st.container(border=True, key="policy-confirm"):
        st.text(words)
        with st.container(horizontal=True):
            yes = st.button("Yes, I confirm it", type="primary", key=f"confirm-{one.id}")
            no = st.button("No, it was not so", key=f"refuse-{one.id}")
        if yes or no:
            said = "Confirmed. The version is frozen now." if yes else "Recorded. It is open again."
            with saving(said) as (db, actor):
                answer_sign_off(db, actor, one.id, agreed=yes)


def _seen_form(version: VersionRow, *, signs: bool) -> None:
    name = "policy-sign" if signs else "policy-seen"
    title = f"Record who signed version {version.number} off" if signs else (
        f"Record who saw version {version.number}"
    )  # fmt: skip
    form = carried_form(name, version.id, {"revision": version.revision})
    with st.expander(title, expanded=form.restored or signs):
        form.begin()
        if signs:
            st.text(
                "The version is frozen then. What the policy commits to becomes proposed actions "
                "without an owner, and ways to tell people are planned."
            )
        body = form.line("Which body", "body", place=TextPlace.POLICY_BODY, longest=160)
        day = form.line(f"On which day, for example {A_DAY}", "day", place=None)
        key = form.key_of("present")
        there = st.multiselect(
            "Who was there", list(PresentKind), format_func=words_of, key=key,
            placeholder="Choose all that were",
        )  # fmt: skip
        said = form.area("What did they say?", "said", place=TextPlace.POLICY_BODY_SAID)
        ours = signs and st.checkbox(
            labelled("This was our own Board: the chair confirms it"),
            **form.choice("ours", (False, True), False),
        )
        words = "Record the sign-off" if signs else "Record that they saw it"
        if st.button(words, type="primary" if signs else "secondary", key=f"{form.key}-save"):
            done = "Recorded. The chair has to confirm it." if ours else "Recorded."
            with form.saving(done) as (db, actor):
                seen_on = typed_day(day, "seen_on", Meant.GONE)
                if seen_on is None:
                    raise Invalid(f"Give the day, like {A_DAY}.", field="seen_on")
                typed = SeenTyped(body=body, seen_on=seen_on, present=frozenset(there), said=said)
                if signs:
                    sign_off(
                        db, actor, version.id, typed, ours=ours, revision=form.opened["revision"]
                    )
                else:
                    show_to_board(db, actor, version.id, typed)


def _promises(row: PolicyRow) -> None:
    with refusals(stop=True), reading() as (db, actor):
        rows = promised(db, actor, row.id)
        plan = promise(db, actor)
    named = {
        one.id: f"{one.reference} {one.wording}"
        for theme in plan.themes
        for one in theme.commitments
    } if plan else {}  # fmt: skip
    show("section.html", title="What it commits to", count=len(rows))
    show("list.html", empty="Nothing is written down yet.", rows=[
        {
            "title": one.wording, "word": None, "state": one.stage,
            "detail": f"Under {one.reference}. People will see: {one.will_see}"
            + (" · without an owner" if one.action_id and not one.owned else ""),
            "href": f"/actions?action={one.action_id}" if one.action_id else None,
        }
        for one in rows
    ])  # fmt: skip
    if not row.may_change or row.signed:
        return
    for one in rows:
        if one.action_id is None and sure(
            f"Take out: {one.wording}", f"drop-{one.id}", yes="Yes, take it out",
            question="It will be no action then.",
        ):  # fmt: skip
            with saving("Taken out.") as (db, actor):
                drop_promise(db, actor, one.id)
    form = carried_form("policy-promise", row.id)
    with st.expander("Write down what it commits to", expanded=form.restored):
        form.begin()
        wording = form.line(
            "What does it commit to?", "wording", place=TextPlace.POLICY_PROMISED, longest=240
        )
        see = form.area("What will people see?", "will_see", place=TextPlace.POLICY_WILL_SEE)
        under = st.selectbox(
            labelled("Under which commitment of The Promise?"), list(named),
            format_func=named.__getitem__, placeholder="Choose a commitment",
            **form.choice("commitment_id", list(named)),
        )  # fmt: skip
        if st.button("Write it down", key=f"{form.key}-save"):
            with form.saving("Written down. Sign-off makes it a proposed action.") as (db, actor):
                if under is None:
                    raise Invalid("Choose a commitment.", field="commitment_id")
                promise_of_policy(
                    db, actor, row.id, wording=wording, will_see=see, commitment_id=under
                )
