"""What the Youth Voice Team and the chair do with an opportunity, and how anyone suggests one."""

import secrets
from collections.abc import Callable
from datetime import date

import streamlit as st

from coprod_data.commands.opportunities import (
    open_opportunity,
    reword_opportunity,
    start_working,
    suggest_opportunity,
)
from coprod_data.commands.opportunities_endings import (
    close_opportunity,
    decline_opportunity,
    park_opportunity,
    reopen_opportunity,
)
from coprod_data.commands.opportunities_joining import invite_member, invite_young_person
from coprod_data.permissions import Invalid, Permission
from coprod_data.queries.opportunities import OpportunityRow
from coprod_data.queries.opportunities_joining import members_to_ask, young_people_to_ask
from coprod_data.queries.opportunities_sources import beginning
from coprod_data.queries.promise import theme_now, themes
from coprod_data.rules.opportunity_wording import TEXTS, Wording
from coprod_data.rules.typed_days import Meant
from coprod_data.rules.who_is_meant import NOTHING_SAID
from coprod_data.scopes.opportunities import words_are_kept
from coprod_data.vocabulary.labels import labelled
from coprod_data.vocabulary.opportunities import OpportunityProgress as P
from coprod_data.vocabulary.rewordings import TextPlace
from coprod_data.vocabulary.sessions import SessionKind
from pages.parts.carried import Form, carried_form
from pages.parts.faults import refusals
from pages.parts.forms import inert, saving
from pages.parts.html import draw, show
from pages.parts.sign_in import reading
from pages.parts.times import A_DAY, on, typed_day
from pages.shared.own_eyes import for_own_eyes
from pages.shared.private_part import words_of_ones_own
from pages.shared.promise_missing import no_promise_yet
from pages.together.opportunities_empty import BELONGS
from pages.together.opportunities_joining import people_names
from pages.together.opportunities_reviewing import reviewing

OPENED = "It is open now and waiting for a member."
NO_NAMES = "Do not name a child, a school or a street."
OUR_WORDS = f"{NO_NAMES} Use your own words, or put a young person's words in as a quote."


PLACES = {
    "title": TextPlace.OPPORTUNITY_TITLE,
    "help_wanted": TextPlace.HELP_WANTED,
    "time_needed": TextPlace.TIME_NEEDED,
    "when_and_how": TextPlace.WHEN_AND_HOW,
    "power_shared": TextPlace.POWER_SHARED,
    "support": TextPlace.SUPPORT,
    "expenses": TextPlace.EXPENSES,
}


def suggestion(*, entry_id: int | None, card_id: int | None) -> None:
    """Show the form that suggests an opportunity, from an entry or a card when one is named."""
    with refusals(stop=True), reading() as (db, actor):
        actor.must(Permission.OPPORTUNITIES_SUGGEST)
        may_open = actor.may(Permission.OPPORTUNITIES_OPEN)
        young, own = actor.may(Permission.ENTRIES_OWN), words_are_kept(actor)
        names = {
            theme.id: inert(theme.young_title if young else theme.names)
            for theme in themes(db, actor)
        }
        begins = beginning(db, actor, entry_id=entry_id, report_card_id=card_id)
        theme = theme_now(db, actor, begins.theme_id) if begins else None
        missing = None if names else no_promise_yet(actor, BELONGS)
    if missing:
        draw(missing)
        return
    if begins is not None and (begins.public or for_own_eyes()):
        words = "\n".join(text for text in (begins.thinks, begins.wants) if text)
        show("begins.html", card=begins.title, words=words)
    about = f"entry {entry_id}" if entry_id else f"card {card_id}" if card_id else "new"
    form = carried_form("suggest", about, key="suggest")
    # A young person's words must not leave their device before they press.
    with st.container(border=True) if form.keeps else st.form(f"{form.key}-form"):
        form.begin()
        st.text(OUR_WORDS if form.keeps else f"{NO_NAMES} Use your own words: do not quote.")
        theme_id = st.radio(
            labelled("Part of The Promise"),
            list(names),
            index=None,
            format_func=lambda key: names[key],
            **form.choice("theme", names, theme if theme in names else None),
        )
        said = _text_boxes(form)
        them = words_of_ones_own(form.key) if own else NOTHING_SAID
        at_once = may_open and st.checkbox(
            "Open it to members now", **form.choice("open", (True, False), True)
        )
        press = st.button if form.keeps else st.form_submit_button
        if press("Suggest this opportunity", type="primary", key=f"{form.key}-save"):
            with form.saving(OPENED if at_once else "Thank you for suggesting it.") as (db, actor):
                if theme_id is None:
                    raise Invalid(labelled("Choose a part of The Promise."), field="theme")
                made = st.session_state.setdefault(f"{form.key}-id", secrets.token_urlsafe(18))
                opportunity_id = suggest_opportunity(
                    db,
                    actor,
                    wording=said,
                    theme_id=theme_id,
                    entry_ids=[entry_id] if entry_id else [],
                    report_card_id=card_id,
                    form_id=made,
                    about=them,
                )
                if at_once:
                    open_opportunity(db, actor, opportunity_id)
                st.query_params.from_dict({"id": str(opportunity_id)})


