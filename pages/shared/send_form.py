"""A young person with an account writes a card here, and it is kept among their own cards."""

import secrets

import streamlit as st

from coprod_data.commands.entries import hold_card, send_entry
from coprod_data.queries.promise import themes
from coprod_data.queries.settings import duty
from coprod_data.store import database
from coprod_data.store.actors import ByCode
from coprod_data.store.card_codes import new_code
from coprod_data.vocabulary.entries import Feeling
from pages.parts.boxes import text_lines
from pages.parts.faults import refusals
from pages.parts.forms import inert
from pages.parts.frame import announce
from pages.parts.help_lines import if_you_might_hurt_yourself
from pages.parts.html import show
from pages.parts.sign_in import reading, writing
from pages.parts.wording import by_words, say
from pages.shared.private_part import private_part
from pages.shared.read_later import read_later

THINKS, WANTS = "thinks", "wants"


def send_form(form: str, boxes: dict[str, str]) -> None:
    """Ask what it is about, these boxes of words, and the private part; send it as a card.

    `boxes` are `thinks`, `wants` or both, each with what it asks. What was sent is added to the
    young person's own cards, in the same transaction.
    """
    with refusals(stop=True), reading() as (db, actor):
        names = {theme.id: inert(theme.young_title) for theme in themes(db, actor)}
        now = duty(db, actor)
        is_open = now.takes_words and bool(names)
    if not is_open:
        show(
            "notice.html", tone="alert", icon="shield", urgent=True,
            title=say("send.closed"), words="",
        )  # fmt: skip
        return
    read_later(now)
    theme_id = st.radio(
        say("theme.title"),
        [*names, None],
        format_func=lambda number: say("theme.unknown") if number is None else names[number],
        index=None,
        key=f"{form}-theme",
    )
    feeling = None
    if THINKS in boxes:
        feeling = st.radio(
            say("feeling.title"),
            [*Feeling, None],
            format_func=lambda face: (
                say("feeling.skip") if face is None else say(f"feeling.{face}")
            ),
            index=None,
            key=f"{form}-feeling",
        )
    st.text(f"{say('words.names')} {say('words.names_safe')} {say('words.names_hurt')}")
    st.text(if_you_might_hurt_yourself())
    by = say("reader.by", by=by_words(now.reads_by, now.opening_day, now.today))
    st.text(f"{by} {say('reader.limits')}")
    st.text(say("words.needed") if THINKS in boxes else say("words.hint"))
    typed = {
        name: text_lines(label, key=f"{form}-{name}", height=150) for name, label in boxes.items()
    }
    st.text(say("send.kept"))
    private = private_part(form)
    if st.button(say("check.send"), type="primary", key=f"{form}-send"):
        with refusals():
            form_id = st.session_state.setdefault(f"form-of-{form}", secrets.token_urlsafe(18))
            keys = database.current().keys
            code = new_code(form_id, keys)  # both are slow, so made before the transaction
            digests = ByCode(code.words).digests(keys)
            with writing() as (db, actor):
                send_entry(
                    db,
                    actor,
                    form_id=form_id,
                    code=code,
                    theme_id=theme_id,
                    thinks=typed.get(THINKS, ""),
                    wants=typed.get(WANTS, ""),
                    feeling=feeling,
                    uses=private.uses,
                    wish=private.wish(),
                    about_us=private.about_us,
                    meant=private.meant,
                )
                hold_card(db, actor, digests)
            for key in [key for key in st.session_state if str(key).startswith(f"{form}-")]:
                del st.session_state[key]
            del st.session_state[f"form-of-{form}"]
            announce(say("send.sent"))
            st.switch_page("voice/my_cards.py")
