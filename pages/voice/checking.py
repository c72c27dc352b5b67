"""Checking: the two teams read what young people wrote, and nobody at risk is missed."""

from coprod_data.permissions import Permission
from pages.parts.faults import refusals
from pages.parts.frame import open_page
from pages.parts.html import show
from pages.parts.sign_in import reading
from pages.voice.checking_done import done, show_done
from pages.voice.checking_ended import ended_list
from pages.voice.checking_entry import check
from pages.voice.checking_hold import ring, rings_first, show_hold
from pages.voice.checking_named import one_entry
from pages.voice.checking_opening import opened
from pages.voice.checking_place import NAMED, named
from pages.voice.checking_queue import queue, urgent_meanwhile
from pages.voice.checking_reword import show_text
from pages.voice.checking_wish import show_wish


def lists() -> None:
    """Show the list or the one thing that the address names."""
    if number := named(NAMED.HOLD):
        show_hold(number)
    elif number := named(NAMED.WISH):
        show_wish(number)
    elif number := named(NAMED.ENTRY):
        one_entry(number)
    elif number := named(NAMED.TEXT):
        show_text(number)
    elif named(NAMED.ENDED):
        ended_list()
    else:
        queue()
        with refusals(stop=True), reading() as (_, actor):
            types = actor.may(Permission.ENTRIES_TYPE)
        if types:
            show("link.html", words="Write an entry with a young person", href="/add_entry")


open_page("Checking", needs=(Permission.ENTRIES_QUEUE, Permission.ENTRIES_READ_HELD))
entry_id = opened()
if entry_id is not None:
    check(entry_id)
elif (hold := rings_first()) is not None:
    ring(hold)
    urgent_meanwhile()
elif done() is not None:
    show_done()
else:
    lists()
