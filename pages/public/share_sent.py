"""The page after sending: the card code, and a card that takes the place of one sent before."""

from hashlib import sha256

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from coprod_data.commands.entries_sent_again import Put, put_in_its_place
from coprod_data.permissions import NotFound
from coprod_data.queries.sessions_joining import Joined
from coprod_data.queries.settings import Duty, ReadingPromise
from coprod_data.queries.teams import SentTo
from coprod_data.store import database
from coprod_data.store.actors import Public
from pages.parts.plain import in_thread, page
from pages.shared.three_answers import NO, uses_of


def form_id(key: str) -> str:
    """Return the id of a form by the key that its page carries."""
    return "share:" + sha256(key.encode()).hexdigest()


async def put_instead(key: str, data: FormData) -> Put:
    """Put a card that was sent from a form in the place of the one before it. Raises NotFound."""
    new, old = str(data.get("number", "")), str(data.get("instead", ""))
    if not (new.isdecimal() and old.isdecimal() and len(new + old) < 6):
        raise NotFound("We cannot find that card.")
    no_talk = str(data.get("talk", "")) == NO
    return await in_thread(_put, form_id(key), int(new), int(old), no_talk=no_talk)


async def sent_page(
    request: Request,
    duty: Duty | None,
    reading: ReadingPromise | None,
    code: str,
    *,
    board: str,
    public: str,
    reads: SentTo,
    talk: str = "",
    key: str = "",
    number: int = 1,
    earlier: int | None = None,
    changed: bool | None = None,
    join: str = "",
    asked: Joined | None = None,
) -> Response:
    """Show the code and what happens next, by what was chosen and by who reads it.

    `earlier` is the number of an unread card sent from the same form before: the page asks whether
    card `number` shall take its place. `changed` says whether it has, where that was asked. `join`
    is the code of the session `asked` at which it was sent.
    """
    return await page(
        request,
        "sent.html",
        duty=duty,
        reading=reading,
        today_is=reading is not None and reading.by != reading.today,
        code=code,
        uses=uses_of(board, public),
        chose=bool(board),
        reads=reads,
        # A no is held so that it counts again if this card takes another's place; a yes never is.
        answers={
            "board": board,
            "public": public,
            "reads": reads.value,
            "talk": talk if talk == NO else "",
            "join": join,
        },  # fmt: skip
        key=key,
        number=number,
        earlier=earlier,
        changed=changed,
        join=join,
        here=asked.here if asked and reads is SentTo.TEAM else (),
    )


def sent_to(value: str) -> SentTo:
    """Return who reads a card as the page after sending holds it; the team for any other value."""
    return SentTo(value) if value in set(SentTo) else SentTo.TEAM


def _put(form: str, new: int, old: int, *, no_talk: bool) -> Put:
    with database.writing(Public()) as (db, actor):
        return put_in_its_place(db, actor, form, new=new, old=old, no_talk=no_talk)
