"""A card code is slow to make and to check, on purpose: no writer waits during this."""

import hashlib
from collections.abc import Callable
from typing import Any

import pytest
from starlette.testclient import TestClient

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


def test_using_a_code_holds_up_no_other_writer(author: Author, held: list[bool]):
    held.clear()

    answer = author.do("consent", public="yes")

    assert answer.status_code == 200
    assert held
    assert not any(held)
