"""What the team decides about an entry, and what it does when somebody may not be safe."""

from datetime import datetime
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from coprod_data.models.base import Base, Row, choice, salt
from coprod_data.vocabulary.entries import ConsentUse
from coprod_data.vocabulary.entry_care import HoldEnd, StepKind, Told, WishEnd, WordsTo

_ENDED = sa.text("ended_at IS NULL")
_SETTLED = sa.text("settled_at IS NULL")
_CLOSED = sa.text("closed_at IS NULL")
_UNCLOSED = sa.text("closed_at IS NULL")
_COUNTS = sa.text("closed_at IS NULL AND taken_back_at IS NULL")


def _one_live(name: str, *columns: str, where: sa.TextClause) -> sa.Index:
    return sa.Index(name, *columns, unique=True, sqlite_where=where, postgresql_where=where)


class UseDecision(Row, kw_only=True):
    """Whether an entry's words may be read for one use that its author allows.

    A named person decides it. A *not* has a `reason`, which the author reads. A recall, a worry and
    a consent taken away end it; a consent given later has none, and opens nothing until it has.
    """

    __tablename__ = "use_decision"
    __table_args__ = (_one_live("uq_use_decision_live", "entry_id", "use", where=_ENDED),)
    unlogged: ClassVar[frozenset[str]] = frozenset({"reason"})

    entry_id: Mapped[int] = mapped_column(sa.ForeignKey("card_entry.id"))
    use: Mapped[ConsentUse] = mapped_column(choice(ConsentUse))
    let_out: Mapped[bool]
    reason: Mapped[str | None] = mapped_column(sa.Text, default=None)
    decided_at: Mapped[datetime]
    decided_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    ended_at: Mapped[datetime | None] = mapped_column(default=None)


class CheckStep(Row, kw_only=True):
    """A step that one person proposed and a second person must agree to.

    `detail` holds what the step needs besides a text: ids, members of closed lists, yes and no.
    `why` is for the second person, `answer` is theirs when they said no. Texts go with the entry's
    words.
    """

    __tablename__ = "check_step"
    __table_args__ = (_one_live("uq_check_step_open", "entry_id", "kind", where=_SETTLED),)
    unlogged: ClassVar[frozenset[str]] = frozenset({"text", "why", "answer", "detail"})

    entry_id: Mapped[int] = mapped_column(sa.ForeignKey("card_entry.id"))
    kind: Mapped[StepKind] = mapped_column(choice(StepKind))
    version_id: Mapped[int | None] = mapped_column(sa.ForeignKey("entry_version.id"), default=None)
    text: Mapped[str | None] = mapped_column(sa.Text, default=None)
    why: Mapped[str | None] = mapped_column(sa.Text, default=None)
    detail: Mapped[dict[str, Any]] = mapped_column(default_factory=dict)
    proposed_at: Mapped[datetime]
    proposed_by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    settled_at: Mapped[datetime | None] = mapped_column(default=None)
    settled_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"), default=None)
    agreed: Mapped[bool | None] = mapped_column(default=None)
    answer: Mapped[str | None] = mapped_column(sa.Text, default=None)


class Recall(Row, kw_only=True):
    """That words which were out were taken back in, with the reason their author reads."""

    __tablename__ = "recall"
    unlogged: ClassVar[frozenset[str]] = frozenset({"reason"})

    entry_id: Mapped[int] = mapped_column(sa.ForeignKey("card_entry.id"), index=True)
    reason: Mapped[str | None] = mapped_column(sa.Text)
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))


class Worry(Row, kw_only=True):
    """That somebody who read released words is worried. Exactly one of the two is filled."""

    __tablename__ = "worry"

    entry_id: Mapped[int] = mapped_column(sa.ForeignKey("card_entry.id"), index=True)
    at: Mapped[datetime]
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"), default=None)
    by_entry_id: Mapped[int | None] = mapped_column(sa.ForeignKey("card_entry.id"), default=None)


class ContactWish(Row, kw_only=True):
    """That a young person wants somebody to talk to them, and how; sealed like raw words.

    Closed, its three texts are null, unless a hold on the entry is open. `taken_back_at`: taken
    back before anybody had opened it; safeguarding reads it and lets it go, whatever its author
    asks for later. One that counts is beside any number of these.
    """

    __tablename__ = "contact_wish"
    __table_args__ = (
        _one_live("uq_contact_wish_open", "entry_id", where=_COUNTS),
        sa.Index(
            "ix_contact_wish_unclosed", "entry_id",
            sqlite_where=_UNCLOSED, postgresql_where=_UNCLOSED,
        ),
    )  # fmt: skip
    unlogged: ClassVar[frozenset[str]] = frozenset({"first_name", "how", "when_safe"})
    salted: ClassVar[tuple[str, ...]] = ("first_name", "how", "when_safe")

    entry_id: Mapped[int] = mapped_column(sa.ForeignKey("card_entry.id"))
    first_name: Mapped[str | None] = mapped_column(sa.Text)
    how: Mapped[str | None] = mapped_column(sa.Text)
    when_safe: Mapped[str | None] = mapped_column(sa.Text)
    made_at: Mapped[datetime]
    opened_at: Mapped[datetime | None] = mapped_column(default=None)
    opened_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"), default=None)
    taken_back_at: Mapped[datetime | None] = mapped_column(default=None)
    closed_at: Mapped[datetime | None] = mapped_column(default=None)
    closed_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"), default=None)
    ending: Mapped[WishEnd | None] = mapped_column(choice(WishEnd), default=None)
    salt: Mapped[bytes | None] = salt()


class EntryMeant(Base, kw_only=True):
    """An account holder whom an entry may be about: they never see it nor anything beside it.

    Whom words that belong to an entry may be about is written on that entry too.
    """

    __tablename__ = "entry_meant"

    entry_id: Mapped[int] = mapped_column(sa.ForeignKey("card_entry.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), primary_key=True, index=True)


class SafeguardingHold(Row, kw_only=True):
    """That an entry was held, who was told, who opened it, who deals with it and how it ended.

    Opening it takes it for nobody: `taken_by_id` is who said that they deal with it. The story
    goes to the council's case system; `reference` is its number there, of digits and dashes.
    """

    __tablename__ = "safeguarding_hold"
    __table_args__ = (_one_live("uq_safeguarding_hold_open", "entry_id", where=_CLOSED),)

    entry_id: Mapped[int] = mapped_column(sa.ForeignKey("card_entry.id"))
    opened_at: Mapped[datetime]
    opened_by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    first_read_at: Mapped[datetime | None] = mapped_column(default=None)
    first_read_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"), default=None)
    taken_at: Mapped[datetime | None] = mapped_column(default=None)
    taken_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"), default=None)
    closed_at: Mapped[datetime | None] = mapped_column(default=None)
    closed_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"), default=None)
    ending: Mapped[HoldEnd | None] = mapped_column(choice(HoldEnd), default=None)
    reference: Mapped[str] = mapped_column(sa.String(40), default="")
    words_to: Mapped[WordsTo | None] = mapped_column(choice(WordsTo), default=None)


class HoldCall(Row, kw_only=True):
    """Whom a worker told of a hold, and when."""

    __tablename__ = "hold_call"

    hold_id: Mapped[int] = mapped_column(sa.ForeignKey("safeguarding_hold.id"), index=True)
    told_to: Mapped[Told] = mapped_column(choice(Told))
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
