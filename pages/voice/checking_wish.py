"""A young person wants somebody to talk to them: how to reach them, and what came of it."""

import streamlit as st

from coprod_data.commands.entries_wishes import close_wish, let_wish_go, open_wish
from coprod_data.permissions import Invalid, NotFound, Permission
from coprod_data.queries.entries_raw_care_steps import WishFacts
from coprod_data.queries.entries_wishes import open_wishes
from coprod_data.rules.word_flags import flags_in
from coprod_data.vocabulary.entries import Hint
from coprod_data.vocabulary.entry_care import WishEnd
from pages.parts.faults import refusals
from pages.parts.forms import saving, words_of
from pages.parts.html import show
from pages.parts.sign_in import reading
from pages.parts.times import on_and_at
from pages.voice.checking_first import hold_button
from pages.voice.checking_opening import open_entry
from pages.voice.checking_place import back_to_list


def show_wish(wish_id: int) -> None:
    """Show one wish by itself, with the way to its entry."""
    st.button("Back to the list", key="back-to-list", on_click=back_to_list)
    with refusals(stop=True), reading() as (db, actor):
        wish = next((one for one in open_wishes(db, actor) if one.id == wish_id), None)
        safeguards = actor.may(Permission.ENTRIES_READ_HELD)
        if wish is None:
            raise NotFound("This wish is closed, or was taken back.")
    wish_panel(wish, safeguards=safeguards)
    if wish.taken_back and wish.opened_at is not None and safeguards:
        st.text("If somebody may not be safe, hold it first. Letting it go erases what you read.")
        hold_button(wish.entry_id, f"Hold no. {wish.entry_id}", primary=bool(_reasons(wish)))
    elif not wish.taken_back:
        st.button(
            f"Read no. {wish.entry_id}", key=f"read-{wish.entry_id}",
            on_click=open_entry, args=(wish.entry_id,),
        )  # fmt: skip


def wish_panel(wish: WishFacts, *, safeguards: bool) -> None:
    """Show a wish to talk: shut until somebody opens it, then how to reach them."""
    with st.container(key=f"box-wish-{wish.id}"):
        show(
            "wish.html",
            made=on_and_at(wish.made_at),
            opened=f"{wish.opened_by}, {on_and_at(wish.opened_at)}" if wish.opened_at else "",
            first_name=wish.first_name,
            how=wish.how,
            when_safe=wish.when_safe,
            taken_back=on_and_at(wish.taken_back_at) if wish.taken_back_at else "",
            reasons=_reasons(wish),
        )
        if wish.opened_at is None:
            words = "See what they wrote" if wish.taken_back else "See how to reach them"
            if st.button(words, key=f"open-wish-{wish.id}", type="primary"):
                with saving("We recorded that you opened it.") as (db, actor):
                    open_wish(db, actor, wish.id)
        elif wish.taken_back:
            if safeguards and st.button("Let it go", key=f"wish-go-{wish.id}"):
                with saving("It is erased.") as (db, actor):
                    let_wish_go(db, actor, wish.id)
        elif wish.closing:
            st.text("A second person is asked to close it. It stays open until they agree.")
        else:
            _close(wish)


def _reasons(wish: WishFacts) -> list[str]:
    """Return why to act on an open wish now: what it says may be about more than a time."""
    found = flags_in(wish.first_name, wish.how, wish.when_safe)
    care = [Hint.WEAK_WORDS.words] if found.weak or found.read_with_care else []
    return [flag.words for flag in found.strong] or care


def _close(wish: WishFacts) -> None:
    ending = st.radio(
        "What came of it", list(WishEnd), index=None, format_func=words_of, key=f"wish-{wish.id}"
    )
    if st.button("Ask a second person to close it", key=f"close-wish-{wish.id}"):
        with saving("A second person is asked. It stays open until they agree.") as (db, actor):
            if ending is None:
                raise Invalid("Choose what came of it.", field="ending")
            close_wish(db, actor, wish.id, ending=ending)
