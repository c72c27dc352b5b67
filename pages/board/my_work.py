"""My work: what waits for its reader, one button each; what they wait for; what they took up."""

import streamlit as st

from coprod_data.permissions import Permission
from coprod_data.queries.entries_work import nobody_may_read, work_on_entries
from coprod_data.queries.notices import MyNotices, my_notices
from coprod_data.queries.opportunities_sources import voices_behind
from coprod_data.queries.settings import Targets, targets
from coprod_data.queries.work import turns, turns_of_others
from coprod_data.queries.work_taken import TakenUp, taken_up
from coprod_data.vocabulary.work import WorkKind
from pages.board.my_work_action import ACTION, chosen, opened_action
from pages.board.my_work_notices import could_not_send, note_opened, where_notices_go
from pages.board.my_work_side import beside
from pages.board.my_work_taken import taken_rows
from pages.parts.faults import refusals
from pages.parts.frame import open_page
from pages.parts.html import show
from pages.parts.sign_in import reading
from pages.shared.lists import explain
from pages.shared.undo_action import undo_button
from pages.shared.work_entries import nobody_row, of_entries
from pages.shared.work_rows import (
    OF_ENTRIES,
    WorkRow,
    heading,
    in_groups,
    menu_counts,
    of_turns,
    oldest,
)


def work() -> tuple[list[WorkRow], list[int], list[TakenUp], MyNotices | None]:
    """Return the rows of every kind, the actions to update by number, what this reader took up, and
    their notices if they have any.

    The two teams' rows about entries come first. Other waits are added in `queries/work.py`.
    """
    rows: list[WorkRow] = []
    with refusals(stop=True), reading() as (db, actor):
        if actor.may(Permission.ENTRIES_QUEUE) or actor.may(Permission.ENTRIES_READ_HELD):
            rows += of_entries(work_on_entries(db, actor), actor.at)
        if actor.may(Permission.PEOPLE_MANAGE) and (hidden := nobody_may_read(db, actor)):
            rows.append(nobody_row(hidden))
        mine = turns(db, actor)
        quotes: dict[int, str] = {}
        if (behind := {one.source_id for one in mine if one.source_id}) and actor.may(
            Permission.OPPORTUNITIES_READ
        ):
            heard = voices_behind(db, actor, behind, for_a_room=True, each=1)
            quotes = {key: one.thinks or one.wants for key, [one, *_] in heard.items()}
        rows += of_turns(mine, actor.at, quotes)
        rows += of_turns(turns_of_others(db, actor), actor.at)
        joins = actor.may(Permission.OPPORTUNITIES_REPLY)
        taken = taken_up(db, actor) if joins else []
        notices = my_notices(db, actor) if actor.may(Permission.NOTICES_OWN) else None
    return rows, [one.about for one in mine if one.kind is WorkKind.ACTION], taken, notices


def limits() -> Targets:
    """Return the targets of this council, for what the words of a wait mean."""
    with refusals(stop=True), reading() as (db, actor):
        return targets(db, actor)


found, to_update, took, notices = work()
mine = [row for row in found if row.mine]
open_page(
    heading(sum(row.count for row in mine)),
    Permission.WORK_OWN,
    lede=f"{oldest(mine)} {menu_counts(mine)}".strip(),
)
if not all(one.public for one in took):
    show("projector.html")
if notices is not None:
    could_not_send(notices)
number = chosen(to_update, first=not any(row.group == OF_ENTRIES for row in mine))
opened = next((row for row in mine if row.href == f"/my_work?{ACTION}={number}"), None)
groups = in_groups(row for row in mine if row is not opened)
side, undo = beside([row for row in found if not row.mine])
if undo:
    undo_button(undo.action_id, undo.last, of=undo.of)
columns = st.columns([7, 4], gap="medium") if side else [st.container()]
with columns[0]:
    if opened and number:
        several = len({row.group for row in mine}) > 1
        show("work.html", groups=[(opened.group, [])], headings=several)
        opened_action(number, opened, to_update)
        same = [(opened.group, rows) for title, rows in groups if title == opened.group]
        show("work.html", groups=same, headings=False)
        others = [group for group in groups if group[0] != opened.group]
        show("work.html", groups=others, headings=True)
    else:
        show("work.html", groups=groups, headings=len(groups) > 1)
if side:
    with columns[1]:
        show("work_side.html", parts=side)
if took:
    show("taken.html", rows=taken_rows(took))
if mine:
    explain(limits())
if notices is not None:
    where_notices_go(notices)
    note_opened(notices)
