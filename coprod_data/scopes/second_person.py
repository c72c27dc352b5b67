"""Who may be the second person for a step: one rule for every step that needs two people."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from coprod_data.models import CardEntry, CheckStep, ContactWish, EntryMeant, Person
from coprod_data.permissions import Actor, NotAllowed, Permission, Role
from coprod_data.rules.clocks import london_day
from coprod_data.scopes.duty import away_on
from coprod_data.scopes.entries import in_hand, reply_owed, unsaid
from coprod_data.scopes.one_person import accounts_of_one, alike, everybody_of, same_person
from coprod_data.scopes.people import holds
from coprod_data.scopes.second_person_maybe import maybe_about
from coprod_data.vocabulary.entries import Flag, Review
from coprod_data.vocabulary.entry_care import StepKind

_MEANT, _ONE, _NAMED = aliased(EntryMeant), aliased(Person), aliased(Person)
LET_OUT_BEFORE = "You let these words out before. Somebody else decides about them now."


def members(db: Session, role: Role) -> set[int]:
    """Return the people who hold a role now, by id."""
    return set(db.scalars(sa.select(Person.id).where(holds(role))))


@dataclass(frozen=True)
class Teams:
    """Who of the two teams that read words is there, by id."""

    voice: frozenset[int]
    safeguarding: frozenset[int]

    def second(self, team: Role, barred: Collection[int], *, sealed: bool = False) -> set[int]:
        """Return others of the team, else of safeguarding; `sealed` leaves only the latter."""
        voice = self.voice & self.safeguarding if sealed else self.voice
        first = self.safeguarding if team is Role.SAFEGUARDING else voice
        return set(first - set(barred) or self.safeguarding - set(barred))


def team_for(kind: StepKind, *, held: bool) -> Role:
    """Return the team whose members are second for a step; what is held safeguarding opens only."""
    return Role.SAFEGUARDING if held or kind is StepKind.END_HOLD else Role.YOUTH_VOICE


def waits_for_hold(kind: StepKind, *, held: bool) -> bool:
    """Say whether nobody decides a step while its entry is on hold: the words are in already."""
    return held and kind is StepKind.RECALL


def teams(db: Session, at: datetime) -> Teams:
    """Return both teams without those who are away on the day of `at`."""
    voice, safeguarding = holds(Role.YOUTH_VOICE), holds(Role.SAFEGUARDING)
    there = db.execute(
        sa.select(Person.id, voice.label("voice"), safeguarding.label("safeguarding")).where(
            sa.or_(voice, safeguarding), ~away_on(london_day(at))
        )
    ).all()
    return Teams(
        frozenset(row.id for row in there if row.voice),
        frozenset(row.id for row in there if row.safeguarding),
    )


def second_people(
    db: Session,
    team: Role,
    *,
    at: datetime,
    first_id: int,
    entry: CardEntry | None = None,
    kind: StepKind | None = None,
) -> set[int]:
    """Return who may be second after `first_id`: others of the team, else of safeguarding.

    Those whom the entry may be about, also by a first name alone, who typed it or who are away are
    never among them, nor is
    another account of the same person; for a release, nor is who let the words out that a reader is
    worried about.
    """
    barred, sealed = {first_id}, False
    if entry is not None:
        about = about_whom(db, CardEntry.id == entry.id)[entry.id]
        barred, sealed = barred | about.barred | not_again(db, entry, kind), about.sealed
        barred |= maybe_about(db, [entry])[entry.id]
    return teams(db, at).second(team, everybody_of(db, barred), sealed=sealed)


def second_of_steps(
    db: Session, at: datetime, waiting: Collection[tuple[CheckStep, CardEntry, bool]]
) -> dict[int, set[int]]:
    """Return, by step, who may be second for it, as `second_people` does; for all of these steps in
    as many statements as for one. Each comes with its entry, and whether that is on hold.
    """
    if not waiting:
        return {}
    entries = {entry.id: entry for _, entry, _ in waiting}
    both, about = teams(db, at), about_whom(db, CardEntry.id.in_(entries))
    before, barred = let_out_before(db, entries.values()), dict[int, frozenset[int]]()
    maybe = maybe_about(db, entries.values())
    for step, entry, _ in waiting:
        again = before[entry.id] if step.kind is StepKind.RELEASE else frozenset[int]()
        barred[step.id] = about[entry.id].barred | maybe[entry.id] | again | {step.proposed_by_id}
    same = accounts_of_one(db, frozenset[int]().union(*barred.values()))
    return {
        step.id: both.second(
            team_for(step.kind, held=is_held),
            frozenset[int]().union(*(same[one] for one in barred[step.id])),
            sealed=about[entry.id].sealed,
        )
        for step, entry, is_held in waiting
    }


def must_be_second(
    db: Session,
    actor: Actor,
    team: Role,
    *,
    first_id: int,
    entry: CardEntry | None = None,
    kind: StepKind | None = None,
) -> None:
    """Go on only for somebody who may be the second person. Raises NotAllowed."""
    if same_person(db, actor.id, first_id):
        raise NotAllowed("You proposed this. A second person decides it.")
    if entry is not None and actor.id in everybody_of(db, not_again(db, entry, kind)):
        raise NotAllowed(LET_OUT_BEFORE)
    at = actor.at
    if actor.id not in second_people(db, team, at=at, first_id=first_id, entry=entry, kind=kind):
        raise NotAllowed("Another member of the team decides this.")


def not_again(
    db: Session, entry: CardEntry, kind: StepKind | None = StepKind.RELEASE
) -> frozenset[int]:
    """Return who may have no part in letting an entry out: who did so before a reader was worried.

    Whatever happened to the entry since then.
    """
    return let_out_before(db, [entry])[entry.id] if kind is StepKind.RELEASE else frozenset()


def wish_closing() -> sa.ColumnElement[bool]:
    """Return the condition that a second person is asked to close a wish to talk."""
    return sa.exists().where(
        CheckStep.entry_id == ContactWish.entry_id,
        CheckStep.kind == StepKind.END_WISH,
        CheckStep.settled_at.is_(None),
        ContactWish.taken_back_at.is_(None),
    )


def void(db: Session, step: CheckStep) -> str:
    """Return why nobody can agree to a step any more, or nothing.

    What somebody proposed is no first of two once they have left both teams, or once its author
    has said that it may be about them. One press of a colleague ends it.
    """
    about = about_whom(db, CardEntry.id == step.entry_id)[step.entry_id]
    if about.meant & accounts_of_one(db, [step.proposed_by_id])[step.proposed_by_id]:
        return "It may be about the person who proposed this."
    if step.proposed_by_id in members(db, Role.YOUTH_VOICE) | members(db, Role.SAFEGUARDING):
        return ""
    return "The person who proposed this is not in the team any more."


def let_out_before(db: Session, entries: Collection[CardEntry]) -> dict[int, frozenset[int]]:
    """Return for each entry that a reader is worried about who let it out, as first or as second.

    Nobody for any other.
    """
    found = {entry.id: frozenset[int]() for entry in entries}
    worried = [entry for entry in entries if Flag.WORRIED in entry.flag_list]
    for entry in worried:
        if entry.released_by_id is not None:
            found[entry.id] |= {entry.released_by_id}
    if worried:
        for entry_id, first, second in db.execute(
            sa.select(CheckStep.entry_id, CheckStep.proposed_by_id, CheckStep.settled_by_id).where(
                CheckStep.entry_id.in_([entry.id for entry in worried]),
                CheckStep.kind == StepKind.RELEASE,
                CheckStep.agreed.is_(True),
            )
        ):
            found[entry_id] |= {one for one in (first, second) if one is not None}
    return found


def left_to_others(
    db: Session, actor: Actor, entries: Collection[CardEntry], held: Collection[int]
) -> dict[int, bool]:
    """Return the entries that may be about this person by a first name: whether another is there.

    Another of the team, who reads it first; for one of `held`, and one for safeguarding only,
    another of safeguarding.
    """
    maybe = maybe_about(db, entries)
    mine = [one for one in entries if actor.id in maybe[one.id]]
    if not mine:
        return {}
    about = about_whom(db, CardEntry.id.in_([one.id for one in mine]))
    there, found = teams(db, actor.at), dict[int, bool]()
    for one in mine:
        sealed = about[one.id].sealed or one.id in held
        team = there.safeguarding if sealed or actor.id not in there.voice else there.voice
        found[one.id] = bool(team - about[one.id].barred - maybe[one.id])
    return found


@dataclass(frozen=True)
class About:
    """Whom an entry, or the one it belongs to, may be about.

    `sealed`: its author would not say, so it is for safeguarding.
    """

    meant: frozenset[int]
    sealed: bool
    typed_by_id: int | None

    @property
    def barred(self) -> frozenset[int]:
        """Return who never checks it: whom it may be about, and who typed it."""
        return self.meant if self.typed_by_id is None else self.meant | {self.typed_by_id}


def about_whom(db: Session, *which: sa.ColumnElement[bool]) -> dict[int, About]:
    """Return for each of these entries whom it may be about; what belongs to one is about the same.

    The one place that unites what was said of an entry with what was said of the one it belongs to.
    """
    rows = db.execute(
        sa.select(CardEntry.id, CardEntry.typed_by_id, unsaid().label("sealed"), _MEANT.person_id)
        .outerjoin(_MEANT, _MEANT.entry_id.in_([CardEntry.id, CardEntry.about_id]))
        .where(*which)
    )
    found: dict[int, About] = {}
    for entry_id, typed_by_id, sealed, person_id in rows:
        earlier = found[entry_id].meant if entry_id in found else frozenset()
        meant = earlier if person_id is None else earlier | {person_id}
        found[entry_id] = About(meant, bool(sealed), typed_by_id)
    same = accounts_of_one(db, frozenset[int]().union(*(one.meant for one in found.values())))
    return {
        entry_id: replace(one, meant=one.meant.union(*(same[meant] for meant in one.meant)))
        for entry_id, one in found.items()
    }


def left_to_safeguarding(db: Session, at: datetime) -> sa.ColumnElement[bool]:
    """Return the condition that nobody of the Youth Voice Team may read an entry.

    Its author would not say whom it is about, or each of them who is there may be meant or typed
    it. As `about_whom` tells it, for a statement.
    """
    there = teams(db, at).voice
    if not there:  # then what still waits, and nothing that was dealt with
        asked = CardEntry.review == Review.ASKED_BACK
        return sa.or_(unsaid(), in_hand(), reply_owed(), asked)
    typist = sa.func.coalesce(CardEntry.typed_by_id, 0)
    meant = (
        sa.select(sa.func.count(_ONE.id.distinct()))
        .join(_NAMED, sa.or_(_NAMED.id == _ONE.id, alike(_NAMED, _ONE)))
        .join(_MEANT, _MEANT.person_id == _NAMED.id)
        .where(
            _MEANT.entry_id.in_([CardEntry.id, CardEntry.about_id]),
            _ONE.id.in_(there),
            _ONE.id != typist,
        )
        .correlate(CardEntry)
        .scalar_subquery()
    )
    typed = sa.case((typist.in_(there), 1), else_=0)
    return sa.or_(unsaid(), meant + typed == len(there))


def acts_for_the_team(db: Session, actor: Actor, entry_id: int) -> bool:
    """Say whether somebody of safeguarding acts on an entry that is left to them."""
    if not actor.may(Permission.ENTRIES_READ_HELD):
        return False
    left = sa.select(CardEntry.id).where(
        CardEntry.id == entry_id, left_to_safeguarding(db, actor.at)
    )
    return db.scalar(left) is not None
