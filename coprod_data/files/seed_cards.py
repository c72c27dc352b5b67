"""Rows of the sheet about report cards, as commands."""

from coprod_data.commands.report_cards import (
    answer_card,
    close_report_card,
    mark_ready,
    open_report_card,
    share_report_card,
    title_report_card,
)
from coprod_data.files.csv_in import Row
from coprod_data.files.seed_council import Council, Steps
from coprod_data.permissions import Actor
from coprod_data.rules.clocks import london_day


def _name(council: Council, actor: Actor, row: Row) -> None:
    card_id = open_report_card(council.db, actor, council.number(row, "theme"))
    title_report_card(council.db, actor, card_id, title=row["title"])
    council.name("report card", row["title"], card_id)


def _mark_ready(council: Council, actor: Actor, row: Row) -> None:
    mark_ready(council.db, actor, _card(council, row))


def _share(council: Council, actor: Actor, row: Row) -> None:
    if row["body"] is None:
        raise row.refused("body", "say who was given the card.")
    card_id, day = _card(council, row), london_day(actor.at)
    share_report_card(council.db, actor, card_id, body=row["body"], on=day)


def _answer(council: Council, actor: Actor, row: Row) -> None:
    answer_card(council.db, actor, _card(council, row), text=row["words"] or "")


def _close(council: Council, actor: Actor, row: Row) -> None:
    close_report_card(council.db, actor, _card(council, row))


def _card(council: Council, row: Row) -> int:
    return council.number(row, "title", "report card")


STEPS: Steps = {
    ("report_cards", "name"): _name,
    ("report_cards", "ready"): _mark_ready,
    ("report_cards", "share"): _share,
    ("report_cards", "answer"): _answer,
    ("report_cards", "close"): _close,
}
