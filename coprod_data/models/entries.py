"""A young person's own words and everything that happens to them before and after release."""

from datetime import datetime
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from coprod_data.models.base import Base, Row, choice, salt
from coprod_data.vocabulary.entries import (
    ConsentUse,
    EntryKind,
    Flag,
    Hint,
    QuestionKind,
    Review,
    VersionKind,
)
from coprod_data.vocabulary.entry_care import AboutUs, Again, Translator

_RELEASED = sa.text("released_at IS NOT NULL AND withdrawn_at IS NULL")
_IN_HAND = sa.text("dealt_at IS NULL AND withdrawn_at IS NULL")
_OWED = sa.text(
    "dealt_at IS NOT NULL AND withdrawn_at IS NULL AND replied_at IS NULL AND "
    "kind IN ('words', 'policy')"
)
# One index for each list of what left the queue; their reads name the same words.
_ASKED = sa.text("review = 'asked_back'")
_ENDED = sa.text("review IN ('closed', 'kept', 'personal_help', 'asked_back')")
_OUT = sa.text("review = 'released' AND CAST(flags AS TEXT) <> '[]'")
_TYPED = sa.text("typed_by_id IS NOT NULL")
_ABOUT = sa.text("about_id IS NOT NULL")  # to be no way to the many that belong to no other
_TIED = sa.text("commitment_id IS NOT NULL")
_HELD_WITH = sa.text("held_with_id IS NOT NULL")
_AT_A_SESSION = sa.text("session_id IS NOT NULL")


def _index(*named: str, where: sa.TextClause) -> sa.Index:
    """Return an index over the entries that meet a condition: its name, then its columns."""
    return sa.Index(*named, sqlite_where=where, postgresql_where=where)


