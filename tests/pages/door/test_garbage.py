"""What the first page loads is searched by the collector once, and never again at each rerun."""

import gc
from pathlib import Path

import pytest

from pages.door import lifespan
from tests.helpers.door_server import DoorServer, wait_until
from tests.helpers.raw_socket import RawSocket

RUNS = 8


def test_what_is_loaded_at_start_is_frozen(tmp_path: Path):
    gc.unfreeze()  # the run of the tests froze what it had loaded

    with DoorServer(tmp_path) as door:
        assert door.is_ready()
        assert gc.get_freeze_count() > 100_000


def test_once_somebody_has_a_page_open_what_it_loaded_is_frozen_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(lifespan, "LOOK_EVERY", 0.05)
    monkeypatch.setattr(lifespan, "DRAWN_AFTER", 0.5)
    with DoorServer(tmp_path) as door:
        begun = gc.get_freeze_count()

        with RawSocket(door.url, cookie=door.sign_in("ada")) as tab:
            assert tab.rerun(page="people").finished
            wait_until(lambda: gc.get_freeze_count() > begun, 10)


def test_a_run_does_not_end_with_a_search_of_all_that_lives(tmp_path: Path):
    with DoorServer(tmp_path) as door, RawSocket(door.url, cookie=door.sign_in("ada")) as tab:
        assert tab.rerun(page="people").finished
        before = full_searches()

        for _ in range(RUNS):
            assert tab.rerun(page="people").finished

        assert full_searches() - before < RUNS


def full_searches() -> int:
    oldest = 2
    return gc.get_stats()[oldest]["collections"]
