"""What the browser tests ask of a page: is it ready, is it accessible, does it fit?"""

import os
import shutil
from collections.abc import Callable
from functools import cache
from importlib.resources import files

from playwright.sync_api import Page

Visit = Callable[..., Page]

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

DESK = {"viewport": {"width": 1280, "height": 900}}
PHONE = {
    "viewport": {"width": 360, "height": 740},
    "device_scale_factor": 2,
    "has_touch": True,
    "is_mobile": True,
}
REFLOW = {"viewport": {"width": 320, "height": 256}}
SCREENS = {"desk": DESK, "phone": PHONE, "reflow": REFLOW}

READY = """() => {
  if (document.getElementById('first')) return false;  // Streamlit's page is still to come
  const app = document.querySelector('[data-testid=stApp]');
  if (!app) return !!document.querySelector('main');
  return app.getAttribute('data-test-script-state') === 'notRunning'
    && !document.querySelector('[data-testid=stAppSkeleton], [data-testid=stSkeleton]')
    && !document.querySelector('[data-stale="true"]')
    && ![...document.querySelectorAll('[data-testid=stElementContainer]')].some(
      (element) => getComputedStyle(element).opacity < 1)  // what was stale fades in again
    && !!document.querySelector('[data-testid=stMain] h1');
}"""

FOLLOW = """(address) => new Promise((begun, never) => {
  const watching = new MutationObserver(() => {
    watching.disconnect();
    begun();
  });
  watching.observe(document.querySelector('[data-testid=stApp]'), {
    attributes: true, attributeFilter: ['data-test-script-state'],
  });
  // On a busy machine it may begin and end between two looks: then only what is on it changes.
  watching.observe(document.querySelector('[data-testid=stMain]'), {
    childList: true, subtree: true,
  });
  setTimeout(() => never(new Error(`${address} was not asked for`)), 20000);
  history.pushState({}, '', address);
  dispatchEvent(new PopStateEvent('popstate'));
})"""

STICKS_OUT = """() => {
  const edge = window.innerWidth + 2;
  const scrolls = (element) => {
    for (let up = element.parentElement; up && up !== document.body; up = up.parentElement) {
      const frame = /^(stMain|stApp|stAppViewContainer)$/.test(up.dataset.testid || '');
      const flow = getComputedStyle(up).overflowX;
      if (!frame && flow !== 'visible' && up.getBoundingClientRect().right <= edge) return true;
    }
    return false;
  };
  return [...document.querySelectorAll('body *')].filter((element) => {
    const box = element.getBoundingClientRect(), style = getComputedStyle(element);
    return box.width > 1 && box.height > 1 && box.right > edge && style.visibility !== 'hidden'
      && style.position !== 'fixed' && !scrolls(element);
  }).slice(0, 5).map((element) => element.dataset.testid || element.className || element.tagName);
}"""

AXE = """async ([rules, outside]) => {
  const {violations} = await axe.run(document, {
    runOnly: {type: 'tag', values: rules}, resultTypes: ['violations'], elementRef: true,
  });
  const allowed = (fault, {element}) =>
    outside && fault.id === 'region' && element.closest(outside);
  return violations.flatMap((fault) => fault.nodes.filter((node) => !allowed(fault, node)).map(
    (node) => `${fault.id} (${fault.impact}): ${node.target} ${node.failureSummary}`));
}"""


def chromium_here() -> str | None:
    """Where Chromium is: as the environment says, or the quickest that is installed, or None."""
    names = ("chromium-headless-shell", "chromium", "google-chrome")
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)


def wait_ready(page: Page) -> None:
    """Wait until the page is complete: the script has finished, no skeletons, a heading."""
    page.wait_for_function(READY, timeout=30_000, polling=100)  # at each frame it costs too much
    page.wait_for_timeout(300)


def follow(page: Page, address: str) -> None:
    """Go to another page as a link of the menu does: within the app, which is not loaded again."""
    page.evaluate(FOLLOW, address)  # returns once the script of that page runs
    wait_ready(page)


@cache
def axe_source() -> str:
    return files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")


def axe_violations(page: Page, *, outside: str = "") -> list[str]:
    """Every fault axe finds by WCAG 2.2 AA and best practice, a line each.

    A fault is one that is still there a second later: on a busy machine something may fade in just
    then. Only what the selector `outside` finds may be outside the landmarks.
    """
    if page.evaluate("() => !window.axe"):
        page.evaluate(axe_source())
    found = page.evaluate(AXE, [RULES, outside])
    if found:
        page.wait_for_timeout(1_000)
        found = page.evaluate(AXE, [RULES, outside])
    return found


def sideways(page: Page) -> list[str]:
    """What makes the page scroll sideways."""
    return page.evaluate(STICKS_OUT)
