"""What goes along when a report card is shared, and which sharing can still be taken back."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import CardEntry, CardShare, EntryVersion
from coprod_data.models.report_cards import TO_TAKE_BACK
from coprod_data.permissions import Actor, Permission
from coprod_data.scopes.entries import released, summary_out
from coprod_data.scopes.report_cards import goes_along
from coprod_data.vocabulary.entries import ConsentUse
from coprod_data.vocabulary.report_cards import Body


@dataclass(frozen=True)
class SharedEntry:
    """An entry that goes along with a card. `words` is empty where only our summary is out.

    `summary`: the Board reads our summary of it too. `answers`: the entry of an answer.
    """

    id: int
    words: str
    public: bool
    summary: bool
    answers: int | None


def entries_going_along(db: Session, actor: Actor, report_card_id: int) -> list[SharedEntry]:
    """Return the entries and answers that are shared with a card, the oldest first.

    Those that may be about this person go along too and are not listed.
    """
    actor.must(Permission.REPORT_CARDS_SHARE)
    rows = db.execute(
        sa.select(
            CardEntry.id,
            CardEntry.about_id,
            EntryVersion.thinks,
            EntryVersion.wants,
            released(ConsentUse.BOARD).label("readable"),
            released(ConsentUse.PUBLIC).label("public"),
            summary_out().label("summary"),
        )
        .outerjoin(EntryVersion, EntryVersion.id == CardEntry.released_version_id)
        .where(CardEntry.id.in_(goes_along(actor, report_card_id)))
        .order_by(CardEntry.id)
    )
    return [
        SharedEntry(
            row.id,
            " ".join(filter(None, (row.thinks, row.wants))) if row.readable else "",
            bool(row.public),
            bool(row.summary),
            row.about_id,
        )
        for row in rows
    ]


def sharings_to_take_back(
    db: Session, actor: Actor, report_card_id: int
) -> list[tuple[Body, datetime]]:
    """Return the bodies whose sharing can still be taken back, each with until when."""
    actor.must(Permission.REPORT_CARDS_SHARE)
    rows = db.execute(
        sa.select(CardShare.body, CardShare.at).where(
            CardShare.report_card_id == report_card_id,
            CardShare.seen_at.is_(None),
            CardShare.at >= actor.at - TO_TAKE_BACK,
        )
    )
    return [(row.body, row.at + TO_TAKE_BACK) for row in rows]
