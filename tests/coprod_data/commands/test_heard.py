"""Who we have not heard from: a tally that belongs to nobody, and what of it may be shown."""

import re
from collections import defaultdict
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.entries_sent_again import send_form
from coprod_data.commands.entries_sent_again_steps import Said
from coprod_data.commands.heard import set_totals
from coprod_data.commands.sessions import change_session, confirm_session
from coprod_data.files.exports import export
from coprod_data.models import Event, Group, HeardTerm
from coprod_data.permissions import Actor, Invalid, NotAllowed, Permission, Role
from coprod_data.queries.heard import Heard, heard
from coprod_data.rules.form_ids import numbered
from coprod_data.rules.heard_terms import finished_terms, last_day, next_shown, term_of
from coprod_data.rules.session_plan import SessionPlan
from coprod_data.rules.small_numbers import shown_beside
from coprod_data.store.card_codes import new_code
from coprod_data.vocabulary.groups import GroupKind
from coprod_data.vocabulary.heard import HeardGroup
from tests.helpers.builders import NOW, add, somebody, the_public, unrecorded
from tests.helpers.sessions import DAY, a_plan, a_session, held

H = HeardGroup
READERS = [role for role in Role if role in Permission.HEARD_READ.holders]


def say(db: Session, form: str, *groups: HeardGroup, number: int = 1, words: str = "A heater."):
    said = Said(
        theme_id=None, thinks=words, wants="", feeling=None, uses=frozenset(), wish=None,
        about_us=None, meant=frozenset(), heard=frozenset(groups),
    )  # fmt: skip
    code = new_code(numbered(form, number), db.info["keys"])
    return send_form(db, the_public(), form, number=number, code=code, said=said)


def tally(db: Session, group: HeardGroup) -> int:
    return db.scalar(sa.select(getattr(HeardTerm, group.value))) or 0


def some_terms(db: Session, *terms: dict[HeardGroup, int]) -> None:
    """The newest finished term first."""
    with unrecorded(db):
        for first, numbers in zip(finished_terms(NOW), terms, strict=False):
            none = dict.fromkeys(map(str, HeardGroup), 0)
            said = {group.value: number for group, number in numbers.items()}
            add(db, HeardTerm(first_on=first, **{**none, **said}))


def all_told(db: Session, at: datetime) -> list[object]:
    return [
        told
        for role in READERS
        for reader in [replace(somebody(db, role, name="The reader"), at=at)]
        for told in (heard(db, reader), export(db, reader, "heard", {}))
    ]


@pytest.mark.usefixtures("themes")
def test_what_somebody_says_of_themselves_is_counted_once_and_no_trace_says_who(db: Session):
    say(db, "share:first")
    made: dict[str, list[str]] = defaultdict(list)
    form = ""

    def heard_of(_c, _cursor, statement, *_more) -> None:
        made[form].append(statement)

    sa.event.listen(db.get_bind(), "after_cursor_execute", heard_of)
    form = "with"
    say(db, "share:with", H.UNDER_11, H.FOSTER, H.SEND, H.AWAY)
    form = "without"
    say(db, "share:without")
    sa.event.remove(db.get_bind(), "after_cursor_execute", heard_of)

    assert made["with"] == made["without"]
    assert any("UPDATE heard_term" in one for one in made["without"])
    assert [tally(db, group) for group in (H.UNDER_11, H.FOSTER, H.SEND, H.PARENT)] == [1, 1, 1, 0]
    events = db.execute(sa.select(Event.kind, Event.changes, Event.digests)).all()
    assert not {"heard", "under_11"} & set(re.findall(r"\w+", str(events)))

    say(db, "share:with", H.FROM_18)  # pressed twice
    say(db, "share:with", H.FROM_18, number=2, words="Another heater.")  # a letter changed
    assert (tally(db, H.FROM_18), tally(db, H.UNDER_11)) == (0, 1)
    with pytest.raises(Invalid):
        say(db, "share:two ages", H.UNDER_11, H.FROM_18)


def test_three_terms_a_year_in_the_council_s_zone_each_shown_a_day_after_it_is_over():
    assert term_of(datetime(2026, 4, 30, 23, 30, tzinfo=UTC)) == date(2026, 5, 1)
    assert term_of(datetime(2026, 12, 31, 23, 30, tzinfo=UTC)) == date(2026, 9, 1)
    before, after = (datetime(2026, 9, day, 9, tzinfo=UTC) for day in (1, 2))
    assert finished_terms(before)[0] == date(2026, 1, 1)
    assert finished_terms(after) == (date(2026, 5, 1), date(2026, 1, 1), date(2025, 9, 1))
    assert (next_shown(before), next_shown(after)) == (date(2026, 9, 2), date(2027, 1, 2))
    assert last_day(date(2025, 9, 1)) == date(2025, 12, 31)


