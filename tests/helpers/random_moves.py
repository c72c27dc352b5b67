"""What people of a council may do with entries, one at a time and by chance.

Each move keeps our own account of what was let out, for what, and knows nothing of the gate.
"""

import random
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands import entries_wishes as wishes
from coprod_data.commands.absences import add_absence
from coprod_data.commands.entries_care import end_hold, hold_entry, let_go
from coprod_data.commands.entries_checks import (
    ask_back,
    keep_entry,
    open_to_read,
    release_entry,
    return_to_queue,
    take_over,
)
from coprod_data.commands.entries_consent import change_consent, withdraw_entry
from coprod_data.commands.entries_endings import close_entry, pass_to_worker
from coprod_data.commands.entries_erasing import erase_what_is_due
from coprod_data.commands.entries_recall import recall_entry, say_worried
from coprod_data.commands.entries_second import agree_release, agree_step, refuse_step
from coprod_data.commands.entries_writing_back import write_back
from coprod_data.models import CardEntry, Consent, ContactWish, EntryVersion
from coprod_data.permissions import Actor, Refused
from coprod_data.rules.clocks import london_day
from coprod_data.scopes.duty import is_away
from coprod_data.scopes.entries_family import of
from coprod_data.vocabulary.entries import ConsentUse
from coprod_data.vocabulary.entry_care import HoldEnd, StepKind, WordsTo
from tests.helpers.builders import holding_the_code, the_system

BOARD, PUBLIC = ConsentUse.BOARD, ConsentUse.PUBLIC
USES = [(), (BOARD,), (BOARD, PUBLIC), (BOARD, PUBLIC)]


@dataclass
class Council:
    """Workers, safeguarding, a chair and the public; time goes on with each move.

    `out` is our own account of what is let out and for what, `left` of since when an entry is on no
    other list than that of what has ended, `unread` of what wishes to talk say that nobody opened.
    """

    db: Session
    chance: random.Random
    workers: list[Actor]
    leads: list[Actor]
    chair: Actor
    entries: dict[int, str]
    out: dict[int, set[ConsentUse]] = field(default_factory=dict)
    left: dict[int, datetime] = field(default_factory=dict)
    unread: set[str] = field(default_factory=set)
    later: timedelta = timedelta()

    def at(self, actor: Actor) -> Actor:
        self.later += timedelta(seconds=1)  # nobody does two things at once
        now = actor.at + self.later
        return replace(actor, at=now, recorded_at=now)

    def worker(self) -> Actor:
        return self.at(self.there(self.workers))

    def lead(self) -> Actor:
        return self.at(self.there(self.leads))

    def there(self, team: list[Actor]) -> Actor:
        """Somebody of a team who is not on leave; who is, does nothing."""
        now = self.chair.at + self.later
        return self.chance.choice([one for one in team if not is_away(self.db, one.id, now)])

    def all_there(self) -> list[Actor]:
        """One of each team who is not on leave; one person where that is the same."""
        return list({one.id: one for one in map(self.there, [self.workers, self.leads])}.values())

    def author(self, entry: CardEntry) -> Actor:
        return self.at(holding_the_code(self.db.get_one(CardEntry, entry.about_id or entry.id)))

    def forget(self, entry: CardEntry) -> None:
        """What belongs to an entry goes out of view with it."""
        for number in self.db.scalars(sa.select(CardEntry.id).where(of([entry.id]))):
            self.out.pop(number, None)

    def either(self) -> Actor:
        return self.chance.choice([self.worker, self.lead])()

    def allowed(self, entry: CardEntry) -> set[ConsentUse]:
        live = sa.select(Consent.use).where(
            Consent.entry_id == entry.id, Consent.withdrawn_at.is_(None)
        )
        return set(self.db.scalars(live))

    def erased(self) -> set[int]:
        """The entries that have no words any more."""
        some = sa.or_(EntryVersion.thinks.is_not(None), EntryVersion.wants.is_not(None))
        return set(self.entries) - set(
            self.db.scalars(sa.select(EntryVersion.entry_id).where(some))
        )

    def words(self, entry: CardEntry) -> tuple[str, str]:
        first = sa.select(EntryVersion).where(EntryVersion.entry_id == entry.id).limit(1)
        version = self.db.scalars(first.order_by(EntryVersion.id)).one()
        return version.thinks or "", version.wants or ""


