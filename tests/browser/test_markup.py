"""Every text of a council is replaced by markup and a word of 300 letters: nothing runs, everything
reads as typed, and no page of a phone scrolls sideways.
"""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
import sqlalchemy as sa
from playwright.sync_api import Browser, Locator, Page, expect
from sqlalchemy.engine import Connection

from coprod_data.models import Base
from coprod_data.queries.entries_marks import MARK
from coprod_data.rules.texts import clean
from coprod_data.store.keys import Keys
from coprod_data.store.sealed_texts import seal_text
from coprod_data.vocabulary.settings import CONTACTS, DUTY_NUMBERS, SettingKey
from pages.menu import menu_for
from pages.parts.forms import JOINER
from tests.browser.test_access import address
from tests.browser.test_first_words import PLACES
from tests.helpers.databases import SqliteFiles, opened
from tests.helpers.demo import DEMO
from tests.helpers.door_server import DoorServer
from tests.helpers.looking import PHONE, follow, sideways, wait_ready
from tests.helpers.payloads import PAYLOADS
from tests.pages.conftest import councils as councils

MINE = "/my_cards?id="  # and a mark, not a number
LONG_WORD = "Wohin" * 60
EACH = [f"{clean(text)} ({n})" for n, text in enumerate([LONG_WORD, *PAYLOADS])]
MARKUP = "\n".join(EACH)
NOT_TYPED = {  # not typed by anybody: user names, hashes, closed lists, keys
    "event", "event_text", "event_seal", "job", "login_attempt", "rate_count", "auth_session",
    "reset_link", "draft", "card_entry", "pulse_given",
    "person.username", "person.password_hash", "promise_theme.icon",
}  # fmt: skip
# The two labels hold no markup.
TYPED_SETTINGS = [SettingKey.COUNCIL_NAME, *CONTACTS, *DUTY_NUMBERS]
MADE_OF_MARKUP = """() => [...document.querySelectorAll(`
  [onload], [onerror], [onfocus], [ontoggle], [onmouseover], [href^="javascript:"], .katex,
  [src*="example.org"], [href*="example.org"], [action*="example.org"], [data*="example.org"],
  [content*="example.org"]`)].map(element => element.outerHTML.slice(0, 200))"""


def fill(connection: Connection) -> None:
    """Put the markup into every typed text of every row."""
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            named = f"{table.name}.{column.name}"
            is_text = isinstance(column.type, sa.String) and not isinstance(column.type, sa.Enum)
            if is_text and not {table.name, named} & NOT_TYPED:
                said = sa.literal(MARKUP)
                if (
                    column.unique or "reference" in column.name or column.name == "indicator"
                ):  # only these must differ
                    said = sa.cast(sa.literal_column("rowid"), sa.Text) + " " + said
                connection.execute(
                    sa.update(table).where(column.is_not(None), column != "").values({column: said})
                )
    settings = Base.metadata.tables["setting"]
    connection.execute(
        sa.update(settings).where(settings.c.key.in_(TYPED_SETTINGS)).values(value=MARKUP)
    )


def addresses(connection: Connection, keys: Keys) -> Iterator[tuple[str, str]]:
    """Each page as somebody who sees most of it, and each kind of record that has a page."""
    seen = set()
    for username in ("chair", "youth.voice", "manager", "young.person", "administrator"):
        for page in menu_for(DEMO[username]):
            if address(page) not in seen or page.file == "listening/audits.py":
                yield username, address(page)
            seen.add(address(page))
    for username, path, query in (
        ("chair", "/report_cards?id=", "SELECT min(report_card_id) FROM answer"),
        ("youth.voice", "/report_cards?id=", "SELECT min(id) FROM report_card WHERE title = ''"),
        ("young.person", "/report_cards?id=", "SELECT max(report_card_id) FROM answer"),
        ("chair", "/opportunities?id=", "SELECT min(opportunity_id) FROM outcome"),
        ("youth.voice", "/opportunities?id=", "SELECT min(opportunity_id) FROM invitation"),
        ("chair", "/opportunities?id=", "SELECT min(id) FROM opportunity WHERE state = 'parked'"),
        ("manager", "/actions?action=", "SELECT min(action_id) FROM action_update"),
        ("chair", "/actions?action=", "SELECT min(id) FROM action WHERE stage = 'proposed'"),
        ("chair", "/actions?commitment=", "SELECT min(commitment_id) FROM action"),
        ("chair", "/actions?theme=", "SELECT max(id) FROM promise_theme"),
        ("youth.voice", "/audits?return=", "SELECT min(return_id) FROM audit_answer"),
        ("young.person", MINE, "SELECT min(entry_id) FROM card_holder"),
        ("administrator", "/people?id=", "SELECT min(id) FROM person"),
        ("youth.voice", "/opportunities?new=", "SELECT 1"),
    ):
        number = str(connection.scalar(sa.text(query)))
        yield username, path + (seal_text(keys, MARK, number) if path == MINE else number)


