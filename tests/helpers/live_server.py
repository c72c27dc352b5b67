"""The real server as a council starts it, on a free port with its own database."""

import os
import re
import signal
import socket
import ssl
import subprocess
import sys
import time
from pathlib import Path
from typing import Self

import httpx2

from tests.helpers.source import ROOT

PASSWORD = "together-we-did-this"
NO_TLS = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # reading the trusted certificates takes long


class LiveServer:
    """`streamlit run dashboard.py`, ready on entering the block and stopped on leaving it.

    It may be killed and started again on the same port and the same database.
    """

    program = "streamlit"

    def __init__(self, folder: Path, **environment: str) -> None:
        self.folder = folder
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = folder / "server.log"
        self.environment = {
            "COPROD_MODE": "demo",
            "COPROD_DATABASE_URL": f"sqlite:///{folder / 'coprod.db'}",
            "COPROD_KEY_FILE": str(folder / "key"),
            **environment,
        }
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self, seconds: float = 180) -> None:
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [
                    sys.executable, "-m", self.program, "run", "dashboard.py",
                    "--server.port", str(self.port),
                ],
                cwd=ROOT, env={**os.environ, **self.environment}, stdout=log, stderr=log,
                stdin=subprocess.DEVNULL,
            )  # fmt: skip
        end = time.monotonic() + seconds
        while not self.is_ready():
            if self._process.poll() is not None or time.monotonic() > end:
                self.stop()
                raise RuntimeError(f"The server did not get ready:\n{self.log.read_text()[-4000:]}")
            time.sleep(0.2)

    @property
    def pid(self) -> int:
        assert self._process
        return self._process.pid

    def is_ready(self) -> bool:
        try:
            with self.client() as client:
                return client.get("/readyz", timeout=5).status_code == 200
        except httpx2.TransportError:
            return False

    def kill(self) -> None:
        """Kill it, as a power cut would."""
        assert self._process
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()

    def stop(self) -> None:
        if self._process is None or self._process.poll() is not None:
            return
        self._process.terminate()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self.kill()

    def client(self) -> httpx2.Client:
        """An HTTP client that keeps cookies and does not follow redirects."""
        return httpx2.Client(base_url=self.url, timeout=60, trust_env=False, verify=NO_TLS)

    def sign_in(self, username: str, password: str = PASSWORD) -> str:
        """Sign in through the form and return the cookie header of the new session."""
        with self.client() as client:
            form = hidden_fields(client.get("/sign-in").text)
            answer = client.post(
                "/sign-in",
                data={**form, "username": username, "password": password},
                headers={"Origin": self.url},
            )
            assert answer.status_code == 303, f"{username} was not signed in: {answer.status_code}"
            return "; ".join(f"{name}={value}" for name, value in client.cookies.items())

    def is_signed_in(self, cookie: str) -> bool:
        """Say whether the session of this cookie header is live."""
        with self.client() as client:
            return client.get("/account", headers={"Cookie": cookie}).status_code == 200


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def hidden_fields(page: str) -> dict[str, str]:
    """The hidden fields of a form."""
    fields = re.findall(r"<input[^>]*type=\"?hidden[^>]*>", page)
    names = [re.search(r'name="([^"]*)"', field) for field in fields]
    values = [re.search(r'value="([^"]*)"', field) for field in fields]
    return {
        name[1]: value[1] if value else ""
        for name, value in zip(names, values, strict=True)
        if name
    }
