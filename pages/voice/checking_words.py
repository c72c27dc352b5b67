"""How an entry will read: the boxes, what they hide, where that still is, and possible details."""

from dataclasses import dataclass

import streamlit as st

from coprod_data.queries.entries_raw import RawEntry
from coprod_data.rules.hidden_elsewhere import Place, still_there
from coprod_data.rules.personal_details import possible_details
from coprod_data.rules.redaction import Span, hide, spans_of
from coprod_data.rules.texts import clean_beside
from coprod_data.vocabulary.entries import ConsentUse
from coprod_data.vocabulary.labels import labelled
from pages.parts.faults import refusals
from pages.parts.html import show
from pages.voice.checking_box import key_of, put, text_box

HOW = (
    "Type a role in square brackets over anything that shows who somebody is, "
    "for example [my social worker]. Nothing else can change."
)
BOXES = {"thinks": "What they think", "wants": "What they want"}


@dataclass(frozen=True)
class Wording:
    """What is in the boxes, and what may still tell who somebody is."""

    thinks: str
    wants: str
    many: bool
    details: tuple[str, ...]
    still: tuple[Place, ...]

    @property
    def telling(self) -> tuple[str, ...]:
        """Return what may tell who somebody is: hidden words that are still there first."""
        return (*(place.words for place in self.still), *self.details)


def shown_words(raw: RawEntry, thinks: str | None = None, wants: str | None = None) -> Wording:
    """Show the boxes, beginning with these texts or the original, and the lists below them."""
    show("sub_heading.html", title=_heading(raw))
    st.text(HOW)
    texts = {"thinks": raw.thinks, "wants": raw.wants}
    starts = {"thinks": thinks or raw.thinks, "wants": wants or raw.wants}
    labels = BOXES if raw.main_id is None else {**BOXES, "thinks": "What they wrote"}
    with st.container(key="shown-words"):
        typed = {
            field: text_box(
                raw.id, field, labels[field], starts[field], 160, place=None, check=False
            )
            if texts[field]
            else ""
            for field in BOXES
        }
    hidden = _hidden(raw, typed)
    words = [span.hidden for spans in hidden.values() for span in spans]
    places = {labels[field]: text for field, text in typed.items() if text}
    if raw.summary:
        places["The summary"] = raw.summary
    still = tuple(still_there(words, places))
    listed = {place.words for place in still}
    details = tuple(
        dict.fromkeys(
            detail
            for text in typed.values()
            for detail in possible_details(text)
            if detail not in listed
        )
    )
    _still_there(raw, still, labels, _role_of(hidden))
    _details(raw, details)
    many = any(span.long for spans in hidden.values() for span in spans)
    meant = many and st.checkbox("Yes, hide more than six words", key=f"many-{raw.id}")
    return Wording(typed["thinks"], typed["wants"], bool(meant), details, still)


def _heading(raw: RawEntry) -> str:
    if ConsentUse.PUBLIC in raw.uses:
        return labelled("How the Board and everybody will read it")
    return (
        labelled("How the Board will read it")
        if ConsentUse.BOARD in raw.uses
        else "How it will read"
    )


def _hidden(raw: RawEntry, typed: dict[str, str]) -> dict[str, list[Span]]:
    """Show what will be hidden, each with a way back, or what is wrong with the shown text."""
    found: dict[str, list[Span]] = {}
    with refusals():
        originals = {"thinks": raw.thinks, "wants": raw.wants}
        found = {
            field: spans_of(words, clean_beside(words, typed[field], field))
            if (words := originals[field])
            else []
            for field in BOXES
        }
    spans = [(field, number, span) for field in found for number, span in enumerate(found[field])]
    if not found:
        return {}
    show(
        "hidden_words.html",
        count=len(spans),
        whole="Nothing is hidden: it reads exactly as it was written.",
    )
    for field, number, span in spans:
        with st.container(key=f"hidden-{field}-{number}", horizontal=True):
            show("hidden_word.html", words=span.hidden, role=span.role, long=span.long)
            st.button(
                "Undo", key=f"undo-{field}-{number}-{raw.id}",
                on_click=_undo, args=(raw.id, field, originals[field], span, found[field]),
            )  # fmt: skip
    return found


def _undo(entry_id: int, field: str, original: str, span: Span, spans: list[Span]) -> None:
    put(entry_id, field, hide(original, [one for one in spans if one != span]))


def _still_there(
    raw: RawEntry, still: tuple[Place, ...], labels: dict[str, str], role: str
) -> None:
    if not still:
        return
    show("list_head.html", title="Where these words still are", count=len(still), icon="eye")
    fields = {label: field for field, label in labels.items()}
    for number, found in enumerate(still):
        with st.container(key=f"still-{number}", horizontal=True):
            show("found_word.html", words=found.words, where=found.where)
            if found.where in fields:
                st.button(
                    f"Hide {number + 1}", key=f"still-{number}-{raw.id}",
                    on_click=_hide_at, args=(raw.id, fields[found.where], found, role),
                )  # fmt: skip


def _hide_at(entry_id: int, field: str, found: Place, role: str) -> None:
    text = str(st.session_state.get(key_of(entry_id, field)) or "")
    if text[found.start : found.end] == found.words:
        put(entry_id, field, f"{text[: found.start]}[{role}]{text[found.end :]}")


def _details(raw: RawEntry, details: tuple[str, ...]) -> None:
    if not details:
        return
    show("list_head.html", title="Possible details", count=len(details), icon="search")
    for number, words in enumerate(details):
        with st.container(key=f"detail-{number}", horizontal=True):
            show("found_word.html", words=words, where=_kind(words))
            st.button(
                f"Hide detail {number + 1}", key=f"detail-{number}-{raw.id}",
                on_click=_hide_detail, args=(raw.id, words),
            )  # fmt: skip
    st.text("We miss many names and places. Read it yourself.")


def _hide_detail(entry_id: int, words: str) -> None:
    for field in BOXES:
        text = str(st.session_state.get(key_of(entry_id, field)) or "")
        if words in text:
            put(entry_id, field, text.replace(words, f"[{_kind(words).lower()}]"))


def _kind(words: str) -> str:
    """Return what a detail may be, which is also the role that takes its place."""
    folded = words.casefold()
    if "@" in words:
        return "A contact"
    if sum(letter.isdigit() for letter in words) >= 6:
        return "A number"
    if any(part in folded for part in ("school", "academy", "college", "primary", "high")):
        return "A school"
    if any(letter.isdigit() for letter in words):
        return "A place or number"
    return "A name or place"


def _role_of(hidden: dict[str, list[Span]]) -> str:
    return next((span.role for spans in hidden.values() for span in spans), "a name")
