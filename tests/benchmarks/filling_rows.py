"""The rows for an entry and for each step the team takes with it, and their log."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from coprod_data.models import (
    CardEntry,
    CheckStep,
    Consent,
    EntryQuestion,
    EntryReading,
    EntrySummary,
    EntryVersion,
    Reply,
    SafeguardingHold,
    UseDecision,
)
from coprod_data.rules.redaction import Span, hide
from coprod_data.vocabulary.entries import ConsentUse, QuestionKind, VersionKind
from coprod_data.vocabulary.entry_care import StepKind
from coprod_data.vocabulary.events import EventKind
from tests.benchmarks.filling_log import Log, Texts
from tests.benchmarks.filling_people import LEAD
from tests.benchmarks.filling_search import SearchRows
from tests.benchmarks.filling_sheets import Sheet

SHOWN_SHORTER = "We wrote your words shorter. Is this what you mean?"


class Rows:
    """Rows of every table about entries; `place` and `visits` are the last numbers used."""

    def __init__(self, log: Log) -> None:
        self.log = log
        self.entries = Sheet(
            CardEntry, "id", "kind", "report_card_id", "about_id", "form_hash", "code_hash",
            "code_key", "code_words", "sent_at", "typed_by_id", "read_back", "language", "feeling",
            "flags", "review", "taken_by_id", "released_version_id", "released_at",
            "released_by_id", "place", "withdrawn_at", "replied_at", "waits_since", "dealt_at",
            "hints", "kept_unread",
        )  # fmt: skip
        self.versions = Sheet(
            EntryVersion, "id", "entry_id", "number", "kind", "thinks", "wants", "spans",
            "made_at", "made_by_id",
        )  # fmt: skip
        self.consents = Sheet(Consent, "id", "entry_id", "use", "given_at", "recorded_by_id")
        self.readings = Sheet(EntryReading, "id", "entry_id", "person_id", "at")
        self.replies = Sheet(Reply, "id", "entry_id", "text", "person_id", "at")
        self.summaries, self.questions = Sheet(EntrySummary), Sheet(EntryQuestion)
        self.decisions = Sheet(
            UseDecision, "id", "entry_id", "use", "let_out", "decided_at", "decided_by_id"
        )
        self.holds, self.steps = Sheet(SafeguardingHold), Sheet(CheckStep)
        self.search = SearchRows()
        self.place = self.visits = 0

    def sheets(self) -> list[Sheet]:
        """Return every sheet, the log's included."""
        return [
            self.entries, self.versions, self.consents, self.readings, self.replies,
            self.summaries, self.questions, self.holds, self.steps, self.decisions,
            *self.log.sheets(),
        ]  # fmt: skip

    def visited(self, at: datetime, person: int) -> None:
        """Note that somebody signed in; the session itself has since been deleted."""
        self.visits += 1
        self.log.tell(at, EventKind.SIGNED_IN, "auth_session", self.visits, {"person": person})

    def opened(self, number: int, reader: int, at: datetime, *, first: bool = True) -> None:
        """Note that somebody read the raw words; the first reader takes the entry."""
        self.readings.rows.append((self.readings.next_id(), number, reader, at))
        self.log.tell(
            at, EventKind.ENTRY_OPENED, "card_entry", number,
            {
                f"card_entry:{number}.review": ["submitted", "in_review"],
                f"card_entry:{number}.taken_by_id": [None, reader],
                f"card_entry:{number}.taken_at": [None, at.isoformat()],
            } if first else {},
            person=reader,
        )  # fmt: skip

    def released(
        self, number: int, by: int, at: datetime, version: int, shown: dict[str, Any],
        texts: Texts | None = None, uses: Iterable[ConsentUse] = (),
    ) -> None:  # fmt: skip
        """Note a release for these uses, at the next place."""
        self.place += 1
        decided: dict[str, Any] = {}
        for use in uses:
            decision = self.decisions.next_id()
            self.decisions.rows.append((decision, number, use, True, at, by))
            name = f"use_decision:{decision}"
            decided |= {
                f"{name}.entry_id": [None, number], f"{name}.use": [None, use.value],
                f"{name}.let_out": [None, True], f"{name}.decided_by_id": [None, by],
                f"{name}.decided_at": [None, at.isoformat()],
            }  # fmt: skip
        name = f"card_entry:{number}"
        self.log.tell(
            at, EventKind.ENTRY_RELEASED, "card_entry", number,
            {
                **shown, **decided,
                f"{name}.review": ["in_review", "released"],
                f"{name}.dealt_at": [None, at.isoformat()],
                f"{name}.released_version_id": [None, version],
                f"{name}.released_at": [None, at.isoformat()],
                f"{name}.released_by_id": [None, by],
                f"{name}.place": [None, self.place],
            },
            person=by, texts=texts,
        )  # fmt: skip

    def redacted(
        self, number: int, by: int, at: datetime, role: str, thinks: str, wants: str | None, *,
        erased: bool,
    ) -> tuple[int, str, dict[str, Any], Texts]:  # fmt: skip
        """Hide the second word of what they think under a role."""
        start = thinks.index(" ") + 1
        end = thinks.index(" ", start)
        spans = [["thinks", start, end, role]]
        shown = hide(thinks, [Span(start, end, role, thinks[start:end])])
        version = self.versions.next_id()
        kept = (None, None) if erased else (shown, wants)
        self.versions.rows.append((version, number, 2, VersionKind.SHOWN, *kept, spans, at, by))
        name = f"entry_version:{version}"
        changes = {
            f"{name}.entry_id": [None, number], f"{name}.number": [None, 2],
            f"{name}.kind": [None, "shown"], f"{name}.made_at": [None, at.isoformat()],
            f"{name}.made_by_id": [None, by],
        }  # fmt: skip
        return version, shown, changes, [(f"{name}.spans", str(spans))]

    def replied(
        self, number: int, by: int, at: datetime, text: str, kind: EventKind
    ) -> None:  # fmt: skip
        """Note a reply or, with that kind, a closing."""
        reply = self.replies.next_id()
        self.replies.rows.append((reply, number, text, by, at))
        moment = at.isoformat()
        changes: dict[str, Any] = {
            f"reply:{reply}.entry_id": [None, number], f"reply:{reply}.person_id": [None, by],
            f"reply:{reply}.at": [None, moment],
        }  # fmt: skip
        if kind is EventKind.ENTRY_CLOSED:
            changes[f"card_entry:{number}.review"] = ["in_review", "closed"]
        changes[f"card_entry:{number}.replied_at"] = [None, moment]
        self.log.tell(
            at, kind, "card_entry", number, changes,
            person=by, texts=[(f"reply:{reply}.text", text)],
        )  # fmt: skip

    def asked(self, number: int, by: int, at: datetime, text: str, **answer: Any) -> int:
        """Note a question of the team, with its answer if there is one. Returns its id."""
        question = self.questions.add(
            entry_id=number, kind=QuestionKind.TALK, text=text, asked_at=at, asked_by_id=by,
            **answer,
        )  # fmt: skip
        name = f"entry_question:{question}"
        self.log.tell(
            at, EventKind.ENTRY_ASKED_BACK, "card_entry", number,
            {
                f"{name}.entry_id": [None, number], f"{name}.kind": [None, "talk"],
                f"{name}.asked_at": [None, at.isoformat()], f"{name}.asked_by_id": [None, by],
                f"card_entry:{number}.review": ["in_review", "asked_back"],
            },
            person=by, texts=[(f"{name}.text", text)],
        )  # fmt: skip
        return question

    def held(self, number: int, by: int, opened: datetime, closed: datetime | None) -> None:
        """Note a hold, and who ended it if it has ended."""
        hold = self.holds.add(
            entry_id=number, opened_at=opened, opened_by_id=by, closed_at=closed,
            closed_by_id=None if closed is None else LEAD, reference="",
        )  # fmt: skip
        name = f"safeguarding_hold:{hold}"
        self.log.tell(
            opened, EventKind.HOLD_OPENED, "safeguarding_hold", hold,
            {
                f"{name}.entry_id": [None, number],
                f"{name}.opened_at": [None, opened.isoformat()],
                f"{name}.opened_by_id": [None, by],
            },
            person=by,
        )  # fmt: skip
        if closed is not None:
            self.log.tell(
                closed, EventKind.HOLD_CLOSED, "safeguarding_hold", hold,
                {
                    f"{name}.closed_at": [None, closed.isoformat()],
                    f"{name}.closed_by_id": [None, LEAD],
                },
                person=LEAD,
            )  # fmt: skip

    def proposed(
        self, number: int, by: int, at: datetime, version: int, agreed: tuple[datetime, int] | None
    ) -> None:
        """Note that a flagged entry waits for its second reader, and who agreed if one has."""
        step = self.steps.add(
            entry_id=number, kind=StepKind.RELEASE, version_id=version, detail={},
            proposed_at=at, proposed_by_id=by, settled_at=agreed and agreed[0],
            settled_by_id=agreed and agreed[1], agreed=agreed and True,
        )  # fmt: skip
        self.log.tell(
            at, EventKind.ENTRY_PROPOSED, "card_entry", number,
            {f"check_step:{step}.version_id": [None, version], "step": "release"},
            person=by,
        )  # fmt: skip

    def passed_on(self, number: int, by: int, at: datetime) -> None:
        """Note that a young person's own worker helps."""
        self.log.tell(
            at, EventKind.ENTRY_PERSONAL_HELP, "card_entry", number,
            {f"card_entry:{number}.review": ["in_review", "personal_help"]},
            person=by,
        )  # fmt: skip

    def summed_up(
        self, number: int, by: int, at: datetime, agreed: datetime, text: str | None
    ) -> None:
        """Note a summary and the young person's yes; without text if it has since been erased."""
        summary = self.summaries.add(
            entry_id=number, text=text or "", made_at=at, made_by_id=by, agreed_at=agreed
        )
        question = self.questions.add(
            entry_id=number, kind=QuestionKind.SUMMARY, text=SHOWN_SHORTER, summary_id=summary,
            asked_at=at, asked_by_id=by, answered_at=agreed, agreed=True,
        )  # fmt: skip
        one, other = f"entry_summary:{summary}", f"entry_question:{question}"
        self.log.tell(
            at, EventKind.SUMMARY_WRITTEN, "entry_summary", summary,
            {
                f"{one}.entry_id": [None, number], f"{one}.made_at": [None, at.isoformat()],
                f"{one}.made_by_id": [None, by],
                f"{other}.entry_id": [None, number], f"{other}.kind": [None, "summary"],
                f"{other}.summary_id": [None, summary],
                f"{other}.asked_at": [None, at.isoformat()],
                f"{other}.asked_by_id": [None, by],
            },
            person=by,
            texts=[(f"{one}.text", text), (f"{other}.text", SHOWN_SHORTER)],
        )  # fmt: skip
        self.log.tell(
            agreed, EventKind.ENTRY_ANSWERED, "entry_question", question,
            {
                f"{other}.answered_at": [None, agreed.isoformat()],
                f"{other}.agreed": [None, True],
                f"{one}.agreed_at": [None, agreed.isoformat()],
            },
            card=number,
        )  # fmt: skip

    def taken_back(self, number: int, at: datetime) -> None:
        """Note that a young person took their words back."""
        self.log.tell(
            at, EventKind.ENTRY_WITHDRAWN, "card_entry", number,
            {f"card_entry:{number}.withdrawn_at": [None, at.isoformat()]}, card=number,
        )  # fmt: skip


