"""Static files and Streamlit's page as the door sends them."""

import re
from base64 import b64encode
from gzip import decompress
from hashlib import sha256
from pathlib import Path

import pytest
from streamlit import file_util

from pages.door.front_page import read_front_page
from pages.door.static_files import answer, read_static_files
from pages.parts.plain import static
from tests.helpers.source import ROOT

STATIC = ROOT / "pages" / "static"
FILES = read_static_files()
SCRIPT = next(path for path in FILES if path.startswith("/static/js/index"))


def asked(path: str, *, query: str = "", method: str = "GET", **headers: str):
    scope = {
        "type": "http", "method": method, "path": path, "query_string": query.encode(),
        "headers": [(n.replace("_", "-").encode(), v.encode()) for n, v in headers.items()],
    }  # fmt: skip
    return answer(FILES, scope)


def test_a_script_of_streamlit_is_sent_packed_and_for_ever():
    sent = asked(SCRIPT, accept_encoding="gzip, br")

    assert sent.headers["content-encoding"] == "gzip"
    assert sent.headers["content-type"].startswith("text/javascript")
    assert "immutable" in sent.headers["cache-control"]
    assert sent.headers["vary"] == "Accept-Encoding"
    installed = Path(file_util.get_static_dir()) / SCRIPT.lstrip("/")
    assert decompress(sent.body) == installed.read_bytes()


def test_what_takes_no_gzip_or_asks_for_a_range_is_left_to_streamlit():
    assert asked(SCRIPT) is None
    assert asked(SCRIPT, accept_encoding="gzip", range="bytes=0-10") is None
    font = next(path for path in FILES if path.endswith(".woff2") and path.startswith("/static/"))
    assert asked(font, accept_encoding="gzip") is None


def test_our_own_file_is_sent_with_its_type_and_kept_as_long_as_its_address_lasts():
    named = asked("/app/static/app.css", query="v=1", accept_encoding="gzip")
    bare = asked("/app/static/app.css")

    assert named.headers["content-type"].startswith("text/css")
    assert "immutable" in named.headers["cache-control"]
    assert "immutable" not in bare.headers["cache-control"]
    assert decompress(named.body) == bare.body


@pytest.mark.parametrize("kind", ["css", "js"])
def test_the_stylesheet_and_the_script_are_each_one_packed_file_named_by_its_contents(kind: str):
    address = re.findall(rf'"/app/static/(app\.{kind}\?v=[^"]+)', read_front_page().html.decode())
    sent = asked(f"/app/static/app.{kind}", query="v=1", accept_encoding="gzip")
    contents = decompress(sent.body)

    assert address == [f"app.{kind}?v={sha256(contents).hexdigest()[:12]}"]
    assert sent.headers["content-encoding"] == "gzip"
    for part in (STATIC / kind).iterdir():
        assert part.read_bytes() in contents
        assert asked(f"/app/static/{kind}/{part.name}").status_code == 404


def test_the_icons_are_sent_inside_the_stylesheet_and_their_licence_beside_it():
    contents = asked("/app/static/app.css").body

    for icon in (STATIC / "icons").glob("*.svg"):
        assert f".icon-{icon.stem}{{".encode() in contents
        assert asked(f"/app/static/icons/{icon.name}").status_code == 404
    assert asked("/app/static/icons/lucide-ISC.txt").status_code == 200


def test_type_that_no_page_is_set_in_is_not_asked_for():
    sheets = [file.plain.decode() for path, file in FILES.items() if path.endswith(".css")]
    installed = (Path(file_util.get_static_dir()) / "static" / "css").glob("*.css")

    assert any("Material Symbols" in path.read_text("utf-8") for path in installed)
    assert not any("MaterialSymbols" in sheet or "SourceSans" in sheet for sheet in sheets)
    assert any("Source Code Pro" in sheet for sheet in sheets)


def test_an_unchanged_file_is_not_sent_again():
    tag = asked("/app/static/app.css").headers["etag"]

    assert asked("/app/static/app.css", if_none_match=tag).status_code == 304
    assert asked("/app/static/app.css", if_none_match='"other"').status_code == 200


def test_an_address_without_a_file_is_not_found():
    assert asked("/app/static/secret.txt").status_code == 404
    assert asked("/static/secret.txt").status_code == 404
    assert asked(SCRIPT, accept_encoding="gzip", method="POST").status_code == 404
    assert asked("/app/static/app.css", method="DELETE").status_code == 404


def test_the_address_of_a_file_changes_with_its_contents():
    assert re.fullmatch(r"/app/static/plain\.css\?v=[0-9a-f]{12}", static("plain.css"))


def test_the_policy_knows_the_installed_pages_inline_script():
    installed = (Path(file_util.get_static_dir()) / "index.html").read_text("utf-8")
    scripts = re.findall(r"<script>(.*?)</script>", installed, re.S)
    page = read_front_page()

    assert len(scripts) == 1
    digest = b64encode(sha256(scripts[0].encode()).digest()).decode()
    assert page.script_hashes == (f"'sha256-{digest}'",)
    assert scripts[0].encode() in page.html
    assert decompress(page.packed) == page.html


def test_streamlit_is_told_where_its_server_is_before_its_own_script_runs():
    page = read_front_page().html.decode()

    assert -1 < page.index("/app/static/first.js?v=") < page.index('type="module"')
