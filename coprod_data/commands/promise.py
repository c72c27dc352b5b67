"""The Promise: draft a wording, say what it carries on, and adopt it."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from coprod_data.commands.event_log import record
from coprod_data.commands.rows import kept, locked
from coprod_data.models import (
    CardEntry,
    CommitmentSuccessor,
    PromiseCommitment,
    PromiseTheme,
    PromiseVersion,
    ReportCard,
)
from coprod_data.permissions import Actor, ChangedMeanwhile, Invalid, NotFound, Permission, Refused
from coprod_data.rules.texts import optional_text, required_line, required_text
from coprod_data.scopes import entries_family
from coprod_data.scopes.promise import lines_of, version_in_force
from coprod_data.vocabulary.events import EventKind
from coprod_data.vocabulary.labels import labelled
from coprod_data.vocabulary.report_cards import STANDING, CardState

ICONS = frozenset({"people", "school", "home", "money", "feel", "next", "else"})


def draft_promise(db: Session, actor: Actor, *, title: str) -> int:
    """Start a new wording of The Promise. Returns the version's id. Raises Invalid."""
    actor.must(Permission.PROMISE_DRAFT)
    title = required_line(title, "title", labelled("Give this version of The Promise a name."))
    version = PromiseVersion(title=title, drafted_at=actor.at)
    return kept(db, actor, EventKind.PROMISE_DRAFTED, version)


def add_theme(
    db: Session,
    actor: Actor,
    version_id: int,
    *,
    title: str,
    young_title: str,
    icon: str,
    catch_all: bool = False,
) -> int:
    """Add a theme at the end of a draft. Returns its id.

    `icon` is one of `ICONS`; `catch_all` marks "Something else"; there is one in each version.
    Raises NotFound, Invalid, and Refused once the version is adopted.
    """
    actor.must(Permission.PROMISE_DRAFT)
    version = _draft(db, version_id)
    title = required_line(title, "title", "Give the theme a title.", 120)
    young_title = required_line(
        young_title, "young_title", "Give the theme a title in young people's words.", 60
    )
    if icon not in ICONS:
        raise Invalid(f"Choose one of these pictures: {', '.join(sorted(ICONS))}.", field="icon")
    themes = _themes(db, version.id)
    if any(theme.title.casefold() == title.casefold() for theme in themes):
        raise Invalid("There is already a theme with this title.", field="title")
    if catch_all and any(theme.catch_all for theme in themes):
        raise Invalid("There is already a theme for something else.", field="catch_all")
    theme = PromiseTheme(
        version_id=version.id,
        position=len(themes) + 1,
        title=title,
        young_title=young_title,
        icon=icon,
        catch_all=catch_all,
    )
    return kept(db, actor, EventKind.THEME_ADDED, theme)


def add_commitment(
    db: Session, actor: Actor, theme_id: int, *, reference: str, wording: str, easy_wording: str
) -> int:
    """Add a commitment at the end of a drafted theme. Returns its id.

    Raises NotFound, Invalid, and Refused once the version is adopted.
    """
    actor.must(Permission.PROMISE_DRAFT)
    theme = db.get(PromiseTheme, theme_id)
    if theme is None:
        raise NotFound("We could not find that theme. Reload the page.")
    _draft(db, theme.version_id)
    reference = required_line(reference, "reference", "Give the commitment a number.", 12)
    taken = db.scalar(
        sa.select(PromiseCommitment.id)
        .join(PromiseTheme, PromiseTheme.id == PromiseCommitment.theme_id)
        .where(
            PromiseTheme.version_id == theme.version_id, PromiseCommitment.reference == reference
        )
    )
    if taken is not None:
        raise Invalid("Another commitment already has this number.", field="reference")
    position = db.scalar(sa.select(sa.func.count()).where(PromiseCommitment.theme_id == theme.id))
    commitment = PromiseCommitment(
        theme_id=theme.id,
        position=(position or 0) + 1,
        reference=reference,
        wording=required_text(wording, "wording", "Write what the council promises."),
        easy_wording=optional_text(easy_wording, "easy_wording"),
    )
    return kept(db, actor, EventKind.COMMITMENT_ADDED, commitment)


