"""The headers of every answer, and the content policies: one for Streamlit, one for plain pages."""

from collections.abc import Iterable

from starlette.datastructures import MutableHeaders
from starlette.types import Message, Scope, Send

from pages.parts.cookies import is_secure
from pages.parts.log_lines import request_id

PLAIN_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; "
    "base-uri 'none'; object-src 'none'; frame-ancestors 'none'"
)
EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
OVER_TLS = {"Strict-Transport-Security": "max-age=31536000; includeSubDomains"}


def streamlit_policy(script_hashes: Iterable[str]) -> str:
    """Return the policy of Streamlit's pages: no eval, and only the known inline scripts.

    Streamlit sets styles inline; they cannot be forbidden.
    """
    scripts = " ".join(["'self'", *script_hashes])
    return (
        f"default-src 'none'; script-src {scripts}; "
        "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
        "connect-src 'self'; media-src 'self' blob:; worker-src 'self' blob:; frame-src 'self'; "
        "manifest-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; "
        "frame-ancestors 'none'"
    )


def with_headers(scope: Scope, send: Send, policy: str) -> Send:
    """Return a `send` that puts the headers on every answer."""

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in EVERYWHERE.items():
                headers[name] = value
            if is_secure(scope):
                headers.update(OVER_TLS)
            headers["Content-Security-Policy"] = policy
            headers["X-Request-Id"] = request_id.get() or ""
            if "server" in headers:
                del headers["server"]
        await send(message)

    return sending
