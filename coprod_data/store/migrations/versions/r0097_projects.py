"""Projects with their involvement plans, and recruitment with young people."""

import sqlalchemy as sa
from alembic import op

from coprod_data.store.migrations.columns import column, drop, key, link

revision = "r0097"
down_revision = "r0096"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "project",
        column("title", sa.String(160)),
        column("about", sa.Text),
        link("service_id", "service", index=True),
        link("owner_id", "person", index=True),
        column("starts_on", sa.Date),
        column("ends_on", sa.Date),
        *(column(name, sa.Text) for name in ("at_start", "in_middle", "at_end")),
        link("agreed_by_id", "person", empty=True, index=True),
        column("agreed_with", sa.String(160)),
        *(
            column(name, sa.Date, empty=True)
            for name in ("agreed_on", "started_on", "finished_on", "stopped_on")
        ),
        *(column(name, sa.Text) for name in ("what_changed", "why_stopped")),
        key(),
        sa.CheckConstraint(
            "agreed_on IS NULL OR (agreed_by_id IS NOT NULL AND agreed_with <> '' AND "
            "at_start <> '' AND in_middle <> '' AND at_end <> '')",
            name="agreed_whole",
        ),
        sa.CheckConstraint("started_on IS NULL OR agreed_on IS NOT NULL", name="agreed_first"),
        sa.CheckConstraint(
            "finished_on IS NULL OR (started_on IS NOT NULL AND what_changed <> '')",
            name="reviewed_first",
        ),
    )
    op.create_table(
        "recruitment",
        column("post", sa.String(160)),
        link("service_id", "service", index=True),
        link("owner_id", "person", index=True),
        column("meets_on", sa.Date),
        column("key_post", sa.Boolean),
        *(column(name, sa.Integer) for name in ("with_send", "young_people", "parents")),
        *(column(name, sa.Text) for name in ("prepared", "asked", "what_changed", "thanked")),
        key(),
    )


def downgrade() -> None:
    drop("recruitment", "project")
