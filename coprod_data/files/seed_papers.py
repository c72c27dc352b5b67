"""Rows of the sheet about papers for the Board, as commands."""

from coprod_data.commands.papers import change_paper, sign_paper, submit_paper, write_paper
from coprod_data.files.board_paper import read_paper
from coprod_data.files.csv_in import Row
from coprod_data.files.seed_call import call, the
from coprod_data.files.seed_council import Council, Steps
from coprod_data.permissions import Actor
from coprod_data.rules.paper_said import LINES, PaperSaid
from coprod_data.vocabulary.papers import HEADINGS, Considered

CHOSEN = ("status", "decision_type", "risk_current", "risk_residual", "figures_on")


def _begin(council: Council, actor: Actor, row: Row) -> None:
    meeting_id = council.number(row, "meeting")
    number = write_paper(
        council.db, actor, meeting_id, item=row["item"], title=row["paper"]
    )  # fmt: skip
    council.name("paper", row["paper"], number)


def _write(council: Council, actor: Actor, row: Row) -> None:
    values = {name: row[name] or "" for name in (*LINES, *(part.value for part in HEADINGS))}
    values |= {name: row[name] for name in CHOSEN}
    values["considered"] = tuple(Considered) if row["considered"] else ()
    said = PaperSaid.of({"title": row["paper"], **values})
    change_paper(council.db, actor, council.number(row, "paper"), said=said)


def _sign(council: Council, actor: Actor, row: Row) -> None:
    number = council.number(row, "paper")
    found = read_paper(council.db, actor, number)
    sign_paper(
        council.db, actor, number, fingerprint=found.figures.fingerprint,
        submitted_at=found.detail.submitted_at,
    )  # fmt: skip


STEPS: Steps = {
    ("papers", "begin"): _begin,
    ("papers", "write"): _write,
    ("papers", "submit"): call(submit_paper, the("paper")),
    ("papers", "sign"): _sign,
}
