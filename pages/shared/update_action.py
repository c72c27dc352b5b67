"""Updating an action: on its page in The Promise, and in place on My work."""

from collections.abc import Callable
from contextlib import nullcontext

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from coprod_data.commands.actions import update_action
from coprod_data.queries.actions import ActionRow
from coprod_data.vocabulary.actions import BY_HAND, Rag, Stage
from coprod_data.vocabulary.rewordings import TextPlace
from pages.parts.carried import Form, carried_form
from pages.parts.carried_values import shown
from pages.parts.forms import words_of

NOW_SAYS = {"stage": "Stage", "rag": "RAG rating", "rag_reason": "Recovery note"}


def update_form(
    row: ActionRow,
    then: Callable[[], None] = lambda: None,
    *,
    folded: bool = False,
    brief: bool = False,
    save: str = "Save the update",
) -> None:
    """Show the form for an update: what happened, stage and colour. Saved, `then` goes on.

    `folded` shows its title, unless something typed before is in it; `brief` asks for no other
    stage of what is in progress.
    """
    form = carried_form(
        "update",
        row.id,
        {
            "update": row.seen,
            "stage": row.stage,
            "rag": row.rag,
            "rag_reason": row.rag_reason,
        },
        {"update": "Newest update"} | NOW_SAYS,
        tell=lambda name, value: row.staff_say if name == "update" else shown(value),
    )
    with st.expander("Add an update", expanded=form.restored) if folded else nullcontext():
        _asked(row, form, then, brief=brief, save=save)


def _asked(row: ActionRow, form: Form, then: Callable[[], None], *, brief: bool, save: str) -> None:
    form.begin()
    stage, rag, reason = row.stage, row.rag, row.rag_reason
    state, texts = st.container(), st.container(horizontal=True, key=f"texts-{form.key}")
    if row.mine:
        with state:
            stage, rag, reason = asked_state(row, form, texts, every=not brief)
    with texts:
        text = form.area("What happened?", "text", place=TextPlace.UPDATE)
    if st.button(save, type="primary", key=f"{form.key}-save"):
        with form.saving("Your update is saved.") as (db, actor):
            update_action(
                db,
                actor,
                row.id,
                stage=stage,
                rag=rag,
                rag_reason=reason,
                text=text,
                opened={"update": form.opened["update"]},
            )
            then()


def asked_state(
    row: ActionRow, form: Form, texts: DeltaGenerator | None = None, *, every: bool
) -> tuple[Stage, Rag | None, str]:
    """Ask for the stage of an action, its colour and, with the other `texts`, for what this needs.

    Without `every`, what is in progress is asked for no other stage; what is on hold never is.
    """
    start: Stage = form.carried.start["stage"]
    stage: Stage | None = start
    if row.stage is Stage.ON_HOLD:
        return row.stage, None, ""
    stages = [one for one in Stage if one in (start, row.stage, *BY_HAND)]
    if every or start is not Stage.IN_PROGRESS:
        stage = st.radio(
            "What stage is it at?", stages, index=None, format_func=words_of,
            horizontal=True, **form.choice("stage", stages, start),
        )  # fmt: skip
    stage = stage or start
    return stage, *_colour(row, form, stage, texts)


def _colour(
    row: ActionRow, form: Form, stage: Stage, texts: DeltaGenerator | None
) -> tuple[Rag | None, str]:
    """Ask for the colour of an action in progress, and for the text that a colour needs."""
    if stage is not Stage.IN_PROGRESS:
        return None, ""
    colours, start = list(Rag), form.carried.start["rag"]
    rag = st.radio(
        "How is it going?",
        colours,
        index=None,
        format_func=words_of,
        horizontal=True,
        **form.choice("rag", colours, start),
    )
    if rag in (Rag.AMBER, Rag.RED):
        label = "What will you do to get it back on track?"
    elif rag is Rag.GREEN and row.past_due:
        label = "Its date has passed. Why is it still on track?"
    else:
        return rag, ""
    with texts or nullcontext():
        return rag, form.area(label, "rag_reason", place=TextPlace.RAG_REASON)
