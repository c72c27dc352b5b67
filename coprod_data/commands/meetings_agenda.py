"""The agenda of a meeting: drawn up by the rule, ordered by the chair within it, put out."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.event_log import record, record_if_changed
from coprod_data.commands.meetings_agenda_steps import change_mark, draw_up, items_of
from coprod_data.commands.meetings_rules import meeting_of
from coprod_data.commands.rows import kept, locked, must_be_as_opened, must_be_new
from coprod_data.models import AgendaItem, HeardTime, Meeting
from coprod_data.permissions import Actor, Invalid, Permission, Refused
from coprod_data.rules.clocks import london_day
from coprod_data.rules.texts import optional_text, required_line
from coprod_data.vocabulary.events import EventKind
from coprod_data.vocabulary.meetings import AHEAD, BY_RULE, AgendaKind, AgendaTier
from coprod_data.vocabulary.meetings import MeetingState as S

MOST_ITEMS, MOST_MINUTES = 40, 120
BETWEEN = 10  # where a new item comes: after the new cards, before what always comes


def draw_up_agenda(db: Session, actor: Actor, meeting_id: int) -> None:
    """Bring an agenda in line with the rule: what belongs on it now is on it, in its tier.

    What the chair or clerk added, and the order within tiers, stay. Once the agenda is out nothing
    is taken off it, and what is added is marked. Raises NotFound, Refused.
    """
    actor.must(Permission.MEETINGS_WRITE)
    meeting = meeting_of(db, meeting_id, *AHEAD)
    draw_up(db, actor, meeting)
    record_if_changed(db, actor, EventKind.AGENDA_DRAWN, meeting)


def publish_agenda(db: Session, actor: Actor, meeting_id: int) -> None:
    """Put out an agenda, drawn up once more; what is changed later is marked.

    Raises NotFound, Refused.
    """
    actor.must(Permission.MEETINGS_WRITE)
    meeting = meeting_of(db, meeting_id, S.PLANNED)
    if meeting.meets_on < london_day(actor.at):
        raise Refused("Its day has passed.")
    draw_up(db, actor, meeting)
    meeting.state, meeting.published_at = S.PUBLISHED, actor.at
    record(db, actor, EventKind.AGENDA_PUBLISHED, meeting)


def add_item(
    db: Session,
    actor: Actor,
    meeting_id: int,
    *,
    title: str,
    detail: str = "",
    paper: str = "",
    minutes: int | None = 10,
    private: bool = False,
) -> int:
    """Add an item of the chair or the clerk. Returns its id. Raises NotFound, Refused, Invalid."""
    actor.must(Permission.MEETINGS_WRITE)
    meeting = meeting_of(db, meeting_id, *AHEAD)
    said = _checked(title, detail, paper, minutes, private=private)
    if not said["title"]:
        raise Invalid("Give the item a title.", field="title")
    must_be_new(
        db, AgendaItem, "item", taken="An item with this title is on the agenda already.",
        title=said["title"], meeting_id=meeting.id, removed_at=None,
    )  # fmt: skip
    items = items_of(db, meeting)
    if len(items) >= MOST_ITEMS:
        raise Refused(f"An agenda has at most {MOST_ITEMS} items.")
    own = [one for one in items if one.kind is AgendaKind.PAPER and not one.carried_from_id]
    item = AgendaItem(
        **said, meeting_id=meeting.id, kind=AgendaKind.PAPER, tier=AgendaTier.CHAIR,
        place=max([BETWEEN, *(one.place for one in own)]), added_at=actor.at,
        changed_at=change_mark(actor, meeting),
    )  # fmt: skip
    return kept(db, actor, EventKind.AGENDA_ITEM_ADDED, item)


def change_item(
    db: Session,
    actor: Actor,
    item_id: int,
    *,
    title: str = "",
    detail: str = "",
    paper: str = "",
    minutes: int | None,
    private: bool = False,
    opened: Mapping[str, Any] | None = None,
) -> None:
    """Change an item: its minutes, its paper, whether the public leaves, and of an own item its
    words. `opened` is what the form showed. Raises NotFound, Refused, Invalid, ChangedMeanwhile.
    """
    actor.must(Permission.MEETINGS_WRITE)
    item, meeting = _item_of(db, item_id)
    said = _checked(title, detail, paper, minutes, private=private)
    must_be_as_opened({name: getattr(item, name) for name in said}, opened, said)
    if item.kind is not AgendaKind.PAPER:
        said["title"] = item.title
    elif not said["title"]:
        raise Invalid("Give the item a title.", field="title")
    if all(getattr(item, name) == value for name, value in said.items()):
        return
    for name, value in said.items():
        setattr(item, name, value)
    item.changed_at = change_mark(actor, meeting)
    record(db, actor, EventKind.AGENDA_ITEM_CHANGED, item)


def move_item(db: Session, actor: Actor, item_id: int, *, up: bool) -> None:
    """Move an item one place up or down within its tier; the rule sets the order of tiers.

    Raises NotFound, Refused.
    """
    actor.must(Permission.MEETINGS_WRITE)
    item, meeting = _item_of(db, item_id)
    tier = [one for one in items_of(db, meeting) if one.tier == item.tier and not one.removed_at]
    where = tier.index(item)
    other = where - 1 if up else where + 1
    if not 0 <= other < len(tier):
        raise Refused("It is already there. What comes before it comes first by the rule.")
    tier[where], tier[other] = tier[other], tier[where]
    for place, one in enumerate(tier, start=1):
        one.place = place
    item.changed_at = change_mark(actor, meeting)
    record(db, actor, EventKind.AGENDA_ITEM_MOVED, item)


def remove_item(db: Session, actor: Actor, item_id: int) -> None:
    """Take an item off an agenda; once the agenda is out it is still told, as taken off.

    What comes first by the rule stays. Raises NotFound, Refused.
    """
    actor.must(Permission.MEETINGS_WRITE)
    item, meeting = _item_of(db, item_id)
    if item.tier in BY_RULE:
        raise Refused("This comes first by the rule, so it stays on the agenda.")
    if item.kind is AgendaKind.OPENING:
        raise Refused("A meeting opens with young people's words.")
    if db.scalar(sa.select(HeardTime.id).filter_by(item_id=item.id).limit(1)):
        raise Refused("It has been talked about, so it stays on the agenda.")
    item.removed_at, item.changed_at = actor.at, change_mark(actor, meeting)
    record(db, actor, EventKind.AGENDA_ITEM_REMOVED, item)


def restore_item(db: Session, actor: Actor, item_id: int) -> None:
    """Put an item back that was taken off an agenda. Raises NotFound, Refused."""
    actor.must(Permission.MEETINGS_WRITE)
    item = locked(db, AgendaItem, item_id, "item")
    meeting = meeting_of(db, item.meeting_id, *AHEAD)
    if item.removed_at is None:
        raise Refused("It is on the agenda already. Reload the page.")
    item.removed_at, item.changed_at = None, change_mark(actor, meeting)
    record(db, actor, EventKind.AGENDA_ITEM_RESTORED, item)


def _item_of(db: Session, item_id: int) -> tuple[AgendaItem, Meeting]:
    item = locked(db, AgendaItem, item_id, "item")
    if item.removed_at is not None:
        raise Refused("This item was taken off the agenda.")
    return item, meeting_of(db, item.meeting_id, *AHEAD)


def _checked(
    title: str, detail: str, paper: str, minutes: int | None, *, private: bool
) -> dict[str, Any]:
    if minutes is None or not 1 <= minutes <= MOST_MINUTES:
        raise Invalid(f"Give minutes from 1 to {MOST_MINUTES}.", field="minutes")
    return {
        "title": required_line(title, "title", "Give it a title.", 160) if title.strip() else "",
        "detail": optional_text(detail, "detail"),
        "paper": " ".join(optional_text(paper, "paper", 160).split()),
        "minutes": minutes,
        "private": private,
    }
