"""Which action was proposed because of what a service wrote in its audit return."""

from alembic import op

from coprod_data.store.migrations.columns import drop, link

revision = "r0115"
down_revision = "r0114"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "audit_plan_action",
        link("answer_id", "audit_answer", primary_key=True),
        link("action_id", "action", index=True),
    )


def downgrade() -> None:
    drop("audit_plan_action")
