"""The drawing that a phone's camera reads, for the pages of sessions and the screen of a room."""

from dataclasses import dataclass

import segno

JOIN = "/join"


@dataclass(frozen=True)
class WayIn:
    """How phones come in: the address as people type it, and its drawing as an image's address."""

    typed: str
    drawn: str


def way_in(site: str, words: str) -> WayIn:
    """Return the way to the page of join codes at this site, with these words for the box there.

    The words stand after a `#`: a phone sends them to no server, so they are in no log.
    """
    address = site.rstrip("/") + JOIN
    drawn = segno.make(f"{address}#{words.replace(' ', '-')}", error="m", micro=False)
    typed = address.partition("://")[2] or address
    return WayIn(typed, drawn.svg_data_uri(border=2, dark="#14213D", light="#FFFFFF"))
