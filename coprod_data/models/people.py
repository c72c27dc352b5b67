"""People with accounts, their roles and services, and the sessions they hold."""

from datetime import datetime
from typing import ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, validates

from coprod_data.models.base import Row, choice
from coprod_data.permissions import Role
from coprod_data.rules.account_names import KEY_LENGTH, name_key
from coprod_data.vocabulary.people import RequestEnd, RequestKind


class Person(Row, kw_only=True):
    """Somebody with an account. `username` is lower case; `job` is the title shown on screen.

    `name_key` is the name as two accounts of one person are told by. `work_email` is where notices
    go; a young person's account never has one. The log tells that it
    was changed, and keeps no address and no username.
    """

    __tablename__ = "person"
    unlogged: ClassVar[frozenset[str]] = frozenset({"work_email", "name_key", "username"})

    username: Mapped[str] = mapped_column(sa.String(60), unique=True)
    name: Mapped[str] = mapped_column(sa.String(120))
    name_key: Mapped[str] = mapped_column(sa.String(KEY_LENGTH), index=True, init=False)
    job: Mapped[str] = mapped_column(sa.String(160), default="")
    password_hash: Mapped[str | None] = mapped_column(sa.String(80), default=None)
    added_at: Mapped[datetime]
    disabled_at: Mapped[datetime | None] = mapped_column(default=None)
    work_email: Mapped[str | None] = mapped_column(sa.String(254), default=None)

    @validates("name")
    def _keep_key(self, _field: str, name: str) -> str:
        self.name_key = name_key(name)
        return name


class RoleGrant(Row, kw_only=True):
    """A role given to a person.

    A grant of `youth_voice`, `safeguarding` or `chair` counts once a second person has confirmed
    it, or at once when nobody ever held that role (`first_setup`). `counts_at` is when it counts by
    itself, where there was no second person to ask.
    """

    __tablename__ = "role_grant"

    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)
    role: Mapped[Role] = mapped_column(choice(Role))
    given_at: Mapped[datetime]
    given_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"), default=None)
    confirmed_at: Mapped[datetime | None] = mapped_column(default=None)
    confirmed_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"), default=None)
    first_setup: Mapped[bool] = mapped_column(default=False)
    ended_at: Mapped[datetime | None] = mapped_column(default=None)
    counts_at: Mapped[datetime | None] = mapped_column(default=None)

    __table_args__ = (
        sa.Index(
            "uq_role_grant_live",
            "person_id",
            "role",
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        ),
        sa.Index(
            "ix_role_grant_waiting",
            "given_at",
            sqlite_where=sa.text("confirmed_at IS NULL AND ended_at IS NULL"),
            postgresql_where=sa.text("confirmed_at IS NULL AND ended_at IS NULL"),
        ),
    )


class AccountRequest(Row, kw_only=True):
    """Something asked about the account of somebody in a guarded team, or of the chair.

    It waits for a second person of `team`, or else for `counts_at`, where there was nobody to ask.
    `asked_by_id` is empty for who asked on the server itself.
    """

    __tablename__ = "account_request"

    kind: Mapped[RequestKind] = mapped_column(choice(RequestKind))
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)
    team: Mapped[Role] = mapped_column(choice(Role))
    asked_at: Mapped[datetime]
    asked_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"), default=None)
    counts_at: Mapped[datetime | None] = mapped_column(default=None)
    settled_at: Mapped[datetime | None] = mapped_column(default=None)
    settled_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"), default=None)
    ending: Mapped[RequestEnd | None] = mapped_column(choice(RequestEnd), default=None)

    __table_args__ = (
        sa.Index(
            "uq_account_request_open",
            "person_id",
            "kind",
            unique=True,
            sqlite_where=sa.text("settled_at IS NULL"),
            postgresql_where=sa.text("settled_at IS NULL"),
        ),
    )


class Service(Row, kw_only=True):
    """A service of the council, used by actions and audits."""

    __tablename__ = "service"

    name: Mapped[str] = mapped_column(sa.String(120), unique=True)
    retired_at: Mapped[datetime | None] = mapped_column(default=None)


class ServiceMember(Row, kw_only=True):
    """A manager's scope: the services they are responsible for."""

    __tablename__ = "service_member"
    __table_args__ = (sa.UniqueConstraint("service_id", "person_id"),)

    service_id: Mapped[int] = mapped_column(sa.ForeignKey("service.id"))
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)


class AuthSession(Row, kw_only=True):
    """A signed-in browser. Only the SHA-256 of its token is kept.

    `browser` says in a few words what it is; `proved_at` is when its password was last typed.
    """

    __tablename__ = "auth_session"

    public_id: Mapped[str] = mapped_column(sa.String(43), unique=True)
    token_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)
    began_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    ended_at: Mapped[datetime | None] = mapped_column(default=None)
    browser: Mapped[str] = mapped_column(sa.String(60), default="")
    proved_at: Mapped[datetime | None] = mapped_column(default=None)


class LoginAttempt(Row, kw_only=True):
    """One try to sign in, by keyed hashes of the name as typed and of the address.

    `browser_hash` is of a browser in which this name signed in lately; it is counted by itself.
    """

    __tablename__ = "login_attempt"
    __table_args__ = (
        sa.Index("ix_login_attempt_name", "name_hash", "at"),
        sa.Index("ix_login_attempt_address", "address_hash", "at"),
    )

    name_hash: Mapped[str] = mapped_column(sa.String(64))
    address_hash: Mapped[str] = mapped_column(sa.String(64))
    at: Mapped[datetime]
    succeeded: Mapped[bool]
    browser_hash: Mapped[str] = mapped_column(sa.String(64), default="")


class ResetLink(Row, kw_only=True):
    """A one-time link with which a person sets their own password.

    `used_at` is when it was used, or when another one took its place; `set_at` only the former.
    `by_second` says that a
    second person handed it over; `told_at` is when its owner has read who made it. A row is never
    deleted, so that its number, from which the token is derived, is never given again.
    """

    __tablename__ = "reset_link"

    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)
    token_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    made_at: Mapped[datetime]
    made_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"), default=None)
    used_at: Mapped[datetime | None] = mapped_column(default=None)
    set_at: Mapped[datetime | None] = mapped_column(default=None)
    by_second: Mapped[bool] = mapped_column(default=False)
    told_at: Mapped[datetime | None] = mapped_column(default=None)
