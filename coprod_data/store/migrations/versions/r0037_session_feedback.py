"""What people say of a session, its own questions, and what is to be changed next time."""

import sqlalchemy as sa
from alembic import op

from coprod_data.store.migrations.columns import CHOICE, HASH, MOMENT, column, drop, key, link

revision = "r0037"
down_revision = "r0036"
branch_labels = None
depends_on = None

SESSION = "coproduction_session"
ASKED = ("face", "welcome", "listened", "counted")


def upgrade() -> None:
    op.create_table(
        "session_feedback",
        link("session_id", SESSION, index=True),
        column("form_hash", HASH, unique=True),
        *(column(name, CHOICE, empty=True) for name in ASKED),
        column("helped", sa.Boolean, empty=True),
        key(),
    )
    op.create_table(
        "session_question",
        link("session_id", SESSION, index=True),
        column("text", sa.String(160)),
        key(),
    )
    op.create_table(
        "session_face_given",
        link("question_id", "session_question"),
        link("feedback_id", "session_feedback"),
        column("face", CHOICE),
        key(),
        sa.UniqueConstraint("question_id", "feedback_id"),
    )
    op.create_table(
        "session_change",
        link("session_id", SESSION, index=True),
        column("text", sa.String(240)),
        column("written_at", MOMENT),
        link("written_by_id", "person"),
        link("task_id", "session_task", empty=True),
        column("dropped_at", MOMENT, empty=True),
        key(),
    )


def downgrade() -> None:
    drop("session_change", "session_face_given", "session_question", "session_feedback")
