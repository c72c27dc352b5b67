"""A mail server that keeps what it is given: enough SMTP for tests to send real messages to it."""

import contextlib
import socketserver
import ssl
import threading
from base64 import b64decode
from collections.abc import Collection
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any


class MailServer(socketserver.ThreadingTCPServer):
    """It listens on 127.0.0.1. `received` are the messages, each with `To` as it was given.

    With `password` one must sign in first. `refused` are addresses it does not take; `greeting` is
    what it says first; `tls` makes it offer STARTTLS.
    """

    daemon_threads = True
    allow_reuse_address = True

    def __init__(
        self,
        *,
        password: str = "",
        refused: Collection[str] = (),
        greeting: str = "220 here",
        tls: ssl.SSLContext | None = None,
    ) -> None:
        super().__init__(("127.0.0.1", 0), _Talk)
        self.password, self.refused, self.greeting, self.tls = password, refused, greeting, tls
        self.received: list[EmailMessage] = []
        self.signed_in: list[tuple[str, str]] = []
        self.secure: list[bool] = []

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    def __enter__(self) -> "MailServer":
        threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_: Any) -> None:
        self.shutdown()
        self.server_close()


class _Talk(socketserver.StreamRequestHandler):
    server: MailServer
    secure = False
    known = False

    def handle(self) -> None:
        with contextlib.suppress(OSError):  # the other side went away, or does not trust us
            self.talk()

    def finish(self) -> None:
        super().finish()
        self.request.close()

    def talk(self) -> None:
        self.say(self.server.greeting)
        while line := self.rfile.readline().decode().strip():
            verb, _, rest = line.partition(" ")
            if verb.upper() == "QUIT":
                self.say("221 bye")
                return
            getattr(self, f"on_{verb.lower()}", self.on_other)(rest)

    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())

    def on_other(self, _rest: str) -> None:
        self.say("250 fine")

    def on_ehlo(self, _rest: str) -> None:
        offers = ["STARTTLS"] if self.server.tls and not self.secure else []
        offers += ["AUTH PLAIN"] if self.server.password else []
        lines = ["here", *offers]
        for number, line in enumerate(lines, start=1):
            self.say(f"250{' ' if number == len(lines) else '-'}{line}")

    def on_starttls(self, _rest: str) -> None:
        assert self.server.tls
        self.say("220 go on")
        plain = self.rfile, self.wfile
        self.request = self.server.tls.wrap_socket(self.request, server_side=True)
        for file in plain:
            file.close()
        self.secure = True
        self.setup()

    def on_auth(self, rest: str) -> None:
        _, user, password = b64decode(rest.partition(" ")[2]).decode().split("\0")
        self.server.signed_in.append((user, password))
        self.known = password == self.server.password
        self.say("235 welcome" if self.known else "535 no")

    def on_mail(self, _rest: str) -> None:
        self.say("530 sign in" if self.server.password and not self.known else "250 fine")

    def on_rcpt(self, rest: str) -> None:
        address = rest.partition("<")[2].partition(">")[0]
        self.say("550 nobody" if address in self.server.refused else "250 fine")

    def on_data(self, _rest: str) -> None:
        self.say("354 go on")
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line.removeprefix(b"."))
        message = message_from_bytes(b"".join(lines), policy=policy.default)
        assert isinstance(message, EmailMessage)
        self.server.received.append(message)
        self.server.secure.append(self.secure)
        self.say("250 kept")
