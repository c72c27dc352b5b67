"""A card code is slow to make and to check, on purpose: no writer waits during this."""

import hashlib
from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from starlette.testclient import TestClient

from coprod_data.models import RateCount
from coprod_data.store.database import Database
from tests.helpers.young import Author, send


@pytest.fixture
def held(empty_council: Database, monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """For each slow digest, whether the write lock or a connection was held."""
    seen: list[bool] = []
    digest: Callable[..., bytes] = hashlib.scrypt

    def watched(*given: Any, **more: Any) -> bytes:
        pool: Any = empty_council.engine.pool
        seen.append(empty_council._one_writer.locked() or pool.checkedout() > 0)
        return digest(*given, **more)

    monkeypatch.setattr(hashlib, "scrypt", watched)
    return seen


@pytest.mark.usefixtures("open_council")
def test_sending_holds_up_no_other_writer(phone: TestClient, held: list[bool]):
    assert send(phone, thinks="Hello").status_code == 200

    assert held == [False]


def test_a_wrong_code_is_counted_before_it_is_looked_for_and_a_right_one_is_not(
    author: Author, monkeypatch: pytest.MonkeyPatch
):
    counted: list[int] = []
    digest: Callable[..., bytes] = hashlib.scrypt

    def wrong_codes() -> int:
        asked = sa.select(sa.func.count()).where(RateCount.what == "card")
        with author.database.engine.connect() as connection:
            return connection.scalar(asked) or 0

    def watched(*given: Any, **more: Any) -> bytes:
        counted.append(wrong_codes())
        return digest(*given, **more)

    monkeypatch.setattr(hashlib, "scrypt", watched)
    assert author.do().status_code == 200
    assert (set(counted), wrong_codes()) == ({1}, 0)

    counted.clear()
    author.code = "maple rocket sudden orange"
    for number in range(1, 4):
        assert author.do().status_code == 422
        assert (counted[-1], wrong_codes()) == (number, number)


def test_using_a_code_holds_up_no_other_writer(author: Author, held: list[bool]):
    held.clear()

    answer = author.do("consent", public="yes")

    assert answer.status_code == 200
    assert held
    assert not any(held)
