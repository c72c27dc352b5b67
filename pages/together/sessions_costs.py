"""What a session cost and the thanks for it; and both of all sessions, by quarter."""

from datetime import date

import streamlit as st

from coprod_data.commands.sessions_costs import record_costs, record_thanks
from coprod_data.queries.sessions import SessionDetail
from coprod_data.queries.sessions_costs import (
    QuarterRow,
    SessionBill,
    bill_of,
    costs_by_quarter,
)
from coprod_data.rules.session_costs import MOST_MILES, MOST_PENCE, Costs, Thanks
from coprod_data.rules.session_plan import MOST_PEOPLE
from coprod_data.vocabulary.sessions import WAS_HELD, ThanksKind, TravelMode
from pages.parts.boxes import number_box
from pages.parts.carried import carried_form
from pages.parts.faults import refusals
from pages.parts.forms import words_of
from pages.parts.html import show
from pages.parts.sign_in import reading

LABELS = {
    "miles": "Miles that staff and members drove",
    "mode": "How most people came",
    "meals": "Meals",
    "meals_pence": "Meals and food, in pounds",
    "travel_pence": "Fares and taxis, in pounds",
    "venue_pence": "Venue, in pounds",
}
OF_THANKS = {
    "offered": "Offered to, young people",
    "taken": "Taken by",
    "given": "Handed over to",
}
TOO_FEW = (
    "Money for meals and travel is shown where five young people or more came. "
    "With fewer, the price of a meal would tell how many."
)
NAMES = {
    "miles": "Miles driven",
    "mode": "Most people came by",
    "meals": "Meals",
    "meals_pence": "Meals and food",
    "travel_pence": "Fares and taxis",
    "venue_pence": "Venue",
}


def bill(one: SessionDetail) -> None:
    """Show what a session cost and the thanks for it, with their forms to those who may."""
    if one.row.state not in WAS_HELD:
        return
    with refusals(stop=True), reading() as (db, actor):
        found = bill_of(db, actor, one.row.id)
    show(
        "session_bill.html", title="What it cost", rows=_cost_rows(found),
        nothing="Nothing has been recorded yet.", note=TOO_FEW if found.part else "",
    )  # fmt: skip
    if not one.may_change:
        return
    _costs(one, found)
    owed = sum(thanks.owed for thanks in found.thanks.values())
    show(
        "session_bill.html", title="Thanks owed" if owed else "Thanks",
        rows=[(kind.words, _thanks_words(thanks)) for kind, thanks in found.thanks.items()],
        nothing="Nothing has been recorded yet.", note="",
    )  # fmt: skip
    for kind in ThanksKind:
        _thanks(one, kind, found.thanks.get(kind, Thanks()))


def quarters() -> None:
    """Show miles and money of the last four quarters."""
    with refusals(stop=True), reading() as (db, actor):
        rows = costs_by_quarter(db, actor)
    if any(row.recorded for row in rows):
        show("session_quarters.html", rows=[_quarter(row) for row in rows])


def money(pence: int) -> str:
    """Return an amount of money: "£21.60"."""
    return f"£{pence / 100:,.2f}"


def _quarter(row: QuarterRow) -> dict[str, object]:
    last = date(row.first.year, row.first.month + 2, 1)
    return {
        "quarter": f"{row.first:%B} to {last:%B %Y}",
        "sessions": row.sessions,
        "recorded": row.recorded,
        "miles": row.miles,
        "money": money(row.pence),
    }


def _cost_rows(found: SessionBill) -> list[tuple[str, str]]:
    costs, rows = found.costs, []
    if not found.recorded:
        return []
    for name, label in NAMES.items():
        value = getattr(costs, name)
        if name == "mode":
            words = value.words if value else ""
        else:
            words = (money(value) if name.endswith("_pence") else str(value)) if value else ""
        if words:
            rows.append((label, words))
    return rows or ([] if found.part else [("Cost", "None")])


def _costs(one: SessionDetail, found: SessionBill) -> None:
    values = found.costs.values
    form = carried_form("session-costs", one.row.id, values, LABELS)
    with st.expander("Record what it cost", expanded=form.restored):
        form.begin()
        with st.form(f"{form.key}-form", border=False):
            st.text(TOO_FEW)
            miles = _whole(form.key_of("miles"), "miles", values["miles"], MOST_MILES)
            mode = st.selectbox(
                LABELS["mode"], [*TravelMode], format_func=words_of, placeholder="Choose one",
                index=[*TravelMode].index(values["mode"]) if values["mode"] else None,
                key=form.key_of("mode"),
            )  # fmt: skip
            meals = _whole(form.key_of("meals"), "meals", values["meals"], MOST_PEOPLE)
            pounds = {
                name: number_box(
                    LABELS[name], least=0.0, most=MOST_PENCE / 100, step=1.0,
                    value=values[name] / 100, format="%.2f", key=form.key_of(name),
                )
                for name in ("meals_pence", "travel_pence", "venue_pence")
            }  # fmt: skip
            if st.form_submit_button("Save what it cost"):
                with form.saving("Saved.") as (db, actor):
                    pence = {name: round(100 * value) for name, value in pounds.items()}
                    record_costs(
                        db, actor, one.row.id, opened=form.opened,
                        costs=Costs(miles=miles, mode=mode, meals=meals, **pence),
                    )  # fmt: skip


def _thanks(one: SessionDetail, kind: ThanksKind, now: Thanks) -> None:
    form = carried_form(f"session-thanks-{kind}", one.row.id, now.values, OF_THANKS)
    with st.expander(kind.words, expanded=form.restored):
        form.begin()
        with st.form(f"{form.key}-form", border=False):
            st.text("Numbers only, never a young person's name.")
            said = {
                name: int(
                    number_box(
                        label, least=0, most=MOST_PEOPLE, step=1,
                        value=now.values[name], key=form.key_of(name),
                    )
                )
                for name, label in OF_THANKS.items()
            }  # fmt: skip
            if st.form_submit_button("Save these numbers"):
                with form.saving("Saved.") as (db, actor):
                    record_thanks(
                        db, actor, one.row.id, kind, thanks=Thanks(**said), opened=form.opened
                    )  # fmt: skip


def _whole(key: str, name: str, value: int, most: int) -> int:
    return int(number_box(LABELS[name], least=0, most=most, step=1, value=value, key=key))


def _thanks_words(thanks: Thanks) -> str:
    given = f"{thanks.given} of {thanks.taken} given"
    return f"{given}, {thanks.owed} owed" if thanks.owed else given
