"""Released words are found newest first, whether they are among the newest or the oldest."""

import pytest
from sqlalchemy.orm import Session

from coprod_data.models import CardEntry, PromiseTheme
from coprod_data.permissions import Actor
from coprod_data.store import released_text
from coprod_data.store.released_text import newest_places
from tests.helpers.builders import a_report_card
from tests.helpers.entries_read import let_out

ANYTHING = CardEntry.place.is_not(None)


@pytest.fixture
def places(db: Session, themes: list[PromiseTheme], worker: Actor) -> dict[str, list[int]]:
    """The places of "cold" and "kite" among twelve entries, the newest first."""
    card = a_report_card(db, themes[0])
    said = ["kite", *["cold"] * 5, *["warm"] * 2, "cold", "warm", "cold", "warm"]
    entries = [let_out(db, worker, card, thinks=f"It is {word} here.") for word in said]
    found: dict[str, list[int]] = {}
    for word, entry in zip(said, entries, strict=True):
        found.setdefault(word, []).insert(0, entry.place or 0)
    return found


@pytest.mark.parametrize(
    ("newest", "wider"),
    [(100, 200), (4, 100), (4, 8), (1, 2)],
    ids=["all are among the newest", "the rest is a little further on", "too far on", "none is"],
)
def test_the_newest_are_found_however_far_back_they_stand(
    db: Session,
    places: dict[str, list[int]],
    monkeypatch: pytest.MonkeyPatch,
    newest: int,
    wider: int,
):
    monkeypatch.setattr(released_text, "WINDOW", newest)
    monkeypatch.setattr(released_text, "WIDER", wider)

    for limit in (1, 2, 5, 50):
        for word in ("cold", "kite", "warm"):
            assert newest_places(db, word, ANYTHING, limit=limit) == places[word][:limit]
        assert newest_places(db, "cold kite", ANYTHING, limit=limit) == []


def test_what_may_not_be_read_leaves_room_for_what_may(
    db: Session, places: dict[str, list[int]], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(released_text, "WINDOW", 4)
    monkeypatch.setattr(released_text, "WIDER", 8)
    first, *others = places["cold"]

    assert newest_places(db, "cold", CardEntry.place != first, limit=3) == others[:3]
