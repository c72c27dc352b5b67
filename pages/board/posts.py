"""Posts: who holds which office, and who held it before."""

import streamlit as st

from coprod_data.commands.posts import change_post, end_post, give_post
from coprod_data.permissions import Invalid, Permission, Role
from coprod_data.queries.people import persons_with_role
from coprod_data.queries.posts import PostRow, posts
from coprod_data.rules.clocks import london_day
from coprod_data.rules.typed_days import Meant
from coprod_data.vocabulary.posts import Office
from pages.parts.boxes import DAY, text_line
from pages.parts.carried import carried_form
from pages.parts.faults import refusals
from pages.parts.forms import fresh, saving, words_of
from pages.parts.frame import open_page
from pages.parts.html import show
from pages.parts.looks import Look
from pages.parts.sign_in import reading
from pages.parts.tables import download
from pages.parts.times import A_DAY, on, typed_day

ADULTS = tuple(role for role in Role if role is not Role.YOUNG_PERSON)
LABELS = {
    "title": "What the post is called here",
    "name": "Name",
    "began_on": "Since",
    "ended_on": "Last day",
}
FREE = Look("Has left: fill this post", "alert", "warning")


def row_values(row: PostRow) -> dict[str, object]:
    """Return a post as a row of `list.html`."""
    until = f" to {on(row.ended_on)}" if row.ended_on else ""
    since = f"{on(row.began_on)}{until}" if until else f"Since {on(row.began_on)}"
    office = row.title or row.office.words
    return {
        "title": f"{office}: {row.name}",
        "detail": " · ".join(dict.fromkeys((row.office.words, since))),
        "state": FREE if row.gone else None,
        "word": None,
        "href": None,
    }


def every() -> None:
    """Show who holds which office now and who did, and the forms to those who keep them."""
    with refusals(stop=True), reading() as (db, actor):
        rows = posts(db, actor)
        writes = actor.may(Permission.POSTS_WRITE)
        people = persons_with_role(db, actor, *ADULTS) if writes else []
        today = on(london_day(actor.at))
    now = [row for row in rows if row.ended_on is None]
    before = [row for row in rows if row.ended_on is not None]
    if not rows:
        show(
            "empty.html", title="Nobody is named yet", icon="people",
            words="The chair or the clerk writes down who is responsible for children in care.",
        )  # fmt: skip
    if now:
        show("list.html", rows=[row_values(row) for row in now], empty="")
    if before:
        show("section.html", title="Before", count=len(before))
        show("list.html", rows=[row_values(row) for row in before], empty="")
    if writes:
        _give({person.id: person.name for person in people}, today)
        if now:
            _end({row.id: str(row_values(row)["title"]) for row in now}, today)
        if rows:
            _correct({row.id: row for row in rows})
    if rows:
        download("posts", "this list")


def _give(names: dict[int, str], today: str) -> None:
    key = fresh("post")
    with st.expander("Record who holds an office"), st.form(f"{key}-form", border=False):
        office = st.radio("Office", [*Office], format_func=words_of, index=None, key=f"{key}-kind")
        title = text_line(
            "What the post is called here (can be left empty)", longest=160, key=f"{key}-title"
        )
        person_id = st.selectbox(
            "Who has an account", list(names), index=None, format_func=names.__getitem__,
            placeholder="Choose somebody", key=f"{key}-person",
        )  # fmt: skip
        name = text_line("Or a name", longest=120, key=f"{key}-name")
        since = text_line(
            f"Since, for example {A_DAY}", longest=DAY, value=today, key=f"{key}-since"
        )
        if st.form_submit_button("Record this", type="primary"):
            with saving("Recorded.", key) as (db, actor):
                if office is None:
                    raise Invalid("Choose the office.", field="office")
                give_post(
                    db, actor, office=office, title=title, person_id=person_id, name=name,
                    began_on=typed_day(since, "began_on", Meant.GONE),
                )  # fmt: skip


def _end(names: dict[int, str], today: str) -> None:
    key = fresh("post-end")
    with st.expander("Somebody no longer holds an office"), st.form(f"{key}-form", border=False):
        post_id = st.selectbox(
            "Which one", list(names), format_func=names.__getitem__, index=None,
            placeholder="Choose one", key=f"{key}-post",
        )  # fmt: skip
        last = text_line(
            f"Last day, for example {A_DAY}", longest=DAY, value=today, key=f"{key}-last"
        )
        if st.form_submit_button("It has ended"):
            with saving("Recorded.", key) as (db, actor):
                if post_id is None:
                    raise Invalid("Choose which one.", field="post")
                end_post(db, actor, post_id, ended_on=typed_day(last, "ended_on", Meant.GONE))


def _correct(rows: dict[int, PostRow]) -> None:
    with st.expander("Correct an entry"):
        post_id = st.selectbox(
            "Which entry", list(rows), index=None, placeholder="Choose one",
            format_func=lambda number: str(row_values(rows[number])["title"]),
            key=fresh("post-which"),
        )  # fmt: skip
        if post_id not in rows:
            return
        row = rows[post_id]
        opened = {"title": row.title, "began_on": row.began_on, "ended_on": row.ended_on}
        if row.by_name:
            opened["name"] = row.name
        form = carried_form("post", post_id, opened, LABELS)
        form.begin()
        title = form.line(LABELS["title"], "title", place=None, longest=160)
        name = ""
        if row.by_name:
            name = form.line(LABELS["name"], "name", place=None, longest=120)
        since = form.line(LABELS["began_on"], "since", place=None, first=on(row.began_on))
        last = form.line(
            f"{LABELS['ended_on']} (empty: they hold it still)", "last", place=None,
            first=on(row.ended_on) if row.ended_on else "",
        )  # fmt: skip
        if st.button("Save this entry", key=f"{form.key}-save"):
            with form.saving("Saved.") as (db, actor):
                change_post(
                    db, actor, post_id, title=title, name=name, opened=form.opened,
                    began_on=typed_day(since, "began_on", Meant.GONE),
                    ended_on=typed_day(last, "ended_on", Meant.GONE),
                )  # fmt: skip


open_page(
    "Who holds which office", Permission.POSTS_READ,
    lede="The people of the council who are responsible for children in care.",
)  # fmt: skip
every()
