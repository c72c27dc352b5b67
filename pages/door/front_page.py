"""Streamlit's page as we serve it: British English, our title, a text for browsers without script.

Read once at start from the installed package, so that it fits the release; so is the hash of its
one inline script, by which the content policy knows it.
"""

import gzip
import re
from base64 import b64encode
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from streamlit import file_util

from pages.door.assembled import assembled
from pages.parts.help_lines import help_lines
from pages.parts.plain import static, static_holding
from pages.parts.wording import say

NO_SCRIPT = (
    "<noscript><main><h1>Together</h1><p>These pages need JavaScript. "
    '<a href="/share">Young people can tell us what matters without it.</a></p>'
    f"<h2>{say('help.title')}</h2><p>{say('help.feel')}</p><ul>"
    + "".join(
        f'<li><a href="{line.href}" rel="noreferrer">{line.words}: <b>{line.shown}</b></a></li>'
        for line in help_lines()
    )
    + f"<li>{say('help.relay')}</li></ul>"
    '<p><a href="/share#help">The numbers of this council</a></p></main></noscript>'
)
ADDRESSES = {name: static_holding(name, contents) for name, contents in assembled().items()}
FIRST = f'<script defer src="{static("first.js")}"></script>'  # deferred ones run in their order
HEAD = (
    '<link rel="preload" href="/app/static/fonts/atkinson-next-latin.woff2"'
    ' as="font" type="font/woff2" crossorigin>'
    f'<script defer src="{ADDRESSES["app.js"]}"></script>'
)
# in the body, so that it comes after Streamlit's own
STYLE = f'<link rel="stylesheet" href="{ADDRESSES["app.css"]}">'
_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)


@dataclass(frozen=True)
class FrontPage:
    """The document of every Streamlit address, and the hashes of the scripts in it."""

    html: bytes
    packed: bytes
    script_hashes: tuple[str, ...]


def read_front_page() -> FrontPage:
    """Return the installed page with our changes. Raises ValueError when it is not as expected."""
    html = (Path(file_util.get_static_dir()) / "index.html").read_text("utf-8")
    scripts = _SCRIPT.findall(html)
    for old, new in (
        ('<html lang="en">', '<html lang="en-GB">'),
        ("<title>Streamlit</title>", f"<title>Together</title>{FIRST}"),
    ):
        if html.count(old) != 1:
            raise ValueError(f"Streamlit's page holds no {old}: look at pages/door/front_page.py.")
        html = html.replace(old, new)
    html = re.sub(r"<noscript>.*?</noscript>", "", html, flags=re.DOTALL)
    html = re.sub(r'<link rel="service-desc"[^>]*>', "", html)
    html = re.sub(r'<link\s+rel="preload"[^>]*SourceSans[^>]*>', "", html)  # we have our own fonts
    html = html.replace("</head>", f"{HEAD}</head>", 1).replace(
        "<body>", f"<body>{STYLE}{NO_SCRIPT}", 1
    )
    sent = html.encode()
    hashes = tuple(
        f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'" for script in scripts
    )
    return FrontPage(sent, gzip.compress(sent, 6, mtime=0), hashes)
