"""An action that is due in a month is late after the last day of that month, and sorts there.

Dates of months and quarters that were kept as another day of it become the last one. Taken down,
they stay.
"""

from calendar import monthrange
from datetime import date

import sqlalchemy as sa
from alembic import op

from coprod_data.store.migrations.telling import telling

revision = "r0026"
down_revision = "r0025"
branch_labels = None
depends_on = None

IN_A_MONTH = ("month", "quarter")
TABLES = ("action", "action_change")


def upgrade() -> None:
    with telling(*TABLES):
        _move_to_month_ends()


def _move_to_month_ends() -> None:
    db = op.get_bind()
    for name in TABLES:
        table = sa.table(name, sa.column("id"), sa.column("due_on", sa.Date), sa.column("due_kind"))
        dated = sa.select(table.c.id, table.c.due_on).where(
            table.c.due_kind.in_(IN_A_MONTH), table.c.due_on.is_not(None)
        )
        for row_id, due_on in db.execute(dated).all():
            if (last := _last_day(due_on)) != due_on:
                db.execute(sa.update(table).where(table.c.id == row_id).values(due_on=last))


def downgrade() -> None:
    pass


def _last_day(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])
