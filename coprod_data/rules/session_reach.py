"""How many people a session reached and how many replied, and by which channel it was."""

from dataclasses import asdict, dataclass
from typing import Any, Self

from coprod_data.permissions import Invalid
from coprod_data.vocabulary.sessions import SessionChannel, SessionKind, SessionWay

MOST_REACHED = 100_000  # letters to every family

_BY_KIND = {
    SessionKind.STAND: SessionChannel.STAND,
    SessionKind.PEER_LED: SessionChannel.PEER_LED,
    SessionKind.GROUP_VISIT: SessionChannel.VISIT,
}
_BY_WAY = {SessionWay.POST: SessionChannel.LETTER, SessionWay.ONLINE: SessionChannel.ONLINE}


def channel_of(kind: SessionKind, way: SessionWay, *, with_group: bool) -> SessionChannel:
    """Return the one channel of a session: what it is for, else how people take part, else whether
    it was with a group that meets anyway.
    """
    other = SessionChannel.VISIT if with_group else SessionChannel.OTHER
    return _BY_KIND.get(kind) or _BY_WAY.get(way, other)


@dataclass(frozen=True)
class Reach:
    """How many people were asked at one session, or by one letter, and how many replied."""

    reached: int = 0
    replies: int = 0

    @classmethod
    def of(cls, row: Any) -> Self:
        """Return what a row holds; nothing where there is no row."""
        return cls() if row is None else cls(row.reached, row.replies)

    @property
    def values(self) -> dict[str, Any]:
        """The values by their names."""
        return asdict(self)

    def checked(self) -> Self:
        """Return it if no more replied than were reached. Raises Invalid."""
        if not 0 <= self.reached <= MOST_REACHED:
            raise Invalid(f"Give a number from 0 to {MOST_REACHED:,}.", field="reached")
        if not 0 <= self.replies <= self.reached:
            raise Invalid("No more can reply than were reached.", field="replies")
        return self
