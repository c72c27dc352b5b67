"""Saying what changed, and signing it: in person, or on paper with two workers."""

from collections.abc import Sequence

import streamlit as st

from coprod_data.commands.outcomes import co_sign, propose_outcome
from coprod_data.commands.outcomes_recorded import (
    know_signatory,
    record_signature,
    witness_signature,
)
from coprod_data.permissions import Invalid, Permission
from coprod_data.queries.opportunities import OpportunityRow
from coprod_data.queries.opportunities_joining import SeatRow, seats
from coprod_data.queries.opportunities_sources import FollowingAction
from coprod_data.queries.outcomes import OutcomeRow
from coprod_data.vocabulary.actions import NAMEABLE
from coprod_data.vocabulary.opportunities import InvitationProgress
from coprod_data.vocabulary.opportunities import OpportunityProgress as P
from coprod_data.vocabulary.outcomes import OutcomeProgress, Side
from coprod_data.vocabulary.rewordings import TextPlace
from pages.parts.carried import carried_form
from pages.parts.faults import refusals
from pages.parts.forms import saving
from pages.parts.frame import announce
from pages.parts.html import show
from pages.parts.sign_in import reading, writing
from pages.together.opportunities_rows import following


def signing(
    row: OpportunityRow,
    newest: OutcomeRow | None,
    actions: Sequence[FollowingAction],
    can: frozenset[Permission],
    to_sign: frozenset[int],
) -> None:
    """Show what this reader may do about the outcome of this work."""
    proposed = newest is not None and newest.state is OutcomeProgress.STAFF_SAY_DONE
    is_in = row.mine is not None and row.mine.state is InvitationProgress.MATCHED
    under_way = row.state is P.WORKING or (row.state is P.CO_SIGNED and not row.closed)
    if under_way and (is_in or Permission.OUTCOMES_RECORD in can):
        _propose(row, actions)
    if newest is not None and Permission.OUTCOMES_RECORD in can:
        _known(newest)
    if newest is None or not proposed:
        return
    if newest.id in to_sign:
        _sign(newest)
    elif is_in and Side.STAFF not in newest.signed and not newest.reworded:
        st.text(
            "Somebody else in this work signs for staff: you let out the words it comes from, or "
            "you both opened it and proposed this."
        )
    if Permission.OUTCOMES_RECORD in can:
        _paper(row, newest)


def _propose(row: OpportunityRow, actions: Sequence[FollowingAction]) -> None:
    label = "Say what else changed" if row.state is P.CO_SIGNED else "Say what changed"
    form = carried_form("outcome", row.id)
    with st.expander(label, expanded=form.restored):
        form.begin()
        st.text(
            "It reads “staff say done” until a young person has signed too. When both"
            " sides have signed, each named action that its owner has set to done is signed off."
        )
        you_said = form.area("What young people said", "said", place=TextPlace.OUTCOME_SAID)
        worked_with = form.area("Who worked on it with them", "with", place=TextPlace.OUTCOME_WITH)
        text = form.area("What is different now", "changed", place=TextPlace.OUTCOME)
        named = []
        for number, action in enumerate(
            (action for action in actions if action.stage in NAMEABLE), start=1
        ):
            show("list.html", rows=[following(action)], empty="")
            if st.checkbox(
                f"This comes from action {number}, above",
                **form.choice(f"names-{action.id}", (True, False), False),
            ):
                named.append(action.id)
        if st.button("Propose this outcome", type="primary", key=f"{form.key}-save"):
            with form.saving("Proposed. Both sides are asked to sign.") as (db, actor):
                propose_outcome(
                    db, actor, row.id, you_said=you_said, worked_with=worked_with,
                    what_changed=text, action_ids=named,
                )  # fmt: skip


def _known(newest: OutcomeRow) -> None:
    """Let a worker say that the team knows who signed with a card code."""
    for one in newest.signatures:
        if one.by_code:
            st.text(
                "A young person signed with a card code. Do you know that it was a young person? "
                "Somebody who signs for staff cannot say so."
            )
            if st.button("They are known to the Youth Voice Team", key=f"known-{one.id}"):
                with saving("Saved. It reads “known to the Youth Voice Team” now.") as (db, actor):
                    know_signatory(db, actor, one.id)


def _sign(newest: OutcomeRow) -> None:
    if st.button("Sign for the staff side", key=f"sign-{newest.id}", type="primary"):
        done = "Signed. It is done together when a young person has signed too."
        with saving(done) as (db, actor):
            co_sign(db, actor, newest.id)


def _paper(row: OpportunityRow, newest: OutcomeRow) -> None:
    """Show paper signatures that wait for a second worker, and the form that records one."""
    for one in newest.signatures:
        if not one.counts:
            show("paper.html", side=one.side, by=one.paper_by[0])
            if st.button("I saw this signature too", key=f"witness-{one.id}"):
                with saving("Saved. The signature counts now.") as (db, actor):
                    witness_signature(db, actor, one.id)
    free = [side for side in Side if side not in {one.side for one in newest.signatures}]
    if not free:
        return
    with refusals(), reading() as (db, actor):
        choices = [seat for seat in seats(db, actor, row.id) if seat.side in free]
    with st.expander("Write down a signature given on paper or aloud"):
        st.text("A second worker must agree before it counts. Neither of you signs for staff.")
        with st.form(f"paper-{newest.id}", border=False):
            chosen = st.selectbox(
                "Who signed",
                range(len(choices)),
                index=None,
                format_func=lambda number: choices[number].who,
                key=f"paper-who-{newest.id}",
            )
            if st.form_submit_button("Write it down"):
                with refusals():
                    if chosen is None:
                        raise Invalid("Choose who signed.", field="signatory")
                    _write_down(newest.id, choices[chosen])


def _write_down(outcome_id: int, seat: SeatRow) -> None:
    with writing() as (db, actor):
        record_signature(
            db,
            actor,
            outcome_id,
            side=seat.side,
            entry_id=seat.entry_id,
            person_id=seat.person_id,
        )
    announce("Written down. Ask a second worker to open this page and agree.")
    st.rerun()
