"""The demonstration of the wall: nothing before five are let out, then each in its turn."""

from datetime import timedelta

from coprod_data.rules.wall_script import EACH_STEP, EACH_TURN, FIRST_WORDS, scene


def test_nothing_is_shown_before_five_are_let_out_and_then_all_turn():
    before = [scene(step * EACH_STEP, 8) for step in range(FIRST_WORDS)]
    assert before == [None] * FIRST_WORDS
    first = FIRST_WORDS * EACH_STEP
    assert scene(first, 8) == 0
    seen = {scene(first + turn * EACH_TURN, 8) for turn in range(40)}
    assert seen == set(range(8))
    for few in range(FIRST_WORDS):  # too few words: it waits, and never shows one
        assert {scene(timedelta(seconds=n), few) for n in range(0, 200, 7)} == {None}
    assert scene(timedelta(seconds=-9), 8) is None