def steering(row: OpportunityRow, can: frozenset[Permission], today: date) -> None:
    """Show every step that this state allows."""
    if row.state in (P.MATCHED, P.WORKING) and Permission.SESSIONS_WRITE in can:
        first = row.state is P.MATCHED
        words = "Plan a first meeting" if first else "Plan a meeting"
        kind = f"&kind={SessionKind.FIRST_MEETING}" if first else ""
        show("link.html", words=words, href=f"/sessions?new=1{kind}&opportunity={row.id}")
    reviewing(row)
    if row.by_server and row.state is P.SPOTTED:
        st.text("It is made of gaps in the audit. The group looks at it first.")
    elif row.state in (P.SPOTTED, P.REVIEWED):
        _step(row, "Open it to members", "open", open_opportunity, OPENED)
    if row.state in (P.OPEN, P.OFFERED, P.MATCHED, P.WORKING, P.OUTCOME_PROPOSED):
        _invite(row, can)
    if row.state in (P.OPEN, P.OFFERED, P.MATCHED):
        _step(
            row, "Start working", "start", start_working, "The work has begun. Good luck together."
        )
    if row.state in (P.PARKED, P.DECLINED):
        _take_up_again(row)
    if row.state is P.CO_SIGNED and not row.closed:
        _step(row, "Close it", "close", close_opportunity, "Closed. Thank you all.")
    if row.state not in (P.CO_SIGNED, P.DECLINED, P.WORKING, P.OUTCOME_PROPOSED):
        _reword(row)
    if row.state not in (P.CO_SIGNED, P.DECLINED, P.PARKED):
        _stop(row, today)


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
                with saving("Asked. If no answer comes in time, you will see it here.") as (
                    db,
                    actor,
                ):
                    if person_id is None:
                        raise Invalid("Choose somebody to ask.", field="person")
                    invite_member(db, actor, row.id, person_id)
        if young:
            with st.form(f"invite-young-{row.id}", border=False):
                young_id = st.selectbox(
                    "A young person with an account",
                    list(young),
                    index=None,
                    format_func=lambda key: young[key],
                )
                if st.form_submit_button("Ask this young person"):
                    with saving("Asked. They will find it on their own page.") as (db, actor):
                        if young_id is None:
                            raise Invalid("Choose a young person to ask.", field="person")
                        invite_young_person(db, actor, row.id, young_id)


def _reword(row: OpportunityRow) -> None:
    labels = {name: text.label for name, text in TEXTS.items()}
    form = carried_form("reword", row.id, row.wording.texts, labels)
    with st.expander("Change the wording", expanded=form.restored):
        form.begin()
        st.text(OUR_WORDS)
        said = _text_boxes(form)
        if st.button("Save the wording", key=f"{form.key}-save"):
            with form.saving("Saved.") as (db, actor):
                reword_opportunity(db, actor, row.id, wording=said, opened=form.opened)


def _stop(row: OpportunityRow, today: date) -> None:
    form = carried_form("stop", row.id, {"reason": row.reason}, {"reason": "The reason given"})
    with st.expander("Park it or say no, with a reason", expanded=form.restored):
        form.begin()
        reason = form.area(
            "Why, in words young people can read", "why", place=TextPlace.OPPORTUNITY_REASON
        )
        looked_at = form.line(
            f"If you park it, look again on (for example {on(today)})", "day", place=None
        )
        with st.container(horizontal=True):
            park = st.button("Park it", key=f"{form.key}-park")
            begun = row.state in (P.WORKING, P.OUTCOME_PROPOSED)
            decline = not begun and st.button("Do not take it forward", key=f"{form.key}-decline")
        if park:
            with form.saving("Parked, with the reason.") as (db, actor):
                park_opportunity(
                    db,
                    actor,
                    row.id,
                    reason=reason,
                    review_on=_day(looked_at),
                    opened=form.opened,
                )
        elif decline:
            with form.saving("Saved, with the reason.") as (db, actor):
                decline_opportunity(db, actor, row.id, reason=reason, opened=form.opened)


def _take_up_again(row: OpportunityRow) -> None:
    form = carried_form("reopen", row.id, {"reason": row.reason}, {"reason": "The reason given"})
    form.begin()
    if st.button("Take it up again", key=form.key_of("press")):
        with form.saving("It is back where it was.") as (db, actor):
            reopen_opportunity(db, actor, row.id, opened=form.opened)


def _step(
    row: OpportunityRow,
    label: str,
    key: str,
    command: Callable[..., None],
    done: str,
) -> None:
    if st.button(label, key=f"{key}-{row.id}"):
        with saving(done) as (db, actor):
            command(db, actor, row.id)


def _text_boxes(form: Form) -> Wording:
    """Show a box for each text of an opportunity. Returns what is typed in them."""
    return Wording(
        **{
            name: (form.area if text.several_lines else form.line)(
                text.label, name, place=PLACES[name], longest=text.longest
            )
            for name, text in TEXTS.items()
        }
    )


def _day(typed: str) -> date:
    if (day := typed_day(typed, "review_on", Meant.COMING)) is None:
        raise Invalid(f"Write the date to look again, for example {A_DAY}.", field="review_on")
    return day