def read(council: Council, entry: CardEntry) -> None:
    open_to_read(council.db, council.either(), entry.id)


def press_take_over(council: Council, entry: CardEntry) -> None:
    take_over(council.db, council.worker(), entry.id)


def let_out(council: Council, entry: CardEntry) -> None:
    thinks, wants = council.words(entry)
    worker, uses = council.worker(), council.allowed(entry)
    open_to_read(council.db, worker, entry.id)
    said_no = {PUBLIC} & uses if council.chance.random() < 0.3 else set()
    decided = release_entry(
        council.db, worker, entry.id, shown_thinks=thinks, shown_wants=wants,
        nots=dict.fromkeys(said_no, "Somebody could tell it is you."), why="It is about food.",
    )  # fmt: skip
    if decided:
        council.out[entry.id] = uses - said_no


def agree(council: Council, entry: CardEntry) -> None:
    reader = council.either()
    open_to_read(council.db, reader, entry.id)
    kind = council.chance.choice(list(StepKind))
    if kind is StepKind.RELEASE:
        thinks, wants = council.words(entry)
        steps = council.db.scalars(
            sa.text("SELECT detail FROM check_step WHERE settled_at IS NULL AND kind = 'release'"
                    " AND entry_id = :id").bindparams(id=entry.id)
        ).all()  # fmt: skip
        uses = council.allowed(entry)
        if agree_release(council.db, reader, entry.id, shown_thinks=thinks, shown_wants=wants):
            council.out[entry.id] = uses - ({PUBLIC} if "public" in str(steps) else set())
        return
    agree_step(council.db, reader, entry.id, kind)
    if kind in (StepKind.KEEP, StepKind.CLOSE, StepKind.RECALL):
        council.out.pop(entry.id, None)
    if kind in (StepKind.WITHDRAW, StepKind.END_HOLD):
        council.forget(entry)


def say_no(council: Council, entry: CardEntry) -> None:
    reader, kind = council.either(), council.chance.choice(list(StepKind))
    open_to_read(council.db, reader, entry.id)
    refuse_step(council.db, reader, entry.id, kind, answer="Not yet.")


def ask(council: Council, entry: CardEntry) -> None:
    worker = council.worker()
    open_to_read(council.db, worker, entry.id)
    ask_back(council.db, worker, entry.id, text="Which room?", why="Nobody is at risk.")


def keep(council: Council, entry: CardEntry) -> None:
    worker = council.worker()
    open_to_read(council.db, worker, entry.id)
    if keep_entry(council.db, worker, entry.id, why="Nobody is at risk."):
        council.out.pop(entry.id, None)


def close(council: Council, entry: CardEntry) -> None:
    worker = council.worker()
    open_to_read(council.db, worker, entry.id)
    close_entry(council.db, worker, entry.id, text="Thank you.", why="Nobody is at risk.")


def pass_on(council: Council, entry: CardEntry) -> None:
    worker = council.worker()
    open_to_read(council.db, worker, entry.id)
    pass_to_worker(council.db, worker, entry.id, why="Nobody is at risk.")


def put_back(council: Council, entry: CardEntry) -> None:
    return_to_queue(council.db, council.worker(), entry.id)


def wish(council: Council, entry: CardEntry) -> None:
    author, how = council.author(entry), f"Text {council.later}."
    wishes.wish_to_talk(council.db, author, entry.id, first_name="Jo", how=how, when_safe="Monday")
    council.unread.add(how)


def wish_back(council: Council, entry: CardEntry) -> None:
    wishes.take_wish_back(council.db, council.author(entry), entry.id)


