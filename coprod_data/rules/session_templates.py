"""Templates of sessions: agendas to begin a run sheet with, and series of workshops."""

import tomllib
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from coprod_data.rules.clocks import LONDON
from coprod_data.rules.run_sheets import Step
from coprod_data.vocabulary.sessions import SeriesTemplate, SessionKind

ROUND = 5  # minutes to which a step is moved where a session is longer or shorter than its template
_FILE = Path(__file__).with_name("session_templates.toml")


@dataclass(frozen=True)
class Handout:
    """A sheet of paper to give out. `write` is how many empty lines come after each of its own."""

    title: str
    lines: tuple[str, ...]
    write: int


@dataclass(frozen=True)
class Agenda:
    """The steps of a session of so many minutes; each says after how many it begins."""

    name: str
    minutes: int
    steps: tuple[tuple[int, str, str], ...]

    def between(self, starts_at: datetime, ends_at: datetime) -> list[Step]:
        """Return its steps with the times of a session, stretched or drawn together to fit it."""
        share = (ends_at - starts_at) / timedelta(minutes=self.minutes)
        return [
            Step(_clock(starts_at, minute * share), title, detail)
            for minute, title, detail in self.steps
        ]


@dataclass(frozen=True)
class Workshop:
    """One workshop of a series, with its agenda, its hand-outs and what it should lead to."""

    title: str
    aims: str
    warm_up: str
    goals: tuple[str, ...]
    agenda: Agenda
    handouts: tuple[Handout, ...]


def workshops(template: SeriesTemplate) -> tuple[Workshop, ...]:
    """Return the workshops of a series in their order."""
    return _read()[1][template]


def agendas() -> dict[str, Agenda]:
    """Return every agenda by its name: of kinds of sessions, then of workshops."""
    kinds, series = _read()
    of_workshops = {
        f"{template}-{place}": one.agenda
        for template, its in series.items()
        for place, one in enumerate(its, 1)
    }
    of_kinds = {kind: replace(one, name=SessionKind(kind).words) for kind, one in kinds.items()}
    return {**of_kinds, **of_workshops}


@cache
def _read() -> tuple[dict[str, Agenda], dict[SeriesTemplate, tuple[Workshop, ...]]]:
    read = tomllib.loads(_FILE.read_text("utf-8"))
    kinds = {
        SessionKind(name).value: _agenda("", said)  # named when it is shown, as the council says it
        for name, said in read["agendas"].items()
    }
    series = {
        SeriesTemplate(name): tuple(_workshop(said) for said in its)
        for name, its in read["series"].items()
    }
    return kinds, series


def _workshop(said: dict[str, Any]) -> Workshop:
    return Workshop(
        title=said["title"],
        aims=said["aims"],
        warm_up=said["warm_up"],
        goals=tuple(said["goals"]),
        agenda=_agenda(said["title"], said),
        handouts=tuple(
            Handout(one["title"], tuple(one["lines"]), one["write"]) for one in said["handouts"]
        ),
    )


def _agenda(name: str, said: dict[str, Any]) -> Agenda:
    return Agenda(name, said["minutes"], tuple(map(_step, said["steps"])))


def _step(line: str) -> tuple[int, str, str]:
    minute, _, words = line.partition(" ")
    title, _, detail = words.partition(" | ")
    return int(minute), title, detail


def _clock(starts_at: datetime, minutes: float) -> str:
    after = timedelta(minutes=ROUND * round(minutes / ROUND))
    return f"{(starts_at + after).astimezone(LONDON):%H:%M}"
