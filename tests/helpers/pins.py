"""Pins what is installed, with the hashes of its files: `python -m tests.helpers.pins`.

Typed by hand are only the names and versions above `BROUGHT`. Everything else is resolved from
them for every Python and system in `PLACES`, keeping the versions pinned before;
`--upgrade` takes the newest instead. It needs the package index, and installs its own tool, with
its version, into a folder that it deletes.
"""

import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.helpers.source import ROOT

PRODUCT, CHECKS, AUDIT = (
    ROOT / name for name in ("requirements.txt", ".ci/requirements.txt", ".ci/audit.txt")
)
BROUGHT = "# What these bring with them, by `python -m tests.helpers.pins`"
RESOLVER = "uv==0.13.9"
PLACES = [
    {
        "python_version": version,
        "python_full_version": f"{version}.0",
        "implementation_name": "cpython",
        "platform_python_implementation": "CPython",
        "sys_platform": system,
        "platform_system": name,
        "os_name": "nt" if system == "win32" else "posix",
        "platform_machine": machine,
        "extra": "",
    }
    for version in ("3.11", "3.12", "3.13", "3.14")
    for system, name, machine in (
        ("linux", "Linux", "x86_64"),
        ("linux", "Linux", "aarch64"),
        ("darwin", "Darwin", "arm64"),
        ("darwin", "Darwin", "x86_64"),
        ("win32", "Windows", "AMD64"),
    )
]
LICENCES = ROOT / "docs" / "licences.md"
READ = {  # in the licence file of the release, where its metadata does not say
    "axe-playwright-python": "MIT",  # axe itself, which it carries, is under MPL-2.0
    "colorama": "BSD-3-Clause",  # only on Windows
    "extra-streamlit-components": "Apache-2.0",  # a classifier says MIT
    "python-dateutil": "Apache-2.0 OR BSD-3-Clause",
}


@dataclass(frozen=True)
class Pin:
    """One release: `named` as typed, with its extras; `marker` empty where it is for everybody."""

    named: str
    version: str
    marker: str
    hashes: tuple[str, ...]

    @property
    def name(self) -> str:
        return canonicalize_name(self.named.partition("[")[0])

    @property
    def text(self) -> str:
        where = f" ; {self.marker}" if self.marker else ""
        first = f"{self.named}=={self.version}{where}"
        return " \\\n".join([first, *(f"    --hash={one}" for one in self.hashes)])

    def is_for(self, place: dict[str, str]) -> bool:
        return not self.marker or Marker(self.marker).evaluate(place)


def parts(path: Path) -> tuple[str, str]:
    """What was typed by hand, and what was resolved from it."""
    typed, _, brought = path.read_text("utf-8").partition(BROUGHT)
    return typed, brought


def pins(text: str) -> list[Pin]:
    """Each release that these lines pin. Raises ValueError for a line that pins nothing."""
    found = []
    for line in text.replace("\\\n", " ").splitlines():
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        pinned = re.fullmatch(r"([\w.\-\[\],]+)==(\S+)(?: ; (.*?))?((?:\s+--hash=\S+)*)\s*", line)
        if pinned is None:
            raise ValueError(f"Not a pin: {line[:80]}")
        named, version, marker, hashes = pinned.groups()
        found.append(
            Pin(named, version, marker or "", tuple(re.findall(r"--hash=(\S+)", hashes or "")))
        )
    return found


def typed_lines(text: str) -> list[str]:
    """What was typed by hand: comments, and pins without their hashes."""
    return re.sub(r"( \\)?\n +--hash=\S+", "", text).splitlines()


def needed(names: Iterable[str]) -> set[str]:
    """The distributions installed here that these need, they themselves among them."""
    seen: set[tuple[str, str]] = set()
    waiting = [(one.name, extra) for one in map(Requirement, names) for extra in ("", *one.extras)]
    while waiting:
        name, extra = waiting.pop()
        if (canonicalize_name(name), extra) in seen:
            continue
        seen.add((canonicalize_name(name), extra))
        for one in map(Requirement, installed(name).requires or ()):
            if one.marker is None or one.marker.evaluate({"extra": extra}):
                waiting += [(one.name, more) for more in ("", *one.extras)]
    return {name for name, _ in seen}


@cache
def installed(name: str) -> Distribution:
    return distribution(name)


