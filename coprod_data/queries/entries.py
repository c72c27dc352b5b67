"""What a young person sees of their own entries.

Nothing here shows an author that their entry is flagged or held: in every field a held entry looks
like one that is still being checked.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from coprod_data.models import (
    Answer,
    CardEntry,
    EntryVersion,
    Opportunity,
    OpportunitySource,
    OpportunityYoung,
    Outcome,
    PromiseTheme,
    ReportCard,
)
from coprod_data.permissions import Actor, NotFound, Permission
from coprod_data.queries.entries_steps import (
    OpenQuestion,
    OwnSummary,
    ReplyRow,
    TalkLine,
    conversations,
    newest_recall,
    not_reached,
    nots_told,
    open_questions,
    replies_told,
    summaries_of_own,
    uses_given,
)
from coprod_data.rules.clocks import after_working_days, london_day, next_reading_day
from coprod_data.scopes.duty import hours_in
from coprod_data.scopes.entries import held, own_main, released, summary_out, unsaid
from coprod_data.scopes.entries_readers import for_safeguarding, nobody_left
from coprod_data.scopes.readers_there import hours_with_readers
from coprod_data.scopes.settings import settings
from coprod_data.vocabulary.entries import ConsentUse, Review, VersionKind
from coprod_data.vocabulary.entry_care import Again
from coprod_data.vocabulary.opportunities import OpportunityState
from coprod_data.vocabulary.settings import DUTY_HOURS, SettingKey

TOLD_AGAIN = (Again.ALLOWED, Again.RECALLED, Again.WORRIED)


@dataclass(frozen=True)
class FollowedEntry:
    """One entry as its author sees it. `thinks` and `wants` are their own, as written.

    `reading`: somebody has opened it. `late`: by `read_by`, a day in London, nobody had decided nor
    written to them. `opening_day`: when somebody reads next, None while somebody does; `today` is
    the day in London. The flags after it say how far it came; `step` sums them up in one of five
    plain steps. `kept`: it was read and stays with the team. `let_out`: its words are out, or were
    when it was taken back. `time_over`: its words were erased in time, and it reads as taken back.
    `again` says why the team reads it once more, `again_because` in words for its author. The three
    `reads` say who can read it at this moment, in its words or, for `summary_reads`, in the team's.
    `nots` are uses that its author allowed and the team did not let out, each with the reason.
    `working` and `together` are about work that came from this entry, or that its author is in.
    `for_safeguarding`: only safeguarding reads it, and what is written on its card; its author
    would not say whom it is about (`unsaid`), or it is about all of the team. `for_nobody`: it may
    be about all of both teams. `tried`: somebody tried to reach its author, and could not.
    """

    entry_id: int
    theme_title: str
    icon: str
    sent_at: datetime
    feeling: int | None
    thinks: str
    wants: str
    shown_thinks: str
    shown_wants: str
    typed: bool
    read_by: date
    reading: bool
    late: bool
    opening_day: date | None
    today: date
    asked: bool
    personal: bool
    released_at: datetime | None
    shared_on: date | None
    answered: bool
    working: bool
    together: bool
    closed: bool
    withdrawn: bool
    time_over: bool = False
    let_out: bool = False
    kept: bool = False
    again: Again | None = None
    again_because: str = ""
    board_reads: bool = False
    public_reads: bool = False
    summary_reads: bool = False
    nots: Mapping[ConsentUse, str] = field(default_factory=dict)
    code_kept: bool = False
    for_safeguarding: bool = False
    for_nobody: bool = False
    unsaid: bool = False
    tried: bool = False
    uses: frozenset[ConsentUse] = frozenset()
    questions: tuple[OpenQuestion, ...] = ()
    replies: tuple[ReplyRow, ...] = ()
    talk: tuple[TalkLine, ...] = ()
    summary: OwnSummary | None = None

    @property
    def read(self) -> bool:
        """Say whether a person has read it and dealt with it."""
        return self.closed or self.kept or self.released_at is not None

    @property
    def step(self) -> int:
        """Return how far it has come: 1 we have it, 2 it is being read, 3 it is ready for the
        Board, 4 people work on it together, 5 it has an answer.
        """
        heard = self.replies and (self.personal or self.kept or self.released_at is not None)
        if self.together or self.closed or heard:
            return 5
        if self.working:
            return 4
        if self.released_at is not None:
            return 3
        return 2 if self.reading or self.kept else 1


def follow_entry(db: Session, actor: Actor, entry_id: int | None = None) -> FollowedEntry:
    """Return one of the actor's own entries; the holder of a card code need not name it.

    Raises NotFound for any other.
    """
    actor.must(Permission.ENTRIES_OWN)
    wanted = actor.entry_id if entry_id is None else entry_id
    found = _followed(db, actor, CardEntry.id == wanted)
    if not found:
        raise NotFound("We cannot find that card.")
    return found[0]


def my_cards(db: Session, actor: Actor) -> list[FollowedEntry]:
    """Return every entry that a young person with an account added by its code, newest first."""
    actor.must(Permission.ENTRIES_OWN)
    return _followed(db, actor, sa.true())


def _followed(db: Session, actor: Actor, condition: sa.ColumnElement[bool]) -> list[FollowedEntry]:
    rows = db.execute(
        _own_entries().where(condition, own_main(actor), CardEntry.about_id.is_(None))
    ).all()
    ids = [row.id for row in rows]
    questions, talks = open_questions(db, actor, ids), conversations(db, actor, ids)
    uses, replies = uses_given(db, actor, ids), replies_told(db, actor, ids)
    nots, summaries = nots_told(db, actor, ids), summaries_of_own(db, actor, ids)
    targets = settings(db, SettingKey.READ_WORKING_DAYS, *DUTY_HOURS)
    days = int(targets[SettingKey.READ_WORKING_DAYS])
    hours = hours_with_readers(db, actor.at, hours_in(targets))
    opening_day, today = next_reading_day(actor.at, hours), london_day(actor.at)
    followed = []
    for row in rows:
        checked = bool(row.is_held)
        open_to_author = row.withdrawn_at is None
        gone_out = row.released_at is not None and not checked and open_to_author
        read_by = london_day(after_working_days(row.waits_since, days, hours))
        waits = row.review is Review.SUBMITTED and not checked
        undecided = checked or row.review in (Review.SUBMITTED, Review.IN_REVIEW)
        spoken_to = any(row.id in told for told in (questions, replies, talks))
        again = row.again if row.again in TOLD_AGAIN and not checked else None
        followed.append(
            FollowedEntry(
                entry_id=row.id,
                theme_title=row.young_title,
                icon=row.icon,
                sent_at=row.sent_at,
                feeling=row.feeling,
                thinks=(row.thinks or "") if open_to_author else "",
                wants=(row.wants or "") if open_to_author else "",
                shown_thinks=(row.shown_thinks or "") if gone_out else "",
                shown_wants=(row.shown_wants or "") if gone_out else "",
                typed=row.typed_by_id is not None,
                read_by=read_by,
                reading=not waits,
                late=undecided and not spoken_to and open_to_author and read_by < today,
                opening_day=opening_day,
                today=today,
                asked=row.review is Review.ASKED_BACK and not checked,
                personal=row.review is Review.PERSONAL_HELP and not checked,
                released_at=row.released_at if gone_out else None,
                shared_on=row.shared_on if gone_out else None,
                answered=gone_out and bool(row.answered),
                working=gone_out and bool(row.working),
                together=gone_out and bool(row.together),
                closed=row.review is Review.CLOSED and not checked,
                withdrawn=not open_to_author,
                time_over=row.review is Review.TIME_OVER,
                let_out=row.released_at is not None and not checked and again is None,
                kept=row.review is Review.KEPT and not checked,
                again=again,
                again_because=(row.recalled or "") if again is Again.RECALLED else "",
                board_reads=bool(row.board_reads),
                public_reads=bool(row.public_reads),
                summary_reads=bool(row.summary_reads),
                nots=nots.get(row.id, {}) if not checked else {},
                code_kept=row.code_kept_at is not None,
                for_safeguarding=bool(row.for_safeguarding),
                for_nobody=bool(row.nobody_left),
                unsaid=bool(row.unsaid),
                tried=bool(row.tried) and open_to_author,
                uses=uses.get(row.id, frozenset()),
                questions=questions.get(row.id, ()) if open_to_author else (),
                replies=replies.get(row.id, ()),
                talk=talks.get(row.id, ()) if open_to_author else (),
                summary=summaries.get(row.id) if open_to_author and not checked else None,
            )
        )
    return followed


def _own_entries() -> sa.Select[*tuple[Any, ...]]:
    original, shown = aliased(EntryVersion), aliased(EntryVersion)
    opportunities = sa.union_all(
        sa.select(OpportunitySource.opportunity_id)
        .where(OpportunitySource.entry_id == CardEntry.id)
        .correlate(CardEntry),
        sa.select(OpportunityYoung.opportunity_id)
        .where(
            OpportunityYoung.entry_id == CardEntry.id, OpportunityYoung.confirmed_at.is_not(None)
        )
        .correlate(CardEntry),
    )
    return (
        sa.select(
            CardEntry.id,
            CardEntry.sent_at,
            CardEntry.feeling,
            CardEntry.review,
            CardEntry.typed_by_id,
            CardEntry.released_at,
            CardEntry.withdrawn_at,
            CardEntry.waits_since,
            CardEntry.again,
            CardEntry.code_kept_at,
            held().label("is_held"),
            unsaid().label("unsaid"),
            for_safeguarding().label("for_safeguarding"),
            nobody_left().label("nobody_left"),
            not_reached().label("tried"),
            released(ConsentUse.BOARD).label("board_reads"),
            released(ConsentUse.PUBLIC).label("public_reads"),
            summary_out().label("summary_reads"),
            newest_recall().label("recalled"),
            PromiseTheme.young_title,
            PromiseTheme.icon,
            ReportCard.shared_on,
            # Of the original nothing stays once only what is shown may be kept.
            sa.func.coalesce(original.thinks, shown.thinks).label("thinks"),
            sa.func.coalesce(original.wants, shown.wants).label("wants"),
            shown.thinks.label("shown_thinks"),
            shown.wants.label("shown_wants"),
            sa.exists().where(Answer.report_card_id == CardEntry.report_card_id).label("answered"),
            sa.exists()
            .where(
                Opportunity.id.in_(opportunities),
                Opportunity.state == OpportunityState.WORKING,
            )
            .label("working"),
            sa.exists()
            .where(Outcome.opportunity_id.in_(opportunities), Outcome.co_signed_at.is_not(None))
            .label("together"),
        )
        .join(ReportCard, ReportCard.id == CardEntry.report_card_id)
        .join(PromiseTheme, PromiseTheme.id == ReportCard.theme_id)
        .join(
            original,
            sa.and_(original.entry_id == CardEntry.id, original.kind == VersionKind.ORIGINAL),
        )
        .outerjoin(shown, shown.id == CardEntry.released_version_id)
        .order_by(CardEntry.sent_at.desc(), CardEntry.id.desc())
    )
