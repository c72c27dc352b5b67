"""How many answers on each card are let out for the Board, and for everyone: a card with nothing
else to read is shown for them.
"""

import sqlalchemy as sa
from alembic import op

from coprod_data.store.migrations.columns import altered
from coprod_data.store.migrations.telling import telling

revision = "r0100"
down_revision = "r0099"
branch_labels = None
depends_on = None

card = sa.table(
    "report_card", sa.column("board_answers", sa.Integer), sa.column("public_answers", sa.Integer)
)
COUNTS = {"board_answers": "board", "public_answers": "public"}
COUNTED = """
  SELECT count(*) FROM card_entry AS one
  WHERE one.report_card_id = report_card.id AND one.kind = 'answer'
  AND one.released_at IS NOT NULL AND one.withdrawn_at IS NULL
  AND NOT EXISTS (
    SELECT 1 FROM card_entry AS main
    WHERE main.id = one.about_id AND main.withdrawn_at IS NOT NULL
  )
  AND NOT EXISTS (
    SELECT 1 FROM safeguarding_hold AS hold WHERE hold.closed_at IS NULL
    AND hold.entry_id IN (one.id, one.about_id, one.held_with_id)
  )
  AND EXISTS (
    SELECT 1 FROM consent WHERE consent.entry_id = one.id
    AND consent.use = :use AND consent.withdrawn_at IS NULL
  )
  AND EXISTS (
    SELECT 1 FROM use_decision AS decided WHERE decided.entry_id = one.id
    AND decided.use = :use AND decided.let_out AND decided.ended_at IS NULL
  )
"""


def upgrade() -> None:
    with telling("report_card"):
        for column, use in COUNTS.items():
            op.add_column(
                "report_card", sa.Column(column, sa.Integer, server_default="0", nullable=False)
            )
            number = sa.text(f"({COUNTED})").bindparams(use=use)
            op.execute(sa.update(card).values({column: number}))


def downgrade() -> None:
    with telling("report_card"), altered("report_card") as batch:
        for column in COUNTS:
            batch.drop_column(column)
