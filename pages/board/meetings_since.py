"""Since the last meeting: what we said we would do, what was done, and what did not move."""

from coprod_data.permissions import Permission
from coprod_data.queries.actions_since import MOST, since_then
from coprod_data.queries.meetings import MeetingDetail
from coprod_data.queries.meetings_agenda import Agenda
from coprod_data.queries.meetings_decisions import what_we_said
from coprod_data.vocabulary.actions import Since
from pages.board.meetings_decisions import look_of, who_when
from pages.parts.faults import refusals
from pages.parts.html import show
from pages.parts.sign_in import reading
from pages.parts.times import on
from pages.shared.lists import address


def since_last(one: MeetingDetail, seen: Agenda) -> None:
    """Show it beside a meeting that is to come; nothing before the first meeting."""
    if seen.last_on is None or seen.ended_at is not None:
        return
    with refusals(stop=True), reading() as (db, actor):
        said = what_we_said(db, actor, one.row.on)
        found = since_then(db, actor, seen.last_on) if actor.may(Permission.ACTIONS_READ) else None
    counts = []
    if found is not None:
        counts = [
            (
                _most(len(getattr(found, part))),
                words,
                address("/actions", show="since", **{"from": Since.MEETING.value}, part=part),
            )
            for part, words in (
                ("milestones", "milestones met"),
                ("outcomes", "outcomes signed"),
                ("taken_up", "opportunities taken up"),
                ("still", "actions did not move since then"),
            )
        ]
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


def _most(number: int) -> str:
    return f"{MOST} or more" if number >= MOST else str(number)
