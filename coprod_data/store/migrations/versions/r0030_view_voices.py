"""Who is in a face that is shown, as hashes, so that it changes only when five people do.

Faces shown before the upgrade have none; the next turn of the month works them out from the views
that are still there. Taken down, the hashes are gone.
"""

from alembic import op

from coprod_data.store.migrations.columns import HASH, column, drop, key, link

revision = "r0030"
down_revision = "r0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "view_voice",
        link("view_face_id", "view_face"),
        column("who", HASH),
        column("said", HASH),
        key(),
    )
    op.create_index("ix_view_voice_view_face_id", "view_voice", ["view_face_id"])


def downgrade() -> None:
    drop("view_voice")
