"""Which commitment a report card is about: the Youth Voice Team says so, and may say otherwise."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from coprod_data.commands.event_log import record_if_changed
from coprod_data.commands.rows import locked, must_be_as_opened, must_be_promised
from coprod_data.models import ReportCard
from coprod_data.permissions import Actor, Permission
from coprod_data.vocabulary.events import EventKind


def tie_report_card(
    db: Session,
    actor: Actor,
    report_card_id: int,
    *,
    commitment_id: int | None,
    opened: Mapping[str, Any] | None = None,
) -> None:
    """Say which commitment a card is about; None says that it is about none by itself.

    `opened` is the `commitment_id` that the form showed. Raises NotFound, ChangedMeanwhile.
    """
    actor.must(Permission.REPORT_CARDS_WRITE)
    card = locked(db, ReportCard, report_card_id, "report card")
    must_be_as_opened(
        {"commitment_id": card.commitment_id}, opened, {"commitment_id": commitment_id}
    )
    if commitment_id != card.commitment_id:
        must_be_promised(db, commitment_id)
    card.commitment_id = commitment_id
    record_if_changed(db, actor, EventKind.CARD_TIED, card)
