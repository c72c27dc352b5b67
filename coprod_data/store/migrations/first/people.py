"""People, their roles and sessions, services and groups."""

import sqlalchemy as sa
from alembic import op

from coprod_data.store.migrations.columns import (
    CHOICE,
    HASH,
    MOMENT,
    column,
    drop,
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
    _services_and_groups()
    _doors()


def _services_and_groups() -> None:
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
    op.create_table(
        "group",
        column("name", sa.String(120), unique=True),
        column("kind", CHOICE),
        key(),
    )
    op.create_table(
        "membership",
        link("group_id", "group"),
        link("person_id", "person", index=True),
        key(),
        sa.UniqueConstraint("group_id", "person_id"),
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
    drop("membership", "group", "service_member", "service")
    drop("role_grant", "person")
