"""Which faces are shown: those of five people, never one that tells what fewer said."""

from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coprod_data.rules.small_numbers import SMALLEST
from coprod_data.rules.views_counted import (
    Said,
    Shown,
    Subject,
    faces_shown,
    month_before,
    months_due,
    next_month,
)
from coprod_data.vocabulary.actions import Face, ViewOf

APRIL, MAY, JUNE = date(2026, 4, 1), date(2026, 5, 1), date(2026, 6, 1)
A, B, C = 1, 2, 3  # A and B are of commitment 10, C is of commitment 11, all of theme 20
ABOVE = {A: (10, 20), B: (10, 20), C: (11, 20)}
OF_A, OF_10, OF_20 = (ViewOf.ACTION, A), (ViewOf.COMMITMENT, 10), (ViewOf.THEME, 20)
SMILE, FLAT, FROWN = Face.SMILE, Face.FLAT, Face.FROWN


def of(action: int, *faces: Face, by: str = "p", on: date = date(2026, 3, 9)) -> list[Said]:
    """Views of one action, each of another person."""
    return [Said(f"{by}{number}", action, face, on) for number, face in enumerate(faces)]


def shown(
    said: list[Said], *, until: date = APRIL, before: dict[Subject, Shown] | None = None
) -> dict[Subject, Face]:
    found = faces_shown(said, ABOVE, before or {}, until=until)
    return {subject: one.face for subject, one in found.items()}


def test_four_people_are_too_few_and_five_are_enough():
    assert shown(of(A, *[SMILE] * 4)) == {}
    assert shown(of(A, *[SMILE] * 5)) == {OF_A: SMILE, OF_10: SMILE, OF_20: SMILE}


@pytest.mark.parametrize(
    ("faces", "most"),
    [
        ([SMILE, SMILE, SMILE, FROWN, FROWN], SMILE),
        ([SMILE, SMILE, SMILE, FROWN, FROWN, FROWN], FROWN),
        ([SMILE, SMILE, FLAT, FLAT, FROWN], FLAT),
    ],
)
def test_what_most_say_is_shown_and_the_worse_of_two_that_are_even(faces: list[Face], most: Face):
    assert shown(of(A, *faces))[OF_A] is most


def test_one_person_is_one_however_often_they_say_it():
    often = [
        Said("p0", action, FROWN, date(2026, 3, day)) for day in range(1, 9) for action in ABOVE
    ]

    assert shown([*often, *of(A, SMILE, SMILE, SMILE, by="q")]) == {}


def test_the_newest_view_of_each_counts():
    first, second = of(A, *[FROWN] * 5), of(A, *[SMILE] * 5)

    assert shown([*first, *second])[OF_A] is SMILE


def test_somebody_who_speaks_of_several_counts_once_with_what_they_say_of_most():
    loud = [Said("loud", action, FROWN, date(2026, 3, 9)) for action in ABOVE]

    assert shown([*loud, *of(A, SMILE, SMILE, by="q"), *of(C, SMILE, SMILE, by="r")]) == {
        OF_20: SMILE
    }


def test_below_five_the_commitment_speaks_and_then_the_theme():
    few = [*of(A, SMILE, SMILE, by="q"), *of(B, FROWN, FROWN, by="r")]

    assert shown([*few, *of(B, FROWN, by="s")]) == {OF_10: FROWN, OF_20: FROWN}
    assert shown([*few, *of(C, FROWN, by="s")]) == {OF_20: FROWN}
    assert shown(few) == {}


@pytest.mark.parametrize("others", range(1, 5))
def test_a_wider_face_does_not_tell_what_a_few_others_said(others: int):
    """A shows smile. Were the commitment's face shown beside it, its frown would be B's."""
    said = [*of(A, SMILE, SMILE, SMILE, FROWN, FROWN), *of(B, *[FROWN] * others, by="q")]

    assert shown(said) == {OF_A: SMILE}


def test_a_wider_face_is_shown_once_five_others_said_something():
    said = [*of(A, *[SMILE] * 5), *of(B, *[FROWN] * 3, by="q"), *of(C, *[FROWN] * 3, by="r")]

    assert shown(said) == {OF_A: SMILE, OF_20: FROWN}


def test_a_view_after_the_end_of_the_month_waits():
    late = of(A, SMILE, by="q", on=APRIL)

    assert shown([*of(A, *[SMILE] * 4), *late]) == {}
    assert OF_A in shown([*of(A, *[SMILE] * 4), *late], until=MAY)


def last(said: list[Said], until: date = APRIL) -> dict[Subject, Shown]:
    return faces_shown(said, ABOVE, {}, until=until)


@pytest.mark.parametrize(("new", "face"), [(1, SMILE), (4, SMILE), (5, FROWN)])
def test_a_shown_face_takes_new_views_in_when_five_people_gave_them(new: int, face: Face):
    said = of(A, SMILE, SMILE, SMILE, FROWN, FROWN)
    more = [*said, *of(A, *[FROWN] * new, by="q", on=APRIL)]

    assert shown(more, until=MAY, before=last(said))[OF_A] is face


@pytest.mark.parametrize(("gone", "face"), [(1, FROWN), (4, FROWN), (5, SMILE)])
def test_a_shown_face_stays_until_five_people_have_taken_theirs_back(gone: int, face: Face):
    said = of(A, *[SMILE] * 5, *[FROWN] * 6)

    assert shown(said[:-gone], until=MAY, before=last(said))[OF_A] is face


