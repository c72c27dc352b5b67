"""Statements that are built once."""

from collections.abc import Callable
from functools import cache, wraps
from threading import RLock
from typing import TypeVar

Build = TypeVar("Build", bound=Callable[..., object])

_building = RLock()  # one of these is built with others in it


def statement(build: Build) -> Build:
    """Build a statement, or a condition of one, once for each set of arguments.

    Building it takes longer than running it. It contains nothing about a person: the actor, the day
    and every choice are bound when it is sent. One thread builds at a time: of two that built
    the same one at once, what was kept could be wrong for as long as the process lived.
    """
    kept = cache(build)

    @wraps(build)
    def built(*args: object, **kwargs: object) -> object:
        with _building:
            return kept(*args, **kwargs)

    return built  # type: ignore[return-value] # called as before, answered from memory
