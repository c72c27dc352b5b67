"""Rows of the sheet about report cards, as commands."""

from coprod_data.commands.report_cards import (
    answer_card,
    close_report_card,
    mark_ready,
    open_report_card,
    title_report_card,
)
from coprod_data.commands.report_cards_sharing import share_report_card
from coprod_data.commands.report_cards_ties import tie_report_card
from coprod_data.files.csv_in import Row
from coprod_data.files.seed_call import call, day, text, the, value
from coprod_data.files.seed_council import Council, Steps
from coprod_data.permissions import Actor

CARD = the("title", "report card")


def _name(council: Council, actor: Actor, row: Row) -> None:
    card_id = open_report_card(council.db, actor, council.number(row, "theme"))
    title_report_card(council.db, actor, card_id, title=row["title"])
    council.name("report card", row["title"], card_id)


STEPS: Steps = {
    ("report_cards", "name"): _name,
    ("report_cards", "ready"): call(mark_ready, CARD),
    ("report_cards", "share"): call(
        share_report_card, CARD, body=value("body", must="say who was given the card."), on=day
    ),
    ("report_cards", "tie"): call(tie_report_card, CARD, commitment_id=the("commitment")),
    ("report_cards", "answer"): call(answer_card, CARD, text=text("words")),
    ("report_cards", "close"): call(close_report_card, CARD),
}
