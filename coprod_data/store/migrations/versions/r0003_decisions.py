"""What is decided about an entry, use by use; steps for two people; wishes, worries and recalls.

What is out stays out, for the uses its author allowed when it was let out. Summaries that were
shown without a yes of the author return to the queue.
"""

import sqlalchemy as sa
from alembic import op

from coprod_data.store.migrations.columns import CHOICE, MOMENT, altered, column, index_where, link
from coprod_data.store.migrations.decision_tables import drop_tables, make_tables

revision = "r0003"
down_revision = "r0002"
branch_labels = None
depends_on = None

OLD_HAND = "released_at IS NULL AND withdrawn_at IS NULL AND review <> 'closed'"
OLD_OWED = (
    "released_at IS NOT NULL AND withdrawn_at IS NULL AND replied_at IS NULL AND kind = 'words'"
)
LISTS = {
    "asked": "review = 'asked_back'",
    "ended": "review IN ('closed', 'kept', 'personal_help', 'asked_back')",
    "out": "review = 'released'",
}
HAND = "dealt_at IS NULL AND withdrawn_at IS NULL"
OWED = "dealt_at IS NOT NULL AND withdrawn_at IS NULL AND replied_at IS NULL AND kind = 'words'"

_ENTRY = sa.table(
    "card_entry",
    *(
        sa.column(name)
        for name in (
            "id", "about_id", "review", "sent_at", "released_at", "released_by_id", "withdrawn_at",
            "replied_at", "waits_since", "dealt_at", "again", "taken_by_id", "taken_at",
            "proposed_version_id", "proposed_by_id", "proposed_at", "flags",
        )
    ),
)  # fmt: skip
_FLAGS = sa.table("card_entry", sa.column("id"), sa.column("flags", sa.JSON))
_CONSENT = sa.table(
    "consent",
    *(sa.column(name) for name in ("id", "entry_id", "use", "given_at", "withdrawn_at")),
)
_DECISION = sa.table(
    "use_decision",
    *(
        sa.column(name)
        for name in ("entry_id", "use", "let_out", "decided_at", "decided_by_id", "ended_at")
    ),
)
_STEP = sa.table(
    "check_step",
    *(
        sa.column(name)
        for name in (
            "entry_id", "kind", "version_id", "detail", "proposed_at", "proposed_by_id",
            "settled_at",
        )
    ),
)  # fmt: skip
_SUMMARY = sa.table(
    "entry_summary",
    *(sa.column(name) for name in ("entry_id", "agreed_at", "refused_at", "replaced_at")),
)


def upgrade() -> None:
    make_tables()
    for name in ("in_hand", "owed"):
        op.drop_index(f"ix_card_entry_{name}", "card_entry")
    for added in (
        column("hints", sa.JSON, empty=True),
        column("about_us", CHOICE, empty=True),
        column("waits_since", MOMENT, empty=True),
        column("again", CHOICE, empty=True),
        column("dealt_at", MOMENT, empty=True),
        column("taken_at", MOMENT, empty=True),
        column("kept_unread", sa.Boolean, server_default=sa.false()),
    ):
        op.add_column("card_entry", added)
    op.add_column("entry_question", column("while_held", sa.Boolean, server_default=sa.false()))
    for added in (
        column("first_read_at", MOMENT, empty=True),
        link("first_read_by_id", "person", empty=True),
        column("ending", CHOICE, empty=True),
        column("reference", sa.String(40), server_default=""),
        column("words_to", CHOICE, empty=True),
    ):
        with altered("safeguarding_hold") as batch:
            batch.add_column(added)
    _carry_over()
    with altered("card_entry") as batch:
        batch.alter_column("hints", nullable=False)
        batch.alter_column("waits_since", nullable=False)
        batch.alter_column("kept_unread", server_default=None)
        for gone in ("proposed_version_id", "proposed_by_id", "proposed_at"):
            batch.drop_column(gone)
    with altered("entry_question") as batch:
        batch.alter_column("while_held", server_default=None)
    with altered("safeguarding_hold") as batch:
        batch.alter_column("reference", server_default=None)
    index_where("ix_card_entry_in_hand", "card_entry", ["waits_since"], HAND)
    index_where("ix_card_entry_owed", "card_entry", ["report_card_id", "dealt_at"], OWED)
    index_where("ix_card_entry_kept_unread", "card_entry", ["id"], "kept_unread")
    for name, condition in LISTS.items():
        index_where(f"ix_card_entry_{name}", "card_entry", ["dealt_at"], condition)
    _index_summaries("report_card_id", "summed_up", "place")


