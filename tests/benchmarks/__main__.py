"""The command line of the benchmarks: fill databases with ten years, then measure against goals.

python -m tests.benchmarks fill --size 1m --db sqlite
python -m tests.benchmarks run [NAME ...] --rounds 7 --db both --small 1k --large 1m
"""

import argparse
import sys
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from functools import partial
from importlib import import_module

from tests.benchmarks import peers
from tests.benchmarks.measuring import Engine, Measured, NotReady, Options
from tests.benchmarks.reporting import Report, goals

SIZES = ("1k", "10k", "100k", "1m", "5m")
ENGINES: tuple[Engine, ...] = ("sqlite", "postgresql")
BENCHMARKS = tuple(dict.fromkeys(goal.benchmark for goal in goals().values()))


def main(arguments: list[str] | None = None) -> int:
    """Do what was asked for and return the exit code: 1 when any goal was missed."""
    asked = _parser().parse_args(arguments)
    engines = ENGINES if asked.db == "both" else (asked.db,)
    if asked.action == "fill":
        fill = import_module("tests.benchmarks.filling").fill
        for engine in engines:
            fill(asked.size, engine)
        return 0
    if unknown := [name for name in asked.names if name not in BENCHMARKS]:
        known = ", ".join(BENCHMARKS)
        print(f"There is no benchmark named {', '.join(unknown)}. There are: {known}.")
        return 2
    runs = [
        Options(
            rounds=asked.rounds, db=engine, small=asked.small, large=asked.large,
            entries=asked.entries, reruns=asked.reruns, sessions=asked.sessions,
        )
        for engine in engines
    ]  # fmt: skip
    names = asked.names or [name for name in BENCHMARKS if name != "peers" or peers.PYTHON]
    report = Report.of_now({"names": list(names), "runs": [asdict(run) for run in runs]})
    return measure({name: partial(_run, name) for name in names}, runs, report)


def measure(
    benchmarks: Mapping[str, Callable[[Options], Iterable[Measured]]],
    runs: Sequence[Options],
    report: Report,
) -> int:
    """Run each benchmark on each engine, print the table and return 1 when anything was missed.

    One that fails or measures nothing is missed too, and the others still run.
    """
    broken: list[str] = []
    for options in runs:
        for name, benchmark in benchmarks.items():
            print(f"\n=== {name}, {options.db} ===", flush=True)
            before = len(report.lines)
            try:
                for measured in benchmark(options):
                    report.add(options.db, measured)
            except Exception as error:
                if not isinstance(error, NotReady):
                    traceback.print_exc()
                broken.append(f"{name} ({options.db}) stopped: {error}")
            else:
                if len(report.lines) == before:
                    broken.append(f"{name} ({options.db}) measured nothing.")
    print(f"\n{report.table()}")
    missed = report.missed()
    for line in missed:
        print(f"Missed: {line.what}. {line.fault}".rstrip())
    for sentence in broken:
        print(sentence)
    if not_measured := report.not_measured(benchmarks):
        print(f"Not measured in this run: {', '.join(not_measured)}.")
    print(f"Saved in {report.file}.")
    return 1 if missed or broken else 0


def _run(name: str, options: Options) -> Iterator[Measured]:
    yield from import_module(f"tests.benchmarks.{name}").run(options)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    actions = parser.add_subparsers(dest="action", required=True)
    fill = actions.add_parser("fill", help="fill a database with ten years of a council")
    fill.add_argument("--size", choices=SIZES, default="1m")
    run = actions.add_parser("run", help="measure, and exit 1 when a goal is missed")
    run.add_argument("names", nargs="*", metavar="NAME", help=", ".join(BENCHMARKS))
    run.add_argument("--rounds", type=int, default=7)
    run.add_argument("--small", choices=SIZES, default="1k")
    run.add_argument("--large", choices=SIZES, default="1m")
    run.add_argument("--entries", type=int, default=Options.entries, help="sent by `kills`")
    run.add_argument("--reruns", type=int, default=Options.reruns, help="of `soak`")
    run.add_argument("--sessions", type=int, default=Options.sessions, help="of `soak`")
    for action in (fill, run):
        action.add_argument("--db", choices=(*ENGINES, "both"), default="sqlite")
    return parser


if __name__ == "__main__":
    sys.exit(main())
