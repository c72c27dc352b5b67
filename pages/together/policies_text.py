"""The text of a policy: versions side by side, easy words beside each part, and what was cut."""

from typing import Any

import streamlit as st

from coprod_data.commands.policies_text import (
    PartTyped,
    credit_easy,
    place_cut,
    put_out_version,
    remove_part,
    start_version,
    write_easy,
    write_part,
)
from coprod_data.queries.policies import PolicyRow
from coprod_data.queries.policies_text import CutRow, PartRow, VersionRow, cut_texts
from coprod_data.rules.policy_text import changes
from coprod_data.vocabulary.policies import CutState
from coprod_data.vocabulary.rewordings import TextPlace
from pages.parts.address import choose, number_in_address
from pages.parts.carried import carried_form
from pages.parts.faults import refusals
from pages.parts.forms import inert, saving, sure
from pages.parts.html import show
from pages.parts.sign_in import reading
from pages.parts.times import on

PART = {
    "heading": "Heading", "text": "Text",
    "tested_with": "With whom was it tested? A group, never a young person’s full name",
    "tested_said": "What did they say?",
}  # fmt: skip
PLACES = {
    "heading": TextPlace.POLICY_HEADING, "text": TextPlace.POLICY_TEXT,
    "tested_with": TextPlace.POLICY_TESTED, "tested_said": TextPlace.POLICY_TESTED_SAID,
}  # fmt: skip
CREDIT = {
    "easy_by": "Who wrote the easy words: first names or a group",
    "easy_read_by": "Which others read them (not those who wrote them)",
}
MOVE = {CutState.KEPT: "Keep it here", CutState.GUIDANCE: "Move it to the guidance"}


def show_text(row: PolicyRow, written: list[VersionRow]) -> None:
    """Show a version beside an earlier one and beside its twin, and the forms of the newest."""
    if not written:
        show("empty.html", title="No text yet", icon="paper", words="Start the first version.")
    else:
        shown, before = _chosen(written)
        show("policy_twin.html", **twin(row, shown, before))
    if row.may_change:
        if written and not (written[0].signed):
            _forms(written[0])
        if not row.signed:
            _start(row, written)
    with refusals(stop=True), reading() as (db, actor):
        cut = cut_texts(db, actor, row.id)
    if cut:
        show("section.html", title="Cut, and not lost", count=len(cut))
    for one in cut:
        _cut(one, may_change=row.may_change)


def twin(row: PolicyRow, now: VersionRow, before: VersionRow | None) -> dict[str, Any]:
    """Return a version with its twin, and what changed since another, for `policy_twin.html`."""
    earlier = {part.part: part for part in before.parts} if before else {}
    here = {part.part for part in now.parts}
    return {
        "row": row, "now": now, "before": before,
        "made": f"Version {now.number}, {on(now.made_on)}",
        "parts": [
            {
                "part": part,
                "pieces": changes(earlier[part.part].text, part.text)
                if part.part in earlier
                else [(part.text, "added" if before else "same")],
            }
            for part in now.parts
        ],
        "gone": [part for number, part in earlier.items() if number not in here],
    }  # fmt: skip


def _chosen(written: list[VersionRow]) -> tuple[VersionRow, VersionRow | None]:
    newest, *older = written
    if not older:
        return newest, None
    by_number = {one.number: one for one in written}
    now, since = number_in_address("version"), number_in_address("since")
    wide, beside = st.columns(2)
    with wide:
        names = {one.number: f"Version {one.number}, {on(one.made_on)}" for one in older}
        every = f"Version {newest.number}, the newest"
        choose("version", names, now, label="Version", every=every)
    with beside:
        earlier = {one.number: f"What changed since version {one.number}" for one in older}
        choose("since", earlier, since, label="What changed since", every="Changes not shown")
    shown = by_number.get(now or 0, newest)
    before = by_number.get(since or 0)
    return shown, None if before is shown else before


