"""How often one address may do one thing on the plain pages."""

from ipaddress import IPv6Address, ip_address, ip_network

from starlette.requests import Request

from coprod_data.commands.limits import count_visit, uncount_visit
from coprod_data.queries.limits import is_within_limit
from coprod_data.store import database
from coprod_data.store.actors import System
from pages.parts.plain import in_thread

UNREADABLE = "unreadable"


def client_address(client: tuple[str, int] | None) -> str:
    """Return whose limit a connection counts against: an IPv4 address or an IPv6 /64.

    `client` is from the ASGI scope, where a trusted proxy may have set it. All unreadable addresses
    share one limit.
    """
    try:
        address = ip_address(client[0] if client else "")
    except ValueError:
        return UNREADABLE
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped is None:
            return str(ip_network((address.packed[:8] + bytes(8), 64)).network_address)
        address = address.ipv4_mapped
    return str(address)


async def within_limit(
    request: Request, what: str, *, most: int, minutes: int, count: bool = True
) -> bool:
    """Say whether an address is within its limit, counting this request unless told not to."""
    address = client_address(request.scope.get("client"))

    def asked() -> bool:
        if count:
            with database.writing(System()) as (db, system):
                return count_visit(
                    db, system, what=what, address=address, most=most, minutes=minutes
                )
        with database.reading(System()) as (db, system):
            return is_within_limit(
                db, system, what=what, address=address, most=most, minutes=minutes
            )

    return await in_thread(asked)


async def take_out_of_limit(request: Request, what: str, *, minutes: int) -> None:
    """Take back that this request was counted."""
    address = client_address(request.scope.get("client"))

    def uncounted() -> None:
        with database.writing(System()) as (db, system):
            uncount_visit(db, system, what=what, address=address, minutes=minutes)

    await in_thread(uncounted)
