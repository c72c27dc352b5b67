"""Statements that are built once."""

from collections.abc import Callable
from functools import cache
from typing import TypeVar

Build = TypeVar("Build", bound=Callable[..., object])


def statement(build: Build) -> Build:
    """Build a statement, or a condition of one, once for each set of arguments.

    Building it takes longer than running it. It contains nothing about a person: the actor, the day
    and every choice are bound when it is sent.
    """
    return cache(build)  # type: ignore[return-value] # called as before, answered from memory
