"""Which addresses there are, and which of them one may be sent back to."""

from urllib.parse import quote

from starlette.types import Scope

from pages.menu import MENU

NOT_YET = frozenset({"/join", "/together"})
CLOSED = ("/_stcore/metrics", "/_stcore/script-health-check", "/_stcore/agent")
HARMLESS = ("/_stcore/health", "/_stcore/host-config")
INSIDE = ("/_stcore/", "/media/", "/component/")
ASSETS = ("/static/", "/app/static/")


def page_addresses() -> frozenset[str]:
    """Return the address of every page of the menu."""
    return frozenset({"/", *(page.address for page in MENU)})


def is_harmless(path: str) -> bool:
    """Say whether a browser asks, at the root or from a page's address, if Streamlit is there."""
    asked_from = {"", *page_addresses()}
    return any(
        path.endswith(place) and path.removesuffix(place) in asked_from for place in HARMLESS
    )


def is_under(path: str, places: tuple[str, ...]) -> bool:
    """Say whether Streamlit's own address stands anywhere in a path: `/actions/_stcore/health`."""
    return any(place in path for place in places)


def sign_in_address(scope: Scope) -> str:
    """Return the sign-in page that leads back to where a request wanted to go."""
    query = scope["query_string"].decode("latin-1")
    wanted = scope["path"] + (f"?{query}" if query else "")
    return "/sign-in" if wanted == "/" else f"/sign-in?next={quote(wanted, safe='')}"


def safe_next(wanted: str) -> str:
    """Return an address of ours to go on to after signing in; "/" for anything else."""
    path, _, _ = wanted.partition("?")
    is_plain = wanted.startswith("/") and wanted[1:2] not in ("/", "\\") and wanted.isprintable()
    is_ours = path in page_addresses() or path.startswith("/export/")
    return wanted if is_plain and is_ours and "\\" not in wanted and ".." not in path else "/"
