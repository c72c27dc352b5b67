"""What the Youth Voice Team and the chair do about an opportunity, and how anyone suggests one."""

from collections.abc import Callable
from datetime import date

import streamlit as st

from coprod_data.commands.opportunities import (
    close_opportunity,
    decline_opportunity,
    open_opportunity,
    park_opportunity,
    reopen_opportunity,
    review_opportunity,
    reword_opportunity,
    start_working,
    suggest_opportunity,
)
from coprod_data.commands.opportunities_joining import invite_member, invite_young_person
from coprod_data.permissions import Invalid, Permission
from coprod_data.queries.opportunities import OpportunityRow
from coprod_data.queries.opportunities_joining import members_to_ask, young_people_to_ask
from coprod_data.queries.opportunities_sources import beginning
from coprod_data.queries.people import groups
from coprod_data.queries.promise import themes
from coprod_data.vocabulary.opportunities import OpportunityProgress as P
from pages.parts.faults import refusals
from pages.parts.forms import fresh, inert, once
from pages.parts.frame import announce
from pages.parts.html import show
from pages.parts.sign_in import reading, writing
from pages.parts.times import A_DAY, on, typed_day
from pages.together.opportunities_joining import people_names

FIELDS = {
    "title": "Title, so that a twelve-year-old understands it",
    "help_wanted": "What help is wanted",
    "time_needed": "How much time it takes",
    "when_and_how": "When and how you meet",
    "power_shared": "How power is shared: who decides what",
    "support": "What support there is",
    "expenses": "What is paid for",
}
LONG = ("help_wanted", "power_shared")
NO_NAMES = "Use no name, school or street of a child. These are your words: do not quote."


def no_promise_yet() -> None:
    """Say what comes before the first opportunity."""
    show(
        "empty.html",
        title="There is no Promise yet",
        words="Each opportunity belongs to a part of it. "
        "The chair and the administrator write it down in Set-up.",
        icon="promise",
    )


def suggestion(*, entry_id: int | None, card_id: int | None) -> None:
    """Show the form that suggests an opportunity, from an entry or a card when one is named."""
    with refusals(stop=True), reading() as (db, actor):
        actor.must(Permission.OPPORTUNITIES_SUGGEST)
        may_open = actor.may(Permission.OPPORTUNITIES_OPEN)
        names = {theme.id: inert(theme.young_title) for theme in themes(db, actor)}
        begins = beginning(db, actor, entry_id=entry_id, report_card_id=card_id)
    if not names:
        no_promise_yet()
        return
    if begins is not None:
        if not begins.public:
            show("projector.html")
        words = "\n".join(text for text in (begins.thinks, begins.wants) if text)
        show("begins.html", card=begins.title, words=words)
    theme = begins.theme_id if begins else None
    key = fresh("suggest")
    with st.form(f"{key}-form"):
        st.text(NO_NAMES)
        theme_id = st.radio(
            "Part of The Promise",
            list(names),
            index=list(names).index(theme) if theme in names else None,
            format_func=lambda key: names[key],
        )
        said = _text_boxes(key, {})
        at_once = may_open and st.checkbox("Open it now, so that it waits for a member", value=True)
        if st.form_submit_button("Suggest this chance", type="primary"):
            with refusals():
                if theme_id is None:
                    raise Invalid("Choose a part of The Promise.", field="theme")
                with once(key) as (db, actor):
                    opportunity_id = suggest_opportunity(
                        db,
                        actor,
                        theme_id=theme_id,
                        entry_ids=[entry_id] if entry_id else [],
                        report_card_id=card_id,
                        title=said["title"],
                        help_wanted=said["help_wanted"],
                        time_needed=said["time_needed"],
                        when_and_how=said["when_and_how"],
                        power_shared=said["power_shared"],
                        support=said["support"],
                        expenses=said["expenses"],
                    )
                    if at_once:
                        open_opportunity(db, actor, opportunity_id)
                announce(
                    "Open now. It waits for a member."
                    if at_once
                    else "Thank you for suggesting it."
                )
                st.query_params.from_dict({"id": str(opportunity_id)})
                st.rerun()


def steering(row: OpportunityRow, can: frozenset[Permission], today: date) -> None:
    """Show every step that this state allows."""
    if row.state in (P.SPOTTED, P.REVIEWED):
        _prepare(row)
    if row.state in (P.OPEN, P.OFFERED, P.MATCHED, P.WORKING, P.OUTCOME_PROPOSED):
        _invite(row, can)
    if row.state in (P.OPEN, P.OFFERED, P.MATCHED):
        _step(
            row, "Start working", "start", start_working, "The work has begun. Good luck together."
        )
    if row.state in (P.PARKED, P.DECLINED):
        _step(row, "Take it up again", "reopen", reopen_opportunity, "It is taken up again.")
    if row.state is P.CO_SIGNED and not row.closed:
        _step(row, "Close it", "close", close_opportunity, "Closed. Thank you all.")
    if row.state not in (P.CO_SIGNED, P.DECLINED, P.WORKING, P.OUTCOME_PROPOSED):
        _reword(row)
    if row.state not in (P.CO_SIGNED, P.DECLINED, P.PARKED):
        _stop(row, today)