def _index_summaries(*columns: str) -> None:
    op.drop_index("ix_card_entry_summed_up", "card_entry")
    index_where("ix_card_entry_summed_up", "card_entry", columns, "summed_up")


def _carry_over() -> None:
    bind = op.get_bind()
    op.execute(sa.update(_ENTRY).values(waits_since=_ENTRY.c.sent_at))
    op.execute("UPDATE card_entry SET hints = '[]'")
    op.execute("UPDATE card_entry SET taken_at = sent_at WHERE taken_by_id IS NOT NULL")
    _use_consents()
    allowed = (
        sa.select(
            _ENTRY.c.id, _CONSENT.c.use, sa.true(), _ENTRY.c.released_at, _ENTRY.c.released_by_id
        )
        .join(_CONSENT, _CONSENT.c.entry_id == _ENTRY.c.id)
        .where(
            _ENTRY.c.released_at.is_not(None),
            _CONSENT.c.withdrawn_at.is_(None),
            _CONSENT.c.given_at <= _ENTRY.c.released_at,
        )
    )
    bind.execute(
        sa.insert(_DECISION).from_select(
            ["entry_id", "use", "let_out", "decided_at", "decided_by_id"], allowed
        )
    )
    live_board = sa.exists().where(
        _CONSENT.c.entry_id == _ENTRY.c.id,
        _CONSENT.c.use == "board",
        _CONSENT.c.withdrawn_at.is_(None),
    )
    decided = sa.exists().where(_DECISION.c.entry_id == _ENTRY.c.id)
    later = sa.exists().where(
        _CONSENT.c.entry_id == _ENTRY.c.id,
        _CONSENT.c.withdrawn_at.is_(None),
        _CONSENT.c.given_at > _ENTRY.c.released_at,
    )
    shown = sa.exists().where(
        _SUMMARY.c.entry_id == _ENTRY.c.id,
        _SUMMARY.c.replaced_at.is_(None),
        _SUMMARY.c.refused_at.is_(None),
    )
    out = _ENTRY.c.released_at.is_not(None)
    op.execute(sa.update(_ENTRY).where(out).values(dealt_at=_ENTRY.c.released_at))
    op.execute(
        sa.update(_ENTRY)
        .where(out, ~live_board, ~decided, ~shown)
        .values(review="kept", released_at=None)
    )
    op.execute(
        sa.update(_ENTRY)
        .where(out, ~live_board, ~decided, shown)
        .values(
            review="submitted", released_at=None, dealt_at=None, again="not_allowed",
            waits_since=sa.func.current_timestamp(), taken_by_id=None, taken_at=None,
        )
    )  # fmt: skip
    op.execute(
        sa.update(_ENTRY)
        .where(out, later)
        .values(
            review="submitted", dealt_at=None, again="allowed",
            waits_since=sa.func.current_timestamp(), taken_by_id=None, taken_at=None,
        )
    )  # fmt: skip
    # When these left the queue was not written down: at the latest it was when they were answered.
    op.execute(
        sa.update(_ENTRY)
        .where(_ENTRY.c.review.in_(("closed", "personal_help", "asked_back")))
        .values(dealt_at=sa.func.coalesce(_ENTRY.c.replied_at, _ENTRY.c.sent_at))
    )
    _steps_from_proposals()


def _use_consents() -> None:
    """Drop what was never a use, and give words beside an entry the consents they inherited."""
    bind = op.get_bind()
    op.execute(sa.delete(_CONSENT).where(_CONSENT.c.use == "contact"))
    board = _CONSENT.alias()
    has_board = sa.exists().where(
        board.c.entry_id == _CONSENT.c.entry_id,
        board.c.use == "board",
        board.c.withdrawn_at.is_(None),
    )
    op.execute(
        sa.update(_CONSENT)
        .where(_CONSENT.c.use == "public", _CONSENT.c.withdrawn_at.is_(None), ~has_board)
        .values(withdrawn_at=_CONSENT.c.given_at)
    )
    inherited = (
        sa.select(_ENTRY.c.id, _CONSENT.c.use, _CONSENT.c.given_at)
        .join(_CONSENT, _CONSENT.c.entry_id == _ENTRY.c.about_id)
        .where(_CONSENT.c.withdrawn_at.is_(None), _ENTRY.c.released_at.is_not(None))
    )
    bind.execute(sa.insert(_CONSENT).from_select(["entry_id", "use", "given_at"], inherited))


