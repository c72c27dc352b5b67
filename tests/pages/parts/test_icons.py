"""Icons: one drawing in each file, and a file for each icon that is named anywhere."""

import re
from pathlib import Path

import pytest

from coprod_data.commands.promise import ICONS as THEME_ICONS
from coprod_data.vocabulary.base import Worded
from pages.door.assembled import assembled
from pages.menu import MENU
from pages.parts.looks import LOOKS, look
from tests.helpers.source import ROOT

STATIC = ROOT / "pages" / "static"
CSS = assembled()["app.css"].decode()
ICONS = {path.stem: path.read_text("utf-8") for path in (STATIC / "icons").glob("*.svg")}
PLAIN = {"public", "door"}  # they have their own drawings
TEMPLATES, PAGES = (
    sorted(path for path in (ROOT / "pages").rglob(kind) if not PLAIN.intersection(path.parts))
    for kind in ("*.html", "*.py")
)


def test_every_icon_is_drawn_with_the_same_pen():
    pen = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="#000"'
        ' stroke-width="2.2" stroke-linecap="round" stroke-linejoin="round"><'
    )

    assert [name for name, drawn in ICONS.items() if not drawn.startswith(pen)] == []
    assert [name for name in ICONS if f".icon-{name}{{--icon:var(--icon-{name})}}" not in CSS] == []


def test_every_page_of_the_menu_and_every_theme_has_an_icon():
    assert {page.icon for page in MENU} - ICONS.keys() == set()
    assert THEME_ICONS - ICONS.keys() == set()


def test_the_icon_of_a_page_hangs_on_its_address_in_each_form_of_the_menu():
    for page in MENU:
        icon = f"{{--icon:var(--icon-{page.icon})}}"
        ours = [line for line in CSS.splitlines() if f'[href$="{page.address}"]' in line]
        [rule] = [line for line in ours if line.endswith(icon)]

        for link in ("stTopNavLink", "stTopNavDropdownLink", "stSidebarNavLink"):
            assert f"[data-testid={link}]" in rule


@pytest.mark.parametrize("states", LOOKS)
def test_every_state_that_is_shown_has_an_icon(states: type[Worded]):
    assert {look(state).icon for state in states} - ICONS.keys() == set()


def test_every_icon_that_the_stylesheet_asks_for_has_a_file():
    assert set(re.findall(r"var\(--icon-([a-z]+)\)", CSS)) - ICONS.keys() == set()


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_every_icon_of_a_template_has_a_file(template: Path):
    calls = re.findall(r"\b(?:icon|mark)\(([^()]*)\)", template.read_text("utf-8"))
    named = {
        name for call in calls for name in re.findall(r'"([a-z]+)"', re.sub(r'== "\w+"', "", call))
    }

    assert named - ICONS.keys() == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_every_icon_that_a_page_names_has_a_file(page: Path):
    named = re.findall(r'\bicon(?:=|": )"([a-z]+)"', page.read_text("utf-8"))

    assert set(named) - ICONS.keys() == set()


def test_icons_carry_their_licence():
    assert "ISC License" in (STATIC / "icons" / "lucide-ISC.txt").read_text("utf-8")