@pytest.fixture(scope="module")
def door(
    councils: SqliteFiles, own_key: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[DoorServer]:
    url = councils.fresh()
    guard = "SELECT sql FROM sqlite_master WHERE name = 'entry_version_erase_only'"
    with opened(url, own_key) as database, database.engine.begin() as connection:
        statement = connection.scalar(sa.text(guard))
        connection.exec_driver_sql("DROP TRIGGER entry_version_erase_only")
        fill(connection)
        connection.exec_driver_sql(statement)
    environment = {"COPROD_DATABASE_URL": url, "COPROD_KEY_FILE": str(own_key)}
    with DoorServer(tmp_path_factory.mktemp("door"), **environment) as door:
        yield door


def test_every_page_shows_it_as_typed_and_runs_none_of_it(door: DoorServer, browser: Browser):
    with door.database.engine.connect() as connection:
        wanted = list(addresses(connection, door.database.keys))
    shown, wrong = 0, []
    for username in dict.fromkeys(name for name, _ in wanted):
        context = browser.new_context(**PHONE, reduced_motion="reduce")
        name, _, value = door.sign_in(username).partition("=")
        context.add_cookies([{"name": name, "value": value, "url": door.url}])
        context.add_init_script("window.alert = () => { window.hasRun = true }")
        page = context.new_page()
        said: list[str] = []
        page.on("request", lambda request, said=said: said.append(request.url))
        page.on("console", lambda line, said=said: said.append(line.text))
        for path in [path for who, path in wanted if who == username]:
            if path.partition("?")[0] in PLACES or page.url == "about:blank":
                page.goto(door.url + path)  # these say something before Streamlit draws them
                wait_ready(page)
            else:
                follow(page, path)
            shown += times_shown(page)[EACH[0]]
            wrong += [f"{username} {path}: {fault}" for fault in faults(page)]
        own = (door.url, door.url.replace("http", "ws"), "data:", "blob:")
        wrong += [line for line in said if line.startswith("http") and not line.startswith(own)]
        wrong += [line for line in said if "Content Security Policy" in line]
        context.close()

    assert wrong == []
    assert shown > 500


def test_a_draft_of_it_comes_back_as_typed_and_runs_none_of_it(door: DoorServer, browser: Browser):
    context = browser.new_context(reduced_motion="reduce")
    name, _, value = door.sign_in("youth.voice").partition("=")
    context.add_cookies([{"name": name, "value": value, "url": door.url}])
    context.add_init_script("window.alert = () => { window.hasRun = true }")
    page = context.new_page()
    with door.database.engine.connect() as connection:
        new = "SELECT max(id) FROM card_entry WHERE review = 'submitted' AND kind = 'words'"
        number = connection.scalar(sa.text(f"{new} AND typed_by_id IS NULL AND flags = '[]'"))

    def question() -> Locator:
        page.goto(f"{door.url}/checking")
        wait_ready(page)
        page.get_by_role("button", name=f"Read no. {number}", exact=True).click()
        wait_ready(page)
        page.get_by_role("radio", name="Ask them first").click()
        return page.get_by_label("What you want to ask, in plain words")

    box = question()
    box.fill(MARKUP)
    box.blur()
    wait_ready(page)
    expect(question()).to_have_value(MARKUP)
    assert list(faults(page)) == []
    context.close()


def faults(page: Page) -> Iterator[str]:
    if page.evaluate("() => window.hasRun || false"):
        yield "a script ran"
    if not page.locator("h1").first.is_visible():
        yield "the heading is hidden"
    yield from page.evaluate(MADE_OF_MARKUP)
    yield from (f"sticks out: {element}" for element in sideways(page))
    shown = times_shown(page)
    for (earlier, before), (later, after) in pairwise(shown.items()):
        if before < after:  # a text may be cut short; what is before the cut must be complete
            yield f"{earlier!r} shows {before} times, {later!r} {after} times"


def times_shown(page: Page) -> dict[str, int]:
    whole = str(page.evaluate("() => document.body.textContent")).replace(JOINER, "")
    text = " ".join(whole.split())
    return {one: text.count(" ".join(one.split())) for one in EACH}
