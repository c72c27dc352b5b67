"""A child can ask to be found, and is not forgotten before two people say so."""

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.entries import Wish, send_entry
from coprod_data.commands.entries_care import end_hold, hold_entry, let_go
from coprod_data.commands.entries_checks import open_to_read
from coprod_data.commands.entries_consent import withdraw_entry
from coprod_data.commands.entries_second import agree_step
from coprod_data.commands.entries_wishes import (
    close_wish,
    let_wish_go,
    open_wish,
    take_wish_back,
    wish_to_talk,
)
from coprod_data.models import CardEntry, ContactWish, Event, EventText, PromiseTheme, ReportCard
from coprod_data.permissions import Actor, Invalid, NotAllowed, NotFound, Refused, Role
from coprod_data.queries.entries import follow_entry
from coprod_data.queries.entries_queue import entries_to_check
from coprod_data.queries.entries_raw import raw_words
from coprod_data.queries.entries_wishes import open_wishes
from coprod_data.queries.entries_work import work_on_entries
from coprod_data.vocabulary.entries import Flag
from coprod_data.vocabulary.entry_care import HoldEnd, StepKind, WishEnd, WordsTo
from coprod_data.vocabulary.events import EventKind
from coprod_data.vocabulary.work import WorkKind
from tests.helpers.builders import an_entry, holding_the_code, somebody, the_public
from tests.helpers.entries_read import later, read, the_code

HOW = {"first_name": "Jo", "how": "Text 07700 900123", "when_safe": "After school"}


def wished(db: Session, entry: CardEntry) -> ContactWish:
    wish_to_talk(db, holding_the_code(entry), entry.id, **HOW)
    return db.scalars(sa.select(ContactWish).order_by(ContactWish.id.desc())).first()


def words(wish: ContactWish) -> tuple[str | None, str | None, str | None]:
    return wish.first_name, wish.how, wish.when_safe


def test_a_wish_comes_with_a_card_and_puts_it_first(
    db: Session, theme: PromiseTheme, worker: Actor
):
    send_entry(
        db, the_public(), form_id="form-of-jo", code=the_code(db, "form-of-jo"), theme_id=theme.id,
        thinks="Cold room", wants="",
        feeling=None, uses=frozenset(), wish=Wish(**HOW),
    )  # fmt: skip

    (row,) = entries_to_check(db, worker)
    assert (row.wish, row.urgent, row.flags) == (True, True, ())


def test_what_a_wish_says_flags_the_words_while_they_wait(
    db: Session, card: ReportCard, worker: Actor
):
    entry = an_entry(db, card)

    wish_to_talk(
        db, holding_the_code(entry), entry.id,
        **{**HOW, "when_safe": "not after 6 he gets drunk and hits me"},
    )  # fmt: skip

    (row,) = entries_to_check(db, worker)
    assert (row.wish, row.flags) == (True, (Flag.HURT, Flag.UNSAFE))

    other = an_entry(db, card, thinks="Cold room")
    wish_to_talk(db, holding_the_code(other), other.id, **{**HOW, "first_name": "he hits me"})
    assert other.flags == [Flag.HURT.value], "whichever box it is in"


def test_how_to_reach_them_is_opened_by_name_and_nowhere_else(
    db: Session, card: ReportCard, worker: Actor
):
    entry = read(db, worker, card)
    wish = wished(db, entry)
    [seen] = raw_words(db, worker, entry.id).wishes
    assert (seen.first_name, seen.how) == ("", "")

    for role in (Role.CHAIR, Role.ADMINISTRATOR, Role.MANAGER, Role.YOUNG_PERSON):
        with pytest.raises(NotAllowed):
            open_wish(db, somebody(db, role), wish.id)
    open_wish(db, worker, wish.id)

    [opened] = raw_words(db, worker, entry.id).wishes
    assert (opened.first_name, opened.how, opened.when_safe) == words(wish)
    assert EventKind.WISH_OPENED in db.scalars(sa.select(Event.kind)).all()
    assert db.scalars(sa.select(EventText.text)).all() == []
    assert "900123" not in repr(follow_entry(db, holding_the_code(entry)))


def test_two_people_close_it_and_its_words_go_at_once(
    db: Session, card: ReportCard, worker: Actor, second: Actor
):
    entry = read(db, worker, card)
    wish = wished(db, entry)
    with pytest.raises(Refused, match="Open it"):
        close_wish(db, worker, wish.id, ending=WishEnd.SPOKE)
    open_wish(db, worker, wish.id)
    close_wish(db, worker, wish.id, ending=WishEnd.SPOKE)
    assert (wish.closed_at, wish.how) == (None, HOW["how"])

    open_to_read(db, later(second), entry.id)
    agree_step(db, later(second), entry.id, StepKind.END_WISH)

    assert (wish.ending, words(wish)) == (WishEnd.SPOKE, (None, None, None))
    assert [row.wish for row in entries_to_check(db, worker)] == [False]


def test_taken_back_after_it_was_opened_it_goes_at_once(
    db: Session, card: ReportCard, worker: Actor
):
    entry = read(db, worker, card)
    wish = wished(db, entry)
    open_wish(db, worker, wish.id)

    take_wish_back(db, holding_the_code(entry), entry.id)

    assert (words(wish), wish.closed_at is None) == ((None, None, None), False)


def test_taken_back_before_that_safeguarding_reads_it_and_lets_it_go(
    db: Session, card: ReportCard, worker: Actor, lead: Actor
):
    entry = an_entry(db, card)
    wish = wished(db, entry)
    take_wish_back(db, holding_the_code(entry), entry.id)
    assert words(wish) == tuple(HOW.values())

    with pytest.raises(NotAllowed):
        open_wish(db, worker, wish.id)
    with pytest.raises(Refused, match="Open it"):
        let_wish_go(db, lead, wish.id)
    open_wish(db, lead, wish.id)
    let_wish_go(db, lead, wish.id)

    assert (words(wish), wish.closed_at is None) == ((None, None, None), False)


