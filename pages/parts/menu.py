"""MENU: every finished page with its words on screen, its icon and who may open it."""

from collections.abc import Iterable
from dataclasses import dataclass

from coprod_data.permissions import GRANTS, Permission, Role


@dataclass(frozen=True)
class MenuPage:
    """A page of the menu. `file` stands under pages/; its stem is the page's address.

    `needs` equals what the page hands to `open_page`: any one of these opens it.
    """

    file: str
    title: str
    icon: str
    needs: Permission | tuple[Permission, ...]


HOME = "board/overview.py"  # the page at "/"
LANDINGS = ("voice/my_cards.py", "office/people.py")  # where those land who may not open it

MENU: tuple[MenuPage, ...] = (
    MenuPage("voice/my_cards.py", "My cards", ":material/mail:", Permission.ENTRIES_HOLD_CARD),
    MenuPage(HOME, "Overview", ":material/home:", Permission.OVERVIEW_READ),
    MenuPage(
        "voice/checking.py",
        "Checking",
        ":material/inbox:",
        (Permission.ENTRIES_QUEUE, Permission.ENTRIES_READ_HELD),
    ),
    MenuPage("voice/add_entry.py", "Add an entry", ":material/edit:", Permission.ENTRIES_TYPE),
    MenuPage(
        "voice/report_cards.py",
        "Report cards",
        ":material/forum:",
        (
            Permission.REPORT_CARDS_READ,
            Permission.REPORT_CARDS_READ_LINKED,
            Permission.REPORT_CARDS_READ_PUBLIC,
        ),
    ),
    MenuPage(
        "together/opportunities.py",
        "Chances to work together",
        ":material/handshake:",
        Permission.OPPORTUNITIES_READ,
    ),
    MenuPage("promise/actions.py", "The Promise", ":material/checklist:", Permission.ACTIONS_READ),
    MenuPage(
        "promise/audits.py",
        "Are we listening?",
        ":material/hearing:",
        (Permission.AUDITS_READ, Permission.AUDITS_READ_OWN),
    ),
    MenuPage(
        "office/people.py",
        "People",
        ":material/group:",
        (Permission.PEOPLE_READ, Permission.PEOPLE_CONFIRM),
    ),
    MenuPage(
        "office/settings.py",
        "Settings",
        ":material/tune:",
        (Permission.SETTINGS_CHANGE, Permission.DUTY_CHANGE),
    ),
    MenuPage(
        "office/set_up.py",
        "Set-up",
        ":material/checklist:",
        (Permission.SETTINGS_CHANGE, Permission.PROMISE_ADOPT),
    ),
    MenuPage("office/history.py", "History", ":material/history:", Permission.HISTORY_READ),
)


def menu_for(roles: Iterable[Role]) -> list[MenuPage]:
    """Return the pages that these roles may open, in the order of the menu."""
    held = frozenset(roles)
    return [page for page in MENU if any(held & GRANTS[need] for need in any_of(page.needs))]


def landing_of(mine: list[MenuPage]) -> str | None:
    """Return the file of the page that somebody with this menu sees first, if there is any."""
    files = [page.file for page in mine]
    return next((file for file in (*LANDINGS, *files) if file in files), None)


def any_of(needs: Permission | tuple[Permission, ...] | None) -> tuple[Permission, ...]:
    """Return the permissions of which one is enough."""
    if needs is None:
        return ()
    return (needs,) if isinstance(needs, Permission) else needs
