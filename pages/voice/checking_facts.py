"""What a checker must know beside the words of an entry: pills, lines, and who has read it."""

from coprod_data.queries.entries_raw import RawEntry
from coprod_data.vocabulary.entries import WROTE_BACK, ConsentUse, EntryKind, Feeling, Hint
from coprod_data.vocabulary.entry_care import Again
from coprod_data.vocabulary.labels import labelled
from pages.parts.html import show
from pages.parts.times import on_and_at
from pages.shared.asked_pages import asked_pages
from pages.voice.checking_rows import ENGLISH, Pill

ALLOWED = {
    ConsentUse.BOARD: "The Board may read it",
    ConsentUse.SUMMARY: "The Board may read it in our words",
    ConsentUse.PUBLIC: "Everyone may read it",
    ConsentUse.WORK: "The people in this work may read it",
}


def head(raw: RawEntry) -> None:
    """Show the heading of an open entry with what is known of it."""
    show(
        "entry_facts.html",
        title=f"No. {raw.id}: {raw.theme}",
        pills=_pills(raw),
        lines=_lines(raw),
        about=raw.about,
    )


def readers(raw: RawEntry) -> None:
    """Show who has read the words."""
    show("section.html", title="Who has read these words", count=None)
    show(
        "timeline.html",
        events=[
            {"when": on_and_at(row.at), "sentence": row.person} for row in reversed(raw.readings)
        ],
        empty="",
    )


def sealed_words(raw: RawEntry) -> None:
    """Show the words as they were written, and below an answer the card that it belongs to."""
    first = "What they think" if raw.main_id is None else "What they wrote"
    headings = (first, "What they want")
    if raw.kind is EntryKind.FEEDBACK:
        headings = ("What was good at the session", "What to change at the session")
    if raw.kind is EntryKind.PAGE:
        headings = ("What they wrote about the page", "")
    if raw.kind is EntryKind.POLICY:
        headings = ("What they wrote about the policy", "")
    for heading, words in zip(headings, (raw.thinks, raw.wants), strict=True):
        if words:
            show("raw_words.html", heading=heading, words=words)
    if raw.main_id is not None:
        show("its_card.html", number=raw.main_id, words=[words for words in raw.card if words])


def _pills(raw: RawEntry) -> list[Pill]:
    wrote_back = raw.kind is EntryKind.ANSWER and not raw.about
    kind = WROTE_BACK if wrote_back else raw.kind.words
    pills: list[Pill] = [(kind, "plain", "voice")]
    pills += [(flag.words, "alert", "flag") for flag in raw.flags]
    if raw.again is not None and raw.again is not Again.WORRIED:  # the flag says it
        pills.append((raw.again.words, "moving", "undo"))
    if raw.wants_a_person:
        pills.append(("Wants a person", "violet", "phone"))
    pills += [(hint.words, "soon", "warning") for hint in raw.hints]
    if raw.feeling is not None and Hint.REALLY_BAD not in raw.hints:  # which says it
        pills.append((Feeling(raw.feeling).words, "plain", "heart"))
    if raw.taken_back_at is not None:
        return [*pills, ("Taken back", "alert", "undo")]
    pills += [
        (labelled(words), "good", "check") for use, words in ALLOWED.items() if use in raw.uses
    ]
    if not raw.uses & {ConsentUse.BOARD, ConsentUse.SUMMARY, ConsentUse.WORK}:
        pills.append(("Only the team may read it", "soon", "lock"))
    return pills


def _lines(raw: RawEntry) -> list[str]:
    lines = [f"Sent {on_and_at(raw.sent_at)}."]
    if raw.about_page:
        lines.append(f"About the page “{asked_pages().get(raw.about_page, raw.about_page)}”.")
    if raw.about_policy:
        lines.append(f"About a policy: {raw.about_policy}.")
    if raw.answer_to:
        lines.append(f"{raw.answer_to} wrote it and would like an answer. Nobody else is told.")
    if raw.language not in ENGLISH:
        lines.append(f"Written in another language: {raw.language}.")
    if raw.translated is not None:
        by = f"{raw.translated_by} said so" if raw.translated_by else "somebody said so"
        lines.append(f"Who translated it: {raw.translated.words.lower()} ({by}).")
    if raw.typed_by:
        agreed = {True: "and read it back to them", False: "and did not read it back", None: ""}
        lines.append(f"{raw.typed_by} typed it with them {agreed[raw.read_back]}".strip() + ".")
    lines += [
        f"{one.person or 'Somebody with a card code'} said on {on_and_at(one.at)} that they are "
        "worried about these words."
        for one in raw.worries
    ]
    lines += [
        f"{step.by} did not agree ({step.kind.words.lower()}): {step.answer or 'no reason given'}"
        for step in raw.refused
    ]
    return lines