class CardEntry(Row, kw_only=True):
    """One young person's entry. It holds no name, no address and no account.

    An entry of a kind that belongs to a card hangs on that entry (`about_id`), shares its
    card code, has consents of its own, and waits at the same gate. `flags` are `Flag` values, which
    ask for a second person; `hints` are `Hint` values, which only move it up. `waits_since` is when
    its clock began; `dealt_at` when it left the queue: let out, kept, closed, passed on or asked
    back. `again` says why it came back into the queue. `place` is the sequence number of its
    release, the order of search. `summed_up`: it has a summary that its author has not refused.
    `kept_unread`: taken back flagged and undecided, or read by one alone: safeguarding reads it.
    `held_with_id`: words on the same card that were on hold when these were sent; these are on hold
    as long as they are. `commitment_id`: what the team says these words are about, if it says so.
    `session_id`: the session at which it was sent, with its join code.
    `translated`: who put its words into English, as `translated_by_id` said; it goes with them.
    `code_words` is how many words its card code has, null for the four of the first release;
    `code_kept_at` is when its author said that they have the code.
    """

    __tablename__ = "card_entry"
    __table_args__ = (
        _index("ix_card_entry_released", "report_card_id", "place", where=_RELEASED),
        _index("ix_card_entry_in_hand", "waits_since", where=_IN_HAND),
        _index("ix_card_entry_owed", "report_card_id", "dealt_at", where=_OWED),
        sa.Index(
            "ix_card_entry_summed_up",
            "report_card_id",
            "summed_up",  # so that no other index seems as good
            "place",
            sqlite_where=sa.text("summed_up = 1"),
            postgresql_where=sa.text("summed_up"),
        ),
        _index("ix_card_entry_about", "about_id", where=_ABOUT),
        _index("ix_card_entry_held_with", "held_with_id", where=_HELD_WITH),
        _index("ix_card_entry_commitment", "commitment_id", where=_TIED),
        _index("ix_card_entry_session", "session_id", where=_AT_A_SESSION),
        _index("ix_card_entry_typed", "typed_by_id", "id", where=_TYPED),
        _index("ix_card_entry_asked", "dealt_at", where=_ASKED),
        _index("ix_card_entry_ended", "dealt_at", where=_ENDED),
        _index("ix_card_entry_out", "dealt_at", where=_OUT),
        sa.Index(
            "ix_card_entry_kept_unread",
            "id",
            sqlite_where=sa.text("kept_unread = 1"),
            postgresql_where=sa.text("kept_unread"),
        ),
    )

    unlogged: ClassVar[frozenset[str]] = frozenset({"translated", "translated_by_id"})

    kind: Mapped[EntryKind] = mapped_column(choice(EntryKind), default=EntryKind.WORDS)
    report_card_id: Mapped[int] = mapped_column(sa.ForeignKey("report_card.id"))
    about_id: Mapped[int | None] = mapped_column(sa.ForeignKey("card_entry.id"), default=None)
    held_with_id: Mapped[int | None] = mapped_column(sa.ForeignKey("card_entry.id"), default=None)
    form_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    code_hash: Mapped[str | None] = mapped_column(sa.String(64), unique=True, default=None)
    code_key: Mapped[str | None] = mapped_column(sa.String(16), default=None)
    code_words: Mapped[int | None] = mapped_column(default=None)
    code_kept_at: Mapped[datetime | None] = mapped_column(default=None)
    sent_at: Mapped[datetime]
    typed_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"), default=None)
    read_back: Mapped[bool | None] = mapped_column(default=None)
    language: Mapped[str] = mapped_column(sa.String(12), default="en")
    feeling: Mapped[int | None] = mapped_column(default=None)
    flags: Mapped[list[Any]] = mapped_column(default_factory=list)
    hints: Mapped[list[Any]] = mapped_column(default_factory=list)
    about_us: Mapped[AboutUs | None] = mapped_column(choice(AboutUs), default=None)
    about_us_at: Mapped[datetime | None] = mapped_column(default=None)
    waits_since: Mapped[datetime]
    again: Mapped[Again | None] = mapped_column(choice(Again), default=None)
    dealt_at: Mapped[datetime | None] = mapped_column(default=None)
    review: Mapped[Review] = mapped_column(choice(Review), default=Review.SUBMITTED)
    taken_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"), default=None)
    taken_at: Mapped[datetime | None] = mapped_column(default=None)
    released_version_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("entry_version.id", use_alter=True), default=None
    )
    released_at: Mapped[datetime | None] = mapped_column(default=None)
    released_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"), default=None)
    place: Mapped[int | None] = mapped_column(unique=True, default=None)
    summed_up: Mapped[bool] = mapped_column(server_default=sa.false(), init=False)
    withdrawn_at: Mapped[datetime | None] = mapped_column(default=None)
    kept_unread: Mapped[bool] = mapped_column(default=False)
    replied_at: Mapped[datetime | None] = mapped_column(default=None)
    commitment_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("promise_commitment.id"), default=None
    )
    session_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("coproduction_session.id"), default=None
    )
    translated: Mapped[Translator | None] = mapped_column(choice(Translator), default=None)
    translated_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"), default=None)

    @property
    def flagged(self) -> bool:
        """Say whether a second reader is needed."""
        return bool(self.flags)

    @property
    def read_with_care(self) -> bool:
        """Say whether words in it ask whoever lets it out to say why no harm is in them."""
        return Hint.WEAK_WORDS in self.hints

    @property
    def needs_translator(self) -> bool:
        """Say whether nobody who knows its language has told the team what it says.

        A machine is not enough where somebody may be at risk.
        """
        machine = self.translated is Translator.MACHINE and (self.flagged or self.read_with_care)
        return Hint.LANGUAGE in self.hints and (self.translated is None or machine)

    @property
    def flag_list(self) -> list[Flag]:
        """Return the reasons to read it sooner."""
        return [Flag(value) for value in self.flags]


class EntryVersion(Row, kw_only=True):
    """The words themselves, and the only place where they are kept.

    Number 1 is the sealed original. A shown version is the original with `spans` replaced. A span
    is `[field, start, end, role]`, counted in characters of the original. Erasing sets the texts to
    null and forgets the spans, whose roles somebody typed.
    """

    __tablename__ = "entry_version"
    __table_args__ = (sa.UniqueConstraint("entry_id", "number"),)
    unlogged: ClassVar[frozenset[str]] = frozenset({"thinks", "wants", "spans"})
    salted: ClassVar[tuple[str, ...]] = ("thinks", "wants")

    entry_id: Mapped[int] = mapped_column(sa.ForeignKey("card_entry.id"))
    number: Mapped[int]
    kind: Mapped[VersionKind] = mapped_column(choice(VersionKind))
    thinks: Mapped[str | None] = mapped_column(sa.Text)
    wants: Mapped[str | None] = mapped_column(sa.Text)
    spans: Mapped[list[Any]] = mapped_column(default_factory=list)
    made_at: Mapped[datetime]
    made_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"), default=None)
    salt: Mapped[bytes | None] = salt()


