"""The print pages of a paper and their PDFs, from a running server, as each role."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from tests.helpers.live_server import LiveServer

KINDS = ("pack", "easy", "poster")


def asked(server: LiveServer, username: str, path: str):
    cookies = {"Cookie": server.sign_in(username)} if username else {}
    with server.client() as client:
        return client.get(path, headers=cookies, timeout=60)


@pytest.mark.usefixtures("pango")
@pytest.mark.parametrize("kind", KINDS)
def test_each_page_is_a_pdf_that_says_the_same(server: LiveServer, kind: str):
    page = asked(server, "chair", f"/paper/1/{kind}")
    file = asked(server, "chair", f"/paper/1/{kind}.pdf")

    assert (page.status_code, file.status_code) == (200, 200)
    assert file.headers["content-type"] == "application/pdf"
    assert file.headers["cache-control"] == "no-store"
    assert f"paper-1-{kind}.pdf" in file.headers["content-disposition"]
    reader = PdfReader(BytesIO(file.content))
    text = " ".join("".join(one.extract_text() for one in reader.pages).split())
    titles = [part.partition("</h")[0] for part in page.text.split("<h2>")[1:]]
    for title in titles:
        assert title in text, title
    assert "Demonstration, everybody is invented" in text
    assert "Back to the paper" not in text


def test_the_pack_has_the_decisions_of_meetings_before(server: LiveServer):
    assert "What we said we would do" in asked(server, "clerk", "/paper/2/pack").text


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("username", ["young.person", ""])
def test_who_reads_no_papers_gets_no_file(server: LiveServer, username: str, kind: str):
    answer = asked(server, username, f"/paper/1/{kind}.pdf")

    assert answer.status_code in (303, 403)
    assert b"%PDF" not in answer.content


@pytest.mark.parametrize("path", ["/paper/1/wall.pdf", "/paper/99/pack.pdf", "/paper/x/pack.pdf"])
def test_what_is_not_there_is_not_found(server: LiveServer, path: str):
    assert asked(server, "chair", path).status_code == 404
