"""A print page as a tagged PDF (PDF/UA-1), made by WeasyPrint where its system library is there."""

import logging
from contextlib import redirect_stdout
from functools import cache
from io import StringIO
from mimetypes import guess_type
from typing import Any

from pages.parts.plain import PAGES

log = logging.getLogger("coprod_data")

NEEDS = "libpango-1.0-0, libpangoft2-1.0-0 and libharfbuzz-subset0"  # as Debian calls them
MISSING = f"To offer this as a tagged PDF, the server needs Pango: on Debian install {NEEDS}."
HERE = "https://together.invalid/"  # what addresses of a page begin with; nothing is fetched there
STATIC = PAGES / "static"
SCREEN, PAPER = "plain.css", "pdf.css"  # which styles of a page, and which stand in for them here


@cache
def pdf_ready() -> bool:
    """Say whether PDFs can be made here. The server looks once, when it starts."""
    try:
        _library()
    except OSError:  # what a system library that is not there raises
        log.warning("There are no PDFs: Pango is not installed. %s", MISSING)
        return False
    return True


def pdf_of(html: str) -> bytes:
    """Return a plain page as a tagged PDF in British English, with the title of the page.

    It reads its own styles, faces and drawn pictures and fetches nothing, whatever the page says.
    Raises OSError without its system library.
    """
    library = _library()
    page = library.HTML(string=html, base_url=HERE, url_fetcher=_our_files(library))
    made: bytes = page.write_pdf(pdf_variant="pdf/ua-1")
    return made


def _library() -> Any:
    with redirect_stdout(StringIO()):  # a fault is told in a log line, not in lines of its own
        # Not with the others at the top: it looks for its system library at once.
        import weasyprint

    return weasyprint


def _our_files(library: Any) -> Any:
    """Return what reads addresses for a page: files of `pages/static`, and pictures written in."""

    class OurFiles(library.urls.URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: Any = None) -> Any:
            place = f"{HERE}app/static/"
            if not url.startswith(place):
                return super().fetch(url, headers)
            name = url.removeprefix(place).partition("?")[0]
            path = (STATIC / (PAPER if name == SCREEN else name)).resolve()
            if not path.is_relative_to(STATIC):
                raise ValueError("Only files of pages/static are read.")
            kind = {"Content-Type": guess_type(path.name)[0] or "application/octet-stream"}
            return library.urls.URLFetcherResponse(url, path.read_bytes(), kind)

    return OurFiles(allowed_protocols=("data",))
