"""Cookies named by scheme: `__Host-` and Secure over TLS, a plain name on a demo's own machine."""

from starlette.datastructures import Headers
from starlette.requests import cookie_parser
from starlette.responses import Response
from starlette.types import Scope


def is_secure(scope: Scope) -> bool:
    """Say whether a request came over TLS, as the server or its trusted proxy says."""
    return scope.get("scheme") in ("https", "wss")


def cookie_name(scope: Scope, name: str) -> str:
    """Return the name that this scheme uses for a cookie; the other name is never read."""
    return f"__Host-{name}" if is_secure(scope) else name


def cookie(scope: Scope, name: str) -> str | None:
    """Return the value that a browser sent, or None."""
    sent = "; ".join(Headers(scope=scope).getlist("cookie"))
    return cookie_parser(sent).get(cookie_name(scope, name))


def set_cookie(
    response: Response, scope: Scope, name: str, value: str, *, days: int | None = None
) -> None:
    """Give a browser a cookie out of reach of any script, for as long as it stays open, or for
    some days.
    """
    response.set_cookie(
        cookie_name(scope, name),
        value,
        max_age=None if days is None else days * 24 * 3600,
        path="/",
        secure=is_secure(scope),
        httponly=True,
        samesite="lax",
    )


def drop_cookie(response: Response, scope: Scope, name: str) -> None:
    """Take a cookie away."""
    response.delete_cookie(
        cookie_name(scope, name),
        path="/",
        secure=is_secure(scope),
        httponly=True,
        samesite="lax",
    )
