"""Rows of the sheets about surveys and the priorities that came of them, as commands."""

from datetime import date

import sqlalchemy as sa

from coprod_data.commands.measures import keep_figures
from coprod_data.commands.priorities import PriorityTyped, add_priority, tie_priority
from coprod_data.commands.pulse import give_pulse_on_card
from coprod_data.commands.surveys import (
    add_survey_round,
    change_survey_round,
    keep_findings,
    share_survey_round,
)
from coprod_data.files.csv_in import Row
from coprod_data.files.measures_in import HEADINGS, figures_in
from coprod_data.files.seed_call import call, the
from coprod_data.files.seed_council import Council, Steps
from coprod_data.files.survey_in import columns_of, findings_in
from coprod_data.files.workbook import read_workbook
from coprod_data.models import SurveyFinding
from coprod_data.permissions import Actor
from coprod_data.vocabulary.pulse import PulseAsked
from coprod_data.vocabulary.surveys import CameOf


def _held(row: Row) -> date:
    """Return the day of a round, or the last of a year of which no day was published."""
    if row["year"] is not None:
        return date(row["year"], 12, 31)
    if row["held"] is None:
        raise row.refused("held", "give the day, or the year alone.")
    day: date = row["held"]
    return day


def _add_round(council: Council, actor: Actor, row: Row) -> None:
    held_on, about = _held(row), row["about"] or ""
    number = add_survey_round(council.db, actor, survey=row["survey"], about=about, held_on=held_on)
    change_survey_round(
        council.db, actor, number, survey=row["survey"], about=about, held_on=held_on,
        population=row["population"], invited=row["invited"], replied=row["replied"],
        reached_by=row["reached_by"] or "", source=row["source"] or "",
    )  # fmt: skip
    council.name("round", row["round"] or row["survey"], number)


def _results(council: Council, actor: Actor, row: Row) -> None:
    """Keep the findings of a cell that holds a whole table, as it would come in from a file."""
    (sheet,) = read_workbook("results.csv", (row["results"] or "").encode())
    read = findings_in(sheet.rows, 0, columns_of(sheet.rows[0]))
    round_id = council.number(row, "round")
    keep_findings(council.db, actor, round_id, [one.finding for one in read if one.finding])
    known = sa.select(SurveyFinding.indicator, SurveyFinding.id)
    for indicator, number in council.db.execute(known.filter_by(round_id=round_id)):
        council.name("finding", f"{row['round']} / {indicator}", number)


def _figures(council: Council, actor: Actor, row: Row) -> None:
    """Keep the figures of a cell that holds a whole table, as it would come in from a file."""
    if row["as_at"] is None:
        raise row.refused("as_at", "say of which day the figures are.")
    (sheet,) = read_workbook("figures.csv", (row["figures"] or "").encode())
    read = figures_in(sheet.rows, 0, columns_of(sheet.rows[0], HEADINGS))
    figures = [one.figure for one in read if one.figure]
    keep_figures(council.db, actor, row["as_at"], figures, source=row["source"] or "")


def _pulse(council: Council, actor: Actor, row: Row) -> None:
    give_pulse_on_card(
        council.db, actor, {one: row[one.value] for one in PulseAsked if row[one.value]}
    )


def _add_priority(council: Council, actor: Actor, row: Row) -> None:
    if row["chosen"] is None:
        raise row.refused("chosen", "say on which day it was chosen.")
    if row["how"] is None:
        raise row.refused("how", "say how it was chosen.")
    typed = PriorityTyped(
        title=row["priority"],
        chosen_how=row["how"],
        chosen_by=row["who"] or "",
        chosen_on=row["chosen"],
        finding_id=council.number(row, "finding") if row["finding"] else None,
        why=row["why"] or "",
        programme=row["programme"] or "",
    )
    council.name("priority", row["priority"], add_priority(council.db, actor, typed))


def _tie(council: Council, actor: Actor, row: Row) -> None:
    number = council.number(row, "priority")
    for came in CameOf:
        if row[came.noun]:
            tie_priority(council.db, actor, number, came, council.number(row, came.noun))


STEPS: Steps = {
    ("survey_rounds", "add"): _add_round,
    ("survey_rounds", "results"): _results,
    ("survey_rounds", "share"): call(share_survey_round, the("round")),
    ("measures", "bring"): _figures,
    ("pulse", None): _pulse,
    ("priorities", "add"): _add_priority,
    ("priorities", "tie"): _tie,
}
