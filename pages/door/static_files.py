"""Static files from memory, compressed once at start: a cold page on a phone line in 5 s, not 13.

None of them is private, so compression reveals nothing. Streamlit answers for those of its own
files that do not compress, and for requests that ask for a range or do not accept gzip.
"""

import gzip
import mimetypes
import re
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import Scope
from streamlit import file_util

from pages.door.assembled import assembled, is_part

OURS = Path(__file__).parents[1] / "static"
UNUSED_TYPE = re.compile(
    rb"@font-face\{[^}]*font-family:\"?(?:Source Sans|Source Serif|Material Symbols)[^}]*\}"
)
TEXT = {".js", ".css", ".html", ".json", ".svg", ".txt", ".map"}
FOR_EVER = "public, immutable, max-age=31536000"
FOR_A_DAY = "public, max-age=86400"


@dataclass(frozen=True)
class StaticFile:
    """A file as it is sent. `packed` is empty where compression gains nothing."""

    kind: str
    plain: bytes
    packed: bytes
    tag: str


LEFT = StaticFile(kind="", plain=b"", packed=b"", tag="")  # exists, but is left to Streamlit


def read_static_files() -> dict[str, StaticFile]:
    """Return every file of `pages/static` and of Streamlit's own, by address.

    Parts of the stylesheet and of the script are sent as one file each.
    """
    ours = {
        f"/app/static/{path.relative_to(OURS).as_posix()}": _read(path)
        for path in OURS.rglob("*")
        if path.is_file() and not is_part(path)
    }
    ours |= {
        f"/app/static/{name}": _packed(name, contents) for name, contents in assembled().items()
    }
    root = Path(file_util.get_static_dir())
    theirs = {
        f"/{path.relative_to(root).as_posix()}": _read(path) if path.suffix in TEXT else LEFT
        for path in (root / "static").rglob("*")
        if path.is_file()
    }
    return ours | theirs


def answer(files: dict[str, StaticFile], scope: Scope) -> Response | None:
    """Return the answer to a request for a static file, or None to leave it to Streamlit."""
    headers = Headers(scope=scope)
    path: str = scope["path"]
    file = files.get(path)
    if file is None or scope["method"] not in ("GET", "HEAD"):
        return Response(status_code=404)
    takes_gzip = "gzip" in headers.get("accept-encoding", "")
    is_ours = path.startswith("/app/static/")
    if not is_ours and (file is LEFT or not takes_gzip or "range" in headers):
        return None
    named_for_ever = not is_ours or scope["query_string"].startswith(b"v=")
    sent = {
        "Cache-Control": FOR_EVER if named_for_ever else FOR_A_DAY,
        "Vary": "Accept-Encoding",
        "ETag": file.tag,
    }
    if headers.get("if-none-match") == file.tag:
        return Response(status_code=304, headers=sent)
    if takes_gzip and file.packed:
        return Response(file.packed, 200, {**sent, "Content-Encoding": "gzip"}, file.kind)
    return Response(file.plain, 200, sent, file.kind)


def _read(path: Path) -> StaticFile:
    plain = path.read_bytes()
    if path.suffix == ".css":  # leaves out 545 KB of fonts and icons that our pages do not use
        plain = UNUSED_TYPE.sub(b"", plain)
    return _packed(path.name, plain)


def _packed(name: str, plain: bytes) -> StaticFile:
    suffix = Path(name).suffix
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    if suffix in (".js", ".mjs"):
        kind = "text/javascript"
    packed = gzip.compress(plain, 6, mtime=0) if suffix in TEXT else b""
    return StaticFile(kind, plain, packed, f'"{sha256(plain).hexdigest()[:20]}"')
