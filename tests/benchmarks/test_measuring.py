"""Pairs are interleaved, and what was missed or never got ready cannot pass unseen."""

import json
import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.benchmarks.__main__ import main, measure
from tests.benchmarks.measuring import CpuOf, Measured, NotReady, Options, paired, single
from tests.benchmarks.reporting import Goal, Report, goals

OPTIONS = Options(rounds=3)


def lost(number: int) -> Iterator[Measured]:
    yield single("sending_lost", "entries lost", number)


def never(_: Options) -> Iterator[Measured]:
    raise NotReady("No browser: install chromium.")
    yield


def turns(*figures: float) -> Iterator[float]:
    yield from figures


@pytest.fixture
def report(tmp_path: Path) -> Report:
    return Report(tmp_path / "results.json", {})


def test_pairs_are_interleaved_and_the_order_turns_round_each_round():
    asked: list[str] = []

    def side(name: str, figure: float) -> float:
        asked.append(name)
        return figure

    measured = paired(
        "page_over_empty", "a page", lambda: side("ours", 3), lambda: side("empty", 2),
        rounds=3, unit="ms",
    )  # fmt: skip

    assert asked == ["ours", "empty", "empty", "ours", "ours", "empty"]
    assert measured.ratios == (1.5, 1.5, 1.5)


@pytest.mark.parametrize(
    ("figures", "rounds"),
    [((2, 2, 9), 2), ((9, 2, 2), 3), ((2, 9, 9), 3), ((9, 1, 9), 3), ((1, 9, 9), 1)],
)
def test_rounds_end_once_the_median_is_sure_to_keep_its_bound(
    figures: tuple[float, ...], rounds: int
):
    figure = iter(figures)
    measured = paired(
        "page_over_empty", "a page", lambda: next(figure), lambda: 1.0,
        rounds=3, unit="ms", at_most=2,
    )  # fmt: skip

    assert measured.ratios == figures[:rounds]


def test_each_round_is_printed_as_it_comes(capsys: pytest.CaptureFixture[str]):
    printed: list[str] = []

    def ours() -> float:
        printed.append(capsys.readouterr().out)
        return 6

    paired("page_over_empty", "a page", ours, lambda: 4, rounds=3, unit="ms")

    assert "round 1: 6 / 4 ms = 1.500" in printed[1]


def test_the_median_of_the_rounds_counts_not_the_worst_of_them():
    goal = goals()["page_over_empty"]

    assert goal.is_met_by(Measured("page_over_empty", "", (1.0, 1.3, 9.0)))
    assert not goal.is_met_by(Measured("page_over_empty", "", (1.0, 1.4, 1.5)))


def test_of_counts_every_single_one_counts():
    goal = goals()["sending_lost"]

    assert goal.is_met_by(Measured("sending_lost", "", (0, 0, 0)))
    assert not goal.is_met_by(Measured("sending_lost", "", (0, 0, 1)))


def test_a_bound_from_below_is_held_too():
    goal = Goal("kills", "entries acknowledged", "each", at_least=10_000)

    assert goal.is_met_by(Measured("", "", (10_000,)))
    assert not goal.is_met_by(Measured("", "", (9_999,)))


def test_a_run_that_meets_its_goals_exits_0(report: Report):
    assert measure({"sending": lambda _: lost(0)}, [OPTIONS], report) == 0


def test_a_missed_goal_exits_1(report: Report, capsys: pytest.CaptureFixture[str]):
    assert measure({"sending": lambda _: lost(1)}, [OPTIONS], report) == 1
    assert "Missed: entries lost." in capsys.readouterr().out


def test_a_benchmark_that_never_got_ready_exits_1_and_the_others_go_on(
    report: Report, capsys: pytest.CaptureFixture[str]
):
    assert measure({"pages": never, "sending": lambda _: lost(0)}, [OPTIONS], report) == 1
    assert [line.goal for _, line in report.lines] == ["sending_lost"]
    assert "pages (sqlite) stopped: No browser: install chromium." in capsys.readouterr().out


def test_a_side_that_never_got_ready_misses_the_goal_whatever_came_before(report: Report):
    figures = turns(1.0, 1.0)

    def ours() -> float:
        for figure in figures:
            return figure
        raise NotReady("/actions never got ready.")

    measured = paired("page_over_empty", "a page", ours, lambda: 1.0, rounds=3, unit="ms")

    assert measured.ratios == (1.0, 1.0)
    assert measured.fault == "/actions never got ready."
    assert measure({"pages": lambda _: iter([measured])}, [OPTIONS], report) == 1


def test_a_benchmark_that_measures_nothing_exits_1(report: Report):
    assert measure({"pages": lambda _: iter(())}, [OPTIONS], report) == 1


def test_goals_without_a_line_are_named(report: Report, capsys: pytest.CaptureFixture[str]):
    measure({"sending": lambda _: lost(0)}, [OPTIONS], report)

    assert "Not measured in this run: sending_lock_errors" in capsys.readouterr().out


def test_what_was_measured_is_saved_after_each_line(report: Report):
    for number in (0, 1):
        report.add("sqlite", next(lost(number)))
        saved = json.loads(report.file.read_text())["results"]

        assert [line["met"] for line in saved] == [True, False][: number + 1]


def test_an_unknown_name_is_answered_with_the_names_there_are(
    capsys: pytest.CaptureFixture[str],
):
    assert main(["run", "pagse"]) == 2
    assert "There is no benchmark named pagse. There are: pages, " in capsys.readouterr().out


def test_the_cpu_of_a_process_is_what_it_worked_not_how_long_it_waited():
    cpu = CpuOf(os.getpid())

    worked = cpu.spent(lambda: sum(range(2_000_000)))
    waited = cpu.spent(lambda: time.sleep(0.2))

    assert worked > waited
    assert waited < 0.1


def test_a_process_that_is_gone_is_not_ready():
    with pytest.raises(NotReady):
        CpuOf(2**22 + 1).cpu_seconds()
