"""The Promise in versions: themes, commitments, and which commitment follows which."""

import sqlalchemy as sa
from alembic import op

from coprod_data.store.migrations.columns import MOMENT, column, drop, index_where, key, link


def create() -> None:
    op.create_table(
        "promise_version",
        column("title", sa.String(160)),
        column("drafted_at", MOMENT),
        column("adopted_at", MOMENT, empty=True),
        column("adopted_by", sa.String(160)),
        key(),
    )
    op.create_table(
        "promise_theme",
        link("version_id", "promise_version"),
        column("position", sa.Integer),
        column("title", sa.String(120)),
        column("young_title", sa.String(60)),
        column("icon", sa.String(20)),
        column("catch_all", sa.Boolean),
        key(),
        sa.UniqueConstraint("version_id", "position"),
    )
    index_where(
        "uq_promise_theme_catch_all", "promise_theme", ["version_id"], "catch_all", unique=True
    )
    op.create_table(
        "promise_commitment",
        link("theme_id", "promise_theme"),
        column("position", sa.Integer),
        column("reference", sa.String(12)),
        column("wording", sa.Text),
        column("easy_wording", sa.Text),
        key(),
        sa.UniqueConstraint("theme_id", "position"),
    )
    op.create_table(
        "commitment_successor",
        link("earlier_id", "promise_commitment", primary_key=True),
        link("later_id", "promise_commitment", primary_key=True),
    )


def remove() -> None:
    drop("commitment_successor", "promise_commitment", "promise_theme", "promise_version")