def test_taken_back_with_its_card_it_goes_with_it(
    db: Session, card: ReportCard, worker: Actor, lead: Actor
):
    entry = an_entry(db, card)
    wish = wished(db, entry)
    withdraw_entry(db, holding_the_code(entry), entry.id)

    assert (entries_to_check(db, worker), words(wish)) == ([], tuple(HOW.values()))
    assert [row.id for row in entries_to_check(db, lead)] == [entry.id]
    open_to_read(db, lead, entry.id)
    with pytest.raises(Refused, match="Open that and let it go first"):
        let_go(db, lead, entry.id)
    assert words(wish) == tuple(HOW.values())

    open_wish(db, lead, wish.id)
    with pytest.raises(Refused, match="Open that and let it go first"):
        let_go(db, lead, entry.id)
    let_wish_go(db, lead, wish.id)
    let_go(db, lead, entry.id)
    assert (words(wish), wish.closed_at is None) == ((None, None, None), False)


def test_a_hold_does_not_end_over_a_wish_that_was_taken_back_unopened(
    db: Session, card: ReportCard, worker: Actor, lead: Actor
):
    entry = an_entry(db, card)
    wish = wished(db, entry)
    hold_entry(db, worker, entry.id)
    withdraw_entry(db, holding_the_code(entry), entry.id)
    open_to_read(db, lead, entry.id)

    with pytest.raises(Refused, match="Open how to reach them first"):
        end_hold(db, lead, entry.id, ending=HoldEnd.TALKED, words_to=WordsTo.ERASED)
    assert words(wish) == tuple(HOW.values())
    open_wish(db, lead, wish.id)
    end_hold(db, lead, entry.id, ending=HoldEnd.TALKED, words_to=WordsTo.ERASED)

    assert (words(wish), wish.closed_at is None) == ((None, None, None), False)
    assert open_wishes(db, lead) == []


def test_a_proposal_to_close_a_wish_outlives_a_hold_and_its_end(
    db: Session, card: ReportCard, worker: Actor, lead: Actor
):
    entry = read(db, worker, card)
    wish = wished(db, entry)
    open_wish(db, worker, wish.id)
    close_wish(db, worker, wish.id, ending=WishEnd.SPOKE)

    hold_entry(db, worker, entry.id)
    assert WorkKind.FOR_OTHERS in [row.kind for row in work_on_entries(db, worker)]
    open_to_read(db, later(lead), entry.id)
    end_hold(db, later(lead), entry.id, ending=HoldEnd.TALKED, words_to=WordsTo.KEPT)
    assert WorkKind.FOR_OTHERS in [row.kind for row in work_on_entries(db, worker)]

    open_to_read(db, later(lead, 2), entry.id)
    second = later(somebody(db, Role.YOUTH_VOICE), 3)
    open_to_read(db, second, entry.id)
    agree_step(db, second, entry.id, StepKind.END_WISH)
    assert (wish.ending, words(wish)) == (WishEnd.SPOKE, (None, None, None))


def test_a_wish_says_how_and_belongs_to_ones_own_card(db: Session, card: ReportCard):
    entry, other = an_entry(db, card), an_entry(db, card)

    with pytest.raises(Invalid, match="how we can reach you"):
        wish_to_talk(db, holding_the_code(entry), entry.id, first_name="Jo", how=" ", when_safe="")
    with pytest.raises(NotFound):
        wish_to_talk(db, holding_the_code(other), entry.id, **HOW)


def test_a_new_wish_takes_the_place_of_the_old_one(db: Session, card: ReportCard):
    entry = an_entry(db, card)
    first = wished(db, entry)
    wish_to_talk(db, holding_the_code(entry), entry.id, first_name="", how="Ring", when_safe="")

    assert (words(first), first.closed_at is None) == ((None, None, None), False)


def test_a_wish_that_nobody_has_read_is_not_lost_to_a_later_one(
    db: Session, card: ReportCard, worker: Actor
):
    entry = read(db, worker, card)
    wished(db, entry)

    wish_to_talk(
        db, holding_the_code(entry), entry.id, first_name="", how="At the club", when_safe=""
    )

    wish = db.scalars(sa.select(ContactWish).where(ContactWish.closed_at.is_(None))).one()
    open_wish(db, worker, wish.id)
    assert wish.how
    assert wish.how.startswith("At the club")
    assert HOW["how"] in wish.how


def test_agreeing_to_close_an_old_wish_does_not_close_a_new_one(
    db: Session, card: ReportCard, worker: Actor, second: Actor
):
    entry = read(db, worker, card)
    old = wished(db, entry)
    open_wish(db, worker, old.id)
    close_wish(db, worker, old.id, ending=WishEnd.SPOKE)
    new = wished(db, entry)
    open_to_read(db, later(second), entry.id)

    with pytest.raises(Refused):
        agree_step(db, later(second), entry.id, StepKind.END_WISH)

    assert (old.how, new.how, new.closed_at) == (None, HOW["how"], None)


def test_a_new_wish_keeps_all_of_one_that_nobody_has_read(db: Session, card: ReportCard):
    entry = an_entry(db, card)
    wished(db, entry)
    wish_to_talk(
        db, holding_the_code(entry), entry.id, first_name="", how="Call: 07700 900999", when_safe=""
    )

    now = db.scalars(sa.select(ContactWish).where(ContactWish.closed_at.is_(None))).one()
    assert now.how is not None
    for part in ("07700 900999", *HOW.values()):
        assert part in now.how
