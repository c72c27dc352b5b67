"""Rows of the sheets about the yearly participation audit, as commands."""

import sqlalchemy as sa

from coprod_data.commands.audits import (
    answer_standard,
    open_round,
    publish_round,
    review_return,
    submit_return,
)
from coprod_data.commands.audits_spotting import spot_gaps
from coprod_data.commands.audits_standards import name_auditors
from coprod_data.files.csv_in import Row
from coprod_data.files.seed_call import call, each, the
from coprod_data.files.seed_council import Council, Steps
from coprod_data.models import AuditReturn, AuditStandard, Service
from coprod_data.permissions import Actor


def _open_round(council: Council, actor: Actor, row: Row) -> None:
    if row["due"] is None:
        raise row.refused("due", "say by which day services return it.")
    title = row["round"]
    theme_id = council.number(row, "theme") if row["theme"] else None
    round_id = open_round(council.db, actor, title=title, due_on=row["due"], theme_id=theme_id)
    council.name("round", title, round_id)
    returns = sa.select(Service.name, AuditReturn.id).join(
        AuditReturn, AuditReturn.service_id == Service.id
    )
    for service, return_id in council.db.execute(returns.where(AuditReturn.round_id == round_id)):
        council.name("return", f"{title} / {service}", return_id)
    standards = sa.select(AuditStandard.reference, AuditStandard.id)
    for reference, standard_id in council.db.execute(
        standards.where(AuditStandard.round_id == round_id)
    ):
        council.name("standard", f"{title} / {reference}", standard_id)


def _answer(council: Council, actor: Actor, row: Row) -> None:
    if row["rater"] is None:
        raise row.refused("rater", "say who rates.")
    standard = f"{row['round']} / {row['standard']}"
    answer_id = answer_standard(
        council.db,
        actor,
        _return(council, row),
        council.number_of(row, "standard", "standard", standard),
        rater=row["rater"],
        level=row["level"],
        evidence=row["evidence"] or "",
        plan=row["plan"] or "",
    )
    gap = f"{row['round']} / {row['service']} / {row['standard']}"
    council.name("audit gap", gap, answer_id)


def _spot(council: Council, actor: Actor, _row: Row) -> None:
    spot_gaps(council.db, actor)


def _return(council: Council, row: Row) -> int:
    return council.number_of(row, "service", "return", f"{row['round']} / {row['service']}")


STEPS: Steps = {
    ("audit_rounds", "open"): _open_round,
    ("audit_rounds", "spot"): _spot,
    ("audit_rounds", "publish"): call(publish_round, the("round")),
    ("audit_returns", "auditors"): call(name_auditors, _return, each("auditors", "person")),
    ("audit_returns", "answer"): _answer,
    ("audit_returns", "return"): call(submit_return, _return),
    ("audit_returns", "review"): call(review_return, _return),
}
