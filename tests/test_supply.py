"""What is installed is pinned, checked by its hash, used, under a licence that we have read; no
secret is in the repository."""

import json
import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from shlex import quote

import pytest
from packaging.utils import canonicalize_name

from tests.helpers.pins import (
    AUDIT,
    BROUGHT,
    CHECKS,
    LICENCES,
    PLACES,
    PRODUCT,
    Pin,
    installed,
    licences,
    needed,
    parts,
    pins,
)
from tests.helpers.source import ROOT, all_source

FILES = (PRODUCT, CHECKS, AUDIT)
TYPED = pins(parts(PRODUCT)[0])
USED_WITHOUT_IMPORT = {
    "python-multipart": "Starlette reads forms with it",
    "tzdata": "Windows has no time zones of its own",
    "axe-playwright-python": "only the axe that it carries is read",
    "pytest-cov": "pytest --cov",
    "pytest-xdist": "pytest -n",
}
IMPORTED_AS = {"PIL": "pillow", "docx": "python-docx", "google": "protobuf"}
SECRET = re.compile(  # each begins with a letter or sign, or a scan of everything takes seconds
    r"-----BEGIN [A-Z ]*PRIVATE KEY"
    r"|A(?:KIA|SIA)[0-9A-Z]{16}\b"
    r"|gh[pousr]_[A-Za-z0-9]{36}"
    r"|xox[abprs]-[0-9A-Za-z-]{10,}"
    r"|eyJ[\w-]{15,}\.eyJ[\w-]{15,}\."  # a signed token
    r"|-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}-[0-9a-f]{8}-[0-9a-f]{4}-"  # a key of Notify
    r"|://[^\s:/@'\"{}]+:[^\s:/@'\"{}]{6,}@"  # a password in an address
)
INVENTED = {  # where an invented secret is what a test is about
    "tests/coprod_data/sending/test_notify.py",
    "tests/coprod_data/test_command_line.py",
    "tests/helpers/mail_server.py",
    "tests/test_supply.py",
}


def everything() -> dict[str, list[Pin]]:
    found: dict[str, list[Pin]] = {}
    for path in (PRODUCT, CHECKS):
        for one in pins(path.read_text("utf-8")):
            found.setdefault(one.name, []).append(one)
    return found


@pytest.mark.parametrize("path", FILES, ids=[path.name for path in FILES])
def test_every_release_is_pinned_with_hashes_direct_ones_first(path):
    text = path.read_text("utf-8")
    typed, brought = parts(path)

    assert text.count(BROUGHT) == 1
    assert all(one.hashes for one in pins(text))
    assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", h) for one in pins(text) for h in one.hashes)
    assert not {one.name for one in pins(typed)} & {one.name for one in pins(brought)}
    for place in PLACES:  # in no place two releases of one thing
        assert max(Counter(one.name for one in pins(text) if one.is_for(place)).values()) == 1


def test_everything_the_product_needs_is_pinned_at_the_version_that_is_installed():
    pinned = {name: {one.version for one in rows} for name, rows in everything().items()}

    unpinned = {
        name: installed(name).version
        for name in needed(one.named for one in TYPED)
        if installed(name).version not in pinned.get(name, ())
    }

    assert unpinned == {}


def test_what_is_pinned_directly_is_what_is_imported():
    ours = all_source("coprod_data", "pages", "tests", "dashboard.py")
    imported = {
        canonicalize_name(IMPORTED_AS.get(name, name))
        for source in ours
        for name in re.findall(
            r"^\s*(?:from(?= [\w.]+ import)|import(?= [\w.]+(?: as|$))) (\w+)", source.text, re.M
        )
        if name not in sys.stdlib_module_names | {"coprod_data", "pages", "tests", "dashboard"}
    }

    assert {one.name for one in TYPED} - imported == set(USED_WITHOUT_IMPORT)
    assert imported - {one.name for one in TYPED} == set()


def test_nothing_here_runs_on_the_setuptools_of_its_environment():
    brought = needed(one.named for one in TYPED)

    assert brought & {"setuptools", "pip", "wheel"} == set()


def test_every_licence_is_listed():
    listed = [line for line in LICENCES.read_text("utf-8").splitlines() if line.startswith("| ")]

    assert listed[1:] == licences(), "run python -m tests.helpers.pins --licences"
    assert "unknown" not in "".join(listed)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("key = '-----BEGIN RSA PRIVATE KEY-----'", True),
        ("postgresql://ada:hunter22@db/coprod", True),
        ("AKIAABCDEFGHIJKLMNOP", True),
        ("postgresql://postgres@/postgres?host=/tmp", False),
        ("https://council.gov.uk/privacy", False),
    ],
)
def test_a_secret_is_recognised(text: str, found: bool):
    assert bool(SECRET.search(text)) is found


def test_no_secret_is_in_the_repository():
    asked = ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        names = subprocess.run(asked, capture_output=True, check=True).stdout.decode().split("\0")
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("not a git repository")

    holding = {
        name
        for name in names
        if name and name not in INVENTED and (ROOT / name).is_file()
        and SECRET.search((ROOT / name).read_bytes().decode("utf-8", "ignore"))
    }  # fmt: skip

    assert holding == set()


@pytest.mark.parametrize(
    ("answer", "code", "said"),
    [
        (None, 0, "NOT AUDITED. No advisory source answered"),
        (
            [{"name": "a", "skip_reason": "unknown"}],
            0,
            "NOT AUDITED. The advisory source knew none",
        ),
        (
            [{"name": "a", "version": "1", "vulns": []}],
            0,
            "1 of 1 releases audited, 0 known faults",
        ),
        (
            [{"name": "a", "version": "1", "vulns": [{"id": "CVE-1", "fix_versions": ["2"]}]}],
            1,
            "a 1: CVE-1, mended in ['2']",
        ),
    ],
)
def test_a_known_fault_stops_ci_and_what_was_not_looked_up_is_said(
    tmp_path: Path, answer: list[dict[str, object]] | None, code: int, said: str
):
    found = "" if answer is None else json.dumps({"dependencies": answer})
    stub = tmp_path / "pip-audit"  # in the place of the real one, which asks over the network
    stub.write_text(
        f"#!/bin/sh\nwhile [ $1 != --output ]; do shift; done\necho {quote(found)} >$2\n"
    )
    stub.chmod(0o700)
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"

    ran = subprocess.run(
        [ROOT / ".ci" / "audit", stub],
        capture_output=True, text=True, check=False, env={**os.environ, "PATH": path},
    )  # fmt: skip

    assert (ran.returncode, said in ran.stdout) == (code, True), ran.stdout + ran.stderr