def licence(name: str, versions: set[str]) -> str:
    """The licence of a distribution: as we read it, else as its metadata names it. Of one that is
    not installed here in a version that is pinned, as it was listed before."""
    if name in READ:
        return READ[name]
    try:
        said = installed(name).metadata
    except PackageNotFoundError:
        said = None
    if said is None or said["Version"] not in versions:
        listed = re.search(rf"^\| {name} \| (.+) \| .+ \|$", LICENCES.read_text("utf-8"), re.M)
        return listed[1] if listed else "unknown"
    if expression := said.get("License-Expression"):
        return expression
    kinds = [
        one.rpartition(" :: ")[2]
        for one in said.get_all("Classifier", [])
        if one.startswith("License :: ")
    ]
    named = (said.get("License") or "").strip()
    short = named if named and "\n" not in named and len(named) < 60 else ""
    return short or ", ".join(kinds) or "unknown"


def licences() -> list[str]:
    """The rows of `docs/licences.md`: name, licence, what it is for."""
    typed, brought = parts(PRODUCT)
    runs, tests = typed.split("# What its tests run on")
    for_running = needed(one.named for one in pins(runs))
    rows = {}
    pinned = pins(runs + tests + brought + "".join(parts(CHECKS)))
    for one in pinned:
        versions = {other.version for other in pinned if other.name == one.name}
        use = "the dashboard" if one.name in for_running | {"colorama"} else "tests and checks"
        rows[one.name] = f"| {one.name} | {licence(one.name, versions)} | {use} |"
    return [rows[name] for name in sorted(rows)]


def resolved(tool: str, *sources: Path, upgrade: bool) -> dict[str, list[Pin]]:
    """Each release that these files need in any of the places, with all its hashes."""
    with tempfile.TemporaryDirectory() as folder:
        typed, before = Path(folder, "typed.txt"), Path(folder, "pins.txt")
        typed.write_text("\n".join(line for at in sources for line in typed_lines(parts(at)[0])))
        before.write_text("\n".join(one.text for at in sources for one in pins(parts(at)[1])))
        subprocess.run(
            [
                tool, "pip", "compile", typed, "--universal", "--python-version", "3.11",
                "--generate-hashes", "--no-annotate", "--no-header", "--quiet", "-o", before,
                *["--upgrade"] * upgrade,
            ],
            check=True,
        )  # fmt: skip
        found: dict[str, list[Pin]] = {}
        for one in pins(before.read_text("utf-8")):
            places = [one.is_for(place) for place in PLACES]
            if any(places):
                marker = "" if all(places) else one.marker
                kept = Pin(one.named, one.version, marker, one.hashes)
                found.setdefault(kept.name, []).append(kept)
        return found


def whole(path: Path, found: dict[str, list[Pin]], already: set[str]) -> Iterator[str]:
    """The lines of a file: what was typed with its hashes, then what that brings."""
    typed = typed_lines(parts(path)[0])
    here = {pin.name for line in typed for pin in pins(line)}
    for line in typed:
        direct = pins(line)
        yield from ([Pin(one.named, one.version, one.marker, found[one.name][0].hashes).text
                     for one in direct] or [line])  # fmt: skip
    yield BROUGHT
    for name in sorted(found.keys() - here - already):
        yield from (one.text for one in found[name])


def main() -> None:
    """Resolve the three files again and write them; with `--licences` only list the licences."""
    if "--licences" not in sys.argv[1:]:
        pin(upgrade="--upgrade" in sys.argv[1:])
    lede = LICENCES.read_text("utf-8").split("| Name |")[0]
    table = ["| Name | Licence | For |", "|---|---|---|", *licences()]
    LICENCES.write_text(lede + "\n".join(table) + "\n", "utf-8", newline="\n")


def pin(*, upgrade: bool) -> None:
    """Resolve and write the three files."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        tools = Path(folder, "Scripts" if sys.platform == "win32" else "bin")
        subprocess.run([tools / "python", "-m", "pip", "install", "-q", RESOLVER], check=True)
        tool = str(tools / "uv")
        product = resolved(tool, PRODUCT, upgrade=upgrade)
        both = resolved(tool, PRODUCT, CHECKS, upgrade=upgrade)
        audit = resolved(tool, AUDIT, upgrade=upgrade)
    for path, found, already in (
        (PRODUCT, {name: both[name] for name in product}, set()),
        (CHECKS, both, set(product)),
        (AUDIT, audit, set()),
    ):
        lines = list(whole(path, found, already))
        path.write_text("\n".join(lines) + "\n", "utf-8", newline="\n")
        print(f"{path.relative_to(ROOT)}: {len(pins(path.read_text('utf-8')))} releases.")


if __name__ == "__main__":
    main()
