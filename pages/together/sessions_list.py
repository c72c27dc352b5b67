"""The lists of sessions: to come, what is owed after one, closed, cancelled."""

from datetime import datetime

import streamlit as st

from coprod_data.permissions import Permission
from coprod_data.queries.promise import themes
from coprod_data.queries.sessions import PAGE_SIZE, SessionRow, sessions, sessions_counted
from coprod_data.queries.settings import labels
from coprod_data.rules.clocks import LONDON
from coprod_data.vocabulary.sessions import SessionsListed
from coprod_data.vocabulary.settings import Mode
from pages.parts.address import address_now, choose, page_in
from pages.parts.faults import refusals
from pages.parts.html import show
from pages.parts.looks import Look, look
from pages.parts.sign_in import reading
from pages.parts.tables import download
from pages.parts.times import clock, on
from pages.shared.lists import address, choice, choices
from pages.shared.themes import theme_in_address
from pages.shared.work_sessions import NEXT
from pages.together.sessions_costs import quarters

HERE = "/sessions"


def every() -> None:
    """Show the list that the address names; without a name, those to come."""
    with refusals(stop=True), reading() as (db, actor):
        plans = actor.may(Permission.SESSIONS_OWN)
        names = {part.id: part.names for part in themes(db, actor)}
        theme_id = theme_in_address(names)
        counted = sessions_counted(db, actor, theme_id=theme_id)
        demo = labels(db, actor).mode is Mode.DEMO
    numbers = {which: sum(counted[state] for state in which.states) for which in SessionsListed}
    named = st.query_params.get("show", "")
    group = SessionsListed(named) if named in list(SessionsListed) else SessionsListed.AHEAD
    page = page_in(address_now(), numbers[group], PAGE_SIZE)
    with refusals(stop=True), reading() as (db, actor):
        rows = sessions(db, actor, group.states, theme_id=theme_id, page=page)
    if not any(numbers.values()) and theme_id is None:
        _none_yet(plans=plans)
        return
    with st.container(key="beside-heading", horizontal=True):
        choose("theme", names, theme_id, label="Theme", every="All themes")
    here = {"theme": theme_id}
    choices(
        "Which sessions",
        [
            choice(
                which.words, address(HERE, show=which, **here), number=number,
                chosen=which is group,
            )
            for which, number in numbers.items()
            if number or which in (group, SessionsListed.AHEAD)
        ],
    )  # fmt: skip
    show(
        "list.html", rows=[line(row) for row in rows],
        empty="There are none of this kind. Choose another list, or all themes.",
    )  # fmt: skip
    if page > 1:
        href = address(HERE, show=group, page=page - 1 if page > 2 else None, **here)
        show("more.html", words="The sessions before these", href=href)
    if page * PAGE_SIZE < numbers[group]:
        href = address(HERE, show=group, page=page + 1, **here)
        show("more.html", words="The sessions after these", href=href)
    if plans:
        show("link.html", words="Plan a session", href=f"{HERE}?new=1")
        show("link.html", words="Plan a series of workshops", href=f"{HERE}?new=series")
    show("link.html", words="Themed conversations of the year", href=f"{HERE}?year=1")
    show("link.html", words="What works: lessons by channel", href=f"{HERE}?lessons=1")
    if demo:
        show("link.html", words="See how the wall works", href="/room/demonstration")
    quarters()
    if numbers[group]:
        download("sessions", "this list", theme=theme_id, show=group)


def line(row: SessionRow) -> dict[str, object]:
    """Return a session as a row of `list.html`, with what it waits for."""
    place = row.venue or row.way.words
    parts = [when_words(row), row.kind.words, row.theme, row.group, place]
    if row.due_on is not None:
        parts.append(f"{NEXT[row.state]} by {on(row.due_on)}")
    return {
        "title": row.title,
        "detail": " · ".join(part for part in parts if part),
        "state": Look("Late", "alert", "clock") if row.late else look(row.state),
        "word": None,
        "href": f"{HERE}?id={row.id}",
    }


def when_words(row: SessionRow) -> str:
    """Return the day and the times of a session."""
    return f"{begins_words(row.starts_at)} to {clock(row.ends_at)}"


def begins_words(moment: datetime) -> str:
    """Return the day of the week, the day and the time at which a session begins."""
    day = moment.astimezone(LONDON)
    return f"{day:%A} {on(day.date())}, {clock(moment)}"


def _none_yet(*, plans: bool) -> None:
    show(
        "empty.html", title="No sessions yet", icon="calendar",
        words="A session is where young people and the people who decide meet: a conversation, "
        "a workshop, a visit to a group that already meets.",
        more=("Plan a session", f"{HERE}?new=1") if plans else None,
    )  # fmt: skip