def test_those_who_come_go_and_change_their_minds_are_counted_together():
    said = of(A, *[SMILE] * 5, *[FROWN] * 4)
    changed = [*said[:-1], *of(A, FROWN, by="q", on=APRIL), *of(A, FROWN, FROWN, on=APRIL)]

    assert shown(changed, until=MAY, before=last(said))[OF_A] is SMILE
    fifth = [*changed, Said("p2", A, FROWN, APRIL)]
    assert shown(fifth, until=MAY, before=last(said))[OF_A] is FROWN


def test_the_same_number_of_others_is_no_less_a_change():
    said, others = of(A, *[SMILE] * 5), of(A, *[FROWN] * 5, by="q", on=APRIL)

    assert shown(others, until=MAY, before=last(said))[OF_A] is FROWN


def test_new_views_wait_over_several_months_and_one_change_of_mind_is_one():
    said = of(A, SMILE, SMILE, SMILE, FROWN, FROWN)
    found: dict[Subject, Shown] = {}
    seen = []
    for number, until in enumerate((APRIL, MAY, JUNE, date(2026, 7, 1))):
        found = faces_shown(said, ABOVE, found, until=until)
        seen.append((found[OF_A].face, found[OF_A].counted_to))
        said += [Said(f"new{number + place}", A, FROWN, until) for place in range(2)]

    assert seen == [(SMILE, APRIL)] * 4


def test_it_goes_when_fewer_than_five_of_those_in_it_are_left():
    said = of(A, *[FROWN] * 7)
    for left in range(1, 3):
        assert shown(said[left:], until=MAY, before=last(said))[OF_A] is FROWN

    assert shown(said[3:], until=MAY, before=last(said)) == {}
    new = of(A, SMILE, by="q", on=APRIL)
    assert shown([*said[3:], *new], until=MAY, before=last(said)) == {}
    assert shown([], until=MAY, before=last(said)) == {}
    assert shown(of(A, *[SMILE] * 4, by="q"), until=MAY, before=last(said)) == {}


def test_an_action_that_does_not_count_is_not_in_a_wider_face():
    dropped = of(99, *[FROWN] * 9)

    assert shown([*dropped, *of(A, *[SMILE] * 5, by="q")]) == {
        OF_A: SMILE, OF_10: SMILE, OF_20: SMILE,
    }  # fmt: skip


views = st.lists(
    st.builds(
        Said,
        st.sampled_from([f"p{number}" for number in range(12)]),
        st.sampled_from([A, B, C]),
        st.sampled_from(list(Face)),
        st.sampled_from([date(2026, 3, 9), date(2026, 4, 9)]),
    ),
    max_size=40,
)


@given(views, st.sampled_from(list(Face)), st.sampled_from([A, B, C]))
def test_whatever_was_said_one_view_that_comes_or_goes_turns_no_shown_face_into_another(
    said: list[Said], face: Face, action: int
):
    """A wider one may give way to a narrower one that has five people now."""
    said.sort(key=lambda one: one.on)
    counted = faces_shown(said, ABOVE, {}, until=MAY)
    more = [*said, Said("one more", action, face, date(2026, 5, 9))]
    fewer = [one for one in said if one.who != "p0"]

    for views in (more, fewer):
        later = faces_shown(views, ABOVE, counted, until=JUNE)
        assert {subject: later.get(subject, one) for subject, one in counted.items()} == counted


@given(views)
def test_whatever_was_said_no_face_and_no_two_tell_what_fewer_than_five_said(said: list[Said]):
    counted = faces_shown(said, ABOVE, {}, until=MAY)

    def people(subject: Subject) -> dict[int, set[str]]:
        of, key = subject
        place = list(ViewOf).index(of)
        found: dict[int, set[str]] = {}
        for one in said:
            if (one.action_id, *ABOVE[one.action_id])[place] == key:
                found.setdefault(one.action_id, set()).add(one.who)
        return found

    for subject in counted:
        assert len(set().union(*people(subject).values())) >= SMALLEST
    for wide, narrow in product(counted, repeat=2):
        inside, outside = people(narrow), people(wide)
        if wide != narrow and inside.keys() <= outside.keys():
            others = set().union(*(who for key, who in outside.items() if key not in inside))
            assert (
                not others
                or len(others) >= SMALLEST
                or all(
                    any(key in people(one) for one in counted if one not in (wide, narrow))
                    for key in outside.keys() - inside.keys()
                )
            )


@pytest.mark.parametrize(
    ("counted", "first", "due"),
    [
        (None, None, [date(2026, 3, 1)]),
        (None, date(2026, 1, 31), [date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1)]),
        (None, date(2026, 4, 2), []),
        (date(2026, 3, 1), date(2025, 1, 1), []),
        (date(2026, 1, 1), date(2025, 1, 1), [date(2026, 2, 1), date(2026, 3, 1)]),
        (date(2026, 9, 1), None, []),
    ],
)
def test_months_that_have_ended_and_are_not_counted_are_due(
    counted: date | None, first: date | None, due: list[date]
):
    assert months_due(counted, first, date(2026, 4, 30)) == due


def test_a_year_ends_between_december_and_january():
    assert next_month(date(2026, 12, 31)) == date(2027, 1, 1)
    assert month_before(date(2027, 1, 1)) == date(2026, 12, 1)
