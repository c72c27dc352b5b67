"""A comment on a policy that came on paper or in a group, as a worker types it."""

import secrets
from collections.abc import Callable

import streamlit as st

from coprod_data.commands.drafts import wipe_draft
from coprod_data.commands.entries_comments import send_comment
from coprod_data.permissions import Invalid
from coprod_data.queries.policies_public import PublicPolicy
from coprod_data.store import database
from coprod_data.store.card_codes import new_code
from coprod_data.vocabulary.policies import CommentWay, Opinion
from pages.parts.faults import refusals
from pages.parts.forms import words_of
from pages.parts.html import show
from pages.parts.sign_in import writing

WAYS = [CommentWay.PAPER, CommentWay.GROUP]


def comment_form(
    policy: PublicPolicy, form: str, box: Callable[[str], str], forget: Callable[[], None]
) -> None:
    """Ask what somebody said about which part. `form` names the drafts of its box, `box` shows it,
    and `forget` empties it for the next one.
    """
    show("lede.html", words=f"About “{policy.title}”, version {policy.version}")
    parts = {part.id: part.heading for part in policy.parts}
    part_id = st.selectbox(
        "Which part is it about?", list(parts), format_func=parts.__getitem__, index=None,
        placeholder="Choose a part", key="add-part",
    )  # fmt: skip
    way = st.radio(
        "How did it come?", WAYS, format_func=words_of, index=None, horizontal=True, key="add-way"
    )
    opinion = st.radio(
        "What do they think of it?", [*Opinion, None], index=len(Opinion), horizontal=True,
        format_func=lambda one: one.words if one else "They did not say", key="add-opinion",
    )  # fmt: skip
    st.text("Write their own words, not yours.")
    words = box("words")
    if st.button("Send it", type="primary"):
        with refusals():
            if part_id is None or way is None:
                raise Invalid("Choose the part, and how it came.", field="part")
            form_id = st.session_state.setdefault("add-entry-form", secrets.token_urlsafe(18))
            code = new_code(form_id, database.current().keys)  # slow, so made before
            with writing() as (db, actor):
                send_comment(
                    db, actor, part_id, text=words, form_id=form_id, code=code, opinion=opinion,
                    way=way,
                )  # fmt: skip
                wipe_draft(db, actor, form, "words")
            forget()
            st.rerun()