def succeed_commitment(db: Session, actor: Actor, earlier_id: int, later_id: int) -> None:
    """Record that a drafted commitment carries on one of an adopted version.

    Raises NotFound, and Refused when the later one is adopted or the earlier one is not.
    """
    actor.must(Permission.PROMISE_DRAFT)
    earlier, later = _version_of(db, earlier_id), _version_of(db, later_id)
    _draft(db, later.id)
    if earlier.adopted_at is None:
        raise Refused("Only a commitment that was adopted can be carried over.")
    if db.get(CommitmentSuccessor, (earlier_id, later_id)) is None:
        db.add(CommitmentSuccessor(earlier_id=earlier_id, later_id=later_id))
        record(
            db,
            actor,
            EventKind.COMMITMENT_SUCCEEDED,
            db.get_one(PromiseCommitment, later_id),
            earlier_id=earlier_id,
        )


def adopt_promise(
    db: Session,
    actor: Actor,
    version_id: int,
    *,
    adopted_by: str,
    lines: Sequence[tuple[object, ...]] | None = None,
) -> None:
    """Put a drafted wording in force, with one open report card for each theme.

    `adopted_by` names the body. An open card of the earlier wording moves to the theme that carries
    on its own, and keeps collecting words there. Where that theme already has a card, or no theme
    carries its own on, the words still being checked move to another card, and this card waits to
    be shared. `lines` are those of the draft as they were shown: nothing else is adopted. Raises
    NotFound, Invalid, Refused, ChangedMeanwhile.
    """
    actor.must(Permission.PROMISE_ADOPT)
    version = _draft(db, version_id)
    now = tuple(tuple(row) for row in db.execute(lines_of(version.id)))
    if lines is not None and now != tuple(lines):
        raise ChangedMeanwhile({"lines": now})
    themes = _themes(db, version.id)
    rest = next((theme for theme in themes if theme.catch_all), None)
    if rest is None or len(themes) < 2:
        raise Refused("Add at least one theme, and one for something else, before adopting.")
    version.adopted_by = required_line(adopted_by, "adopted_by", "Say who adopted it, and when.")
    heirs = _heirs(db, themes)
    version.adopted_at = actor.at
    record(db, actor, EventKind.PROMISE_ADOPTED, version)

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


def _draft(db: Session, version_id: int) -> PromiseVersion:
    version = locked(db, PromiseVersion, version_id, labelled("version of The Promise"))
    if version.adopted_at is not None:
        raise Refused(
            "This version has been adopted and cannot be changed. Start a new one instead."
        )
    return version


def _themes(db: Session, version_id: int) -> list[PromiseTheme]:
    return list(
        db.scalars(
            sa.select(PromiseTheme)
            .where(PromiseTheme.version_id == version_id)
            .order_by(PromiseTheme.position)
        )
    )


def _version_of(db: Session, commitment_id: int) -> PromiseVersion:
    version = db.scalar(
        sa.select(PromiseVersion)
        .join(PromiseTheme, PromiseTheme.version_id == PromiseVersion.id)
        .join(PromiseCommitment, PromiseCommitment.theme_id == PromiseTheme.id)
        .where(PromiseCommitment.id == commitment_id)
    )
    if version is None:
        raise NotFound("We could not find that commitment. Reload the page.")
    return version


def _heirs(db: Session, themes: list[PromiseTheme]) -> list[tuple[ReportCard, int | None]]:
    """Return the open cards of the wording in force, oldest theme first, each with its new theme.

    A theme is carried on by the one with the same title, else by the one that carries on most of
    its commitments, and the catch-all by the catch-all.
    """
    open_cards = db.execute(
        sa.select(ReportCard, PromiseTheme)
        .join(PromiseTheme, PromiseTheme.id == ReportCard.theme_id)
        .where(PromiseTheme.version_id == version_in_force(), ReportCard.state.in_(STANDING))
        .order_by(PromiseTheme.position)
        .with_for_update(of=ReportCard)
    ).all()
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
    return [
        (card, rest if old.catch_all else titles.get(old.title.casefold(), taken_up.get(old.id)))
        for card, old in open_cards
    ]


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
