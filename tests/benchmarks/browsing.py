"""A page in Chromium, timed from the navigation until it is complete and no longer changes.

A page of Streamlit is ready when its script has finished, no skeleton is left and there is a
heading; a plain page when it and its fonts are loaded. The time counts to the last change before
`STILL` milliseconds without one.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, BrowserContext, Error, Page, sync_playwright

from tests.benchmarks.measuring import NotReady
from tests.browser.conftest import FLAGS
from tests.helpers.looking import READY, chromium_here

STILL = 400
PATIENCE = 60_000  # ms

WATCH = f"""(() => {{
  const isReady = {READY};
  const isWhole = () => document.readyState === 'complete'
    && document.fonts.status === 'loaded' && isReady();
  const watched = window.__watched = {{ changed: 0, whole: null }};
  const look = () => {{
    if (!isWhole()) watched.whole = null;
    else watched.whole ??= performance.now();
  }};
  const change = () => {{ watched.changed = performance.now(); look(); }};
  new MutationObserver(change).observe(document,
    {{ childList: true, subtree: true, attributes: true, characterData: true }});
  addEventListener('load', change);
  document.fonts.addEventListener('loadingdone', change);
  watched.ready = () => {{
    look();
    if (watched.whole === null) return 0;
    const last = Math.max(watched.whole, watched.changed);
    return performance.now() - last > {STILL} && last;
  }};
}})()"""


@contextmanager
def chromium() -> Iterator[Browser]:
    """The browser. Raises NotReady if there is none."""
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=chromium_here(), args=FLAGS)
        except Error as error:
            raise NotReady("No browser: install chromium.") from error
        yield browser
        browser.close()


@contextmanager
def visitor(
    browser: Browser, url: str, cookie: str = "", *, address: str = ""
) -> Iterator[BrowserContext]:
    """Somebody with an empty cache and their own address, signed in by a cookie header."""
    context = browser.new_context(
        locale="en-GB",
        timezone_id="Europe/London",
        reduced_motion="reduce",
        extra_http_headers={"X-Forwarded-For": address} if address else {},
        viewport={"width": 1280, "height": 900},
    )
    try:
        if cookie:
            name, _, value = cookie.partition("=")
            context.add_cookies([{"name": name, "value": value, "url": url}])
        context.add_init_script(WATCH)
        yield context
    finally:
        context.close()


def visit(context: BrowserContext, address: str) -> float:
    """Open an address in a new tab and return the milliseconds until it was ready."""
    page = context.new_page()
    try:
        return opened(page, address)
    finally:
        page.close()


def opened(page: Page, address: str, patience: float = PATIENCE) -> float:
    """Go to an address and return the milliseconds until it was ready. Raises NotReady."""
    try:
        page.goto(address, wait_until="commit", timeout=patience)
        ready = page.wait_for_function(
            "() => window.__watched && window.__watched.ready()", timeout=patience, polling=50
        )
    except Error as error:
        raise NotReady(f"{address} never got ready: {error.message.splitlines()[0]}") from error
    if page.url.rstrip("/") != address.rstrip("/"):
        raise NotReady(f"{address} led to {page.url}.")
    if page.locator("[data-testid=stException]").count():
        raise NotReady(f"{address} showed an error.")
    return float(ready.json_value())
