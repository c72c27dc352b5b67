"""The `streamlit` command in a process that has the benchmarks' own screens, too, in no menu.

So a screen that draws only a heading has the same door, sign-in, shell and settings as the pages of
the product, and runs in the same process as the pages compared with it.
"""

from pathlib import Path

from coprod_data.permissions import Permission
from pages import menu
from pages.menu import MenuPage

SCREENS = Path(__file__).with_name("screens")
TITLES = {
    "empty.py": "Empty",
    "fragment.py": "A fragment",
    "share_words.py": "The words of /share",
}

if __name__ == "__main__":
    from streamlit.web.cli import main

    menu.MENU += tuple(
        MenuPage(
            str(SCREENS / file), title, "clock", Permission.ACCOUNT_OWN, plain=True, framed=True
        )
        for file, title in TITLES.items()
    )
    main(prog_name="streamlit")
