"""The words of an entry as they will be shown: the original with roles over what is hidden."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.entries_rules import original_of
from coprod_data.models import CardEntry, EntryQuestion, EntryVersion
from coprod_data.permissions import Actor, Invalid, Refused
from coprod_data.rules.redaction import MOST_WORDS, Span, hide, spans_of
from coprod_data.rules.texts import clean_beside
from coprod_data.vocabulary.entries import VersionKind


def shown_version(
    db: Session, actor: Actor, entry: CardEntry, thinks: str, wants: str, confirmed_many: bool
) -> int:
    """Return the id of the version with these words hidden: the original when nothing is.

    Raises Invalid for other words, and where much is hidden under one role unconfirmed.
    """
    original = original_of(db, entry)
    hidden = {
        field: spans_of(
            whole or "", clean_beside(whole or "", shown, f"shown_{field}"), f"shown_{field}"
        )
        for field, whole, shown in (
            ("thinks", original.thinks, thinks),
            ("wants", original.wants, wants),
        )
    }
    _refuse_hiding_much(hidden, confirmed_many)
    spans = [[field, s.start, s.end, s.role] for field, found in hidden.items() for s in found]
    if not spans:
        return original.id
    versions = db.scalars(
        sa.select(EntryVersion)
        .where(EntryVersion.entry_id == entry.id, EntryVersion.number >= original.number)
        .order_by(EntryVersion.number)
    ).all()
    for version in versions:
        if version.id != original.id and version.spans == spans:
            return version.id
    version = EntryVersion(
        entry_id=entry.id,
        number=versions[-1].number + 1,
        kind=VersionKind.SHOWN,
        thinks=hide(original.thinks, hidden["thinks"]) if original.thinks else None,
        wants=hide(original.wants, hidden["wants"]) if original.wants else None,
        spans=spans,
        made_at=actor.at,
        made_by_id=actor.id,
    )
    db.add(version)
    db.flush()
    return version.id


def hides_as_much(db: Session, version_id: int, than_id: int) -> bool:
    """Say whether one version hides at least every letter that another one hides."""
    more, less = (_hidden_letters(db, number) for number in (version_id, than_id))
    return less <= more


def refuse_refused_wording(db: Session, version_id: int) -> None:
    """Go on only with a wording that the young person has not said no to. Raises Refused."""
    said_no = sa.select(EntryQuestion.id).where(
        EntryQuestion.version_id == version_id, EntryQuestion.agreed.is_(False)
    )
    if db.scalars(said_no.limit(1)).first() is not None:
        raise Refused("The young person said no to this wording. Ask them, or hide other words.")


def _hidden_letters(db: Session, version_id: int) -> set[tuple[str, int]]:
    spans = db.get_one(EntryVersion, version_id).spans
    return {(field, place) for field, start, end, _ in spans for place in range(start, end)}


def _refuse_hiding_much(hidden: dict[str, list[Span]], confirmed_many: bool) -> None:
    for field, spans in hidden.items():
        if not confirmed_many and any(span.long for span in spans):
            raise Invalid(
                f"More than {MOST_WORDS} words are hidden under one role. "
                "Hide less, or say that you mean it.",
                field=f"shown_{field}",
            )
