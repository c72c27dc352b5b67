"""A Board paper as a Word file: what was written, its figures, and words that may be read now."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from sqlalchemy.orm import Session

from coprod_data.files.as_at import written
from coprod_data.files.paper_figures import PaperFigures, figures_of
from coprod_data.files.word_layout import PaperFacts, fill_layout
from coprod_data.files.word_sample import sample_layout
from coprod_data.permissions import Actor, Permission, Refused
from coprod_data.queries.papers import PaperDetail, layout_file, paper
from coprod_data.queries.papers_words import PaperWords, words_for_papers, words_have_left
from coprod_data.queries.settings import labels
from coprod_data.rules.clocks import day_words
from coprod_data.rules.letters import normal
from coprod_data.vocabulary.actions import Face
from coprod_data.vocabulary.labels import labelled
from coprod_data.vocabulary.papers import (
    HEADINGS,
    Considered,
    PaperPart,
    PaperState,
    PaperStatus,
    PaperTable,
)

TAKEN_BACK = "Some words were taken back after this paper was published."
OTHERS = "These are not the figures that were signed: their fingerprint was {}."
NO_WORDS = "No words that may be shown here"


@dataclass(frozen=True)
class PaperRead:
    """A paper as somebody reads it: what it says, its figures, and each part as it is printed.

    With `restricted` there may be words in it that only the Board may read. `words` are in it.
    """

    detail: PaperDetail
    figures: PaperFigures
    facts: PaperFacts
    restricted: bool
    words: tuple[PaperWords, ...] = ()


def read_paper(db: Session, actor: Actor, paper_id: int, *, restricted: bool = False) -> PaperRead:
    """Return a paper with its figures, and young people's words by the gate of this moment.

    `restricted` puts words for the Board in, for who may read them, where the paper is exempt or in
    part. Raises NotFound, NotAllowed, Refused.
    """
    actor.must(Permission.PAPERS_READ)
    found = paper(db, actor, paper_id)
    if restricted:
        actor.must(Permission.REPORT_CARDS_READ)
    if restricted and found.said.status not in (PaperStatus.EXEMPT, PaperStatus.PART_EXEMPT):
        raise Refused("This paper is public, so nothing in it is restricted.")
    figures = figures_of(db, actor, found)
    cards = [row.id for row in figures.counted.cards]
    words = words_for_papers(db, actor, cards, everybodys=not restricted)
    left = found.signed_at is not None and (
        found.removed or words_have_left(db, actor, cards, found.signed_at)
    )
    board = labels(db, actor).board
    facts = PaperFacts(_texts(found, figures, board, left), _tables(figures, words))
    return PaperRead(found, figures, facts, restricted, tuple(chain(*words.values())))


def printed_paper(db: Session, actor: Actor, paper_id: int) -> PaperRead:
    """Return a paper for its print pages; an exempt one for whom its file is made alone.

    Raises NotFound, NotAllowed.
    """
    actor.must(Permission.PAPERS_READ)
    read = read_paper(db, actor, paper_id)
    if read.detail.said.status is PaperStatus.EXEMPT:
        actor.must(Permission.REPORT_CARDS_READ)
    return read


def written_paper(
    db: Session, actor: Actor, paper_id: int, *, restricted: bool = False
) -> tuple[str, bytes]:
    """Return the name of a paper's Word file, and the file in the council's layout.

    Raises NotFound, NotAllowed, Refused.
    """
    actor.must(Permission.PAPERS_READ)
    read = read_paper(db, actor, paper_id, restricted=restricted)
    if read.detail.said.status is PaperStatus.EXEMPT and not restricted:
        raise Refused("This paper is exempt. Ask somebody who may download it as restricted.")
    used = read.detail.layout_id
    if used is None and read.detail.signed_at is not None:
        layout = sample_layout()  # it was signed before the council had its own
    else:
        layout = layout_file(db, actor, used) or sample_layout()
    return file_name(read), fill_layout(layout, read.facts)


def file_name(read: PaperRead) -> str:
    """Return what committee systems sort by: day, item, title, version, and who may read it."""
    row = read.detail.row
    title = normal("NFKD", row.title).encode("ascii", "ignore").decode().casefold()
    parts = [
        f"{row.meets_on}", f"item-{row.item:02}", re.sub(r"[^a-z0-9]+", "-", title)[:50].strip("-"),
        f"v{row.version}", "" if row.state is PaperState.SIGNED else "draft",
        "restricted" if read.restricted else "public",
    ]  # fmt: skip
    return "-".join(part for part in parts if part) + ".docx"


def _texts(
    found: PaperDetail, figures: PaperFigures, board: str, left: bool
) -> dict[PaperPart, str]:
    said, since = found.said, f"Sessions since {day_words(figures.first)}:"
    texts = {part: said.texts.get(part, "") for part in HEADINGS}
    spent = figures.spent
    if spent.money:
        texts[PaperPart.FINANCIAL] += f"\n{since} {spent.money}."
    if spent.miles:
        texts[PaperPart.CLIMATE] += f"\n{since} {spent.miles:,} miles driven."
    considered = [one.words.lower() for one in Considered if one in said.considered]
    others = found.fingerprint not in ("", figures.fingerprint)
    as_at = [
        f"Figures as at {day_words(figures.last)}, from {day_words(figures.first)} on. "
        f"Fingerprint {written(figures.fingerprint)}.",
        OTHERS.format(written(found.fingerprint)) if others else "",
        TAKEN_BACK if left else "",
        f"Version {found.row.version}. Corrected: {found.why_corrected}"
        if found.why_corrected
        else "",
        f"Signed by {found.signed_by}." if found.signed_by else "Draft, not signed.",
    ]
    return texts | {
        PaperPart.BOARD: board,
        PaperPart.MEETING_DATE: f"{found.row.meets_on:%A} {day_words(found.row.meets_on)}",
        PaperPart.TITLE: said.title,
        PaperPart.DECISION_TYPE: said.decision_type.words if said.decision_type else "",
        PaperPart.PORTFOLIO_HOLDER: found.header.portfolio_holder,
        PaperPart.EXECUTIVE_DIRECTOR: found.header.executive_director,
        PaperPart.AUTHOR: found.row.author,
        PaperPart.AUTHOR_TITLE: said.author_title,
        PaperPart.AUTHOR_TELEPHONE: said.author_telephone,
        PaperPart.AUTHOR_EMAIL: said.author_email,
        PaperPart.STATUS: said.status.words if said.status else "",
        PaperPart.RISK_CURRENT: said.risk_current.words if said.risk_current else "",
        PaperPart.RISK_RESIDUAL: said.risk_residual.words if said.risk_residual else "",
        PaperPart.CONSIDERED: _footnote(considered),
        PaperPart.AS_AT: "\n".join(line for line in as_at if line),
    }


def _footnote(considered: list[str]) -> str:
    if not considered:
        return ""
    *others, last = considered
    named = f"{', '.join(others)} and {last}" if others else last
    return (
        f"Issues relating to {named} implications have been considered and any information "
        "relevant to the decision is included within the report."
    )


def _tables(
    figures: PaperFigures, words: dict[int, list[PaperWords]]
) -> dict[PaperTable, list[dict[str, str]]]:
    counted = figures.counted
    return {
        PaperTable.CARDS: [
            {"theme": row.theme, "title": row.title, "words": _quoted(words.get(row.id, []))}
            for row in counted.cards
        ],
        PaperTable.OPPORTUNITIES: [
            {
                "title": row.title, "theme": row.theme, "days": f"{row.days}",
                "waiting_for": f"{row.asked} asked, no answer yet" if row.asked else "A member",
            }
            for row in counted.opportunities
        ],
        PaperTable.PROMISE: [
            {
                "theme": theme, "commitment": f"{row.reference} {row.wording}".strip(),
                "staff_view": row.staff_view.words if row.staff_view else "No view yet",
                "young_view": _face(row.face),
                "moved": day_words(row.moved_on) if row.moved_on else "Nothing yet",
            }
            for theme, row in figures.promise
        ],
        PaperTable.OUTCOMES: [
            {
                "title": row.title, "change": row.change, "signed_on": day_words(row.signed_on),
                "signed_how": "By card code only" if row.by_code else "In person",
            }
            for row in counted.outcomes
        ],
        PaperTable.AUDIT: [
            {
                "service": row.service, "returned": "Yes" if row.returned else "Not returned",
                "gap": _gap(row.gap),
            }
            for row in counted.audit
        ],
    }  # fmt: skip


def _quoted(words: Sequence[PaperWords]) -> str:
    marked = labelled("[For the Board only]")
    said = [one.text if one.everybodys else f"{marked} {one.text}" for one in words]
    return "\n".join(said) or NO_WORDS


def _face(face: Face | None) -> str:
    return face.words if face else "Too few have said"


def _gap(gap: int | None) -> str:
    if gap is None:
        return "Not both rated"
    return f"{gap} higher than young people" if gap > 0 else "None"
