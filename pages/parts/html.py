"""The one door through which our own HTML reaches a Streamlit page.

`show("report_card.html", card=card)` fills a template and draws it. A template is in the
`templates` folder of its room, of `shared` or of `parts`; no two have the same name. Every value is
escaped, so a young person's words stay words. A missing value is an error. Each template names its
values in its first lines; `macros.html` holds what they share.
"""

from pathlib import Path

import streamlit as st
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from streamlit.delta_generator import DeltaGenerator

from pages.parts.answers import Block, Columns
from pages.parts.help_lines import names_kept
from pages.parts.labels import LabelsInTemplates
from pages.parts.looks import initials, look
from pages.parts.wording import date_words, say

PAGES = Path(__file__).parents[1]

_templates = Environment(
    loader=FileSystemLoader(sorted(PAGES.glob("*/templates"))),
    autoescape=True,
    undefined=StrictUndefined,
    extensions=[LabelsInTemplates],
    trim_blocks=True,
    lstrip_blocks=True,
    auto_reload=False,
)
_templates.filters["names_kept"] = names_kept
_templates.globals.update(look=look, initials=initials, say=say, date_words=date_words)


def read_templates() -> None:
    """Read every template that `show` fills, so that none is read while somebody waits."""
    for name in _templates.list_templates():
        _templates.get_template(name)


def show(template: str, **values: object) -> None:
    """Draw a template with these values, each of them escaped."""
    draw(render(template, **values))


def draw(*blocks: Block) -> None:
    """Draw templates that are filled already, each as a block of its own."""
    for block in blocks:
        if isinstance(block, Columns):
            for column, parts in zip(columns(), (block.wide, block.beside), strict=True):
                with column:
                    draw(*parts)
        else:
            st.html(block)


def columns() -> list[DeltaGenerator]:
    """Return the two columns in which `draw` draws `Columns`, for a page with forms in them."""
    return st.columns([7, 4], gap="medium")


def render(template: str, **values: object) -> Markup:
    """The HTML that `show` would draw."""
    return Markup(_templates.get_template(template).render(**values))  # noqa: S704 - all is escaped
