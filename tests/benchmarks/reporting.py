"""What was measured, as a table for people and as JSON for later."""

import json
import os
import platform
import subprocess
import tomllib
from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from statistics import median

from tests.benchmarks.measuring import Measured, load
from tests.helpers.source import ROOT

GOALS_FILE = Path(__file__).with_name("goals.toml")
RESULTS = ROOT / "data" / "benchmarks"


@dataclass(frozen=True)
class Goal:
    """One table of goals.toml. Without a bound it is only printed."""

    benchmark: str
    what: str
    kind: str
    at_most: float | None = None
    at_least: float | None = None

    @property
    def bound(self) -> str:
        if self.at_most is not None:
            return f"at most {self.at_most:g}"
        return "printed" if self.at_least is None else f"at least {self.at_least:g}"

    def is_met_by(self, measured: Measured) -> bool:
        """Whether the measurement is complete and within the bound."""
        if measured.fault or not measured.ratios:
            return False
        gating = [measured.median] if self.kind == "ratio" else list(measured.ratios)
        most = float("inf") if self.at_most is None else self.at_most
        least = float("-inf") if self.at_least is None else self.at_least
        return all(least <= figure <= most for figure in gating)

    def verdict(self, measured: Measured) -> str:
        """One word for the table; none if there is no bound."""
        if not self.is_met_by(measured):
            return "MISSED"
        return "" if self.bound == "printed" else "met"


def goals() -> dict[str, Goal]:
    """Every goal by its name."""
    return {
        name: Goal(**lines) for name, lines in tomllib.loads(GOALS_FILE.read_text("utf-8")).items()
    }


@dataclass
class Report:
    """The lines of one run, saved after each line, so that a stopped run loses nothing."""

    file: Path
    options: dict[str, object]
    began: datetime = field(default_factory=lambda: datetime.now().astimezone())
    load_before: str = field(default_factory=load)
    lines: list[tuple[str, Measured]] = field(default_factory=list)

    @classmethod
    def of_now(cls, options: dict[str, object]) -> "Report":
        """A report whose file is named after this minute."""
        now = datetime.now().astimezone()
        return cls(RESULTS / f"results-{now:%Y-%m-%d-%H%M%S}.json", options, now)

    def add(self, engine: str, measured: Measured) -> None:
        """Take one line and save them all."""
        self.lines.append((engine, measured))
        self.file.parent.mkdir(parents=True, exist_ok=True)
        self.file.write_text(json.dumps(self._saved(), indent=1) + "\n", "utf-8")

    def missed(self) -> list[Measured]:
        """What did not meet its goal, or was not measured completely."""
        known = goals()
        return [line for _, line in self.lines if not known[line.goal].is_met_by(line)]

    def not_measured(self, benchmarks: Collection[str]) -> list[str]:
        """The goals of these benchmarks that have no line."""
        measured = {line.goal for _, line in self.lines}
        return [
            name
            for name, goal in goals().items()
            if goal.benchmark in benchmarks and name not in measured
        ]

    def table(self) -> str:
        """All lines in a table, with the load of the machine before and after."""
        known = goals()
        rows = [("goal", "what", "median", "min", "max", "ours", "baseline", "bound", "")]
        for engine, line in self.lines:
            goal = known[line.goal]
            rows.append(
                (
                    line.goal,
                    f"{line.what} ({engine})",
                    *_three(line.ratios),
                    _middle(line.ours, line.unit),
                    _middle(line.baseline, line.unit),
                    goal.bound,
                    line.fault or goal.verdict(line),
                )
            )
        widths = [max(len(row[column]) for row in rows) for column in range(8)]
        drawn = [
            "  ".join(
                [*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[8]]
            ).rstrip()
            for row in rows
        ]
        notes = [f"{line.what}: {line.note}." for _, line in self.lines if line.note]
        return "\n".join([*drawn, "", *notes, f"Load before: {self.load_before}; after: {load()}."])

    def _saved(self) -> dict[str, object]:
        known = goals()
        return {
            "began": self.began.isoformat(timespec="seconds"),
            "machine": machine(),
            "options": self.options,
            "load": {"before": self.load_before, "after": load()},
            "results": [
                {
                    "engine": engine,
                    **asdict(line),
                    "bound": known[line.goal].bound,
                    "met": known[line.goal].is_met_by(line),
                }
                for engine, line in self.lines
            ],
        }


def machine() -> dict[str, object]:
    """The machine on which these figures were measured."""
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    return {
        "cores": os.cpu_count(),
        "system": platform.platform(),
        "python": platform.python_version(),
        "commit": commit.stdout.strip(),
    }


def _three(figures: Iterable[float]) -> tuple[str, str, str]:
    given = list(figures)
    if not given:
        return "-", "-", "-"
    return f"{median(given):.3g}", f"{min(given):.3g}", f"{max(given):.3g}"


def _middle(figures: tuple[float, ...], unit: str) -> str:
    return f"{median(figures):.4g} {unit}".rstrip() if figures else ""
