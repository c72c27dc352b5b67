"""One paper: what is open in it, its texts, its preview, its signature and its versions."""

from datetime import date

import streamlit as st

from coprod_data.commands.papers import (
    correct_paper,
    sign_paper,
    submit_paper,
    take_back_paper,
)
from coprod_data.files.board_paper import TAKEN_BACK, PaperRead, read_paper
from coprod_data.permissions import Permission
from coprod_data.queries.events_of import history_of_paper
from coprod_data.queries.papers import PaperDetail
from coprod_data.rules.paper_said import OpenPlace
from coprod_data.vocabulary.labels import labelled
from coprod_data.vocabulary.papers import (
    COLUMN_WORDS,
    COLUMNS,
    PaperPart,
    PaperState,
    PaperStatus,
    PaperTable,
)
from coprod_data.vocabulary.rewordings import TextPlace
from pages.board.papers_form import compose
from pages.board.papers_list import HERE
from pages.board.papers_place import placing
from pages.parts.carried import carried_form
from pages.parts.faults import refusals
from pages.parts.forms import saving, sure
from pages.parts.html import show
from pages.parts.looks import Look, look
from pages.parts.pdf import MISSING, pdf_ready
from pages.parts.sign_in import reading
from pages.parts.tables import Column, table
from pages.parts.times import on, on_and_at
from pages.shared.happened import show_happened
from pages.shared.worry import worry


def one(found: PaperDetail) -> None:
    """Show a paper, and to those who may the forms to write, sign and correct it."""
    state = found.row.state
    show("session_head.html", pills=_pills(found), moved=None)
    _say(found)
    with refusals(stop=True), reading() as (db, actor):
        read = read_paper(db, actor, found.row.id)
        reads_all = actor.may(Permission.REPORT_CARDS_READ)
        can = frozenset(right for right in Permission if actor.may(right))
    writing = state is PaperState.DRAFT and found.may_write and "read" not in st.query_params
    here = f"{HERE}?id={found.row.id}"
    if writing:
        _open(found.open)
        show("link.html", words="Read the paper as it is now", href=f"{here}&read=1")
        compose(found)
        if st.button(
            "Hand it over to be signed", type="primary", key=f"paper-submit-{found.row.id}",
            disabled=bool(found.open),
        ):  # fmt: skip
            with saving("It is waiting for the executive director.") as (db, actor):
                submit_paper(db, actor, found.row.id)
        placing(found)
    _downloads(found, reads_all=reads_all)
    if state is PaperState.SUBMITTED:
        _waiting(found, read)
    if not writing:
        if state is PaperState.DRAFT and found.may_write:
            show("link.html", words="Go on writing", href=here)
        _preview(read)
        if read.words and Permission.ENTRIES_WORRY in can:
            with st.expander("Worried about words in this paper?"):
                for words in read.words:
                    show("own_words.html", words=words.text.strip("“”"))
                    worry(words.entry_id, can)
    if state is PaperState.SIGNED:
        _versions(found)
    with refusals(stop=True), reading() as (db, actor):
        happened = history_of_paper(db, actor, found.row.id)
    show_happened(happened, here=here)


def _pills(found: PaperDetail) -> list[Look]:
    status = found.said.status
    icon = "eye" if status is PaperStatus.PUBLIC else "lock"
    pills = [look(found.row.state)]
    if status is not None:
        pills.append(Look(status.words, "plain", icon))
    if found.theme:
        pills.append(Look(found.theme, "plain", "promise"))
    return pills


def _say(found: PaperDetail) -> None:
    said = []
    if found.row.replaced:
        said.append("A corrected version of this paper is signed. You find it below.")
    if found.cancelled:
        said.append(labelled("This meeting of the Board is cancelled."))
    if found.moved_to is not None:
        said.append(f"The meeting was moved to {on(found.moved_to)} after this was signed.")
    if found.removed:
        said.append(TAKEN_BACK)
    for words in said:
        show("notice.html", tone="soon", icon="info", title=words, words="", urgent=False)


