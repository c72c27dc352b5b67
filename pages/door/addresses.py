"""Which addresses there are, and to which of them somebody may be sent back."""

from urllib.parse import quote

from starlette.types import Scope

from pages.menu import MENU

ACCOUNT = "/account"
NOT_YET = frozenset({"/together"})
CLOSED = ("/_stcore/metrics", "/_stcore/script-health-check", "/_stcore/agent")
HARMLESS = ("/_stcore/health", "/_stcore/host-config")
INSIDE = ("/_stcore/", "/media/", "/component/")
ASSETS = ("/static/", "/app/static/")


LONGEST = 2_000  # letters of an address that leads back


def page_addresses() -> frozenset[str]:
    """Return the address of every page of the menu."""
    return frozenset({"/", *(page.address for page in MENU)})


def is_harmless(path: str) -> bool:
    """Say whether a request, at the root or a page's address, only asks if Streamlit is there."""
    asked_from = {"", *page_addresses()}
    return any(
        path.endswith(place) and path.removesuffix(place) in asked_from for place in HARMLESS
    )


def is_under(path: str, places: tuple[str, ...]) -> bool:
    """Say whether Streamlit's own address is anywhere in a path: `/actions/_stcore/health`."""
    return any(place in path for place in places)


def sign_in_address(scope: Scope) -> str:
    """Return the address of the sign-in page, with the way back to what was requested."""
    query = scope["query_string"].decode("latin-1")
    wanted = scope["path"] + (f"?{query}" if query else "")
    address = f"/sign-in?next={quote(wanted, safe='')}"
    # It is in a header, and a proxy takes only short ones.
    return "/sign-in" if wanted == "/" or len(address) > LONGEST else address


def safe_next(wanted: str) -> str:
    """Return this address if it is one of ours to open after signing in, else "/"."""
    path, _, _ = wanted.partition("?")
    is_plain = wanted.startswith("/") and wanted[1:2] not in ("/", "\\") and wanted.isprintable()
    is_ours = path in page_addresses() or path == ACCOUNT or path.startswith("/export/")
    return wanted if is_plain and is_ours and "\\" not in wanted and ".." not in path else "/"
