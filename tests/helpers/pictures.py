"""Takes the pictures of the README from the demo council: `python -m tests.helpers.pictures`."""

import tempfile
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from tests.helpers.live_server import LiveServer
from tests.helpers.looking import PHONE, chromium_here, wait_ready
from tests.helpers.source import ROOT

PICTURES = ROOT / "docs" / "pictures"
BIGGEST = 200_000  # bytes
COLOURS = 128  # enough for a screen of flat colours, and a quarter of the size
DESK = {"viewport": {"width": 1440, "height": 900}}


def taken(browser: Browser, server: LiveServer, path: str, username: str, screen: dict) -> bytes:
    """The first screen of a page as one of the demo people, or as a stranger, as a small PNG."""
    context = browser.new_context(locale="en-GB", timezone_id="Europe/London", **screen)
    if username:
        pairs = [pair.partition("=") for pair in server.sign_in(username).split("; ")]
        context.add_cookies([{"name": n, "value": v, "url": server.url} for n, _, v in pairs])
    page = context.new_page()
    answer = page.goto(server.url + path)
    assert answer, path
    assert answer.ok, f"{path} could not be opened"
    wait_ready(page)
    picture = Image.open(BytesIO(page.screenshot())).convert("RGB")
    context.close()
    small = BytesIO()
    picture.quantize(COLOURS).save(small, "PNG", optimize=True)
    return small.getvalue()


def main() -> None:
    """Start a new demo council and write both pictures."""
    PICTURES.mkdir(exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        LiveServer(Path(folder)) as server,
        sync_playwright() as playwright,
        playwright.chromium.launch(
            executable_path=chromium_here(), args=["--headless", "--no-sandbox"]
        ) as browser,
    ):
        for name, path, username, screen in (
            ("overview", "/", "board.member", DESK),
            ("share", "/share", "", PHONE),
        ):
            picture = taken(browser, server, path, username, screen)
            (PICTURES / f"{name}.png").write_bytes(picture)
            print(f"Took docs/pictures/{name}.png, {len(picture):,} bytes.")


if __name__ == "__main__":
    main()
