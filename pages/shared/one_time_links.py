"""One-time links to hand over, shown to who made them, where they are made."""

import streamlit as st

from coprod_data.queries.people import links_to_hand_over
from coprod_data.queries.settings import labels
from pages.parts.address import whole_address
from pages.parts.faults import refusals
from pages.parts.forms import inert
from pages.parts.html import show
from pages.parts.sign_in import reading
from pages.parts.times import on_and_at


def hand_over_links(person_id: int | None = None) -> None:
    """Show the one-time links that the reader made and that still work, where they are made.

    They are shown until used, replaced or a day old. Without `person_id`, those for everybody.
    """
    with refusals(stop=True), reading() as (db, actor):
        links = links_to_hand_over(db, actor)
        council = labels(db, actor).council
    with st.container(key="one-time-link"):  # always there, so that what follows keeps its place
        for link in links:
            if person_id not in (None, link.person_id):
                continue
            address = whole_address(f"/sign-in/new-password?link={link.token}")
            until = on_and_at(link.ends_at)
            show(
                "one_time_link.html", name=link.name, username=link.username, until=until,
            )  # fmt: skip
            st.code(address, language=None, wrap_lines=True)
            with st.expander(f"A text for an e-mail to {inert(link.name)}"):
                words = (
                    f"Dear {link.name},\n\nyou have an account on Together, the co-production "
                    f"dashboard of {council}. Choose your password here:\n\n{address}\n\n"
                    f"The link works one time, until {until}. Your username is {link.username}."
                )
                st.code(words, language=None, wrap_lines=True)
