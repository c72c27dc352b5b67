"""The chair records that a drafted wording of The Promise was adopted, and all that follows it."""

from collections.abc import Mapping, Sequence
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from coprod_data.commands.event_log import record
from coprod_data.commands.promise_faces_steps import carry_faces
from coprod_data.commands.promise_homes_steps import homes_now, send_home
from coprod_data.commands.promise_steps import draft_of, themes_of
from coprod_data.commands.rows import plan_in_turn
from coprod_data.models import (
    CardEntry,
    CommitmentSuccessor,
    PromiseCommitment,
    PromiseTheme,
    PromiseVersion,
    ReportCard,
)
from coprod_data.permissions import Actor, ChangedMeanwhile, Invalid, Permission, Refused
from coprod_data.rules.clocks import london_day
from coprod_data.rules.texts import optional_names, required_line
from coprod_data.scopes import entries_family
from coprod_data.scopes.promise import lines_of, version_in_force
from coprod_data.vocabulary.events import EventKind
from coprod_data.vocabulary.report_cards import STANDING, CardState


def adopt_promise(
    db: Session,
    actor: Actor,
    version_id: int,
    *,
    adopted_by: str,
    adopted_on: date | None = None,
    written_with: str = "",
    lines: Sequence[tuple[object, ...]] | None = None,
    homes: Sequence[tuple[object, ...]] | None = None,
) -> None:
    """Put a drafted wording in force, with every action in its home and one open report card for
    each theme.

    `adopted_by` names the body, `adopted_on` the day it decided, today if none is given, and
    `written_with` who wrote it together. Each action moves to a commitment of this wording or ends,
    as decided; nothing is adopted while one has no home. An open card of the earlier wording moves
    to the theme that carries on its own, and keeps collecting words there. Where that theme already
    has a card, or no theme carries its own on, the words still being checked move to another card,
    and this card waits to be shared. `lines` and `homes` are those of the draft as they were shown:
    nothing else is adopted. Raises NotFound, Invalid, Refused, ChangedMeanwhile.
    """
    actor.must(Permission.PROMISE_ADOPT)
    plan_in_turn(db)
    version = draft_of(db, version_id)
    now = {
        "lines": tuple(tuple(row) for row in db.execute(lines_of(version.id))),
        "homes": homes_now(db, version.id),
    }
    shown = {"lines": lines, "homes": homes}
    changed = {
        name: now[name]
        for name, seen in shown.items()
        if seen is not None and tuple(seen) != now[name]
    }
    if changed:
        raise ChangedMeanwhile(changed)
    themes = themes_of(db, version.id)
    rest = next((theme for theme in themes if theme.catch_all), None)
    if rest is None or len(themes) < 2:
        raise Refused("Add at least one theme, and one for something else, before adopting.")
    left = sum(how is None for _, _, how, _ in now["homes"])
    if left:
        many = f"{left} actions have" if left > 1 else "1 action has"
        raise Refused(f"{many} no home in this version yet. Decide about each of them first.")
    version.adopted_by = required_line(adopted_by, "adopted_by", "Say who adopted it.")
    version.written_with = optional_names(written_with, "written_with", 240)
    version.adopted_on = _possible_day(db, adopted_on, london_day(actor.at))
    carried_on = _carried_on(db, themes)
    heirs = _heirs(db, carried_on)
    carry_faces(db, version.id, carried_on)
    version.adopted_at = actor.at
    record(db, actor, EventKind.PROMISE_ADOPTED, version)

    send_home(db, actor, version.id, now["homes"])
    _carry_cards(db, actor, themes, rest, heirs)


def _possible_day(db: Session, day: date | None, today: date) -> date:
    if day is None:
        return today
    if day > today:
        raise Invalid("Choose today or an earlier day.", field="adopted_on")
    before = db.scalar(
        sa.select(PromiseVersion.adopted_on).where(PromiseVersion.id == version_in_force())
    )
    if before is not None and day < before:
        then = f"{before.day} {before:%B %Y}"
        raise Invalid(
            f"The version in force was adopted on {then}. Choose that day or later.",
            field="adopted_on",
        )
    return day


