"""A Streamlit client without a browser: sends what a hostile one could, and keeps every answer."""

import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

QUIET_SECONDS = 0.1


@dataclass
class Answer:
    """Everything that came back after one message."""

    elements: list[Element] = field(default_factory=list)
    pages: dict[str, str] = field(default_factory=dict)
    fragments: set[str] = field(default_factory=set)
    frames: list[bytes] = field(default_factory=list)
    farewell: bool = False
    close_code: int | None = None
    finished: bool = False

    @property
    def text(self) -> str:
        """Every byte that arrived, as text; what is not in it was not sent."""
        return b"\n".join(self.frames).decode("utf-8", "ignore")

    def widget(self, kind: str, label: str) -> str:
        """The id of the widget of this kind whose label holds these words."""
        for element in self.elements:
            if element.WhichOneof("type") == kind and label in getattr(element, kind).label:
                return getattr(element, kind).id
        raise LookupError(f"no {kind} labelled {label!r}; there is: {self.labels(kind)}")

    def labels(self, kind: str) -> list[str]:
        drawn = [element for element in self.elements if element.WhichOneof("type") == kind]
        return [getattr(element, kind).label for element in drawn]


class RawSocket:
    """One websocket to `/_stcore/stream`, with any cookie, origin, header or session id."""

    def __init__(
        self,
        base_url: str,
        *,
        cookie: str | None = None,
        origin: str | None = "",
        streamlit_session: str | None = None,
        headers: dict[str, str] | None = None,
        path: str = "",
    ) -> None:
        """`origin` is our own unless given; None sends no Origin header at all."""
        protocols = ["streamlit"]
        if streamlit_session:
            protocols += ["no-token", streamlit_session]
        sent = dict(headers or {})
        if cookie:
            sent["Cookie"] = f"{cookie}; screen=narrow"
        self.session_id = ""
        self._socket = connect(
            f"ws{base_url.removeprefix('http')}{path}/_stcore/stream",
            origin=base_url if origin == "" else origin,
            subprotocols=protocols,
            additional_headers=sent,
            max_size=None,
            max_queue=None,  # messages that nobody reads must not delay closing
            open_timeout=60,
            proxy=None,
            legacy=True,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._socket.close()

    def leave(self) -> None:
        """Close as a browser does that goes to another page."""
        self._socket.close(1001)

    def rerun(self, *, seconds: float = 60, **what: Any) -> Answer:
        """Ask for a run of the script, as `ask` does, and collect the answer."""
        self.ask(**what)
        return self.listen(seconds)

    def ask(
        self,
        *,
        page: str = "",
        page_hash: str = "",
        query: str = "",
        fragment: str = "",
        widgets: Iterable[WidgetState] = (),
    ) -> None:
        """Ask for a run of the script, and wait for nothing."""
        message = BackMsg()
        message.rerun_script.query_string = query
        message.rerun_script.page_name = page
        message.rerun_script.page_script_hash = page_hash
        message.rerun_script.fragment_id = fragment
        for state in widgets:
            message.rerun_script.widget_states.widgets.append(state)
        self.say(message)

    def press(self, widget: str, **where: str) -> Answer:
        """Press a button by its id, whether or not it is on any screen now."""
        return self.rerun(widgets=[WidgetState(id=widget, trigger_value=True)], **where)

    def send(self, message: BackMsg, *, seconds: float = 60) -> Answer:
        """Send a message and collect the answer."""
        self.say(message)
        return self.listen(seconds)

    def say(self, message: BackMsg) -> None:
        """Send a message, and wait for nothing."""
        with suppress(ConnectionClosed):  # the answer then holds what came before the close
            self._socket.send(message.SerializeToString())

    def until(self, words: str, seconds: float = 60) -> Answer:
        """Collect until these words have come; it fails when the socket closes or time is up."""
        answer, end = Answer(), time.monotonic() + seconds
        while words not in answer.text:
            left = end - time.monotonic()
            assert left > 0, f"{words!r} did not come in {seconds} seconds"
            self._take(answer, self._socket.recv(left))
        return answer

    def listen(self, seconds: float = 60) -> Answer:
        """Collect until a run has finished and it is quiet, the socket closes, or time is up."""
        answer = Answer()
        while True:
            try:
                frame = self._socket.recv(QUIET_SECONDS if answer.finished else seconds)
            except TimeoutError:
                return answer
            except ConnectionClosed:
                answer.close_code = self._socket.close_code
                return answer
            self._take(answer, frame)

    def _take(self, answer: Answer, frame: bytes | str) -> None:
        assert isinstance(frame, bytes)
        message = ForwardMsg.FromString(frame)
        answer.frames.append(frame)
        match message.WhichOneof("type"):
            case "new_session":
                answer.finished = False
                self.session_id = message.new_session.initialize.session_id or self.session_id
            case "navigation":
                answer.pages = {
                    page.url_pathname: page.page_script_hash
                    for page in message.navigation.app_pages
                    if not page.is_hidden
                }
            case "delta":
                if message.delta.fragment_id:
                    answer.fragments.add(message.delta.fragment_id)
                if message.delta.WhichOneof("type") == "new_element":
                    answer.elements.append(message.delta.new_element)
            case "auth_redirect":
                answer.farewell = True
            case "script_finished":
                answer.finished = message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN
