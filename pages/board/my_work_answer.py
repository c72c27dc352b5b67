"""What My work says at once: what waits for its reader, whom they wait for, what they took up."""

from dataclasses import dataclass, replace
from typing import Any

from markupsafe import Markup

from coprod_data.permissions import Actor, Permission
from coprod_data.queries.entries_work import work_on_entries
from coprod_data.queries.notices import MyNotices, my_notices
from coprod_data.queries.notices_lado import left_to_lado
from coprod_data.queries.opportunities_sources import voices_behind
from coprod_data.queries.settings import duty, targets
from coprod_data.queries.work import turns, turns_of_others
from coprod_data.queries.work_steps import Turn
from coprod_data.queries.work_taken import TakenUp, taken_up
from coprod_data.vocabulary.work import WorkKind
from pages.board.my_work_action import OpenedAction, chosen, row_of, the_action
from pages.board.my_work_notices import could_not_send
from pages.board.my_work_side import Undo, beside
from pages.board.my_work_taken import taken_rows
from pages.parts.answers import Address, Answer, Block, Columns
from pages.parts.html import render
from pages.shared.lists import meanings
from pages.shared.work_entries import nobody_row, of_entries
from pages.shared.work_rows import (
    OF_ENTRIES,
    WorkRow,
    heading,
    in_groups,
    menu_counts,
    of_turns,
    oldest,
    pressing,
)


@dataclass(frozen=True)
class MyWork(Answer):
    """The answer, and the parts of it between which forms come.

    `above` comes before what may be undone; `wide` is the column of what waits, which ends with
    the opened action, and `under` comes after its forms; `aside` is beside them, `after` below
    both columns. `board_only`: among what they took up are words that not everybody may read.
    """

    board_only: bool = False
    above: tuple[Markup, ...] = ()
    wide: tuple[Markup, ...] = ()
    under: tuple[Markup, ...] = ()
    aside: tuple[Markup, ...] = ()
    after: tuple[Markup, ...] = ()
    opened: OpenedAction | None = None
    undo: Undo | None = None
    notices: MyNotices | None = None


def answer(db: Any, actor: Actor, named: Address) -> MyWork | None:
    """Return what the page says; None while its reader may undo a step: a button stands first."""
    said = what_waits(db, actor, named)
    return None if said.undo else said


def what_waits(db: Any, actor: Actor, named: Address, *, words: bool = True) -> MyWork:
    """Return what waits for this reader, what they wait for, and what they took up.

    Nothing is noted as read. Without `words` it has none that not everybody may read. Rows about
    entries hold no word of any, but they tell of holds and dangers: a document of a screen that
    others may see goes without them.
    """
    mine = turns(db, actor)
    rows = [*_about_entries(db, actor), *of_turns(mine, actor.at, _quotes(db, actor, mine))]
    others = of_turns(turns_of_others(db, actor), actor.at)
    took = taken_up(db, actor) if actor.may(Permission.OPPORTUNITIES_REPLY) else []
    if not words:
        took = [
            one if one.public else replace(one, words="", public=True)
            for one in took
            if not one.said_no
        ]
    notices = my_notices(db, actor) if actor.may(Permission.NOTICES_OWN) else None
    waits = [row for row in rows if row.mine]
    beside_them, undo = beside(db, actor, [*(row for row in rows if not row.mine), *others])
    to_update = [one.about for one in mine if one.kind is WorkKind.ACTION]
    number = chosen(named, to_update, first=not any(row.group == OF_ENTRIES for row in waits))
    opened = the_action(db, actor, number, to_update) if number else None
    wide, under = _columns(waits, opened)
    aside = (render("work_side.html", parts=beside_them),) if beside_them else ()
    above = _above(took, notices)
    after = _after(took)
    if waits:
        after.append(render("meanings.html", meanings=meanings(targets(db, actor))))
    first: tuple[Block, ...] = wide
    if aside:
        first = (Columns(wide, aside, forms=opened is not None),)
    return MyWork(
        heading(sum(row.count for row in waits)),
        (*above, *first) if opened else (*above, *first, *after),
        lede=f"{oldest(waits)} {menu_counts(waits)}".strip(),
        rest=(*under, *after) if opened else (),
        beyond_public=not all(one.public for one in took)
        or any(row.group == OF_ENTRIES for row in rows),
        board_only=not all(one.public for one in took),
        above=tuple(above),
        wide=wide,
        under=under,
        aside=aside,
        after=tuple(after),
        opened=opened,
        undo=undo,
        notices=notices,
    )


def _about_entries(db: Any, actor: Actor) -> list[WorkRow]:
    """Return the two teams' rows about entries, and the administrator's one."""
    rows: list[WorkRow] = []
    if actor.may(Permission.ENTRIES_QUEUE) or actor.may(Permission.ENTRIES_READ_HELD):
        rows += of_entries(work_on_entries(db, actor), actor.at)
    if actor.may(Permission.PEOPLE_MANAGE) and (left := left_to_lado(db, actor)):
        now = duty(db, actor)
        rows.append(nobody_row(left, now.lado_name, now.lado_phone))
    return rows


def _quotes(db: Any, actor: Actor, mine: list[Turn]) -> dict[int, str]:
    """Return a young person's words, which may be shown to a room, by the opportunity behind."""
    behind = {one.source_id for one in mine if one.source_id}
    if not behind or not actor.may(Permission.OPPORTUNITIES_READ):
        return {}
    heard = voices_behind(db, actor, behind, for_a_room=True, each=1)
    return {key: one.thinks or one.wants for key, [one, *_] in heard.items()}


def _above(took: list[TakenUp], notices: MyNotices | None) -> list[Markup]:
    above = []
    if not all(one.public for one in took):
        above.append(render("projector.html"))
    if notices is not None and notices.failed_at is not None:
        above.append(could_not_send(notices.failed_at))
    return above


def _after(took: list[TakenUp]) -> list[Markup]:
    return [render("taken.html", rows=taken_rows(took))] if took else []


def _columns(
    waits: list[WorkRow], opened: OpenedAction | None
) -> tuple[tuple[Markup, ...], tuple[Markup, ...]]:
    """Return what waits down to the opened action, and what comes after its forms."""
    row = row_of(opened, waits) if opened else None
    groups = in_groups(waits)
    if row is None or opened is None:
        return (render("work.html", groups=groups, headings=len(groups) > 1),), ()
    place = [title for title, _ in groups].index(row.group)
    before = [one for one in groups[:place] if pressing(one[1])]
    head = render("work.html", groups=[*before, (row.group, [])], headings=len(groups) > 1)
    same = [(title, [one for one in rows if one is not row]) for title, rows in groups[place:][:1]]
    others = [one for one in groups if one not in before and one[0] != row.group]
    under = (
        render("work.html", groups=same, headings=False),
        render("work.html", groups=others, headings=True),
    )
    return (head, opened.facts(row)), under
