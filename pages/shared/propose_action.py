"""Proposing an action: from an opportunity in Working together, or in the plan of The Promise."""

from collections.abc import Mapping, Sequence

import streamlit as st

from coprod_data.commands.actions import propose_action
from coprod_data.permissions import Invalid
from coprod_data.queries.people import NamedRow, PersonRow
from coprod_data.queries.promise import CommitmentRow
from coprod_data.rules.typed_days import Meant
from coprod_data.vocabulary.actions import DueKind, WorkedOnBy
from coprod_data.vocabulary.rewordings import TextPlace
from pages.parts.carried import carried_form
from pages.parts.forms import words_of
from pages.parts.past_days import sure_if_past
from pages.parts.times import typed_day
from pages.shared.due_day import BY_WHEN, typed_due

AGREED_WITH = "Which group of young people agreed that?"
NOBODY = "Nobody named"
NO_GROUP = "No group of young people yet"
PARTNERS = "Partners, for example health or a college"
STARTS = "When does it start? (can be left empty)"


def propose_form(
    commitments: Sequence[CommitmentRow],
    people: Sequence[PersonRow],
    services: Sequence[NamedRow],
    groups: Mapping[int, str],
    young: Mapping[int, str],
    mine: tuple[int, ...],
    me: int,
    *,
    opportunity_id: int | None = None,
    audit_answer_id: int | None = None,
    title: str = "",
) -> None:
    """Show the form that proposes an action. `mine` are the services the reader is responsible for,
    `young` those of the groups in which young people sit.

    `opportunity_id` names the opportunity it follows from, `audit_answer_id` the audit answer whose
    plan it is, whose words are its first `title`; the form then folds.
    """
    about = f"plan-{audit_answer_id}" if audit_answer_id else opportunity_id or "new"
    key = f"propose-{about}" if audit_answer_id else propose_key(opportunity_id)
    form = carried_form("propose", about, key=key)
    key = form.key
    promised = {row.id: f"{row.reference} {row.wording}" for row in commitments}
    owners = {person.id: person.name for person in people}
    named = {service.id: service.name for service in services}
    partners: dict[int | None, str] = {None: NOBODY} | dict(groups)
    agreed_by: dict[int | None, str] = {None: NO_GROUP} | dict(young)
    folds = opportunity_id is not None or audit_answer_id is not None
    with st.expander("Propose an action", expanded=True) if folds else st.container():
        form.begin()
        commitment_id = st.selectbox(
            "Under which commitment?", list(promised), index=None,
            format_func=promised.__getitem__, **form.choice("commitment", promised),
        )  # fmt: skip
        title = form.line(
            "What will be done?", "title", place=TextPlace.ACTION_TITLE, first=title, longest=240
        )
        will_see = form.area("What will you see when it is done?", "see", place=TextPlace.WILL_SEE)
        agreed_id = st.selectbox(
            AGREED_WITH, list(agreed_by), placeholder=NO_GROUP, format_func=agreed_by.__getitem__,
            **form.choice("agreed", agreed_by),
        )  # fmt: skip
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
        group_id, why_alone = None, ""
        if worked_on_by is WorkedOnBy.STAFF:
            why_alone = form.area(
                "Why not together with young people?", "why_alone", place=TextPlace.WHY_ALONE
            )
        else:
            group_id = st.selectbox(
                "Together with which group?", list(partners), placeholder=NOBODY,
                format_func=partners.__getitem__, **form.choice("group", partners),
            )  # fmt: skip
        others = form.line(PARTNERS, "partners", place=TextPlace.PARTNERS, longest=240)
        starts = form.line(STARTS, "starts", place=None)
        wording = form.line(
            "When, in the words of your plan", "wording", place=TextPlace.DUE_WORDING,
            longest=120,
        )  # fmt: skip
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
                starts_on = typed_day(starts, "starts", Meant.COMING)
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
                    why_alone=why_alone,
                    partners=others,
                    see_agreed_with_id=agreed_id,
                    starts_on=starts_on,
                    due_on=due_on,
                    due_wording=wording,
                    due_kind=due_kind,
                    opportunity_id=opportunity_id,
                    audit_answer_id=audit_answer_id,
                )


def propose_key(opportunity_id: int | None) -> str:
    """Return the prefix of the keys of a proposal's boxes."""
    return "propose" if opportunity_id is None else f"propose-from-{opportunity_id}"


def _one_of(known: dict[int, str], chosen: int | None) -> int | None:
    return chosen if chosen in known else None