def test_who_knows_how_many_were_asked_finds_no_number_between_one_and_four():
    """A solver with everything that is shown of a question, and how many cards came in a term."""
    worlds = list(product(range(9), repeat=3))
    possible: dict[object, list[set[int]]] = defaultdict(lambda: [set(), set(), set()])
    for numbers in worlds:
        told = shown_beside(dict(enumerate(numbers)), [range(3)])
        assert list(told.values()).count(None) != 1
        for asked in range(sum(numbers), 25):  # who said nothing of themselves is not counted
            for name, values in enumerate(possible[tuple(told.values()), asked]):
                values.add(numbers[name])

    found = [values for told in possible.values() for values in told if len(values) == 1]
    assert not [values for values in found if 1 <= min(values) <= 4]


@pytest.mark.usefixtures("themes")
def test_between_two_turns_nothing_changes_and_no_hidden_term_is_in_a_sum(db: Session):
    some_terms(
        db,
        {H.FOSTER: 7, H.FAMILY: 9, H.SEND: 3, H.PARENT: 2, H.AWAY: 5},
        {H.FOSTER: 2, H.FAMILY: 8, H.SEND: 4, H.AWAY: 6},
        {H.FOSTER: 9, H.FAMILY: 0, H.CHILDRENS_HOME: 31, H.SUPPORTED: 12, H.AWAY: 7},
    )
    told = all_told(db, NOW)
    rows = {row.group: row for row in heard(db, somebody(db, Role.BOARD_MEMBER)).rows}
    assert (rows[H.AWAY].number, rows[H.AWAY].more) == (18, False)
    assert (rows[H.FOSTER].number, rows[H.FOSTER].more) == (7, True)  # 9 hides beside the none
    assert (rows[H.CHILDRENS_HOME].number, rows[H.CHILDRENS_HOME].more) == (31, True)
    assert rows[H.SEND].number is rows[H.PARENT].number is None

    say(db, "share:one", H.UNDER_11, H.FOSTER, H.SEND, H.PARENT)
    later = datetime.combine(next_shown(NOW), datetime.min.time(), UTC) - timedelta(hours=2)
    assert all_told(db, NOW) == told == all_told(db, later)
    for number in (1, 2, 3, 4):  # hidden ones may be any other: the page is the same
        with unrecorded(db):
            db.execute(sa.update(HeardTerm).where(HeardTerm.send < 5).values(send=number))
        assert all_told(db, NOW) == told


def test_totals_of_the_council_order_and_the_session_to_plan_next(db: Session, worker: Actor):
    numbers: dict[HeardGroup, int | None] = {
        H.PARENT: 17, H.AWAY: 83, H.SEND: 60, H.CAME_ALONE: 8
    }  # fmt: skip
    with pytest.raises(Invalid, match="below 5"):
        set_totals(db, worker, numbers={**numbers, H.SEND: 4}, as_of=NOW.date())
    with pytest.raises(NotAllowed):
        set_totals(db, somebody(db, Role.MANAGER), numbers=numbers, as_of=NOW.date())
    set_totals(db, worker, numbers=numbers, as_of=NOW.date())
    set_totals(db, worker, numbers={H.SEND: None}, as_of=NOW.date(), opened={"send": 60})
    set_totals(db, worker, numbers={H.SEND: 50}, as_of=NOW.date())
    some_terms(db, {H.AWAY: 9, H.SEND: 25, H.CAME_ALONE: 6, H.PARENT: 3})
    group = add(
        db,
        Group(name="Quayside", kind=GroupKind.YOUNG_PEOPLE, hears=H.PARENT, meets="Wednesdays"),
    )
    held(db, worker, group_id=group.id, starts_at=NOW - 400 * DAY)

    said: Heard = heard(db, worker)
    order = [row.group for row in said.rows if row.total]
    assert order == [H.PARENT, H.AWAY, H.SEND, H.CAME_ALONE]
    rows = {row.group: row for row in said.rows}
    assert [rows[group].per_hundred for group in order] == [None, 11, 50, None]  # a base of eight
    assert [rows[group].hardly for group in (H.PARENT, H.AWAY, H.SEND)] == [True, True, False]
    assert (rows[H.PARENT].sessions, said.suggested and said.suggested.name) == (0, "Quayside")


def test_a_group_that_was_asked_before_is_told_first_what_came_of_it(db: Session, worker: Actor):
    group = add(db, Group(name="Voices", kind=GroupKind.YOUNG_PEOPLE))
    first = a_session(db, worker, group_id=group.id)
    confirm_session(db, worker, first)
    held(db, worker, group_id=group.id, starts_at=NOW - 30 * DAY)
    again = a_session(db, worker, group_id=group.id)
    with pytest.raises(Invalid, match="what happened after the last one"):
        confirm_session(db, worker, again)
    plan: SessionPlan = a_plan(worker, group_id=group.id, since_last="You asked for keys.")
    change_session(db, worker, again, plan=plan)
    confirm_session(db, worker, again)
    with pytest.raises(Invalid, match="what happened"):
        change_session(db, worker, again, plan=replace(plan, since_last=""))
