"""Which Word layout papers for the Board are written in."""

import streamlit as st

from coprod_data.commands.papers import keep_layout
from coprod_data.files.word_layout import check_layout
from coprod_data.files.word_package import LayoutRefused
from coprod_data.queries.papers import layout_in_use
from pages.parts.faults import notice, refusals
from pages.parts.forms import fresh, saving
from pages.parts.html import show
from pages.parts.sign_in import reading
from pages.parts.times import on

DONE = "Papers are written in this layout from now on. Signed ones keep theirs."


def paper_layout() -> None:
    """Say which layout is used, with the ways to download it, and take another one, checked."""
    with refusals(stop=True), reading() as (db, actor):
        used = layout_in_use(db, actor)
    if used:
        st.text(f"Papers are written in “{used.name}”, given on {on(used.kept_on)}.")
        show("file_link.html", href="/export/layout-own.docx", words="Download this layout")
    else:
        st.text("Papers are written in our sample layout. Your own may look as your council’s do.")
    show("file_link.html", href="/export/layout-sample.docx", words="Download the sample layout")
    st.text("Give the sample the looks of your council in Word, and keep its markers.")
    key = fresh("paper-layout")
    file = st.file_uploader(
        "Another layout: a Word document (.docx), at most 2 MB", type="docx", key=f"{key}-file",
        max_upload_size=2,
    )  # fmt: skip
    if file and st.button("Check it and use it", key=f"{key}-use"):
        _use(file.name, file.getvalue(), key)


def _use(name: str, written: bytes, key: str) -> None:
    try:
        check_layout(written)
    except LayoutRefused as refused:
        notice("soon", "warning", "This layout cannot be used yet.")
        for fault in refused.sentence.splitlines():
            st.text(fault)
        return
    with saving(DONE, key=key) as (db, actor):
        keep_layout(db, actor, name=name, file=written)
