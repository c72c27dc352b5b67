"""Streamlit's page as we serve it: British English, our title, what is read without script.

Read once at start from the installed package, so that it fits the release; so is the hash of its
one inline script, by which the content policy knows it.

With an answer in it, the page names none of Streamlit's files where a browser would fetch them:
they wait in a `template`, out of which first.js takes them once the answer is on screen.
"""

import gzip
import re
from base64 import b64encode
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from markupsafe import escape
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
SCRIPT = f'<script defer src="{ADDRESSES["app.js"]}"></script>'
FACES = "".join(
    f'<link rel="preload" href="/app/static/fonts/{face}-latin.woff2" as="font" type="font/woff2"'
    " crossorigin>"
    for face in ("atkinson-next", "bricolage")
)
HEAD = f"{FACES}{SCRIPT}"
# in the body, so that it comes after Streamlit's own
STYLE = f'<link rel="stylesheet" href="{ADDRESSES["app.css"]}">'
TITLE = "<title>Together</title>"
_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_FILES = re.compile(
    r'<script type="module"[^>]*></script>|<link rel="(?:modulepreload|stylesheet)"[^>]*>'
)


@dataclass(frozen=True)
class FrontPage:
    """The document of every Streamlit address, and the hashes of the scripts in it.

    `before` and `after` are what stands round an answer.
    """

    html: bytes
    packed: bytes
    script_hashes: tuple[str, ...]
    before: str
    after: str

    def with_answer(self, title: str, answer: str, *, again: bool) -> bytes:
        """Return the document with a page's answer in it, named after the page.

        A browser that was here before (`again`) has our faces, and takes them before it lays out
        the words. In another one they would hold up the stylesheet, and with it the words.
        """
        faces = FACES if again else ""
        before = self.before.replace(TITLE, f"<title>{escape(title)}</title>{faces}", 1)
        return f"{before}{answer}{self.after}".encode()


def read_front_page() -> FrontPage:
    """Return the installed page with our changes. Raises ValueError when it is not as expected."""
    html = (Path(file_util.get_static_dir()) / "index.html").read_text("utf-8")
    scripts = _SCRIPT.findall(html)
    for old, new in (
        ('<html lang="en">', '<html lang="en-GB">'),
        ("<title>Streamlit</title>", f"{TITLE}{FIRST}"),
    ):
        if html.count(old) != 1:
            raise ValueError(f"Streamlit's page holds no {old}: look at pages/door/front_page.py.")
        html = html.replace(old, new)
    html = re.sub(r"<noscript>.*?</noscript>", "", html, flags=re.DOTALL)
    html = re.sub(r'<link rel="service-desc"[^>]*>', "", html)
    html = re.sub(r'<link\s+rel="preload"[^>]*SourceSans[^>]*>', "", html)  # we have our own fonts
    before, body, after = html.partition("<body>")
    files = "".join(_FILES.findall(before)).replace('="./', '="/') + SCRIPT
    if not body or files.count("<script") != 2 or "</body>" not in after:
        raise ValueError("Streamlit's page is of another kind: look at pages/door/front_page.py.")
    whole = before.replace("</head>", f"{HEAD}</head>", 1)
    sent = f"{whole}<body>{STYLE}{NO_SCRIPT}{after}".encode()
    waiting = f'<template id="streamlit-files">{files}</template></body>'
    hashes = tuple(
        f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'" for script in scripts
    )
    return FrontPage(
        html=sent,
        packed=gzip.compress(sent, 6, mtime=0),
        script_hashes=hashes,
        before=f"{_FILES.sub('', before)}<body>{STYLE}",
        after=after.replace("</body>", waiting, 1),
    )
