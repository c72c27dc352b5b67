"""Open tabs: frames are accepted only while the session is live; after that the tab is sent away.

Streamlit stops a run whose browser has left. What a tab sent before it was closed or reloaded is
done first: words just typed, a press.

The farewell is the message that `st.logout` sends, with an empty address: the browser reloads the
address it is on, and the wall answers with the sign-in page.
"""

import asyncio
import contextlib
import logging
from typing import Any

from google.protobuf.message import DecodeError
from starlette.types import Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from coprod_data.store.database import Unavailable
from pages.door.sessions import is_live, note_activity
from pages.parts.tabs import forget_tab

log = logging.getLogger("coprod_data")

SIGNED_OUT = 4401
LET_IN = {
    "rerun_script", "stop_script", "file_urls_request", "app_heartbeat", "backend_operation_request"
}  # fmt: skip
OPERATIONS = {"deferred_file", "dataframe_chunk"}
HOLD_SECONDS = 1.0
LEAVING = 1001  # the browser went to another page, or closed the tab
LAST_SECONDS = 5.0  # at most, for what a tab asked before it left
SHORT = 200  # bytes; the message that a run has finished has fewer


class Tab:
    """One open websocket between a browser and Streamlit."""

    def __init__(self, session: str, receive: Receive, send: Send) -> None:
        self.session = session
        self.ended = asyncio.Event()
        self.streamlit_id = ""
        self._receive, self._send = receive, send
        self._waiting: asyncio.Future[Message] | None = None
        self._gone = False
        self._idle = asyncio.Event()
        self._idle.set()

    async def receive(self) -> Message:
        """Give Streamlit the next frame it may have, or the end."""
        while True:
            frame = await self._next()
            if frame is None:
                break
            if frame["type"] == "websocket.disconnect":
                await self._finish(frame)
            if frame["type"] != "websocket.receive":
                return frame
            if not await self._may_act():
                break
            if self._is_let_in(frame):
                return frame
        await self._say_farewell()
        return {"type": "websocket.disconnect", "code": SIGNED_OUT}

    async def send(self, message: Message) -> None:
        """Pass on what Streamlit sends, but nothing after the farewell."""
        if _ends_a_run(message.get("bytes") or b""):
            self._idle.set()
        if self._gone:
            return
        if not self.streamlit_id and message.get("bytes"):
            self.streamlit_id = _streamlit_id(message["bytes"])
        await self._send(message)

    def close(self) -> None:
        """Forget the tab."""
        if self._waiting:
            self._waiting.cancel()
        if self.streamlit_id:
            forget_tab(self.streamlit_id)

    async def _next(self) -> Message | None:
        """The next frame, or None once the session has ended."""
        self._waiting = self._waiting or asyncio.ensure_future(self._receive())
        ended = asyncio.ensure_future(self.ended.wait())
        either: set[asyncio.Future[Any]] = {self._waiting, ended}
        try:
            await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
        finally:
            ended.cancel()
        if not self._waiting.done() or self.ended.is_set():
            return None
        frame, self._waiting = self._waiting.result(), None
        return frame

    async def _may_act(self) -> bool:
        """Ask the database; while it is away and no answer is remembered, hold the frame."""
        while not self.ended.is_set():
            try:
                return await is_live(self.session)
            except Unavailable:
                await asyncio.sleep(HOLD_SECONDS)
        return False

    def _is_let_in(self, frame: Message) -> bool:
        message = BackMsg()
        try:
            message.ParseFromString(frame.get("bytes") or b"")
        except DecodeError:
            return True  # Streamlit closes the socket when a client sends rubbish
        kind = message.WhichOneof("type")
        if kind == "rerun_script":
            self._idle.clear()
        if kind == "rerun_script" and not message.rerun_script.is_auto_rerun:
            note_activity(self.session)
        if kind == "backend_operation_request":
            return message.backend_operation_request.WhichOneof("payload") in OPERATIONS
        return kind in LET_IN

    async def _finish(self, end: Message) -> None:
        """Let what the tab asked last be done, before Streamlit hears that its browser has left."""
        self._gone = True
        if end.get("code") == LEAVING:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._idle.wait(), LAST_SECONDS)

    async def _say_farewell(self) -> None:
        if not self._gone:
            self._gone = True
            await farewell(self._send)


async def farewell(send: Send) -> None:
    """Send an accepted websocket's browser to the sign-in page and close."""
    message = ForwardMsg()
    message.auth_redirect.url = ""
    with contextlib.suppress(OSError, RuntimeError):  # the browser may have left already
        await send({"type": "websocket.send", "bytes": message.SerializeToString()})
        await send({"type": "websocket.close", "code": SIGNED_OUT})


async def turn_away(scope: Scope, receive: Receive, send: Send) -> None:
    """Accept a websocket of our own page whose session has ended, and send its browser away."""
    await receive()
    protocol = "streamlit" if "streamlit" in scope.get("subprotocols", ()) else None
    await send({"type": "websocket.accept", "subprotocol": protocol})
    await farewell(send)


def _ends_a_run(frame: bytes) -> bool:
    if len(frame) > SHORT:
        return False
    message = ForwardMsg.FromString(frame)
    if message.WhichOneof("type") != "script_finished":
        return False
    return bool(message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN)


def _streamlit_id(frame: bytes) -> str:
    message = ForwardMsg()
    message.ParseFromString(frame)
    if message.WhichOneof("type") != "new_session":
        return ""
    return str(message.new_session.initialize.session_id)