def _carry_cards(
    db: Session,
    actor: Actor,
    themes: list[PromiseTheme],
    rest: PromiseTheme,
    heirs: list[tuple[ReportCard, int | None]],
) -> None:
    cards: dict[int, ReportCard] = {}
    staying: list[tuple[ReportCard, int]] = []
    for card, heir_id in heirs:
        if heir_id is None or heir_id in cards:
            staying.append((card, heir_id or rest.id))
            continue
        card.theme_id = heir_id
        cards[heir_id] = card
        record(db, actor, EventKind.CARD_MOVED, card)
    for theme in themes:
        if theme.id not in cards:
            cards[theme.id] = ReportCard(theme_id=theme.id, opened_at=actor.at)
            db.add(cards[theme.id])
            record(db, actor, EventKind.CARD_OPENED, cards[theme.id])
    for card, heir_id in staying:
        _leave_behind(db, actor, card, cards[heir_id])


def _heirs(db: Session, carried_on: Mapping[int, int]) -> list[tuple[ReportCard, int | None]]:
    """Return the open cards of the wording in force, oldest theme first, each with its new theme
    or None.
    """
    open_cards = db.scalars(
        sa.select(ReportCard)
        .join(PromiseTheme, PromiseTheme.id == ReportCard.theme_id)
        .where(PromiseTheme.version_id == version_in_force(), ReportCard.state.in_(STANDING))
        .order_by(PromiseTheme.position)
        .with_for_update(of=ReportCard)
    ).all()
    return [(card, carried_on.get(card.theme_id)) for card in open_cards]


def _carried_on(db: Session, themes: list[PromiseTheme]) -> dict[int, int]:
    """Return the new theme of each theme of the wording in force that has one.

    A theme is carried on by the one with the same title, else by the one that carries on most of
    its commitments, and the catch-all by the catch-all.
    """
    earlier, later = aliased(PromiseCommitment), aliased(PromiseCommitment)
    taken_up: dict[int, int] = {}
    for old_id, new_id in db.execute(
        sa.select(earlier.theme_id, later.theme_id)
        .join(CommitmentSuccessor, CommitmentSuccessor.earlier_id == earlier.id)
        .join(later, later.id == CommitmentSuccessor.later_id)
        .where(later.theme_id.in_([theme.id for theme in themes]))
        .group_by(earlier.theme_id, later.theme_id)
        .order_by(sa.func.count(), later.theme_id.desc())
    ):
        taken_up[old_id] = new_id
    titles = {theme.title.casefold(): theme.id for theme in themes}
    rest = next(theme.id for theme in themes if theme.catch_all)
    found = {
        old.id: rest if old.catch_all else titles.get(old.title.casefold(), taken_up.get(old.id))
        for old in db.scalars(
            sa.select(PromiseTheme).where(PromiseTheme.version_id == version_in_force())
        )
    }
    return {old_id: new_id for old_id, new_id in found.items() if new_id is not None}


def _leave_behind(db: Session, actor: Actor, card: ReportCard, heir: ReportCard) -> None:
    """Keep a card without a new theme until it is shared; words still being checked move to
    another.
    """
    checked = sa.select(CardEntry.id).where(
        CardEntry.report_card_id == card.id,
        CardEntry.about_id.is_(None),
        CardEntry.released_at.is_(None),
    )
    for entry in db.scalars(sa.select(CardEntry).where(entries_family.of(checked))).all():
        entry.report_card_id = heir.id
        record(db, actor, EventKind.ENTRY_MOVED, entry)
    left = db.scalar(sa.select(sa.func.count()).where(CardEntry.report_card_id == card.id))
    if left:
        card.state = CardState.READY
        record(db, actor, EventKind.CARD_READY, card)
    else:
        card.state, card.closed_at = CardState.CLOSED, actor.at
        record(db, actor, EventKind.CARD_CLOSED, card)
