"""When the plan of a version of The Promise runs, who wrote it, and what shows who works on an
action.

Of older versions and actions that stays empty: nobody was asked.
"""

import sqlalchemy as sa
from alembic import op

from coprod_data.store.migrations.columns import CHOICE, altered, column, drop, link
from coprod_data.store.migrations.telling import telling

revision = "r0044"
down_revision = "r0043"
branch_labels = None
depends_on = None

VERSION, ACTION = "promise_version", "action"
RUNS = "plan_starts_and_runs"


def upgrade() -> None:
    with altered(VERSION) as batch:
        batch.add_column(column("plan_starts_on", sa.Date, empty=True))
        batch.add_column(column("plan_months", sa.Integer, empty=True))
        batch.add_column(column("written_by", CHOICE, empty=True))
        batch.create_check_constraint(RUNS, "(plan_starts_on IS NULL) = (plan_months IS NULL)")
    with telling(VERSION, ACTION):
        for table, name in ((VERSION, "written_shown"), (ACTION, "together_shown")):
            op.add_column(table, column(name, sa.Text, server_default=""))
            with altered(table) as batch:
                batch.alter_column(name, server_default=None)
    op.create_table(
        "promise_author",
        link("version_id", VERSION, primary_key=True),
        link("group_id", "group", primary_key=True),
    )


def downgrade() -> None:
    drop("promise_author")
    with altered(ACTION) as batch:
        batch.drop_column("together_shown")
    with altered(VERSION) as batch:
        batch.drop_constraint(RUNS, type_="check")
        for gone in ("written_shown", "written_by", "plan_months", "plan_starts_on"):
            batch.drop_column(gone)
