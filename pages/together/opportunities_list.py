"""The lists of opportunities: what they say at once, and what this reader may do in them."""

import streamlit as st

from coprod_data.permissions import Permission
from coprod_data.queries.opportunities import OpportunityRow
from coprod_data.vocabulary.outcomes import OutcomeProgress
from pages.parts.address import address_now, say_if_lost
from pages.parts.faults import refusals
from pages.parts.html import draw
from pages.parts.sign_in import reading
from pages.parts.tables import download
from pages.together.opportunities_answer import (
    BY_CODE,
    ELSEWHERE,
    FOR_ME,
    GROUPS,
    OUTCOMES,
    Shown,
    answer,
    is_asked,
)
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
    if said.at is not None:
        _download(said.at)


def _act(row: OpportunityRow, can: frozenset[Permission]) -> None:
    if may_offer(row, can) and not is_asked(row):
        offer(row)
    answer_invitation(row)


def _download(at: Shown) -> None:
    """Offer the rows of the list as a sheet, where it has one: not who was asked."""
    if not at.numbers[at.group]:
        return
    if at.group in GROUPS:
        states = ",".join(GROUPS[at.group][1])
        download("opportunities", "this list", theme=at.theme_id, state=states)
    elif at.group in OUTCOMES:
        download("outcomes", "this list", theme=at.theme_id, state=OUTCOMES[at.group][1])
    elif at.group == FOR_ME:
        download("opportunities", "this list", show=FOR_ME)
    elif at.group == BY_CODE:
        signed = OutcomeProgress.CO_SIGNED
        download("outcomes", "this list", theme=at.theme_id, state=signed, by_code="1")
