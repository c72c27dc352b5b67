"""What works: whom each way of asking reached and who replied; and the form of one session."""

import streamlit as st

from coprod_data.commands.sessions_costs import record_reach
from coprod_data.queries.sessions import SessionDetail
from coprod_data.queries.sessions_channels import ChannelRow, ReachRow, channels, reach_of
from coprod_data.rules.session_reach import MOST_REACHED, Reach
from coprod_data.vocabulary.sessions import WAS_HELD
from pages.parts.boxes import number_box
from pages.parts.carried import carried_form
from pages.parts.faults import refusals
from pages.parts.html import show
from pages.parts.sign_in import reading
from pages.parts.times import on

LABELS = {
    "reached": "People reached: asked, spoken to, or written to",
    "replies": "People who replied, in any way",
}
PRIVATE = "kept private"


def lessons() -> None:
    """Show what the last twelve months say about each way of asking."""
    with refusals(stop=True), reading() as (db, actor):
        rows = channels(db, actor)
    show("session_channels.html", rows=[_channel(row) for row in rows])


def reached(one: SessionDetail) -> None:
    """Let those who may change a session record whom it reached."""
    if one.row.state not in WAS_HELD or not one.may_change:
        return
    with refusals(stop=True), reading() as (db, actor):
        now = reach_of(db, actor, one.row.id) or Reach()
    form = carried_form("session-reach", one.row.id, now.values, LABELS)
    with st.expander("Record whom it reached", expanded=form.restored):
        form.begin()
        with st.form(f"{form.key}-form", border=False):
            said = {
                name: int(
                    number_box(
                        label, least=0, most=MOST_REACHED, step=1,
                        value=now.values[name], key=form.key_of(name),
                    )
                )
                for name, label in LABELS.items()
            }  # fmt: skip
            if st.form_submit_button("Save whom it reached"):
                with form.saving("Saved.") as (db, actor):
                    record_reach(db, actor, one.row.id, reach=Reach(**said), opened=form.opened)


def _channel(row: ChannelRow) -> dict[str, object]:
    count = f"{row.sessions} session{'' if row.sessions == 1 else 's'} in 12 months"
    missing = row.sessions - len(row.times)
    return {
        "channel": row.channel.words,
        "count": f"{count}, {missing} not recorded" if missing else count,
        "best": f"{row.best.per_hundred} of each 100 replied, at best" if row.best else "",
        "times": [_time(one) for one in row.times],
    }


def _time(one: ReachRow) -> dict[str, object]:
    return {
        "href": f"/sessions?id={one.session_id}",
        "title": one.title,
        "day": on(one.day),
        "reached": PRIVATE if one.reached is None else f"{one.reached:,}",
        "replies": PRIVATE if one.replies is None else f"{one.replies:,}",
    }
