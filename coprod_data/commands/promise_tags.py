"""To which frameworks a commitment belongs, also once it is adopted: its words stay as they are."""

from collections.abc import Collection

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.event_log import record
from coprod_data.commands.rows import changed_set, locked
from coprod_data.models import CommitmentTag, PromiseCommitment
from coprod_data.permissions import Actor, Invalid, Permission
from coprod_data.rules.frameworks import framework_items
from coprod_data.vocabulary.events import EventKind


def tag_commitment(
    db: Session,
    actor: Actor,
    commitment_id: int,
    codes: Collection[str],
    *,
    opened: Collection[str] | None = None,
) -> None:
    """Say to which items of frameworks a commitment belongs; `opened` are those the form showed.

    Raises NotFound, Invalid.
    """
    actor.must(Permission.PROMISE_DRAFT)
    commitment = locked(db, PromiseCommitment, commitment_id, "commitment")
    if not set(codes) <= framework_items().keys():
        raise Invalid("Choose from the list of frameworks.", field="codes")
    now = {
        tag.code: tag
        for tag in db.scalars(
            sa.select(CommitmentTag).where(CommitmentTag.commitment_id == commitment.id)
        )
    }
    wanted = changed_set(now.keys(), opened, codes)
    for code in sorted(wanted - now.keys()):
        db.add(CommitmentTag(commitment_id=commitment.id, code=code))
    for code in sorted(now.keys() - wanted):
        db.delete(now[code])
    if wanted != now.keys():
        record(db, actor, EventKind.COMMITMENT_TAGGED, commitment)
