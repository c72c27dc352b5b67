"""Add an entry: a worker writes down what a young person says, and hands over the card code."""

import secrets

import streamlit as st

from coprod_data.commands.drafts import keep_draft, wipe_draft
from coprod_data.commands.entries import send_entry
from coprod_data.commands.entries_codes import hand_over_code
from coprod_data.permissions import Permission
from coprod_data.queries.drafts import draft
from coprod_data.queries.entries_codes import WaitingCode, codes_to_hand_over
from coprod_data.queries.policies_public import public_policy
from coprod_data.queries.promise import themes
from coprod_data.queries.settings import duty
from coprod_data.rules.texts import LONGEST, is_blank
from coprod_data.store import database
from coprod_data.store.card_codes import new_code
from coprod_data.vocabulary.entries import Feeling
from pages.parts.address import row_in_address
from pages.parts.boxes import text_line, text_lines
from pages.parts.faults import refusals
from pages.parts.forms import inert
from pages.parts.frame import announce, open_page
from pages.parts.html import draw, show
from pages.parts.sign_in import reading, writing
from pages.shared.private_part import private_part
from pages.shared.promise_missing import no_promise_yet
from pages.voice.add_entry_comment import comment_form

FORM = "add_entry"
FORM_ID = "add-entry-form"
TEXTS = {"thinks": "What they think", "wants": "What they want"}
BOXES = {**TEXTS, "words": "What they said"}
READ_OUT = (
    "Read this out: The Youth Voice Team reads what you say. If you or someone else may be hurt, "
    "we tell people whose job is to keep you safe. We tell you first if we can. You can stop at "
    "any time, and take it back later. Then say who else is in the room, and ask if that is all "
    "right."
)
NOT_SAID = "They did not say"


def keep(field: str) -> None:
    """Save what is in a box as soon as it loses focus. Used as a callback."""
    with refusals(), writing() as (db, actor):
        keep_draft(db, actor, FORM, field, st.session_state.get(f"add-{field}") or "")


def text_box(field: str) -> str:
    """Show one of the two boxes; it holds what was typed before."""
    key = f"add-{field}"
    if key not in st.session_state:
        with refusals(), reading() as (db, actor):
            st.session_state[key] = draft(db, actor, FORM, field) or ""
    with st.container(key=f"draft-{key}"):  # pages/static/js/drafts.js finds the box by this key
        return text_lines(BOXES[field], key=key, height=150, on_change=keep, args=(field,))


def form() -> None:
    """Ask what the young person says, in the order of their own form."""
    with refusals(stop=True), reading() as (db, actor):
        names = {theme.id: inert(theme.young_title) for theme in themes(db, actor)}
    theme_id = st.radio(
        "What is it about?",
        [*names, None],
        format_func=lambda number: "They do not know" if number is None else names[number],
        index=None,
        horizontal=True,
        key="add-theme",
    )
    feeling = st.radio(
        "How does it feel?",
        [*Feeling, None],
        format_func=lambda face: NOT_SAID if face is None else face.words,
        index=len(Feeling),
        horizontal=True,
        key="add-feeling",
    )
    st.text(f"Write their own words, not yours. Up to {LONGEST:,} characters in each box.")
    thinks, wants = text_box("thinks"), text_box("wants")
    language = text_line("Language they spoke", value="English", longest=12, key="add-language")
    read_back = st.checkbox("I read it back and they agreed the words", key="add-read-back")
    st.subheader("Give them the screen for this part", anchor=False)
    st.text("It is for the young person only. If they want you to type, read each question out.")
    private = private_part("add")
    if st.button("Send it", type="primary"):
        with refusals():
            form_id = st.session_state.setdefault(FORM_ID, secrets.token_urlsafe(18))
            code = new_code(form_id, database.current().keys)  # slow, so made before
            with writing() as (db, actor):
                send_entry(
                    db, actor, form_id=form_id, code=code,
                    theme_id=theme_id, thinks=thinks, wants=wants, feeling=feeling,
                    language="English" if is_blank(language) else language.strip(),
                    typed=True, read_back=read_back,
                    uses=private.uses, wish=private.wish(), about_us=private.about_us,
                    meant=private.meant,
                )  # fmt: skip
                for field in TEXTS:
                    wipe_draft(db, actor, FORM, field)
            forget()
            st.rerun()


def forget() -> None:
    """Empty the form for the next young person."""
    for key in [key for key in st.session_state if str(key).startswith("add-")]:
        del st.session_state[key]


def handed_over(waiting_id: int) -> None:
    """Forget the code now that they have it. Used as a callback."""
    with refusals():
        with writing() as (db, actor):
            hand_over_code(db, actor, waiting_id)
        announce("Somebody else in the team will check this entry, because you typed it.")


def hand_over(waiting: WaitingCode) -> None:
    """Show a code, for the young person to take with them."""
    show("handed_code.html", code=waiting.code, sent_at=waiting.sent_at)
    st.button(
        "They have their code", type="primary", key=f"handed-{waiting.id}",
        on_click=handed_over, args=(waiting.id,),
    )  # fmt: skip


open_page("Add an entry", needs=Permission.ENTRIES_TYPE, back=("Checking", "/checking"))
with refusals(stop=True), reading() as (db, actor):
    somebody_on_duty, promised = duty(db, actor).takes_words, bool(themes(db, actor))
    missing = no_promise_yet(actor, "An entry belongs to a part of it.")
    waiting = codes_to_hand_over(db, actor)
chosen = row_in_address(public_policy, "policy") if not waiting else None
if waiting:
    hand_over(waiting[0])
elif somebody_on_duty and chosen and chosen.takes_comments:
    show("notice.html", tone="plain", icon="voice", urgent=False, title=READ_OUT, words="")
    comment_form(chosen, FORM, text_box, forget)
elif somebody_on_duty and promised:
    show("notice.html", tone="plain", icon="voice", urgent=False, title=READ_OUT, words="")
    form()
elif somebody_on_duty:
    draw(missing)
else:
    show(
        "notice.html", tone="alert", icon="shield", urgent=True,
        title="Nobody is on duty, so nothing can be sent",
        words="Call the safeguarding lead. In danger call 999. Childline: 0800 1111. "
        "The safeguarding lead or the administrator names who is on duty in Settings.",
    )  # fmt: skip
