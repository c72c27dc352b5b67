"""Proposing an action: from an opportunity in Working together, or in the plan of The Promise."""

from collections.abc import Mapping, Sequence

import streamlit as st

from coprod_data.commands.actions import propose_action
from coprod_data.permissions import Invalid
from coprod_data.queries.actions_progress import CommitmentProgress
from coprod_data.queries.people import NamedRow, PersonRow
from coprod_data.queries.promise import CommitmentRow
from coprod_data.vocabulary.actions import DueKind, WorkedOnBy
from coprod_data.vocabulary.rewordings import TextPlace
from pages.parts.carried import carried_form
from pages.parts.forms import words_of
from pages.parts.past_days import sure_if_past
from pages.shared.due_day import BY_WHEN, typed_due


def propose_form(
    commitments: Sequence[CommitmentProgress | CommitmentRow],
    people: Sequence[PersonRow],
    services: Sequence[NamedRow],
    groups: Mapping[int, str],
    mine: tuple[int, ...],
    me: int,
    *,
    opportunity_id: int | None = None,
) -> None:
    """Show the form that proposes an action. `mine` are the services the reader is responsible for.

    `opportunity_id` names the opportunity it follows from; the form is then open.
    """
    form = carried_form("propose", opportunity_id or "new", key=propose_key(opportunity_id))
    key = form.key
    promised = {row.id: f"{row.reference} {row.wording}" for row in commitments}
    owners = {person.id: person.name for person in people}
    named = {service.id: service.name for service in services}
    partners: dict[int | None, str] = {None: "Nobody named"} | dict(groups)
    opened = opportunity_id is not None or form.restored
    with st.expander("Propose an action", expanded=opened):
        form.begin()
        commitment_id = st.selectbox(
            "Under which commitment?", list(promised), index=None,
            format_func=promised.__getitem__, **form.choice("commitment", promised),
        )  # fmt: skip
        title = form.line("What will be done?", "title", place=TextPlace.ACTION_TITLE)
        will_see = form.area("What will you see when it is done?", "see", place=TextPlace.WILL_SEE)
        owner_id = st.selectbox(
            "Who owns it?", list(owners), index=None, format_func=owners.__getitem__,
            **form.choice("owner", owners, _one_of(owners, me)),
        )  # fmt: skip
        service_id = st.selectbox(
            "Which service?", list(named), index=None, format_func=named.__getitem__,
            **form.choice("service", named, _one_of(named, mine[0] if mine else None)),
        )  # fmt: skip
        worked_on_by = st.radio(
            "Who works on it?", [*WorkedOnBy], horizontal=True,
            format_func=words_of, **form.choice("by", WorkedOnBy, WorkedOnBy.JOINTLY),
        )  # fmt: skip
        group_id = st.selectbox(
            "Together with which group?", list(partners),
            format_func=partners.__getitem__, **form.choice("group", partners),
        )  # fmt: skip
        wording = form.line(
            "When, in the words of your plan", "wording", place=TextPlace.DUE_WORDING
        )
        typed = form.line(BY_WHEN, "day", place=None)
        kind = st.radio(
            "What does that date mean?", [*DueKind], horizontal=True,
            format_func=words_of, **form.choice("kind", DueKind, DueKind.DAY),
        )  # fmt: skip
        if st.button("Propose it to the chair", type="primary", key=f"{key}-save"):
            with form.saving("The action has been proposed. The chair will read it next.") as (
                db,
                actor,
            ):
                due_on, due_kind = typed_due(typed, kind)
                sure_if_past(due_on, "due_on", key)
                if commitment_id is None or owner_id is None or service_id is None:
                    raise Invalid("Choose the commitment, the owner and the service.")
                propose_action(
                    db,
                    actor,
                    commitment_id=commitment_id,
                    title=title,
                    will_see=will_see,
                    owner_id=owner_id,
                    service_id=service_id,
                    worked_on_by=worked_on_by,
                    together_with_id=group_id,
                    due_on=due_on,
                    due_wording=wording,
                    due_kind=due_kind,
                    opportunity_id=opportunity_id,
                )


def propose_key(opportunity_id: int | None) -> str:
    """Return the prefix of the keys of a proposal's boxes."""
    return "propose" if opportunity_id is None else f"propose-from-{opportunity_id}"


def _one_of(known: dict[int, str], chosen: int | None) -> int | None:
    return chosen if chosen in known else None
