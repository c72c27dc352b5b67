"""People, their roles and sessions, services and groups."""

import sqlalchemy as sa
from alembic import op

from coprod_data.store.migrations.columns import (
    CHOICE,
    HASH,
    MOMENT,
    column,
    drop,
    exactly_one,
    index_where,
    key,
    link,
)


def create() -> None:
    op.create_table(
        "person",
        column("username", sa.String(60), unique=True),
        column("name", sa.String(120)),
        column("job", sa.String(160)),
        column("password_hash", sa.String(80), empty=True),
        column("added_at", MOMENT),
        column("disabled_at", MOMENT, empty=True),
        key(),
    )
    op.create_table(
        "role_grant",
        link("person_id", "person", index=True),
        column("role", CHOICE),
        column("given_at", MOMENT),
        link("given_by_id", "person", empty=True),
        column("confirmed_at", MOMENT, empty=True),
        link("confirmed_by_id", "person", empty=True),
        column("first_setup", sa.Boolean),
        column("ended_at", MOMENT, empty=True),
        key(),
    )
    index_where(
        "uq_role_grant_live", "role_grant", ["person_id", "role"], "ended_at IS NULL", unique=True
    )
    _services()
    _groups()
    _doors()


def _services() -> None:
    op.create_table(
        "service",
        column("name", sa.String(120), unique=True),
        column("retired_at", MOMENT, empty=True),
        key(),
    )
    op.create_table(
        "service_member",
        link("service_id", "service"),
        link("person_id", "person", index=True),
        key(),
        sa.UniqueConstraint("service_id", "person_id"),
    )


def _groups() -> None:
    op.create_table(
        "group",
        column("name", sa.String(120), unique=True),
        column("kind", CHOICE),
        column("terms", sa.Text),
        column("quorum", sa.Integer, empty=True),
        column("young_people", sa.Integer),
        column("owns_queue", sa.Boolean),
        column("closed_at", MOMENT, empty=True),
        key(),
    )
    index_where("uq_group_owns_queue", "group", ["owns_queue"], "owns_queue", unique=True)
    op.create_table(
        "membership",
        link("group_id", "group", index=True),
        link("person_id", "person", empty=True, index=True),
        column("name", sa.String(120), empty=True),
        column("kind", CHOICE),
        column("sector", CHOICE),
        column("joined_on", sa.Date),
        column("term_ends_on", sa.Date, empty=True),
        column("left_on", sa.Date, empty=True),
        key(),
        exactly_one("person_id", "name"),
    )
    op.create_table(
        "group_meeting",
        link("group_id", "group"),
        column("met_on", sa.Date),
        key(),
        sa.UniqueConstraint("group_id", "met_on"),
    )


def _doors() -> None:
    op.create_table(
        "auth_session",
        column("public_id", sa.String(43), unique=True),
        column("token_hash", HASH, unique=True),
        link("person_id", "person", index=True),
        column("began_at", MOMENT),
        column("seen_at", MOMENT),
        column("ended_at", MOMENT, empty=True),
        key(),
    )
    op.create_table(
        "login_attempt",
        column("name_hash", HASH),
        column("address_hash", HASH),
        column("at", MOMENT),
        column("succeeded", sa.Boolean),
        key(),
        sa.Index("ix_login_attempt_address", "address_hash", "at"),
        sa.Index("ix_login_attempt_name", "name_hash", "at"),
    )
    op.create_table(
        "reset_link",
        link("person_id", "person", index=True),
        column("token_hash", HASH, unique=True),
        column("made_at", MOMENT),
        column("used_at", MOMENT, empty=True),
        key(),
    )


def remove() -> None:
    drop("reset_link", "login_attempt", "auth_session")
    drop("group_meeting", "membership", "group", "service_member", "service")
    drop("role_grant", "person")
