"""Slow hashes wait their turn. So nobody who sends many at once, from however many addresses, takes
the server's threads and memory from everybody else.
"""

import asyncio
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import copy_context
from functools import partial
from typing import ParamSpec, TypeVar

Given = ParamSpec("Given")
Answer = TypeVar("Answer")


class Turns:
    """One queue. `at_once` are hashed at a time; `most` may wait or be hashed, when it is not None.

    Who gets no place is to be told so before anything of theirs is counted or looked up.
    """

    def __init__(self, name: str, at_once: int, most: int | None = None) -> None:
        self._threads = ThreadPoolExecutor(at_once, thread_name_prefix=name)
        self._most, self._there = most, 0

    @contextmanager
    def place(self) -> Iterator[bool]:
        """Take a place in the queue, and say whether there was one."""
        if self._most is not None and self._there >= self._most:
            yield False
            return
        self._there += 1
        try:
            yield True
        finally:
            self._there -= 1

    async def run(
        self, work: Callable[Given, Answer], *args: Given.args, **kwargs: Given.kwargs
    ) -> Answer:
        """Do slow work once it is its turn, off the event loop."""
        told = copy_context()  # what is logged there names the request too
        begun = partial(told.run, work, *args, **kwargs)
        return await asyncio.get_running_loop().run_in_executor(self._threads, begun)


# Strangers wait for strangers only: not who is signed in, has a link, or signed in here lately.
PASSWORDS, PASSWORDS_OF_STRANGERS = Turns("passwords", 2), Turns("strangers", 2, 50)
# Nor does a child with a card open wait for who types codes, or with a card written.
CODES_OF_OPEN_CARDS, CODES_TYPED = Turns("open-cards", 2), Turns("typed-codes", 2, 60)
CODES_OF_NEW_CARDS = Turns("new-cards", 2)