def read_wish(council: Council, entry: CardEntry) -> None:
    lead = council.lead()
    asked = sa.select(ContactWish).where(ContactWish.entry_id == entry.id)
    for one in council.db.scalars(asked.where(ContactWish.closed_at.is_(None))).all():
        wishes.open_wish(council.db, lead, one.id)
        council.unread = {how for how in council.unread if how not in (one.how or "")}
        if one.taken_back_at is not None:
            wishes.let_wish_go(council.db, lead, one.id)


def hold(council: Council, entry: CardEntry) -> None:
    person = council.either()
    with suppress(Refused):
        open_to_read(council.db, person, entry.id)
    hold_entry(council.db, person, entry.id)
    council.forget(entry)


def end(council: Council, entry: CardEntry) -> None:
    lead = council.lead()
    open_to_read(council.db, lead, entry.id)
    council.forget(entry)
    end_hold(
        council.db, lead, entry.id, ending=council.chance.choice(list(HoldEnd)),
        words_to=council.chance.choice([WordsTo.QUEUE, WordsTo.KEPT]),
    )  # fmt: skip


def take_back(council: Council, entry: CardEntry) -> None:
    withdraw_entry(council.db, council.author(entry), entry.id)
    council.forget(entry)


def take_back_for(council: Council, entry: CardEntry) -> None:
    if withdraw_entry(council.db, council.worker(), entry.id, why="They rang."):
        council.forget(entry)


def let_it_go(council: Council, entry: CardEntry) -> None:
    lead = council.lead()
    open_to_read(council.db, lead, entry.id)
    let_go(council.db, lead, entry.id)


def allow(council: Council, entry: CardEntry) -> None:
    uses = set(council.chance.choice(USES))
    change_consent(council.db, council.author(entry), entry.id, uses=frozenset(uses))
    if entry.id in council.out:
        council.out[entry.id] &= uses  # what is allowed later opens nothing


def write_again(council: Council, entry: CardEntry) -> None:
    number = len(council.entries)
    canary, hurt = canary_of(number), "He hits me. " if council.chance.random() < 0.5 else ""
    made = write_back(
        council.db, council.author(entry), entry.about_id or entry.id, form_id=f"more-{canary}",
        words=f"{hurt}We eat {canary} at six.", uses=frozenset({BOARD}),
    )  # fmt: skip
    council.entries[made] = canary


def retire(council: Council, _: CardEntry) -> None:
    system = the_system(council.at(council.chair).at)
    gone = set(council.entries) - council.erased()
    erase_what_is_due(council.db, system)
    for number in gone & council.erased():
        council.out.pop(number, None)


def recall(council: Council, entry: CardEntry) -> None:
    if recall_entry(council.db, council.worker(), entry.id, reason="A name is in it."):
        council.out.pop(entry.id, None)


def worry(council: Council, entry: CardEntry) -> None:
    say_worried(council.db, council.at(council.chair), entry.id)
    if entry.id in council.out:
        council.out[entry.id] -= {PUBLIC}


def go_on_leave(council: Council, _: CardEntry) -> None:
    """One of them is away for some days, while another of the same team is there."""
    now = council.at(council.chair).at
    team = council.chance.choice([council.workers, council.leads])
    if all(not is_away(council.db, one.id, now) for one in team):
        one = council.at(council.chance.choice(team))
        last = london_day(now) + timedelta(days=council.chance.randrange(12))
        add_absence(council.db, one, person_id=one.id, from_day=london_day(now), to_day=last)


def canary_of(number: int) -> str:
    return f"Quux{'abcdefghijklmnopqrst'[number % 20] * (1 + number // 20)}word"


MOVE: list[Callable[[Council, CardEntry], None]] = [
    *[let_out] * 6, *[agree] * 5, *[allow] * 3, *[hold] * 2, *[end] * 3, *[ask] * 2, *[wish] * 2,
    read, press_take_over, say_no, keep, close, pass_on, put_back, take_back, take_back_for,
    let_it_go, wish_back, wish_back, read_wish, recall, worry, write_again, write_again, retire,
    go_on_leave, go_on_leave,
]  # fmt: skip