def _steps_from_proposals() -> None:
    proposed = sa.select(
        _ENTRY.c.id,
        sa.literal("release"),
        _ENTRY.c.proposed_version_id,
        sa.cast(sa.literal("{}"), sa.JSON) if not _is_sqlite() else sa.literal("{}"),
        _ENTRY.c.proposed_at,
        _ENTRY.c.proposed_by_id,
    ).where(_ENTRY.c.proposed_version_id.is_not(None))
    op.get_bind().execute(
        sa.insert(_STEP).from_select(
            ["entry_id", "kind", "version_id", "detail", "proposed_at", "proposed_by_id"], proposed
        )
    )


def _is_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def _close_what_opens_by_itself() -> None:
    """Before decisions are forgotten, end what the older rule would let out without one.

    Uses and flags that the older release does not know go; words kept unread are erased, because
    it has no list for them.
    """
    decided = sa.exists().where(
        _DECISION.c.entry_id == _CONSENT.c.entry_id,
        _DECISION.c.use == _CONSENT.c.use,
        _DECISION.c.let_out,
        _DECISION.c.ended_at.is_(None),
    )
    out = sa.exists().where(_ENTRY.c.id == _CONSENT.c.entry_id, _ENTRY.c.released_at.is_not(None))
    op.execute(sa.delete(_CONSENT).where(_CONSENT.c.use.in_(("summary", "work"))))
    op.execute(
        sa.update(_CONSENT)
        .where(_CONSENT.c.withdrawn_at.is_(None), out, ~decided)
        .values(withdrawn_at=_CONSENT.c.given_at)
    )
    bind = op.get_bind()
    for entry_id, flags in bind.execute(sa.select(_FLAGS.c.id, _FLAGS.c.flags)):
        known = [flag for flag in flags if flag not in ("worried", "about_us")]
        if known != flags:
            bind.execute(sa.update(_FLAGS).where(_FLAGS.c.id == entry_id).values(flags=known))
    op.execute(
        "UPDATE entry_version SET thinks = NULL, wants = NULL WHERE entry_id IN"
        " (SELECT id FROM card_entry WHERE kept_unread)"
    )


def downgrade() -> None:
    _index_summaries("report_card_id", "place")
    for name in ("in_hand", "owed", "kept_unread", *LISTS):
        op.drop_index(f"ix_card_entry_{name}", "card_entry")
    for added in (
        link("proposed_version_id", "entry_version", empty=True),
        link("proposed_by_id", "person", empty=True),
        column("proposed_at", MOMENT, empty=True),
    ):
        with altered("card_entry") as batch:
            batch.add_column(added)
    for name in ("version_id", "by_id", "at"):
        value = (
            sa.select(_STEP.c[f"proposed_{name}"] if name != "version_id" else _STEP.c.version_id)
            .where(
                _STEP.c.entry_id == _ENTRY.c.id,
                _STEP.c.kind == "release",
                _STEP.c.settled_at.is_(None),
            )
            .scalar_subquery()
        )
        op.execute(sa.update(_ENTRY).values({f"proposed_{name}": value}))
    op.execute("UPDATE card_entry SET review = 'closed' WHERE review = 'kept'")
    _close_what_opens_by_itself()
    with altered("card_entry") as batch:
        for gone in (
            "hints", "about_us", "waits_since", "again", "dealt_at", "taken_at", "kept_unread",
        ):  # fmt: skip
            batch.drop_column(gone)
    with altered("entry_question") as batch:
        batch.drop_column("while_held")
    with altered("safeguarding_hold") as batch:
        for gone in ("first_read_at", "first_read_by_id", "ending", "reference", "words_to"):
            batch.drop_column(gone)
    drop_tables()
    index_where("ix_card_entry_in_hand", "card_entry", ["sent_at"], OLD_HAND)
    index_where("ix_card_entry_owed", "card_entry", ["report_card_id", "released_at"], OLD_OWED)
