"""An agenda: what comes first by rule, at the boundary of each tier; the chair's order within."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.meetings import move_meeting
from coprod_data.commands.meetings_agenda import (
    add_item,
    change_item,
    draw_up_agenda,
    move_item,
    publish_agenda,
    remove_item,
    restore_item,
)
from coprod_data.commands.meetings_heard import end_meeting, start_item, start_meeting, stop_item
from coprod_data.models import AgendaItem, CardShare, Meeting, Opportunity, ReportCard
from coprod_data.permissions import Actor, ChangedMeanwhile, Invalid, NotAllowed, Refused, Role
from coprod_data.queries.meetings import meeting
from coprod_data.queries.meetings_agenda import AgendaRow, agenda
from coprod_data.queries.work import turns
from coprod_data.vocabulary.meetings import AgendaKind, AgendaTier, MeetingState
from coprod_data.vocabulary.opportunities import OpportunityState
from coprod_data.vocabulary.report_cards import Body
from coprod_data.vocabulary.work import WorkKind
from pages.shared.work_rows import of_turns
from tests.helpers.builders import (
    NOW,
    TODAY,
    a_person,
    a_promise,
    a_report_card,
    acting,
    add,
    somebody,
    the_duty,
    unrecorded,
)
from tests.helpers.meetings import DAY, a_meeting

MINUTE = timedelta(minutes=1)


@pytest.fixture
def clerk(db: Session) -> Actor:
    the_duty(db)
    return somebody(db, Role.CLERK)


def waiting(db: Session, title: str, days: int) -> Opportunity:
    theme = db.scalars(sa.select(ReportCard.theme_id)).first() or a_promise(db)[0].id
    person = a_person(db, Role.YOUTH_VOICE)
    opened = NOW - timedelta(days=days)
    return add(db, Opportunity(
        title=title, theme_id=theme, help_wanted="-", state=OpportunityState.OPEN,
        spotted_at=opened, spotted_by_id=person.id, opened_at=opened,
    ))  # fmt: skip


def rows(db: Session, actor: Actor, number: int) -> list[AgendaRow]:
    return list(agenda(db, actor, number).rows)


def led(db: Session, actor: Actor, number: int) -> list[tuple[AgendaTier, str]]:
    return [(row.tier, row.title) for row in rows(db, actor, number) if 0 < row.tier < 4]


def held(db: Session, clerk: Actor, number: int, heard: dict[str, timedelta]) -> None:
    """Hold a meeting on its day; the items of these titles are talked about for so long."""
    row = db.get_one(Meeting, number)
    at = NOW + (row.meets_on - TODAY)
    start_meeting(db, acting(a_person(db), Role.CLERK, at=at), number)
    for item in rows(db, clerk, number):
        if item.title in heard:
            start_item(db, acting(a_person(db), Role.CLERK, at=at), item.id)
            at += heard[item.title]
            stop_item(db, acting(a_person(db), Role.CLERK, at=at), item.id)
    end_meeting(db, acting(a_person(db), Role.CLERK, at=at + MINUTE), number)


def test_the_longest_wait_comes_first_and_gives_way_to_what_was_not_reached(
    db: Session, clerk: Actor
):
    waiting(db, "Younger", 20)
    oldest = waiting(db, "Oldest", 21)
    first, second = a_meeting(db, clerk, days=0), a_meeting(db, clerk, days=60)
    publish_agenda(db, clerk, first)
    assert led(db, clerk, first) == [(AgendaTier.WAITED, "Oldest")]
    [row] = [one for one in rows(db, clerk, first) if one.opportunity_id == oldest.id]
    assert row.waited == 21
    add_item(db, clerk, first, title="Homes that close")
    held(db, clerk, first, {"Oldest": 59 * timedelta(seconds=1), "Homes that close": MINUTE})

    with unrecorded(db):
        oldest.state = OpportunityState.WORKING  # it waits no more, and the promise still holds
    later = acting(a_person(db), Role.CLERK, at=NOW + DAY)
    draw_up_agenda(db, later, second)

    reached = [one for one in led(db, clerk, second) if one[0] is AgendaTier.NOT_REACHED]
    assert reached[0] == (AgendaTier.NOT_REACHED, "Oldest")
    assert "Homes that close" not in [title for _, title in reached]  # a whole minute
    assert led(db, clerk, second)[-1] == (AgendaTier.WAITED, "Younger")


def test_a_card_that_was_closed_since_is_not_carried_over(db: Session, clerk: Actor):
    themes = a_promise(db)
    first, second = a_meeting(db, clerk, days=0), a_meeting(db, clerk, days=60)
    titles = ("Open", "Closed since")
    cards = [
        a_report_card(db, theme, title=title) for theme, title in zip(themes, titles, strict=False)
    ]
    for card in cards:
        add(
            db,
            CardShare(
                report_card_id=card.id, body=Body.CPB, shared_on=TODAY - DAY, person_id=clerk.id
            ),
        )
    publish_agenda(db, clerk, first)
    held(db, clerk, first, {})
    with unrecorded(db):
        cards[1].closed_at = NOW
    draw_up_agenda(db, acting(a_person(db), Role.CLERK, at=NOW + DAY), second)

    carried = [title for tier, title in led(db, clerk, second) if tier is AgendaTier.NOT_REACHED]
    assert "Open" in carried
    assert "Closed since" not in carried


def test_what_young_people_brought_comes_before_other_things_that_were_not_reached(
    db: Session, clerk: Actor
):
    waiting(db, "Oldest", 21)
    first, second = a_meeting(db, clerk, days=0), a_meeting(db, clerk, days=60)
    add_item(db, clerk, first, title="Budget")
    publish_agenda(db, clerk, first)
    publish_agenda(db, clerk, second)
    held(db, clerk, first, {})

    late = rows(db, clerk, second)  # its agenda was out: what comes first is marked as a change
    assert [row.title for row in late if row.tier is AgendaTier.NOT_REACHED][0] == "Oldest"
    assert next(row for row in late if row.title == "Budget").tier is AgendaTier.NOT_REACHED
    assert all(row.changed_on for row in late if row.tier is AgendaTier.NOT_REACHED)
    assert not [row for row in late if row.kind is AgendaKind.OPENING and row.changed_on]


def test_the_chair_orders_within_a_tier_and_never_across(db: Session, clerk: Actor):
    waiting(db, "Oldest", 21)
    number = a_meeting(db, clerk)
    draw_up_agenda(db, clerk, number)
    one = add_item(db, clerk, number, title="One")
    two = add_item(db, clerk, number, title="Two", private=True)
    last_words = [row.title for row in rows(db, clerk, number)][-1]
    assert last_words == "Two"  # without the public, at the end
    move_item(db, clerk, one, up=False)
    move_item(db, clerk, one, up=True)
    [top] = [row for row in rows(db, clerk, number) if row.tier is AgendaTier.WAITED]
    for item in (top.id, rows(db, clerk, number)[0].id):
        with pytest.raises(Refused, match="already there"):
            move_item(db, clerk, item, up=True)
    with pytest.raises(Refused, match="by the rule"):
        remove_item(db, clerk, top.id)
    with pytest.raises(Refused, match="young people's words"):
        remove_item(db, clerk, rows(db, clerk, number)[0].id)
    remove_item(db, clerk, one)
    publish_agenda(db, clerk, number)
    assert "One" not in [row.title for row in rows(db, clerk, number)]
    remove_item(db, clerk, two)
    gone = next(row for row in rows(db, clerk, number) if row.title == "Two")
    assert (gone.removed, gone.changed_on) == (True, TODAY)
    with pytest.raises(NotAllowed):
        move_item(db, somebody(db, Role.BOARD_MEMBER), top.id, up=True)


def test_changes_after_an_agenda_is_out_are_marked_also_when_the_meeting_moves(
    db: Session, clerk: Actor
):
    number = a_meeting(db, clerk)
    item = add_item(db, clerk, number, title="Budget", minutes=20)
    publish_agenda(db, clerk, number)
    kept = {"title": "Budget", "detail": "", "paper": "", "minutes": 20, "private": False}
    later = acting(a_person(db), Role.CLERK, at=NOW + DAY)
    change_item(db, later, item, **{**kept, "paper": "Paper 2"}, opened=kept)
    with pytest.raises(ChangedMeanwhile):
        change_item(db, later, item, **{**kept, "paper": "Paper 3"}, opened=kept)
    for minutes in (0, None, 121):
        with pytest.raises(Invalid):
            change_item(db, later, item, **{**kept, "minutes": minutes})
    with pytest.raises(Refused):
        publish_agenda(db, clerk, number)
    move_meeting(
        db, clerk, number, meets_on=TODAY + 20 * DAY, begins="17:30", ends="19:30", why="Snow."
    )

    seen = agenda(db, clerk, number)
    assert seen.published_on == TODAY
    changed = {row.title: row.changed_on for row in seen.rows if row.changed_on}
    assert changed == {"Budget": TODAY + DAY}
    assert meeting(db, clerk, number).row.state is MeetingState.PUBLISHED
    assert db.get_one(AgendaItem, item).paper == "Paper 2"


def test_an_item_that_was_taken_off_is_put_back(db: Session, clerk: Actor):
    number = a_meeting(db, clerk)
    item = add_item(db, clerk, number, title="Buses")
    with pytest.raises(Invalid, match="on the agenda already"):
        add_item(db, clerk, number, title=" Buses ")
    remove_item(db, clerk, item)
    seen = agenda(db, clerk, number)
    assert ([row.id for row in seen.rows], [row.title for row in seen.off]) == ([], ["Buses"])
    restore_item(db, clerk, item)
    assert [row.title for row in rows(db, clerk, number)] == ["Buses"]
    with pytest.raises(Refused, match="already"):
        restore_item(db, clerk, item)
    with pytest.raises(NotAllowed):
        restore_item(db, somebody(db, Role.MANAGER), item)


def test_an_agenda_that_is_longer_than_its_meeting_waits_for_who_keeps_meetings(
    db: Session, clerk: Actor, member: Actor
):
    number = a_meeting(db, clerk)  # two hours
    for title in ("Homes", "Buses"):
        add_item(db, clerk, number, title=title, minutes=60)
    assert turns(db, clerk) == []
    last = add_item(db, clerk, number, title="Budget", minutes=5)

    [row] = turns(db, clerk)
    assert (row.kind, row.about, row.met, row.whole) == (WorkKind.AGENDA_LONG, number, 125, 120)
    assert "5 too many" in of_turns([row], NOW)[0].detail
    assert WorkKind.AGENDA_LONG not in [row.kind for row in turns(db, member)]

    remove_item(db, clerk, last)
    assert turns(db, clerk) == []
