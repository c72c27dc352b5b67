"""An approval moves nothing; an outcome says what was said and with whom; signatures by code.
Dates, wordings and owners of actions can be changed.

When each action last moved is worked out again from the log. Actions that were done without
evidence keep their stage, and outcomes that were signed before keep theirs. Taken down, an action
that was agreed and has not moved reads as moved when it was agreed, as it did before.
"""

from datetime import datetime

import sqlalchemy as sa
from alembic import op

from coprod_data.store.migrations.columns import CHOICE, MOMENT, altered, column, drop, key, link

revision = "r0011"
down_revision = "r0010"
branch_labels = None
depends_on = None

OF_OUTCOME = ("you_said", "worked_with")
CORRECTED = ("milestone", "action_update")
OF_THE_ACTION = ("action.moved", "action.dropped", "action.verified")
SIGNED, MET, PROPOSED = "outcome.signed", "milestone.met", "action.proposed"

action = sa.table(
    "action",
    sa.column("id", sa.Integer),
    *(sa.column(name, MOMENT) for name in ("proposed_at", "approved_at", "moved_at")),
)
event = sa.table(
    "event",
    *(sa.column(name) for name in ("id", "kind", "subject_id")),
    sa.column("at", MOMENT),
    sa.column("changes", sa.JSON),
)
named = sa.table("outcome_action", sa.column("outcome_id"), sa.column("action_id"))
milestone = sa.table("milestone", sa.column("id"), sa.column("action_id"))


def upgrade() -> None:
    for name in OF_OUTCOME:
        op.add_column("outcome", column(name, sa.Text, server_default=""))
    with altered("outcome") as batch:
        for name in OF_OUTCOME:
            batch.alter_column(name, server_default=None)
    with altered("co_signature") as batch:
        batch.add_column(column("known_at", MOMENT, empty=True))
        batch.add_column(link("known_by_id", "person", empty=True))
    op.create_table(
        "action_change",
        link("action_id", "action", index=True),
        link("commitment_id", "promise_commitment"),
        column("title", sa.String(240)),
        column("will_see", sa.Text),
        column("due_on", sa.Date, empty=True),
        column("due_wording", sa.String(120)),
        column("due_kind", CHOICE),
        column("reason", sa.Text),
        column("proposed_at", MOMENT),
        link("proposed_by_id", "person"),
        column("agreed", sa.Boolean, empty=True),
        column("decided_at", MOMENT, empty=True),
        link("decided_by_id", "person", empty=True),
        column("answer", sa.Text),
        key(),
    )
    for table in CORRECTED:
        op.add_column(table, column("corrected", sa.Text, server_default=""))
        with altered(table) as batch:
            batch.alter_column("corrected", server_default=None)
    op.add_column("action", column("first_due_on", sa.Date, empty=True))
    op.add_column("action", column("first_due_wording", sa.String(120), server_default=""))
    with altered("action") as batch:
        batch.alter_column("first_due_wording", server_default=None)
    _work_out_movement()


def _work_out_movement() -> None:
    db = op.get_bind()
    for action_id, at in _moved().items():
        db.execute(sa.update(action).where(action.c.id == action_id).values(moved_at=at))


def downgrade() -> None:
    with altered("action") as batch:
        batch.drop_column("first_due_wording")
        batch.drop_column("first_due_on")
    for table in CORRECTED:
        with altered(table) as batch:
            batch.drop_column("corrected")
    drop("action_change")
    with altered("co_signature") as batch:
        batch.drop_column("known_by_id")
        batch.drop_column("known_at")
    with altered("outcome") as batch:
        for name in OF_OUTCOME:
            batch.drop_column(name)
    op.execute(
        sa.update(action)
        .where(action.c.moved_at == action.c.proposed_at, action.c.approved_at.is_not(None))
        .values(moved_at=action.c.approved_at)
    )


def _moved() -> dict[int, datetime]:
    """Return when each action of the log last moved, and if it never did, when it was proposed."""
    db = op.get_bind()
    of_outcome: dict[int, list[int]] = {}
    for outcome_id, action_id in db.execute(sa.select(named)):
        of_outcome.setdefault(outcome_id, []).append(action_id)
    of_milestone = {row.id: row.action_id for row in db.execute(sa.select(milestone))}
    moved: dict[int, datetime] = {}
    told = sa.select(event).where(event.c.kind.in_((*OF_THE_ACTION, SIGNED, MET, PROPOSED)))
    for row in db.execute(told.order_by(event.c.id)):
        if row.kind == MET:
            ids = [of_milestone[row.subject_id]]
        elif row.kind == SIGNED:
            ids = of_outcome.get(row.subject_id, []) if "together" in row.changes else []
        else:
            ids = [row.subject_id]
        moved.update(dict.fromkeys(ids, row.at))
    return moved
