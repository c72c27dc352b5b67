"""Each account keeps its name folded, so that two accounts of one person are found by an index."""

import sqlalchemy as sa
from alembic import op

from coprod_data.rules.account_names import name_key
from coprod_data.store.migrations.columns import altered, column
from coprod_data.store.migrations.telling import telling

revision = "r0029"
down_revision = "r0028"
branch_labels = None
depends_on = None

person = sa.table("person", *map(sa.column, ("id", "name", "name_key")))


def upgrade() -> None:
    with telling("person"):
        _fold_names()
    op.create_index("ix_person_name_key", "person", ["name_key"])


def _fold_names() -> None:
    with altered("person") as batch:
        batch.add_column(column("name_key", sa.String(120), server_default=""))
    db = op.get_bind()
    for row in db.execute(sa.select(person.c.id, person.c.name)).all():
        found = person.c.id == row.id
        db.execute(sa.update(person).where(found).values(name_key=name_key(row.name)))
    with altered("person") as batch:
        batch.alter_column("name_key", server_default=None)


def downgrade() -> None:
    op.drop_index("ix_person_name_key", "person")
    with telling("person"), altered("person") as batch:
        batch.drop_column("name_key")
