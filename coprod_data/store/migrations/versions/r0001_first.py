"""The first release: every table, and the guards of the log and of sealed words."""

from coprod_data.store.migrations.first import SUBJECTS
from coprod_data.store.migrations.guards import drop_refusal, make_refusal

revision = "r0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    make_refusal()
    for subject in SUBJECTS:
        subject.create()


def downgrade() -> None:
    for subject in reversed(SUBJECTS):
        subject.remove()
    drop_refusal()
