"""What the surveys say at once: is life getting better, by the newest round or the one named."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from coprod_data.permissions import Actor
from coprod_data.queries.surveys import (
    LEAST_REPLIED,
    FindingRow,
    SurveyRow,
    findings,
    round_before,
    survey_rounds,
)
from coprod_data.vocabulary.surveys import Change, FindingSide
from pages.parts.address import number_in
from pages.parts.answers import Address, Answer
from pages.parts.html import render
from pages.parts.looks import Look, look
from pages.shared.lists import address, choice

HERE = "/surveys"
TITLE = "Is life getting better?"
MOST_OF_A_SIDE = 3


@dataclass(frozen=True)
class Surveys(Answer):
    """The answer, the round it is about, the one before it, and what was found."""

    known: tuple[SurveyRow, ...] = ()
    now: SurveyRow | None = None
    before: SurveyRow | None = None
    found: tuple[FindingRow, ...] = ()


def answer(db: Any, actor: Actor, named: Address) -> Surveys:
    """Return the newest round that has results, or the one that is named, beside the one before."""
    known = tuple(survey_rounds(db, actor))
    if not known:
        said = "No survey has been brought in yet. Its results come in as shares of a group."
        empty = render("empty.html", title="No survey yet", words=said, icon="listen")
        return Surveys(TITLE, (empty,))
    chosen = number_in(named, "round")
    newest = next((row for row in known if row.findings), known[0])
    now = next((row for row in known if row.id == chosen), newest)
    before = round_before(db, actor, now.id)
    found = tuple(findings(db, actor, now.id, before_id=before.id if before else None))
    blocks: list[Markup] = []
    if len(known) > 1:
        blocks.append(
            render(
                "choices.html",
                label="Survey",
                choices=[
                    choice(f"{row.survey}, {row.held_on.year}", address(HERE, round=row.id),
                           chosen=row.id == now.id)
                    for row in known
                ],
            )
        )  # fmt: skip
    if found:
        blocks += _found(now, before, found)
    else:
        words = "Its results have not come in yet."
        blocks.append(render("empty.html", title=f"{now.survey}, {now.held_on.year}", words=words,
                             icon="clock"))  # fmt: skip
    blocks.append(render("survey_who.html", words=who_answered(now, before), low=low(now)))
    return Surveys(TITLE, tuple(blocks), known=known, now=now,
                   before=before, found=found)  # fmt: skip


def _found(now: SurveyRow, before: SurveyRow | None, found: Sequence[FindingRow]) -> list[Markup]:
    good = _largest(found, FindingSide.GOOD)
    worries = _largest(found, FindingSide.WORRY)
    blocks = [render("lede.html", words=in_short(found))] if before else []
    blocks.append(
        render(
            "survey.html",
            caption=f"{now.survey}: what {now.about} said",
            before=before.held_on.year if before else None,
            now=now.held_on.year,
            compares=any(row.comparator is not None for row in found),
            rows=[finding_values(row) for row in found],
        )
    )
    if good or worries:
        blocks.append(render("survey_sides.html", good=good, worries=worries))
    return blocks


def finding_values(row: FindingRow) -> dict[str, object]:
    """Return a finding as a row of survey.html."""
    compared, shown = row.compared, None
    if compared.change in (Change.BETTER, Change.WORSE):
        points = abs(compared.points or 0)
        looks = look(compared.change)
        unit = "point" if points == 1 else "points"
        arrow = "up" if (compared.points or 0) > 0 else "down"
        shown = Look(f"{points} {unit} {looks.word.lower()}", looks.tone, arrow)
    else:
        shown = look(compared.change)
    return {
        "words": row.indicator,
        "note": why_not(row),
        "asked": row.asked_before,
        "before": row.before,
        "now": row.now,
        "comparator": row.comparator,
        "change": shown,
    }


def why_not(row: FindingRow) -> str:
    """Return why two rounds cannot be compared, or ''."""
    if row.compared.change is Change.REWORDED:
        return "The question was changed"
    if row.compared.change is Change.HIDDEN:
        if row.before is None or row.now is None:
            return "So few people said it that the share stays hidden"
        return "It is not known how many answered, or fewer than ten did"
    return ""


def in_short(found: Sequence[FindingRow]) -> str:
    """Return in one or two sentences what changed."""
    by = Counter(row.compared.change for row in found)
    parts = [f"Better in {by[Change.BETTER]}, worse in {by[Change.WORSE]}."]
    if few := by[Change.TOO_FEW]:
        parts.append(f"In {few} the change is too small for the number of replies.")
    if alone := by[Change.REWORDED] + by[Change.HIDDEN]:
        parts.append(f"{alone} cannot be compared.")
    return " ".join(parts)


def who_answered(now: SurveyRow, before: SurveyRow | None) -> str:
    """Return how many answered, in each round."""
    told = [_answered(one) for one in (now, before) if one]
    return " and ".join(told) + f". The survey asks for {LEAST_REPLIED}%."


def low(now: SurveyRow) -> str:
    """Return what it means that too few replied, or ''."""
    if now.enough:
        return ""
    return "Fewer replied than it needs, so it may not speak for all of them."


def plain_words(now: SurveyRow, found: Sequence[FindingRow]) -> list[str]:
    """Return what changed in sentences for young people."""
    said = []
    for row in found:
        better = row.compared.change is Change.BETTER
        if better or row.compared.change is Change.WORSE:
            how = "That is better." if better else "That is worse. It must change."
            said.append(
                f"“{row.indicator}”: {row.now} in every 100 say this. It was {row.before} in "
                f"every 100 the time before. {how}"
            )
    return said or [f"Not enough has changed for {now.about} to be sure about it."]


def _answered(one: SurveyRow) -> str:
    year = one.held_on.year
    if one.replied is None:
        return f"not known in {year}"
    asked = one.invited or one.population
    if asked is None:
        return f"{one.replied} in {year}"
    return f"{one.replied} of {asked} in {year} ({one.rate}%)"


def _largest(found: Sequence[FindingRow], side: FindingSide) -> list[dict[str, object]]:
    of_side = [row for row in found if row.side is side and row.now is not None]
    return [
        {"words": row.indicator, "percent": row.now}
        for row in sorted(of_side, key=lambda row: -(row.now or 0))[:MOST_OF_A_SIDE]
    ]