def _forms(version: VersionRow) -> None:
    for part in version.parts:
        with st.expander(f"Part {part.part}: {inert(part.heading)}"):
            if version.put_out:
                st.text("People are reading this text, so it stays. The easy words can change.")
            else:
                _part_form(version, part)
            _easy_form(part)
            if not version.put_out and sure(
                "Take this part out", f"remove-{part.id}", yes="Yes, take it out",
                question="Its text is kept below, as cut text.",
            ):  # fmt: skip
                with saving("Taken out. Its text is kept.") as (db, actor):
                    remove_part(db, actor, part.id)
    if not version.put_out:
        with st.expander("Add a part", expanded=not version.parts):
            _part_form(version, None)
    if version.parts:
        _credit(version)
        if not version.put_out and sure(
            "Let the public read this version", f"out-{version.id}", yes="Yes, let them read it",
            question="Its text stays as it is then, and people can say what they think of it.",
        ):  # fmt: skip
            with saving("The public can read it now.") as (db, actor):
                put_out_version(db, actor, version.id)


def _part_form(version: VersionRow, part: PartRow | None) -> None:
    values = {name: getattr(part, name) for name in PART} if part else {}
    about = part.id if part else f"new-{version.id}"
    form = carried_form("policy-part", about, values, PART)
    form.begin()
    said = {
        name: (form.area if name in ("text", "tested_said") else form.line)(
            PART[name], name, place=PLACES[name]
        )
        for name in PART
    }
    if st.button("Save this part" if part else "Add this part", key=f"{form.key}-save"):
        with form.saving("Saved.") as (db, actor):
            write_part(
                db, actor, version.id, PartTyped(**said), part_id=part.id if part else None,
                opened=form.opened if part else None,
            )  # fmt: skip


def _easy_form(part: PartRow) -> None:
    values = {"easy": part.easy, "text": part.text}
    labels = {"easy": "The easy words", "text": "The text"}
    form = carried_form("policy-easy", part.id, values, labels)
    form.begin()
    easy = form.area(
        "The easy words for this part: short sentences, a line each", "easy",
        place=TextPlace.POLICY_EASY,
    )  # fmt: skip
    words = "They still fit this text" if part.easy and part.stale else "Save the easy words"
    if st.button(words, key=f"{form.key}-save"):
        with form.saving("Saved. Others must read the easy words now.") as (db, actor):
            write_easy(db, actor, part.id, easy=easy, opened=form.opened)


def _credit(version: VersionRow) -> None:
    values = {name: getattr(version, name) for name in CREDIT}
    form = carried_form("policy-credit", version.id, values, CREDIT)
    with st.expander("Who wrote the easy words, and who read them", expanded=form.restored):
        form.begin()
        by = form.line(CREDIT["easy_by"], "easy_by", place=TextPlace.POLICY_EASY_BY)
        read = form.line(CREDIT["easy_read_by"], "easy_read_by", place=TextPlace.POLICY_EASY_READ)
        if st.button("Save who wrote and read them", key=f"{form.key}-save"):
            with form.saving("Saved.") as (db, actor):
                credit_easy(
                    db, actor, version.id, easy_by=by, easy_read_by=read, opened=form.opened
                )


def _start(row: PolicyRow, written: list[VersionRow]) -> None:
    form = carried_form("policy-version", f"{row.id}-{len(written)}")
    words = "Start the next version" if written else "Start the first version"
    with st.expander(words, expanded=form.restored or not written):
        form.begin()
        by = form.line(
            "Who writes this version", "written_by", place=TextPlace.POLICY_WRITTEN, longest=160
        )
        if st.button(words, key=f"{form.key}-save"):
            with form.saving("Started.") as (db, actor):
                start_version(db, actor, row.id, written_by=by)


def _cut(one: CutRow, *, may_change: bool) -> None:
    show("list.html", empty="", rows=[
        {
            "title": f"{one.heading}, from version {one.version}", "detail": one.text,
            "state": one.state, "word": None, "href": None,
        }
    ])  # fmt: skip
    for state, words in MOVE.items() if may_change else ():
        moves = state is not one.state and one.state is not CutState.IN_LIBRARY
        if moves and st.button(words, key=f"cut-{one.id}-{state}"):
            with saving("Saved.") as (db, actor):
                place_cut(db, actor, one.id, state=state, opened={"state": one.state})
