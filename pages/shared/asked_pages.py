"""Which pages ask whether they were useful, and what each is called.

Those do not that answer what a young person just sent, or show a room or a meeting; nor one that
shows first whom to call.
"""

from pages.menu import HOME, MENU

PLAIN = {  # pages without Streamlit, by their address
    "share": "Tell us",
    "join": "Join in",
    "privacy": "Privacy",
    "accessibility": "Accessibility",
    "account": "Your account",
}


def asked_pages() -> dict[str, str]:
    """Return the title of each page that asks, by its name in an address."""
    return {page.name: page.title for page in MENU if page.asks} | PLAIN


def address_of(name: str) -> str:
    """Return the address of such a page."""
    home = next(page.name for page in MENU if page.file == HOME)
    return "/" if name == home else f"/{name}"
