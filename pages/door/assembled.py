"""The stylesheet and the script of Streamlit's pages: many small files, each sent as one.

The stylesheet begins with the faces that Streamlit's theme names, because pages are read before
Streamlit has arrived, and holds the files of `pages/static/css` in the order of their names. Each
file of `pages/static/icons` becomes `--icon-NAME` and `.icon-NAME` in it, and each page of the menu
shows the icon that its line of MENU names. The script holds the files of `pages/static/js`, each in
a block of its own.
"""

import tomllib
from functools import cache
from pathlib import Path

from pages.menu import MENU

STATIC = Path(__file__).parents[1] / "static"
SETTINGS = STATIC.parents[1] / ".streamlit" / "config.toml"
CSS, ICONS, JS = STATIC / "css", STATIC / "icons", STATIC / "js"
MENU_LINKS = (
    ":is([data-testid=stTopNavLink],[data-testid=stTopNavDropdownLink],"
    "[data-testid=stSidebarNavLink],.first-link)"
)


@cache
def assembled() -> dict[str, bytes]:
    """Return by name the files that are sent instead of their parts; they are read once."""
    return {"app.css": _stylesheet().encode(), "app.js": _script().encode()}


def is_part(path: Path) -> bool:
    """Say whether a file of `pages/static` is sent as a part of another, not by itself."""
    return path.parent in (CSS, JS) or (path.parent == ICONS and path.suffix == ".svg")


def _stylesheet() -> str:
    icons = {path.stem: _as_address(path) for path in sorted(ICONS.glob("*.svg"))}
    drawings = "".join(f"--icon-{name}:{address};" for name, address in icons.items())
    return "\n".join(
        [
            *_faces(),
            *(path.read_text("utf-8") for path in sorted(CSS.glob("*.css"))),
            f":root{{{drawings}}}",
            *(f".icon-{name}{{--icon:var(--icon-{name})}}" for name in icons),
            *(
                f'{MENU_LINKS}[href$="{page.address}"]{{--icon:var(--icon-{page.icon})}}'
                for page in MENU
            ),
        ]
    )


def _faces() -> list[str]:
    """Return the theme's faces, at the same addresses, so that each is fetched once."""
    theme = tomllib.loads(SETTINGS.read_text("utf-8"))["theme"]
    return [
        f'@font-face{{font-family:"{face["family"]}";src:url("/{face["url"]}") format("woff2");'
        f"font-weight:{face['weight']};font-display:swap;unicode-range:{face['unicodeRange']}}}"
        for face in theme["fontFaces"]
    ]


def _as_address(path: Path) -> str:
    """Return a drawing as a data address."""
    drawn = path.read_text("utf-8").strip().replace('"', "'")
    for sign in "%<>#":
        drawn = drawn.replace(sign, f"%{ord(sign):X}")
    return f'url("data:image/svg+xml,{drawn}")'


def _script() -> str:
    parts = [path.read_text("utf-8") for path in sorted(JS.glob("*.js"))]
    return "\n".join(['"use strict";', *(f"{{\n{part}}}" for part in parts)])
