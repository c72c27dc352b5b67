"""The stylesheet of Streamlit's pages, put together once and sent as one file.

Its parts are the files of `pages/static/css` in the order of their names. Each file of
`pages/static/icons` becomes `--icon-NAME` and `.icon-NAME`, and each page of the menu shows the
icon that its line of MENU names.
"""

from functools import cache
from pathlib import Path

from pages.menu import MENU

STATIC = Path(__file__).parents[1] / "static"
CSS, ICONS = STATIC / "css", STATIC / "icons"
NAME = "app.css"
MENU_LINKS = (
    ":is([data-testid=stTopNavLink],[data-testid=stTopNavDropdownLink],"
    "[data-testid=stSidebarNavLink])"
)


@cache
def stylesheet() -> str:
    """Return the whole of it."""
    icons = {path.stem: _as_address(path) for path in sorted(ICONS.glob("*.svg"))}
    drawings = "".join(f"--icon-{name}:{address};" for name, address in icons.items())
    return "\n".join(
        [
            *(path.read_text("utf-8") for path in sorted(CSS.glob("*.css"))),
            f":root{{{drawings}}}",
            *(f".icon-{name}{{--icon:var(--icon-{name})}}" for name in icons),
            *(
                f'{MENU_LINKS}[href$="{page.address}"]{{--icon:var(--icon-{page.icon})}}'
                for page in MENU
            ),
        ]
    )


def is_part(path: Path) -> bool:
    """Say whether a file of `pages/static` is sent as a part of the stylesheet, not by itself."""
    return path.parent == CSS or (path.parent == ICONS and path.suffix == ".svg")


def _as_address(path: Path) -> str:
    """Return a drawing as an address that holds it whole."""
    drawn = path.read_text("utf-8").strip().replace('"', "'")
    for sign in "%<>#":
        drawn = drawn.replace(sign, f"%{ord(sign):X}")
    return f'url("data:image/svg+xml,{drawn}")'
