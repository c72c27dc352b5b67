"""How opportunities are shared among members and officers, for the chair only."""

import streamlit as st

from coprod_data.permissions import Permission
from coprod_data.queries.opportunities_shares import ShareRow, shares
from coprod_data.vocabulary.labels import labelled
from pages.parts.faults import refusals
from pages.parts.sign_in import reading
from pages.parts.tables import Column, table
from pages.shared.own_eyes import for_own_eyes


def how_it_is_shared() -> None:
    """Show who was asked, offered and took up what in the last year, on a screen that nobody else
    can see.
    """
    with refusals(stop=True), reading() as (db, actor):
        rows = shares(db, actor) if actor.may(Permission.OPPORTUNITIES_SHARES) else []
    if not rows or not for_own_eyes(marked=True):
        return
    never = sum(row.never_asked for row in rows)
    with st.expander(f"How work is shared: {never} of {len(rows)} never asked"):
        st.text("In the last twelve months. Nobody else sees this list, and it is in no download.")
        table(
            "What members and officers were asked, offered and took up",
            [
                Column("Who"),
                Column(labelled("On the Board")),
                *(Column(title, number=True) for title in ("Asked", "Offered", "Taken up")),
            ],
            [_cells(row) for row in rows],
            empty="Nobody can take up opportunities yet.",
        )


def _cells(row: ShareRow) -> tuple[object, ...]:
    who = ", ".join(part for part in (row.name, row.job) if part)
    on_board = "Yes" if row.member else "No"
    return who, on_board, row.asked or "Never", row.offered, row.taken
