"""Two minutes before somebody is signed out for doing nothing, they are told, and may stay."""

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from coprod_data.vocabulary.settings import SettingKey
from tests.helpers.door_server import DoorServer
from tests.helpers.raw_socket import Answer, RawSocket

IDLE = SettingKey.IDLE_MINUTES.default


def timer(answer: Answer) -> str:
    """The part of the page that a timer of the tab asks for."""
    messages = [ForwardMsg.FromString(frame) for frame in answer.frames]
    [fragment] = {
        one.auto_rerun.fragment_id for one in messages if one.WhichOneof("type") == "auto_rerun"
    }
    return fragment


def test_a_warning_comes_two_minutes_before_the_end_and_not_before(door: DoorServer):
    with RawSocket(door.url, cookie=door.sign_in("ada")) as socket:
        drawn = socket.rerun()
        fragment = timer(drawn)
        assert "You will be signed out at" not in drawn.text

        with door.later(minutes=IDLE - 3):
            assert "You will be signed out at" not in socket.rerun(fragment=fragment).text

    with RawSocket(door.url, cookie=door.sign_in("ada")) as socket:
        fragment = timer(socket.rerun())
        with door.later(minutes=IDLE - 2):
            warned = socket.rerun(fragment=fragment)
        assert "You will be signed out at" in warned.text
        assert "What you typed is kept" in warned.text
        assert "Stay signed in" in warned.labels("button")
