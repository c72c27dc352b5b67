"""Sharing a report card formally with a body, and taking that back while nobody has read it."""

from collections.abc import Collection
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.entries_keeping import in_turn, open_card
from coprod_data.commands.event_log import record
from coprod_data.commands.report_cards import CardNotReady
from coprod_data.commands.rows import locked
from coprod_data.models import CardEntry, CardShare, OpportunitySource, PromiseTheme, ReportCard
from coprod_data.models.report_cards import TO_TAKE_BACK
from coprod_data.permissions import Actor, Invalid, Permission, Refused
from coprod_data.rules.clocks import london_day
from coprod_data.scopes import entries_family
from coprod_data.scopes.promise import theme_in_force
from coprod_data.scopes.report_cards import goes_along
from coprod_data.vocabulary.events import EventKind
from coprod_data.vocabulary.report_cards import Body, CardState


def share_report_card(
    db: Session,
    actor: Actor,
    report_card_id: int,
    *,
    body: Body,
    on: date,
    with_entries: Collection[int] | None = None,
) -> int:
    """Share a card formally with a body on a day. Returns how many entries of the list went along.

    `with_entries` are the entries that were listed as going along; if others are on the card by
    now, nothing is shared. What was taken back since does not go along. Once it has been shared for
    the first time it takes no new words. The theme's next card opens, and entries still being
    checked move there. Raises NotFound, CardNotReady, Refused, Invalid.
    """
    actor.must(Permission.REPORT_CARDS_SHARE)
    in_turn(db, "open cards")
    card = locked(db, ReportCard, report_card_id, "report card")
    if on > london_day(actor.at):
        raise Invalid("Record the sharing on the day it happens, not before.", field="on")
    if card.state not in (CardState.READY, CardState.SHARED):
        raise CardNotReady("Mark the card as ready first.")
    if on < london_day(card.opened_at):
        raise Invalid("The card was opened after that day.", field="on")
    if _share_with(db, card, body) is not None:
        raise Refused("The card has already been shared with them.")
    along = db.scalars(goes_along(actor, card.id)).all()
    if with_entries is not None and not set(along) <= set(with_entries):
        raise Refused("Other entries are on this card by now. Look at the list again.")
    db.add(CardShare(
        report_card_id=card.id, body=body, shared_on=on, person_id=actor.id, at=actor.at
    ))  # fmt: skip
    card.shared_on = min(on, card.shared_on or on)
    first = card.state is CardState.READY
    card.state = CardState.SHARED
    record(db, actor, EventKind.CARD_SHARED, card, body=body.value, entries=len(along))
    if first:
        _open_next(db, actor, card)
    return len(along)


def take_share_back(db: Session, actor: Actor, report_card_id: int, *, body: Body) -> None:
    """Undo the sharing with a body within ten minutes, unless somebody has read it as shared.

    Shared with nobody else, the card collects words again; what the theme's next card collected
    meanwhile comes along. Raises NotFound, Refused.
    """
    actor.must(Permission.REPORT_CARDS_SHARE)
    in_turn(db, "open cards")
    card = locked(db, ReportCard, report_card_id, "report card")
    share = _share_with(db, card, body)
    if share is None or card.state is not CardState.SHARED:
        raise Refused("The card is not shared with them any more.")
    if share.seen_at is not None:
        raise Refused("Somebody has read it as shared. It stays shared.")
    if share.at is None or actor.at - share.at > TO_TAKE_BACK:
        raise Refused("More than ten minutes have passed. It stays shared.")
    others = db.scalars(
        sa.select(CardShare.shared_on).where(
            CardShare.report_card_id == card.id, CardShare.id != share.id
        )
    ).all()
    following = None if others else _next_card(db, card, share)
    if following is not None:
        _bring_back(db, actor, card, following)
    db.delete(share)
    card.shared_on = min(others, default=None)
    if not others:
        card.state = CardState.READY
    record(db, actor, EventKind.CARD_SHARE_TAKEN_BACK, card, body=body.value)


def note_read_as_shared(db: Session, actor: Actor, report_card_id: int) -> None:
    """Note that somebody outside the team has opened a card just shared: it stays shared.

    Does nothing for the team itself, and once a sharing can no longer be taken back.
    """
    actor.must(Permission.REPORT_CARDS_READ, Permission.REPORT_CARDS_READ_LINKED)
    if actor.may(Permission.REPORT_CARDS_SHARE):
        return
    shares = db.scalars(
        sa.select(CardShare).where(
            CardShare.report_card_id == report_card_id,
            CardShare.seen_at.is_(None),
            CardShare.at >= actor.at - TO_TAKE_BACK,
        )
    ).all()
    for share in shares:
        share.seen_at = actor.at
    if shares:
        card = db.get_one(ReportCard, report_card_id)
        record(db, actor, EventKind.CARD_READ_AS_SHARED, card)


def _share_with(db: Session, card: ReportCard, body: Body) -> CardShare | None:
    return db.scalar(
        sa.select(CardShare).where(CardShare.report_card_id == card.id, CardShare.body == body)
    )


def _open_next(db: Session, actor: Actor, card: ReportCard) -> None:
    checked = sa.select(CardEntry.id).where(
        CardEntry.report_card_id == card.id,
        CardEntry.about_id.is_(None),
        CardEntry.place.is_(None),
        CardEntry.withdrawn_at.is_(None),
    )
    moving = db.scalars(
        sa.select(CardEntry).where(entries_family.of(checked)).order_by(CardEntry.id)
    ).all()
    in_force = db.scalar(
        sa.select(PromiseTheme.id).where(PromiseTheme.id == card.theme_id, theme_in_force())
    )
    if in_force is None and not moving:
        return  # a theme of an earlier Promise collects no more words
    following = open_card(db, actor, card.theme_id)
    for entry in moving:
        entry.report_card_id = following.id
        record(db, actor, EventKind.ENTRY_MOVED, entry)


def _next_card(db: Session, card: ReportCard, share: CardShare) -> ReportCard | None:
    """Return the card that opened when this one was shared. Raises Refused once it is in use."""
    following = db.scalar(
        sa.select(ReportCard).where(
            ReportCard.theme_id == card.theme_id,
            ReportCard.id != card.id,
            ReportCard.state.in_((CardState.GATHERING, CardState.READY)),
        )
    )
    if following is None:
        return None
    source = sa.select(OpportunitySource.id).where(OpportunitySource.report_card_id == following.id)
    used = following.title or following.state is CardState.READY or following.opened_at != share.at
    if used or db.scalar(source.limit(1)) is not None:
        raise Refused("The theme’s next card is in use already. This one stays shared.")
    return following


def _bring_back(db: Session, actor: Actor, card: ReportCard, following: ReportCard) -> None:
    """Move what the next card holds to the card before it, and remove the next card."""
    moving = db.scalars(
        sa.select(CardEntry).where(CardEntry.report_card_id == following.id).order_by(CardEntry.id)
    ).all()
    for entry in moving:
        entry.report_card_id = card.id
        record(db, actor, EventKind.ENTRY_MOVED, entry)
    db.delete(following)
    db.flush()
