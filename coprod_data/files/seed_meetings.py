"""Rows of the sheets about meetings of the Board and about posts, as commands."""

from coprod_data.commands.meetings import (
    cancel_meeting,
    declare_interest,
    move_meeting,
    plan_meeting,
    reply_to_meeting,
)
from coprod_data.commands.meetings_agenda import add_item, publish_agenda
from coprod_data.commands.meetings_decisions import (
    confirm_decision,
    finish_line,
    record_decision,
)
from coprod_data.commands.meetings_heard import end_meeting, start_item, start_meeting
from coprod_data.commands.posts import end_post, give_post
from coprod_data.files.csv_in import Row
from coprod_data.files.seed_call import call, day, one, text, the, the_if_any, value
from coprod_data.files.seed_council import Council, Steps
from coprod_data.permissions import Actor
from coprod_data.queries.meetings_agenda import agenda
from coprod_data.rules.meeting_decision import Said
from coprod_data.rules.meeting_plan import MeetingPlan
from coprod_data.vocabulary.meetings import MeetingReply

MEETING = the("meeting")


def _plan(council: Council, actor: Actor, row: Row) -> None:
    plan = MeetingPlan(
        theme_id=council.number(row, "theme") if row["theme"] else None,
        open_to_public=row["public"] is not False,
        young_people=row["young_people"],
        place=row["place"] or "",
        online=row["online"] or "",
        private_part=row["private_part"] or "",
    )
    number = plan_meeting(
        council.db, actor, meets_on=row["day"], begins=row["begins"] or "", ends=row["ends"] or "",
        plan=plan,
    )  # fmt: skip
    council.name("meeting", row["meeting"], number)


def _move(council: Council, actor: Actor, row: Row) -> None:
    move_meeting(
        council.db, actor, MEETING(council, row), meets_on=row["day"], begins=row["begins"] or "",
        ends=row["ends"] or "", why=row["words"] or "",
    )  # fmt: skip


def _item(council: Council, actor: Actor, row: Row) -> int:
    """Return the first item of the kind that the cell `item` names."""
    items = agenda(council.db, actor, MEETING(council, row)).rows
    found = next((one.id for one in items if one.kind == row["item"] and one.heard is None), None)
    if found is None:
        raise row.refused("item", "there is no such item on this agenda, or it was talked about.")
    return found


def _start(council: Council, actor: Actor, row: Row) -> None:
    start_item(council.db, actor, _item(council, actor, row))


def _decide(council: Council, actor: Actor, row: Row) -> None:
    """Write down a decision about the item of a kind that was talked about."""
    items = agenda(council.db, actor, MEETING(council, row)).rows
    found = next((one.id for one in items if one.kind == row["item"] and one.heard), None)
    if found is None:
        raise row.refused("item", "there is no such item on this agenda that was talked about.")
    said = Said(
        recommendation=row["detail"] or "", result=row["result"], wording=row["words"] or "",
        owner_id=council.number(row, "who", "person") if row["who"] else None, due_on=row["due"],
    )  # fmt: skip
    council.name("decision", row["decision"], record_decision(council.db, actor, found, said=said))


STEPS: Steps = {
    ("meetings", "decide"): _decide,
    ("meetings", "confirm"): call(confirm_decision, the("decision")),
    ("meetings", "done"): call(finish_line, the("decision"), words=text("words")),
    ("meetings", "put out"): call(publish_agenda, MEETING),
    ("meetings", "item"): call(
        add_item, MEETING, title=text("words"), detail=text("detail"), paper=text("paper")
    ),
    ("meetings", "begin"): call(start_meeting, MEETING),
    ("meetings", "start"): _start,
    ("meetings", "end"): call(end_meeting, MEETING),
    ("meetings", "plan"): _plan,
    ("meetings", "move"): _move,
    ("meetings", "cancel"): call(cancel_meeting, MEETING, why=text("words")),
    ("meetings", "reply"): call(
        reply_to_meeting,
        MEETING,
        reply=one("reply", MeetingReply),
        person_id=the_if_any("who", "person"),
    ),
    ("meetings", "interest"): call(
        declare_interest, MEETING, interest=text("words"), person_id=the_if_any("who", "person")
    ),
    ("posts", "give"): call(
        give_post,
        names="post",
        office=value("office"),
        title=text("title"),
        person_id=the_if_any("member", "person"),
        name=text("name"),
        began_on=day,
    ),
    ("posts", "end"): call(end_post, the("post"), ended_on=day),
}
