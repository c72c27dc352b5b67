"""Words of young people for a Board paper: put in by the gate of the moment, at each reading."""

from collections.abc import Collection
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import CardEntry, EntryVersion
from coprod_data.permissions import Actor, Permission
from coprod_data.scopes.entries import released
from coprod_data.scopes.entries_readers import about_nobody
from coprod_data.vocabulary.entries import ConsentUse, EntryKind

OF_A_CARD = 2


@dataclass(frozen=True)
class PaperWords:
    """Words of one young person; `everybodys` says that they may be read in public."""

    entry_id: int
    text: str
    everybodys: bool


def words_for_papers(
    db: Session, actor: Actor, report_card_ids: Collection[int], *, everybodys: bool
) -> dict[int, list[PaperWords]]:
    """Return the newest two words of each card that may be in a paper, by card.

    With `everybodys`, and for who may not read words for the Board, only those let out for the
    public; else those for the Board too. None is about somebody who works here, because a paper
    goes to everybody.
    """
    actor.must(Permission.PAPERS_READ)
    everybodys = everybodys or not actor.may(Permission.REPORT_CARDS_READ)
    public = released(ConsentUse.PUBLIC)
    may = public if everybodys else sa.or_(public, released(ConsentUse.BOARD))
    newest = sa.func.row_number().over(
        partition_by=CardEntry.report_card_id, order_by=CardEntry.place.desc()
    )
    rows = (
        sa.select(
            CardEntry.id, CardEntry.report_card_id, EntryVersion.thinks, EntryVersion.wants,
            public.label("public"), newest.label("newest"),
        )
        .join(EntryVersion, EntryVersion.id == CardEntry.released_version_id)
        .where(
            CardEntry.report_card_id.in_(report_card_ids),
            CardEntry.kind == EntryKind.WORDS,
            may,
            about_nobody(),
        )
        .subquery()
    )  # fmt: skip
    found: dict[int, list[PaperWords]] = {}
    for row in db.execute(
        sa.select(rows).where(rows.c.newest <= OF_A_CARD).order_by(rows.c.newest)
    ):
        text = " ".join(f"“{said}”" for said in (row.thinks, row.wants) if said)
        found.setdefault(row.report_card_id, []).append(PaperWords(row.id, text, bool(row.public)))
    return found


def words_have_left(
    db: Session, actor: Actor, report_card_ids: Collection[int], since: object
) -> bool:
    """Say whether words on these cards were taken back since a moment."""
    actor.must(Permission.PAPERS_READ)
    return bool(
        db.scalar(
            sa.select(
                sa.exists().where(
                    CardEntry.report_card_id.in_(report_card_ids),
                    CardEntry.place.is_not(None),
                    CardEntry.withdrawn_at > since,
                )
            )
        )
    )
