"""A print page as a tagged PDF: its tags, its faces, and that nothing is fetched for it."""

import subprocess
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import BytesIO
from threading import Thread

import pytest
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from pages.parts.pdf import pdf_of
from tests.helpers.source import ROOT

PAGE = """<!doctype html><html lang="en-GB"><head><title>A paper – Together</title>
<link rel="stylesheet" href="/app/static/plain.css?v=1"></head><body>
<p class="on-paper">Westmarch</p><main><article class="paper"><h1>A paper</h1><p>{}</p>
<img src="data:image/svg+xml;base64,PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciIHdpZHRoPSI5IiBoZWlnaHQ9IjkiLz4=" alt="A hand">
<table><thead><tr><th scope="col">Theme</th></tr></thead><tbody><tr><td>Home</td></tr></tbody></table>
</article></main></body></html>"""  # noqa: E501 - as a page writes it


def read(html: str) -> PdfReader:
    return PdfReader(BytesIO(pdf_of(html)))


def tags(reader: PdfReader) -> list[DictionaryObject]:
    """Every element of the tree that a screen reader goes through, in its order."""
    found, left = [], [reader.trailer["/Root"]["/StructTreeRoot"]]
    while left:
        one = left.pop(0).get_object()
        if isinstance(one, DictionaryObject):
            found.append(one)
            inside = one.get("/K", [])
            left = [*(inside if isinstance(inside, list) else [inside]), *left]
    return found


@pytest.mark.usefixtures("pango")
def test_it_is_tagged_and_says_its_language_title_and_kind():
    reader = read(PAGE.format("Words"))
    root = reader.trailer["/Root"]

    assert root["/MarkInfo"]["/Marked"].value is True
    assert root["/Lang"] == "en-GB"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"].value is True
    assert reader.metadata
    assert reader.metadata.title == "A paper – Together"
    assert "pdfuaid:part" in root["/Metadata"].get_data().decode()
    kinds = [one.get("/S") for one in tags(reader)]
    for kind in ("/H1", "/P", "/Figure", "/Table", "/TH", "/TD"):
        assert kind in kinds, kind
    [figure] = [one for one in tags(reader) if one.get("/S") == "/Figure"]
    assert figure["/Alt"] == "A hand"


@pytest.mark.usefixtures("pango")
def test_its_faces_are_in_it_and_each_letter_reads_as_it_was_written():
    polish = "Chciałabym rozmawiać z siostrą, mówić"
    [page] = read(PAGE.format(f"{polish} £10")).pages

    names = {str(font.get_object()["/BaseFont"]) for font in page["/Resources"]["/Font"].values()}
    assert {name.partition("+")[2].partition("-")[0] for name in names} >= {"Atkinson", "Bricolage"}
    assert polish in page.extract_text()


@pytest.mark.usefixtures("pango")
@pytest.mark.parametrize("words", ["ولا أحد يسألني", "نام من", "x" * 4000, "<b>bold</b>"])
def test_any_words_fit(words: str):
    text = "".join(page.extract_text() for page in read(PAGE.format(words)).pages)

    assert "A paper" in text


@pytest.mark.usefixtures("pango")
def test_nothing_is_fetched_whatever_a_page_says():
    asked = []

    class Listening(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

    with HTTPServer(("127.0.0.1", 0), Listening) as listening:
        Thread(target=listening.serve_forever, daemon=True).start()
        here = f"http://127.0.0.1:{listening.server_port}"
        secret = ROOT / "README.md"
        for tag in (
            '<img alt="x" src="{0}">', '<link rel="stylesheet" href="{0}">',
            '<object data="{0}"></object>', '<style>@import url("{0}");</style>',
            '<link rel="attachment" href="{0}">', '<p style="background: url({0})">y</p>',
        ):  # fmt: skip
            for address in (
                f"{here}/a.png", f"file://{secret}", "/app/static/../../README.md",
                "/app/static/%2e%2e/%2e%2e/README.md", "ftp://127.0.0.1/a",
            ):  # fmt: skip
                made = pdf_of(PAGE.format(tag.format(address)))
                assert b"Contributing" not in made
                assert PdfReader(BytesIO(made)).attachments == {}
        listening.shutdown()
    assert asked == []


def test_without_its_system_library_the_server_starts_and_says_what_to_install():
    told = subprocess.run(
        [sys.executable, "-c", WITHOUT], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert told.stdout == "False\n"
    assert "libpango-1.0-0" in told.stderr


WITHOUT = """
from importlib import import_module
cffi = import_module("cffi")
def none_here(self, name, *args):
    raise OSError(f"cannot load library {name}")
cffi.FFI.dlopen = none_here
import dashboard
from pages.parts.pdf import pdf_ready
print(pdf_ready())
"""
