"""Since the last meeting: what we said we would do, what was done, and what did not move."""

from coprod_data.permissions import Permission
from coprod_data.queries.actions_since import since_numbers
from coprod_data.queries.meetings import MeetingDetail
from coprod_data.queries.meetings_agenda import Agenda
from coprod_data.queries.meetings_decisions import what_we_said
from pages.board.meetings_decisions import look_of, who_when
from pages.parts.faults import refusals
from pages.parts.html import show
from pages.parts.sign_in import reading
from pages.parts.times import on
from pages.shared.lists import address
from pages.shared.since_counts import since_counts


def since_last(one: MeetingDetail, seen: Agenda) -> None:
    """Show it beside a meeting that is to come; nothing before the first meeting."""
    if seen.last_on is None or seen.ended_at is not None:
        return
    with refusals(stop=True), reading() as (db, actor):
        said = what_we_said(db, actor, one.row.on)
        reads = actor.may(Permission.ACTIONS_READ)
        counts = since_counts(since_numbers(db, actor, seen.last_on)) if reads else []
    show(
        "meeting_since.html", day=on(seen.last_on), counts=counts,
        done=sum(row.done for row in said), whole=len(said),
        rows=[
            {
                "words": row.said.wording,
                "who": who_when(row) + (", without the public" if row.private else ""),
                "look": look_of(row),
                "href": address("/actions", action=row.action_id)
                if row.action_id
                else address("/meetings", id=row.meeting_id),
            }
            for row in said
        ],
    )  # fmt: skip
