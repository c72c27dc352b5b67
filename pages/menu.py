"""MENU: every page with its words on screen, its icon, who may open it and who starts there."""

from collections.abc import Iterable
from dataclasses import dataclass

from coprod_data.files import docs
from coprod_data.permissions import GRANTS, Permission, Role, any_of
from coprod_data.vocabulary.labels import labelled

SECTIONS = {  # the rooms in the order of the menu, each with its title
    "voice": "Young people’s voice",
    "together": "Working together",
    "promise": "The Promise",
    "listening": "Listening",
    "board": "Meetings",
    "office": "Office",
}
MOST_FLAT = 7  # up to this many pages are side by side; more are folded into sections


@dataclass(frozen=True)
class MenuPage:
    """A page of the menu. `file` is under pages/: its folder is the room, its stem the address.

    `icon` names a file of `pages/static/icons`. `needs` equals what the page passes to `open_page`:
    any one of these opens it. A `plain` page comes before all sections. Roles in `lands` start here
    after signing in. A page with `raw_words` shows words that nobody has released, so idle people
    are signed out sooner. A `framed` page is opened from the frame of every page, or from another
    page, not from here. One that `asks` has the question at its foot whether it was useful.
    """

    file: str
    title: str
    icon: str
    needs: Permission | tuple[Permission, ...]
    plain: bool = False
    lands: tuple[Role, ...] = ()
    raw_words: bool = False
    framed: bool = False
    asks: bool = True

    @property
    def address(self) -> str:
        """The address of the page, with its slash."""
        return "/" if self.file == HOME else f"/{self.name}"

    @property
    def name(self) -> str:
        """The page's own name: the stem of its file."""
        return self.file.rpartition("/")[2].removesuffix(".py")

    @property
    def section(self) -> str:
        """The title of its section; none for a plain page."""
        return "" if self.plain else labelled(SECTIONS[self.file.partition("/")[0]])


HOME = "board/overview.py"  # the page at "/"
MY_WORK = "board/my_work.py"
SET_UP = "office/set_up.py"
SEARCH = "board/search.py"
WORDINGS = "promise/wordings.py"

