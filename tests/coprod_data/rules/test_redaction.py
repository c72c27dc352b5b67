"""What is shown is the original with roles over some words, and nothing else gets through."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from coprod_data.permissions import Invalid
from coprod_data.rules.redaction import Span, hide, spans_of

WORDS = st.lists(
    st.sampled_from(["Dave", "my", "room", "[x]", "[", "]", "is", "cold", "🥶", "[my room]", "é"]),
    min_size=1,
    max_size=12,
).map(" ".join)
ROLES = st.sampled_from(["a friend", "their worker"])


def hidden(original: str, shown: str) -> list[tuple[str, str]]:
    return [(span.hidden, span.role) for span in spans_of(original, shown)]


@pytest.mark.parametrize(
    ("original", "shown", "expected"),
    [
        ("My room is cold.", "My room is cold.", []),
        ("Dave is late.", "[my social worker] is late.", [("Dave", "my social worker")]),
        ("I like Dave", "I like [my carer]", [("Dave", "my carer")]),
        ("Dave", "[my carer]", [("Dave", "my carer")]),
        (
            "Dave told Anna about Dave.",
            "[my worker] told [my friend] about Dave.",
            [("Dave", "my worker"), ("Anna", "my friend")],
        ),
        ("moved from Sharons they", "moved from [my carer's] they", [("Sharons", "my carer's")]),
        ("Dave Smith", "[a] [b]", [("Dave", "a"), ("Smith", "b")]),
        ("I wrote [cats] to Dave", "I wrote [cats] to [a friend]", [("Dave", "a friend")]),
        ("I wrote [cats] to Dave", "I wrote [a word] to Dave", [("[cats]", "a word")]),
        ("one [two three", "one [two [a number]", [("three", "a number")]),
        ("عمر في البيت", "[أخي] في البيت", [("عمر", "أخي")]),
    ],
)
def test_hidden_words_are_told(original: str, shown: str, expected: list[tuple[str, str]]):
    assert hidden(original, shown) == expected


@pytest.mark.parametrize(
    ("original", "shown"),
    [
        ("My room is cold.", "My room is warm."),  # changed
        ("My room is cold.", "My room is very cold."),  # added
        ("My room is cold.", "My room is."),  # left out
        ("My room is cold.", "room My is cold."),  # another order
        ("My room is cold.", "My room is [really] cold."),  # a role over nothing
        ("My room is  cold.", "My room is [really] cold."),  # a role over a space
        ("My room is cold.", ""),
        ("", "[nothing]"),
        ("My room is cold.", "[it] My room is cold."),
        ("My room is cold.", "My [room] is hot."),
        ("My room is cold.", "my room is cold."),  # capitals too are theirs
    ],
)
def test_any_other_change_is_refused(original: str, shown: str):
    with pytest.raises(Invalid, match="must stay as they were written") as refused:
        spans_of(original, shown, "shown_thinks")

    assert refused.value.field == "shown_thinks"


@pytest.mark.parametrize("shown", ["[] is cold", "[  ] is cold", f"[{'a' * 61}] is cold"])
def test_an_empty_or_endless_role_is_refused(shown: str):
    with pytest.raises(Invalid, match="inside each bracket"):
        spans_of("It is cold", shown)


@pytest.mark.parametrize("role", ["Dave", " dave ", "my worker Dave"])
def test_a_role_that_says_what_it_hides_is_refused(role: str):
    with pytest.raises(Invalid, match="still says"):
        spans_of("I rang Dave.", f"I rang [{role}].")
    assert hidden("I rang my worker Dave.", "I rang [my worker].") == [
        ("my worker Dave", "my worker")
    ]


def test_six_words_are_few_and_seven_are_many():
    few = spans_of("one two three four five six end", "[numbers] end")
    many = spans_of("one two three four five six seven end", "[numbers] end")

    assert [span.long for span in few + many] == [False, True]


def test_the_childs_own_brackets_are_not_taken_for_roles_where_they_can_stay():
    assert hidden("Dave [my room] Dave [ ]", "[a friend]ave [ ]") == [
        ("Dave [my room] D", "a friend")
    ]
    assert hidden("room room [my room] [x]", "[a friend]oom [my room] [x]") == [
        ("room r", "a friend")
    ]


@given(st.data(), WORDS)
def test_whatever_is_hidden_comes_back_as_it_was_hidden(data: st.DataObject, original: str):
    spans, at = [], 0
    while at < len(original) and data.draw(st.booleans()):
        start = data.draw(st.integers(at, len(original) - 1))
        end = data.draw(st.integers(start + 1, len(original)))
        assume(original[start:end].strip())
        spans.append(Span(start, end, data.draw(ROLES), original[start:end]))
        at = end + 1
    shown = hide(original, spans)

    found = spans_of(original, shown)

    assert hide(original, found) == shown
    assert [original[span.start : span.end] for span in found] == [span.hidden for span in found]


@given(WORDS, WORDS)
def test_what_is_accepted_shows_nothing_but_the_original_and_roles(original: str, shown: str):
    try:
        spans = spans_of(original, shown)
    except Invalid:
        return
    outside = original
    for span in reversed(spans):
        outside = outside[: span.start] + f"[{span.role}]" + outside[span.end :]
    assert outside.replace(" ", "") == shown.replace(" ", "")  # spaces inside a bracket are tidied
    assert all(span.hidden.strip() for span in spans)
    assert all(one.end <= two.start for one, two in zip(spans, spans[1:], strict=False))


def test_five_thousand_letters_full_of_brackets_are_quick():
    original = "[a]" * 1_600 + " Dave"

    assert hidden(original, "[a]" * 1_600 + " [my worker]") == [("Dave", "my worker")]
