"""Who put words in another language into English; what is said later; and who said no.

Somebody of the team says who translated. An author may say later that they would not say whom their
card is about. A young person's no to somebody who offered is told to them only.

Of what was there before, nobody has said any of it.
"""

from coprod_data.store.migrations.columns import CHOICE, MOMENT, altered, column, link

revision = "r0042"
down_revision = "r0041"
branch_labels = None
depends_on = None

ENTRY, INVITATION = "card_entry", "invitation"


def upgrade() -> None:
    with altered(ENTRY) as batch:
        batch.add_column(column("translated", CHOICE, empty=True))
        batch.add_column(link("translated_by_id", "person", empty=True))
        batch.add_column(column("about_us_at", MOMENT, empty=True))
    with altered(INVITATION) as batch:
        batch.add_column(link("refused_entry_id", ENTRY, empty=True))
        batch.add_column(link("refused_person_id", "person", empty=True))


def downgrade() -> None:
    with altered(INVITATION) as batch:
        for gone in ("refused_person_id", "refused_entry_id"):
            batch.drop_column(gone)
    with altered(ENTRY) as batch:
        for gone in ("about_us_at", "translated_by_id", "translated"):
            batch.drop_column(gone)