MENU: tuple[MenuPage, ...] = (
    MenuPage(HOME, "Overview", "home", Permission.OVERVIEW_READ, plain=True),
    MenuPage(
        MY_WORK,
        "My work",
        "inbox",
        Permission.WORK_OWN,
        plain=True,
        lands=(Role.YOUTH_VOICE, Role.SAFEGUARDING, Role.MANAGER),
    ),
    MenuPage(
        "voice/my_cards.py",
        "My cards",
        "voice",
        Permission.ENTRIES_HOLD_CARD,
        lands=(Role.YOUNG_PERSON,),
        asks=False,
    ),
    MenuPage("voice/send_card.py", "Send a card", "pen", Permission.ENTRIES_HOLD_CARD, asks=False),
    MenuPage(
        "voice/send_idea.py",
        "I have an idea to fix this",
        "pen",
        Permission.ENTRIES_HOLD_CARD,
        asks=False,
    ),
    MenuPage(
        "voice/checking.py",
        "Checking",
        "inbox",
        (Permission.ENTRIES_QUEUE, Permission.ENTRIES_READ_HELD),
        raw_words=True,
    ),
    MenuPage("voice/add_entry.py", "Add an entry", "pen", Permission.ENTRIES_TYPE),
    MenuPage(
        "voice/page_feedback.py", "Were pages useful?", "question", Permission.PAGE_FEEDBACK_READ
    ),
    MenuPage(
        "voice/report_cards.py",
        "Report cards",
        "cards",
        (
            Permission.REPORT_CARDS_READ,
            Permission.REPORT_CARDS_READ_LINKED,
            Permission.REPORT_CARDS_READ_PUBLIC,
        ),
    ),
    MenuPage(
        "together/opportunities.py", "Opportunities", "together", Permission.OPPORTUNITIES_READ
    ),
    MenuPage("together/sessions.py", "Sessions", "calendar", Permission.SESSIONS_READ),
    MenuPage("together/projects.py", "Projects", "together", Permission.PROJECTS_READ),
    MenuPage("together/policies.py", "Policies", "paper", Permission.POLICIES_READ),
    MenuPage("together/recruitment.py", "Recruitment", "people", Permission.RECRUITMENT_READ),
    MenuPage("together/library.py", "Library", "paper", Permission.LIBRARY_READ),
    MenuPage("promise/actions.py", "Action plan", "promise", Permission.ACTIONS_READ),
    MenuPage(WORDINGS, "Wordings", "paper", Permission.ACTIONS_READ, framed=True),
    MenuPage(
        "listening/audits.py",
        "Participation audit",
        "listen",
        (Permission.AUDITS_READ, Permission.AUDITS_READ_OWN),
    ),
    MenuPage("listening/training.py", "Training", "school", Permission.TRAINING_READ),
    MenuPage("listening/surveys.py", "Surveys", "listen", Permission.SURVEYS_READ),
    MenuPage("listening/pulse.py", "Did we listen?", "smile", Permission.FIGURES_READ),
    MenuPage("listening/measures.py", "Figures", "up", Permission.FIGURES_READ),
    MenuPage("listening/priorities.py", "Priorities", "star", Permission.SURVEYS_READ),
    MenuPage(
        "listening/heard.py",
        "Who we have not heard from",
        "voice",
        (Permission.HEARD_READ, Permission.HEARD_TOTALS),
    ),
    MenuPage("board/meetings.py", "Meetings", "calendar", Permission.MEETINGS_READ),
    MenuPage("board/posts.py", "Who holds which office", "people", Permission.POSTS_READ),
    MenuPage("board/papers.py", "Papers", "paper", Permission.PAPERS_READ),
    MenuPage(
        "office/people.py",
        "People",
        "people",
        (Permission.PEOPLE_READ, Permission.PEOPLE_CONFIRM),
        lands=(Role.ADMINISTRATOR,),
    ),
    MenuPage("office/groups.py", "Groups", "groups", Permission.GROUPS_READ),
    MenuPage("office/venues.py", "Venues", "home", Permission.VENUES_READ),
    MenuPage(
        "office/settings.py",
        "Settings",
        "settings",
        (Permission.SETTINGS_CHANGE, Permission.DUTY_CHANGE),
    ),
    MenuPage(
        "office/absences.py",
        "Who is away",
        "calendar",
        Permission.ABSENCES_OWN,
    ),
    MenuPage(SET_UP, "Set-up", "check", (Permission.SETTINGS_CHANGE, Permission.PROMISE_ADOPT)),
    MenuPage(
        "office/history.py",
        "History",
        "history",
        (Permission.HISTORY_READ, Permission.OPENINGS_READ),
    ),
    MenuPage(SEARCH, "Search", "search", Permission.SEARCH_READ, plain=True, framed=True),
)


def menu_for(roles: Iterable[Role]) -> list[MenuPage]:
    """Return the pages that these roles may open, in the order of the menu."""
    held = frozenset(roles)
    return [page for page in MENU if any(held & GRANTS[need] for need in any_of(page.needs))]


def landing_of(roles: Iterable[Role]) -> MenuPage | None:
    """Return the first page for somebody in these roles, if they may open any."""
    held, mine = frozenset(roles), menu_for(roles)
    meant = [page for page in mine if held.intersection(page.lands)]
    return next(iter([*meant, *mine]), None)


def in_sections(mine: list[MenuPage]) -> dict[str, list[MenuPage]]:
    """Return a menu by the titles of its sections, plain pages first under an empty title.

    A menu of few pages has no sections. Pages in the frame are not in it.
    """
    mine = [page for page in mine if not page.framed]
    if len(mine) <= MOST_FLAT:
        return {"": mine}
    titles = [labelled(title) for title in SECTIONS.values()]
    sections = {words: [page for page in mine if page.section == words] for words in titles}
    plain = [page for page in mine if page.plain]
    return {"": plain, **{words: pages for words, pages in sections.items() if pages}}


def title_with(page: MenuPage, waiting: int) -> str:
    """Return the title of a page in the menu; that of My work has the number of what waits."""
    return f"{page.title} ({waiting})" if waiting and page.file == MY_WORK else page.title


def pages_page() -> str:
    """Return `docs/pages.md`: each page, its address and section, and who may open it."""
    rows = [[page.title, f"`{page.address}`", page.section or "-", *_marks(page)] for page in MENU]
    return docs.page(
        "Pages of the menu",
        "Young people without an account use `/share` and `/card`; these need no sign-in. Whose "
        "menu holds seven pages or fewer has them side by side, without sections. The search is "
        "opened from the box in the frame of every page, and the wordings from the action plan.",
        ["Page", "Address", "Section", *(role.words for role in Role)],
        rows,
    )


def _marks(page: MenuPage) -> list[str]:
    return ["yes" if page in menu_for([role]) else "" for role in Role]
