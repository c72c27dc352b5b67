"""Setting up a new council in five steps: its name, people, The Promise, duty, services."""

import streamlit as st

from coprod_data.commands.services import add_service, add_service_member
from coprod_data.permissions import Permission, Role
from coprod_data.queries.people import persons_with_role, services
from coprod_data.queries.promise import drafted_promise
from coprod_data.queries.set_up import SetUpState, services_known, set_up_state
from coprod_data.queries.settings import every_setting, labels
from coprod_data.queries.settings_duty import rota_state
from coprod_data.rules.clocks import london_day
from coprod_data.vocabulary.labels import labelled
from coprod_data.vocabulary.settings import SettingKey
from pages.office.set_up_corrections import correct_draft, correct_services
from pages.office.set_up_pasted import counted, paste_promise
from pages.office.set_up_people import name_people
from pages.office.set_up_promise import adopt, begin_promise, change_draft
from pages.parts.boxes import text_line
from pages.parts.carried import carried_form
from pages.parts.faults import refusals
from pages.parts.forms import fresh, inert, saving
from pages.parts.frame import open_page
from pages.parts.html import show
from pages.parts.saved_settings import save_settings
from pages.parts.sign_in import reading
from pages.shared.duty import duty_form, form_state
from pages.shared.one_time_links import hand_over_links

MOST_NAMED = 5


def name_council(name: str) -> None:
    """Show the form with the council's name."""
    key, label = SettingKey.COUNCIL_NAME, "Name of the council"
    form = carried_form("council-name", "all", {key: name}, {key: label}, key="council-name")
    form.begin()
    with st.form("council-name"):
        typed = text_line(label, longest=120, **form.box(key))
        if st.form_submit_button("Save the council’s name"):
            save_settings(form, {key: typed}, "The council’s name is saved.")


def name_services() -> None:
    """Show the forms that add a service and say who is responsible for it."""
    with refusals(stop=True), reading() as (db, actor):
        managers = {row.id: row.name for row in persons_with_role(db, actor, Role.MANAGER)}
    key = fresh("service")
    with st.form(f"{key}-form"):
        typed = text_line("Name of the service", longest=120, key=f"{key}-title")
        answers: int | None = None
        if managers:
            answers = st.selectbox(
                "Who is responsible for this service",
                list(managers),
                format_func=managers.__getitem__,
                key=f"{key}-person",
            )
        if st.form_submit_button("Add this service"):
            with saving("The service is added.", key) as (db, actor):
                service_id = add_service(db, actor, name=typed)
                if answers is not None:
                    add_service_member(db, actor, service_id, answers)
    with refusals(stop=True), reading() as (db, actor):
        known = {row.id: row.name for row in services(db, actor)}
        answered = services_known(db, actor)
    rows = [
        {
            "title": one.name,
            "detail": ", ".join(one.people) or "Nobody is responsible yet",
            "state": None,
            "word": None,
            "href": None,
        }
        for one in answered
    ]
    if rows:
        show("list.html", rows=rows, empty="")
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


def named_in(names: tuple[str, ...]) -> str:
    """Return names as a sentence says them, the first five of many."""
    first, more = list(names[:MOST_NAMED]), len(names) - MOST_NAMED
    if more > 0:
        first.append(f"{more} more")
    return " and ".join(filter(None, [", ".join(first[:-1]), first[-1]]))


def steps(state: SetUpState) -> list[dict[str, object]]:
    """Return the five steps as the template needs them."""
    people = []
    if roles := ", ".join(role.words for role in state.missing_roles):
        people.append(f"Nobody yet: {roles}. The administrator adds them.")
    if state.to_arrive:
        have = "has" if len(state.to_arrive) == 1 else "have"
        link = "link" if len(state.to_arrive) == 1 else "links"
        people.append(f"{named_in(state.to_arrive)} {have} not used their {link} yet.")
    told = [
        ("The council’s name", state.named, "It is on every page and paper."),
        ("People", state.people, " ".join(people)),
        (
            labelled("The Promise"),
            state.promise,
            "Its themes and commitments. The chair records its adoption.",
        ),
        ("Duty", state.duty, "The form for young people is closed until somebody is on duty."),
        ("Services", state.services, "At least one, with somebody responsible for it."),
    ]
    return [
        {"title": title, "done": done, "missing": "" if done and title != "People" else missing}
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
    named, today = labels(db, actor), london_day(actor.at)
    may_adopt = actor.may(Permission.PROMISE_ADOPT)
    may_manage = actor.may(Permission.PEOPLE_MANAGE)
    reads_cards = actor.may(Permission.REPORT_CARDS_READ)
    council = every_setting(db, actor)[SettingKey.COUNCIL_NAME] if may_manage else ""

all_done = "All five steps are done. Young people can write to you."
to_do = (
    "Young people can write to you. Some of the five steps are left."
    if state.duty and state.promise
    else "Five steps, then young people can write to you."
)
show("lede.html", words=all_done if state.complete else to_do)
show("set_up.html", steps=steps(state))
if state.complete and reads_cards:
    show("link.html", words="Go to Report cards", href="/report_cards")
if may_manage:
    hand_over_links()
    st.header("1. The council’s name", anchor=False)
    name_council(council)
    st.header("2. People", anchor=False)
    name_people(state.missing_roles)
    st.page_link("office/people.py", label="All people and their roles")
st.header(labelled("3. The Promise"), anchor=False)
if draft is None:
    if state.promise:
        st.text(
            labelled(
                "The Promise is in force. Paste a new version when the Board wants to change it."
            )
        )
    paste_promise(f"{named.promise} {today.year}")
    begin_promise()
else:
    held = sum(len(theme.commitments) for theme in draft.themes)
    show("draft.html", draft=draft, counts=counted(len(draft.themes), held))
    correct_draft(draft)
    adopt(draft.id, today, adopts=may_adopt)
    with st.expander("Add a theme or a commitment", expanded=not held):
        change_draft(draft.id, {theme.id: theme.title for theme in draft.themes})
if rota is not None:
    st.header("4. Duty", anchor=False)
    form_state(rota, promised=state.promise)
    duty_form(rota)
if may_manage:
    st.header("5. Services", anchor=False)
    name_services()
