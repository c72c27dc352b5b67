"""Survey rounds: planned, held, counted; results come in as shares, never person by person."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.event_log import record, record_if_changed
from coprod_data.commands.rows import kept, known, locked, must_be_as_opened, must_be_new
from coprod_data.models import Priority, SurveyFinding, SurveyRound
from coprod_data.permissions import Actor, ChangedMeanwhile, Invalid, Permission, Refused
from coprod_data.rules.clocks import london_day
from coprod_data.rules.shares import is_private, permille
from coprod_data.rules.small_numbers import SMALLEST
from coprod_data.rules.texts import optional_text, required_line
from coprod_data.vocabulary.events import EventKind
from coprod_data.vocabulary.surveys import FindingSide, SurveyState

BACK = {SurveyState.CLOSED: SurveyState.OPEN, SurveyState.SHARED: SurveyState.RESULTS_IN}
MOST_FINDINGS = 200
MOST_PEOPLE = 100_000
WHICH = "Give the survey's name, for example Your Life Beyond Care."
WHOM = "Say who was asked, for example care leavers."


@dataclass(frozen=True, kw_only=True)
class FindingTyped:
    """A finding as it is about to be kept; `percent` None says that it must stay hidden."""

    indicator: str
    side: FindingSide
    percent: Decimal | None
    said: str = ""
    base: int | None = None
    comparator: Decimal | None = None
    reworded: bool = False


def add_survey_round(db: Session, actor: Actor, *, survey: str, about: str, held_on: date) -> int:
    """Add a round; `held_on` is the day on which it closes. Returns its id. Raises Invalid."""
    actor.must(Permission.SURVEYS_WRITE)
    survey = required_line(survey, "survey", WHICH, 120)
    about = required_line(about, "about", WHOM, 120)
    taken = "This survey has a round of that day already. Open that one, or give another day."
    must_be_new(db, SurveyRound, "round", taken=taken, survey=survey, held_on=held_on)
    row = SurveyRound(survey=survey, about=about, held_on=held_on)
    return kept(db, actor, EventKind.SURVEY_ADDED, row)


def change_survey_round(
    db: Session,
    actor: Actor,
    round_id: int,
    *,
    survey: str,
    about: str,
    held_on: date,
    population: int | None,
    invited: int | None,
    replied: int | None,
    reached_by: str = "",
    source: str = "",
    opened: Mapping[str, Any] | None = None,
) -> None:
    """Say which survey it is, who was asked and replied, and what was done so that more could.

    `opened` is what the form showed. Raises NotFound, Invalid, ChangedMeanwhile.
    """
    actor.must(Permission.SURVEYS_WRITE)
    row = locked(db, SurveyRound, round_id, "round")
    typed = {
        "survey": required_line(survey, "survey", WHICH, 120),
        "about": required_line(about, "about", WHOM, 120),
        "held_on": held_on,
        "population": population,
        "invited": invited,
        "replied": replied,
        "reached_by": optional_text(reached_by, "reached_by"),
        "source": optional_text(source, "source", 240),
    }
    must_be_as_opened({field: getattr(row, field) for field in typed}, opened, typed)
    taken = "This survey has a round of that day already."
    must_be_new(
        db, SurveyRound, "round", beside=row, taken=taken, held_on=held_on, survey=typed["survey"]
    )  # fmt: skip
    _must_fit(population=population, invited=invited, replied=replied)
    largest = db.scalar(
        sa.select(sa.func.max(SurveyFinding.base)).where(SurveyFinding.round_id == row.id)
    )
    if replied is not None and largest is not None and replied < largest:
        raise Invalid(
            f"{largest} people answered one of the questions, so at least as many replied.",
            field="replied",
        )
    for field, value in typed.items():
        setattr(row, field, value)
    record_if_changed(db, actor, EventKind.SURVEY_CHANGED, row)


def close_survey_round(db: Session, actor: Actor, round_id: int) -> None:
    """Record that nobody can answer any more. Raises NotFound, Refused."""
    actor.must(Permission.SURVEYS_WRITE)
    _on(db, actor, round_id, SurveyState.OPEN, SurveyState.CLOSED, "This round is closed already.")


def share_survey_round(db: Session, actor: Actor, round_id: int) -> None:
    """Record that young people have been told what they said. Raises NotFound, Refused."""
    actor.must(Permission.SURVEYS_WRITE)
    sentence = "Bring the results in first. Then tell young people what they said."
    _on(db, actor, round_id, SurveyState.RESULTS_IN, SurveyState.SHARED, sentence)


def take_survey_back(db: Session, actor: Actor, round_id: int) -> None:
    """Take back the last step of a round: that it is closed, or that young people were told.

    Raises NotFound, Refused.
    """
    actor.must(Permission.SURVEYS_WRITE)
    row = locked(db, SurveyRound, round_id, "round")
    if row.state not in BACK:
        raise Refused("There is no step to take back. Reload the page.")
    row.state = BACK[row.state]
    record(db, actor, EventKind.SURVEY_BACK, row)


def remove_survey_round(db: Session, actor: Actor, round_id: int) -> None:
    """Delete a round that was added by mistake and has no results. Raises NotFound, Refused."""
    actor.must(Permission.SURVEYS_WRITE)
    row = locked(db, SurveyRound, round_id, "round")
    if known(db, SurveyFinding, round_id=row.id):
        raise Refused("This round has results, so it stays.")
    db.delete(row)
    record(db, actor, EventKind.SURVEY_REMOVED, row)


def keep_findings(
    db: Session,
    actor: Actor,
    round_id: int,
    findings: Sequence[FindingTyped],
    *,
    opened: Mapping[str, str] | None = None,
) -> int:
    """Put what a round found in place of what it had. Returns how many shares are hidden.

    A share that would tell of fewer than five people is not kept at all. A finding with the words
    of one that was there keeps the priorities that came of it. `opened` are the findings that the
    form knew (`queries/surveys.known_shares`). Raises NotFound, Invalid, Refused,
    ChangedMeanwhile; then nothing is kept.
    """
    actor.must(Permission.SURVEYS_WRITE)
    row = locked(db, SurveyRound, round_id, "round")
    found = db.scalars(sa.select(SurveyFinding).where(SurveyFinding.round_id == row.id)).all()
    there = {one.indicator.casefold(): one for one in found}
    now = {one.indicator: str(one.permille) for one in found}
    if opened is not None and now != opened:
        raise ChangedMeanwhile({"findings": "other findings were brought in since"})
    if not 0 < len(findings) <= MOST_FINDINGS:
        raise Invalid(f"Bring from 1 to {MOST_FINDINGS} findings.", field="findings")
    places: dict[str, FindingTyped] = {}
    for one in findings:
        words = required_line(one.indicator, "indicator", "Say what was asked.", 160)
        if words.casefold() in places:
            raise Invalid(f"“{words}” is there twice. Keep one of the two rows.", field="findings")
        if one.base is not None and row.replied is not None and one.base > row.replied:
            raise Invalid(
                f"“{words}”: {one.base} answered, but only {row.replied} replied in this round. "
                "Change one of the two numbers.",
                field="findings",
            )
        places[words.casefold()] = one
    _let_go(db, [one for one in found if one.indicator.casefold() not in places])
    hidden = 0
    for position, (words, one) in enumerate(places.items(), 1):
        base = row.replied if one.base is None else one.base
        private = one.percent is None or is_private(one.percent, base)
        hidden += private
        finding = there.get(words) or SurveyFinding(
            round_id=row.id, position=position, indicator=one.indicator, side=one.side
        )
        finding.position, finding.side = position, one.side
        finding.indicator = " ".join(one.indicator.split())
        kept_share = None if private else permille(one.percent)
        finding.permille, finding.said = kept_share, "" if private else one.said
        finding.base = None if base is None or base < SMALLEST else one.base
        finding.comparator, finding.reworded = permille(one.comparator), one.reworded
        db.add(finding)
    if row.state is not SurveyState.SHARED:
        row.state = SurveyState.RESULTS_IN
    record(db, actor, EventKind.SURVEY_RESULTS, row)
    return hidden


def _let_go(db: Session, gone: Sequence[SurveyFinding]) -> None:
    """Drop findings that the new results do not have. Raises Refused where a priority needs one."""
    for one in gone:
        needs = sa.select(Priority.title).where(Priority.finding_id == one.id).limit(1)
        if title := db.scalar(needs):
            raise Refused(
                f"The priority “{title}” came from “{one.indicator}”, which is not in these "
                "results. Add its row, or take the finding from the priority first."
            )
        db.delete(one)
    db.flush()


def _must_fit(**counted: int | None) -> None:
    """Check numbers of people: from five on, and none larger than the one it is part of."""
    whole: int | None = None
    for field, number in counted.items():
        if number is None:
            continue
        if not SMALLEST <= number <= MOST_PEOPLE:
            raise Invalid(
                f"Give a number from {SMALLEST}, or leave it empty: of fewer young people it "
                "would tell who they are.",
                field=field,
            )
        if whole is not None and number > whole:
            sentence = "More cannot have replied than were asked." if field == "replied" else (
                "More cannot have been asked than there are."
            )  # fmt: skip
            raise Invalid(sentence, field=field)
        whole = number


def _on(
    db: Session, actor: Actor, round_id: int, at: SurveyState, to: SurveyState, sentence: str
) -> None:
    row = locked(db, SurveyRound, round_id, "round")
    if row.state is not at:
        raise Refused(sentence)
    if to is SurveyState.CLOSED and row.held_on > london_day(actor.at):
        row.held_on = london_day(actor.at)
    row.state = to
    record(db, actor, EventKind.SURVEY_MOVED, row)
