"""The benchmark's own PostgreSQL, set up as safely as a council's, which may be killed."""

import os
import shutil
import signal
import subprocess
import time
from contextlib import suppress
from pathlib import Path
from typing import Any, Self

import psycopg
from psycopg import sql
from sqlalchemy import URL

from tests.benchmarks.measuring import NotReady

USER = "postgres"
CAREFUL = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}
SECONDS = 60.0
IS_ROOT = os.geteuid() == 0  # PostgreSQL refuses to run as root
AS_USER: dict[str, Any] = {"user": USER, "group": USER, "extra_groups": []} if IS_ROOT else {}


class Cluster:
    """A server that listens only on a socket in its own folder and waits for the disk at every
    commit.
    """

    def __init__(self, folder: Path) -> None:
        self._folder, self._data, self._log = folder, folder / "data", folder.with_suffix(".log")
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self._programs = _programs()
        self._folder.mkdir()
        if IS_ROOT:
            shutil.chown(self._folder, USER, USER)
        made = self._run("initdb", "-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")
        assert made.wait() == 0, self._log.read_text()
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._process and self._process.poll() is None:
            self._process.send_signal(signal.SIGQUIT)
            self._process.wait()

    def start(self) -> None:
        """Start, recover from a crash if there was one, and wait until it answers."""
        settings = {**CAREFUL, "listen_addresses": "", "unix_socket_directories": self._folder}
        said = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        self._process = self._run("postgres", *said)
        end = time.monotonic() + SECONDS
        while True:
            try:
                with psycopg.connect(host=str(self._folder), user=USER, dbname=USER) as answers:
                    shown = {name: _shown(answers, name) for name in CAREFUL}
                    assert shown == CAREFUL, f"it may lose what it kept: {shown}"
                    return
            except psycopg.OperationalError as error:
                if time.monotonic() > end or self._process.poll() is not None:
                    raise NotReady(f"PostgreSQL did not start: {error}") from error
            time.sleep(0.05)

    def create(self, name: str) -> str:
        """Make a new database and return its address."""
        with psycopg.connect(
            host=str(self._folder), user=USER, dbname=USER, autocommit=True
        ) as admin:
            admin.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        address = URL.create(
            "postgresql+psycopg", USER, database=name, query={"host": str(self._folder)}
        )
        return address.render_as_string()

    def kill(self) -> None:
        """Kill the server and all its processes, as a power cut would, so that none can tidy up."""
        assert self._process
        first = self._process.pid
        children = Path(f"/proc/{first}/task/{first}/children").read_text().split()
        for pid in (first, *map(int, children)):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self._process.wait()
        while any(Path(f"/proc/{pid}").exists() for pid in children):
            time.sleep(0.01)

    def _run(self, program: str, *arguments: str) -> subprocess.Popen[bytes]:
        with self._log.open("ab") as log:
            return subprocess.Popen(
                [self._programs / program, "-D", self._data, *arguments],
                cwd=self._folder,
                stdout=log,
                stderr=log,
                **AS_USER,
            )


def _shown(connection: psycopg.Connection, name: str) -> str:
    [value] = connection.execute(sql.SQL("SHOW {}").format(sql.Identifier(name))).fetchone() or [""]
    return str(value)


def _programs() -> Path:
    in_path = shutil.which("initdb")
    found = [Path(in_path).parent] if in_path else [*Path("/usr/lib/postgresql").glob("*/bin")]
    if not found:
        raise NotReady("There is no PostgreSQL to start on this machine: initdb is missing.")
    return max(found)
