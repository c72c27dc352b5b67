"""Parts of people who come to a session, and what forms call them."""

from collections.abc import Mapping

from coprod_data.vocabulary.sessions import AttendeeKind

Part = tuple[AttendeeKind, int | None]  # a part, and the service where it is one


def by_name(came: Mapping[Part, int]) -> dict[str, int]:
    """Return numbers of parts by the names that forms give them: "board", "service-4"."""
    return {
        kind.value if service_id is None else f"{kind.value}-{service_id}": number
        for (kind, service_id), number in came.items()
    }