class EntrySummary(Row, kw_only=True):
    """Other words for an entry, written by the team; never shown as the young person's own."""

    __tablename__ = "entry_summary"

    entry_id: Mapped[int] = mapped_column(sa.ForeignKey("card_entry.id"), index=True)
    text: Mapped[str] = mapped_column(sa.Text)
    made_at: Mapped[datetime]
    made_by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    agreed_at: Mapped[datetime | None] = mapped_column(default=None)
    refused_at: Mapped[datetime | None] = mapped_column(default=None)
    replaced_at: Mapped[datetime | None] = mapped_column(default=None)


class EntryQuestion(Row, kw_only=True):
    """What the team asked the young person; the words of their answer are an entry.

    `while_held`: safeguarding asked it on a held entry; its author sees it as any other question.
    """

    __tablename__ = "entry_question"

    entry_id: Mapped[int] = mapped_column(sa.ForeignKey("card_entry.id"), index=True)
    kind: Mapped[QuestionKind] = mapped_column(choice(QuestionKind))
    text: Mapped[str] = mapped_column(sa.Text)
    version_id: Mapped[int | None] = mapped_column(sa.ForeignKey("entry_version.id"), default=None)
    summary_id: Mapped[int | None] = mapped_column(sa.ForeignKey("entry_summary.id"), default=None)
    asked_at: Mapped[datetime]
    asked_by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    while_held: Mapped[bool] = mapped_column(default=False)
    answered_at: Mapped[datetime | None] = mapped_column(default=None)
    agreed: Mapped[bool | None] = mapped_column(default=None)
    answer_id: Mapped[int | None] = mapped_column(sa.ForeignKey("card_entry.id"), default=None)


class Consent(Row, kw_only=True):
    """One use that a young person allowed, with the times when it began and ended.

    `ended_because`: who asked a worker to end it, and how; it goes with the entry's words.
    """

    __tablename__ = "consent"
    __table_args__ = (
        sa.Index(
            "uq_consent_live",
            "entry_id",
            "use",
            unique=True,
            sqlite_where=sa.text("withdrawn_at IS NULL"),
            postgresql_where=sa.text("withdrawn_at IS NULL"),
        ),
    )
    unlogged: ClassVar[frozenset[str]] = frozenset({"ended_because"})

    entry_id: Mapped[int] = mapped_column(sa.ForeignKey("card_entry.id"))
    use: Mapped[ConsentUse] = mapped_column(choice(ConsentUse))
    given_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None] = mapped_column(default=None)
    recorded_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"), default=None)
    ended_because: Mapped[str | None] = mapped_column(sa.Text, default=None)


class EntryReading(Row, kw_only=True):
    """Who opened an entry's raw words, and when."""

    __tablename__ = "entry_reading"
    __table_args__ = (
        sa.Index("ix_entry_reading_entry", "entry_id", "person_id"),
        sa.Index("ix_entry_reading_person", "person_id", "id"),
    )

    entry_id: Mapped[int] = mapped_column(sa.ForeignKey("card_entry.id"))
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    at: Mapped[datetime]


class SameAs(Base, kw_only=True):
    """An entry that says what another says; every author still gets a reply."""

    __tablename__ = "same_as"

    entry_id: Mapped[int] = mapped_column(sa.ForeignKey("card_entry.id"), primary_key=True)
    main_id: Mapped[int] = mapped_column(sa.ForeignKey("card_entry.id"), index=True)


class HandedCode(Row, kw_only=True):
    """A card code that a worker still has to hand over: its form's id, sealed by the server."""

    __tablename__ = "handed_code"

    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)
    entry_id: Mapped[int] = mapped_column(sa.ForeignKey("card_entry.id"), unique=True)
    sealed: Mapped[str] = mapped_column(sa.Text)
    at: Mapped[datetime]


class CardHolder(Base, kw_only=True):
    """A young person with an account who added an entry by its code; kept apart from the entry."""

    __tablename__ = "card_holder"

    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), primary_key=True)
    entry_id: Mapped[int] = mapped_column(
        sa.ForeignKey("card_entry.id"), primary_key=True, index=True
    )
    added_at: Mapped[datetime]


class Reply(Row, kw_only=True):
    """What the team replied to the young person."""

    __tablename__ = "reply"

    entry_id: Mapped[int] = mapped_column(sa.ForeignKey("card_entry.id"), index=True)
    text: Mapped[str] = mapped_column(sa.Text)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    at: Mapped[datetime]
