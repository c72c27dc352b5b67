"""What a member or officer does about an opportunity: offer, answer, pass on."""

import streamlit as st

from coprod_data.commands.opportunities_joining import offer_to_join, reply_to_invitation
from coprod_data.permissions import Invalid, Permission
from coprod_data.queries.opportunities import OpportunityRow
from coprod_data.queries.opportunities_joining import CandidateRow, members_to_ask
from coprod_data.vocabulary.opportunities import TO_ANSWER, InvitationProgress, InvitationReply
from coprod_data.vocabulary.opportunities import OpportunityProgress as P
from coprod_data.vocabulary.rewordings import TextPlace
from pages.parts.carried import carried_form
from pages.parts.faults import refusals
from pages.parts.forms import saving, words_of
from pages.parts.html import show
from pages.parts.sign_in import reading
from pages.parts.times import on
from pages.shared.own_eyes import may_be_seen

OFFERING = "opportunity-offering"
MAY_OFFER = (
    *TO_ANSWER,
    InvitationProgress.LAPSED,
    InvitationProgress.NOT_THIS_TIME,
)
MAY_ANSWER = (*TO_ANSWER, InvitationProgress.OFFERED, InvitationProgress.MATCHED)


def may_offer(row: OpportunityRow, can: frozenset[Permission]) -> bool:
    """Say whether to show "I'll do it" to this reader; the command decides."""
    free = row.mine is None or row.mine.state in MAY_OFFER
    return (
        free
        and row.state in (P.OPEN, P.OFFERED, P.MATCHED)
        and Permission.OPPORTUNITIES_REPLY in can
        and Permission.OPPORTUNITIES_CONFIRM not in can
    )


def offer(row: OpportunityRow) -> None:
    """Show "I'll do it", then a question to confirm in its place."""
    if st.session_state.get(OFFERING) != row.id:
        if said_no(row) and not may_be_seen():
            st.text(no_words(row))
        label = "Change my answer: I’ll do it" if said_no(row) else "I’ll do it"
        st.button(label, key=f"offer-{row.id}", type="primary", on_click=_ask_about, args=(row.id,))
        return
    show("put_name_down.html", title=row.title)
    with st.container(horizontal=True):  # where the button was, so that they are in sight
        st.button("Yes, put my name down", key=f"sure-{row.id}", type="primary")
        st.button("Not now", key=f"not-now-{row.id}", on_click=_ask_about, args=(None,))
    show("name_down_means.html", time=row.wording.time_needed)


def _ask_about(opportunity_id: int | None) -> None:
    """Ask about one opportunity, or about none. Used as a callback, which no other run swallows."""
    st.session_state[OFFERING] = opportunity_id


def said_no(row: OpportunityRow) -> bool:
    """Say whether the reader answered that they cannot do it this time."""
    return row.mine is not None and row.mine.state is InvitationProgress.NOT_THIS_TIME


def no_words(row: OpportunityRow) -> str:
    """Return when the reader said no, and why; nothing for anybody else."""
    if row.mine is None or not said_no(row):
        return ""
    when = f" on {on(row.mine.replied_on)}" if row.mine.replied_on else ""
    return f"You said “{InvitationReply.NOT_THIS_TIME.words}”{when}: {row.mine.reason}"


def put_name_down() -> None:
    """Handle the second click of an offer, even when the page is out of date."""
    number = st.session_state.get(OFFERING)
    if number is None or not st.session_state.get(f"sure-{number}"):
        return
    del st.session_state[OFFERING]
    with saving(
        "Thank you. We will ask a young person if they would like to work with you. "
        "The Youth Voice Team will be in touch."
    ) as (db, actor):
        offer_to_join(db, actor, number)


def answer_invitation(row: OpportunityRow) -> None:
    """Show the form that answers the reader's own invitation, or takes back a yes."""
    mine = row.mine
    if mine is None or mine.state not in MAY_ANSWER:
        return
    asked = mine.state in TO_ANSWER
    if not asked and row.state not in (P.OPEN, P.OFFERED, P.MATCHED):
        return
    with refusals(), reading() as (db, actor):
        others = members_to_ask(db, actor, row.id)
    title = "You have been asked: please answer" if asked else "I can no longer do this"
    if mine.state is InvitationProgress.SAID:
        title = "You said yes in the meeting: please confirm it, or change your answer"
    with st.expander(title, expanded=asked):
        _answer_form(row, mine.invitation_id, asked, others)


def people_names(rows: list[CandidateRow]) -> dict[int, str]:
    """Return people to choose from, with their job and how much they already work on."""
    return {
        row.id: ", ".join(
            part
            for part in (row.name, row.job, f"{row.busy_with} already" if row.busy_with else "")
            if part
        )
        for row in rows
    }


def _answer_form(
    row: OpportunityRow, invitation_id: int, asked: bool, others: list[CandidateRow]
) -> None:
    choices = [one for one in InvitationReply if asked or one is not InvitationReply.YES]
    names = people_names(others)
    given = None if asked else InvitationReply.YES
    form = carried_form(
        "answer",
        invitation_id,
        {"reply": given},
        {"reply": "Your answer"},
        key=f"answer-{row.id}",
    )
    with st.container():
        form.begin()
        reply = st.radio(
            "Your answer",
            choices,
            index=None,
            format_func=words_of,
            **form.choice("reply", choices),
        )
        reason = form.area(
            "Why? (needed for “Not this time” and to pass it on; young people may read this)",
            "why",
            place=TextPlace.INVITATION_REASON,
        )
        passed_to = st.selectbox(
            "Pass it to",
            list(names),
            index=None,
            format_func=lambda key: names[key],
            placeholder="Choose a member or officer",
            **form.choice("pass", names),
        )
        if st.button("Send my answer", type="primary", key=f"{form.key}-save"):
            with form.saving("Thank you. Your answer has been saved.") as (db, actor):
                if reply is None:
                    raise Invalid("Choose an answer first.", field="reply")
                reply_to_invitation(
                    db,
                    actor,
                    invitation_id,
                    reply=reply,
                    reason=reason,
                    passed_to_id=passed_to,
                    opened=form.opened,
                )
