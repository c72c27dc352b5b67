"""What the Overview says: a young person's words, then what is waiting, then what was kept."""

from dataclasses import dataclass
from typing import Any

from coprod_data.permissions import Actor, Permission
from coprod_data.queries.actions_progress import promise_kept
from coprod_data.queries.actions_since import since_numbers
from coprod_data.queries.entries_released import Words, opening_words
from coprod_data.queries.entries_work import plain_work_on_entries
from coprod_data.queries.groups import board_last_met
from coprod_data.queries.meetings import NextMeeting, next_meeting
from coprod_data.queries.opportunities import opportunities_awaiting_members
from coprod_data.queries.outcomes import done_together
from coprod_data.queries.overview import numbers, waits
from coprod_data.queries.projects import plans_by_service
from coprod_data.queries.recruitment import key_posts
from coprod_data.queries.set_up import set_up_state
from coprod_data.queries.settings import pinned_words, targets
from coprod_data.queries.work import turns
from coprod_data.vocabulary.actions import CommitmentState
from coprod_data.vocabulary.labels import labelled
from pages.board.overview_accounts import ACCOUNTS, all_news, asks_for_accounts, newest_news
from pages.board.overview_clocks import NOTHING, clock_rows
from pages.board.overview_first import first_rows
from pages.board.overview_tiles import tiles
from pages.parts.answers import Address, Answer
from pages.parts.html import render
from pages.parts.times import in_month, on
from pages.shared.as_at import SHOW, WORDS, asks_for_then
from pages.shared.lists import address, meanings
from pages.shared.since_counts import since_counts
from pages.shared.work_entries import of_entries
from pages.shared.work_projects import plans_said, posts_said
from pages.shared.work_rows import in_order, of_turns

TITLE = "What young people need from us today"
SHOWN = 3


@dataclass(frozen=True)
class Overview(Answer):
    """The answer, and the entries that the chair chose to open the next meeting with.

    `voice` is the entry whose words it opens with, which its reader may be worried about.
    """

    pinned: tuple[int, ...] = ()
    voice: Words | None = None
    can: frozenset[Permission] = frozenset()


def answer(db: Any, actor: Actor, named: Address) -> Overview | None:
    """Return what this reader's Overview says; None where the address asks for an earlier day."""
    if asks_for_then(named):
        return None
    if asks_for_accounts(named):
        return Overview(ACCOUNTS, tuple(all_news(db, actor)))
    coming, pinned = next_meeting(db, actor), pinned_words(db, actor)
    theme_id = coming.theme_id if coming else None
    voices = opening_words(db, actor, pinned=pinned, theme_id=theme_id)
    counted = numbers(db, actor)
    waiting = waits(db, actor)
    awaited = opportunities_awaiting_members(db, actor, limit=SHOWN)
    promised = promise_kept(db, actor)
    together = done_together(db, actor, limit=SHOWN)
    news = newest_news(db, actor)
    limits = targets(db, actor)
    can = frozenset(permission for permission in Permission if actor.may(permission))
    for_you = []
    if actor.may(Permission.ENTRIES_QUEUE) or actor.may(Permission.ENTRIES_READ_HELD):
        for_you += of_entries(plain_work_on_entries(db, actor), actor.at)
    for_you += of_turns(turns(db, actor), actor.at)
    first = first_rows(set_up_state(db, actor)) if Permission.OVERVIEW_PIN in can else []
    opens_cards = Permission.REPORT_CARDS_READ in can
    voice = voices[0] if voices else None
    picture = render(
        "overview.html",
        for_you=in_order(for_you)[:SHOWN],
        since=since_last_met(db, actor),
        voice=voice
        and {
            "words": voice.thinks or voice.wants,
            "said_by": "A young person",
            "month": in_month(voice.month),
            "theme": {"title": voice.theme, "icon": voice.icon},
            "href": f"/report_cards?id={voice.report_card_id}" if opens_cards else None,
            "worried": Permission.ENTRIES_WORRY in can,
        },
        empty_voice="Nobody has let us show their words yet. That does not mean all is well.",
        tiles=tiles(counted, waiting, all_cards=opens_cards, heard=voice is not None),
        waiting=[
            {
                "title": row.title,
                "detail": row.wording.time_needed or row.wording.when_and_how or row.theme,
                "days": row.days,
                "href": f"/opportunities?id={row.id}",
            }
            for row in awaited
        ],
        tiers=limits.waiting,
        empty_waiting="Each opportunity has a member."
        if counted.any_open
        else "No opportunity is open. Opportunities start with what young people say.",
        more_waiting=(
            f"See all {waiting.opportunities.count} waiting",
            "/opportunities?show=waiting",
        )
        if waiting.opportunities.count > SHOWN
        else ("Suggest an opportunity", "/opportunities?new=1")
        if promised and not counted.any_open
        else None,
        promise=[
            {
                "title": row.title,
                "state": row.state,
                "part": 1 if row.state is CommitmentState.KEPT else row.met,
                "whole": 1 if row.state is CommitmentState.KEPT else row.whole,
                "href": f"/actions?theme={row.id}",
            }
            for row in promised
        ],
        empty_promise=labelled(
            "There is no Promise yet. The chair and the administrator write it down in Set-up."
        ),
        together=[
            {
                "title": row.title,
                "state": row.state,
                "detail": row.what_changed,
                "words": None,
                "href": f"/opportunities?id={row.opportunity_id}",
            }
            for row in together
        ],
    )
    blocks = [
        picture,
        render("section.html", title="What is waiting, and for how long", count=None),
        render("waits_now.html", rows=clock_rows(waiting, can), empty=NOTHING),
        render(
            "leads_on.html",
            links=[*_done_with_people(db, actor), (WORDS, address("/", show=SHOW))],
            get=None,
            meanings=meanings(limits),
        ),
    ]
    if first:
        blocks.insert(0, render("overview_first.html", rows=first))
    if coming or Permission.MEETINGS_WRITE in can:
        blocks.insert(0, render("next_board.html", **next_board(coming)))
    blocks += news
    return Overview(TITLE, tuple(blocks), pinned=pinned, voice=voice, can=can)


def since_last_met(db: Any, actor: Actor) -> dict[str, object] | None:
    """Return the line of what was done since the Board last met, where it has and they may know."""
    if not (actor.may(Permission.ACTIONS_READ) and actor.may(Permission.GROUPS_READ)):
        return None
    day = board_last_met(db, actor)
    if day is None:
        return None
    counts = since_counts(since_numbers(db, actor, day))
    return {"day": f"{day.day} {day:%B}", "year": day.year, "counts": counts}


def next_board(coming: NextMeeting | None) -> dict[str, object]:
    """Return the line about the next meeting, or the link to plan one, for next_board.html."""
    if coming is None:
        words = labelled("Set the next Board")
        return {"words": words, "href": "/meetings?new=1", "label": "", "weekday": ""}
    return {
        "label": labelled("Next Board:"),
        "weekday": f"{coming.on:%A}",
        "words": ", ".join(part for part in (on(coming.on), coming.young_theme) if part),
        "href": f"/meetings?id={coming.id}",
    }


def _done_with_people(db: Any, actor: Actor) -> list[tuple[str, str]]:
    """Return how many projects and key posts were planned and filled with people, with links."""
    links = []
    if actor.may(Permission.PROJECTS_READ) and (plans := plans_by_service(db, actor)):
        links.append((plans_said(plans), "/projects"))
    if actor.may(Permission.RECRUITMENT_READ) and (posts := key_posts(db, actor)):
        links.append((posts_said(posts), "/recruitment?key=yes"))
    return links
