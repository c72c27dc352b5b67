"""Two tabs with the same form have a draft each."""

import sqlalchemy as sa
from alembic import op

from coprod_data.store.migrations.columns import altered

revision = "r0082"
down_revision = "r0078"
branch_labels = None
depends_on = None

BY = ["person_id", "form", "subject"]
UNIQUE, INDEX = "uq_draft_person_id_form_subject", "ix_draft_person_id_form_subject"


def upgrade() -> None:
    with altered("draft") as batch:
        batch.drop_constraint(UNIQUE, type_="unique")
    op.create_index(INDEX, "draft", BY)


def downgrade() -> None:
    draft = sa.table("draft", *(sa.column(name) for name in ("id", *BY)))
    newest = sa.select(sa.func.max(draft.c.id)).group_by(*(draft.c[name] for name in BY))
    op.execute(sa.delete(draft).where(draft.c.id.not_in(newest)))
    op.drop_index(INDEX, "draft")
    with altered("draft") as batch:
        batch.create_unique_constraint(UNIQUE, BY)
