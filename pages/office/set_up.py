"""Setting up a new council in four steps: people, The Promise, duty, services."""

import streamlit as st

from coprod_data.commands.promise import add_commitment, add_theme, adopt_promise, draft_promise
from coprod_data.commands.services import add_service, add_service_member
from coprod_data.permissions import Permission, Role
from coprod_data.queries.people import persons_with_role, services
from coprod_data.queries.promise import drafted_promise
from coprod_data.queries.set_up import SetUpState, set_up_state
from coprod_data.queries.settings_duty import rota_state
from pages.office.set_up_corrections import correct_draft, correct_services
from pages.parts.faults import refusals
from pages.parts.forms import fresh, inert, saving
from pages.parts.frame import open_page
from pages.parts.html import show
from pages.parts.sign_in import reading
from pages.shared.duty import duty_form, form_state

ICONS = {
    "people": "People I love",
    "school": "School",
    "home": "Where I live",
    "money": "Money",
    "feel": "How I feel",
    "next": "What comes next",
    "else": "Something else",
}


def begin_promise() -> None:
    """Show the form that starts a new wording."""
    with st.form("draft-promise"):
        title = st.text_input("Name of this version", max_chars=160, key="draft-title")
        if st.form_submit_button("Start a new version", type="primary"):
            with saving("The new version has been started. Now add its themes.") as (db, actor):
                draft_promise(db, actor, title=title)


def write_promise(version_id: int, themes: dict[int, str]) -> None:
    """Show the forms that add a theme and a commitment to the wording being drafted."""
    theme, commitment = fresh("theme"), fresh("commitment")
    with st.form(f"{theme}-form"):
        title = st.text_input("Theme, in the Board's words", max_chars=120, key=f"{theme}-title")
        young_title = st.text_input(
            "Theme, in young people's words", max_chars=60, key=f"{theme}-young"
        )
        icon = st.radio("Picture", list(ICONS), format_func=ICONS.__getitem__, key=f"{theme}-icon")
        if st.form_submit_button("Add this theme"):
            with saving("The theme is added.", theme) as (db, actor):
                add_theme(
                    db,
                    actor,
                    version_id,
                    title=title,
                    young_title=young_title,
                    icon=icon,
                    catch_all=icon == "else",
                )
    if not themes:
        return
    with st.form(f"{commitment}-form"):
        theme_id = st.radio(
            "Theme",
            list(themes),
            format_func=lambda key: inert(themes[key]),
            key=f"{commitment}-theme",
        )
        reference = st.text_input(
            "Number, for example 2.1", max_chars=12, key=f"{commitment}-number"
        )
        wording = st.text_area("What the council promises", key=f"{commitment}-wording")
        easy = st.text_area("The same in easy words", key=f"{commitment}-easy")
        if st.form_submit_button("Add this commitment"):
            with saving("The commitment is added.", commitment) as (db, actor):
                add_commitment(
                    db,
                    actor,
                    theme_id,
                    reference=reference,
                    wording=wording,
                    easy_wording=easy,
                )


def adopt(version_id: int) -> None:
    """Show the form with which the chair records the adoption."""
    with st.form("adopt"):
        adopted_by = st.text_input(
            "Adopted by (for example Full Council, with the Children in Care Council)",
            max_chars=160,
            key="adopted-by",
        )
        if st.form_submit_button("Record that the Board adopted it", type="primary"):
            with saving("Adopted. Each theme now has an open report card.") as (db, actor):
                adopt_promise(db, actor, version_id, adopted_by=adopted_by)


def name_services() -> None:
    """Show the forms that add a service and say who is responsible for it."""
    key = fresh("service")
    with st.form(f"{key}-form"):
        typed = st.text_input("Name of the service", max_chars=120, key=f"{key}-title")
        if st.form_submit_button("Add this service"):
            with saving("The service is added.", key) as (db, actor):
                add_service(db, actor, name=typed)
    with refusals(stop=True), reading() as (db, actor):
        known = {row.id: row.name for row in services(db, actor)}
        managers = {row.id: row.name for row in persons_with_role(db, actor, Role.MANAGER)}
    if known:
        correct_services(known)
    if known and not managers:
        st.text("Nobody is a manager yet. Give somebody that role first.")
    if not known or not managers:
        return
    with st.form("service-member"):
        service_id = st.radio("Service", known, format_func=lambda key: inert(known[key]))
        person_id = st.radio(
            "Who is responsible for it", managers, format_func=lambda key: inert(managers[key])
        )
        if st.form_submit_button("Save who is responsible"):
            with saving("Saved.") as (db, actor):
                add_service_member(db, actor, service_id, person_id)


def steps(state: SetUpState) -> list[dict[str, object]]:
    """Return the four steps as the template needs them."""
    roles = ", ".join(role.words for role in state.missing_roles)
    told = [
        ("People", state.people, f"Nobody yet: {roles}. The administrator adds them."),
        (
            "The Promise",
            state.promise,
            "Its themes and commitments. The chair records its adoption.",
        ),
        ("Duty", state.duty, "The form for young people is closed until somebody is on duty."),
        ("Services", state.services, "At least one, with somebody responsible for it."),
    ]
    return [
        {"title": title, "done": done, "missing": "" if done else missing}
        for title, done, missing in told
    ]


open_page(
    "Set-up",
    (Permission.SETTINGS_CHANGE, Permission.PROMISE_ADOPT),
)
with refusals(stop=True), reading() as (db, actor):
    state = set_up_state(db, actor)
    draft = drafted_promise(db, actor)
    rota = rota_state(db, actor) if actor.may(Permission.DUTY_CHANGE) else None
    may_adopt = actor.may(Permission.PROMISE_ADOPT)
    may_manage = actor.may(Permission.PEOPLE_MANAGE)

all_done = "All four steps are done. Young people can write to you."
to_do = "Four steps, then young people can write to you."
show("lede.html", words=all_done if state.complete else to_do)
show("set_up.html", steps=steps(state))
if may_manage:
    st.header("1. People", anchor=False)
    st.page_link("office/people.py", label="Add people and give them their roles")
st.header("2. The Promise", anchor=False)
if draft is None:
    if state.promise:
        st.text("The Promise is in force. Start a new version when the Board wants to change it.")
    begin_promise()
else:
    show("draft.html", draft=draft)
    correct_draft(draft)
    write_promise(draft.id, {theme.id: theme.title for theme in draft.themes})
    if may_adopt:
        adopt(draft.id)
    else:
        st.markdown("When it is complete, the chair records its adoption here.")
if rota is not None:
    st.header("3. Duty", anchor=False)
    form_state(rota, promised=state.promise)
    duty_form(rota)
if may_manage:
    st.header("4. Services", anchor=False)
    name_services()