def _prepare(row: OpportunityRow) -> None:
    if row.state is P.SPOTTED:
        with refusals(), reading() as (db, actor):
            names = {group.id: inert(group.name) for group in groups(db, actor)}
        with st.expander("Say which group reviewed it"), st.form(f"review-{row.id}", border=False):
            group_id = st.radio(
                "Reviewed by", list(names), index=None, format_func=lambda key: names[key]
            )
            if st.form_submit_button("Keep as reviewed"):
                with refusals():
                    if group_id is None:
                        raise Invalid("Choose the group that reviewed it.", field="group")
                    with writing() as (db, actor):
                        review_opportunity(db, actor, row.id, group_id=group_id)
                    announce("Kept as reviewed.")
                    st.rerun()
    _step(row, "Open it to members", "open", open_opportunity, "Open now. It waits for a member.")


def _invite(row: OpportunityRow, can: frozenset[Permission]) -> None:
    with refusals(), reading() as (db, actor):
        members = people_names(members_to_ask(db, actor, row.id))
        young = (
            people_names(young_people_to_ask(db, actor, row.id))
            if Permission.OPPORTUNITIES_INVITE_YOUNG in can
            else {}
        )
    with st.expander("Ask somebody to join"):
        with st.form(f"invite-{row.id}", border=False):
            person_id = st.selectbox(
                "A member or officer",
                list(members),
                index=None,
                format_func=lambda key: members[key],
            )
            if st.form_submit_button("Ask this member or officer"):
                with refusals():
                    if person_id is None:
                        raise Invalid("Choose somebody to ask.", field="person")
                    with writing() as (db, actor):
                        invite_member(db, actor, row.id, person_id)
                    announce("Asked. If no answer comes in time, it shows here.")
                    st.rerun()
        if young:
            with st.form(f"invite-young-{row.id}", border=False):
                young_id = st.selectbox(
                    "A young person with an account",
                    list(young),
                    index=None,
                    format_func=lambda key: young[key],
                )
                if st.form_submit_button("Ask this young person"):
                    with refusals():
                        if young_id is None:
                            raise Invalid("Choose a young person to ask.", field="person")
                        with writing() as (db, actor):
                            invite_young_person(db, actor, row.id, young_id)
                        announce("Asked. They find it on their own page.")
                        st.rerun()


def _reword(row: OpportunityRow) -> None:
    with st.expander("Change the wording"), st.form(f"reword-{row.id}", border=False):
        st.text(NO_NAMES)
        said = _text_boxes(
            f"reword-{row.id}", {field: str(getattr(row, field)) for field in FIELDS}
        )
        if st.form_submit_button("Save the wording"):
            with refusals():
                with writing() as (db, actor):
                    reword_opportunity(db, actor, row.id, **said)
                announce("Saved.")
                st.rerun()


def _stop(row: OpportunityRow, today: date) -> None:
    with st.expander("Park it or say no, with a reason"), st.form(f"stop-{row.id}", border=False):
        reason = st.text_area("Why, in words young people can read", key=f"stop-reason-{row.id}")
        looked_at = st.text_input(
            f"If you park it: look again on, as {on(today)}", key=f"stop-day-{row.id}"
        )
        with st.container(horizontal=True):
            park = st.form_submit_button("Park it")
            begun = row.state in (P.WORKING, P.OUTCOME_PROPOSED)
            decline = not begun and st.form_submit_button("Do not take it forward")
        if park:
            with refusals():
                with writing() as (db, actor):
                    park_opportunity(db, actor, row.id, reason=reason, review_on=_day(looked_at))
                announce("Parked, with its reason.")
                st.rerun()
        elif decline:
            with refusals():
                with writing() as (db, actor):
                    decline_opportunity(db, actor, row.id, reason=reason)
                announce("Kept, with its reason.")
                st.rerun()


def _step(
    row: OpportunityRow,
    label: str,
    key: str,
    command: Callable[..., None],
    done: str,
) -> None:
    if st.button(label, key=f"{key}-{row.id}"):
        with refusals():
            with writing() as (db, actor):
                command(db, actor, row.id)
            announce(done)
            st.rerun()


def _text_boxes(form: str, said: dict[str, str]) -> dict[str, str]:
    """Show a box for each text of an opportunity. Returns what stands in them."""
    return {
        field: (st.text_area if field in LONG else st.text_input)(
            label, value=said.get(field, ""), key=f"{form}-{field}"
        )
        for field, label in FIELDS.items()
    }


def _day(typed: str) -> date:
    if (day := typed_day(typed, "review_on")) is None:
        raise Invalid(f"Write the day to look again as {A_DAY}.", field="review_on")
    return day
