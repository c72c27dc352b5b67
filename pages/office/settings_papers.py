"""Which Word layout papers for the Board are written in."""

import streamlit as st

from coprod_data.queries.papers import layout_in_use
from pages.parts.faults import refusals
from pages.parts.html import show
from pages.parts.sign_in import reading
from pages.parts.times import on


def paper_layout() -> None:
    """Say which layout is used, with the ways to download it and to give another."""
    with refusals(stop=True), reading() as (db, actor):
        used = layout_in_use(db, actor)
    if used:
        st.text(f"Papers are written in “{used.name}”, given on {on(used.kept_on)}.")
        show("file_link.html", href="/export/layout-own.docx", words="Download this layout")
    else:
        st.text("Papers are written in our sample layout. Your own may look as your council’s do.")
    show("file_link.html", href="/export/layout-sample.docx", words="Download the sample layout")
    show("link.html", words="Give papers another layout", href="/paper-layout")
