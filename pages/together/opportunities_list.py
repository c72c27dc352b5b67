"""The lists of opportunities: what they say at once, and what this reader may do in them."""

import streamlit as st

from coprod_data.permissions import Permission
from coprod_data.queries.opportunities import OpportunityRow
from pages.parts.address import address_now, say_if_lost
from pages.parts.faults import refusals
from pages.parts.html import draw
from pages.parts.sign_in import reading
from pages.together.opportunities_answer import ELSEWHERE, answer, is_asked
from pages.together.opportunities_joining import answer_invitation, may_offer, offer


def every() -> None:
    """Show the list that the address names; without a name, those waiting for a member."""
    named = {name: value for name, value in address_now().items() if name not in ELSEWHERE}
    with refusals(stop=True), reading() as (db, actor):
        said = answer(db, actor, named)
        can = frozenset(permission for permission in Permission if actor.may(permission))
    if said is None:
        return
    say_if_lost("opportunity")
    if said.opened is None:
        draw(*said.blocks)
    else:
        draw(*said.blocks[:-1])
        with st.container(key=f"opportunity-{said.opened.id}"):
            draw(said.blocks[-1])
            _act(said.opened, can)
    draw(*said.rest)


def _act(row: OpportunityRow, can: frozenset[Permission]) -> None:
    if may_offer(row, can) and not is_asked(row):
        offer(row)
    answer_invitation(row)
