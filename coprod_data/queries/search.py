"""One search over everything that a reader may open; each kind keeps its own rule of who may."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from coprod_data.models import (
    Action,
    AuditRound,
    AuditStandard,
    CardEntry,
    CoproductionSession,
    EntryVersion,
    Group,
    Opportunity,
    Outcome,
    Person,
    PromiseCommitment,
    PromiseTheme,
    ReportCard,
    Venue,
)
from coprod_data.models.links import cards_of_officer
from coprod_data.permissions import Actor, Permission
from coprod_data.queries.search_board_steps import MEETINGS_AND_SURVEYS
from coprod_data.queries.search_steps import MOST_FOUND, Hit, Read, Text, by_words, holding
from coprod_data.rules.excerpts import excerpt, words_typed
from coprod_data.rules.titles import both_names, card_title, month_shown
from coprod_data.scopes.entries import words_for
from coprod_data.scopes.promise import lineage, theme_in_force, themes_carried_on
from coprod_data.scopes.report_cards import newest_shown_first, visible_to
from coprod_data.scopes.ties import CARDS
from coprod_data.store.released_text import newest_places
from coprod_data.vocabulary.entries import EntryKind
from coprod_data.vocabulary.search import FoundKind

WORDINGS = 4  # of one thing, the newest, in which a word is looked for

Of = TypeVar("Of", PromiseTheme, PromiseCommitment)


@dataclass(frozen=True)
class Found:
    """What was found of one kind, at most twenty; `more` says that there are others."""

    kind: FoundKind
    hits: tuple[Hit, ...]
    more: bool


def search(db: Session, actor: Actor, typed: str) -> tuple[Found, ...]:
    """Return what holds every word typed, kind by kind, of what this reader may open.

    Young people's words are found by the beginnings of words, through the gate; everything else by
    any part. Raises Invalid for a text that is too short or too long.
    """
    actor.must(Permission.SEARCH_READ)
    words = words_typed(typed)
    found = []
    for kind, (rights, read) in _READS.items():
        if any(actor.may(right) for right in rights):
            hits = tuple(read(db, actor, words))
            if hits:
                found.append(Found(kind, hits[:MOST_FOUND], len(hits) > MOST_FOUND))
    return tuple(found)


def _words(db: Session, actor: Actor, words: list[str]) -> Iterator[Hit]:
    kinds = (EntryKind.WORDS, EntryKind.ANSWER)  # both are read on the report card
    readable = sa.and_(words_for(actor), CardEntry.kind.in_(kinds))
    if not actor.may(Permission.REPORT_CARDS_READ) and actor.may(
        Permission.REPORT_CARDS_READ_LINKED
    ):
        readable = sa.and_(readable, CardEntry.report_card_id.in_(cards_of_officer(actor.id)))
    places = newest_places(db, " ".join(words), readable, limit=MOST_FOUND + 1)
    rows = db.execute(
        sa.select(
            CardEntry.id, CardEntry.report_card_id, EntryVersion.thinks, EntryVersion.wants, *_CARD
        )
        .join(EntryVersion, EntryVersion.id == CardEntry.released_version_id)
        .join(ReportCard, ReportCard.id == CardEntry.report_card_id)
        .join(PromiseTheme, PromiseTheme.id == ReportCard.theme_id)
        .where(CardEntry.place.in_(places))
        .order_by(CardEntry.place.desc())
    )
    for row in rows:
        said = " ".join(text for text in (row.thinks, row.wants) if text)
        said = excerpt(said, words)
        yield Hit(FoundKind.WORDS, row.report_card_id, _title(row), said, row.id)


def _cards(db: Session, actor: Actor, words: list[str]) -> Iterator[Hit]:
    untitled = sa.and_(ReportCard.title == "", holding(words, PromiseTheme.young_title))
    rows = db.execute(
        sa.select(ReportCard.id, *_CARD)
        .join(PromiseTheme, PromiseTheme.id == ReportCard.theme_id)
        .where(sa.or_(holding(words, ReportCard.title), untitled), visible_to(actor))
        .order_by(*newest_shown_first())
        .limit(MOST_FOUND + 1)
    )
    for row in rows:
        month = month_shown(row.shared_on, row.opened_at)
        of = card_title("", row.young_title, month) if row.title else ""
        yield Hit(FoundKind.REPORT_CARD, row.id, _title(row), of)


def _themes(db: Session, actor: Actor, words: list[str]) -> Iterator[Hit]:
    """Give themes in force, also by the names they had in earlier wordings."""
    adult, pairs, then = (
        actor.may(Permission.ACTIONS_READ),
        themes_carried_on(),
        aliased(PromiseTheme),
    )
    names = (then.title, then.young_title)
    rows = db.execute(
        sa.select(PromiseTheme, then)
        .join(pairs, pairs.c.now_id == PromiseTheme.id)
        .join(then, then.id == pairs.c.then_id)
        .where(theme_in_force(), holding(words, *(names if adult else names[1:])))
        .order_by(PromiseTheme.position, then.id.desc())
        .limit(WORDINGS * (MOST_FOUND + 1))
    )

    def called(theme: PromiseTheme) -> str:
        return both_names(theme.title, theme.young_title) if adult else theme.young_title

    for now, was in _newest_wordings((row[0], row[1]) for row in rows):
        earlier = called(was) if called(was) != called(now) else ""
        yield Hit(FoundKind.THEME, now.id, called(now), earlier and f"Before: {earlier}")


def _commitments(db: Session, _actor: Actor, words: list[str]) -> Iterator[Hit]:
    """Give commitments in force, also by how they were worded before."""
    pairs, then = lineage(), aliased(PromiseCommitment)
    texts = then.reference, then.wording, then.easy_wording
    rows = db.execute(
        sa.select(PromiseCommitment, then, PromiseTheme.title, PromiseTheme.young_title)
        .join(PromiseTheme, PromiseTheme.id == PromiseCommitment.theme_id)
        .join(pairs, pairs.c.now_id == PromiseCommitment.id)
        .join(then, then.id == pairs.c.then_id)
        .where(theme_in_force(), holding(words, *texts))
        .order_by(PromiseTheme.position, PromiseCommitment.position, then.id.desc())
        .limit(WORDINGS * (MOST_FOUND + 1))
    )
    themes = {}
    found = []
    for now, was, title, young in rows:
        themes[now.id] = both_names(title, young)
        found.append((now, was))
    for now, was in _newest_wordings(found):
        earlier = f". Before: {was.reference} {was.wording}" if was is not now else ""
        worded = f"{now.reference} {now.wording}"
        yield Hit(FoundKind.COMMITMENT, now.id, worded, f"{themes[now.id]}{earlier}")


def _newest_wordings(rows: Iterable[tuple[Of, Of]]) -> Iterator[tuple[Of, Of]]:
    """Give each thing in force once, with itself or else the newest wording that was found."""
    found: dict[int, tuple[Of, Of]] = {}
    for now, was in rows:
        if now.id not in found or was is now:
            found[now.id] = (now, was)
    yield from found.values()


def _opportunities(db: Session, _actor: Actor, words: list[str]) -> Iterator[Hit]:
    texts = (
        Opportunity.title, Opportunity.help_wanted, Opportunity.when_and_how,
        Opportunity.power_shared, Opportunity.support,
    )  # fmt: skip
    return _of(db, FoundKind.OPPORTUNITY, Opportunity, words, texts)


def _actions(db: Session, _actor: Actor, words: list[str]) -> Iterator[Hit]:
    return _of(db, FoundKind.ACTION, Action, words, (Action.title, Action.will_see))


def _outcomes(db: Session, actor: Actor, words: list[str]) -> Iterator[Hit]:
    if not actor.may(Permission.OUTCOMES_READ):
        return
    texts = (Outcome.what_changed, Outcome.you_said, Outcome.worked_with)
    rows = db.execute(
        sa.select(Outcome, Opportunity.title)
        .join(Opportunity, Opportunity.id == Outcome.opportunity_id)
        .where(holding(words, *texts))
        .order_by(Outcome.id.desc())
        .limit(MOST_FOUND + 1)
    )
    for row, title in rows:
        yield Hit(FoundKind.OUTCOME, row.id, excerpt(row.what_changed, words), title)


def _questions(db: Session, _actor: Actor, words: list[str]) -> Iterator[Hit]:
    newest = sa.select(AuditRound.id).order_by(AuditRound.opened_on.desc()).limit(1)
    texts = AuditStandard.reference, AuditStandard.short, AuditStandard.wording
    rows = db.scalars(
        sa.select(AuditStandard)
        .where(AuditStandard.round_id == newest.scalar_subquery(), holding(words, *texts))
        .order_by(AuditStandard.position)
        .limit(MOST_FOUND + 1)
    )
    for row in rows:
        yield Hit(FoundKind.QUESTION, row.id, f"{row.reference} {row.short}", row.wording)


def _people(db: Session, _actor: Actor, words: list[str]) -> Iterator[Hit]:
    rows = db.scalars(
        sa.select(Person)
        .where(holding(words, Person.name, Person.username, Person.job))
        .order_by(Person.name, Person.id)
        .limit(MOST_FOUND + 1)
    )
    for row in rows:
        closed = "Account closed" if row.disabled_at else ""
        yield Hit(FoundKind.PERSON, row.id, row.name, closed or row.job)


def _of(
    db: Session,
    kind: FoundKind,
    noun: type[Opportunity] | type[Action],
    words: list[str],
    texts: tuple[Text, ...],
) -> Iterator[Hit]:
    """Give the rows that have a title, the newest first, with the text in which a word is."""
    rows = db.execute(
        sa.select(noun.id, *texts)
        .where(holding(words, *texts))
        .order_by(noun.id.desc())
        .limit(MOST_FOUND + 1)
    )
    for number, title, *others in rows:
        holds = [text for text in others if any(word in text.casefold() for word in words)]
        yield Hit(kind, number, title, excerpt((holds or others)[0], words))


def _title(row: Any) -> str:
    return card_title(row.title, row.young_title, month_shown(row.shared_on, row.opened_at))


_CARD = (ReportCard.title, PromiseTheme.young_title, ReportCard.shared_on, ReportCard.opened_at)
_READS: dict[
    FoundKind,
    tuple[tuple[Permission, ...], Read],
] = {  # a kind is read for those who hold one of the rights that open its page
    FoundKind.WORDS: (CARDS, _words),
    FoundKind.REPORT_CARD: (CARDS, _cards),
    FoundKind.THEME: ((Permission.ACTIONS_READ, *CARDS), _themes),
    FoundKind.COMMITMENT: ((Permission.ACTIONS_READ,), _commitments),
    FoundKind.OPPORTUNITY: ((Permission.OPPORTUNITIES_READ,), _opportunities),
    FoundKind.ACTION: ((Permission.ACTIONS_READ,), _actions),
    FoundKind.OUTCOME: ((Permission.OPPORTUNITIES_READ,), _outcomes),
    FoundKind.QUESTION: ((Permission.AUDITS_READ, Permission.AUDITS_READ_OWN), _questions),
    FoundKind.GROUP: (
        (Permission.GROUPS_READ,),
        by_words(
            FoundKind.GROUP,
            Group,
            Group.name,
            Group.terms,
            order=Group.name,
            detail=lambda row: row.kind.words,
        ),
    ),
    FoundKind.SESSION: (
        (Permission.SESSIONS_READ,),
        by_words(
            FoundKind.SESSION,
            CoproductionSession,
            CoproductionSession.title,
            CoproductionSession.aims,
            CoproductionSession.heard,
            order=CoproductionSession.starts_at.desc(),
            detail=lambda row: row.kind.words,
        ),
    ),
    FoundKind.VENUE: (
        (Permission.VENUES_READ,),
        by_words(
            FoundKind.VENUE,
            Venue,
            Venue.name,
            Venue.address,
            order=Venue.name,
            detail=lambda row: row.address,
        ),
    ),
    **MEETINGS_AND_SURVEYS,
    FoundKind.PERSON: ((Permission.PEOPLE_READ,), _people),
}