def sent(
    number: int, kind: str, card: int, form: str, at: datetime, version: int, *,
    about: int | None = None, typed_by: int | None = None,
    language: str = "en", feeling: int | None = None, flags: list[str] | None = None,
) -> tuple[dict[str, Any], Texts]:  # fmt: skip
    """Return the log's changes for a new entry with its sealed original."""
    entry, original, moment = f"card_entry:{number}", f"entry_version:{version}", at.isoformat()
    changes: dict[str, Any] = {
        f"{entry}.kind": [None, kind],
        f"{entry}.report_card_id": [None, card],
        f"{entry}.form_hash": [None, form],
        f"{entry}.sent_at": [None, moment],
        f"{entry}.language": [None, language],
        f"{entry}.flags": [None, flags or []],
        f"{entry}.hints": [None, []],
        f"{entry}.waits_since": [None, moment],
        f"{entry}.kept_unread": [None, False],
        f"{entry}.review": [None, "submitted"],
        f"{original}.entry_id": [None, number],
        f"{original}.number": [None, 1],
        f"{original}.kind": [None, "original"],
        f"{original}.made_at": [None, moment],
    }
    if about is not None:
        changes[f"{entry}.about_id"] = [None, about]
    if feeling is not None:
        changes[f"{entry}.feeling"] = [None, feeling]
    if typed_by is not None:
        changes[f"{entry}.typed_by_id"] = [None, typed_by]
        changes[f"{entry}.read_back"] = [None, True]
        changes[f"{original}.made_by_id"] = [None, typed_by]
    return changes, [(f"{original}.spans", "[]")]