def _downloads(found: PaperDetail, *, reads_all: bool) -> None:
    link = f"/export/paper-{found.row.id}.docx"
    status = found.said.status
    if status is not PaperStatus.EXEMPT:
        show("file_link.html", href=link, words="Download for Word, public")
    if reads_all and status in (PaperStatus.EXEMPT, PaperStatus.PART_EXEMPT):
        words = labelled("Download for Word, restricted: with words for the Board")
        show("file_link.html", href=f"{link}?restricted=1", words=words)
    if status is PaperStatus.EXEMPT and not reads_all:
        return
    show("link.html", words="Easy read, two sides", href=f"/paper/{found.row.id}/easy")
    poster = f"/paper/{found.row.id}/poster"
    show("link.html", words="Poster: what changed together", href=poster)
    show("link.html", words=labelled("Pack for the Board, to print"),
         href=f"/paper/{found.row.id}/pack")  # fmt: skip
    if not pdf_ready():
        st.text(MISSING)
        return
    for kind, words in (
        ("pack", labelled("Pack for the Board")), ("easy", "Easy read"), ("poster", "Poster (A3)")
    ):  # fmt: skip
        href = f"/paper/{found.row.id}/{kind}.pdf"
        show("file_link.html", href=href, words=f"{words} as a tagged PDF")


def _open(places: tuple[OpenPlace, ...]) -> None:
    show(
        "paper_open.html",
        places=[
            {"id": f"paper-{place.part.value}", "part": place.part.words, "words": place.sentence}
            for place in places
        ],
    )


def _waiting(found: PaperDetail, read: PaperRead) -> None:
    if found.may_sign and sure(
        "Sign this paper", f"paper-sign-{found.row.id}",
        question="Once signed it stays as it is. A mistake is corrected by a new version.",
        yes="Yes, sign it",
    ):  # fmt: skip
        with saving("Signed.") as (db, actor):
            sign_paper(
                db, actor, found.row.id, fingerprint=read.figures.fingerprint,
                submitted_at=found.submitted_at,
            )  # fmt: skip
    if not found.may_sign:
        holder = found.header.executive_director
        st.text(f"Waiting for {holder} to sign." if holder else "Nobody holds the post to sign.")
    if found.may_write and st.button("Take it back to change it", key=f"paper-back-{found.row.id}"):
        with saving("It is a draft again.") as (db, actor):
            take_back_paper(db, actor, found.row.id)


def _preview(read: PaperRead) -> None:
    facts, figures = read.facts, read.figures
    st.header("The paper", anchor=False)
    if read.detail.row.state is PaperState.DRAFT:
        words = (
            "Figures are as they are now. They stay as at the day you choose once you hand it over."
        )
        show("lede.html", words=words)
    show(
        "facts.html", title="Its texts",
        facts=[
            {"label": part.words, "words": facts.texts[part], "whole": len(facts.texts[part]) > 80}
            for part in PaperPart
            if facts.texts[part]
        ],
    )  # fmt: skip
    for which in PaperTable:
        rows = facts.tables.get(which, [])
        table(
            f"{which.words}, {_span(which, figures.first, figures.last)}",
            [Column(COLUMN_WORDS[column], number=column == "days") for column in COLUMNS[which]],
            [[row[column] for column in COLUMNS[which]] for row in rows],
            empty="Nothing in this time.",
        )


def _span(which: PaperTable, first: date, last: date) -> str:
    if which in (PaperTable.CARDS, PaperTable.OUTCOMES):
        return f"{on(first)} to {on(last)}"
    return f"as at {on(last)}"


def _versions(found: PaperDetail) -> None:
    facts = [
        ("Signed", f"{found.signed_by}, {on_and_at(found.signed_at)}" if found.signed_at else ""),
        ("Why it was corrected", found.why_corrected),
    ]
    show(
        "facts.html", title="Signature",
        facts=[
            {"label": label, "words": words, "whole": False} for label, words in facts if words
        ],
    )  # fmt: skip
    others = [row for row in found.versions if row.id != found.row.id]
    if others:
        show(
            "list.html",
            rows=[
                {"title": f"Version {row.version}", "detail": row.title, "state": look(row.state),
                 "word": None, "href": f"{HERE}?id={row.id}"}
                for row in others
            ],
            empty="",
        )  # fmt: skip
    if found.may_write and not any(row.version > found.row.version for row in others):
        form = carried_form("paper-correct", found.row.id)
        with st.expander("Correct it in a new version", expanded=form.restored):
            form.begin()
            why = form.area(
                "What was wrong? Everybody who reads the new version reads this", "why",
                place=TextPlace.PAPER_CORRECTED, longest=500,
            )  # fmt: skip
            if st.button("Begin a corrected version", key=f"{form.key}-save"):
                with form.saving(
                    "It has begun. This version stays until the new one is signed."
                ) as (
                    db,
                    actor,
                ):
                    number = correct_paper(db, actor, found.row.id, why=why)
                    st.query_params.from_dict({"id": str(number)})
