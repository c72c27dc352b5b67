"""What is answered while an invented council is played into a new database: how far that is.

A watcher reads 503, because nothing can be served yet; a browser asks again by itself.
"""

from dataclasses import dataclass

from starlette.responses import PlainTextResponse, Response

AGAIN = 5  # seconds
WORDS = (
    "An invented council is being set up: {}%. This takes half a minute, longer on a busy machine. "
    "This page opens by itself."
)


class Stopped(Exception):
    """The server is stopped in the middle of the play; nothing of it is kept."""


@dataclass
class Play:
    """How far a play has come, in rows."""

    number: int = 0
    whole: int = 1
    stop: bool = False

    def tell(self, number: int, whole: int) -> None:
        """Note how far it is. Raises Stopped once the server is stopping."""
        self.number, self.whole = number, whole
        if self.stop:
            raise Stopped

    @property
    def percent(self) -> int:
        """The part of its rows that was played."""
        return 100 * self.number // max(self.whole, 1)


_plays: list[Play] = []  # the one that is on


def begin_play() -> Play:
    """Say that a play begins; until `end_play` every request is answered here."""
    _plays[:] = [Play()]
    return _plays[0]


def end_play() -> None:
    """Say that it is over, or that the server stops."""
    for play in _plays:
        play.stop = True
    _plays.clear()


def still_starting(*, watcher: bool) -> Response | None:
    """Return what to answer while a play is on, to a watcher or to a browser; else None."""
    if not _plays:
        return None
    percent = _plays[0].percent
    headers = {"Cache-Control": "no-store", "Retry-After": str(AGAIN)}
    if watcher:
        return PlainTextResponse(f"starting, {percent}%", 503, headers)
    return PlainTextResponse(WORDS.format(percent), 503, headers | {"Refresh": str(AGAIN)})
