"""What each wait selects: the same columns, so that all waits of a person are one statement."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from coprod_data.models.base import UtcDateTime
from coprod_data.vocabulary.work import WorkKind

Statement = sa.Select[*tuple[Any, ...]]

# What a wait may compare with. `ME` is who asks; the others are worked out once for all waits.
ME = sa.bindparam("me", type_=sa.Integer)
TODAY = sa.bindparam("today", type_=sa.Date)
NOW = sa.bindparam("now", type_=UtcDateTime)
DUE_BY = sa.bindparam("due_by", type_=sa.Date)
ASKED_AFTER = sa.bindparam("asked_after", type_=UtcDateTime)
MOVED_BEFORE = sa.bindparam("moved_before", type_=UtcDateTime)
LATER_AFTER = sa.bindparam("later_after", type_=UtcDateTime)
OFF_AFTER = sa.bindparam("off_after", type_=UtcDateTime)
UPDATED_AFTER = sa.bindparam("updated_after", type_=UtcDateTime)

_MORE: dict[str, Any] = {
    "late": sa.Boolean, "due_on": sa.Date, "due_kind": sa.String, "who": sa.String,
    "note": sa.String,
    "reference": sa.String, "met": sa.Integer, "whole": sa.Integer, "source_id": sa.Integer,
    "source": sa.String, "updated_at": UtcDateTime, "red": sa.Boolean, "next_on": sa.Date,
    "next_step": sa.String,
}  # fmt: skip
_USUAL: dict[str, Any] = {
    "late": sa.false(), "due_on": sa.cast(sa.null(), sa.Date),
    "due_kind": sa.literal(""), "who": sa.literal(""),
    "note": sa.literal(""), "reference": sa.literal(""), "met": sa.literal(0),
    "whole": sa.literal(0), "source_id": sa.cast(sa.null(), sa.Integer),
    "source": sa.literal(""), "updated_at": sa.cast(sa.null(), UtcDateTime),
    "red": sa.false(), "next_on": sa.cast(sa.null(), sa.Date), "next_step": sa.literal(""),
}  # fmt: skip
TYPED = ("kind", "late", "red")
NEVER = sa.cast(sa.null(), UtcDateTime)


@dataclass(frozen=True, kw_only=True)
class Turn:
    """One wait: what kind, the number and title of the record to open, since when if it is known.

    `who` is the person it is about: who asked, offered or proposed, or who is waited for. `note`
    says more in words of staff, or is a member of a closed list. `met` of `whole` parts are there.
    `source_id` and `source` are the number and title of the opportunity it came from.
    `due_kind` is a DueKind, empty where the date is a day.
    `updated_at` is when staff last wrote about it. An action may be `red`, and have a `next_step`
    with the date `next_on`: the milestone not met yet that is due first.
    """

    kind: WorkKind
    about: int
    title: str
    since: datetime | None
    late: bool
    due_on: date | None
    due_kind: str
    who: str
    note: str
    reference: str
    met: int
    whole: int
    source_id: int | None
    source: str
    updated_at: datetime | None
    red: bool
    next_on: date | None
    next_step: str


def wait(kind: WorkKind, about: Any, title: Any, since: Any, **more: Any) -> Statement:
    """Select one kind of wait; what is not said is empty. `since` may be null."""
    said = {**_USUAL, **more}
    return sa.select(
        sa.literal(kind.value).label("kind"),
        about.label("about"),
        sa.type_coerce(title, sa.String).label("title"),
        sa.type_coerce(since, UtcDateTime).label("since"),
        *(sa.type_coerce(said[name], type_).label(name) for name, type_ in _MORE.items()),
    )


def turn(row: Any) -> Turn:
    """Return a selected row as it is handed out."""
    return Turn(
        **{name: value for name, value in row._mapping.items() if name not in TYPED},
        kind=WorkKind(row.kind),
        late=bool(row.late),
        red=bool(row.red),
    )
